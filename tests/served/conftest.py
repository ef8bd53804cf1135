"""The command that serves the sample account, in a pseudo-terminal, and a window of it without a browser."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.prepared import Forked
from tests.pty_driver import COMMAND, Painted, Terminal, environment
from tests.reliability.conftest import ACCOUNT
from tests.reliability.conftest import database as database  # noqa: PLC0414 - a fixture
from tests.reliability.conftest import imported as imported  # noqa: PLC0414 - the same

Serve = Callable[..., Terminal]


@pytest.fixture
def serve(database: Path, tmp_path: Path) -> Iterator[Serve]:
    """Serve the sample, and wait for the link."""
    with ExitStack() as stack:

        def serving(*options: str) -> Terminal:
            line = [*COMMAND, "--db", str(database), "serve", ACCOUNT, "--port", "0", *options]
            env = environment(HOME=str(tmp_path / "home"))
            terminal = stack.enter_context(Terminal(line, env=env, start=Forked))
            terminal.wait(r"http://\S+=\S+\n?")
            return terminal

        yield serving


def link(terminal: Terminal) -> str:
    """Return the link that was told last."""
    return str(re.findall(r"http://\S+", terminal.text)[-1])


class Window:
    """A window as a browser has it, but that it is only read."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self.screen = Painted(120, 36)

    async def send(self, keys: str) -> None:
        """Press keys."""
        await self._socket.send_json(["stdin", keys])

    async def wait(self, pattern: str) -> str:
        """Read until the app shows a pattern; return what it shows."""
        deadline = time.monotonic() + 40
        while not re.search(pattern, self.screen.text):
            message = await self._socket.receive(max(deadline - time.monotonic(), 0))
            assert message.type is aiohttp.WSMsgType.BINARY, f"It ended:\n{self.screen.text}"
            self.screen.feed(message.data)
        return self.screen.text


@asynccontextmanager
async def window(terminal: Terminal) -> AsyncIterator[Window]:
    """Open a window by the link, and have it keep the keyboard."""
    at = link(terminal)
    host = at.split("/")[2]
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        async with http.get(at) as answer:
            assert answer.status == 200
        origin = {"Origin": f"http://{host}"}
        url = f"http://{host}/ws?width=120&height=36"
        async with http.ws_connect(url, headers=origin) as connected:
            opened = Window(connected)
            await opened.wait(".")
            await connected.send_json(["focus"])
            yield opened


def apps(database: Path) -> set[int]:
    """Return the processes that run an app for a window on a database."""
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            line = (entry / "cmdline").read_bytes() if entry.name.isdigit() else b""
        except OSError:  # it has ended meanwhile
            continue
        if b"browser_window" in line and str(database).encode() in line:
            found.add(int(entry.name))
    return found
