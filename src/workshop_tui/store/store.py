"""The Store: account plans in one database, changed by Steps and by nothing else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.step import Step


class Store:
    """One open database. To be used by one thread alone; see StorageThread.

    Every method raises StoreError, with one sentence, when the file can't be read or written.
    """

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Store:
        """Open the database at `path`, made with its folder if it isn't there and `create` is true.

        Brings an older database up to date, all or nothing. Refuses one that is damaged, foreign or
        newer, and leaves it as it was. One that can't be written is opened for reading.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the file."""
        raise NotImplementedError

    def commit(self, account: str, step: Step) -> Step:
        """Store a Step, whole or not at all, and return it as the journal has it, with its number.

        The first Step of an account adds the Account. Raises Conflict (with `mine` and `theirs`)
        when what is stored isn't what the Step was based on, or when it would leave a reference to
        nothing; Refused when a value isn't valid.
        """
        raise NotImplementedError

    def load(self, account: str) -> tuple[AccountPlan, int]:
        """Return the whole plan and the number of its last Step, as they were at one moment."""
        raise NotImplementedError

    def since(self, account: str, number: int) -> tuple[Step, ...]:
        """Return the Steps after journal number `number`, oldest first."""
        raise NotImplementedError

    def next_undo(self, account: str, actor: str) -> tuple[Step, ...]:
        """Return the Steps (oldest first, one burst) that `undo` would take back; () when there are none."""
        raise NotImplementedError

    def next_redo(self, account: str, actor: str) -> tuple[Step, ...]:
        """Return the undoing Step that `redo` would take back; () when there is none."""
        raise NotImplementedError

    def undo(self, account: str, actor: str, at: dt.datetime) -> Step | None:
        """Take back the actor's last burst and return the Step that did it; None when there is none."""
        raise NotImplementedError

    def redo(self, account: str, actor: str, at: dt.datetime) -> Step | None:
        """Take back the actor's last undo and return the Step that did it; None when there is none."""
        raise NotImplementedError

    def find(self, text: str) -> str:
        """Return the id of the account with this id or name, or whose name, or customer, starts so."""
        raise NotImplementedError

    def save_draft(self, account: str, actor: str, place: str, text: str) -> None:
        """Keep text that is no valid value yet, under the name of its place; empty text forgets it."""
        raise NotImplementedError

    def drafts(self, account: str, actor: str) -> dict[str, str]:
        """Return the texts kept for this actor, by place."""
        raise NotImplementedError
