"""What has been and what is to come, each on its day: sessions, meetings, actions, reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

from workshop_tui.domain.base.entity import Key
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER, ActionStatus
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.scorecard import Review
from workshop_tui.domain.plan.plan import AccountPlan, display_name
from workshop_tui.domain.rules.meeting_log import meeting_log


class TimeLane(Enum):
    """In which row of the time line something stands; a firm's meetings are one row each."""

    SESSION = "session"
    MEETING = "meeting"
    REVIEW = "review"
    DONE = "done"
    MISSED = "missed"
    """Overdue, or dropped."""
    DUE = "due"


class Event(Struct, frozen=True):
    """Something on its day: an action on the day it is due."""

    lane: TimeLane
    on: dt.date
    kind: str
    key: Key
    text: str
    party: str = ""
    """Id of the firm in whose row it stands, of a meeting; a meeting of two firms stands in both."""


def time_line(plan: AccountPlan, on: dt.date) -> tuple[Event, ...]:
    """Return what has been by a day and what is due, the oldest first; nothing for the customer.

    The plan is as it was known on the day (`as_known`). Sessions planned for later are in it too.
    """
    if plan.audience == CUSTOMER:
        return ()
    found = (*_sessions(plan), *_meetings(plan, on), *_reviews(plan), *_actions(plan, on))
    order = list(TimeLane)
    return tuple(sorted(found, key=lambda one: (one.on, order.index(one.lane), one.party, one.key)))


def _sessions(plan: AccountPlan) -> Iterator[Event]:
    for number, session in enumerate(plan.sessions, 1):
        yield Event(TimeLane.SESSION, session.held_on, "Session", session.key, f"Session {number}")


def _meetings(plan: AccountPlan, on: dt.date) -> Iterator[Event]:
    """Yield each meeting once for every firm that was there."""
    people = {person.id: display_name(plan, person) for person in plan.all(Stakeholder)}
    for met in meeting_log(plan, on):
        if met.meeting:
            names = ", ".join(people[one] for one in met.people if one in people)
            there = [party for party in plan.partners if party.id in met.parties]
            text = f"{' and '.join(party.short for party in there)} met {names or 'nobody named'}"
            for party in there:
                yield Event(TimeLane.MEETING, met.on, "Meeting", (met.meeting,), text, party.id)


def _reviews(plan: AccountPlan) -> Iterator[Event]:
    for review in plan.all(Review):
        yield Event(TimeLane.REVIEW, review.on, "Review", review.key, "Review of the scorecard")


def _actions(plan: AccountPlan, on: dt.date) -> Iterator[Event]:
    for action in plan.all(Action):
        if action.due is not None:
            lane, told = _fate(action, on)
            yield Event(lane, action.due, "Action", action.key, f"{one_line(action.title)}: {told}")


def _fate(action: Action, on: dt.date) -> tuple[TimeLane, str]:
    if action.status is ActionStatus.DONE:
        return TimeLane.DONE, "done"
    if action.status is ActionStatus.DROPPED:
        return TimeLane.MISSED, "dropped"
    if action.due is not None and action.due < on:
        return TimeLane.MISSED, "overdue"
    return TimeLane.DUE, action.status.label
