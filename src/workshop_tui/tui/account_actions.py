"""What a person does with whole accounts: opens, begins, renames, puts away, brings in, takes out."""

from __future__ import annotations

import asyncio
import datetime as dt
import shlex
from collections.abc import Awaitable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from textual.screen import Screen

from workshop_tui.documents.errors import DocumentError
from workshop_tui.domain.base.dates import Calendar, DateError, format_date
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.lifecycle.sessions import has_begun, no_session
from workshop_tui.domain.lifecycle.start import start_from, thawed
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.step import Change, Refused
from workshop_tui.live.accounts import AccountService, read_plan
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.row_changes import Build, Changed, RowMeant
from workshop_tui.os_errors import why
from workshop_tui.store.errors import StoreError
from workshop_tui.tui.host import Host
from workshop_tui.tui.screens.dialogs import Ask, Choose, Field, Values, older_undo
from workshop_tui.tui.screens.workshop import WorkshopScreen
from workshop_tui.views.cell import Choice
from workshop_tui.views.keys import key

if TYPE_CHECKING:
    from workshop_tui.store.listing import AccountLine
    from workshop_tui.views.plan_update import UpdatePreview


RUNNING = "The clock runs, so this is the session: the account's page opens from it."
NOT_BEGUN = "The first session has not begun: there is nothing to look back on yet."


class AccountsHost(Host, Protocol):
    """The app that holds the library and the session that is open."""

    began: dt.datetime
    """When today's sitting began."""
    uncovered: asyncio.Event
    """Set while the curtain is up."""
    workshop: WorkshopScreen | None
    names_db: bool
    """Whether a command has to name the database, which isn't the one that is used without."""

    @property
    def playbooks(self) -> tuple[Path, ...]:
        """Where playbooks are looked for."""

    def read_accounts(self) -> Future[tuple[AccountLine, ...]]:
        """Read the library's list in a thread."""

    def push_screen(self, screen: Screen[None]) -> Awaitable[None]:
        """Show a screen."""


