"""The app: wiring, screens, keys that work everywhere. Nothing heavy is imported before the first paint."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import sys
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import work
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from workshop_tui.settings import Settings, log_folder, playbook_folders
from workshop_tui.store.listing import AccountLine, accounts
from workshop_tui.store.thread import StorageThread
from workshop_tui.tui.hardened import (
    HardenedApp,
    give_back_title,
    outlive_the_terminal,
    tolerate_bad_bytes,
)
from workshop_tui.tui.quick import paint_quickly
from workshop_tui.tui.screens.library import FEW, Library
from workshop_tui.tui.themes import wear

if TYPE_CHECKING:
    from workshop_tui.tui.desk import Desk
    from workshop_tui.tui.screens.workshop import WorkshopScreen

Clock = Callable[[], dt.datetime]
Answer = TypeVar("Answer")


def now() -> dt.datetime:
    """Return the moment, in UTC."""
    return dt.datetime.now(dt.UTC)


class WorkshopApp(HardenedApp):
    """Holds the screens, the storage thread and the settings."""

    CSS_PATH = "app.tcss"
    TITLE = "Workshop"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", "Help", id="help", priority=True),
        Binding("f4,ctrl+o", "audience", "Audience", id="audience", priority=True),
        Binding("f5,ctrl+g", "curtain", "Curtain", id="curtain", priority=True),
        Binding("ctrl+q", "quit", "Quit", id="quit", show=False, priority=True),
    ]

    def __init__(  # noqa: PLR0913 - everything comes from outside, so that tests can pin it
        self,
        path: Path,
        settings: Settings,
        crash_log: Path,
        clock: Clock = now,
        *,
        account: str | None = None,
        session: int | None = None,
        new: str | None = None,
    ) -> None:
        """Take the database, the settings, the clock, and what to open first."""
        paint_quickly()
        super().__init__()
        self.path, self.settings, self.crash_log, self.clock = path, settings, crash_log, clock
        self.storage, self.began = StorageThread(path), clock()
        self._first = (account, session, new)
        self.workshop: WorkshopScreen | None = None
        self.is_opening = account is not None or new is not None
        self.uncovered = asyncio.Event()
        self.uncovered.set()
        self._untold: list[Callable[[], None]] = []
        self._asking: set[Worker[object]] = set()
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library")
        wear(self, settings.theme)
        self.set_keymap(dict(settings.keys))
        self._library = Library(self.read_accounts())

    def get_default_screen(self) -> Screen[None]:
        """Start with the library."""
        return self._library

    @property
    def place(self) -> str:
        """Where the data lie, as short as can be."""
        return str(self.path).replace(str(Path.home()), "~")

    @property
    def playbooks(self) -> tuple[Path, ...]:
        """Where playbooks are looked for: beside the database, then where the user keeps them."""
        return playbook_folders(self.settings, self.path)

    def read_accounts(self, unfolded: Collection[str] = ()) -> Future[tuple[AccountLine, ...]]:
        """Read the library's list in a thread, with the sessions of these accounts."""
        return self._reader.submit(accounts, self.path, self.today, FEW, unfolded)

    @property
    def today(self) -> dt.date:
        """The day on the wall."""
        return self.clock().astimezone().date()

    @property
    def desk(self) -> Desk:
        """Work on whole accounts; imported when first needed."""
        from workshop_tui.tui.desk import Desk

        return Desk(self)

    def on_mount(self) -> None:
        """Catch signals, and have the window say no more than what this is."""
        self.catch_signals()
        self.entitle_terminal()

    def warm(self) -> None:
        """Load the rest of the app, once the library is painted."""
        sys.setswitchinterval(0.0005)  # typing stays smooth while modules are imported
        self.run_worker(self._begin(), name="begin")

    async def _begin(self) -> None:
        desk = await asyncio.to_thread(lambda: self.desk)
        if not gc.isenabled():  # as the command has left it
            gc.freeze()  # going through all modules again and again held up one key in twenty by 0.1 s
            gc.enable()
        account, session, new = self._first
        if account is not None:
            await desk.open(account, session)
        elif new is not None:
            await desk.new_account(new)
        self.is_opening = False
        if self.workshop is None:
            await self._library.again()

    def say(self, text: str) -> None:
        """Tell the user something, literally."""
        self.notify(text, markup=False)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a toast; under the curtain it waits until that lifts."""
        told = partial(
            super().notify, message, title=title, severity=severity, timeout=timeout, markup=markup
        )
        if self.is_covered:
            self._untold.append(told)
        else:
            told()

    async def ask(self, dialog: Screen[Answer]) -> Answer:
        """Return what a dialog is answered, once the curtain is up: nothing comes over it.

        The worker that asks ends here when the audience is switched: what it asked is not for the new one.
        """
        worker = get_current_worker()
        self._asking.add(worker)
        try:
            await self.uncovered.wait()
            return await self.push_screen_wait(dialog)
        finally:
            self._asking.discard(worker)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Return what the palette offers: every command of the screen, and the themes."""
        told: set[str] = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            if active.enabled and binding.description and binding.id and binding.id not in told:
                told.add(binding.id)
                run = partial(self.run_action, binding.action, active.node)
                told_as = f"{self.get_key_display(binding)} · {binding.id}"
                yield SystemCommand(binding.description, told_as, run)
        yield SystemCommand("Change theme", "Light, dark and others", self.search_themes)

    # What works everywhere

    @property
    def is_covered(self) -> bool:
        """Whether the curtain is down."""
        from workshop_tui.tui.screens.curtain import Curtain

        return isinstance(self.screen, Curtain)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Under the curtain nothing answers but the curtain."""
        if self.screen_stack and self.is_covered:
            return action == "curtain"
        if action == "audience":
            return self.workshop is not None
        return super().check_action(action, parameters)

    def action_curtain(self) -> None:
        """Cover the screen at once, or uncover it."""
        from workshop_tui.tui.screens.curtain import Curtain

        if self.is_covered:
            self.pop_screen()
            self.uncovered.set()
            while self._untold:
                self._untold.pop(0)()
        else:
            self.uncovered.clear()
            self.push_screen(Curtain())

    def action_audience(self) -> None:
        """Make the screen safe for the customer; from there, choose who may look."""
        unpainted = ExitStack()
        unpainted.enter_context(self.batch_update())
        if self.workshop and self.screen is self.workshop:  # once the keys that this one overtook are typed
            (self.workshop.focused or self.workshop).call_later(self._switch_audience, unpainted)
        else:
            self._switch_audience(unpainted)

    def _switch_audience(self, unpainted: ExitStack) -> None:
        """Switch, and let it be painted from then on: what those keys did is not seen before."""
        with unpainted:
            if self.workshop:
                for worker in self._asking:
                    worker.cancel()
                self.workshop.switch_audience()
                self._back_to_workshop()

    def _back_to_workshop(self) -> None:
        """Take away what was asked of the audience before; beneath the curtain, once that lifts."""
        if self.is_covered:
            self._untold.append(self._back_to_workshop)
            return
        while self.workshop in self.screen_stack and self.screen is not self.workshop:
            self.pop_screen()

    def action_help(self) -> None:
        """Show what the keys of this screen do."""
        from workshop_tui.tui.screens.help import Help

        if isinstance(self.screen, Help):
            self.pop_screen()
        else:
            self.push_screen(Help(self.screen))

    def flush(self) -> None:
        """Hand over for saving what is being typed."""
        if self.workshop:
            self.workshop.flush()

    async def close_workshop(self) -> None:
        """Go back to the library; a worker of the screen that closes would be cancelled with it."""
        account = self.workshop.live.account_id if self.workshop else ""
        self.workshop = None
        self.run_worker(self._back_to_library(account), name="library")

    async def _back_to_library(self, account: str) -> None:
        await self.uncovered.wait()
        await self.pop_screen()
        await self._library.again(account)

    @work(exclusive=True, group="quit")
    async def action_quit(self) -> None:  # type: ignore[override] # a worker, so that it can ask
        """Save what is being typed, and end; ask first when it can't be saved."""
        self.flush()
        live = self.workshop.live if self.workshop else None
        if live:
            await live.settle()
        if live and not live.is_saved:
            from workshop_tui.tui.screens.dialogs import confirm

            question = f"Not everything is saved: {live.saved.why_not or 'the database is busy'}."
            if await self.ask(confirm("Quit?", question, "Quit and lose it")) != "yes":
                return
        self.exit(0)


def run(
    path: Path,
    settings: Settings,
    *,
    account: str | None = None,
    session: int | None = None,
    new: str | None = None,
) -> int:
    """Run the app on a database until it is left; return the exit code."""
    tolerate_bad_bytes()
    outlive_the_terminal()
    app = WorkshopApp(path, settings, log_folder() / "crash.log", account=account, session=session, new=new)
    try:
        code = app.run()
    finally:
        give_back_title()
        app.storage.close(timeout=10)
    return app.return_code or code or 0
