"""A document as Markdown: GFM, and the two ways in which Obsidian's readers write tasks.

Tasks stand in one flat list, none in a table, no blank line between them; the id comes last, so that a
read-back finds it. Obsidian Tasks documents the order of its signs (due, dropped, done, then the block's
id); Dataview reads inline fields, two spaces apart.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final, Literal, assert_never
from unicodedata import category

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
    joined,
    text,
)
from workshop_tui.documents.markdown import code, md
from workshop_tui.domain.base.dates import format_date

Dialect = Literal["plain", "obsidian", "dataview"]
_STYLES: Final = {"": "", "bold": "**", "italic": "*", "struck": "~~"}
_NO_BLOCK_ID: Final = re.compile(r"[^A-Za-z0-9-]+")


def as_markdown(document: Document, dialect: Dialect = "plain", *, front_matter: bool | None = None) -> str:
    """Return a document as Markdown; with front matter in the dialects that read it, or as it is said."""
    parts = ["\n".join(_block(block, dialect)) for block in (Heading(document.title, 1), *document.blocks)]
    head = _front_matter(document) if (dialect != "plain" if front_matter is None else front_matter) else ""
    return head + "\n\n".join(parts) + "\n"


def front_matter_in(written: str) -> str:
    """Return the front matter that a document of ours begins with; empty for none."""
    begins, sign, _ = written.partition("\n---\n")
    return f"{begins}{sign.rstrip()}" if sign and begins.startswith("---\n") else ""


def _front_matter(document: Document) -> str:
    quoted = (value.replace("\\", "\\\\").replace('"', '\\"') for _, value in document.facts)
    lines = (f'{name}: "{value}"' for (name, _), value in zip(document.facts, quoted, strict=True))
    return "\n".join(("---", *lines, "---", "", ""))


def _block(block: BlockOfText, dialect: Dialect) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {md(block.text)}"
        case Paragraph():
            yield inline(block.text)
        case TextList():
            yield from _listing(block)
        case Tasks():
            for task in block.tasks:
                yield from _task(task, dialect)
        case TextTable():
            yield from _table(block)
        case Quote():
            yield from _quote(block)
        case Organisation():
            yield from _mermaid(block)
        case _:
            assert_never(block)


def inline(line: Text, *, begins: bool = True) -> str:
    """Return a line as Markdown that shows just its words, in their styles; in a cell it begins no line."""
    return "".join(_span(span, begins=begins and not n) for n, span in enumerate(_apart(line)))


def _apart(line: Text) -> Iterator[TextRun]:
    """Yield the runs so that each style begins and ends where Markdown sees that it does.

    A mark that touches a word outside must touch one inside too (spec.commonmark.org: delimiter runs).
    """
    for n, span in enumerate(line):
        if not _STYLES.get(span.style):
            yield span
            continue
        before, after = line[n - 1].text[-1:] if n else "", line[n + 1].text[:1] if n + 1 < len(line) else ""
        inner = span.text.lstrip(_signs(span.text) if _is_of_word(before) else None)
        kept = inner.rstrip(_signs(inner) if _is_of_word(after) else None)
        lead = span.text[: len(span.text) - len(inner)] if before.strip() else ""
        parts = (TextRun(lead), TextRun(kept, span.style), TextRun(inner[len(kept) :]))
        yield from (part for part in parts if part.text)


def _is_of_word(sign: str) -> bool:
    """Whether Markdown takes a sign for a part of a word: no white space, punctuation or symbol."""
    return bool(sign.strip()) and category(sign)[0] not in "PS"


def _signs(words: str) -> str:
    return "".join({sign for sign in words if not sign.isalnum()})


def _span(span: TextRun, *, begins: bool) -> str:
    if span.style == "code":
        return code(span.text)
    mark = _STYLES[span.style]
    words = span.text.strip() if mark else span.text
    shown: str = md(words, begins=begins and not mark)
    if words[:1].isspace():
        shown = f" {shown}"
    if words[-1:].isspace():
        shown = f"{shown.rstrip()} "
    return f"{mark}{shown}{mark}" if mark else shown


def _listing(listing: TextList) -> Iterator[str]:
    for n, item in enumerate(listing.items, 1):
        sign = f"{n}." if listing.is_numbered else "-"
        yield f"{sign} {inline(item.text)}"
        yield from (f"{' ' * (len(sign) + 1)}- {inline(line)}" for line in item.beneath)


def _task(task: Task, dialect: Dialect) -> Iterator[str]:
    line = f"- [{'x' if task.is_done else ' '}] {inline(task_line(task, with_days=dialect == 'plain'))}"
    yield line + _machine_read(task, dialect)
    yield from (f"  - {inline(each)}" for each in task.beneath)


def task_line(task: Task, *, with_days: bool = True) -> Text:
    """Return an action in a line: what, who, by when, where it stands."""
    days: Text = ()
    if with_days and task.is_done:
        days = text(f"done {format_date(task.done_on)}" if task.done_on else "done")
    elif with_days and task.due:
        late = bold(f"{task.days_late} {'day' if task.days_late == 1 else 'days'} late")
        days = joined((format_date(task.due), late if task.days_late else ""), ", ")
    answers = f"accountable {task.answers}" if task.answers else ""
    return joined((bold(task.title), joined((task.who, answers), ", "), days, *task.facts))


def _machine_read(task: Task, dialect: Dialect) -> str:
    days = (("📅", "due", task.due), ("✅", "completion", task.done_on if task.is_done else None))
    found = [(sign, name, day) for sign, name, day in days if isinstance(day, dt.date)]
    if dialect == "obsidian":
        return "".join(f" {sign} {day}" for sign, _, day in found) + f" ^{block_id(task.id)}"
    if dialect == "dataview":
        fields = [*((name, str(day)) for _, name, day in found), ("id", task.id)]
        return "".join(f"  [{name}:: {value}]" for name, value in fields)
    return f" {code(task.id)}"


def block_id(task_id: str) -> str:
    """Return an id with the letters alone that a block's id in Obsidian may have."""
    return _NO_BLOCK_ID.sub("-", task_id)


def _table(of: TextTable) -> Iterator[str]:
    width = len(of.head)
    yield _row([md(name, begins=False) for name in of.head])
    yield _row(["---:" if n in of.numbers else "---" for n in range(width)])
    for row in of.rows:
        cells = [inline(cell, begins=False) for cell in row]
        yield _row([*cells, *[""] * (width - len(cells))])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _quote(quote: Quote) -> Iterator[str]:
    yield f"> “{md(quote.words)}”"
    if quote.by:
        yield "> "
        yield f"> {md(quote.by)}"


def _mermaid(chart: Organisation) -> Iterator[str]:
    """Yield a chart of who reports to whom, in the language that GitHub and Obsidian draw."""
    names = {box.id: f"n{n}" for n, box in enumerate(chart.boxes, 1)}
    yield "```mermaid"
    yield "graph TD"
    for box in chart.boxes:
        words = "<br>".join(_label(part) for part in (box.name, box.title) if part)
        yield f'  {names[box.id]}["{words}"]'
    yield from (f"  {names[box.under]} --> {names[box.id]}" for box in chart.boxes if box.under in names)
    yield "```"


def _label(words: str) -> str:
    """Return words as Mermaid shows them: signs but a few by their number."""
    return "".join(
        sign if sign.isalnum() or sign in " ,.-–'’/()" else f"#{ord(sign)};"
        for sign in " ".join(words.split())
    )
