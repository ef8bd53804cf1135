"""Which account is meant by what somebody types, and by which short ids accounts and rows are told."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from msgspec import Struct, field

from workshop_tui.domain.base.text import fold, nearest, slug
from workshop_tui.server_url import Database
from workshop_tui.store.errors import StoreError

_RANDOM = re.compile("[a-hjkmnp-z2-9]{7}")
"""An id that the app has made, which nobody wants to type."""
SHORTEST = 3
"""Signs of such an id that are told at the least."""


def is_random(id_: str) -> bool:
    """Whether an id is one that the app has made, rather than one that people gave."""
    return bool(_RANDOM.fullmatch(id_))


class ShortIds(Struct, frozen=True):
    """Short ids of all accounts and of some of their rows, as commands take them: tarn/vy2, norvane/A07."""

    accounts: Mapping[str, tuple[str, str | None]]
    """Account → (its name, the customer's)."""
    rows: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Account → ids of those of its rows that are told by one."""

    def account(self, account: str) -> str:
        """Return as few words of an account's name as mean it, where its id is a random one."""
        if not is_random(account) or account not in self.accounts:
            return account
        words = slug(self.accounts[account][0]).split("-")
        starts = ("-".join(words[:count]) for count in range(1, len(words) + 1))
        return next((start for start in starts if _meant(start, self.accounts) == [account]), account)

    def ref(self, account: str, row: str) -> str:
        """Return the id of a row that no row of another account has; of a random one as much as tells it."""
        return f"{self.account(account)}/{self._row(account, row)}"

    def _row(self, account: str, row: str) -> str:
        if not is_random(row):
            return row
        others = [fold(other) for other in self.rows.get(account, ()) if other != row]
        lengths = range(SHORTEST, len(row))
        return next((row[:n] for n in lengths if not any(o.startswith(row[:n]) for o in others)), row)


def account_meant(text: str, names: Mapping[str, tuple[str, str | None]], path: Database) -> str:
    """Return the account with this id or name, or whose name, or customer's name, starts so.

    `names` is id → (name, customer's name). Blind to case and accents. Raises StoreError, naming the
    candidates, when it isn't exactly one.
    """
    found = _meant(text, names)
    if len(found) == 1:
        return found[0]
    if not found and (near := nearest(text, (name for both in names.values() for name in both if name))):
        raise StoreError(f"There is no account «{text}» in {path}: use {near}.")
    ids = ShortIds(names)
    listed = ", ".join(sorted(f"{names[account][0]} ({ids.account(account)})" for account in found or names))
    if found:
        raise StoreError(f"«{text}» could be several accounts: say which of {listed}.")
    raise StoreError(f"There is no account «{text}» in {path}: it has {listed or 'none yet'}.")


def _meant(text: str, names: Mapping[str, tuple[str, str | None]]) -> list[str]:
    """Return the accounts that may be meant: by their id, their name, or how it starts, as in tarn-water."""
    if text in names:
        return [text]
    wanted = fold(text.strip())
    exact = [account for account, (name, _) in names.items() if fold(name) == wanted]
    starts = [a for a, both in names.items() if any(fold(n or "").startswith(wanted) for n in both)]
    return (
        exact or starts or [a for a, (name, _) in names.items() if f"{slug(name)}-".startswith(f"{wanted}-")]
    )
