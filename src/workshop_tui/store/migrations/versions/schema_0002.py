"""Sealed sessions can be reopened, blocks extended; sessions keep the gap rules of their playbook; seats.

Who refers to a person is found by an index, so that thousands of them can go.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_NEW = {
    "session": (
        (sa.Column("date_order", sa.Text), None),
        (sa.Column("week_start", sa.Text, nullable=False), "monday"),
        (sa.Column("amber", sa.Integer, nullable=False), "20"),
        (sa.Column("red", sa.Integer, nullable=False), "5"),
    ),
    "block": ((sa.Column("extended", sa.Integer, nullable=False), "0"),),
    "seal": (
        (sa.Column("reopened_at", sa.Text), None),
        (sa.Column("reopened_why", sa.Text, nullable=False), ""),
    ),
}
"""Table → its new columns, each with what it holds in the rows that are there."""

_TO_PEOPLE = {
    "stakeholder": "reports_to",
    "reading": "stakeholder",
    "meeting": "stakeholder",
    "relation": "target",
    "answer": "stakeholder",
    "action": "stakeholder",
    "guest": "stakeholder",
}
"""Table → its column that refers to people."""


def upgrade() -> None:
    """Add columns, tables and indexes."""
    for table, columns in _NEW.items():
        _add(table, columns)
    op.create_table(
        "gap_rule",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("account", "session", "rule")),
        sa.Column("in_force", sa.Boolean, nullable=False),
        sa.Column("limit", sa.Integer),
        sa.PrimaryKeyConstraint("account", "session", "rule", name="pk_gap_rule"),
        sa.ForeignKeyConstraint(
            ["account", "session"],
            ["session.account", "session.id"],
            name="fk_gap_rule_session",
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_table(
        "seat",
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("account", "seat", "actor", "session", "block", "seen_at")
        ),
        sa.PrimaryKeyConstraint("account", "seat", name="pk_seat"),
    )
    for table, column in _TO_PEOPLE.items():
        op.create_index(f"ix_{table}_{column}", table, ["account", column])


def _add(table: str, columns: Iterable[tuple[sa.Column[Any], str | None]]) -> None:
    """Add columns with a default for the rows that are there, and take the default away again."""
    with op.batch_alter_table(table) as adding:
        for column, value in columns:
            column.server_default = sa.DefaultClause(value) if value is not None else None
            adding.add_column(column)
    with op.batch_alter_table(table) as bare:
        for column, value in columns:
            if value is not None:
                bare.alter_column(column.name, server_default=None)
