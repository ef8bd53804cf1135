"""Drives the app as somebody at the keyboard does, and reads what is painted."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from textual import events
from textual._context import visible_screen_stack
from textual.app import App
from textual.keys import _character_to_key
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.widget import Widget

from workshop_tui.documents.transcript import Transcript
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step
from workshop_tui.live.limits import NO_LIMITS, Limits
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.server_url import Database
from workshop_tui.settings import Settings
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store
from workshop_tui.tui.app import WorkshopApp
from workshop_tui.tui.screens.workshop import WorkshopScreen
from workshop_tui.tui.widgets.editor import Editor
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.workspace import Workspace
from workshop_tui.views.cell import Cell
from workshop_tui.views.table import Row

AT = dt.datetime(2026, 6, 9, 9, 47, 2, tzinfo=dt.UTC)
"""The moment of every test: the sample's day."""
DEADLINE = 30.0
"""Seconds after which what should have happened has not."""
POLL = 0.005
"""Seconds between two looks whether it has: threads and timers go on meanwhile."""
ANSWERED = {"ctrl+z", "ctrl+y", "ctrl+shift+z"}
"""Keys that are done once the database has answered."""
CALM = 20
"""Turns without a message after which all is done: a message takes a turn for each widget it goes through."""


def seed(path: Database, plan: AccountPlan, at: dt.datetime = AT) -> None:
    """Put a plan into a database."""
    store = Store.open(path)
    store.commit(plan.account.id, Step(tuple(Add(row) for row in plan), "me", at))
    store.close()


def screen_text(app: WorkshopApp) -> list[str]:
    """Return what is painted, dialogs over screens, as plain rows."""
    paint(app)
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def paint(app: App[Any]) -> None:
    """Have each widget that has changed paint itself, as `sparing` leaves that to whoever looks."""
    visible_screen_stack.set(app._background_screens)
    deque(app.screen._compositor._get_renders(app.screen.size.region), maxlen=0)


async def quiet(app: App[Any]) -> None:
    """Wait until no widget has anything left to do, however slow the machine is, and all is painted."""
    calm, loop = 0, cast("Any", asyncio.get_running_loop())
    while calm < CALM:
        if app._exception:
            raise app._exception
        if calm == CALM // 2:
            app.screen._on_timer_update()  # lays out and paints now, which may give more to do
        await asyncio.sleep(0)
        if any(pump.message_queue_size and _reads(app, pump) for pump in (app, *app._registry)):
            calm = 0
        elif loop._ready:
            calm += 1
        else:  # further turns would be like this one
            calm = CALM // 2 if calm < CALM // 2 else CALM


def _reads(app: App[Any], pump: MessagePump) -> bool:
    """Whether something still reads its messages: what was taken away at once leaves some behind."""
    return pump is app or bool(pump._task and not pump._task.done())


