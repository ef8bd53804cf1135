"""What is not meant changes nothing: x where it is a value, Esc on a new row, Esc while somebody is moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from tests.app.test_keys import border
from workshop_tui.domain.base.vocabulary import BlockKind, Sentiment
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.tui.widgets.key_bar import Keys
from workshop_tui.tui.widgets.text_input import TypedLine
from workshop_tui.tui.widgets.typed_text import TypedText


async def test_x_never_removes_where_it_is_a_values_letter(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        people = app.live.whole.all(Stakeholder)
        await app.go("Marcus", "All", "main", "x")
        assert app.live.whole.all(Stakeholder) == people
        assert app.app.screen is app.workshop
        readings = [r for r in app.live.whole.all(Reading) if r.stakeholder == "ST02"]
        assert Sentiment.OPPOSED in {reading.value for reading in readings}
        assert "Ctrl+Z undoes" in border(app)
        await app.press("delete")
        assert app.shows("Remove?")


async def test_x_removes_where_it_is_no_value(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        await app.go("Marcus", "Name", "main", "x")
        assert app.shows("Remove?")


async def test_esc_on_a_new_row_drops_it_and_undo_brings_it_back(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        before = app.live.whole
        await app.press("a")
        await app.type_text("Abelone")
        await app.wait_until(
            lambda: app.live.whole.where(Stakeholder, name="Abelone"), "it is saved as typed"
        )
        assert app.beneath.endswith("Esc drops it")
        await app.press("escape")
        assert app.live.whole == before
        assert not app.editor.is_open
        assert border(app) == "«Abelone» is dropped: Ctrl+Z brings it back"
        await app.stored()
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.live.whole.where(Stakeholder, name="Abelone"), "it is back")
        await app.press("a")
        assert app.editor.typed == ""


async def test_esc_at_once_brings_nothing_in_and_undo_brings_it_back(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        before = app.live.whole
        await app.press("a")
        await app.type_text("Abelone", "escape")
        await app.stored()
        assert app.live.whole == before
        assert await app.live.drafts() == {}
        assert border(app) == "«Abelone» is dropped: Ctrl+Z brings it back"
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.live.whole.where(Stakeholder, name="Abelone"), "it is back")


async def test_undo_brings_back_what_was_typed_right_before_esc_too(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.press("a")
        await app.type_text("Abelone")
        await app.wait_until(lambda: app.live.whole.where(Stakeholder, name="Abelone"), "it is saved")
        await app.type_text(" Quist", "escape")
        await app.stored()
        assert not app.live.whole.where(Stakeholder, name="Abelone Quist")
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.live.whole.where(Stakeholder, name="Abelone Quist"), "all of it")


@pytest.mark.parametrize("shared", [False, True])
async def test_a_row_that_was_begun_and_emptied_again_costs_no_undo(norvane: Path, shared: bool) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        if shared:
            await app.press("f4")
        await app.add("Send the outline to Ann")
        await app.press("home", "a")
        await app.type_text("zz")
        await app.wait_until(lambda: app.live.whole.where(Action, title="zz"), "it is saved as typed")
        await app.press("backspace", "backspace")
        await app.wait_until(lambda: not app.live.whole.where(Action, title="zz"), "it is gone again")
        await app.press("escape", "ctrl+z")
        await app.wait_until(lambda: not app.live.whole.where(Action, title="Send the outline to Ann"))
        assert "Send the outline to Ann" in app.told
        await app.press("ctrl+y")
        await app.wait_until(lambda: app.live.whole.where(Action, title="Send the outline to Ann"))


async def test_esc_leaves_a_draft_that_was_only_looked_at(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        long = "Abelone " + "x" * 200  # more than a name may have, so that it stays a draft
        await app.press("a")
        await app.type_text(long, "escape", "a")
        assert app.editor.typed == long
        await app.press("escape", "a")
        assert app.editor.typed == long
        await app.press("ctrl+u", "escape", "a")
        assert app.editor.typed == ""


async def test_enter_keeps_a_new_row_and_esc_then_leaves(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await app.add("Abelone", "Bo")
        assert [person.name for person in app.live.whole.all(Stakeholder)[-2:]] == ["Abelone", "Bo"]


def footer(app: object) -> list[str]:
    return [label.does.strip() for label in app.workshop.query_one(Keys)._labels() if label.does.strip()]  # type: ignore[attr-defined]


async def test_in_the_chart_enter_puts_down_whom_one_moves_and_esc_lets_go(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("2")
        canvas = app.sheet("canvas")
        before = app.live.whole
        canvas.go_to("Stakeholder/ST02")
        assert "Put here" not in footer(app)
        await app.press("m")
        assert footer(app) == ["Curtain", "Put here", "Let go", "palette"] or {
            "Put here",
            "Let go",
        } <= set(footer(app)) <= {"Put here", "Let go", "Curtain", "palette"}
        await app.press("escape")
        assert (app.live.whole, canvas.is_moving) == (before, False)
        assert border(app) == "Let go: nothing has changed."
        await app.press("m")
        canvas.go_to("Stakeholder/ST03")
        await app.press("enter")
        person = app.live.whole.get(Stakeholder, "ST02")
        assert person is not None
        assert person.reports_to == "ST03"
        assert (canvas.is_moving, app.editor.is_open) == (False, False)
        assert "Put here" not in footer(app)


async def test_esc_lets_go_before_it_leaves_the_focus(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("2", "f6", "m", "escape")
        assert (app.sheet("canvas").is_moving, app.workspace.stage.roomy) == (False, True)
        await app.press("escape")
        assert not app.workspace.stage.roomy


@pytest.mark.parametrize(
    ("kind", "row", "column", "draft"),
    [
        (BlockKind.ACTIONS, "Action/A11", "Due", "31 feb"),
        (BlockKind.ACTIONS, "Action/A11", "Due", ""),
        (BlockKind.ACTIONS, "Action/A11", "Action", ""),
        (BlockKind.STAKEHOLDERS, "Marcus", "Title", "x" * 3000),
        (BlockKind.STAKEHOLDERS, "Marcus", "Name", ""),
    ],
)
async def test_esc_on_an_emptied_field_leaves_what_is_saved_and_enter_takes_it_out(
    norvane: Path, kind: BlockKind, row: str, column: str, draft: str
) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(kind)
        before, there = app.live.whole, (await app.go(row, column)).text
        assert there not in {"", "—"}
        await app.press("enter")
        if draft:
            put(app, draft)
            await app.press("escape", "enter")
            assert app.editor.typed == draft
        for leave in ("escape", "ctrl+l", "ctrl+z"):
            put(app, "")
            app.editor.autosave()
            await app.press(leave)
            assert not app.editor.is_open
            assert app.live.whole == before
            assert " stays as it is: Enter on the empty field takes it out" in border(app)
            await app.stored()
            assert await app.live.drafts() == {}
            await app.press("enter")
            assert app.editor.typed
        put(app, "")
        await app.press("enter")
        assert (app.live.whole != before) == (column in {"Due", "Title"})  # the others are never empty


async def test_esc_behind_what_was_typed_and_taken_back_leaves_the_field_as_empty_as_it_was(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A11")
        await app.go("Done on", "", "card")
        await app.go("Evidence", "", "card", "enter")
        before = app.live.whole
        await app.type_text("ab")
        app.editor.autosave()
        assert app.live.whole != before
        put(app, "")
        await app.press("escape")
        assert app.live.whole == before


def put(app: Driven, text: str) -> None:
    """Have a text stand in the field that is edited, at once."""
    if app.editor.edit and app.editor.edit.multiline:
        app.editor.query_one(TypedText).load_text(text)
    else:
        app.editor.query_one(TypedLine).value = text
