"""A picture of people, in cells: runs of text with their tones, and where each person stands. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct, field
from rich.cells import cell_len

from workshop_tui.views.cell import Cell, Edit
from workshop_tui.views.pictures.place import Place
from workshop_tui.views.table import Row

Way = tuple[int, int]
"""A direction as (columns, rows), each −1, 0 or 1."""

_ASIDE = 4
"""How much more a cell to the side counts than one ahead, where the next person is looked for."""
_TALL = 2
"""A cell is about twice as tall as it is wide."""


class Run(NamedTuple):
    """A piece of text of one tone that begins so many cells from the left."""

    x: int
    text: str
    tone: str = ""


class Picture(Struct, frozen=True):
    """Rows of runs from left to right that don't overlap, and where the people are in them."""

    rows: Sequence[Sequence[Run]] = ()
    items: Mapping[str, Place] = field(default_factory=dict)
    """Row id, as «Stakeholder/id», → its place in cells, in the order of Home to End."""
    width: int = 0
    pinned: int = 0
    """Rows at the top that stay when the others scroll."""
    above: Mapping[str, str] = field(default_factory=dict)
    """Row id → whom «up» leads to, where lines say so rather than distance."""
    in_columns: bool = False
    """Whether up and down lead to what stands in the same column alone."""

    @property
    def height(self) -> int:
        """How many rows it has."""
        return len(self.rows)

    def at(self, x: int, y: int) -> str:
        """Return whose place a cell is part of; "" for nobody's."""
        return next((name for name, place in self.items.items() if place.contains(x, y)), "")

    def runs(self, row: int, left: int, right: int) -> Iterator[Run]:
        """Yield the runs of a row that have anything in a span of columns."""
        if not 0 <= row < len(self.rows):
            return
        runs = self.rows[row]
        for run in runs[max(bisect_right(runs, left, key=attrgetter("x")) - 1, 0) :]:
            if run.x >= right:
                return
            if run.x + cell_len(run.text) > left:
                yield run

    def beyond(self, name: str, way: Way) -> str:
        """Return the nearest person in a direction, from whom lines lead there if any do; "" for nobody."""
        here = self.items.get(name)
        if here is None:
            return next(iter(self.items), "")
        if way == (0, -1) and name in self.above:
            return self.above[name]
        ahead = self.items
        if way == (0, 1) and self.above:
            ahead = {low: self.items[low] for low, high in self.above.items() if high == name} or ahead
        if way[1] and self.in_columns:
            ahead = {other: place for other, place in ahead.items() if place.x == here.x}
        far = {other: _far(here, place, way) for other, place in ahead.items() if _is_ahead(here, place, way)}
        return min(far, key=far.__getitem__, default="")


def _is_ahead(here: Place, there: Place, way: Way) -> bool:
    if way[0]:
        return (there.x - here.x) * way[0] > 0 and not _apart_is_all(here, there)
    return (there.y - here.y) * way[1] > 0


def _apart_is_all(here: Place, there: Place) -> bool:
    """Whether two places stand one over the other, so that neither is beside the other."""
    return here.x < there.right and there.x < here.right


def _far(here: Place, there: Place, way: Way) -> int:
    across = _gap(here.x, here.right, there.x, there.right)
    down = _gap(here.y, here.bottom, there.y, there.bottom) * _TALL
    straight = abs(here.x + here.right - there.x - there.right) // 2 if way[1] else abs(here.y - there.y)
    return (across + _ASIDE * down if way[0] else down + _ASIDE * across) * 1000 + straight


def _gap(start: int, end: int, other_start: int, other_end: int) -> int:
    return max(other_start - end, start - other_end, 0)


Foot = tuple[tuple[str, str], ...]
"""Lines at the foot of a picture: (text, tone)."""


class Art(Struct, frozen=True):
    """What a canvas shows and asks."""

    draw: Callable[[int, int], Picture]
    """Paints the picture for so many columns and rows."""
    cell: Callable[[str], Cell]
    """How the person under the cursor changes."""
    foot: Callable[[str, int], Foot]
    """What stands at the foot about a person in so many columns: as many lines for everybody."""
    placeholder: tuple[Row, ...] = ()
    keys: frozenset[str] = frozenset()
    """What its keys do besides moving: fold, take, toward; nudge moves the person rather than the view."""
    relate: Callable[[str], Edit | None] | None = None
    """How a new relation of a person comes in; None where the picture shows no relations."""


class Brush:
    """Gathers what is painted, in any order, into a picture."""

    def __init__(self) -> None:
        """Start with an empty sheet."""
        self._rows: dict[int, list[Run]] = defaultdict(list)
        self.items: dict[str, Place] = {}
        self.above: dict[str, str] = {}

    def put(self, x: int, y: int, text: str, tone: str = "") -> int:
        """Paint a text from a cell rightward, over nothing else; return the column behind it."""
        if text:
            self._rows[y].append(Run(x, text, tone))
        return x + cell_len(text)

    def row(self, x: int, y: int, *parts: tuple[str, str]) -> int:
        """Paint (text, tone) after (text, tone); return the column behind them."""
        for text, tone in parts:
            x = self.put(x, y, text, tone)
        return x

    def picture(self, pinned: int = 0, *, in_columns: bool = False) -> Picture:
        """Return what was painted, with so many rows at the top that stay."""
        height = max(self._rows, default=-1) + 1
        rows = [sorted(self._rows[y], key=attrgetter("x")) for y in range(height)]
        width = max((run.x + cell_len(run.text) for runs in rows for run in runs[-1:]), default=0)
        return Picture(rows, self.items, width, pinned, self.above, in_columns)
