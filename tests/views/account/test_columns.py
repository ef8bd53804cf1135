"""Sentences in columns: two where there is room for two, three where there is for three, parts kept whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.views.plans import looked_at
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.account.columns import (
    THREE,
    TWO,
    _columns_in,
    _least_height,
    parts_of,
    put_columns,
)
from workshop_tui.views.account.compare import AccountCompare
from workshop_tui.views.account.decisions import AccountDecisions
from workshop_tui.views.account.kept import AccountKept
from workshop_tui.views.account.moved import AccountMoved
from workshop_tui.views.account.now import AccountNow
from workshop_tui.views.account.scorecard import AccountScorecard
from workshop_tui.views.account.team import AccountTeam
from workshop_tui.views.base import part_row
from workshop_tui.views.cell import Cell
from workshop_tui.views.pictures.picture import Brush, Picture
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, arranged

STAGE = {80: 78, 120: 92, 160: 132, 200: 172}
"""Columns of the terminal → cells of the page in it."""


def columns_of(rows: list[Row] | tuple[Row, ...], width: int, count: int) -> tuple[Brush, int]:
    brush = Brush()
    return brush, put_columns(brush, rows, width, count)


@pytest.mark.parametrize(("terminal", "columns"), [(80, 1), (120, 2), (160, 2), (200, 3)])
async def test_as_many_columns_as_there_is_room_for(sample: AccountPlan, terminal: int, columns: int) -> None:
    live, width = looked_at(sample), STAGE[terminal]
    for view in (AccountNow(), AccountCompare()):
        assert view.fits(width) is (columns > 1)
        assert view.is_drawn(live)
        if columns > 1:
            picture = view.picture(live, width, 54)
            rows = view.table(live).rows
            assert [name for name in picture.items if "Meeting" not in name]
            lines = {row.id for row in rows if not row.note}
            assert lines <= set(picture.items)
            assert len({place.x for name, place in picture.items.items() if name in lines}) == 2 * columns
            assert max(place.right for place in picture.items.values()) <= width
    assert (STAGE[120] >= TWO, STAGE[160] < THREE <= STAGE[200]) == (True, True)


async def test_beneath_three_columns_there_is_a_time_line_where_there_is_room(sample: AccountPlan) -> None:
    view, live = AccountNow(), looked_at(sample)
    found = {}
    for width, height in ((172, 54), (172, 20), (92, 54)):
        rows = view.draw(live, width, height).rows
        found[width, height] = any(run.text == "Sessions" for row in rows for run in row)
    assert found == {(172, 54): True, (172, 20): False, (92, 54): False}


async def test_a_picture_is_painted_anew_only_once_something_in_it_is_another(sample: AccountPlan) -> None:
    view, live = AccountNow(), looked_at(sample)
    first = view.picture(live, 92, 30)
    assert view.picture(live, 92, 30) is first
    assert view.picture(live, 100, 30) is not first
    view.part = "heading/quiet"
    assert view.picture(live, 92, 30).items.keys() < first.items.keys()
    assert not view.is_drawn(live)  # one part has nothing to stand beside
    live.look_as(CUSTOMER)
    assert view.table(live).rows == ()


def overlapping(picture: Picture, width: int) -> list[str]:
    """Return what is painted over something else, or beyond the room."""
    found = []
    for runs in picture.rows:
        ends = [run.x + cell_len(run.text.rstrip()) for run in runs]
        found += [run.text for end, run in zip(ends, runs[1:], strict=False) if end > run.x]
        found += [run.text for end, run in zip(ends, runs, strict=True) if end > width]
    return found


TABLES = (AccountMoved, AccountKept, AccountTeam, AccountScorecard)


@pytest.mark.parametrize("kind", TABLES)
async def test_a_table_has_its_sentences_beside_it_and_a_time_line_beneath_where_there_is_room_for_three(
    sample: AccountPlan, kind: type[AccountMoved]
) -> None:
    view, live = kind(), looked_at(sample)
    live.comparing("S1", "S2")()
    assert [view.fits(STAGE[width]) for width in (80, 120, 160, 200)] == [False, False, False, True]
    assert view.is_drawn(live)
    picture, table = view.picture(live, 172, 54), view.table(live)
    assert {row.id for row in table.rows if not row.note} <= picture.items.keys()
    assert overlapping(picture, 172) == []
    texts = [run.text.strip() for row in picture.rows for run in row]
    assert all(col.heading in texts for col in table.cols if col.heading)
    assert "Sessions" in texts
    assert picture.height <= 54
    assert view.find(live, next(row for row in table.rows if row.cells).cells[0].text[:5])
    low = view.draw(live, 172, 20)
    assert not any(run.text == "Sessions" for row in low.rows for run in row)
    view.part = next(row.id for row in table.rows if row.picks)
    assert not view.is_drawn(live)
    live.look_as(CUSTOMER)
    assert view.table(live).rows == ()


async def test_what_was_overdue_and_dropped_stands_beside_the_counts_and_beneath_them_where_it_is_narrower(
    sample: AccountPlan,
) -> None:
    view, live = AccountKept(), looked_at(sample)
    wide, narrow = (view.draw(live, width, 54).items for width in (172, 110))
    by_session, dropped = str(RowId.heading("session")), str(RowId.heading("dropped"))
    assert wide[dropped].x > wide[by_session].right
    assert wide[dropped].y <= wide[by_session].y
    assert narrow[dropped].x == narrow[by_session].x
    assert narrow[dropped].y > narrow[by_session].bottom


@pytest.mark.parametrize("kind", [AccountNow, AccountCompare, AccountDecisions, *TABLES])
async def test_a_bigger_page_never_shows_fewer_lines(grown: AccountPlan, kind: type[AccountNow]) -> None:
    view, live = kind(), looked_at(grown)
    live.comparing("S1", "S2")()
    counts = []
    for terminal, height in ((80, 15), (120, 27), (160, 36), (200, 51)):
        width, table = STAGE[terminal], view.table(live)
        if view.fits(width):
            places = view.draw(live, width, height).items
            ids = {row.id for row in table.rows}
            counts.append(sum(place.bottom <= height for name, place in places.items() if name in ids))
        else:
            starts = arranged(table, width - 2).starts[1:]
            counts.append(sum(start <= height - 1 for start in starts))
    assert counts == sorted(counts)


async def test_decisions_of_each_session_and_what_is_parked_stand_side_by_side_in_sentences(
    grown: AccountPlan,
) -> None:
    view, live = AccountDecisions(), looked_at(grown)
    texts = [run.text.strip() for row in view.draw(live, 172, 54).rows for run in row]
    assert any(text.startswith("D7 · One status report to the bank from both firms") for text in texts)
    assert "Sessions" in texts
    columns = {place.x for place in view.draw(live, 92, 27).items.values()}
    assert len(columns) == 2 * 2
    assert overlapping(view.draw(live, 92, 27), 92) == []
    assert view.find(live, "parking") == ""
    assert view.find(live, "alliance")


_heights = st.lists(st.integers(1, 40), min_size=1, max_size=12)


@given(_heights, st.integers(1, 4))
def test_columns_are_as_low_as_they_can_be(heights: list[int], count: int) -> None:
    most = _least_height(heights, count)
    assert most >= max(heights)
    assert _columns_in(heights, most) <= count
    assert most == max(heights) or _columns_in(heights, most - 1) > count


_lines = st.text("abc  xyz", min_size=1, max_size=120)
_parts = st.lists(st.lists(_lines, max_size=9), min_size=1, max_size=9)


@given(_parts, st.integers(60, 220), st.sampled_from([2, 3]))
def test_no_part_is_in_two_columns_no_line_over_another_and_they_come_in_their_order(
    parts: list[list[str]], width: int, count: int
) -> None:
    rows = [
        row
        for n, lines in enumerate(parts)
        for row in (
            part_row(f"Part {n}", str(n)),
            *(Row(f"line/{n}/{m}", (Cell(text),)) for m, text in enumerate(lines)),
        )
    ]
    assert [len(part) for part in parts_of(rows)] == [len(lines) + 1 for lines in parts]
    brush, used = columns_of(rows, width, count)
    places = [brush.items[row.id] for row in rows]
    each = (width - 3 * (count - 1)) // count
    at = [place.x // (each + 3) for place in places]
    assert at == sorted(at)
    assert max(at) < count
    for part in parts_of(rows):
        assert len({brush.items[row.id].x // (each + 3) for row in part}) == 1
    for (one, column), (after, next_column) in zip(
        zip(places, at, strict=True), list(zip(places, at, strict=True))[1:], strict=False
    ):
        assert after.y >= one.bottom or next_column > column
    assert used >= max(place.bottom for place in places)
    for runs in brush.picture().rows:
        ends = [run.x + cell_len(run.text) for run in runs]
        assert all(end <= run.x for end, run in zip(ends, runs[1:], strict=False))
        assert all(end <= width for end in ends)
