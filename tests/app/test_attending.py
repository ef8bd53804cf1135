"""Who is in the room decides who may look: a customer block is safe by itself, and asks at its end."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.app.driver import AT, Driven, driving, seed
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.session import Block, Guest, Presence
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


async def test_the_customers_block_is_safe_by_itself_and_asks_before_it_goes_back(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        run_clock(app, "H6")
        app.workspace.open_block("H6")
        await app.press("n")
        assert (app.workspace.block and app.workspace.block.id, app.live.audience) == ("H7", CUSTOMER)
        assert app.told.startswith("The customer may be in the room")
        await app.press("n")
        assert app.shows("Who may look at this screen?")
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


async def test_a_customer_who_comes_in_has_the_screen_made_safe_unless_somebody_says_no(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        run_clock(app, "H8")
        app.workspace[Editing].commit(coming("H8", "ST06"), None, "")
        await app.wait_until(lambda: app.shows("Dev Rathmore is in the room now"), "asked")
        await app.press("n", "enter")
        assert app.live.audience == ALLIANCE
        app.workspace[Editing].commit(coming("H8", "ST13"), None, "")
        await app.wait_until(lambda: app.shows("Nadia Okonjo-Wells is in the room now"), "asked")
        await app.press("enter")
        await app.wait_until(lambda: app.live.audience == CUSTOMER, "safe")


async def test_who_comes_to_a_later_block_is_not_in_the_room_yet(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        run_clock(app, "H4")
        app.workspace[Editing].commit(coming("H7", "ST03"), None, "")
        await app.quiet()
        assert not app.shows("in the room now")


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
