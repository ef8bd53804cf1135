"""Textual's driver for terminals, made to read as keys come and to outlive what can't be read.

Reaches for private names of Textual: tests/tui/textual_patches/test_terminal_driver.py notices when one
moves.
"""

from __future__ import annotations

import codecs
import os
import selectors
import signal
import threading
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

from workshop_tui.tui.textual_patches.tolerant_parser import TolerantParser


class WakingEvent(threading.Event):
    """Wakes also who waits for a file to be read."""

    def __init__(self) -> None:
        """Make a pipe of which one end is read once this is set."""
        super().__init__()
        self._woken, self._wakes = os.pipe()

    def fileno(self) -> int:
        """Return what can be read once this is set."""
        return self._woken

    def set(self) -> None:
        """Wake whoever waits."""
        if not self.is_set():  # one byte for each time it is cleared: one left over would wake for ever
            super().set()
            os.write(self._wakes, b".")

    def clear(self) -> None:
        """Have the next one wait again."""
        if self.is_set():
            super().clear()
            os.read(self._woken, 1)


class TerminalDriver(LinuxDriver):
    """Sleeps until a key comes: Textual's looks ten times a second whether to end, as costly as our clock.

    Replaces an invalid byte, which would end Textual's (textual issue 6456), and drops what is no key.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Be woken to end."""
        super().__init__(*args, **kwargs)
        self.exit_event = self._exit = WakingEvent()

    def start_application_mode(self) -> None:
        """Read with one thread: who goes on after a stop may not have been told of it, and reads already."""
        if self._key_thread:
            self.disable_input()
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def _run_input_thread(self) -> None:
        """Read; whatever fails is met like a crash."""
        try:
            self.run_input_thread()
        except OSError:  # the terminal is gone
            self._app.call_later(self._app.end_by_signal, signal.SIGHUP)  # type: ignore[attr-defined]
        except BaseException as error:  # noqa: BLE001 - the app raises it
            self._app.call_later(_raise, error)

    def run_input_thread(self) -> None:
        """Read keys until the app ends."""
        parser, exit_event = TolerantParser(), self._exit
        decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        # as Textual: macOS knows no better selector for terminals
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(exit_event, selectors.EVENT_READ)
            while not exit_event.is_set():
                ready = [key.fileobj for key, _ in selector.select(parser.waits)]
                if self.fileno in ready:
                    data = os.read(self.fileno, 4096)
                    if not data:  # a file that has ended: it would be ready for ever
                        selector.unregister(self.fileno)
                    for event in parser.feed(decode(data)) if data else ():
                        self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)


def _raise(error: BaseException) -> None:
    raise error
