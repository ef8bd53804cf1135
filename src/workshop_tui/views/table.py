"""What a sheet shows, and how it is laid out in the width there is. Pure: nothing is painted here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from operator import add

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len

from workshop_tui.views.cell import GAP, Cell, Column
from workshop_tui.views.text_layout import fit, wrapped


class Row(Struct, frozen=True):
    """One line of a sheet. A placeholder is where a new row comes in.

    A heading spans all columns, or has cells of its own.
    """

    id: str
    cells: tuple[Cell, ...] = ()
    heading: str = ""
    picks: bool = False
    """The cursor stops on the heading: Enter there narrows the table to what is beneath it."""
    note: bool = False
    """The heading only says something about the rows beneath: muted, in as many lines as it needs."""
    placeholder: bool = False
    wide: bool = False
    """Its first cell takes the room of all columns."""
    marked: bool = False
    """What is set in one marked row is set in all of them."""


class Layout(Struct, frozen=True, dict=True):
    """Which columns there is room for, how wide each is and where, and at which line each row starts."""

    columns: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()
    starts: tuple[int, ...] = (0,)
    lefts: tuple[int, ...] = ()
    """Cells to the left of each column."""

    def row_at(self, line: int) -> int:
        """Return the row that a line is part of; one too many below the last."""
        return bisect_right(self.starts, line) - 1

    def place_of(self, column: int) -> tuple[int, int]:
        """Return (cells to the left of a column, its width); the first column's when it isn't shown."""
        at = self.columns.index(column) if column in self.columns else 0
        return (self.lefts[at], self.widths[at]) if self.widths else (0, 0)

    def column_at(self, x: int) -> int | None:
        """Return the column that stands so many cells from the left."""
        ends = (*self.lefts[1:], self.right + GAP)[: len(self.columns)]
        return next((n for n, end in zip(self.columns, ends, strict=True) if x < end), None)

    @property
    def right(self) -> int:
        """Cells that all columns take with what is between them."""
        return self.lefts[-1] + self.widths[-1] if self.widths else 0

    def spans(self, *, wide: bool) -> Sequence[tuple[int, int, int]]:
        """Return (column, width, cells before it) of each cell of a row; one for all when it is wide."""
        return ((0, self.right, 0),) if wide else self._spans

    @cached_property
    def _spans(self) -> tuple[tuple[int, int, int], ...]:
        ends = (0, *(left + width for left, width in zip(self.lefts, self.widths, strict=True)))
        gaps = (left - end for left, end in zip(self.lefts, ends[:-1], strict=True))
        return tuple(zip(self.columns, self.widths, gaps, strict=True))

    def over(self, headings: Sequence[str]) -> list[tuple[int, int, str]]:
        """Return (cells to the left, width, text) of each heading: it runs on over columns without one."""
        named = [at for at, n in enumerate(self.columns) if headings[n].strip()]
        found = []
        for at, after in pairwise((*named, len(self.columns))):
            end = self.lefts[after - 1] + self.widths[after - 1]
            end = min(end, self.lefts[after] - 1) if after < len(self.columns) else end
            found.append((self.lefts[at], end - self.lefts[at], headings[self.columns[at]]))
        return found


class Table(Struct, frozen=True):
    """What a sheet shows: columns, rows, and what to say when there are none."""

    cols: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    empty: str = "Nothing yet."
    """What is said where there are no rows, as a sentence."""
    invite: str = ""
    """What to do about that, after a colon; nothing where nothing can be done."""
    form: bool = False
    """A form has no headings and its first column is labels."""
    headed: bool = True
    """The names of the columns stand in a line above the rows; else in the cells of a heading."""
    order: tuple[str, str] = ("", "")
    """Heading of the column that the rows are sorted by, and a sign for which way."""
    start: int = 0
    """The column on which the cursor begins."""
    ticks: int = -1
    """The column that is ticked from any cell of its row; -1 for none."""
    by_row: bool = False
    """The cursor is on a row as a whole."""
    roomy: bool = False
    """Each row has an empty line beneath it, to be read from afar."""
    widest: tuple[int, ...] = ()
    """Cells that the longest text of each column takes, of rows that aren't shown too; () to measure it."""
    takes_values: bool = True
    """Whether keys set values in its cells; where none can be set they are commands, as anywhere."""

    def closed(self) -> Table:
        """Return it where nothing can be changed: no values by keys, no new rows, nor a word of them."""
        told = f"{self.empty.rstrip('.').removesuffix(' yet')}."
        rows = tuple(row for row in self.rows if not row.placeholder)
        return replace(self, rows=rows, empty=told, invite="", takes_values=False)

    @property
    def told_empty(self) -> str:
        """Return what stands in the place of the rows where there are none."""
        return f"{self.empty.rstrip('.')}: {self.invite}" if self.invite else self.empty


