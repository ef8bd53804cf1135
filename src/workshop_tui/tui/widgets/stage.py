"""The stage: the views of the open block, one of them open, with the card of the row under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from time import monotonic

from msgspec.structs import replace
from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.css.scalar import Scalar
from textual.events import Click
from textual.geometry import Region
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.lifecycle.clock import Running
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.audience import shows
from workshop_tui.domain.plan.step import Refused
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.replica import LookedAt
from workshop_tui.tui.commands.command import Commanded, key_of
from workshop_tui.tui.keyboard import Mode
from workshop_tui.tui.widgets.big_digits import ClockFace
from workshop_tui.tui.widgets.canvas import Canvas
from workshop_tui.tui.widgets.filter_chips import FilterChips
from workshop_tui.tui.widgets.filter_line import CLEAR, FilterLine, Listing
from workshop_tui.tui.widgets.headline import HeadlineText
from workshop_tui.tui.widgets.literal import literal, set_border_title, set_text
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.status_bar import Tabs
from workshop_tui.tui.widgets.views_line import ViewsLine
from workshop_tui.views.base import CLOSED, View, as_seen, entity_at
from workshop_tui.views.block_views import STAGES, StageKind, first_row, first_view, stage_kind
from workshop_tui.views.cell import TICK, Edit
from workshop_tui.views.clock import face
from workshop_tui.views.confirming import keys_told
from workshop_tui.views.fields import moved
from workshop_tui.views.keys import filled, key
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.put_right import told_at, with_note, with_signs
from workshop_tui.views.query import card_together
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table
from workshop_tui.views.text_layout import fit, in_border

BESIDE = 150
"""Cells of the stage from which the card stands beside a picture rather than beneath."""
CARD = 42
"""Cells of the card beside a table."""
CARD_LINES = 7
"""Lines of the card beneath a table, at the least."""
SHORT = 24
"""Rows of the stage under which the card is away until it is asked for, and shows but its first lines."""
PICTURED = 6
"""Lines of the card beneath a picture."""
FACE, LEAST = 9, 6
"""Rows of the clock's figures, and of the table that must stay beneath them."""


TABLE_KEYS = (("table.sort", "sort"), ("table.filter", "filter"), ("table.mark", "mark"))
_CORNERS = 6
"""Cells of the border's corners and of what stands about a title."""
COUNT_KEYS = (("sheet.raise", "one more"), ("sheet.lower", "one less"))
"""Commands whose keys the border tells, with what it says of each."""
TOLD = 3.0
"""Seconds for which the border says what a key has done, until another key is pressed."""
A_LOOK = 1.0
"""Seconds for which something said stays at the least: one who types on could not read it else."""


NOT_SAVED = "✎ typed and not saved"
UNSAVED = f"{NOT_SAVED}: {key('sheet.edit')} brings it back"
"""Said of a cell at which something was left unfinished."""


class MainSheet(Sheet):
    """The table of a view; one of its columns may be edited where it stands in large type."""

    def __init__(self, elsewhere: Callable[[], Region | None], *, id: str) -> None:  # noqa: A002 - Textual's word
        """Ask for where that is, each time that a cell is edited."""
        super().__init__(id=id)
        self._elsewhere = elsewhere

    def cell_region(self) -> Region:
        """Return where on the screen the cell under the cursor is edited."""
        return self._elsewhere() or super().cell_region()


class Room(Vertical):
    """What table and card share; says so when it has another size, also where the stage has not."""

    class Resized(Message):
        """There is another height or width for table and card."""

    def on_resize(self) -> None:
        """Say so."""
        self.post_message(self.Resized())


IN_FRONT = "in-front"
"""The class of the table or the picture, whichever is shown: it has the keys where nothing else has."""


