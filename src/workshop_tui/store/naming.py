"""Which account is meant by what somebody types."""

from __future__ import annotations

from collections.abc import Mapping

from workshop_tui.domain.base.text import fold, nearest
from workshop_tui.server_url import Database
from workshop_tui.store.errors import StoreError


def account_meant(text: str, names: Mapping[str, tuple[str, str | None]], path: Database) -> str:
    """Return the account with this id or name, or whose name, or customer's name, starts so.

    `names` is id → (name, customer's name). Blind to case and accents. Raises StoreError, naming the
    candidates, when it isn't exactly one.
    """
    if text in names:
        return text
    wanted = fold(text.strip())
    exact = [account for account, (name, _) in names.items() if fold(name) == wanted]
    found = exact or [a for a, both in names.items() if any(fold(n or "").startswith(wanted) for n in both)]
    if len(found) == 1:
        return found[0]
    if not found and (near := nearest(text, (name for both in names.values() for name in both if name))):
        raise StoreError(f"There is no account «{text}» in {path}: use {near}.")
    listed = ", ".join(sorted(f"{names[account][0]} ({account})" for account in found or names))
    if found:
        raise StoreError(f"«{text}» could be several accounts: say which of {listed}.")
    raise StoreError(f"There is no account «{text}» in {path}: it has {listed or 'none yet'}.")