@dataclass
class Driven:
    """A running app and the keyboard in front of it."""

    app: WorkshopApp
    pilot: Pilot[Any]

    # The keyboard

    async def press(self, *keys: str) -> None:
        """Press keys, each once the app has done what the one before asked for."""
        for key in keys:
            await self._send(key)

    async def type_text(self, text: str, *then: str) -> None:
        """Type a text as fast as a terminal hands it over, and keys that end it."""
        await self._send(*text, *then)

    async def press_unanswered(self, *keys: str) -> None:
        """Press keys while the database is kept from answering."""
        driver = self.app._driver
        assert driver is not None
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 else key
            event = events.Key(name, key if len(key) == 1 else None)
            event.set_sender(self.app)
            driver.send_message(event)
        await self.quiet()

    async def _send(self, *keys: str) -> None:
        await self.press_unanswered(*keys)
        if ANSWERED & set(keys):
            with suppress(StoreError):  # it doesn't answer
                await self.stored()
        if self.app._burst.keys:  # the next key comes later than those of a text do
            self.app.call_later(self.app.do_waiting)
            await self.quiet()

    # Waiting

    async def quiet(self) -> None:
        """Wait until no widget has anything left to do, however slow the machine is, and all is painted."""
        await quiet(self.app)

    async def wait_until(self, condition: Callable[[], object], what: str = "") -> None:
        """Let the app go on until something holds."""
        end = time.monotonic() + DEADLINE
        await self.quiet()
        while not condition():
            assert time.monotonic() < end, "\n".join([f"not in time: {what}", *self.rows])
            await asyncio.sleep(POLL)
        await self.quiet()

    async def arrived(self) -> None:
        """Wait until one has joined, and it is told what one had left unfinished: behind the first screen."""
        arriving = [worker for worker in self.app.workers if worker.group == "arrive"]
        await self.wait_until(lambda: all(worker.is_finished for worker in arriving), "one has joined")

    async def stored(self) -> None:
        """Wait until the storage thread has done what it was asked for, and the app has heard of it."""
        await asyncio.wrap_future(self.app.storage.call(lambda _store: None))
        await self.quiet()

    # What there is to see

    @property
    def rows(self) -> list[str]:
        """The rows of the terminal."""
        return screen_text(self.app)

    @property
    def text(self) -> str:
        """The whole terminal as one text."""
        return "\n".join(self.rows)

    def shows(self, text: str) -> bool:
        """Whether a text is painted, in one row."""
        return any(text in row for row in self.rows)

    @property
    def cell(self) -> str:
        """The text of the cell under the cursor of the table."""
        return self.sheet().current_cell.text

    @property
    def told(self) -> str:
        """The newest toast; empty for none."""
        toasts = sorted(self.app._notifications, key=lambda toast: toast.raised_at)
        return toasts[-1].message if toasts else ""

    @property
    def workshop(self) -> WorkshopScreen:
        """The workshop; it is there once an account is open."""
        assert self.app.workshop is not None
        return self.app.workshop

    @property
    def workspace(self) -> Workspace:
        """What its features share: the open block, the stage, what is typed in."""
        return self.workshop.workspace

    @property
    def live(self) -> LivePlan:
        """The open plan."""
        return self.workshop.live

    @property
    def editor(self) -> Editor:
        """The editor, open or not."""
        return self.workshop.query_one(Editor)

    @property
    def beneath(self) -> str:
        """What the editor says beneath the field."""
        return str(self.editor.query_one("#told").render())

    def sheet(self, name: str = "main") -> Sheet:
        """One of the sheets on the screen."""
        return self.app.screen.query_one(f"#{name}", Sheet)

    def widget(self, selector: str) -> Widget:
        """A widget of the screen on top."""
        return self.app.screen.query_one(selector)

    # Longer ways

    async def to_block(self, kind: BlockKind, nth: int = 0) -> None:
        """Open the nth block of a kind, without showing those on the way."""
        wanted = [block for block in self.workspace.blocks() if block.kind is kind][nth]
        self.workspace.open_block(wanted.id)
        await self.quiet()

    async def to_people(self) -> None:
        """Go to the table of the people."""
        await self.to_block(BlockKind.STAKEHOLDERS)
        await self.press("1")

    async def to_view(self, key: str) -> None:
        """Open a view by its digit, from whatever cell."""
        await self.press("v", key)

    async def to_sheet(self, name: str) -> Sheet:
        """Focus a sheet with Tab."""
        sheet = self.sheet(name)
        for _ in range(6):
            if sheet.has_focus:
                break
            if isinstance(focused := self.app.focused, Sheet):
                focused._kept = None  # as if the cursor had been moved: else Tab goes on in the row
            await self.press("tab")
        assert sheet.has_focus, "\n".join([f"{name} is not reached", *self.rows])
        return sheet

    async def go(self, row: str, column: str = "", sheet: str = "main", *then: str) -> Cell:
        """Move the cursor with the arrows to the row that says so, and to a column; return the cell."""
        area = await self.to_sheet(sheet)
        here = (n for n, each in enumerate(area.table.rows) if _stops(each) and _says(each, row))
        found = next(here, None)
        assert found is not None, "\n".join([f"no row {row}", *self.rows])
        way = 1 if found > area.row else -1
        steps = [n for n in range(area.row, found, way) if _stops(area.table.rows[n + way])]
        keys = ["down" if way > 0 else "up"] * len(steps)
        if column:
            stops = [n for n in area._lay.columns if area._stops(n)]
            wanted = next(n for n in stops if area.table.cols[n].heading == column)
            across = stops.index(wanted) - stops.index(area.col)
            keys += ["right" if across > 0 else "left"] * abs(across)
        if keys or then:
            await self._send(*keys, *then)
        assert area.row == found
        return area.current_cell

    async def fill(self, row: str, column: str, text: str, sheet: str = "main") -> None:
        """Edit a cell: type a text, or as much of a choice as finds it, and keep it."""
        await self.go(row, column, sheet, "enter")
        assert self.editor.edit is not None, "\n".join([f"{row} {column} is not edited", *self.rows])
        await self.type_text(text, "enter")

    async def name_account(self) -> None:
        """Ask for a new account in an empty library, and name the customer and both firms."""
        await self.wait_until(lambda: "No accounts yet" in self.text)
        await self.press("n")
        await self.wait_until(lambda: "First partner" in self.text)
        for text in ("Norvane Bank", "Quillhaven", "Stratalume"):
            await self.type_text(text)
            await self.press("tab")

    async def tab_through(self, *texts: str) -> None:
        """Type a text into each of the fields that follow one another, from the one being edited."""
        for text in texts:
            await self.wait_until(lambda: self.editor.edit is not None, "a field is edited")
            await self.type_text(text, "tab")

    async def pick(self, row: str, column: str, key: str, sheet: str = "main") -> None:
        """Choose a cell's value from its list: by its key, and Enter."""
        await self.go(row, column, sheet, "enter")
        await self.press(key, "enter")

    async def add(self, *texts: str) -> None:
        """Add rows one after the other, each with Enter."""
        await self.press("a")
        for text in texts:
            await self.wait_until(lambda: self.editor.edit is not None, "the next row is edited")
            await self.type_text(text, "enter")
        await self.press("escape")


