"""A table with a cursor, which asks for what is wanted of the cell under it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from string import ascii_lowercase, digits
from typing import Any, ClassVar, Self

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message

from workshop_tui.tui.commands.command import Command, Commanded, Section
from workshop_tui.tui.widgets.painted import PaintedTable
from workshop_tui.views.cell import Cell, Choice, Edit, by_key
from workshop_tui.views.table import Row

_table = partial(Command["Sheet"], section=Section.TABLE)
_COMMANDS = (
    _table("sheet.up", "up,k", "Up", lambda sheet: sheet.action_move(-1, 0), "move"),
    _table("sheet.down", "down,j", "Down", lambda sheet: sheet.action_move(1, 0)),
    _table("sheet.left", "left,h", "Left", lambda sheet: sheet.action_move(0, -1)),
    _table("sheet.right", "right,l", "Right", lambda sheet: sheet.action_move(0, 1)),
    _table("sheet.first", "home", "First row", lambda sheet: sheet.action_end(-1), "move far"),
    _table("sheet.last", "end", "Last row", lambda sheet: sheet.action_end(1)),
    _table("sheet.pageup", "pageup", "Page up", lambda sheet: sheet.action_page(-1)),
    _table("sheet.pagedown", "pagedown", "Page down", lambda sheet: sheet.action_page(1)),
    _table(
        "sheet.edit",
        "enter,space",
        "Edit",
        lambda sheet: sheet.action_edit(),
        "change the cell, tick it, or open what the line names",
        shown=True,
    ),
    _table("sheet.add", "a,insert", "Add", lambda sheet: sheet.action_add(), "add a row", shown=True),
    _table(
        "sheet.remove",
        "x,delete",
        "Remove",
        lambda sheet: sheet.action_remove(),
        "remove the row",
        applies=lambda sheet: sheet.removes,
    ),
    _table(
        "sheet.raise",
        "plus",
        "Raise a figure",
        lambda sheet: sheet.action_step("+"),
        "raise or lower a figure",
        disabled=lambda sheet: sheet.why_no_step,
    ),
    _table(
        "sheet.lower",
        "minus",
        "Lower a figure",
        lambda sheet: sheet.action_step("-"),
        disabled=lambda sheet: sheet.why_no_step,
    ),
)


class Sheet(Commanded, PaintedTable, can_focus=True):
    """Rows and columns with a cursor. Posts what is asked of the focused cell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"pick('{key}')", show=False) for key in (*ascii_lowercase, *digits)),
        Binding("question_mark", "pick('?')", show=False),
    ]
    """Which set a value in the focused cell, where it has one for them."""
    KEY_COMMANDS: ClassVar[tuple[Command[Any], ...]] = _COMMANDS

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        sheet: Sheet
        row: Row

        @property
        def control(self) -> Sheet:
            """The sheet it happened in."""
            return self.sheet

    @dataclass
    class Asked(Moved):
        """Somebody wants to change, add or remove."""

        what: str
        cell: Cell
        key: str = ""

    class Crossed(Message):
        """The cursor stands on another column."""

    removes: ClassVar[bool] = True
    """Whether rows can go out."""

    opens: Callable[[Sheet, Edit, str, str], None] | None = None
    """What opens the editor over (sheet, edit, text, key); it is asked at once, so that keys typed behind
    go there. Without it the ask is a message."""

    @property
    def is_commanded(self) -> bool:
        """Whether every key is a command here, and no text."""
        return True

    def focus(self, scroll_visible: bool = True) -> Self:  # noqa: FBT001, FBT002 - as Textual has it
        """Take the focus at once: Textual's would take it from a field that the next key has opened."""
        self.screen.set_focus(self, scroll_visible)
        return self

    # How it moves

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor."""
        if rows:
            self._go(self.row + rows, 1 if rows > 0 else -1)
        stops = [n for n in self._lay.columns if self._stops(n)]
        if columns and self.col in stops:
            before = self.col
            self.col = stops[max(0, min(len(stops) - 1, stops.index(self.col) + columns))]
            self._repaint(self.table, self._arranged, self.row, before)
            self.post_message(self.Crossed())

    def action_page(self, pages: int) -> None:
        """Move the cursor by a screen."""
        self._go(self.row + pages * max(self.size.height - 2, 1), 1 if pages > 0 else -1)

    def action_end(self, way: int) -> None:
        """Move the cursor to the first or last row."""
        self._go(len(self.table.rows) if way > 0 else 0, -way)

    def go_to(self, row_id: str, name: str = "") -> None:
        """Put the cursor on a row, if it is there, and on the column of a field."""
        named = (n for n in self._lay.columns if name and getattr(self.table.cols[n], "name", "") == name)
        self.col = next(named, self.col)
        index = next((n for n, row in enumerate(self.table.rows) if row.id == row_id), None)
        self._go(self.row if index is None else index, 1)

    def _go(self, index: int, way: int) -> None:
        before, scrolled = self.row, self.scroll_offset.y
        self.row = max(0, min(len(self.table.rows) - 1, index))
        if self._off_headings(way):
            self.row = before
        self._reveal()
        if self.row != before and self.current:
            self.post_message(self.Moved(self, self.current))
        if self.scroll_offset.y != scrolled:
            self.refresh()
        else:
            self._repaint(self.table, self._arranged, before, self.col)

    def cell_region(self) -> Region:
        """Return where on the screen the cell under the cursor stands."""
        area = self.content_region
        if self.row >= len(self._lay.starts) - 1:
            return Region(area.x, area.y, area.width, 1)
        y = area.y + self._top + self._lay.starts[self.row] - self.scroll_offset.y
        left, width = self._lay.place_of(-1 if self.current and self.current.ghost else self.col)
        return Region(area.x + 2 + left, y, width, 1)

    # What is asked of it

    def action_edit(self) -> None:
        """Ask for the focused cell to be changed."""
        self._ask("edit")

    def action_add(self) -> None:
        """Go to where a new row comes in, and ask for one."""
        self._ask("edit" if self.to_ghost() else "add")

    def to_ghost(self) -> Cell | None:
        """Go to the next line on which a new row comes in; return its cell, None if there is no such line."""
        ghosts = [n for n, row in enumerate(self.table.rows) if row.ghost]
        if not ghosts:
            return None
        self._go(next((n for n in ghosts if n >= self.row), ghosts[0]), 1)
        return self.table.rows[self.row].cells[0]

    def action_remove(self) -> None:
        """Ask for the row to be removed."""
        self._ask("remove")

    def _ask(self, what: str, key: str = "") -> None:
        if self.current:
            cell = self.current.cells[0] if self.current.ghost and self.current.cells else self.current_cell
            if what == "edit" and cell.edit and self.opens:
                self.opens(self, cell.edit, cell.text, key)
            else:
                self.post_message(self.Asked(self, self.current, what, cell, key))
        else:
            self.post_message(self.Asked(self, Row(""), what, Cell(""), key))

    def action_step(self, sign: str) -> None:
        """Raise or lower the figure under the cursor at once."""
        if not self.why_no_step:
            self._ask("edit", sign)

    @property
    def takes_digits(self) -> bool:
        """Whether digits set the focused cell: then they open no views, not even those it has no use for."""
        return any(key.isdigit() for key in self.keys)

    @property
    def why_no_step(self) -> str:
        """Why nothing can be raised or lowered here, "" when it can."""
        edit = self.current_cell.edit
        has_figure = edit and (edit.counts or any(isinstance(choice.value, int) for choice in edit.choices))
        return "" if has_figure else "There is no figure here to raise or lower."

    @property
    def keys(self) -> dict[str, Choice]:
        """What a key sets in the focused cell without Enter; there it is no command."""
        return {} if self.current and self.current.ghost else by_key(self.current_cell.edit)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let a key be a command where the focused cell has no value for it."""
        if action != "pick":
            return super().check_action(action, parameters)
        key = str(parameters[0])
        return key in self.keys or (key.isdigit() and self.takes_digits)

    def action_pick(self, key: str) -> None:
        """Set the value that a key stands for."""
        self._ask("edit" if key in self.keys else "digit", key)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to where it was clicked; click the cell under the cursor to change it."""
        at = event.get_content_offset(self)
        index = self._lay.row_at(at.y - self._top + self.scroll_offset.y) if at else -1
        if not at or at.y < self._top or not 0 <= index < len(self.table.rows):
            return
        if self.table.rows[index].heading:
            return
        found = self._lay.column_at(at.x - 2)
        column = self.col if found is None or not self._stops(found) else found
        if (index, column) == (self.row, self.col):
            self._ask("edit")
            return
        before, self.col = self.col, column
        self._repaint(self.table, self._arranged, self.row, before)
        self.post_message(self.Crossed())
        self._go(index, 1)
