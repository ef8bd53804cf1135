"""What a sheet shows, and how it is laid out in the width there is. Pure: nothing is painted here."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from workshop_tui.tui.grid import Cell, Column
from workshop_tui.tui.widgets.literal import fit, wrapped

GAP = 2
"""Cells between two columns."""


@dataclass(frozen=True)
class Row:
    """One line of a sheet. A heading spans all columns; a ghost is where a new row comes in."""

    id: str
    cells: tuple[Cell, ...] = ()
    heading: str = ""
    ghost: bool = False
    marked: bool = False
    """What is set in one marked row is set in all of them."""


@dataclass(frozen=True)
class Layout:
    """Which columns there is room for, how wide each is, and at which line each row starts."""

    columns: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()
    starts: tuple[int, ...] = (0,)

    def row_at(self, line: int) -> int:
        """Return the row that a line is part of; one too many below the last."""
        return bisect_right(self.starts, line) - 1

    def place_of(self, column: int) -> tuple[int, int]:
        """Return (cells to the left of a column, its width); the first column's when it isn't shown."""
        at = self.columns.index(column) if column in self.columns else 0
        return sum(self.widths[:at]) + GAP * at, self.widths[at] if self.widths else 0

    def column_at(self, x: int) -> int | None:
        """Return the column that stands so many cells from the left."""
        ends = accumulate(width + GAP for width in self.widths)
        return next((n for n, end in zip(self.columns, ends, strict=True) if x < end), None)


@dataclass(frozen=True)
class Table:
    """What a sheet shows: columns, rows, and what to say when there are none."""

    cols: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    empty: str = "Nothing yet."
    form: bool = False
    """A form has no headings and its first column is labels."""
    order: tuple[str, str] = ("", "")
    """Heading of the column that the rows are sorted by, and a sign for which way."""
    start: int = 0
    """The column on which the cursor begins."""
    by_row: bool = False
    """The cursor is on a row as a whole."""


def line_of(text: str, line: int, width: int, *, wrap: bool) -> str:
    """Return one line of a cell's text; the rest of what doesn't wrap is cut with «…»."""
    if not wrap:
        return " " * width if line else fit(text.replace("\n", " "), width)
    lines = wrapped(text, width)
    return fit(lines[line] if line < len(lines) else "", width)


def arranged(table: Table, width: int) -> Layout:
    """Lay a table out in so many cells."""
    columns, widths = _fitted(table, width)
    heights = (_height(table, row, columns, widths) for row in table.rows)
    return Layout(columns, widths, tuple(accumulate(heights, initial=0)))


def _height(table: Table, row: Row, columns: tuple[int, ...], widths: tuple[int, ...]) -> int:
    if row.heading or row.ghost or not row.cells:
        return 1
    return max(
        (
            len(wrapped(row.cells[n].text, w))
            for n, w in zip(columns, widths, strict=True)
            if table.cols[n].wrap
        ),
        default=1,
    )


def _fitted(table: Table, width: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the columns there is room for and how wide each is; what is left goes to those that grow."""
    columns = list(range(len(table.cols)))
    while len(columns) > 1 and _needed(table, columns) > width:
        last = max(columns, key=lambda n: (table.cols[n].drop, n))
        if not table.cols[last].drop:
            break
        columns.remove(last)
    spare = max(width - _needed(table, columns), 0)
    shares = sum(table.cols[n].grow for n in columns)
    widths = [table.cols[n].width + (spare * table.cols[n].grow // shares if shares else 0) for n in columns]
    over = _needed(table, columns) - width
    if over > 0 and widths:
        widest = widths.index(max(widths))
        widths[widest] = max(widths[widest] - over, 4)
    return tuple(columns), tuple(widths)


def _needed(table: Table, columns: list[int]) -> int:
    return sum(table.cols[n].width for n in columns) + GAP * max(len(columns) - 1, 0)
