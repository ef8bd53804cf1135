"""The library's pages over all accounts: Monday, the actions and the search, each from end to end."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

from msgspec.structs import replace

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
    account = replace(sample.account, id="twin", name="Twin")
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
        await app.press("enter")
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


async def resized(app: Driven, width: int, height: int) -> None:
    await app.pilot.resize_terminal(width, height)
    await app.quiet()


async def test_lanes_stand_side_by_side_over_a_time_line_and_a_smaller_window_keeps_the_line(
    norvane: Path,
) -> None:
    async with driving(norvane, size=(200, 60)) as app:
        await page(app, "2", "News to bring · 1")
        first = next(row for row in app.rows if "We owe" in row)
        assert "News to bring" in first
        assert "Going quiet" in first
        await app.wait_until(
            lambda: app.shows("Time line of Norvane Bank"), "the account's time line is there"
        )
        await app.wait_until(lambda: app.shows("Reviews"), "it is painted")
        assert here(app, "monday-columns") == "opens/Initiative#norvane/"
        await app.press("right")
        assert here(app, "monday-columns") == "opens/Action/A06#norvane/"
        await app.press("down", "down")  # nothing else in this column
        assert here(app, "monday-columns") == "opens/Action/A06#norvane/"
        await app.press("right", "down", "down", "down")
        quiet = "opens/Stakeholder/ST10#norvane/"
        assert here(app, "monday-columns") == quiet
        await resized(app, 80, 24)
        assert here(app, "monday-rows") == quiet
        assert app.sheet("monday-rows").has_focus
        assert not app.shows("Time line")
        await resized(app, 120, 36)
        assert here(app, "monday-columns") == quiet
        await resized(app, 200, 60)
        assert here(app, "monday-columns") == quiet
        await app.press("slash")
        await app.type_text("outage", "enter")
        assert here(app, "monday-columns") == "opens/Action/A04#norvane/"
        await app.press("tab")
        assert app.sheet("page-time").has_focus
        await app.press("escape")
        assert app.sheet("monday-columns").has_focus
        await app.press("tab", "ctrl+end", "enter")
        await app.wait_until(lambda: isinstance(app.app.screen, WorkshopScreen), "it is open")
        assert app.workspace.block
        assert app.workspace.block.kind is BlockKind.ACTIONS
        await app.press("escape")
        await app.wait_until(lambda: app.app.screen is app.app._library and app.shows("We owe"), "back")
        assert app.sheet("page-time").has_focus
        await app.press("escape", "left", "ctrl+home", "enter")
        await app.wait_until(lambda: not app.shows("Going quiet · "), "one lane alone")
        assert app.sheet("monday-rows").has_focus
        await app.press("escape")
        await app.wait_until(lambda: app.shows("Going quiet · "), "all of them")
        assert app.sheet("monday-columns").has_focus


async def test_beside_the_actions_stands_the_card_of_one_and_what_else_there_is(norvane: Path) -> None:
    thaw(norvane)
    async with driving(norvane, at=LATER, size=(200, 60)) as app:
        await page(app, "3", "Late · 2")
        await app.wait_until(lambda: app.shows("no session is planned"), "its account is read")
        assert app.shows("Also of Jonty Eskeland · 1")
        assert app.shows("Time line of Norvane Bank")
        await app.press("m")
        assert here(app, "actions-rows") == "opens/Action/A04#norvane/"
        assert app.shows("First due")
        await app.press("right")
        assert app.sheet("actions-card").has_focus
        await app.go("Owner", "", "actions-card")
        assert here(app, "actions-rows") == "opens/Action/A04#norvane/"
        await app.press("left", "right", "right")
        assert app.sheet("actions-also").has_focus
        await app.press("f")
        await app.wait_until(lambda: app.shows("as the alliance sees it"), "cut for the alliance")
        library_page = app.app._library._page
        assert library_page
        assert library_page._time_line is None  # what was seen of it before was more
        await app.wait_until(lambda: library_page._time_line, "its account is read for the alliance")
        assert library_page.seen_beside
        assert {("A09",), ("A10",)}.isdisjoint(one.key for one in library_page.seen_beside.events)
        await resized(app, 120, 36)
        assert app.sheet("actions-rows").has_focus
        assert here(app, "actions-rows") == "opens/Action/A04#norvane/"
        assert app.shows("The action")
        await app.press("right", "enter")
        await app.wait_until(lambda: isinstance(app.app.screen, WorkshopScreen), "it is open")
        await app.press("escape")
        await app.wait_until(lambda: app.app.screen is app.app._library and app.shows("Late · 2"), "back")
        assert app.sheet("actions-card").has_focus
        assert [row.id for row in app.sheet("actions-rows").table.rows if row.marked]
        await app.press("escape")
        assert app.sheet("actions-rows").has_focus
        await app.press("escape")
        assert not any(row.marked for row in app.sheet("actions-rows").table.rows)
        await resized(app, 80, 24)
        assert not app.shows("The action")
        assert here(app, "actions-rows") == "opens/Action/A04#norvane/"


def by_another(path: Path, name: str, **fields: str) -> None:
    """Change an action as another process does."""
    with closing(Store.open(path)) as store:
        action_ = store.load("norvane")[0].get(Action, name)
        assert action_
        changes = [change for field, value in fields.items() for change in set_field(action_, field, value)]
        store.commit("norvane", Step(tuple(changes), "rowan", AT + dt.timedelta(days=1)))


async def test_what_another_process_changes_is_shown_where_one_is_but_never_under_ones_hands(
    norvane: Path,
) -> None:
    async with driving(norvane, size=(120, 36)) as app:
        library = app.app._library
        await app.wait_until(lambda: app.shows("Norvane Bank"), "it is listed")
        await app.press("ctrl+end", "up")
        at = here(app, "library")
        by_another(norvane, "A07", due="2026-06-01")
        await app.wait_until(
            lambda: [row for row in app.rows if "prospect" in row and " 1 " in row], "counted"
        )
        assert here(app, "library") == at
        await page(app, "3", "Late · 1")
        await app.press("m", "slash")
        await app.type_text("the")
        marked = [row.id for row in app.sheet("actions-rows").table.rows if row.marked]
        assert len(marked) == 1
        by_another(norvane, "A08", title="Meet the Chief Risk Officer")
        before = library._stamp
        library.follow()  # the filter is being typed
        assert library._stamp == before
        await app.press("enter")
        await app.wait_until(lambda: app.shows("Meet the Chief Risk Officer"), "it is followed now")
        assert app.shows("«the»")
        assert [row.id for row in app.sheet("actions-rows").table.rows if row.marked] == marked
        at = here(app, "actions-rows")
        await app.press("d")
        await app.wait_until(lambda: isinstance(app.app.screen, Choose), "it asks what becomes of it")
        by_another(norvane, "A11", title="Third drill of the services")
        before = library._stamp
        library.follow()
        assert library._stamp == before
        await app.press("escape")
        await app.wait_until(lambda: app.shows("Third drill of"), "once that is answered")
        assert here(app, "actions-rows") == at
        await page(app, "2", "News to bring · 1")
        await app.press("down")
        at = here(app, "monday-columns")
        by_another(norvane, "A06", told_on="2026-06-09")
        await app.wait_until(lambda: app.shows("no news to bring"), "they know it by another keyboard")
        assert here(app, "monday-columns") == at
        await app.press("enter")
        await app.wait_until(lambda: isinstance(app.app.screen, WorkshopScreen), "the account is open")
        await app.press("A", "ctrl+home", "enter")  # its page, narrowed to what is late
        at = here(app, "main")
        by_another(norvane, "A08", due="2026-06-02")
        await app.wait_until(lambda: app.shows("Meet the Chief Risk Officer: 7 days overdue"), "it is late")
        assert here(app, "main") == at
        assert not app.shows("To fix first")


async def test_who_is_there_and_what_is_typed_elsewhere_reads_no_page_anew(norvane: Path) -> None:
    async with driving(norvane, size=(80, 24)) as app:
        await page(app, "3", "This week · 1")
        await app.app._library._follow()
        listed = app.app._library._page._listed  # type: ignore[union-attr]
        with closing(Store.open(norvane)) as store:
            store.save_draft("norvane", "rowan", "here", "half a word")
        await app.app._library._follow()
        assert app.app._library._page._listed is listed  # type: ignore[union-attr]
        by_another(norvane, "A07", title="Send it")
        library = app.app._library
        before, library._is_following = library._stamp, True
        library.follow()  # what is being read is not read twice, nor given up half way
        assert library._stamp == before
        await library._follow()
        assert app.shows("Send it")
        assert not library._is_following
