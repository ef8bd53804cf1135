"""Panes beside the main table: showing one leaves the focus, Esc closes it, `a` adds to the main table."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.people import Stakeholder

PANES = {"o": "rail", "g": "gaps", "c": "card", "r": "newest"}


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_showing_a_pane_never_takes_the_focus(norvane: Path, size: tuple[int, int]) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        await app.to_people()
        for key, name in PANES.items():
            shown: list[bool] = []
            for _ in range(2):
                await app.press(key)
                if name != "newest" or not shown:
                    assert app.sheet().has_focus, name
                shown.append(app.sheet(name).display)
            assert set(shown) == ({True} if name == "newest" else {True, False}), name


@pytest.mark.parametrize("leave", ["escape", "ctrl+l"])
@pytest.mark.parametrize("view", ["1", "2"])
async def test_esc_closes_the_pane_one_is_in_and_goes_back(norvane: Path, leave: str, view: str) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        await app.press(view, "r")
        for name in PANES.values():
            pane = app.sheet(name)
            if not pane.display:
                await app.press(next(key for key, of in PANES.items() if of == name))
            await app.to_sheet(name)
            await app.press(leave)
            assert (pane.display, app.workspace.stage.main.has_focus) == (False, True), name


async def test_esc_in_the_card_leaves_marks_and_filter(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        await app.press("m")
        await app.to_sheet("card")
        await app.press("escape")
        assert len(app.workspace.stage.marked) == 1
        await app.press("escape")
        assert not app.workspace.stage.marked


async def test_a_adds_to_the_main_table_from_every_pane(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        for key, name in PANES.items():
            if not app.sheet(name).display:
                await app.press(key)
            await app.to_sheet("main")
            await app.press("ctrl+home")
            await app.to_sheet(name)
            await app.press("a")
            await app.type_text(f"Ana {name}", "enter", "escape")
            assert app.live.whole.where(Stakeholder, name=f"Ana {name}"), name


async def test_the_foot_tells_what_the_keys_do_in_the_pane_one_is_in(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        assert "⏎ Edit  a Add " in app.rows[-1]
        await app.to_sheet("rail")
        assert "⏎ Go  a New person " in app.rows[-1]
        await app.press("enter")
        await app.to_block(BlockKind.APPROACH)  # in which no row comes in
        await app.to_sheet("rail")
        assert "⏎ Go  f2 Capture " in app.rows[-1]


async def test_the_newest_lines_are_gone_to_by_the_same_key(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("r")
        assert (app.sheet("newest").display, app.sheet().has_focus) == (True, True)
        await app.press("r")
        assert app.sheet("newest").has_focus
        await app.press("r")
        assert (app.sheet("newest").display, app.sheet().has_focus) == (False, True)


VIEWS = [
    (BlockKind.ACTIONS, "Table"),
    (BlockKind.ACTIONS, "Milestones"),
    (BlockKind.STAKEHOLDERS, "Table"),
    (BlockKind.VALUE, "Heard"),
]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_beneath_or_beside_a_table_the_gaps_take_no_column_from_it(
    norvane: Path, size: tuple[int, int]
) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        for kind, title in VIEWS:
            await app.to_block(kind)
            at = [view.title for view in app.workspace.stage.views].index(title)
            await app.press("v", str(at + 1))
            sheet, gaps = app.sheet(), app.sheet("gaps")
            before = (sheet._lay.columns, sheet._lay.widths)
            await app.press("g")
            assert gaps.display
            assert gaps.region.y >= sheet.region.bottom
            assert (sheet._lay.columns, sheet._lay.widths) == before, title
            assert sheet.size.height >= 8
            assert gaps.size.height >= 4
            await app.press("g")


async def test_where_the_table_keeps_its_width_the_gaps_stand_beside_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await app.press("g")
        assert app.sheet("gaps").region.x >= app.workspace.stage.region.right


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_c_shows_or_closes_the_card_at_the_first_press_in_every_view(
    norvane: Path, size: tuple[int, int]
) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        stage, card, tried = app.workspace.stage, app.sheet("card"), 0

        async def open_each() -> AsyncIterator[str]:
            for block in (*app.workspace.blocks(), None):
                if block:
                    app.workspace.open_block(block.id)
                else:
                    app.workspace.open_aside(BlockKind.SCORECARD)
                for number, view in enumerate(stage.views):
                    stage.has_card, stage.has_card_beneath = None, False
                    stage.open_view(number)
                    await app.quiet()
                    if stage.is_carded and not stage.main.takes("c"):
                        yield f"{stage.block and stage.block.kind.value}, {view.title}, focus {stage.roomy}"

        for key in ("", "f6"):  # in the focus too, where it is away until it is asked for
            await app.press(*filter(None, (key,)))
            async for name in open_each():
                was = card.display
                await app.press("c")
                if stage.staged == "card":
                    assert "The card is all there is to see here." in app.text, name
                    continue
                assert card.display is not was, name
                assert (card.region.height > 1) is card.display, f"{name}: it can be seen"
                tried += 1
        assert tried > 40


async def test_add_on_the_line_for_a_new_row_of_the_card_begins_that_row(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        stage = app.workspace.stage
        await app.go("Marcus", "Name", "main")
        await app.press("c")
        if not stage.query_one("#card").display:
            await app.press("c")
        await app.go("+ New meeting", "", "card", "insert")
        assert app.editor.edit is not None
        assert app.editor.edit.title.startswith("New meeting")
        await app.press("escape")
        assert any(row.startswith("▸ + New meeting") for row in _inside(app))
        await app.press("escape")
        await app.go("+ New person", "", "main", "c")
        assert app.shows("This line has no card: others do.")


def _inside(app: Driven) -> list[str]:
    """What stands within the border, row by row."""
    return [row.rpartition("││")[2] for row in app.rows]
