"""The library: accounts and their sessions, read by plain SQL, so that it is there at once."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Collection
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual import on, work
from textual.app import ComposeResult
from textual.events import Click
from textual.screen import Screen
from textual.timer import Timer

from workshop_tui.domain.base.vocabulary import UNCUT
from workshop_tui.live.limits import Limits
from workshop_tui.live.patience import AGAIN
from workshop_tui.server_url import Database
from workshop_tui.store.errors import READ_ONLY, StoreError
from workshop_tui.store.file import beside, stamp
from workshop_tui.store.listing import latest_step
from workshop_tui.tui.commands.command import Command, Commanded, Section
from workshop_tui.tui.host import why_no_files
from workshop_tui.tui.keyboard import Mode, mode
from workshop_tui.tui.widgets.key_bar import Keys
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.status_bar import Bar, Tabs
from workshop_tui.views.keys import key
from workshop_tui.views.library import library, reading, row_id
from workshop_tui.views.row_id import COMMAND, RowId
from workshop_tui.views.status_bar import BarText
from workshop_tui.views.table import Table

if TYPE_CHECKING:
    from workshop_tui.store.listing import AccountLine
    from workshop_tui.tui.account_actions import AccountActions
    from workshop_tui.tui.widgets.library_pages import LibraryPage, PageHost
    from workshop_tui.tui.widgets.search_pane import LookedFor, SearchPane

FEW = 60
"""Sessions up to which all are shown unfolded."""
MINUTE = 60.0
"""Seconds between two looks whether it is another day."""
REST = 0.2
"""Seconds that the cursor stands on an account before that is read, for it is probably opened next."""
LOOK, LOOK_ON_SERVER = 0.5, 2.0
"""Seconds between two looks whether another process has stored anything: each connects anew to a server."""
NO_ACCOUNT = "Go to an account first."
NOTHING_DONE = "Nothing to undo here."
STILL_READING = "Still reading: wait for the lines."

_READS = "read"
"""The commands that read a plan before they show or ask anything: of two in a row, the second is done."""

PAGES = ("Accounts", "Monday", "Actions", "Search")
"""The pages, each opened by its digit."""
ACCOUNTS, MONDAY, ACTIONS, SEARCH = range(len(PAGES))


def _no_account(library: Library) -> str:
    return "" if library.account else NO_ACCOUNT


def _closed(library: Library) -> str:
    return READ_ONLY if library.limits.reads_only else ""


def _is_typing(library: Library) -> bool:
    return library.page_number == SEARCH


_library = partial(Command[Any], section=Section.LIBRARY)
_accounts = partial(_library, applies=lambda library: library.page_number == ACCOUNTS)
_COMMANDS = (
    _library(
        "page.accounts",
        "1,alt+1",
        "Accounts",
        lambda library: library.action_page(ACCOUNTS),
        "the accounts · [Monday](docs/guide.md#looking-back): what we owe, what news to bring, who goes "
        "quiet · the open actions · the search, each over all accounts; `Alt` with the digit where one types",
    ),
    _library("page.monday", "2,alt+2", "Monday: what to know", lambda library: library.action_page(MONDAY)),
    _library(
        "page.actions", "3,alt+3", "Actions of all accounts", lambda library: library.action_page(ACTIONS)
    ),
    _library("page.search", "4,alt+4", "Search, as a page", lambda library: library.action_page(SEARCH)),
    _library(
        "page.back",
        "escape,ctrl+l",
        "Back",
        lambda library: library.action_page_before(),
        "from the search: to the page before",
        applies=_is_typing,
        shown=True,
        priority=True,
    ),
    _accounts(
        "library.new",
        "n",
        "New account",
        lambda library: library.action_new_account(),
        "new account · new session of the account",
        disabled=_closed,
        shown=True,
    ),
    _accounts(
        "library.session",
        "s",
        "New session",
        lambda library: library.action_new_session(),
        disabled=lambda library: _closed(library) or _no_account(library),
        shown=True,
    ),
    _accounts(
        "library.fold",
        "f",
        "Fold or unfold",
        lambda library: library.action_fold(),
        "fold an account's sessions away",
        disabled=_no_account,
    ),
    _accounts(
        "library.rename",
        "r",
        "Rename",
        lambda library: library.action_rename(),
        "rename · archive or bring back · show archived accounts too",
        disabled=lambda library: _closed(library) or _no_account(library),
    ),
    _accounts(
        "library.archive",
        "z",
        "Archive",
        lambda library: library.action_archive(),
        disabled=lambda library: _closed(library) or _no_account(library),
    ),
    _accounts("library.archived", "v", "Archived accounts too", lambda library: library.action_archived()),
    _accounts(
        "export",
        "e",
        "Export",
        lambda library: library.action_export(),
        "export",
        disabled=lambda library: why_no_files(library) or _no_account(library),
        shown=True,
    ),
    _accounts(
        "library.import",
        "i",
        "Import",
        lambda library: library.action_import(),
        "import an account plan",
        disabled=why_no_files,
    ),
    _accounts(
        "library.update",
        "u",
        "Read a plan back",
        lambda library: library.action_update(),
        "read back an exported Markdown plan that people have worked in",
        disabled=why_no_files,
    ),
    _accounts(
        "library.select",
        "c",
        "Choose accounts",
        lambda library: library.action_select(),
        "all accounts side by side, to choose those to go for · what those that ended taught",
    ),
    _accounts("library.learnt", "w", "What was learnt", lambda library: library.action_learnt()),
    _library(
        "undo",
        "ctrl+z",
        "Undo",
        lambda library: library.action_undo(),
        "bring back what was archived last here, or else undo the last thing done to the account; "
        "on Monday and Actions what was changed there last",
        disabled=_closed,
        applies=lambda library: not _is_typing(library),
        priority=True,
    ),
    _library("library.quit", "q", "Quit", lambda library: library.app.action_quit(), "quit"),
)


def _load_pages() -> None:
    import workshop_tui.tui.widgets.library_pages
    import workshop_tui.tui.widgets.search_pane  # noqa: F401


class AccountList(Sheet):
    """The sheet of accounts: Enter opens."""

    KEY_COMMANDS = (
        _library(
            "library.open",
            "enter,space",
            "Open",
            Sheet.action_edit,
            "open the session; an account on its page, [looking back](docs/guide.md#looking-back), or where "
            "the clock runs, or on its first session before that has begun",
            shown=True,
        ),
        _library("library.add", "a,insert", "New account", Sheet.action_add, "new account"),
    )
    removes = False


class WaitingRows(Sheet):
    """Stands in the place of a page while what that is made of is loaded."""

    adds = removes = False


class LibraryHost(Protocol):
    """What the library asks of the app."""

    limits: Limits
    """What is closed here, as somebody else looks."""
    is_opening: bool
    """Whether an account that was named on the command line is being opened."""

    @property
    def path(self) -> Database:
        """Where the data lie."""

    @property
    def place(self) -> str:
        """The same, as short as can be."""

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

    def read_ahead(self, account: str) -> None:
        """Have an account read that is probably opened next, unless the app is still being loaded."""

    def show_selection(self) -> Awaitable[None]:
        """Show the accounts one could go for; return once that is left."""

    def show_lessons(self) -> Awaitable[None]:
        """Show what those that ended taught; return once that is left."""

    def complain(self, wrong: str) -> None:
        """Say what is wrong, once as long as it stands there."""

    @property
    def live(self) -> object | None:
        """The plan of the session that is open, if one is."""


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
        self._turning = asyncio.Lock()
        """Held by one page at a time that is being opened."""
        self.page_number = ACCOUNTS
        self._page_before = ACCOUNTS
        self.audience = UNCUT
        """As whom the pages over all accounts are seen: the alliance, a firm by its short name, or uncut."""
        self.batches: list[tuple[tuple[str, ...], str]] = []
        """The accounts of each change that was made on these pages, and its line; the last one at the end."""
        self._files = beside(host.path) if isinstance(host.path, Path) else ()
        self._stamp = stamp(*self._files)
        """As the files were when they were looked at last."""
        self._latest: tuple[Any, ...] = ()
        """The Step that was stored last, as far as is known here."""
        self._looks_again = self._is_following = False
        self._rest: Timer | None = None
        self._while_seen: tuple[Timer, ...] = ()
        """What runs only while this screen is in front."""
        self._looked_for: LookedFor | None = None
        """What was searched, to go on with when the page is opened again."""

    def compose(self) -> ComposeResult:
        """Make the bar, the pages, of which only the list is there at first, and the footer."""
        yield Bar(id="bar")
        tabs = Tabs(id="pages")
        tabs.names = PAGES
        yield tabs
        sheet = AccountList(id="library", classes="pane")
        sheet.border_title = "Accounts and sessions"
        yield sheet
        waiting = WaitingRows(id="waiting", classes="pane")
        waiting.display = False
        yield waiting
        yield Keys()

    async def on_mount(self) -> None:
        """Show what has been read meanwhile."""
        self.query_one(Bar).text = BarText("Workshops", saved=self._host.place)
        self._list.focus()  # before there are rows: the first key may come with them
        if self._listed is None:  # whoever looks may be the customer of the account that was named
            self._list.show(Table(empty="Opening …"))
        else:
            await self._show(self._listed)
            if any(account.overdue for account in self._accounts if not account.archived):
                self.action_page(MONDAY)
        looks = LOOK if self._files else LOOK_ON_SERVER
        self._while_seen = tuple(
            self.set_interval(seconds, look, pause=True)
            for seconds, look in ((MINUTE, self.keep_up), (looks, self.follow))
        )
        self.call_after_refresh(self._host.warm)

    async def keep_up(self) -> None:
        """Read the list anew on another day: what was due yesterday is late by now."""
        if self._day != (today := self._host.today) and not self._host.is_opening:
            self._day = today
            await self.again()

    def follow(self) -> None:
        """Read anew what is shown once another process has stored something.

        It waits while something is asked, typed or opened: nothing changes under somebody's hands. A clock of
        files is coarse: after a change a second look is taken, for what was written meanwhile.
        """
        is_busy = self._is_following or self._host.is_opening
        if self.app.screen is not self or is_busy or mode(self) is not Mode.BROWSE:
            return
        before, self._stamp = self._stamp, stamp(*self._files)
        changed = self._stamp != before or not self._files
        if changed or self._looks_again:
            self._looks_again, self._is_following = changed, True
            self.run_worker(self._follow(), group="follow")

    async def _follow(self) -> None:
        try:
            latest = await asyncio.to_thread(latest_step, self._host.path)
            if latest == self._latest:
                return
            if page := self._page:
                await page.read()
            elif self.page_number == ACCOUNTS:
                await self._show(self._host.read_accounts(self._unfolded or ()))
            self._latest = latest
        except StoreError:
            self._looks_again = True  # what is wrong is told by whoever reads what is shown
        finally:
            self._is_following = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys wait while an account that was named on the command line is being opened."""
        waits = action == "command" and self._host.is_opening
        return False if waits else super().check_action(action, parameters)

    @property
    def limits(self) -> Limits:
        """What is closed here."""
        return self._host.limits

    @property
    def _list(self) -> AccountList:
        return self.query_one(AccountList)

    @property
    def _row(self) -> str:
        """The id of the row under the cursor of the list; "" where there is none."""
        return next((sheet.current.id for sheet in self.query(AccountList) if sheet.current), "")

    async def _show(self, listed: Future[tuple[AccountLine, ...]]) -> None:
        self._day = self._host.today
        try:
            self._accounts = await asyncio.wrap_future(listed)
        except StoreError as error:
            self._host.complain(str(error))
            for sheet in (
                () if self._accounts else self.query(AccountList)
            ):  # what was there stays to be opened
                sheet.show(Table(empty=str(error)))
                self.set_timer(AGAIN, self._again)
            return
        if self._unfolded is None and self._accounts:
            self._unfolded = {account.id for account in self._accounts if account.sessions}
        self._refresh()

    def _refresh(self) -> None:
        table = library(self._accounts, self._unfolded or (), archived=self._archived)
        for sheet in self.query(
            AccountList
        ):  # there is none once the app is left while the list is being read
            sheet.show(table)
            self.refresh_bindings()
        self.rest()

    @on(Sheet.Moved)
    def _moved(self) -> None:
        """Tell anew which keys answer: most are for an account."""
        self.refresh_bindings()
        self.rest()

    def rest(self) -> None:
        """Have the account under the cursor read, once it has stood there for a moment."""
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._read_ahead)

    def _read_ahead(self) -> None:
        if self.is_current and self.page_number == ACCOUNTS and self.account:
            self._host.read_ahead(self.account.id)

    async def again(self, account: str = "") -> None:
        """Read the list again, as after a change, and go to an account unless one has gone elsewhere."""
        listed = self._host.read_accounts(self._unfolded or ())
        stood = self._row
        await asyncio.wait([asyncio.wrap_future(listed)])
        is_left = self._row != stood
        await self._show(listed)
        for sheet in self.query(AccountList) if account and not is_left else ():
            sheet.go_to(row_id(account))
        self.batches.clear()  # something else may have been done since: an undo is for the account gone to
        if page := self._page:
            await page.read()

    # The pages

    def action_page(self, number: int) -> None:
        """Open a page; it is read in the background."""
        if number == self.page_number:
            return
        self._page_before, self.page_number = self.page_number, number
        tabs = self.query_one(Tabs)
        tabs.open, tabs.numbered = number, number != SEARCH
        self._list.display = number == ACCOUNTS
        for page in self.query("LibraryPage, SearchPane"):
            page.display = False
        self._wait(is_waiting=number != ACCOUNTS)
        if number == ACCOUNTS:
            self._list.focus()
            self.run_worker(self.again(), group="page")  # what was changed on another page is counted here
        self.refresh_bindings()
        self.run_worker(self._open_page(number), group="page")

    def _wait(self, *, is_waiting: bool) -> None:
        """Show that a page is being read, in its place, until it is there."""
        waiting = self.query_one(WaitingRows)
        is_waiting = is_waiting and self._page is None
        waiting.display = is_waiting
        if is_waiting:
            waiting.show(reading(self._accounts))
            waiting.focus()

    def action_page_before(self) -> None:
        """Go back from the search to the page before it."""
        self.action_page(self._page_before if self._page_before != SEARCH else ACCOUNTS)

    @on(Click, "#pages")
    def _tab_clicked(self, event: Click) -> None:
        number = self.query_one(Tabs).at(event.x)
        if number is not None and not self._host.is_opening:
            self.action_page(number)

    @property
    def _page(self) -> LibraryPage | None:
        """The page over all accounts that is open, once it is there; the list and the search are none."""
        found = self.query(f"LibraryPage#{PAGES[self.page_number].lower()}")
        return cast("LibraryPage", found.first()) if found else None

    async def _open_page(self, number: int) -> None:
        """Show a page, which is made when it is opened first; one page at a time."""
        async with self._turning:
            if number != ACCOUNTS:
                await asyncio.to_thread(_load_pages)  # what a page is made of takes its time to load
            if number != self.page_number or not self.is_mounted:
                return
            await self._put_search_away()
            if number == SEARCH:
                await self._put_search()
            elif number != ACCOUNTS:
                await self._put_page(number)
        if (page := self._page) and number == self.page_number:
            await page.read()

    async def _put_page(self, number: int) -> None:
        from workshop_tui.tui.widgets.library_pages import ActionsPage, MondayPage

        page = self._page
        if page is None:
            page = (MondayPage if number == MONDAY else ActionsPage)(cast("PageHost", self._host), self)
            page.display = False
            await self.mount(page, before="#keys")
        if number == self.page_number:
            page.open()
            page.take_keys()
            self._wait(is_waiting=False)

    async def _put_search(self) -> None:
        from workshop_tui.tui.widgets.search_pane import LookedFor, SearchPane

        pane = SearchPane(self._looked_for or LookedFor(), id="search")
        await self.mount(pane, before="#keys")
        pane.display = self.page_number == SEARCH
        if pane.display:
            pane.take_keys()
            self._wait(is_waiting=False)

    async def _put_search_away(self) -> None:
        """Take the search away, as it reads on while it is there; what was looked for stays."""
        for pane in self.query("#search"):
            self._looked_for = cast("SearchPane", pane).looked_for
            await pane.remove()

    async def on_screen_suspend(self) -> None:
        """Follow nobody meanwhile; and search no more while a session is open, where others may look."""
        for timer in self._while_seen:
            timer.pause()
        if self._host.live is not None:
            async with self._turning:
                await self._put_search_away()

    def on_screen_resume(self) -> None:
        """Follow others again, and go on searching where one was."""
        for timer in self._while_seen:
            timer.resume()
        if self.page_number == SEARCH and self._looked_for and not self.query("#search"):
            self.run_worker(self._open_page(SEARCH), group="page")

    @work
    async def _again(self) -> None:
        await self.again()

    def _here(self) -> tuple[AccountLine | None, str]:
        """Return the account under the cursor and the id of its session ("" on the account itself)."""
        row = next(
            (sheet.current for sheet in self.query(AccountList)), None
        )  # there is none once it is left
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
        if isinstance(event.sheet, WaitingRows):  # the account under the list's hidden cursor isn't meant
            self.notify(STILL_READING, markup=False)
            return
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

    @work(exclusive=True, group=_READS)
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

    @work(exclusive=True, group=_READS)
    async def action_new_session(self) -> None:
        """Begin the next session of the account."""
        if account := self._here()[0]:
            self._put_away = ""
            await self._host.accounts.new_session(account.id)

    @work(exclusive=True, group=_READS)
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
        """Take back the last archiving, or else the last thing done to the account under the cursor.

        On a page over all accounts, it is what was changed there last.
        """
        if page := self._page:
            accounts, line = page.undoes()
            if accounts:
                self._undo_in_each(page, accounts, line)
            else:
                self.notify(NOTHING_DONE, markup=False)
            return
        here = self._here()[0]
        if account := self._put_away or (here.id if here else ""):
            self._undo(account)
        else:
            self.notify(NO_ACCOUNT, markup=False)

    @work
    async def _undo_in_each(self, page: LibraryPage, accounts: tuple[str, ...], line: str) -> None:
        """Undo in several accounts once what was asked before is undone; go to the line it was done on."""
        async with self._undoing:
            await self._host.accounts.undo_in_each(accounts)
            await page.read()
            page.go_to(line)

    @work
    async def _undo(self, account: str) -> None:
        """Undo in an account once what was asked before is undone, and the list is read for it."""
        async with self._undoing:
            is_back = account == self._put_away
            is_done = await self._host.accounts.undo_in(account)
            await self.again(account if is_back else "")
            if is_done and is_back:
                self._put_away = ""

    @work(exclusive=True, group=_READS)
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
