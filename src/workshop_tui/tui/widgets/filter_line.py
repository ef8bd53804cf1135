"""The line in which one types what rows to see, and what else is done with the rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from textual.message import Message

from workshop_tui.domain.model.session import Block
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.tui.commands.command import Command, Commanded, Section, key_of
from workshop_tui.tui.keyboard import Mode, give_keys
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.text_input import OneLine
from workshop_tui.views.base import View
from workshop_tui.views.query import TableQuery

_lists = partial(Command[Any], section=Section.LISTS)
CLEAR = _lists(
    "table.clear",
    "escape,ctrl+l",
    "Clear filter and marks",
    lambda stage: stage.listing.clear(),
    "show all rows again, unmarked",
    applies=lambda stage: stage.main.has_focus,
)


class FilterLine(Commanded, OneLine):
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
        """Say in the border what a key has done."""


class Listing:
    """Sorts, filters and marks the rows that a stage shows."""

    def __init__(self, stage: ListStage) -> None:
        """Take the stage, which knows the open view and its table."""
        self._stage = stage
        self.line = FilterLine()
        self.led_to = ""
        """The row on to which marking has led, until the cursor is moved from it; "" for none."""
        self._ended_at = ""
        """The last row, where it has just been marked: marking on and on does not take that back."""

    @property
    def table_query(self) -> TableQuery | None:
        """How the rows are sorted, filtered and marked; None where they aren't."""
        view, live = self._stage.view, self._stage.live
        return view.table_query(live) if view else None

    @property
    def wanted(self) -> str:
        """By which words the rows are filtered; "" where all are shown."""
        query = self.table_query
        return query.wanted.strip() if query else ""

    def sort(self) -> None:
        """Sort by the column under the cursor: upward, downward, not at all."""
        main = self._stage.main
        if (query := self.table_query) and main.col < len(main.table.cols):
            query.sort(main.table.cols[main.col].heading)
            self._show_again()

    def filter(self) -> None:
        """Open the line in which one types what to see."""
        if (query := self.table_query) and self._stage.view:
            line = self.line
            line.value, line.placeholder, line.display = query.wanted, self._stage.view.sought, True
            give_keys(line)

    def mark(self, way: int) -> None:
        """Mark the row under the cursor, or take its mark away; go on to the next."""
        main = self._stage.main
        if (query := self.table_query) and main.current:
            if main.current.id == self._ended_at:
                self._ended_at = ""
                mark = key_of(main, "table.mark")
                self._stage.tell(f"No row follows, and this one is marked: {mark} again takes its mark away")
                return
            row = main.current.id
            query.mark(row)
            self._show_again()
            if not main.is_before_new_row(way):  # where nothing of what the marked ones have stands
                main.action_move(way, 0)
            self.led_to = main.current.id
            self._ended_at = row if row == self.led_to and row in query.marked else ""

    def moved_to(self, row: str) -> None:
        """Know that the cursor stands on a row: if marking has not led there, it was moved."""
        self.led_to = row if row == self.led_to else ""
        self._ended_at = row if row == self._ended_at else ""

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
