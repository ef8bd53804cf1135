"""The database is locked for longer than anybody waits: nothing typed is lost, and the app goes on."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.app.driver import AT, DEADLINE, Driven, driving
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.live.write_queue import WriteQueue
from workshop_tui.settings import Settings
from workshop_tui.store import file
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store
from workshop_tui.tui.notes_app import NotesApp
from workshop_tui.tui.screens.library import Library
from workshop_tui.tui.screens.workshop import WorkshopScreen

LOCKED = "has been locked by another program"


class Lock:
    """Another program, which locks the database as far as it can."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)

    def close(self) -> None:
        self._connection.execute("BEGIN EXCLUSIVE")

    def open(self) -> None:
        self._connection.rollback()


@pytest.fixture
def lock(norvane: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Lock]:
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.02)
    lock = Lock(norvane)
    yield lock
    lock._connection.close()


def drafts(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {text for (text,) in connection.execute("SELECT text FROM draft")}


async def refused(app: Driven) -> None:
    await app.wait_until(lambda: "NOT SAVED: it has been locked" in app.rows[0], "it is said")


async def saved(app: Driven) -> None:
    await app.wait_until(lambda: app.live.is_saved and " saved" in app.rows[0], "all is saved")


async def test_a_line_being_captured_is_told_and_kept_until_it_can_be_written(
    norvane: Path, lock: Lock
) -> None:
    async with driving(norvane, account="norvane") as app:
        lock.close()
        await app.press("f2")
        await app.type_text("a: Ask Ana about the budget")
        await refused(app)
        await app.press("escape")
        await refused(app)
        assert not app.live.is_saved
        lock.open()
        await saved(app)
    assert drafts(norvane) == {"a: Ask Ana about the budget"}
    async with driving(norvane, account="norvane") as app:
        await app.press("f2")
        assert app.shows("a: Ask Ana about the budget")


async def test_a_date_that_is_not_finished_is_told_and_kept_until_it_can_be_written(
    norvane: Path, lock: Lock
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        lock.close()
        await app.press("down")
        row = app.sheet().current
        assert row
        await app.fill(row.id, "Due", "31 feb or")
        await refused(app)
        await app.press("escape")
        lock.open()
        await saved(app)
    (draft,) = drafts(norvane)
    assert draft.endswith("31 feb or")


async def test_undo_passes_over_nothing_that_waits_to_be_written(norvane: Path, lock: Lock) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.add("Written Before")
        await saved(app)
        lock.close()
        await app.add("Waits To Be Written")
        await refused(app)
        await app.press("ctrl+z")
        await app.wait_until(lambda: LOCKED in app.told, "it is said why not")
        names = {person.name for person in app.live.view.all(Stakeholder)}
        assert {"Written Before", "Waits To Be Written"} <= names
        lock.open()
        await saved(app)
        await app.press("ctrl+z")
        await app.wait_until(lambda: "Undone: " in app.told)
        names = {person.name for person in app.live.view.all(Stakeholder)}
        assert ("Written Before" in names, "Waits To Be Written" in names) == (True, False)


async def test_undo_is_never_for_what_was_done_after_its_key(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.add("Written Before")
        await app.stored()
        going = threading.Event()
        app.app.storage.call(lambda _store: going.wait(DEADLINE))
        await app.press_unanswered("ctrl+z")
        await app.add("Added Meanwhile")
        going.set()
        await app.stored()
        assert "something else was done meanwhile" in app.told
        names = {person.name for person in app.live.view.all(Stakeholder)}
        assert {"Written Before", "Added Meanwhile"} <= names
        await app.press("ctrl+z")
        names = {person.name for person in app.live.view.all(Stakeholder)}
        assert ("Written Before" in names, "Added Meanwhile" in names) == (True, False)


async def test_who_goes_to_the_library_is_asked_while_anything_waits(norvane: Path, lock: Lock) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        lock.close()
        await app.add("Waits To Be Written")
        await app.press("q")
        await app.wait_until(lambda: "Not everything is saved: it has been locked" in app.text)
        await app.press("n", "enter")
        await app.wait_until(lambda: app.app.screen is app.app.workshop, "it stays open")
        lock.open()
        await saved(app)
        await app.press("q")
        await app.wait_until(lambda: isinstance(app.app.screen, Library), "the library")
        with closing(Store.open(norvane)) as store:
            names = {person.name for person in store.load("norvane")[0].all(Stakeholder)}
        assert "Waits To Be Written" in names


async def test_what_waits_is_tried_once_at_a_time_however_fast_one_types(
    norvane: Path, lock: Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[None] = []
    drain = WriteQueue._drain

    def counted(self: WriteQueue, store: Store) -> None:
        tried.append(None)
        drain(self, store)

    monkeypatch.setattr(WriteQueue, "_drain", counted)
    async with driving(norvane, account="norvane") as app:
        await app.stored()
        lock.close()
        tried.clear()
        for number in range(100):
            app.live.keep_draft("capture", f"draft {number}")
        await app.stored()
        assert len(tried) < 5
        lock.open()
        await saved(app)
        assert (await app.live.drafts())["capture"] == "draft 99"


# Whatever asks the store


async def back(app: Driven) -> None:
    """Leave whatever has come up."""
    while not isinstance(app.app.screen, WorkshopScreen | Library):
        await app.press("f5" if app.app.is_covered else "escape")
    await app.press("escape")


TYPED = (
    ("r", "f2", "x", "enter", "escape"),
    ("r", "enter", "x", "enter"),
    ("r", "x"),
    ("r", "d", "enter"),
    ("r", "ctrl+z"),
    ("enter", "x", "ctrl+z", "ctrl+y"),
    ("a", "x", "tab", "x"),
    ("f2", "x", "f4"),
)
"""What is typed in one go, beside every single key."""


def every_key(app: Driven) -> list[tuple[str, ...]]:
    """Return a key for each thing that a key does on this screen."""
    keys = {str(active.binding.action): key for key, active in app.app.screen.active_bindings.items()}
    return [(key,) for key in keys.values()]


async def test_no_key_ends_the_app(norvane: Path, lock: Lock) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.stored()
        lock.close()
        app.live.keep_draft("capture", "waits, so that who leaves is asked")
        await refused(app)
        for keys in (*every_key(app), *TYPED):
            await app.press(*keys)
            await app.stored()
            await back(app)
            assert app.app.screen is app.app.workshop, keys
        lock.open()
        await saved(app)


async def test_no_key_of_the_library_ends_the_app(norvane: Path, lock: Lock) -> None:
    async with driving(norvane) as app:
        await app.wait_until(lambda: "Norvane" in app.text)
        lock.close()
        told = ""
        for keys in every_key(app):
            if keys not in {("q",), ("ctrl+q",)}:
                await app.press(*keys)
                with suppress(StoreError):
                    await app.stored()
                told += app.told
                await back(app)
        assert LOCKED in told
        lock.open()
        await app.press("1")
        await app.wait_until(lambda: "Norvane" in app.text, "the accounts are read")
        await app.press("ctrl+home", "enter")
        await app.wait_until(lambda: app.app.workshop and app.app.screen is app.app.workshop, "it is open")


async def test_the_notes_open_once_they_can(norvane: Path, lock: Lock, tmp_path: Path) -> None:
    lock.close()
    settings = Settings(tmp_path / "config.toml", "me")
    app = NotesApp(norvane, settings, tmp_path / "crash.log", lambda: AT, account="norvane")
    async with app.run_test(notifications=True) as pilot, asyncio.timeout(30):
        while not any(LOCKED in toast.message for toast in app._notifications):
            await pilot.pause()
        lock.open()
        while app.live is None:
            await pilot.pause()
    app.storage.close(10)


async def test_what_is_typed_into_a_dialog_meanwhile_is_told_and_kept_once_it_can_be(
    norvane: Path, lock: Lock
) -> None:
    async with driving(norvane, size=(100, 24)) as app:
        await app.press("r")
        await app.wait_until(lambda: app.shows("Rename account"), "the dialog is there")
        lock.close()
        await app.type_text("Abelone")
        await app.wait_until(lambda: LOCKED in app.told, "it is told")
        lock.open()
        await app.wait_until(lambda: "Abelone" in "".join(drafts(norvane)), "it is kept")
        await app.press("escape")
