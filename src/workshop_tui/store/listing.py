"""What the library shows, read without SQLModel, so that the first screen is there at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from workshop_tui.domain.words import AccountStage


@dataclass(frozen=True, slots=True)
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


def accounts(path: Path, today: dt.date) -> tuple[AccountLine, ...]:
    """Return every account, archived ones too, the one with the newest session first.

    An open action (neither done nor dropped) is overdue when it was due before the account's `as_of`,
    or `today`. A file that isn't there has no accounts; raises StoreError for one that can't be read.
    """
    raise NotImplementedError
