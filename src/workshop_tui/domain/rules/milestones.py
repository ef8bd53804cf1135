"""Actions put together: by milestone, and by when they are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import Enum

from msgspec import Struct

from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import ActionStatus
from workshop_tui.domain.model.actions import Action


class Milestone(Struct, frozen=True):
    """What several actions lead up to. One that was dropped leads nowhere, so it counts for nothing."""

    name: str
    actions: tuple[Action, ...]

    @property
    def kept(self) -> tuple[Action, ...]:
        """The actions that were not dropped."""
        return tuple(action for action in self.actions if action.status is not ActionStatus.DROPPED)

    @property
    def is_dropped(self) -> bool:
        """Whether every action was dropped."""
        return not self.kept

    @property
    def dues(self) -> tuple[dt.date, ...]:
        """Due dates in order; those of dropped actions only where there are no others."""
        return tuple(sorted(action.due for action in self.kept or self.actions if action.due))

    @property
    def due(self) -> dt.date | None:
        """When it is reached: the last due date of its actions."""
        return self.dues[-1] if self.dues else None

    @property
    def done(self) -> int:
        """How many of the actions kept are done."""
        return sum(action.status is ActionStatus.DONE for action in self.kept)

    @property
    def share(self) -> str:
        """What is done of what was kept, as in «2/5»."""
        return f"{self.done}/{len(self.kept)}"

    @property
    def is_reached(self) -> bool:
        """Whether everything that leads up to it is done."""
        return not self.is_dropped and self.done == len(self.kept)

    def is_late(self, on: dt.date) -> bool:
        """Whether any of its open actions was due before a date."""
        return any(action.status.is_open and action.due and action.due < on for action in self.actions)


def milestones(actions: Iterable[Action]) -> tuple[Milestone, ...]:
    """Return the milestones of actions by date, those without one last; each with its actions by due date.

    Names that differ by case or accents alone are one milestone.
    """
    named: dict[str, list[Action]] = {}
    for action in sorted(actions, key=lambda action: action.due or dt.date.max):
        if action.milestone:
            named.setdefault(fold(action.milestone), []).append(action)
    found = (Milestone(those[0].milestone, tuple(those)) for those in named.values())
    return tuple(sorted(found, key=lambda one: (one.due or dt.date.max, fold(one.name))))


class When(Enum):
    """How soon something is due, the soonest first."""

    OVERDUE = "Overdue"
    THIS_WEEK = "This week"
    NEXT_WEEK = "Next week"
    LATER = "Later"
    NO_DATE = "No date"


def when(due: dt.date | None, today: dt.date, week_start: int = 0) -> When:
    """Return how soon a date is; `week_start` is the day on which a week begins, Monday 0 to Sunday 6."""
    if due is None:
        return When.NO_DATE
    if due < today:
        return When.OVERDUE
    begun = (today.weekday() - week_start) % 7
    weeks = ((due - today).days + begun) // 7
    return {0: When.THIS_WEEK, 1: When.NEXT_WEEK}.get(weeks, When.LATER)


def by_date(
    actions: Iterable[Action], today: dt.date, week_start: int = 0
) -> Mapping[When, tuple[Action, ...]]:
    """Return actions by how soon they are due, each group by date."""
    groups: dict[When, list[Action]] = {each: [] for each in When}
    for action in sorted(actions, key=lambda action: action.due or dt.date.max):
        groups[when(action.due, today, week_start)].append(action)
    return {each: tuple(those) for each, those in groups.items()}
