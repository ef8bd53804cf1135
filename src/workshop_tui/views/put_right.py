"""What has been put right beside a seal, as it is marked where a sealed session shows its old words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from msgspec.structs import replace
from rich.cells import cell_len

from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.lifecycle.errata import SealedText, told
from workshop_tui.domain.model.session import Erratum
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import entity_at
from workshop_tui.views.headline import Headline
from workshop_tui.views.table import Row, Table
from workshop_tui.views.text_layout import fit

ROOMY = 60
"""Cells of a border from which it says, too, that the record stays."""
SIGN = "✱"
PUT_RIGHT = f"{SIGN} Put right since"


def told_at(live: LivePlan, name: str) -> str:
    """Return what has been put right last of what a row stands for; empty for nothing."""
    errata = _errata_at(live, name)
    return f"{PUT_RIGHT}: {told(errata[-1], live.view)}" if errata else ""


def told_done(place: SealedText, new: str, room: int) -> str:
    """Return what has just been put right, in so many cells: long texts from where they differ."""
    old, new = one_line(place.text), one_line(new)
    if new == one_line(place.sealed):
        return f"As it was sealed again: «{new}»"
    done = "Put right beside the seal" if room >= ROOMY else "Put right"
    free = room - cell_len(f"{done}: «» → «»")
    if cell_len(old) + cell_len(new) > free:
        if at := _alike(old, new).rfind(" ") + 1:
            old, new = f"…{old[at:]}", f"…{new[at:]}"
        old = _cut(old, max(free // 2, free - cell_len(new)))
        new = _cut(new, free - cell_len(old))
    return f"{done}: «{old}» → «{new}»"


def _alike(one: str, other: str) -> str:
    """Return with what both begin."""
    both = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(sign for sign, _ in both)


def _cut(text: str, room: int) -> str:
    return fit(text, room).rstrip() if cell_len(text) > room else text


def with_signs(live: LivePlan, table: Table) -> Table:
    """Return a table with a sign in front of the old words, or of the row where they don't stand in it."""
    if not live.errata:
        return table
    at = max(table.start, table.ticks + 1)
    return replace(table, rows=tuple(_signed(row, _errata_at(live, row.id), at) for row in table.rows))


def with_note(live: LivePlan, large: Headline, name: str) -> Headline:
    """Return what stands in large type with how it should read, where that has been put right."""
    right = [one for one in _errata_at(live, name) if one_line(one.old) == one_line(large.text)]
    note = f"{PUT_RIGHT}: «{one_line(right[-1].new)}»" if right else large.note
    return replace(large, note=note, tone="warn" if right else large.tone)


def _errata_at(live: LivePlan, name: str) -> Sequence[Erratum]:
    row = entity_at(live.view, name) if live.errata else None
    return live.errata_at(row) if row else ()


def _signed(row: Row, errata: Sequence[Erratum], start: int) -> Row:
    if not errata or not row.cells:
        return row
    old = {one_line(one.old) for one in errata}
    found = (n for n, cell in enumerate(row.cells) if any(words in one_line(cell.text) for words in old))
    at = next(found, start)
    cell = row.cells[at]
    signed = replace(cell, text=f"{SIGN} {cell.text}", brief=cell.brief and f"{SIGN}{cell.brief}")
    return replace(row, cells=(*row.cells[:at], signed, *row.cells[at + 1 :]))
