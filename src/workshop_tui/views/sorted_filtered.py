"""A table that each audience sorts, filters and marks for itself; what is marked is changed together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Generic, TypeVar, cast

from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import LabeledEnum
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, heading_row, line, row_id
from workshop_tui.views.cell import Col
from workshop_tui.views.fields import shown
from workshop_tui.views.keys import key
from workshop_tui.views.query import TableQuery, in_order, joint_rows
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table
from workshop_tui.views.until_changed import UntilChanged

E = TypeVar("E", bound=Entity)


class SortedFilteredView(View, Generic[E]):
    """Subclasses say which rows there are, by which words one is found, and what a column sorts it by."""

    none_found: str = f"Nothing has {{}}: {key('table.clear')} shows everything."
    """What stands in the table's place when the filter lets nothing through."""

    def __init__(self) -> None:
        """Start in the rows' own order, for each audience."""
        super().__init__()
        self._queries: dict[str, TableQuery] = {}
        self._made = UntilChanged[Row]()

    def table_query(self, live: LivePlan) -> TableQuery:
        """Return how this audience sorts, filters and marks."""
        return self._queries.setdefault(live.audience, TableQuery())

    # What a subclass says

    def rows(self, live: LivePlan) -> Iterable[E]:
        """Return all that there is to be sorted and filtered, in its own order."""
        return cast("tuple[E, ...]", live.view.all(self.kind))

    def groups(self, _live: LivePlan, rows: Sequence[E]) -> Iterable[tuple[str, Iterable[E]]]:
        """Return (heading, rows beneath it) of rows that are wanted; without headings as a rule."""
        return (("", rows),)

    def words(self, live: LivePlan, row: E) -> Iterable[str]:
        """Return the texts by which a row is found; its name as a rule."""
        return (live.view.name_of(type(row), *row.key),)

    def value(self, live: LivePlan, row: E, col: Col) -> object:
        """Return by what a column sorts a row; None or "" when that isn't known."""
        holder: Entity | None = live.view.get(col.kind, *col.key(row)) if col.key else row
        return getattr(holder, col.name, None)

    def row(self, live: LivePlan, row: E, cols: tuple[Col, ...]) -> Row:
        """Return a row as cells."""
        return line(live, row, cols)

    # What is worked out

    def wanted(self, live: LivePlan) -> tuple[E, ...]:
        """Return the rows that the filter lets through."""
        query, rows = self.table_query(live), self.rows(live)
        return tuple(row for row in rows if not query.wanted or query.matches(*self.words(live, row)))

    def acted_on(self, live: LivePlan, name: str) -> tuple[E, ...]:
        """Return all that are marked, as far as they are shown, wherever the cursor is; else this row."""
        marked, rows = self.table_query(live).marked, self.wanted(live)
        those = tuple(row for row in rows if row_id(row) in marked)
        return those or tuple(row for row in self.rows(live) if row_id(row) == name)

    def head(self, live: LivePlan) -> str:
        """Tell what is filtered."""
        if not self.table_query(live).wanted:
            return ""
        return self.table_query(live).told(len(self.wanted(live)), len(tuple(self.rows(live))))

    def content(self, live: LivePlan) -> Table:
        """Return the table with the order in its heading."""
        query, table = self.table_query(live), super().content(live)
        if query.wanted:
            table = replace(table, empty=self.none_found.format(f"«{query.wanted}»"), invite="")
        return replace(table, order=(query.column, query.sign) if query.column else ("", ""))

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the rows that are wanted, as sorted, those that are marked changed together."""
        return joint_rows(tuple(self._lines(live, cols)), cols, self.table_query(live).marked, self.called)

    def _lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        query = self.table_query(live)
        by = next((col for col in cols if col.heading == query.column), None)
        for heading, group in self.groups(live, self.wanted(live)):
            found = in_order(group, query, partial(self._place, live, by)) if by else tuple(group)
            if found and heading:
                yield heading_row(heading, *RowId.of(found[0]).key)
            yield from self._rows_of(live, found, cols)

    def _rows_of(self, live: LivePlan, found: Sequence[E], cols: tuple[Col, ...]) -> Iterator[Row]:
        return (self._made.get(live, row.key, partial(self.row, live, row, cols)) for row in found)

    def _place(self, live: LivePlan, col: Col, row: E) -> tuple[int | str, ...]:
        """Return where a column puts a row; () when what it sorts by isn't known: that comes last."""
        match self.value(live, row, col):
            case None | "":
                return ()
            case LabeledEnum() as word:
                return (list(type(word)).index(word),)
            case dt.date() as day:
                return (day.toordinal(),)
            case int() as figure:
                return (figure,)
            case value:
                return (fold(shown(live.view, col.kind, col.name, value)),)

    def _placeholder_row(self, live: LivePlan) -> Iterable[Row]:
        """Nothing comes in while a filter is on: the new one would not be seen."""
        return () if self.table_query(live).wanted else super()._placeholder_row(live)
