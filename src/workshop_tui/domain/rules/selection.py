"""Which accounts the firms go for, side by side. Light: no entity is imported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import Struct

from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import AccountStage

YES, NO, OPEN = "yes", "no", "?"


class FirmView(Struct, frozen=True):
    """What one firm thinks of an account."""

    firm: str
    """Its short name."""
    score: float | None
    """Its profile score, 1 to 5; None while it has scored nothing that has weight."""
    leader: str
    """Its account leader's word: yes (by name and date), no, or ? while nobody has spoken so."""


class CandidateAccount(Struct, frozen=True):
    """One account among those the firms could go for."""

    account: str
    name: str
    stage: AccountStage
    firms: tuple[FirmView, ...]
    widest: str
    """The criterion on which the firms differ most; empty where they agree."""
    spread: int
    """How far their scores for it lie apart."""
    selected_on: dt.date | None
    selected_by: str

    @property
    def mean(self) -> float | None:
        """The mean of the firms' scores, those that have one; None where none has."""
        scores = [firm.score for firm in self.firms if firm.score is not None]
        return sum(scores) / len(scores) if scores else None

    @property
    def is_scored(self) -> bool:
        """Whether every firm has scored it."""
        return bool(self.firms) and all(firm.score is not None for firm in self.firms)


def weighted_mean(scored: Iterable[tuple[float, int]]) -> float | None:
    """Return the mean of (weight, score); None where nothing has weight."""
    each = list(scored)
    total = sum(weight for weight, _ in each)
    return sum(weight * score for weight, score in each) / total if total else None


def leaders_word(*, agreed: bool, by: str, on: object) -> str:
    """Return an account leader's word as it counts: a yes needs name and date."""
    if not agreed:
        return NO
    return YES if by and on else OPEN


def in_order(candidates: Iterable[CandidateAccount]) -> Sequence[CandidateAccount]:
    """Return accounts in the order in which they would be gone for.

    Those that every firm has scored come first, then by the mean of the scores, the highest first, then by
    name. What was chosen already stays where its scores put it.
    """

    def place(one: CandidateAccount) -> tuple[bool, float, str, str]:
        return (not one.is_scored, -(one.mean or 0.0), fold(one.name), one.account)

    return sorted(candidates, key=place)


def to_choose(candidates: Sequence[CandidateAccount], top: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return whom to choose, and whom to give up, by their ids, so that the first few alone are chosen."""
    first, others = candidates[:top], candidates[top:]
    chosen = tuple(one.account for one in first if one.selected_on is None)
    return chosen, tuple(one.account for one in others if one.selected_on is not None)
