"""Which reasons end accounts, counted over all of them. Light: no entity is imported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from msgspec import Struct

from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import AccountStage

FEWEST = 5
"""Ends from which on a share of them says anything."""


class Lesson(Struct, frozen=True):
    """What the end of one account taught."""

    account: str
    account_name: str
    end: AccountStage
    on: dt.date
    reason: str
    said: str
    """In the customer's words; empty when nobody wrote any down."""
    told_by: str
    """Name of whoever of the customer's people said so; empty for nobody."""
    differently: str


class ReasonCount(Struct, frozen=True):
    """How often a reason was given for one kind of end."""

    end: AccountStage
    reason: str
    lessons: tuple[Lesson, ...]
    """Where it was given, the latest first."""
    of: int
    """How many ends of this kind there are."""

    @property
    def count(self) -> int:
        """How often it was given."""
        return len(self.lessons)

    @property
    def rate(self) -> float | None:
        """Its share of the ends of this kind; None while there are fewer than five."""
        return self.count / self.of if self.of >= FEWEST else None


def count_reasons(lessons: Iterable[Lesson]) -> tuple[ReasonCount, ...]:
    """Return how often each reason was given, end by end, the most frequent first, alike by name.

    Reasons are the same when they differ in case or accents alone. An account counts each of its ends.
    """
    found: dict[tuple[AccountStage, str], list[Lesson]] = {}
    for lesson in sorted(lessons, key=lambda one: (-one.on.toordinal(), fold(one.account_name), one.account)):
        found.setdefault((lesson.end, fold(lesson.reason)), []).append(lesson)
    ends = list(AccountStage)
    of = {end: sum(len(group) for (ended, _), group in found.items() if ended is end) for end in AccountStage}
    counts = (ReasonCount(end, group[0].reason, tuple(group), of[end]) for (end, _), group in found.items())
    return tuple(sorted(counts, key=lambda one: (ends.index(one.end), -one.count, fold(one.reason))))
