"""The keys that sentences name: a view says which command is meant, and the screen fills in its key.

Whoever uses the app may have given a command another key, and views know of no settings. Light.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec.structs import replace

from workshop_tui.views.cell import Cell
from workshop_tui.views.table import Row, Table

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Signs that nobody types."""
_NAMED = re.compile(f"{_OPEN}([a-z0-9.]+){_CLOSE}")

KeyOf = Callable[[str], str]
"""Returns how the key of a command is written, by the command's id."""


def key(command: str) -> str:
    """Return what stands in a sentence for the key of a command."""
    return f"{_OPEN}{command}{_CLOSE}"


def names_key(text: str) -> bool:
    """Whether a sentence names a key."""
    return _OPEN in text


def filled(text: str, key_of: KeyOf) -> str:
    """Return a sentence with the keys of the commands that it names."""
    return _NAMED.sub(lambda found: key_of(found[1]), text) if _OPEN in text else text


def filled_table(table: Table, key_of: KeyOf) -> Table:
    """Return a table with the keys of the commands that it names."""
    rows = tuple(_row(row, key_of) for row in table.rows) if any(map(_names, table.rows)) else table.rows
    empty, invite = filled(table.empty, key_of), filled(table.invite, key_of)
    return replace(table, rows=rows, empty=empty, invite=invite)


def _names(row: Row) -> bool:
    return _OPEN in row.heading or any(_OPEN in cell.text for cell in row.cells)


def _row(row: Row, key_of: KeyOf) -> Row:
    if not _names(row):
        return row
    cells = tuple(_cell(cell, key_of) for cell in row.cells)
    return replace(row, heading=filled(row.heading, key_of), cells=cells)


def _cell(cell: Cell, key_of: KeyOf) -> Cell:
    return replace(cell, text=filled(cell.text, key_of)) if _OPEN in cell.text else cell
