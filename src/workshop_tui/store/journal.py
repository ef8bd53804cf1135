"""Steps to and from the journal."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from workshop_tui.domain.base.entity import Key
from workshop_tui.domain.plan.step import (
    Step,
    changes_from_json,
    changes_to_json,
    target,
    undoable,
)
from workshop_tui.store import file
from workshop_tui.store.history import Record
from workshop_tui.store.tables import JOURNAL

_C = JOURNAL.c
_APPEND = JOURNAL.insert()
REWRITTEN = "rewritten"
"""Stands in the place of the schema's revision, behind which undo does not go."""


def append(connection: sa.Connection, account: str, step: Step) -> None:
    """Write a Step that has its number."""
    connection.execute(
        _APPEND,
        {
            "account": account,
            "number": step.number,
            "actor": step.actor,
            "at": step.at and step.at.isoformat(),
            "burst": step.undo_group,
            "undoes": json.dumps(step.undoes),
            "undoable": undoable(step),
            "revision": file.REVISIONS[-1],
            "changes": json.dumps(changes_to_json(step.changes), ensure_ascii=False),
        },
    )


def steps(connection: sa.Connection, account: str, *which: sa.ColumnElement[bool]) -> tuple[Step, ...]:
    """Return the account's Steps of which this holds, oldest first."""
    query = sa.select(JOURNAL).where(_C.account == account, *which).order_by(_C.number)
    with file.making_sense():
        return tuple(_step(row) for row in connection.execute(query).mappings())


def rewrite(connection: sa.Connection, account: str, steps: Iterable[Step]) -> None:
    """Put Steps in the place of those with their numbers; undo stops behind all there are."""
    of = _C.account == account
    for step in steps:
        changes = json.dumps(changes_to_json(step.changes), ensure_ascii=False)
        connection.execute(
            JOURNAL.update().where(of, _C.number == step.number).values(actor=step.actor, changes=changes)
        )
    connection.execute(JOURNAL.update().where(of).values(revision=REWRITTEN))


def who_set(connection: sa.Connection, account: str, name: str) -> str:
    """Return who set a field of this name last, of whatever row; empty when nobody has."""
    is_set = _C.changes.contains(
        f'"field": "{name}"', autoescape=True
    )  # what people type has its quotes escaped
    query = sa.select(_C.actor).where(_C.account == account, is_set).order_by(_C.number.desc()).limit(1)
    return connection.execute(query).scalar() or ""


def revisions(
    connection: sa.Connection, account: str, fields: Mapping[str, Collection[str]], until: int | None = None
) -> dict[tuple[str, Key], tuple[int, dt.datetime | None]]:
    """Return how many Steps have made a row or set some of its fields, and when the last of them did.

    By the kind's name and the row's key; `fields` are those that count, by the kind's name. Up to a journal
    number, where one is given.
    """
    of_these = [_C.changes.contains(f'": "{kind}"', autoescape=True) for kind in fields]
    query = sa.select(_C.at, _C.changes).where(_C.account == account, sa.or_(*of_these)).order_by(_C.number)
    query = query if until is None else query.where(_C.number <= until)
    found: dict[tuple[str, Key], tuple[int, dt.datetime | None]] = {}
    with file.making_sense():
        for at, changes in connection.execute(query):
            counting = changes_from_json(each for each in json.loads(changes) if _counts(each, fields))
            when = dt.datetime.fromisoformat(at) if at else None
            for kind, key in {target(change) for change in counting}:
                count, _ = found.get((kind.__name__, key), (0, None))
                found[kind.__name__, key] = count + 1, when
    return found


def _counts(change: Mapping[str, Any], fields: Mapping[str, Collection[str]]) -> bool:
    if "set" in change:
        return change["field"] in fields.get(change["set"], ())
    return bool({change.get("add"), change.get("remove")} & set(fields))


def records(connection: sa.Connection, account: str, actor: str) -> list[Record]:
    """Return what undo has to know of the actor's Steps; it stops at a migration.

    A Step that undoes others and changes nothing sets them aside.
    """
    query = (
        sa.select(_C.number, _C.burst, _C.undoes, _C.undoable)
        .where(_C.account == account, _C.actor == actor, _C.revision == file.REVISIONS[-1])
        .where(sa.or_(_C.undoable, _C.undoes != json.dumps(())))
        .order_by(_C.number)
    )
    with file.making_sense():
        return [
            Record(number, undo_group, tuple(map(int, json.loads(undoes))), aside=not can_undo)
            for number, undo_group, undoes, can_undo in connection.execute(query)
        ]


def _step(row: sa.RowMapping) -> Step:
    values: dict[str, Any] = {name: row[name] for name in ("actor", "number")}
    values["undo_group"] = row["burst"]
    return Step(
        changes_from_json(json.loads(row["changes"])),
        at=dt.datetime.fromisoformat(row["at"]) if row["at"] else None,
        undoes=tuple(json.loads(row["undoes"])),
        **values,
    )
