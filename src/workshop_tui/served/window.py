"""One window of a browser: the app that runs for it, in a process of its own, and its end."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

LARGEST = 2000
"""Columns and rows beyond which a size is none that a window has."""
MOST = 1_000_000
"""Bytes that a browser may send at once; what is pasted is less."""
BEAT = 15.0
"""Seconds after which it is asked whether the browser is still there."""
CLOSES = 0.5
"""Seconds for which a browser that is told that this is over may take to say that it has heard."""
_READY = b"__GANGLION__\n"
"""What Textual's driver for browsers says first."""
_DATA = b"D"


class Window(AppService):
    """Runs a command for one browser window, hands keys to it, and shows there what it paints.

    What else the app could ask of a browser, as to take a file or to open an address, is not done.
    """

    def __init__(self, command: Sequence[str], socket: web.WebSocketResponse) -> None:
        """Take the command, which no shell reads, and the connection to the browser."""
        super().__init__(
            "",
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=self.close,
            download_manager=DownloadManager(),
        )
        self._line, self._socket = tuple(command), socket

    async def close(self) -> None:
        """Tell the browser that this is over."""
        await self._socket.close(code=1001)

    async def run_until_left(self, width: int, height: int) -> None:
        """Run the app until it ends or the browser is gone."""
        await self.start(_within(width), _within(height))
        async for message in self._socket:
            if message.type is WSMsgType.TEXT:
                await self._heard(message.data)

    async def _open_app_process(self, width: int = 80, height: int = 24) -> asyncio.subprocess.Process:
        """Start the command in a session of its own: Ctrl+C in the terminal is for the server."""
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *self._line,
            stdin=pipe,
            stdout=pipe,
            env=self._build_environment(width, height),
            start_new_session=True,
        )
        self._stdin = self._process.stdin
        return self._process

    async def run(self) -> None:
        """Show what the app paints until it ends; also read on once nobody looks, or it could not end."""
        out = self._process.stdout if self._process else None
        assert out is not None  # noqa: S101 - as it has been started
        with suppress(asyncio.IncompleteReadError, ValueError):
            while await out.readline() not in {_READY, b""}:
                pass
            while True:
                kind, size = await out.readexactly(1), int.from_bytes(await out.readexactly(4), "big")
                painted = await out.readexactly(size)
                if kind == _DATA:
                    with suppress(ConnectionError, RuntimeError):
                        await self.remote_write_bytes(painted)
        with suppress(ConnectionError, RuntimeError):
            await self.close()

    async def end(self, seconds: float) -> None:
        """Have the app save what is typed and end; it is killed when it takes longer than so many seconds."""
        if (process := self._process) is None:
            return
        await self.send_meta({"type": "quit"})
        try:
            await asyncio.wait_for(process.wait(), seconds)
        except TimeoutError:
            _kill(process)
            await process.wait()
        if self._task:
            await self._task

    async def _heard(self, said: str) -> None:
        """Do what the page asks for; nothing where it is not to be understood."""
        try:
            asked = json.loads(said)
        except (ValueError, RecursionError):
            return
        match asked:
            case ["stdin", str(keys)]:
                await self.send_bytes(keys.encode("utf-8", "replace"))
            case ["resize", {"width": int(width), "height": int(height)}]:
                await self.set_terminal_size(_within(width), _within(height))
            case ["focus"]:
                await self.focus()
            case ["blur"]:
                await self.blur()
            case ["ping", str(at)]:
                await self._socket.send_json(["pong", at])


def _within(size: int) -> int:
    return min(max(size, 1), LARGEST)


def _kill(process: asyncio.subprocess.Process) -> None:
    with suppress(ProcessLookupError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
