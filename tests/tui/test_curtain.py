"""The curtain covers everything at once, and the audience switch makes the screen safe from anywhere."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

import pytest

from tests.tui.driver import AT, Driven, driving
from workshop_tui.domain.people import Stakeholder
from workshop_tui.domain.step import set_field
from workshop_tui.domain.words import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.tui.screens.dialogs import Ask, Choose

KEYS = (("f5", "ctrl+g"), ("ctrl+g", "f5"))


def is_covered(app: Driven) -> bool:
    """Whether nothing is painted but the curtain."""
    return [row.strip() for row in app.rows if row.strip()] == ["One moment, please."]


@pytest.mark.parametrize(("down", "up"), KEYS)
async def test_it_covers_tables_editors_dialogs_and_toasts(norvane: Path, down: str, up: str) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        app.app.say("Something about Priya")
        await app.press(down)
        assert is_covered(app)
        app.app.say("Something about Marcus")
        await app.press(up)
        assert "Priya" in app.text
        assert "Something about" not in app.text
        await app.press("enter", down)
        assert is_covered(app)
        await app.press(up)
        assert app.editor.display
        await app.press("escape", "e", down)
        assert is_covered(app)
        await app.press(up)
        assert isinstance(app.app.screen, Ask)


async def test_nothing_else_answers_under_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.fill("Marcus", "Title", "!")
        await app.stored()
        before = (app.live.whole, app.live.audience, app.workshop.block)
        await app.press("f5", "f4", "ctrl+o", "n", "ctrl+p", "ctrl+z", "ctrl+q", "f1", "e", "q", "x", "tab")
        await app.press("enter", "a")
        await app.stored()
        assert is_covered(app)
        await app.press("f5")
        assert app.app.screen is app.workshop
        assert (app.live.whole, app.live.audience, app.workshop.block) == before


async def test_what_was_on_its_way_waits_until_it_lifts(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        person = app.live.whole.all(Stakeholder)[0]
        app.live.commit(lambda _plan: set_field(person, "title", "Chair"))
        await app.stored()
    async with driving(norvane, account="norvane", at=AT + dt.timedelta(days=1)) as app:
        app.workshop.action_undo()
        app.app.action_curtain()
        await app.stored()
        await asyncio.gather(app.stored(), app.pilot.pause())
        assert is_covered(app)
        await app.press("f5")
        await app.wait_until(lambda: isinstance(app.app.screen, Choose), "the question comes now")
        assert "before today's sitting" in app.text


async def test_it_falls_over_an_account_that_is_being_opened(norvane: Path) -> None:
    async with driving(norvane, size=(100, 30)) as app:
        await app.press("enter")
        app.app.action_curtain()
        await app.stored()
        await app.stored()
        assert is_covered(app)
        await app.press("f5")
        await app.wait_until(lambda: app.app.workshop is not None and app.app.screen is app.app.workshop)


@pytest.mark.parametrize("key", ["f4", "ctrl+o"])
async def test_one_key_leads_from_anywhere_to_what_the_customer_may_see(norvane: Path, key: str) -> None:
    ways = [("enter",), ("x",), ("e",), ("f1", "ctrl+p")]
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        for way in ways:
            app.workshop.look_as(ALLIANCE)
            await app.to_block(BlockKind.STAKEHOLDERS)
            await app.press(*way, key)
            assert (app.live.audience, app.app.screen) == (CUSTOMER, app.workshop), way
            assert not app.editor.display
            assert "CUSTOMER MAY LOOK" in app.rows[0]
            assert "Sentiment" not in app.text
        await app.press(key)
        await app.wait_until(lambda: "Who may look at this screen?" in app.text)
        await app.press("1")
        assert app.live.audience == "ps"
        assert "QUILLHAVEN ONLY" in app.rows[0]


async def test_what_is_typed_when_the_audience_changes_is_saved(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Marcus", "Title", "main", "enter")
        await app.type_text(" of the group")
        await app.press("f4")
        (found,) = app.live.whole.where(Stakeholder, id="ST02")
        assert found.title == "Chief Financial Officer of the group"


async def test_the_library_and_the_export_are_closed_to_the_customer(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.press("f4")
        for key in ("e", "q"):
            app.app.clear_notifications()
            await app.press(key)
            await app.wait_until(lambda: app.told, "it says so")
            assert app.app.screen is app.workshop
