"""Rows that people put in order by hand."""

from __future__ import annotations

from collections.abc import Sequence

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.plan.step import Change, set_field


def move_row(rows: Sequence[Entity], row: Entity, by: int) -> tuple[Change, ...]:
    """Return the changes that put a row so many places further down among its neighbours, in their order.

    It gets a rank between its new neighbours, so that nobody else's changes; only where these have one and
    the same rank are all numbered anew. () when it is at the end already.
    """
    order = list(rows)
    at = order.index(row)
    to = max(0, min(len(order) - 1, at + by))
    order.insert(to, order.pop(at))
    if at == to:
        return ()
    rank, moved = rank_at([other for other in order if other is not row], to)
    return (*set_field(row, "rank", rank), *moved)


def rank_at(rows: Sequence[Entity], at: int) -> tuple[float, tuple[Change, ...]]:
    """Return the rank of a row at a place, and how the others are numbered anew if there is none between."""
    above = _rank(rows[at - 1]) if at else _rank(rows[0]) - 2 if rows else 0.0
    below = _rank(rows[at]) if at < len(rows) else above + 2
    if above < (middle := (above + below) / 2) < below:
        return middle, ()
    others = ((n + (n >= at) + 1, row) for n, row in enumerate(rows))
    return at + 1.0, tuple(change for n, row in others for change in set_field(row, "rank", float(n)))


def _rank(row: Entity) -> float:
    return float(getattr(row, "rank", 0.0))
