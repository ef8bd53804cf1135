"""The room's window in a terminal: it follows, can't write, and is gone at once when it is to end.

That it shows nothing hidden is tried in test_canaries_in_a_terminal.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.benchmarks.measure import cpu, memory
from tests.prepared import Forked
from tests.pty_driver import COMMAND, Terminal, environment
from tests.reliability.conftest import ACCOUNT, Open
from tests.reliability.test_canaries_in_a_terminal import F5, followed
from workshop_tui.tui.screens.curtain import MOMENT

Start = Callable[[], Terminal]
ENDS = 2.0
"""Seconds within which it is to be gone."""
COMES = 2.0
"""Seconds within which it has come on a machine that does nothing else."""
CAME: dict[int, float] = {}
"""Process → seconds in which it came."""
SOON = 1.0
"""Seconds within which it follows the main screen."""
LOAD, GROWTH = 0.6, 8.0
"""Seconds of processor that it may take in three, with nothing to show, and megabytes that it may grow by."""
VALUE = "Value co-discovery"
"""What the window shows once the main screen is at the values."""


@pytest.fixture
def open_room(database: Path, tmp_path: Path) -> Iterator[Start]:
    """Start the window for the room on the sample, and wait until it shows something."""
    with ExitStack() as stack:

        def opened() -> Terminal:
            line = [*COMMAND, "--db", str(database), "room", ACCOUNT]
            env = environment(HOME=str(tmp_path / "home"))
            terminal = stack.enter_context(Terminal(line, env=env, start=Forked))
            terminal.wait("Norvane Bank")
            CAME[terminal.process.pid] = terminal.heard - terminal.started
            return terminal

        yield opened


def within(seconds: float, room: Terminal) -> float:
    """Return so many seconds, and more where the machine is so busy that the window came late, too."""
    return seconds * max(1.0, CAME[room.process.pid] / COMES)


def to_value(main: Terminal, room: Terminal) -> None:
    """Open the block of the values on the main screen, and wait until the room's window shows it."""
    main.send("nnnnnn")
    main.wait(r"1 of ")
    room.wait(VALUE)


def members(session: int) -> set[int]:
    """Return the processes of a terminal's session: the command and whatever it started."""
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            state = (entry / "stat").read_text().rpartition(")")[2].split() if entry.name.isdigit() else []
        except OSError:  # it has ended meanwhile
            continue
        if state and state[0] != "Z" and int(state[3]) == session:
            found.add(int(entry.name))
    return found


def descriptors(process: int, database: Path) -> Iterator[tuple[int, int]]:
    """Yield each handle by which a process has the database open, with the flags it was opened with."""
    for handle in Path(f"/proc/{process}/fd").iterdir():
        if handle.resolve() == database.resolve():
            info = Path(f"/proc/{process}/fdinfo/{handle.name}").read_text()
            yield int(handle.name), int(info.partition("flags:")[2].split()[0], 8)


def end(terminal: Terminal, how: str) -> int:
    """End the window in one of the ways in which that happens; return the exit code a shell expects."""
    if how == "closed":
        terminal.close()
        return 128 + signal.SIGHUP
    number = signal.Signals[how]
    terminal.signal(number)
    return 128 + number


def wait_for_nobody(session: int) -> None:
    """Wait until no process of a terminal's session is left: whoever was killed with it may take a moment."""
    deadline = time.monotonic() + ENDS
    while left := members(session):
        assert time.monotonic() < deadline, left


@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP", "closed"])
@pytest.mark.parametrize("while_it", ["waits", "follows", "is covered", "finds no database"])
def test_it_ends_at_once_and_leaves_nobody_behind(
    open_app: Open, open_room: Start, database: Path, how: str, while_it: str
) -> None:
    if while_it in {"follows", "is covered"}:
        main = open_app()
        room = open_room()
        to_value(main, room)
        if while_it == "is covered":
            main.send(F5)
            room.wait(MOMENT)
    else:
        room = open_room()
        room.wait("Waiting for Norvane Bank")
    with closing(sqlite3.connect(database, isolation_level=None)) as lock:
        if while_it == "finds no database":
            lock.execute("BEGIN EXCLUSIVE")
        expected = end(room, how)
        assert room.ended(within(ENDS, room)) == expected
    wait_for_nobody(room.process.pid)
    if how != "closed":
        assert room.is_restored


def test_it_ends_while_it_is_still_starting(database: Path, tmp_path: Path) -> None:
    line = [*COMMAND, "--db", str(database), "room", ACCOUNT]
    with Terminal(line, env=environment(HOME=str(tmp_path / "home"))) as room:
        room.wait_until(lambda _text: b"\x1b[?1049h" in room.raw, what="the first byte of its screen")
        came = time.perf_counter() - room.started
        room.signal(signal.SIGTERM)
        room.ended(ENDS * max(1.0, came))
        wait_for_nobody(room.process.pid)


def test_it_idles_without_load_and_without_growing(open_app: Open, open_room: Start) -> None:
    main, room = open_app(), open_room()
    to_value(main, room)
    room.watch(1.0, len)  # what comes behind the first paint
    before = cpu(room), memory(room)
    room.watch(3.0, len)
    assert cpu(room) - before[0] < LOAD
    assert memory(room) - before[1] < GROWTH


def test_it_follows_block_view_subject_and_curtain_within_a_second(open_app: Open, open_room: Start) -> None:
    main, room = open_app(), open_room()
    ways = (
        ("block", "nnnnnn", "1 of ", VALUE),
        ("subject", "]", "2 of", ""),
        ("view", "v4", "I HEARD YOU SAY", "I HEARD YOU SAY"),
        ("curtain", F5, MOMENT, MOMENT),
        ("curtain", F5, "saved", "I HEARD YOU SAY"),
        ("view", "v2", "Board", ""),
    )
    for what, keys, shows, there in ways:
        assert followed(main, room, keys, shows, there) < within(SOON, room), what


def test_its_connection_reads_only(open_app: Open, open_room: Start, database: Path) -> None:
    main, room = open_app(), open_room()
    to_value(main, room)
    opened = dict(descriptors(room.process.pid, database))
    assert opened
    assert all(flags & os.O_ACCMODE == os.O_RDONLY for flags in opened.values())
    written = dict(descriptors(main.process.pid, database))
    assert any(flags & os.O_ACCMODE == os.O_RDWR for flags in written.values())  # or this looks at nothing
