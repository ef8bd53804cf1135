"""A document as a PDF, set by Typst from a page of our own that reads the document as data.

Nothing of a person's words is in the program that Typst runs: they come in as JSON beside it, and are
set as they are. Fonts are those in the library, so that the file is the same everywhere; the machine's
own are asked for letters alone that these don't have.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any, Final, assert_never

from workshop_tui.documents.as_docx import WHO_REPORTS, by_manager
from workshop_tui.documents.as_markdown import task_line
from workshop_tui.documents.document import (
    BlockOfText,
    Document,
    Heading,
    Organisation,
    Paragraph,
    Quote,
    Task,
    Tasks,
    TextList,
    TextTable,
    bold,
    joined,
)
from workshop_tui.documents.extras import need
from workshop_tui.documents.markdown import with_addresses
from workshop_tui.documents.measure import PAPERS, Paper, column_widths

_SIDE: Final = 48.0
_TABLE_SIZE: Final = 8.5
_CELL: Final = 4.0
_SIZES: Final = (10.0, 9.5, 9.0, 8.5)
_OVER: Final = 2
_PAGE_OBJECT: Final = re.compile(rb"/Type\s*/Page\b")
_FAMILIES: Final = ("Libertinus Serif", "DejaVu Sans Mono")
"""Fonts that the library has in it; the second has the signs."""
_OF_OUR_FONTS: Final = re.compile(
    r"[\x00-\u052f\u1e00-\u1fff\u2000-\u206f\u20a0-\u20bf\u2100-\u218f\u2190-\u22ff\u2500-\u265f]*"
)
"""Letters of Latin, Greek and Cyrillic, signs and arrows."""
_PAPERS: Final[dict[Paper, str]] = {"a4": "a4", "letter": "us-letter"}
_PAGE: Final = """
#let told = json(bytes(sys.inputs.told))
#let accent = rgb("17547f")
#let soft = rgb("5a6675")
#let rule = 0.5pt + rgb("c9d1dc")
#let size = told.size * 1pt
#set document(title: told.title, date: none)
#set page(
  paper: told.paper,
  margin: (x: 48pt, top: 46pt, bottom: 50pt),
  footer: context align(right, text(8pt, fill: soft, counter(page).display("1 of 1", both: true))),
)
#set text(font: told.fonts, size: size, lang: told.lang, fallback: true)
#set par(leading: 0.55em, spacing: 0.75em)
#set list(indent: 2pt, spacing: 0.6em)
#set enum(indent: 2pt, spacing: 0.6em)
#set table.cell(breakable: false)
#show heading: set text(font: told.fonts)
#show heading: set block(sticky: true)
#show heading.where(level: 1): it => block(below: 0.7em, text(19pt, fill: accent, it.body))
#show heading.where(level: 2): it => block(
  above: 1.5em, below: 0.7em, width: 100%, stroke: (bottom: rule), inset: (bottom: 3pt),
  text(12.5pt, fill: accent, it.body),
)
#show heading.where(level: 3): it => block(above: 1.2em, below: 0.6em, text(10.5pt, it.body))
#show link: it => text(fill: accent, underline(it))

// The library's font has three quarters with one of them black: wheels are drawn, over letters unseen.
#let quarters = (
  "○": (), "◔": ((50%, 0%, 50%, 50%),), "◑": ((50%, 0%, 50%, 100%),),
  "◕": ((50%, 0%, 50%, 100%), (0%, 50%, 50%, 50%)), "●": ((0%, 0%, 100%, 100%),),
)
#show regex("[○◔◑◕●]"): it => context {
  let ink = text.fill
  box(width: 0.95em, height: 0.78em, baseline: 0.06em, {
    place(text(fill: rgb(0, 0, 0, 0), size: 0.5em, it))
    box(width: 0.78em, height: 0.78em, radius: 50%, clip: true, stroke: 0.055em + ink, {
      for (x, y, w, h) in quarters.at(it.text) { place(dx: x, dy: y, rect(width: w, height: h, fill: ink)) }
    })
  })
}
#let run(span) = {
  let said = if span.style == "code" { text(0.82em, fill: soft, span.text) } else { text(span.text) }
  if span.style == "bold" { said = strong(said) }
  if span.style == "italic" { said = emph(said) }
  if span.style == "struck" { said = strike(said) }
  if span.url != "" { said = link(span.url, said) }
  said
}
#let line(spans) = spans.map(run).join()
#let beneath(lines) = if lines.len() > 0 { list(..lines.map(line)) }
#let item(each) = {
  line(each.line)
  beneath(each.beneath)
}
#let task(each) = block(breakable: false, below: 0.6em, grid(
  columns: (15pt, 1fr),
  text(1.05em, each.box),
  {
    line(each.line)
    if each.beneath.len() > 0 { block(above: 0.45em, beneath(each.beneath)) }
  },
))
#let cell(said, number) = table.cell(align: if number { right } else { left }, line(said))
#let rows(of) = of.rows.map(row => {
  if row.len() == 1 { (table.cell(colspan: of.head.len(), line(row.at(0))),) }
  else { row.enumerate().map(((n, said)) => cell(said, of.numbers.contains(n))) }
}).flatten()
#let grid-of(of) = block(above: 0.9em, below: 1em, {
  set text(0.85em)
  set par(leading: 0.45em)
  table(
    columns: of.widths.map(each => each * 1pt),
    inset: (x: 4pt, y: 3.2pt),
    stroke: (x: none, top: none, bottom: rule),
    fill: (_, y) => if y == 0 { rgb("eef2f7") },
    table.header(repeat: true, ..of.head.enumerate().map(
      ((n, name)) => table.cell(align: if of.numbers.contains(n) { right } else { left }, strong(text(name))),
    )),
    ..rows(of),
  )
})
#let people(lead, boxes) = {
  block(sticky: true, strong(text(lead)))
  for box in boxes {
    pad(left: 12pt * box.depth, bottom: -0.2em, grid(columns: (9pt, 1fr), text("•"), line(box.line)))
  }
}
#let write(block-of) = {
  let kind = block-of.kind
  if kind == "heading" { heading(level: block-of.level, text(block-of.text)) }
  else if kind == "paragraph" { par(line(block-of.line)) }
  else if kind == "list" { list(..block-of.items.map(item)) }
  else if kind == "enum" { enum(..block-of.items.map(item)) }
  else if kind == "tasks" { for each in block-of.tasks { task(each) } }
  else if kind == "table" { grid-of(block-of) }
  else if kind == "quote" {
    block(breakable: false, stroke: (left: 2pt + accent), inset: (left: 8pt, y: 2pt), {
      line(block-of.line)
      if block-of.by.len() > 0 { block(above: 0.5em, text(0.88em, fill: soft, line(block-of.by))) }
    })
  }
  else if kind == "people" { people(block-of.lead, block-of.boxes) }
}

