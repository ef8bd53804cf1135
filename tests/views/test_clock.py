"""The clock as it is told: in words and figures, to the room, to the customer, to the facilitator alone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from tests.app.clocks import begun
from tests.app.driver import AT
from tests.views.plans import headings, looked_at
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.around import agenda, clock_text
from workshop_tui.views.clock import (
    Told,
    at_time,
    behind,
    big_digits,
    closed_at,
    figures,
    planned_end,
    running,
    short_title,
    taken_from,
)
from workshop_tui.views.opening.agenda import Agenda
from workshop_tui.views.status_bar import ClockText

# In words and figures


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "00:00"), (59, "00:59"), (750, "12:30"), (5999, "99:59"), (6000, "1:40:00"), (-130, "+02:10")],
)
def test_time_is_told_in_minutes_and_long_times_with_hours(seconds: int, told: str) -> None:
    assert figures(seconds) == told


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(None, ""), (0, ""), (29, ""), (540, "9 behind"), (-240, "4 ahead"), (31, "1 behind")],
)
def test_behind_is_told_in_whole_minutes(seconds: int | None, told: str) -> None:
    assert behind(seconds) == told


def test_a_long_title_is_told_by_how_it_begins_or_by_its_kind(sample: AccountPlan) -> None:
    told = [short_title(found) for found in sample.where(Block, session="S2")]
    assert told[:5] == ["Purpose", "Opening", "Discovery", "Stakeholder map", "Styles"]
    assert all(0 < cell_len(title) <= 18 for title in told)


def test_what_there_is_room_for_is_told_and_the_time_in_any_room() -> None:
    text = ClockText(Told("Map", "12:30", "left", "! ", "warning", "9 behind").forms)
    assert [text.within(room) for room in (40, 24, 15, 12, 3)] == [
        "Map ! 12:30 left  9 behind",
        "! 12:30 left  9 behind",
        "! 12:30 left",
        "! 12:30 left",
        "12:30",
    ]
    assert ClockText().within(40) == ""


@pytest.mark.parametrize(("width", "height", "rows"), [(70, 10, 10), (36, 10, 5), (34, 4, 1), (33, 9, 1)])
def test_figures_are_as_large_as_there_is_room_for(width: int, height: int, rows: int) -> None:
    lines = big_digits("12:30", width, height)
    assert len(lines) == rows
    assert all(cell_len(line) <= width for line in lines)
    assert len({line for line in lines if line}) > 1 or rows == 1
    assert big_digits("", width, height) == ("",)


async def test_the_planned_end_is_worked_out_from_the_start(sample: AccountPlan) -> None:
    live = looked_at(sample)
    start = live.session.start
    assert start
    assert planned_end(live) == f"{int(start[:2]) + 4:02}{start[2:]}"
    bare = AccountPlan.of((*sample, with_values(live.session, start=None)))
    assert (planned_end(looked_at(bare)), at_time(None)) == ("", "")


# Whom it is told


@pytest.mark.parametrize(
    ("which", "audience", "told"),
    [
        ("H4", ALLIANCE, "Stakeholder map 12:30 left"),
        ("H4", "ps", "Stakeholder map 12:30 left"),
        ("H4", CUSTOMER, ""),
        ("H7", ALLIANCE, "Value co-discovery 17:30 left  11 behind"),
        ("H7", CUSTOMER, "Value co-discovery 17:30 left"),
    ],
)
async def test_the_customer_hears_of_its_own_block_and_of_nothing_else(
    sample: AccountPlan, which: str, audience: str, told: str
) -> None:
    live = looked_at(begun(unspent_after(sample, which), which, 22.5), audience)
    forms = clock_text(live, running(live)).forms
    assert (forms[0] if forms else "") == told
    table = agenda(live, "")
    marked = [row for row in table.rows if row.cells[0].text.startswith("●")]
    assert len(marked) == (audience != CUSTOMER)
    assert audience != CUSTOMER or not any("/" in row.cells[1].text for row in table.rows)


def unspent_after(plan: AccountPlan, which: str) -> AccountPlan:
    """The sample before anything later than a block was begun."""
    blocks = plan.where(Block, session="S2")
    at = next(n for n, found in enumerate(blocks) if found.id == which)
    fresh = [with_values(found, spent=0) for found in blocks[at + (which != "H7") :]]
    return AccountPlan.of((*plan, *fresh))


EARLY = {"H1", "H2", "H3"}


def test_more_time_tells_from_which_blocks_it_comes(sample: AccountPlan) -> None:
    blocks = sample.where(Block, session="S1")[-3:]
    longer = [replace(b, extended=by) for b, by in zip(blocks, (300, -150, -90), strict=True)]
    names = [short_title(b) for b in blocks]
    told = taken_from(blocks, longer, blocks[0].id)
    assert told == f"{names[1]} −02:30, {names[2]} −01:30 · the session ends 01:00 later"
    assert taken_from(blocks, blocks, blocks[0].id) == ""
    assert closed_at(replace(blocks[0], spent=720), AT) == f"«{names[0]}» closed at 12 of 8 min"


def test_a_pause_never_loses_the_name_of_its_block_in_a_narrow_bar() -> None:
    paused = Told("Stakeholder map", "12:30", "left", "! ", "warning", "9 behind", paused=True)
    assert [ClockText(paused.forms).within(room) for room in (50, 40, 29, 3)] == [
        "PAUSED Stakeholder map ! 12:30 left  9 behind",
        "PAUSED Stakeholder map ! 12:30 left",
        "PAUSED Stakeholder… ! 12:30",
        "PAUSED 12:30",
    ]


async def test_a_pause_is_told_on_its_day_and_a_finished_session_tells_nothing(sample: AccountPlan) -> None:
    assert running(looked_at(sample)) is None
    paused = AccountPlan.of((*sample, *(with_values(b, spent=60) for b in sample.where(Block, session="S2"))))
    live = looked_at(paused)
    assert clock_text(live, running(live)).forms[0].startswith("PAUSED Scorecard 09:00 left")
    long = AccountPlan.of((*sample, *(with_values(b, spent=9999) for b in sample.where(Block, id="H3"))))
    over = AccountPlan.of(
        (*long, *(with_values(b, spent=0) for b in sample.where(Block, session="S2") if b.id not in EARLY))
    )
    live = looked_at(over)
    assert [form.split()[0] for form in clock_text(live, running(live)).forms] == ["PAUSED"] * 4
    assert clock_text(live, running(live)).tone == "warning"
    old = AccountPlan.of((*sample, *(with_values(b, spent=60) for b in sample.where(Block, session="S1"))))
    assert running(looked_at(old, session="S1")) is None


async def test_the_agenda_is_as_planned_where_only_the_facilitator_sees_the_clock(
    sample: AccountPlan,
) -> None:
    live = looked_at(begun(sample, "H4", 40))
    assert "behind" in Agenda().head(live)
    live.shows_clock = False
    view = Agenda()
    assert "behind" not in view.head(live)
    assert "Used" not in headings(view.table(live))
    texts = "\n".join(c.text for t in (view.table(live), agenda(live, "")) for r in t.rows for c in r.cells)
    assert not any(sign in texts for sign in ("●", "→", "/", "✓"))
    assert "35" in texts
