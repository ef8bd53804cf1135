"""The command as it is run: it tells a link, shows the app, and leaves no process and no text behind."""

from __future__ import annotations

import asyncio
import getpass
import os
import signal
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.pty_driver import Terminal
from tests.reliability.conftest import ACCOUNT
from tests.reliability.test_room import descriptors
from tests.served.conftest import Serve, apps, link, window
from workshop_tui.store.store import Store

ENDS = 2.0
"""Seconds within which no app may be left once the server has ended."""
COMES = 2.0
"""Seconds within which a window has come on a machine that does nothing else; with more, all takes longer."""
F2, F4, CTRL_C = "\x1bOQ", "\x1bOS", "\x03"


def end(terminal: Terminal, how: str, seconds: float = ENDS) -> int:
    """End the server in one of the ways in which that happens; return its exit code."""
    if how == "Ctrl+C":
        terminal.send(CTRL_C)
    elif how == "closed":
        terminal.close()
    else:
        terminal.signal(signal.Signals[how])
    return terminal.ended(2 * seconds)


@pytest.mark.parametrize(("how", "code"), [("Ctrl+C", 0), ("SIGTERM", 143), ("SIGKILL", -9), ("closed", 129)])
async def test_no_app_is_left_whatever_ends_the_server(
    serve: Serve, database: Path, how: str, code: int
) -> None:
    terminal = serve()
    began = time.monotonic()
    async with window(terminal) as opened:
        await opened.wait("f4 Share")
        came = time.monotonic() - began
        await opened.send(F2)
        await opened.wait("capture")
        await opened.send("Ring Ingrid about it")
        await opened.wait("Ring Ingrid about it")
        (app,) = apps(database)
        within = ENDS * max(1.0, came / COMES)
        assert end(terminal, how, within) == code
        deadline = time.monotonic() + within
        while apps(database):
            assert time.monotonic() < deadline, f"{app} is left"
    if how == "Ctrl+C":
        assert "It is no longer served." in terminal.text
        assert "Traceback" not in terminal.text
    assert "Ring Ingrid about it" in typed(database)


def typed(database: Path) -> str:
    """Return what was left unfinished in a browser."""
    with closing(Store.open(database)) as store:
        return "\n".join(store.drafts(ACCOUNT, f"{getpass.getuser()}, browser").values())


def opened_with(process: int, database: Path) -> list[int]:
    """Return the flags with which a process has the database open, once it has: behind its first screen."""
    end = time.monotonic() + 20
    while not (found := dict(descriptors(process, database))):
        assert time.monotonic() < end
        time.sleep(0.01)
    return list(found.values())


def content(database: Path) -> dict[str, bytes]:
    """Return the database, and what may lie beside it."""
    return {file.name: file.read_bytes() for file in database.parent.glob(f"{database.name}*")}


async def test_read_only_nothing_can_be_written_whatever_is_pressed(serve: Serve, database: Path) -> None:
    before = content(database)
    terminal = serve("--read-only")
    async with window(terminal) as opened:
        await opened.wait("f4 Share")
        (app,) = apps(database)
        await opened.send(F2)
        await opened.wait("Nothing can be changed here now")
        await opened.send("e")
        await opened.wait("Files are read and written where the app is served")
        await opened.send(F4)
        await opened.wait("SHARED")
        flags = await asyncio.to_thread(opened_with, app, database)
        assert all(each & os.O_ACCMODE == os.O_RDONLY for each in flags)
    assert end(terminal, "SIGTERM") == 143
    assert content(database) == before


async def test_the_rooms_window_is_served_for_the_customer(serve: Serve) -> None:
    terminal = serve("--room")
    async with window(terminal) as opened:
        assert "TEAM ONLY" not in await opened.wait("Waiting for Norvane Bank")


def test_the_link_and_its_end_are_told_plainly_and_a_warning_where_others_can_reach_it(serve: Serve) -> None:
    terminal = serve()
    told = terminal.text
    assert "Open this link, which works once, in a browser; Ctrl+C here ends it:" in told
    assert link(terminal).startswith("http://127.0.0.1:")
    assert "not encrypted" not in told
    assert end(terminal, "Ctrl+C") == 0
    terminal = serve("--host", "0.0.0.0")  # noqa: S104 - it is what is warned of
    assert terminal.text.count("The link is not encrypted") == 1
    assert "127.0.0.1" not in link(terminal)
