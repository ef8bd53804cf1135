"""A review of the scorecard while it is held: each initiative in turn, the last figure beside the new one.

Pure: every key makes another form out of this one. Nothing of it is in the plan until the review is held.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable
from typing import Final, cast, get_args

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.base.dates import Calendar, format_date
from workshop_tui.domain.base.entity import Completion, Json
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.base.vocabulary import Direction
from workshop_tui.domain.model.scorecard import Initiative, Review
from workshop_tui.domain.plan.plan import NEW, AccountPlan, draft_place
from workshop_tui.domain.plan.step import Changes, Refused
from workshop_tui.domain.rules.scorecard import WHEEL, Entry, by_component, hold_review, last_before, toward
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.fields import MISSING, typed_value
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

DRAFT: Final = draft_place(Review, (NEW,), "on")
"""The place at which a review that isn't held yet is kept."""
NEW_FIGURE, WHEELS, ARROWS = range(3)
"""The columns in which something is set."""
FIRST: Final = 4
"""Columns of the table before those."""
QUARTERS: Final[tuple[int, ...]] = get_args(Completion)
LONGEST: Final = 12
"""Signs of a figure that is typed."""
_TYPED = frozenset("0123456789.,")
_ANY_DAY = Calendar(dt.date.min)
"""A figure is read by no calendar."""


class ReviewEntry(Struct, frozen=True):
    """What is said of one initiative: as it was when the review began, and what has been set since."""

    row: Initiative
    last: float | None = None
    """Its figure at the review before."""
    typed: str | None = None
    completion: int | None = None
    direction: Direction | None = None

    @property
    def is_changed(self) -> bool:
        """Whether anything has been set."""
        return (self.typed, self.completion, self.direction) != (None, None, None)

    @property
    def wheel(self) -> int:
        """How complete it is."""
        return self.row.completion if self.completion is None else self.completion

    @property
    def arrow(self) -> Direction:
        """Where it is heading."""
        return self.direction or self.row.direction

    @property
    def shown(self) -> str:
        """The figure as it stands there."""
        return f"{self.row.actual:g}" if self.typed is None else self.typed

    @property
    def figure(self) -> float | None:
        """The figure; None while what is typed is none."""
        if self.typed is None:
            return self.row.actual
        try:
            return cast("float", typed_value(Initiative, "actual", self.typed, _ANY_DAY))
        except (Refused, ValueError):
            return None

    @property
    def against(self) -> Direction | None:
        """Where the figures are heading if the arrow points elsewhere."""
        if self.last is None or self.figure is None:
            return None
        figures = toward(self.last, self.figure, lower_is_better=self.row.lower_is_better)
        return None if figures is self.arrow else figures


