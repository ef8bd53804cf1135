"""What sheets are made of: columns, cells, and how a cell is changed. Light: no entity is imported."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len

if TYPE_CHECKING:
    from workshop_tui.domain.base.entity import Entity, Json, Key
    from workshop_tui.domain.plan.plan import AccountPlan
    from workshop_tui.domain.plan.step import Changes

    Build = Callable[[AccountPlan, Json], Changes]

TICK = "✓"
GAP = 2
"""Cells between two columns, as a rule."""
RAISE, LOWER = "+1", "-1"


class Choice(Struct, frozen=True):
    """One of few values: a key that picks it at once, what it is called, what it means."""

    value: Json
    text: str
    key: str = ""
    meaning: str = ""
    brings: tuple[Entity, ...] = ()
    """Rows that come in with it: whom it names has not been there yet."""
    group: str = ""
    """What it stands under in a list, as people of two sides do; "" where there is but one kind."""


class Edit(Struct, frozen=True):
    """How a cell is changed. `build` makes changes out of the whole plan and the new value."""

    title: str
    place: str
    """Where a draft of it is kept; "" for an edit of several rows, which keeps none."""
    text: str
    build: Build
    choices: tuple[Choice, ...] = ()
    of: str = ""
    """What is chosen, as in «team member»: only what stands in the list, even if nothing does yet.

    «person» is one of either side.
    """
    proposes: str = ""
    """Which choice is marked first, where none of them holds yet: Enter takes it."""
    adds: Callable[[str], tuple[Choice, ...]] | None = None
    """What can come in under a name that nothing in the list has."""
    hint: Callable[[str], str] | None = None
    """Tells what a typed value is understood as; raises Refused or ValueError with a sentence."""
    multiline: bool = False
    toggles: bool = False
    is_listed_only: bool = False
    """No key sets it without its list, as much hangs on it."""
    told: str = ""
    """What is said once it is done by a key, where before and after in signs wouldn't say it."""
    goes_on: str = ""
    """How one goes on to the next, said where a key has put another value in the place of one."""
    counts: bool = False
    """`build` takes RAISE and LOWER too: one more or one less than there is by then."""
    again: bool = False
    """After this one, edit the next new row."""
    then: str = ""
    """The row to go on with once it is done; empty for this one."""
    sets: tuple[type[Entity], str] | None = None
    """The kind and the field of the row that it sets; None when that is no cell of the row."""
    makes: str = ""
    """The id of the row that comes in with it; empty when it changes one that is there."""
    whole: bool = False
    """Only a finished value counts, as for dates and numbers: half of one is another one."""
    must: bool = False
    """It has to be answered: Enter on an empty line is refused rather than nothing."""
    parts: tuple[Edit, ...] = ()
    """Of the marked rows, those that it does for all of them."""
    own_place: str = ""
    """Where a draft of the row under the cursor is kept, while it is for the marked rows."""
    alone: Edit | None = None
    """What it would be for the row under the cursor, which is none of the marked ones that it is for."""
    follow: Callable[[Json], Edit | None] | None = None
    """What is asked first when a value is chosen, as a drop's reason; or next, when a typed one is kept."""
    later: bool = False
    """It may wait, as the value is taken without it: whoever goes on through a row is asked behind it."""

    @property
    def is_typed_over(self) -> bool:
        """Whether what is typed takes the place of what is there: one behind half of another is neither."""
        return self.counts or self.whole

    @property
    def chooses(self) -> bool:
        """Whether a value is chosen rather than typed."""
        return bool(self.choices or self.of)


class RowAction(Struct, frozen=True):
    """Something that can be done with a row: a key, what it is called, and the change it makes or asks for.

    An edit that toggles is done at once; any other asks for its value in the editor first.
    """

    key: str
    text: str
    edit: Edit
    told: str = ""
    """What is said once it is done, where the row itself doesn't show it."""


def by_key(edit: Edit | None) -> dict[str, Choice]:
    """Return key → value for what a key sets without Enter: where there are so few that each has a key.

    «-» is left out: it lowers a figure, wherever the cursor is.
    """
    choices = edit.choices if edit and not edit.is_listed_only else ()
    return {c.key: c for c in choices if c.key != "-"} if all(c.key for c in choices) else {}


