"""What a person types is kept: large pastes, a locked or lost database, and undo on the next day."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.pty_driver import BACKSPACE, ENTER, LEAVE, PASTE, QUIT, UNDO, Terminal
from tests.reliability.conftest import ACCOUNT, Open, stored
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Session
from workshop_tui.store.store import Store

LEFT_AT = "left at "
"""Before the place of a draft that says where the session was left."""
SAVED = r" saved \d\d:\d\d:\d\d"


def begin(terminal: Terminal, blocks: int, title: str) -> None:
    """Go to a block and begin a new row."""
    terminal.send("n" * blocks + "a")
    terminal.wait(f"─ {title} ─")


def named(database: Path, start: str) -> str:
    return next((p.name for p in stored(database).all(Stakeholder) if p.name.startswith(start)), "")


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Have another program hold the database."""
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_a_paste_of_many_lines_makes_a_row_of_each(open_app: Open, database: Path) -> None:
    words = [f"word{number}" for number in range(20)]
    terminal = open_app()
    begin(terminal, 3, "New person")
    terminal.send(PASTE.format("\r".join(words)))
    terminal.wait("word19")
    terminal.send(f"{LEAVE}{QUIT}")
    assert terminal.ended() == 0
    assert [person.name for person in stored(database).all(Stakeholder)][-20:] == words


def test_a_text_of_many_lines_keeps_its_lines(open_app: Open, database: Path) -> None:
    lines = [f"line {number} of it" for number in range(40)]
    terminal = open_app()
    terminal.send(ENTER)
    terminal.wait("─ Purpose · session")
    terminal.send(PASTE.format("\r".join(lines)))
    terminal.wait("line 39 of it")
    terminal.send(f"{LEAVE}{QUIT}")
    assert terminal.ended() == 0
    assert "\n".join(lines) in {session.purpose for session in stored(database).all(Session)}


def test_a_huge_paste_is_refused_in_a_sentence_and_kept_as_a_draft(open_app: Open, database: Path) -> None:
    huge = "Abelone " + "x" * 100_000
    terminal = open_app()
    begin(terminal, 3, "New person")
    terminal.send(PASTE.format(huge))
    terminal.wait(r"✗ Name is \d+ characters too long")
    terminal.send(f"{LEAVE}{QUIT}")
    terminal.ended()
    assert named(database, "Abelone") == ""
    with closing(Store.open(database)) as store:
        drafts = [draft for actor in actors(database) for draft in store.drafts(ACCOUNT, actor).items()]
    assert [text for place, text in drafts if not place.startswith(LEFT_AT)] == [huge]


def actors(database: Path) -> set[str]:
    with closing(sqlite3.connect(database)) as connection:
        return {actor for (actor,) in connection.execute("SELECT DISTINCT actor FROM draft")}


def test_a_locked_database_holds_up_neither_screen_nor_saving(open_app: Open, database: Path) -> None:
    terminal = open_app()
    begin(terminal, 3, "New person")
    with locked(database):
        until = time.perf_counter() + 3
        name = "Abelone"
        while time.perf_counter() < until:
            sent = time.perf_counter()
            name += "qzxjkv"[len(name) % 6]
            terminal.send(name[-1] if len(name) > len("Abeloneq") else name)
            terminal.wait(name)
            assert time.perf_counter() - sent < 1
            terminal.watch(0.1, str)
        assert "saving…" in terminal.text
    terminal.wait(SAVED)
    assert named(database, "Abelone") == name


def test_a_deleted_database_is_told_at_once(open_app: Open, database: Path) -> None:
    terminal = open_app()
    begin(terminal, 3, "New person")
    for file in database.parent.glob("workshops.db*"):
        file.unlink()
    terminal.send("Abelone")
    terminal.wait("NOT SAVED: .*deleted", seconds=2)


def test_undo_goes_on_after_a_restart(open_app: Open, database: Path) -> None:
    terminal = open_app()
    begin(terminal, 3, "New person")
    terminal.send("Abelone Quist")
    terminal.wait(SAVED)
    terminal.send(f"{ENTER}{LEAVE}{QUIT}")
    assert terminal.ended() == 0
    assert named(database, "Abelone") == "Abelone Quist"
    terminal = open_app(shows="Stakeholder map")  # where it was left
    terminal.send(UNDO)
    terminal.wait("stakeholder Abelone Quist added")
    terminal.send(f"y{ENTER}")
    terminal.wait("Undone: .*Abelone Quist")
    terminal.wait(SAVED)
    assert named(database, "Abelone") == ""


def test_keys_of_one_chunk_are_done_in_the_order_in_which_they_come(open_app: Open, database: Path) -> None:
    terminal = open_app()
    left = "\x1b[D"
    terminal.send("\x12")
    terminal.wait("capture ▸")
    terminal.send(f"s: Abelone Quist{BACKSPACE * 5}Doe{left * 2}{BACKSPACE}L{ENTER}{LEAVE}{QUIT}")
    assert terminal.ended() == 0
    assert named(database, "Abelone") == "Abelone Loe"