class Stage(Commanded, Vertical):
    """Shows one block. Remembers which view of each block is open."""

    KEY_COMMANDS = (CLEAR,)

    def __init__(self, live: LivePlan, *, begins_drawn: bool = False) -> None:
        """Take the open plan; `begins_drawn` where what is shown first is likely to be a picture."""
        super().__init__(id="stage", classes="pane")
        self.live = live
        self._table, self._canvas = MainSheet(self.edited_large, id="main"), Canvas(id="canvas")
        self._card = Sheet(id="card")
        self._table.display, self._canvas.display = not begins_drawn, begins_drawn
        self._mark_what_is_shown()
        self.block: Block | None = None
        self.has_prompts = False
        self.has_card: bool | None = None
        """Whether the card is wanted; None for as there is room."""
        self.has_card_beneath = False
        """Whether the card is wanted beneath what stands alone before the room, or fills the stage."""
        self.roomy = False
        self._views: dict[StageKind, tuple[View, ...]] = {}
        """The views of each kind of block that was shown: made once, as they keep what is filtered."""
        self._opened_to: dict[tuple[StageKind, str], tuple[View, ...]] = {}
        """Those of them that an audience may look at: asked for a hundred times as a block is shown."""
        self._open: dict[tuple[str, BlockKind], View] = {}
        self._begun: set[tuple[str, BlockKind]] = set()
        """The blocks that were shown: in another one the cursor stands where that begins."""
        self._rows: dict[View, str] = {}
        """The row on which the cursor was left in each view: as often as it comes back, it stands there."""
        self._stands: tuple[str, View | None] = ("", None)
        """For whom which view was shown last."""
        self._fell_on = ""
        """The row on which the cursor has come to stand, as the one it was left on is not there now."""
        self._shown: View | None = None
        """The view that was shown last."""
        self._carded = ""
        """The block that the card was last shown in: in another one it starts at the top."""
        self.listing = Listing(self)
        self._told: tuple[str, str, int, str] = ("", "", 0, "")
        """What has just been said, in which view of which block, and to whom: it is said nowhere else."""
        self._told_at = 0.0
        self._telling: Timer | None = None
        self._then: Callable[[], None] | None = None
        """What Enter does while the border says so."""
        self._leads: Callable[[], None] | None = None
        """What it does as the key that is pressed now, if that was there to be read before it."""
        self._told_in: Sheet | None = None
        """The pane outside the stage in whose border it was said; None for the stage's own."""
        self._is_carded = False
        self._offered: tuple[object, ...] = ()
        """What can be done in the view, as far as the foot tells of it."""
        self._restyles_later = self._is_to_restyle = False
        self._framed = "", ""
        """Which block of the agenda this is, and how many gaps there are, as the border tells it."""

    def compose(self) -> ComposeResult:
        """Make the names of the views, what stands above the table, table and card."""
        yield Tabs(id="tabs")
        yield ViewsLine(self.open_view, self._place_tabs)
        yield FilterChips(self.listing.seek)
        yield Static(id="prompts", markup=False)
        yield self.listing.line
        yield Static(id="head", markup=False)
        yield ClockFace(id="face")
        yield HeadlineText(id="headline")
        with Room(id="views", classes="drawn" if self._canvas.display else ""):
            yield from (self._table, self._canvas, self._card)

    @property
    def views(self) -> tuple[View, ...]:
        """The views of the block that the audience may look at."""
        return self.views_of(self.block) if self.block else ()

    def _all_views(self, block: Block) -> tuple[View, ...]:
        kind = stage_kind(block)
        if kind not in self._views:
            self._views[kind] = tuple(view() for view in STAGES[kind])
        return self._views[kind]

    def views_of(self, block: Block) -> tuple[View, ...]:
        """Return the views of any block that the audience may look at."""
        to = stage_kind(block), self.live.audience
        if to not in self._opened_to:
            self._opened_to[to] = tuple(view for view in self._all_views(block) if view.is_open(self.live))
        return self._opened_to[to]

    @property
    def number(self) -> int:
        """Which view is open, counted from 0; the first where the one left open is not for this audience."""
        if (block := self.block) is None:
            return 0
        if (opened := self._open.get((block.id, block.kind))) is None:
            opened = self._all_views(block)[first_view(self.live, block)]
        views = self.views
        return views.index(opened) if opened in views else 0

    @property
    def view(self) -> View | None:
        """The open view, as far as the audience may look at it."""
        views = self.views
        return as_seen(views[self.number], self.live) if views else None

    @property
    def main(self) -> Sheet:
        """The table of the open view, or its picture: whichever is shown."""
        return self._canvas if self._canvas.display else self._table

    @property
    def marked(self) -> tuple[str, ...]:
        """The rows that are marked, of those that are shown: they are what is acted on."""
        return tuple(row.id for row in self.main.table.rows if row.marked)

    @property
    def drawn(self) -> Pictured | None:
        """The open view, if it is a picture that can be shown."""
        view = self.view
        is_fit = isinstance(view, Pictured) and view.fits(self.content_size.width)
        return view if is_fit and isinstance(view, Pictured) and view.is_drawn(self.live) else None

    def show(self, block: Block | None) -> None:
        """Show a block as the live plan has it now."""
        with self._restyled_once():
            self._show(block)

    @contextmanager
    def _restyled_once(self) -> Iterator[None]:
        """Have all within styled anew once, not for each class that comes or goes."""
        self._restyles_later = True
        try:
            yield
        finally:
            self._restyles_later = False
            if self._is_to_restyle:
                self._is_to_restyle = False
                self.update_node_styles()

    def update_node_styles(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - as Textual has it
        """Style it and all within anew."""
        if self._restyles_later:
            self._is_to_restyle = True
        else:
            super().update_node_styles(animate)

    def _show(self, block: Block | None) -> None:
        self._leave_row()
        self.block = block
        begins = first_row(self.live, block) if block and (block.id, block.kind) not in self._begun else ""
        if block:  # what it opens with stays, also once the session has begun
            self._begun.add((block.id, block.kind))
            first = self._all_views(block)[first_view(self.live, block)]
            self._open.setdefault((block.id, block.kind), first)
        self._write_frame()
        tabs = self.query_one(Tabs)
        tabs.names = tuple(view.title for view in self.views)
        tabs.open = self.number
        self._place_tabs()
        self._show_main()
        self._stand(begins or self._first_waiting())
        if self.view:
            self.view.column = self.main.col
        self._show_above()
        self._show_large()
        self._show_card()
        self.hint()
        self._offer()
        self._tell_place()

    def _leave_row(self) -> None:
        """Keep in mind the row on which the cursor stands in the view that has been shown until now."""
        row = self.main.current
        if row and (view := self._stands[1]) and row.id != self._fell_on:
            self._rows[view] = row.id

    def _stand(self, begins: str) -> None:
        """Put the cursor on the row with which the view begins; in one gone back to, where it was left."""
        view, main = self.views[self.number] if self.views else None, self.main
        stands, before = (self.live.audience, view), self._stands
        self._stands = stands
        if begins:
            main.go_to(begins)
        elif view and stands != before and (left := self._rows.get(view)):
            main.go_to(left)
            if main.current and main.current.id != left and main.current.placeholder:
                main.go_to(_line_near(main.table.rows, main.row))
            is_there = main.current is None or main.current.id == left
            self._fell_on = "" if is_there or main.current is None else main.current.id
        elif stands != before:
            self._fell_on = ""

    def _first_waiting(self) -> str:
        """Return the first line that is to be read back, where the view has just been opened; "" for none."""
        is_new, self._shown = self.view is not self._shown, self.view
        table = self.main.table
        if not (is_new and self.view and self.view.confirms):
            return ""
        lines = (row for row in table.rows if not (row.heading or row.placeholder))
        return next((row.id for row in lines if row.cells[table.ticks].text != TICK), "")

    def _place_tabs(self) -> None:
        """Show the names of the views, unless they stand in the line in which one of them is chosen."""
        is_chosen = self.query_one(ViewsLine).display
        self.query_one("#tabs", Tabs).display = len(self.views) > 1 and not (self.roomy or is_chosen)

    def _offer(self) -> None:
        """Tell anew which keys answer where other things can be done than before."""
        adds = any(row.placeholder for row in self.main.table.rows)
        offered = (adds, self.added_by(self.main), self.listing.table_query is not None, self.live.closed)
        if self._offered != offered:
            self._offered = offered
            self.refresh_bindings()

    def frame(self, place: str, gaps: str) -> None:
        """Tell in the border which block of the agenda this is, and at the right how many gaps there are."""
        self._framed = place, gaps
        self._write_frame()

    def _write_frame(self) -> None:
        """Write title, place and gaps into the upper border, with its line between them."""
        place, gaps = self._framed
        title = self.block.title if self.block else "Welcome"
        room = self.border_room
        rest = "".join(f" {each} " for each in (place, gaps) if each)
        title = fit(title, min(cell_len(title), max(room - cell_len(rest) - 1, 8)))
        left = f"{title}  {place}" if place else title
        line = "─" * (room - cell_len(left) - cell_len(gaps) - 2)
        if not gaps or not line:
            set_border_title(self, left)
            return
        colour = "$accent" if self.has_pseudo_class("focus-within") else "$secondary 45%"
        told = Content.assemble(literal(f"{left} "), literal(line, f"not bold {colour}"), literal(f" {gaps}"))
        set_border_title(self, told)

    def _show_main(self) -> None:
        main, canvas, drawn = self._table, self._canvas, self.drawn
        had_focus = main.has_focus or canvas.has_focus
        main.only = -1
        main.display, canvas.display = drawn is None, drawn is not None
        self._mark_what_is_shown()
        self.query_one("#views").set_class(drawn is not None, "drawn")
        if drawn:
            canvas.paint(drawn.art(self.live))
        else:
            table = self.view.table(self.live) if self.view else _NOTHING
            main.show(self._as_open(with_signs(self.live, replace(table, roomy=self.roomy))))
        if had_focus and not self.main.has_focus:
            self.main.focus()

    def _mark_what_is_shown(self) -> None:
        """Tell the screen which of table and picture gets the keys where nothing has them."""
        for each in (self._table, self._canvas):
            each.set_class(each.display, IN_FRONT, update=False)

    def _as_open(self, table: Table) -> Table:
        return table.closed() if self.live.closed else table

    def _show_above(self) -> None:
        prompts, head = self.query_one("#prompts", Static), self.query_one("#head", Static)
        seen = self.block and shows(Block, "notes", self.live.audience)
        prompts.display = self.has_prompts and self.live.audience != CUSTOMER
        told = (self.block.notes if self.block and seen else "") or "No prompts for this block."
        set_text(prompts, told if prompts.display else "")
        text = filled(self._head(), partial(key_of, self.main))
        if head.display is not bool(text):  # which leaves another height for table and card
            self.call_after_refresh(self.place_card)
        head.display = bool(text)
        chips = self.view.chips(self.live) if self.view and not self.roomy else ()
        query = self.listing.table_query
        self.query_one(FilterChips).show(chips, query.wanted.strip() if query else "")
        self.set_class(bool(chips), "chipped")
        self.set_class(bool(self.view and self.view.by_cell), "by-cell")
        set_text(head, text, "bold")

    def _head(self) -> str:
        head = self.view.head(self.live) if self.view else ""
        text = " · ".join(filter(None, (head, self._told_keys(), self._told_marks())))
        if not (self.view and (count := len(self.view.subjects(self.live)))):
            return text
        return f"[ {self.view.number(self.live) + 1} of {count} ]  {text}"

    def _told_keys(self) -> str:
        """Say what the keys do with the line that is read back, where there is one under the cursor."""
        row, view = self.main.current, self.view
        if not (view and row and view.confirms) or self.live.closed:
            return ""
        has_menu = bool(view.row_actions(self.live, row.id))
        return keys_told(row, view.large_column, is_alone=self._is_alone, has_menu=has_menu)

    @property
    def _is_alone(self) -> bool:
        """Whether the row under the cursor stands alone in large type."""
        row, view = self.main.current, self.view
        return self.staged == "headline" and bool(view and row and view.large(self.live, row.id))

    def _told_marks(self) -> str:
        """Say in plain sight that what is marked is acted on, wherever the cursor stands."""
        marked, seen = (
            self.listing.table_query.marked if self.listing.table_query else set(),
            len(self.marked),
        )
        hidden = sum(entity_at(self.live.view, row) is not None for row in marked.difference(self.marked))
        told = f"{seen} marked: what is set or done goes for {'them' if seen > 1 else 'it'}" if seen else ""
        filtered = f"{hidden} marked {'is' if hidden == 1 else 'are'} hidden by the filter" if hidden else ""
        return ", ".join(filter(None, (told, filtered)))

    def _show_large(self) -> None:
        """Show in large type what the cursor is on, where the view has anything to be read from afar."""
        row = self.main.current
        large = self.view.large(self.live, row.id) if self.view and row else None
        large = with_note(self.live, large, row.id) if large and row else large
        is_low = 0 < self.size.height < SHORT  # 0 before it is laid out
        is_alone = self.staged == "headline" and large is not None
        self.query_one(HeadlineText).show(large, roomy=self.roomy or not is_low, alone=is_alone)
        self._show_alone(is_alone=is_alone)
        self.set_class(is_low, "low")
        self.set_class(bool(self.view and self.view.dense), "dense")
        self.set_class(large is not None, "large")

    @property
    def staged(self) -> str:
        """What of the view stands alone now, before the customer or in the focus; "" where its table does."""
        is_before_all = self.roomy or self.live.audience == CUSTOMER
        return self.view.staged if self.view and is_before_all else ""

    def _show_alone(self, *, is_alone: bool) -> None:
        """Have the rows give way to what stands alone: no list of what comes is read ahead."""
        main, row = self._table, self.main.current
        is_carded = self.staged == "card" and row is not None
        cells = " · ".join(cell.text for cell in row.cells) if row else ""
        line = "↑ ↓ one by one" if is_alone else cells if is_carded else None
        for name, is_on in (("staged", is_alone or is_carded), ("staged-card", is_carded)):
            self.set_class(is_on, name)
        main.only = self.view.large_column if is_alone and self.view else -1
        if main.one_line != line:
            main.one_line = line
            main.refresh()

    def edited_large(self) -> Region | None:
        """Return where the cell under the cursor stands in large type, if it is edited there."""
        headline, main, view = self.query_one(HeadlineText), self.main, self.view
        is_there = headline.display and main.current and not main.current.placeholder
        return headline.edited() if is_there and view and main.col == view.large_column else None

    def _show_card(self) -> None:
        card, row = self._card, self.main.current
        table = self._card_of(self.view, row.id) if self.view and row else None
        self._is_carded = table is not None
        self.place_card()
        if table:
            card.show(self._as_open(table))
            if self.block and self._carded != self.block.id:
                self._carded = self.block.id
                card.action_end(-1)
            entity = entity_at(self.live.view, self.at_cursor)
            name = self.live.view.name_of(type(entity), *entity.key) if entity else ""
            to = f" · sets {len(self.marked)} marked" if self.marked else ""
            set_border_title(card, name.partition("\n")[0] + to)

    def place_card(self) -> None:
        """Put the card where the table doesn't suffer: beside it, else beneath, else away until asked for."""
        views, main, card = self.query_one("#views"), self.main, self._card
        width, height = self.content_size.width, views.size.height
        is_drawn, is_low = self.drawn is not None, self.size.height < SHORT
        beside = width >= BESIDE if is_drawn else main.keeps_all_in(width - CARD)
        left = height - (height if is_drawn else main.height_in(width))
        is_large = self.has_class("large")
        is_dense = is_low or bool(self.view and self.view.dense)
        has_room = beside or not is_dense or is_large or left > CARD_LINES
        has_room = has_room and not (self.view and self.view.has_quiet_card)
        is_wanted = has_room if self.has_card is None else self.has_card
        if self.is_full or self.has_class("staged"):  # the card may be what stands alone
            is_wanted = self.has_class("staged-card") or self.has_card_beneath
        card.display = self._is_carded and is_wanted
        self.set_class(card.display, "carded")
        views.set_class(beside and card.display, "beside")
        lines = PICTURED if is_drawn else min(max(left, CARD_LINES), max(height - LEAST, 4))
        wanted = Scalar.parse("1fr" if beside else str(4 if is_low and (is_drawn or is_large) else lines))
        if card.styles.height != wanted:
            card.styles.height = wanted

    @property
    def is_full(self) -> bool:
        """Whether there is room for the card only where it is asked for: in the focus, or by prompts."""
        return self.roomy or (self.has_prompts and self.has_class("large", "low"))

    @property
    def is_carded(self) -> bool:
        """Whether the row under the cursor has a card, shown or not."""
        row = self.main.current
        return bool(self.view and row and self.view.card(self.live, row.id))

    @property
    def has_cards(self) -> bool:
        """Whether any row of the view has a card."""
        view, rows = self.view, (row for row in self.main.table.rows if not (row.placeholder or row.heading))
        return view is not None and any(view.card(self.live, row.id) for row in rows)

    def _card_of(self, view: View, name: str) -> Table | None:
        """Return the card of a row; while rows are marked, what is set in it is set in those."""
        cards = {row: card for row in {name, *self.marked} if (card := view.card(self.live, row))}
        marked = [row for row in self.marked if row in cards]
        if name not in cards or not marked:
            return cards.get(name)
        return card_together(cards, name, marked, view.called)

    def show_face(self, now: Running | None) -> None:
        """Show large figures in the break, and in the focus those of the clock, if it may be shown."""
        large = self.query_one(ClockFace)
        rests = self.block is not None and self.block.kind is BlockKind.BREAK
        timed = self.live.view.get(Block, now.block) if now and not rests else self.block
        large.display = rests or bool(self.roomy and now and self._has_room_for_face)
        self.set_class(rests, "rests")
        if timed and large.display:
            large.face = face(self.live, timed, now)

    @property
    def _has_room_for_face(self) -> bool:
        """Whether beneath the figures the block can still be read."""
        return self.content_size.height - self.query_one("#head").region.height - FACE >= LEAST

    def open_view(self, number: int) -> None:
        """Open another view of the block."""
        if not self.block or number >= len(self.views):
            self.tell(f"There is no view {number + 1} here: {key_of(self, 'views')} shows which there are.")
            return
        name = self.at_cursor
        self._open[self.block.id, self.block.kind] = self.views[number]
        self.show(self.block)
        self.go_to(name)
        self.main.focus()

    def choose(self, block: Block | None, number: int, row: str = "") -> bool:
        """Have a view of a block open once that is shown, on a row; whether the audience may look at it."""
        views = self.views_of(block) if block else ()
        if block and number < len(views):
            self._open[block.id, block.kind] = views[number]
            if row:
                self._rows[views[number]] = views[number].reveal(self.live, row)
                self._begun.add((block.id, block.kind))
        return number < len(views)

    def left_in(self, block: Block) -> tuple[int, str] | None:
        """Return which view of a block was open before what is shown over it, on which row; None for none."""
        views, view = self.views_of(block), self._open.get((block.id, block.kind))
        return (views.index(view), self._rows.get(view, "")) if view in views else None

    def choose_view(self) -> None:
        """Show the views, and open the one whose digit comes next."""
        self.query_one(ViewsLine).wait(tuple(view.title for view in self.views), self.number)

    @property
    def border_room(self) -> int:
        """Cells for what its border says."""
        return self.outer_size.width - _CORNERS

    @property
    def at_cursor(self) -> str:
        """What the cursor is on, as every view of the block calls it; empty for nothing."""
        row, view = self.main.current, self.view
        return view.at_cursor(self.live, row.id) if row and view and not row.placeholder else ""

    @property
    def has_fallen(self) -> bool:
        """Whether the cursor stands where it was not put, as the row on which it was left isn't there."""
        return self.main.current is not None and self.main.current.id == self._fell_on

    def removable(self, row: str) -> tuple[str, ...]:
        """Return what `x` takes out: the marked rows, else this one or what its cell holds."""
        if (view := self.view) is None:
            return ()
        kinds = (view.kind,) if view.removes is None else view.removes
        names = self.marked or (view.taken_out(self.live, row),)
        return tuple(name for name in names if isinstance(entity_at(self.live.view, name), kinds))

    def added_by(self, pane: Sheet) -> str:
        """Return what `a` in a pane adds, where one would not guess it; empty for a row like all there."""
        view, line, main = self.view, self.main.next_placeholder, self.main
        kinds = 1 if view is None or view.removes is None else len(view.removes)
        row = pane.current if pane.current and pane.current.placeholder else None
        row = row if row or line is None else main.table.rows[line]
        is_like_all = pane is main and kinds <= 1
        return "" if row is None or is_like_all or not row.cells[0].edit else _named(row.cells[0].edit)

    def go_to(self, name: str) -> None:
        """Put the cursor on a row, if the open view has it, once the view shows what hides it."""
        if view := self.view:
            before, row_id = view.state(self.live), view.reveal(self.live, name)
            if view.state(self.live) != before:
                self.show(self.block)
            if any(row.id == row_id for row in self.main.table.rows):
                self.main.go_to(row_id)

    def go_to_words(self, name: str) -> None:
        """Put the cursor on the words of a row that a line leads to: the next Enter isn't to tick it."""
        self.go_to(name)
        cols = self.main.table.cols
        if cols and cols[0].heading == TICK:
            self.main.go_to("", getattr(cols[1], "name", ""))

    def go_to_one(self, names: Sequence[str]) -> None:
        """Put the cursor on the first of these that a row of the table stands for, unless it is on one."""
        view, rows = self.view, self.main.table.rows
        if view is None or _own(self.at_cursor) in names:
            return
        called = {
            _own(view.at_cursor(self.live, row.id)): row.id for row in reversed(rows) if not row.placeholder
        }
        if found := next((called[name] for name in names if name in called), ""):
            self.main.go_to(found)

    def announce(self, name: str, told: str) -> None:
        """Say in the border what has come in, and show its row as fresh; the cursor goes nowhere."""
        if told:
            self.tell(f"✓ {told}   {key_of(self, 'undo')} undoes")
        self.main.freshen(name)

    def go_to_cell(self, place: str) -> bool:
        """Go to where something is edited, in the table or on the card of its row; whether it is there."""
        if self.live.closed:
            return False
        if self.main.go_to_edit({place}):
            return True
        card, had_card = self._card, self.has_card
        self.has_card = True
        self._show_card()
        if is_there := card.display and card.go_to_edit({place}):
            card.focus()
        else:
            self.has_card = had_card
            self._show_card()
        return is_there

    def step_subject(self, by: int) -> None:
        """Step to the next person or question."""
        if not (self.view and self.view.subjects(self.live)):
            self.tell("There is no next person or question here.")
        else:
            row = self.view.step(self.live, self.at_cursor, by)
            self.show(self.block)
            self.main.go_to(row)

    @on(Canvas.Pressed)
    def _pressed(self, event: Canvas.Pressed) -> None:
        """Do what a key of a picture means: one Step, or another look at the same people."""
        event.stop()
        if self.drawn is None:
            return
        try:
            build = self.drawn.press(self.live, event.row, event.what, event.way)
            if build and (step := self.live.commit(build)):
                told = ": ".join(filter(None, (self.live.words((step,)), moved(self.live.view, step))))
                self.tell(f"{told}, {key_of(self, 'undo')} undoes")
            elif event.what == "take":
                drop, cancel = key("canvas.drop"), key("canvas.cancel")
                self.tell(f"{drop} on another person puts this one under them; {cancel} lets go.")
            elif event.what == "cancel":
                self.tell("Let go: nothing has changed.")
        except Refused as refused:
            self.notify(str(refused), severity="error", markup=False)
        self.show(self.block)

    @on(Canvas.Sought)
    def _sought(self, event: Canvas.Sought) -> None:
        event.stop()
        if self.drawn:
            self.go_to(found := self.drawn.find(self.live, event.text))
            is_none = bool(event.text.strip()) and not found
            self._canvas.none_found(self.drawn.none_found.format(event.text.strip()) if is_none else "")

    @on(Sheet.Asked, "#canvas")
    def _asked(self, event: Sheet.Asked) -> None:
        """Go to the card, where the picture itself has nothing to change."""
        leads = self.view is not None and self.view.leads(self.live, event.row.id)
        if event.what == "edit" and event.row.id and not leads:
            event.stop()
            self.has_card = True
            self._show_card()
            self._card.focus()

    @on(Sheet.Moved, "#main")
    @on(Sheet.Moved, "#canvas")
    @on(Sheet.Crossed)
    def _moved(self, event: Sheet.Moved | Sheet.Crossed) -> None:
        view = self.view
        if isinstance(event, Sheet.Moved):
            self.listing.moved_to(event.row.id)
        if view and (view.by_cell or isinstance(event, Sheet.Moved)):
            self.call_after_refresh(self._follow)  # the cursor first

    def _follow(self) -> None:
        """Let what stands above and beneath the table follow the cursor."""
        if self.view and self.view.by_cell:
            self.view.column = self.main.col
        if self.view and (self.view.by_cell or self.view.confirms):
            self._show_above()
        self._show_large()
        self._show_card()
        self._tell_place()

    def _tell_place(self) -> None:
        """Have the room's window shown what is looked at here."""
        view = self.views[self.number] if self.views else None
        at = view and LookedAt(view.name, view.subject, view.pointed_at(self.live, self.at_cursor))
        self.live.look_at(at or LookedAt())

    @on(Input.Changed, "#filter")
    def _sought_rows(self, event: Input.Changed) -> None:
        event.stop()
        self.listing.seek(event.value)

    @on(FilterLine.Left)
    def _filtered(self, event: FilterLine.Left) -> None:
        if not event.kept:
            self.listing.seek("")
        self.main.focus()

    # What the focused cell answers

    @on(Sheet.Crossed)
    @on(Sheet.Moved)
    def _crossed(self) -> None:
        self.hint()

    def on_descendant_blur(self) -> None:
        """Tell no keys of a cell that is left."""
        self.call_after_refresh(self.hint)

    @property
    def _now(self) -> tuple[str, str, int]:
        return self.live.audience, self.block.id if self.block else "", self.number

    def tell(self, text: str, pane: Sheet | None = None) -> None:
        """Say in the border for a while what a key has done, or why it does nothing there.

        It stands in the border of the pane in which the key was pressed, where that is another one.
        """
        if self._telling:
            self._telling.stop()
        self._then = None
        self._tell_in(pane if pane and self not in pane.ancestors else None)
        text = in_border(filled(text, partial(key_of, self.main)), (pane or self).outer_size.width - _CORNERS)
        self._told, self._telling = (*self._now, text), self.set_timer(TOLD, self._hush)
        self._told_at = monotonic()
        if self._told_in:
            self._told_in.border_subtitle = literal(text)
        self.hint()

    def tell_what_enter_does(self, text: str, then: Callable[[], None]) -> None:
        """Say in the border, till the next key, what Enter does in the place of what it means."""
        self.tell(text)
        self._then = then
        if self._telling:
            self._telling.stop()

    def is_led(self) -> bool:
        """Do what the border said that Enter does, which it was pressed for; whether it said anything."""
        then, self._leads = self._leads, None
        if then:
            then()
        return then is not None

    def _tell_in(self, pane: Sheet | None) -> None:
        """Say in this pane what is said next, and no longer what was said in another one."""
        if self._told_in and self._told_in.is_attached:
            self._told_in.border_subtitle = ""
        self._told_in = pane

    @property
    def is_telling(self) -> bool:
        """Whether the border says what a key has done, for a while yet."""
        return bool(self._told[3]) and self._told[:3] == self._now

    def _hush(self) -> None:
        self._told, self._then = ("", "", 0, ""), None
        self._tell_in(None)
        self.hint()

    def take_back_read(self) -> None:
        """Say no longer what was said before this key, if there was time to see it at all."""
        is_read = bool(self._told[3]) and monotonic() - self._told_at >= A_LOOK
        self._leads = self._then if is_read and self.is_telling else None
        if is_read:
            self._hush()

    def hint(self) -> None:
        """Tell in the border which keys set the focused cell, or what can be done with the table."""
        if not (self.is_attached and self.screen.is_current):  # the session may have been left by now
            return
        focused = self.screen.focused
        digits = isinstance(focused, Sheet) and focused.key_mode is Mode.BROWSE and not focused.takes_digits
        self.query_one("#tabs", Tabs).numbered = digits
        is_open = isinstance(focused, Sheet) and self in focused.ancestors and not self.live.closed
        keys = focused.keys if isinstance(focused, Sheet) and is_open else {}
        told = " · ".join(key if key == c.text else f"{key} {c.text}" for key, c in keys.items())
        takes = isinstance(focused, Sheet) and focused.table.takes_values
        if isinstance(focused, Sheet) and takes and (edit := focused.current_cell.edit) and edit.counts:
            told = _told_keys(focused, COUNT_KEYS)
        if isinstance(focused, Sheet) and self in focused.ancestors and focused.is_on_draft:
            told = UNSAVED if is_open else NOT_SAVED
        if not told and focused is self.main and self.listing.table_query:
            told = _told_keys(focused, TABLE_KEYS)
        told = filled(
            self._with_legend(told_at(self.live, self.at_cursor) or told), partial(key_of, self.main)
        )
        if self._told_in and self._told[:3] != self._now:
            self._tell_in(None)
        told = self._told[3] if self._told[:3] == self._now and not self._told_in else told
        if self.border_subtitle != literal(told).markup:
            self.border_subtitle = literal(told)
            self.refresh_bindings()  # what sets a value here is no command now

    @property
    def legend(self) -> str:
        """What the shortest headings of the open view stand for; empty where all are words."""
        return filled(self.view.legend(self.live), partial(key_of, self.main)) if self.view else ""

    def _with_legend(self, told: str) -> str:
        """Return what the border tells, behind what the headings stand for where there is room for both."""
        both = "   ".join(filter(None, (self.legend, told)))
        return both if cell_len(both) <= self.border_room else told

    @on(Click, "#tabs")
    def _tab_clicked(self, event: Click) -> None:
        number = self.query_one(Tabs).at(event.x)
        if number is not None:
            self.open_view(number)

    @on(Room.Resized)
    def _room_resized(self, event: Room.Resized) -> None:
        event.stop()
        self.place_card()

    def on_resize(self) -> None:
        """Put the card beside the table where there is room."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self.is_attached:
            self.place_card()
            self._write_frame()


def _line_near(rows: Sequence[Row], at: int) -> str:
    """Return the next row behind one, else the next before it, that is no heading and for no new row."""
    ahead, behind = rows[at:], rows[at::-1]
    lines = (row.id for row in (*ahead, *behind) if not (row.heading or row.placeholder))
    return next(lines, "")


def _own(name: str) -> str:
    """Return the row of what a line is about."""
    return str(replace(RowId.parse(name), line=()))


def _named(edit: Edit) -> str:
    """Return what an edit brings in, without what it asks first."""
    return edit.title.partition(":")[0]


def _told_keys(node: Sheet, commands: Iterable[tuple[str, str]]) -> str:
    return " · ".join(f"{key_of(node, name)} {does}" for name, does in commands)


_NOTHING = Table(empty=CLOSED)
