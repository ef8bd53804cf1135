"""The tables, made from the kinds of entities, so that each field is declared once.

Every column holds the JSON value that Steps and documents hold: text for words, dates and moments,
numbers, booleans. Nothing here is SQLite's alone.
"""

from __future__ import annotations

import functools
import re
from typing import Any, get_args

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.schema import CreateIndex

from workshop_tui.domain.base.entity import Entity, optional, referents, value_type
from workshop_tui.domain.plan.plan import KIND, KINDS

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


def table_name(kind: type[Entity]) -> str:
    """Return the name of a kind's table, as in `approach_step`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


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
        for name in kind.model_fields
    )
    account = sa.Column("account", sa.Text, primary_key=True)
    return sa.Table(table_name(kind), METADATA, account, *columns, *_constraints(kind))


for _kind in KINDS:
    table(_kind)

JOURNAL = sa.Table(
    "journal",
    METADATA,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("at", sa.Text),
    sa.Column("burst", sa.Text, nullable=False),
    sa.Column("undoes", sa.Text, nullable=False),
    sa.Column("undoable", sa.Boolean, nullable=False),
    sa.Column("revision", sa.Text, nullable=False),
    sa.Column("changes", sa.Text, nullable=False),  # last, so that the small columns are read without it
)
"""Every Step, numbered per account without holes; `undoes` and `changes` are JSON."""

DRAFT = sa.Table(
    "draft",
    METADATA,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("actor", sa.Text, primary_key=True),
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)
"""What a person has typed that is no valid value yet."""

SEAT = sa.Table(
    "seat",
    METADATA,
    sa.Column("account", sa.Text, primary_key=True),
    sa.Column("seat", sa.Text, primary_key=True),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("session", sa.Text, nullable=False),
    sa.Column("block", sa.Text, nullable=False),
    sa.Column("seen_at", sa.Text, nullable=False),
    sa.Column("audience", sa.Text, nullable=False),
    sa.Column("view", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("row", sa.Text, nullable=False),
    sa.Column("covered", sa.Boolean, nullable=False),
    sa.Column("since", sa.Text, nullable=False),
)
"""Who has an account open, in which session and block, for which audience, and when they were last heard of;
what they look at there, whether a curtain covers it, and since when they are there, for the room's window.

Who has left keeps the row, until another opens the session and takes over: it says who could look there."""

VERSION = sa.Table(
    "alembic_version",
    sa.MetaData(naming_convention={"pk": "alembic_version_pkc"}),
    sa.Column("version_num", sa.String(32), primary_key=True),
)
"""Alembic's own table, so that a new database can be stamped without importing Alembic."""