class ReviewForm(Struct, frozen=True):
    """The initiatives of a review and where the cursor stands; the last line holds the review."""

    on: dt.date
    lines: tuple[ReviewEntry, ...]
    row: int = 0
    column: int = NEW_FIGURE
    is_typing: bool = False
    """Whether the next digit goes behind those that are typed; else it begins another figure."""

    @classmethod
    def of(cls, view: AccountPlan, on: dt.date, draft: str = "") -> ReviewForm:
        """Begin a review of what an audience sees, or go on with one that was left half done."""
        kept = _read(draft)
        rows = (row for _, rows in by_component(view.all(Initiative)) for row in rows)
        return cls(on, tuple(_with(_found(view, row, on), kept.get(row.id)) for row in rows))

    # Where the cursor stands

    @property
    def is_at_end(self) -> bool:
        """Whether the cursor stands on the line that holds the review."""
        return self.row >= len(self.lines)

    @property
    def current(self) -> ReviewEntry | None:
        """What the cursor stands on; None on the line that holds the review."""
        return None if self.is_at_end else self.lines[self.row]

    def moved(self, by: int) -> ReviewForm:
        """Go down the column, or up."""
        return replace(self, row=max(0, min(len(self.lines), self.row + by)), is_typing=False)

    def crossed(self, by: int) -> ReviewForm:
        """Go to the column beside this one."""
        return replace(self, column=max(0, min(ARROWS, self.column + by)), is_typing=False)

    # What is set

    def _set(self, found: ReviewEntry, *, is_typing: bool = False) -> ReviewForm:
        lines = (*self.lines[: self.row], found, *self.lines[self.row + 1 :])
        return replace(self, lines=lines, is_typing=is_typing)

    def typed(self, sign: str) -> ReviewForm:
        """Take a sign of a figure; on the wheel, a digit from 0 to 4 sets it. Others change nothing."""
        found = self.current
        if found is None or sign not in _TYPED:
            return self
        if self.column == WHEELS:
            quarter = sign.isdigit() and int(sign) < len(QUARTERS)
            return self._set(replace(found, completion=QUARTERS[int(sign)])) if quarter else self
        before = (found.typed or "") if self.is_typing else ""
        found = replace(found, typed=f"{before}{sign}"[:LONGEST])
        return replace(self._set(found, is_typing=True), column=NEW_FIGURE)

    def taken_back(self) -> ReviewForm:
        """Take the last sign back; with none left, what was there before stands there again."""
        found = self.current
        if found is None or self.column != NEW_FIGURE or found.typed is None:
            return self
        return self._set(replace(found, typed=found.typed[:-1] or None), is_typing=True)

    def stepped(self, by: int) -> ReviewForm:
        """Raise or lower the figure by one, or the wheel by a quarter."""
        found = self.current
        if found is None or self.column == ARROWS:
            return self
        if self.column == WHEELS:
            return self._set(replace(found, completion=_quarter(found.wheel, by)))
        return self if found.figure is None else self._set(replace(found, typed=_written(found.figure + by)))

    def wheeled(self) -> ReviewForm:
        """Turn the wheel on by a quarter, from the whole to none; wherever in the line one is."""
        found = self.current
        at = (QUARTERS.index(found.wheel) + 1) % len(QUARTERS) if found else 0
        return self._set(replace(found, completion=QUARTERS[at])) if found else self

    def turned(self, to: Direction) -> ReviewForm:
        """Turn the arrow; wherever in the line one is."""
        found = self.current
        return self._set(replace(found, direction=to)) if found else self

    def cleared(self) -> ReviewForm:
        """Begin the review again."""
        return ReviewForm(self.on, tuple(ReviewEntry(found.row, found.last) for found in self.lines))

    # What comes of it

    @property
    def changed(self) -> int:
        """How many initiatives something has been set of."""
        return sum(found.is_changed for found in self.lines)

    @property
    def wrong(self) -> int | None:
        """The first line whose figure is none."""
        return next((n for n, found in enumerate(self.lines) if found.figure is None), None)

    def draft(self) -> str:
        """Return what has been set, to go on with another time; "" for nothing."""
        kept = {
            found.row.id: [found.typed, found.completion, found.direction and found.direction.value]
            for found in self.lines
            if found.is_changed
        }
        return json.dumps(kept, separators=(",", ":")) if kept else ""

    def build(self, plan: AccountPlan, ids: Callable[[], str]) -> Changes:
        """Return the changes that hold it; raises Refused where somebody else has set the same meanwhile.

        What was not set here stays as it is by now.
        """
        if theirs := self.overtaken(plan):
            raise Refused(_theirs(theirs))
        return hold_review(plan, self.on, self._entries(plan), ids)

    def overtaken(self, plan: AccountPlan) -> tuple[Initiative, ...]:
        """Return the initiatives, as they are now, that were set here and by somebody else meanwhile."""
        now = ((found, plan.get(Initiative, found.row.id)) for found in self.lines)
        return tuple(row for found, row in now if row and _is_overtaken(found, row))

    def seen(self, view: AccountPlan) -> ReviewForm:
        """Return it with the initiatives as they are now, what was set here on top: that is known by now."""
        now = ((found, view.get(Initiative, found.row.id)) for found in self.lines)
        lines = tuple(replace(found, row=row) for found, row in now if row)
        return replace(self, lines=lines, row=min(self.row, len(lines)))

    def _entries(self, plan: AccountPlan) -> Iterable[Entry]:
        for found in self.lines:
            if row := plan.get(Initiative, found.row.id):
                now = replace(found, row=row)
                yield Entry(row.id, row.actual if now.figure is None else now.figure, now.wheel, now.arrow)

    # What is shown

    def table(self) -> Table:
        """Return the lines, and at the foot the one that holds the review."""
        told = f"Hold the review of {format_date(self.on)}: {self._told()}"
        hold = Row(str(RowId("hold")), (Cell(told, "strong"),), wide=True)
        return Table(_COLS, (*map(_row, self.lines), hold))

    def _told(self) -> str:
        against = sum(found.against is not None for found in self.lines)
        disagree = f" · {counted(against, 'arrow')} to check" if against else ""
        return f"{self.changed} of {len(self.lines)} changed{disagree}"


