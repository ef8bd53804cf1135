"""What the library shows, read without SQLModel, so that the first screen is there at once."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from functools import partial
from math import inf
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct

from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import AccountStage
from workshop_tui.server_url import Database
from workshop_tui.store import file, opening
from workshop_tui.store.raw import RawConnection

T = TypeVar("T")


class SessionLine(Struct, frozen=True):
    """One session in the library; `open` and `overdue` count the actions made in it."""

    id: str
    number: int
    held_on: dt.date
    playbook: str
    facilitator: str
    """The team member's name; empty when nobody is named."""
    sealed: bool
    open: int
    overdue: int


class AccountLine(Struct, frozen=True):
    """One account in the library with its sessions, newest first."""

    id: str
    name: str
    customer: str
    """The customer's full name; empty before it is known."""
    stage: AccountStage
    archived: bool
    as_of: dt.date | None
    held: int
    """How many sessions there are; `sessions` has them where they were asked for."""
    sessions: tuple[SessionLine, ...]
    open: int
    overdue: int
    last: dt.date | None
    """The date of the newest session."""


_ACCOUNTS = """
    SELECT account.id, account.name, coalesce(party.name, ''), account.stage, account.archived,
        account.as_of, coalesce(counted.held, 0), counted.last
    FROM account
    LEFT JOIN party ON party.account = account.account AND party.id = 'customer'
    LEFT JOIN (SELECT account, count(*) AS held, max(held_on) AS last FROM session GROUP BY account)
        AS counted ON counted.account = account.account
"""
_SESSIONS = """
    SELECT session.account, session.id, session.held_on, session.playbook, coalesce(member.name, '')
    FROM session
    LEFT JOIN member ON member.account = session.account AND member.id = session.facilitator
    WHERE session.account IN (SELECT key FROM json_each(?))
    ORDER BY session.account, session.held_on, session.rank, session.id
"""
SEALED = "SELECT DISTINCT account, session FROM seal WHERE reopened_at IS NULL"
"""Reads which sessions are sealed now."""
_OPEN = """
    SELECT account, session, count(*), count(*) FILTER (WHERE due < ?)
    FROM action WHERE status NOT IN ('done', 'dropped')
    GROUP BY account, session
"""

_LATEST = "SELECT rowid, account, number, at FROM journal ORDER BY rowid DESC LIMIT 1"
_LATEST_ON_SERVER = "SELECT count(*), max(number), max(at) FROM journal"


def accounts(
    path: Database, today: dt.date, few: float = inf, unfolded: Collection[str] = ()
) -> tuple[AccountLine, ...]:
    """Return every account, archived ones too, the one with the newest session first.

    Where there are more than a few sessions in all, only the accounts that are unfolded come with theirs:
    thousands of them took longer than all the rest. An open action (neither done nor dropped) is overdue
    when it was due before the account's `as_of`, or `today`. A file that isn't there has no accounts;
    raises StoreError for one that can't be read.
    """
    lines: list[AccountLine] = up_to_date(path, partial(_read, today=today, few=few, unfolded=unfolded), [])
    return tuple(sorted(lines, key=_newest_first))


def latest_step(path: Database) -> tuple[Any, ...]:
    """Return what is another one once anybody has stored a Step, or put an account back; () without any.

    Who is there and what is typed is stored too, and is no Step. Raises StoreError as `accounts` does.
    """

    def read(connection: RawConnection) -> tuple[Any, ...]:
        statement = _LATEST if isinstance(path, Path) else _LATEST_ON_SERVER
        return tuple(connection.execute(statement).fetchone() or ())

    return up_to_date(path, read, ())


def up_to_date(path: Database, read: Callable[[RawConnection], T], none: T) -> T:
    """Return what is read of a database, after bringing an older one up to date.

    `none` for a file that isn't there, and for what is empty; raises StoreError for one that can't be read.
    """
    if isinstance(path, Path):
        with file.plainly(path):
            if not path.exists():
                return none
    with opening.reading(path) as connection:
        revision = opening.revision(connection, path)
        if revision in {None, file.REVISIONS[-1]}:
            with file.making_sense():
                return read(connection) if revision else none
    from workshop_tui.store.store import Store

    Store.open(path).close()
    return up_to_date(path, read, none)


def _read(
    connection: RawConnection, today: dt.date, few: float, unfolded: Collection[str]
) -> list[AccountLine]:
    accounts = connection.execute(_ACCOUNTS).fetchall()
    counts = {row[:2]: row[2:] for row in connection.execute(_OPEN, [today.isoformat()])}
    for account, as_of in ((row[0], row[5]) for row in accounts if row[5]):
        own = connection.execute(f"{_OPEN} HAVING account = ?", [as_of, account])
        counts.update({row[:2]: row[2:] for row in own})
    totals: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for (account, _), (open_, overdue) in counts.items():
        totals[account] = (totals[account][0] + open_, totals[account][1] + overdue)
    if sum(row[6] for row in accounts) <= few:
        unfolded = [row[0] for row in accounts]
    sessions = _sessions(connection, counts, unfolded)
    return [_account_line(row, sessions[row[0]][::-1], *totals[row[0]]) for row in accounts]


def _sessions(
    connection: RawConnection, counts: Mapping[Any, Any], accounts: Collection[str]
) -> Mapping[str, list[SessionLine]]:
    """Return the sessions of some accounts, the oldest first."""
    sealed = set(connection.execute(SEALED))
    sessions: dict[str, list[SessionLine]] = defaultdict(list)
    found = connection.execute(_SESSIONS, [json.dumps(dict.fromkeys(accounts, 0))])
    for account, id_, held_on, playbook, facilitator in found:
        lines, key = sessions[account], (account, id_)
        open_, overdue = counts.get(key, (0, 0))
        day, number = dt.date.fromisoformat(held_on), len(lines) + 1
        lines.append(SessionLine(id_, number, day, playbook, facilitator, key in sealed, open_, overdue))
    return sessions


def _account_line(row: tuple[Any, ...], sessions: list[SessionLine], open_: int, overdue: int) -> AccountLine:
    id_, name, customer, stage, archived, as_of, held, last = row
    return AccountLine(
        id_,
        name,
        customer,
        AccountStage(stage),
        bool(archived),
        dt.date.fromisoformat(as_of) if as_of else None,
        held,
        tuple(sessions),
        open_,
        overdue,
        dt.date.fromisoformat(last) if last else None,
    )


def _newest_first(line: AccountLine) -> tuple[int, str]:
    return -(line.last.toordinal() if line.last else 0), fold(line.name)
