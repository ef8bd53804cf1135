"""Who of ours meets whom of the customer's people, and who goes quiet: the meeting log as a table."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from workshop_tui.domain.base.vocabulary import CUSTOMER, Level
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Stakeholder, Tie
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.meeting_log import Met, meeting_log, of_each
from workshop_tui.domain.rules.pairing import Match, pairing
from workshop_tui.domain.rules.people import is_key, rhythm, still_here

COUNTED_DAYS = 365
"""Meetings of so many days are counted."""
FRESH_DAYS, RECENT_DAYS = 30, 90
"""A latest meeting is fresh or recent up to so many days ago, and older beyond."""
SINGLE_THREAD_DAYS = 180
"""A key person hangs by one of ours by the meetings of so many days."""


class CoverageCell(NamedTuple):
    """What one of ours has to do with one of theirs."""

    member: str
    """The team member's id."""
    owns: bool
    """Whether they own the relationship for their firm."""
    meetings: int
    """Meetings of the log in the last 365 days; sessions aren't among them."""
    last: dt.date | None
    """When they last met, be it in a session that the person came to; None for never."""
    days: int | None
    """How many days ago that was."""

    @property
    def sign(self) -> str:
        """What stands in the table: O for the owner, the number of meetings, a dot for neither."""
        return f"{'O' if self.owns else ''}{self.meetings or ''}" or "·"

    @property
    def age(self) -> str:
        """How it is shaded: fresh, recent or older; empty for those who never met."""
        if self.days is None:
            return ""
        return "fresh" if self.days <= FRESH_DAYS else "recent" if self.days <= RECENT_DAYS else "older"


class FirmLevel(Struct, frozen=True):
    """A firm's level of the tie to one of theirs, now and wanted; None while unknown."""

    party: str
    level: Level | None
    wanted: Level | None


class CoverageRow(Struct, frozen=True):
    """One of the customer's people: who meets them, when they were last met, who should go next."""

    person: str
    """The stakeholder's id."""
    name: str
    title: str
    influence: int | None
    is_key: bool
    levels: tuple[FirmLevel, ...]
    """One for each firm, in their order."""
    cells: tuple[CoverageCell, ...]
    """One for each of ours, in the order of the columns."""
    last: dt.date | None
    """When they were last met by any of ours; None for never."""
    days: int | None
    """How many days ago that was."""
    rhythm: int
    """Days that may lie between two contacts."""
    is_to_be_met: bool
    """Whether a gap tells that they weren't met: of key people, and of those with a rhythm of their own."""
    beyond: int | None
    """For how many days a contact has been due, 0 while it isn't; None for somebody never met."""
    next: Match | None
    """Who should go next, where nobody has been lately; None where somebody has."""

    @property
    def is_due(self) -> bool:
        """Whether they were never met, or not in the days of their rhythm."""
        return self.beyond != 0


class CoverageColumn(Struct, frozen=True):
    """One of ours, and how many of the customer's people they met in the last 365 days."""

    member: str
    name: str
    party: str
    met: int


class SingleThread(Struct, frozen=True):
    """A key person all of whose latest meetings one and the same of ours has held alone."""

    person: str
    member: str
    meetings: int
    """How many there were in the last 180 days; a session the person came to is one."""


class Coverage(Struct, frozen=True):
    """The customer's people who are still there, by influence, against our team, by firm."""

    on: dt.date
    columns: tuple[CoverageColumn, ...] = ()
    rows: tuple[CoverageRow, ...] = ()
    single_threads: tuple[SingleThread, ...] = ()

    @property
    def quiet(self) -> tuple[CoverageRow, ...]:
        """Who goes quiet, of those who are to be met: those never met, then whoever it is longest of."""
        due = (row for row in self.rows if row.is_to_be_met and row.is_due)
        return tuple(sorted(due, key=lambda row: (row.days is not None, -(row.days or 0))))


