"""What the live plan tells the screens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from textual.message import Message

from workshop_tui.domain.plan.step import Conflict, Step


@dataclass
class PlanChanged(Message):
    """The plan, its audience or its saved state has changed: show it again."""

    rows: bool = True
    """False when only the saved state has changed."""
    others: bool = False
    """Whether somebody else has changed it."""

    bubble = False


@dataclass
class ConflictFound(Message):
    """A Step met another value than it was based on; both are here for a person to choose."""

    step: Step
    conflict: Conflict


@dataclass(frozen=True)
class Saved:
    """What the bar says: when it was last saved, or why it isn't."""

    at: dt.datetime | None = None
    waiting: int = 0
    why_not: str = ""
