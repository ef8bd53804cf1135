"""A view: one table of a stage, with a card for the row under the cursor. Pure: no widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.capture.rows import PREFIXES
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.audience import shows, shows_kind
from workshop_tui.domain.plan.order import move_row
from workshop_tui.domain.plan.plan import KIND, AccountPlan
from workshop_tui.domain.plan.step import Changes
from workshop_tui.domain.rules.people import still_here
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.views.cell import Cell, Col, Edit, Plain, RowAction
from workshop_tui.views.fields import cell, new_row, visible_cols
from workshop_tui.views.headline import Headline
from workshop_tui.views.keys import key
from workshop_tui.views.query import TableQuery
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

CLOSED = "Nothing here yet."
"""Said to whoever looks, the customer too: not that anything is kept from them."""


def row_id(row: Entity) -> str:
    """Return the id of an entity's row."""
    return str(RowId.of(row))


def entity_at(view: AccountPlan, name: str) -> Entity | None:
    """Return the entity a row stands for; None for headings, lines of a card, lines for new rows, figures."""
    at = RowId.parse(name)
    return view.get(KIND[at.kind], *at.key) if at.kind in KIND and not at.line else None


class View:
    """One table of a stage. Subclasses say which rows and columns; the rest is worked out."""

    title: str = ""
    kind: ClassVar[type[Entity]]
    empty: str = "Nothing yet."
    """What is said where there are no rows."""
    invite: str = f"press {key('sheet.add')} to add."
    """What to do about that; "" where nothing is."""
    start: ClassVar[int] = 0
    """The column on which the cursor begins."""
    removes: ClassVar[tuple[type[Entity], ...] | None] = None
    """The kinds of rows that are taken out here; None for its own kind, () where rows come from elsewhere."""
    ordered: ClassVar[bool] = False
    """Whether people put its rows in order by hand."""

    by_cell: ClassVar[bool] = False
    """Whether head and card are about the cell under the cursor rather than its row."""
    large_column: ClassVar[int] = -1
    """The column whose cell is edited where it stands in large type; −1 for none."""
    staged: ClassVar[str] = ""
    """What stands alone before the room, as rows go by one at a time: headline or card; "" for the table."""
    confirms: ClassVar[bool] = False
    """Whether its rows are read back: each is confirmed, by the tick in its first column, from any cell."""
    has_quiet_card: ClassVar[bool] = False
    """Whether its card is away until it is asked for, as only some of its rows have one."""
    dense: ClassVar[bool] = False
    """Whether no line is left empty around it in a low terminal, as all of it is to be on one page."""
    called: ClassVar[str] = "rows"
    """What several of its rows are called, where they can be marked."""
    sought: ClassVar[str] = ""
    """By which words its rows are filtered, where they can be."""
    tells_clock: ClassVar[bool] = False
    """Whether something else stands in it with each minute of the clock."""
    comes_in: ClassVar[bool] = False
    """Whether rows of its kind come in by changing a line, without one for a new row."""

    def __init__(self) -> None:
        """Start with the first of what can be stepped through, in the first column."""
        self._subject = ""
        self.column = 0

    @property
    def name(self) -> str:
        """By which another screen knows it among the views of its block."""
        return type(self).__name__

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Return the columns, those the audience may not see included."""
        return ()

    def rows(self, live: LivePlan) -> Iterable[Entity]:
        """Return the entities, one a row."""
        return live.view.all(self.kind)

    def card_cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Return the fields of the card beside the table; none for no card."""
        return ()

    def placeholder(self, _live: LivePlan) -> Edit | None:
        """Return how a new row comes in; None where rows come from elsewhere."""
        return None

    def head(self, _live: LivePlan) -> str:
        """Return a line above the table."""
        return ""

    def legend(self, _live: LivePlan) -> str:
        """Return what its shortest headings stand for; empty where all are words."""
        return ""

    def large(self, _live: LivePlan, _name: str) -> Headline | None:
        """Return what stands in large type above the table, for the row under the cursor."""
        return None

    def at_cursor(self, _live: LivePlan, name: str) -> str:
        """Return what the row under the cursor, or its cell, is called in other views."""
        return name

    def taken_out(self, live: LivePlan, name: str) -> str:
        """Return what `x` on a row takes out, as every view calls it."""
        return self.at_cursor(live, name)

    def why_it_stays(self, _live: LivePlan, _name: str) -> str:
        """Return why `x` on a row takes nothing out."""
        return "Nothing can be removed here: remove a row where it was added."

    def called_at(self, live: LivePlan, name: str) -> str:
        """Return what the room calls what a row stands for."""
        row = entity_at(live.view, name)
        return live.view.name_of(type(row), *row.key) if row else ""

    def pointed_at(self, _live: LivePlan, name: str) -> str:
        """Return what the room's window is told that the cursor is on, as its audience can find it."""
        return name

    def reveal(self, _live: LivePlan, name: str) -> str:
        """Make sure that what another view calls so is shown; return the row it stands in here."""
        return name

    def step(self, live: LivePlan, name: str, by: int) -> str:
        """Step to another subject from what the cursor is on; return the row to go on with."""
        subjects = self.subjects(live)
        self._subject = subjects[(self.number(live) + by) % len(subjects)] if subjects else ""
        return name

    @property
    def subject(self) -> str:
        """The id of the subject that was shown last; "" while none was."""
        return self._subject

    def turn_to(self, live: LivePlan, subject: str) -> None:
        """Turn to a subject, if there is one of this id for the audience."""
        if subject in self.subjects(live):
            self._subject = subject

    def state(self, _live: LivePlan) -> object:
        """Return what is shown besides the plan."""
        return self._subject

    def subjects(self, _live: LivePlan) -> Sequence[str]:
        """Return the ids of what the keys [ and ] step through; () for nothing."""
        return ()

    def number(self, live: LivePlan) -> int:
        """Return where in its order the subject stands that was shown last; 0 where it is gone.

        It is kept by its id: others come in before it meanwhile, from another keyboard too.
        """
        subjects = self.subjects(live)
        if self._subject not in subjects:
            self._subject = subjects[0] if subjects else ""
        return subjects.index(self._subject) if subjects else 0

    def table_query(self, _live: LivePlan) -> TableQuery | None:
        """Return how this audience sorts, filters and marks the rows; None where they come as they are."""
        return None

    def chips(self, _live: LivePlan) -> tuple[tuple[str, int], ...]:
        """Return (word, how many rows) of what the rows can be filtered by besides what stands in them."""
        return ()

    def why_not(self, _live: LivePlan, _name: str) -> str:
        """Return why a cell of a row can't be changed where it stands."""
        return "This is worked out: change what it comes from."

    def enter(self, _live: LivePlan, _name: str, _column: int) -> bool:
        """Do what Enter on a row, and its column, means in the view itself; whether it means anything."""
        return False

    def leads(self, _live: LivePlan, _name: str) -> bool:
        """Whether Enter on something in a picture leads elsewhere, rather than to its card."""
        return False

    def widen(self, _live: LivePlan) -> bool:
        """Show all again, where the view was narrowed; whether it was."""
        return False

    def row_actions(self, _live: LivePlan, _name: str) -> tuple[RowAction, ...]:
        """Return what can be done with a row besides changing its cells."""
        return ()

    def shift(self, live: LivePlan, name: str, by: int) -> Changes:
        """Return the changes that put a row so many places further down; () where rows have no order."""
        row = entity_at(live.view, name)
        rows = tuple(self.rows(live))
        return move_row(rows, row, by) if self.ordered and row in rows else ()

    def is_open(self, live: LivePlan) -> bool:
        """Whether this audience may see the view at all."""
        return shows_kind(self.kind, live.audience)

    def table(self, live: LivePlan) -> Table:
        """Return what the sheet shows; to whom the view is closed, nothing."""
        return self.content(live) if self.is_open(live) else Table(empty=CLOSED)

    def content(self, live: LivePlan) -> Table:
        """Return what the sheet shows to those to whom the view is open."""
        cols = visible_cols(self.cols(live), live.audience)
        rows = (*self.lines(live, cols), *self._placeholder_row(live))
        ticks = 0 if self.confirms else -1
        return Table(cols, rows, self.empty, self.invite, start=self.start, ticks=ticks)

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the rows as cells."""
        return (line(live, row, cols) for row in self.rows(live))

    def _placeholder_row(self, live: LivePlan) -> Iterable[Row]:
        edit = self.placeholder(live)
        return (placeholder_row(RowId.new(), edit),) if edit else ()

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return the form for the row under the cursor."""
        row = self.card_row(live, name)
        cols = visible_cols(self.card_cols(live), live.audience)
        return form(live, row, cols) if row and cols else None

    def card_row(self, live: LivePlan, name: str) -> Entity | None:
        """Return the entity whose fields the card shows."""
        return entity_at(live.view, name)


