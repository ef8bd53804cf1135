"""Where `y` confirms, it does nothing else: from a line that is confirmed it goes on to the next one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.lifecycle.closing import is_confirmed
from workshop_tui.views.base import entity_at
from workshop_tui.views.confirming import CONFIRMED


def at(app: Driven, name: str) -> Entity:
    """Return what a row stands for, as it is now."""
    entity = entity_at(app.live.whole, name)
    assert entity
    return entity


@pytest.mark.parametrize(("kind", "view"), [(BlockKind.CLOSING, "1"), (BlockKind.VALUE, "4")])
async def test_y_on_a_confirmed_line_goes_on_and_copies_nothing(
    norvane: Path, kind: BlockKind, view: str
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(kind)
        await app.to_view(view)
        sheet = app.sheet()
        waiting = [row.id for row in sheet.table.rows if row.cells and row.cells[0].text == "○"]
        assert waiting
        first, second = waiting[0], (*waiting[1:], "")[0]
        assert sheet.current
        assert sheet.current.id == first  # and not on one that is confirmed already
        sheet.stand_at(first, 0)
        await app.press("y")
        sheet.stand_at(first, 0)
        await app.press("y")
        assert sheet.current.id == (second or first)
        for row in waiting[1:]:
            sheet.stand_at(row, 0)
            await app.press("y")
        assert not [row for row in sheet.table.rows if row.cells and row.cells[0].text == "○"]
        number = app.live.reached
        sheet.stand_at(first, 0)
        await app.press("y")
        assert app.told == CONFIRMED
        assert sheet.current.id == first
        assert app.live.reached == number
        assert app.app.clipboard == ""
        await app.press("space")  # takes it back, and stays
        assert app.live.reached == number + 1
        assert sheet.current_cell.text == "○"


@pytest.mark.parametrize(("kind", "view"), [(BlockKind.CLOSING, "1"), (BlockKind.VALUE, "4")])
async def test_the_line_that_stands_alone_is_confirmed_and_corrected_by_the_keys_that_are_told(
    norvane: Path, kind: BlockKind, view: str
) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_block(kind)
        await app.to_view(view)
        await app.press("f4")  # the one line is read aloud before the customer
        sheet, words = app.sheet(), 1
        waiting = [row.id for row in sheet.table.rows if row.cells and row.cells[0].text == "○"]
        assert waiting
        await app.go(waiting[0])
        assert app.shows("y or Space confirms, Enter corrects the words")
        for across in ("home", "left", "end"):  # no cursor is seen, and none is moved
            await app.press(across)
            assert sheet.col == words
        await app.go(waiting[0])
        await app.press("enter")
        assert app.editor.edit is not None
        assert app.editor.edit.place.startswith(waiting[0])
        await app.type_text(" once more", "tab")  # there is no next field to be seen
        assert not app.editor.is_open
        number = app.live.reached
        await app.press("space")
        assert not app.editor.is_open
        assert app.live.reached == number + 1
        assert is_confirmed(at(app, waiting[0]))
        await app.go(waiting[0])
        assert app.shows("Space takes it back, Enter corrects the words")
        await app.press("space")
        assert not is_confirmed(at(app, waiting[0]))
        await app.press("y")
        assert is_confirmed(at(app, waiting[0]))
        assert app.app.clipboard == ""
