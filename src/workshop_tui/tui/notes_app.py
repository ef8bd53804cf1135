"""A presenter's view for a second terminal: follows the session that runs, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from workshop_tui.domain.base.dates import format_date
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.patience import patiently
from workshop_tui.server_url import Database
from workshop_tui.settings import Settings
from workshop_tui.store.thread import StorageThread
from workshop_tui.tui.commands.command import Command, Commanded, Section
from workshop_tui.tui.host import Clock, now
from workshop_tui.tui.plan_messages import PlanMessage, post_to
from workshop_tui.tui.textual_patches.hardened_app import (
    HardenedApp,
)
from workshop_tui.tui.themes import apply_theme
from workshop_tui.tui.widgets.big_digits import ClockFace
from workshop_tui.tui.widgets.key_bar import Keys
from workshop_tui.tui.widgets.literal import literal, set_text
from workshop_tui.tui.widgets.status_bar import Bar
from workshop_tui.views.around import clock_text, frozen
from workshop_tui.views.clock import running, session_line
from workshop_tui.views.notes import (
    FACILITATOR,
    Paragraph,
    badge,
    clock_face,
    followed,
    gaps,
    prompts,
    session_of,
)
from workshop_tui.views.room import main_screens
from workshop_tui.views.status_bar import BarText

BESIDE = 100
"""Cells from which clock and gaps stand beside the prompts."""

_notes = partial(Command["NotesApp"], section=Section.NOTES, shown=True)

STYLES = {"heading": "bold $accent", "strong": "bold", "muted": "$secondary"}
"""Tone of a paragraph → how it is painted."""


class NotesApp(Commanded, HardenedApp):
    """Shows the facilitator what the room doesn't see: prompts, clock, gaps, what comes next."""

    CSS_PATH = ["bar.tcss", "notes.tcss"]
    TITLE = FACILITATOR
    ENABLE_COMMAND_PALETTE = False
    KEY_COMMANDS = (
        _notes(
            "notes.down", "down,j", "Further down", lambda app: app.scroll(1), "further down · further up"
        ),
        _notes("notes.up", "up,k", "Further up", lambda app: app.scroll(-1)),
        _notes("notes.quit", "q,ctrl+q", "Quit", lambda app: app.exit(), "quit"),
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
    ) -> None:
        """Take where all is, the account, and the session; "" for the one that runs."""
        super().__init__()
        self.storage = StorageThread(path)
        self.settings, self.crash_log, self.clock = settings, crash_log, clock
        self._account, self._session = account, session
        self.live: LivePlan | None = None
        self._keeper = ""
        """Who has the clock, where several screens could be followed."""
        apply_theme(self, settings.theme)
        self.set_keymap(dict(settings.keys))

    def compose(self) -> ComposeResult:
        """Make the bar, the prompts, the clock and the gaps."""
        yield Bar(id="bar")
        with Horizontal(id="body"):
            with VerticalScroll(id="prompts"):
                yield Static(id="told", markup=False)
            with Vertical(id="side"):
                yield ClockFace(id="face")
                yield Static(id="session", markup=False)
                with VerticalScroll(id="gaps"):
                    yield Static(id="lacking", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """Read the plan, and follow what others do."""
        self.catch_signals()
        self.entitle_terminal()
        self._follow()

    @work
    async def _follow(self) -> None:
        plan, number = await patiently(
            lambda: self.storage.load(self._account),
            self.complain,
        )
        actor = self.settings.actor
        live = LivePlan(self.storage, plan, number, actor, self.clock, post_to(self), shows_presence=False)
        self.live = live
        self.show()
        self.set_interval(1, self._tick)
        await live.join()

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
        """Show the session as it is now."""
        if self.live is None:
            return
        if (session_id := self._session or session_of(self.live, self._keeper)) != self.live.session_id:
            self.live.look_on(session_id)
        block = followed(self.live, self._keeper)
        told, lacking = self.query_one("#told", Static), self.query_one("#lacking", Static)
        told.update(
            Content("\n\n").join(_painted(prompts(self.live, block, told.size.width or self.size.width)))
        )
        lacking.update(
            Content("\n").join(_painted(gaps(self.live, block, lacking.size.width or self.size.width)))
        )
        session = self.live.session
        number, day = self.live.view.number_of(session.id), format_date(session.held_on)
        place = f"{self.live.view.account.name} › Session {number} · {day}"
        self.query_one(Bar).text = BarText(
            place, badge(self.live), "error", f"{self.clock().astimezone():%H:%M}", frozen=frozen(self.live)
        )
        self._tick()

    def _tick(self) -> None:
        if self.live is None:
            return
        if self.live.keep_up():
            self.show()
            return
        bar, now, block = self.query_one(Bar), running(self.live), followed(self.live, self._keeper)
        bar.text = replace(bar.text, saved=f"{self.clock().astimezone():%H:%M}")
        bar.clock = clock_text(self.live, now)
        if block:
            self.query_one(ClockFace).face = clock_face(self.live, block, now)
        set_text(self.query_one("#session", Static), session_line(self.live, now))

    def on_resize(self, event: Resize) -> None:
        """Put clock and gaps beside the prompts where there is room, else above."""
        self.query_one("#body").set_class(event.size.width < BESIDE, "narrow")
        self.call_after_refresh(self.show)

    def scroll(self, lines: int) -> None:
        """Scroll the prompts."""
        self.query_one("#prompts").scroll_relative(y=lines, animate=False)


def _painted(paragraphs: Iterable[Paragraph]) -> Iterator[Content]:
    return (literal(text, STYLES.get(tone, "")) for text, tone in paragraphs)
