"""Contacts files: bytes → rows, each with the line it begins on."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from workshop_tui.documents.contacts_columns import KNOWN, plain
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.kinds import kind_of
from workshop_tui.domain.text import clean_text

LARGEST: Final = 10 * 1024 * 1024
"""The largest file that is read, in bytes."""
MOST_ROWS: Final = 20_000
_MOST_LINES: Final = 10 * MOST_ROWS  # a cell may have several
_TOO_MANY: Final = f"This file has over {MOST_ROWS:,} rows: split it."
_MOST_CELLS: Final = 1_000

DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_UTF8_MARK, _UTF16_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SEP = re.compile(r'"?sep=([,;\t|])"?\s*', re.IGNORECASE)  # Excel's own first line


@dataclass(frozen=True, slots=True)
class Row:
    """The cells under the headers, as many as these, and the line of the file on which they begin."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that can't come in; `why` is a sentence that begins with its line."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a contacts file holds: headers (cleaned), rows (as they are) and the rows that can't be read."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    bad: tuple[Bad, ...]
    encoding: str
    delimiter: str


def read_contacts(content: bytes) -> Sheet:
    """Return the rows of a file with a header and values separated by comma, semicolon, tab or bar.

    UTF-8 with or without mark, UTF-16 with a mark, or else Windows-1252. Blank rows are passed over,
    and so is the foot of a Salesforce report. A row that has more or fewer cells than the header, a
    NUL or text behind a closing quote is bad. Follows RFC 4180, with any kind of line end.

    Raises:
        DocumentError: the file is too large or too long, no text, empty, or its quotes don't close.
    """
    if (kind := kind_of(content)) in {"JSON", "Markdown", "a database", "a PDF"}:
        raise DocumentError(f"This is {kind} and no table of contacts: save them as CSV in UTF-8.")
    text, encoding = _decoded(content)
    if text.count("\n") > _MOST_LINES or text.count("\r") > _MOST_LINES:
        raise DocumentError(_TOO_MANY)
    lines = list(io.StringIO(text, newline=""))
    delimiter = _delimiter(lines)
    records = _records(lines, delimiter)
    _, header, why = next(records, (0, [""], ""))
    headers = tuple(map(clean_text, header))
    if "\0" in "".join(header):
        raise DocumentError("This file is no text that can be read: save it as CSV in UTF-8.")
    if why or not any(headers):
        raise DocumentError(why or "This file is empty: export it again, with a header.")
    found = _without_foot(_limited(records), len(headers))
    rows = tuple(Row(line, tuple(cells[: len(headers)])) for line, cells, why in found if not why)
    bad = tuple(Bad(line, why) for line, _, why in found if why)
    return Sheet(headers, rows, bad, encoding, delimiter)


def _decoded(content: bytes) -> tuple[str, str]:
    if len(content) > LARGEST:
        raise DocumentError("This file is over 10 MB: split it.")
    if content.startswith(_WORKBOOKS):
        raise DocumentError("This is a workbook: save it as CSV in UTF-8.")
    encoding = "UTF-16" if content.startswith(_UTF16_MARKS) else "UTF-8"
    try:
        return content.decode("utf-8-sig" if encoding == "UTF-8" else "utf-16"), encoding
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
    meant_utf8 = content.startswith(_UTF8_MARK) or not content.decode("utf-8", "ignore").isascii()
    if encoding == "UTF-8" and not meant_utf8:
        try:
            return content.decode("cp1252"), "Windows-1252"
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
    raise DocumentError(f"Line {line} is not {encoding} text: save the file as CSV in UTF-8.")


def _delimiter(lines: list[str]) -> str:
    """Return what separates the cells: with it the header has the most known names, then the most cells."""
    if lines and (said := _SEP.fullmatch(lines[0])):
        lines[0] = "\n"  # so that the lines behind it keep their numbers
        return said[1]

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            _, header, _ = next(_records(lines, delimiter), (0, [], ""))
        except DocumentError:
            return 0, 0
        return sum(plain(name) in KNOWN for name in header), len(header)

    return max(DELIMITERS, key=fit)


Record = tuple[int, Sequence[str], str]
"""Line, cells, and what is wrong with it."""


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


def _limited(records: Iterator[Record]) -> list[Record]:
    found: list[Record] = []
    for record in records:
        if len(found) == MOST_ROWS:
            raise DocumentError(_TOO_MANY)
        found.append(record)
    return found


def _without_foot(records: list[Record], width: int) -> list[Record]:
    """A Salesforce report ends in lines of one cell: its name, whose it is, who made it."""
    end = len(records)
    while width > 1 and end and len(records[end - 1][1]) == 1:
        end -= 1
    is_foot = any("salesforce.com" in cells[0].casefold() for _, cells, _ in records[end:])
    return [_fitted(record, width) for record in (records[:end] if is_foot else records)]


def _fitted(record: Record, width: int) -> Record:
    line, cells, why = record
    if why:
        return record
    if len(cells) < width or any(map(str.strip, cells[width:])):
        here = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
        why = f"Line {line} has {here} where the header has {width}: quote what holds a separator."
    elif "\0" in "".join(cells):
        why = f"Line {line} holds a NUL, so the file is damaged there: mend it."
    return line, cells, why
