"""Monday's lanes as rows: what is owed, what news to bring, who goes quiet, each opening what it names."""

from __future__ import annotations

import datetime as dt
from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from tests.domain.plans import ON
from workshop_tui.documents.monday import MondayLane, MondayLine, monday_lanes
from workshop_tui.domain.base.vocabulary import ALLIANCE
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.digest import digest_for
from workshop_tui.views.account.written import written_list
from workshop_tui.views.monday import (
    in_columns,
    lane_id,
    lanes_shown,
    line_id,
    lines_in,
    monday_head,
    monday_picture,
    monday_table,
    shared,
)
from workshop_tui.views.pictures.picture import Picture
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row


def lanes(*plans: AccountPlan, audience: str = "", on: dt.date = ON) -> tuple[MondayLane, ...]:
    return monday_lanes([digest_for(plan, audience, on) for plan in plans])


def told(rows: tuple[Row, ...]) -> list[str]:
    """Return the headings, and of each line what it opens and why."""
    return [row.heading or f"{'/'.join(RowId.parse(row.id).key)} {row.cells[2].text}" for row in rows]


def twin(plan: AccountPlan) -> AccountPlan:
    account = replace(plan.account, id="twin", name="Twin")
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
    assert (lines_in(20, found), lines_in(24, found)) == (4, 11)  # eleven lines fit into fourteen rows
    assert len(monday_table(found, most=lines_in(24, found), low=True).rows) == 3 + 11
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


SIZES = ((116, 28), (157, 37), (197, 38))
"""Cells for the columns in a terminal of 120×36, 160×45 and 200×60."""


def lines_of(picture: Picture) -> set[str]:
    return {name for name in picture.items if RowId.parse(name).kind == "opens"}


@pytest.mark.parametrize(("width", "columns"), [(78, 1), (92, 2), (116, 2), (157, 2), (197, 3)])
def test_lanes_stand_side_by_side_the_most_urgent_by_itself(
    sample: AccountPlan, width: int, columns: int
) -> None:
    found = lanes_shown(lanes(sample), "")
    titles = [[lane.title for lane in column] for column in in_columns(found, width)]
    assert [*chain(*titles)] == ["We owe", "News to bring", "Going quiet"]
    assert len(titles) == columns
    assert columns == 1 or titles[0] == ["We owe"]
    assert in_columns([], width) == []
    assert [len(column) for column in in_columns(found[1:], width)] == ([2] if columns == 1 else [1, 1])


def test_a_bigger_screen_never_shows_fewer_lines_and_all_where_there_is_room(sample: AccountPlan) -> None:
    found = lanes_shown(lanes(sample, twin(sample)), "")
    listed = monday_table(found, most=lines_in(24), low=True).rows
    counts = [len([row for row in listed if RowId.parse(row.id).kind == "opens"])]
    counts += [len(lines_of(monday_picture(found, *size))) for size in SIZES]
    assert counts == sorted(counts)
    assert counts[-1] == 22
    assert all(monday_picture(found, *size).height <= size[1] for size in SIZES)
    told = monday_picture(found, *SIZES[-1])
    assert {lane_id(lane.title) for lane in found} <= told.items.keys()
    assert not any(RowId.parse(name).line == ("more",) for name in told.items)


def test_where_there_is_less_room_the_line_under_the_cursor_stays_and_the_rest_is_counted(
    sample: AccountPlan,
) -> None:
    found = lanes_shown(lanes(sample, twin(sample)), "")
    last = line_id(found[0].lines[-1])
    assert last not in monday_picture(found, 116, 16).items
    kept = monday_picture(found, 116, 16, last)
    assert last in kept.items
    more = str(RowId.heading("We owe").about("more"))
    shown = [name for name in lines_of(kept) if name in set(map(line_id, found[0].lines))]
    texts = [run.text.strip() for row in kept.rows for run in row]
    assert f"and {12 - len(shown)} more" in texts
    assert more in kept.items
    assert last in {row.id for row in monday_table(found, most=4, low=True, keeps=last).rows}


@given(st.integers(90, 240), st.integers(6, 70), st.integers(1, 9))
def test_nothing_is_painted_over_anything_else_nor_beyond_the_columns(
    width: int, height: int, copies: int
) -> None:
    line = lanes_of_one("Data residency for drills and what follows from it in the second half of the year")
    found = [
        replace(
            lane,
            lines=tuple(
                replace(line, key=(f"{lane.title}{n}",), account_name=f"Account {n}", account=f"a{n % 2}")
                for n in range(copies)
            ),
        )
        for lane in lanes_shown([MondayLane(title, (line,)) for title in ("a", "b", "c")], "")
    ]
    picture = monday_picture(found, width, height)
    for runs in picture.rows:
        ends = [run.x + cell_len(run.text) for run in runs]
        assert all(end <= run.x for end, run in zip(ends, runs[1:], strict=False))
        assert all(end <= width for end in ends)
    for one, after in pairwise(sorted(picture.items.values(), key=lambda place: (place.x, place.y))):
        assert one.x < after.x or one.bottom <= after.y


def lanes_of_one(name: str) -> MondayLine:
    more = ("for Farah Nouriel, met 9 Oct 2025", "by Chidi Varnholt", "not marked for the customer")
    return MondayLine("a", "Account", "Action", ("A1",), True, False, "a/A1", name, "9 days overdue", more)


@given(st.lists(st.integers(0, 40), max_size=5), st.integers(-3, 90))
def test_room_is_shared_out_so_that_nobody_lacks_what_another_has_too_much_of(
    needs: list[int], room: int
) -> None:
    given_ = shared(needs, room)
    assert all(0 <= got <= need for got, need in zip(given_, needs, strict=True))
    assert sum(given_) == min(max(room, 0), sum(needs))
    lacking = [got for got, need in zip(given_, needs, strict=True) if got < need]
    assert not lacking or max(given_) <= min(lacking) + 1
