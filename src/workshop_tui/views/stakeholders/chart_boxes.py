"""The boxes of the organisation chart and the lines between them, painted in cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby

from rich.cells import cell_len

from workshop_tui.domain.base.vocabulary import RelationKind
from workshop_tui.domain.model.people import Relation, Stakeholder
from workshop_tui.domain.rules.influence import feeling, short_names
from workshop_tui.domain.rules.people import owning_partners
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.pictures.picture import Brush
from workshop_tui.views.pictures.place import Place
from workshop_tui.views.pictures.tree_layout import Box, Chart
from workshop_tui.views.row_id import RowId
from workshop_tui.views.stakeholders.people_picture import reads, sign
from workshop_tui.views.text_layout import fit, wrapped

TO_BE_NAMED = "to be named"
LOOSE = "No manager and no reports"
_BESIDE = 14
"""Cells of that in two lines."""
_HEIGHT = 3
"""Lines of a box without a title."""
_PIECE = 64
"""Cells of a line at the most: only what is seen of a long one need be painted."""
_FRAMES = {False: "╭─╮│╰╯", True: "┌╌┐╎└┘"}
"""Upper left, line, upper right, side, lower left, lower right; a seat to be filled is dashed."""
_LINES = " ╴╶─╷╮╭┬╵╯╰┴│┤├┼"
"""By where a line goes on from a cell: 1 left, 2 right, 4 down, 8 up, added up."""


class Boxes:
    """Paints people as boxes of one width."""

    def __init__(self, live: LivePlan, wide: int, taken: str = "", *, titles: int = 1) -> None:
        """Take the plan, the width of a box in cells, who is being moved, and how many lines a title has."""
        self.live, self.wide, self.taken, self.titles = live, wide, taken, titles
        self._short = short_names(live.view)
        self.brush = Brush()
        self._reads = reads(live)
        self._dotted = _dotted(live)

    def size(self, person: str) -> tuple[int, int]:
        """Return a person's box as (width, height): a line more for dotted lines."""
        return self.wide, _HEIGHT + self.titles + (person in self._dotted)

    def paint(self, chart: Chart) -> None:
        """Paint a chart from the upper left corner."""
        edges = sorted(chart.edges(), key=lambda edge: edge[0].person)
        leading = {
            boss: [low for _, low in group] for boss, group in groupby(edges, key=lambda edge: edge[0])
        }
        for box in chart.boxes.values():
            self._box(box, leads=box in leading)
        for boss, reports in leading.items():
            self._lines(boss, reports)
            self.brush.above |= {_name(low.person): _name(boss.person) for low in reports}

    def loose_height(self, people: int, width: int) -> int:
        """Return how many lines people without lines take beneath a chart, all of them."""
        return -(-people // self._across(width)) * (_HEIGHT + self.titles) + 2 if people else 0

    def beside_root(self, chart: Chart, people: int, width: int) -> int | None:
        """Return from which column people without lines have room beside the only root; None for no room."""
        roots = [box for box in chart.boxes.values() if box.manager is None]
        if not people or len(roots) != 1:
            return None
        x, needed = roots[0].x + roots[0].width + 2, _BESIDE + people * (self.wide + 1)
        if x + needed <= width:
            return x
        return 0 if needed < roots[0].x else None

    def paint_beside(self, people: Collection[str], x: int) -> None:
        """Paint people without lines beside one another, behind a word on them, at the top."""
        for y, text in enumerate(wrapped(LOOSE, _BESIDE)):
            self.brush.put(x, y, text, "heading")
        for n, person in enumerate(people):
            at = x + _BESIDE + 1 + n * (self.wide + 1)
            self._box(Box(person, at, 0, *self.size(person), None, 0), leads=False)

    def _across(self, width: int) -> int:
        return max((width + 1) // (self.wide + 1), 1)

    def paint_loose(self, people: Collection[str], y: int, width: int) -> None:
        """Paint people without lines in rows beneath one another."""
        across = self._across(width)
        if people and y:
            self.brush.put(0, y, LOOSE, "heading")
            y += 1
        for row in _rows(tuple(people), across):
            for n, person in enumerate(row):
                self._box(Box(person, n * (self.wide + 1), y, *self.size(person), None, 0), leads=False)
            y += max(self.size(person)[1] for person in row)

    def _box(self, box: Box, *, leads: bool) -> None:
        person = self.live.view.get(Stakeholder, box.person)
        if person is None:
            return
        frame, x = _FRAMES[person.placeholder], box.x
        tone = "accent" if person.id == self.taken else "warn" if person.placeholder else ""
        self.brush.items[_name(person.id)] = Place(x, box.y, box.width, box.height)
        named = person.placeholder and person.name.casefold() != TO_BE_NAMED
        top = _joined(frame[1] * (box.width - 2), "┴" if box.manager else "", TO_BE_NAMED if named else "")
        self.brush.put(x, box.y, f"{frame[0]}{top}{frame[2]}", tone or "muted")
        dotted = self._dotted.get(person.id, "")
        fits = cell_len(person.name) <= box.width - 2
        name = person.name if fits else self._short.get(person.id, person.name)
        lines = (*wrapped(person.title, box.width - 2), *[""] * self.titles)[: self.titles]
        if self.titles == 1:
            lines = (person.title,)
        titles = ((line, "muted") for line in lines)
        inside = ((name, tone or "strong"), *titles, (f"┄ also {dotted}", "muted"))
        for n, (text, colour) in enumerate(inside[: box.height - 2], 1):
            self.brush.row(
                x,
                box.y + n,
                (frame[3], tone or "muted"),
                (fit(text, box.width - 2), colour),
                (frame[3], tone or "muted"),
            )
        self._bottom(box, person, frame, "┬" if leads else "", tone or "muted")

    def _bottom(self, box: Box, person: Stakeholder, frame: str, mark: str, tone: str) -> None:
        """Paint the lower edge with style, sentiment and owners, and how many are folded away."""
        y, line = box.y + box.height - 1, _joined(frame[1] * (box.width - 2), mark, "")
        folded = f" ▸{box.below} " if box.below else ""
        end = box.x + box.width - 2 - len(folded)
        signs = tuple(self._signs(person, tone))
        if box.x + 1 + _wide(signs) > end:
            signs = tuple((text.strip(), colour) for text, colour in signs)
        if box.x + 1 + _wide(signs) > end:
            signs = ()  # how many are folded away says more
        at = self.brush.row(box.x, y, (frame[4], tone), *signs)
        self.brush.put(at, y, line[at - box.x - 1 : end - box.x - 1], tone)
        self.brush.row(end, y, (folded, "accent"), (frame[1] + frame[5], tone))

    def _signs(self, person: Stakeholder, tone: str) -> Iterable[tuple[str, str]]:
        if not self._reads:
            return ()
        owning = owning_partners(self.live.view, person)
        marks = "".join("●" if party.id in owning else "○" for party in self.live.view.partners)
        owned = "" if owning else "warn"
        felt = sign(feeling(self.live.view, person))
        return (" ", tone), (person.style.sign, ""), (" ", tone), felt, (" ", tone), (f"{marks} ", owned)

    def _lines(self, boss: Box, reports: Sequence[Box]) -> None:
        """Paint the lines from a manager down to the reports."""
        centre, ends = _centre(boss), [_centre(report) for report in reports]
        left, right, y = min(centre, *ends), max(centre, *ends), reports[0].y - 1
        for row in range(boss.y + boss.height, y):
            self.brush.put(centre, row, "│", "muted")
        line = ["─"] * (right - left + 1)
        for x in {centre, *ends}:
            goes = (x > left) + 2 * (x < right) + 4 * (x in ends) + 8 * (x == centre)
            line[x - left] = _LINES[goes]
        for n in range(0, len(line), _PIECE):
            self.brush.put(left + n, y, "".join(line[n : n + _PIECE]), "muted")


def _dotted(live: LivePlan) -> Mapping[str, str]:
    """Return a person's id → to whom they also answer."""
    names, answers = short_names(live.view), defaultdict[str, list[str]](list)
    for edge in live.view.all(Relation):
        if edge.kind is RelationKind.DOTTED_LINE:
            answers[edge.source].append(names[edge.target])
    return {person: ", ".join(to) for person, to in answers.items()}


def _name(person: str) -> str:
    return str(RowId.entity(Stakeholder, person))


def _centre(box: Box) -> int:
    return box.x + box.width // 2


def _joined(line: str, mark: str, label: str) -> str:
    """Return the line of a frame with a label at its left and a mark where other lines meet it."""
    middle = len(line) // 2
    text = f" {label} " if label else ""
    if mark and not text:
        return f"{line[:middle]}{mark}{line[middle + 1 :]}"
    return text + line[len(text) :]


def _wide(parts: Iterable[tuple[str, str]]) -> int:
    return sum(cell_len(text) for text, _ in parts)


def _rows(people: Sequence[str], across: int) -> Iterable[Sequence[str]]:
    return (people[n : n + across] for n in range(0, len(people), across))
