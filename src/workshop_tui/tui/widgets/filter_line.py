"""The line in which one types what rows to see, and what else is done with the rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from textual.message import Message
from textual.widgets import Input

from workshop_tui.domain.model.session import Block
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.tui.commands.command import Command, Commanded, Section
from workshop_tui.tui.keyboard import Mode, give_keys
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.views.base import View
from workshop_tui.views.query import TableQuery

NOT_SIFTED = "Sorting, filtering and marking are for the rows of other tables."
NO_LIST = "Rows can't be sorted, filtered or marked in this view."
NOT_THERE = "Go to the table first: Tab leads there."

_lists = partial(Command[Any], section=Section.LISTS)
COMMANDS = (
    _lists(
        "table.sort",
        "s",
        "Sort by this column",
        lambda stage: stage.listing.sort(),
        "sort by the column under the cursor: up, down, off",
        disabled=lambda stage: stage.listing.why_no_list or stage.listing.why_not_there,
    ),
    _lists(
        "table.filter",
        "slash",
        "Filter by typing",
        lambda stage: stage.listing.filter(),
        "show the rows that have what is typed: name, title, role, style; words, theme, status; "
        "action, people, milestone",
        disabled=lambda stage: stage.listing.why_no_list,
    ),
    _lists(
        "table.mark",
        "m",
        "Mark the row",
        lambda stage: stage.listing.mark(1),
        "mark the row and go on: what is set in one marked row is set in all",
        disabled=lambda stage: stage.listing.why_no_list or stage.listing.why_not_there,
    ),
    _lists(
        "table.mark.down",
        "shift+down",
        "Mark downward",
        lambda stage: stage.listing.mark(1),
        disabled=lambda stage: stage.listing.why_no_list or stage.listing.why_not_there,
    ),
    _lists(
        "table.mark.up",
        "shift+up",
        "Mark upward",
        lambda stage: stage.listing.mark(-1),
        disabled=lambda stage: stage.listing.why_no_list or stage.listing.why_not_there,
    ),
    _lists(
        "table.clear",
        "escape,ctrl+l",
        "Clear filter and marks",
        lambda stage: stage.listing.clear(),
        "show all rows again, unmarked",
    ),
)


class FilterLine(Commanded, Input):
    """A line in which one types what rows to see; it is there only while one types."""

    key_mode = Mode.FILTER
    KEY_COMMANDS = (
        _lists(
            "filter.keep",
            "enter,down",
            "Keep the filter",
            lambda line: line.leave(kept=True),
            "while a filter is typed: keep it · show all",
            shown=True,
        ),
        _lists(
            "filter.clear",
            "escape,ctrl+l",
            "Show all",
            lambda line: line.leave(kept=False),
            shown=True,
        ),
    )

    @dataclass
    class Left(Message):
        """Typing is over; the filter stays or goes."""

        kept: bool

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__(id="filter", compact=True)
        self.display = False

    def leave(self, *, kept: bool) -> None:
        """Go back to the table."""
        self.post_message(self.Left(kept))

    def on_blur(self) -> None:
        """Hide."""
        self.display = False


class ListStage(Protocol):
    """What a listing asks of the stage that shows the rows."""

    live: LivePlan
    block: Block | None

    @property
    def view(self) -> View | None:
        """The open view."""

    @property
    def main(self) -> Sheet:
        """Its table."""

    def show(self, block: Block | None) -> None:
        """Show a block as the live plan has it now."""

    def tell(self, text: str) -> None:
        """Say something in the border."""


class Listing:
    """Sorts, filters and marks the rows that a stage shows."""

    def __init__(self, stage: ListStage) -> None:
        """Take the stage, which knows the open view and its table."""
        self._stage = stage
        self.line = FilterLine()

    @property
    def table_query(self) -> TableQuery | None:
        """How the rows are sorted, filtered and marked; None where they aren't."""
        view, live = self._stage.view, self._stage.live
        return view.table_query(live) if view else None

    @property
    def why_no_list(self) -> str:
        """Why rows can't be sorted, filtered or marked, "" when they can."""
        return "" if self.table_query else NO_LIST

    @property
    def why_not_there(self) -> str:
        """Why there is no column or row to take, "" when the cursor is in the table."""
        return "" if self._stage.main.has_focus else NOT_THERE

    def sort(self) -> None:
        """Sort by the column under the cursor: upward, downward, not at all."""
        main, query = self._stage.main, self.table_query
        if query and main.has_focus and main.col < len(main.table.cols):
            query.sort(main.table.cols[main.col].heading)
            self._show_again()
        else:
            self._stage.tell(NOT_SIFTED)

    def filter(self) -> None:
        """Open the line in which one types what to see."""
        if (query := self.table_query) and self._stage.view:
            line = self.line
            line.value, line.placeholder, line.display = query.wanted, self._stage.view.sought, True
            give_keys(line)
        else:
            self._stage.tell(NOT_SIFTED)

    def mark(self, way: int) -> None:
        """Mark the row under the cursor, or take its mark away; go on to the next."""
        main, query = self._stage.main, self.table_query
        if query and main.has_focus and main.current and not main.current.placeholder:
            query.mark(main.current.id)
            self._show_again()
            main.action_move(way, 0)
        else:
            self._stage.tell(NOT_SIFTED)

    def clear(self) -> None:
        """Show all rows again, without marks."""
        if query := self.table_query:
            query.clear()
            self._show_again()

    def seek(self, wanted: str) -> None:
        """Show the rows that have what is typed."""
        if (query := self.table_query) and query.wanted != wanted:
            query.wanted = wanted
            self._show_again()

    def _show_again(self) -> None:
        """Show the rows anew, and the one under the cursor wherever it has gone."""
        stage = self._stage
        stage.show(stage.block)
        if row := stage.main.current:
            stage.main.go_to(row.id)
