"""All accounts side by side: which to go for, and what those that ended taught. Opened from the library."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import Any, ClassVar, Protocol

from textual import on, work
from textual.app import ComposeResult
from textual.screen import Screen

from workshop_tui.domain.rules.reasons import Lesson
from workshop_tui.domain.rules.selection import CandidateAccount, to_choose
from workshop_tui.store.errors import StoreError
from workshop_tui.tui.commands.command import Command, Commanded, Section
from workshop_tui.tui.screens.dialogs import Ask, Field, Values
from workshop_tui.tui.widgets.key_bar import Keys
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.status_bar import Bar
from workshop_tui.views.row_id import RowId
from workshop_tui.views.side_by_side import learnt, selection
from workshop_tui.views.status_bar import BarText
from workshop_tui.views.table import Table

_here = partial(Command[Any], section=Section.SIDE_BY_SIDE)


class SideBySideHost(Protocol):
    """What these screens ask of the app."""

    @property
    def place(self) -> str:
        """Where the data lie."""

    def read_candidates(self) -> Future[Sequence[CandidateAccount]]:
        """Read the accounts one could go for, in a thread."""

    def read_lessons(self) -> Future[tuple[tuple[Lesson, ...], int]]:
        """Read what ends taught, and how many lessons are left out, in a thread."""

    async def choose_accounts(self, chosen: Sequence[str], given_up: Sequence[str], by: str) -> str:
        """Mark accounts as chosen today, or as such no longer; return what is wrong, "" when nothing is."""

    async def open_account(self, account: str) -> None:
        """Open the latest session of an account."""

    def complain(self, wrong: str) -> None:
        """Say what is wrong."""

    async def ask(self, dialog: Ask) -> None:
        """Ask by a dialog."""


class AccountRows(Sheet):
    """The sheet of accounts: Enter opens."""

    KEY_COMMANDS = (
        _here("beside.open", "enter,space", "Open", Sheet.action_edit, "open the account", shown=True),
    )
    adds = removes = False


class SideBySide(Commanded, Screen[None]):
    """A table over all accounts that Esc goes back from."""

    KEY_COMMANDS: ClassVar[tuple[Command[Any], ...]] = (
        _here(
            "beside.back",
            "escape,q",
            "Back",
            lambda screen: screen.action_back(),
            "back to the library",
            shown=True,
        ),
    )
    named = ""

    def __init__(self, host: SideBySideHost, read: Callable[[], Awaitable[Table]]) -> None:
        """Take the app, and what reads the table."""
        super().__init__()
        self._host, self._read = host, read

    def compose(self) -> ComposeResult:
        """Make the bar, the table and the footer."""
        yield Bar(id="bar")
        sheet = AccountRows(id="beside", classes="pane")
        sheet.border_title = literal(self.named)
        yield sheet
        yield Keys()

    async def on_mount(self) -> None:
        """Read what is shown."""
        self.query_one(Bar).text = BarText("Workshops", saved=self._host.place)
        self.query_one(Sheet).focus()
        await self.again()

    async def again(self) -> None:
        """Read it anew; the cursor stays where it is by then."""
        try:
            table = await self._read()
        except StoreError as error:
            self._host.complain(str(error))
            return
        for sheet in self.query(Sheet):
            sheet.show(table)

    @property
    def account(self) -> str:
        """The id of the account under the cursor; "" where there is none."""
        row = next((sheet.current for sheet in self.query(Sheet)), None)
        at = RowId.parse(row.id) if row else None
        return at.key[0] if at and at.kind == "account" else ""

    @on(Sheet.Asked)
    def _asked(self, event: Sheet.Asked) -> None:
        event.stop()
        if event.what == "edit" and self.account:
            account = self.account
            self.dismiss()
            self.app.run_worker(self._host.open_account(account), name="open")

    def action_back(self) -> None:
        """Go back to the library."""
        self.dismiss()


class Selection(SideBySide):
    """The accounts one could go for, the best first; the leaders mark those that are chosen."""

    named = "Which accounts to go for"
    KEY_COMMANDS: ClassVar[tuple[Command[Any], ...]] = (
        *SideBySide.KEY_COMMANDS,
        _here(
            "beside.choose",
            "m",
            "Choose",
            lambda screen: screen.action_choose(),
            "choose the account, or take that back · choose the first few and no others",
            shown=True,
        ),
        _here("beside.top", "t", "Choose the top", lambda screen: screen.action_top(), shown=True),
    )

    def __init__(self, host: SideBySideHost) -> None:
        """Start with nothing read."""
        super().__init__(host, self._accounts)
        self._found: Sequence[CandidateAccount] = ()

    async def _accounts(self) -> Table:
        """Read the accounts."""
        self._found = await asyncio.wrap_future(self._host.read_candidates())
        return selection(self._found)

    @work(exclusive=True, group="choose")
    async def action_choose(self) -> None:
        """Choose the account under the cursor by a leader's name, or do so no longer."""
        here = next((one for one in self._found if one.account == self.account), None)
        if here is None:
            return
        if here.selected_on:
            if wrong := await self._host.choose_accounts((), (here.account,), ""):
                self._host.complain(wrong)
        else:

            async def take(values: Values) -> dict[str, str]:
                return await self._chosen((here.account,), (), values)

            await self._host.ask(Ask(f"Choose {here.name}", (self._by,), take, "Choose"))
        await self.again()

    @work
    async def action_top(self) -> None:
        """Ask how many of the first are chosen and by whom, and choose these alone."""

        async def take(values: Values) -> dict[str, str]:
            top = values["top"].strip()
            if not top.isdecimal() or int(top) > len(self._found):
                return {"top": f"Type a number from 0 to {len(self._found)}."}
            return await self._chosen(*to_choose(self._found, int(top)), values)

        fields = (Field("top", "How many", "3", "So many from the top are chosen, and no others."), self._by)
        await self._host.ask(Ask("Choose the top", fields, take, "Choose"))
        await self.again()

    @property
    def _by(self) -> Field:
        """Ask which leaders choose; proposed are those who chose last."""
        chosen = [one for one in self._found if one.selected_on and one.selected_by]
        last = max(chosen, key=lambda one: one.selected_on or dt.date.min, default=None)
        return Field("by", "Chosen by", last.selected_by if last else "", "Names of the leaders who say so.")

    async def _chosen(self, chosen: Sequence[str], given_up: Sequence[str], values: Values) -> dict[str, str]:
        """Choose accounts by the names that were typed; return what is wrong, by the field."""
        by = values["by"].strip()
        if chosen and not by:
            return {"by": "Which leader says so? Type a name."}
        wrong = await self._host.choose_accounts(chosen, given_up, by)
        return {"by": wrong} if wrong else {}


class LessonsLearnt(SideBySide):
    """Which reasons ended accounts, how often, and in whose words."""

    named = "What was learnt"

    def __init__(self, host: SideBySideHost) -> None:
        """Take the app."""
        super().__init__(host, self._lessons)

    async def _lessons(self) -> Table:
        """Read the lessons."""
        found, kept = await asyncio.wrap_future(self._host.read_lessons())
        for sheet in self.query(Sheet) if kept else ():
            sheet.border_subtitle = literal(
                f"{kept} left out: one firm keeps {'it' if kept == 1 else 'them'} to itself"
            )
        return learnt(found)
