"""Both sides of the plan: the customer's promises, value proven, growth, governance, what was learnt.

An owner may be of either side, so that no key of SQL's refers to one table; a meeting is with several people.
The journal stays as it is: what it says of a meeting with one person is understood when it is read.
"""

import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

# name, * in the key, :type (else text), ? may be empty, >table it refers to
_COLUMN = re.compile(r"(\w+)(\*?)(?::(\w+))?(\??)(?:>(\w+))?")
_TYPES: dict[str, Any] = {"": sa.Text, "int": sa.Integer, "float": sa.Float, "bool": sa.Boolean}

_ADDED = {
    "account": "ask competitor selected_on? selected_by",
    "stakeholder": "unit note rhythm_days:int? left_on? successor?>stakeholder competitor",
    "guest": "left_at?",
    "meeting": "said next_step",
    "action": "step? dropped_on? told_on?",
    "decision": "replaces?>decision told_on?",
    "risk": "likelihood:int? impact:int? response due? status settled_on?",
    "parking": "became_decision?>decision became_risk?>risk dropped_on?",
    "answer": "withdrawn_on?",
    "target": "baseline:float? realised:float? confirmed_by?>stakeholder confirmed_on? competitor",
    "initiative": "party?>party visibility",
}
"""Table → its new columns; a text that may not be empty is "" in the rows that are there, but for these."""

_THEN = {("risk", "status"): "open", ("initiative", "visibility"): "alliance"}

_EITHER_SIDE = {
    "action": ("owner", "accountable"),
    "parking": ("owner",),
    "risk": ("owner",),
    "initiative": ("owner",),
}
"""Table → its columns that referred to one of ours, and may now refer to one of the customer's people."""

_NEW = {
    "meeting_stakeholder": "meeting*>meeting stakeholder*>stakeholder",
    "stage_entry": "id* rank:float stage was? on by why",
    "learnt": "id* rank:float stage on reason said told_by?>stakeholder differently visibility",
    "chemistry": "session*>session party*>party score:int word",
    "proof": (
        "id* rank:float text horizon party?>party worth:float? recognised_by?>stakeholder recognised_on? "
        "visibility"
    ),
    "difference": "id* rank:float dimension text party?>party proof?>proof visibility",
    "growth_step": (
        "id* rank:float period unit what worth:float? objective?>objective proof?>proof owner? status "
        "visibility"
    ),
    "steering_seat": "id* rank:float role party?>party person? visibility",
    "terms": "id* rank:float purpose cadence invites decides quorum brought visibility",
    "steering_date": "id* rank:float on held_on? about visibility",
}

_TO_PEOPLE = (
    ("stakeholder", "successor"),
    ("meeting_stakeholder", "stakeholder"),
    ("learnt", "told_by"),
    ("target", "confirmed_by"),
    ("proof", "recognised_by"),
    ("action", "owner"),
    ("action", "accountable"),
    ("initiative", "owner"),
    ("risk", "owner"),
    ("parking", "owner"),
    ("growth_step", "owner"),
    ("steering_seat", "person"),
)
"""Tables and their columns by which people are looked for when one of them goes."""


def upgrade() -> None:
    """Add columns and tables, and have each meeting's person stand beside it."""
    for table, columns in _NEW.items():
        _create(table, columns)
    op.execute(
        "INSERT INTO meeting_stakeholder (account, meeting, stakeholder) "
        "SELECT account, id, stakeholder FROM meeting"
    )
    op.drop_index("ix_meeting_stakeholder", "meeting")
    for table, columns in _ADDED.items():
        _change(table, _COLUMN.findall(columns))
    for table, column in _TO_PEOPLE:
        op.create_index(f"ix_{table}_{column}", table, ["account", column])


def _change(table: str, columns: Sequence[Sequence[str]]) -> None:
    """Make a table anew with its new columns, and without the keys that no longer hold."""
    filled = []
    with op.batch_alter_table(table, recreate="always") as changing:
        for column in _EITHER_SIDE.get(table, ()):
            changing.drop_constraint(f"fk_{table}_{column}", type_="foreignkey")
        if table == "meeting":
            changing.drop_constraint("fk_meeting_stakeholder", type_="foreignkey")
            changing.drop_column("stakeholder")
        for name, _, kind, empty, target in columns:
            then = None if empty else _THEN.get((table, name), "")
            changing.add_column(sa.Column(name, _TYPES[kind], nullable=bool(empty), server_default=then))
            filled += [] if then is None else [name]
            if target:
                changing.create_foreign_key(
                    f"fk_{table}_{name}",
                    target,
                    ["account", name],
                    ["account", "id"],
                    deferrable=True,
                    initially="DEFERRED",
                )
    if filled:
        with op.batch_alter_table(table) as bare:
            for name in filled:
                bare.alter_column(name, server_default=None)


def _create(table: str, columns: str) -> None:
    made: list[sa.schema.SchemaItem] = [sa.Column("account", sa.Text, nullable=False)]
    keys = ["account"]
    for name, key, kind, empty, target in _COLUMN.findall(columns):
        made.append(sa.Column(name, _TYPES[kind], nullable=bool(empty)))
        keys += [name] if key else []
        if target:
            made.append(
                sa.ForeignKeyConstraint(
                    ["account", name],
                    [f"{target}.account", f"{target}.id"],
                    name=f"fk_{table}_{name}",
                    deferrable=True,
                    initially="DEFERRED",
                )
            )
    op.create_table(table, *made, sa.PrimaryKeyConstraint(*keys, name=f"pk_{table}"))
