"""Moving about: blocks, views, subjects, panels, gaps, help, palette, mouse, keys of one's own."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.app.driver import driving
from tests.app.test_keys import border
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.model.session import Parking
from workshop_tui.views.around import gap_count
from workshop_tui.views.row_id import RowId
from workshop_tui.views.value.answers import in_turn


async def test_a_gap_leads_to_the_thing_it_is_about(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        for name, kind in (
            ("Stakeholder/ST11", "stakeholders"),
            ("Action/A12", "actions"),
            ("Answer/V06", "value"),
        ):
            if not app.sheet("gaps").display:
                await app.press("g")
            gaps = await app.to_sheet("gaps")
            row = next(row.id for row in gaps.table.rows if row.id.startswith(f"gap/{name}#"))
            await app.go(row, "", "gaps")
            await app.press("enter")  # leads to another block, for which they are ranked anew
            assert app.workspace.block is not None
            assert app.workspace.block.kind == kind
            current = app.sheet().current
            assert app.sheet().has_focus or app.sheet("card").has_focus  # where the field stands
            assert current is not None
            assert current.id == name


async def test_a_gap_leads_to_a_view_that_is_not_the_first_of_its_block(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("f2")
        await app.type_text("p: Where the drill is held", "enter", "escape")
        (parked,) = app.live.whole.where(Parking, text="Where the drill is held")
        await app.press("g")
        await app.to_sheet("gaps")
        await app.go(str(RowId.gap("Parking", parked.key, "parking_no_owner")), "", "gaps")
        await app.press("enter")
        current = app.sheet().current
        assert current is not None
        assert current.id == str(RowId.of(parked))
        assert app.workspace.block is not None
        assert app.workspace.block.kind is BlockKind.CLOSING


async def test_the_seals_view_counts_the_gaps_and_leads_to_their_pane(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.CLOSING)
        await app.to_view("5")
        assert not app.sheet("gaps").display
        assert app.shows(f"{gap_count(app.live)} gaps")
        await app.go(str(RowId.command("panel.gaps")), "", "main")
        await app.press("enter")
        assert app.sheet("gaps").display
        assert app.sheet("gaps").border_title == f"Gaps {gap_count(app.live)}"


async def test_a_question_of_the_coach_leads_to_whom_it_is_about(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.DISCOVERY)
        await app.to_view("8")
        assert app.shows("Who could introduce Stratalume to Priya?")
        assert app.shows("Only Quillhaven owns the relationship")
        await app.press("end", "enter")
        assert app.workspace.block is not None
        assert app.workspace.block.kind is BlockKind.STAKEHOLDERS
        current = app.sheet().current
        assert current is not None
        assert current.id == "Stakeholder/ST03"
        await app.to_block(BlockKind.DISCOVERY)
        await app.press("f4", "enter")
        assert not app.shows("introduce")
        assert not app.shows("Coach")


async def test_brackets_step_from_person_to_person_and_round(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        await app.to_block(BlockKind.VALUE)
        people = [person.name for person in in_turn(app.live)]
        for key, name in (
            ("]", people[1]),
            (".", people[2]),
            ("[", people[1]),
            (",", people[0]),
            ("[", people[-1]),
        ):
            await app.press(key)
            assert name in app.text
        await app.press("v", "v")
        assert "no answer" in app.text  # the board


async def test_panels_go_and_come_back(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        for key, name, first in (("o", "rail", False), ("g", "gaps", True), ("c", "card", False)):
            for shown in (first, not first):
                await app.press(key)
                assert app.sheet(name).display is shown
                assert app.app.focused is not None
        assert not app.shows("Gaps 45 │")
        assert app.shows("Gaps 45 ▸ g")
        card = await app.to_sheet("card")
        await app.press(*("down",) * 5)
        assert card.row > 1
        await app.to_sheet("main")
        await app.to_block(BlockKind.ACTIONS)
        assert card.row == 0


async def test_a_narrow_screen_shows_the_stage_alone_until_a_panel_is_asked_for(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        for key, name in (("o", "rail"), ("g", "gaps")):
            for shown in (False, True, False):
                assert app.sheet(name).display is shown
                await app.press(key)
            await app.press(key)
            assert app.app.focused is app.sheet()


async def test_help_tells_the_keys_and_the_palette_runs_them(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 48)) as app:
        await app.press("f1")
        for text in ("Another view", "In a session"):
            assert text in app.text
        assert "sheet.edit" not in app.text
        await app.press("i")
        assert any("block.next" in row or "panel.agenda" in row for row in app.rows)
        await app.press("f1", "ctrl+p")
        await app.wait_until(lambda: "Search for commands" in app.text)
        await app.type_text("Facilitator")
        await app.wait_until(lambda: "prompts" in app.text)
        await app.press("enter")
        await app.wait_until(lambda: app.app.screen is app.workshop and app.workspace.stage.has_prompts)


async def test_keys_can_be_ones_own(norvane: Path) -> None:
    keys = {"curtain": "f9", "block.next": "w", "undo": "ctrl+u"}
    async with driving(norvane, account="norvane", keys=keys, size=(100, 40)) as app:
        first = app.workspace.block
        await app.press("n")
        assert app.workspace.block == first
        await app.press("w")
        assert app.workspace.block != first
        await app.press("f5")
        assert app.app.screen is app.workshop
        await app.press("f9")
        assert "One moment, please." in app.text
        await app.press("f9", "f1")
        assert "f9" in app.text


async def test_the_mouse_goes_to_cells_edits_them_and_opens_tabs(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(110, 30)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        main = app.sheet()
        y = next(n for n, row in enumerate(app.rows) if "Priya Vantongeren" in row)
        x = app.rows[y].index("Chief Risk")
        await app.pilot.click(offset=(x, y))
        await app.quiet()
        assert (main.current and main.current.id, main.current_cell.text) == (
            "Stakeholder/ST03",
            "Chief Risk Officer",
        )
        await app.pilot.click(offset=(x, y))
        await app.wait_until(lambda: app.editor.edit is not None, "a second click edits")
        await app.press("escape")
        await app.to_block(BlockKind.VALUE)
        await app.pilot.click("#tabs", offset=(12, 0))
        await app.quiet()
        assert app.workspace.stage.number == 1
        y = next(n for n, row in enumerate(app.rows) if "Closing" in row)
        x = app.rows[y].index("Closing")
        for _ in range(2):
            await app.pilot.click(offset=(x, y))
            await app.quiet()
        assert app.workspace.block is not None
        assert app.workspace.block.kind is BlockKind.CLOSING


async def test_a_key_at_the_foot_can_be_clicked(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        for word, told in (("Curtain", "One moment"), ("palette", "Search for commands")):
            await app.pilot.click(offset=(app.rows[-1].index(word), 29))
            await app.wait_until(partial(app.shows, told), told)
            await app.press("f5" if word == "Curtain" else "escape")
        await app.pilot.resize_terminal(50, 20)
        await app.quiet()
        assert app.rows[-1].rstrip().endswith("f5 Curtain"), "no word is cut"


async def test_from_a_line_for_a_new_row_another_view_begins_at_its_first_row(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.PROPOSITION)
        await app.press("2", "ctrl+end", "down")
        current = app.sheet().current
        assert current
        assert current.placeholder
        await app.to_block(BlockKind.ACTIONS)
        assert app.sheet().row == 0


async def test_home_and_end_go_along_the_row_and_with_ctrl_to_the_first_and_last_row(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        await app.go("Marcus", "Style")
        sheet = app.sheet()
        row = sheet.row
        await app.press("end")
        assert (sheet.row, sheet.col) == (row, sheet._stops_there[-1])
        await app.press("home")
        assert (sheet.row, sheet.col) == (row, 0)
        await app.press("ctrl+end")
        last = sheet.current
        assert last is not None
        assert not last.placeholder
        assert sheet.table.rows[sheet.row + 1].placeholder
        await app.press("ctrl+home")
        assert sheet.row == next(n for n, each in enumerate(sheet.table.rows) if not each.heading)


@pytest.mark.parametrize("key", ["n", "N"])
async def test_at_the_last_block_nobody_is_asked_who_may_look(norvane: Path, key: str) -> None:
    async with driving(norvane, account="norvane") as app:
        app.workspace.open_block(app.workspace.blocks()[-1].id)
        await app.press("f4", key)
        assert not app.shows("Who may look")
        assert border(app) == "This is the last block."
        assert app.live.audience == CUSTOMER
