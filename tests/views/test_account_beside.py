"""Beside the actions of all accounts: the card of one, what else its owner does, its account's time line."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.domain.plans import ON
from workshop_tui.domain.base.vocabulary import ALLIANCE, UNCUT
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step
from workshop_tui.domain.rules.time_line import TimeLane
from workshop_tui.live.account_beside import account_beside, seen_beside
from workshop_tui.store.open_actions import OpenAction, open_actions
from workshop_tui.store.store import Store
from workshop_tui.views.account_beside import (
    NO_LINE,
    NOTHING_ELSE,
    TimeLineBeside,
    action_card,
    also_table,
)
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Table


@pytest.fixture
def norvane(norvane_grown: Path) -> Path:
    """A database with the sample account as it is shipped."""
    return norvane_grown


@pytest.fixture
def actions(norvane: Path) -> dict[str, OpenAction]:
    """The open actions eleven days later, when two are late."""
    found = open_actions(norvane, ON, on=lambda day: day + dt.timedelta(11))
    return {action.id: action for action in found}


def told(table: Table) -> dict[str, str]:
    """Return label → words of a card; the title under its own id."""
    return {
        row.id if row.wide else row.cells[0].text: row.cells[-1 if not row.wide else 0].text
        for row in table.rows
    }


def opened(table: Table) -> dict[str, tuple[str, ...]]:
    """Return label → what its line opens."""
    ids = ((row.cells[0].text, RowId.parse(row.id)) for row in table.rows)
    return {label: at.key for label, at in ids if at.kind == "opens"}


def test_a_card_tells_who_by_when_how_often_carried_what_it_serves_and_when_it_is_spoken_of_next(
    actions: dict[str, OpenAction], grown: AccountPlan
) -> None:
    card = action_card(actions["A04"], seen_beside(grown, ON, UNCUT))
    found = told(card)
    assert found["Owner"] == "Anselm Dovrik, Stratalume"
    assert found["Due"] == "19 Jun 2026, 1 day late"
    assert found["First due"] == "1 May 2026, carried 1×"
    assert found["Leads to"] == "Trust repaired"
    assert found["Made in"] == "session 1, 10 Mar 2026"
    assert found["Next session"] == "session 2, 9 Jun 2026, today"
    assert "Serves" not in found
    assert opened(card)["Owner"] == ("Member", actions["A04"].owner_id)
    assert {RowId.parse(row.id).line[0] for row in card.rows if row.id.startswith("opens")} == {"norvane"}
    assert action_card(None, None).empty == NO_LINE


def test_before_its_account_is_read_a_card_tells_what_the_list_knows(
    actions: dict[str, OpenAction], grown: AccountPlan
) -> None:
    before, after = (told(action_card(actions["A13"], one)) for one in (None, seen_beside(grown, ON, UNCUT)))
    assert before.items() <= after.items()
    assert before["Answers"] == "Tomasz Lindqvar"
    assert after.keys() - before.keys() == {"Serves", "Concerns", "Made in", "Next session"}
    nobody = told(action_card(replace(actions["A11"], due=None), None))
    assert (nobody["Answers"], nobody["Due"]) == ("nobody yet", "no date")
    hidden = replace(actions["A04"], owner="", owner_id="", firm="")
    assert "Owner" not in told(action_card(hidden, None))


def test_the_next_session_is_the_first_to_come_else_it_is_said_that_none_is(
    actions: dict[str, OpenAction], grown: AccountPlan
) -> None:
    planned = Session(id="S3", held_on=ON + dt.timedelta(30), rank=9)
    ahead = seen_beside(AccountPlan.of([*grown, planned]), ON, UNCUT)
    assert told(action_card(actions["A04"], ahead))["Next session"] == "session 3, 9 Jul 2026, in 30 days"
    later = replace(grown.account, as_of=ON + dt.timedelta(1))
    past = seen_beside(
        AccountPlan.of([later, *(row for row in grown if row is not grown.account)]), ON, UNCUT
    )
    assert told(action_card(actions["A04"], past))["Next session"] == "no session is planned"


def test_an_audience_has_what_it_may_see_beside_its_lines_and_nothing_of_accounts_of_others(
    norvane: Path, actions: dict[str, OpenAction]
) -> None:
    every, alliance = (account_beside(norvane, "norvane", ON, whom) for whom in (UNCUT, ALLIANCE))
    assert every
    assert alliance
    kept = {("A09",), ("A10",)}
    assert kept <= {one.key for one in every.events}
    assert kept.isdisjoint(one.key for one in alliance.events)
    assert "Made in" in told(action_card(actions["A09"], every))
    assert "Made in" not in told(action_card(actions["A09"], alliance))
    assert account_beside(norvane, "norvane", ON, "Nowhere Inc") is None


def test_what_else_the_owner_does_in_whichever_account_and_what_leads_to_the_same_milestone(
    actions: dict[str, OpenAction],
) -> None:
    twin = [replace(one, account="twin", account_name="Twin") for one in actions.values()]
    table = also_table(actions["A13"], [*actions.values(), *twin])
    rows = [row.heading or f"{row.cells[0].text} {row.cells[1].text}" for row in table.rows]
    assert rows == [
        "Also of Nadia Okonjo-Wells · 1",
        "30 Jun 2026 Name the two services for the first drill  Twin",
        "Also toward «First drill passed» · 1",
        "31 Jul 2026 First drill on two services with the bank's team  Jonty Eskeland",
    ]
    assert RowId.parse(table.rows[1].id).opens == RowId("Action", ("A13",))
    assert RowId.parse(table.rows[1].id).line[:2] == ("twin", "")
    assert len({row.id for row in table.rows}) == len(table.rows)
    assert also_table(actions["A12"], list(actions.values())[:1]).empty == NOTHING_ELSE


def test_the_time_line_is_the_accounts_own_and_each_mark_opens_what_stands_there(
    norvane: Path, grown: AccountPlan
) -> None:
    beside = account_beside(norvane, "norvane", ON, UNCUT)
    assert beside
    assert beside.today == ON
    line = TimeLineBeside(beside)
    picture = line.draw(194, 9)
    texts = {run.text for row in picture.rows for run in row}
    assert {"Sessions", "Reviews", "Done", "Missed", "Due", *beside.firms.values()} <= texts
    assert line.title == f"Time line of {grown.account.name}"
    assert picture.items
    assert all(RowId.parse(name).line[:2] == ("norvane", "") for name in picture.items)
    session = next(name for name in picture.items if RowId.parse(name).key[0] == "Session")
    (event,) = line.at(session)
    assert (event.lane, line.foot(session, 60)[0][0].strip()) == (TimeLane.SESSION, "10 Mar 2026: Session 1")
    assert RowId.parse(line.opens(event)).opens == RowId("Session", event.key)
    several = next(name for name in picture.items if len(line.at(name)) > 1)
    assert "more there" in line.foot(several, 120)[0][0]
    assert line.at("nothing") == ()


def test_a_plan_that_changes_is_read_anew(norvane: Path) -> None:
    with closing(Store.open(norvane)) as store:
        made = Session(id="S9", held_on=ON, rank=99)
        store.commit("norvane", Step((Add(made),), "me", dt.datetime(2026, 6, 9, tzinfo=dt.UTC)))
    found = account_beside(norvane, "norvane", ON, UNCUT)
    assert found
    assert ("S9",) in {one.key for one in found.events if one.lane is TimeLane.SESSION}
