"""As much of every account plan as a digest needs, in one query a kind and without validating a row.

What is read was validated when it was written; doing so again took ten times as long as reading it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any, cast

from msgspec import Struct

from workshop_tui.domain.base.entity import Entity, Key, required, unvalidated
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, ActionStatus
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import Stakeholder, Tie
from workshop_tui.domain.model.scorecard import Goal, Initiative, Review
from workshop_tui.domain.model.session import Decision, Parking, Risk, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.digest import READ_BACK_DAYS
from workshop_tui.server_url import Database
from workshop_tui.store.file import making_sense
from workshop_tui.store.listing import up_to_date
from workshop_tui.store.open_actions import Day, account_days
from workshop_tui.store.raw import RawConnection
from workshop_tui.store.reading import table_name


class DigestPlan(Struct, frozen=True):
    """What a digest looks at of an account, and as of which day."""

    plan: AccountPlan
    """Holds what `domain.rules.digest` looks at and nothing else: not to be changed, nor shown otherwise."""
    day: dt.date
    opened: str
    """Id of the session that is being prepared or held, which counts however late it is planned.

    Empty for a day that is asked for.
    """
    met: Mapping[str, dt.date]
    """Stakeholder's id → the day they were met last, as `domain.rules.people.last_contact` has it."""


_OPEN = "(status NOT IN ('done', 'dropped') OR done_on > day OR dropped_on > day)"
_FIELDS: Mapping[type[Entity], tuple[str, ...]] = {
    Account: ("as_of", "review_every_days"),
    Party: ("rank",),
    Member: ("style", "rank"),
    Stakeholder: (
        *("title", "placeholder", "style", "influence", "rhythm_days", "left_on"),
        *("visibility", "rank"),
    ),
    Tie: ("owner", "level"),
    Goal: (),
    Initiative: ("visibility",),
    Answer: ("status", "heard_by", "heard_on", "validated_on", "withdrawn_on", "visibility", "rank"),
    Action: (
        *("owner", "due", "done_on", "dropped_on", "told_on", "status", "stakeholder"),
        *("visibility", "rank"),
    ),
    Carry: (),
    Parking: (
        *("owner", "due", "became", "became_decision", "became_risk", "dropped", "dropped_on"),
        *("visibility", "rank"),
    ),
    Decision: ("visibility", "replaces", "told_on", "rank"),
    Risk: (),
}
"""Each kind that a digest looks at → its fields that are looked at, besides those that every row has."""
_COUNTS: Mapping[type[Entity], str] = {
    Answer: "(status = 'heard' OR validated_on > day OR withdrawn_on > day) "
    f"AND heard_on <= date(day, '-{READ_BACK_DAYS} days')",
    Action: f"{_OPEN} AND (due <= date(day, '+6 days') OR EXISTS (SELECT 1 FROM carry "  # noqa: S608
    "WHERE carry.account = at.account AND carry.action = at.id AND carry.from_due < day)) "
    "OR status = 'done' AND stakeholder IS NOT NULL AND coalesce(told_on > day, TRUE)",
    Carry: f"EXISTS (SELECT 1 FROM action WHERE account = at.account AND id = at.action AND {_OPEN})",  # noqa: S608
    Parking: "(NOT dropped OR dropped_on > day) AND coalesce(became, became_decision, became_risk) IS NULL",
    Decision: "visibility = 'customer' AND coalesce(told_on > day, TRUE) OR replaces IS NOT NULL",
    Risk: "FALSE",
}
"""Kind → which of its rows count on a day, where no session is later; of others all do.

An action that is still open counts if it is overdue, due within the week, or was carried past a date.
"""
_LOOKED_AT = "(SELECT key AS of, value AS day FROM json_each(?)) AS looked"
_OF_SESSION = ("id", "held_on", "week_start", "rank")
_SESSIONS = f"""
    SELECT at.id, at.held_on, at.week_start, at.rank, at.account
    FROM {_LOOKED_AT} CROSS JOIN session AS at ON at.account = looked.of
    ORDER BY at.account, at.held_on, at.rank, at.id
"""  # noqa: S608 - our own words
_MET = f"""
    SELECT at.account, at.stakeholder, max(meeting."on")
    FROM {_LOOKED_AT} CROSS JOIN meeting_stakeholder AS at ON at.account = looked.of
    JOIN meeting ON meeting.account = at.account AND meeting.id = at.meeting
    WHERE meeting."on" <= looked.day GROUP BY at.account, at.stakeholder
    UNION ALL SELECT at.account, at.stakeholder, max(session.held_on)
    FROM {_LOOKED_AT} CROSS JOIN guest AS at ON at.account = looked.of
    JOIN block ON block.account = at.account AND block.id = at.block
    JOIN session ON session.account = at.account AND session.id = block.session
    WHERE session.held_on <= looked.day GROUP BY at.account, at.stakeholder
"""  # noqa: S608
_REVIEWED = f"""
    SELECT at.id, at."on", at.account
    FROM {_LOOKED_AT} CROSS JOIN review AS at ON at.account = looked.of
    WHERE at."on" <= looked.day AND NOT EXISTS (
        SELECT 1 FROM review AS later
        WHERE later.account = at.account AND later."on" > at."on" AND later."on" <= looked.day
    )
"""  # noqa: S608
"""The latest review alone says whether one is due."""

_Plans = dict[str, dict[type[Entity], dict[Key, Entity]]]