class ClosedView(View):
    """Stands in the place of a view that is closed to who looks: no head, no card, nothing to be done."""

    removes: ClassVar[tuple[type[Entity], ...] | None] = ()

    def is_open(self, _live: LivePlan) -> bool:
        """To nobody."""
        return False


def as_seen(view: View, live: LivePlan) -> View:
    """Return a view as this audience may look at it."""
    return view if view.is_open(live) else ClosedView()


def line(live: LivePlan, row: Entity, cols: Iterable[Col]) -> Row:
    """Return one entity as a row."""
    view, context = live.view, live.context
    return Row(row_id(row), tuple(cell(view, row, col, context) for col in cols))


def heading_row(heading: str, *over: str) -> Row:
    """Return a heading, which goes by what it stands over, or else by its words."""
    return Row(str(RowId.heading(*over or (heading,))), heading=heading)


def part_row(heading: str, *over: str) -> Row:
    """Return a heading on which the cursor stops: Enter narrows the table to what is beneath it."""
    return replace(heading_row(heading, *over), picks=True)


def placeholder_row(at: RowId, edit: Edit) -> Row:
    """Return the line on which a new row comes in."""
    return Row(str(at), (Cell(f"+ {edit.title}", "muted", edit),), placeholder=True)


FORM = (Plain(width=18, wrap=True), Plain(width=18, grow=1, wrap=True))


