"""A real browser without a window, spoken to by its own protocol: it opens a page, types, and is looked at.

What the page shows is painted on a canvas; so its text is read off what the app sends there.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiohttp

from tests.pty_driver import Painted

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--window-size=960,600",
    "--remote-debugging-port=0",
)
"""It asks nobody anything by itself, and paints without a card for it."""
WAITS = 40.0
"""Seconds after which what is waited for doesn't come."""
KEYS = {
    "Enter": ("Enter", 13, "\r"),
    "Escape": ("Escape", 27, ""),
    "F2": ("F2", 113, ""),
    "F4": ("F4", 115, ""),
    "F5": ("F5", 116, ""),
}
"""Name → its code, its number, and the text it stands for."""
MODIFIERS = {"Alt": 1, "Ctrl": 2, "Shift": 8}


class Browser:
    """A browser of its own, with a folder of its own, and the one page that is open in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.requests: list[str] = []
        """Whatever the page has asked for, wherever."""
        self.errors: list[str] = []
        """What was wrong in the page, as it says itself."""
        self.screen = Painted(80, 24)
        """What the app has painted."""
        self.session = ""
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._news = asyncio.Event()

    async def __aenter__(self) -> Self:
        """Start it, and open an empty page."""
        line = [str(CHROMIUM), *QUIET, f"--user-data-dir={self._folder}", "about:blank"]
        env = {"PATH": os.environ["PATH"], "HOME": str(self._folder)}
        self._process = await asyncio.create_subprocess_exec(*line, stderr=subprocess.DEVNULL, env=env)
        told = self._folder / "DevToolsActivePort"
        async with asyncio.timeout(WAITS):
            while not (told.exists() and len(lines := told.read_text().split()) > 1):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        self._http = aiohttp.ClientSession()
        self._socket = await self._http.ws_connect(f"ws://127.0.0.1:{lines[0]}{lines[1]}", max_msg_size=0)
        self._listening = asyncio.create_task(self._listen())
        page = await self.tell("Target.createTarget", url="about:blank")
        attached = await self.tell("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Network", "Page", "Runtime", "Log"):
            await self.tell(f"{domain}.enable")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(TimeoutError, ConnectionError):
            await asyncio.wait_for(self.tell("Browser.close"), 5)
        self._listening.cancel()
        with suppress(asyncio.CancelledError):
            await self._listening
        await self._socket.close()
        await self._http.close()
        try:
            await asyncio.wait_for(self._process.wait(), 5)
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def tell(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Have it do something; return what it answers."""
        number = len(self._answers) + 1
        self._answers[number] = asyncio.get_running_loop().create_future()
        said = {"id": number, "method": method, "params": parameters}
        of = {"sessionId": self.session} if self.session else {}
        await self._socket.send_json(said | of)
        answer = await asyncio.wait_for(self._answers[number], WAITS)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    async def _listen(self) -> None:
        async for message in self._socket:
            said = json.loads(message.data)
            if "id" in said:
                self._answers[said["id"]].set_result(said)
            else:
                self._hear(said["method"], said["params"])
            self._news.set()

    def _hear(self, method: str, told: dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif method == "Network.webSocketCreated":
            self.requests.append(told["url"])
        elif method == "Network.webSocketFrameReceived":
            if told["response"]["opcode"] == 2:
                self.screen.feed(base64.b64decode(told["response"]["payloadData"]))
        elif method == "Network.webSocketFrameSent":
            self._hear_sent(told["response"]["payloadData"])
        elif method == "Runtime.exceptionThrown":
            self.errors.append(json.dumps(told["exceptionDetails"]))
        elif method == "Log.entryAdded" and told["entry"]["level"] == "error":
            self.errors.append(told["entry"]["text"])

    def _hear_sent(self, said: str) -> None:
        with suppress(ValueError):
            kind, *told = json.loads(said)
            if kind == "resize":
                self.screen.resize(told[0]["width"], told[0]["height"])

    async def wait_until(self, holds: Callable[[], object], what: str = "") -> None:
        """Wait until something holds of what the page shows or has asked for."""
        try:
            async with asyncio.timeout(WAITS):
                while not holds():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"{what or holds} was not to be seen:\n{self.screen.text}") from None

    async def wait(self, text: str) -> None:
        """Wait until the app shows a text."""
        await self.wait_until(lambda: text in self.screen.text, f"«{text}»")

    async def open(self, url: str) -> int:
        """Open an address in the page; return the code of its answer."""
        before = len(self.requests)
        codes: list[int] = []
        hear = self._hear

        def listen(method: str, told: dict[str, Any]) -> None:
            if method == "Network.responseReceived" and told["type"] == "Document":
                codes.append(told["response"]["status"])
            hear(method, told)

        self._hear = listen  # type: ignore[method-assign]
        await self.tell("Page.navigate", url=url)
        await self.wait_until(lambda: codes and len(self.requests) > before, url)
        return codes[0]

    async def press(self, key: str) -> None:
        """Press a key: by its name, as in Shift+F4, or one that is a letter."""
        *held, key = key.split("+") if len(key) > 1 else [key]
        code, number, text = KEYS.get(key, (key, ord(key.upper()[0]), "" if held else key))
        modifiers = sum(MODIFIERS[each] for each in held)
        named = {"key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": modifiers}
        await self.tell("Input.dispatchKeyEvent", type="keyDown", text=text, **named)
        await self.tell("Input.dispatchKeyEvent", type="keyUp", **named)

    async def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        for letter in text:
            await self.press(letter)

    async def value(self, expression: str) -> Any:
        """Return what an expression of the page's language comes to."""
        answer = await self.tell("Runtime.evaluate", expression=expression, awaitPromise=True)
        return answer["result"].get("value")

    async def wait_for_value(self, expression: str, wanted: Any) -> None:
        """Wait until an expression of the page's language comes to something."""
        found = None
        try:
            async with asyncio.timeout(WAITS):
                while (found := await self.value(expression)) != wanted:  # noqa: ASYNC110 - a page tells nobody
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"{expression} is {found}, not {wanted}") from None

    async def picture(self, line: int) -> bytes:
        """Return a PNG of a line of the screen as it is painted."""
        height = await self.value("document.querySelector('.xterm-screen').clientHeight")
        width = await self.value("document.querySelector('.xterm-screen').clientWidth")
        row = height / len(self.screen.lines)
        clip = {"x": 0, "y": line * row, "width": width, "height": row, "scale": 1}
        shot = await self.tell("Page.captureScreenshot", format="png", clip=clip)
        return base64.b64decode(shot["data"])
