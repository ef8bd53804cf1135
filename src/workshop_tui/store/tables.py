"""The tables, made from the kinds of entities, so that each field is declared once.

Every column holds the JSON value that Steps and documents hold: text for words, dates and moments,
numbers, booleans. Nothing here is SQLite's alone.
"""

from __future__ import annotations

import functools
from typing import Any, get_args

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex
from sqlmodel import Field, SQLModel

from workshop_tui.domain.base.entity import Entity, optional, referents, value_type
from workshop_tui.domain.plan.plan import KIND, KINDS
from workshop_tui.store.reading import table_name

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_1_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

_COLUMN = ((bool, sa.Boolean), (int, sa.Integer), (float, sa.Float))  # bool first: it is an int too
_OPEN = sa.text("status NOT IN ('done', 'dropped')")
_INDEXES: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "Action": (("session", "due"), {"sqlite_where": _OPEN}),
    "Seal": (("session",), {}),
}
"""What the library counts, so that it needn't read the rows themselves."""


@compiles(CreateIndex, "postgresql")
def _on_postgresql(made: CreateIndex, compiler: Any, **options: Any) -> str:
    """Write an index with the condition that it has on SQLite.

    Said at the index itself it would import SQLAlchemy's dialect at each start: 2 MB and 25 ms.
    """
    only = made.element.dialect_options["sqlite"]["where"]
    made.element.dialect_options["postgresql"]["where"] = only
    return str(compiler.visit_create_index(made, **options))


MANY = "Stakeholder"
"""Of these there may be thousands, and each that goes is looked for in every table that refers to it."""


def sa_type(kind: type[Entity], name: str) -> type[sa.types.TypeEngine[Any]]:
    """Return the column type of a field: that of its JSON value."""
    value = value_type(kind, name)
    choices = get_args(value)  # Literal[0, 25, …] is a choice of integers
    python = type(choices[0]) if choices else value
    return next((column for base, column in _COLUMN if issubclass(python, base)), sa.Text)


def _constraints(kind: type[Entity]) -> list[sa.schema.SchemaItem]:
    keys: list[sa.schema.SchemaItem] = [sa.PrimaryKeyConstraint("account", *kind.KEY)]
    for name, kinds in referents(kind).items():
        columns = ["account", name]
        if len(kinds) == 1:  # a key of SQL's refers to one table; the Store looks after the others
            there = table_name(KIND[kinds[0]])
            (key,) = KIND[kinds[0]].KEY
            targets = [f"{there}.account", f"{there}.{key}"]
            keys.append(sa.ForeignKeyConstraint(columns, targets, deferrable=True, initially="DEFERRED"))
        if MANY in kinds and name != kind.KEY[0]:
            keys.append(sa.Index(f"ix_{table_name(kind)}_{name}", *columns))
    if kind.__name__ in _INDEXES:
        names, only = _INDEXES[kind.__name__]
        keys.append(sa.Index(None, "account", *names, **only))
    return keys


@functools.cache
def table(kind: type[Entity]) -> sa.Table:
    """Return the table of a kind, made of its fields.

    No class is mapped to it: that took 200 ms at each start, and nothing here needs one.
    """
    columns = (
        sa.Column(name, sa_type(kind, name), primary_key=name in kind.KEY, nullable=optional(kind, name))
        for name in kind.fields
    )
    account = sa.Column("account", sa.Text, primary_key=True)
    return sa.Table(table_name(kind), METADATA, account, *columns, *_constraints(kind))


for _kind in KINDS:
    table(_kind)


class _Table(SQLModel):
    """A table of the store's own, whose rows are no entities."""

    metadata = METADATA


def _key() -> Any:
    return Field(primary_key=True, sa_type=sa.Text)


def _text() -> Any:
    return Field(sa_type=sa.Text)


class Journal(_Table, table=True):
    """Every Step, numbered per account without holes; `undoes` and `changes` are JSON."""

    account: str = _key()
    number: int = Field(primary_key=True)
    actor: str = _text()
    at: str | None = _text()
    burst: str = _text()
    undoes: str = _text()
    undoable: bool
    revision: str = _text()
    changes: str = _text()  # last, so that the small columns are read without it


class Draft(_Table, table=True):
    """What a person has typed that is no valid value yet."""

    account: str = _key()
    actor: str = _key()
    place: str = _key()
    text: str = _text()


class Seat(_Table, table=True):
    """Who has an account open, where, for which audience, and when they were last heard of.

    For the room's window: what they look at there, whether a curtain covers it, and since when they are
    there. Who has left keeps the row, until another opens the session and takes over: it says who could
    look there.
    """

    account: str = _key()
    seat: str = _key()
    actor: str = _text()
    session: str = _text()
    block: str = _text()
    seen_at: str = _text()
    audience: str = _text()
    view: str = _text()
    subject: str = _text()
    row: str = _text()
    covered: bool
    since: str = _text()


JOURNAL, DRAFT, SEAT = (METADATA.tables[name] for name in ("journal", "draft", "seat"))

VERSION = sa.Table(
    "alembic_version",
    sa.MetaData(naming_convention={"pk": "alembic_version_pkc"}),
    sa.Column("version_num", sa.String(32), primary_key=True),
)
"""Alembic's own table, so that a new database can be stamped without importing Alembic."""
