"""An App that hostile text, bad bytes, signals and its own bugs do not bring down badly.

Parts reach for private names of Textual; tests/tui/test_hardened.py notices when one moves.
"""

from __future__ import annotations

import asyncio
import codecs
import functools
import inspect
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from rich.segment import Segment
from textual import events, work
from textual.app import App
from textual.color import Color
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.filter import LineFilter
from textual.widget import Widget

from workshop_tui.tui.widgets.places import Places

_FORBIDDEN = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "�"),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C), "�"),
    **dict.fromkeys(range(0xD800, 0xE000), "�"),
    9: " ",
}
_SEARCH, _GROUP = "_gather_commands", "_GATHER_COMMANDS_GROUP"
"""How Textual's palette calls its search, and the worker's group."""


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


def tolerate_bad_bytes() -> None:
    """Have one invalid UTF-8 byte on stdin replaced; Textual would end (textual issue 6456)."""
    from textual.drivers import linux_driver

    strict: Callable[[str], Any] = codecs.getincrementaldecoder
    linux_driver.getincrementaldecoder = lambda encoding: functools.partial(  # type: ignore[attr-defined]
        strict(encoding), errors="replace"
    )


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


def search_until_taken_away() -> None:
    """Have a palette that is taken away while it searches stop; Textual would crash for want of its list."""
    search = inspect.unwrap(getattr(CommandPalette, _SEARCH))

    @functools.wraps(search)
    async def gather(self: CommandPalette, search_value: str) -> None:
        with suppress(NoMatches):
            await search(self, search_value)

    setattr(CommandPalette, _SEARCH, work(exclusive=True, group=getattr(CommandPalette, _GROUP))(gather))


def give_back_title() -> None:
    """Have the terminal's window say again what it said before."""
    if sys.__stderr__ and sys.__stderr__.isatty():
        sys.__stderr__.write("\x1b[23;2t")
        sys.__stderr__.flush()


class HardenedApp(App[int]):
    """Filters what is painted, ends in order on a signal, and keeps crashes off the screen."""

    crash_log: Path
    places: Places
    """Where all stood before the terminal was made another size."""
    _filter: ClassVar[ControlFilter] = ControlFilter()

    def __init__(self) -> None:
        """Know of no other size yet."""
        super().__init__()
        self.places = Places()

    def on_load(self) -> None:
        """Have the palette survive whoever takes it away."""
        search_until_taken_away()

    def get_line_filters(self) -> list[LineFilter]:
        """Add the second net."""
        return [*super().get_line_filters(), self._filter]

    async def on_event(self, event: events.Event) -> None:
        """Do at once what a key commands, so that keys typed behind it go where it leads.

        Textual has it go through the focused widget and all around it first; meanwhile the next ones
        are on the same way, though the first has opened a field for them.
        """
        if isinstance(event, events.Key | events.MouseDown | events.MouseScrollDown | events.MouseScrollUp):
            self.places.forget()
        elif isinstance(event, events.Resize) and self.screen_stack:
            self.places.keep(self.screen.size, self._scrolled)
            self.call_after_refresh(self.call_after_refresh, self._stand_again)
        if isinstance(event, events.Key) and not event.is_forwarded and self._is_commanded:
            for priority in (True, False):
                if await self._check_bindings(event.key, priority=priority):
                    return
        await super().on_event(event)

    @property
    def _scrolled(self) -> list[Widget]:
        """What can be scrolled on the screens that are seen."""
        return [widget for widget in self.screen.query(Widget) if widget.is_scrollable]

    def _stand_again(self) -> None:
        self.places.give_back(self._scrolled)

    @property
    def _is_commanded(self) -> bool:
        return self.app_focus and getattr(self.focused, "is_commanded", False)

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
            loop.add_signal_handler(number, self._on_signal, number)

    def _on_signal(self, number: int) -> None:
        self.flush()
        self.exit(return_code=128 + number)

    def flush(self) -> None:
        """Hand over for saving what is being typed."""
