"""Sheets as a workbook: text stays text, days are days, and the first row stays in sight."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final
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
_NARROWEST, _WIDEST = 6, 60
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

    for n, row in enumerate((sheet.heads, *sheet.rows), 1):
        for place, value in enumerate(row, 1):
            if value is not None and value != "":
                _put(into.cell(n, place), value)
    for cell in into[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E7E6E6")
    for place, head in enumerate(sheet.heads, 1):
        column = [row[place - 1] for row in sheet.rows]
        into.column_dimensions[get_column_letter(place)].width = _width(head, column)
    last = f"{get_column_letter(len(sheet.heads))}{len(sheet.rows) + 1}"
    into.auto_filter.ref = f"A1:{last}"
    into.freeze_panes = "A2"
    into.print_title_rows = "1:1"
    into.page_setup.orientation = "landscape"
    into.page_setup.fitToHeight = 0
    into.sheet_properties.pageSetUpPr.fitToPage = True


def _put(cell: Cell, value: str | float | dt.date) -> None:
    if isinstance(value, str):
        said = _NOT_IN_XML.sub("", value)[:_LONGEST]
        cell.value = said
        cell.data_type = "s"  # or «=1+1» were a formula, and «#N/A» an error
        if said[:1] in _ASKS:
            cell.quotePrefix = True
        cell.alignment = _aligned(wrap=len(said) > _WIDEST or "\n" in said)
        return
    cell.value = value
    cell.alignment = _aligned(wrap=False)
    if isinstance(value, dt.date):
        cell.number_format = _DAY


@functools.cache
def _aligned(*, wrap: bool) -> Alignment:
    """Return how text stands in a cell; one object for all cells, as making one takes long."""
    from openpyxl.styles import Alignment

    return Alignment(vertical="top", wrap_text=wrap)


def _width(head: str, column: Iterable[CellValue]) -> float:
    """Return a width in signs in which a column's text stands, wrapped where it is long."""
    longest = max((_signs(value) for value in column), default=0)
    return min(max(longest, len(head) + 3, _NARROWEST) + 2, _WIDEST + 2)  # a heading has its filter beside it


def _signs(value: CellValue) -> int:
    if isinstance(value, dt.date):
        return len("30 Sep 2026")
    if isinstance(value, str):
        return max(map(len, value.split("\n")))
    return 0 if value is None else len(f"{value:g}")
