"""Where a Step leads that takes something back: the rows that it brings in again, or changes."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_tui.domain.base.entity import Entity, Key, referents
from workshop_tui.domain.plan.plan import KIND
from workshop_tui.domain.plan.step import Add, Remove, Step, target
from workshop_tui.views.row_id import RowId


def brought_back(step: Step) -> tuple[str, ...]:
    """Return what views call the rows that a Step brings in or changes, and those that these are beside.

    What comes in stands first; a person behind their tie or reading, as that has no row of its own.
    """
    places = [target(change) for change in step.changes if not isinstance(change, Remove)]
    added = [target(change) for change in step.changes if isinstance(change, Add)]
    own = [RowId.entity(kind, *key) for kind, key in (*added, *places)]
    gone = [target(change) for change in step.changes if isinstance(change, Remove)]
    beside = [row for kind, key in (*places, *gone) for row in _beside(kind, key)]
    return tuple(dict.fromkeys(str(row) for row in (*own, *beside)))


def _beside(kind: type[Entity], key: Key) -> Iterator[RowId]:
    """Yield the rows that the key of another one names."""
    named = dict(zip(kind.KEY, key, strict=True))
    for name, kinds in referents(kind).items():
        if name in named:
            yield from (RowId.entity(KIND[other], named[name]) for other in kinds)
