"""Moving a row moves that row alone, and undo puts it back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.value import Question
from workshop_tui.domain.plan.order import move_row, rank_at
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step, apply, invert


def plan_of(ranks: list[float]) -> AccountPlan:
    questions = (Question(id=f"q{n}", rank=rank, text="Why?") for n, rank in enumerate(ranks))
    return AccountPlan.of([Account(id="a", name="A"), *questions])


@given(
    st.lists(st.sampled_from([0.0, 1.0, 1.5, 2.0, 3.0]), min_size=1, max_size=6),
    st.integers(0, 5),
    st.integers(-7, 7),
)
def test_a_row_goes_so_many_places_down_and_the_others_keep_their_order(
    ranks: list[float], at: int, by: int
) -> None:
    plan = plan_of(ranks)
    before = list(plan.all(Question))
    row = before[at % len(before)]
    step = Step(move_row(before, row, by))
    after = apply(plan, step)
    ids = [question.id for question in before]
    to = max(0, min(len(ids) - 1, ids.index(row.id) + by))
    ids.remove(row.id)
    ids.insert(to, row.id)
    assert [question.id for question in after.all(Question)] == ids
    assert apply(after, invert(step)) == plan


def test_with_room_between_the_neighbours_only_the_row_that_moves_changes() -> None:
    rows = plan_of([1.0, 2.0, 3.0, 4.0]).all(Question)
    assert len(move_row(rows, rows[3], -2)) == 1


@given(st.lists(st.sampled_from([0.0, 1.0, 1.5, 2.0, 3.0]), max_size=6), st.integers(0, 6))
def test_a_row_comes_in_where_it_is_put_and_the_others_keep_their_order(ranks: list[float], at: int) -> None:
    plan = plan_of(ranks)
    before = plan.all(Question)
    at = min(at, len(before))
    rank, moved = rank_at(before, at)
    after = apply(plan, Step((*moved, Add(Question(id="new", rank=rank, text="Why?")))))
    ids = [question.id for question in before]
    assert [question.id for question in after.all(Question)] == [*ids[:at], "new", *ids[at:]]
