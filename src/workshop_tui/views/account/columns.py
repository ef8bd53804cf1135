"""A view that tells all in sentences, in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from workshop_tui.domain.base.text import fold
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.account.time_line import (
    axis_in,
    events_of,
    firms_of,
    put_rows,
    rows_of,
    span_around,
)
from workshop_tui.views.cell import Cell
from workshop_tui.views.pictures.picture import Brush, Picture
from workshop_tui.views.pictures.place import Place
from workshop_tui.views.table import Row, Table, arranged, line_of
from workshop_tui.views.text_layout import fit, wrapped

if TYPE_CHECKING:
    from workshop_tui.views.account.page import AccountView

TWO, THREE = 88, 150
"""Cells from which there are two columns, and three."""
LEAST = 40
"""Cells beside a table from which sentences stand there."""
MARGIN = 2
"""Cells before the columns of a table."""
GAP = 3
"""Cells between two columns."""


class InColumns:
    """What an account's view that tells all in sentences is besides: a picture, where there is room for two.

    Goes before AccountView and Pictured among the bases. Where it is narrow, its table is what is shown.
    """

    timed = False
    """Whether a time line stands beneath three columns, where there is room."""
    _in_columns: tuple[tuple[int, int, Table], Picture] | None = None
    """For what it was painted last, and the picture."""

    def fits(self, width: int) -> bool:
        """Whether there is room for two columns."""
        return width >= TWO

    def is_drawn(self, live: LivePlan) -> bool:
        """Whether there is more than one part to stand side by side."""
        view = cast("AccountView", self)
        return view.is_open(live) and sum(row.picks for row in view.table(live).rows) > 1

    def picture(self, live: LivePlan, width: int, height: int) -> Picture:
        """Return the columns; those painted last while nothing that stands in them has changed."""
        at = (width, height, cast("AccountView", self).table(live))
        if self._in_columns is None or self._in_columns[0] != at:
            self._in_columns = (at, self.draw(live, width, height))
        return self._in_columns[1]

    def draw(self, live: LivePlan, width: int, height: int) -> Picture:
        """Paint the parts in columns, and beneath three of them a time line where there is room."""
        brush, count = Brush(), 3 if width >= THREE else 2
        used = put_columns(brush, cast("AccountView", self).table(live).rows, width, count)
        if self.timed and count > 2:  # noqa: PLR2004 - three columns
            _put_time_line(brush, live, width, height, used)
        return brush.picture()

    def leads(self, _live: LivePlan, _name: str) -> bool:
        """Enter opens what a line names, or narrows to the part."""
        return True

    def find(self, live: LivePlan, text: str) -> str:
        """Return the first line in which a word begins so."""
        wanted = f" {fold(text.strip())}"
        rows = (row for row in cast("AccountView", self).table(live).rows if row.cells)
        return next((row.id for row in rows if wanted in f" {fold(_told(row)[0])}"), "")


def parts_of(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Yield the rows part by part, each with its heading first."""
    part: list[Row] = []
    for row in rows:
        if row.picks and part:
            yield part
            part = []
        part.append(row)
    if part:
        yield part


def put_columns(  # noqa: PLR0913, PLR0917 - what is painted where
    brush: Brush, rows: Sequence[Row], width: int, count: int, left: int = 0, top: int = 0
) -> int:
    """Paint rows in columns, no part in two of them; return how many lines the longest takes."""
    each = (width - GAP * (count - 1)) // count
    heights = [(part, sum(len(_lines(row, each)) for row in part) + 1) for part in parts_of(rows)]
    most = _least_height([height for _, height in heights], count)
    column = y = longest = 0
    for part, height in heights:
        if y and y + height > most and column < count - 1:
            column, y = column + 1, 0
        for row in part:
            y = _put(brush, row, left + column * (each + GAP), top + y, each) - top
        y += 1
        longest = max(longest, y)
    return longest


def _least_height(heights: Sequence[int], count: int) -> int:
    """Return how high columns must be at the least, so that the parts fit into so many in their order."""
    least, enough = max(heights, default=1), max(sum(heights), 1)
    while least < enough:
        most = (least + enough) // 2
        least, enough = (least, most) if _columns_in(heights, most) <= count else (most + 1, enough)
    return least


