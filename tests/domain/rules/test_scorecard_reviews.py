"""Reviews of the scorecard: what holding one changes, and what their figures show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import ON, plan_of
from workshop_tui.domain.base.vocabulary import Direction
from workshop_tui.domain.gaps.registry import gaps
from workshop_tui.domain.gaps.work import scorecard_review_overdue
from workshop_tui.domain.model.scorecard import Initiative, Review, ReviewLine
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply, invert
from workshop_tui.domain.rules.scorecard import (
    SPARKS,
    Entry,
    actuals,
    against,
    by_component,
    heading,
    history,
    hold_review,
    is_reached,
    last_before,
    previous,
    review_overdue,
    sparkline,
    toward,
)

FIGURES = st.floats(-1e308, 1e308)
SMALL = st.integers(-99, 99).map(float)
ENTRIES = st.tuples(SMALL, st.sampled_from([0, 25, 50, 75, 100]), st.sampled_from(list(Direction)))
LATER = ON + dt.timedelta(31)


def held(plan: AccountPlan, on: dt.date, *entries: Entry) -> AccountPlan:
    return apply(plan, Step(tuple(hold_review(plan, on, entries, ids_at(on.toordinal())))))


def initiative(plan: AccountPlan, name: str = "i") -> Initiative:
    found = plan.get(Initiative, name)
    assert found is not None
    return found


PLAN = plan_of(Initiative(id="i", title="Round table", actual=6, target=20, direction=Direction.UP))
ENTRY = Entry("i", 9, 50, Direction.UP)


def test_a_review_is_a_row_of_history_with_its_day_and_sets_what_it_has_found() -> None:
    after = held(PLAN, ON, ENTRY)
    (review,) = after.all(Review)
    assert review.on == ON
    now = initiative(after)
    assert (now.actual, now.completion, now.direction) == (9, 50, Direction.UP)
    (found,) = history(after, "i")
    assert (found.on, found.line.actual, found.line.completion, found.line.direction) == (ON, 9, 50, "up")


def test_a_second_review_on_one_day_puts_the_first_one_right() -> None:
    after = held(held(PLAN, ON, ENTRY), ON, Entry("i", 8, 25, Direction.FLAT))
    assert len(after.all(Review)) == 1
    assert [(each.line.actual, each.line.completion) for each in history(after, "i")] == [(8, 25)]
    assert initiative(after).actual == 8


def test_an_initiative_that_is_gone_is_passed_over_and_one_must_be_left() -> None:
    after = held(PLAN, ON, ENTRY, Entry("gone", 1, 0, Direction.UP))
    assert len(after.all(ReviewLine)) == 1
    with pytest.raises(Refused, match="no initiative"):
        hold_review(PLAN, ON, [Entry("gone", 1, 0, Direction.UP)], ids_at(1))


def test_the_gap_of_the_sample_goes_when_the_review_is_held(sample: AccountPlan) -> None:
    def late(plan: AccountPlan) -> list[str]:
        return [gap.message for gap in gaps(plan, ON) if gap.rule == scorecard_review_overdue.__name__]

    assert len(late(sample)) == 1
    entries = [Entry(i.id, i.actual, i.completion, i.direction) for i in sample.all(Initiative)]
    after = held(sample, ON, *entries)
    assert late(after) == []
    assert review_overdue(after, ON) == 0
    assert {i.id: against(after, i) for i in after.all(Initiative) if against(after, i)} == {
        "I05": Direction.DOWN,
        "I12": Direction.FLAT,
    }, "it makes no arrow wrong that was right, nor hides one that was wrong"


def test_what_the_last_review_found_is_that_of_an_earlier_day() -> None:
    after = held(held(PLAN, ON, ENTRY), LATER, Entry("i", 12, 75, Direction.UP))
    found = last_before(after, "i", LATER)
    assert found is not None
    assert found.actual == 9
    assert last_before(after, "i", ON) is None


@pytest.mark.parametrize(
    ("actual", "target", "lower", "reached"),
    [
        (5, 5, False, True),
        (4, 5, False, False),
        (0, 0, False, False),
        (0, 0, True, True),
        (1, 0, True, False),
    ],
)
def test_what_is_reached(actual: float, target: float, lower: bool, reached: bool) -> None:
    row = Initiative(id="i", title="x", actual=actual, target=target, lower_is_better=lower)
    assert is_reached(row) is reached


def test_components_come_in_the_order_of_their_first_initiative() -> None:
    rows = [Initiative(id=n, title=n, component=c) for n, c in zip("abcd", ("x", "y", "x", ""), strict=True)]
    found = [(component, [row.id for row in those]) for component, those in by_component(rows)]
    assert found == [("x", ["a", "c"]), ("y", ["b"]), ("", ["d"])]


@pytest.mark.parametrize(
    ("figures", "line"),
    [
        ((), ""),
        ((3,), "▄"),
        ((5, 5, 5), "▄▄▄"),
        ((0, 7), "▁█"),
        ((9, 6), "█▁"),
        ((0, 1, 2, 3, 4, 5, 6, 7), "▁▂▃▄▅▆▇█"),
        ((-1e308, 1e308), "▁█"),
    ],
)
def test_a_sparkline(figures: tuple[float, ...], line: str) -> None:
    assert sparkline(figures) == line


# Laws


@given(st.lists(FIGURES, max_size=20), st.integers(0, 12))
def test_a_sparkline_has_a_sign_for_each_of_the_latest_figures(figures: list[float], most: int) -> None:
    shown = figures[-most:] if most else figures
    line = sparkline(figures, most)
    assert len(line) == len(shown)
    for one, sign in zip(shown, line, strict=True):
        for other, beside in zip(shown, line, strict=True):
            assert one >= other or SPARKS.index(sign) <= SPARKS.index(beside)
    if shown and min(shown) < max(shown):
        assert SPARKS[0] in line
        assert SPARKS[-1] in line


@given(SMALL, SMALL)
def test_lower_is_better_turns_the_way_round(then: float, now: float) -> None:
    around = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP, Direction.FLAT: Direction.FLAT}
    assert toward(then, now, lower_is_better=True) is around[toward(then, now, lower_is_better=False)]


@given(st.lists(ENTRIES, min_size=1, max_size=5), st.booleans())
def test_a_review_is_taken_back_as_a_whole_and_reviews_keep_their_figures(
    found: list[tuple[float, int, Direction]],
    lower: bool,
) -> None:
    plan = plan_of(Initiative(id="i", title="x", lower_is_better=lower))
    for number, (actual, wheel, arrow) in enumerate(found):
        on = ON + dt.timedelta(number)
        step = Step(tuple(hold_review(plan, on, [Entry("i", actual, wheel, arrow)], ids_at(number))))
        after = apply(plan, step)
        assert apply(after, invert(step)) == plan
        assert review_overdue(after, on) == 0
        plan = after
    assert [each.line.actual for each in history(plan, "i")] == [actual for actual, _, _ in found]
    now = initiative(plan)
    assert actuals(plan, now) == tuple(actual for actual, _, _ in found)
    if len(found) > 1:
        assert previous(plan, now) == found[-2][0]
        assert heading(plan, now) is toward(found[-2][0], found[-1][0], lower_is_better=lower)


def ids_at(number: int) -> Callable[[], str]:
    return lambda: f"r{number}"
