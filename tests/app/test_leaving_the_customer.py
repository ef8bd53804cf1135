"""Somebody of the customer's leaves, by keys on the card."""

from __future__ import annotations

from pathlib import Path

from tests.app.driver import driving
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.tui.widgets.choice_list import ChoiceList
from workshop_tui.views.around import gap_count


async def test_who_leaves_is_off_the_table_and_is_found_by_the_filter_with_a_successor(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Stakeholder/ST04")
        await app.go("Left on", "", "card", "enter")
        await app.type_text("today", "enter")
        (gone,) = app.live.whole.where(Stakeholder, id="ST04")
        assert gone.left_on == app.live.today
        main = app.workspace.stage.main
        assert "Stakeholder/ST04" not in [row.id for row in main.table.rows]
        assert app.shows("Tomasz Lindqvar has left: «left» in the filter shows them")
        await app.to_sheet("main")
        await app.press("slash")
        await app.type_text("left", "enter")
        assert app.shows("Tomasz Lindqvar · left 9 Jun 2026")
        await app.go("Successor", "", "card", "enter")
        await app.type_text("dev rath", "enter")
        assert app.live.whole.where(Stakeholder, id="ST04", successor="ST06")
        await app.to_sheet("main")
        await app.press("escape")
        assert "Stakeholder/ST04" not in [row.id for row in main.table.rows]


async def test_at_80_by_24_who_leaves_is_nowhere_but_in_the_changes(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_people()
        before = gap_count(app.live)
        assert [gap for gap in app.live.figures.gaps if gap.key == ("ST11",)], "she has gaps"
        await app.go("Stakeholder/ST11")
        await app.press("c")
        await app.go("Left on", "", "card", "enter")
        await app.type_text("today", "enter")
        assert [gap for gap in app.live.figures.gaps if gap.key == ("ST11",)] == []
        assert app.shows(f"Gaps {gap_count(app.live)} ▸ g")
        assert gap_count(app.live) < before
        await app.press("escape", "slash")
        await app.type_text("left", "enter")
        await app.go("Stakeholder/ST11")
        await app.press("c")
        await app.go("Successor", "", "card", "enter")
        await app.type_text("dev rath", "enter")
        assert app.live.whole.where(Stakeholder, id="ST11", successor="ST06")
        await app.press("escape", "escape")
        for view in "1234":
            await app.to_view(view)
            main = app.workspace.stage.main
            assert "Stakeholder/ST11" not in [row.id for row in main.table.rows], view
            assert [row for row in app.rows if "Nouriel" in row and row[0] != "╰"] == [], view
        await app.to_block(BlockKind.ACTIONS)
        await app.go("Action/A12", "Owner", "main", "enter")
        listed = app.editor.query_one(ChoiceList)
        offered = [str(listed.get_option_at_index(n).prompt) for n in range(listed.option_count)]
        assert any("Dev Rathmore" in line for line in offered)
        assert not [line for line in offered if "Nouriel" in line]
        await app.press("escape")
        await app.to_block(BlockKind.OPENING, 1)
        changes = next(n for n, view in enumerate(app.workspace.stage.views, 1) if view.title == "Changes")
        await app.to_view(str(changes))
        told = " ".join(cell.text for row in app.sheet().table.rows for cell in row.cells)
        assert "Farah Nouriel" in told
        assert "left" in told


async def test_nobody_leaves_tomorrow(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Stakeholder/ST04")
        await app.go("Left on", "", "card", "enter")
        await app.type_text("+1d", "enter")
        assert app.beneath.startswith("✗ 10 Jun 2026 has not come yet")
        assert app.live.whole.where(Stakeholder, id="ST04", left_on=None)
