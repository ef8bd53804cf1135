"""The time line of the account's page: which months are shown, what stands where, and how it is painted."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.views.plans import cells, looked_at
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.time_line import Event, TimeLane
from workshop_tui.views.account.time_line import (
    SPANS,
    AccountTimeLine,
    Span,
    axis_in,
    events_of,
    firms_of,
    month_of,
    paint,
    rows_of,
    spans,
)
from workshop_tui.views.pictures.picture import Picture

TODAY = dt.date(2026, 6, 9)
YEAR = Span(dt.date(2025, 8, 1), dt.date(2026, 8, 1))
FIRMS = {"ps": "Quillhaven", "tech": "Stratalume"}
days = st.dates(dt.date(2015, 1, 1), dt.date(2035, 1, 1))


def event(lane: TimeLane, on: dt.date, key: str, party: str = "") -> Event:
    return Event(lane, on, "Meeting" if party else "Action", (key,), f"Thing {key}", party)


def line(picture: Picture, row: int) -> str:
    """Return a row of a picture as plain text; no run may be painted over another."""
    told = ""
    for run in picture.rows[row]:
        assert cell_len(told) <= run.x, (told, run)
        told = told.ljust(run.x) + run.text
    return told


# Which months


@given(st.lists(days, max_size=20), days, st.sampled_from([*SPANS, None]))
def test_spans_hold_all_that_has_a_day_and_today_and_leave_no_month_out(
    found: list[dt.date], today: dt.date, months: int | None
) -> None:
    shown = spans([event(TimeLane.DUE, day, str(n)) for n, day in enumerate(found)], today, months)
    for day in (*found, today):
        assert any(span.holds(day) for span in shown)
    for one, after in pairwise(shown):
        assert one.start < after.start <= one.end < after.end
    for span in shown:
        assert (span.start.day, span.end.day) == (1, 1)
        assert months is None or month_of(span.start, months) == span.end


def test_a_year_ends_a_few_months_ahead_where_something_is_due_then() -> None:
    ahead = event(TimeLane.DUE, dt.date(2027, 2, 1), "a")
    assert [span.end for span in spans([ahead], TODAY, 12)] == [dt.date(2026, 11, 1), dt.date(2027, 5, 1)]
    assert spans([], TODAY, 12) == (Span(dt.date(2025, 7, 1), dt.date(2026, 7, 1)),)
    assert spans([ahead], TODAY, None) == (Span(dt.date(2026, 6, 1), dt.date(2027, 3, 1)),)


async def test_the_span_grows_and_shrinks_between_a_quarter_and_all_there_is(sample: AccountPlan) -> None:
    view, live = AccountTimeLine(), looked_at(sample)
    assert view.head(live).startswith("Aug 2025 to Jul 2026 (")
    assert [view.stretch(1) for _ in range(4)] == ["24 months", "60 months", "All there is", "All there is"]
    assert view.subjects(live) == ()
    assert [view.stretch(-1) for _ in range(6)][-2:] == ["3 months", "3 months"]
    assert len(view.subjects(live)) > 4
    view.turn_to(live, view.subjects(live)[0])
    assert not view.span(live).holds(live.today)


# What stands in which cell


def test_what_comes_together_is_one_mark_that_counts_and_what_is_outside_is_counted_at_the_ends() -> None:
    met = [event(TimeLane.MEETING, TODAY, str(n), "ps") for n in range(11)]
    before = event(TimeLane.MEETING, dt.date(2025, 7, 31), "before", "tech")
    after = event(TimeLane.DUE, YEAR.end, "after")
    rows = rows_of([*met, before, after], FIRMS, YEAR, axis_in(YEAR, 100, TODAY))
    assert [row.title for row in rows] == ["Quillhaven", "Stratalume", "Due"]
    assert [(len(row.marks), row.before, row.after) for row in rows] == [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
    assert len(rows[0].marks[0].events) == 11
    painted = paint(rows, axis_in(YEAR, 100, TODAY), 1)
    assert "9" in line(painted, 2)
    assert "•" not in line(painted, 2)
    assert "1◂" in line(painted, 3)
    assert line(painted, 4).endswith("▸1")


@given(st.lists(st.tuples(st.sampled_from(TimeLane), days), max_size=40), st.integers(60, 240))
def test_each_event_in_the_span_is_in_one_mark_of_its_row_and_all_is_inside_the_picture(
    found: list[tuple[TimeLane, dt.date]], width: int
) -> None:
    events = [
        event(lane, day, str(n), "ps" if lane is TimeLane.MEETING else "")
        for n, (lane, day) in enumerate(found)
    ]
    axis = axis_in(YEAR, width, TODAY)
    rows = rows_of(events, FIRMS, YEAR, axis)
    told = [one for row in rows for mark in row.marks for one in mark.events]
    assert sorted(one.key for one in told) == sorted(one.key for one in events if YEAR.holds(one.on))
    assert sum(row.before + row.after for row in rows) == len(events) - len(told)
    picture = paint(rows, axis, 1)
    assert set(picture.items) == {mark.name for row in rows for mark in row.marks}
    assert all(place.right <= width for place in picture.items.values())
    for n in range(picture.height):
        assert cell_len(line(picture, n)) <= width


@pytest.mark.parametrize("width", [78, 94, 174])
async def test_the_sample_in_three_widths(sample: AccountPlan, width: int) -> None:
    view, live = AccountTimeLine(), looked_at(sample)
    picture = view.draw(live, width, 22)
    told = [line(picture, n) for n in range(picture.height)]
    assert told[1].count("▼") == 1
    signs = {row.partition(" ")[0]: row for row in told if row and not row.startswith(" ")}
    assert [signs["Sessions"].count("◆"), signs["Reviews"].count("▣")] == [2, 1]
    assert signs["Done"].count("✓") == 4
    assert signs["Missed"].count("✗") == 1
    assert "•" in signs["Quillhaven"]
    assert "•" in signs["Stratalume"]
    session = next(name for name in picture.items if "Session/S2" in name)
    assert view.leads(live, session)
    foot = [text.rstrip() for text, _ in view.foot(live, session, width)]
    assert foot[0] == "9 Jun 2026: Session 2"
    assert foot[1].endswith("2: several")
    assert "▼ today" in foot[1]


async def test_a_meeting_of_both_stands_in_the_rows_of_both_and_once_in_the_list(sample: AccountPlan) -> None:
    live = looked_at(sample)
    both = [one for one in events_of(live) if one.lane is TimeLane.MEETING and " and " in one.text]
    assert {one.party for one in both} == set(firms_of(live))
    assert both[0].text.startswith("Quillhaven and Stratalume met ")
    listed = [cells(row)[1] for row in AccountTimeLine().table(live).rows]
    assert listed.count(both[-1].text) == len({one.key for one in both if one.text == both[-1].text})


async def test_where_much_stands_in_one_cell_the_card_lists_it_and_enter_leads_to_the_list(
    sample: AccountPlan,
) -> None:
    view, live = AccountTimeLine(), looked_at(sample)
    picture = view.draw(live, 78, 22)
    several = next(name for name in picture.items if len(view.at(name)) > 1)
    assert not view.leads(live, several)
    card = view.card(live, several)
    assert card is not None
    assert [cells(row)[1] for row in card.rows] == [one.text for one in view.at(several)]
    assert (
        view.foot(live, several, 78)[0][0].rstrip().endswith(f"and {len(view.at(several)) - 1} more beneath")
    )
    found = view.find(live, "bram")
    assert any("Bram Osterveld" in one.text for one in view.at(found))
    assert not view.find(live, "zzz")


async def test_nothing_is_drawn_for_the_customer(sample: AccountPlan) -> None:
    view = AccountTimeLine()
    assert view.is_drawn(looked_at(sample, ALLIANCE))
    for_customer = looked_at(sample, CUSTOMER)
    assert not view.is_drawn(for_customer)
    assert view.head(for_customer) == ""
    assert view.table(for_customer).rows == ()
