"""The scorecard on one page: goals on top, the initiatives under their components, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import ClassVar, cast

from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.text import counted, initials
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, Direction
from workshop_tui.domain.gaps.work import direction_against_numbers
from workshop_tui.domain.model.scorecard import (
    Goal,
    Initiative,
    ReviewLine,
    SteeringDate,
    SteeringSeat,
    Terms,
)
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import FieldRef, set_value
from workshop_tui.domain.plan.step import Changes
from workshop_tui.domain.rules.scorecard import (
    WHEEL,
    actuals,
    against,
    by_component,
    heading,
    history,
    is_reached,
    previous,
    review_overdue,
    sparkline,
)
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, fields_of, new_row_edit, row_id, shown_to
from workshop_tui.views.cell import Cell, Choice, Col, Column, Edit, Plain
from workshop_tui.views.fields import MISSING, cell, field_edit, visible_cols
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

_FOR_THE_CUSTOMER: tuple[type[Entity], ...] = (Initiative, SteeringSeat, Terms, SteeringDate)
"""Kinds of rows of these views that may be the customer's."""
NO_COMPONENT = "Without a component"
SPARKED = 8
"""Figures of the trend where there is little room."""
NAMES_FIRST = 99
"""Share of the spare room by which a name is whole before its indicator gets any."""
REVIEWED = 4
"""Reviews told by wheel and arrow where there is room for some."""
REVIEWED_EARLIER = 6
"""Reviews before those, where there is much room."""
FIGURE = "figure"
"""Stands among the arrows for putting the figure right instead."""
TREND_TONES = {Direction.UP: "good", Direction.DOWN: "bad", Direction.FLAT: "", None: "muted"}
_BRIEF = {"completion": "◔", "direction": "▲", "owner": "Who"}
"""What stands over a column where there is no room for its heading."""


def _late(live: LivePlan) -> Iterator[str]:
    """Yield that the next review is late and which key holds it, where it is."""
    if (days := review_overdue(live.view, live.today)) and live.view.all(Initiative):
        yield f"Review {counted(days, 'day')} late: {key('review.hold')} holds it"


class Scorecard(View):
    """What is done toward the goals; `!` stands where an arrow and its figures disagree."""

    title: str = "Scorecard"
    kind: ClassVar[type[Entity]] = Initiative
    empty: str = "No initiatives yet."
    invite: str = f"press {key('sheet.add')} and type what leads to a goal, as «Three-way meetings»."
    dense: ClassVar[bool] = True

    def is_open(self, live: LivePlan) -> bool:
        """To the customer as far as there is anything of theirs."""
        return super().is_open(live) and (live.audience != CUSTOMER or bool(live.view.all(Initiative)))

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Initiative, indicator, target, actual, wheel, arrow, owner: those that fit any width."""
        return (
            Col(Initiative, "title", 22, "Initiative", grow=NAMES_FIRST),
            Col(Initiative, "indicator", 20, "Leading indicator", grow=1),
            Col(Initiative, "party", 9, "Whose", grow=1, since=120),
            Col(Initiative, "target", 6, "Target"),
            Col(Initiative, "actual", 6, "Actual", gap=1),
            Col(Initiative, "completion", 1, "Wheel", grow=1, gap=1),
            Col(Initiative, "direction", 3, "Arrow", sign=True, gap=1),
            Col(Initiative, "owner", 3, "Owner", grow=1),
        )

    def head(self, live: LivePlan) -> str:
        """Return the goals in a line: what is reached of each."""
        if not shown_to(live, Goal, "title"):
            return ""
        return " · ".join(map(reached, live.view.all(Goal)))

    def legend(self, live: LivePlan) -> str:
        """Say among ourselves that a review is late, or where sharing leads while nothing is theirs."""
        late = "" if live.audience == CUSTOMER else next(_late(live), "")
        rows = (row for kind in _FOR_THE_CUSTOMER for row in live.view.all(kind))
        if live.audience == CUSTOMER or any(getattr(row, "visibility", "") == CUSTOMER for row in rows):
            return late
        shares = f"Nothing here is for the customer yet: {key('audience')} shares another block"
        return " · ".join(filter(None, (late, shares)))

    def content(self, live: LivePlan) -> Table:
        """Return the page: the names of the columns stand in its first heading, to save a line."""
        cols = tuple(_columns(self, live))
        rows = (*self._grouped(live, cols), *self._placeholder_row(live))
        return Table(cols, rows, self.empty, self.invite, headed=False)

    def _grouped(self, live: LivePlan, cols: tuple[Column, ...]) -> Iterator[Row]:
        flawed = {gap.key for gap in live.figures.gaps if gap.rule == direction_against_numbers.__name__}
        named = tuple(_over(col) for col in cols[1:])
        for component, rows in by_component(live.view.all(Initiative)):
            told = component or NO_COMPONENT
            yield Row(str(RowId.heading("component", component)), (Cell(told), *named), heading=told)
            named = tuple(Cell("") for _ in cols[1:])
            for row in rows:
                cells = (_cell(live, row, col, is_flawed=row.key in flawed) for col in cols)
                yield Row(row_id(row), tuple(cells))

    def placeholder(self, live: LivePlan) -> Edit:
        """A new initiative comes in by its title."""
        return new_row_edit(live, Initiative, "title")

    def card_cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Every field of one initiative, first those that the table has no column for."""
        names = ("component", "party", "visibility", "lower_is_better", "title", "indicator")
        return fields_of(Initiative, *names, "target", "actual", "completion", "direction", "owner")


