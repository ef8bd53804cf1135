"""One row of every kind, and what to look at a store with."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Any, get_args

from msgspec.structs import replace

from tests.domain.plans import FRAME, PARTIES
from workshop_tui.domain.base.entity import Entity, references, value_type
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.model.account import Account, Party
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import KINDS
from workshop_tui.domain.plan.step import Add, Refused, Set, Step, undoing
from workshop_tui.store.store import Store
from workshop_tui.store.tables import table

AT = dt.datetime(2026, 6, 9, 9, 47, 2, tzinfo=dt.UTC)
ACC = "acc"
ANA = Stakeholder(id="ana", name="Ana Müller")

_BY_NAME = {
    "currency": "GBP",
    "start": "09:30",
    "sha256": "0" * 64,
    "visibility": "ps",
    "toward": "tech",
    "audience": "customer",
    "reports_to": None,
    "supersedes": None,
    "successor": None,
    "replaces": None,
    "period": "2026-Q3",
}
_BY_TYPE: dict[type, Any] = {
    str: "Zürich, «x1» – 東京 'quoted' \"twice\"",
    bool: True,
    int: 3,
    float: 0.1,
    dt.date: dt.date(2026, 2, 28),
    dt.datetime: AT,
}


def _value(kind: type[Entity], name: str) -> Any:
    of = value_type(kind, name)
    if name in _BY_NAME:
        return _BY_NAME[name]
    if target := references(kind).get(name):
        return "ps" if target == "Party" else "x1"
    if name in {"id", "seat", "rule"}:
        return "x1"
    if get_args(of):
        return get_args(of)[-1]
    return list(of)[-1] if issubclass(of, enum.Enum) else _BY_TYPE[of]


def one_of(kind: type[Entity]) -> Entity:
    """A row with a value in every field."""
    return validated(kind, {name: _value(kind, name) for name in kind.fields})


ONE_OF_EACH: tuple[Entity, ...] = (
    validated(Account, {**one_of(Account).plain(), "id": ACC}),
    *PARTIES,
    *(one_of(kind) for kind in KINDS if kind not in {Account, Party}),
)


def begin(store: Store, *rows: Entity, account: str = ACC) -> None:
    """Begin an account with two partners, three members, three sessions and these rows."""
    root = Account(id=account, name=f"Account {account}")
    store.commit(account, Step(tuple(Add(row) for row in (root, *FRAME[1:], *rows)), actor="me", at=AT))


def add(*rows: Entity, actor: str = "me") -> Step:
    return Step(tuple(Add(row) for row in rows), actor=actor, at=AT)


def name_ana(old: str, new: str, actor: str = "me", undo_group: str = "") -> Step:
    return Step((Set(Stakeholder, ("ana",), "name", old, new),), actor=actor, at=AT, undo_group=undo_group)


def undo(store: Store) -> Step | None:
    """Take back what was done last, or pass over it where that can't be; None where there is nothing."""
    return _take_back(store, store.next_undo(ACC, "me"))


def redo(store: Store) -> Step | None:
    return _take_back(store, store.next_redo(ACC, "me"))


def _take_back(store: Store, steps: tuple[Step, ...]) -> Step | None:
    if not steps:
        return None
    step = replace(undoing(steps), actor="me", at=AT)
    try:
        return store.commit(ACC, step)
    except Refused:
        store.commit(ACC, replace(step, changes=()))
        raise


def dump(store: Store) -> bytes:
    """All entity tables, rows ordered by key."""
    with store._backend.reading() as connection:
        return repr(
            [tuple(row) for kind in KINDS for row in connection.exec_driver_sql(_DUMP[kind])]
        ).encode()


_DUMP = {
    kind: f"SELECT * FROM {table(kind).name} ORDER BY {', '.join(table(kind).primary_key.columns.keys())}"  # noqa: S608 - our own names
    for kind in KINDS
}
"""Plain SQL: compiling as many statements anew for each database took longer than all the rest."""


def name_of_ana(store: Store) -> str | None:
    plan, _ = store.load(ACC)
    person = plan.get(Stakeholder, "ana")
    return person.name if person else None