def digest_plans(
    path: Database, today: dt.date, account: str | None = None, *, on: Day | None = None
) -> tuple[DigestPlan, ...]:
    """Return what a digest looks at of all accounts that aren't archived, or of one that is named, by name.

    `on` is the day asked for, seen from the account's. A file that isn't there has none; raises StoreError
    for one that can't be read, or an account that isn't there.
    """
    found: list[DigestPlan] = up_to_date(path, partial(_read, path, today, account, on), [])
    return tuple(sorted(found, key=lambda one: (fold(one.plan.account.name), one.plan.account.id)))


def _read(
    path: Database, today: dt.date, account: str | None, on: Day | None, connection: RawConnection
) -> list[DigestPlan]:
    days = account_days(path, today, account, on, connection)
    plans: _Plans = {of: defaultdict(dict) for of in days}
    sessions = connection.execute(_SESSIONS, [_dated(days, days)]).fetchall()
    held = {(row[-1], row[0]): row[1] for row in sessions}
    latest = {row[-1]: row for row in sessions}  # they come by their days
    later = Counter(row[-1] for row in sessions if row[1] > days[row[-1]].isoformat())
    more = {of for of, count in later.items() if count > (on is None)}  # the latest one counts now
    met = _last_met(connection, days)
    named: set[tuple[str, str]] = set()
    for those, past in ((days.keys() - more, False), (more, True)):
        for kind in _FIELDS if those else ():
            fields = (*required(kind), *_FIELDS[kind])
            found = connection.execute(_query(kind, fields, past=past), [_dated(days, those)]).fetchall()
            if kind is Action and not past:
                found = _done_since(found, fields, met)
            elif kind is Decision and not past:
                found = _decided_since(found, fields, held, _last_seen(plans, met))
            _add(plans, kind, fields, found)
            if "session" in fields:
                at = fields.index("session")
                named |= {(row[-1], row[at]) for row in found}
    wanted = (row for row in sessions if row[-1] in more or (row[-1], row[0]) in named)
    _add(plans, Session, _OF_SESSION, [*wanted, *latest.values()])
    _add(plans, Review, ("id", "on"), connection.execute(_REVIEWED, [_dated(days, days)]).fetchall())
    with making_sense():
        return [
            DigestPlan(
                AccountPlan(dict(rows)),
                days[of],
                latest[of][0] if of in latest and on is None else "",
                {person: dt.date.fromisoformat(day) for person, day in met[of].items()},
            )
            for of, rows in plans.items()
        ]


def _last_met(connection: RawConnection, days: Mapping[str, dt.date]) -> Mapping[str, Mapping[str, str]]:
    """Return account → stakeholder's id → the day they were met last."""
    found: dict[str, dict[str, str]] = {of: {} for of in days}
    for of, person, day in connection.execute(_MET, [_dated(days, days)] * 2):
        found[of][person] = max(day, found[of].get(person, ""))
    return found


def _done_since(
    found: Sequence[tuple[Any, ...]], fields: Sequence[str], met: Mapping[str, Mapping[str, str]]
) -> list[tuple[Any, ...]]:
    """Leave out actions that were done before the last meeting with whom they concern: that is no news."""
    done, person, status = (fields.index(name) for name in ("done_on", "stakeholder", "status"))

    def counts(row: tuple[Any, ...]) -> bool:
        since = met[row[-1]].get(row[person], "")
        return row[status] != ActionStatus.DONE or row[done] is None or row[done] >= since

    return [row for row in found if counts(row)]


def _last_seen(plans: _Plans, met: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """Return account → the day on which anybody was met last of whom all of ours may hear."""
    return {
        of: max(
            (
                met[of][key[0]]
                for key, person in plans[of].get(Stakeholder, {}).items()
                if key[0] in met[of] and cast("Stakeholder", person).visibility in {CUSTOMER, ALLIANCE}
            ),
            default="",
        )
        for of in plans
    }


def _decided_since(
    found: Sequence[tuple[Any, ...]],
    fields: Sequence[str],
    held: Mapping[tuple[str, str], str],
    seen: Mapping[str, str],
) -> list[tuple[Any, ...]]:
    """Leave out decisions from before the last meeting with any of their people, unless they replace one."""
    at, replaces = fields.index("session"), fields.index("replaces")
    return [row for row in found if row[replaces] is not None or held[row[-1], row[at]] >= seen[row[-1]]]


def _dated(days: Mapping[str, dt.date], those: Iterable[str]) -> str:
    return json.dumps({of: days[of].isoformat() for of in those})


@cache
def _query(kind: type[Entity], fields: tuple[str, ...], *, past: bool) -> str:
    columns = ", ".join(f'at."{name}"' for name in (*fields, "account"))
    which = "" if past else _COUNTS.get(kind, "")
    joined = f"{_LOOKED_AT} CROSS JOIN {table_name(kind)} AS at ON at.account = looked.of"
    return f"SELECT {columns} FROM {joined}{f' WHERE {which}' if which else ''}"  # noqa: S608 - our own names


def _add(
    plans: _Plans, kind: type[Entity], fields: tuple[str, ...], stored: Sequence[tuple[Any, ...]]
) -> None:
    """Put rows into the plans they belong to: each has these fields, and behind them its account's id."""
    of_key = len(kind.KEY)
    with making_sense():
        for values, row in zip(stored, unvalidated(kind, fields)(stored), strict=True):
            plans[values[-1]][kind][values[:of_key]] = row
