"""Where `y` confirms, it does nothing else: from a line that is confirmed it goes on to the next one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import driving
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.views.confirming import CONFIRMED


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
        sheet.stand_at(first, 0)
        await app.press("y")
        sheet.stand_at(first, 0)
        await app.press("y")
        assert sheet.current
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
