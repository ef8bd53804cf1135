"""Workbooks for tests: written by openpyxl, or part by part where they are to be broken."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

Rows = Sequence[Sequence[Any]]
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def workbook(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    """Return a workbook with these sheets, some of them hidden."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(content: bytes, part: str, text: bytes) -> bytes:
    """Return a workbook in which one part is another."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for each in before.infolist():
            after.writestr(each.filename, text if each.filename == part else before.read(each))
    return out.getvalue()


def with_rows(text: str) -> bytes:
    """Return a workbook whose only sheet holds these rows, as they are written."""
    content = workbook({"People": [["Name"]]})
    return with_part(content, "xl/worksheets/sheet1.xml", f"{_SHEET}{text}</worksheet>".encode())
