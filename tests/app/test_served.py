"""What is closed in a window of a browser: other audiences, other accounts, files, whatever writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from workshop_tui.live.limits import Limits
from workshop_tui.store.errors import READ_ONLY
from workshop_tui.tui.app import WorkshopApp
from workshop_tui.tui.host import NO_FILES
from workshop_tui.tui.screens.curtain import MOMENT
from workshop_tui.tui.screens.dialogs import Choose


def offered(app: Driven) -> list[str]:
    """Return who may look, as far as that is asked."""
    screen = app.app.screen
    return [choice.text for choice in screen._every] if isinstance(screen, Choose) else []


def content(database: Path) -> bytes:
    """Return what is in a database."""
    return database.read_bytes()


async def test_for_one_firm_nobody_sees_more_and_no_other_account(norvane: Path) -> None:
    async with driving(norvane, account="norvane", limits=Limits("ps")) as app:
        assert app.app.live is not None
        assert app.app.live.audience == "ps"
        await app.press("ctrl+t")
        await app.wait_until(lambda: offered(app))
        assert offered(app) == ["Customer", "All our team", "Quillhaven"]
        await app.press("c", "enter")
        await app.wait_until(lambda: "SHARED" in app.text)
        await app.press("ctrl+t")
        await app.wait_until(lambda: offered(app))
        await app.press("Q", "u", "enter")
        await app.wait_until(lambda: "SHARED" not in app.text)
        for key in ("q", "f3", "ctrl+f"):
            await app.press(key)
            assert app.app.screen is app.app.workshop, key
        assert "Library" not in app.text
        await app.app.close_workshop()  # however it comes to be left
        await app.wait_until(lambda: app.app._exit)


async def test_for_the_customer_nothing_opens_up(norvane: Path) -> None:
    async with driving(norvane, account="norvane", limits=Limits("customer")) as app:
        assert "SHARED" in app.text
        for key in ("f4", "shift+f4", "ctrl+t", "q", "f3"):
            await app.press(key)
            assert app.app.screen is app.app.workshop, key
        await app.press("f5")
        assert MOMENT in app.text
        await app.press("ctrl+o")  # with the curtain down it would ask who may look
        assert "SHARED" in app.text
        assert MOMENT not in app.text
        await app.press("n", "n", "n")
        await app.quiet()
        assert offered(app) == []
        assert "SHARED" in app.text


async def test_in_a_browser_no_file_is_read_or_written(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WorkshopApp, "is_web", property(lambda _app: True))
    async with driving(norvane, account="norvane") as app:
        for key in ("e", "i"):
            await app.press(key)
            assert app.app.screen is app.app.workshop, key
            assert app.told == NO_FILES
            app.app.clear_notifications()
        await app.press("f4", "e", "i")
        assert app.told == ""  # before the customer nothing tells that there is more
        await app.press("y")
        assert "sent to the browser to copy" in app.text
    async with driving(norvane) as app:
        await app.press("1")
        for key in ("e", "i", "u", "2", "e", "3", "e"):
            await app.press(key)
            assert app.app.screen is app.app._library, key


async def test_who_only_looks_on_begins_nothing_in_the_library(norvane: Path) -> None:
    before = content(norvane)
    async with driving(norvane, limits=Limits(reads_only=True)) as app:
        await app.press("1")
        for key in ("n", "a", "s", "r", "z", "ctrl+z"):
            await app.press(key)
            assert app.app.screen is app.app._library, key
            assert app.told == READ_ONLY, key
            app.app.clear_notifications()
    assert content(norvane) == before
