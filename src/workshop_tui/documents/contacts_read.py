"""Contacts files: bytes → rows under a header, each with the line it begins on."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from workshop_tui.documents.contacts_columns import KNOWN, OF_NAMES, plain
from workshop_tui.documents.contacts_decode import decoded
from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.documents.file_type import file_type
from workshop_tui.domain.base.text import clean_text

LARGEST: Final = 10 * 1024 * 1024
"""The largest file that is read, in bytes."""
MOST_ROWS: Final = 20_000
_HIGHEST = 10  # rows among which the header is looked for
_MOST_LINES: Final = 10 * MOST_ROWS  # a cell may have several
_TOO_MANY: Final = f"This file has over {MOST_ROWS:,} rows: split it."
_MOST_CELLS: Final = 1_000

DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SEP = re.compile(r'"?sep=([,;\t|])"?\s*', re.IGNORECASE)  # Excel's own first line


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The cells under the headers, as many as these, and the line of the file on which they begin."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that can't come in; `why` is a sentence that begins with its line."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class Note:
    """What a file holds and isn't taken, in a sentence; the rest of its line comes in."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class ContactSheet:
    """What a contacts file holds: headers (cleaned), rows (as they are) and the rows that can't be read."""

    headers: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    bad: tuple[BadRow, ...]
    notes: tuple[Note, ...]
    """What stands above the header and at the foot of a report."""
    encoding: str
    is_guess: bool
    """Whether the encoding is one: letters may be wrong."""
    delimiter: str


def read_contacts(content: bytes, encoding: str = "", mapped: Collection[str] = ()) -> ContactSheet:
    """Return the rows of a file with a header and values separated by comma, semicolon, tab or bar.

    The header is the one of the first ten rows with the most known headings, `mapped` among these, if one
    of them is for names or there are two; else the first of those with the most cells. Blank rows are
    passed over. Cells that are missing at the end of a row are empty; a row that has more than the header,
    a NUL or text behind a closing quote is bad. Follows RFC 4180, with any kind of line end.

    Raises:
        DocumentError: the file is too large or too long, no text, empty, or its quotes don't close.
    """
    if len(content) > LARGEST:
        raise DocumentError("This file is over 10 MB: split it.")
    if content.startswith(_WORKBOOKS):
        raise DocumentError("This is a workbook: save it as CSV in UTF-8.")
    if (kind := file_type(content)) in {"JSON", "Markdown", "a database", "a PDF"}:
        raise DocumentError(f"This is {kind} and no table of contacts: save them as CSV in UTF-8.")
    text, name, is_guess = decoded(content, encoding)
    if text.count("\n") > _MOST_LINES or text.count("\r") > _MOST_LINES:
        raise DocumentError(_TOO_MANY)
    lines = list(io.StringIO(text, newline=""))
    known = KNOWN | set(map(plain, mapped))
    delimiter = _delimiter(lines, known)
    records = _records(lines, delimiter)
    top = list(islice(records, _HIGHEST)) or [(0, [""], "")]
    of_names = OF_NAMES | set(map(plain, mapped))
    heads = [_headings(record, known, of_names) for record in top]
    at = max(range(len(top)), key=lambda place: (heads[place], not heads[place] and _filled(top[place])))
    headers = tuple(map(clean_text, header := top[at][1]))
    why = "" if heads[at] else next((wrong for *_, wrong in top[: at + 1] if wrong), "")
    if "\0" in "".join(header):
        raise DocumentError("This file is no text that can be read: save it as CSV in UTF-8.")
    if why or not any(headers):
        raise DocumentError(why or "This file is empty: export it again, with a header.")
    body, foot = _without_foot(_limited(chain(top[at + 1 :], records)), lines, len(headers))
    rows = tuple(SheetRow(line, tuple(cells[: len(headers)])) for line, cells, why in body if not why)
    bad = tuple(BadRow(line, why) for line, _, why in body if why)
    above = _notes(top[:at], lines, "stands above the headings, so it is not read")
    notes = (*above, *_notes(foot, lines, "is the foot of a report, so it is not read"))
    return ContactSheet(headers, rows, bad, notes, name, is_guess, delimiter)


def _headings(record: Record, known: Iterable[str], of_names: Iterable[str]) -> int:
    """Return how many known headings a row has; 0 for a single one that may be a title, as «Manager» is."""
    found = _known(record, known)
    return found if found > 1 or _known(record, of_names) else 0


def _filled(record: Record) -> int:
    return sum(map(bool, record[1]))


def _known(record: Record, known: Iterable[str]) -> int:
    return len({plain(cell) for cell in record[1]}.intersection(known))


def _notes(records: Iterable[Record], lines: Sequence[str], why: str) -> tuple[Note, ...]:
    said = ((line, " ".join(filter(None, cells)) or lines[line - 1]) for line, cells, _ in records)
    return tuple(Note(line, f"Line {line}: {quoted(clean_text(text))} {why}.") for line, text in said)


def _delimiter(lines: list[str], known: Iterable[str]) -> str:
    """Return what separates the cells: with it the header has the most known names, then the most cells."""
    if lines and (said := _SEP.fullmatch(lines[0])):
        lines[0] = "\n"  # so that the lines behind it keep their numbers
        return said[1]

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            top = list(islice(_records(lines, delimiter), _HIGHEST))
        except DocumentError:
            return 0, 0
        best = max(top, key=lambda record: _known(record, known), default=(0, (), ""))
        return _known(best, known), len(best[1])

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


def _limited(records: Iterable[Record]) -> list[Record]:
    found = list(islice(records, MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise DocumentError(_TOO_MANY)
    return found


def _without_foot(
    records: list[Record], lines: Sequence[str], width: int
) -> tuple[list[Record], list[Record]]:
    """Part the rows from the foot of a report: behind a blank line, lines of one cell up to the end.

    A Salesforce report ends so: its name, whose it is, who made it. Elsewhere they may be anything,
    people among them, and are bad.
    """
    end = len(records)
    while width > 1 and end and len(records[end - 1][1]) == 1:
        end -= 1
    while end < len(records) and lines[records[end][0] - 2].strip():
        end += 1
    foot = records[end:]
    if any("salesforce.com" in cells[0].casefold() for _, cells, _ in foot):
        return [_fitted(record, width) for record in records[:end]], foot
    loose = [
        (line, cells, f"Line {line} has 1 cell where the header has {width}: quote what holds a separator.")
        for line, cells, _ in foot
    ]
    return [*(_fitted(record, width) for record in records[:end]), *loose], []


def _fitted(record: Record, width: int) -> Record:
    line, cells, why = record
    if why:
        return record
    if any(map(str.strip, cells[width:])):
        why = (
            f"Line {line} has {len(cells)} cells where the header has {width}: quote what holds a separator."
        )
    elif "\0" in "".join(cells):
        why = f"Line {line} holds a NUL, so the file is damaged there: mend it."
    return line, [*cells, *[""] * (width - len(cells))], why
