"""What an account is opened with, read without SQLModel, as the first screen would wait for its import."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from workshop_tui.domain.base.entity import WHOLE, Entity, are_sound, marks, unvalidated
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.plan.plan import KINDS, AccountPlan
from workshop_tui.server_url import Database
from workshop_tui.store.errors import StoreError
from workshop_tui.store.file import making_sense
from workshop_tui.store.raw import RawConnection

_NAMES = """
    SELECT account.id, account.name, party.name FROM account
    LEFT JOIN party ON party.account = account.account AND party.id = 'customer'
"""
_LAST = "SELECT coalesce(max(number), 0) FROM journal WHERE account = ?"
_LAST_STEP = "SELECT number, at FROM journal WHERE account = ? ORDER BY number DESC LIMIT 1"
_DRAFTS = "SELECT place, text FROM draft WHERE account = ? AND actor = ?"


def table_name(kind: type[Entity]) -> str:
    """Return the name of a kind's table, as in `approach_step`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def rows(
    connection: RawConnection,
    account: str,
    kind: type[Entity],
    where: Mapping[str, str] = MappingProxyType({}),
    *,
    is_whole: bool = True,
) -> list[Entity]:
    """Return the rows of a kind whose fields have these values.

    Not `is_whole` leaves blank what is in no projection: a seal's record alone is larger than all else.
    """
    names = tuple(kind.fields)
    with making_sense():
        found = connection.execute(_select(kind, tuple(where), is_whole=is_whole), (account, *where.values()))
        stored = found.fetchall()
        for name, values in zip(names, zip(*stored, strict=True), strict=False):
            if not are_sound(kind, name, values):
                raise ValueError(f"what stands for {name} is none")
        return list(unvalidated(kind, names)(stored))


@functools.cache
def _select(kind: type[Entity], where: tuple[str, ...], *, is_whole: bool) -> str:
    columns = ", ".join(
        f'"{name}"' if is_whole or WHOLE not in marks(kind, name) else "''" for name in kind.fields
    )
    these = "".join(f' AND "{name}" = ?' for name in where)
    return f'SELECT {columns} FROM "{table_name(kind)}" WHERE "account" = ?{these}'  # noqa: S608 - our own names


def plan(connection: RawConnection, account: str) -> AccountPlan:
    """Return all rows of an account."""
    return AccountPlan.of(row for kind in KINDS for row in rows(connection, account, kind))


def load(connection: RawConnection, account: str, path: Database) -> tuple[AccountPlan, int]:
    """Return the whole plan and the number of its last Step; raises StoreError where there is none."""
    found = plan(connection, account)
    if not found.all(Account):
        raise StoreError(f"There is no account «{account}» in {path}: choose one that is listed.")
    return found, last_number(connection, account)


def last_number(connection: RawConnection, account: str) -> int:
    """Return the number of the account's last Step, 0 when it has none."""
    return int(connection.execute(_LAST, (account,)).fetchone()[0])


class ReadAhead:
    """The plan of one account, kept from before it was asked for: to read it takes a fifth of an opening."""

    def __init__(self) -> None:
        """Begin with none."""
        self._read: tuple[str, tuple[Any, ...], AccountPlan] | None = None
        """Whose it is, its last Step's number and time, and the plan; another backup has other times."""

    def read(self, connection: RawConnection, account: str) -> None:
        """Read an account instead of the one before, unless it is known as it is, or isn't there."""
        last = _last_step(connection, account)
        if last and self._known(account, last) is None:
            self._read = account, last, plan(connection, account)

    def load(self, connection: RawConnection, account: str, path: Database) -> tuple[AccountPlan, int]:
        """Return what `load` does, by what is known if nothing has been done since."""
        last = _last_step(connection, account)
        known = self._known(account, last)
        return (known, last[0]) if known else load(connection, account, path)

    def _known(self, account: str, last: tuple[Any, ...]) -> AccountPlan | None:
        return self._read[2] if self._read and self._read[:2] == (account, last) else None


def _last_step(connection: RawConnection, account: str) -> tuple[Any, ...]:
    """Return the number and time of the account's last Step, () when it has none."""
    return tuple(connection.execute(_LAST_STEP, (account,)).fetchone() or ())


def names(connection: RawConnection) -> dict[str, tuple[str, str | None]]:
    """Return id → (name, the customer's name) of all accounts."""
    found = connection.execute(_NAMES)
    return {str(id_): (str(name), customer and str(customer)) for id_, name, customer in found}


def drafts(connection: RawConnection, account: str, actor: str) -> dict[str, str]:
    """Return the texts kept for this actor, by place."""
    return {str(place): str(text) for place, text in connection.execute(_DRAFTS, (account, actor))}
