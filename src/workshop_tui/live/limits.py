"""What is closed in a window that is served to somebody else."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True):
    """For whom at most a window shows the one account it is for, and whether it only looks on."""

    audience: str = ""
    """The audience that it shows the account to, or a narrower one, and no other account; "" for no limit."""
    reads_only: bool = False
    """Whether nothing can be written from it."""


NO_LIMITS = Limits()
