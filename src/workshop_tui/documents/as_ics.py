"""Days as a calendar (RFC 5545): what is due, workshops and reviews, each an event of a whole day.

Nobody is busy because something is due (TRANSPARENT). A calendar that has an event already knows it by its
UID, and takes what has a higher SEQUENCE for newer.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.documents.document import plainly
from workshop_tui.documents.files import reader_slug
from workshop_tui.documents.source import Source, by_due
from workshop_tui.domain.base.entity import Entity, Key
from workshop_tui.domain.base.text import one_line, slug
from workshop_tui.domain.base.vocabulary import ActionStatus
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.scorecard import SteeringDate
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.rules.governance import was_held

_PRODID: Final = "-//workshop-tui//workshop-tui//EN"
_NAMESPACE: Final = uuid.UUID("6f0b5a1e-2a57-4d6c-9a0b-5f1f3c1f7f52")
"""Of the UIDs: what an event is told by, in any export, is worked out from account, kind and id."""


Revisions = Mapping[tuple[str, Key], tuple[int, dt.datetime | None]]
"""Kind and key of a row → how many Steps have made it or changed what is told, and when the last did."""
CALENDAR_FIELDS: Final[Mapping[str, Collection[str]]] = {
    "Action": ("title", "owner", "accountable", "due", "done_on", "status", "answer"),
    "Session": ("held_on", "start"),
    "SteeringDate": ("on", "held_on", "about"),
}
"""The kinds of rows that have a day in a calendar, and the fields whose change makes an event a newer one.

All are for the customer, too: what changes besides is not to be told by a number.
"""


_CALLED: Final[Mapping[type[Entity], str]] = {
    Action: "action",
    Session: "workshop",
    SteeringDate: "review",
}
"""What an event is, in the name of its file."""


class CalendarEvent(Struct, frozen=True):
    """Something on one day."""

    of: Entity
    """The row that it tells of."""
    day: dt.date
    title: str
    about: tuple[str, ...] = ()
    """What else is known, in lines."""
    status: Literal["CONFIRMED", "CANCELLED"] = "CONFIRMED"
    sequence: int = 0
    """How often it has changed since it was made."""
    changed_at: dt.datetime | None = None


def events(of: Source, revisions: Revisions) -> tuple[CalendarEvent, ...]:
    """Return what an audience has on a day, by date.

    That is what is open and has a date, what was done or dropped since the session before, so that a
    calendar that has it hears of it, and the sessions and reviews from that session on.

    Raises:
        ValueError: the plan was not cut.
    """
    if of.view.audience is None:
        raise ValueError("A calendar is made from a projection, never from the whole plan.")
    found = sorted((*_due(of), *_sessions(of), *_reviews(of)), key=lambda event: event.day)
    steps = (revisions.get((type(event.of).__name__, event.of.key), (1, None)) for event in found)
    return tuple(
        replace(event, sequence=count - 1, changed_at=at)
        for event, (count, at) in zip(found, steps, strict=True)
    )


def _since(of: Source) -> dt.date:
    return of.before.held_on if of.before else dt.date.min


def _due(of: Source) -> Iterator[CalendarEvent]:
    for row in sorted(of.view.all(Action), key=by_due):
        closed_on = None if row.status.is_open else row.done_on or row.dropped_on or row.due
        if row.due is None or (closed_on and closed_on < _since(of)):
            continue
        task, owner = of.task(row), of.whoever(row.owner)
        title = f"{'✓ ' if task.is_done else ''}{one_line(row.title)}{f' · {owner}' if owner else ''}"
        lines = (
            f"Owner: {task.who}",
            f"Accountable: {task.answers}" if task.answers else "",
            f"Status: {row.status.label}",
            *map(plainly, task.beneath),
            f"{of.view.account.name} · {row.id}",
        )
        status: Literal["CONFIRMED", "CANCELLED"]
        status = "CANCELLED" if row.status is ActionStatus.DROPPED else "CONFIRMED"
        yield CalendarEvent(row, row.due, title, tuple(filter(None, lines)), status)


def _sessions(of: Source) -> Iterator[CalendarEvent]:
    for row in of.sessions:
        if row.held_on >= _since(of):
            lines = (one_line(row.purpose), f"From {row.start}" if row.start else "")
            number = "" if of.is_customers else f" {of.view.number_of(row.id)}"  # theirs have others between
            title = f"{of.view.account.name}: workshop{number}"
            yield CalendarEvent(row, row.held_on, title, tuple(filter(None, lines)))


def _reviews(of: Source) -> Iterator[CalendarEvent]:
    for row in of.view.all(SteeringDate):
        if row.on >= _since(of):
            lines = (one_line(row.about), "Held" if was_held(row, of.on) else "")
            title = f"{of.view.account.name}: review"
            yield CalendarEvent(row, row.on, title, tuple(filter(None, lines)))


def as_ics(of: Source, found: Sequence[CalendarEvent]) -> str:
    """Return events as one calendar."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", _PRODID)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", of.view.account.name)
    made = dt.datetime.combine(of.on, dt.time(), dt.UTC)
    for one in found:
        event = Event()
        event.add("uid", uid(of, one))
        event.add("dtstamp", (one.changed_at or made).astimezone(dt.UTC))
        event.add("sequence", one.sequence)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + dt.timedelta(1))
        event.add("summary", one.title)
        if one.about:
            event.add("description", "\n".join(one.about))
        event.add("transp", "TRANSPARENT")
        event.add("status", one.status)
        calendar.add_component(event)
    return str(calendar.to_ical(sorted=False).decode())


def single_events(of: Source, found: Sequence[CalendarEvent]) -> dict[str, str]:
    """Return a calendar for each event, by the name of its file, which stays when the event changes."""
    begun = f"{slug(of.view.account.name)}-{reader_slug(of.view)}"
    named: dict[str, str] = {}
    for one in found:
        name = f"{begun}-{_CALLED[type(one.of)]}-{slug('-'.join(one.of.key))}"
        name = name if f"{name}.ics" not in named else f"{name}-{uid(of, one)[:8]}"  # ids part by case alone
        named[f"{name}.ics"] = as_ics(of, (one,))
    return named


def uid(of: Source, event: CalendarEvent) -> str:
    """Return what an event is known by wherever it goes: the same for every audience, and for ever."""
    place = "/".join((of.view.account.id, type(event.of).__name__, *event.of.key))
    return f"{uuid.uuid5(_NAMESPACE, place)}@workshop-tui"
