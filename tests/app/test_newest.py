"""The newest lines: seen from any block, changed, removed, and turned into one another."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from tests.app.driver import AT, Driven, driving
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Decision, Parking
from workshop_tui.domain.model.value import Proof
from workshop_tui.domain.plan.step import Add, Step
from workshop_tui.store.store import Store
from workshop_tui.tui.features.navigation import Navigation
from workshop_tui.tui.features.recent import Recent
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.views.recent import MOST
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Table


async def opened(app: Driven) -> None:
    """Catch a parked item and a decision, and go to the newest lines."""
    await app.press("f2")
    await app.type_text("p: Who signs the paper @Rowan by 2026-07-01", "enter")
    await app.type_text("d: Start with payments", "enter", "escape")
    await app.press("r", "r")
    await app.stored()
    await app.wait_until(lambda: app.workspace[Recent].pane.table.rows, "the newest lines")


async def test_a_parked_item_is_turned_into_an_action_from_any_block(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await opened(app)
        pane = app.workspace[Recent].pane
        assert [row.cells[2].text for row in pane.table.rows[:2]] == [
            "Start with payments",
            "Who signs the paper",
        ]
        await app.press("down", "d", "a", "enter")
        (made,) = app.live.whole.where(Action, title="Who signs the paper")
        assert (made.owner, str(made.due)) == ("P1", "2026-07-01")
        assert app.live.whole.where(Parking, text="Who signs the paper")[0].became == made.id
        await app.press("ctrl+z")
        await app.wait_until(lambda: not app.live.whole.where(Action, title="Who signs the paper"))


async def test_what_a_parked_item_has_become_is_said_and_told_and_it_is_not_turned_once_more(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(140, 40)) as app:
        await opened(app)
        pane = app.sheet("newest")
        await app.press("down", "d", "a", "enter")
        await app.stored()
        await app.wait_until(lambda: pane.table.rows[0].id.startswith("Action/"), "the action comes in")
        assert app.told == "An action now: «Who signs the paper»."
        row = pane.current
        assert row
        assert [cell.text for cell in row.cells[1:4]] == [
            "parked",
            "Who signs the paper",
            "→ action · Rowan Achterberg · 1 Jul 2026",
        ]
        assert app.shows("Newest lines · Enter goes to it · d corrects it here")
        await app.press("d")
        await app.wait_until(lambda: app.shows("Correct its words"), "what can be done")
        assert not app.shows("Turn it into")


async def test_the_cursor_stays_where_a_line_is_removed_from_a_full_list(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await opened(app)
        pane = app.workspace[Recent].pane
        assert len(pane.table.rows) == MOST
        second = pane.table.rows[1].id
        await app.press("x")
        await app.stored()
        await app.wait_until(lambda: pane.table.rows[0].id == second, "it is removed")
        assert pane.current
        assert pane.current.id == second


async def test_the_cursor_goes_along_with_a_line_that_is_turned_into_another(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("f2")
        await app.type_text("a: Ask for the audit trail @Rowan by 2026-07-01", "enter")
        await app.type_text("a: Call Farah back @Rowan by 2026-07-02", "enter", "escape", "f9", "f9")
        await app.stored()
        await app.press("d", "p", "enter")
        await app.stored()
        await app.wait_until(
            lambda: not app.live.whole.where(Action, title="Call Farah back"), "it is parked"
        )
        pane = app.workspace[Recent].pane
        await app.wait_until(
            lambda: str(pane.current and pane.current.id).startswith("Parking"), "it is followed"
        )
        assert app.live.whole.where(Parking, text="Call Farah back")


async def test_what_a_line_can_be_turned_into_is_told_of_the_lines_that_can(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.type_text("", "f2", *"s: Ana Pires, Head of Payments", "enter", "escape")
        await opened(app)
        assert app.shows("Newest lines · Enter goes to it · d turns it into something else")
        await app.press("down", "down")
        assert app.sheet("newest").current_cell.text == "Ana Pires"
        assert app.shows("Newest lines · Enter goes to it · d corrects it here")


async def test_a_pane_one_is_not_in_offers_no_keys_but_how_to_get_there(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await opened(app)
        pane, main = app.sheet("newest"), app.workspace.stage.main

        def points(sheet: Sheet) -> str:
            return next(strip.text[0] for strip in map(sheet.render_line, range(12)) if strip.text[0] in "▸▹")

        assert (points(pane), app.shows("d turns it into something else")) == ("▸", True)
        main.focus()
        await app.quiet()
        assert app.shows("Newest lines · r goes there")
        assert not app.shows("into something else")
        assert (points(pane), points(main)) == ("▹", "▸")
        await app.press("r")
        assert (points(pane), points(main)) == ("▸", "▹")
        assert app.shows("d turns it into something else")


async def test_only_the_table_to_which_a_field_gives_the_keys_back_has_the_solid_cursor(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(120, 40)) as app:
        await app.to_block(BlockKind.ACTIONS)
        await opened(app)
        pane, main = app.sheet("newest"), app.workspace.stage.main
        main.focus()
        await app.quiet()
        await app.press("enter")
        await app.type_text(" today")
        for _ in range(2):
            assert not any(strip.text.startswith("▸") for strip in map(pane.render_line, range(12)))
            await app.press("escape")
        assert main.has_focus


async def test_the_cursor_stays_on_the_line_that_is_corrected(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await opened(app)
        pane = app.sheet("newest")
        await app.press("down")
        assert pane.current_cell.text == "Who signs the paper"
        await app.press("d", "c", "enter")
        with closing(Store.open(norvane)) as store:
            other = Parking(id="Z1", session="S2", text="Of somebody else")
            store.commit("norvane", Step((Add(other),), "mirela", AT))
        await app.wait_until(lambda: pane.table.rows[0].id == "Parking/Z1", "another's line comes in above")
        await app.type_text(" first")
        await app.wait_until(lambda: app.live.whole.where(Parking, text="Who signs the paper first"), "saved")
        await app.stored()
        assert pane.current_cell.text.startswith("Who signs the paper")
        await app.press("enter")
        await app.stored()
        assert (pane.has_focus, pane.current_cell.text) == (True, "Who signs the paper first")


async def test_time_and_who_are_told_and_what_was_changed_of_people(norvane: Path) -> None:
    async with driving(norvane, account="norvane", actor="mirela") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.type_text("", "f2", *"Priya all+2 #champion %amiable @Mirela @Lucía", "enter", "escape")
        await opened(app)
        at = f"{AT.astimezone():%H:%M}"
        rows = [[cell.text for cell in row.cells] for row in app.sheet("newest").table.rows[:3]]
        assert rows == [
            [at, "decision", "Start with payments", "", "mirela"],
            [at, "parked", "Who signs the paper", "Rowan Achterberg · 1 Jul 2026", "mirela"],
            [at, "person", "Priya Vantongeren", rows[2][3], "mirela"],
        ]
        assert rows[2][3].split(", ") == [
            "role influencer → champion",
            "style analytical → amiable",
            "alliance +1 → +2",
            "owner of Stratalume Lucía Brightwater",
        ]
        (priya,) = app.live.whole.where(Stakeholder, name="Priya Vantongeren")
        await app.press("escape")
        for is_undone in (
            lambda: not app.live.whole.where(Decision, text="Start with payments"),
            lambda: not app.live.whole.where(Parking, text="Who signs the paper"),
            lambda: app.live.whole.get(Stakeholder, priya.id) != priya,
        ):
            await app.press("ctrl+z")
            await app.wait_until(is_undone, "it is undone")
        await app.press("r", "r")
        await app.stored()
        await app.wait_until(lambda: not app.shows("alliance +1 → +2"), "what is as it was is not told")


async def test_who_caught_a_line_and_what_was_changed_is_not_told_to_the_customer(norvane: Path) -> None:
    async with driving(norvane, account="norvane", actor="mirela") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.type_text("", "f2", *"Priya all+2 #champion", "enter", "escape", "f4")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "the customer looks")
        await app.press("r", "r")
        await app.stored()
        await app.wait_until(lambda: app.sheet("newest").table.rows, "the newest lines")
        told = [cell.text for row in app.sheet("newest").table.rows for cell in row.cells]
        assert not any("mirela" in text or "champion" in text for text in told)


async def test_a_line_is_corrected_and_removed_where_it_stands(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await opened(app)
        await app.press("d", "c", "enter")
        await app.type_text(" and cards", "enter")
        (decided,) = app.live.whole.where(Decision, text="Start with payments and cards")
        await app.press("x")
        await app.wait_until(lambda: app.live.whole.get(Decision, decided.id) is None, "removed")
        await app.press("r")
        assert not app.workspace[Recent].pane.display
        assert app.workspace.stage.main.has_focus


async def test_the_customer_sees_only_lines_of_the_customers(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await opened(app)
        await app.press("f4")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "the customer looks")
        await app.stored()
        await app.wait_until(lambda: not app.shows("Who signs the paper"), "the alliance's line is gone")


async def test_putting_them_away_gives_the_keys_to_the_picture_that_is_seen(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("2", "r", "r", "r")
        assert app.sheet("canvas").display
        assert app.app.focused is app.workspace.stage.main is app.sheet("canvas")


async def test_enter_goes_to_the_row_from_whatever_column_and_the_way_there_is_told_by_a_key_that_is_free(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.OPENING)
        await app.press("f2")
        await app.type_text("a: Book the large room @Rowan", "enter", "escape")
        await app.to_view("4")
        await app.press("f9")
        assert app.workspace.stage.main.takes("r")
        assert app.shows("Newest lines · F9 goes there")
        await app.press("f9")
        await app.stored()
        await app.wait_until(
            lambda: app.sheet("newest").current_cell.text == "Book the large room", "the line"
        )
        await app.press("right", "enter")
        assert app.workspace.block
        assert app.workspace.block.kind is BlockKind.ACTIONS
        assert app.workspace.stage.main.has_focus
        (made,) = app.live.whole.where(Action, title="Book the large room")
        assert app.workspace.stage.at_cursor == f"Action/{made.id}"
        assert app.shows("b goes back to «Purpose, ground rules")
        went = app.workspace.block
        for key, kind in (("b", BlockKind.OPENING), ("n", BlockKind.CLOSING)):
            app.workspace.open_block(app.workspace.blocks()[0].id)
            app.workspace[Navigation].go_to_row(RowId.of(made))
            assert app.workspace.block == went
            await app.press(key)
            assert app.workspace.block.kind is kind


async def test_enter_on_a_decision_goes_to_its_words_and_not_to_the_tick_that_confirms(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await opened(app)
        await app.press("enter")
        assert app.sheet().current_cell.text.endswith("Start with payments")
        await app.press("enter")
        await app.type_text(" and cards", "enter")
        (decision,) = app.live.whole.where(Decision, text="Start with payments and cards")
        assert decision.confirmed_on is None
        app.sheet().col = 0
        app.workspace[Navigation].follow(RowId.opening("Decision", decision.key))
        assert app.sheet().current_cell.text.endswith("Start with payments and cards")
        await app.press("f2")
        await app.type_text("e: Drills are quicker", "enter", "escape")
        (proof,) = app.live.view.all(Proof)
        app.workspace[Navigation].follow(RowId.opening("Proof", proof.key))
        assert app.sheet().current_cell.text == proof.text


async def test_to_go_to_a_line_shows_the_customer_nothing_while_the_clock_runs(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        ours = next(b for b in app.workspace.blocks() if b.kind is BlockKind.ACTIONS)
        assert ours.visibility != CUSTOMER
        await app.to_block(BlockKind.ACTIONS)
        await app.press("T", "s", "enter")
        await app.wait_until(lambda: app.live.running_block() == ours.id, "the clock runs")
        await app.press("f2")
        await app.type_text("v: Security comes first ^Priya", "enter", "escape")
        await app.press("r", "r")
        await app.wait_until(lambda: app.workspace[Recent].pane.table.rows, "the newest lines")
        await app.press("enter")
        assert app.live.audience != CUSTOMER
        assert app.workspace.block
        assert app.workspace.block.kind is BlockKind.VALUE
        assert "Security comes first" in app.text
        current = app.sheet().current
        assert current
        assert any("Security comes first" in cell.text for cell in current.cells)


async def test_what_does_nothing_says_so_in_the_border_of_the_pane_one_is_in(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("r", "r")
        await app.stored()
        pane, stage = app.sheet("newest"), app.workspace.stage
        assert pane.has_focus
        pane.show(Table())
        before = stage.border_subtitle
        await app.press("enter")
        assert pane.border_subtitle
        assert stage.border_subtitle == before
        stage._hush()
        assert not pane.border_subtitle


async def test_one_comes_to_the_newest_line_each_time(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await opened(app)
        await app.press("down", "escape", "f2")
        await app.type_text("d: Then the cards", "enter", "escape")
        await app.press("r", "r")
        await app.stored()
        await app.wait_until(lambda: app.sheet("newest").current_cell.text == "Then the cards", "the newest")
        assert app.sheet("newest").has_focus


async def test_one_comes_back_to_the_line_one_has_left_from(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await opened(app)
        pane = app.sheet("newest")
        await app.press("down", "down")
        await app.press("enter")
        assert not pane.has_focus
        left = pane.current
        assert left is not None
        assert left.id != pane.table.rows[0].id
        await app.press("r")
        assert pane.has_focus
        assert pane.current == left


async def test_nothing_of_the_main_table_is_filtered_from_there(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_people()
        await opened(app)
        await app.press("/")
        assert app.told == "The filter is for the block's table: Esc goes there."
        assert app.sheet("newest").has_focus
        await app.press("escape", "/")
        assert app.app.focused is app.workspace.stage.listing.line


async def test_the_pane_is_put_away_when_the_customer_looks(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await opened(app)
        await app.press("f4")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "the customer looks")
        assert not app.sheet("newest").display
        assert app.workspace.stage.main.has_focus
