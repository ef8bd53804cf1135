"""Sheets as a workbook: text stays text, days are days, and the first row stays in sight."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Final, Literal
from zipfile import ZIP_DEFLATED, ZipFile

from workshop_tui.documents.extras import need
from workshop_tui.documents.sheets import CellValue, WorkbookSheet

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment
    from openpyxl.worksheet.worksheet import Worksheet

_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CORE: Final = "docProps/core.xml"
_MODIFIED: Final = re.compile(rb"(<dcterms:modified\b[^>]*>)[^<]*")
_LONGEST: Final = 32_767
"""How many signs a cell of Excel holds."""
_NARROWEST, _WIDEST = 6, 46
_FILTER: Final = 3
"""Signs that the button of a filter takes beside a heading."""
_HIGH, _HIGHEST = 15.0, 409.0
"""A line's height in points, and the most that a row has in Excel."""
_PAGE: Final = 180
"""Signs across a page on which a sheet is printed."""
_SIGNED: Final = "+0;-0;0"
_FEELINGS: Final = "Sentiment"
"""How the headings of columns begin whose figures have a sign."""
_DAY: Final = "d mmm yyyy"
_ASKS: Final = "=+-@"
"""What a program takes for the beginning of a formula, as soon as somebody edits the cell."""


def as_xlsx(sheets: Sequence[WorkbookSheet], *, title: str, about: str, on: dt.date) -> bytes:
    """Return a workbook of sheets, with its title and for whom it is among its properties.

    Raises:
        DocumentError: the library that writes it isn't there.
    """
    need("openpyxl", "Workbooks")
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet)
    told = book.properties
    told.creator, told.title, told.description = "workshop-tui", title, about
    told.created = dt.datetime.combine(on, dt.time())
    file = BytesIO()
    book.save(file)
    return _of_a_day(file.getvalue(), on)


def _of_a_day(content: bytes, on: dt.date) -> bytes:
    """Return a workbook that says it was last changed on a day, so that the same plan gives the same file."""
    written = BytesIO()
    with ZipFile(BytesIO(content)) as archive, ZipFile(written, "w", ZIP_DEFLATED) as changed:
        for name in archive.namelist():
            part = archive.read(name)
            if name == _CORE:
                part = _MODIFIED.sub(rb"\g<1>" + f"{on}T00:00:00Z".encode(), part)
            changed.writestr(name, part)
    return written.getvalue()


def _fill(into: Worksheet, sheet: WorkbookSheet) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.utils import get_column_letter

    widths = [_width(head, [row[place] for row in sheet.rows]) for place, head in enumerate(sheet.heads)]
    signed = [head.startswith(_FEELINGS) for head in sheet.heads]
    for n, row in enumerate((sheet.heads, *sheet.rows), 1):
        for place, value in enumerate(row):
            if value is not None and value != "":
                _put(into.cell(n, place + 1), value, is_signed=signed[place])
        taken = _FILTER if n == 1 else 0
        lines = max(
            (_lines(value, width - taken) for value, width in zip(row, widths, strict=True)), default=1
        )
        if lines > 1:  # no program makes a row higher by itself as it opens the file
            into.row_dimensions[n].height = min(lines * _HIGH, _HIGHEST)
    bold, grey = Font(name="Calibri", bold=True), PatternFill("solid", fgColor="E7E6E6")
    for cell in into[1]:
        cell.font, cell.fill, cell.alignment = bold, grey, _aligned(wraps=True)
    for place, width in enumerate(widths, 1):
        into.column_dimensions[get_column_letter(place)].width = width
    last = f"{get_column_letter(len(sheet.heads))}{len(sheet.rows) + 1}"
    into.auto_filter.ref = f"A1:{last}"
    into.freeze_panes = f"{get_column_letter(sheet.held + 1)}2"
    into.print_title_rows = "1:1"
    if sheet.held:
        into.print_title_cols = f"A:{get_column_letter(sheet.held)}"
    into.page_setup.orientation = "landscape"
    into.page_setup.fitToWidth = max(1, round(sum(widths) / _PAGE))
    into.page_setup.fitToHeight = 0
    into.sheet_properties.pageSetUpPr.fitToPage = True


def _put(cell: Cell, value: str | float | dt.date, *, is_signed: bool) -> None:
    if isinstance(value, str):
        said = _NOT_IN_XML.sub("", value)[:_LONGEST]
        cell.value = said
        cell.data_type = "s"  # or «=1+1» were a formula, and «#N/A» an error
        if said[:1] in _ASKS:
            cell.quotePrefix = True
        cell.alignment = _aligned(wraps=len(said) > _WIDEST or "\n" in said)
        return
    cell.value = value
    if isinstance(value, dt.date):
        cell.number_format = _DAY
        cell.alignment = _aligned(wraps=False, side="left")
    else:
        cell.alignment = _aligned(wraps=False, side="right")  # apart from the words to its right
        if is_signed:
            cell.number_format = _SIGNED


@functools.cache
def _aligned(*, wraps: bool, side: Literal["left", "right"] | None = None) -> Alignment:
    """Return how a cell's value stands in it; one object for all cells, as making one takes long."""
    from openpyxl.styles import Alignment

    return Alignment(horizontal=side, vertical="top", wrap_text=wraps, indent=1 if side == "right" else 0)


def _width(head: str, column: Iterable[CellValue]) -> float:
    """Return a width in signs in which a column's text stands, wrapped where it is long."""
    longest = max((_signs(value) for value in column), default=0)
    least = max(map(len, head.split())) + _FILTER
    return min(max(longest, least, _NARROWEST) + 2, _WIDEST + 2)


def _signs(value: CellValue) -> int:
    if isinstance(value, dt.date):
        return len("30 Sep 2026")
    if isinstance(value, str):
        return max(map(len, value.split("\n")))
    return 0 if value is None else len(f"{value:g}") + 1


def _lines(value: CellValue, width: float) -> int:
    """Return into how many lines a cell's text is wrapped, rather one too many."""
    if not isinstance(value, str):
        return 1
    return sum(len(wrap(line, int(width))) or 1 for line in value.split("\n"))
