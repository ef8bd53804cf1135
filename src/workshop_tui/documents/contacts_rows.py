"""One row of a contacts file → a contact, with a note for whatever of it isn't taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct, field

from workshop_tui.documents.contacts_cells import (
    addresses,
    beside_addresses,
    is_exchange,
    is_no,
    is_yes,
    said_in,
)
from workshop_tui.documents.contacts_columns import Columns
from workshop_tui.documents.contacts_match import Contact
from workshop_tui.documents.contacts_names import is_seat, parsed, whole_name
from workshop_tui.documents.contacts_sheet import Note, SheetRow
from workshop_tui.documents.errors import quoted
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.capture.rows import UNNAMED

LONGEST_NOTE: Final = 4000
_OF_NAME: Final = ("name", "first", "middle", "last", "suffix")
_WORD = re.compile(r"\w+")


class _Cells(Struct):
    """What a row says, field by field, and the sentences about what isn't taken of it."""

    row: SheetRow
    where: Columns
    names: Sequence[str]
    told: list[str] = field(default_factory=list)

    def said(self, name: str) -> list[tuple[int, str]]:
        """Return the columns of a field that say anything, with what they say."""
        cells = ((place, self.row.cells[place]) for place in self.where.places.get(name, ()))
        told = ((place, said_in(cell, of_name=name in _OF_NAME)) for place, cell in cells)
        return [(place, text) for place, text in told if text]

    def first(self, name: str) -> str:
        """Return what the first filled column of a field says."""
        found = self.said(name)
        for place, text in found[1:]:
            if fold(text) != fold(found[0][1]):
                self.leave(f"{self.names[place]} says {quoted(text)}")
        return found[0][1] if found else ""

    def leave(self, what: str) -> None:
        """Tell of what isn't taken."""
        self.told.append(f"Line {self.row.line}: {what}, which is not taken.")


def contact_of(row: SheetRow, where: Columns, names: Sequence[str]) -> tuple[Contact, tuple[Note, ...]]:
    """Return a row as it is understood; `names` is what its columns are called in a note."""
    cells = _Cells(row, where, names)
    name, title, seat = _who(cells)
    email = _email(cells, name)
    deleted = [(place, row.cells[place]) for place in where.places.get("deleted", ())]
    for place, text in deleted:
        if not is_yes(text) and not is_no(text):
            cells.leave(f"{names[place]} says {quoted(text)}, neither yes nor no")
    contact = Contact(
        row.line,
        name,
        title,
        email,
        cells.first("manager"),
        cells.first("manager_id"),
        cells.first("id"),
        cells.first("unit"),
        _note(cells),
        seat=seat,
        deleted=any(is_yes(text) for _, text in deleted),
    )
    return contact, tuple(Note(row.line, each) for each in cells.told)


def _who(cells: _Cells) -> tuple[str, str, bool]:
    """Return name, title, and whether it is a seat without a person, which is named by its title."""
    title, parts = cells.first("title"), [cells.first(each) for each in _OF_NAME]
    name = whole_name(*parts)
    if seat := is_seat(name):
        beside = " ".join(parsed(name).beside).strip("()[] ")
        title = title or beside
        name = title or UNNAMED.capitalize()
    held = f"{name} {title}" if seat else name
    for part in parts:
        if part not in held and not is_seat(part) and not _words(part) <= _words(held):
            cells.leave(f"the name is {quoted(name)}; the file also has {quoted(part)}")
    return name, title, seat


def _email(cells: _Cells, name: str) -> str:
    """Return the first address; else whatever stands there, for the reader to refuse."""
    said = cells.said("email")
    found = list(dict.fromkeys(address for _, text in said for address in addresses(text)))
    for address in found[1:]:
        cells.leave(f"{quoted(name)} has another address, {quoted(address)}")
    for text in (text for _, text in said if text not in found):
        if is_exchange(text) or (found and _words(beside_addresses(text)) - _words(name)):
            cells.leave(f"{quoted(name)} has {quoted(text)} beside the address")
    rest = (text for _, text in said if not is_exchange(text))
    return found[0] if found else next(rest, "")


def _note(cells: _Cells) -> str:
    """Return the note; one that is too long to be kept is told, and nobody stays out for it."""
    text = cells.first("note")
    if len(text) <= LONGEST_NOTE:
        return text
    cells.leave(f"the note is over {LONGEST_NOTE:,} characters: {quoted(text)}")
    return ""


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(text)))
