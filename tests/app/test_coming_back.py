"""The cursor comes back to the row it was on: from sharing, and over a view that has no such row."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import driving
from workshop_tui.domain.base.vocabulary import BlockKind


@pytest.mark.parametrize(
    ("kind", "view", "row"),
    [
        (BlockKind.CLOSING, "1", "Decision/D5"),
        (BlockKind.CLOSING, "2", "Parking/K4"),
        (BlockKind.CLOSING, "4", "seat/4"),
        (BlockKind.ACTIONS, "1", "Action/A12"),
        (BlockKind.VALUE, "6", "Question/Q24"),
        (BlockKind.STAKEHOLDERS, "1", "Stakeholder/ST04"),
        (BlockKind.OPENING, "1", "sees/One partner"),
    ],
)
async def test_back_from_sharing_the_cursor_is_on_the_row_it_was_on(
    norvane: Path, kind: BlockKind, view: str, row: str
) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(kind)
        await app.to_view(view)
        stage = app.workspace.stage
        stage.main.go_to(row)
        shown = stage.view
        await app.press("f4", "shift+f4", "a", "enter")
        assert stage.view is shown
        assert stage.main.current
        assert stage.main.current.id == row


@pytest.mark.parametrize("row", ["Decision/D3", "Decision/D5", "Action/A07"])
async def test_sharing_leaves_the_cursor_on_a_line_not_where_a_new_one_comes_in(
    norvane: Path, row: str
) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_block(BlockKind.CLOSING)
        main = app.workspace.stage.main
        main.go_to(row)
        await app.press("f4")
        assert main.current
        assert main.current.id == "Action/A07"
        await app.press("shift+f4", "a", "enter")
        assert main.current.id == row


async def test_where_the_cursor_was_moved_while_shared_it_stays(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.ACTIONS)
        main = app.workspace.stage.main
        main.go_to("Action/A12")
        await app.press("f4", "down")
        assert main.current
        moved = main.current.id
        await app.press("shift+f4", "a", "enter")
        assert main.current.id == moved


async def test_over_a_view_without_the_row_the_cursor_comes_back_to_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.DISCOVERY)
        main = app.sheet()
        await app.press("down", "down", "down")
        assert main.current
        there = main.current.id
        for view in "25743":
            await app.to_view(view)
            await app.to_view("1")
            assert main.current.id == there, view
        await app.press("n", "b")
        assert main.current.id == there
