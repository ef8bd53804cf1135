"""What stands around the stage: bar, agenda, gaps; for each audience."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.app.driver import AT, driving
from tests.views.plans import looked_at
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.gaps.ranking import ranked
from workshop_tui.domain.gaps.registry import gaps, visible
from workshop_tui.domain.lifecycle.start import thawed
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.live.events import SaveStatus
from workshop_tui.views.around import (
    SHORT_NAME,
    agenda,
    bar_text,
    gap_count,
    gap_list,
    place_in_agenda,
    short_names,
)
from workshop_tui.views.cell import TICK, Cell
from workshop_tui.views.row_id import RowId

PLACE = "Norvane Bank › Session 2 · 9 Jun 2026"


@pytest.mark.parametrize(
    ("audience", "label", "tone"),
    [
        (CUSTOMER, "● SHARED", "success"),
        (ALLIANCE, "TEAM ONLY", "warning"),
        ("ps", "QUILLHAVEN ONLY", "error"),
    ],
)
async def test_the_bar_says_where_we_are_and_who_may_look(
    sample: AccountPlan, audience: str, label: str, tone: str
) -> None:
    text = bar_text(looked_at(sample, audience))
    assert (text.place, text.audience, text.tone, text.wrong) == (PLACE, label, tone, False)


async def test_the_bar_says_at_which_day_an_account_is_frozen_but_not_to_the_customer(
    sample: AccountPlan,
) -> None:
    forms = ("frozen at 9 Jun 2026", "frozen 9 Jun 2026", "frozen")
    assert bar_text(looked_at(sample)).frozen == bar_text(looked_at(sample, "tech")).frozen == forms
    assert bar_text(looked_at(sample, CUSTOMER)).frozen == ()
    assert bar_text(looked_at(thawed(sample))).frozen == ()


@pytest.mark.parametrize(
    ("width", "day"), [(120, "frozen at 9 Jun 2026"), (80, "9 Jun 2026"), (60, "frozen")]
)
async def test_the_day_an_account_is_frozen_at_takes_no_room_from_the_audience(
    norvane: Path, width: int, day: str
) -> None:
    async with driving(norvane, size=(width, 24), account="norvane") as app:
        await app.wait_until(lambda: app.shows("TEAM ONLY"), "the session is open")
        bar = app.text.splitlines()[0]
        assert day in bar.partition(" TEAM ONLY ")[0]
        assert bar.rstrip().endswith(" all saved")


@pytest.mark.parametrize(
    ("saved", "starts", "wrong"),
    [
        (SaveStatus(), "all saved", False),
        (SaveStatus(AT), "saved 09:47:02", False),
        (SaveStatus(AT, waiting=2), "saving", False),
        (SaveStatus(AT, waiting=2, why_not="The disk is full: make room."), "NOT SAVED", True),
    ],
)
async def test_the_bar_says_whether_all_is_saved(
    sample: AccountPlan, saved: SaveStatus, starts: str, wrong: bool
) -> None:
    live = looked_at(sample)
    live.saved = saved
    text = bar_text(live)
    assert text.saved.startswith(starts)
    assert saved.why_not.partition(":")[0] in text.saved
    assert text.wrong is wrong


async def test_the_agenda_has_the_blocks_that_the_audience_may_see(sample: AccountPlan) -> None:
    for audience, count in ((ALLIANCE, 11), ("ps", 11), (CUSTOMER, 1)):
        table = agenda(looked_at(sample, audience), "")
        assert len(table.rows) == count
        assert all("/" in row.cells[1].text for row in table.rows) is (audience != CUSTOMER)


async def test_the_agenda_has_one_short_name_for_each_block_whichever_is_open(sample: AccountPlan) -> None:
    live = looked_at(sample)
    names = [
        [row.cells[0].text.lstrip(f"▶●{TICK} ") for row in agenda(live, block.id).rows]
        for block in sample.where(Block, session="S2")
    ]
    assert names[0][:5] == ["Opening", "Opening 2", "Discovery", "Stakeholders", "Stakeholders 2"]
    assert all(each == names[0] for each in names)
    assert len(set(names[0])) == len(names[0])
    assert all(cell_len(name) <= SHORT_NAME for name in names[0])


@given(st.lists(st.text("ab ", min_size=1, max_size=20), max_size=30))
def test_no_two_blocks_have_the_same_short_name(titles: list[str]) -> None:
    blocks = [
        Block(id=f"b{n}", session="s", kind=BlockKind.VALUE, title=f"x{title}x")
        for n, title in enumerate(titles)
    ]
    names = short_names(blocks)
    assert len(set(names)) == len(blocks)
    assert all(0 < cell_len(name) <= SHORT_NAME for name in names)


async def test_the_open_block_is_bold_and_marked_and_those_that_were_held_are_ticked(
    sample: AccountPlan,
) -> None:
    block = sample.where(Block, session="S2")[3]
    rows = {row.id: row for row in agenda(looked_at(sample), block.id).rows}
    marked = {name: row.cells[0] for name, row in rows.items() if row.cells[0].text.startswith("▶")}
    assert marked == {f"Block/{block.id}": Cell("▶ Stakeholders", "accent")}
    assert all(row.cells[0].text.startswith(TICK) for name, row in rows.items() if name not in marked)


async def test_where_no_agenda_stands_the_place_in_it_is_told(sample: AccountPlan) -> None:
    live, block = looked_at(sample), sample.where(Block, session="S2")[3]
    assert place_in_agenda(live, block.id) == "4/11"
    assert place_in_agenda(live, "no such block") == ""
    only = sample.where(Block, session="S2")[6]
    assert place_in_agenda(looked_at(sample, CUSTOMER), only.id) == ""


async def test_gaps_stand_under_what_is_missing_and_not_before_the_customer(sample: AccountPlan) -> None:
    live = looked_at(sample)
    table = gap_list(live, BlockKind.STAKEHOLDERS)
    told = [row for row in table.rows if not row.heading]
    found = visible(gaps(sample, live.today), live.view)
    assert len(told) == len(found) == gap_count(live)
    headings = [row.heading for row in table.rows if row.heading and not row.note]
    assert "1 action has no date" in headings
    assert gap_list(looked_at(sample, CUSTOMER)).rows == ()
    assert gap_count(looked_at(sample, CUSTOMER)) == 0


async def test_the_fix_is_told_once_for_all_that_need_it(sample: AccountPlan) -> None:
    rows = gap_list(looked_at(sample), BlockKind.STAKEHOLDERS).rows
    fixes = [row.heading for row in rows if row.note]
    assert "→ choose an owner at Stratalume or Quillhaven" in fixes
    assert len(fixes) == len(set(fixes))


async def test_what_weighs_most_in_this_block_comes_first(sample: AccountPlan) -> None:
    live = looked_at(sample)
    for kind in (BlockKind.STAKEHOLDERS, BlockKind.ACTIONS, BlockKind.VALUE, BlockKind.SCORECARD):
        told = [RowId.parse(row.id) for row in gap_list(live, kind).rows if not row.heading]
        wanted = [
            RowId.gap(gap.kind, gap.key, gap.rule)
            for group in ranked(live.figures.gaps, kind)
            for gap in group.gaps
        ]
        assert told == wanted


async def test_the_gap_at_the_cursor_is_told_with_its_cure(sample: AccountPlan) -> None:
    live = looked_at(sample)
    name = str(RowId.gap("Stakeholder", ("ST11",), "no_owner"))
    (plain,) = (row for row in gap_list(live).rows if row.id == name)
    (at,) = (row for row in gap_list(live, at=name).rows if row.id == name)
    assert at.cells[0].text.startswith(plain.cells[0].text)
    assert "choose an owner" in at.cells[0].text


async def test_one_partner_hears_of_no_gap_of_the_others_rows(sample: AccountPlan) -> None:
    def about(audience: str) -> set[RowId]:
        found = (RowId.parse(row.id) for row in gap_list(looked_at(sample, audience)).rows if row.cells)
        return {gap.lacks[0] for gap in found}

    assert RowId("Answer", ("V09",)) not in about("ps")
    assert RowId("Answer", ("V09",)) in about("tech")
