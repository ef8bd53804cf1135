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
    above = _rank(order[to - 1]) if to else _rank(order[1]) - 2
    below = _rank(order[to + 1]) if to + 1 < len(order) else above + 2
    if above < (middle := (above + below) / 2) < below:
        return set_field(row, "rank", middle)
    return tuple(change for n, other in enumerate(order, 1) for change in set_field(other, "rank", float(n)))


def _rank(row: Entity) -> float:
    return float(getattr(row, "rank", 0.0))
