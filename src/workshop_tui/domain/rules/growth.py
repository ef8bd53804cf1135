"""What follows from the growth path: which of its steps lie within a year, and which beyond."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workshop_tui.domain.base.vocabulary import Horizon
from workshop_tui.domain.model.value import GrowthStep

_MONTHS = 3  # of a quarter


def span(period: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a quarter or year, as in 2026-Q3 or 2027."""
    year, _, quarter = period.partition("-Q")
    first = dt.date(int(year), _MONTHS * (int(quarter) - 1) + 1 if quarter else 1, 1)
    months = _MONTHS if quarter else 12
    years, month = divmod(first.month - 1 + months, 12)
    if first.year + years > dt.MAXYEAR:
        return first, dt.date.max
    return first, dt.date(first.year + years, month + 1, 1) - dt.timedelta(1)


def a_year_after(day: dt.date) -> dt.date:
    """Return the same day a year later; 28 February after a 29th."""
    year = min(day.year + 1, dt.MAXYEAR)
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) else day.day)


def horizon_of(step: GrowthStep, on: dt.date) -> Horizon:
    """Return whether a step lies within a year of a day, its period ending by then, or beyond."""
    return Horizon.SHORT if span(step.period)[1] <= a_year_after(on) else Horizon.LONG


@dataclass(frozen=True)
class GrowthSide:
    """One side of the balance of the growth path."""

    steps: int = 0
    worth: float = 0.0
    """Sum of what is expected, in the account's currency, of the steps that say so."""
    unestimated: int = 0
    """Steps that don't say what they are worth."""


@dataclass(frozen=True)
class GrowthBalance:
    """What lies within twelve months, against what lies beyond."""

    short: GrowthSide = GrowthSide()
    long: GrowthSide = GrowthSide()


def growth_balance(steps: Iterable[GrowthStep], on: dt.date) -> GrowthBalance:
    """Return the balance, short against long, of the steps that are planned or begun, seen from a day.

    What is done or dropped lies behind, and so does what was planned for a period that is over.
    """
    ahead = [step for step in steps if step.status.is_ahead and span(step.period)[1] >= on]

    def side(horizon: Horizon) -> GrowthSide:
        here = [step for step in ahead if horizon_of(step, on) is horizon]
        known = [step.worth for step in here if step.worth is not None]
        return GrowthSide(len(here), sum(known), len(here) - len(known))

    return GrowthBalance(side(Horizon.SHORT), side(Horizon.LONG))


def in_time(steps: Iterable[GrowthStep]) -> Sequence[GrowthStep]:
    """Return steps by when their period begins, a quarter before its year; those alike in their order."""
    return sorted(steps, key=lambda step: span(step.period))
