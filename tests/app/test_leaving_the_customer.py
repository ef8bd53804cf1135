"""Somebody of the customer's leaves, by keys on the card."""

from __future__ import annotations

from pathlib import Path

from tests.app.driver import driving
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.people import Stakeholder


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


async def test_nobody_leaves_tomorrow(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Stakeholder/ST04")
        await app.go("Left on", "", "card", "enter")
        await app.type_text("+1d", "enter")
        assert app.beneath.startswith("✗ 10 Jun 2026 has not come yet")
        assert app.live.whole.where(Stakeholder, id="ST04", left_on=None)
