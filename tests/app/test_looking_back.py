"""The account's page: opened by its key and from the library; each line leads on, and Esc back to it."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

import pytest

from tests.app.driver import AT, Driven, driving
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.step import Step, set_field
from workshop_tui.live.record import seal_now
from workshop_tui.store.store import Store
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.features.looking_back import LookingBack
from workshop_tui.tui.palette import places
from workshop_tui.tui.widgets.key_bar import Keys
from workshop_tui.views.row_id import RowId


async def compared(app: Driven) -> None:
    await app.wait_until(
        lambda: not app.shows("Comparing") and not any("comparing" in r.id for r in app.sheet().table.rows),
        "the two sessions are compared",
    )


def here(app: Driven) -> str:
    row = app.sheet().current
    return row.id if row else ""


def here_in_library(app: Driven) -> str:
    row = app.sheet("library").current
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
        assert app.shows("Late or carried, as the alliance sees it · 2")
        assert app.shows("Norvane Bank: prospect, session 2 is today")
        foot = " ".join(label.does for label in app.app.screen.query_one(Keys)._labels())
        assert "Back" in foot
        assert "Export" in foot
        await app.press("escape")
        assert app.workspace.block is not None
        assert app.workspace.block.kind is BlockKind.STAKEHOLDERS
        assert here(app) == "Stakeholder/ST05"


async def test_enter_leads_to_what_a_line_names_and_esc_back_to_the_line(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(88, 40)) as app:
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
    async with driving(norvane, account="norvane", size=(88, 40)) as app:
        await app.press("A")
        await compared(app)
        await app.go(line(app, "Close"), "", "main")
        await app.press("enter")
        await app.press("N", "escape")
        assert not app.workspace[LookingBack].is_here
        assert not app.workspace[LookingBack].can_go_back


async def test_enter_on_an_account_looks_back_and_on_a_session_opens_it(norvane: Path) -> None:
    async with driving(norvane, size=(88, 30)) as app:
        await app.wait_until(lambda: app.shows("Norvane Bank"), "it is listed")
        await app.go("account/norvane", "", "library")
        await app.press("enter")
        await app.wait_until(lambda: app.app.workshop and app.shows("Looking back"), "it looks back")
        await compared(app)
        assert app.live.session_id == "S2"
        await app.press("escape")
        await app.wait_until(lambda: app.app.screen is app.app._library, "the library again")
        assert here_in_library(app) == "account/norvane"
        await app.press("enter")
        await app.wait_until(lambda: app.app.workshop and app.shows("Looking back"), "it looks back")
        await compared(app)
        await app.go(line(app, "Close"), "", "main")
        await app.press("enter", "escape")
        assert app.workspace[LookingBack].is_here
        await app.press("escape")
        await app.wait_until(lambda: app.app.screen is app.app._library, "the library by way of a line too")
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
    async with driving(norvane, account="norvane", size=(88, 40)) as app:
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
    async with driving(norvane, account="norvane", size=(88, 40)) as app:
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
        assert app.shows("RA  MSP JE  CV")
        assert not app.shows("LB  AD  HPC")
        assert any("Marcus Hale-Obi" in row and " O3 " in row for row in app.rows)
        await app.press("t")
        assert app.shows("Stratalume (t turns)")
        assert app.shows("LB  AD  HPC")
        assert not app.shows("RA  MSP")


async def test_a_line_of_another_session_is_opened_there_and_esc_comes_back_to_the_line(
    norvane: Path,
) -> None:
    with closing(Store.open(norvane)) as store:
        plan, journal = store.load("norvane")
        store.commit("norvane", Step(seal_now(plan, "S1", seal="e1", at=AT, journal=journal), "me", AT))
    async with driving(norvane, account="norvane", size=(110, 40)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("A", "v", "8")
        first = next(
            row.id
            for row in app.sheet().table.rows
            if row.cells and row.cells[1].text == "Norvane confirmed as a priority account"
        )
        await app.go(first, "", "main")
        await app.press("enter")
        assert app.shows("Session 1 · 10 Mar 2026")
        assert app.shows("SEALED")
        assert here(app) == f"Decision/{RowId.parse(first).opens.key[0]}"
        await app.press("escape")
        assert app.live.session_id == "S2"
        assert app.workspace[LookingBack].is_here
        assert here(app) == first
        await app.press("escape")
        assert app.workspace.block is not None
        assert app.workspace.block.kind is BlockKind.STAKEHOLDERS
        assert app.workspace.block.session == "S2"


async def test_a_heading_narrows_the_page_and_esc_shows_all_before_it_leaves(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.press("A")
        await compared(app)
        await app.go("heading/quiet", "", "main")
        await app.press("enter")
        assert app.shows("Going quiet · 4  (Esc: all)")
        assert not app.shows("Late or carried, as the alliance sees it · 2")
        await app.press("escape")
        assert app.sheet().table.rows[0].heading == "Late or carried, as the alliance sees it · 2"
        assert here(app) == "heading/quiet"
        await app.press("v", "4")
        await app.go("kept/owner/T2")
        await app.press("enter")
        assert app.shows("Late · 1")
        assert app.shows("Map platform workloads to important services")
        assert not app.shows("Share the list of 14 services")
        await app.press("escape", "v", "5")
        await app.go("opens/Stakeholder/ST02", "Quillhaven")
        await app.press("right", "right", "enter")
        assert app.shows("met by Mirela Sandoval-Pike in 365 days · 0")
        await app.press("left", "left", "left")
        await app.press("escape", "v", "6", "ctrl+home", "down", "enter")
        assert app.shows("Met in 90 days · 4")
        await app.press("escape", "escape")
        assert app.workspace.aside is None


async def test_the_columns_of_a_wide_screen_lead_on_as_the_lines_of_a_narrow_one(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.press("A")
        await app.wait_until(
            lambda: app.shows("Moved between session 1 and 2"), "the two sessions are compared"
        )
        assert app.workspace.stage.drawn is not None
        canvas = app.workspace.stage.main
        late = next(row.id for row in canvas.table.rows if row.id.startswith("opens/Action/A04"))
        canvas.go_to(late)
        await app.press("enter")
        assert here(app) == "Action/A04"
        await app.press("escape")
        assert app.workspace.stage.main.current
        assert app.workspace.stage.main.current.id == late
        await app.press("equals_sign")
        assert app.shows("What is equal is shown too")
        assert app.shows("done on time")


async def test_one_person_over_time_is_reached_from_any_row_and_esc_comes_back_to_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.go("Stakeholder/ST10")
        await app.press("P")
        assert app.shows("One person over time")
        assert app.shows("Colm Addington · Chief Information Security Officer")
        assert app.shows("−1 observed")
        await app.go("opens/Stakeholder/ST03#related/0")
        await app.press("enter")
        assert here(app) == "Stakeholder/ST03"
        await app.press("escape")
        assert here(app) == "opens/Stakeholder/ST03#related/0"
        await app.press("right_square_bracket")
        assert not app.shows("Colm Addington · Chief")
        await app.press("left_square_bracket", "escape")
        assert here(app) == "Stakeholder/ST10"
        app.workspace[Audience].look_as(CUSTOMER)
        await app.press("P")
        assert app.workspace.aside is None


async def test_the_page_is_of_now_though_the_session_is_sealed_and_news_is_told_there(norvane: Path) -> None:
    with closing(Store.open(norvane)) as store:
        plan, journal = store.load("norvane")
        store.commit("norvane", Step(seal_now(plan, "S2", seal="e2", at=AT, journal=journal), "me", AT))
        action = plan.get(Action, "A04")
        assert action is not None
        done = (*set_field(action, "status", "done"), *set_field(action, "done_on", "2026-06-09"))
        store.commit("norvane", Step(done, "me", AT))
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        assert app.shows("SEALED")
        await app.press("A")
        await compared(app)
        assert app.shows("Late or carried, as the alliance sees it · 1")
        await app.go("opens/Action/A06#news")
        assert app.shows("t on news: they know it by now")
        await app.press("t")
        await app.stored()
        told = app.live.whole.get(Action, "A06")
        assert told is not None
        assert told.told_on == AT.date()
        assert "opens/Action/A06#news" not in [row.id for row in app.sheet().table.rows]
        await app.press("escape")
        assert app.shows("SEALED")


async def test_what_the_page_shows_is_written_for_an_audience_and_never_over_a_stranger(
    norvane: Path, tmp_path: Path
) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.press("A", "v", "4", "e")
        await app.wait_until(lambda: app.shows("Write this page: Kept"), "it is asked where to")
        page, other = tmp_path / "kept.md", tmp_path / "other.md"
        await app.press("tab")
        await app.type_text(str(page), "ctrl+s")
        await app.wait_until(page.exists, "it is written")
        text = page.read_text("utf-8")
        assert text.startswith("# Norvane Bank: Kept\n\nFor the alliance alone, as of 9 Jun 2026.\n")
        assert "| Stratalume | 0 of 2 | 1 | 1 | 1 | 1 of 2 |" in text
        other.write_text("mine", "utf-8")
        await app.wait_until(lambda: not app.shows("Write this page"), "the dialog has gone")
        await app.press("e")
        await app.wait_until(lambda: app.shows("Write this page: Kept"), "it is asked again")
        await app.press("tab")
        await app.type_text(str(other), "ctrl+s")
        await app.wait_until(lambda: app.shows("Write over it?"), "it is asked first")
        await app.press("escape")
        assert other.read_text("utf-8") == "mine"


async def test_the_time_line_opens_what_stands_on_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.press("A", "v", "9")
        canvas = app.workspace.stage.main
        assert app.shows("Aug 2025 to Jul 2026")
        await app.press("greater_than_sign")
        assert app.shows("24 months")
        await app.press("less_than_sign", "less_than_sign")
        assert app.shows("6 months")
        before = app.rows
        await app.press("left_square_bracket")
        assert app.rows != before
        await app.press("right_square_bracket")
        assert app.rows == before
        canvas.go_to(next(row.id for row in canvas.table.rows if row.id.startswith("opens/Session/S1")))
        await app.press("enter")
        assert app.live.session_id == "S1"
        await app.press("escape")
        assert app.live.session_id == "S2"
        assert app.workspace[LookingBack].is_here


def at(app: Driven) -> str:
    """Return the row under the cursor, be it in a table or a picture."""
    row = app.workspace.stage.main.current
    return row.id if row else ""


async def test_in_a_large_terminal_a_table_has_the_rest_beside_it_and_leads_on_the_same(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(200, 60)) as app:
        await app.press("A", "4")
        assert app.workspace.stage.drawn is not None
        assert app.shows("Reviews")  # the time line
        assert at(app) == "heading/session"
        await app.press("down", "enter")  # what became of the actions of session 1
        assert at(app) == "kept/session/S1"
        assert not app.shows("By owner")
        await app.press("escape")
        assert at(app) == "kept/session/S1"
        await app.press("right", "right")
        assert at(app) == "heading/dropped"
        await app.press("down", "enter")
        assert at(app) == "Action/A05"
        await app.press("escape")
        assert at(app) == "opens/Action/A05#dropped"
        await app.press("y")
        await app.wait_until(
            lambda: app.app.clipboard.startswith("Joint press note: Customer asked for quiet"), "it is copied"
        )
