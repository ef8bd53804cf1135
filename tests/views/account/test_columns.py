"""Sentences in columns: two where there is room for two, three where there is for three, parts kept whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.views.plans import looked_at
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.account.columns import THREE, TWO, parts_of, put_columns
from workshop_tui.views.account.compare import AccountCompare
from workshop_tui.views.account.now import AccountNow
from workshop_tui.views.base import part_row
from workshop_tui.views.cell import Cell
from workshop_tui.views.pictures.picture import Brush
from workshop_tui.views.table import Row

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
