"""Every byte that reaches a real terminal, from the first to those behind the end, is fit for who looks."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.app.canaries import FINE, LEAK, opened_as, with_canaries
from tests.app.driver import seed
from tests.prepared import Forked
from tests.pty_driver import COMMAND, LEAVE, QUIT, Terminal, environment, started
from tests.reliability import crashing
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan

CRASH = (sys.executable, "-m", crashing.__name__)
F1, F4, F5, F6, F7 = "\x1bOP", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~"
TITLE = re.compile(r"\x1b\][012];([^\x07\x1b]*)")
WAYS = (
    *((F1, "─ Help ─", LEAVE), (F7, "Pause «|Start «", LEAVE), ("r", "Newest lines", "rr")),
    ("\x1a", "Nothing to undo", ""),
    *(("\x12a: x @a", "new action", LEAVE), (F5, "One moment, please", F5), (F6, "leaves the focus", "")),
)
"""Keys, what is on the screen after them, and keys after which that is gone."""


@pytest.fixture
def database(tmp_path: Path, sample: AccountPlan) -> Path:
    """The account with canaries for the customer, and another account that is none of theirs."""
    path = tmp_path / "workshops.db"
    plan = with_canaries(sample, CUSTOMER)
    plan = AccountPlan.of((*plan, *(with_values(block, started=None) for block in plan.all(Block))))
    seed(path, opened_as(plan, ALLIANCE))
    other = with_values(sample.account, id="other", name=f"{LEAK}other")
    seed(path, AccountPlan.of((other, *(row for row in sample if not isinstance(row, Account)))))
    return path


@pytest.fixture
def start(tmp_path: Path, database: Path) -> Callable[..., Terminal]:
    def start(*command: str, doing: str = "") -> Terminal:
        line = [*command, "--db", str(database), doing or "open", "norvane"]
        start = Forked if doing else started
        return Terminal(line, env=environment(HOME=str(tmp_path / "home")), start=start)

    return start


def settle(terminal: Terminal) -> None:
    while terminal.read(0.2):
        pass


def step(terminal: Terminal, key: str) -> None:
    """Go to another block."""
    before = terminal.text
    terminal.send(key)
    terminal.wait_until(before.__ne__, what="another block")
    settle(terminal)


def titles(text: str) -> set[str]:
    """Return what the window was called."""
    return set(TITLE.findall(text))


def test_from_the_first_byte_to_a_crash_the_customer_reads_nothing_hidden(
    start: Callable[..., Terminal], tmp_path: Path
) -> None:
    with start(*COMMAND) as terminal:
        terminal.wait("TEAM ONLY")
        terminal.send("nnn")
        terminal.wait("New person")  # which the first block has not, unlike what leaks
        terminal.wait(LEAK)
        settle(terminal)
        before = len(terminal.raw)
        terminal.send(F4)
        terminal.wait("● SHARED")
        terminal.send(QUIT)
        assert terminal.ended() == 0
        assert LEAK not in terminal.raw[before:].decode(errors="replace")
        assert titles(terminal.raw.decode(errors="replace")) == {"Workshop"}
    with start(*CRASH) as terminal:  # which reopens as it was left
        terminal.wait("● SHARED")
        for keys, shows, leave in WAYS:
            terminal.send(keys)
            terminal.wait(shows)
            if leave:
                terminal.send(leave)
                terminal.wait_gone(shows)
        for key in "n" * 8 + "b" * 11:  # to the last block from the one that was left, and back to the first
            step(terminal, key)
            terminal.send("vv")
            settle(terminal)
        terminal.send("o")
        assert terminal.ended() == 1
        told = terminal.raw.decode(errors="replace")
    assert FINE in told
    assert LEAK not in told
    assert titles(told) == {"Workshop"}
    assert told.endswith("\x1b[23;2t")
    assert "internal error" in told
    assert crashing.VALUE not in told
    (log,) = (tmp_path / "home").rglob("crash.log")
    for word in (LEAK, FINE, crashing.VALUE):
        assert word not in log.read_text()


def test_the_facilitators_notes_never_come_without_saying_whose_they_are(
    start: Callable[..., Terminal],
) -> None:
    with start(*COMMAND, doing="notes") as terminal:
        terminal.wait(LEAK)
        terminal.send("q")
        assert terminal.ended() == 0
        told = terminal.raw.decode(errors="replace")
    assert told.index("FACILITATOR ONLY") < told.index(" FACILITATOR ONLY ") < told.index(LEAK)
    assert titles(told) == {"FACILITATOR ONLY"}


def test_the_rooms_window_follows_within_a_second_and_never_reads_what_is_hidden(
    start: Callable[..., Terminal], database: Path
) -> None:
    before = database.read_bytes()
    with start(*COMMAND, doing="room") as room:
        room.wait("Waiting for .* to be opened on the main screen")
        settle(room)
        assert database.read_bytes() == before
        with start(*COMMAND, doing="open") as main:
            main.wait("saved")
            main.send("nnn")
            main.wait(LEAK)
            settle(main)
            to_value(main)
            room.wait(f"╭─ {FINE}")
            took = [followed(main, room, "]", rf"\[ *{n} of", "") for n in (2, 3, 4)]
            took += [
                followed(main, room, F5, "One moment", "One moment"),
                followed(main, room, F5, "saved", f"╭─ {FINE}"),
            ]
            main.send(QUIT)
            assert main.ended() == 0
            assert LEAK in main.raw.decode(errors="replace")
        room.wait("Waiting for .* to be opened on the main screen")
        room.send("q")
        assert room.ended() == 0
        assert room.is_restored
        told = room.raw.decode(errors="replace")
    assert min(took) < 1.0, took  # a machine that is busy takes longer at times
    assert sorted(took)[len(took) // 2] < 1.0, took
    assert FINE in told
    assert LEAK not in told
    assert titles(told) == {"Workshop"}


def to_value(main: Terminal) -> None:
    """Step through the agenda until the values are open."""
    for _ in range(9):
        if "1 of " in main.text:
            return
        step(main, "n")
    raise AssertionError(main.text)


def followed(main: Terminal, room: Terminal, keys: str, shows: str, there: str) -> float:
    """Press a key on the main screen; return the seconds until the window for the room shows it too."""
    before, heard = room.text, room.heard
    main.send(keys)
    main.wait(shows)
    shown = main.heard
    room.wait(there) if there else room.wait_until(lambda text: text != before, what="another person")
    assert room.heard > heard
    return room.heard - shown
