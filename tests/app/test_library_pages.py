"""The library's pages over all accounts: Monday, the actions and the search, each from end to end."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

from tests.app.canaries import opened_as
from tests.app.driver import AT, Driven, driving, seed
from workshop_tui.domain.base.vocabulary import CUSTOMER, ActionStatus, BlockKind
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, set_field
from workshop_tui.store.store import Store
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.screens.library import ACCOUNTS, ACTIONS, MONDAY, SEARCH, WaitingRows
from workshop_tui.tui.screens.workshop import WorkshopScreen
from workshop_tui.tui.widgets.key_bar import Keys
from workshop_tui.tui.widgets.search_pane import SearchPane
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row

LATER = AT + dt.timedelta(days=11)
"""A day on which two actions of the sample are late."""


def thaw(path: Path) -> None:
    """Have the sample go on from the day on the wall."""
    with closing(Store.open(path)) as store:
        account = store.load("norvane")[0].account
        store.commit("norvane", Step(set_field(account, "as_of", None), "somebody", AT))


def stored(path: Path, account: str = "norvane") -> AccountPlan:
    with closing(Store.open(path)) as store:
        return store.load(account)[0]


def action(path: Path, name: str, account: str = "norvane") -> Action:
    found = stored(path, account).get(Action, name)
    assert found
    return found


async def page(app: Driven, key: str, told: str) -> None:
    """Open a page, and wait until it is read."""
    await app.press(key)
    await app.wait_until(lambda: app.shows(told), f"«{told}» is read")


def here(app: Driven, name: str) -> str:
    row = app.sheet(name).current
    return row.id if row else ""


async def test_what_is_late_opens_on_monday_and_three_actions_are_handed_over_and_taken_back(
    norvane: Path,
) -> None:
    thaw(norvane)
    async with driving(norvane, at=LATER, size=(110, 36)) as app:
        await app.wait_until(lambda: app.shows("We owe"), "what is late is told first")
        assert app.app._library.page_number == MONDAY
        waiting = app.app._library.query_one(WaitingRows)
        waiting.post_message(Sheet.Asked(waiting, Row(str(RowId.heading("reading"))), "edit"))
        await app.wait_until(lambda: app.told.startswith("Still reading"), "no account is opened meanwhile")
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.told == "Nothing to undo here.", "what was done elsewhere stays")
        assert app.shows("9 days overdue (11 Jun 2026)")
        await page(app, "3", "Late · 2")
        assert app.shows("9 d late")
        before = {name: action(norvane, name).owner for name in ("A07", "A04", "A08")}
        await app.press("m", "m", "m", "d", "h", "enter")
        await app.wait_until(lambda: app.shows("Hand over: 3 actions"), "it asks to whom")
        assert app.shows("Who is not here yet is added in the session")
        await app.type_text("ch", "enter")  # nine keys for all three
        await app.wait_until(lambda: "Chidi Varnholt does 3 actions of Norvane Bank now" in app.told, "done")
        assert {action(norvane, name).owner for name in before} == {"P4"}
        await app.wait_until(lambda: app.text.count("Chidi V") >= 3, "it is shown")
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.told.startswith("In Norvane Bank: Undone: "), "it says where")
        assert {name: action(norvane, name).owner for name in before} == before


async def test_of_two_accounts_each_has_one_step_and_an_undo_tells_of_both(
    norvane: Path, sample: AccountPlan
) -> None:
    account = sample.account.model_copy(update={"id": "twin", "name": "Twin"})
    seed(norvane, AccountPlan.of([account, *(row for row in sample if not isinstance(row, Account))]))
    async with driving(norvane, size=(110, 36)) as app:
        await page(app, "3", "This week · 2")
        assert app.shows("norvane/A07")
        assert app.shows("twin/A07")
        await app.press("m", "m", "d", "c", "enter")
        await app.wait_until(lambda: app.shows("Give another day: 2 actions"), "it asks to which day")
        await app.type_text("1 jan 2026", "enter")
        await app.wait_until(lambda: app.shows("is past: give a day still to come"), "it is refused")
        await app.press("end", "ctrl+u")
        await app.type_text("+2w", "enter")
        told = "Due on 23 Jun 2026: 1 action of Norvane Bank and 1 action of Twin"
        await app.wait_until(lambda: app.told.startswith(told), "both are carried")
        for of in ("norvane", "twin"):
            assert action(norvane, "A07", of).due == dt.date(2026, 6, 23)
        await app.wait_until(lambda: not app.shows("This week"), "they are later now")
        await app.press("ctrl+z")
        await app.wait_until(lambda: "In Norvane Bank: Undone" in app.told, "it is taken back")
        assert "In Twin: Undone" in app.told
        assert {action(norvane, "A07", of).due for of in ("norvane", "twin")} == {dt.date(2026, 6, 11)}
        await app.wait_until(lambda: app.shows("This week · 2"), "they are back")
        await app.go("opens/Action/A07#twin/", "", "actions-rows", "d")
        await app.wait_until(lambda: isinstance(app.app.screen, Choose), "it asks what becomes of it")
        await app.press("r", "enter")
        await app.wait_until(lambda: app.shows("In a few words."), "it asks why")
        await app.type_text("overtaken", "enter")
        await app.wait_until(lambda: app.told.startswith("Dropped: «Send Dev"), "it is dropped")
        dropped = [action(norvane, "A07", of).status for of in ("norvane", "twin")]
        assert dropped == [ActionStatus.OPEN, ActionStatus.DROPPED]


async def test_news_is_told_and_a_line_opens_whom_it_names_and_esc_comes_back_to_it(norvane: Path) -> None:
    async with driving(norvane, size=(80, 24)) as app:
        await app.wait_until(lambda: app.shows("Norvane Bank"), "it is listed")
        assert app.app._library.page_number == ACCOUNTS
        await page(app, "2", "News to bring · 1")
        assert app.shows("Going quiet · 4")
        assert app.shows("not met for 119 days")
        await app.go("opens/Action/A06#norvane/", "", "monday-rows")
        assert "news.told" in app.app.screen.query_one(Keys).ids
        await app.press("t")
        await app.wait_until(lambda: app.shows("no news to bring"), "it is no news any more")
        assert action(norvane, "A06").told_on == dt.date(2026, 6, 9)
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.shows("News to bring · 1"), "it is again")
        await app.wait_until(lambda: here(app, "monday-rows") == "opens/Action/A06#norvane/", "on its line")
        await app.go("heading/Going quiet", "", "monday-rows")
        await app.press("enter")
        await app.wait_until(lambda: not app.shows("We owe"), "one lane alone")
        await app.press("escape")
        assert app.shows("We owe · 6")
        quiet = "opens/Stakeholder/ST11#norvane/"
        await app.go(quiet, "", "monday-rows", "enter")
        await app.wait_until(lambda: isinstance(app.app.screen, WorkshopScreen), "it is open")
        assert app.workspace.block
        assert app.workspace.block.kind is BlockKind.STAKEHOLDERS
        assert here(app, "main") == "Stakeholder/ST11"
        await app.press("escape")
        await app.wait_until(lambda: app.app.screen is app.app._library and app.shows("We owe"), "back")
        assert here(app, "monday-rows") == quiet
        assert app.sheet("monday-rows").has_focus


async def test_the_search_is_a_page_of_which_esc_leads_back_to_the_line_and_then_to_the_page_before(
    norvane: Path,
) -> None:
    async with driving(norvane) as app:
        await page(app, "3", "This week · 1")
        await app.press("4")
        await app.wait_until(lambda: app.app.screen.query(SearchPane), "the search is there")
        await app.quiet()
        await app.type_text("data resid")
        await app.wait_until(lambda: app.shows("Data residency for drills"), "it is found")
        await app.press("enter")
        await app.wait_until(lambda: isinstance(app.app.screen, WorkshopScreen), "it is open")
        assert here(app, "main") == "Parking/K2"
        await app.press("escape")
        await app.wait_until(
            lambda: app.app.screen is app.app._library and app.shows("Data residency for drills"), "back"
        )
        assert app.app._library.page_number == SEARCH
        await app.press("escape")
        await app.wait_until(lambda: app.shows("This week · 1"), "the page before")
        assert app.app._library.page_number == ACTIONS
        await app.press("f3")
        await app.wait_until(lambda: app.app.screen is not app.app._library, "searched from any page")


async def test_words_filter_s_groups_f_is_for_a_firm_and_e_writes_what_is_shown(
    norvane: Path, tmp_path: Path
) -> None:
    async with driving(norvane, actor="Mirela", size=(110, 36)) as app:
        await page(app, "3", "This week · 1")
        await app.press("slash")
        await app.type_text("mine @mir", "enter")
        await app.wait_until(lambda: app.shows("«mine @mir»: 1 of"), "it is filtered")
        await app.press("y")
        await app.wait_until(lambda: "1 line" in app.told, "it is copied")
        assert app.app.clipboard.startswith("norvane/A08 · 23 Jun 2026 · Three-way meeting")
        await app.press("escape", "s")
        await app.wait_until(lambda: app.shows("Anselm Dovrik · 1"), "by owner")
        assert app.shows("all of it")
        assert app.shows("norvane/A09")
        await app.press("f")
        await app.wait_until(lambda: app.shows("as the alliance sees it"), "without what a firm keeps")
        assert not app.shows("norvane/A09")
        await app.press("f", "f")
        await app.wait_until(lambda: app.shows("as Stratalume sees it"), "as the firm sees it")
        assert app.shows("norvane/A09")
        await app.press("e")
        await app.wait_until(lambda: app.shows("Write this page"), "it asks where to")
        assert app.shows("Enter next line, from the last: write")
        await app.press("enter", "enter")  # opens the list and takes what is there: on to the next line
        await app.wait_until(lambda: app.app.focused and app.app.focused.id == "f-path", "Enter goes on")
        await app.type_text(str(tmp_path / "page.md"), "enter")
        await app.wait_until(lambda: app.told.startswith("Written to"), "it is written")
        text = (tmp_path / "page.md").read_text("utf-8")
        assert text.startswith("# Open actions of all accounts\n\nFor Stratalume, as of 9 Jun 2026: ")
        assert "## Lucía Brightwater · 1" in text


async def test_a_line_of_an_account_that_was_left_to_the_customer_leads_nowhere_before_them(
    empty: Path, sample: AccountPlan
) -> None:
    seed(empty, opened_as(sample, CUSTOMER))
    async with driving(empty, size=(80, 24)) as app:
        await page(app, "2", "Going quiet · 4")
        await app.go("opens/Stakeholder/ST11#norvane/", "", "monday-rows", "enter")
        await app.wait_until(lambda: isinstance(app.app.screen, WorkshopScreen), "it is open")
        assert app.live.audience == CUSTOMER
        assert not app.shows("goes back")
        assert not app.workspace.stage.is_telling
