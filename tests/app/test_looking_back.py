"""The account's page: opened by its key and from the library; each line leads on, and Esc back to it."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

import pytest

from tests.app.driver import AT, Driven, driving
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.step import Step, set_field
from workshop_tui.live.record import seal_now
from workshop_tui.store.store import Store
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.features.looking_back import LookingBack
from workshop_tui.tui.palette import places


async def compared(app: Driven) -> None:
    await app.wait_until(
        lambda: not app.shows("Comparing") and not any("comparing" in r.id for r in app.sheet().table.rows),
        "the two sessions are compared",
    )


def here(app: Driven) -> str:
    row = app.sheet().current
    return row.id if row else ""


def line(app: Driven, text: str) -> str:
    """Return the id of the first line that tells something."""
    return next(row.id for row in app.sheet().table.rows if row.cells and text in row.cells[0].text)


async def test_the_key_opens_it_and_esc_comes_back_to_the_block_view_and_row(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Stakeholder/ST05", "", "main")
        await app.press("A")
        await compared(app)
        assert app.shows("Looking back")
        assert app.shows("Late · 2")
        assert app.shows("Norvane Bank: prospect, session 2 is today")
        await app.press("escape")
        assert app.workspace.block is not None
        assert app.workspace.block.kind is BlockKind.STAKEHOLDERS
        assert here(app) == "Stakeholder/ST05"


async def test_enter_leads_to_what_a_line_names_and_esc_back_to_the_line(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 40)) as app:
        await app.press("A")
        await compared(app)
        late, quiet = line(app, "Close"), line(app, "Farah Nouriel: not met")
        for row, kind, at in (
            (late, BlockKind.ACTIONS, "Action/A04"),
            (quiet, BlockKind.STAKEHOLDERS, "Stakeholder/ST11"),
        ):
            await app.go(row, "", "main")
            await app.press("enter")
            assert app.workspace.block is not None
            assert app.workspace.block.kind is kind
            assert here(app) == at
            assert app.shows("Esc goes back to the line")
            await app.press("escape")
            assert app.workspace[LookingBack].is_here
            assert here(app) == row


async def test_once_one_goes_on_by_oneself_esc_leads_nowhere(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 40)) as app:
        await app.press("A")
        await compared(app)
        await app.go(line(app, "Close"), "", "main")
        await app.press("enter")
        await app.press("N", "escape")
        assert not app.workspace[LookingBack].is_here
        assert not app.workspace[LookingBack].can_go_back


async def test_enter_on_an_account_looks_back_and_on_a_session_opens_it(norvane: Path) -> None:
    async with driving(norvane, size=(100, 30)) as app:
        await app.wait_until(lambda: app.shows("Norvane Bank"), "it is listed")
        await app.go("account/norvane", "", "library")
        await app.press("enter")
        await app.wait_until(lambda: app.app.workshop and app.shows("Looking back"), "it looks back")
        await compared(app)
        assert app.live.session_id == "S2"
        await app.press("escape")
        assert not app.shows("Looking back")
        assert app.workspace.aside is None
    async with driving(norvane, size=(100, 30)) as app:
        await app.wait_until(lambda: app.shows("Session 1"), "its sessions are listed")
        await app.go("account/norvane/S1", "", "library")
        await app.press("enter")
        await app.wait_until(lambda: app.app.workshop and app.shows("Session 1 ·"), "session 1 is open")
        assert not app.shows("Looking back")


async def test_an_account_whose_clock_runs_opens_where_it_runs(norvane: Path) -> None:
    with closing(Store.open(norvane)) as store:
        plan, _ = store.load("norvane")
        block = plan.where(Block, session="S2")[3]
        store.commit("norvane", Step(set_field(block, "started", AT.isoformat()), "me", AT))
    async with driving(norvane, at=AT + dt.timedelta(minutes=2), size=(100, 30)) as app:
        await app.wait_until(lambda: app.shows("Norvane Bank"), "it is listed")
        await app.go("account/norvane", "", "library")
        await app.press("enter")
        await app.wait_until(lambda: app.app.workshop, "it is open")
        await app.quiet()
        assert app.workspace.block == app.live.view.get(Block, block.id)


@pytest.mark.parametrize("audience", [ALLIANCE, "ps", CUSTOMER])
async def test_before_the_customer_there_is_no_such_page(norvane: Path, audience: str) -> None:
    async with driving(norvane, account="norvane", size=(100, 30)) as app:
        app.workspace[Audience].look_as(audience)
        await app.quiet()
        is_ours = audience != CUSTOMER
        await app.press("A")
        assert app.workspace[LookingBack].is_here is is_ours
        assert any("(Looking back)" in found.name for found in places(app.workspace)) is is_ours
        active = {binding.binding.id for binding in app.workshop.active_bindings.values()}
        assert ("account.page" in active) is is_ours
        assert not is_ours or app.workspace[LookingBack].can_go_back


async def test_what_is_open_of_it_is_gone_once_the_customer_looks(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(100, 40)) as app:
        await app.press("A")
        await compared(app)
        await app.go(line(app, "Close"), "", "main")
        await app.press("enter")
        app.workspace[Audience].look_as(CUSTOMER)
        await app.quiet()
        assert not app.shows("goes back")
        await app.press("escape")
        assert not app.shows("Looking back")
        assert not app.workspace[LookingBack].can_go_back


async def test_two_sealed_sessions_are_compared_by_their_records(norvane: Path) -> None:
    with closing(Store.open(norvane)) as store:
        for number, name in enumerate(("S1", "S2")):
            plan, journal = store.load("norvane")
            store.commit(
                "norvane", Step(seal_now(plan, name, seal=f"e{number}", at=AT, journal=journal), "me", AT)
            )
    async with driving(norvane, account="norvane", size=(100, 40)) as app:
        app.workspace[LookingBack].open(2)
        await compared(app)
        assert app.shows("Session 1 (10 Mar 2026) → Session 2 (9 Jun 2026), 91 days")
        assert app.sheet().table.rows[-1].heading == "By the records of both sessions."
        for key in ("right_curly_bracket", "left_curly_bracket", "right_square_bracket"):
            await app.press(key)
            await compared(app)
            assert app.shows("Session 1 (10 Mar 2026) → Session 2 (9 Jun 2026)")


async def test_kept_steps_to_a_session_and_coverage_turns_to_the_other_firm(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.press("A", "v", "4")
        assert app.shows("All sessions, as of 9 Jun 2026: 3 of 5, 60% on time")
        await app.press("right_square_bracket")
        assert app.shows("Session 1, as of 9 Jun 2026")
        await app.press("left_square_bracket", "v", "5")
        assert app.shows("Quillhaven (t turns): 4 going quiet")
        assert app.shows("RA MSP JE CV")
        assert not app.shows("LB AD HPC")
        assert any("Marcus Hale-Obi" in row and " O " in row for row in app.rows)
        await app.press("t")
        assert app.shows("Stratalume (t turns)")
        assert app.shows("LB AD HPC")
        assert not app.shows("RA MSP")


async def test_what_stands_in_no_table_of_the_session_is_told_and_esc_comes_back(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(110, 40)) as app:
        await app.press("A", "v", "8")
        first = next(
            row.id
            for row in app.sheet().table.rows
            if row.cells and row.cells[1].text == "Norvane confirmed as a priority account"
        )
        await app.go(first, "", "main")
        await app.press("enter")
        assert app.shows("No table of this session has it: Esc goes back.")
        await app.press("escape")
        assert app.workspace[LookingBack].is_here
        assert here(app) == first
