"""Who may see what. `project` is the only door: screens and documents never hold the whole plan."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from typing import Any

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
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import KIND, KINDS, AccountPlan, audiences

_STAYS = {"rank", "visibility"}
_TAKEN_BACK = AnswerStatus.WITHDRAWN


def sees(audience: str, visibility: str) -> bool:
    """Whether a row is for this audience: a partner sees customer, alliance and its own."""
    if audience == CUSTOMER:
        return visibility == CUSTOMER
    return visibility in {CUSTOMER, ALLIANCE, audience}


def narrowest(audiences: Collection[str]) -> str:
    """Return the audience that sees no more than each of these does: of two partners, what both see."""
    if CUSTOMER in audiences or not audiences:
        return CUSTOMER
    one, *others = set(audiences)
    return ALLIANCE if others else one


@functools.cache
def shows(kind: type[Entity], name: str, audience: str | None) -> bool:
    """Whether a field is for this audience. A field not marked CUSTOMER_VISIBLE never is for the customer."""
    if WHOLE in marks(kind, name):
        return audience is None
    return audience != CUSTOMER or CUSTOMER_VISIBLE in marks(kind, name)


@functools.cache
def shows_kind(kind: type[Entity], audience: str | None) -> bool:
    """Whether a row of this kind has anything for this audience; its id alone is nothing."""
    return any(shows(kind, name, audience) for name in kind.model_fields if name != "id")


def project(plan: AccountPlan, audience: str) -> AccountPlan:
    """Return the plan as this audience may see it, of the same type.

    Rows that aren't for the audience are gone, with the rows keyed by them; references to them are
    blank; fields that aren't for the audience are blank (None, or "" for text), set without
    validation, so that nothing may read them as missing without asking `shows`; so is what a row
    withholds from the customer, as a figure that nobody of theirs has confirmed. Rank and
    visibility stay: they order and cut the rows, and no screen or document shows them to the customer.
    The customer isn't told an answer that was withdrawn. An audience that is no partner here gets what
    the customer gets.
    """
    audience = audience if audience in audiences(plan) else CUSTOMER
    kept: dict[type[Entity], dict[Key, Entity]] = {}
    for kind in KINDS:
        if shows_kind(kind, audience):
            is_cut = "visibility" in kind.model_fields  # asking a row for what it lacks takes long
            kept[kind] = {
                key: row
                for key, row in plan.rows.get(kind, {}).items()
                if not is_cut or sees(audience, getattr(row, "visibility", audience))
            }
    if audience == CUSTOMER:
        answers = kept.get(Answer, {}).items()
        kept[Answer] = {key: row for key, row in answers if getattr(row, "status", None) != _TAKEN_BACK}
    _drop_orphans(kept)
    return AccountPlan({kind: _cut(kind, rows, audience, kept) for kind, rows in kept.items()}, audience)


def _drop_orphans(kept: dict[type[Entity], dict[Key, Entity]]) -> None:
    """Take out rows whose key names a row that is gone; KINDS has parents first, so one pass is enough."""
    for kind in KINDS:
        if kind in kept:
            for name, target in references(kind).items():
                if name in kind.KEY:
                    place, there = kind.KEY.index(name), kept.get(KIND[target], {})
                    kept[kind] = {key: row for key, row in kept[kind].items() if (key[place],) in there}


def _cut(
    kind: type[Entity],
    rows: Mapping[Key, Entity],
    audience: str,
    kept: Mapping[type[Entity], Mapping[Key, Entity]],
) -> dict[Key, Entity]:
    """Return rows of a kind without what isn't for an audience; what all rows share is looked up once."""
    unseen = _unseen_by(kind, audience)
    refers = [
        (name, kept.get(KIND[targets[0]], {}), [kept.get(KIND[other], {}) for other in targets[1:]])
        for name, targets in referents(kind).items()
    ]
    found = {}
    for key, row in rows.items():
        blank = dict(unseen)
        if audience == CUSTOMER:
            blank |= {name: _unseen(kind, name) for name in row.withheld}
        for name, first, others in refers:
            value = getattr(row, name)
            if value is not None and (value,) not in first and not any((value,) in each for each in others):
                blank[name] = _unseen(kind, name)
        found[key] = row.model_copy(update=blank) if blank else row
    return found


@functools.cache
def _unseen_by(kind: type[Entity], audience: str) -> Mapping[str, Any]:
    """Return the fields of a kind that aren't for an audience, each with what stands in its place."""
    hidden = (name for name in kind.model_fields if name not in _STAYS and not shows(kind, name, audience))
    return {name: _unseen(kind, name) for name in hidden}


def _unseen(kind: type[Entity], name: str) -> Any:
    return "" if value_type(kind, name) is str else None
