"""A document before it has a format: headings, paragraphs, lists, tables; no markup, no escaping.

Every format is a function of this, so that what a plan says is decided once. Text from people stays as it
was typed; how it is kept from becoming markup is each format's own matter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct, field

Style = Literal["", "bold", "italic", "struck", "code"]


class TextRun(NamedTuple):
    """Words that are set in one style."""

    text: str
    style: Style = ""


Text = tuple[TextRun, ...]
"""A line of a document."""


def text(*parts: str | TextRun | Text) -> Text:
    """Return a line put together from words and spans; empty ones are left out."""
    return tuple(span for part in parts for span in _spans(part) if span.text)


def _spans(part: str | TextRun | Text) -> Iterator[TextRun]:
    if isinstance(part, str):
        yield TextRun(part)
    elif isinstance(part, TextRun):
        yield part
    else:
        yield from part


def bold(words: str) -> TextRun:
    """Return words in bold."""
    return TextRun(words, "bold")


def italic(words: str) -> TextRun:
    """Return words in italics."""
    return TextRun(words, "italic")


def struck(words: str) -> TextRun:
    """Return words that are struck out."""
    return TextRun(words, "struck")


def code(words: str) -> TextRun:
    """Return an id, as it is typed in a command."""
    return TextRun(words, "code")


def joined(parts: Iterable[str | TextRun | Text], between: str = " · ") -> Text:
    """Return facts in one line, with a sign between them; empty ones are left out."""
    found = [line for line in map(text, parts) if line]
    return text(*(piece for n, line in enumerate(found) for piece in ((between, line) if n else (line,))))


def plainly(line: Text) -> str:
    """Return the words of a line alone."""
    return "".join(span.text for span in line)


class Heading(Struct, frozen=True):
    """A heading: 1 for the document, 2 for a section, 3 for a part of one."""

    text: str
    level: int = 2


class Paragraph(Struct, frozen=True):
    """A line of running text."""

    text: Text


class TextItem(Struct, frozen=True):
    """A line of a list, and the lines beneath it."""

    text: Text
    beneath: tuple[Text, ...] = ()


class TextList(Struct, frozen=True):
    """A list, with numbers or without."""

    items: tuple[TextItem, ...]
    is_numbered: bool = False


class Task(Struct, frozen=True):
    """An action as a line that can be ticked."""

    id: str
    title: str
    is_done: bool = False
    who: str = ""
    """Whose it is, with the firm in brackets, as in «Jonty Eskeland (Quillhaven)»."""
    answers: str = ""
    """Who is accountable, where that is somebody else."""
    due: dt.date | None = None
    done_on: dt.date | None = None
    days_late: int = 0
    """For how many days it has been due; 0 for none."""
    facts: tuple[str, ...] = ()
    """What else is known of it: where it stands, how often it was carried, whom it is about."""
    beneath: tuple[Text, ...] = ()


class Tasks(Struct, frozen=True):
    """Actions in one list."""

    tasks: tuple[Task, ...]


class TextTable(Struct, frozen=True):
    """A table; a row of one cell is a heading within it."""

    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    numbers: frozenset[int] = frozenset()
    """Columns of figures, counted from 0: they stand to the right."""


class Quote(Struct, frozen=True):
    """What somebody said, and who."""

    words: str
    by: str = ""


class OrganisationBox(Struct, frozen=True):
    """One person on a chart of an organisation."""

    id: str
    name: str
    title: str = ""
    under: str = ""
    """The id of the box above it; empty at the top."""


class Organisation(Struct, frozen=True):
    """Who reports to whom."""

    boxes: tuple[OrganisationBox, ...]


BlockOfText = Heading | Paragraph | TextList | Tasks | TextTable | Quote | Organisation


class Document(Struct, frozen=True):
    """A document for one audience."""

    title: str
    blocks: tuple[BlockOfText, ...]
    facts: tuple[tuple[str, str], ...] = ()
    """What a machine reads first: account, session, as_of, audience, sealed; days as 2026-06-09."""
    lang: str = field(default="en")
    is_page: bool = False
    """Whether it is meant to stand on one page, in smaller type where it has to."""


def section(title: str, *blocks: BlockOfText | None, level: int = 2) -> tuple[BlockOfText, ...]:
    """Return a heading and what stands beneath it; nothing where nothing does."""
    found = tuple(block for block in blocks if block is not None and not _is_empty(block))
    return (Heading(title, level), *found) if found else ()


def _is_empty(block: BlockOfText) -> bool:
    match block:
        case Paragraph(line):
            return not line
        case TextList(items):
            return not items
        case Tasks(tasks):
            return not tasks
        case TextTable(rows=rows):
            return not rows
        case Organisation(boxes):
            return not boxes
    return False


def bullets(lines: Iterable[str | TextRun | Text]) -> TextList:
    """Return a list of lines."""
    return TextList(tuple(TextItem(line) for line in map(text, lines) if line))


def table(head: Sequence[str], rows: Iterable[Sequence[str | TextRun | Text]], *numbers: int) -> TextTable:
    """Return a table from cells, without the columns in which no row has anything.

    The first column always stays.
    """
    lines = [tuple(map(text, row)) for row in rows]
    used = [n for n in range(len(head)) if n == 0 or any(n < len(row) and row[n] for row in lines)]
    cut = tuple(tuple(row[n] for n in used) if len(row) > 1 else row for row in lines)
    places = {n: place for place, n in enumerate(used)}
    return TextTable(tuple(head[n] for n in used), cut, frozenset(places[n] for n in numbers if n in places))
