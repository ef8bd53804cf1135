"""Every day on which some of ours met some of the customer's people, gathered in one pass."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, cast

from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Meeting, MeetingMember, MeetingStakeholder
from workshop_tui.domain.model.session import Block, Guest, Presence
from workshop_tui.domain.plan.plan import AccountPlan


class Met(NamedTuple):
    """A meeting, or a session that the customer's people came to."""

    on: dt.date
    people: tuple[str, ...]
    """Ids of the customer's people who were there."""
    members: tuple[str, ...]
    """Ids of ours who were there, in the order of the team."""
    parties: frozenset[str]
    """Ids of the partners that were there."""
    meeting: str = ""
    """The meeting's id; empty for a session."""
    session: str = ""
    """The session's id; empty for a meeting."""


def meeting_log(plan: AccountPlan, on: dt.date) -> tuple[Met, ...]:
    """Return when ours met theirs up to a day, the oldest first: meetings, and sessions they came to.

    Of one day the meetings come first, in the order of their ids, as in `contacts`.
    """
    known: tuple[Met, ...] | None = plan.memo.get((meeting_log, on))
    if known is None:
        known = plan.memo[meeting_log, on] = tuple(_gathered(plan, on))
    return known


def of_each(log: tuple[Met, ...]) -> Mapping[str, tuple[Met, ...]]:
    """Return of a log what each of the customer's people was at: stakeholder's id → in its order."""
    found: dict[str, list[Met]] = defaultdict(list)
    for met in log:
        for person in met.people:
            found[person].append(met)
    return {person: tuple(met) for person, met in found.items()}


def _gathered(plan: AccountPlan, on: dt.date) -> Iterator[Met]:
    there = _Team(plan)
    theirs: dict[str, list[str]] = defaultdict(list)
    for meeting, person in plan.rows.get(MeetingStakeholder, {}):
        theirs[meeting].append(person)
    ours: dict[str, list[str]] = defaultdict(list)
    for meeting, member in plan.rows.get(MeetingMember, {}):
        ours[meeting].append(member)
    rows = cast("Iterable[Meeting]", plan.rows.get(Meeting, {}).values())
    found = [
        ((row.on, 0, row.id), Met(row.on, _sorted(theirs[row.id]), *there.of(ours[row.id]), row.id))
        for row in rows
        if row.on <= on
    ]
    guests: dict[str, set[str]] = defaultdict(set)
    for block, person in plan.rows.get(Guest, {}):
        if at := plan.get(Block, block):
            guests[at.session].add(person)
    for number, session in enumerate(plan.sessions, 1):
        if session.id in guests and session.held_on <= on:
            here = there.of([row.member for row in plan.where(Presence, session=session.id)])
            met = Met(session.held_on, _sorted([*guests[session.id]]), *here, session=session.id)
            found.append(((session.held_on, number, ""), met))
    yield from (met for _, met in sorted(found, key=lambda one: one[0]))


def _sorted(people: list[str]) -> tuple[str, ...]:
    return tuple(sorted(people)) if people[1:] else tuple(people)


class _Team:
    """Puts ours in the order of the team, with their firms; the same few meet again and again."""

    def __init__(self, plan: AccountPlan) -> None:
        self._place = {member.id: (place, member.party) for place, member in enumerate(plan.all(Member))}
        self._known: dict[tuple[str, ...], tuple[tuple[str, ...], frozenset[str]]] = {}

    def of(self, members: list[str]) -> tuple[tuple[str, ...], frozenset[str]]:
        """Return (ids in the order of the team, ids of the firms); who is no member is left out."""
        key = tuple(members)
        if key not in self._known:
            here = sorted((*self._place[each], each) for each in key if each in self._place)
            self._known[key] = tuple(each for *_, each in here), frozenset(party for _, party, _ in here)
        return self._known[key]