def line_of(text: str, line: int, width: int, *, wrap: bool, most: int = 0) -> str:
    """Return one line of a cell's text, of so many at the most (0: of all); what is cut ends in «…»."""
    if not wrap:
        return " " * width if line else fit(text.replace("\n", " "), width)
    lines = wrapped(text, width)
    shown = lines[:most] if most else lines
    text = shown[line] if line < len(shown) else ""
    return fit(f"{text}…" if line == len(shown) - 1 < len(lines) - 1 else text, width)


def arranged(table: Table, width: int) -> Layout:
    """Lay a table out in so many cells."""
    columns, widths = _fitted(table, width)
    heights = (
        (len(wrapped(row.heading, width)) if row.note else _height(table, row, columns, widths)) + table.roomy
        for row in table.rows
    )
    lefts = accumulate(map(add, widths[:-1], _gaps(table, columns)), initial=0) if widths else ()
    return Layout(columns, widths, tuple(accumulate(heights, initial=0)), tuple(lefts))


def keeps_all(table: Table, width: int) -> bool:
    """Whether a table has all its columns in so many cells, and every word in them that can be shortened."""
    columns, widths = _fitted(table, width)
    if len(columns) < len(table.cols) or width < _needed(table, list(columns)):
        return False
    cells = ((row.cells[n], w) for row in _lines_of(table) for n, w in zip(columns, widths, strict=True))
    return not any(cell.brief and cell_len(cell.text) > w for cell, w in cells)


def _lines_of(table: Table) -> Iterator[Row]:
    """Yield the rows that fill the columns."""
    return (row for row in table.rows if row.cells and not (row.heading or row.placeholder or row.wide))


def _height(table: Table, row: Row, columns: tuple[int, ...], widths: tuple[int, ...]) -> int:
    if row.heading or row.placeholder or not row.cells:
        return 1
    if row.wide:
        return len(wrapped(row.cells[0].text, sum(widths) + sum(_gaps(table, columns))))
    return max(
        (
            _lines(row.cells[n].within(w), w, table.cols[n].lines)
            for n, w in zip(columns, widths, strict=True)
            if table.cols[n].wrap
        ),
        default=1,
    )


def _lines(text: str, width: int, most: int) -> int:
    lines = len(wrapped(text, width))
    return min(lines, most) if most else lines


def _fitted(table: Table, width: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the columns there is room for and how wide each is.

    Those that grow do so until their text is whole, no further: what is still left stays at the right.
    Where a row spans all columns, the last one takes it, so that such a row has all the width.
    """
    columns = [n for n, col in enumerate(table.cols) if width >= col.since]
    while len(columns) > 1 and _needed(table, columns) > width:
        last = max(columns, key=lambda n: (table.cols[n].drop, n))
        if not table.cols[last].drop:
            break
        columns.remove(last)
    widths = {n: table.cols[n].width for n in columns}
    over = _needed(table, columns) - width
    if over > 0 and widths:
        widest = max(columns, key=lambda n: (widths[n], -n))
        widths[widest] = max(widths[widest] - over, 4)
    elif over < 0:
        _grow(table, widths, -over)
    return tuple(columns), tuple(widths.values())


def _grow(table: Table, widths: dict[int, int], spare: int) -> None:
    """Give columns what their text lacks: first those whose text is cut or wraps, then those in short."""
    growing = [n for n in widths if table.cols[n].grow]
    cells = [row.cells for row in _lines_of(table)]
    short = {n for n in growing if any(each[n].brief for each in cells)}
    needs = {
        n: table.widest[n] if table.widest else max((_widest(each[n].text) for each in cells), default=0)
        for n in growing
    }
    long = [n for n in growing if n not in short]
    spare = _shared(table, widths, {n: needs[n] - widths[n] for n in long}, spare)
    for n in sorted(short, key=lambda n: (-table.cols[n].grow, n)):
        lacks = max(needs[n] - widths[n], 0)
        if lacks <= spare:
            widths[n] += lacks
            spare -= lacks
    if any(row.wide for row in table.rows):
        widths[max(widths)] += spare


def _shared(table: Table, widths: dict[int, int], lacks: dict[int, int], spare: int) -> int:
    """Share what is spare out by how much each column grows, none beyond what it lacks; return the rest."""
    lacks = {n: lack for n, lack in lacks.items() if lack > 0}
    while spare > 0 and lacks:
        shares = sum(table.cols[n].grow for n in lacks)
        given = {n: min(spare * table.cols[n].grow // shares, lack) for n, lack in lacks.items()}
        if not any(given.values()):
            given = {next(iter(lacks)): spare}  # less than a cell each
        for n, more in given.items():
            widths[n] += more
            lacks[n] -= more
        spare -= sum(given.values())
        lacks = {n: lack for n, lack in lacks.items() if lack > 0}
    return spare


def _widest(text: str) -> int:
    return max(map(cell_len, text.split("\n"))) if "\n" in text else cell_len(text)


def _needed(table: Table, columns: list[int]) -> int:
    return sum(table.cols[n].width for n in columns) + sum(_gaps(table, columns))


def _gaps(table: Table, columns: Sequence[int]) -> list[int]:
    """Return the cells between each column and the one before it."""
    return [table.cols[n].gap for n in columns[1:]]
