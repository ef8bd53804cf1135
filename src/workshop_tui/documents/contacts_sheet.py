"""What a contacts file holds, whatever its form: headings, the rows beneath, and what isn't taken of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final

from msgspec import Struct

from workshop_tui.documents.contacts_columns import KNOWN, OF_NAMES, plain
from workshop_tui.documents.errors import DocumentError, quoted
from workshop_tui.domain.base.text import clean_text

LARGEST: Final = 10 * 1024 * 1024
"""The largest file that is read, in bytes."""
MOST_ROWS: Final = 20_000
HIGHEST: Final = 10
"""Rows among which the header is looked for."""
TOO_MANY: Final = f"This file has over {MOST_ROWS:,} rows: split it."


class SheetError(DocumentError):
    """There is no such sheet in a file."""


class SheetRow(Struct, frozen=True):
    """The cells under the headers, as many as these, and the line of the file on which they begin."""

    line: int
    cells: tuple[str, ...]


class BadRow(Struct, frozen=True):
    """A row that can't come in; `why` is a sentence that begins with its line."""

    line: int
    why: str


class Note(Struct, frozen=True):
    """What a file holds and isn't taken, in a sentence; the rest of its line comes in."""

    line: int
    what: str


class ContactSheet(Struct, frozen=True):
    """What a contacts file holds: headers (cleaned), rows (as they are) and the rows that can't be read."""

    headers: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    bad: tuple[BadRow, ...]
    notes: tuple[Note, ...]
    """What stands above the header and at the foot of a report."""
    encoding: str
    is_guess: bool
    """Whether the encoding is one: letters may be wrong."""
    read_as: str
    """How the file was read, as in «with commas»."""


Record = tuple[int, Sequence[str], str]
"""Line, cells, and what is wrong with it."""


class Headings(Struct, frozen=True):
    """The headings that are known: ours, and those that are mapped."""

    mapped: Collection[str] = ()

    def count(self, record: Record) -> int:
        """Return how many a row has; 0 for a single one that may be a title, as «Manager» is."""
        mapped = set(map(plain, self.mapped))
        found = known(record, KNOWN | mapped)
        return found if found > 1 or known(record, OF_NAMES | mapped) else 0

    def has_names(self, record: Record) -> bool:
        """Whether a row has one for names."""
        return bool(known(record, OF_NAMES))


def known(record: Record, headings: Iterable[str]) -> int:
    """Return how many of some headings a row has."""
    return len({plain(cell) for cell in record[1]}.intersection(headings))


def under_header(  # noqa: PLR0913 - what a file is made of
    records: Iterator[Record],
    text_of: Callable[[int], str],
    headings: Headings,
    *,
    encoding: str,
    is_guess: bool,
    read_as: str,
    is_grid: bool = False,
) -> ContactSheet:
    """Return the rows of a table under its header, what stands above it and at the foot told.

    `text_of` returns what stands on a line, as it is.

    The header is the one of the first ten rows with the most known headings, if one of them is for names
    or there are two; else the first of those with the most cells. In a grid, as workbooks have it, each
    row is as wide as the widest. Raises DocumentError where there is none, or it can't be read.
    """
    top = list(islice(records, HIGHEST)) or [(0, [""], "")]
    heads = [headings.count(record) for record in top]
    at = max(range(len(top)), key=lambda place: (heads[place], not heads[place] and _filled(top[place])))
    headers = tuple(map(clean_text, header := top[at][1]))
    why = "" if heads[at] else next((wrong for *_, wrong in top[: at + 1] if wrong), "")
    if "\0" in "".join(header):
        raise DocumentError("This file is no text that can be read: save it as CSV in UTF-8.")
    if why or not any(headers):
        raise DocumentError(why or "This file is empty: export it again, with a header.")
    below = _limited(chain(top[at + 1 :], records))
    if is_grid:
        width = max((len(cells) for _, cells, _ in below), default=0)
        headers += ("",) * (width - len(headers))
    body, foot = _without_foot(below, text_of, len(headers), is_grid=is_grid)
    rows = tuple(SheetRow(line, tuple(cells[: len(headers)])) for line, cells, why in body if not why)
    bad = tuple(BadRow(line, why) for line, _, why in body if why)
    above = _notes(top[:at], text_of, "stands above the headings, so it is not read")
    notes = (*above, *_notes(foot, text_of, "is the foot of a report, so it is not read"))
    return ContactSheet(headers, rows, bad, notes, encoding, is_guess, read_as)


def _filled(record: Record) -> int:
    return sum(map(bool, record[1]))


def _notes(records: Iterable[Record], text_of: Callable[[int], str], why: str) -> tuple[Note, ...]:
    said = ((line, " ".join(filter(None, cells)) or text_of(line)) for line, cells, _ in records)
    return tuple(Note(line, f"Line {line}: {quoted(clean_text(text))} {why}.") for line, text in said)


def _limited(records: Iterable[Record]) -> list[Record]:
    found = list(islice(records, MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise DocumentError(TOO_MANY)
    return found


def _without_foot(
    records: list[Record], text_of: Callable[[int], str], width: int, *, is_grid: bool
) -> tuple[list[Record], list[Record]]:
    """Part the rows from the foot of a report: behind a blank line, lines of one cell up to the end.

    A Salesforce report ends so: its name, whose it is, who made it. Elsewhere they may be anything,
    people among them, and are bad.
    """
    end = len(records)
    while width > 1 and end and len(records[end - 1][1]) == 1:
        end -= 1
    while end < len(records) and text_of(records[end][0] - 1).strip():
        end += 1
    foot = records[end:]
    if any("salesforce.com" in cells[0].casefold() for _, cells, _ in foot):
        return [_fitted(record, width) for record in records[:end]], foot
    if is_grid:
        return [_fitted(record, width) for record in records], []
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
