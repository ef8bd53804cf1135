"""The actions that are open, over all accounts, read without SQLModel, so that they are listed at once."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import CUSTOMER, ActionStatus
from workshop_tui.store.listing import up_to_date
from workshop_tui.store.naming import account_meant


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An action that is neither done nor dropped."""

    id: str
    title: str
    owner: str
    """Name of one of ours, or of the customer's people; empty for nobody."""
    side: str
    """The owner's side: id of a firm, or «customer»; empty for nobody."""
    accountable: str
    """The same of who answers for it."""
    due: dt.date | None
    first_due: dt.date | None
    """The date first agreed: that from which its earliest carry moved it."""
    carried: int
    """In how many sessions it was given another date."""
    status: ActionStatus
    session: int
    """Number of the session it was made in."""
    visibility: str
    account: str
    account_name: str
    today: dt.date
    """The account's day: its `as_of`, or the day asked for."""

    @property
    def is_theirs(self) -> bool:
        """Whether one of the customer's people owns it."""
        return self.side == CUSTOMER

    @property
    def days_late(self) -> int:
        """For how many days it has been overdue; 0 while it isn't."""
        return max((self.today - self.due).days, 0) if self.due else 0


_ACCOUNTS = """
    SELECT account.id, account.name, coalesce(party.name, ''), account.archived, account.as_of
    FROM account LEFT JOIN party ON party.account = account.account AND party.id = 'customer'
"""
_PEOPLE = """
    SELECT account, id, CASE WHEN placeholder AND title <> '' THEN title ELSE name END, 'customer'
    FROM stakeholder UNION ALL SELECT account, id, name, party FROM member
"""  # ours last, so that of one id they are meant
_NOBODY = ("", "")
_SESSIONS = "SELECT account, id FROM session ORDER BY account, held_on, rank, id"
_CARRIES = "SELECT account, action, session, from_due FROM carry"
_OPEN = """
    SELECT account, id, title, owner, accountable, due, status, session, visibility
    FROM action WHERE status NOT IN ('done', 'dropped')
"""
_HOLDERS = """
    SELECT action.id, action.account FROM action
    WHERE lower(action.id) = lower(?) ORDER BY action.account
"""


def open_actions(path: Path, today: dt.date, account: str | None = None) -> tuple[OpenAction, ...]:
    """Return the open actions by owner; owners with overdue ones first, and of each owner these first.

    Those of every account that isn't archived, or of the one that `account` names. A file that isn't
    there has none. Raises StoreError for one that can't be read, or an account that isn't there.
    """
    lines: list[OpenAction] = up_to_date(path, partial(_read, path, today, account), [])
    late = {fold(line.owner) for line in lines if line.days_late}
    return tuple(sorted(lines, key=lambda line: (fold(line.owner) not in late, *_by_owner(line))))


def _by_owner(line: OpenAction) -> tuple[Any, ...]:
    return fold(line.owner), line.owner, not line.days_late, line.due or dt.date.max, line.account, line.id


def _read(
    path: Path, today: dt.date, account: str | None, connection: sqlite3.Connection
) -> list[OpenAction]:
    accounts = {row[0]: row for row in connection.execute(_ACCOUNTS)}
    people = {row[:2]: row[2:4] for row in connection.execute(_PEOPLE)}
    numbers = _numbers(connection.execute(_SESSIONS))
    moves: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for of, action, session, moved_from in connection.execute(_CARRIES):
        moves[of, action].append((numbers[of, session], moved_from))
    wanted = _wanted(path, account, accounts)
    lines = []
    for of, id_, title, owner, accountable, due, status, session, visibility in connection.execute(_OPEN):
        if of in wanted:
            lines.append(
                OpenAction(
                    id=id_,
                    title=title,
                    owner=people.get((of, owner), _NOBODY)[0],
                    side=people.get((of, owner), _NOBODY)[1],
                    accountable=people.get((of, accountable), _NOBODY)[0],
                    due=_day(due),
                    first_due=_day(min(moves[of, id_])[1] if moves[of, id_] else due),
                    carried=len(moves[of, id_]),
                    status=ActionStatus(status),
                    session=numbers[of, session],
                    visibility=visibility,
                    account=of,
                    account_name=accounts[of][1],
                    today=_day(accounts[of][4]) or today,
                )
            )
    return lines


def _wanted(path: Path, account: str | None, accounts: Mapping[str, tuple[Any, ...]]) -> Collection[str]:
    if account is None:
        return {id_ for id_, row in accounts.items() if not row[3]}
    return {account_meant(account, {id_: row[1:3] for id_, row in accounts.items()}, path)}


def _numbers(sessions: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return (account, session) → its number, counted from 1 by date."""
    last: dict[str, int] = {}
    numbers = {}
    for account, session in sessions:
        numbers[account, session] = last[account] = last.get(account, 0) + 1
    return numbers


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def members(path: Path, account: str | None = None) -> tuple[str, ...]:
    """Return the names of all who could own what `open_actions` lists."""

    def read(connection: sqlite3.Connection) -> tuple[str, ...]:
        accounts = {row[0]: row for row in connection.execute(_ACCOUNTS)}
        wanted = _wanted(path, account, accounts)
        return tuple(dict.fromkeys(row[2] for row in connection.execute(_PEOPLE) if row[0] in wanted))

    return up_to_date(path, read, ())


def archived(path: Path) -> tuple[str, ...]:
    """Return the names of the accounts that `open_actions` leaves out unless they are named."""

    def read(connection: sqlite3.Connection) -> tuple[str, ...]:
        return tuple(row[1] for row in connection.execute(_ACCOUNTS) if row[3])

    return up_to_date(path, read, ())


def holders(path: Path, action: str, account: str | None = None) -> tuple[tuple[str, str], ...]:
    """Return (action's id, account's id) for every action with this id, open or not, whatever its case.

    `account` names the one to look in. Raises StoreError as `open_actions` does.
    """

    def read(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
        found = tuple(connection.execute(_HOLDERS, [action]))
        if account is None:
            return found
        names = {row[0]: row[1:3] for row in connection.execute(_ACCOUNTS)}
        meant = account_meant(account, names, path)
        return tuple(one for one in found if one[1] == meant)

    return up_to_date(path, read, ())
