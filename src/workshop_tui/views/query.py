"""How somebody sorts, filters and marks the rows of a table. Pure: it holds words and ids, no rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import chain
from operator import itemgetter
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.text import clean_text, fold
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Changes
from workshop_tui.views.cell import LOWER, RAISE, Col, Edit
from workshop_tui.views.choices import next_value
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

E = TypeVar("E", bound=Entity)
Build = Callable[[AccountPlan, Json], Changes]


class TableQuery(Struct):
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

    def matches(self, *texts: str) -> bool:
        """Whether each wanted word is in one of these texts, whatever its case and accents."""
        words = fold(self.wanted).split()
        return not words or all(word in fold("\n".join(texts)) for word in words)

    def told(self, shown: int, of: int) -> str:
        """Return what is left out, in words; empty when nothing is."""
        wanted = clean_text(self.wanted)
        return f"«{wanted}»: {shown} of {of}" if wanted else ""


def in_order(
    rows: Iterable[E], query: TableQuery, place: Callable[[E], tuple[int | str, ...]]
) -> tuple[E, ...]:
    """Return rows sorted by their places, as the query says which way; what has no place comes last."""
    places = [(place(row), row) for row in rows]
    known = sorted((each for each in places if each[0]), key=itemgetter(0), reverse=query.is_down)
    return tuple(row for _, row in (*known, *(each for each in places if not each[0])))


def joint_rows(
    rows: tuple[Row, ...], cols: tuple[Col, ...], marked: set[str], called: str
) -> tuple[Row, ...]:
    """Mark rows, and have what is set in any row set in all that are marked, in one Step.

    What a row is called stays its own.
    """
    those = [row for row in rows if row.id in marked]
    if not those:
        return rows

    @cache
    def joint(column: int) -> Edit | None:
        return joint_edit([edit for row in those if (edit := row.cells[column].edit)], called)

    def edit_of(column: int, row: Row) -> Edit | None:
        common = joint(column)
        return common and _shown_at(common, row.cells[column].edit, is_marked=row.id in marked)

    def joined(row: Row) -> Row:
        if not row.cells:
            return row
        common = (
            cell if col.name == col.kind.NAME_FIELD else replace(cell, how=partial(edit_of, n, row))
            for n, (cell, col) in enumerate(zip(row.cells, cols, strict=True))
        )
        return replace(row, cells=tuple(common), marked=row.id in marked)

    return tuple(joined(row) for row in rows)


def card_together(cards: Mapping[str, Table], of: str, marked: Sequence[str], called: str) -> Table:
    """Return the card of one row; what is set in it is set in all rows that are marked.

    `cards` has the card of that row and those of the marked ones, by the names of the rows.
    """

    def line(row: Row, name: str) -> RowId:
        return RowId.parse(row.id).alike(RowId.parse(name))

    lines = [
        {line(row, name): row.cells[1].edit for row in cards[name].rows if len(row.cells) > 1}
        for name in marked
    ]

    def joined(row: Row) -> Row:
        own = row.cells[1].edit if len(row.cells) > 1 else None
        if own is None or _names(own):
            return row
        found = [edit for each in lines if (edit := each.get(line(row, of)))]
        common = joint_edit(found, called)
        if common:
            common = _shown_at(common, own, is_marked=of in marked)
        return replace(row, cells=(row.cells[0], replace(row.cells[1], how=common)))

    return replace(cards[of], rows=tuple(joined(row) for row in cards[of].rows))


def _shown_at(common: Edit, own: Edit | None, *, is_marked: bool) -> Edit:
    """Return the edit of the marked rows as it is shown at one row, which may be none of them."""
    place = own.place if own else ""
    return replace(common, own_place=place, alone=None if is_marked else own)


def _names(edit: Edit) -> bool:
    """Whether an edit changes what a row is called."""
    return edit.sets is not None and edit.sets[1] == edit.sets[0].NAME_FIELD


def joint_edit(all_of: Sequence[Edit], called: str) -> Edit | None:
    """Return the edit that does for all of them what it does for one; what it asks first it asks once.

    It has no place of its own: what is typed for several rows is no draft of one of them.
    """
    if len(all_of) <= 1:
        return all_of[0] if all_of else None

    def build(plan: AccountPlan, value: Json) -> Changes:
        return tuple(chain.from_iterable(one.build(plan, _own(one, value)) for one in all_of))

    def follow(value: Json) -> Edit | None:
        """Ask once what has to be known first of any; of the others the value is set with the answer."""
        asked = [(one, one.follow(value) if one.follow else None) for one in all_of]
        asking = [edit for _, edit in asked if edit]
        if not asking:
            return None
        silent = [one for one, edit in asked if edit is None]
        first = replace(asking[0], build=partial(_with_others, asking[0].build, silent, value))
        return joint_edit([first, *asking[1:]], called)

    first = all_of[0]
    return replace(
        first,
        title=f"{first.title.partition(' · ')[0]} · {len(all_of)} marked {called}",
        place="",
        text=first.text if len({one.text for one in all_of}) == 1 else "",
        build=build,
        follow=follow if first.follow else None,
        parts=tuple(all_of),
    )


def _with_others(
    build: Build, others: Sequence[Edit], value: Json, plan: AccountPlan, answer: Json
) -> Changes:
    return (*build(plan, answer), *chain.from_iterable(one.build(plan, _own(one, value)) for one in others))


def _own(edit: Edit, value: Json) -> Json:
    """Return the value for one of several: one more or less than what that one has."""
    has_figures = any(isinstance(choice.value, int) for choice in edit.choices)
    return next_value(edit, up=value == RAISE) if has_figures and value in {RAISE, LOWER} else value
