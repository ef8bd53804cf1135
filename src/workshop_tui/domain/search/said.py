"""What people said or typed, row by row: what of an account plan can be found by its words, and by whom.

Every field in which words are kept is searched, so that a new one is by itself; what a playbook wrote isn't.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from msgspec import Struct

from workshop_tui.domain.base.entity import Entity, Key, holds_words, referents
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.people import Meeting, MeetingMember, MeetingStakeholder, Stakeholder
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.past import CAME
from workshop_tui.domain.plan.plan import KIND, KINDS, AccountPlan, audiences
from workshop_tui.domain.plan.step import Change, Set, target

NOBODYS: Final = frozenset(
    {
        *(("Session", "playbook"), ("Block", "title"), ("Block", "notes")),
        *(("Erratum", name) for name in ("kind", "row", "name")),
    }
)
"""Fields that nobody has said: what a playbook fills in, the same every time, and what points at a row."""
_PEOPLE: Final = frozenset({"Stakeholder", "Member", "Approach"})
"""Kinds whose id is that of a person."""
BESIDE_A_MEETING: Final[Mapping[type[Entity], str]] = {
    MeetingStakeholder: "stakeholder",
    MeetingMember: "member",
}
"""Kinds that say who was at a meeting, each with the field that names the person."""


class SaidLine(Struct, frozen=True):
    """One row of a plan as it is found."""

    kind: str
    key: Key
    scope: str
    """Who sees it: the alliance, or one firm alone."""
    session: str
    """The session it is of; empty for what stands in the account as it is now."""
    on: dt.date | None
    """The day on which it was said, where that is known."""
    place: int
    """The day by which it is ordered, counted from the year 1: of what has none, that of the last session."""
    text: str
    """All its words: the field by which it is known first, each field a line."""
    people: tuple[str, ...]
    """The ids of the people it names, whose it is first."""


@cache
def fields_said(kind: type[Entity]) -> tuple[str, ...]:
    """Return the fields of a kind that are searched, that by which a row is known first."""
    names = [name for name in kind.fields if holds_words(kind, name)]
    said = [name for name in names if (kind.__name__, name) not in NOBODYS]
    return tuple(sorted(said, key=lambda name: name != kind.NAME_FIELD))


SAID: Final = tuple(kind for kind in KINDS if fields_said(kind))
"""Kinds of rows that are found."""


@cache
def _people_in(kind: type[Entity]) -> tuple[str, ...]:
    return tuple(name for name, kinds in referents(kind).items() if _PEOPLE.intersection(kinds))


def _rests_on(kind: type[Entity]) -> Iterator[type[Entity]]:
    for name, kinds in referents(kind).items():
        if name in kind.KEY:
            for other in kinds:
                yield KIND[other]
                yield from _rests_on(KIND[other])


SCOPED: Final = frozenset(parent for kind in SAID for parent in _rests_on(kind))
"""Kinds on whose visibility it rests who sees rows of others."""
NEEDED: Final = tuple(
    kind
    for kind in KINDS
    if kind in {Account, Party, Session, Member, Stakeholder, *SAID, *SCOPED, *BESIDE_A_MEETING}
)
"""Kinds of rows that must be known to tell what is said in any."""


def lines(plan: AccountPlan, only: Collection[tuple[type[Entity], Key]] | None = None) -> Iterator[SaidLine]:
    """Yield what is said in a whole plan, or in some of its rows, as those who see it see it.

    What nobody but the customer saw, were there such, is not found; nor is what two firms of three see.
    """
    firms = {party: project(plan, party) for party in audiences(plan) if party not in {ALLIANCE, CUSTOMER}}
    views = {ALLIANCE: project(plan, ALLIANCE), **firms}
    for kind in SAID:
        keys = plan.rows.get(kind, {}) if only is None else [key for of, key in only if of is kind]
        for key in keys:
            seen = {whom: row for whom, view in views.items() if (row := view.get(kind, *key))}
            scope = ALLIANCE if ALLIANCE in seen else next(iter(seen), "")
            if scope and (scope == ALLIANCE or len(seen) == 1):
                line = _line(plan, views[scope], seen[scope], scope)
                if line.text:
                    yield line


def _line(plan: AccountPlan, view: AccountPlan, row: Entity, scope: str) -> SaidLine:
    said = (one_line(getattr(row, name) or "").strip() for name in fields_said(type(row)))
    session, on = said_in(plan, row)
    last = plan.sessions[-1].held_on if plan.sessions else dt.date.min
    return SaidLine(
        kind=type(row).__name__,
        key=row.key,
        scope=scope,
        session=session,
        on=on,
        place=(on or last).toordinal(),
        text="\n".join(filter(None, said)),
        people=tuple(dict.fromkeys(_people(view, row))),
    )


def said_in(plan: AccountPlan, row: Entity) -> tuple[str, dt.date | None]:
    """Return in which session a row was said, and on which day.

    What has a day but no session was known in the first session from that day on. What has neither is of
    no session: it stands in the account as it is now.
    """
    session = row.id if isinstance(row, Session) else getattr(row, "session", None)
    if session is not None:
        held = plan.get(Session, session)
        return session, held.held_on if held else None
    came = getattr(row, CAME.get(type(row), ""), None)
    if came is None:
        return "", None
    day: dt.date = came.date() if isinstance(came, dt.datetime) else came
    later = (held.id for held in plan.sessions if held.held_on >= day)
    return next(later, plan.sessions[-1].id if plan.sessions else ""), day


def _people(view: AccountPlan, row: Entity) -> Iterator[str]:
    """Yield whom a row names; a person names themselves, a meeting who was there."""
    if isinstance(row, Stakeholder | Member):
        yield row.id
        return
    yield from (person for name in _people_in(type(row)) if (person := getattr(row, name)))
    if isinstance(row, Meeting):
        for kind, name in BESIDE_A_MEETING.items():
            yield from (getattr(one, name) for one in view.where(kind, meeting=row.id))


def touched(changes: Iterable[Change]) -> set[tuple[type[Entity], Key]] | None:
    """Return the rows of which these changes may alter what is found; None where that is any of the plan.

    A session that comes, goes or moves changes which is the last, and so does a firm who may see what.
    """
    rows: set[tuple[type[Entity], Key]] = set()
    for change in changes:
        kind, key = target(change)
        field_set = change.name if isinstance(change, Set) else ""
        if (kind is Party and not field_set) or (kind is Session and field_set in {"", "held_on"}):
            return None
        if kind in SCOPED and field_set == "visibility":
            return None
        if kind in BESIDE_A_MEETING:
            rows.add((Meeting, (key[0],)))
        elif fields_said(kind):
            rows.add((kind, key))
    return rows
