"""The growth path as a road map: periods across, units down; what is expected soon against what later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from rich.cells import cell_len

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.text import counted, fold
from workshop_tui.domain.base.validation import as_kept
from workshop_tui.domain.base.vocabulary import CUSTOMER, GrowthStatus, Horizon
from workshop_tui.domain.model.discovery import Objective
from workshop_tui.domain.model.value import GrowthStep, Proof
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import FieldRef, set_value
from workshop_tui.domain.plan.step import Changes
from workshop_tui.domain.rules.growth import (
    GrowthBalance,
    GrowthSide,
    horizon_of_period,
    in_time,
    is_over,
    is_period,
    period_after,
    period_name,
    periods_of,
    quarter_of,
    span,
    units_of,
)
from workshop_tui.domain.rules.value import written
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.replica import Build
from workshop_tui.views.base import entity_at, fields_of, new_row_edit, row_id
from workshop_tui.views.cell import Cell, Col, Edit
from workshop_tui.views.keys import key
from workshop_tui.views.pictures.picture import Brush, Foot, Picture, Way
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.pictures.place import Place
from workshop_tui.views.table import Row, Table
from workshop_tui.views.text_layout import fit, wrapped
from workshop_tui.views.value.money import form_with_sums, line_with_sums, money

_TONES = {
    GrowthStatus.PLANNED: "strong",
    GrowthStatus.BEGUN: "accent",
    GrowthStatus.DONE: "good",
    GrowthStatus.DROPPED: "muted",
}
_LEGEND = "○ planned ◑ begun ✓ done × dropped"
_NO_UNIT = "no unit"
_LEAST = 13
"""Cells of a period's column under which the steps are listed rather than laid out."""
_MOST = 40
"""Cells of a period's column, at the most: what is far apart reads badly."""
_UNIT = 8, 20
"""Cells of the names of the units, at the least and at the most."""
_LINES = 5
"""Lines that a step takes at the most."""
_BAR = 24
"""Cells of the bar of the balance, at the most."""
_GAP = 2


