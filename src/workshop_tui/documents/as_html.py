"""A document as one HTML file: no script, no request to anywhere, on paper as on a screen."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final, assert_never

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
svg text { fill: var(--ink); font-size: 12px; text-anchor: middle; }
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

_WIDE, _HIGH, _GAP, _LEVEL = 168, 40, 14, 74
_LETTERS, _SMALL_LETTERS = 24, 28


def _chart(chart: Organisation) -> str:
    """Return who reports to whom as a drawing: each manager in the middle above their people."""
    places = dict(_places(chart))
    width = max(x for x, _ in places.values()) + _WIDE + 2
    height = max(y for _, y in places.values()) + _HIGH + 2
    lines = "".join(
        _connector(places[box.under], places[box.id]) for box in chart.boxes if box.under in places
    )
    boxes = "".join(_drawn(box, *places[box.id]) for box in chart.boxes)
    return (
        f'<svg role="img" aria-label="Who reports to whom" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}">{lines}{boxes}</svg>'
    )


def _places(chart: Organisation) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield where each box goes, left and top: who has nobody beneath takes the next column."""
    known = {box.id for box in chart.boxes}
    below: dict[str, list[OrganisationBox]] = {}
    for box in chart.boxes:
        below.setdefault(box.under if box.under in known else "", []).append(box)
    at: dict[str, tuple[int, int]] = {}
    free = [1]

    def place(box: OrganisationBox, depth: int) -> int:
        at[box.id] = (0, 0)  # who manages one another in a ring is placed once
        beneath = [place(each, depth + 1) for each in below.get(box.id, ()) if each.id not in at]
        if beneath:
            left = (beneath[0] + beneath[-1]) // 2
        else:
            left = free[0]
            free[0] += _WIDE + _GAP
        at[box.id] = (left, 1 + depth * _LEVEL)
        return left

    for box in (*below.get("", ()), *chart.boxes):
        if box.id not in at:
            place(box, 0)
    yield from at.items()


def _connector(above: tuple[int, int], beneath: tuple[int, int]) -> str:
    x, y = above[0] + _WIDE // 2, above[1] + _HIGH
    middle = y + (_LEVEL - _HIGH) // 2
    return f'<path d="M{x} {y}V{middle}H{beneath[0] + _WIDE // 2}V{beneath[1]}"/>'


def _drawn(box: OrganisationBox, left: int, top: int) -> str:
    lines = [(box.name, "", _LETTERS), *([(box.title, ' class="t"', _SMALL_LETTERS)] if box.title else [])]
    first = top + (17 if box.title else 25)
    words = "".join(
        f'<text{style} x="{left + _WIDE // 2}" y="{first + 14 * n}">{_cut(line, letters)}</text>'
        for n, (line, style, letters) in enumerate(lines)
    )
    whole = escape(", ".join(filter(None, (box.name, box.title))))
    frame = f'<rect x="{left}" y="{top}" width="{_WIDE}" height="{_HIGH}" rx="5"/>'
    return f"<g><title>{whole}</title>{frame}{words}</g>"


def _cut(words: str, letters: int) -> str:
    return escape(words if len(words) <= letters else f"{words[: letters - 1].rstrip()}…")
