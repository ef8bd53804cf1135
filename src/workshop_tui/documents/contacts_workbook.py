"""Workbooks (XLSX) → the table that a CSV of one of their sheets would be.

With the standard library: openpyxl takes two seconds only to open a sheet of a million empty rows, and
five times as long for a full one; and so nothing has to be installed for it.
"""

from __future__ import annotations

import datetime as dt
import functools
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Final, TypeVar, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.documents.contacts_sheet import (
    HIGHEST,
    ContactSheet,
    Headings,
    Note,
    Record,
    SheetError,
    under_header,
)
from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.domain.base.text import clean_text

T = TypeVar("T")
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_MB: Final = 1024 * 1024
_LARGEST: Final = {"sharedStrings.xml": 16 * _MB, "styles.xml": 4 * _MB}
"""The most that a part may be once unpacked."""
_LARGEST_PART: Final = 32 * _MB
_MOST_BYTES: Final = 48 * _MB
_MOST_ELEMENTS: Final = 400_000  # of all parts together: about two seconds
_CHUNK: Final = 64 * 1024
_LONGEST: Final = _MB  # what a cell, or whatever else is one piece, may hold
_MOST_PIECES: Final = 10_000  # elements inside a cell
_MOST_CELLS: Final = 1_000
_MOST_EMPTY: Final = 100_000  # empty rows after which nobody is looked for
_MOST_NAMED: Final = 12

_OTHER_PROGRAMS: Final = {"word/document.xml": "a Word document", "ppt/presentation.xml": "a presentation"}
"""A part that tells what else an archive is."""
_DAMAGED: Final = "This workbook is damaged: save it again as XLSX, or as CSV in UTF-8."
_TOO_MUCH: Final = "This workbook holds more than can be read: copy the people into a new one."
_LOCKED: Final = "This workbook is locked by a password: save it without, or as CSV in UTF-8."

_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Formats of dates that every workbook has (ECMA-376, 18.8.30)."""
_NO_DATE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|General', re.IGNORECASE)
_COLUMN = re.compile(r"([A-Z]{1,3})\d*", re.IGNORECASE)


def is_workbook(content: bytes) -> bool:
    """Whether a file is a workbook, or looks like one: an archive, or what old Excel wrote."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", _OLE))


def read_workbook(content: bytes, mapped: Collection[str] = (), sheet: str = "") -> ContactSheet:
    """Return the rows of the sheet that is named, else of the first one that is shown and has names.

    Where none has a heading of names it is the first one with known headings. What the other sheets are
    called is in the notes. Dates are written as 2026-06-09, numbers as they are; a formula counts by the
    result it was saved with. Raises DocumentError where the workbook is damaged, locked, or too much.
    """
    return _opened(content, lambda workbook: _read(workbook, Headings(mapped), sheet))


def rows_by_sheet(content: bytes) -> dict[str, list[tuple[int, Sequence[str]]]]:
    """Return of each sheet, hidden ones too, the rows that aren't empty, each with its number.

    Cells are text as in `read_workbook`. Raises DocumentError where the workbook is damaged, locked, or
    too much.
    """

    def read(workbook: _Workbook) -> dict[str, list[tuple[int, Sequence[str]]]]:
        return {
            each.name: [(line, cells) for line, cells, _ in workbook.rows(each)] for each in workbook.sheets
        }

    return _opened(content, read)


