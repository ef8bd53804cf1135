"""What a rule says is missing, where a colon alone would not tell it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from workshop_tui.domain.base.entity import Entity, Key
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER

E = TypeVar("E", bound=Entity)
_WIDEST_FIRST = (CUSTOMER, ALLIANCE)

RestsOn = tuple[tuple[str, Key], ...]
"""Rows by the name of their kind and their key."""


class Lack(str):
    """What is missing and the fix, told apart although there is a name in it, which may have a colon."""

    __slots__ = ("fix", "name", "rests_on")
    fix: str
    name: str
    """What the gap goes by, where that isn't what its row is called."""
    rests_on: RestsOn
    """Rows besides its own that it tells something of: who doesn't see them all doesn't hear of it."""

    @classmethod
    def of(cls, missing: str, fix: str, *, name: str = "", rests_on: Iterable[Entity] = ()) -> Lack:
        """Put together «missing: fix»."""
        lack = cls(f"{missing}: {fix}")
        lack.fix, lack.name = fix, name
        lack.rests_on = tuple((type(row).__name__, row.key) for row in rests_on)
        return lack


def widest(rows: Iterable[E]) -> E | None:
    """Return the first row that most may see: the customer, the alliance, or a firm; None for no rows."""

    def width(row: E) -> int:
        seen_by = getattr(row, "visibility", CUSTOMER)
        return _WIDEST_FIRST.index(seen_by) if seen_by in _WIDEST_FIRST else len(_WIDEST_FIRST)

    return min(rows, key=width, default=None)
