"""The Store: account plans in one database, changed by Steps and by nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from pathlib import Path

import sqlalchemy as sa
from msgspec.structs import replace

from workshop_tui.domain.base.entity import Key
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.session import Seal
from workshop_tui.domain.plan.merge import lacking
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Change, Conflict, Remove, Step, apply, cancel_out, made
from workshop_tui.server_url import Database
from workshop_tui.store import file, journal, presence, reading, rows, search
from workshop_tui.store.backend import Backend
from workshop_tui.store.errors import StoreError
from workshop_tui.store.history import history
from workshop_tui.store.naming import ShortIds, account_meant
from workshop_tui.store.opening import backend, driver
from workshop_tui.store.presence import OnlinePresence
from workshop_tui.store.tables import DRAFT, JOURNAL

_GONE = "Somebody else has removed what this belongs to."
_MISSED = "Somebody else has saved something just before, so the session is not sealed: seal it again."
_NEEDED = "Others belong to this meanwhile, so it stays: look again and repeat it."


class _LooseReference(Exception):  # noqa: N818 - it never leaves this module
    """Something would refer to nothing, as SQL's own keys can't see."""


class Store:
    """One open database. To be used by one thread alone; see StorageThread.

    Every method raises StoreError, with one sentence, when the database can't be read or written.
    """

    def __init__(self, backend: Backend) -> None:
        """Stand on an open backend whose tables are up to date; see `open`."""
        self._backend = backend
        self._unsure: tuple[str, Step] | None = None

    @classmethod
    def open(cls, path: Database, *, create: bool = True) -> Store:
        """Open the database at `path`; a file that isn't there is made, with its folder, if `create` is true.

        Brings an older database up to date, all or nothing, after making a backup of a file. Refuses one that
        is damaged, foreign or newer, and leaves it as it was. What can't be written is opened for reading.
        """
        if isinstance(path, Path):
            if create:
                file.make(path)
            with file.plainly(path):
                file.refuse_what_is_not_there(path)
        there = backend(path)
        try:
            _bring_up_to_date(there, there.revision())
        except BaseException:
            there.close()
            raise
        return cls(there)

    @classmethod
    def open_to_read(cls, path: Database) -> Store:
        """Open a database that is there and up to date; whatever would write to it raises StoreError."""
        there = backend(path, reads_only=True)
        try:
            _refuse_an_older(there)
        except BaseException:
            there.close()
            raise
        return cls(there)

    @property
    def backend(self) -> Backend:
        """What it stands on, for what is done with a whole database."""
        return self._backend

    def close(self) -> None:
        """Let go of the database."""
        self._backend.close()

    def commit(self, account: str, step: Step) -> Step:
        """Store a Step, whole or not at all, and return it as the journal has it, with its number.

        The first Step of an account adds the Account. Raises Conflict (with `mine` and `theirs`)
        when what is stored isn't what the Step was based on, or when it would leave a reference to
        nothing, or a seal whose record lacks a Step; Refused when a value isn't valid.
        """
        unsure, self._unsure = self._unsure, (account, step)
        try:
            with self._backend.writing(account) as connection:
                is_there = unsure == (account, step) and _written_before(connection, account, step)
                written = is_there or _commit(connection, account, step)
        except (sa.exc.IntegrityError, _LooseReference):
            self._unsure = None
            raise self._broken_reference(account, step) from None
        except StoreError:  # it may be written nevertheless, as when the word of it was lost on the way
            raise
        except BaseException:
            self._unsure = None
            raise
        self._unsure = None
        return written

    def _broken_reference(self, account: str, step: Step) -> Conflict:
        with self._backend.reading() as connection:
            plan = reading.plan(driver(connection), account)
        return Conflict(_GONE if any(lacking(plan, step)) else _NEEDED)

    def load(self, account: str) -> tuple[AccountPlan, int]:
        """Return the whole plan and the number of its last Step, as they were at one moment."""
        with self._backend.reading() as connection:
            return reading.load(driver(connection), account, self._backend.path)

    def since(self, account: str, number: int) -> tuple[Step, ...]:
        """Return the Steps after journal number `number`, oldest first."""
        with self._backend.reading() as connection:
            return journal.steps(connection, account, JOURNAL.c.number > number)

    def latest(self, account: str, number: int, most: int) -> tuple[Step, ...]:
        """Return the last Steps up to journal number `number`, the latest first, `most` at most."""
        number_of = JOURNAL.c.number
        with self._backend.reading() as connection:
            found = journal.steps(connection, account, number_of > number - most, number_of <= number)
        return found[::-1]

    def who_set(self, account: str, name: str) -> str:
        """Return who set a field of this name last, of whatever row; empty when nobody has."""
        with self._backend.reading() as connection:
            return journal.who_set(connection, account, name)

    def revisions(
        self, account: str, fields: Mapping[str, Collection[str]], until: int | None = None
    ) -> dict[tuple[str, Key], tuple[int, dt.datetime | None]]:
        """Return how many Steps have made a row or set some of its fields, and when the last of them did.

        By the kind's name and the row's key; `fields` are those that count, by the kind's name. Up to a
        journal number, where one is given.
        """
        with self._backend.reading() as connection:
            return journal.revisions(connection, account, fields, until)

    def next_undo(self, account: str, actor: str) -> tuple[Step, ...]:
        """Return the Steps (one undo group, oldest first) that undo takes back next, () for none.

        A group that left all as it was is passed over: nobody would see what is undone.
        """
        return self._top(account, actor, stack=0)

    def next_redo(self, account: str, actor: str) -> tuple[Step, ...]:
        """Return the undoing Step that redo takes back next; () when there is none."""
        return self._top(account, actor, stack=1)

    def _top(self, account: str, actor: str, stack: int) -> tuple[Step, ...]:
        with self._backend.reading() as connection:
            groups = history(journal.records(connection, account, actor))[stack]
            found = (
                journal.steps(connection, account, JOURNAL.c.number.in_(group)) for group in groups[::-1]
            )
            return next((steps for steps in found if not cancel_out(steps)), ())

    def find(self, text: str) -> str:
        """Return the id of the account with this id or name, or whose name, or customer's name, starts so.

        Blind to case and accents. Raises StoreError, naming the candidates, when it isn't exactly one.
        """
        return account_meant(text, self._names(), self._backend.path)

    def called(self, account: str) -> str:
        """Return how an account is typed: its id, or where that is random as much of its name as means it."""
        return ShortIds(self._names()).account(account)

    def meant(self, text: str) -> str:
        """Return the account with just this id, else the only one with just this name; empty for none."""
        names = self._names()
        if text in names:
            return text
        called = [account for account, (name, _) in names.items() if name == text]
        return called[0] if len(called) == 1 else ""

    def _names(self) -> dict[str, tuple[str, str | None]]:
        """Return id → (name, the customer's name) of all accounts."""
        with self._backend.reading() as connection:
            return reading.names(driver(connection))

    def save_draft(self, account: str, actor: str, place: str, text: str) -> None:
        """Keep text that is no valid value yet, under the name of its place; empty text forgets it."""
        at = {"account": account, "actor": actor, "place": place}
        with self._backend.writing(account) as connection:
            connection.execute(DRAFT.delete().where(*(DRAFT.c[name] == value for name, value in at.items())))
            if text:
                connection.execute(DRAFT.insert(), {**at, "text": text})

    def drafts(self, account: str, actor: str) -> dict[str, str]:
        """Return the texts kept for this actor, by place."""
        with self._backend.reading() as connection:
            return reading.drafts(driver(connection), account, actor)

    def join(self, account: str, mine: OnlinePresence) -> str:
        """Say who is there, in which session and block; return the name they go by (see presence.join)."""
        with self._backend.writing(account) as connection:
            return presence.join(driver(connection), account, mine)

    def online(self, account: str, since: dt.datetime) -> tuple[OnlinePresence, ...]:
        """Return who has the account open and was heard of at this moment (UTC) or later, by name."""
        with self._backend.reading() as connection:
            return presence.online(driver(connection), account, since)

    def audiences(self, account: str) -> dict[str, frozenset[str]]:
        """Return session → for which audiences it is open at any keyboard, or was left."""
        with self._backend.reading() as connection:
            return presence.audiences(driver(connection), account)

    def leave(self, account: str, seat: str) -> None:
        """Say that somebody has gone."""
        with self._backend.writing(account) as connection:
            presence.leave(driver(connection), account, seat)

    def search_behind(self) -> tuple[str, ...]:
        """Return the accounts of which the search lacks something: all where its index can't be read."""
        with self._backend.reading() as connection:
            if search.is_there(driver(connection)):
                return tuple(search.behind(driver(connection)))
        with self._backend.writing() as connection:
            search.clear(driver(connection))
            return tuple(search.behind(driver(connection)))

    def update_search(self, account: str) -> None:
        """Have all that was said in an account found; what is known of it already stays.

        Where the index is damaged it is made anew, empty: `search_behind` then names all accounts.
        """
        try:
            with self._backend.writing(account) as connection:
                search.update(driver(connection), account)
        except (StoreError, sa.exc.IntegrityError) as error:
            with self._backend.writing() as connection:
                if isinstance(error, StoreError) and search.is_sound(driver(connection)):
                    raise
                search.clear(driver(connection))
                search.update(driver(connection), account)

    def rebuild_search(self) -> None:
        """Make the index anew for all accounts: nothing of what was taken out since is left in the file."""
        with self._backend.writing() as connection:
            search.clear(driver(connection))
        for account in self.search_behind():
            self.update_search(account)

    def version(self) -> int:
        """Return a number that is another one when anybody, this Store included, has written since."""
        return self._backend.version()


def _refuse_an_older(backend: Backend) -> None:
    if backend.revision() != file.REVISIONS[-1]:
        told = f"The database {backend.path} is of an earlier version: open it once by `workshop-tui`."
        raise StoreError(told)


def _bring_up_to_date(backend: Backend, revision: str | None) -> None:
    if revision is None:
        backend.create()
    elif revision != file.REVISIONS[-1]:
        from workshop_tui.store.backups import back_up
        from workshop_tui.store.migrations.run import upgrade

        if isinstance(backend.path, Path):  # whoever goes back to the version before needs it
            back_up(backend.path, dt.datetime.now(dt.UTC))
        upgrade(backend)


def _written_before(connection: sa.Connection, account: str, step: Step) -> Step | None:
    """Return a Step as the journal has it already; one without a moment can't be told from another."""
    recent = JOURNAL.c.number > reading.last_number(driver(connection), account) - _RECENT
    those = journal.steps(connection, account, recent, JOURNAL.c.actor == step.actor) if step.at else ()
    return next((one for one in those if replace(step, number=one.number) == one), None)


_RECENT = 1000
"""Steps among which is looked for one that may have been written."""


def _commit(connection: sa.Connection, account: str, step: Step) -> Step:
    number = reading.last_number(driver(connection), account) + 1
    _refuse_rootless(account, step, first=number == 1)
    step = replace(step, changes=tuple(_validated(change) for change in step.changes), number=number)
    _refuse_a_record_with_gaps(step)
    before = rows.read_touched(connection, account, step.changes)
    rows.write(connection, account, before, apply(before, step))
    if rows.refers_to_nothing(connection, account, step.changes):
        raise _LooseReference
    journal.append(connection, account, step)
    return step


def _refuse_rootless(account: str, step: Step, *, first: bool) -> None:
    """An account begins with its Account, and keeps that one."""
    moved = [
        change.row.key
        for change in step.changes
        if isinstance(change, Add | Remove)
        if isinstance(change.row, Account)
    ]
    if first and moved != [(account,)]:
        raise Conflict("This account is not there any more: go back to the library.")
    if moved and not first:
        raise Conflict("An account can't be removed: archive it instead.")


def _refuse_a_record_with_gaps(step: Step) -> None:
    """A seal records every Step before it, but for one that comes in with its account from elsewhere."""
    added = (change.row for change in step.changes if isinstance(change, Add))
    last = step.number - 1
    if last and any(isinstance(row, Seal) and row.journal != last for row in added):
        raise Conflict(_MISSED)


def _validated(change: Change) -> Change:
    """A row made by its class was never validated."""
    return Add(made(type(change.row), change.row.plain())) if isinstance(change, Add) else change
