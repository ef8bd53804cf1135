"""A line to type words in, and beneath it what people said with these words: a screen, or a page of one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.search.hits import SearchResult
from workshop_tui.domain.search.query import QueryError
from workshop_tui.live.searcher import Searcher, readers_of
from workshop_tui.store.errors import StoreError
from workshop_tui.store.search import Readers
from workshop_tui.tui.commands.command import Command, Commanded, Section
from workshop_tui.tui.host import Host, host_of
from workshop_tui.tui.widgets.literal import literal, set_border_title
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.text_input import OneLine
from workshop_tui.views.search import HOW, KINDS, TYPE, found_table, told_of
from workshop_tui.views.table import Table

AGAIN = 0.5
"""Seconds between two looks whether somebody has said something since."""
OFTEN = 20
"""Accounts after which what is found is shown anew, while many are read."""
CLOSED = "Closed while the customer looks."


class LookedFor(Struct, frozen=True):
    """What was looked for, and at which line one was: to come back to."""

    typed: str = ""
    row: str = ""


class FoundLines(Sheet, can_focus=False):
    """The lines that were found; the keys that move in them are those of the line that is typed."""

    adds = removes = False


_search = partial(Command["SearchPane"], section=Section.SEARCH, in_turn=True)


class SearchPane(Commanded, Vertical):
    """Searches as one types. Posts `Opened` for the line under the cursor; tells nothing to the customer."""

    KEY_COMMANDS = (
        _search(
            "search.open",
            "enter",
            "Open",
            lambda pane: pane.open(),
            "open what the line tells, in its session; Esc there comes back to the line",
            shown=True,
            priority=True,
        ),
        _search(
            "search.up", "up", "Up", lambda pane: pane.move(-1), "move among what was found", priority=True
        ),
        _search("search.down", "down", "Down", lambda pane: pane.move(1), priority=True),
        _search("search.pageup", "pageup", "Page up", lambda pane: pane.page(-1), priority=True),
        _search("search.pagedown", "pagedown", "Page down", lambda pane: pane.page(1), priority=True),
    )

    @dataclass
    class Opened(Message):
        """A line is to be opened."""

        row: str
        looked_for: LookedFor

    def __init__(self, looked_for: LookedFor = LookedFor(), *, id: str | None = None) -> None:  # noqa: A002 - Textual's word; it is frozen
        """Begin with what was looked for before, at the line where one was."""
        super().__init__(id=id)
        self._begins = looked_for
        self._searcher: Searcher | None = None
        self._shown = ""
        """What was looked for when what is shown was found."""
        self._opens = False
        """Whether Enter waits for what is being looked for."""
        self._lacking = 0
        self._is_keeping_up = False

    def compose(self) -> ComposeResult:
        """Make the line and the place for what is found."""
        yield OneLine(
            self._begins.typed, placeholder=TYPE, select_on_focus=False, compact=True, id="search-line"
        )
        yield FoundLines(id="found", classes="pane")

    @property
    def _host(self) -> Host:
        return host_of(self)

    @property
    def line(self) -> OneLine:
        """The line that is typed."""
        return self.query_one(OneLine)

    @property
    def found(self) -> Sheet:
        """What was found."""
        return self.query_one(FoundLines)

    @property
    def looked_for(self) -> LookedFor:
        """What is looked for now, and at which line one is."""
        return LookedFor(self.line.value, self.found.current.id if self.found.current else "")

    def on_mount(self) -> None:
        """Search for what was looked for before, and have all found that was said meanwhile."""
        self._searcher = Searcher(self._host.path, self._host.storage)
        self.found.is_driven = True
        set_border_title(self.found, "What was said")
        self.line.cursor_blink = False
        self.found.show(Table(empty=f"{HOW}\n{KINDS}"))
        self._seek()
        self.run_worker(self._keep_up(), group="keep-up")
        self.set_interval(AGAIN, self._look_again)

    def on_unmount(self) -> None:
        """Let go of the file."""
        if self._searcher:
            self._searcher.close()

    def take_keys(self) -> None:
        """Have what is typed go to the line."""
        self.line.focus()

    # Searching

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._opens = False
        self._seek()

    def _seek(self) -> None:
        self.run_worker(self._show(self.line.value), group="search")

    async def _show(self, typed: str) -> None:
        """Show what is found; what was asked before, or for others than look now, is shown no more."""
        readers = self._readers
        if self._searcher is None:
            return
        if readers is None:
            self._tell(CLOSED)
            return
        try:
            result = await self._searcher.search(typed, self._dates, readers)
        except QueryError as error:
            result = None
            if typed == self.line.value:
                self._tell(str(error))
        except StoreError as error:
            result = None
            self._tell(str(error))
        if result is not None and typed == self.line.value and readers == self._readers and self.is_mounted:
            self._put(result, typed)

    def _put(self, result: SearchResult, typed: str) -> None:
        sheet, is_other = self.found, self._shown != typed
        row = self._begins.row or ("" if is_other else self.looked_for.row)
        self._shown = typed
        sheet.show(found_table(result) if typed.strip() else Table(empty=f"{HOW}\n{KINDS}"))
        if row:
            sheet.go_to(row)
        else:
            sheet.action_end(-1)
        if result.groups:
            self._begins = LookedFor()
        lacking = f"{self._lacking} accounts are still read" if self._lacking else ""
        sheet.border_subtitle = literal(" · ".join(filter(None, (told_of(result), lacking))))
        if self._opens:
            self.open()

    def _tell(self, wrong: str) -> None:
        self.found.show(Table(empty=wrong))
        self.found.border_subtitle = ""
        self._shown, self._opens = self.line.value, False

    @property
    def _readers(self) -> Readers | None:
        live = self._host.live
        return readers_of(live.view if live else None)

    @property
    def _dates(self) -> Calendar:
        host = self._host
        return (
            host.live.dates
            if host.live
            else Calendar(host.clock().astimezone().date(), host.settings.day_first)
        )

    # What was said meanwhile

    def _look_again(self) -> None:
        if not self._is_keeping_up:
            self.run_worker(self._keep_up(), group="keep-up")

    async def _keep_up(self) -> None:
        """Have all found that was said since, account by account: what others write goes in between."""
        if self._searcher is None:
            return
        self._is_keeping_up = True
        try:
            behind = await self._searcher.behind()
            for done, account in enumerate(behind or (), 1):
                self._lacking = len(behind or ()) - done
                await self._searcher.catch_up(account)
                if done % OFTEN == 0:
                    await self._show(self.line.value)
            if behind is not None:
                self._lacking = 0
                await self._show(self.line.value)
        except StoreError:
            pass  # what is known of it is searched; the next look makes up for the rest
        finally:
            self._is_keeping_up, self._lacking = False, 0

    # Among what was found

    def move(self, by: int) -> None:
        """Go to the next line, or the one before."""
        self.found.action_move(by, 0)

    def page(self, by: int) -> None:
        """Go a page on, or back."""
        self.found.action_page(by)

    def open(self) -> None:
        """Open the line under the cursor."""
        here = self.found.current
        self._opens = self._shown != self.line.value
        if here and here.cells and not self._opens:
            self.post_message(self.Opened(here.id, self.looked_for))

    @on(Sheet.Asked)
    def _clicked(self, event: Sheet.Asked) -> None:
        event.stop()
        self.open()
