"""Contacts files: bytes → rows under a header, each with the line it begins on."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from workshop_tui.documents.contacts_columns import KNOWN, plain
from workshop_tui.documents.contacts_decode import decoded
from workshop_tui.documents.contacts_sheet import (
    HIGHEST,
    LARGEST,
    MOST_ROWS,
    TOO_MANY,
    ContactSheet,
    Headings,
    Record,
    SheetError,
    known,
    under_header,
)
from workshop_tui.documents.contacts_vcard import is_vcard, read_vcards
from workshop_tui.documents.contacts_workbook import is_workbook, read_workbook
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.file_type import file_type, is_binary

_MOST_LINES: Final = 10 * MOST_ROWS  # a cell may have several
_MOST_CELLS: Final = 1_000

DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_SEP = re.compile(r'"?sep=([,;\t|])"?\s*', re.IGNORECASE)  # Excel's own first line


def read_contacts(
    content: bytes, encoding: str = "", mapped: Collection[str] = (), sheet: str = ""
) -> ContactSheet:
    """Return the rows of a file with a header and values parted by comma, semicolon, tab or bar.

    A workbook is read by a sheet, the one named or the first with known headings; vCards come in too.

    The header is the one of the first ten rows with the most known headings, `mapped` among these, if one
    of them is for names or there are two; else the first of those with the most cells. Blank rows are
    passed over. Cells that are missing at the end of a row are empty; a row that has more than the header,
    a NUL or text behind a closing quote is bad. Follows RFC 4180, with any kind of line end.

    Raises:
        DocumentError: the file is too large or too long, no text, empty, or its quotes don't close.
    """
    if len(content) > LARGEST:
        raise DocumentError("This file is over 10 MB: split it.")
    if is_workbook(content):
        return read_workbook(content, mapped, sheet)
    if sheet:
        raise SheetError("Only a workbook has sheets: leave out which one.")
    if (kind := file_type(content)) in {"JSON", "Markdown", "a database", "a PDF"}:
        raise DocumentError(f"This is {kind} and no table of contacts: save them as CSV in UTF-8.")
    if is_vcard(content):
        return read_vcards(content, encoding)
    text, name, is_guess = decoded(content, encoding)
    if is_guess and is_binary(text):
        raise DocumentError("This file is no text that can be read: save the people as CSV in UTF-8.")
    if text.count("\n") > _MOST_LINES or text.count("\r") > _MOST_LINES:
        raise DocumentError(TOO_MANY)
    lines = list(io.StringIO(text, newline=""))
    headings = KNOWN | set(map(plain, mapped))
    delimiter = _delimiter(lines, headings)
    return under_header(
        _records(lines, delimiter),
        lambda line: lines[line - 1],
        Headings(mapped),
        encoding=name,
        is_guess=is_guess,
        read_as=f"with {DELIMITERS[delimiter]}",
    )


def _delimiter(lines: list[str], headings: Iterable[str]) -> str:
    """Return what separates the cells: with it the header has the most known names, then the most cells."""
    if lines and (said := _SEP.fullmatch(lines[0])):
        lines[0] = "\n"  # so that the lines behind it keep their numbers
        return said[1]

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            top = list(islice(_records(lines, delimiter), HIGHEST))
        except DocumentError:
            return 0, 0
        best = max(top, key=lambda record: known(record, headings), default=(0, (), ""))
        return known(best, headings), len(best[1])

    return max(DELIMITERS, key=fit)


def _records(lines: list[str], delimiter: str) -> Iterator[Record]:
    """Yield what isn't blank."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, (), _explained(error, line, lines[line - 1 : reader.line_num])
        else:
            if len(cells) > _MOST_CELLS:
                raise DocumentError(
                    f"Line {line} has over {_MOST_CELLS:,} cells: leave out what isn't needed."
                )
            if any(map(str.strip, cells)):
                yield line, cells, ""


def _explained(error: csv.Error, line: int, read: Sequence[str]) -> str:
    """Return why a record can't be read; refuses the file where nobody could say where it ends."""
    if len(read) > 1 or read[0].count('"') % 2:
        raise DocumentError(
            f"Line {line} has a quote that doesn't close where it should: close it, or double it in a cell."
        ) from None
    if "limit" in str(error):
        return f"Line {line} has a cell of over {csv.field_size_limit():,} characters: shorten it."
    return f"Line {line} has text behind a closing quote: double the quotes inside a cell."
