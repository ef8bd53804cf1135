"""The curtain covers everything at once, and what lies beneath it waits until it lifts."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from textual import events

from tests.app.driver import AT, Driven, driving
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.step import set_field
from workshop_tui.tui.features.focus_mode import FocusMode
from workshop_tui.tui.screens import exporting
from workshop_tui.tui.screens.curtain import MOMENT
from workshop_tui.tui.screens.dialogs import Ask, Choose

KEYS = (("f5", "ctrl+g"), ("ctrl+g", "f5"))


def is_covered(app: Driven) -> bool:
    """Whether nothing is painted but the curtain."""
    rows = [row.strip() for row in app.rows if row.strip()]
    return rows in ([MOMENT], [MOMENT, "Keys do nothing here: F5 lifts this."])


@pytest.mark.parametrize(("down", "up"), KEYS)
async def test_it_covers_tables_editors_dialogs_and_toasts(norvane: Path, down: str, up: str) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        app.app.say("Something about Priya")
        await app.press(down)
        assert is_covered(app)
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


async def test_what_was_being_typed_is_there_when_it_lifts(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Send", "Due", "main", "enter")
        for way in (
            ("31 foo",),
            ("escape", "f2", "Send cost range @"),
            ("escape", "slash", "cost"),
            ("escape", "ctrl+p", "exp"),
        ):
            await app.press(*way[:-1])
            await app.type_text(way[-1])
            await app.press("f5")
            assert is_covered(app)
            await app.type_text("xyz")
            await app.press("f5")
            await app.type_text("!")
            assert f"{way[-1]}!" in app.text, way


@pytest.mark.parametrize("pasted", [False, True])
async def test_what_is_typed_or_pasted_under_it_is_said_to_go_nowhere(norvane: Path, *, pasted: bool) -> None:
    async with driving(norvane, account="norvane", size=(80, 24), keys={"curtain": "f9,ctrl+g"}) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.type_text("", "f2", *"a: Ask ", "f9")
        assert [row.strip() for row in app.rows if row.strip()] == [MOMENT]
        if pasted:
            driver = app.app._driver
            assert driver is not None
            driver.send_message(events.Paste("for it"))
            await app.quiet()
        else:
            await app.type_text("for it")
        assert app.shows("Keys do nothing here: F9 lifts this.")
        await app.press("f9")
        await app.type_text("them")
        assert app.shows("capture ▸ a: Ask them")
        await app.press("f9")
        assert not app.shows("Keys do nothing")


async def test_nothing_else_answers_under_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.fill("Marcus", "Title", "!")
        await app.stored()
        before = (app.live.whole, app.live.audience, app.workspace.block)
        await app.press("f5", "n", "ctrl+p", "ctrl+z", "ctrl+q", "f1", "f2", "f6", "f7", "e", "q")
        await app.press("x", "tab", "enter", "a")
        await app.stored()
        assert is_covered(app)
        await app.press("f5")
        assert app.app.screen is app.workshop
        assert (app.live.whole, app.live.audience, app.workspace.block) == before
        assert not app.workspace[FocusMode].is_on


async def test_what_was_on_its_way_waits_until_it_lifts(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        person = app.live.whole.all(Stakeholder)[0]
        app.live.commit(lambda _plan: set_field(person, "title", "Chair"))
        await app.stored()
    async with driving(norvane, account="norvane", at=AT + dt.timedelta(days=1)) as app:
        app.workshop.action_command("undo")
        app.app.action_curtain()
        app.app.say("Something about Marcus")
        await app.stored()
        await asyncio.gather(app.stored(), app.pilot.pause())
        assert is_covered(app)
        await app.press("f5")
        await app.wait_until(lambda: isinstance(app.app.screen, Choose), "the question comes now")
        assert "before today's sitting" in app.text
        assert app.told == "Something about Marcus"


async def test_a_file_written_under_it_is_told_of_when_it_lifts(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = held_up(monkeypatch)
    monkeypatch.chdir(norvane.parent)
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.press("e", "ctrl+s", "f5")
        going.set()
        await app.wait_until(lambda: app.app._untold, "it is written")
        assert is_covered(app)
        await app.press("f5")
        await app.wait_until(lambda: app.app.screen is app.workshop, "the dialog goes away")
        assert app.told.startswith("Written to ")


def held_up(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Have an export wait, before it is written, for the event returned."""
    going, write = threading.Event(), exporting.write

    def slowly(*what: Any) -> Sequence[Path]:
        assert going.wait(30)
        return write(*what)

    monkeypatch.setattr(exporting, "write", slowly)
    return going


async def test_it_falls_over_an_account_that_is_being_opened(norvane: Path) -> None:
    async with driving(norvane, size=(100, 30)) as app:
        await app.press("enter")
        app.app.action_curtain()
        await app.stored()
        await app.stored()
        assert is_covered(app)
        await app.press("f5")
        await app.wait_until(lambda: app.app.workshop is not None and app.app.screen is app.app.workshop)


@pytest.mark.parametrize("key", ["f4", "ctrl+o", "shift+f4", "ctrl+t"])
async def test_who_may_look_is_asked_over_it_and_f5_takes_the_question_away(norvane: Path, key: str) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        app.app.say("Something about Priya")
        await app.press("f5", key)
        assert app.shows("Who may look?")
        assert "Norvane" not in app.text
        await app.press("f1", "ctrl+p", "ctrl+q", "f2")
        assert app.shows("Who may look?")
        await app.press("f5")
        assert is_covered(app)
        await app.press(key, "escape")
        assert is_covered(app)
        await app.press(key, "1", "enter")
        await app.wait_until(lambda: app.app.screen is app.workshop, "it lifts for whoever was chosen")
        assert app.live.audience == "ps"


@pytest.mark.parametrize("key", ["shift+f4", "ctrl+t"])
async def test_it_is_drawn_for_the_question_and_lifts_with_it(norvane: Path, key: str) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.press("e", key)
        assert app.shows("Who may look?")
        assert "Export" not in app.text
        await app.press("escape")
        assert app.app.screen_stack[-1].query("Button")
        await app.press(key, "f4")
        assert (app.live.audience, app.app.screen) == (CUSTOMER, app.workshop)


async def test_what_was_said_under_it_is_not_told_to_another_audience(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.press("f5")
        app.app.say("Something about Marcus")
        await app.press("f4", "c", "enter")
        await app.wait_until(lambda: app.app.screen is app.workshop, "it lifts")
        assert (app.live.audience, app.told) == (CUSTOMER, "")
