"""Where the boxes of an organisation chart stand: a tidy tree by contour packing, in whole cells.

After E. M. Reingold and J. S. Tilford, «Tidier Drawings of Trees» (1981): each subtree is laid out once and
pushed against those to its left as far as their outlines allow. Paints nothing; who paints counts the cells.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.people import still_here

GAP, DROP = 1, 1
"""Cells between neighbours, and between a line of boxes and the next."""

Managers = Mapping[str, str | None]
"""Person's id → manager's id, in the order in which siblings stand."""


class Box(Struct, frozen=True):
    """A person's place on the chart, in cells from its upper left corner."""

    person: str
    x: int
    y: int
    width: int
    height: int
    manager: str | None
    """Whose box the line goes up to; None for a root."""
    below: int
    """How many people a collapsed box stands for besides its own."""


class Chart(Struct, frozen=True):
    """The boxes, from each root downward and from left to right, and the size of the whole."""

    boxes: Mapping[str, Box]
    width: int
    height: int

    def edges(self) -> Iterator[tuple[Box, Box]]:
        """Yield (manager, report) for each line to be drawn."""
        for box in self.boxes.values():
            if box.manager is not None:
                yield self.boxes[box.manager], box


def managers(view: AccountPlan, on: dt.date | None = None) -> Managers:
    """Return who reports to whom in a projected plan, in the order of the people.

    With a day, who has left by then is not there, and whoever reported to them reports to nobody.
    """
    people = view.all(Stakeholder)
    here = {person.id for person in (people if on is None else still_here(people, on))}
    boss = {person.id: person.reports_to for person in people if person.id in here}
    gone = {person.id for person in people} - here
    return {person: None if above in gone else above for person, above in boss.items()}


def layout(
    reports: Managers,
    sizes: Mapping[str, tuple[int, int]],
    collapsed: Collection[str] = (),
) -> Chart:
    """Return where everybody's box of a size (width, height in cells) stands.

    Siblings keep their order, a manager stands centred over the first and last report (by less than a
    cell to the left where it has to be), all of one depth stand on one line, equal subtrees look the
    same. Whoever reports to nobody here is a root; a circle of managers is cut open.
    What is under `collapsed` people is left out. Takes time linear in the number of people.
    """
    forest = _forest(reports)
    below = {person: forest.below(person) for person in collapsed if person in reports}
    shown = _Forest(forest.roots, {who: () if who in below else forest.under[who] for who in reports})
    order = tuple(shown.downward())
    offsets = _packed(shown, [person for person, _, _ in order], sizes)
    tops = _tops(((depth, sizes[person][1]) for person, _, depth in order))
    boxes: dict[str, Box] = {}
    for person, manager, depth in order:
        x = offsets[person] + (boxes[manager].x if manager is not None else 0)
        boxes[person] = Box(person, x, tops[depth], *sizes[person], manager, below.get(person, 0))
    return _from_corner(boxes)


def _from_corner(boxes: Mapping[str, Box]) -> Chart:
    left = min((box.x for box in boxes.values()), default=0)
    moved = {person: replace(box, x=box.x - left) for person, box in boxes.items()}
    width = max((box.x + box.width for box in moved.values()), default=0)
    height = max((box.y + box.height for box in moved.values()), default=0)
    return Chart(moved, width, height)


def _tops(heights: Iterable[tuple[int, int]]) -> list[int]:
    """Return the first row of each depth, from (depth, height) of all boxes."""
    tallest: dict[int, int] = defaultdict(int)
    for depth, height in heights:
        tallest[depth] = max(tallest[depth], height)
    rows = (tallest[depth] + DROP for depth in range(len(tallest)))
    return list(itertools.accumulate(rows, initial=0))