def form(live: LivePlan, row: Entity, cols: Iterable[Col]) -> Table:
    """Return an entity as a form: a line a field."""
    return Table(FORM, tuple(form_row(live, row, col) for col in cols), form=True)


def form_row(live: LivePlan, row: Entity, col: Col) -> Row:
    """Return one field as a line of a form; its id tells it from the same field of another row."""
    key = col.key(row) if col.key else row.key
    name = RowId.of(row).field(col.kind, key, col.name)
    return Row(str(name), (Cell(col.heading, "muted"), cell(live.view, row, col, live.context, lines=True)))


def firm_rows(live: LivePlan) -> tuple[Row, ...]:
    """Return what each firm goes by in headings, beside its whole name: for us, to be changed."""
    if live.audience == CUSTOMER:
        return ()
    rows = (form_row(live, firm, Col(Party, "short", title=firm.name)) for firm in live.view.partners)
    return (heading_row("Firms in headings"), *rows)


def sections(cols: tuple[Plain, ...], found: Mapping[str, Iterable[Row]]) -> Table:
    """Return a form of several parts under their headings; one in which there is nothing is left out."""
    parts = ((heading, tuple(rows)) for heading, rows in found.items())
    rows = (row for heading, part in parts if part for row in (heading_row(heading), *part))
    return Table(cols, tuple(rows), form=True)


def drift_cell(by: int) -> Cell:
    """Return how far a sentiment has moved, by sign, arrow and tone."""
    if not by:
        return Cell("·", "muted")
    return Cell(f"▲ +{by}" if by > 0 else f"▼ −{-by}", "good" if by > 0 else "bad")


def new_row_edit(
    live: LivePlan, kind: type[Entity], name: str, title: str = "", **given: str | float | bool | None
) -> Edit:
    """Return how a new row of a kind comes in: by what is typed for one of its fields."""
    return new_row(kind, name, new_id(), live.context, given, title=title)


def fields_of(kind: type[Entity], *names: str) -> tuple[Col, ...]:
    """Return fields of the row itself, as on a card."""
    return tuple(Col(kind, name) for name in names)


def people_here(live: LivePlan) -> tuple[Stakeholder, ...]:
    """Return the customer's people who have not left by today, in their order."""
    found: tuple[Stakeholder, ...] | None = live.view.memo.get(("here", live.today))
    if found is None:
        found = live.view.memo["here", live.today] = still_here(live.view.all(Stakeholder), live.today)
    return found


def shown_to(live: LivePlan, kind: type[Entity], name: str) -> bool:
    """Whether this audience may see a field."""
    return shows(kind, name, live.audience)


KeyOf = Callable[[Entity], tuple[str, ...]]


def where_added(live: LivePlan, view: View, views: Sequence[View]) -> str:
    """Return in a sentence where rows come in that a view shows and none is added in; "" where nowhere."""
    kind: type[Entity] | None = getattr(view, "kind", None)
    alike = (
        (n, other)
        for n, other in enumerate(views, 1)
        if kind and other is not view and getattr(other, "kind", None) is kind
    )
    takes = (
        n for n, other in alike if other.comes_in or any(row.placeholder for row in other.table(live).rows)
    )
    there = next(takes, 0)
    letter = next((letter for letter, made in PREFIXES.items() if made is kind), "")
    ways = (
        f"in view {there}, {views[there - 1].title}" if there else "",
        f"by {key('capture')} and «{letter}: …»" if letter else "",
    )
    told = ", or ".join(filter(None, ways))
    return f"Nothing is added here, but {told}." if told else ""
