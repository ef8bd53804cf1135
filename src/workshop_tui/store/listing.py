"""What the library shows, read without SQLModel, so that the first screen is there at once."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from workshop_tui.domain.text import fold
from workshop_tui.domain.words import AccountStage
from workshop_tui.store import file

T = TypeVar("T")


@dataclass(slots=True)  # frozen ones take four times as long, and thousands are made before the first paint
class SessionLine:
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


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account in the library with its sessions, newest first."""

    id: str
    name: str
    customer: str
    """The customer's full name; empty before it is known."""
    stage: AccountStage
    archived: bool
    as_of: dt.date | None
    sessions: tuple[SessionLine, ...]
    open: int
    overdue: int
    last: dt.date | None
    """The date of the newest session."""


_ACCOUNTS = """
    SELECT account.id, account.name, coalesce(party.name, ''), account.stage, account.archived, account.as_of
    FROM account LEFT JOIN party ON party.account = account.account AND party.id = 'customer'
"""
_SESSIONS = """
    SELECT session.account, session.id, session.held_on, session.playbook, coalesce(member.name, '')
    FROM session
    LEFT JOIN member ON member.account = session.account AND member.id = session.facilitator
    ORDER BY session.account, session.held_on, session.rank, session.id
"""
_SEALED = "SELECT DISTINCT account, session FROM seal WHERE reopened_at IS NULL"
_OPEN = """
    SELECT account, session, count(*), coalesce(sum(due < ?), 0)
    FROM action WHERE status NOT IN ('done', 'dropped')
    GROUP BY account, session
"""


def accounts(path: Path, today: dt.date) -> tuple[AccountLine, ...]:
    """Return every account, archived ones too, the one with the newest session first.

    An open action (neither done nor dropped) is overdue when it was due before the account's `as_of`,
    or `today`. A file that isn't there has no accounts; raises StoreError for one that can't be read.
    """
    lines: list[AccountLine] = up_to_date(path, partial(_read, today=today), [])
    return tuple(sorted(lines, key=_newest_first))


def up_to_date(path: Path, read: Callable[[sqlite3.Connection], T], none: T) -> T:
    """Return what is read of a database, after bringing an older one up to date.

    `none` for a file that isn't there or is empty; raises StoreError for one that can't be read.
    """
    with file.plainly(path):
        if not path.exists():
            return none
    with file.reading(path) as connection:
        revision = file.revision(connection, path)
        if revision in {None, file.REVISIONS[-1]}:
            return read(connection) if revision else none
    from workshop_tui.store.store import Store

    Store.open(path).close()
    return up_to_date(path, read, none)


def _read(connection: sqlite3.Connection, today: dt.date) -> list[AccountLine]:
    accounts = connection.execute(_ACCOUNTS).fetchall()
    sealed = set(connection.execute(_SEALED))
    counts = {row[:2]: row[2:] for row in connection.execute(_OPEN, [today.isoformat()])}
    for account, as_of in ((row[0], row[-1]) for row in accounts if row[-1]):
        own = connection.execute(f"{_OPEN} HAVING account = ?", [as_of, account])
        counts.update({row[:2]: row[2:] for row in own})
    sessions: dict[str, list[SessionLine]] = defaultdict(list)
    for account, id_, held_on, playbook, facilitator in connection.execute(_SESSIONS):
        lines, key = sessions[account], (account, id_)
        open_, overdue = counts.get(key, (0, 0))
        day, number = dt.date.fromisoformat(held_on), len(lines) + 1
        lines.append(SessionLine(id_, number, day, playbook, facilitator, key in sealed, open_, overdue))
    return [_account_line(row, sessions[row[0]][::-1]) for row in accounts]


def _account_line(row: tuple[Any, ...], sessions: list[SessionLine]) -> AccountLine:
    id_, name, customer, stage, archived, as_of = row
    return AccountLine(
        id_,
        name,
        customer,
        AccountStage(stage),
        bool(archived),
        dt.date.fromisoformat(as_of) if as_of else None,
        tuple(sessions),
        sum(line.open for line in sessions),
        sum(line.overdue for line in sessions),
        sessions[0].held_on if sessions else None,
    )


def _newest_first(line: AccountLine) -> tuple[int, str]:
    return -(line.last.toordinal() if line.last else 0), fold(line.name)
