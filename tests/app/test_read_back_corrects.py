"""What is read back to the room is put right where it stands, with every key that help tells of."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.actions import Action

DRILL = "First drill on two services"


async def _to_the_drill(app: Driven) -> None:
    await app.to_block(BlockKind.CLOSING)
    (drill,) = (row for row in app.sheet().table.rows if any(DRILL in cell.text for cell in row.cells))
    app.sheet().go_to(drill.id)
    await app.quiet()


@pytest.mark.parametrize("alone", ["f4", "f6", ""])
async def test_a_date_that_is_read_back_is_corrected_there(norvane: Path, alone: str) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await _to_the_drill(app)
        await app.press(*filter(None, [alone]))
        assert app.shows("corrects the words, d the rest") is bool(alone)
        await app.press("d", "b", "enter")
        await app.press(*("backspace",) * 20)
        await app.type_text("7 aug", "enter")
        (due,) = {a.due for a in app.live.whole.all(Action) if a.title.startswith(DRILL)}
        assert due == dt.date(2026, 8, 7)
        await app.press("c")
        assert app.shows("Accountable")


async def test_help_tells_of_no_card_and_no_menu_where_the_line_has_none(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 60)) as app:
        await _to_the_drill(app)
        await app.press("f1")
        assert "what else can be done with the row" in app.text
        await app.press("escape")
        main = app.sheet()
        main.go_to(next(row.id for row in main.table.rows if row.id.startswith("Answer/")))
        await app.press("f1")
        assert "what else can be done with the row" not in app.text
        assert "Card on or off" not in app.text
