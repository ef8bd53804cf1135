"""Rows that people put in order by hand."""

from __future__ import annotations

from collections.abc import Sequence

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.plan.step import Change, set_field


def move_row(rows: Sequence[Entity], row: Entity, by: int) -> tuple[Change, ...]:
    """Return the changes that put a row so many places further down among its neighbours, in their order.

    () when it is at the end already.
    """
    others = list(rows)
    at = others.index(row)
    to = max(0, min(len(others) - 1, at + by))
    others.pop(at)
    if at == to:
        return ()
    rank, moved = rank_at(others, to)
    return (*moved, *set_field(row, "rank", rank))


def rank_at(rows: Sequence[Entity], at: int) -> tuple[float, tuple[Change, ...]]:
    """Return the rank of a row that comes in at a place among others, in their order, and what that moves.

    It is between those of its neighbours, so that nobody else's changes; only where there is none between
    are all numbered anew.
    """
    above = _rank(rows[at - 1]) if at else _rank(rows[0]) - 2 if rows else 0.0
    below = _rank(rows[at]) if at < len(rows) else above + 2
    if above < (middle := (above + below) / 2) < below:
        return middle, ()
    numbered = ((n + (n > at), other) for n, other in enumerate(rows, 1))
    return at + 1.0, tuple(c for n, other in numbered for c in set_field(other, "rank", float(n)))


def _rank(row: Entity) -> float:
    return float(getattr(row, "rank", 0.0))
