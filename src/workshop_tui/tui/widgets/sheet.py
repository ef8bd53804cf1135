"""A table with a cursor, painted line by line: quick with thousands of rows, wraps long text.

It asks for what is wanted of the cell under the cursor.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Self

from msgspec.structs import replace
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style as ContentStyle
from textual.timer import Timer
from textual.widget import Widget

from workshop_tui.tui.commands.command import Command, Commanded, Section, key_of
from workshop_tui.tui.keyboard import Mode, give_keys
from workshop_tui.tui.textual_patches.prompt_paint import paint_at_once
from workshop_tui.views.cell import Cell, Choice, Column, Edit, by_key
from workshop_tui.views.keys import filled_table
from workshop_tui.views.row_id import GAP, HEADING, OPENS, VIEW, RowId
from workshop_tui.views.table import Layout, Row, Table, arranged, keeps_all, line_of
from workshop_tui.views.text_layout import fit, wrapped

MARGINS = 3
"""Cells of a sheet that no column has: two for marks, one for a scrollbar."""
TONES = {
    "head": "underline $secondary",
    "heading": "bold $secondary",
    "row": "on $panel",
    "idle": "on $surface",
    "fresh": "on $success-muted",
    "cursor": "bold $background on $accent",
    "muted": "$secondary",
    "good": "$success",
    "bad": "$error",
    "warn": "$warning",
    "accent": "bold $accent",
    "strong": "bold",
}
"""How each tone is painted. As component classes, matching them took half the time of every new focus."""
_LEADING = frozenset({VIEW, GAP, OPENS, HEADING})
"""Kinds of lines that lead elsewhere, or to what is beneath them."""
USUAL = 100
"""Cells of a table in an ordinary terminal: Tab leads to each column of it, in a narrower one too."""
FRESH = 3.0
"""Seconds for which a row that has just come in is shown as such."""

_table = partial(Command["Sheet"], section=Section.TABLE)
_COMMANDS = (
    _table("sheet.up", "up,k", "Up", lambda sheet: sheet.action_move(-1, 0), "move", moves=True),
    _table("sheet.down", "down,j", "Down", lambda sheet: sheet.action_move(1, 0), moves=True),
    _table("sheet.left", "left", "Left", lambda sheet: sheet.action_move(0, -1), moves=True),
    _table("sheet.right", "right", "Right", lambda sheet: sheet.action_move(0, 1), moves=True),
    _table(
        "sheet.start",
        "home",
        "First column",
        lambda sheet: sheet.action_row_end(-1),
        "to the first or last column of the row; in a list without columns, and in a picture, to its ends",
    ),
    _table("sheet.end", "end", "Last column", lambda sheet: sheet.action_row_end(1)),
    _table("sheet.first", "ctrl+home", "First row", lambda sheet: sheet.action_end(-1), "move far"),
    _table("sheet.last", "ctrl+end", "Last row", lambda sheet: sheet.action_end(1)),
    _table("sheet.pageup", "pageup", "Page up", lambda sheet: sheet.action_page(-1)),
    _table("sheet.pagedown", "pagedown", "Page down", lambda sheet: sheet.action_page(1)),
    Command["Sheet"](
        "canvas.drop",
        "enter",
        "Put here",
        lambda sheet: sheet.action_press("take"),
        "put whom one moves under the person under the cursor",
        applies=lambda sheet: sheet.is_moving,
        shown=True,
        section=Section.PICTURE,
    ),
    _table(
        "sheet.tick",
        "space",
        "Tick",
        lambda sheet: sheet.action_tick(),
        "where rows are ticked, as who is here or what is confirmed: tick the row, from any of its cells",
        applies=lambda sheet: sheet.is_ticked,
    ),
    _table(
        "sheet.go",
        "enter,space",
        "Go",
        lambda sheet: sheet.action_edit(),
        "go to the place that the line names",
        applies=lambda sheet: sheet.leads,
        shown=True,
    ),
    _table(
        "sheet.edit",
        "enter,space",
        "Edit",
        lambda sheet: sheet.action_edit(),
        "change the cell, tick it, or open what the line names",
        listed=lambda sheet: sheet.may_edit(),
        shown=True,
    ),
    _table(
        "sheet.next",
        "tab",
        "Next field",
        lambda sheet: sheet.action_go_on(1),
        "directly after a cell was set: the next field, of the next row too, or the one before; else a pane",
        applies=lambda sheet: sheet.can_go_on(1),
    ),
    _table(
        "sheet.previous",
        "shift+tab",
        "Field before",
        lambda sheet: sheet.action_go_on(-1),
        applies=lambda sheet: sheet.can_go_on(-1),
    ),
    Command["Sheet"](
        "canvas.relate",
        "a,insert",
        "New relation",
        lambda sheet: sheet.action_relate(),
        "where who influences whom is shown: a new relation of the person under the cursor",
        applies=lambda sheet: sheet.relating is not None,
        shown=True,
        section=Section.PICTURE,
    ),
    _table(
        "sheet.add",
        "a,insert",
        "Add",
        lambda sheet: sheet.action_add(),
        "add a row",
        applies=lambda sheet: sheet.adds,
        named=lambda sheet: sheet.added(),
        listed=lambda sheet: sheet.may_add(),
        shown=True,
    ),
    _table(
        "sheet.remove",
        "x,delete",
        "Remove",
        lambda sheet: sheet.action_remove(),
        "remove the row; where `x` is a value of the cell, Delete alone does",
        applies=lambda sheet: sheet.removes,
        listed=lambda sheet: sheet.may_remove(),
    ),
    _table(
        "sheet.raise",
        "plus",
        "Raise a figure",
        lambda sheet: sheet.action_step("+"),
        "raise or lower a figure",
        disabled=lambda sheet: sheet.why_no_step,
        listed=lambda sheet: sheet.has_figure,
    ),
    _table(
        "sheet.lower",
        "minus",
        "Lower a figure",
        lambda sheet: sheet.action_step("-"),
        disabled=lambda sheet: sheet.why_no_step,
        listed=lambda sheet: sheet.has_figure,
    ),
)


GOING_ON = ("sheet.next", "sheet.previous")
"""The commands that go on in the row."""


def _counts(cell: Cell) -> bool:
    """Whether a cell holds a figure that goes up and down by one."""
    edit = cell.edit
    return edit is not None and (edit.counts or any(isinstance(choice.value, int) for choice in edit.choices))


class Sheet(Commanded, ScrollView, can_focus=True):
    """Rows and columns with a cursor. Posts what is asked of the focused cell."""

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
        """Somebody wants to change what is no field, or to add or remove."""

        what: str

    class Crossed(Message):
        """The cursor stands on another column."""

    is_moving = False
    """Whether something has been taken up that the next keys put down."""

    adds: bool = True
    """Whether rows can come in."""

    removes: bool = True
    """Whether rows can go out."""

    opens: Callable[[Sheet, Edit, str, str], None] | None = None
    """What opens the editor over (sheet, edit, text, key); it is asked at once, so that keys typed behind
    go there. None where nothing is edited."""

    goes_on: Callable[[Sheet, int], None] | None = None
    """What goes on to the field behind the one that was set (1) or before it (-1); None for nothing."""

    crosses: Callable[[int], None] | None = None
    """What leads to the sheet on the left (-1) or on the right, where several are columns of one page."""

    is_driven = False
    """Whether the screen moves its cursor: then that is painted though the focus isn't here."""

    may_add: Callable[[], bool] = staticmethod(lambda: True)
    """Whether a row can come in by `a` here, in this table or in that of the block."""

    may_edit: Callable[[], bool] = staticmethod(lambda: True)
    """Whether the cell under the cursor can be changed, as in a sealed session none can."""

    may_remove: Callable[[], bool] = staticmethod(lambda: True)
    """Whether the row under the cursor can go out."""

    added: Callable[[], str] = staticmethod(lambda: "")
    """What comes in by `a` here, where one would not guess it; empty for a row like all there."""

    leading = _LEADING
    """The kinds of lines that lead elsewhere, rather than being changed where they stand."""

    adds_here = True
    """Whether `a` adds a row here; else what it means is left to who is told."""

    drafts: reactive[frozenset[str]] = reactive(frozenset())
    """Places at which something is typed that is not valid yet."""

    fresh: reactive[frozenset[str]] = reactive(frozenset())
    """Rows that have just come in elsewhere than under the cursor."""

    def __init__(self, *, id: str | None = None, classes: str = "") -> None:  # noqa: A002 - Textual's word
        """Start empty."""
        super().__init__(id=id, classes=classes)
        self.table = Table()
        self._until_stale: Timer | None = None
        self.row = 0
        self._col = 0
        self.only = -1
        """The column that alone can be changed, as the cursor is not to be seen; −1 where it is."""
        self._lowered: tuple[str, int] | None = None
        """Where a minus has just lowered a figure, of which a digit may be the rest."""
        self._unseen: tuple[str, int] | None = None
        """The row, and its field for which there is no column in this width, to which Tab has led."""
        self._end: tuple[str, int] | None = None
        """The row and column at which Tab has stayed, as no field follows."""
        self._kept: tuple[str, int] | None = None
        """The row and column at which something has just been set."""
        self._arranged = Layout()
        self._arranged_for = -1
        self._kept_in = (self.table, 0, False)
        """The table and the width for which it was last measured whether all is kept, and whether it is."""
        self._tones: dict[str, Style] = {}
        self._led = (False, True, "")
        """Whether the line under the cursor leads elsewhere, whether its cell is changed, and what is
        added, as told."""
        self.gets_keys_back = True
        """Whether it had the keys last, of all on its screen; until one has had them it may be any."""
        self.one_line: str | None = None
        """What it shows in one line in place of its rows, through which the cursor moves all the same."""

    @property
    def key_mode(self) -> Mode:
        """What the next key is for."""
        return Mode.BROWSE

    def focus(self, scroll_visible: bool = True) -> Self:  # noqa: FBT001, FBT002 - as Textual has it
        """Take the focus at once: Textual's would take it from a field that the next key has opened."""
        give_keys(self, scroll_visible=scroll_visible)
        return self

    @property
    def col(self) -> int:
        """The column under the cursor."""
        return self._col if self.only < 0 else self.only

    @col.setter
    def col(self, column: int) -> None:
        self._col = column

    @property
    def field_at(self) -> int:
        """The column of the field that Tab goes on from: that under the cursor, or one that isn't shown."""
        is_there = self._unseen and self.current and self.current.id == self._unseen[0]
        return self._unseen[1] if self._unseen and is_there else self.col

    @property
    def is_unseen(self) -> bool:
        """Whether Tab has led to a field for which there is no column in this width."""
        return self.field_at != self.col

    # What it shows

    def show(self, table: Table) -> None:
        """Show another table; the cursor stays on its row and column where these are still there.

        Rows that come in above, as from another keyboard, don't push it out of sight.
        """
        was_seen = self._is_seen
        table = filled_table(table, partial(key_of, self))
        was, before = self.current, (self.table, self._arranged, self.row, self.col)
        kept = was.id if was else ""
        if [col.heading for col in table.cols] != [col.heading for col in self.table.cols]:
            self.col, self.row = table.start, 0
            self.row = next((n for n, row in enumerate(table.rows) if not row.heading), 0)
            kept = "" if was and was.placeholder else kept  # this table's line for a new row is another one
        self.table = table
        ids = [row.id for row in table.rows]
        self.row = ids.index(kept) if kept in ids else min(self.row, max(len(ids) - 1, 0))
        self._arrange()
        self._off_headings(1)
        if was_seen and kept in ids and not self._is_seen:
            self._reveal()
            self.refresh()
        self._tell_leading()
        self._repaint(*before)

    def _repaint(self, table: Table, lay: Layout, row: int, col: int) -> None:
        """Paint what looks other than it did with this table, layout and cursor."""
        rows = self.table.rows
        if lay != self._arranged or replace(table, rows=rows) != self.table:
            self.refresh()
            return
        moved = {row, self.row} if (row, col) != (self.row, self.col) else set()
        pairs = enumerate(zip(table.rows, rows, strict=True))
        changed = {n for n, (old, new) in pairs if old is not new and old != new}
        starts, top = lay.starts, self._top - self.scroll_offset.y
        for n in (moved | changed) & set(range(len(rows))):
            self.refresh(Region(0, top + starts[n], self.size.width, starts[n + 1] - starts[n]))

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.table.rows[self.row] if self.row < len(self.table.rows) else None

    @property
    def current_cell(self) -> Cell:
        """The cell under the cursor; an empty one where there is none."""
        row = self.current
        return row.cells[self.col] if row and self.col < len(row.cells) else Cell("")

    @property
    def _top(self) -> int:
        table = self.table
        return int(table.headed and not table.form and any(col.heading for col in table.cols))

    @property
    def _below(self) -> int:
        """Lines beneath the last new row for its editor, once one is there, so that it hides no row above."""
        return 3 if self.current and self.current.placeholder else 0

    def height_in(self, width: int) -> int:
        """Return how many lines the table takes where the sheet is so wide."""
        lay = self._arranged if width == self._room + MARGINS else arranged(self.table, width - MARGINS)
        return lay.starts[-1] + self._top

    def keeps_all_in(self, width: int) -> bool:
        """Whether the table has all its columns, in whole words, where the sheet is so wide."""
        table, asked, _ = self._kept_in
        if table is not self.table or asked != width:  # measured once: it is asked at each move
            self._kept_in = (self.table, width, keeps_all(self.table, width - MARGINS))
        return self._kept_in[2]

    @property
    def _room(self) -> int:
        """Cells for the columns; of a sheet that only comes into view, those it will have."""
        width = self.scrollable_content_region.width
        if not width and isinstance(self.parent, Widget):
            width = self.parent.content_size.width
        return width - 2

    @property
    def _lay(self) -> Layout:
        """The layout for the width there is now: a resize isn't always told in time."""
        if self._arranged_for != self._room:
            self._arrange()
        return self._arranged

    def _arrange(self) -> None:
        width = self._arranged_for = self._room
        self._arranged = arranged(self.table, width)
        self._measure()
        if self.col not in self._arranged.columns or not self._stops(self.col):
            self.col = next((n for n in self._arranged.columns if self._stops(n)), 0)

    def _measure(self) -> None:
        """Say how many lines there are to scroll through."""
        size = Size(0, self._arranged.starts[-1] + self._top + self._below)
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)  # without laying the whole screen out
            self._scroll_update(size)

    def _stops(self, column: int) -> bool:
        return not (self.table.form and column == 0)

    # How it is painted

    def on_resize(self) -> None:
        """Arrange the columns anew: a line API widget doesn't by itself."""
        self._arrange()
        self._reveal()
        self._stand_again()
        self.refresh()

    def _stand_again(self) -> None:
        """After other sizes, be where it was when it had this one, if nobody has moved meanwhile."""
        places = getattr(self.app, "places", None)
        place = places.of(self) if places else None
        if place and self.current and place.row == self.current.id:
            self.col = place.column if place.column in self._lay.columns else self.col
            self.scroll_to(*place.scroll, animate=False, immediate=True)

    def notify_style_update(self) -> None:
        """Work the tones out anew."""
        self._tones.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Paint one line of the screen."""
        width = self.size.width
        if self.one_line is not None:
            return self._strip(f" {self.one_line}" if not y else "", width, self._tone("muted"))
        if not self.table.rows:
            return self._empty_line(y - self._top, width)
        if y < self._top:
            return self._head(width)
        line, lay = y - self._top + self.scroll_offset.y, self._lay
        index = lay.row_at(line)
        if index >= len(self.table.rows):
            return self._empty_line(line - lay.starts[-1], width)
        return self._row_line(index, line - lay.starts[index], width, lay)

    def _empty_line(self, line: int, width: int) -> Strip:
        """Paint a line of what goes here, where there is nothing but the line on which it comes in."""
        rows = self.table.rows
        told = () if any(not row.placeholder for row in rows) else wrapped(self.table.told_empty, self._room)
        at = line - bool(rows)  # one line is left empty beneath the one for a new row
        return self._strip(f"  {told[at]}" if 0 <= at < len(told) else "", width, self._tone("muted"))

    def _head(self, width: int) -> Strip:
        text, lay, cols = "", self._lay, self.table.cols
        headings = [col.heading for col in cols]
        for n, room in zip(lay.columns, lay.widths, strict=True):
            headings[n] = self._heading(cols[n], room)
        for left, room, heading in lay.over(headings):
            text += " " * (left - cell_len(text)) + fit(heading, room)
        return self._strip(f"  {text}", width, self._tone("head"))

    def _heading(self, col: Column, width: int) -> str:
        """Return a heading in so many cells, with the sign of the order where the rows are sorted by it."""
        heading = col.short if col.short and cell_len(col.heading) > width else col.heading
        column, sign = self.table.order
        return f"{heading[: width - 1]}{sign}" if sign and col.heading == column else heading

    def _row_line(self, index: int, line: int, width: int, lay: Layout) -> Strip:
        row, here = self.table.rows[index], index == self.row
        if self.table.roomy and line == lay.starts[index + 1] - lay.starts[index] - 1:
            return Strip.blank(width, self._base)
        if row.note:
            return self._strip(f"  {wrapped(row.heading, self._room)[line]}", width, self._tone("muted"))
        if row.heading:
            at = ("cursor" if self._has_keys else "idle") if here else ""
            return self._heading_line(row, width, lay, at)
        whole = here and self._has_keys and self.table.by_row
        tone = "cursor" if whole else "row" if here and self._has_keys else "idle" if here else ""
        tone = tone or ("fresh" if row.id in self.fresh else "")
        base = self._base + self._tone(tone)
        if row.placeholder:
            style = self._tone("cursor" if here and self._has_keys else "muted")
            mark = self._pointer if here and not line else " "
            return self._strip(
                f"{mark} {self._marked(row.cells[0]).text if row.cells else '+'}", width, style
            )
        segments = [
            Segment(self._pointer if here and not line else " ", base),
            Segment(" " if line else self._sign_of(row), base + self._tone("accent")),
        ]
        for n, w, gap in lay.spans(wide=row.wide):
            cell = self._marked(row.cells[n])
            style = base + self._tone(cell.tone) if cell.tone else base
            if whole or (here and self._has_keys and (n == self.col or row.wide)):
                style = self._tone("cursor")
            col = self.table.cols[n]
            text = line_of(
                cell.within(w), line, w, wrap=row.wide or col.wrap, most=0 if row.wide else col.lines
            )
            segments += [Segment(" " * gap, base), Segment(text, style)]
        return Strip(segments).adjust_cell_length(width, base)

    @property
    def _has_keys(self) -> bool:
        return bool(self.has_focus) or self.is_driven

    @property
    def _pointer(self) -> str:
        """What points at the row under the cursor: hollow where the keys are for another table."""
        if self._has_keys:
            return "▸"
        if self.table.by_row:
            return " "
        return "▸" if self.gets_keys_back and not isinstance(self.screen.focused, Sheet) else "▹"

    def on_focus(self) -> None:
        """Be the one to which a field gives the keys back."""
        for each in self.screen.query(Sheet):
            if each.gets_keys_back is not (each is self):
                each.gets_keys_back = each is self
                each.refresh()

    def _heading_line(self, row: Row, width: int, lay: Layout, here: str) -> Strip:
        """Paint a heading; where it has cells, each over its column. `here` is the cursor's tone on it."""
        if not row.cells:
            mark = self._pointer if here else " "
            style = self._tone("heading")
            return self._strip(f"{mark}{row.heading}", width, style + self._tone(here) if here else style)
        told = "".join(" " * gap + fit(row.cells[n].within(w), w) for n, w, gap in lay.spans(wide=False))
        return self._strip(f" {told}", width, self._tone("heading"))

    def _marked(self, cell: Cell) -> Cell:
        """Mark a cell at which something was typed that is not saved as its value."""
        edit = cell.edit if self.drafts else None
        if not edit or (edit.own_place or edit.place) not in self.drafts:
            return cell
        brief = f"✎{cell.brief}" if cell.brief else ""
        return replace(cell, text=f"✎ {cell.text}", brief=brief, tone="warn")

    def _sign_of(self, row: Row) -> str:
        """Return the sign in front of a row: that it is marked, or that a draft waits out of sight."""
        if row.marked:
            return "●"
        if not self.drafts:
            return " "
        at = RowId.parse(row.id)
        waiting = [place for place in map(RowId.parse, self.drafts) if place.kind == at.kind]
        if at.line or not any(place.key[:-1] == at.key for place in waiting):
            return " "
        is_seen = any(self._marked(row.cells[n]) is not row.cells[n] for n in self._lay.columns)
        return " " if is_seen else "✎"

    @property
    def is_on_draft(self) -> bool:
        """Whether something was typed at the cell under the cursor that is not saved."""
        cell = self.current_cell
        return self._marked(cell) is not cell

    @property
    def _base(self) -> Style:
        return self._tone("")

    def _tone(self, tone: str) -> Style:
        """Return the style of a tone; "" is the table's own."""
        if tone not in self._tones:
            self._tones[tone] = ContentStyle.parse(TONES[tone]).rich_style if tone else self.rich_style
        return self._tones[tone]

    def _strip(self, text: str, width: int, style: Style) -> Strip:
        style = self._base + style
        return Strip([Segment(fit(text, self._room + 2), style)]).adjust_cell_length(width, style)

    # How it moves

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor; what follows it is shown after that."""
        self._move(rows, columns)
        paint_at_once(self)

    def _move(self, rows: int, columns: int) -> None:
        if columns and self.crosses:
            self.crosses(columns)
            return
        if rows:
            self._go(self.row + rows, 1 if rows > 0 else -1)
        self._kept = self._unseen = self._end = None
        stops = self._stops_there
        if columns and self.col in stops and self.one_line is None:
            before = self.col
            self.col = stops[max(0, min(len(stops) - 1, stops.index(self.col) + columns))]
            self._repaint(self.table, self._arranged, self.row, before)
            self._tell_leading()
            self.post_message(self.Crossed())

    def action_page(self, pages: int) -> None:
        """Move the cursor by a screen."""
        self._go(self.row + pages * max(self.size.height - 2, 1), 1 if pages > 0 else -1)
        paint_at_once(self)

    def action_end(self, way: int) -> None:
        """Move the cursor to the first or last row; a table's line on which a new row comes in is none."""
        rows = [
            n
            for n, row in enumerate(self.table.rows)
            if not (_is_passed(row) or (row.placeholder and not self.table.by_row))
        ]
        if rows:
            self._go(rows[-1] if way > 0 else rows[0], -way)

    def action_row_end(self, way: int) -> None:
        """Move the cursor to the first or last column of its row; in a list to its first or last row."""
        if self.table.by_row or len(self._stops_there) <= 1 or self.one_line is not None:
            self.action_end(way)
        else:
            self._move(0, way * len(self.table.cols))

    def go_to(self, row_id: str, name: str = "") -> None:
        """Put the cursor on a row, if it is there, and on the column of a field."""
        named = (n for n in self._lay.columns if name and getattr(self.table.cols[n], "name", "") == name)
        self.col = next(named, self.col)
        index = next((n for n, row in enumerate(self.table.rows) if row.id == row_id), None)
        self._go(self.row if index is None else index, 1)

    def freshen(self, row_id: str) -> None:
        """Show for a while that a row has come in; the cursor stays where it is, and where that is seen.

        On the line for a new row it stays beneath what comes in; where that line was for this very row alone,
        it is on the row.
        """
        self.fresh |= {row_id}
        if self._until_stale:
            self._until_stale.stop()
        self._until_stale = self.set_timer(FRESH, self._settle)
        if self.current is None or self.current.placeholder:
            self._go(self.row, 1)

    def _settle(self) -> None:
        self.fresh = frozenset()

    def kept(self) -> None:
        """Know that Tab has led here or something was set here: from there it goes on in the row."""
        self._kept = (self.current.id, self.field_at) if self.current else None

    def stop_going_on(self) -> None:
        """Know that another key has been pressed since something was set: Tab is for the panes again."""
        self._kept = None

    def can_go_on(self, way: int) -> bool:
        """Whether Tab goes on to another field, and not to another pane: values are being entered here.

        Behind the last field of all it stays.
        """
        is_there = self.current is not None and (self.current.id, self.field_at) == self._kept
        is_entering = way > 0 and self._has_fields
        return is_there and self.goes_on is not None and (is_entering or self._onward(way) is not None)

    @property
    def _has_fields(self) -> bool:
        """Whether anything of the row under the cursor can be typed or chosen."""
        row = self.current
        return row is not None and not row.placeholder and bool(self._fields_of(row))

    def action_go_on(self, way: int) -> None:
        """Go on to the next field of the row, or the one before."""
        if self.goes_on:
            self.goes_on(self, way)

    def to_field(self, way: int, *, in_row: bool = False) -> Cell | None:
        """Go to the next field that can be typed or chosen; None, and nowhere, if there is none.

        Behind the last of its row that is one of the next row: the first that is empty, or else that takes a
        digit as this one does; `in_row` goes to none. A tick is none: it is turned over by a key of its own.
        Nor is what is known from the place.
        """
        found = self._onward(way, in_row=in_row)
        if found is None:
            self._end = (self.current.id, self.field_at) if self.current else None
            return None
        line, at = found
        if line != self.row:
            self._go(line, way)
            self._unseen = None
        if self.table.form or self.current is None:
            return self.current_cell
        if at not in (stops := self._stops_there):
            self._unseen = (self.current.id, at)
            return self.current.cells[at]
        self._move(0, stops.index(at) - stops.index(self.col))
        return self.current_cell

    def _onward(self, way: int, *, in_row: bool = False) -> tuple[int, int] | None:
        """Return the row and the column of the next field, in a form its line; None for none."""
        at = self._field(way)
        if at is not None:
            return (at, self.col) if self.table.form else (self.row, at)
        row, rows = self.current, self.table.rows
        if in_row or row is None or row.placeholder or self.table.form or self.one_line is not None:
            return None
        for n in range(self.row + way, len(rows) if way > 0 else -1, way):
            fields = [at for at in self._stops_there if self._is_field(rows[n], at)]
            if not rows[n].heading and fields:
                return n, self._first_of(rows[n], fields) if way > 0 else fields[-1]
        return None

    def _first_of(self, row: Row, fields: Sequence[int]) -> int:
        """Return the field of a row with which Tab begins there: never one to be typed over unasked."""
        empty = (n for n in fields if (edit := row.cells[n].edit) and not edit.text)
        alike = (n for n in fields if self.takes_digits and takes_digits(row.cells[n].edit))
        named = (n for n in fields if not getattr(self.table.cols[n], "is_name", False))
        return next(empty, next(alike, next(named, fields[0])))

    @property
    def is_at_end(self) -> bool:
        """Whether Tab has stayed at the last field: what is typed next is no digit of a view."""
        return self.current is not None and (self.current.id, self.field_at) == self._end

    def _field(self, way: int) -> int | None:
        """Return the column of the next field of the row that is seen, in a form the line; None for none."""
        row = self.current
        if row is None or row.placeholder or self.one_line is not None:
            return None
        if self.table.form:
            lines = range(len(self.table.rows)) if way > 0 else reversed(range(len(self.table.rows)))
            ahead = (n for n in lines if (n - self.row) * way > 0)
            return next((n for n in ahead if self._is_field(self.table.rows[n], self.col)), None)
        at, fields = self.field_at, self._fields_of(row)
        if at in fields:
            then = fields.index(at) + way
            return fields[then] if 0 <= then < len(fields) else None
        return next((n for n in fields[::way] if n in self._stops_there and (n - at) * way > 0), None)

    def _fields_of(self, row: Row) -> list[int]:
        """Return the columns of the fields of a row: those seen, then those that have no room here."""
        stops, cols = self._stops_there, self.table.cols
        seen = {cell.edit.place for n in stops if n < len(row.cells) and (cell := row.cells[n]).edit}
        unseen = range(len(cols)) if self.only < 0 else ()
        more = (
            n
            for n in unseen
            if n not in stops
            and cols[n].since <= USUAL
            and self._is_field(row, n)
            and (edit := row.cells[n].edit)
            and edit.place not in seen
        )
        return [*(n for n in stops if self._is_field(row, n)), *more]

    @property
    def _stops_there(self) -> list[int]:
        """The columns at which the cursor stops."""
        return [n for n in self._lay.columns if self._stops(n)]

    def _is_field(self, row: Row, column: int) -> bool:
        if row.placeholder or column >= len(row.cells) or getattr(self.table.cols[column], "known", False):
            return False
        edit = row.cells[column].edit
        return edit is not None and not edit.toggles

    def stand_at(self, row_id: str, column: int) -> None:
        """Put the cursor back on a row and a column where it has been."""
        self._unseen = None
        self.col = column
        self.go_to(row_id)
        self.refresh()
        self.post_message(self.Crossed())

    def go_to_edit(self, places: Container[str]) -> bool:
        """Put the cursor on the first cell shown that is edited at one of these places; whether one is."""
        for index, row in enumerate(self.table.rows):
            is_line = row.placeholder or row.heading or self.table.form
            for column in range(len(row.cells)) if is_line else self._lay.columns:
                cell = row.cells[column]
                if cell.edit and cell.edit.place in places:
                    self.col = self.col if row.placeholder else column
                    self._go(index, 1)
                    self.refresh()
                    self.post_message(self.Crossed())
                    return True
        return False

    def _go(self, index: int, way: int) -> None:
        before, scrolled = self.row, self.scroll_offset.y
        self.row = max(0, min(len(self.table.rows) - 1, index))
        self._unseen = self._unseen if self.row == before else None
        if self._off_headings(way):
            self.row = before
        self._measure()
        self._reveal()
        if self.row != before and self.current:
            self._tell_leading()
            self.post_message(self.Moved(self, self.current))
        if self.scroll_offset.y != scrolled:
            self.refresh()
        else:
            self._repaint(self.table, self._arranged, before, self.col)

    def _off_headings(self, way: int) -> bool:
        """Step off headings; True when there is nothing but headings that way."""
        row = self.row
        while 0 <= row < len(self.table.rows) and _is_passed(self.table.rows[row]):
            row += way
        if not 0 <= row < len(self.table.rows):
            return bool(self.table.rows)
        self.row = row
        return False

    @property
    def _is_seen(self) -> bool:
        """Whether all of the row under the cursor is in sight, as it was arranged last."""
        starts, seen_from = self._arranged.starts, self.scroll_offset.y
        if self.row >= len(starts) - 1:
            return False
        room = self.size.height - self._top
        return seen_from <= starts[self.row] and starts[self.row + 1] - seen_from <= room

    def _reveal(self) -> None:
        """Scroll so that the row under the cursor is seen, and the first heading with the first row."""
        if self.row >= len(self._lay.starts) - 1:
            return
        top, bottom = self._lay.starts[self.row], self._lay.starts[self.row + 1]
        bottom += self._below
        room = max(self.size.height - self._top, 1)
        at = min(max(self.scroll_offset.y, bottom - room), top)
        if all(row.heading for row in self.table.rows[: self.row]):
            at = 0
        if at != self.scroll_offset.y:
            self.scroll_to(y=at, animate=False, immediate=True)

    def cell_region(self) -> Region:
        """Return where on the screen the cell under the cursor stands."""
        area = self.content_region
        if self.row >= len(self._lay.starts) - 1:
            return Region(area.x, area.y, area.width, 1)
        y = area.y + self._top + self._lay.starts[self.row] - self.scroll_offset.y
        is_line = self.is_unseen or (self.current and self.current.placeholder)
        left, width = self._lay.place_of(-1 if is_line else self.col)
        return Region(area.x + 2 + left, y, width, 1)

    # What is asked of it

    def action_edit(self) -> None:
        """Ask for the focused cell to be changed."""
        self._unseen = self._end = None
        self._ask("edit")

    @property
    def leads(self) -> bool:
        """Whether the line under the cursor leads elsewhere, rather than being changed where it stands."""
        return self.current is not None and RowId.parse(self.current.id).kind in self.leading

    def _tell_leading(self) -> None:
        """Have the foot say whether the line under the cursor is gone to or changed, or neither."""
        now = (self.leads, self.may_edit(), self.added())
        if now != self._led:
            self._led = now
            self.refresh_bindings()

    @property
    def is_ticked(self) -> bool:
        """Whether the row under the cursor is ticked, from any of its cells."""
        row = self.current
        return row is not None and not row.placeholder and self.table.ticks in self._stops_there

    @property
    def _tick(self) -> Cell:
        """The tick of the row: that under the cursor, else the first one; an empty cell where it has none."""
        here = self.current_cell.edit
        row, at = self.current, self.col if here and here.toggles else self.table.ticks
        return row.cells[at] if row and not row.placeholder and 0 <= at < len(row.cells) else Cell("")

    def action_tick(self) -> None:
        """Turn the tick of the row over; the cursor stays in its column."""
        self._ask("edit", cell=self._tick)

    def has_edit(self, edit: Edit) -> bool:
        """Whether a cell of the row under the cursor is changed so."""
        return any(cell.edit is edit for cell in (self.current_cell, self._tick))

    def action_press(self, _what: str) -> None:
        """Do what a key of a picture means; a table has none."""

    @property
    def relating(self) -> Edit | None:
        """How a new tie of what is under the cursor comes in, where that is what the view shows."""
        return None

    def action_relate(self) -> None:
        """Ask for a new tie of what is under the cursor."""
        if edit := self.relating:
            self._ask("edit", cell=Cell("", how=edit))

    def action_add(self) -> None:
        """Ask for a new row: for that of the line under the cursor, where it is one for a new row."""
        if self.current and self.current.placeholder:
            self._ask("edit")
            return
        self._ask("edit" if self.adds_here and self.to_placeholder() else "add")

    def to_placeholder(self) -> Cell | None:
        """Go to the next line on which a new row comes in; return its cell, None if there is no such line."""
        if (line := self.next_placeholder) is None:
            return None
        self._go(line, 1)
        return self.table.rows[self.row].cells[0]

    @property
    def next_placeholder(self) -> int | None:
        """The next line on which a new row comes in, or else the first; None if there is no such line."""
        placeholders = [n for n, row in enumerate(self.table.rows) if row.placeholder]
        return next((n for n in placeholders if n >= self.row), placeholders[0] if placeholders else None)

    def is_before_new_row(self, way: int) -> bool:
        """Whether the line that follows, or comes before, is one on which a new row comes in."""
        at = self.row + way
        return 0 <= at < len(self.table.rows) and self.table.rows[at].placeholder

    def action_remove(self) -> None:
        """Ask for the row to be removed."""
        self._ask("remove")

    def _ask(self, what: str, key: str = "", cell: Cell | None = None) -> None:
        row = self.current or Row("")
        cell = cell or (row.cells[0] if row.placeholder and row.cells else self.current_cell)
        if what == "edit" and cell.edit and self.opens:
            self.opens(self, cell.edit, cell.text, key)
        else:
            self.post_message(self.Asked(self, row, what))

    def action_step(self, sign: str) -> None:
        """Raise or lower the figure under the cursor at once."""
        if not self.why_no_step:
            self._lowered = self._spot if sign == "-" else None
            self._ask("edit", sign)

    @property
    def _spot(self) -> tuple[str, int] | None:
        """The row and the column under the cursor."""
        return (self.current.id, self.col) if self.current else None

    def _signed(self, key: str) -> str:
        """Return -1 for a 1 right behind a minus in the same cell, where that is a value: one figure."""
        before, self._lowered = self._lowered, None
        edit = self.current_cell.edit
        is_value = key.isdigit() and edit and -int(key) in [choice.value for choice in edit.choices]
        return f"-{key}" if before and before == self._spot and is_value else key

    @property
    def takes_digits(self) -> bool:
        """Whether digits set the focused cell: then they open no views, not even those it has no use for."""
        return any(key.isdigit() for key in self.keys)

    @property
    def why_no_step(self) -> str:
        """Why nothing can be raised or lowered here, "" when it can."""
        return "" if _counts(self.current_cell) else "There is no figure here to raise or lower."

    @property
    def has_figure(self) -> bool:
        """Whether any cell of the row holds a figure that can be changed."""
        cells = self.current.cells if self.current and self.table.takes_values else ()
        return any(map(_counts, cells))

    @property
    def keys(self) -> dict[str, Choice]:
        """What a key sets in the focused cell, or confirms of its row, without Enter: it is no command."""
        if not self.table.takes_values or (self.current and self.current.placeholder):
            return {}
        return {**by_key(self._tick.edit), **by_key(self.current_cell.edit)}

    def takes(self, key: str) -> bool:
        """Whether a key, as Textual calls it, is one for values in the focused cell: so it is no command."""
        return not self.leaves([key])

    def leaves(self, keys: Iterable[str]) -> set[str]:
        """Return those of some keys, as Textual calls them, that set nothing in the focused cell."""
        values, takes_digits = self.keys, self.takes_digits or self.is_at_end
        return {key for key in keys if _sign(key) not in values and not (key.isdigit() and takes_digits)}

    def types(self, event: events.Key) -> bool:
        """Set the value that a key stands for in the focused cell; whether it is one for values there."""
        key = _sign(event.key)
        if takes := self.takes(event.key):
            self._unseen = None
            is_tick = key in by_key(self._tick.edit) and key not in by_key(self.current_cell.edit)
            meant = self._signed(key)
            self._ask("edit" if key in self.keys else "digit", meant, self._tick if is_tick else None)
            if key not in self.keys:
                self.kept()  # Tab behind it goes on in the row, as behind a value
        return takes

    def on_key(self, event: events.Key) -> None:
        """Set a value also where the key comes this way, as the first one does in a terminal gone back to."""
        if self.types(event):
            event.stop()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to where it was clicked; click the cell under the cursor to change it."""
        at = event.get_content_offset(self)
        index = self._lay.row_at(at.y - self._top + self.scroll_offset.y) if at else -1
        if not at or at.y < self._top or not 0 <= index < len(self.table.rows):
            return
        if _is_passed(self.table.rows[index]):
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


def takes_digits(edit: Edit | None) -> bool:
    """Whether digits set a cell that is changed so."""
    return any(key.isdigit() for key in by_key(edit))


def _is_passed(row: Row) -> bool:
    """Whether the cursor passes over a line: a heading, unless it is there to be picked."""
    return bool(row.heading) and not row.picks


def _sign(key: str) -> str:
    """Return a key as choices have it."""
    return "?" if key == "question_mark" else key
