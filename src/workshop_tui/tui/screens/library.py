"""The library: accounts and their sessions, read by plain SQL, so that it is there at once."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Collection
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from textual import on, work
from textual.app import ComposeResult
from textual.screen import Screen

from workshop_tui.live.patience import AGAIN
from workshop_tui.store.errors import StoreError
from workshop_tui.tui.commands.command import Command, Commanded, Section
from workshop_tui.tui.widgets.key_bar import Keys
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.status_bar import Bar
from workshop_tui.views.keys import key
from workshop_tui.views.library import library, row_id
from workshop_tui.views.row_id import COMMAND, RowId
from workshop_tui.views.status_bar import BarText
from workshop_tui.views.table import Table

if TYPE_CHECKING:
    from workshop_tui.store.listing import AccountLine
    from workshop_tui.tui.account_actions import AccountActions

FEW = 60
"""Sessions up to which all are shown unfolded."""
MINUTE = 60.0
"""Seconds between two looks whether it is another day."""
NO_ACCOUNT = "Go to an account first."


def _no_account(library: Library) -> str:
    return "" if library.account else NO_ACCOUNT


_library = partial(Command[Any], section=Section.LIBRARY)
_COMMANDS = (
    _library(
        "library.new",
        "n",
        "New account",
        lambda library: library.action_new_account(),
        "new account · new session of the account",
        shown=True,
    ),
    _library(
        "library.session",
        "s",
        "New session",
        lambda library: library.action_new_session(),
        disabled=_no_account,
        shown=True,
    ),
    _library(
        "library.fold",
        "f",
        "Fold or unfold",
        lambda library: library.action_fold(),
        "fold an account's sessions away",
        disabled=_no_account,
    ),
    _library(
        "library.rename",
        "r",
        "Rename",
        lambda library: library.action_rename(),
        "rename · archive or bring back · show archived accounts too",
        disabled=_no_account,
    ),
    _library(
        "library.archive",
        "z",
        "Archive",
        lambda library: library.action_archive(),
        disabled=_no_account,
    ),
    _library("library.archived", "v", "Archived accounts too", lambda library: library.action_archived()),
    _library(
        "export", "e", "Export", lambda library: library.action_export(), "export", disabled=_no_account
    ),
    _library(
        "library.import",
        "i",
        "Import",
        lambda library: library.action_import(),
        "import an account plan",
    ),
    _library(
        "library.update",
        "u",
        "Read a plan back",
        lambda library: library.action_update(),
        "read back an exported Markdown plan that people have worked in",
    ),
    _library(
        "library.select",
        "c",
        "Choose accounts",
        lambda library: library.action_select(),
        "all accounts side by side, to choose those to go for · what those that ended taught",
    ),
    _library("library.learnt", "w", "What was learnt", lambda library: library.action_learnt()),
    _library(
        "undo",
        "ctrl+z",
        "Undo",
        lambda library: library.action_undo(),
        "bring back what was archived last here, or else undo the last thing done to the account",
        priority=True,
    ),
    _library("library.quit", "q", "Quit", lambda library: library.app.action_quit(), "quit"),
)


class AccountList(Sheet):
    """The sheet of accounts: Enter opens."""

    KEY_COMMANDS = (
        _library(
            "library.open",
            "enter,space",
            "Open",
            Sheet.action_edit,
            "open the session; an account on its page, [looking back](docs/guide.md#looking-back)",
            shown=True,
        ),
        _library("library.add", "a,insert", "New account", Sheet.action_add, "new account"),
    )
    removes = False


class LibraryHost(Protocol):
    """What the library asks of the app."""

    is_opening: bool
    """Whether an account that was named on the command line is being opened."""

    @property
    def place(self) -> str:
        """Where the data lie, as short as can be."""

    @property
    def today(self) -> dt.date:
        """The day on the wall."""

    @property
    def accounts(self) -> AccountActions:
        """What is done with whole accounts."""

    def read_accounts(self, unfolded: Collection[str] = ()) -> Future[tuple[AccountLine, ...]]:
        """Read the list in a thread, with the sessions of these accounts."""

    def warm(self) -> None:
        """Load the rest of the app, once the library is painted."""

    def show_selection(self) -> Awaitable[None]:
        """Show the accounts one could go for; return once that is left."""

    def show_lessons(self) -> Awaitable[None]:
        """Show what those that ended taught; return once that is left."""

    def complain(self, wrong: str) -> None:
        """Say what is wrong, once as long as it stands there."""


class Library(Commanded, Screen[None]):
    """All accounts of the database, the newest session first."""

    KEY_COMMANDS = _COMMANDS

    def __init__(self, host: LibraryHost, listed: Future[tuple[AccountLine, ...]] | None) -> None:
        """Take the app, and the accounts being read already; None while one of them is opened at once."""
        super().__init__()
        self._host, self._listed = host, listed
        self._accounts: tuple[AccountLine, ...] = ()
        self._unfolded: set[str] | None = None
        self._archived = False
        self._put_away = ""
        """The account that was archived just now, which the list may not show any more to be gone to."""
        self._undoing = asyncio.Lock()
        """Held by one undo at a time: the next one takes what came before that."""
        self._day = dt.date.min

    def compose(self) -> ComposeResult:
        """Make the bar, the list and the footer."""
        yield Bar(id="bar")
        sheet = AccountList(id="library", classes="pane")
        sheet.border_title = "Accounts and sessions"
        yield sheet
        yield Keys()

    async def on_mount(self) -> None:
        """Show what has been read meanwhile."""
        self.query_one(Bar).text = BarText("Workshops", saved=self._host.place)
        self.query_one(Sheet).focus()  # before there are rows: the first key may come with them
        if self._listed is None:  # whoever looks may be the customer of the account that was named
            self.query_one(Sheet).show(Table(empty="Opening …"))
        else:
            await self._show(self._listed)
        self.set_interval(MINUTE, self.keep_up)
        self.call_after_refresh(self._host.warm)

    async def keep_up(self) -> None:
        """Read the list anew on another day: what was due yesterday is late by now."""
        if self._day != (today := self._host.today) and not self._host.is_opening:
            self._day = today
            await self.again()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys wait while an account that was named on the command line is being opened."""
        waits = action == "command" and self._host.is_opening
        return False if waits else super().check_action(action, parameters)

    async def _show(self, listed: Future[tuple[AccountLine, ...]]) -> None:
        self._day = self._host.today
        try:
            self._accounts = await asyncio.wrap_future(listed)
        except StoreError as error:
            self._host.complain(str(error))
            for sheet in () if self._accounts else self.query(Sheet):  # what was there stays to be opened
                sheet.show(Table(empty=str(error)))
                self.set_timer(AGAIN, self._again)
            return
        if self._unfolded is None and self._accounts:
            self._unfolded = {account.id for account in self._accounts if account.sessions}
        self._refresh()

    def _refresh(self) -> None:
        table = library(self._accounts, self._unfolded or (), archived=self._archived)
        for sheet in self.query(Sheet):  # there is none once the app is left while the list is being read
            sheet.show(table)
            self.refresh_bindings()

    @on(Sheet.Moved)
    def _moved(self) -> None:
        """Tell anew which keys answer: most are for an account."""
        self.refresh_bindings()

    async def again(self, account: str = "") -> None:
        """Read the list again, as after a change, and go to an account."""
        await self._show(self._host.read_accounts(self._unfolded or ()))
        for sheet in self.query(Sheet) if account else ():
            sheet.go_to(row_id(account))

    @work
    async def _again(self) -> None:
        await self.again()

    def _here(self) -> tuple[AccountLine | None, str]:
        """Return the account under the cursor and the id of its session ("" on the account itself)."""
        row = next((sheet.current for sheet in self.query(Sheet)), None)  # there is none once it is left
        account, session = (*RowId.parse(row.id if row else "").key, "", "")[:2]
        return next((a for a in self._accounts if a.id == account), None), session

    @property
    def account(self) -> AccountLine | None:
        """The account under the cursor."""
        return self._here()[0]

    # What can be asked

    @on(Sheet.Asked)
    def _asked(self, event: Sheet.Asked) -> None:
        event.stop()
        if event.what not in {"edit", "add"}:
            self.notify(
                f"Nothing is removed or counted here: {key('library.archive')} archives an account.",
                markup=False,
            )
            return
        row = RowId.parse(event.row.id)
        if row.kind == COMMAND:
            self.action_command(*row.key)
        elif row.kind and event.what == "edit":
            self.action_open()

    @work
    async def action_open(self) -> None:
        """Open the session under the cursor; of an account its latest, looking back."""
        account, session = self._here()
        if account:
            self._put_away = ""
            if not await self._host.accounts.open(account.id, session, looks_back=not session):
                await self.again(account.id)  # somebody else has changed what it was read from

    def action_fold(self) -> None:
        """Fold an account's sessions away, or unfold them; where there are many they are read only then."""
        account, _ = self._here()
        if account:
            self._unfolded = (self._unfolded or set()) ^ {account.id}
            self._refresh()
            if account.held and not account.sessions:
                self.run_worker(self.again(account.id))

    def action_archived(self) -> None:
        """Show archived accounts too, or not."""
        self._archived = not self._archived
        self._refresh()

    @work
    async def action_new_account(self) -> None:
        """Begin an account."""
        await self._host.accounts.new_account()

    @work
    async def action_new_session(self) -> None:
        """Begin the next session of the account."""
        if account := self._here()[0]:
            self._put_away = ""
            await self._host.accounts.new_session(account.id)

    @work
    async def action_rename(self) -> None:
        """Give the account another name."""
        if account := self._here()[0]:
            if await self._host.accounts.rename(account.id):
                self._put_away = ""
            await self.again()

    @work
    async def action_archive(self) -> None:
        """Put the account away, or bring it back; undo takes it back too."""
        if account := self._here()[0]:
            away = not account.archived
            if await self._host.accounts.archive(account.id, away=away):
                self._put_away = account.id if away else ""
            await self.again()

    def action_undo(self) -> None:
        """Take back the last archiving, or else the last thing done to the account under the cursor."""
        here = self._here()[0]
        if account := self._put_away or (here.id if here else ""):
            self._undo(account)
        else:
            self.notify(NO_ACCOUNT, markup=False)

    @work
    async def _undo(self, account: str) -> None:
        """Undo in an account once what was asked before is undone, and the list is read for it."""
        async with self._undoing:
            is_back = account == self._put_away
            is_done = await self._host.accounts.undo_in(account)
            await self.again(account if is_back else "")
            if is_done and is_back:
                self._put_away = ""

    @work
    async def action_export(self) -> None:
        """Export the joint action plan of the account under the cursor."""
        account, session = self._here()
        if account and not await self._host.accounts.export(account.id, session):
            await self.again(account.id)

    @work
    async def action_import(self) -> None:
        """Bring in an account plan from a JSON file."""
        await self._host.accounts.import_file()
        await self.again()

    @work
    async def action_update(self) -> None:
        """Read a Markdown plan back into its account."""
        await self.again(await self._host.accounts.update_plan())

    @work
    async def action_select(self) -> None:
        """Show all accounts side by side, to choose among."""
        await self._host.show_selection()
        await self.again()

    @work
    async def action_learnt(self) -> None:
        """Show which reasons ended accounts."""
        await self._host.show_lessons()
        await self.again()