def _opened(content: bytes, read: Callable[[_Workbook], T]) -> T:
    """Return what is read of a workbook, with one sentence for whatever may be wrong with it."""
    if content.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise DocumentError(
            _LOCKED if locked else "This is a workbook of old Excel: save it as XLSX, or as CSV in UTF-8."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return read(_Workbook(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, ParseError, NotImplementedError, OSError, ValueError):
        raise DocumentError(_DAMAGED) from None
    except (LookupError, RuntimeError, OverflowError):
        raise DocumentError(_DAMAGED) from None


def _read(workbook: _Workbook, headings: Headings, named: str) -> ContactSheet:
    sheets = workbook.sheets
    if named:
        sheets = [each for each in sheets if clean_text(each.name).casefold() == named.strip().casefold()]
        if not sheets:
            raise SheetError(f"There is no sheet {quoted(named)}: the sheets are {_listed(workbook.sheets)}.")
    shown = [each for each in sheets if not each.is_hidden] or sheets
    tops = [list(islice(workbook.rows(each), HIGHEST)) for each in shown]
    known = [max(map(headings.count, top), default=0) for top in tops]
    filled = [n for n, top in enumerate(tops) if top]
    if not filled:
        raise DocumentError("This workbook is empty: export it again, with a header.")
    of_names = [n for n in filled if any(map(headings.has_names, tops[n]))]
    sheet = shown[next((n for n in (*of_names, *filled) if known[n]), filled[0])]
    rows = workbook.rows(sheet)
    read = under_header(
        rows,
        rows.text,
        headings,
        encoding="UTF-8",
        is_guess=False,
        read_as=f"from the sheet {quoted(sheet.name)}",
        is_grid=True,
    )
    others = [each for each in workbook.sheets if each is not sheet]
    notes = [*read.notes, *rows.notes]
    if others and not named:
        notes.insert(0, Note(0, f"Of the sheets, only {quoted(sheet.name)} is read, not {_listed(others)}."))
    return replace(read, notes=tuple(sorted(notes, key=lambda each: each.line)))


def _listed(sheets: Sequence[_Sheet]) -> str:
    names = ", ".join(quoted(each.name) for each in sheets[:_MOST_NAMED])
    more = len(sheets) - _MOST_NAMED
    return f"{names} and {more} more" if more > 0 else names


class _Sheet(Struct, frozen=True):
    name: str
    part: str
    is_hidden: bool


class _Workbook:
    """The parts of a workbook that say what stands in its cells."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._quiet = self._bytes = self._elements = 0  # quiet: bytes since an element began or ended
        names = set(archive.namelist())
        if any(each.flag_bits & 1 for each in archive.infolist()):
            raise DocumentError(_LOCKED)
        if "xl/workbook.bin" in names:
            raise DocumentError("This is a binary workbook: save it as XLSX, or as CSV in UTF-8.")
        if "content.xml" in names:
            raise DocumentError("This is an OpenDocument file: save it as XLSX, or as CSV in UTF-8.")
        for part, kind in (
            ("word/document.xml", "a Word document"),
            ("ppt/presentation.xml", "a presentation"),
        ):
            if part in names:
                raise DocumentError(
                    f"This is {kind} and no table of contacts: save them as XLSX, or as CSV in UTF-8."
                )
        self._main = self._target("", "officeDocument")
        if self._main not in names:
            raise DocumentError("This is an archive and no workbook: unpack it first.")
        self.is_1904 = False
        self.sheets = list(self._sheets(names))
        self.strings = list(self._strings(names))
        self.dates = list(self._date_styles(names))

    def _relations(self, of: str) -> Iterator[tuple[str, str, str]]:
        """Yield id, kind and part of what a part refers to."""
        folder, name = posixpath.split(of)
        part = posixpath.join(folder, "_rels", f"{name}.rels")
        if part in self._archive.namelist():
            for event, found in self.elements(part, {"Relationship"}):
                if event == "end":
                    continue
                target = found.get("Target", "")
                whole = target if target.startswith("/") else posixpath.join("/", folder, target)
                yield found.get("Id", ""), found.get("Type", ""), posixpath.normpath(whole).lstrip("/")

    def _target(self, of: str, kind: str) -> str:
        return next((part for _, type_, part in self._relations(of) if type_.endswith(f"/{kind}")), "")

    def _sheets(self, names: Collection[str]) -> Iterator[_Sheet]:
        parts = {id_: part for id_, kind, part in self._relations(self._main) if kind.endswith("/worksheet")}
        for event, found in self.elements(self._main, {"sheet", "workbookPr"}):
            if event == "end":
                continue
            if _local(found) == "workbookPr":
                self.is_1904 = found.get("date1904", "").casefold() in {"1", "true"}
                continue
            id_ = next((value for name, value in found.attrib.items() if name.endswith("}id")), "")
            if (part := parts.get(id_, "")) in names:
                yield _Sheet(clean_text(found.get("name", "")), part, "idden" in found.get("state", ""))

    def _strings(self, names: Collection[str]) -> Iterator[str]:
        if (part := self._target(self._main, "sharedStrings")) in names:
            for event, found in self.elements(part, {"si"}):
                if event == "end":
                    yield _text(found)

    def _date_styles(self, names: Collection[str]) -> Iterator[bool]:
        """Yield whether each style of a cell is one of a date."""
        if (part := self._target(self._main, "styles")) not in names:
            return
        own: dict[str, bool] = {}
        is_cell = False
        for event, found in self.elements(part, {"numFmt", "cellXfs", "xf"}):
            name = _local(found)
            if name == "cellXfs":
                is_cell = event == "start"
            elif event == "end":
                continue
            elif name == "numFmt":
                code = _NO_DATE.sub("", found.get("formatCode", ""))
                own[found.get("numFmtId", "")] = any(sign in code.casefold() for sign in "dmy")
            elif is_cell:
                number = found.get("numFmtId", "")
                yield own.get(number, number.isdecimal() and int(number) in _DATES)

    def rows(self, sheet: _Sheet) -> _Rows:
        """Return the rows of a sheet that aren't empty."""
        return _Rows(self, sheet)

    def elements(  # noqa: C901 - start and end, inside and outside
        self, part: str, wanted: Collection[str]
    ) -> Iterator[tuple[str, Element]]:
        """Yield start and end of the elements wanted; what is done with goes, so that memory stays small."""
        if self._archive.getinfo(part).file_size > _LARGEST.get(posixpath.basename(part), _LARGEST_PART):
            raise DocumentError(_TOO_MUCH)
        parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
        stack: list[Element] = []
        inside = pieces = 0  # inside: how many elements deep in one that is kept whole
        for chunk in self._chunks(part):
            parser.feed(chunk)
            for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
                self._quiet = 0
                if event == "start":
                    stack.append(element)
                    self._elements += 1
                    if inside or _local(element) in _WHOLE:
                        inside, pieces = inside + 1, pieces + 1 if inside else 0
                        if pieces > _MOST_PIECES:
                            raise DocumentError(_TOO_MUCH)
                    elif _local(element) in wanted:
                        yield event, element
                    continue
                stack.pop()
                inside -= inside > 0
                if not inside:
                    if _local(element) in wanted:
                        yield event, element
                    if stack:
                        stack[-1].clear()
        parser.close()

    def _chunks(self, part: str) -> Iterator[bytes]:
        """Yield what a part is made of, while there is an element in it now and then."""
        self._quiet = 0
        with self._archive.open(part) as file:
            for chunk in iter(partial(file.read, _CHUNK), b""):
                if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                    raise DocumentError(_DAMAGED)
                self._quiet += len(chunk)
                self._bytes += len(chunk)
                if self._quiet > _LONGEST or self._bytes > _MOST_BYTES or self._elements > _MOST_ELEMENTS:
                    raise DocumentError(_TOO_MUCH)
                yield chunk


_WHOLE: Final = frozenset({"c", "si"})
"""Elements whose content is needed at their end."""


class _Rows(Iterator[Record]):
    """The rows of a sheet that aren't empty, each with its number, and what of them can't be read."""

    def __init__(self, workbook: _Workbook, sheet: _Sheet) -> None:
        self._workbook, self._records = workbook, self._found(sheet)
        self._texts: dict[int, str] = {}
        self.notes: list[Note] = []

    def __next__(self) -> Record:
        record = next(self._records)
        self._texts[record[0]] = " ".join(filter(None, record[1]))
        return record

    def text(self, line: int) -> str:
        """Return what stands in a row that was read."""
        return self._texts.get(line, "")

    def _found(self, sheet: _Sheet) -> Iterator[Record]:
        number = column = last = 0
        cells: dict[int, str] = {}
        for event, element in self._workbook.elements(sheet.part, {"row", "c"}):
            if _local(element) == "row" and event == "start":
                said = element.get("r", "")
                number = int(said) if said.isdecimal() else number + 1
                cells, column = {}, 0
            elif _local(element) == "row":
                if cells:
                    last = number
                    yield number, [cells.get(place, "") for place in range(max(cells) + 1)], ""
                elif number - last > _MOST_EMPTY:
                    behind = f"Behind line {last} come over {_MOST_EMPTY:,} empty lines"
                    self.notes.append(Note(last, f"{behind}: what stands below them is not read."))
                    return
            else:
                column = _column(element.get("r", ""), column)
                if text := self._cell(element, number):
                    cells[column] = text
                column += 1
                if column > _MOST_CELLS and text:
                    raise DocumentError(
                        f"Line {number} has over {_MOST_CELLS:,} cells: leave out what isn't needed."
                    )

    def _cell(self, cell: Element, line: int) -> str:
        kind, value, formula = cell.get("t", "n"), "", False
        for part in cell:
            if _local(part) == "v":
                value = part.text or ""
            elif _local(part) == "is":
                return _text(part)
            formula = formula or _local(part) == "f"
        if formula and not value and kind != "str":
            at = cell.get("r", "a cell")
            self.notes.append(
                Note(
                    line,
                    f"Line {line}: the formula in {at} has no result: open the workbook and save it anew.",
                )
            )
        if not value:
            return ""
        if kind == "s":
            return self._workbook.strings[int(value)]
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        style = cell.get("s", "")
        dates = self._workbook.dates
        is_date = style.isdecimal() and int(style) < len(dates) and dates[int(style)]
        return _number(value, self._workbook, is_date=is_date) if kind == "n" else value


def _number(value: str, workbook: _Workbook, *, is_date: bool) -> str:
    try:
        number = float(value)
        if not is_date:
            return str(int(number)) if number.is_integer() else repr(number)
        first = dt.datetime(1904, 1, 1) if workbook.is_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001
        day = first + dt.timedelta(days=number)
    except (ValueError, OverflowError):
        return value
    return day.date().isoformat() if number >= 1 else value


def _column(reference: str, following: int) -> int:
    """Return which column a cell such as «AB12» stands in, from 0; the following one where it is not said."""
    if not (found := _COLUMN.fullmatch(reference)):
        return following
    place = 0
    for letter in found[1].upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _local(element: Element) -> str:
    return _without_namespace(element.tag)


@functools.lru_cache(maxsize=256)
def _without_namespace(tag: str) -> str:
    return tag.rpartition("}")[2]


def _text(of: Element) -> str:
    """Return the text of a cell; how it is pronounced (`rPh`) is no part of it."""
    found = []
    for part in of:
        if _local(part) == "t":
            found.append(part.text or "")
        elif _local(part) == "r":
            found.append(_text(part))
    return "".join(found)
