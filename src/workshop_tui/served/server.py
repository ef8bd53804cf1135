"""Serves the app to browsers, on this machine alone unless told otherwise, until it is ended."""

from __future__ import annotations

import asyncio
import errno
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from html import escape
from importlib import resources
from pathlib import Path
from string import Template, ascii_letters, digits

import textual_serve
from aiohttp import web
from msgspec import Struct

from workshop_tui.os_errors import why
from workshop_tui.served.guard import Guard, written
from workshop_tui.served.window import BEAT, CLOSES, MOST, Window

WINDOWS = 8
"""Windows that may be open at once: each is an app of its own, of some 80 MB."""
ROOM_COMES = 2.0
"""Seconds for which a window waits for another one to close: a page that is loaded again still holds one."""
SAVES, HURRIES = 10.0, 1.3
"""Seconds in which an app has to end once its window is closed, and once the server ends."""
NO_LINK = "Open the link that the terminal shows."
USED = "This link has been used, or it is wrong: the terminal shows the one that works."
FOREIGN = "This is not for other pages or hosts."
FULL = "All windows are taken: close one, and load this again."
_OF_A_HOST = frozenset(ascii_letters + digits + ".-_:[]")
_WILD = {"", "0.0.0.0", "::"}  # noqa: S104 - known so that a link names something better
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""What a page may load: all from here. The screen of characters writes its own styles."""
_GONE_ON = Template(
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>$title</title>'
    '<link rel="icon" href="data:,"><meta http-equiv="refresh" content="0; url=/">'
    '<a href="/">$title</a></html>'
)
"""What a link shows: the page itself only then is asked for from here, as the cookie wants it."""


class ServeError(Exception):
    """It can't be served; the message is one sentence with the cure."""


class Serving(Struct, frozen=True):
    """What is served, where, and who is told of it."""

    command: Sequence[str]
    """What runs for each window."""
    host: str
    port: int
    """0 for any that is free."""
    tell: Callable[[str], object]
    """Is told each link that works, the first one and whenever the one before has been used."""
    title: str = "Workshop"
    windows: int = WINDOWS


