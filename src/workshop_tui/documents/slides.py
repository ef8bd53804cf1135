"""What a plan says on slides: a page of it, the map of people, who moved, actions and scorecard.

All of it is taken from the document of the same audience, so that no slide shows what that doesn't; the
map besides looks up how those on it feel.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from workshop_tui.documents.brief import ASK, brief_parts
from workshop_tui.documents.document import (
    BlockOfText,
    Document,
    Heading,
    Organisation,
    Paragraph,
    Quote,
    Task,
    Tasks,
    Text,
    TextList,
    TextRun,
    TextTable,
    bold,
    code,
    italic,
    joined,
    table,
    text,
)
from workshop_tui.documents.plan_layouts import Layout
from workshop_tui.documents.source import Source, day, grouped
from workshop_tui.domain.base.text import counted, one_line
from workshop_tui.domain.base.vocabulary import TOWARD_ALL, Sentiment
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.domain.model.scorecard import Goal
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.rules.decisions import replaced_by
from workshop_tui.domain.rules.people import latest_reading

_NUMBERED: Final = re.compile(r"^[0-9]+ ")
_MOST_NEXT: Final = 6
"""Actions on the page of the plan; the others have a slide of their own."""
_MOST_QUOTES: Final = 4


class Panel(Struct, frozen=True):
    """Lines under a title, in a part of a slide."""

    title: str
    lines: tuple[Text, ...]
    is_numbered: bool = False


class TablePanel(Struct, frozen=True):
    """A table under a title, in a part of a slide."""

    title: str
    table: TextTable


class PlanSlide(Struct, frozen=True):
    """The plan, the brief or the quarterly review on a page, in two columns."""

    title: str
    left: tuple[Panel | TablePanel, ...]
    right: tuple[Panel | TablePanel, ...]


class PlacedPerson(Struct, frozen=True):
    """Somebody on the map: who they are, how they feel, and how much weight they have."""

    id: str
    name: str
    title: str
    feeling: Sentiment | None
    turn: str = ""
    """▲ or ▼, against the session before."""
    influence: int = 0


class MapSlide(Struct, frozen=True):
    """Who reports to whom, and how they feel."""

    title: str
    chart: Organisation
    places: dict[str, PlacedPerson]
    legend: str


class TableSlide(Struct, frozen=True):
    """A table, which goes on to a next slide where it is long."""

    title: str
    table: TextTable


Slide = PlanSlide | MapSlide | TableSlide


class Deck(Struct, frozen=True):
    """Slides for one audience."""

    document: Document
    reader: str
    """For whom they are, and of which day."""
    slides: tuple[Slide, ...]


def deck(of: Source, told: Document, layout: Layout = "plan") -> Deck:
    """Return the slides of a plan, out of the document of the same audience; a brief or a review is one."""
    slides = _OF_ONE[layout](of, told) if layout in _OF_ONE else _plan_slides(of, told)
    return Deck(told, f"{of.reader} As of {day(of.on)}.", tuple(slides))


def _plan_slides(of: Source, told: Document) -> Iterator[Slide]:
    parts = dict(_parts(told))
    yield _plan_of_the_customer(told, parts) if of.is_customers else _plan(of, told, parts)
    yield from _map(of, told)
    for title, blocks in parts.items():
        if title.startswith("Since "):
            yield from _tables(f"Who and what moved since {title.removeprefix('Since ')}", blocks)
    yield from _actions(told)
    yield from _tables("What we measure together", parts.get("What we measure together", ()))
    yield from _scorecard(of, parts.get("Scorecard", ()))
    yield from _tables("Who is who", parts.get("Who is who", ()))


def _brief(of: Source, told: Document) -> Iterator[Slide]:
    """Yield the brief: where we stand and the figures beside what is to be known."""
    said = brief_parts(of)
    left: tuple[Panel | TablePanel, ...] = (Panel("Where we stand", (said.stands,)),)
    left += tuple(Panel(title, tuple(map(text, lines))) for title, lines in said.points if title == ASK)
    left += (TablePanel("Figures", said.figures),) if said.figures.rows else ()
    right = (Panel(title, tuple(map(text, lines))) for title, lines in said.points if title != ASK)
    yield PlanSlide(told.title, left, tuple(right))


_LEFT_OF_THE_REVIEW: Final = ("What we promised", "Who moved", "Value confirmed", "Risks and blockers")
_RIGHT_OF_THE_REVIEW: Final = ("New commitments", "Scorecard")


def _review(_: Source, told: Document) -> Iterator[Slide]:
    """Yield the quarterly review: what became of what was promised beside what comes now."""
    parts = dict(_parts(told))
    sides = (
        tuple(part for title in titles for part in _of_section(title, parts.get(title, ())))
        for titles in (_LEFT_OF_THE_REVIEW, _RIGHT_OF_THE_REVIEW)
    )
    yield PlanSlide(told.title, *sides)


def _of_section(title: str, blocks: tuple[BlockOfText, ...]) -> Iterator[Panel | TablePanel]:
    """Yield a section as it stands on half a slide: a table of figures, or what it says in lines."""
    lines = list[Text]()
    for block in blocks:
        match block:
            case TextTable() if title in _AS_LINES:
                lines += _AS_LINES[title]([dict(zip(block.head, row, strict=True)) for row in block.rows])
            case TextTable():
                yield TablePanel(title, block)
                title = ""  # it stands above the table
            case Tasks():
                lines += map(_next, block.tasks)
            case _:
                lines += _lines((block,))
    yield from _panels(Panel(title, tuple(lines)))


def _promises(rows: Sequence[Mapping[str, Text]]) -> Iterator[Text]:
    for row in rows:
        yield joined((row["What became of it"], row["Commitment"], row.get("Who", ())))


def _moves(rows: Sequence[Mapping[str, Text]]) -> Iterator[Text]:
    """Yield who moved, in one line where it was for one reason toward the alliance and a firm."""
    for moves in grouped(rows, lambda row: (row["Who"][0], row.get("Why", ()))).values():
        those = [
            text(*(row["Who"][1:] if n else row["Who"]), " ", row["Then"], " → ", row["Now"])
            for n, row in enumerate(moves)
        ]
        yield joined((text(*those), moves[0].get("Why", ())), ": ")


_AS_LINES: Final[Mapping[str, Callable[[Sequence[Mapping[str, Text]]], Iterator[Text]]]] = {
    "What we promised": _promises,
    "Who moved": _moves,
}
"""Sections whose rows are sentences rather than figures → how rows, by their headings, are said in lines."""


_OF_ONE: Final[Mapping[Layout, Callable[[Source, Document], Iterator[Slide]]]] = {
    "brief": _brief,
    "qbr": _review,
}


def _parts(told: Document) -> Iterator[tuple[str, tuple[BlockOfText, ...]]]:
    """Yield the document's sections by their titles, without their numbers."""
    title, blocks = "", list[BlockOfText]()
    for block in told.blocks:
        if isinstance(block, Heading) and block.level <= 2:  # noqa: PLR2004 - a section's
            yield title, tuple(blocks)
            title, blocks = _NUMBERED.sub("", block.text), []
        else:
            blocks.append(block)
    yield title, tuple(blocks)


