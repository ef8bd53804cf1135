"""In what the firms are unlike others, and what shows it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import plan_of
from workshop_tui.domain.base.vocabulary import Dimension
from workshop_tui.domain.model.value import Difference, Proof
from workshop_tui.domain.rules.difference import by_dimension, next_dimension, proven, unproven

PROOF = Proof(id="f", text="Fourteen services tested")
_DIFFERENCES = st.lists(
    st.builds(
        lambda dimension, proof: Difference(id="d", dimension=dimension, text="Only we", proof=proof),
        st.sampled_from(Dimension),
        st.sampled_from([None, "f", "gone"]),
    )
)


@given(_DIFFERENCES)
def test_each_stands_in_its_dimension_once_and_every_dimension_is_there(each: list[Difference]) -> None:
    found = by_dimension(each)
    assert list(found) == list(Dimension)
    assert sum(map(len, found.values())) == len(each)
    assert all(row.dimension is dimension for dimension, rows in found.items() for row in rows)


@given(_DIFFERENCES)
def test_a_difference_is_proven_by_a_proof_that_is_there(each: list[Difference]) -> None:
    plan = plan_of(PROOF)
    bare = unproven(plan, each)
    assert [row for row in each if not proven(plan, row)] == list(bare)
    assert all(row.proof != "f" for row in bare)
    assert len(bare) == sum(row.proof != "f" for row in each)


@given(_DIFFERENCES)
def test_a_new_one_comes_where_nothing_is_said_yet(each: list[Difference]) -> None:
    dimension = next_dimension(each)
    taken = {row.dimension for row in each}
    assert dimension not in taken or taken == set(Dimension)
    assert all(before in taken for before in list(Dimension)[: list(Dimension).index(dimension)])