#for each in told.blocks { write(each) }
""".strip()


def as_pdf(document: Document, *, paper: Paper = "a4") -> bytes:
    """Return a document as a PDF; the same document is always the same file.

    What would go on to a second page is set smaller where one is enough then.

    Raises:
        DocumentError: the library isn't there.
    """
    need("typst", "PDF files")
    across = PAPERS[paper][0] - 2 * _SIDE
    written = _set(document, paper, across, _SIZES[0])
    if _pages(written) == _OVER:
        smaller = (_set(document, paper, across, size) for size in _SIZES[1:])
        return next((each for each in smaller if _pages(each) < _OVER), written)
    return written


def _set(document: Document, paper: Paper, across: float, size: float) -> bytes:
    written = compiler(document, paper, across, size).compile(format="pdf", timestamp=_at(document))
    return written if isinstance(written, bytes) else b""


def compiler(document: Document, paper: Paper, across: float, size: float) -> Any:
    """Return Typst with a document before it, for a page of some width and letters of some size."""
    import typst

    told = {
        "title": document.title,
        "lang": document.lang,
        "paper": _PAPERS[paper],
        "fonts": _FAMILIES,
        "size": size,
        "blocks": [_told(block, across) for block in (Heading(document.title, 1), *document.blocks)],
    }
    said = json.dumps(told, ensure_ascii=False)
    is_known = _OF_OUR_FONTS.fullmatch(said) is not None  # looking through a machine's fonts takes seconds
    return typst.Compiler(_PAGE.encode(), ignore_system_fonts=is_known, sys_inputs={"told": said})


def _pages(written: bytes) -> int:
    return len(_PAGE_OBJECT.findall(written))


def _at(document: Document) -> dt.datetime:
    """Return the day of which a document tells, as when it was made."""
    day = dict(document.facts).get("as_of")
    at = dt.date.fromisoformat(day) if day else dt.date(2000, 1, 1)
    return dt.datetime(at.year, at.month, at.day, tzinfo=dt.UTC)


def _told(  # noqa: PLR0911 - one for each kind of block
    block: BlockOfText, across: float
) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": block.text}
        case Paragraph():
            return {"kind": "paragraph", "line": _line(block.text)}
        case TextList():
            items = [
                {"line": _line(item.text), "beneath": [_line(each) for each in item.beneath]}
                for item in block.items
            ]
            return {"kind": "enum" if block.is_numbered else "list", "items": items}
        case Tasks():
            return {"kind": "tasks", "tasks": [_task(task) for task in block.tasks]}
        case TextTable():
            return {
                "kind": "table",
                "head": block.head,
                "numbers": sorted(block.numbers),
                "widths": column_widths(block, _TABLE_SIZE, across, 2 * _CELL),
                "rows": [[_line(cell) for cell in row] for row in block.rows],
            }
        case Quote():
            by = _line(((block.by, ""),)) if block.by else []
            return {"kind": "quote", "line": _line(((f"“{block.words}”", ""),)), "by": by}
        case Organisation():
            boxes = [
                {"line": _line(joined((bold(box.name), box.title), ", ")), "depth": depth}
                for box, depth in by_manager(block)
            ]
            return {"kind": "people", "lead": f"{WHO_REPORTS}:", "boxes": boxes}
        case _:
            assert_never(block)


def _task(task: Task) -> dict[str, Any]:
    said = (*task_line(task), (" ", ""), (task.id, "code"))
    return {
        "box": "☑" if task.is_done else "☐",
        "line": _line(said),
        "beneath": [_line(each) for each in task.beneath],
    }


def _line(line: Any) -> list[dict[str, str]]:
    """Return words with their style, those that are an address of the web with that."""
    return [
        {"text": piece, "style": style, "url": address if style != "code" else ""}
        for words, style in line
        for piece, address in with_addresses(words)
        if piece
    ]