def _lines(blocks: tuple[BlockOfText, ...]) -> Iterator[Text]:
    """Yield what a section says in lines, but its tables and tasks."""
    for block in blocks:
        match block:
            case Paragraph(line):
                yield line
            case TextList(items):
                yield from (item.text for item in items)
            case Quote(words, by):
                yield text(f"“{words}” ", italic(by) if by else "")
            case _:
                pass


def _panels(*panels: Panel) -> tuple[Panel, ...]:
    return tuple(panel for panel in panels if panel.lines)


def _plan_of_the_customer(told: Document, parts: dict[str, tuple[BlockOfText, ...]]) -> PlanSlide:
    agreed = tuple(block for block in parts.get("What we agreed", ()) if isinstance(block, TextList))
    quotes = tuple(block for block in parts.get("What you told us", ()) if isinstance(block, Quote))
    left = _panels(
        Panel("In short", tuple(_lines(parts.get("In short", ())))),
        Panel("What we agreed", tuple(_lines(agreed)), is_numbered=True),
        Panel("Who does what by when", tuple(map(_next, _open(told)[:_MOST_NEXT]))),
    )
    right = _panels(
        Panel("What you told us", tuple(_lines(quotes[:_MOST_QUOTES]))),
        Panel("What we propose", tuple(_lines(parts.get("What we propose", ())))),
        Panel("What it has brought", tuple(_lines(parts.get("What it has brought", ())))),
    )
    return PlanSlide(told.title, left, right)