class GrowthPath(Pictured):
    """The steps in time; Shift and an arrow move one to another period or unit."""

    title: str = "Growth path"
    kind: ClassVar[type[Entity]] = GrowthStep
    empty: str = "No growth path yet."
    invite: str = (
        f"press {key('sheet.add')} and type what the customer could do with us next, then when, "
        f"or {key('capture')} and «Drills for suppliers in:q3 2027»."
    )
    keys: ClassVar[frozenset[str]] = frozenset({"nudge"})
    none_found: ClassVar[str] = "No step here has a name like «{}»."

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Return the columns of the table that stands there while there is no step."""
        return fields_of(GrowthStep, "what", "period", "unit", "worth", "owner", "status", "visibility")

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the steps as that table would have them, as they begin."""
        for step in in_time(live.view.all(GrowthStep)):
            row = line_with_sums(live, step, cols)
            cells = (
                _period(live, step, cell) if col.name == "period" else cell
                for col, cell in zip(cols, row.cells, strict=True)
            )
            yield replace(row, cells=tuple(cells))

    def state(self, live: LivePlan) -> object:
        """Return the day from which it is seen, and the session."""
        return live.today, live.figures.growth

    def placeholder(self, live: LivePlan) -> Edit:
        """A new step comes in by what is done, in the quarter after this one."""
        period = period_after(quarter_of(live.today), 1)
        title = f"New growth step, {period_name(period)}"
        return new_row_edit(live, GrowthStep, "what", title, period=period)

    def draw(self, live: LivePlan, width: int, height: int) -> Picture:
        """Paint the road map, or list the steps by period where the columns would be too narrow."""
        steps = live.view.all(GrowthStep)
        names = [unit or _NO_UNIT for unit in units_of(steps)]
        word = max((cell_len(word) for name in names for word in name.split()), default=0)  # no word is cut
        units = min(max(map(cell_len, names), default=0), width // 8)
        left = min(max(_UNIT[0], units, word), _UNIT[1]) + _GAP
        column = (width - left) // max(len(periods_of(steps)), 1)
        if column < _LEAST:
            return _Listed(live, steps, width).picture()
        return _RoadMap(live, steps, width, left, min(column, _MOST), height).picture()

    def foot(self, live: LivePlan, name: str, width: int) -> Foot:
        """Return what is known of a step, what it serves and builds on, and what the signs mean."""
        step = _at(live, name)
        first, second = (_told(live, step), _beneath(live, step)) if step else ("", "")
        late = " · ! its time has passed" if live.audience != CUSTOMER else ""
        legend = f"{_LEGEND}{late}"
        return ((fit(first, width), "heading"), (fit(second, width), ""), (fit(legend, width), "muted"))

    def called_at(self, live: LivePlan, name: str) -> str:
        """Return what is done in the step."""
        step = _at(live, name)
        return step.what if step else ""

    def find(self, live: LivePlan, text: str) -> str:
        """Return the first step of which a word begins so, or whose unit does."""
        wanted = f" {fold(text.strip())}"
        steps = in_time(live.view.all(GrowthStep))
        found = (row_id(step) for step in steps if wanted in f" {fold(f'{step.what} {step.unit}')}")
        return next(found, "")

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return every field of a step."""
        step = _at(live, name)
        if step is None:
            return None
        names = ("what", "period", "unit", "worth", "objective", "proof", "owner", "status", "visibility")
        cols = fields_of(GrowthStep, *names)
        card = form_with_sums(live, step, cols)
        at = names.index("period")
        heading, shown = card.rows[at].cells
        row = replace(card.rows[at], cells=(heading, _period(live, step, shown)))
        return replace(card, rows=(*card.rows[:at], row, *card.rows[at + 1 :]))

    def why_not(self, live: LivePlan, name: str) -> str:
        """Return why a cell can't be changed where it stands."""
        return "This stands as it is." if live.audience == CUSTOMER else super().why_not(live, name)

    def press(self, live: LivePlan, name: str, what: str, way: Way) -> Build | None:
        """Move a step to the period after or before it, or to the next unit."""
        step = _at(live, name)
        if step is None or what != "nudge":
            return None
        if way[0]:
            return partial(_moved_in_time, live, step, way[0])
        units = units_of(live.view.all(GrowthStep))
        to = units[max(0, min(len(units) - 1, units.index(step.unit) + way[1]))]
        return lambda plan: _set(live, plan, step, "unit", to)


def _at(live: LivePlan, name: str) -> GrowthStep | None:
    step = entity_at(live.view, name)
    return step if isinstance(step, GrowthStep) else None


def _set(live: LivePlan, plan: AccountPlan, step: GrowthStep, name: str, value: Json) -> Changes:
    there = plan.get(GrowthStep, step.id)
    return set_value(plan, FieldRef(GrowthStep, step.key, name), value, live.context) if there else ()


def _moved_in_time(live: LivePlan, step: GrowthStep, by: int, plan: AccountPlan) -> Changes:
    now = plan.get(GrowthStep, step.id)
    return _set(live, plan, step, "period", period_after(now.period, by)) if now else ()


def _period(live: LivePlan, step: GrowthStep, shown: Cell) -> Cell:
    """Return a period as people say it; only a finished one counts."""

    def build(plan: AccountPlan, new: Json) -> Changes:
        return _set(live, plan, step, "period", new)

    def hint(typed: str) -> str:
        kept = str(as_kept(GrowthStep, "period", typed))
        if not is_period(kept):
            return "a quarter or a year: q3 2026, 2027"
        first, last = span(kept)
        return f"{period_name(kept)}: {format_date(first)} to {format_date(last)}"

    name = period_name(step.period)
    return replace(
        shown.editing(lambda edit: replace(edit, text=name, build=build, hint=hint, whole=True)), text=name
    )


# How it is told


def _told(live: LivePlan, step: GrowthStep) -> str:
    worth = "" if step.worth is None else money(live, step.worth)
    owner = live.view.name_of_ref(GrowthStep, "owner", step.owner)
    parts = (period_name(step.period), step.unit, worth, step.status.label, owner)
    return f"{step.what}: {' · '.join(filter(None, parts))}"


def _beneath(live: LivePlan, step: GrowthStep) -> str:
    objective, proof = live.view.name_of(Objective, step.objective), live.view.name_of(Proof, step.proof)
    parts = (f"serves “{objective}”" if objective else "", f"builds on “{proof}”" if proof else "")
    return " · ".join(filter(None, parts))


def _label(live: LivePlan, step: GrowthStep) -> tuple[str, str]:
    """Return a step with its sign and worth, and its tone; one whose time has passed says so to us."""
    late = live.audience != CUSTOMER and is_over(step, live.today)
    worth = "" if step.worth is None else f" {written(step.worth)}"
    tone = "bad" if late else _TONES[step.status]
    return f"{step.status.sign}{'!' if late else ''} {step.what}{worth}", tone


def _balance(live: LivePlan, brush: Brush, width: int) -> int:
    """Paint what lies within twelve months against what lies beyond; return the row beneath it.

    Before the customer nothing: it is made of what we expect.
    """
    if live.audience == CUSTOMER:
        return 0
    found = live.figures.growth
    bar = _bar(found, max(min(_BAR, width // 4), 4))
    sides = (f"Within 12 months {_side(live, found.short)} ", f" {_side(live, found.long)} beyond")
    if sum(map(cell_len, (*sides, *bar))) <= width:
        brush.row(0, 0, (sides[0], ""), (bar[0], "accent"), (bar[1], "muted"), (sides[1], ""))
        return 1
    brush.row(0, 0, (bar[0], "accent"), (bar[1], "muted"), (fit(f" {sides[0]}", width - _width(bar)), ""))
    brush.put(_width(bar), 1, fit(sides[1], width - _width(bar)), "")
    return 2


def _width(bar: tuple[str, str]) -> int:
    return sum(map(cell_len, bar))


def _bar(found: GrowthBalance, width: int) -> tuple[str, str]:
    """Return the bar of the worth on each side; by the number of steps where no worth is known."""
    sides = (found.short.worth, found.long.worth)
    weights = sides if sum(sides) else (found.short.steps, found.long.steps)
    short = round(width * weights[0] / sum(weights)) if sum(weights) else 0
    return ("█" * short, "░" * (width - short)) if sum(weights) else ("", "·" * width)


def _side(live: LivePlan, side: GrowthSide) -> str:
    worth = f", {money(live, side.worth)}" if side.steps > side.unestimated else ""
    lacking = f", {side.unestimated} without a worth" if side.unestimated else ""
    return f"{counted(side.steps, 'step')}{worth}{lacking}"


# How it is painted


class _RoadMap:
    """Paints periods across and units down."""

    def __init__(  # noqa: PLR0913, PLR0917 - each is another measure
        self, live: LivePlan, steps: Sequence[GrowthStep], width: int, left: int, column: int, height: int
    ) -> None:
        self.live, self.steps, self.width, self.height = live, steps, width, height
        self.left, self.column = left, column
        self.periods, self.units = periods_of(steps), units_of(steps)
        self.brush = Brush()

    def picture(self) -> Picture:
        """Paint all of it, with air between the units where there is room."""
        lines = self._paint(0)
        air = 1 if self.height - lines >= len(self.units) else 0
        if air:
            self.brush = Brush()
            self._paint(air)
        self.brush.items = {row_id(step): self.brush.items[row_id(step)] for step in in_time(self.steps)}
        return self.brush.picture(self.heads)

    def _paint(self, air: int) -> int:
        y = self._heads()
        for unit in self.units:
            name = unit or _NO_UNIT
            for line, text in enumerate(wrapped(name, self.left - _GAP)[:_LINES]):
                self.brush.put(0, y + line, fit(text, min(cell_len(text), self.left - _GAP)), "heading")
            end = y + min(len(wrapped(name, self.left - _GAP)), _LINES)
            for n, period in enumerate(self.periods):
                here = [step for step in self.steps if (step.unit, step.period) == (unit, period)]
                end = max(end, self._steps(here, self.left + n * self.column, y))
            y = end + air
        return y

    def _heads(self) -> int:
        """Paint the balance, the periods, and beneath them what of it is within twelve months."""
        y, at = _balance(self.live, self.brush, self.width), self.left
        short = [p for p in self.periods if horizon_of_period(p, self.live.today) is Horizon.SHORT]
        for period in self.periods:
            is_now = span(period)[0] <= self.live.today <= span(period)[1]
            name = f"{period_name(period)}{' ▾ now' if is_now else ''}"
            self.brush.put(at, y, fit(name, min(cell_len(name), self.column - 1)), "heading")
            mark = "━" if period in short else "┄"
            self.brush.put(at, y + 1, mark * (self.column - 1), "accent" if period in short else "muted")
            at += self.column
        self.heads = y + 2
        return self.heads

    def _steps(self, steps: Iterable[GrowthStep], x: int, y: int) -> int:
        """Paint the steps of one unit and period beneath one another; return the row beneath them."""
        room = self.column - _GAP
        for step in steps:
            text, tone = _label(self.live, step)
            words = wrapped(text, room)
            lines = [*words[:_LINES]]
            if len(words) > _LINES:
                lines[-1] = f"{lines[-1]}…"
            shown = [fit(line, min(cell_len(line), room)) for line in lines]
            for down, line in enumerate(shown):
                self.brush.put(x, y + down, line, tone)
            self.brush.items[row_id(step)] = Place(x, y, max(map(cell_len, shown)), len(shown))
            y += len(shown)
        return y


class _Listed:
    """Paints a table of the steps, those of a period beneath its name."""

    def __init__(self, live: LivePlan, steps: Sequence[GrowthStep], width: int) -> None:
        self.live, self.steps, self.width = live, steps, width
        self.brush = Brush()

    def picture(self) -> Picture:
        """Paint all of it."""
        heads = y = _balance(self.live, self.brush, self.width)
        unit = max(_UNIT[0], min(max((cell_len(s.unit) for s in self.steps), default=0), _UNIT[1]))
        for period in periods_of(self.steps):
            horizon = horizon_of_period(period, self.live.today)
            is_past = span(period)[1] < self.live.today
            name, meaning = period_name(period), f" {'over' if is_past else horizon.meaning}"
            room = max(self.width - cell_len(name), 0)
            self.brush.row(0, y, (name, "heading"), (fit(meaning, min(cell_len(meaning), room)), "muted"))
            y += 1
            for step in (step for step in self.steps if step.period == period):
                text, tone = _label(self.live, step)
                room = max(self.width - unit - 2 * _GAP, 1)
                words = fit(text, min(cell_len(text), room))
                self.brush.put(_GAP, y, fit(step.unit, min(cell_len(step.unit), unit)), "muted")
                self.brush.put(unit + 2 * _GAP, y, words, tone)
                self.brush.items[row_id(step)] = Place(unit + 2 * _GAP, y, cell_len(words), 1)
                y += 1
        names = [*self.brush.items]
        self.brush.above |= dict(zip(names[1:], names, strict=False))
        return self.brush.picture(heads)
