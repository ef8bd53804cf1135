"""The app with a bug in it: whoever steps to the next person meets an exception that knows a secret."""

import asyncio
import logging
import os
import select
import sys
import threading
import warnings
from typing import NoReturn

from workshop_tui.cli.app import run
from workshop_tui.tui.features.panes import Panes
from workshop_tui.tui.textual_patches.terminal_driver import TerminalDriver

VALUE = "Vermilion-Seven"
lost: list[asyncio.Task[None]] = []


def _explode(self: Panes, name: str) -> None:
    """Fail in every way there is: noticed by nobody, in a thread, said to a log, and in plain sight."""
    value = f"{VALUE} {name} {self}"
    lost.append(asyncio.get_running_loop().create_task(_fail(value)))
    self._workspace.app.storage.call(lambda _store: None).add_done_callback(lambda _done: _raise(value))
    threading.Thread(target=_raise, args=(value,)).start()
    logging.getLogger(__name__).error(value)
    warnings.warn(value, stacklevel=1)
    _raise(value)


async def _fail(value: str) -> None:
    _raise(value)


def _raise(value: str) -> NoReturn:
    raise RuntimeError(value)


def _fail_reading(self: TerminalDriver) -> None:
    """Fail in the thread that reads keys, on the first of them."""
    select.select([self.fileno], [], [])
    value = f"{VALUE} {os.read(self.fileno, 4096)!r}"
    _raise(value)


if __name__ == "__main__":
    if "--keys" in sys.argv:
        sys.argv.remove("--keys")
        TerminalDriver.run_input_thread = _fail_reading  # type: ignore[method-assign]
    Panes.switch = _explode  # type: ignore[method-assign]
    sys.exit(run(sys.argv[1:]))