def _plan(of: Source, told: Document, parts: dict[str, tuple[BlockOfText, ...]]) -> PlanSlide:
    short = parts.get("In short", ())
    first = next(
        (n for n, block in enumerate(short) if isinstance(block, TextList) and block.is_numbered), None
    )
    before = short if first is None else short[: first - 1]  # but the line that leads to the list
    left = _panels(
        Panel("In short", tuple(_lines(before))),
        Panel("Fix first", () if first is None else tuple(_lines(short[first:])), is_numbered=True),
    )
    held = of.session
    decided = tuple(
        text(one_line(row.text)) for row in of.here(Decision) if replaced_by(of.view, row) is None
    )
    right = _panels(
        Panel(f"Decided on {day(held.held_on)}" if held and of.is_named else "Decided", decided),
        Panel("Next", tuple(_next(task) for task in _open(told)[:_MOST_NEXT])),
    )
    return PlanSlide(told.title, left, right)


def _next(task: Task) -> Text:
    return joined((bold(one_line(task.title)), task.who, _by(task)))


def _by(task: Task) -> Text:
    late = bold(f"{counted(task.days_late, 'day')} late") if task.days_late else ""
    return joined((day(task.due), late), ", ")


def _open(told: Document) -> list[Task]:
    tasks = (task for block in told.blocks if isinstance(block, Tasks) for task in block.tasks)
    return [task for task in tasks if not task.is_done]


def _actions(told: Document) -> Iterator[TableSlide]:
    tasks = _open(told)
    late = sum(task.days_late > 0 for task in tasks)
    rows = (
        (
            bold(one_line(task.title)),
            joined((task.who, f"accountable {task.answers}" if task.answers else ""), ", "),
            _by(task),
            joined(task.facts),
            code(task.id),
        )
        for task in tasks
    )
    found = table(("Action", "Who", "By", "Where it stands", "No"), rows)
    if found.rows:
        title = f"Who does what by when: {len(tasks)} open{f', {late} late' if late else ''}"
        yield TableSlide(title, found)


def _tables(title: str, blocks: tuple[BlockOfText, ...]) -> Iterator[TableSlide]:
    for block in blocks:
        if isinstance(block, TextTable) and block.rows:
            yield TableSlide(title, block)


def _scorecard(of: Source, blocks: tuple[BlockOfText, ...]) -> Iterator[TableSlide]:
    """Yield the goals, then what is done toward them, in one table."""
    goals = [] if of.is_customers else list(of.view.all(Goal))
    lines: list[tuple[str | TextRun, ...]] = [
        (bold(one_line(row.title)), one_line(row.unit), f"{row.target:g}", f"{row.actual:g}") for row in goals
    ]
    for block in _tables("Scorecard", blocks):
        head, rows = block.table.head, block.table.rows
        wide = len(head)
        above = tuple((*map(text, line), *[()] * wide)[:wide] for line in lines)
        group = ((text(italic("Goals")),),) if above else ()
        yield TableSlide("Scorecard", TextTable(head, (*group, *above, *rows), block.table.numbers))
        return
    yield from _tables("Goals", (table(("Goal", "Unit", "Target", "Actual"), lines, 2, 3),))


def _map(of: Source, told: Document) -> Iterator[MapSlide]:
    for block in told.blocks:
        if isinstance(block, Organisation):
            places = {box.id: _place(of, box.id, box.name, box.title) for box in block.boxes}
            turned = f"; ▲▼ since {day(of.before.held_on)}" if of.before else ""
            legend = f"−2 to +2: how they feel toward the alliance{turned}. ● influence, of 5."
            yield MapSlide("Stakeholder map", block, places, legend)


def _place(of: Source, person_id: str, name: str, title: str) -> PlacedPerson:
    person = of.view.get(Stakeholder, person_id)
    if person is None:
        return PlacedPerson(person_id, name, title, None)
    now = latest_reading(of.view, person, TOWARD_ALL)
    was = of.view.get(Reading, of.before.id, person.id, TOWARD_ALL) if of.before else None
    feeling = now.value if now else None
    then = was.value if was else None
    turn = "" if feeling is None or then is None or feeling == then else "▲" if feeling > then else "▼"
    return PlacedPerson(person_id, name, title, feeling, turn, person.influence or 0)
