"""The app with a bug in it: whoever puts the agenda away meets an exception that knows a secret."""

import asyncio
import logging
import sys
import threading
import warnings
from typing import NoReturn

from workshop_tui.cli.app import run
from workshop_tui.tui.features.panes import Panes

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


if __name__ == "__main__":
    Panes.switch = _explode  # type: ignore[method-assign]
    sys.exit(run(sys.argv[1:]))
