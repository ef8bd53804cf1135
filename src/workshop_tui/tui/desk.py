"""What is done with whole accounts: open, begin, rename, put away, bring in, take out."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from workshop_tui.bounds import LARGEST_JSON
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.plan_json import load_plan
from workshop_tui.domain.base.dates import Calendar, format_date
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.lifecycle.cost import no_session
from workshop_tui.domain.lifecycle.seal import refuse_renumbering
from workshop_tui.domain.lifecycle.start import start_from, thawed
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Change, Refused, Step, apply, set_field, target
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.os_errors import why
from workshop_tui.settings import expanded
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store
from workshop_tui.tui.screens.dialogs import Ask, Choose, Field, Values, confirm
from workshop_tui.tui.screens.exporting import export_dialog
from workshop_tui.tui.screens.starting import account_dialog, session_dialog
from workshop_tui.tui.screens.workshop import WorkshopScreen
from workshop_tui.views.cell import Choice

if TYPE_CHECKING:
    from workshop_tui.tui.app import WorkshopApp

T = TypeVar("T")


class Desk:
    """Works for the library. Every method tells the user what went wrong, in a sentence."""

    def __init__(self, app: WorkshopApp) -> None:
        """Take the app, for its storage, settings and screens."""
        self._app = app

    async def _ask(self, fn: Callable[[Store], T]) -> T:
        return await asyncio.wrap_future(self._app.storage.call(fn))

    async def load(self, account: str) -> LivePlan | None:
        """Return an account's plan; None when it can't be read, which is told."""
        app = self._app
        try:
            (plan, number), audiences = await self._ask(
                lambda store: (store.load(account), store.audiences(account))
            )
        except StoreError as error:
            app.say(str(error))
            return None
        settings = app.settings
        return LivePlan(
            app.storage,
            plan,
            number,
            settings.actor,
            app.clock,
            lambda _message: None,
            day_first=settings.day_first,
            shows_clock=settings.clock == "room",
            audiences=audiences,
        )

    async def open(self, account: str, number: int | None = None) -> None:
        """Open a session of an account, by default the latest; begin the first where there is none."""
        live = await self.load(account)
        if live and live.whole.sessions:
            await self.show(live, number)
        elif live:
            await self.new_session(account)

    async def show(self, live: LivePlan, number: int | None) -> None:
        """Show a session of an account that has some."""
        sessions = live.whole.sessions
        if number is not None and not 0 < number <= len(sessions):
            self._app.say(no_session(live.whole, number))
            return
        session = sessions[(number or len(sessions)) - 1]
        await self._app.uncovered.wait()
        if self._app.workshop:  # opened twice: one is enough
            return
        live.open_session(session.id)
        if live.shown.fault and live.audience != CUSTOMER:
            self._app.say(live.shown.fault)
        self._app.workshop = WorkshopScreen(live)
        await self._app.push_screen(self._app.workshop)

    @property
    def _dates(self) -> Calendar:
        """How a day is typed here: from today, also where an account is frozen at another."""
        return Calendar(self._app.clock().astimezone().date(), self._app.settings.day_first)

    async def new_account(self, name: str = "") -> None:
        """Begin an account with its first session, and open it."""
        begun: list[str] = []

        async def take(changes: tuple[Change, ...]) -> str:
            account = next(change.row.key[0] for change in changes if isinstance(change, Add))
            begun.append(account)
            return await self._commit(account, changes)

        app = self._app
        await app.ask(account_dialog(self._dates, app.playbooks, name, take))
        if begun:
            await self.open(begun[-1])

    async def new_session(self, account: str) -> None:
        """Begin the next session of an account, and open it."""
        live = await self.load(account)
        if live is None:
            return
        begun: list[int] = []

        async def take(changes: tuple[Change, ...]) -> str:
            try:
                refuse_renumbering(live.whole, changes)
            except Refused as refused:
                return str(refused)
            wrong = await self._commit(account, changes)
            if not wrong:
                _, (session, *_) = target(changes[0])
                begun.append(apply(live.whole, Step(changes)).number_of(session))
            return wrong

        folders = self._app.playbooks
        await self._app.ask(session_dialog(live.whole, self._dates, folders, take))
        if begun:
            if day := live.whole.account.as_of:
                self._app.say(f"No longer frozen at {format_date(day)}: the account goes on from today.")
            await self.open(account, begun[-1])

    async def _commit(self, account: str, changes: tuple[Change, ...]) -> str:
        """Store changes as one Step, if there are any; return what is wrong, or nothing."""
        if not changes:
            return ""
        step = Step(tuple(changes), self._app.settings.actor, self._app.clock())
        try:
            await self._ask(lambda store: store.commit(account, step))
        except (StoreError, Refused) as error:
            return str(error)
        return ""

    async def _change(self, account: str, name: str, value: str | bool) -> str:  # noqa: FBT001 - a field's value
        live = await self.load(account)
        return await self._commit(account, set_field(live.whole.account, name, value)) if live else ""

    async def rename(self, account: str) -> None:
        """Give an account another name."""
        live = await self.load(account)
        if live is None:
            return

        async def take(values: Values) -> Mapping[str, str]:
            changes = set_field(live.whole.account, "name", values["name"])
            try:
                apply(live.whole, Step(changes))
            except Refused as refused:
                return {"name": str(refused)}
            wrong = await self._commit(account, changes)
            return {"name": wrong} if wrong else {}

        field = Field("name", "Account", live.whole.account.name)
        await self._app.ask(Ask("Rename account", (field,), take, "Rename", account=account))

    async def archive(self, account: str, *, away: bool) -> None:
        """Put an account away, or bring it back."""
        wrong = await self._change(account, "archived", away)
        self._app.say(wrong or ("Archived: v shows it, Ctrl+Z undoes." if away else "Brought back."))

    async def undo_in(self, account: str) -> None:
        """Take back the last thing this user did to an account; ask before going back further than today."""
        live = await self.load(account)
        try:
            told = await self._undone(live) if live else ""
        except (StoreError, Refused) as error:
            told = str(error)
        if told:
            self._app.say(told)

    async def _undone(self, live: LivePlan) -> str:
        """Undo; return what to say about it."""
        account, actor, at = live.account_id, live.actor, self._app.clock()
        steps = await self._ask(lambda store: store.next_undo(account, actor))
        if not steps:
            return "Nothing to undo."
        if any(step.at is not None and step.at < self._app.began for step in steps):
            question = f"{live.words(steps)}: this was done before today's sitting."
            if await self._app.ask(confirm("Undo?", question, "Yes, undo it")) != "yes":
                return ""
        await self._ask(lambda store: store.undo(account, actor, at))
        return f"Undo: {live.words(steps)}"

    async def export(self, account: str, number: int | None = None) -> None:
        """Export an account's joint action plan."""
        live = await self.load(account)
        if live:
            sessions = live.whole.sessions
            if number:  # a session itself, by its record when it is sealed; else the account as it is now
                live.open_session(sessions[number - 1].id)
            live.session_id = live.session_id or (sessions[-1].id if sessions else "")
            await self._app.ask(export_dialog(live, self._app))

    async def import_file(self) -> None:
        """Bring in an account plan from a JSON file."""

        async def take(values: Values) -> Mapping[str, str]:
            if not values["path"].strip():
                return {"path": "Type where the file is."}
            try:
                plan = await asyncio.to_thread(_read_plan, values["path"].strip())
                listed = await asyncio.wrap_future(self._app.read_accounts())
                known = [(account.id, account.name) for account in listed]
                changes = start_from(plan, known)
                if plan.account.as_of:
                    keep = await self._app.ask(_keeps_date(plan.account.name, plan.account.as_of))
                    if keep is None:
                        return {"path": "Nothing has come in: say how it goes on, or cancel."}
                    changes = changes if keep else start_from(thawed(plan), known)
                wrong = await self._commit(plan.account.id, changes)
            except (DocumentError, Refused, StoreError) as error:
                wrong = f"{Path(values['path']).name}: {error}"
            except (OSError, ValueError) as error:
                wrong = f"{values['path']} can't be read, as {why(error)}."
            return {"path": wrong} if wrong else {}

        field = Field("path", "File", "", "A JSON file that was exported for everybody.")
        await self._app.ask(Ask("Import an account plan", (field,), take, "Import"))


def _keeps_date(name: str, day: dt.date) -> Choose:
    """Return a dialog that asks how a frozen account goes on: "" from today, "keep" as on its day."""
    when = format_date(day)
    choices = (
        Choice("", "Go on from today", "t"),
        Choice("keep", f"Keep it frozen at {when}, as a sample", "k"),
    )
    return Choose("Keep its date?", choices, f"{name} is frozen at {when}: it is looked at as on that day.")


def _read_plan(path: str) -> AccountPlan:
    with expanded(path).open("rb") as file:
        return load_plan(file.read(LARGEST_JSON + 1))