_COLS = (
    Plain("Initiative", 20, grow=3),
    Plain("Leading indicator", 18, grow=2, since=84),
    Plain("Target", 7, gap=1),
    Plain("Last", 7, gap=1),
    Plain("New", 8, gap=1),
    Plain("Wheel", 6, gap=1),
    Plain("Arrow", 6, gap=1),
)


def _row(found: ReviewEntry) -> Row:
    row, figures = found.row, found.against
    figure = Cell(found.shown or MISSING, _tone(found.typed, is_wrong=found.figure is None))
    wheel = Cell(f"{WHEEL[found.wheel // 25]} {found.wheel}", _tone(found.completion))
    told = f"{found.arrow.sign} !{figures.sign}" if figures else found.arrow.sign
    arrow = Cell(told, "warn" if figures else _tone(found.direction))
    last = Cell(MISSING if found.last is None else f"{found.last:g}", "muted")
    named = Cell(row.title), Cell(row.indicator, "muted"), Cell(f"{row.target:g}", "muted")
    return Row(str(RowId.of(row)), (*named, last, figure, wheel, arrow))


def _tone(value: object, *, is_wrong: bool = False) -> str:
    """Return how a value is painted: what has been set stands out, what is as it was does not."""
    return "bad" if is_wrong else "muted" if value is None else "accent"


def _written(figure: float) -> str:
    """Return a figure as it can be read again, with all its digits."""
    return str(int(figure)) if float(figure).is_integer() else repr(figure)


def _quarter(now: int, by: int) -> int:
    return QUARTERS[max(0, min(len(QUARTERS) - 1, QUARTERS.index(now) + by))]


def _found(view: AccountPlan, row: Initiative, on: dt.date) -> ReviewEntry:
    line = last_before(view, row.id, on)
    return ReviewEntry(row, line.actual if line else None)


def _is_overtaken(found: ReviewEntry, row: Initiative) -> bool:
    mine = {"actual": found.typed, "completion": found.completion, "direction": found.direction}
    was = found.row
    return any(value is not None and getattr(row, n) != getattr(was, n) for n, value in mine.items())


def _theirs(rows: tuple[Initiative, ...]) -> str:
    told = (f"{row.actual:g} {WHEEL[row.completion // 25]} {row.direction.sign}" for row in rows)
    first, *more = (f"{row.title} to {now}" for row, now in zip(rows, told, strict=True))
    others = f" and {len(more)} more" if more else ""
    return (
        f"Somebody else has set {first}{others} meanwhile: hold the review again to put yours in its place."
    )


def _read(draft: str) -> dict[str, list[Json]]:
    """Return what was kept of a review; of a text that is none, nothing."""
    try:
        kept = json.loads(draft or "{}")
    except ValueError:
        return {}
    return {str(k): v for k, v in kept.items() if isinstance(v, list)} if isinstance(kept, dict) else {}


def _with(found: ReviewEntry, kept: list[Json] | None) -> ReviewEntry:
    """Return an initiative with what was kept of it, as far as that still means anything."""
    typed, wheel, arrow = kept if kept and len(kept) == len(_PARTS) else (None, None, None)
    return replace(
        found,
        typed=typed[:LONGEST] if isinstance(typed, str) else None,
        completion=wheel if isinstance(wheel, int) and wheel in QUARTERS else None,
        direction=next((each for each in Direction if each.value == arrow), None),
    )


_PARTS = (NEW_FIGURE, WHEELS, ARROWS)
