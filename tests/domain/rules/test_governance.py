"""How the alliance is steered."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.domain.plans import ON, plan_of
from workshop_tui.domain.base.vocabulary import SteeringRole
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.scorecard import SteeringDate, SteeringSeat, Terms
from workshop_tui.domain.rules.governance import (
    has_committee,
    has_deputy,
    next_steering,
    steering_overdue,
)

DAY = dt.timedelta(1)
ANA = Stakeholder(id="ana", name="Ana")


def deputy(person: str | None) -> SteeringSeat:
    return SteeringSeat(id="d", role=SteeringRole.DEPUTY, party="ps", person=person)


@pytest.mark.parametrize(
    ("seats", "held"),
    [
        ([], False),
        ([SteeringSeat(id="c", role=SteeringRole.CHAIR, person="P1")], False),
        ([deputy(None)], False),
        ([deputy("P1")], True),
        ([deputy("ana")], True),
    ],
)
def test_a_deputy_is_somebody_who_sits_there(seats: list[SteeringSeat], held: bool) -> None:
    assert has_deputy(plan_of(ANA, *seats), ON) is held


def test_a_deputy_who_has_left_is_none_from_that_day() -> None:
    left = replace(ANA, left_on=ON)
    plan = plan_of(left, deputy("ana"))
    assert has_deputy(plan, ON - DAY)
    assert not has_deputy(plan, ON)


def test_there_is_a_committee_once_anything_is_known_of_it() -> None:
    assert not has_committee(plan_of())
    assert has_committee(plan_of(Terms(id="t")))
    assert has_committee(plan_of(deputy(None)))
    assert has_committee(plan_of(SteeringDate(id="s", on=ON)))


def test_the_next_date_and_the_one_that_was_missed() -> None:
    held = SteeringDate(id="a", on=ON - 60 * DAY, held_on=ON - 58 * DAY)
    missed = SteeringDate(id="b", on=ON - 30 * DAY)
    today, later = SteeringDate(id="c", on=ON), SteeringDate(id="d", on=ON + 30 * DAY)
    assert steering_overdue(plan_of(held, today, later), ON) == 0
    assert steering_overdue(plan_of(held, missed, later), ON) == 30
    assert steering_overdue(plan_of(held), ON - 59 * DAY) == 1
    assert next_steering(plan_of(later, today, missed), ON) == today
    assert next_steering(plan_of(later, missed), ON) == later
    assert next_steering(plan_of(held), ON) is None