def coverage(plan: AccountPlan, on: dt.date) -> Coverage:
    """Return who of ours meets whom of theirs, as of a day; nothing for the customer.

    The cells add up to the meeting log: of each meeting in the last 365 days, each of ours who was there
    counts once for each of theirs who was. A session that somebody came to is when they were last met, as
    in `contacts`, and no meeting of the log.
    """
    if plan.audience == CUSTOMER:
        return Coverage(on)
    log = meeting_log(plan, on)
    shared = _Shared(plan, on, _team(plan), _pairs(log), _counts(log, on))
    here = still_here(plan.all(Stakeholder), on)
    people = sorted(here, key=lambda person: -(person.influence or 0))
    kept = {person.id for person in people}
    reach = Counter(member for person, member in shared.counts if person in kept)
    return Coverage(
        on,
        tuple(CoverageColumn(one.id, one.name, one.party, reach[one.id]) for one in shared.team),
        tuple(_row(shared, person) for person in people),
        tuple(_single_threads(people, log, on)),
    )


class _Shared(Struct, frozen=True):
    """What all rows are made of."""

    plan: AccountPlan
    on: dt.date
    team: list[Member]
    met: dict[str, dict[str, dt.date]]
    counts: Counter[tuple[str, str]]


def _team(plan: AccountPlan) -> list[Member]:
    """Return ours by firm, in the order of the firms and of the team."""
    place = {party.id: n for n, party in enumerate(plan.partners)}
    return sorted(
        (one for one in plan.all(Member) if one.party in place), key=lambda member: place[member.party]
    )


def _pairs(log: tuple[Met, ...]) -> dict[str, dict[str, dt.date]]:
    """Return when each of theirs last met each of ours; under "" when they were last met."""
    last: dict[str, dict[str, dt.date]] = defaultdict(dict)
    for met in log:
        for person in met.people:
            last[person].update(dict.fromkeys(("", *met.members), met.on))
    return last


def _counts(log: tuple[Met, ...], on: dt.date) -> Counter[tuple[str, str]]:
    """Return how many meetings of the last 365 days each of theirs had with each of ours."""
    return Counter(
        (person, member)
        for met in log
        if met.meeting and (on - met.on).days <= COUNTED_DAYS
        for person in met.people
        for member in met.members
    )


def _row(shared: _Shared, person: Stakeholder) -> CoverageRow:
    plan, on = shared.plan, shared.on
    met = shared.met.get(person.id, {})
    ties = {party.id: plan.get(Tie, person.id, party.id) for party in plan.partners}
    owners = {tie.owner for tie in ties.values() if tie}
    last, days = _ago(met.get(""), on)
    beyond = None if days is None else max(0, days - rhythm(person))
    return CoverageRow(
        person.id,
        person.words,
        "" if person.placeholder else person.title,
        person.influence,
        is_key(person),
        tuple(
            FirmLevel(party, tie.level if tie else None, tie.wanted if tie else None)
            for party, tie in ties.items()
        ),
        tuple(
            _cell(shared, person.id, one.id, met.get(one.id), owns=one.id in owners) for one in shared.team
        ),
        last,
        days,
        rhythm(person),
        is_key(person) or person.rhythm_days is not None,
        beyond,
        None if beyond == 0 else next(iter(pairing(plan, person, 1)), None),
    )


def _cell(shared: _Shared, person: str, member: str, last: dt.date | None, *, owns: bool) -> CoverageCell:
    if last is None:
        return CoverageCell(member, owns, 0, None, None)
    return CoverageCell(member, owns, shared.counts[person, member], last, (shared.on - last).days)


def _ago(day: dt.date | None, on: dt.date) -> tuple[dt.date | None, int | None]:
    return day, None if day is None else (on - day).days


def _single_threads(people: list[Stakeholder], log: tuple[Met, ...], on: dt.date) -> Iterator[SingleThread]:
    lately = of_each(tuple(met for met in log if (on - met.on).days <= SINGLE_THREAD_DAYS))
    for person in filter(is_key, people):
        held = lately.get(person.id, ())
        who = {met.members for met in held}
        if len(who) == 1 and len(only := next(iter(who))) == 1:
            yield SingleThread(person.id, only[0], len(held))
