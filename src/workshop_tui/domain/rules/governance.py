"""What follows from how the alliance is steered: who sits where, and when it is next looked at."""

from __future__ import annotations

import datetime as dt

from workshop_tui.domain.base.vocabulary import SteeringRole
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.scorecard import SteeringDate, SteeringSeat, Terms
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.people import has_left


def is_held(plan: AccountPlan, seat: SteeringSeat, on: dt.date) -> bool:
    """Whether somebody sits there who has not left by a day."""
    person = plan.person(seat.person)
    return person is not None and not (isinstance(person, Stakeholder) and has_left(person, on))


def has_committee(plan: AccountPlan) -> bool:
    """Whether there is a steering committee at all: a seat, terms of reference, or a date."""
    return bool(plan.all(SteeringSeat) or plan.all(Terms) or plan.all(SteeringDate))


def has_deputy(plan: AccountPlan, on: dt.date) -> bool:
    """Whether somebody who has not left by a day sits as a deputy."""
    return any(is_held(plan, seat, on) for seat in plan.where(SteeringSeat, role=SteeringRole.DEPUTY))


def next_steering(plan: AccountPlan, on: dt.date) -> SteeringDate | None:
    """Return the next meeting that is not held yet, on a day or after it; None when none is planned."""
    ahead = (date for date in plan.all(SteeringDate) if not was_held(date, on) and date.on >= on)
    return min(ahead, key=lambda date: date.on, default=None)


def was_held(date: SteeringDate, on: dt.date) -> bool:
    """Whether a meeting had been held by a day."""
    return date.held_on is not None and date.held_on <= on


def missed_steering(plan: AccountPlan, on: dt.date) -> SteeringDate | None:
    """Return the earliest meeting planned for a day before and not held; None when none was missed."""
    missed = (date for date in plan.all(SteeringDate) if not was_held(date, on) and date.on < on)
    return min(missed, key=lambda date: (date.on, date.id), default=None)


def steering_overdue(plan: AccountPlan, on: dt.date) -> int:
    """Return for how many days the earliest meeting that was planned and not held is overdue; 0 for none."""
    missed = missed_steering(plan, on)
    return (on - missed.on).days if missed else 0
