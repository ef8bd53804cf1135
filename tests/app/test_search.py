"""The search over everything people said: opened from anywhere, each line leads on, and Esc back to it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from tests.app.canaries import FINE, LEAK, opened_as, with_canaries
from tests.app.driver import Driven, driving, seed
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.session import Erratum, Parking, Seal, Session
from workshop_tui.domain.model.value import Contribution
from workshop_tui.domain.plan.plan import AccountPlan, draft_place
from workshop_tui.domain.plan.step import set_field
from workshop_tui.domain.search.said import SAID, fields_said
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.features.clock import Clock
from workshop_tui.tui.screens.search import SearchScreen
from workshop_tui.tui.screens.workshop import WorkshopScreen
from workshop_tui.tui.widgets.search_pane import SearchPane
from workshop_tui.views.row_id import RowId
from workshop_tui.views.search import with_words


async def looked_for(app: Driven, text: str, told: str, key: str = "f3") -> None:
    """Open the search, type, and wait until something is told of it."""
    await app.press(key)
    await app.wait_until(lambda: isinstance(app.app.screen, SearchScreen), "the search is open")
    await app.type_text(text)
    await app.wait_until(lambda: app.shows(told), f"«{told}» is found")


def line(app: Driven) -> str:
    panes = app.app.screen.query(SearchPane)
    here = panes.first().found.current if panes else None
    return here.id if here else ""


async def in_session(app: Driven, number: int) -> None:
    def is_there() -> bool:
        workshop = app.app.workshop
        return (
            workshop is not None and app.app.screen is workshop and workshop.live.session_id == f"S{number}"
        )

    await app.wait_until(is_there, f"session {number} is open")


async def test_a_line_of_this_session_is_gone_to_and_esc_comes_back_to_it(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_people()
        await app.press("down")
        was = (BlockKind.STAKEHOLDERS, app.sheet().row)
        await looked_for(app, "report", "Close the outage report")
        assert app.shows("TEAM ONLY")
        while not line(app).startswith("opens/Decision/D4"):
            before = line(app)
            await app.press("down")
            assert line(app) != before, "\n".join(app.rows)
        there = line(app)
        await app.press("enter")
        await in_session(app, 2)
        assert app.workspace.block is not None
        assert app.workspace.block.kind is BlockKind.CLOSING
        row = app.sheet().current
        assert row is not None
        assert row.id == "Decision/D4"
        assert app.shows("Esc goes back to the line")
        await app.press("escape")
        await app.wait_until(lambda: isinstance(app.app.screen, SearchScreen) and line(app) == there, "back")
        await app.press("escape")
        await in_session(app, 2)
        assert (app.workspace.block.kind, app.sheet().row) == was
        await app.press("N", "escape")  # once one goes on by oneself, Esc leads nowhere
        assert app.app.screen is app.workshop


async def test_a_line_of_another_session_is_opened_there_and_esc_comes_back_to_where_one_was(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane") as app:
        app.workspace[Clock]._start(app.workspace.blocks()[2].id)  # the room is elsewhere by the clock
        await app.to_block(BlockKind.ACTIONS)
        await app.press("down", "down")
        row_before = app.sheet().row
        await looked_for(app, "data resid", "Data residency for drills")
        there = line(app)
        await app.press("enter")
        await in_session(app, 1)
        row = app.sheet().current
        assert row is not None
        assert row.id == "Parking/K2"
        await app.press("escape")
        await app.wait_until(lambda: isinstance(app.app.screen, SearchScreen) and line(app) == there, "back")
        assert app.live.session_id == "S2"
        await app.press("escape")
        await in_session(app, 2)
        assert app.workspace.block is not None
        assert (app.workspace.block.kind, app.sheet().row) == (BlockKind.ACTIONS, row_before)


async def test_every_kind_of_line_is_gone_to_at_the_cell_that_holds_its_words(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(200, 50)) as app:
        missed, met = [], 0
        for kind in SAID:
            for row in app.live.view.all(kind)[-1:]:
                name = next((name for name in reversed(fields_said(kind)) if getattr(row, name, "")), "")
                if not name:
                    continue
                words = str(getattr(row, name))
                found = RowId.opening(kind.__name__, row.key, "norvane", "")
                app.workshop.go_to_found(with_words(str(found), words))
                await app.quiet()
                at, edit = app.sheet().current, app.sheet().current_cell.edit
                named = RowId.parse(at.id) if at else RowId("")
                is_there = set(row.key) & {*named.key, *named.line}
                holds = edit is not None and edit.place == draft_place(kind, row.key, name)
                met += 1
                if not (holds or is_there):
                    missed.append((kind.__name__, name, at and at.id))
        assert not missed
        assert met > 15
        contribution = app.live.view.all(Contribution)[-1]
        for name in ("brings", "gains"):
            found = RowId.opening("Contribution", contribution.key, "norvane", "")
            app.workshop.go_to_found(with_words(str(found), getattr(contribution, name)))
            edit = app.sheet().current_cell.edit
            assert edit is not None
            assert edit.place == draft_place(Contribution, contribution.key, name)


async def test_from_the_library_all_accounts_are_searched(norvane: Path) -> None:
    other = AccountPlan.of(
        [
            Account(id="other", name="Aldous"),
            Session(id="s1", held_on=dt.date(2026, 5, 1)),
            Parking(id="k", session="s1", text="Residency again"),
        ]
    )
    seed(norvane, other)
    async with driving(norvane) as app:
        await looked_for(app, "resid", "Residency again", "ctrl+f")
        assert app.shows("Norvane Bank · session 1 · 10 Mar 2026")
        assert app.shows("2 lines")
        await app.type_text(" kind:zebra")
        await app.wait_until(lambda: app.shows("«zebra» is no kind of line"), "it says what is wrong")
        await app.press(*["backspace"] * 5, "p")
        await app.wait_until(lambda: app.shows("2 lines"), "it is found again")
        await app.press("enter")
        await app.wait_until(lambda: isinstance(app.app.screen, WorkshopScreen), "it is open")
        assert app.live.account_id == "other"
        await app.press("escape")
        await app.wait_until(lambda: isinstance(app.app.screen, SearchScreen), "back")
        assert app.app.workshop is None
        await app.press("escape")
        assert app.app.screen is app.app._library


async def test_what_is_said_meanwhile_is_found_while_the_search_is_open(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await looked_for(app, "watermelon", "Nobody said that")
        app.live.commit(lambda plan: set_field(plan.all(Parking)[0], "text", "Watermelon sellers"))
        await app.wait_until(lambda: app.shows("Watermelon sellers"), "it is found")


async def test_enter_behind_a_text_that_is_just_typed_opens_what_that_finds(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await looked_for(app, "report", "Close the outage report")
        await app.press("end", "ctrl+u")
        await app.type_text("data residency", "enter")
        await in_session(app, 1)


async def test_before_the_customer_there_is_no_search(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await looked_for(app, "report", "Close the outage report")
        await app.press("f4")
        await app.wait_until(lambda: app.app.screen is app.workshop, "it is gone")
        assert app.live.audience == CUSTOMER
        for key in ("f3", "ctrl+f", "escape"):
            await app.press(key)
            assert (app.told, app.app.screen) == ("", app.workshop), key
        before, where = app.live.whole, app.workspace.block
        await app.type_text("", "f3", *"nadia", "enter")
        assert app.shows("F3 opens nothing here: to type a line, press F2 first.")
        assert not app.workspace.is_typing  # neither the capture line nor a cell has taken it
        assert (app.live.whole, app.workspace.block) == (before, where)
        await app.press("f1")
        assert not app.shows("Search")
        await app.press("escape")
        app.workspace[Audience].look_as(ALLIANCE)
        await app.press("f5", "f3")
        assert app.app.is_covered
        assert not isinstance(app.app.screen, SearchScreen)


async def test_a_firm_finds_nothing_of_the_other(sample: AccountPlan, empty: Path) -> None:
    plan = AccountPlan.of(row for row in with_canaries(sample, "ps") if not isinstance(row, (Seal, Erratum)))
    seed(empty, opened_as(plan, "ps"))
    async with driving(empty, account=plan.account.id, size=(110, 30)) as app:
        await looked_for(app, "kind:a since:1990", FINE)
        for kind in "svpdremtoqfwucgn":
            await app.press("end", "ctrl+u")
            await app.type_text(f"kind:{kind}")
            pane = app.app.screen.query_one(SearchPane)
            await app.wait_until(lambda pane=pane: pane._shown == pane.line.value, kind)  # type: ignore[misc]
            assert LEAK not in app.text
            assert LEAK not in repr(app.app.screen.query_one(SearchPane).found.table)
