"""What stands around the stage: bar, agenda, gaps; for each audience."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import AT, driving
from tests.views.plans import looked_at
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.gaps.registry import gaps, visible
from workshop_tui.domain.lifecycle.start import thawed
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import KIND, AccountPlan
from workshop_tui.live.events import SaveStatus
from workshop_tui.views.around import KIND_OF_GAP, agenda, bar_text, gap_list, place_of
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
    forms = ("frozen at 9 Jun 2026", "frozen 9 Jun 2026")
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
        table = agenda(looked_at(sample, audience), "", 40)
        assert len(table.rows) == count
        assert all("/" in row.cells[1].text for row in table.rows) is (audience != CUSTOMER)


async def test_the_open_block_is_marked_and_told_in_full(sample: AccountPlan) -> None:
    block = sample.where(Block, session="S2")[3]
    rows = {row.id: row for row in agenda(looked_at(sample), block.id, 24).rows}
    marked = [name for name, row in rows.items() if row.cells[0].text.startswith("▶")]
    assert marked == [f"Block/{block.id}"]
    assert rows[f"Block/{block.id}"].cells[0].text.endswith(block.title)


async def test_gaps_stand_under_the_names_of_the_things_and_not_before_the_customer(
    sample: AccountPlan,
) -> None:
    live = looked_at(sample)
    table = gap_list(live)
    told = [row for row in table.rows if not row.heading]
    found = visible(gaps(sample, live.today), live.view)
    assert len(told) == len(found)
    assert {row.heading for row in table.rows if row.heading} == {gap.name for gap in found}
    assert gap_list(looked_at(sample, CUSTOMER)).rows == ()


async def test_the_gap_at_the_cursor_is_told_with_its_cure(sample: AccountPlan) -> None:
    live = looked_at(sample)
    name = str(RowId.gap("Stakeholder", ("ST11",), "no_owner"))
    (plain,) = (row for row in gap_list(live).rows if row.id == name)
    (at,) = (row for row in gap_list(live, name).rows if row.id == name)
    assert at.cells[0].text.startswith(plain.cells[0].text)
    assert "choose an owner" in at.cells[0].text


async def test_one_partner_hears_of_no_gap_of_the_others_rows(sample: AccountPlan) -> None:
    def about(audience: str) -> set[RowId]:
        found = (RowId.parse(row.id) for row in gap_list(looked_at(sample, audience)).rows if row.cells)
        return {gap.lacks[0] for gap in found}

    assert RowId("Answer", ("V09",)) not in about("ps")
    assert RowId("Answer", ("V09",)) in about("tech")


def test_every_gap_is_about_a_kind_with_a_block_or_about_the_account() -> None:
    assert set(KIND_OF_GAP) | {"Account"} <= set(KIND)


def test_whoever_was_never_asked_is_asked_in_the_value_block() -> None:
    assert place_of("key_people_never_asked", "Stakeholder") is BlockKind.VALUE
    assert place_of("no_owner", "Stakeholder") is BlockKind.STAKEHOLDERS
    assert place_of("no_champion", "Account") is None
