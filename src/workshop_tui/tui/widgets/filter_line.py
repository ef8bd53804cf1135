"""What a stage lets people do with the rows of a table: sort, filter, mark; and which keys a cell answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from textual import on
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from workshop_tui.domain.model.session import Block
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.tui.commands.command import Command, Commanded, Section
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.status_bar import Tabs
from workshop_tui.views.base import View
from workshop_tui.views.query import Sift

TABLE_KEYS = "s sort · / filter · m mark"
COUNT_KEYS = "+ one more · - one less"
NOT_SIFTED = "Sorting, filtering and marking are for the rows of other tables."
TOLD = 3.0
"""Seconds for which the border says what a key has done."""

NO_LIST = "Rows can't be sorted, filtered or marked in this view."
NOT_THERE = "Go to the table first: Tab leads there."

_lists = partial(Command[Any], section=Section.LISTS)
_COMMANDS = (
    _lists(
        "table.sort",
        "s",
        "Sort by this column",
        lambda stage: stage.action_sort(),
        "sort by the column under the cursor: up, down, off",
        disabled=lambda stage: stage.why_no_list or stage.why_not_there,
    ),
    _lists(
        "table.filter",
        "slash",
        "Filter by typing",
        lambda stage: stage.action_filter(),
        "show the rows that have what is typed: name, title, role, style; words, theme, status; "
        "action, people, milestone",
        disabled=lambda stage: stage.why_no_list,
    ),
    _lists(
        "table.mark",
        "m",
        "Mark the row",
        lambda stage: stage.action_mark(1),
        "mark the row and go on: what is set in one marked row is set in all",
        disabled=lambda stage: stage.why_no_list or stage.why_not_there,
    ),
    _lists(
        "table.mark.down",
        "shift+down",
        "Mark downward",
        lambda stage: stage.action_mark(1),
        disabled=lambda stage: stage.why_no_list or stage.why_not_there,
    ),
    _lists(
        "table.mark.up",
        "shift+up",
        "Mark upward",
        lambda stage: stage.action_mark(-1),
        disabled=lambda stage: stage.why_no_list or stage.why_not_there,
    ),
    _lists(
        "table.clear",
        "escape,ctrl+l",
        "Clear filter and marks",
        lambda stage: stage.action_clear(),
        "show all rows again, unmarked",
    ),
)


class FilterLine(Commanded, Input):
    """A line in which one types what rows to see; it is there only while one types."""

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


class Sifting(Commanded, Vertical):
    """The part of a stage that sorts, filters and marks."""

    KEY_COMMANDS = _COMMANDS

    live: LivePlan
    block: Block | None
    _told = ("", "", "")
    """What has just been said, in which block, and to whom: it isn't said to another audience."""
    _telling: Timer | None = None

    @property
    def view(self) -> View | None:
        """The open view."""
        raise NotImplementedError

    @property
    def main(self) -> Sheet:
        """The table of the open view."""
        raise NotImplementedError

    def show(self, block: Block | None) -> None:
        """Show a block as the live plan has it now."""
        raise NotImplementedError

    @property
    def sift(self) -> Sift | None:
        """How the rows are sorted, filtered and marked; None where they aren't."""
        return self.view.sift(self.live) if self.view and self.view.is_open(self.live) else None

    @property
    def why_no_list(self) -> str:
        """Why rows can't be sorted, filtered or marked, "" when they can."""
        return "" if self.sift else NO_LIST

    @property
    def why_not_there(self) -> str:
        """Why there is no column or row to take, "" when the cursor is in the table."""
        return "" if self.main.has_focus else NOT_THERE

    def action_sort(self) -> None:
        """Sort by the column under the cursor: upward, downward, not at all."""
        main, sift = self.main, self.sift
        if sift and main.has_focus and main.col < len(main.table.cols):
            sift.sort(main.table.cols[main.col].heading)
            self._show_again()
        else:
            self.tell(NOT_SIFTED)

    def action_filter(self) -> None:
        """Open the line in which one types what to see."""
        if (sift := self.sift) and self.view:
            line = self.query_one(FilterLine)
            line.value, line.placeholder, line.display = sift.wanted, self.view.sought, True
            self.screen.set_focus(line)  # at once: the next key is typed there
        else:
            self.tell(NOT_SIFTED)

    def action_mark(self, way: int) -> None:
        """Mark the row under the cursor, or take its mark away; go on to the next."""
        main, sift = self.main, self.sift
        if sift and main.has_focus and main.current and not main.current.ghost:
            sift.mark(main.current.id)
            self._show_again()
            main.action_move(way, 0)
        else:
            self.tell(NOT_SIFTED)

    def action_clear(self) -> None:
        """Show all rows again, without marks."""
        if sift := self.sift:
            sift.clear()
            self._show_again()

    def _show_again(self) -> None:
        """Show the rows anew, and the one under the cursor wherever it has gone."""
        self.show(self.block)
        if row := self.main.current:
            self.main.go_to(row.id)

    @on(Input.Changed, "#filter")
    def _sought_rows(self, event: Input.Changed) -> None:
        event.stop()
        if (sift := self.sift) and sift.wanted != event.value:
            sift.wanted = event.value
            self._show_again()

    @on(FilterLine.Left)
    def _filtered(self, event: FilterLine.Left) -> None:
        if (sift := self.sift) and not event.kept:
            sift.wanted = ""
            self._show_again()
        self.main.focus()

    # What the focused cell answers

    @on(Sheet.Crossed)
    @on(Sheet.Moved)
    def _crossed(self) -> None:
        self.hint()

    def on_descendant_focus(self) -> None:
        """Tell the keys of the cell that is gone to."""
        self.hint()

    def on_descendant_blur(self) -> None:
        """Tell no keys of a cell that is left."""
        self.call_after_refresh(self.hint)

    @property
    def _now(self) -> tuple[str, str]:
        return self.live.audience, self.block.id if self.block else ""

    def tell(self, text: str) -> None:
        """Say in the border for a while what a key has done, or why it does nothing."""
        if self._telling:
            self._telling.stop()
        self._told, self._telling = (*self._now, text), self.set_timer(TOLD, self._hush)
        self.hint()

    def _hush(self) -> None:
        self._told = ("", "", "")
        self.hint()

    def hint(self) -> None:
        """Tell in the border which keys set the focused cell, or what can be done with the table."""
        if not (self.is_attached and self.screen.is_current):  # the session may have been left by now
            return
        focused = self.screen.focused
        digits = isinstance(focused, Sheet) and focused.is_commanded and not focused.takes_digits
        self.query_one("#tabs", Tabs).numbered = digits
        keys = focused.keys if isinstance(focused, Sheet) and self in focused.ancestors else {}
        told = " · ".join(key if key == c.text else f"{key} {c.text}" for key, c in keys.items())
        if isinstance(focused, Sheet) and (edit := focused.current_cell.edit) and edit.counts:
            told = COUNT_KEYS
        if not told and focused is self.main and self.sift:
            told = TABLE_KEYS
        told = self._told[2] if self._told[:2] == self._now else told
        if self.border_subtitle != literal(told).markup:
            self.border_subtitle = literal(told)
            self.refresh_bindings()  # what sets a value here is no command now
