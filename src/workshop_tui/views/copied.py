"""What is copied out of a table: a row as a line of words, all of it as a table in Markdown.

It is made of what the table shows, which is cut for whoever looks: nothing else is ever copied.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from workshop_tui.domain.base.text import one_line
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import entity_at
from workshop_tui.views.cell import TICK, Col
from workshop_tui.views.fields import MISSING, cell
from workshop_tui.views.table import Row, Table

_NOTHING = {MISSING, "?", ""}
_TICKS = {TICK: "yes", "–": "no"}


def words_of(live: LivePlan | None, table: Table, row: Row) -> tuple[str, ...]:
    """Return what the cells of a row say in words, where they show signs; "" for what is empty.

    Without a plan, as over all accounts, no cell is a field of an entity.
    """
    return tuple(_words(live, table, row, column) for column in range(len(row.cells)))


def _words(live: LivePlan | None, table: Table, row: Row, column: int) -> str:
    text, col = row.cells[column].text, table.cols[column] if column < len(table.cols) else None
    entity = entity_at(live.view, row.id) if live else None
    if live and isinstance(col, Col) and col.sign and entity:
        text = cell(live.view, entity, replace(col, sign=False), live.context).text
    if isinstance(col, Col) and col.is_tick:
        text = _TICKS.get(text, text)
    return "" if text in _NOTHING else one_line(text).strip()


def as_line(live: LivePlan | None, table: Table, row: Row) -> str:
    """Return a row as one line: its first words, then each heading with what stands under it."""
    if row.heading:
        return row.heading
    told: list[str] = []
    for column, text in enumerate(words_of(live, table, row)):
        heading = table.cols[column].heading if column < len(table.cols) else ""
        is_named = told and heading.strip() and not table.form
        told += [f"{heading}: {text}" if is_named else text] if text else []
    return " · ".join(told)


def as_markdown(live: LivePlan, table: Table) -> str:
    """Return a table in Markdown, a heading between its rows in bold; a form as two columns."""
    from workshop_tui.documents.markdown import md  # of no use to a first screen

    headings = [col.heading for col in table.cols]
    lines = [_line(md(heading) for heading in headings), _line("---" for _ in headings)]
    for row in table.rows:
        if row.heading:
            lines.append(_line((f"**{md(row.heading)}**", *("" for _ in headings[1:]))))
        elif row.cells and not row.placeholder:
            texts: Sequence[str] = words_of(live, table, row)
            lines.append(_line((*map(md, texts), *("" for _ in headings[len(texts) :]))))
    return "\n".join(lines) + "\n"


def _line(cells: Iterator[str] | Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
