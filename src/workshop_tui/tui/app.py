"""The app: wiring, screens, keys that work everywhere. Nothing heavy is imported before the first paint."""

from __future__ import annotations

import asyncio
import datetime as dt
import gc
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import events, work
from textual._time import get_time
from textual.app import SystemCommand
from textual.command import Provider
from textual.notifications import Notification, Notify, SeverityLevel
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, get_current_worker

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.live.limits import NO_LIMITS, Limits
from workshop_tui.server_url import Database
from workshop_tui.settings import Settings, SettingsError, keep_theme, playbook_folders
from workshop_tui.store.errors import StoreError
from workshop_tui.store.listing import AccountLine, accounts
from workshop_tui.store.thread import StorageThread
from workshop_tui.tui.commands.command import (
    Command,
    Commanded,
    Section,
    is_listed,
    key_of,
    shown_key,
    why_not,
)
from workshop_tui.tui.host import Clock, now
from workshop_tui.tui.keyboard import APART, LET_GO, Burst, Mode, in_turn, mode
from workshop_tui.tui.screens.library import FEW, Library
from workshop_tui.tui.textual_patches.hardened_app import (
    GLANCE,
    HardenedApp,
)
from workshop_tui.tui.textual_patches.render_cache import paint_quickly
from workshop_tui.tui.themes import DARK, apply_theme
from workshop_tui.tui.widgets.sheet import GOING_ON, Sheet
from workshop_tui.views.keys import filled, key

if TYPE_CHECKING:
    from workshop_tui.documents.transcript import Transcript
    from workshop_tui.domain.plan.step import Step
    from workshop_tui.domain.rules.reasons import Lesson
    from workshop_tui.domain.rules.selection import CandidateAccount
    from workshop_tui.live.live_plan import LivePlan
    from workshop_tui.tui.account_actions import AccountActions
    from workshop_tui.tui.found import Finding
    from workshop_tui.tui.screens.workshop import WorkshopScreen
    from workshop_tui.tui.widgets.search_pane import SearchPane

Answer = TypeVar("Answer")

NO_SEARCH = f"{key('search')} opens nothing here: to type a line, press {key('capture')} first."
_UNDER_CURTAIN = {("command", (name,)) for name in ("curtain", "audience", "audience.open")}
TILL_A_KEY = 24 * 3600.0
"""Seconds for which a toast stays that the next key takes away."""
A_LOOK = 1.0
"""Seconds for which a toast stays at the least: one who types on could not read it else."""

FIRST_BACKUP = 5.0
"""Seconds after the start, once all is there, at which a backup is made."""
BACKUP = 600.0
"""Seconds after which another one is made, if anything was changed."""
SELDOM = (10_000, 10, 10)
"""How many new things, and then looks through younger ones, it takes to look for garbage in older ones."""

_everywhere = partial(Command[Any], section=Section.EVERYWHERE, priority=True)


def _found_by_words() -> type[Provider]:
    from workshop_tui.tui.palette import Words

    return Words


def _load_store() -> None:
    import workshop_tui.store.store  # noqa: F401 - the largest part of all that is imported


def _load_views() -> None:
    from workshop_tui.views.block_views import load_views

    load_views()


