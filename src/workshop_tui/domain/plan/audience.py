"""Who may see what. `project` is the only door: screens and documents never hold the whole plan."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import replace

from workshop_tui.domain.base.entity import (
    CUSTOMER_VISIBLE,
    WHOLE,
    Entity,
    Key,
    marks,
    references,
    referents,
    value_type,
)
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, AnswerStatus
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import KIND, KINDS, AccountPlan, audiences

_STAYS = {"rank", "visibility"}
_TAKEN_BACK = AnswerStatus.WITHDRAWN


def sees(audience: str, visibility: str) -> bool:
    """Whether a row is for this audience: a partner sees customer, alliance and its own."""
    return visibility in seen_by(audience)


@functools.cache
def seen_by(audience: str) -> frozenset[str]:
    """Return the visibilities of the rows that are for this audience."""
    return frozenset({CUSTOMER} if audience == CUSTOMER else {CUSTOMER, ALLIANCE, audience})


def narrowest(audiences: Collection[str]) -> str:
    """Return the audience that sees no more than each of these does: of two partners, what both see."""
    if CUSTOMER in audiences or not audiences:
        return CUSTOMER
    one, *others = set(audiences)
    return ALLIANCE if others else one


def is_within(audience: str, widest: str) -> bool:
    """Whether an audience sees no more than another one; that is everybody where it is ""."""
    return not widest or narrowest({audience, widest}) == audience


@functools.cache
def shows(kind: type[Entity], name: str, audience: str | None) -> bool:
    """Whether a field is for this audience. A field not marked CUSTOMER_VISIBLE never is for the customer."""
    if WHOLE in marks(kind, name):
        return audience is None
    return audience != CUSTOMER or CUSTOMER_VISIBLE in marks(kind, name)


@functools.cache
def shows_kind(kind: type[Entity], audience: str | None) -> bool:
    """Whether a row of this kind has anything for this audience; its id alone is nothing."""
    return any(shows(kind, name, audience) for name in kind.fields if name != "id")


def project(plan: AccountPlan, audience: str) -> AccountPlan:
    """Return the plan as this audience may see it, of the same type.

    Rows that aren't for the audience are gone, with the rows keyed by them; references to them are
    blank; fields that aren't for the audience are blank (None, or "" for text), set without
    validation, so that nothing may read them as missing without asking `shows`; so is what a row
    withholds from the customer, as a figure that nobody of theirs has confirmed. Rank and
    visibility stay: they order and cut the rows, and no screen or document shows them to the customer.
    The customer isn't told an answer that was withdrawn, nor a decision whose place one has taken that they
    aren't told. An audience that is no partner here gets what the customer gets.
    """
    audience = audience if audience in audiences(plan) else CUSTOMER
    kept: dict[type[Entity], dict[Key, Any]] = {}
    seen = seen_by(audience)
    for kind in KINDS:
        if plan.rows.get(kind) and shows_kind(kind, audience):
            rows: Mapping[Key, Any] = plan.rows[kind]
            is_cut = "visibility" in kind.fields
            kept[kind] = {k: row for k, row in rows.items() if row.visibility in seen} if is_cut else {**rows}
    if audience == CUSTOMER:
        answers = kept.get(Answer, {}).items()
        kept[Answer] = {key: row for key, row in answers if getattr(row, "status", None) != _TAKEN_BACK}
        _drop_replaced(plan, kept.get(Decision, {}))
    _drop_orphans(kept)
    ids = {kind.__name__: {key[0] for key in rows} for kind, rows in kept.items()}
    return AccountPlan({kind: _cut(kind, rows, audience, ids) for kind, rows in kept.items()}, audience)


def hides_no_row(plan: AccountPlan, audience: str) -> bool:
    """Whether every row of a plan is for this audience; never for the customer, to whom fields are hidden."""
    if audience == CUSTOMER or audience not in audiences(plan):
        return False
    seen = seen_by(audience)
    cut = (rows for kind, rows in plan.rows.items() if "visibility" in kind.fields)
    return all(getattr(row, "visibility", "") in seen for rows in cut for row in rows.values())


def _drop_replaced(plan: AccountPlan, kept: dict[Key, Any]) -> None:
    """Take out decisions that would be read as holding, as none of what takes their place is left.

    Taking out one may leave another so, whose place it has taken.
    """
    replaced = {(row.replaces,) for row in plan.all(Decision) if row.replaces}
    while gone := (replaced - {(row.replaces,) for row in kept.values()}) & kept.keys():
        for key in gone:
            del kept[key]


def _drop_orphans(kept: Mapping[type[Entity], dict[Key, Any]]) -> None:
    """Take out rows whose key names a row that is gone; KINDS has parents first, so one pass is enough."""
    for kind, rows in kept.items():
        for place, target in _keyed_by(kind):
            there = kept.get(target, {})
            for key in [key for key in rows if (key[place],) not in there]:
                del rows[key]


@functools.cache
def _keyed_by(kind: type[Entity]) -> tuple[tuple[int, type[Entity]], ...]:
    """Return the places in the key of a kind that hold the id of a row, each with the kind of that."""
    refers = references(kind)
    return tuple((n, KIND[refers[name]]) for n, name in enumerate(kind.KEY) if name in refers)


def _cut(
    kind: type[Entity],
    rows: Mapping[Key, Entity],
    audience: str,
    ids: Mapping[str, Collection[str]],
) -> Mapping[Key, Entity]:
    """Return rows of a kind without what isn't for an audience; what all rows share is looked up once.

    `ids` are those of the rows that are left, by the name of the kind.
    """
    unseen = _unseen_by(kind, audience)
    refers = []
    for name, targets in referents(kind).items():
        there = {None}.union(*(ids.get(each, ()) for each in targets))
        if not there.issuperset([getattr(row, name) for row in rows.values()]):
            refers.append((name, there))
    if not (refers or unseen or audience == CUSTOMER):
        return rows
    found = {}
    for key, row in rows.items():
        lost = [name for name, there in refers if getattr(row, name) not in there]
        withheld = row.withheld if audience == CUSTOMER else ()
        blank = (
            unseen | {name: _unseen(kind, name) for name in (*withheld, *lost)}
            if lost or withheld
            else unseen
        )
        found[key] = replace(row, **blank) if blank else row
    return found


@functools.cache
def _unseen_by(kind: type[Entity], audience: str) -> dict[str, Any]:
    """Return the fields of a kind that aren't for an audience, each with what stands in its place."""
    hidden = (name for name in kind.fields if name not in _STAYS and not shows(kind, name, audience))
    return {name: _unseen(kind, name) for name in hidden}


def _unseen(kind: type[Entity], name: str) -> Any:
    return "" if value_type(kind, name) is str else None
