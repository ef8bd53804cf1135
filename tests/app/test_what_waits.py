"""What was typed and left unfinished is seen, at every size, until one goes on with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import driving
from workshop_tui.domain.base.vocabulary import BlockKind


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_a_line_that_was_left_is_told_of_at_the_top(norvane: Path, size: tuple[int, int]) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("f2")
        await app.type_text("a: Book the large room")
        app.workspace.flush()
        await app.quiet()
        assert "✎" not in app.rows[0], "it is being typed"
        await app.press("escape")
        assert "✎ 1 waits" in app.rows[0]
        await app.press("f2", "enter", "escape")
        assert "✎" not in app.rows[0]


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_a_cell_left_unfinished_is_marked_and_told_of_at_the_top(
    norvane: Path, size: tuple[int, int]
) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Send", "Due", "main", "enter")
        await app.type_text("june or so", "escape")
        assert "✎ 1 waits" in app.rows[0]
        assert any("✎" in row and "Jonty" in row for row in app.rows)
        await app.press("f4", "shift+f4", "a", "enter")
        assert "✎ 1 waits" in app.rows[0]


async def test_what_was_left_on_a_card_marks_the_row_in_front(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_people()
        await app.go("Stakeholder/ST04")
        await app.press("c")
        await app.go("Left on", "", "card", "enter")
        await app.type_text("some day", "escape", "escape")
        (row,) = (row for row in app.rows if "Tomasz" in row and "╭" not in row)
        assert "✎" in row[:4]