def _columns_in(heights: Sequence[int], most: int) -> int:
    """Return how many columns so high the parts take in their order."""
    columns, y = 1, 0
    for height in heights:
        if y and y + height > most:
            columns, y = columns + 1, 0
        y += height
    return columns


def _put(brush: Brush, row: Row, x: int, y: int, width: int) -> int:
    """Paint a line of a column; return the line beneath it."""
    lines = _lines(row, width)
    tone = "muted" if row.note else "heading" if row.heading else _told(row)[1]
    indent = 0 if row.heading and not row.note else 1
    for n, line in enumerate(lines):
        brush.put(x + indent, y + n, fit(line, width - indent), tone)
    if not row.note:
        brush.items[row.id] = Place(x + indent, y, width - indent, len(lines))
    return y + len(lines)


def _lines(row: Row, width: int) -> list[str]:
    if row.heading and not row.note:
        return list(wrapped(row.heading, width))
    return list(wrapped(row.heading or _told(row)[0], width - 1))


def _told(row: Row) -> tuple[str, str]:
    """Return a row in a sentence, as where it has no columns, and its tone: that of what is told longest."""
    cells = [cell for cell in row.cells if cell.text]
    longest = max(cells, key=lambda cell: len(cell.text), default=Cell(""))
    return " · ".join(cell.text.strip() for cell in cells), longest.tone


class TableInColumns(InColumns):
    """The same for a view that tells most in a table: in a large terminal the table, and beside it the rest.

    Beside it stand the parts that are told in sentences, and beneath all of it the time line.
    """

    timed = True

    def fits(self, width: int) -> bool:
        """Whether there is room for more than the table."""
        return width >= THREE

    def draw(self, live: LivePlan, width: int, height: int) -> Picture:
        """Paint the table in as much room as its texts need, and the sentences beside it."""
        table, brush = cast("AccountView", self).table(live), Brush()
        parts = list(parts_of(table.rows))
        told = [part for part in parts if all(row.wide or row.heading for row in part)]
        tabled = replace(table, rows=tuple(row for part in parts if part not in told for row in part))
        left = arranged(tabled, width - MARGIN).right + MARGIN + GAP
        if not tabled.rows or width - left < LEAST:
            used = put_table(brush, table, width)
        else:
            rows = [row for part in told for row in part]
            count = 2 if width - left >= 2 * LEAST + GAP else 1
            used = put_table(brush, tabled, left - GAP)
            used = max(used, 1 + put_columns(brush, rows, width - left, count, left, 1)) if rows else used
        _put_time_line(brush, live, width, height, used + 1)
        return brush.picture(pinned=1)


def put_table(brush: Brush, table: Table, width: int) -> int:
    """Paint a table with its headings above; return how many lines it takes."""
    lay = arranged(table, width - MARGIN)
    for left, room, heading in lay.over([col.heading for col in table.cols]):
        brush.put(MARGIN + left, 0, fit(heading, room).rstrip(), "head")
    for n, row in enumerate(table.rows):
        y, height = 1 + lay.starts[n], lay.starts[n + 1] - lay.starts[n]
        if row.heading:
            lines = wrapped(row.heading, width - MARGIN) if row.note else (row.heading,)
            for line, text in enumerate(lines):
                brush.put(1, y + line, text, "muted" if row.note else "heading")
        for line in range(0 if row.heading else height):
            x = brush.put(1, y + line, " ")
            for column, room, gap in lay.spans(wide=row.wide):
                cell, col = row.cells[column], table.cols[column]
                most = 0 if row.wide else col.lines
                text = line_of(cell.within(room), line, room, wrap=row.wide or col.wrap, most=most)
                x = brush.row(x, y + line, (" " * gap, ""), (text, cell.tone))
        if not row.note:
            brush.items[row.id] = Place(1, y, lay.right + 1, height)
    return 1 + lay.starts[-1]


def _put_time_line(brush: Brush, live: LivePlan, width: int, height: int, used: int) -> None:
    """Paint the last months beneath the columns, if there is room for all of their rows."""
    today, events = live.today, events_of(live)
    span = span_around(today)
    axis = axis_in(span, width, today)
    rows = rows_of(events, firms_of(live), span, axis)
    lines = len(rows) + 3
    if events and used + lines <= height:
        top = max(used, height - lines - 1)
        brush.put(0, top, "─" * width, "muted")
        put_rows(brush, rows, axis, top + 1, 1)
