"""What a row of a sheet stands for. Sheets hold it as text; only here that text is made and taken apart.

Light: no entity is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from workshop_tui.domain.base.entity import Entity, Key

HEADING, NEW, COMMAND, VIEW, GAP, OPENS = "heading", "new", "do", "view", "gap", "opens"
TURN = "turn"
"""The kind of row of a turn in a transcript."""
_ESCAPES = (("%", "%25"), ("/", "%2F"), ("#", "%23"))


class RowId(Struct, frozen=True):
    """A kind of thing, which of its kind, and which line about it: unique among the rows of a sheet."""

    kind: str
    """The kind of an entity, one of those above, or a word that a view has for its own rows."""
    key: Key = ()
    line: Key = ()
    """Which line about it, as of its card; () for its own row."""

    @classmethod
    def parse(cls, text: str) -> RowId:
        """Return what was written so."""
        row, has_line, line = text.partition("#")
        kind, *key = map(_read, row.split("/"))
        return cls(kind, tuple(key), tuple(map(_read, line.split("/"))) if has_line else ())

    def __str__(self) -> str:
        """Write it as sheets hold it."""
        row = "/".join(map(_written, (self.kind, *self.key)))
        return f"{row}#{'/'.join(map(_written, self.line))}" if self.line else row

    # What a row can stand for

    @classmethod
    def of(cls, row: Entity) -> RowId:
        """Return the row of an entity."""
        return cls(type(row).__name__, row.key)

    @classmethod
    def entity(cls, kind: type[Entity], *key: str) -> RowId:
        """Return the row of an entity that may not be there."""
        return cls(kind.__name__, key)

    @classmethod
    def typed_in(cls, place: str) -> RowId:
        """Return the row of which a field is typed at a place."""
        field = cls.parse(place)
        return replace(field, key=field.key[:-1])

    @classmethod
    def heading(cls, *over: str) -> RowId:
        """Return a heading over something."""
        return cls(HEADING, over)

    @classmethod
    def new(cls, *where: str) -> RowId:
        """Return the row on which a new one comes in, where there are several such rows."""
        return cls(NEW, where)

    @classmethod
    def command(cls, name: str) -> RowId:
        """Return a row that runs a command."""
        return cls(COMMAND, (name,))

    @classmethod
    def view(cls, kind: type) -> RowId:
        """Return a row that leads to another view of the block, by its class."""
        return cls(VIEW, (kind.__name__,))

    @classmethod
    def gap(cls, kind: str, key: Key = (), rule: str = "") -> RowId:
        """Return a row that leads to where an entity, or its kind, has a gap; of one rule, if given."""
        return cls(GAP, (kind, *key), (rule,) if rule else ())

    @classmethod
    def opening(cls, kind: str, key: Key = (), *where: str) -> RowId:
        """Return a line that opens the entity it names; `where` tells it from others that open the same."""
        return cls(OPENS, (kind, *key), where)

    def about(self, *line: str) -> RowId:
        """Return a line about what this row stands for."""
        return replace(self, line=(*self.line, *line))

    def field(self, kind: type[Entity], key: Key, name: str) -> RowId:
        """Return the line of a card for a field, which may be one of another entity."""
        return self.about(kind.__name__, *key, name)

    # What is asked of it

    def key_of(self, kind: type[Entity]) -> Key:
        """Return the key of the entity that it is about, if that is of a kind; else ()."""
        return self.key if self.kind == kind.__name__ else ()

    @property
    def new_in(self) -> Key:
        """Where a new row comes in, as it was made with; () for every other row."""
        return self.key if self.kind == NEW else ()

    @property
    def opens(self) -> RowId:
        """The entity that a line opens, without a key for its kind."""
        kind, *key = self.key
        return RowId(kind, tuple(key))

    @property
    def lacks(self) -> tuple[RowId, str]:
        """The entity that a gap leads to, without a key for its kind, and the rule, if it is of one."""
        kind, *key = self.key
        return RowId(kind, tuple(key)), "".join(self.line)

    def alike(self, row: RowId) -> RowId:
        """Return what it is in the card of any row, so that the same line of two cards is equal."""
        key = tuple("" if part in row.key else part for part in self.key)
        return RowId(self.kind, key, tuple("" if part in row.key else part for part in self.line))


def _written(part: str) -> str:
    if part.isalnum():  # as nearly all are: hundreds are written whenever a table is shown
        return part
    for sign, escape in _ESCAPES:
        if sign in part:
            part = part.replace(sign, escape)
    return part


def _read(part: str) -> str:
    if "%" in part:
        for sign, escape in reversed(_ESCAPES):
            part = part.replace(escape, sign)
    return part
