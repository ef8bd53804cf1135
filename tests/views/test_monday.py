"""Monday's lanes as rows: what is owed, what news to bring, who goes quiet, each opening what it names."""

from __future__ import annotations

import datetime as dt

from tests.domain.plans import ON
from workshop_tui.documents.monday import MondayLane, monday_lanes
from workshop_tui.domain.base.vocabulary import ALLIANCE
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.digest import digest_for
from workshop_tui.views.account.written import written_list
from workshop_tui.views.monday import lane_id, lines_in, monday_head, monday_table
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row


def lanes(*plans: AccountPlan, audience: str = "", on: dt.date = ON) -> tuple[MondayLane, ...]:
    return monday_lanes([digest_for(plan, audience, on) for plan in plans])


def told(rows: tuple[Row, ...]) -> list[str]:
    """Return the headings, and of each line what it opens and why."""
    return [row.heading or f"{'/'.join(RowId.parse(row.id).key)} {row.cells[2].text}" for row in rows]


def twin(plan: AccountPlan) -> AccountPlan:
    account = plan.account.model_copy(update={"id": "twin", "name": "Twin"})
    return AccountPlan.of([account, *(row for row in plan if not isinstance(row, Account))])


def test_the_sample_on_its_day(sample: AccountPlan, grown: AccountPlan) -> None:
    for plan in (sample, grown):
        found = lanes(plan)
        assert told(monday_table(found).rows) == [
            "We owe · 6",
            "Initiative 3 days overdue: hold it",
            "Action/A04 first due 1 May 2026, carried to 19 Jun 2026",
            "Action/A07 due 11 Jun 2026",
            "Answer/V09 heard 15 May 2026, not read back for 25 days",
            "Parking/K2 parked with no date",
            "Parking/K4 parked with no date",
            "News to bring · 1",
            "Action/A06 done 27 May 2026",
            "Going quiet · 4",
            "Stakeholder/ST14 never met",
            "Stakeholder/ST12 never met",
            "Stakeholder/ST11 not met for 243 days",
            "Stakeholder/ST10 not met for 119 days",
        ]
        assert monday_head(found) == "6 things owed, 1 review late · 1 news to bring · 4 going quiet"


def test_what_one_firm_keeps_to_itself_the_alliance_is_not_told(sample: AccountPlan) -> None:
    shown = lanes(sample, audience=ALLIANCE)
    assert "Answer/V09" not in " ".join(told(monday_table(shown).rows))
    assert monday_head(shown).startswith("5 things owed")


def test_in_a_low_terminal_the_first_lines_of_each_lane_are_told_and_a_heading_shows_the_others(
    sample: AccountPlan,
) -> None:
    found = lanes(sample)
    assert (lines_in(24), lines_in(36), lines_in(60)) == (4, 5, 10)
    rows = monday_table(found, most=lines_in(24), low=True).rows
    assert len(rows) == 3 + 4 + 1 + 1 + 4  # headings, owed, how many more, news, quiet
    more = next(row for row in rows if row.cells and row.cells[1].text == "and 2 more")
    part = str(RowId("heading", RowId.parse(more.id).key))
    assert part == lane_id("We owe")
    assert told(monday_table(found, part, most=4, low=True).rows)[0] == "We owe · 6"
    assert len(monday_table(found, part, most=4, low=True).rows) == 1 + 6


def test_several_accounts_are_told_apart_and_each_line_is_of_its_own(sample: AccountPlan) -> None:
    alone, both = monday_table(lanes(sample)), monday_table(lanes(sample, twin(sample)))
    assert "Account" not in [col.heading for col in alone.cols]
    assert [col.heading for col in both.cols][-1] == "Account"
    ids = [row.id for row in both.rows]
    assert len(set(ids)) == len(ids) == 3 + 2 * 11
    assert {row.cells[-1].text for row in both.rows if row.cells} == {"Norvane Bank", "Twin"}
    assert {RowId.parse(row.id).line for row in both.rows if row.cells} == {("norvane", ""), ("twin", "")}


def test_with_nothing_to_tell_it_says_so(sample: AccountPlan) -> None:
    assert monday_table(lanes()).rows == ()
    assert monday_table(lanes()).empty.startswith("Nothing is owed")
    assert monday_head(lanes()) == "0 things owed · no news to bring · nobody going quiet"
    assert not any(row.cells and row.cells[0].text == "!" for row in monday_table(lanes(sample)).rows[2:])


def test_as_markdown_each_lane_is_a_part_and_nothing_steers_a_reader(sample: AccountPlan) -> None:
    page = written_list("Monday", "For the alliance.", monday_table(lanes(sample)), ALLIANCE).text
    heads = [line for line in page.splitlines() if line.startswith("#")]
    assert heads == ["# Monday", "## We owe · 6", "## News to bring · 1", "## Going quiet · 4"]
    assert "| ! | Scorecard review | 3 days overdue: hold it |" in page.replace("\\:", ":")
