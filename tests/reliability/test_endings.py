"""However the app ends, what was typed is kept and the terminal is given back; bad bytes don't end it."""

from __future__ import annotations

import signal
import stat
import sys
from pathlib import Path

import pytest

from tests.pty_driver import ENTER, LEAVE, QUIT, Terminal, started
from tests.reliability import crashing
from tests.reliability.conftest import Open, stored
from workshop_tui.domain.model.people import Stakeholder

PEOPLE = "nnn"
"""Keys that lead from the first block to the stakeholders."""


def names(database: Path) -> set[str]:
    return {person.name for person in stored(database).all(Stakeholder)}


def type_a_person(terminal: Terminal, name: str) -> None:
    """Type a name, and wait no longer than until it is painted."""
    terminal.send(f"{PEOPLE}a")
    terminal.wait("─ New person ─")
    terminal.send(name)
    terminal.wait(name)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_in_order(open_app: Open, database: Path, number: signal.Signals) -> None:
    terminal = open_app()
    type_a_person(terminal, "Abelone Quist")
    terminal.signal(number)
    assert terminal.ended() == 128 + number
    assert "Abelone Quist" in names(database)
    assert terminal.is_restored


def test_a_closed_terminal_ends_it_in_order(open_app: Open, database: Path) -> None:
    terminal = open_app(start=started)
    type_a_person(terminal, "Abelone Quist")
    terminal.close()
    assert terminal.ended() == 128 + signal.SIGHUP
    assert "Abelone Quist" in names(database)


def test_quitting_keeps_what_is_being_typed(open_app: Open, database: Path) -> None:
    terminal = open_app(start=started)
    type_a_person(terminal, "Abelone Quist")
    terminal.send(QUIT)
    assert terminal.ended() == 0
    assert "Abelone Quist" in names(database)
    assert terminal.is_restored


def test_bad_bytes_do_not_end_it(open_app: Open, database: Path) -> None:
    terminal = open_app()
    terminal.send(b"\xff\xc3")
    terminal.send(LEAVE)  # or they would be the start of a text, with the keys that follow at once
    type_a_person(terminal, "Abelone")
    terminal.send(b" \xe9\x80Quist")
    terminal.wait("Quist")
    terminal.send(f"{ENTER}{LEAVE}{QUIT}")
    assert terminal.ended() == 0
    assert any(name.startswith("Abelone") and name.endswith("Quist") for name in names(database))


@pytest.mark.parametrize("keys", ["\x1b[97;1:1u\x1b[97;1:3u", "\x1b[1;1:3A", "\x1b[:A", "\x1b[9999999999A"])
def test_keys_that_cannot_be_read_do_not_end_it(open_app: Open, database: Path, keys: str) -> None:
    terminal = open_app()
    terminal.send(keys)
    terminal.send(LEAVE)
    type_a_person(terminal, "Abelone Quist")
    terminal.send(f"{ENTER}{LEAVE}{QUIT}")
    assert terminal.ended() == 0
    assert "Abelone Quist" in names(database)


def test_a_crash_where_keys_are_read_is_met_like_any_other(open_app: Open, tmp_path: Path) -> None:
    terminal = open_app(sys.executable, "-m", crashing.__name__, "--keys")
    terminal.send("Abelone")
    assert terminal.ended() == 1
    told = terminal.raw.decode(errors="replace").rpartition("\x1b[?1049l")[2]
    log = next((tmp_path / "home").rglob("crash.log"))
    assert "The app stopped after an internal error. What was shown as saved is saved." in told
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "_fail_reading" in log.read_text()
    for words in (told, log.read_text()):
        assert crashing.VALUE not in words
        assert "Abelone" not in words
    assert terminal.is_restored


def test_a_crash_tells_a_sentence_and_no_values(open_app: Open, database: Path, tmp_path: Path) -> None:
    terminal = open_app(sys.executable, "-m", crashing.__name__)
    type_a_person(terminal, "Abelone Quist")
    terminal.send(f"{ENTER}{LEAVE}")
    terminal.wait_gone("─ New person ─")
    painted = len(terminal.raw)
    terminal.send("o")
    assert terminal.ended() == 1
    told = terminal.raw[painted:].decode(errors="replace").rpartition("\x1b[?1049l")[2]
    log = next((tmp_path / "home").rglob("crash.log"))
    assert "The app stopped after an internal error. What was shown as saved is saved." in told
    assert log.name in "".join(told.split())  # a long path is wrapped
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "RuntimeError" in log.read_text()
    assert "_explode" in log.read_text()
    for words in (told, log.read_text()):
        assert crashing.VALUE not in words
        assert "Abelone" not in words
    assert "Traceback" not in told
    assert "locals" not in told
    assert "Abelone Quist" in names(database)
    assert terminal.is_restored
