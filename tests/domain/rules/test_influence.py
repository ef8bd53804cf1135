from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import plan_of, plans
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import RelationKind, Sentiment
from workshop_tui.domain.model.people import Reading, Relation, Stakeholder
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.influence import Path, friends, in_words, paths_to, short_name


def told(plan: AccountPlan, person: str, toward: str = "all") -> list[str]:
    found = plan.get(Stakeholder, person)
    assert found
    return [in_words(plan, path) for path in paths_to(plan, found, toward)]


def people(*names: str, friendly: str = "") -> tuple[Entity, ...]:
    """People whose ids are their names; those in `friendly` are supportive."""
    rows = [Stakeholder(id=name, name=name.title(), rank=n) for n, name in enumerate(names)]
    glad = [
        Reading(session="S1", stakeholder=name, toward="all", value=Sentiment.SUPPORTIVE) for name in friendly
    ]
    return (*rows, *glad)


def sways(pairs: str) -> list[Relation]:
    """«ab2» is a influences b with strength 2."""
    return [
        Relation(source=a, target=b, kind=RelationKind.INFLUENCES, strength=int(n))
        for a, b, n in map(tuple, pairs.split())
    ]


def test_the_friends_of_the_sample(sample: AccountPlan) -> None:
    glad = ["ST03", "ST04", "ST05", "ST06", "ST07", "ST09", "ST13"]
    assert [person.id for person in friends(sample)] == glad


def test_the_paths_of_the_sample(sample: AccountPlan) -> None:
    assert told(sample, "ST02") == [
        "Priya influences Marcus (2)",
        "Dev influences Priya (2), who influences Marcus (2)",
    ]
    assert told(sample, "ST08") == ["Yuki influences Bram (1)"]
    assert told(sample, "ST10") == []
    assert told(sample, "ST01", "tech") == ["Dev influences Priya (2), who influences Ingrid (3)"]


def test_the_customer_has_no_friends_to_look_at(sample: AccountPlan) -> None:
    view = project(sample, "customer")
    assert (friends(view), told(view, "ST02")) == ((), [])


@pytest.mark.parametrize(
    ("relations", "friendly", "paths"),
    [
        ("", "ab", []),
        ("az1", "a", ["A influences Z (1)"]),
        ("za3", "a", []),
        ("az1", "", []),
        ("az1 bz3", "ab", ["B influences Z (3)", "A influences Z (1)"]),
        ("ab3 bz3 cz2", "ac", ["A influences B (3), who influences Z (3)", "C influences Z (2)"]),
        ("ab3 bz3 cz3", "ac", ["C influences Z (3)", "A influences B (3), who influences Z (3)"]),
        ("az1 ab2 bz2", "a", ["A influences B (2), who influences Z (2)"]),
        ("az2 ab2 bz3", "a", ["A influences Z (2)"]),
        ("ab1 bz1 ac1 cz3", "a", ["A influences C (1), who influences Z (3)"]),
        ("ab2 ba2 bz1", "a", ["A influences B (2), who influences Z (1)"]),
        ("az1 zz3", "az", ["A influences Z (1)"]),
    ],
)
def test_the_best_path_of_each_friend(relations: str, friendly: str, paths: list[str]) -> None:
    plan = plan_of(*people("a", "b", "c", "z", friendly=friendly), *sways(relations))
    assert told(plan, "z") == paths


def test_only_influence_counts_and_only_the_latest_reading() -> None:
    allied = Relation(source="a", target="z", kind=RelationKind.ALLIED, strength=3)
    soured = Reading(session="S2", stakeholder="a", toward="all", value=Sentiment.NEUTRAL)
    assert told(plan_of(*people("a", "z", friendly="a"), allied), "z") == []
    assert told(plan_of(*people("a", "z", friendly="a"), *sways("az1"), soured), "z") == []


def test_nobody_whom_the_audience_does_not_see_is_gone_through() -> None:
    secret = Stakeholder(id="b", name="B", visibility="ps")
    plan = plan_of(*people("a", "z", friendly="a"), secret, *sways("ab3 bz3"))
    assert told(project(plan, "ps"), "z") == ["A influences B (3), who influences Z (3)"]
    assert told(project(plan, "tech"), "z") == []


def test_people_are_called_as_the_room_calls_them(sample: AccountPlan) -> None:
    twins = [
        Stakeholder(id="a", name="Ana Pires"),
        Stakeholder(id="b", name="ANA Lu"),
        Stakeholder(id="c", name="Bo"),
    ]
    plan = plan_of(*twins)
    assert [short_name(plan, who) for who in "abcx"] == ["Ana Pires", "ANA Lu", "Bo", "somebody"]
    assert short_name(sample, "ST14") == "Chair of the Board Risk Committee"


_STEPS = st.sets(st.tuples(st.sampled_from("abcdz"), st.sampled_from("abcdz")), max_size=12)


@given(st.data(), _STEPS, st.sets(st.sampled_from("abcd")))
def test_no_way_is_better_than_the_one_found(
    data: st.DataObject, steps: set[tuple[str, str]], friendly: set[str]
) -> None:
    strength = {step: data.draw(st.integers(1, 3)) for step in sorted(steps)}
    relations = sways(" ".join(f"{a}{b}{n}" for (a, b), n in strength.items()))
    plan = plan_of(*people(*"abcdz", friendly="".join(sorted(friendly))), *relations)
    zoe = plan.get(Stakeholder, "z")
    assert zoe
    found = {path.friend: path for path in paths_to(plan, zoe)}
    for friend in friendly:
        ways = _all_ways(strength, friend)
        assert (friend in found) is bool(ways)
        if ways:
            assert _worth([step.strength for step in found[friend].steps]) == max(map(_worth, ways))


def _all_ways(strength: dict[tuple[str, str], int], friend: str) -> list[list[int]]:
    between = [via for count in range(4) for via in permutations(sorted(set("abcd") - {friend}), count)]
    hops = [list(pairwise((friend, *via, "z"))) for via in between]
    return [[strength[hop] for hop in way] for way in hops if all(hop in strength for hop in way)]


def _worth(way: list[int]) -> tuple[int, int, int]:
    return min(way), -len(way), sum(way)


@given(plans())
def test_paths_are_connected_and_in_order(plan: AccountPlan) -> None:
    glad = {person.id for person in friends(plan)}
    for person in plan.all(Stakeholder):
        paths = paths_to(plan, person)
        assert all(one.strength >= other.strength for one, other in pairwise(paths))
        assert len({path.friend for path in paths}) == len(paths)
        for path in paths:
            assert path.friend in glad
            assert path.steps[-1].target == person.id
            assert all(one.target == other.source for one, other in pairwise(path.steps))


def test_a_path_is_as_strong_as_its_weakest_step() -> None:
    assert Path(tuple(sways("ab3 bc1 cz2"))).strength == 1
