"""A document as one HTML file: no script, no request to anywhere, on paper as on a screen."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final, assert_never

from workshop_tui.documents.as_docx import by_manager
from workshop_tui.documents.as_markdown import task_line
from workshop_tui.documents.document import (
    BlockOfText,
    Document,
    Heading,
    Organisation,
    OrganisationBox,
    Paragraph,
    Quote,
    Task,
    Tasks,
    Text,
    TextItem,
    TextList,
    TextRun,
    TextTable,
)
from workshop_tui.documents.markdown import with_addresses
from workshop_tui.documents.measure import shortened, wrapped

_TAGS: Final = {"bold": "strong", "italic": "em", "struck": "del", "code": "code"}
_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1c2430; --paper: #fff; --rule: #c9d1dc; --soft: #5a6675;
  --head: #eef2f7; --accent: #17547f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf0; --paper: #14181e; --rule: #3a4452; --soft: #a3afbd; --head: #1f2630;
    --accent: #7fbfe8; }
}
html { background: var(--paper); color: var(--ink);
  font: 11pt/1.45 system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
body { max-width: 62rem; margin: 2rem auto; padding: 0 1.25rem; }
h1 { font-size: 1.7em; margin: 0 0 .4em; }
h2 { font-size: 1.2em; margin: 1.6em 0 .4em; color: var(--accent); border-bottom: 1px solid var(--rule);
  padding-bottom: .15em; }
h3 { font-size: 1em; margin: 1.1em 0 .3em; }
p, ul, ol, blockquote, table { margin: .5em 0; }
ul, ol { padding-left: 1.4em; }
li { margin: .2em 0; }
ul.tasks { list-style: none; padding-left: 0; }
ul.tasks > li { padding-left: 1.6em; text-indent: -1.6em; }
ul.tasks ul { text-indent: 0; }
ul.tasks input { margin: 0 .5em 0 0; }
blockquote { border-left: 3px solid var(--accent); padding: .1em 0 .1em .9em; margin-left: 0; }
blockquote footer { color: var(--soft); font-size: .92em; }
table { border-collapse: collapse; width: 100%; font-size: .94em; }
th, td { text-align: left; vertical-align: top; padding: .3em .6em .3em .3em;
  border-bottom: 1px solid var(--rule); }
th { background: var(--head); }
td.n, th.n { text-align: right; white-space: nowrap; }
code { color: var(--soft); font-size: .85em; }
a { color: var(--accent); }
svg { max-width: 100%; height: auto; }
svg rect { fill: var(--head); stroke: var(--rule); }
svg path { stroke: var(--soft); fill: none; }
svg text { fill: var(--ink); font-size: 12px; }
svg .t { fill: var(--soft); font-size: 10.5px; }
@page { margin: 16mm 15mm; }
@media print {
  :root { --ink: #000; --paper: #fff; --rule: #bbb; --soft: #444; --head: #f0f0f0; --accent: #17547f; }
  html { font-size: 9.5pt; }
  body { margin: 0; padding: 0; max-width: none; }
  thead { display: table-header-group; }
  tr, li, blockquote, svg { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  a::after { content: " (" attr(href) ")"; }
}
""".strip()


def as_html(document: Document) -> str:
    """Return a document as one HTML file."""
    blocks = "\n".join(
        line for block in (Heading(document.title, 1), *document.blocks) for line in _block(block)
    )
    title = escape(document.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<main>\n{blocks}\n</main>\n"
        "</body>\n</html>\n"
    )


def _block(block: BlockOfText) -> Iterator[str]:
    match block:
        case Heading():
            yield f"<h{block.level}>{_words(block.text)}</h{block.level}>"
        case Paragraph():
            yield f"<p>{_line(block.text)}</p>"
        case TextList():
            tag = "ol" if block.is_numbered else "ul"
            yield f"<{tag}>\n{''.join(map(_item, block.items))}</{tag}>"
        case Tasks():
            yield f'<ul class="tasks">\n{"".join(map(_task, block.tasks))}</ul>'
        case TextTable():
            yield from _table(block)
        case Quote():
            by = f"<footer>{_words(block.by)}</footer>" if block.by else ""
            yield f"<blockquote>“{_words(block.words)}”{by}</blockquote>"
        case Organisation():
            yield _chart(block)
        case _:
            assert_never(block)


def _line(line: Text) -> str:
    return "".join(map(_span, line))