def _stops(row: Row) -> bool:
    return not row.heading or row.picks


def _says(row: Row, text: str) -> bool:
    return row.id == text or any(cell.text.startswith(text) for cell in row.cells)


@asynccontextmanager
async def driving(
    path: Database,
    *,
    size: tuple[int, int] = (120, 36),
    keys: Mapping[str, str] | None = None,
    at: dt.datetime = AT,
    actor: str = "me",
    account: str | None = None,
    session: int | None = None,
    beside: tuple[str, Transcript] | None = None,
    limits: Limits = NO_LIMITS,
) -> AsyncIterator[Driven]:
    """Run the app on a database; with an account, once that is open."""
    folder = path.parent if isinstance(path, Path) else Path.cwd()
    settings = Settings(folder / "config.toml", actor, keys=keys or {})
    log = folder / "crash.log"
    app = WorkshopApp(
        path, settings, log, lambda: at, account=account, session=session, beside=beside, limits=limits
    )
    try:
        async with app.run_test(size=size, notifications=True, tooltips=True) as pilot:
            driven = Driven(app, pilot)
            await driven.wait_until(
                lambda: not app.is_opening or (limits.audience and app.workshop), "the app has started"
            )

            def is_there() -> bool:
                return app.workshop is None or app.screen is app.workshop or app.is_covered

            await driven.wait_until(is_there, "it is open")
            await driven.quiet()
            yield driven
            paint(app)
    finally:
        app.storage.close(10)
        app._reader.shutdown()