class _Forest(Struct, frozen=True):
    roots: tuple[str, ...]
    under: Mapping[str, tuple[str, ...]]

    def downward(self) -> Iterator[tuple[str, str | None, int]]:
        """Yield (person, manager, depth), managers first, from left to right."""
        for root in self.roots:
            yield from self.from_(root)

    def from_(self, top: str) -> Iterator[tuple[str, str | None, int]]:
        """Yield a person and all below, as `downward` does."""
        waiting: list[tuple[str, str | None, int]] = [(top, None, 0)]
        while waiting:
            person, manager, depth = waiting.pop()
            yield person, manager, depth
            waiting += [(report, person, depth + 1) for report in reversed(self.under[person])]

    def below(self, person: str) -> int:
        """Return how many people report to a person, by way of others or not."""
        return sum(1 for _ in self.from_(person)) - 1


def _forest(reports: Managers) -> _Forest:
    manager_of = {who: manager if manager in reports else None for who, manager in reports.items()}
    _cut_circles(manager_of)
    under: dict[str, list[str]] = {person: [] for person in reports}
    for person, manager in manager_of.items():
        if manager is not None:
            under[manager].append(person)
    roots = tuple(person for person, manager in manager_of.items() if manager is None)
    return _Forest(roots, {person: tuple(below) for person, below in under.items()})


def _cut_circles(manager_of: dict[str, str | None]) -> None:
    """Make a root of one person of each circle: no store lets one in, but a chart must not hang on it."""
    clear: set[str] = set()
    for person in manager_of:
        line: set[str] = set()
        at: str | None = person
        while at is not None and at not in clear and at not in line:
            line.add(at)
            at = manager_of[at]
        if at in line:
            manager_of[at] = None
        clear |= line


class _Side:
    """One side of an outline: an x for each depth, deepest first, so that a manager goes on top at once."""

    def __init__(self) -> None:
        self._kept: list[int] = []
        self._moved = 0

    def __len__(self) -> int:
        return len(self._kept)

    def at(self, depth: int) -> int:
        return self._kept[-1 - depth] + self._moved

    def move(self, by: int) -> None:
        self._moved += by

    def put_on_top(self, x: int) -> None:
        self._kept.append(x - self._moved)

    def before(self, other: _Side) -> _Side:
        """Return this side where it reaches, the other below; takes both and costs the shorter one."""
        if len(self) >= len(other):
            return self
        for depth in range(len(self)):
            other._kept[-1 - depth] = self.at(depth) - other._moved
        return other


class _Outline(Struct):
    left: _Side
    right: _Side

    def move(self, by: int) -> None:
        self.left.move(by)
        self.right.move(by)

    def push(self, other: _Outline) -> int:
        """Return how far right another outline must go to stand free of this one."""
        depths = range(min(len(self.right), len(other.left)))
        return max(self.right.at(depth) - other.left.at(depth) for depth in depths) + GAP


def _packed(forest: _Forest, order: Sequence[str], sizes: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """Return how far right of the manager's box (a root: of the first root's) each box begins."""
    offsets: dict[str, int] = {}
    outlines: dict[str, _Outline] = {}
    for person in reversed(order):  # reports before managers
        reports, width = forest.under[person], sizes[person][0]
        outline = _side_by_side(reports, outlines, offsets)
        if reports:
            ends = sum(2 * offsets[end] + sizes[end][0] for end in (reports[0], reports[-1]))
            x = (ends - 2 * width) // 4
            outline.move(-x)
            offsets.update((report, offsets[report] - x) for report in reports)
        outline.left.put_on_top(0)
        outline.right.put_on_top(width)
        outlines[person] = outline
    _side_by_side(forest.roots, outlines, offsets)
    return offsets


def _side_by_side(people: Sequence[str], outlines: dict[str, _Outline], offsets: dict[str, int]) -> _Outline:
    """Push each subtree against those to its left; note where each begins and return the outline of all."""
    group = _Outline(_Side(), _Side())
    for person in people:
        outline = outlines.pop(person)
        offsets[person] = group.push(outline) if len(group.left) else 0
        outline.move(offsets[person])
        group = _Outline(group.left.before(outline.left), outline.right.before(group.right))
    return group