class BrowserServer:
    """Lets in whoever has the link, and runs an app for each window."""

    def __init__(self, serving: Serving) -> None:
        """Take what is served."""
        self._serving = serving
        named = socket.gethostname() if serving.host in _WILD else serving.host
        self.guard = Guard((named,))
        self._named, self._port = named, serving.port
        self._windows: set[Window] = set()
        self._taken = asyncio.Semaphore(serving.windows)
        self._is_ending = False

    @property
    def link(self) -> str:
        """The link that works now."""
        return f"http://{written(self._named)}:{self._port}/?token={self.guard.token}"

    def app(self) -> web.Application:
        """Return what answers requests."""
        app = web.Application(middlewares=[self._guarded])
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/ws", self._window),
                web.get("/page.{kind:css|js}", self._own_file),
                web.static("/static", Path(textual_serve.__file__).parent / "static"),
            ]
        )
        app.on_response_prepare.append(self._with_headers)
        app.on_shutdown.append(self._end_all)
        return app

    async def run(self, ended: asyncio.Event) -> None:
        """Serve until somebody ends it; raises ServeError where the port can't be had."""
        runner = web.AppRunner(self.app(), access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self._serving.host, self._serving.port)
            try:
                await site.start()
            except OSError as error:
                raise ServeError(_why(error, self._serving)) from None
            self._port = runner.addresses[0][1]
            self._serving.tell(self.link)
            await ended.wait()
        finally:
            await runner.cleanup()

    # Who may come in

    @web.middleware
    async def _guarded(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Let nothing out to who has no cookie of ours, comes from another page, or asks for another host."""
        host, origin = request.headers.get("Host", ""), request.headers.get("Origin")
        local = request.transport.get_extra_info("sockname") if request.transport else None
        if not (local and self.guard.is_our_host(host, local[0], local[1])):
            raise web.HTTPForbidden(text=FOREIGN)
        if origin is None and request.path == "/ws":
            raise web.HTTPForbidden(text=FOREIGN)
        if origin is not None and not self.guard.is_own_origin(origin, host):
            raise web.HTTPForbidden(text=FOREIGN)
        if request.path == "/" and request.method == "GET" and "token" in request.query:
            return self._let_in(request.query["token"])
        if not self.guard.knows(request.cookies.get(self._cookie, "")):
            raise web.HTTPForbidden(text=NO_LINK)
        return await handler(request)

    @property
    def _cookie(self) -> str:
        """Its name, which is another one for each port: browsers keep the ports of a host in one place."""
        return f"workshop-{self._port}"

    def _let_in(self, token: str) -> web.Response:
        cookie = self.guard.redeem(token)
        if not cookie:
            raise web.HTTPForbidden(text=USED)
        gone_on = _GONE_ON.substitute(title=escape(self._serving.title))
        response = web.Response(text=gone_on, content_type="text/html")
        response.set_cookie(self._cookie, cookie, httponly=True, samesite="Strict")
        with suppress(OSError):  # nobody reads along any more, as behind `| head -1`
            self._serving.tell(self.link)
        return response

    async def _with_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(_HEADERS)
        response.headers["Content-Security-Policy"] = _POLICY.format(host=_header(request.host))
        response.headers.popall("Server", None)

    # What there is

    async def _page(self, request: web.Request) -> web.Response:
        page = Template(_read("page.html"))
        text = page.substitute(title=escape(self._serving.title), host=escape(request.host))
        return web.Response(text=text, content_type="text/html")

    async def _own_file(self, request: web.Request) -> web.Response:
        kind = request.match_info["kind"]
        content_type = {"css": "text/css", "js": "text/javascript"}[kind]
        return web.Response(text=_read(f"page.{kind}"), content_type=content_type)

    async def _window(self, request: web.Request) -> web.StreamResponse:
        """Run an app for a window until either is gone."""
        try:
            await asyncio.wait_for(self._taken.acquire(), ROOM_COMES)
        except TimeoutError:
            raise web.HTTPServiceUnavailable(text=FULL) from None
        try:
            connection = web.WebSocketResponse(timeout=CLOSES, heartbeat=BEAT, max_msg_size=MOST)
            await connection.prepare(request)
            if not self._is_ending:
                await self._run_window(connection, request)
            return connection
        finally:
            self._taken.release()

    async def _run_window(self, connection: web.WebSocketResponse, request: web.Request) -> None:
        window = Window(self._serving.command, connection)
        self._windows.add(window)
        try:
            await window.run_until_left(_number(request, "width", 80), _number(request, "height", 24))
        finally:
            await asyncio.shield(window.end(HURRIES if self._is_ending else SAVES))
            self._windows.discard(window)

    async def _end_all(self, _app: web.Application) -> None:
        """End every app at once, and tell the browsers."""
        self._is_ending = True
        windows = tuple(self._windows)
        await asyncio.gather(*(window.end(HURRIES) for window in windows), return_exceptions=True)
        await asyncio.gather(*(window.close() for window in windows), return_exceptions=True)


def serve(serving: Serving) -> int:
    """Serve until Ctrl+C or another signal; return that signal. Raises ServeError."""
    log = logging.getLogger("aiohttp")  # it would tell what goes wrong by what was typed
    log.addHandler(logging.NullHandler())
    log.propagate = False
    return asyncio.run(_serve(serving))


async def _serve(serving: Serving) -> int:
    ended, by = asyncio.Event(), []

    def end(number: int) -> None:
        by.append(number)
        ended.set()

    loop = asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with suppress(NotImplementedError, AttributeError):  # Windows has neither; there Ctrl+C cancels
            number = getattr(signal, name)
            if signal.getsignal(number) is not signal.SIG_IGN:  # as `nohup` has it
                loop.add_signal_handler(number, end, number)
    await BrowserServer(serving).run(ended)
    return by[0] if by else signal.SIGINT


def _why(error: OSError, serving: Serving) -> str:
    if error.errno == errno.EADDRINUSE:
        other = serving.port % 65535 + 1
        return f"Port {serving.port} is taken: choose another one, as in --port {other}."
    if error.errno == errno.EACCES:
        return f"Port {serving.port} is not for everybody to use: choose another one, as in --port 8000."
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"«{serving.host}» is no address of this machine: leave out --host, or name one that is."
    return f"It can't be served on {serving.host}, as {why(error)}."


def _number(request: web.Request, name: str, otherwise: int) -> int:
    typed = request.query.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else otherwise  # noqa: PLR2004


def _header(host: str) -> str:
    """Return a host that may stand in a header; one that is none stands for nothing."""
    return host if set(host) <= _OF_A_HOST else "invalid"


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")
