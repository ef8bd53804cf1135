"""Who is in the room decides who may look: a customer block is shared by itself, and asks at its end."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.app.clocks import on_the_wall
from tests.app.driver import AT, Driven, driving, seed
from tests.app.test_choosing_from_a_list import highlighted
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block, Guest, Parking, Presence
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, set_field
from workshop_tui.tui.features.editing import Editing
from workshop_tui.views.cell import Edit


def run_clock(app: Driven, block_id: str) -> None:
    """Let the clock run for a block."""
    block = app.live.whole.get(Block, block_id)
    assert block
    at = (AT - dt.timedelta(minutes=1)).isoformat()
    app.live.commit(lambda _plan: set_field(block, "started", at))


def coming(block: str, person: str) -> Edit:
    """Return how somebody is ticked as in the room for a block."""
    return Edit(
        "Here", "Guest", "", lambda _plan, _new: (Add(Guest(block=block, stakeholder=person)),), toggles=True
    )


async def dev_comes_in(app: Driven, block: str) -> None:
    """Have somebody of the customer ticked as here while the clock runs for a block; that is asked about."""
    run_clock(app, block)
    app.workspace[Editing].commit(coming(block, "ST06"), None, "")
    await app.wait_until(lambda: app.shows("Dev Rathmore has come in"), "asked")


async def test_the_customers_block_is_shared_by_itself_and_asks_before_it_goes_back(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        run_clock(app, "H6")
        app.workspace.open_block("H6")
        await app.press("n")
        assert (app.workspace.block and app.workspace.block.id, app.live.audience) == ("H7", CUSTOMER)
        assert app.told == ""
        await app.press("n")
        assert app.shows("Who may look?")
        assert "Priya" not in app.text
        assert "Agenda" not in app.text  # the curtain is all there is behind the question
        await app.press("escape")
        assert (app.workspace.block and app.workspace.block.id, app.live.audience) == ("H7", CUSTOMER)
        await app.press("n", "a", "enter")
        await app.wait_until(lambda: app.live.audience == ALLIANCE, "open again")
        assert app.workspace.block
        assert app.workspace.block.id == "H8"


async def test_looking_ahead_while_no_clock_runs_changes_no_audience(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        app.workspace.open_block("H7")
        await app.quiet()
        assert app.live.audience == ALLIANCE


async def test_a_customer_who_comes_in_sees_the_curtain_until_somebody_says_whether_to_share(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        await dev_comes_in(app, "H8")
        assert "Agenda" not in app.text
        await app.press("n", "enter")
        assert app.live.audience == ALLIANCE
        app.workspace[Editing].commit(coming("H8", "ST13"), None, "")
        await app.wait_until(lambda: app.shows("Nadia Okonjo-Wells has come in"), "asked")
        await app.press("enter")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "shared")
        assert app.app.screen is app.workshop


async def test_who_comes_to_a_later_block_is_not_in_the_room_yet(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        run_clock(app, "H4")
        app.workspace[Editing].commit(coming("H7", "ST03"), None, "")
        await app.quiet()
        assert not app.shows("has come in")


async def test_starting_the_clock_in_the_customers_block_shares_the_screen(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        app.workspace.open_block("H7")
        assert app.live.audience == ALLIANCE
        await app.press("f7", "s", "enter")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "shared")
        assert (app.live.running_block(), app.app.screen, app.told) == ("H7", app.workshop, "")
        await app.press("shift+f4", "a", "enter")
        await app.wait_until(lambda: app.live.audience == ALLIANCE, "open again")
        await app.stored()
        assert app.live.audience == ALLIANCE  # it is not taken back while the clock runs on


async def test_next_counts_from_the_block_that_the_screen_shows(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        app.workspace.open_block("H3")
        await app.press("f4")
        assert app.workspace.block
        shown = app.workspace.block.id
        await app.press("n", "a", "enter")
        await app.wait_until(lambda: app.live.audience == ALLIANCE, "open again")
        ids = [block.id for block in app.workspace.blocks()]
        assert app.workspace.block.id == ids[ids.index(shown) + 1]


async def test_escape_leaves_the_curtain_down_before_whoever_has_come_in(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await dev_comes_in(app, "H8")
        await app.press("escape")
        assert app.shows("One moment, please.")
        assert "Agenda" not in app.text
        await app.press("f4")
        assert highlighted(app) == "All our team"
        await app.press("f4")  # and again: always to the customer
        assert (app.live.audience, app.app.screen) == (CUSTOMER, app.workshop)


async def test_one_key_in_the_opening_says_that_all_are_here(sample: AccountPlan, empty: Path) -> None:
    seed(empty, AccountPlan.of(row for row in sample if not isinstance(row, Presence)))
    async with driving(empty, account="norvane", size=(120, 36)) as app:
        before = app.live.whole
        await app.press("v", "2")
        assert "Here: nobody yet · 8 expected: H when all are here" in app.text
        await app.press("H")
        assert len(app.live.whole.where(Presence, session="S2")) == 8
        assert "Here: 4 of Quillhaven · 4 of Stratalume" in app.text
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.live.whole == before, "one undo takes all back")
        await app.to_block(BlockKind.ACTIONS)
        await app.press("H")
        assert not app.live.whole.all(Presence)


async def test_while_shared_only_what_was_done_since_is_undone(norvane: Path) -> None:
    def name(app: Driven, title: str) -> None:
        person = app.live.whole.get(Stakeholder, "ST06")
        assert person
        app.live.commit(lambda _plan: set_field(person, "title", title))

    async with driving(norvane, account="norvane") as app:
        wall = on_the_wall(app)
        app.live.commit(lambda _plan: (Add(Guest(block="H7", stakeholder="ST03")),))
        name(app, "Ours")
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.told.startswith("Undone"))
        wall.go_on(app, 60)
        await app.press("f4")
        wall.go_on(app, 60)
        before = app.live.whole
        for key, word in (("ctrl+z", "undo"), ("ctrl+y", "redo")):
            await app.press(key)
            told = f"Nothing to {word} since the screen was shared."
            await app.wait_until(lambda told=told: app.shows(told), told)  # type: ignore[misc]
            assert app.live.whole == before
        await app.press("f2")
        await app.type_text("p: Redo test", "enter", "escape")
        there = app.live.whole
        assert there.where(Parking, text="Redo test")
        for key, plan in (("ctrl+z", before), ("ctrl+y", there), ("ctrl+z", before)):
            await app.press(key)
            await app.wait_until(lambda plan=plan: app.live.whole == plan, key)  # type: ignore[misc]
        name(app, "Theirs")
        await app.press("f4")  # shared as it was: it is no new sharing
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.live.whole == before, "undone")
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.shows("Nothing to undo since the screen was shared."))
        assert app.live.whole == before
        await app.press("shift+f4", "a", "enter")
        await app.wait_until(lambda: app.live.audience == ALLIANCE, "open again")
        assert app.live.whole.get(Guest, "H7", "ST03")


async def test_who_comes_in_before_their_block_is_asked_about_with_the_clock_of_that_block(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        await dev_comes_in(app, "H6")
        assert highlighted(app) == "Share it, and begin «Value co-discovery»"
        await app.press("enter")
        await app.wait_until(lambda: app.live.running_block() == "H7", "begun")
        assert app.workspace.block
        assert (app.workspace.block.id, app.live.audience, app.told) == ("H7", CUSTOMER, "")


@pytest.mark.parametrize(
    ("running", "opened", "told", "shown"),
    [
        ("H1", "H1", "Share the screen at «Value co-discovery»", "H7"),
        ("H8", "H8", "Share the screen at «Value co-discovery»", "H7"),
        ("H10", "H10", "Share this screen", "beside-actions"),
    ],
)
async def test_what_is_shared_for_who_has_come_in_is_what_the_question_names(
    norvane: Path, running: str, opened: str, told: str, shown: str
) -> None:
    async with driving(norvane, account="norvane") as app:
        run_clock(app, running)
        app.workspace.open_block(opened)
        app.workspace[Editing].commit(coming(running, "ST06"), None, "")
        await app.wait_until(lambda: app.shows("Dev Rathmore has come in"), "asked")
        assert app.shows(told)
        assert app.shows("Esc keeps the curtain")
        await app.type_text(told[:12], "enter")
        await app.wait_until(lambda: app.app.screen is app.workshop, "shared")
        assert app.workspace.block
        assert (app.workspace.block.id, app.live.running_block()) == (shown, running)


async def test_space_ticks_the_cell_under_the_cursor_where_a_row_has_several(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        run_clock(app, "H6")
        await app.to_block(BlockKind.OPENING)
        await app.to_view("3")
        assert [col.heading for col in app.sheet().table.cols[2:]] == ["Now", "Value co-discovery"]
        await app.press("end", "space")
        assert app.live.whole.get(Guest, "H7", "ST01")
        assert app.live.whole.get(Guest, "H6", "ST01") is None
        assert app.cell == "✓"
        await app.press("home", "space")
        await app.wait_until(lambda: app.shows("has come in"), "asked")
        assert app.live.whole.get(Guest, "H6", "ST01")


async def test_escape_does_with_the_curtain_what_the_question_says(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.press("shift+f4")
        assert app.shows("Esc leaves")
        await app.press("escape")
        assert not app.shows("One moment, please.")
        await app.press("f5", "f4")
        assert app.shows("Esc keeps the curtain")
        await app.press("escape")
        assert app.shows("One moment, please.")
        await app.press("f5")
        await dev_comes_in(app, "H8")
        await app.press("escape", "f4")
        assert app.shows("Esc keeps the curtain")
        await app.press("escape")
        assert app.shows("One moment, please.")


async def test_a_curtain_kept_for_who_has_come_in_lifts_for_nobody_unasked(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        await dev_comes_in(app, "H8")
        await app.press("escape", "f5")
        await app.wait_until(lambda: app.shows("Who may look?"), "asked")
        await app.press("escape")
        assert app.shows("One moment, please.")
        await app.press("f5")
        await app.wait_until(lambda: app.shows("Who may look?"), "asked again")
        await app.press("c", "enter")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "shared")
        await app.press("f5", "f5")  # nothing is asked any more
        assert not app.shows("Who may look?")
        assert not app.app.is_covered


async def test_next_takes_the_clock_along_from_a_block_that_the_customer_does_not_see(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await dev_comes_in(app, "H6")
        await app.press("s", "enter")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "shared")
        assert app.workspace.block
        assert (app.workspace.block.id, app.live.running_block()) == ("H7", "H6")
        await app.press("n", "a", "enter")
        await app.wait_until(lambda: app.live.running_block() == "H8", "the clock goes along")
        assert (app.workspace.block.id, app.live.audience) == ("H8", ALLIANCE)
        await app.wait_until(lambda: "«Break» closed at" in app.text, "it says which block it closed")


async def test_the_clock_of_a_block_behind_goes_along_with_nobody_who_only_looks(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        run_clock(app, "H8")
        app.workspace.open_block("H7")
        await app.press("f4", "N", "a", "enter")
        await app.wait_until(lambda: app.live.audience == ALLIANCE, "open again")
        assert app.live.running_block() == "H8"
        await app.press("b", "f4", "n", "a", "enter")
        await app.wait_until(lambda: app.live.audience == ALLIANCE, "open again")
        assert app.workspace.block
        assert (app.workspace.block.id, app.live.running_block()) == ("H8", "H8")


async def test_to_look_past_the_customers_block_shares_nothing_while_they_are_not_there(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        run_clock(app, "H6")
        app.workspace.open_block("H6")
        for key, there in (("N", "H7"), ("N", "H8"), ("B", "H7"), ("B", "H6")):
            await app.press(key)
            assert app.workspace.block
            assert (app.workspace.block.id, app.live.audience) == (there, ALLIANCE)
            assert app.app.screen is app.workshop
        app.live.commit(lambda _plan: (Add(Guest(block="H6", stakeholder="ST06")),))
        await app.press("N")
        assert app.workspace.block
        assert (app.workspace.block.id, app.live.audience) == ("H7", CUSTOMER)
        assert app.live.running_block() == "H6"


async def test_who_leaves_has_been_there_and_only_a_correction_says_they_never_were(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(140, 32)) as app:
        run_clock(app, "H8")
        await app.press("3")
        await app.go("Priya", "Now", "main", "enter")
        await app.wait_until(lambda: app.shows("Priya Vantongeren has come in"), "asked")
        await app.press("n", "enter")
        assert app.cell == "✓"
        await app.press("space")
        assert app.cell.startswith("left ")
        assert app.shows("Priya Vantongeren has left, and counts as having been here, Ctrl+Z undoes")
        assert "nobody of the customer" in str(app.widget("#head").render())
        document = app.live.to_write(app.live.session_id)().document(ALLIANCE, "md").text
        (there,) = (row for row in document.splitlines() if "for “Partnering proposition and vote”" in row)
        assert "Priya Vantongeren" in there
        await app.press("space")
        await app.wait_until(lambda: app.shows("Priya Vantongeren has come in"), "asked again")
        await app.press("n", "enter")
        assert app.cell == "✓"
        await app.press("d", "1")
        assert app.shows("Was never here for «")
        await app.press("enter")
        await app.wait_until(lambda: not app.live.whole.get(Guest, "H8", "ST03"), "taken back")
        assert app.cell == "–"


async def test_a_tick_by_mistake_is_taken_away_where_it_is_asked_what_to_do_about_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(140, 32)) as app:
        run_clock(app, "H8")
        await app.press("3")
        await app.go("Priya", "Now", "main", "enter")
        await app.wait_until(lambda: app.shows("Priya Vantongeren has come in"), "asked")
        assert app.shows("Not yet: go on among ourselves")
        assert app.shows("Not here after all: take the tick away")
        await app.press("t", "enter")
        await app.wait_until(lambda: not app.live.whole.get(Guest, "H8", "ST03"), "taken away")
        assert (app.live.audience, app.cell, app.app.screen) == (ALLIANCE, "–", app.workshop)
        assert app.shows("Priya Vantongeren: the tick is taken away, Ctrl+Z undoes")
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.live.whole.get(Guest, "H8", "ST03"), "here after all")


async def test_who_had_left_has_left_as_before_once_the_tick_is_taken_away(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(140, 32)) as app:
        run_clock(app, "H8")
        left = Guest(block="H8", stakeholder="ST03", left_at=AT)
        app.live.commit(lambda _plan: (Add(left),))
        await app.press("3")
        await app.go("Priya", "Now", "main", "enter")
        await app.wait_until(lambda: app.shows("Priya Vantongeren has come in"), "asked")
        await app.press("t", "enter")
        await app.wait_until(lambda: app.live.whole.get(Guest, "H8", "ST03") == left, "as it was")


@pytest.mark.parametrize("digit", ["2", "3"])
async def test_attendance_begins_on_the_ticks_and_space_ticks_from_any_cell(
    norvane: Path, digit: str
) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.OPENING)
        await app.to_view("1")
        await app.to_view(digit)
        sheet = app.sheet()
        ticks = sheet.col
        assert ticks == sheet.table.ticks
        was, row = app.cell, sheet.current
        await app.press("space")
        assert app.cell != was
        assert not app.editor.is_open
        await app.press("left", "right", "right", "space") if digit == "2" else await app.press(
            "home", "space"
        )
        assert not app.editor.is_open
        assert sheet.current is not None
        assert row is not None
        assert sheet.current.id == row.id
        tick = sheet.current.cells[ticks].text
        assert tick in {was, "–"} or "left" in tick
