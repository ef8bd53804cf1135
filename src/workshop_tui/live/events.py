"""What the live plan tells whoever shows it."""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias

from msgspec import Struct

from workshop_tui.domain.plan.step import Conflict, Step


class PlanChanged(Struct, frozen=True):
    """The plan, its audience or its saved state has changed: show it again."""

    rows: bool = True
    """False when only the saved state has changed."""
    others: bool = False
    """Whether somebody else has changed it."""
    by: frozenset[str] = frozenset()
    """Who, as far as that is known."""


class ConflictFound(Struct, frozen=True):
    """A Step met another value than it was based on; both are here for a person to choose."""

    step: Step
    conflict: Conflict


PlanEvent: TypeAlias = PlanChanged | ConflictFound


class SaveStatus(Struct, frozen=True):
    """What the bar says: when it was last saved, or why it isn't."""

    at: dt.datetime | None = None
    waiting: int = 0
    why_not: str = ""
