"""What was typed into a dialog is kept until it is taken or left, for whom and for what it was typed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import cast

import pytest
from textual import events
from textual.widgets import Input

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.vocabulary import ALLIANCE
from workshop_tui.store.store import Store
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.screens.dialogs import Ask
from workshop_tui.tui.widgets.text_input import TYPED_BEFORE

NAME = "Abelone"


def kept(path: Path, account: str = "norvane") -> dict[str, str]:
    with closing(Store.open(path)) as store:
        return store.drafts(account, "me")


async def asked(app: Driven, key: str) -> None:
    """Press a key, and wait for the dialog that it opens."""
    await app.press(key)
    await app.wait_until(lambda: isinstance(app.app.screen, Ask), "the dialog is there")


async def brought_back(app: Driven, key: str) -> None:
    """Open a dialog, and wait for what was left in it: that may come later."""
    await asked(app, key)
    await app.wait_until(cast("Ask", app.app.screen)._has_begun.is_set, "what was left in it is known")


async def leave_unfinished(path: Path) -> None:
    """Leave a new account half typed."""
    async with driving(path) as app:
        await asked(app, "n")
        await app.type_text("Fjord Line", "tab", *"Quay")
        app.app.flush()
        await app.stored()


async def test_what_is_taken_or_left_is_no_draft_any_more(norvane: Path) -> None:
    async with driving(norvane) as app:
        for leave in ("escape", "ctrl+s"):
            await asked(app, "r")
            await app.type_text(NAME)
            app.app.flush()
            await app.stored()
            assert NAME in "".join(kept(norvane).values())
            await app.press(leave)
            await app.wait_until(lambda: app.app.screen is app.app._library, "it has gone")
            await app.stored()
            assert kept(norvane) == {}
            await brought_back(app, "r")
            assert not app.shows(TYPED_BEFORE)
            await app.press("escape")


async def test_what_was_chosen_comes_back_too(norvane: Path) -> None:
    async with driving(norvane) as app:
        await asked(app, "e")
        app.app.screen.query_one("#f-format").value = "json"  # type: ignore[attr-defined]
        await app.quiet()
        app.app.flush()
        await app.stored()
    async with driving(norvane) as app:
        await brought_back(app, "e")
        assert app.shows("JSON")
        assert app.shows(TYPED_BEFORE)


async def test_what_comes_back_is_selected_so_that_typing_takes_its_place(norvane: Path) -> None:
    await leave_unfinished(norvane)
    async with driving(norvane) as app:
        await asked(app, "n")
        await app.wait_until(lambda: app.shows("Fjord Line"), "it is brought back")
        await app.type_text("Harbour", "tab", *"Pier")
        values = [app.app.screen.query_one(f"#f-{name}", Input).value for name in ("name", "first")]
        assert values == ["Harbour", "Pier"]


async def test_what_was_typed_for_one_account_does_not_come_up_for_another(norvane: Path) -> None:
    async with driving(norvane) as app:
        await asked(app, "r")
        await app.type_text(NAME)
        app.app.flush()
        await app.stored()
        assert list(kept(norvane)) == [":dialog/Rename account"]
        assert kept(norvane, "") == {}


async def test_what_was_typed_for_the_alliance_is_not_shown_to_others(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        for audience, is_there in ((ALLIANCE, False), ("quillhaven", False), (ALLIANCE, True)):
            app.workspace[Audience].look_as(audience)
            await app.quiet()
            await brought_back(app, "e")
            assert app.shows(NAME) is is_there
            if audience == ALLIANCE and not is_there:
                await app.press("tab", "tab", "tab")
                await app.type_text(NAME)
                await app.press("f4")  # the dialog goes, and it was neither taken nor left
                await app.wait_until(lambda: app.app.screen is app.workshop, "it has gone")
            else:
                await app.press("escape")


@contextmanager
def held_up(app: Driven) -> Iterator[None]:
    """The storage thread does nothing else meanwhile, as with a locked database."""
    going = threading.Event()
    app.app.storage.call(lambda _store: going.wait(30))
    try:
        yield
    finally:
        going.set()


async def test_a_locked_database_does_not_hold_up_a_dialog(norvane: Path) -> None:
    async with driving(norvane) as app:
        with held_up(app):
            await asked(app, "i")
            await app.type_text(NAME)
            assert app.shows(NAME)
        await app.stored()


async def test_what_was_typed_before_comes_back_however_late_it_is_read(norvane: Path) -> None:
    await leave_unfinished(norvane)
    async with driving(norvane) as app:
        with held_up(app):
            await asked(app, "n")
            await app.type_text("Harbour")
            app.app.flush()
        await app.wait_until(lambda: app.shows("Quay"), "it is brought back where nothing was typed")
        assert app.shows("Harbour")
        app.app.flush()
        await app.stored()
        assert json.loads(*kept(norvane, "").values()) == {"name": "Harbour", "first": "Quay"}


async def test_a_dialog_that_goes_before_its_draft_is_read_adds_to_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await asked(app, "e")
        await app.press("tab", "tab", "tab")
        await app.type_text(NAME)
        await app.press("f4")
        await app.wait_until(lambda: app.app.screen is app.workshop, "it has gone")
        await app.stored()
        (before,) = kept(norvane).values()
        app.workspace[Audience].look_as(ALLIANCE)
        await app.quiet()
        with held_up(app):
            await asked(app, "e")
            app.app.screen.query_one("#f-format").value = "json"  # type: ignore[attr-defined]
            await app.quiet()
            await app.press("f4")
            await app.wait_until(lambda: app.app.screen is app.workshop, "it has gone")
        await app.stored()
        (after,) = kept(norvane).values()
        assert json.loads(after) == {**json.loads(before), "format": "json"}


async def test_a_paste_of_several_lines_keeps_all_of_them(norvane: Path) -> None:
    async with driving(norvane) as app:
        await asked(app, "r")
        await app.press("end", "ctrl+u")
        app.app.post_message(events.Paste("Norvane\r\nBank\tplc\n"))
        await app.quiet()
        assert app.app.screen.query_one(Input).value == "Norvane Bank plc"


async def test_enter_goes_along_every_line_of_every_form_and_takes_it_from_the_last(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []
    monkeypatch.setattr(Ask, "action_take", lambda form: taken.append(form._title))
    async with driving(norvane) as app:
        for key in "nsriue":
            await asked(app, key)
            form = app.app.screen
            assert isinstance(form, Ask)
            for line in form._lines:
                assert app.app.focused is line
                assert form._title not in taken
                await app.press("enter")
            assert taken[-1] == form._title
            await app.press("escape")
            await app.wait_until(lambda: app.app.screen is app.app._library, "it has gone")
    assert len(set(taken)) == 6


async def test_a_form_says_what_takes_it(norvane: Path) -> None:
    async with driving(norvane, size=(80, 24)) as app:
        await asked(app, "r")
        assert app.shows("Enter rename · Ctrl+S rename · Esc cancel")
        await app.press("escape")
        await asked(app, "n")
        assert app.shows("Enter next line, from the last: begin · Ctrl+S begin · Esc cancel")
