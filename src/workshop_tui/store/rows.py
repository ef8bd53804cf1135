"""Entities into their tables, by statements that are built once per kind; `reading` has them out."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from workshop_tui.domain.base.entity import Entity, Json, Key, referents
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import KIND, KINDS, AccountPlan
from workshop_tui.domain.plan.step import Change, Remove, Set, target
from workshop_tui.store import reading
from workshop_tui.store.opening import driver
from workshop_tui.store.tables import table


def read_touched(connection: sa.Connection, account: str, changes: Iterable[Change]) -> AccountPlan:
    """Return as much of the plan as these changes are about."""
    keys: dict[type[Entity], set[Key]] = {}
    for change in changes:
        kind, key = target(change)
        name = change.name if isinstance(change, Set) else "reports_to"
        chain = kind is Stakeholder and name == "reports_to"  # a cycle is seen in the whole of it
        keys.setdefault(kind, set()).add(() if chain else key)
    there = driver(connection)
    return AccountPlan.of(
        row
        for kind, wanted in keys.items()
        for row in reading.rows(
            there, account, kind, dict(zip(kind.KEY, *wanted, strict=False)) if len(wanted) == 1 else {}
        )
    )


def write(connection: sa.Connection, account: str, before: AccountPlan, after: AccountPlan) -> None:
    """Store the difference of two plans; references are checked when the transaction ends."""
    for kind, new in after.rows.items():
        old = before.rows.get(kind, {})
        if gone := [_bound(account, kind, key) for key in old.keys() - new.keys()]:
            connection.execute(_delete(kind), gone)
        if fresh := [{**row.plain(), "account": account} for key, row in new.items() if key not in old]:
            connection.execute(_insert(kind), fresh)
        for key, row in new.items():
            if key in old and row is not old[key] and (values := _difference(old[key], row)):
                names = frozenset(values)
                connection.execute(_update(kind, names), {**_bound(account, kind, key), **values})


def refers_to_nothing(connection: sa.Connection, account: str, changes: Iterable[Change]) -> bool:
    """Whether after these changes a field that may refer to one of two kinds refers to nothing.

    No key of SQL's says so, as that refers to one table.
    """
    refers: set[tuple[tuple[str, ...], str]] = set()
    for change in changes:
        kind, (first, *_) = target(change)
        if isinstance(change, Remove):
            refers |= {(kinds, first) for kinds in _named_by(connection, account, kind, first)}
            continue
        given = {change.name: change.new} if isinstance(change, Set) else change.row.plain()
        several = ((kinds, given.get(name)) for name, kinds in _of_several(kind))
        refers |= {(kinds, str(value)) for kinds, value in several if value is not None}
    return any(
        not any(_is_there(connection, account, KIND[kind], row_id) for kind in kinds)
        for kinds, row_id in refers
    )


@functools.cache
def _of_several(kind: type[Entity]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the fields of a kind that may refer to several kinds, each with these."""
    return tuple((name, kinds) for name, kinds in referents(kind).items() if len(kinds) > 1)


def _named_by(
    connection: sa.Connection, account: str, gone: type[Entity], row_id: str
) -> Iterable[tuple[str, ...]]:
    """Yield among which kinds a row that has gone is looked for, for each field that still names it."""
    for kind in KINDS:
        for name, kinds in _of_several(kind):
            columns = table(kind).c
            if gone.__name__ in kinds and _any(connection, columns.account, account, columns[name], row_id):
                yield kinds


def _is_there(connection: sa.Connection, account: str, kind: type[Entity], row_id: str) -> bool:
    columns = table(kind).c
    return _any(connection, columns.account, account, columns.id, row_id)


def _any(
    connection: sa.Connection, holder: sa.Column[Any], account: str, column: sa.Column[Any], value: str
) -> bool:
    query = sa.select(sa.literal(1)).where(holder == account, column == value).limit(1)
    return connection.execute(query).first() is not None


def _difference(old: Entity, new: Entity) -> dict[str, Json]:
    was = old.plain()
    return {name: value for name, value in new.plain().items() if value != was[name]}


def _bound(account: str, kind: type[Entity], key: Key) -> dict[str, Any]:
    return {"in_account": account, **{f"key_{name}": part for name, part in zip(kind.KEY, key, strict=False)}}


@functools.cache
def _where(kind: type[Entity]) -> tuple[sa.ColumnElement[bool], ...]:
    columns = table(kind).c
    return (
        columns.account == sa.bindparam("in_account"),
        *(columns[name] == sa.bindparam(f"key_{name}") for name in kind.KEY),
    )


@functools.cache
def _insert(kind: type[Entity]) -> sa.Insert:
    return table(kind).insert()


@functools.cache
def _delete(kind: type[Entity]) -> sa.Delete:
    return table(kind).delete().where(*_where(kind))


@functools.cache
def _update(kind: type[Entity], names: frozenset[str]) -> sa.Update:
    return (
        table(kind).update().where(*_where(kind)).values({name: sa.bindparam(name) for name in sorted(names)})
    )
