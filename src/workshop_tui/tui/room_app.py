"""The room's own window: follows the main screen, cut for its audience, and can change nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.notifications import SeverityLevel
from textual.widgets import Static

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.patience import patiently
from workshop_tui.live.replica import LookedAt
from workshop_tui.server_url import Database
from workshop_tui.settings import Settings
from workshop_tui.store.presence import OnlinePresence
from workshop_tui.store.thread import StorageThread
from workshop_tui.tui.commands.command import Command, Commanded, Section
from workshop_tui.tui.host import Clock, now
from workshop_tui.tui.plan_messages import PlanMessage, post_to
from workshop_tui.tui.screens.curtain import MOMENT
from workshop_tui.tui.textual_patches.hardened_app import (
    HardenedApp,
)
from workshop_tui.tui.themes import apply_theme
from workshop_tui.tui.widgets.literal import set_text
from workshop_tui.tui.widgets.room_stage import RoomStage
from workshop_tui.tui.widgets.status_bar import Bar
from workshop_tui.views.around import bar_text, clock_text
from workshop_tui.views.clock import seen
from workshop_tui.views.room import NOT_READ, followed_screen, main_screens, room_block, waiting, welcome

_room = partial(Command["RoomApp"], section=Section.ROOM)


class RoomApp(Commanded, HardenedApp):
    """Shows the room what is open on the main screen; no dialog, palette or toast ever comes over it."""

    CSS_PATH = ["bar.tcss", "library.tcss", "app.tcss", "room.tcss"]
    TITLE = "Workshop"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    AUTO_FOCUS = None
    KEY_COMMANDS = (
        _room(
            "room.larger", "plus,equals_sign", "Larger", lambda app: app.scale(large=True), "larger · smaller"
        ),
        _room("room.smaller", "minus", "Smaller", lambda app: app.scale(large=False)),
        _room("room.quit", "q,ctrl+q", "Quit", lambda app: app.exit(), "quit"),
    )

    def __init__(  # noqa: PLR0913 - everything comes from outside, so that tests can pin it
        self,
        path: Database,
        settings: Settings,
        crash_log: Path,
        clock: Clock = now,
        *,
        account: str,
        session: str = "",
        audience: str = CUSTOMER,
    ) -> None:
        """Take where all is, the account, the session ("" for the one that is open), and who looks."""
        super().__init__()
        self.storage = StorageThread(path, reads_only=True)
        self.settings, self.crash_log, self.clock = settings, crash_log, clock
        self._account, self._session, self._audience = account, session, audience
        self.live: LivePlan | None = None
        self._keeper = ""
        """Who has the clock, where several screens could be followed."""
        self._block = ""
        """The block that is shown."""
        apply_theme(self, settings.theme)
        self.set_keymap(dict(settings.keys))

    def compose(self) -> ComposeResult:
        """Make the bar, and the line that stands where nothing of the session is shown."""
        yield Bar(id="bar")
        yield Static(id="line", markup=False)

    def on_mount(self) -> None:
        """Read the plan, and follow the main screen."""
        self.catch_signals()
        self.entitle_terminal()
        self.query_one(Bar).display = False
        self._follow()

    @work
    async def _follow(self) -> None:
        plan, number = await patiently(
            lambda: self.storage.load(self._account),
            lambda _why: set_text(self.query_one("#line", Static), NOT_READ),
        )
        live = LivePlan(
            self.storage,
            plan,
            number,
            self.settings.actor,
            self.clock,
            post_to(self),
            audience=self._audience,
            day_first=self.settings.day_first,
            shows_clock=self.settings.clock == "room",
            shows_presence=False,
            reads_only=True,
        )
        stage = RoomStage(live)
        stage.display = False
        await self.mount(stage)
        await live.join()
        self.live = live  # before, nobody else is known of, and it would say that it waits for them
        self.show()
        self.set_interval(1, self._tick)

    @on(PlanMessage)
    def _changed(self) -> None:
        self.show()
        if self.live and len(main_screens(self.live, self._session)) > 1:
            self._ask_who_has_the_clock()

    @work(exclusive=True, group="keeper", exit_on_error=False)
    async def _ask_who_has_the_clock(self) -> None:
        if self.live and (keeper := await self.live.clock_keeper()) != self._keeper:
            self._keeper = keeper
            self.show()

    def show(self) -> None:
        """Show what is open on the main screen; all of it at once, so that no frame is half old."""
        if self.live is None:
            return
        with self.batch_update():
            screen = followed_screen(self.live, self._session, self._keeper)
            if screen is None:
                self._block = ""
                self._tell(waiting(self.live, self._session))
            else:
                self._show_screen(self.live, screen)

    def _show_screen(self, live: LivePlan, screen: OnlinePresence) -> None:
        if screen.session != live.session_id:
            live.look_on(screen.session, self._audience)
        block, stage = room_block(live, screen.block, self._block), self.query_one(RoomStage)
        self._block = block.id if block else ""
        if block:
            seen = block.id == screen.block
            stage.follow(block, LookedAt(screen.view, screen.subject, screen.row) if seen else None)
        line = MOMENT if screen.covered else "" if block else welcome(live)
        self._tell(line, covers=screen.covered)
        self._tick()

    def _tell(self, text: str, *, covers: bool = False) -> None:
        """Show a line in the place of the stage, with the bar unless it covers all; "" for the stage."""
        line = self.query_one("#line", Static)
        set_text(line, text)
        line.display = bool(text)
        stage = self.query_one(RoomStage)
        if stage.display != (not text):
            stage.display = not text
            self.call_after_refresh(self.show)  # it has its size only then
        self.query_one(Bar).display = bool(self.live and self.live.session_id) and not covers

    def _tick(self) -> None:
        if self.live is None or not self.live.session_id:
            return
        if self.live.keep_up():
            self.show()
            return
        bar, now = self.query_one(Bar), seen(self.live)
        time = f"{self.clock().astimezone():%H:%M}"
        bar.text = replace(bar_text(self.live), saved=time, wrong=False, held=False)
        bar.clock = clock_text(self.live, now)
        self.query_one(RoomStage).show_face(now)

    def scale(self, *, large: bool) -> None:
        """Show all large, or as on the main screen."""
        if self.live:
            self.query_one(RoomStage).scale(large=large)
            self._tick()

    def on_resize(self) -> None:
        """Fit all to the window."""
        self.call_after_refresh(self.show)

    def on_unmount(self) -> None:
        """Look no more."""
        if self.live:
            self.live.leave()

    # Nothing comes over it

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say nothing: the room looks, and nobody sits here."""
