"""A picture one walks about in: a sheet whose rows stand anywhere, painted line by line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip

from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.keyboard import Mode
from workshop_tui.tui.textual_patches.prompt_paint import paint_at_once
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.views.cell import Cell, Choice, Edit, Plain
from workshop_tui.views.keys import filled
from workshop_tui.views.pictures.picture import Art, Foot, Picture
from workshop_tui.views.table import Layout, Row, Table

UNSEEN = Size(80, 24)
"""The room for which a picture is drawn before anything is laid out."""
PAN = (8, 3)
"""Cells by which a key pans, across and down."""

_picture = partial(Command["Canvas"], section=Section.PICTURE)
_COMMANDS = (
    _picture(
        "canvas.fold",
        "space",
        "Fold",
        lambda canvas: canvas.action_press("fold"),
        "fold or unfold who is under a person",
        applies=lambda canvas: canvas.answers("fold"),
        shown=True,
    ),
    _picture(
        "canvas.take",
        "m",
        "Move",
        lambda canvas: canvas.action_press("take"),
        "take a person up, and put them under another · let go",
        applies=lambda canvas: canvas.answers("take"),
        shown=True,
    ),
    _picture(
        "canvas.cancel",
        "escape,ctrl+l",
        "Let go",
        lambda canvas: canvas.action_press("cancel"),
        applies=lambda canvas: canvas.is_moving,
        shown=True,
    ),
    _picture(
        "canvas.toward",
        "t",
        "Toward",
        lambda canvas: canvas.action_press("toward"),
        "the sentiment toward the next partner",
        applies=lambda canvas: canvas.answers("toward"),
        shown=True,
    ),
    _picture(
        "canvas.seek",
        "slash",
        "Find",
        lambda canvas: canvas.action_seek(),
        "jump to a person or a milestone by typing",
        shown=True,
        at_once=True,
    ),
    _picture(
        "canvas.up",
        "shift+up",
        "Pan or shift up",
        lambda canvas: canvas.action_pan(0, -1),
        "pan; where place has a meaning, move the person there",
    ),
    _picture("canvas.down", "shift+down", "Pan or shift down", lambda canvas: canvas.action_pan(0, 1)),
    _picture("canvas.left", "shift+left", "Pan or shift left", lambda canvas: canvas.action_pan(-1, 0)),
    _picture("canvas.right", "shift+right", "Pan or shift right", lambda canvas: canvas.action_pan(1, 0)),
)


class Canvas(Sheet):
    """People in a picture with a cursor. Posts what a sheet posts, and what its own keys mean."""

    KEY_COMMANDS: ClassVar[tuple[Command[Any], ...]] = _COMMANDS

    @dataclass
    class Pressed(Message):
        """A key of the view was pressed over a person: fold, take, toward, or nudge with its way."""

        what: str
        row: str
        way: tuple[int, int] = (0, 0)

    @dataclass
    class Sought(Message):
        """Somebody types a name to jump to."""

        text: str

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        """Start empty."""
        super().__init__(id=id)
        self.picture = Picture()
        self.sought: str | None = None
        self._none_found = ""
        self._art: Art | None = None
        self._drawn_for = UNSEEN
        self._told: Foot = ()
        self._lit: tuple[Size, Foot, Region] = (UNSEEN, (), Region())
        self._told_about: tuple[Art | None, str, int] = (None, "", 0)
        self._grabbed: Offset | None = None
        self._dragged = False

    # What it shows

    def paint(self, art: Art) -> None:
        """Show another picture; the cursor stays on its person."""
        if self._art is None or self._art.keys != art.keys:
            self.call_after_refresh(self.refresh_bindings)
        self._art = art
        self._draw()
        self._reveal()
        self.refresh()

    @property
    def room(self) -> Size:
        """Cells there are to paint in."""
        return self.scrollable_content_region.size

    def _draw(self) -> None:
        """Have the picture drawn for the room there is, and say how large it is."""
        if self._art is None:
            return
        self._drawn_for, kept = self.room, self.current
        room = self.room if self.room.area else UNSEEN
        self.picture = self._art.draw(room.width, max(room.height - self._below, 1))
        self.table = Table((Plain(),), (*map(Row, self.picture.items), *self._art.placeholder))
        self.row = next((n for n, row in enumerate(self.table.rows) if kept and row.id == kept.id), 0)
        size = Size(self.picture.width, self.picture.height + self._below)
        if self.room.area and size != self.virtual_size:  # else scrollbars would come for a room that isn't
            self.virtual_size = size
            self._scroll_update(size)  # at once: without scrollbars it can't be scrolled

    def _arrange(self) -> None:
        self._arranged_for, self._arranged = self._room, Layout()
        if self.room != self._drawn_for:
            self._draw()

    def _measure(self) -> None:
        """The picture says how large it is, when it is drawn."""

    @property
    def _below(self) -> int:
        return len(self._foot)

    @property
    def _foot(self) -> Foot:
        """The lines at the foot, worked out anew only when they are about somebody else."""
        room = self.room if self.room.area else UNSEEN
        about = (self._art, self.current.id if self.current else "", room.width - 1)
        if self._art and self._told_about != about:
            told = ((filled(text, partial(key_of, self)), tone) for text, tone in self._art.foot(*about[1:]))
            self._told_about, self._told = about, tuple(told)
        if self.sought is None:
            return self._told
        none = f"  {self._none_found}" if self._none_found else ""
        return ((f"/{self.sought}▏{none}", "warn" if none else "accent"), *self._told[1:])

    @property
    def current_cell(self) -> Cell:
        """How the person under the cursor changes here."""
        row = self.current
        if row is None or row.placeholder or not self._art:
            return row.cells[0] if row else Cell("")
        return self._art.cell(row.id)

    @property
    def relating(self) -> Edit | None:
        """How a new relation of the person under the cursor comes in, where relations are what is shown."""
        row, relate = self.current, self._art.relate if self._art else None
        return relate(row.id) if row and relate and not row.placeholder else None

    @property
    def keys(self) -> dict[str, Choice]:
        """None: a picture has no cells, so letters are commands and digits open views; Enter shows a list."""
        return {}

    @property
    def place(self) -> Region:
        """Where in the picture the person under the cursor is; nowhere for the line of a new one."""
        place = self.picture.items.get(self.current.id) if self.current else None
        return Region(*place) if place else Region()

    # How it is painted

    def _repaint(self, _table: Table, _lay: Layout, _row: int, _col: int) -> None:
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint some lines of the screen; what is the same for all of them is worked out once."""
        self._lit = self.room, self._foot, self.place
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Paint one line of the screen."""
        room, foot, place = self._lit
        width, beneath = room.width, y - room.height + len(foot)
        if beneath >= 0:
            text, tone = foot[beneath] if beneath < len(foot) else ("", "")
            return self._strip(f" {text}", width, self._tone(tone))
        left, row = self.scroll_offset.x, self._row_at(y)
        runs = tuple(self.picture.runs(row, left, left + width))
        start = at = min(left, runs[0].x) if runs else left
        cursor = self._tone("cursor" if self.has_focus else "idle")
        segments = []
        for run in runs:
            style = cursor if place.contains(run.x, row) else self._base + self._tone(run.tone)
            segments += [Segment(" " * (run.x - at), self._base), Segment(run.text, style)]
            at = run.x + cell_len(run.text)
        return Strip(segments).crop(left - start, left - start + width).adjust_cell_length(width, self._base)

    def _row_at(self, y: int) -> int:
        """Return the row of the picture on a line of the screen: those that are pinned stay at the top."""
        return y if y < self.picture.pinned else y + self.scroll_offset.y

    # How it moves

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor to the nearest person that way."""
        if self.current:
            self.go_to(self.picture.beyond(self.current.id, (columns, rows)))
            paint_at_once(self)

    def action_page(self, pages: int) -> None:
        """Pan by a screen."""
        self._pan_by(0, pages * max(self.room.height - self._below - 1, 1))

    def action_end(self, way: int) -> None:
        """Move the cursor to the first or last person."""
        names = tuple(self.picture.items)
        if names:
            self.go_to(names[-1 if way > 0 else 0])

    def action_pan(self, columns: int, rows: int) -> None:
        """Shift the person where the view has a meaning for it, else pan."""
        if self._art and "nudge" in self._art.keys and self.current:
            self.post_message(self.Pressed("nudge", self.current.id, (columns, rows)))
        else:
            self._pan_by(columns * PAN[0], rows * PAN[1])

    def _pan_by(self, columns: int, rows: int) -> None:
        x, y = self.scroll_offset
        self.scroll_to(x + columns, y + rows, animate=False, immediate=True)

    def _reveal(self) -> None:
        """Scroll so that the person under the cursor is seen whole, in the middle if it was out of sight."""
        place, room = self.place, self.room
        tall = max(room.height - self._below, 1)
        if place.area and room.width:
            x, y = self.scroll_offset
            if not x <= place.x <= place.right <= x + room.width:
                x = place.x + (place.width - room.width) // 2
            y = min(max(y, place.bottom - tall), place.y - self.picture.pinned)
            self.scroll_to(x, y, animate=False, immediate=True)

    def cell_region(self) -> Region:
        """Return where on the screen the person under the cursor stands; at the foot for a new one."""
        area = self.content_region
        if not self.place.area:
            return Region(area.x, area.bottom - 1, area.width, 1)
        return self.place.translate(area.offset - self.scroll_offset)

    # What is asked of it

    def answers(self, what: str) -> bool:
        """Whether the view has a meaning for a key."""
        return self._art is None or what in self._art.keys

    @property
    def is_moving(self) -> bool:  # type: ignore[override]
        """Whether somebody has been taken up, to be put under somebody else."""
        return self._art is not None and "put" in self._art.keys

    def action_press(self, what: str) -> None:
        """Hand a key of the view on."""
        if self.current:
            self.post_message(self.Pressed(what, self.current.id))

    def none_found(self, told: str) -> None:
        """Say that nothing has what is typed; "" where something has."""
        self._none_found = told
        self.refresh()

    def action_seek(self) -> None:
        """Jump to a person by typing."""
        self.sought = self._none_found = ""
        self.refresh()

    @property
    def key_mode(self) -> Mode:
        """What the next key is for."""
        return Mode.BROWSE if self.sought is None else Mode.SEEK

    def on_key(self, event: events.Key) -> None:
        """While somebody is looked for, letters are a name; Enter or Esc ends it."""
        if self.sought is None:
            return
        if event.key in {"enter", "escape", "ctrl+l"}:
            self.sought = None
        elif event.key == "backspace":
            self.sought = self.sought[:-1]
            self.post_message(self.Sought(self.sought))
        elif event.is_printable and event.character:
            self.sought += event.character
            self.post_message(self.Sought(self.sought))
        else:
            self.sought = None
            return
        event.stop()
        event.prevent_default()
        self.refresh()

    def on_blur(self) -> None:
        """Stop looking for somebody."""
        self.sought = None

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the picture."""
        self._grabbed, self._dragged = event.screen_offset + self.scroll_offset, False
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Pan with the mouse."""
        if self._grabbed is not None:
            to = self._grabbed - event.screen_offset
            self._dragged = self._dragged or to != self.scroll_offset
            self.scroll_to(to.x, to.y, animate=False, immediate=True)

    def on_mouse_up(self) -> None:
        """Let go."""
        self._grabbed = None
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the person that was clicked; click the person under the cursor to change it."""
        event.prevent_default()
        x, y = event.x + self.scroll_offset.x, self._row_at(event.y)
        name = self.picture.at(x, y) if not self._dragged else ""
        if name and self.current and name == self.current.id:
            self.action_edit()
        elif name:
            self.go_to(name)
