"""A plan in which whatever an audience must not see says so: derived from the kinds and their marks."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import itertools
from collections.abc import Iterator
from typing import Any, get_args, get_origin

from workshop_tui.domain.base.entity import (
    CUSTOMER_VISIBLE,
    WHOLE,
    Entity,
    Item,
    marks,
    optional,
    references,
    value_type,
)
from workshop_tui.domain.base.validation import validated, with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.session import Block, Session
from workshop_tui.domain.model.value import Proof, Target
from workshop_tui.domain.plan.plan import KIND, KINDS, AccountPlan

LEAK = "¤"
"""Heads every word that the audience must not see."""
FINE = "¶"
"""Heads every word that it may."""
LEAKS = (LEAK, "2187", "77.17", "7717", "577", "771.717", "deadbeef")
"""What is painted of a field that must not be seen."""
_LEAKED: dict[object, Any] = {
    "weight": 77.1717,
    "votes": 7717,
    "minutes": 577,
    "spent": 463020,
    "sha256": "deadbeef" * 8,
    float: 771.717,
    dt.date: dt.date(2187, 7, 17),
}
"""What a field that can hold no word is, where it must not be seen: by its name or type."""
_OF_A_FORM = {"visibility": ALLIANCE, "sha256": "0" * 64, "period": "2026-Q3"}
_CONFIRMED: dict[type[Entity], tuple[str, ...]] = {
    Target: ("confirmed_on", "baseline", "realised"),
    Proof: ("recognised_on", "worth"),
}
"""Kind → the day the customer confirmed a row, and the figures it sees only then."""
_OF_A_TYPE: dict[object, Any] = {
    str: "x1",
    bool: False,
    int: 1,
    float: 1.0,
    dt.date: dt.date(2026, 6, 9),
    dt.datetime: dt.datetime(2026, 6, 9, 12, tzinfo=dt.UTC),
}

FIXED = {
    *("id", "visibility", "toward", "audience", "seat", "currency", "start", "playbook", "as_of", "rank"),
    *("reports_to", "supersedes", "became", "became_decision", "became_risk", "left_on"),
}
"""Fields that hold together what the screens show, or can hold no word of ours."""
_ORDER = (CUSTOMER, ALLIANCE, "ps", "tech")


def with_canaries(sample: AccountPlan, audience: str) -> AccountPlan:
    """Return the sample with rows of every visibility and every field filled, marked for an audience."""
    plan = every_kind(sample)
    hidden: set[tuple[str, str]] = set()
    number = itertools.count(16)
    rows: list[Entity] = []
    for row in plan:
        is_hidden = _is_hidden(row, audience, hidden)
        if is_hidden:
            hidden.add((type(row).__name__, row.key[0]))
        new = {
            name: _marked(plan, row, name, next(number), leaks=is_hidden or not _shows(row, name, audience))
            for name in type(row).fields
        }
        new |= _unsure(type(row), len(rows)) if audience == CUSTOMER else {}
        rows.append(validated(type(row), new))
    return AccountPlan.of(rows)


def _unsure(kind: type[Entity], number: int) -> dict[str, Any]:
    """Return, for every other row, figures that the customer must not see while nobody of theirs says so."""
    if kind not in _CONFIRMED or number % 2:
        return {}
    day, *figures = _CONFIRMED[kind]
    return {day: None, **dict.fromkeys(figures, _LEAKED[float])}


def _shows(row: Entity, name: str, audience: str) -> bool:
    found = marks(type(row), name)
    return WHOLE not in found and (audience != CUSTOMER or CUSTOMER_VISIBLE in found)


def _is_hidden(row: Entity, audience: str, hidden: set[tuple[str, str]]) -> bool:
    """Whether a row is not for the audience, or hangs on one that isn't."""
    seen_by = getattr(row, "visibility", CUSTOMER)
    allowed = {CUSTOMER} if audience == CUSTOMER else {CUSTOMER, ALLIANCE, audience}
    keyed = ((kind, getattr(row, name)) for name, kind in references(type(row)).items() if name in row.KEY)
    return seen_by not in allowed or any(parent in hidden for parent in keyed)


def every_kind(sample: AccountPlan) -> AccountPlan:
    rows: list[Entity] = []
    for kind in KINDS:
        found = list(sample.all(kind)) or [_made_up(kind, AccountPlan.of(rows))]
        rows += _of_every_visibility(kind, found)
    return AccountPlan.of(rows)


def _of_every_visibility(kind: type[Entity], rows: list[Entity]) -> Iterator[Entity]:
    if "visibility" not in kind.fields:
        yield from rows
        return
    if kind is Block:  # each is visited, and there are others besides
        yield from (with_values(row, visibility=CUSTOMER) for row in rows)
    else:
        yield from (
            with_values(row, visibility=who) for row, who in zip(rows, itertools.cycle(_ORDER), strict=False)
        )
    if issubclass(kind, Item):
        plain = rows[-1].plain()
        for who in _ORDER:
            yield validated(kind, {**plain, "id": f"{rows[-1].key[0]}{who}", "visibility": who})


def _made_up(kind: type[Entity], plan: AccountPlan) -> Entity:
    """Return a row of a kind that the sample has none of."""
    values = {name: _some(kind, name, plan) for name in kind.fields}
    return validated(kind, values)


def _some(kind: type[Entity], name: str, plan: AccountPlan) -> Any:
    of, target = value_type(kind, name), references(kind).get(name)
    if target:
        found = plan.all(KIND[target])
        return found[-1].key[0] if found else None
    if name in _OF_A_FORM:
        return _OF_A_FORM[name]
    if get_args(of):
        return get_args(of)[-1]
    return next(iter(of)).value if issubclass(of, enum.Enum) else _OF_A_TYPE[of]


def _marked(plan: AccountPlan, row: Entity, name: str, token: int, *, leaks: bool) -> Any:
    """Return a field's value: a marked one where it can hold a mark, filled where it was empty."""
    kind, old = type(row), row.plain()[name]
    of, target = value_type(kind, name), references(kind).get(name)
    if name in FIXED or name in kind.KEY:
        return old
    if target:
        others = plan.all(KIND[target])
        is_free = optional(kind, name) and others
        return others[token % len(others)].key[0] if is_free else old
    if leaks and (figure := _LEAKED.get(name, _LEAKED.get(of))) is not None:
        return figure
    if of is str and name not in _OF_A_FORM:
        return " ".join([f"{LEAK if leaks else FINE}{token:x}"] * 3)
    return _some(kind, name, plan) if old is None else old


@functools.cache
def hidden_words(audience: str) -> set[str]:
    """Return the words of lists that stand in hidden fields alone: the customer must not read any."""
    shown: set[str] = set()
    internal: set[str] = set()
    for kind in KINDS:
        for name in kind.fields:
            of = value_type(kind, name)
            if get_origin(of) is None and isinstance(of, type) and issubclass(of, enum.Enum):
                words = {str(getattr(word, "label", word.name)) for word in of}
                (shown if CUSTOMER_VISIBLE in marks(kind, name) else internal).update(words)
    return internal - shown if audience == CUSTOMER else set()


def opened_as(plan: AccountPlan, audience: str) -> AccountPlan:
    """Have every session reopen for an audience."""
    sessions = (with_values(session, audience=audience) for session in plan.all(Session))
    return AccountPlan.of((*plan, *sessions))
