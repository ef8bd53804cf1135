"""An App that hostile text, bad bytes, signals and its own bugs do not bring down badly.

Parts reach for private names of Textual: tests/tui/textual_patches/test_hardened_app.py notices when one
moves.
"""

from __future__ import annotations

import asyncio
import functools
import inspect
import logging
import os
import signal
import sys
import threading
import traceback
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Literal

from rich.segment import Segment
from textual import constants, events
from textual._callback import invoke
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.color import Color
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.driver import Driver
from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.worker import WorkerFailed

from workshop_tui.store.errors import StoreError
from workshop_tui.tui.keyboard import mode
from workshop_tui.tui.textual_patches.style_cache import QuickStylesheet
from workshop_tui.tui.widgets.places import Places

_FORBIDDEN = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "�"),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C), "�"),
    **dict.fromkeys(range(0xD800, 0xE000), "�"),
    9: " ",
}
_TURNS_TO_ASK = 4
"""Turns of the loop in which a worker asks, once a key has begun it or answered what it had asked."""
_TURNS_TO_TYPE = 2000
"""Turns of the loop for which keys wait for a field: one that hangs must not keep the app from being left."""
GLANCE = 0.001
"""Seconds between two looks whether a screen is there by now: it may be taken away before."""
_PAGE = "_move_page"
"""How Textual's list of options calls going up or down by a page."""


class ControlFilter(LineFilter):
    """The second net, after clean_text: no control character reaches the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Replace what could steer the terminal."""
        return [self._clean(segment) for segment in segments]

    @staticmethod
    def _clean(segment: Segment) -> Segment:
        text = segment.text
        if segment.control or (text.isascii() and text.isprintable()):
            return segment
        clean = text.translate(_FORBIDDEN)
        return segment if clean == text else Segment(clean, segment.style)


def lay_out(screen: Screen[Any]) -> None:
    """Lay a screen out before it shows anything else, so that what is painted first fits.

    Textual does so later. The screen is told nothing, and so it is laid out again with what it shows then.
    """
    compositor = screen._compositor  # noqa: SLF001 - nothing else lays out without painting
    hidden, shown, resized = compositor.reflow(screen, screen.app.size)
    for widget in hidden:
        widget.post_message(events.Hide())
    for widget, (region, _, _, virtual_size, container_size, _, _) in compositor.layers:
        sizes = region.size, virtual_size, container_size
        if widget is not screen:
            widget._size_updated(*sizes)  # noqa: SLF001 - nor tells a widget its size
        if widget in shown | resized:
            widget.post_message(events.Resize(*sizes))
    for widget in shown:
        widget.post_message(events.Show())


def tell_no_values() -> None:
    """Have what fails in a thread, in a task or unnoticed say nothing: it would quote what was typed.

    While the app runs Textual keeps it from the terminal; what fails as the app ends would still get there.
    """
    threading.excepthook = lambda _failed: None
    sys.unraisablehook = lambda _failed: None
    logging.getLogger().addHandler(logging.NullHandler())
    warnings.simplefilter("ignore")


def outlive_the_terminal() -> None:
    """Have what nobody can read any more thrown away; Textual would wait for ever to write it."""
    from textual.drivers._writer_thread import WriterThread

    write = WriterThread.run

    def run(self: WriterThread) -> None:
        try:
            write(self)
        except OSError:
            while self._queue.get() is not None:
                pass

    WriterThread.run = run  # type: ignore[method-assign]


def page_once_laid_out() -> None:
    """Have a list that is not laid out yet stay where it is; Textual would crash for want of its lines."""
    page = inspect.unwrap(getattr(OptionList, _PAGE))

    @functools.wraps(page)
    def move(self: OptionList, direction: Literal[-1, 1]) -> None:
        if self.scrollable_content_region:
            page(self, direction)

    setattr(OptionList, _PAGE, move)


def give_back_title() -> None:
    """Have the terminal's window say again what it said before."""
    if sys.__stderr__ and sys.__stderr__.isatty():
        sys.__stderr__.write("\x1b[23;2t")
        sys.__stderr__.flush()


class Palette(CommandPalette):
    """Textual's palette, which goes away but once: a second Enter would take away the screen beneath."""

    def _on_mount(self, event: events.Mount) -> None:
        """Begin nothing if it has been taken away already; Textual would look for the screen beneath."""
        if self not in self.app.screen_stack:
            event.prevent_default()

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Go away, if this is on top."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


