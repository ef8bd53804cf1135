"""What follows from the growth path: which of its steps lie within a year, and which beyond."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from workshop_tui.domain.base.vocabulary import Horizon
from workshop_tui.domain.model.value import GrowthStep

_PERIOD = re.compile(r"[1-9]\d{3}(-Q[1-4])?", re.ASCII)
_MONTHS = 3  # of a quarter
_QUARTERS = 4  # of a year
_FIRST_YEAR = 1000
"""The first year that can be written with four digits."""


def is_period(text: str) -> bool:
    """Whether a text is a quarter or a year as they are written, as in 2026-Q3 or 2027."""
    return _PERIOD.fullmatch(text) is not None


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
    return horizon_of_period(step.period, on)


def horizon_of_period(period: str, on: dt.date) -> Horizon:
    """Return whether a period ends within a year of a day, or beyond."""
    return Horizon.SHORT if span(period)[1] <= a_year_after(on) else Horizon.LONG


class GrowthSide(Struct, frozen=True):
    """One side of the balance of the growth path."""

    steps: int = 0
    worth: float = 0.0
    """Sum of what is expected, in the account's currency, of the steps that say so."""
    unestimated: int = 0
    """Steps that don't say what they are worth."""


class GrowthBalance(Struct, frozen=True):
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


def period_name(period: str) -> str:
    """Return a period as people say it, as in «Q3 2026» or «2027»."""
    year, _, quarter = period.partition("-Q")
    return f"Q{quarter} {year}" if quarter else year


def quarter_of(day: dt.date) -> str:
    """Return the quarter in which a day lies, as it is written: 2026-Q3."""
    return f"{day.year:04}-Q{(day.month - 1) // _MONTHS + 1}"


def period_after(period: str, by: int) -> str:
    """Return the period so many of its own kind later, quarters after a quarter and years after a year.

    What would lie before the year 1000 or after 9999 stays as it is: no such period can be written.
    """
    year, _, quarter = period.partition("-Q")
    each = _QUARTERS if quarter else 1
    count = int(year) * each + (int(quarter) - 1 if quarter else 0) + by
    found = count // each
    if not _FIRST_YEAR <= found <= dt.MAXYEAR:
        return period
    return f"{found}-Q{count % each + 1}" if quarter else str(found)


def is_over(step: GrowthStep, on: dt.date) -> bool:
    """Whether a step's period has passed while there is still something to come of it."""
    return step.status.is_ahead and span(step.period)[1] < on


def periods_of(steps: Iterable[GrowthStep]) -> Sequence[str]:
    """Return the periods of these steps, each once, as they begin; a quarter before its year."""
    return tuple(dict.fromkeys(step.period for step in in_time(steps)))


def units_of(steps: Iterable[GrowthStep]) -> Sequence[str]:
    """Return the units of these steps, each once, in the order in which they come; "" last."""
    found = dict.fromkeys(step.unit for step in steps)
    return (*(unit for unit in found if unit), *(unit for unit in found if not unit))
