"""Scorecard: what each review found of an initiative, in sequence, and how far it is from its target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import counted, one_line
from workshop_tui.domain.gaps.work import direction_against_numbers
from workshop_tui.domain.model.scorecard import Goal, Initiative
from workshop_tui.domain.rules.digest import Owed
from workshop_tui.domain.rules.scorecard import (
    WHEEL,
    actuals,
    by_component,
    heading,
    history,
    is_reached,
    reviews,
    sparkline,
)
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.account.columns import TableInColumns
from workshop_tui.views.account.page import AccountView
from workshop_tui.views.base import part_row
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.keys import key
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.row_id import RowId
from workshop_tui.views.scorecard.page import NO_COMPONENT, SPARKED, TREND_TONES, reached, reviewed
from workshop_tui.views.table import Row, Table

_COLS = (
    Plain("Initiative", 20, grow=3, wrap=True),
    Plain("Actual", 6),
    Plain("Target", 6, gap=1),
    Plain("Now", 3),
    Plain("Reviews", 11, grow=2),
    Plain("Trend", SPARKED, grow=1),
)
_SHOWN = 4
"""Reviews that are told where there is room for few: the last ones."""


class AccountScorecard(TableInColumns, AccountView, Pictured):
    """The initiatives by component, with wheel and arrow of each review, the last at the right."""

    title: str = "Scorecard"
    empty: str = "There is no initiative yet."

    def head(self, live: LivePlan) -> str:
        """Tell how many reviews there were, the day of the last one, and what is reached of each goal."""
        days = [review.on for review in reviews(live.view)]
        told = (
            f"{counted(len(days), 'review')}, the last {format_date(days[-1])}" if days else "no review yet"
        )
        late = [line for line in live.figures.digest.owe if line.why is Owed.REVIEW]
        overdue = (f"the next one {counted(line.days, 'day')} late" for line in late)
        return " · ".join((told, *overdue, *map(reached, live.view.all(Goal))))

    def legend(self, live: LivePlan) -> str:
        """Tell which key holds a review, where there is something to review."""
        return (
            f"{key('review.hold')} holds a review · ! arrow and figures disagree"
            if live.view.all(Initiative)
            else ""
        )

    def content(self, live: LivePlan) -> Table:
        """Return a line an initiative; ! where its arrow and its figures disagree."""
        return Table(_COLS, tuple(_rows(live)), self.empty, by_row=True)


def _rows(live: LivePlan) -> Iterator[Row]:
    flawed = {gap.key for gap in live.figures.gaps if gap.rule == direction_against_numbers.__name__}
    for component, rows in by_component(live.view.all(Initiative)):
        yield part_row(component or NO_COMPONENT, "component", component)
        for row in rows:
            yield _initiative(live, row, is_flawed=row.key in flawed)


def strips(told: Sequence[str]) -> str:
    """Return the wheels of reviews in sequence, then their arrows: as in «○◔◑ ►▲▲»."""
    return f"{''.join(each[0] for each in told)} {''.join(each[1] for each in told)}".strip()


def _initiative(live: LivePlan, row: Initiative, *, is_flawed: bool) -> Row:
    found = [reviewed(each.line) for each in history(live.view, row.id)]
    figures = actuals(live.view, row)
    flaw = " !" if is_flawed else ""
    cells = (
        Cell(one_line(row.title)),
        Cell(f"{row.actual:g}", "good" if is_reached(row) else ""),
        Cell(f"{row.target:g}", "muted"),
        Cell(f"{WHEEL[row.completion // 25]}{row.direction.sign}"),
        Cell(
            f"{strips(found) or 'none'}{flaw}",
            "warn" if is_flawed else "",
            brief=f"{strips(found[-_SHOWN:])}{flaw}",
        ),
        Cell(sparkline(figures), TREND_TONES[heading(live.view, row)], brief=sparkline(figures, SPARKED)),
    )
    return Row(str(RowId.opening("Initiative", row.key)), cells)
