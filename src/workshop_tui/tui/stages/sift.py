"""How somebody sorts, filters and marks the rows of a table. Pure: it holds words and ids, no rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from operator import itemgetter
from typing import TypeVar

from workshop_tui.domain.entity import Entity, Json
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.step import Changes
from workshop_tui.domain.text import clean_text, fold
from workshop_tui.tui.grid import Col, Edit
from workshop_tui.tui.widgets.table import Row

E = TypeVar("E", bound=Entity)


@dataclass
class Sift:
    """One for each audience: what was typed or sorted before one is not shown to another."""

    column: str = ""
    """The heading of the column that is sorted by; empty for the rows' own order."""
    is_down: bool = False
    wanted: str = ""
    """What is typed to find rows by."""
    marked: set[str] = field(default_factory=set)
    """The ids of the rows that are changed together."""

    @property
    def sign(self) -> str:
        """What stands in the heading of the sorted column."""
        return "▼" if self.is_down else "▲"

    def sort(self, column: str) -> None:
        """Sort by a column: upward first, then downward, then not at all."""
        if column != self.column:
            self.column, self.is_down = column, False
        elif self.is_down:
            self.column = ""
        else:
            self.is_down = True

    def mark(self, row: str) -> None:
        """Mark a row, or take its mark away."""
        self.marked ^= {row}

    def clear(self) -> None:
        """Show every row again, unmarked; the order stays."""
        self.wanted = ""
        self.marked.clear()

    def lets(self, *texts: str) -> bool:
        """Whether each wanted word is in one of these texts, whatever its case and accents."""
        words = fold(self.wanted).split()
        return not words or all(word in fold("\n".join(texts)) for word in words)

    def told(self, shown: int, of: int) -> str:
        """Return what is left out and what is marked, in words; empty when nothing is."""
        wanted, marked = clean_text(self.wanted), len(self.marked)
        found = f"«{wanted}»: {shown} of {of}" if wanted else ""
        return " · ".join(filter(None, (found, f"{marked} marked" if marked else "")))


def in_order(rows: Iterable[E], sift: Sift, place: Callable[[E], tuple[int | str, ...]]) -> tuple[E, ...]:
    """Return rows sorted by their places, as the sift says which way; what has no place comes last."""
    places = [(place(row), row) for row in rows]
    known = sorted((each for each in places if each[0]), key=itemgetter(0), reverse=sift.is_down)
    return tuple(row for _, row in (*known, *(each for each in places if not each[0])))


def together(
    rows: tuple[Row, ...], cols: tuple[Col, ...], marked: set[str], called: str = "people"
) -> tuple[Row, ...]:
    """Mark rows, and have what is set in one marked row set in all of them, in one Step.

    What a row is called stays its own.
    """
    those = [row for row in rows if row.id in marked]
    cells = zip(*(row.cells for row in those), strict=True)
    edits = [[cell.edit for cell in column if cell.edit] for column in cells]

    def joined(row: Row) -> Row:
        if row.id not in marked:
            return row
        common = (
            replace(cell, how=for_all(cell.edit, others, called))
            if cell.edit and len(those) > 1 and col.name != col.kind.CALLED
            else cell
            for cell, others, col in zip(row.cells, edits, cols, strict=True)
        )
        return replace(row, cells=tuple(common), marked=True)

    return tuple(joined(row) for row in rows)


def for_all(edit: Edit, all_of: Sequence[Edit], called: str) -> Edit:
    """Return the edit that does for all of them what it does for one; what it asks first it asks once."""

    def build(plan: AccountPlan, value: Json) -> Changes:
        return tuple(chain.from_iterable(one.build(plan, value) for one in all_of))

    def follow(value: Json) -> Edit | None:
        first = [asked for one in all_of if one.follow and (asked := one.follow(value))]
        return for_all(first[0], first, called) if first else None

    title = f"{edit.title.partition(' · ')[0]} · {len(all_of)} {called}"
    return replace(edit, title=title, build=build, follow=follow if edit.follow else None)
