"""As much of every account plan as a digest needs, in one query a kind."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache, partial
from pathlib import Path
from typing import cast

import sqlalchemy as sa

from workshop_tui.domain.base.entity import Entity, Key
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import Meeting, MeetingStakeholder, Stakeholder, Tie
from workshop_tui.domain.model.scorecard import Goal, Initiative, Review
from workshop_tui.domain.model.session import Block, Decision, Guest, Parking, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.store.listing import up_to_date
from workshop_tui.store.open_actions import looked_at
from workshop_tui.store.tables import table

_GUESTS = "EXISTS (SELECT 1 FROM guest WHERE guest.account = block.account AND guest.block = block.id)"
_KINDS: Mapping[type[Entity], str] = {
    **dict.fromkeys((Account, Party, Member, Stakeholder, Tie, Session, Guest), ""),
    Block: _GUESTS,
    **dict.fromkeys((Meeting, MeetingStakeholder, Goal, Initiative, Review), ""),
    **dict.fromkeys((Answer, Action, Carry, Parking, Decision), ""),
}
"""Each kind that a digest looks at → which of its rows; empty for all."""
_NOW: Mapping[type[Entity], str] = {
    Answer: "status = 'heard'",
    Action: "status NOT IN ('done', 'dropped') "
    "OR status = 'done' AND told_on IS NULL AND stakeholder IS NOT NULL",
    Carry: "EXISTS (SELECT 1 FROM action WHERE action.account = carry.account AND action.id = carry.action "
    "AND status NOT IN ('done', 'dropped'))",
    Parking: "NOT dropped AND coalesce(became, became_decision, became_risk) IS NULL",
    Decision: "visibility = 'customer' AND told_on IS NULL OR replaces IS NOT NULL",
}
"""The same of those whose rows may have been otherwise on an earlier day, for a digest as of now."""


def digest_plans(path: Path, account: str | None = None, *, past: bool = False) -> tuple[AccountPlan, ...]:
    """Return the plans of all accounts that aren't archived, or of the one that is named, by name.

    They hold what `domain.rules.digest` looks at and nothing else: they are not to be changed, nor shown
    otherwise. `past` is for a digest as of an earlier day. A file that isn't there has none; raises
    StoreError for one that can't be read, or an account that isn't there.
    """
    found: dict[str, AccountPlan] = up_to_date(path, partial(_read, path, account, past=past), {})
    return tuple(sorted(found.values(), key=lambda plan: (fold(plan.account.name), plan.account.id)))


def _read(
    path: Path, account: str | None, connection: sqlite3.Connection, *, past: bool
) -> dict[str, AccountPlan]:
    wanted = looked_at(path, account, connection)
    plans: dict[str, dict[type[Entity], dict[Key, Entity]]] = defaultdict(dict)
    for kind, which in _KINDS.items():
        for of, row in _rows(connection, kind, which if past else _NOW.get(kind, which), wanted):
            plans[of].setdefault(kind, {})[row.key] = row
    return {
        of: AccountPlan(cast("dict[type[Entity], Mapping[Key, Entity]]", rows)) for of, rows in plans.items()
    }


def _rows(
    connection: sqlite3.Connection, kind: type[Entity], which: str, wanted: Collection[str]
) -> list[tuple[str, Entity]]:
    names = tuple(kind.model_fields)
    found = connection.execute(_select(kind, which), [json.dumps(list(wanted))])
    return [(of, kind.model_validate(dict(zip(names, values, strict=True)))) for of, *values in found]


@cache
def _select(kind: type[Entity], which: str) -> str:
    there = table(kind)
    rows = sa.select(there.c.account, *(there.c[name] for name in kind.model_fields))
    among = rows.where(sa.text("account IN (SELECT value FROM json_each(?))"))
    return str(among.where(sa.text(f"({which})")) if which else among)
