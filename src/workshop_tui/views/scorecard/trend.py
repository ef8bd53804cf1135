"""The past of the scorecard: how each initiative went from review to review, and the reviews themselves."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import Direction
from workshop_tui.domain.model.scorecard import Initiative, Review, ReviewLine
from workshop_tui.domain.rules.scorecard import (
    WHEEL,
    actuals,
    by_component,
    heading,
    history,
    reviews,
    sparkline,
)
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, heading_row, row_id, shown_to
from workshop_tui.views.cell import Cell, Col, Plain
from workshop_tui.views.fields import MISSING
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.scorecard.page import NO_COMPONENT, SPARKED, TREND_TONES
from workshop_tui.views.table import Row, Table

MOST = 12
"""Reviews that are told at the most: a year's."""
NONE_HELD = "No review was held yet."


class Trend(View):
    """The initiatives, each review a column, the latest first; the wider, the more of them."""

    title: str = "Trend"
    kind: ClassVar[type[Entity]] = Initiative
    dense: ClassVar[bool] = True
    removes: ClassVar[tuple[type[Entity], ...] | None] = ()

    def is_open(self, live: LivePlan) -> bool:
        """Never to the customer: what was found at a review is ours."""
        return shown_to(live, ReviewLine, "actual")

    def why_not(self, _live: LivePlan, _name: str) -> str:
        """Say where it comes from."""
        return "This was found at a review: another one on the same day puts it right."

    def content(self, live: LivePlan) -> Table:
        """Return a row for each initiative."""
        days = [review.on for review in reversed(reviews(live.view))][:MOST]
        cols = (
            Plain("Initiative", 22, grow=2),
            Plain("Trend", SPARKED, grow=1),
            Plain("Now", 9),
            *(Plain(_day(live, day), 9, drop=n) for n, day in enumerate(days, 1)),
        )
        return Table(cols, tuple(self._grouped(live, days)), "No initiatives yet.")

    def _grouped(self, live: LivePlan, days: list[dt.date]) -> Iterator[Row]:
        for component, rows in by_component(live.view.all(Initiative)):
            yield heading_row(component or NO_COMPONENT, "component", component)
            for row in rows:
                figures = actuals(live.view, row)
                tone = TREND_TONES[heading(live.view, row)]
                trend = Cell(sparkline(figures), tone, brief=sparkline(figures, SPARKED))
                then = {each.on: each.line for each in history(live.view, row.id)}
                past = (_found(then.get(day)) for day in days)
                yield Row(row_id(row), (Cell(row.title), trend, _now(row), *past))


def _day(live: LivePlan, day: dt.date) -> str:
    """Return a day as it heads a column: without its year in the year it is."""
    told = format_date(day)
    return told.removesuffix(f" {day.year}") if day.year == live.today.year else told[:-4] + told[-2:]


def _now(row: Initiative) -> Cell:
    return Cell(f"{WHEEL[row.completion // 25]}{row.direction.sign} {row.actual:g}", "accent")


def _found(line: ReviewLine | None) -> Cell:
    """Return the wheel, the arrow and the figure of a review."""
    if line is None:
        return Cell(MISSING, "muted")
    wheel = MISSING if line.completion is None else WHEEL[line.completion // 25]
    return Cell(f"{wheel}{line.direction.sign if line.direction else MISSING} {line.actual:g}")


_CARD = (Plain(width=18, grow=3, wrap=True, lines=3), Plain(width=8, grow=1))
"""The card of a review: what each initiative is called before all, as what was found is short."""


class Reviews(View):
    """The reviews that were held, the latest first, each with what it has found on its card."""

    title: str = "Reviews"
    kind: ClassVar[type[Entity]] = Review
    empty: str = NONE_HELD
    invite: str = f"press {key('review.hold')} to hold one."

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """The day."""
        return (Col(Review, "on", 12),)

    def content(self, live: LivePlan) -> Table:
        """Return a row for each review: how many initiatives go up, on and down, and how far they are."""
        cols = (
            Plain("Held on", 12),
            Plain("Initiatives", 11),
            *(Plain(f"{way.sign} {way.label}", 7) for way in Direction),
            Plain("● done", 7),
            Plain("Mean wheel", 10),
        )
        rows = tuple(_held(live, review) for review in reversed(reviews(live.view)))
        return Table(cols, rows, self.empty, self.invite, by_row=True)

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return what a review has found of each initiative."""
        review = "".join(RowId.parse(name).key_of(Review))
        lines = live.view.where(ReviewLine, review=review)
        found = ((live.view.name_of(Initiative, line.initiative), line) for line in lines)
        rows = tuple(Row(str(RowId.of(line)), (Cell(told, "muted"), _found(line))) for told, line in found)
        return Table(_CARD, rows, form=True) if rows else None


def _held(live: LivePlan, review: Review) -> Row:
    lines = live.view.where(ReviewLine, review=review.id)
    ways = Counter(line.direction for line in lines)
    wheels = [line.completion for line in lines if line.completion is not None]
    mean = f"{sum(wheels) / len(wheels):.0f} %" if wheels else MISSING
    counts = [str(ways[way]) if ways[way] else MISSING for way in Direction]
    done = sum(wheel == WHOLE for wheel in wheels)
    told = (format_date(review.on), str(len(lines)), *counts, str(done) if wheels else MISSING, mean)
    return Row(row_id(review), tuple(map(Cell, told)))


WHOLE = 100