def reached(goal: Goal) -> str:
    """Return what is reached of a goal, as in «Bookings 3.4/12 GBP m»."""
    return f"{goal.title} {goal.actual:g}/{goal.target:g} {goal.unit}".rstrip()


def _columns(view: Scorecard, live: LivePlan) -> Iterator[Column]:
    """Yield the columns, and those of the past where whoever looks may see it."""
    has_past = shown_to(live, ReviewLine, "actual")
    for col in visible_cols(view.cols(live), live.audience):
        yield col
        if has_past:
            yield from _PAST.get(col.name, ())


_PREVIOUS = Plain("Prev", 6, gap=1, since=84)
_TREND = Plain("Trend", SPARKED, grow=1, since=100)
_REVIEWS = Plain("Reviews", 3 * REVIEWED - 1, since=120)
_EARLIER = Plain("Earlier", 3 * REVIEWED_EARLIER - 1, since=150)
_PAST: Mapping[str, tuple[Plain, ...]] = {
    "actual": (_PREVIOUS,),
    "direction": (_TREND, _REVIEWS, _EARLIER),
}
"""Field → what stands behind its column in a wide terminal."""


def _over(col: Column) -> Cell:
    """Return what stands over a column, in the line of the first component."""
    return Cell(col.heading, brief=_BRIEF.get(getattr(col, "name", ""), ""))


def _cell(live: LivePlan, row: Initiative, col: Column, *, is_flawed: bool) -> Cell:
    if col is _PREVIOUS:
        then = previous(live.view, row)
        return Cell(MISSING if then is None else f"{then:g}", "muted")
    if col is _TREND:
        figures = actuals(live.view, row)
        tone = TREND_TONES[heading(live.view, row)]
        return Cell(sparkline(figures), tone, brief=sparkline(figures, SPARKED))
    if col in {_REVIEWS, _EARLIER}:
        told = [reviewed(each.line) for each in history(live.view, row.id)]
        shown = told[-REVIEWED:] if col is _REVIEWS else told[-REVIEWED - REVIEWED_EARLIER : -REVIEWED]
        return Cell(" ".join(shown) or MISSING, "muted")
    return _own(live, row, cast("Col", col), is_flawed=is_flawed)


def reviewed(line: ReviewLine) -> str:
    """Return the wheel and the arrow of a review; a dot for what wasn't said."""
    wheel = MISSING if line.completion is None else WHEEL[line.completion // 25]
    return f"{wheel}{line.direction.sign if line.direction else MISSING}"


def _own(live: LivePlan, row: Initiative, col: Col, *, is_flawed: bool) -> Cell:
    """Return a field: brief where there is little room; the arrow with what mends it where it is wrong."""
    shown = cell(live.view, row, col, live.context)
    match col.name:
        case "completion":
            return replace(shown, brief=shown.text[:1])
        case "party" if row.party is None:
            return replace(shown.editing(_or_alliance), text=ALLIANCE)
        case "owner" if row.owner:
            return replace(shown, brief=initials(shown.text))
        case "actual" if is_reached(row):
            return replace(shown, tone="good")
        case "direction" if is_flawed:
            return replace(shown, text=f"{shown.text} !", tone="warn", how=partial(_mending, live, row))
        case _:
            return shown


def _or_alliance(edit: Edit) -> Edit:
    """Return how it is said whose an initiative is: no firm's alone is the alliance's, in the list too."""
    choices = (replace(each, text=ALLIANCE) if each.value is None else each for each in edit.choices)
    return replace(edit, text=ALLIANCE, choices=tuple(choices))


# An arrow against its figures


def _mending(live: LivePlan, row: Initiative) -> Edit:
    """Return how it is mended: the arrow turned as the figures say, or the figure put right."""
    figures, then = against(live.view, row), previous(live.view, row)
    arrows = sorted(Direction, key=lambda each: (each is not figures, each is not row.direction))
    moved = f" ({then:g} → {row.actual:g})" if then is not None else ""
    words = {figures: f", as the figures say{moved}", row.direction: ", as it is"}
    choices = tuple(
        Choice(each.value, f"{each.sign} {each.label}{words.get(each, '')}", each.label[0]) for each in arrows
    )
    correct = Choice(FIGURE, f"Put the figure right: {row.actual:g}", "e")
    at, to = FieldRef(Initiative, row.key, "direction"), FieldRef(Initiative, row.key, "actual")
    turned = field_edit(live.view, at, f"Arrow · {row.title}", live.context)

    def build(plan: AccountPlan, value: Json) -> Changes:
        return set_value(plan, at, value, live.context)

    def follow(value: Json) -> Edit | None:
        return field_edit(live.view, to, f"Actual · {row.title}", live.context) if value == FIGURE else None

    return replace(turned, text=row.direction.sign, build=build, choices=(*choices, correct), follow=follow)


class Goals(View):
    """What should be reached by the end."""

    title: str = "Goals"
    kind: ClassVar[type[Entity]] = Goal
    empty: str = "No goals yet."
    invite: str = f"press {key('sheet.add')} and type what counts in the end, as «Joint revenue»."

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Goal, unit, target, actual."""
        return (
            Col(Goal, "title", 24, grow=1, wrap=True),
            Col(Goal, "unit", 10),
            Col(Goal, "target", 9),
            Col(Goal, "actual", 9),
        )

    def head(self, live: LivePlan) -> str:
        """Return the period that they are for."""
        return live.view.account.scorecard_period if shown_to(live, Goal, "title") else ""

    def placeholder(self, live: LivePlan) -> Edit:
        """A new goal comes in by its title."""
        return new_row_edit(live, Goal, "title")