class AccountActions:
    """Asks by dialogs, has it done, and shows what came of it. Every method tells what went wrong."""

    def __init__(self, app: AccountsHost) -> None:
        """Take the app, for its storage, settings and screens."""
        self._app = app
        self._accounts = AccountService(app.storage, app.settings, app.clock, app.limits.audience)

    async def load(self, account: str) -> LivePlan | None:
        """Return an account's plan; None when it can't be read, which is told."""
        try:
            live = await self._accounts.load(account)
        except StoreError as error:
            self._app.say(str(error))
            return None
        live.playbook_folders = self._app.playbooks
        if self._app.names_db:
            live.typed_as = shlex.join([live.typed_as, "--db", str(self._app.path)])
        return live

    async def open(
        self,
        account: str,
        session: str = "",
        *,
        number: int | None = None,
        looks_back: bool = False,
        leads_to: str = "",
    ) -> bool:
        """Open a session of an account, by default the latest; begin the first where there is none.

        It may open looking back, on the account's page, or on a line that was found.

        Return whether what was asked for is there.
        """
        live = await self.load(account)
        if live and live.view.sessions:
            return await self.show(live, session, number=number, looks_back=looks_back, leads_to=leads_to)
        if live:
            await self.new_session(account)
        return live is not None

    async def show(
        self,
        live: LivePlan,
        session: str = "",
        *,
        number: int | None = None,
        looks_back: bool = False,
        leads_to: str = "",
    ) -> bool:
        """Show a session of an account that has some: the latest, where neither id nor number is given.

        Looking back waits while the clock runs, or before the first session. Return whether it is there.
        """
        sessions = live.view.sessions
        if number is None:
            found = live.view.get(Session, session) if session else sessions[-1]
        else:
            found = sessions[number - 1] if 0 < number <= len(sessions) else None
        if found is None:
            self._app.say(no_session(live.view, number))
            return False
        await self._app.uncovered.wait()
        if self._app.workshop:  # opened twice: one is enough
            return True
        live.open_session(found.id)
        if live.fault:
            self._app.say(live.fault)
        is_quiet = not live.running_session() and has_begun(live.view, sessions[0], live.today)
        self._app.workshop = WorkshopScreen(live, looks_back=looks_back and is_quiet, leads_to=leads_to)
        await self._app.push_screen(self._app.workshop)
        if looks_back and not is_quiet and live.audience != CUSTOMER:
            self._app.say(RUNNING if live.running_session() else NOT_BEGUN)
        return True

    @property
    def _dates(self) -> Calendar:
        """How a day is typed here: from today, also where an account is frozen at another."""
        return Calendar(self._app.clock().astimezone().date(), self._app.settings.day_first)

    async def new_account(self, name: str = "") -> None:
        """Begin an account with its first session, and open it."""
        from workshop_tui.tui.screens.starting import account_dialog

        begun: list[str] = []

        async def take(changes: tuple[Change, ...]) -> str:
            try:
                begun.append(await self._accounts.create(changes))
            except (StoreError, Refused) as error:
                return str(error)
            return ""

        await self._app.ask(account_dialog(self._dates, self._app.playbooks, name, take))
        if begun:
            await self.open(begun[-1])

    async def new_session(self, account: str) -> None:
        """Begin the next session of an account, and open it."""
        from workshop_tui.tui.screens.starting import session_dialog

        live = await self.load(account)
        if live is None:
            return
        begun: list[str] = []

        async def take(changes: tuple[Change, ...]) -> str:
            try:
                begun.append(await self._accounts.begin_session(live, changes))
            except (StoreError, Refused) as error:
                return str(error)
            return ""

        view, folders = live.view, self._app.playbooks
        start = partial(self._accounts.next_session, live)
        await self._app.ask(session_dialog(view, self._dates, folders, start, take))
        if begun:
            if day := view.account.as_of:
                self._app.say(f"No longer frozen at {format_date(day)}: the account goes on from today.")
            await self.open(account, begun[-1])

    async def rename(self, account: str) -> bool:
        """Give an account another name; return whether that was done."""
        live = await self.load(account)
        if live is None:
            return False
        wrong = "not taken"

        async def take(values: Values) -> Mapping[str, str]:
            nonlocal wrong
            wrong = await self._told(self._accounts.rename(live, values["name"]))
            return {"name": wrong} if wrong else {}

        field = Field("name", "Account", live.view.account.name)
        await self._app.ask(Ask("Rename account", (field,), take, "Rename", account=account))
        return not wrong

    async def archive(self, account: str, *, away: bool) -> bool:
        """Put an account away, or bring it back; return whether that was done."""
        wrong = await self._told(self._accounts.archive(account, away=away))
        self._app.say(
            wrong
            or (
                f"Archived: {key('library.archived')} shows it, {key('undo')} undoes."
                if away
                else "Brought back."
            )
        )
        return not wrong

    async def choose(self, chosen: Sequence[str], given_up: Sequence[str], by: str) -> str:
        """Mark accounts as chosen, or as such no longer; return what is wrong, "" when nothing is."""
        today = self._app.clock().astimezone().date()
        by = by or self._app.settings.actor
        return await self._told(self._accounts.choose(chosen, given_up, today, by))

    async def change_rows(self, meant: Sequence[RowMeant], build: Build) -> tuple[list[Changed], str]:
        """Change actions or decisions, one Step an account; return those that were, and what is wrong."""
        try:
            return await self._accounts.change_rows(meant, build)
        except (StoreError, Refused, DateError) as error:
            return [], str(error)

    async def undo_in_each(self, accounts: Sequence[str]) -> None:
        """Take back the last thing this user did to each account, and tell of all what it was."""
        told = []
        for account in accounts:
            if (live := await self.load(account)) is None:
                return
            try:
                said = await self._undone(live)
            except (Refused, StoreError) as error:
                said = str(error)
            if said:
                told.append(f"In {live.view.account.name}: {said.rstrip('.')}.")
        if told:
            self._app.say(" ".join(told))

    async def undo_in(self, account: str) -> bool:
        """Take back the last thing this user did to an account; ask before going back further than today.

        Return whether it was looked for: what the store can't do now is asked of it again.
        """
        live = await self.load(account)
        if live is None:
            return False
        try:
            told = await self._undone(live)
        except Refused as error:
            told = str(error)
        except StoreError as error:
            self._app.say(str(error))
            return False
        if told:
            self._app.say(told)
        return True

    async def _undone(self, live: LivePlan) -> str:
        """Undo; return what to say about it."""
        steps = await live.next_undo()
        if not steps:
            return "Nothing to undo."
        is_older = any(step.at is not None and step.at < self._app.began for step in steps)
        if is_older and await self._app.ask(older_undo(live.words(steps))) != "yes":
            return ""
        return f"Undone: {await self._accounts.undo(live, steps)}"

    async def export(self, account: str, session: str = "") -> bool:
        """Export an account's joint action plan; return whether what was asked for is there."""
        from workshop_tui.tui.screens.exporting import export_dialog

        try:
            live = await self._accounts.load_document(account, session)
        except StoreError as error:
            self._app.say(str(error))
            return False
        await self._app.ask(export_dialog(live, self._app, session))
        return True

    async def import_file(self) -> None:
        """Bring in an account plan from a JSON file."""

        async def take(values: Values) -> Mapping[str, str]:
            path = values["path"].strip()
            if not path:
                return {"path": "Type where the file is."}
            try:
                wrong = await self._bring_in(path)
            except (DocumentError, Refused, StoreError) as error:
                wrong = f"{Path(values['path']).name}: {error}"
            except (OSError, ValueError) as error:
                wrong = f"{values['path']} can't be read, as {why(error)}."
            return {"path": wrong} if wrong else {}

        field = Field("path", "File", "", "A JSON file that was exported for everybody.")
        await self._app.ask(Ask("Import an account plan", (field,), take, "Import"))

    async def update_plan(self) -> str:
        """Read a Markdown plan back, by a preview; return the account it is of, "" when none was read."""
        from workshop_tui.tui.screens.plan_update import PlanUpdateScreen, update_dialog

        read: list[UpdatePreview] = []
        await self._app.ask(update_dialog(self._accounts.read_update, read.append))
        if not read:
            return ""
        preview = read[-1]
        account = preview.update.whole.account
        if preview.update.read.is_nothing:
            file = f"{preview.name} (cut for {preview.update.readers})"
            self._app.say(f"There is nothing to do in {account.name}: {file} changes nothing.")
            return account.id

        async def take(changes: tuple[Change, ...]) -> str:
            return await self._told(self._accounts.take_update(preview.update, changes))

        await self._app.ask(PlanUpdateScreen(preview, take))
        return account.id

    async def _bring_in(self, path: str) -> str:
        """Bring in the account plan of a file; return what is wrong, "" when nothing is."""
        plan = await asyncio.to_thread(read_plan, path)
        listed = await asyncio.wrap_future(self._app.read_accounts())
        known = [(account.id, account.name) for account in listed]
        changes = start_from(plan, known)
        if day := plan.account.as_of:
            keep = await self._app.ask(_keeps_date(plan.account.name, day))
            if keep is None:
                return "Nothing has come in: say how it goes on, or cancel."
            changes = changes if keep else start_from(thawed(plan), known)
        return await self._told(self._accounts.create(changes))

    async def _told(self, work: Awaitable[object]) -> str:
        """Have something done to an account; return what is wrong, "" when nothing is."""
        try:
            await work
        except (StoreError, Refused) as error:
            return str(error)
        return ""


def _keeps_date(name: str, day: dt.date) -> Choose:
    """Return a dialog that asks how a frozen account goes on: "" from today, "keep" as on its day."""
    when = format_date(day)
    choices = (
        Choice("", "Go on from today", "t"),
        Choice("keep", f"Keep it frozen at {when}, as a sample", "k"),
    )
    return Choose("Keep its date?", choices, f"{name} is frozen at {when}: it is looked at as on that day.")
