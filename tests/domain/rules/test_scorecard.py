from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.domain.plans import ON, plan_of
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import Direction
from workshop_tui.domain.model.scorecard import Goal, Initiative, Review, ReviewLine
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.scorecard import has_scorecard, heading, last_review, previous, review_overdue

NOW = Initiative(id="i", title="Round table", actual=6, direction=Direction.UP)


def reviewed(number: int, actual: float, direction: Direction | None = None) -> tuple[Entity, ...]:
    """The line of a review held `number` days before today."""
    line = ReviewLine(review=f"r{number}", initiative="i", actual=actual, direction=direction)
    return Review(id=f"r{number}", on=ON - dt.timedelta(number)), line


def test_the_scorecard_of_the_sample(sample: AccountPlan) -> None:
    assert review_overdue(sample, ON) == 3
    assert last_review(sample, ON) == dt.date(2026, 5, 6)
    assert {i.id: previous(sample, i) for i in sample.all(Initiative)} == {
        "I01": 2,
        "I02": 1,
        "I03": 4,
        "I04": 2,
        "I05": 9,
        "I06": 0,
        "I07": 17,
        "I08": 5,
        "I09": 0,
        "I10": 3,
        "I11": 4,
        "I12": 3,
    }
    against = {i.id: heading(sample, i) for i in sample.all(Initiative) if heading(sample, i) != i.direction}
    assert against == {"I05": Direction.DOWN, "I12": Direction.FLAT}


@pytest.mark.parametrize(
    ("reviews", "then", "towards"),
    [
        ([], None, None),
        ([reviewed(5, 4)], 4, Direction.UP),
        ([reviewed(5, 8)], 8, Direction.DOWN),
        ([reviewed(5, 6)], 6, Direction.FLAT),
        ([reviewed(5, 8), reviewed(9, 4)], 8, Direction.DOWN),
        ([reviewed(5, 6, Direction.UP), reviewed(9, 4)], 4, Direction.UP),
        ([reviewed(5, 6, Direction.DOWN), reviewed(9, 4)], 6, Direction.FLAT),
        ([reviewed(5, 6, Direction.UP)], 6, Direction.FLAT),
        ([reviewed(5, 6, Direction.UP), reviewed(9, 6, Direction.UP)], 6, Direction.FLAT),
    ],
)
def test_the_figure_before(
    reviews: list[tuple[Entity, ...]], then: float | None, towards: Direction | None
) -> None:
    plan = plan_of(NOW, *(row for rows in reviews for row in rows))
    assert (previous(plan, NOW), heading(plan, NOW)) == (then, towards)


def test_where_lower_is_better_a_falling_figure_heads_up() -> None:
    falling = replace(NOW, lower_is_better=True)
    assert heading(plan_of(falling, *reviewed(5, 8)), falling) is Direction.UP


def test_a_review_that_is_planned_was_not_held() -> None:
    plan = plan_of(Review(id="r", on=ON + dt.timedelta(1)))
    assert last_review(plan, ON) is None
    assert review_overdue(plan, ON) == 0


def test_goals_or_initiatives_make_a_scorecard() -> None:
    assert has_scorecard(plan_of(NOW))
    assert has_scorecard(plan_of(Goal(id="g", title="Bookings")))
    assert not has_scorecard(plan_of(Review(id="r", on=ON)))
