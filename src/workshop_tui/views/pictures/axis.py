"""Months along the top of a picture: where a day stands in so many cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from msgspec import Struct

from workshop_tui.domain.base.dates import format_date
from workshop_tui.views.pictures.picture import Brush

LEAST = 12
"""Cells of a name that are kept however narrow it is."""


class Axis(Struct, frozen=True):
    """Whole months laid out in so many cells, with today in them."""

    start: dt.date
    end: dt.date
    width: int
    today: dt.date

    @classmethod
    def over(cls, days: Iterable[dt.date], width: int, today: dt.date) -> Axis:
        """Return the months that hold all of these days and today."""
        found = sorted((today, *days))
        return cls(found[0].replace(day=1), _month_after(found[-1]), max(width, 2 * LEAST), today)

    def at(self, day: dt.date) -> int:
        """Return the column of a day."""
        return (day - self.start).days * (self.width - 1) // (self.end - self.start).days

    @property
    def holds_today(self) -> bool:
        """Whether today is in it."""
        return self.start <= self.today < self.end

    @property
    def now(self) -> int:
        """The column of today."""
        return self.at(self.today)

    def months(self) -> Iterator[tuple[int, str]]:
        """Yield (column, label) of as many months as there is room for; the year where it is another."""
        day, free, year = self.start, 0, 0
        while day < self.end:
            _, month, _ = format_date(day).split()
            label = month if day.year == year else f"{month} {day.year}"
            at = self.at(day)
            if free <= at <= self.width - len(label):
                yield at, label
                free, year = at + len(label) + 1, day.year
            day = _month_after(day)


def _month_after(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1)


def put_axis(brush: Brush, axis: Axis, left: int = 0, top: int = 0) -> None:
    """Paint the names of the months and the axis with today, so many cells from the left and the top."""
    ticks = ["─"] * axis.width
    for at, label in axis.months():
        ticks[at] = "┬"
        brush.put(left + at, top, label, "heading")
    line = "".join(ticks)
    if not axis.holds_today:
        brush.put(left, top + 1, line, "muted")
        return
    brush.row(left, top + 1, (line[: axis.now], "muted"), ("▼", "accent"), (line[axis.now + 1 :], "muted"))