class Cell(Struct, frozen=True, eq=False, dict=True):
    """Text, its tone (muted, good, bad, warn, accent or plain) and how it changes, if it does."""

    text: str
    tone: str = ""
    how: Edit | Callable[[], Edit | None] | None = None
    """How it changes, or what tells so: of hundreds of cells that are shown hardly one is changed."""
    painted: Callable[[int], str] | None = None
    """What is shown in so many cells, where text that is cut or wrapped would be nothing: large figures."""

    brief: str = ""
    """What stands for the text where there is no room for all of it, as «DR» for a name; "" for nothing."""

    def __eq__(self, other: object) -> bool:
        """Whether it looks the same: what is worked out when asked for is made anew each time."""
        return isinstance(other, Cell) and self._look == other._look

    def __hash__(self) -> int:
        return hash(self._look)

    @property
    def _look(self) -> tuple[str, ...]:
        return self.text, self.tone, self.brief

    def within(self, width: int) -> str:
        """Return what is shown in so many cells."""
        if self.painted:
            return self.painted(width)
        return self.brief if self.brief and cell_len(self.text) > width else self.text

    def editing(self, change: Callable[[Edit], Edit | None]) -> Cell:
        """Return it with its edit changed, once that is asked for; what can't be changed stays so."""
        return replace(self, how=lambda: self.edit and change(self.edit))

    @cached_property
    def edit(self) -> Edit | None:
        """How it changes; worked out when first asked for."""
        return self.how() if callable(self.how) else self.how


class Column(Protocol):
    """What a sheet asks of a column: its heading, how wide it is, and what gives way."""

    @property
    def heading(self) -> str:
        """What stands above the column."""

    @property
    def short(self) -> str:
        """What stands above it where there is no room for the heading; "" for as much of that as fits."""

    @property
    def width(self) -> int:
        """Cells it takes at the least."""

    @property
    def grow(self) -> int:
        """Its share of the room that is left; 0 for none."""

    @property
    def wrap(self) -> bool:
        """Whether long text goes on in the next line rather than being cut."""

    @property
    def lines(self) -> int:
        """Lines that text takes at the most where it wraps; 0 for as many as it needs."""

    @property
    def since(self) -> int:
        """Cells of the whole table from which it is shown: with fewer, others need them more."""

    @property
    def drop(self) -> int:
        """The higher, the sooner it is left out where there is no room; 0 stays."""

    @property
    def gap(self) -> int:
        """Cells between it and the column before."""


class Plain(Struct, frozen=True):
    """A column of text that is no field of an entity."""

    heading: str = ""
    width: int = 10
    grow: int = 0
    wrap: bool = False
    drop: int = 0
    gap: int = GAP
    lines: int = 0
    since: int = 0
    short: str = ""


class Col(Struct, frozen=True, eq=False):
    """A column of a table, or a line of a form: one field of one kind of entity."""

    kind: type[Entity]
    name: str
    width: int = 10
    title: str = ""
    key: Callable[[Entity], Key] | None = None
    """Key of the row that holds the field, made from the row shown; None is the row itself."""
    grow: int = 0
    wrap: bool = False
    drop: int = 0
    gap: int = GAP
    sign: bool = False
    """Show the short sign of a word rather than the word."""
    lines: int = 0
    since: int = 0
    short: str = ""
    asked: bool = False
    """Somebody should fill this in: an empty cell says so."""
    known: bool = False
    """Its value is known from the place where the row stands, as under a heading: Tab passes it over."""

    def __eq__(self, other: object) -> bool:
        """Whether it shows the same field alike: what makes keys is made anew each time."""
        return isinstance(other, Col) and self._look == other._look

    def __hash__(self) -> int:
        return hash(self._look)

    @property
    def _look(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name != "key")

    @property
    def is_tick(self) -> bool:
        """Whether the cell says only that another row is there, as in «is present»."""
        return self.key is not None and self.name in self.kind.KEY

    @property
    def is_name(self) -> bool:
        """Whether the cell is what the row is called."""
        return self.key is None and self.name == self.kind.NAME_FIELD

    @property
    def heading(self) -> str:
        """What stands above the column: its own title, or the field's."""
        return self.title or self.kind.fields[self.name].title or self.name