def _span(span: TextRun) -> str:
    words = _words(span.text)
    return f"<{_TAGS[span.style]}>{words}</{_TAGS[span.style]}>" if span.style else words


def _words(words: str) -> str:
    """Return words of people as HTML that shows just these; addresses of the web are links."""
    return "".join(
        f'<a href="{escape(address)}">{escape(piece)}</a>' if address else escape(piece)
        for piece, address in with_addresses(words)
    )


def _item(item: TextItem) -> str:
    return f"<li>{_line(item.text)}{_beneath(item.beneath)}</li>\n"


def _beneath(lines: tuple[Text, ...]) -> str:
    return f"<ul>{''.join(f'<li>{_line(line)}</li>' for line in lines)}</ul>" if lines else ""


def _task(task: Task) -> str:
    state, checked = ("done", " checked") if task.is_done else ("open", "")
    box = f'<input type="checkbox" disabled{checked} aria-label="{state}">'
    return f"<li>{box}{_line(task_line(task))} <code>{escape(task.id)}</code>{_beneath(task.beneath)}</li>\n"


def _table(of: TextTable) -> Iterator[str]:
    width = len(of.head)
    yield "<table>\n<thead><tr>"
    yield from (f'<th scope="col"{_number(of, n)}>{_words(name)}</th>' for n, name in enumerate(of.head))
    yield "</tr></thead>\n<tbody>"
    for row in of.rows:
        if len(row) == 1:
            yield f'<tr><th scope="rowgroup" colspan="{width}">{_line(row[0])}</th></tr>'
        else:
            cells = (f"<td{_number(of, n)}>{_line(cell)}</td>" for n, cell in enumerate(row))
            yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>\n</table>"


def _number(of: TextTable, column: int) -> str:
    return ' class="n"' if column in of.numbers else ""


# The chart of the organisation

_WIDE, _HIGH, _GAP, _INDENT = 430, 40, 10, 34
"""A box, what is between two, and how much further in stands whoever reports to somebody."""
_INSIDE, _NAME_SIZE, _TITLE_SIZE = 414.0, 12.0, 10.5
_TITLE_LINES, _LINE, _DEEPEST = 2, 13, 12
_SOFTER: Final = ' class="t"'


def _chart(chart: Organisation) -> str:
    """Return who reports to whom as a drawing: each beneath their manager and further in.

    So it grows downwards, where a page has room, and no wider than a page that is read.
    """
    places: dict[str, tuple[int, int]] = {}
    top, boxes, lines, width = 1, "", "", 0
    for box, depth in by_manager(chart):
        left, title = 1 + _INDENT * min(depth, _DEEPEST), _title(box)
        height = _HIGH + _LINE * max(len(title) - 1, 0)
        places[box.id] = left, top
        if depth and box.under in places:
            lines += _connector(places[box.under], (left, top))
        boxes += _drawn(box, title, left, top, height)
        width = max(width, left + _WIDE + 2)
        top += height + _GAP
    height = top - _GAP + 2
    return (
        f'<svg role="img" aria-label="Who reports to whom" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}">{lines}{boxes}</svg>'
    )


def _title(box: OrganisationBox) -> list[str]:
    """Return a title in the lines that it takes, at most two."""
    if not box.title:
        return []
    fits = shortened(box.title, _TITLE_SIZE, _INSIDE, _TITLE_LINES)
    return wrapped(fits, _TITLE_SIZE, _INSIDE)[:_TITLE_LINES]


def _connector(above: tuple[int, int], beneath: tuple[int, int]) -> str:
    return f'<path d="M{above[0] + _INDENT // 2} {above[1] + _HIGH}V{beneath[1] + _HIGH // 2}H{beneath[0]}"/>'


def _drawn(box: OrganisationBox, title: list[str], left: int, top: int, height: int) -> str:
    name = shortened(box.name, _NAME_SIZE, _INSIDE, 1)
    first = top + (17 if title else 25)
    words = "".join(
        f'<text{_SOFTER if n else ""} x="{left + 8}" y="{first + 1 + _LINE * n}">{escape(line)}</text>'
        for n, line in enumerate((name, *title))
    )
    whole = escape(", ".join(filter(None, (box.name, box.title))))
    frame = f'<rect x="{left}" y="{top}" width="{_WIDE}" height="{height}" rx="5"/>'
    return f"<g><title>{whole}</title>{frame}{words}</g>"