class WorkshopApp(Commanded, HardenedApp):
    """Holds the screens, the storage thread and the settings."""

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_found_by_words}
    CSS_PATH = ["bar.tcss", "library.tcss"]
    TITLE = "Workshop"
    KEY_COMMANDS = (
        _everywhere(
            "help",
            "f1,question_mark",
            "Help",
            lambda app: app.action_help(),
            "help; `?` where it is no value",
            shown=True,
        ),
        _everywhere(
            "audience",
            "f4,ctrl+o",
            "Share",
            lambda app: app.action_audience(),
            "share the screen: from now on it shows only what is for the customer; "
            "with the curtain down: choose who may look",
            applies=lambda app: app.workshop is not None,
            listed=lambda app: not app.is_shared,
            shown=True,
        ),
        _everywhere(
            "audience.open",
            "shift+f4,ctrl+t",
            "Who may look",
            lambda app: app.action_open(),
            "draw the curtain, and choose there who may look",
            applies=lambda app: app.workshop is not None and app.workshop.workspace.live.widest != CUSTOMER,
            listed=lambda app: not app.is_shared,
        ),
        _everywhere(
            "curtain",
            "f5,ctrl+g",
            "Curtain",
            lambda app: app.action_curtain(),
            "cover the screen, or uncover it",
            shown=True,
        ),
        _everywhere(
            "search",
            "f3,ctrl+f",
            "Search",
            lambda app: app.action_search(),
            "[search](docs/guide.md#search) what people said, in all accounts; not before the customer",
            applies=lambda app: app.can_search or app.is_workshop_shared,
            listed=lambda app: not app.is_shared,
        ),
        _everywhere("quit", "ctrl+q", "Quit", lambda app: app.action_quit(), "save and quit"),
    )

    def __init__(  # noqa: PLR0913 - everything comes from outside, so that tests can pin it
        self,
        path: Database,
        settings: Settings,
        crash_log: Path,
        clock: Clock = now,
        *,
        account: str | None = None,
        session: int | None = None,
        new: str | None = None,
        beside: tuple[str, Transcript] | None = None,
        begins: tuple[str, Step] | None = None,
        limits: Limits = NO_LIMITS,
    ) -> None:
        """Take the database, settings, clock, what to open first, what beside it, and what is closed."""
        paint_quickly()
        super().__init__()
        self.path, self.settings, self.crash_log, self.clock = path, settings, crash_log, clock
        self.limits = limits
        self.storage, self.began = StorageThread(path, reads_only=limits.reads_only, begins=begins), clock()
        self._first: tuple[str | None, int | None, str | None] = (account, session, new)
        self._beside = beside
        self.workshop: WorkshopScreen | None = None
        self.names_db = False
        """Whether a command has to name the database, which isn't the one that is used without."""
        self.is_opening = account is not None or new is not None
        if account is not None:
            self.storage.hold_back()
        self._has_looked = asyncio.Event()
        """Whether what was named has been opened, if it could be."""
        self.uncovered = asyncio.Event()
        self.uncovered.set()
        self._unpainted = ExitStack()
        self._untold: list[Callable[[], None]] = []
        self._is_drawn_to_ask = False
        """Whether the curtain is down for a question alone, with which it lifts again."""
        self._is_lifted_by_asking = False
        """Whether it stays down for somebody who has come in, so that it is asked for whom it lifts."""
        self._asking: set[Worker[object]] = set()
        self.told_path = ""
        self._burst = Burst()
        self._pause: asyncio.TimerHandle | None = None
        self._pressed_on: Screen[Any] | None = None
        self._stood: tuple[Sheet, str, int] | None = None
        """Where the cursor was before the moves among the keys that may be a text."""
        self._is_loaded = False
        """Whether all that is behind the first screen is there."""
        self._collects = False
        """Whether garbage is looked for as it suits the app, and not as whoever runs it has it."""
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library")
        apply_theme(self, settings.theme)
        self.set_keymap(dict(settings.keys))
        self._finding: Finding | None = None
        self._library = Library(self, None if self.is_opening else self.read_accounts())

    def get_default_screen(self) -> Screen[None]:
        """Start with the library."""
        return self._library

    @property
    def live(self) -> LivePlan | None:
        """The plan of the session that is open, if one is."""
        return self.workshop.live if self.workshop else None

    @property
    def is_shared(self) -> bool:
        """Whether the customer may look at the session that is open."""
        return self.live is not None and self.live.audience == CUSTOMER

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

    def read_candidates(self) -> Future[Sequence[CandidateAccount]]:
        """Read the accounts one could go for, in a thread."""
        from workshop_tui.store.side_by_side import candidates

        return self._reader.submit(candidates, self.path)

    def read_lessons(self) -> Future[tuple[tuple[Lesson, ...], int]]:
        """Read what ends taught, and how many lessons are left out, in a thread."""
        from workshop_tui.store.side_by_side import lessons

        return self._reader.submit(lessons, self.path)

    async def show_selection(self) -> None:
        """Show the accounts one could go for; return once that is left."""
        from workshop_tui.tui.screens.side_by_side import Selection

        await self.push_screen(Selection(self), wait_for_dismiss=True)

    async def show_lessons(self) -> None:
        """Show what those that ended taught; return once that is left."""
        from workshop_tui.tui.screens.side_by_side import LessonsLearnt

        await self.push_screen(LessonsLearnt(self), wait_for_dismiss=True)

    async def choose_accounts(self, chosen: Sequence[str], given_up: Sequence[str], by: str) -> str:
        """Mark accounts as chosen today, or as such no longer; return what is wrong, "" when nothing is."""
        return await self.accounts.choose(chosen, given_up, by)

    async def open_account(self, account: str) -> None:
        """Open the latest session of an account."""
        await self.accounts.open(account)

    @property
    def today(self) -> dt.date:
        """The day on the wall."""
        return self.clock().astimezone().date()

    @property
    def accounts(self) -> AccountActions:
        """What is done with whole accounts; imported when first needed."""
        from workshop_tui.tui.account_actions import AccountActions

        return AccountActions(self)

    @property
    def finding(self) -> Finding:
        """What opens the search and what was found; imported when first needed."""
        if self._finding is None:
            from workshop_tui.tui.found import Finding

            self._finding = Finding(self)
        return self._finding

    @property
    def can_search(self) -> bool:
        """Whether the search opens: never before the customer, nor over a question or itself."""
        if self.is_shared or self.is_opening or isinstance(self.screen, ModalScreen):
            return False
        return self.screen is self.workshop or not self.screen.query("SearchPane")  # asked at each key

    @property
    def is_workshop_shared(self) -> bool:
        """Whether the customer looks at the workshop itself, and nothing lies over it."""
        return self.is_shared and self.workshop is not None and self.screen is self.workshop

    def action_search(self) -> None:
        """Search; before the customer say that nothing opens, and let go what is typed as if it had."""
        if self.can_search:
            self.finding.search()
        elif self.workshop:
            self.workshop.workspace.stage.tell(NO_SEARCH)
            if self._is_browsed:
                self.let_go()

    def let_go(self) -> None:
        """Take the next letters for those of a word that has no place any more, not for commands."""
        self._burst = Burst([events.Key("f3", None)], 1, is_lost=True, apart=LET_GO)

    def on_search_pane_opened(self, event: SearchPane.Opened) -> None:
        """Open what was found, wherever it was looked for; the screen that closes would cancel its worker."""
        self.run_worker(self.finding.open(event.row, event.looked_for), name="found", group="found")

    def open_line(self, row: str) -> None:
        """Open what a line of the library names, in its account; Esc there comes back to the line."""
        from workshop_tui.tui.widgets.search_pane import LookedFor

        self.run_worker(self.finding.open(row, LookedFor()), name="found", group="found")

    def back_to_search(self) -> None:
        """Show again what was found, at the line one came from."""
        self.run_worker(self.finding.back(), name="found", group="found")

    async def on_mount(self) -> None:
        """Catch signals, have the window say no more than what this is, and open what was named.

        Nothing is painted before this is done: whoever looks sees the session first.
        """
        self.catch_signals()
        self.entitle_terminal()
        account, session, _ = self._first
        if account is not None:
            live = await self.accounts.load(account)
            if live is None or live.view.sessions:  # else its first session is asked for, once all is there
                self._first = None, None, None
            if live and live.view.sessions:
                await self.accounts.show(live, number=session)
                self._open_beside()
        self._has_looked.set()
        self.call_after_refresh(self.storage.go_on)

    def warm(self) -> None:
        """Load the rest of the app, once the library is painted."""
        sys.setswitchinterval(0.0005)  # typing stays smooth while modules are imported
        self.run_worker(self._begin(), name="begin")

    def read_ahead(self, account: str) -> None:
        """Have an account read that is probably opened next, unless the app is still being loaded."""
        if self._is_loaded:
            self.storage.read_ahead(account)

    def push_screen(self, screen: Any, *how: Any, **named: Any) -> Any:
        """Show a screen, for which styles may have to be read first; garbage waits until it is painted."""
        self._read_styles()
        if self._collects:
            gc.disable()
            screen.call_after_refresh(gc.enable)
        return super().push_screen(screen, *how, **named)

    def _read_styles(self) -> None:
        """Read the styles of all screens but the library: a tenth of the time until that is there."""
        rest = Path(__file__).with_name("app.tcss")
        if not self.stylesheet.has_source(str(rest)):
            self.stylesheet.read(rest)
            self.stylesheet.parse()

    async def _begin(self) -> None:
        actions = await asyncio.to_thread(lambda: self.accounts)
        self._read_styles()
        await self._has_looked.wait()  # or what was named would be read and opened twice
        await asyncio.to_thread(_load_views)
        if not gc.isenabled():  # as the command has left it
            self.run_worker(self._look_for_garbage(), name="garbage")
        account, session, new = self._first
        if account is not None:
            await actions.open(account, number=session)
            self._open_beside()
        elif new is not None:
            await actions.new_account(new)
        if self.limits.audience:
            self._end_without_a_session()
        elif self.is_opening:
            self.is_opening = False
            if self.workshop is None:
                await self._library.again()
        self._is_loaded = True
        self._library.rest()
        if not self.limits.reads_only:
            self.set_timer(FIRST_BACKUP, self._back_up)
            self.set_interval(BACKUP, self._back_up)

    async def _look_for_garbage(self) -> None:
        """Look for garbage from now on, but never in all that is imported, and through all else seldom.

        Going through everything held up opening an account, or one key in twenty, by 0.1 s and more.
        """
        await asyncio.to_thread(_load_store)
        gc.freeze()
        gc.set_threshold(*SELDOM)
        gc.enable()
        self._collects = True

    def _end_without_a_session(self) -> None:
        """End where the one session that may be looked at here isn't open: the library is for others.

        It goes on opening for as long as this runs, and so shows nothing.
        """
        if self.workshop is None:
            self.exit(0)

    async def _back_up(self) -> None:
        """Make a backup of what was done since the last one; tell only the team what goes wrong."""
        from workshop_tui.store.backups import back_up_if_due

        try:
            await asyncio.to_thread(back_up_if_due, self.path, self.clock())
        except StoreError as error:
            if not self.is_shared:
                self.say(f"No backup could be made. {error}")

    def _open_beside(self) -> None:
        """Open the transcript that was named beside the session, unless its record is closed.

        Where the session opens shared, as at another keyboard, it is asked over the curtain who may look.
        """
        if self._beside is None or self.workshop is None:
            return
        from workshop_tui.tui.workspace import TranscriptRead
        from workshop_tui.views.transcript import TurnsView

        live = self.workshop.live
        if live.closed:
            self.say(live.closed)
        else:
            view = TurnsView(live, *self._beside)
            self.workshop.call_after_refresh(self.workshop.workspace.emit, TranscriptRead(view))
            if live.audience == CUSTOMER:
                self.action_open()

    def watch_theme(self, theme: str) -> None:
        """Have a theme that the user has chosen stay for the next time."""
        is_ours = self.is_running and bool(self.screen_stack) and not self.is_web
        if is_ours and theme != (self.settings.theme or DARK.name):
            self.settings = self.settings._replace(theme=theme)
            self.run_worker(self._keep_theme(theme), name="theme", group="theme")

    async def _keep_theme(self, theme: str) -> None:
        try:
            await asyncio.to_thread(keep_theme, self.settings.file, theme)
        except SettingsError as error:
            self.say(str(error))

    def say(self, text: str, *, path: str = "") -> None:
        """Tell the user something, literally; where it names a path, that stays till the next key."""
        key = shown_key(self._copying[0])
        told = f"{text} {key} copies the path." if path and self.workshop else text
        self.notify(told, timeout=TILL_A_KEY if path else None, markup=False)
        self.told_path = path

    @property
    def _copying(self) -> list[str]:
        """The keys that copy a path while it is told, else a row."""
        return self.settings.keys.get("copy.row", "y").split(",")

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a toast in the place of the one before; under the curtain it waits until that lifts.

        What is wrong stays till the next key, and what comes meanwhile stands beside it.
        """
        around = (self.screen.focused or self.screen) if self.screen_stack else self
        message = filled(message, partial(key_of, around))
        stays = TILL_A_KEY if severity == "error" and timeout is None else timeout
        told = partial(super().notify, message, title=title, severity=severity, timeout=stays, markup=markup)
        if self.is_covered:
            self._untold.append(told)
        else:
            told()

    def _on_notify(self, _event: Notify) -> None:
        """Make room for the toast that comes; Textual's own method shows it after this one."""
        self._take_back([toast for toast in self._notifications if toast.timeout < TILL_A_KEY])

    def _take_back(self, toasts: Iterable[Notification]) -> None:
        """Show some toasts no longer, nor the empty line that Textual leaves of each above the next one."""
        gone = list(toasts)
        for toast in gone:
            self._unnotify(toast, refresh=False)
            if self.screen_stack:
                self.screen.query(f"#--textual-toast-{toast.identity}").remove()
        if gone:
            self._refresh_notifications()

    def _take_back_read(self) -> None:
        """Show no longer what has stayed till this key, if there was time to see it at all."""
        seen = (toast for toast in self._notifications if toast.timeout >= TILL_A_KEY)
        self._take_back([toast for toast in seen if time() - toast.raised_at >= A_LOOK])

    async def ask(self, dialog: Screen[Answer]) -> Answer | None:
        """Return what a dialog is answered, once the curtain is up: nothing comes over it.

        The worker that asks ends here when the audience is switched: what it asked is not for the new one.
        What is being asked already is not asked a second time, as when a key is pressed twice: that is None.
        """
        return await self._ask(dialog, over_curtain=False)

    async def ask_covered(self, dialog: Screen[Answer]) -> Answer | None:
        """Return what a dialog is answered that is asked over the curtain: the room sees nothing behind it.

        The curtain stays down after it: whoever has asked says whether it lifts.
        """
        if not self.is_covered:
            self._is_drawn_to_ask = True
            self._draw_curtain()
        return await self._ask(dialog, over_curtain=True)

    async def _ask(self, dialog: Screen[Answer], *, over_curtain: bool) -> Answer | None:
        worker = get_current_worker()
        self._asking.add(worker)
        try:
            if not over_curtain:
                await self.uncovered.wait()
            if any((type(s), s.title) == (type(dialog), dialog.title) for s in self.screen_stack):
                return None
            # Textual's own push_screen_wait would do here what the app is to do next, and cancel it with us
            return await asyncio.shield(self.push_screen(dialog, wait_for_dismiss=True))
        except asyncio.CancelledError:
            if self.screen is dialog:
                self.pop_screen()
            raise
        finally:
            self._asking.discard(worker)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Return what the palette offers: every command of the screen, or why not, and the themes."""
        told: set[str] = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            is_told = active.enabled and is_listed(active) and bool(binding.description)
            if is_told and binding.id and binding.id not in told:
                told.add(binding.id)
                run = partial(self.run_action, binding.action, active.node)
                told_as = why_not(active) or self.get_key_display(binding)
                yield SystemCommand(binding.description, told_as, run)
        yield SystemCommand("Change theme", "Light, dark and others", self.search_themes)

    # Keys that may be a text

    async def keeps(self, event: events.Event) -> bool:
        """Keep a printable key back where nothing is edited, until it is known to be no letter of a text.

        Any key but those that go on in the row ends that they do so: the next Tab is for the panes.
        """
        if isinstance(event, events.Key):
            self._take_back_read()
            if self.workshop and self.workshop.is_mounted and self.screen is self.workshop:
                self.workshop.workspace.is_used = True
                self.workshop.workspace.stage.take_back_read()
                if not self._means(event, lambda command: command.id in GOING_ON):
                    self.workshop.workspace.stop_going_on()
            self.told_path = self.told_path if event.key in self._copying else ""
        if isinstance(event, events.Paste):
            await self.do_waiting()
            if self._is_browsed:
                self._capture(event.text, typed=False)
                return True
        elif isinstance(event, events.Key) and event.is_printable:
            if self._burst.is_over(event.time) or not self._is_browsed:
                await self.do_waiting()
            return self._is_browsed and not self._begins_at_once(event) and await self._may_be_text(event)
        elif not isinstance(event, events.MouseMove):
            is_end = isinstance(event, events.Key) and event.key == "enter" and self._is_letting_go(event)
            await self.do_waiting()
            return is_end
        return False

    def _is_letting_go(self, key: events.Key) -> bool:
        """Whether a key ends words for which there is no place: then it is for nothing else either."""
        return self._burst.is_lost and not self._burst.is_over(key.time) and self._is_browsed

    @property
    def _is_browsed(self) -> bool:
        """Whether the next key is a command of a session, where a text has no place but the capture line."""
        screen: Screen[Any] = self.screen
        return screen is self.workshop and self.app_focus and mode(screen) is Mode.BROWSE

    def _begins_at_once(self, key: events.Key) -> bool:
        return not self._burst.keys and self._means(key, lambda command: command.at_once)

    async def _may_be_text(self, key: events.Key) -> bool:
        """Whether a key waits; with the one that makes a text of them, all go to the capture line."""
        burst, sheet = self._burst, self.screen.focused
        if burst.is_lost:
            burst.keys[:] = [key]
            return True
        if not burst.keys:
            self._pressed_on = self.screen
            row = sheet.current if isinstance(sheet, Sheet) else None
            self._stood = (sheet, row.id, sheet.col) if isinstance(sheet, Sheet) and row else None
        at_once = burst.take(key, moves=self._means(key, lambda command: command.moves))
        if burst.is_text:
            text = burst.text
            self._forget_burst()
            if self._stood:
                stood, name, column = self._stood
                stood.stand_at(name, column)
            self._capture(text, typed=True)
            if self._is_browsed:  # nothing can be typed, as in a sealed session
                self._burst = Burst([key], 1, is_lost=True)
        elif burst.is_held_down and not at_once:
            waiting, burst.done = burst.waiting, len(burst.keys)
            await self._do_all(waiting)
        elif not at_once:
            self._wait_on(key)
        return not at_once

    def _means(self, key: events.Key, what: Callable[[Command[Any]], bool]) -> bool:
        """Whether a key is, where the cursor stands, one of some commands rather than a value."""
        focused = self.screen.focused or self.screen
        if isinstance(focused, Sheet) and focused.takes(key.key):
            return False
        scopes = (each for each in focused.ancestors_with_self if isinstance(each, Commanded))
        commands = (command for scope in scopes for command in scope.by_id.values() if what(command))
        return any(key.key in self.settings.keys.get(c.id, c.keys).split(",") for c in commands)

    def _wait_on(self, key: events.Key) -> None:
        """Wait from when a key was pressed, not from now, when Textual's timer would begin to."""
        if self._pause:
            self._pause.cancel()
        left = max(key.time + APART - get_time(), 0)
        self._pause = asyncio.get_running_loop().call_later(left, self.call_later, self._end_wait, key)

    async def _end_wait(self, key: events.Key) -> None:
        """Do what waits unless a key has come since: that may have stood in front of this in the queue."""
        if self._burst.keys and self._burst.keys[-1] is key:
            await self.do_waiting()

    def _forget_burst(self) -> None:
        if self._pause:
            self._pause.cancel()
        self._burst, self._pause = Burst(), None

    async def do_waiting(self) -> None:
        """Do what the keys ask for that have waited; but not on a screen that came by itself meanwhile."""
        waiting = self._burst.waiting
        self._forget_burst()
        if waiting and self.screen is self._pressed_on:
            await self._do_all(waiting)

    async def _do_all(self, keys: Iterable[events.Key]) -> None:
        for pressed in keys:
            await self._led_to(pressed)
            await self.do_now(pressed)

    def _capture(self, text: str, *, typed: bool) -> None:
        from workshop_tui.tui.features.capture import Capture

        if self.workshop:
            self.workshop.workspace[Capture].begin(text, typed=typed)

    # What works everywhere

    @property
    def is_covered(self) -> bool:
        """Whether the curtain is down, with a question over it or without."""
        return any(getattr(screen, "key_mode", None) is Mode.COVERED for screen in self.screen_stack)

    @property
    def _is_asked_covered(self) -> bool:
        """Whether a question stands over the curtain."""
        return self.is_covered and mode(self.screen) is not Mode.COVERED

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Under the curtain nothing answers but the curtain, and who may look."""
        if self.screen_stack and self.is_covered and (action, parameters) not in _UNDER_CURTAIN:
            return False
        return super().check_action(action, parameters)

    def action_curtain(self) -> None:
        """Cover the screen at once, or uncover it; a question over the curtain goes, and it stays down."""
        if self._is_asked_covered:
            self._is_drawn_to_ask = False
            self._leave_question()
        elif self.is_covered and self._is_lifted_by_asking:
            self.action_open()
        elif self.is_covered:
            self.lift_curtain()
        else:
            self._draw_curtain()

    def _draw_curtain(self) -> None:
        from workshop_tui.tui.screens.curtain import Curtain

        self.uncovered.clear()
        self.push_screen(Curtain())

    def lift_curtain(self) -> None:
        """Uncover the screen, and say what has waited for that."""
        self._is_drawn_to_ask = self._is_lifted_by_asking = False
        self.pop_screen()
        self.uncovered.set()
        while self._untold:
            self._untold.pop(0)()

    def leave_curtain(self) -> None:
        """Uncover the screen if it was covered for a question alone."""
        if self._is_drawn_to_ask:
            self.lift_curtain()

    def keep_curtain(self) -> None:
        """Leave the screen covered for who has come in, also where it was covered for a question alone."""
        self._is_drawn_to_ask, self._is_lifted_by_asking = False, True

    def _leave_question(self) -> None:
        """Take away what is asked over the curtain, at once."""
        for worker in self._asking:
            worker.cancel()
        self.pop_screen()

    def show_to(self, audience: str) -> None:
        """Lift the curtain for an audience: what was said to the one before is not for it."""
        from workshop_tui.tui.features.audience import Audience

        if self.workshop is None:
            return
        with self.batch_update():
            for worker in self._asking:
                worker.cancel()
            self._untold.clear()
            self.workshop.workspace[Audience].look_as(audience)
            self.lift_curtain()
            self._back_to_workshop()

    def action_open(self) -> None:
        """Draw the curtain, and ask there who may look; where only the customer may, lift it."""
        from workshop_tui.tui.features.audience import Audience

        if self.workshop is None or self._is_asked_covered:
            return
        audience = self.workshop.workspace[Audience]
        if audience.can_open:
            audience.open()
        elif self.is_covered:
            self.lift_curtain()

    def action_audience(self) -> None:
        """Share the screen with the customer, whatever was open; with the curtain down, ask who may look."""
        if self._is_asked_covered:
            self._leave_question()
            self.show_to(CUSTOMER)
            return
        if self.is_covered:
            self.action_open()
            return
        self._unpainted.enter_context(self.batch_update())
        if self.workshop and self.screen is self.workshop and not self._is_commanded:
            in_turn(self.workshop, self._switch_audience)
        else:
            self._switch_audience()

    def share(self) -> None:
        """Share the screen with the customer, whatever is open."""
        self._unpainted.enter_context(self.batch_update())
        self._switch_audience()

    def _switch_audience(self) -> None:
        """Switch, and let it be painted from then on: what those keys did is not seen before."""
        from workshop_tui.tui.features.audience import Audience

        with self._unpainted:
            if self.workshop:
                for worker in self._asking:
                    worker.cancel()
                self._untold.clear()
                self.workshop.workspace[Audience].share()
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
        """Hand over for saving what is being typed, on whichever screens."""
        for screen in self.screen_stack:
            if screen.is_mounted and (flush := getattr(screen, "flush", None)):
                flush()

    async def close_workshop(self) -> None:
        """Go back to the library; a worker of the screen that closes would be cancelled with it."""
        if self.workshop:
            self.run_worker(self._back_to_library(self.workshop), name="library")
            self.workshop = None

    async def leave_workshop(self) -> None:
        """Go back to the library, and return once that is shown."""
        if workshop := self.workshop:
            self.workshop = None
            await self._back_to_library(workshop)

    async def _back_to_library(self, workshop: WorkshopScreen) -> None:
        await self.uncovered.wait()
        self._unpainted.close()  # the switch of audience that it waited for went with the session
        while any(map(self.is_coming, self.screen_stack)):  # noqa: ASYNC110 - it may never come
            await asyncio.sleep(GLANCE)  # what is taken away before it is there stays half alive
        gone = [self.pop_screen() for _ in self.screen_stack[self.screen_stack.index(workshop) :]]
        for screen in gone:
            await screen
        if self.limits.audience:
            self._end_without_a_session()
        else:
            await self._library.again(workshop.live.account_id)
        if self._collects:
            self.call_after_refresh(gc.collect)  # of the session, now that nobody waits for anything

    @work(exclusive=True, group="quit")
    async def action_quit(self) -> None:  # type: ignore[override] # a worker, so that it can ask
        """Save what is being typed, and end; ask first when it can't be saved."""
        self.flush()
        if await self.may_leave("Quit"):
            self.exit(0)

    async def may_leave(self, how: str) -> bool:
        """Whether the workshop may be left: once all is saved, or when whoever is asked gives it up."""
        live = self.live
        if live is None:
            return True
        await live.settle()
        while not live.is_saved and not live.saved.why_not:  # something has come since
            await live.settle()
        if live.is_saved:
            return True
        from workshop_tui.tui.screens.dialogs import confirm

        question = f"Not everything is saved: {live.saved.why_not.rstrip('.') or 'the database is busy'}."
        return await self.ask(confirm(f"{how}?", question, f"{how} and lose it")) == "yes"