def _is_going(node: object) -> bool:
    """Whether a widget is being taken away, or its screen has been: what waits for it still comes."""
    if not isinstance(node, DOMNode):
        return False
    around = node.ancestors_with_self
    screen = next((each for each in around if isinstance(each, Screen)), None)
    has_left = screen is None or screen not in screen.app._screen_stack  # noqa: SLF001 - empty at the end
    return has_left or any(each._pruning for each in around)  # noqa: SLF001 - nothing else tells


def _sought_in(error: BaseException) -> object:
    """Return the widget in which something was looked for and not found; None if none was."""
    frames = (frame for frame, _ in traceback.walk_tb(error.__traceback__))
    nodes = [node for frame in frames if isinstance(node := frame.f_locals.get("self"), DOMNode)]
    return nodes[-1] if nodes else None


class HardenedApp(App[int]):
    """Filters what is painted, ends in order on a signal, and keeps crashes off the screen."""

    crash_log: Path
    places: Places
    """Where all stood before the terminal was made another size."""
    _filter: ClassVar[ControlFilter] = ControlFilter()

    def __init__(self) -> None:
        """Know of no other size yet."""
        super().__init__()
        self.stylesheet = QuickStylesheet(variables=self.get_css_variables())
        self.places = Places()

    def get_driver_class(self) -> type[Driver]:
        """Read a terminal by a driver of ours; Windows and browsers have theirs."""
        if constants.DRIVER or sys.platform == "win32":
            return super().get_driver_class()
        from workshop_tui.tui.textual_patches.terminal_driver import TerminalDriver

        return TerminalDriver

    def on_load(self) -> None:
        """Have lists survive the keys that come before they are there."""
        page_once_laid_out()

    def get_line_filters(self) -> list[LineFilter]:
        """Add the second net."""
        return [*super().get_line_filters(), self._filter]

    async def on_event(self, event: events.Event) -> None:
        """Do at once what a key commands, so that keys typed behind it go where it leads.

        Textual has it go through the focused widget and all around it first; meanwhile the next ones
        are on the same way, though the first has opened a field for them. Where it has opened a screen,
        they wait until that is there, also where a worker opens it.
        """
        if isinstance(event, events.InputEvent | events.Paste):
            await self._led_to(event)
            if not event.is_forwarded and await self.keeps(event):
                return
        await self.do_now(event)

    async def keeps(self, _event: events.Event) -> bool:
        """Whether what was pressed or pasted is kept back, or done with already."""
        return False

    async def do_now(self, event: events.Event) -> None:
        """Do what an event asks for, without any further waiting."""
        if isinstance(event, events.Key | events.MouseDown | events.MouseScrollDown | events.MouseScrollUp):
            self.places.forget()
        elif isinstance(event, events.Resize) and self.screen_stack:
            self.places.keep(self.screen.size, self._scrolled)
            self.call_after_refresh(self.call_after_refresh, self._stand_again)
        field = self._typed_in(event)
        if field:
            await self._settle(field)
        if not await self._ran(event):
            await super().on_event(event)
        if field:
            await self._settle(field)

    async def _ran(self, event: events.Event) -> bool:
        """Run what a key commands, where every key is a command, or a field has it type no letter."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            return False
        if self._is_commanded:
            types: Callable[[events.Key], bool] | None = getattr(
                self.screen.focused or self.screen, "types", None
            )
            if types and types(event):
                return True
        elif self._typed_in(event) is None:
            return False
        for priority in (True, False):
            if await self._check_bindings(event.key, priority=priority):
                return True
        return False

    def _typed_in(self, event: events.Event) -> Widget | None:
        """Return the field that a paste goes into, or in which a key does something else than type a letter.

        Such a key waits for the letters before it, and those behind wait for it.
        """
        is_key = isinstance(event, events.Key) and not event.is_printable
        if not (is_key or isinstance(event, events.Paste)) or event.is_forwarded or not self.screen_stack:
            return None
        focused = self.screen.focused
        is_text = hasattr(focused, "document")  # as only a TextArea has, which takes long to import
        return focused if is_text or isinstance(focused, Input) else None

    async def _settle(self, field: Widget) -> None:
        """Wait until a field has done all that was sent to it, and what is around it what it made of that."""
        around = (node for node in field.ancestors_with_self if isinstance(node, Widget))
        for node in (field, *around):
            done = asyncio.Event()
            if not node.call_later(done.set):
                continue  # it is going, and does nothing more
            for turn in range(_TURNS_TO_TYPE):
                if done.is_set() or self._exit:
                    break
                await asyncio.sleep(0 if turn < _TURNS_TO_ASK else GLANCE)

    async def _led_to(self, event: events.Event) -> None:
        """Wait until what the keys before have led to is there; a screen may be taken away before it is."""
        if isinstance(event, events.Key | events.Paste):
            for _ in range(_TURNS_TO_ASK):
                await asyncio.sleep(0)
        while self.screen_stack and self.is_coming(self.screen):  # noqa: ASYNC110 - it may never come
            await asyncio.sleep(GLANCE)

    def is_coming(self, screen: Screen[Any]) -> bool:
        """Whether a screen, or what it composes last, will be there soon: not once it goes, or the app."""
        is_mounted: bool = screen._mounted_event.is_set()  # noqa: SLF001 - nothing else tells
        is_there = is_mounted and not getattr(screen, "is_composing", False)
        return not is_there and not screen._pruning and not self._exit  # noqa: SLF001 - nor that

    def action_command_palette(self) -> None:
        """Show the palette, of which there is one, also when another screen has come over it."""
        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette(id="--command-palette"))

    @property
    def _scrolled(self) -> list[Widget]:
        """What can be scrolled on the screens that are seen."""
        return [widget for widget in self.screen.query(Widget) if widget.is_scrollable]

    def _stand_again(self) -> None:
        self.places.give_back(self._scrolled)

    @property
    def _is_commanded(self) -> bool:
        return self.app_focus and bool(self.screen_stack) and mode(self.screen).is_commanded

    def complain(self, wrong: str) -> None:
        """Say what is wrong, once as long as it stands there: a refused key is pressed again."""
        self.tell_once(wrong, severity="error")

    def call_next(self, callback: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """Have something done next; the app doesn't end with whoever waits for the same and is cancelled."""

        async def do() -> None:
            try:
                await invoke(partial(callback, *args, **kwargs))
            except asyncio.CancelledError:
                task = asyncio.current_task()
                if task and task.cancelling():
                    raise

        super().call_next(do)

    def _handle_exception(self, error: Exception) -> None:
        """End on whatever fails, but for two things.

        What the store couldn't do for a worker is told, and nothing has changed: so nobody has to catch it;
        what is no worker never waits for the store, as it would go on half done. And what is not found any
        more in a widget that is being taken away is of no interest to anybody.
        """
        reason = error.error if isinstance(error, WorkerFailed) else error
        if isinstance(error, WorkerFailed) and isinstance(reason, StoreError):
            self.complain(str(reason))
        elif not (isinstance(reason, NoMatches) and _is_going(_sought_in(reason))):
            super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """Say in a sentence that it crashed; the log gets lines of code, no values and no message."""
        kind, _, trace = sys.exc_info()
        told = "The app stopped after an internal error. What was shown as saved is saved."
        try:
            self.crash_log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self.crash_log, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as log:
                log.write("".join(traceback.format_tb(trace)) + (kind.__name__ if kind else "?") + "\n")
            told += f" Details for a report, without your data: {self.crash_log}"
        except OSError:
            pass  # the sentence has to do
        self.bell()
        self._return_code = 1
        self.panic(told)

    def tell_once(self, text: str, *, severity: SeverityLevel = "information") -> None:
        """Say something, unless it still stands there: a refused key is pressed again."""
        if text and text not in (toast.message for toast in self._notifications):
            self.notify(text, severity=severity, markup=False)

    def action_help_quit(self) -> None:
        """Tell whoever pressed Ctrl+C how the app is left."""
        found = (each.binding for each in self.active_bindings.values() if each.node is self)
        if leave := next((each for each in found if (each.id or "").split(".")[-1] == "quit"), None):
            told = f"{self.get_key_display(leave)} ends the app; what is typed is saved."
            self.notify(told, markup=False)

    def entitle_terminal(self) -> None:
        """Have the terminal's window say the title, which names nobody: a shell leaves the command there."""
        if self._driver:
            self._driver.write(f"\x1b[22;2t\x1b]2;{self.TITLE}\x07")

    def catch_signals(self) -> None:
        """End in order when the terminal is closed or somebody asks the process to end."""
        if sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.end_by_signal, number)

    def end_by_signal(self, number: int) -> None:
        """End in order, with the exit code that a shell expects."""
        self.flush()
        self.exit(return_code=128 + number)

    def flush(self) -> None:
        """Hand over for saving what is being typed."""
