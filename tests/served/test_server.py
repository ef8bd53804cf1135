"""What the server lets out to whom, on loopback; an app that only echoes stands in for ours."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
import textual_serve
from msgspec.structs import replace

from workshop_tui.served import server as module
from workshop_tui.served.server import FOREIGN, FULL, NO_LINK, USED, BrowserServer, ServeError, Serving

ECHO = """
import os, sys, pathlib
pathlib.Path(sys.argv[1], str(os.getpid())).touch()
def say(kind, payload):
    sys.stdout.buffer.write(kind + len(payload).to_bytes(4, "big") + payload)
    sys.stdout.buffer.flush()
sys.stdout.buffer.write(b"__GANGLION__\\n")
say(b"D", ("%s x %s" % (os.environ["COLUMNS"], os.environ["ROWS"])).encode())
while head := sys.stdin.buffer.read(5):
    said = sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
    if b'"quit"' in said and "hangs" not in sys.argv:
        break
    if said == b"file":
        say(b"M", b'{"type": "deliver_file_start", "key": "k", "path": "/f"}')
    if said == b"link":
        say(b"M", b'{"type": "open_url", "url": "http://evil.example", "new_tab": true}')
    if said == b"end":
        break
    say(b"D", head[:1] + said)
"""
"""Says of which size it is, then what comes in; and leaves a file for each process."""
PATHS = ("/", "/ws", "/page.js", "/page.css", "/static/js/textual.js", "/static/", "/download/k", "/no")


@dataclass
class Running:
    """A server that runs, and a browser that has not been let in yet."""

    server: BrowserServer
    ended: asyncio.Event
    task: asyncio.Task[None]
    folder: Path
    links: list[str]
    http: aiohttp.ClientSession
    sockets: list[aiohttp.ClientWebSocketResponse] = field(default_factory=list)

    @property
    def host(self) -> str:
        return self.links[0].split("/")[2]

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    async def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, str]:
        """Return the code and the text of an answer."""
        async with self.http.request(method, self.url(path), headers=headers) as answer:
            return answer.status, (await answer.read()).decode("utf-8", "replace")

    async def let_in(self) -> None:
        async with self.http.get(self.links[-1]) as answer:
            assert answer.status == 200

    async def open(self, size: str = "", **headers: str) -> aiohttp.ClientWebSocketResponse:
        """Open a window, and wait until its app is there."""
        origin = {"Origin": f"http://{self.host}"}
        connected = await self.http.ws_connect(self.url(f"/ws{size}"), headers=origin | headers)
        self.sockets.append(connected)
        return connected

    @property
    def apps(self) -> list[int]:
        """The processes that were started and still run."""
        return [int(file.name) for file in self.folder.iterdir() if is_running(int(file.name))]


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@asynccontextmanager
async def running(
    folder: Path, *arguments: str, windows: int = 8, host: str = "127.0.0.1"
) -> AsyncIterator[Running]:
    links: list[str] = []
    told = asyncio.Event()

    def tell(link: str) -> None:
        links.append(link)
        told.set()

    command = (sys.executable, "-c", ECHO, str(folder), *arguments)
    server, ended = BrowserServer(Serving(command, host, 0, tell, windows=windows)), asyncio.Event()
    task = asyncio.create_task(server.run(ended))
    await told.wait()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        try:
            yield Running(server, ended, task, folder, links, http)
        finally:
            ended.set()
            await task


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Running]:
    async with running(tmp_path) as it:
        yield it


async def test_nothing_is_let_out_without_the_link(served: Running) -> None:
    for path in PATHS:
        for cookie in ({}, {"Cookie": f"{served.server._cookie}=wrong"}):
            origin = {"Origin": f"http://{served.host}"}
            assert await served.get(path, **origin, **cookie) == (403, NO_LINK), path
    with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
        await served.open()
    assert served.apps == []


async def test_whoever_has_the_link_comes_in_though_nobody_reads_the_terminal(served: Running) -> None:
    def fail(_link: str) -> None:
        raise BrokenPipeError

    served.server._serving = replace(served.server._serving, tell=fail)
    await served.let_in()
    assert (await served.get("/"))[0] == 200


async def test_a_link_works_once_and_the_next_one_is_told(served: Running) -> None:
    link = served.links[0]
    path = link.removeprefix(f"http://{served.host}")
    wrong = re.sub("token=.*", "token=wrong", path)
    assert await served.get(wrong) == (403, USED)
    assert (await served.get(path, "HEAD"))[0] == 403  # which is no opening: a preview would use it up
    assert (await served.get(path, Origin="http://evil.example"))[0] == 403
    assert (await served.get(path, Host="evil.example"))[0] == 403
    async with served.http.get(link) as answer:
        said = answer.headers["Set-Cookie"]
        assert answer.status == 200
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in said.split(";")}
        assert link.rpartition("=")[2] not in said + await answer.text()
    assert (await served.get("/"))[0] == 200
    assert await served.get(path) == (403, USED)
    assert len(served.links) == 2
    served.http.cookie_jar.clear()
    assert await served.get("/") == (403, NO_LINK)
    await served.let_in()
    assert [(await served.get(path))[0] for path in PATHS if path != "/ws"] == [200] * 4 + [403, 404, 404]


async def test_other_hosts_and_other_pages_are_refused_whoever_asks(served: Running) -> None:
    await served.let_in()
    port = served.host.rpartition(":")[2]
    for host in ("evil.example", f"evil.example:{port}", "127.0.0.1", "127.0.0.1:1", f"10.0.0.1:{port}"):
        assert [await served.get(path, Host=host) for path in PATHS] == [(403, FOREIGN)] * len(PATHS)
    for origin in ("http://evil.example", "null", f"https://{served.host}", "http://127.0.0.1:1"):
        assert [await served.get(path, Origin=origin) for path in PATHS] == [(403, FOREIGN)] * len(PATHS)
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await served.open(Origin=origin)
    with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):  # a browser always says where from
        await served.http.ws_connect(served.url("/ws"))
    assert served.apps == []


async def test_every_answer_keeps_others_out_and_says_that_all_is_from_here(served: Running) -> None:
    codes = set()
    for is_in in (False, True):
        if is_in:
            await served.let_in()
        for path in PATHS:
            async with served.http.get(served.url(path)) as answer:
                codes.add(answer.status)
                assert answer.headers["X-Frame-Options"] == "DENY"
                assert answer.headers["Referrer-Policy"] == "no-referrer"
                assert answer.headers["X-Content-Type-Options"] == "nosniff"
                assert answer.headers["Cache-Control"] == "no-store"
                assert "Server" not in answer.headers
                policy = answer.headers["Content-Security-Policy"]
                assert policy.startswith("default-src 'none'; script-src 'self';")
                assert re.findall(r"\w+://[^ ;]+", policy) == [f"ws://{served.host}"]
    assert codes == {200, 403, 404}


async def test_the_page_names_no_other_host(served: Running) -> None:
    await served.let_in()
    for path in ("/", "/page.js", "/page.css"):
        code, text = await served.get(path)
        assert code == 200
        assert set(re.findall(r"\w+://[^/\"' ]+", text)) <= {f"ws://{served.host}"}
    fonts = re.findall(r'url\("(.*?)"\)', (await served.get("/page.css"))[1])
    assert len(fonts) == 2
    assert [(await served.get(font))[0] for font in fonts] == [200, 200]
    static = Path(textual_serve.__file__).parent / "static"
    assert b"Roboto Mono" in (static / "js" / "textual.js").read_bytes()  # or the font would be another one


async def test_a_window_hands_on_keys_and_sizes_and_passes_over_what_is_nothing(served: Running) -> None:
    await served.let_in()
    window = await served.open("?width=100&height=99999999")
    assert await window.receive_bytes() == b"100 x 24"
    for nothing in (
        "",
        "{",
        "[]",
        "7",
        '["stdin"]',
        '["stdin", 7]',
        '["resize", {"width": "x"}]',
        "[" * 9000,
    ):
        await window.send_str(nothing)
    await window.send_bytes(b"\xff")
    await window.send_str('["stdin", "a\\ud800ü"]')
    assert await window.receive_bytes() == "Da?ü".encode()
    await window.send_str('["resize", {"width": 99999, "height": -1}]')
    assert await window.receive_bytes() == b'M{"type": "resize", "width": 2000, "height": 1}'
    await window.send_str('["ping", "7"]')
    assert await window.receive_json() == ["pong", "7"]
    for closed in ("file", "link"):
        await window.send_json(["stdin", closed])
        assert await window.receive_bytes() == f"D{closed}".encode()  # and nothing before it


async def test_a_window_closes_with_its_app_and_the_app_with_its_window(served: Running) -> None:
    await served.let_in()
    window, other = await served.open(), await served.open()
    for each in (window, other):
        await each.receive_bytes()
    assert len(served.apps) == 2
    await window.send_json(["stdin", "end"])
    assert (await window.receive()).type is aiohttp.WSMsgType.CLOSE
    await other.close()
    await until(lambda: not served.apps)


async def test_more_windows_than_there_is_room_for_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ROOM_COMES", 0.1)
    async with running(tmp_path, windows=2) as served:
        await served.let_in()
        windows = [await served.open(), await served.open()]
        for window in windows:
            await window.receive_bytes()
        code, said = await served.get("/ws", Origin=f"http://{served.host}")
        assert (code, said) == (503, FULL)
        with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
            await served.open()
        assert len(served.apps) == 2
        monkeypatch.setattr(module, "ROOM_COMES", 20)
        waiting = asyncio.create_task(served.open())
        await windows[0].close()
        assert await (await waiting).receive_bytes() == b"80 x 24"


@pytest.mark.parametrize("app", ["", "hangs"])
async def test_no_app_is_left_once_the_server_has_ended(tmp_path: Path, app: str) -> None:
    async with running(tmp_path, app) as served:
        await served.let_in()
        windows = [await served.open(), await served.open()]
        for window in windows:
            await window.receive_bytes()
        served.ended.set()
        await served.task
        assert served.apps == []
        for window in windows:
            while (said := await window.receive()).type is aiohttp.WSMsgType.BINARY:
                pass
            assert (said.type, said.data) == (aiohttp.WSMsgType.CLOSE, aiohttp.WSCloseCode.GOING_AWAY)


async def until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 - processes tell nobody
            await asyncio.sleep(0.02)


async def test_an_address_that_cant_be_had_is_told_in_a_sentence() -> None:
    serving = Serving(("true",), "127.0.0.1", 0, lambda _link: None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            ServeError, match=f"Port {port} is taken: choose another one, as in --port {port + 1}"
        ):
            await BrowserServer(replace(serving, port=port)).run(asyncio.Event())
    elsewhere = replace(serving, host="203.0.113.7")
    with pytest.raises(ServeError, match=r"«203\.0\.113\.7» is no address of this machine"):
        await BrowserServer(elsewhere).run(asyncio.Event())
    assert "is no address of this machine" in module._why(socket.gaierror(-2, "not known"), elsewhere)
    refused = module._why(PermissionError(13, "no"), replace(serving, port=80))
    assert refused == "Port 80 is not for everybody to use: choose another one, as in --port 8000."


async def test_a_signal_ends_it_unless_it_is_not_to_be_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run(_server: BrowserServer, ended: asyncio.Event) -> None:
        os.kill(os.getpid(), signal.SIGHUP)
        os.kill(os.getpid(), signal.SIGTERM)
        await ended.wait()

    monkeypatch.setattr(BrowserServer, "run", run)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as `nohup` does
    try:
        serving = Serving(("true",), "127.0.0.1", 0, lambda _link: None)
        assert await module._serve(serving) == signal.SIGTERM
    finally:
        signal.signal(signal.SIGHUP, before)
        asyncio.get_running_loop().remove_signal_handler(signal.SIGTERM)
        asyncio.get_running_loop().remove_signal_handler(signal.SIGINT)
