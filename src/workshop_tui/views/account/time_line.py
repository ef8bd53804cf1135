"""Time line: months along the top; sessions, meetings by firm, reviews and actions, each on its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from rich.cells import cell_len

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Key
from workshop_tui.domain.base.text import counted, fold
from workshop_tui.domain.rules.time_line import Event, TimeLane
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.account.page import AccountView
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.keys import key
from workshop_tui.views.pictures.axis import Axis, put_axis
from workshop_tui.views.pictures.picture import Brush, Foot, Picture
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.pictures.place import Place
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table
from workshop_tui.views.text_layout import fit

SPANS = (3, 6, 12, 24, 60)
"""Months that are shown at once; the next span after the last holds all there is."""
_ALL = len(SPANS)
_AHEAD = 3
"""One part in so many of a span lies ahead of today, where the span ends last."""
_LABEL = 13
"""Cells of the names of the rows."""
_TOP = 2
"""Rows of months and axis."""
_ROWS = (
    (TimeLane.SESSION, "Sessions", "◆", "accent"),
    (TimeLane.MEETING, "", "•", ""),
    (TimeLane.REVIEW, "Reviews", "▣", ""),
    (TimeLane.DONE, "Done", "✓", "good"),
    (TimeLane.MISSED, "Missed", "✗", "bad"),
    (TimeLane.DUE, "Due", "○", ""),
)
_LEGEND = "◆ session • met ▣ review ▼ today · due: ✓ done ✗ late ○ open · 2: several"
_MANY = 9
"""The most that a figure tells."""
_BEYOND = 99
"""The most that is told of what is before or after the months that are shown."""
_COUNT = 4
"""Cells of that behind the name of a row, with a blank before it."""
_FOOT = 2
"""Lines at the foot."""
_MONTHS_BACK, _MONTHS_AHEAD = 9, 3
"""What is shown where no span is chosen."""


class Span(Struct, frozen=True):
    """Whole months that are shown: from the first day of one to that of the month after the last."""

    start: dt.date
    end: dt.date

    def holds(self, day: dt.date) -> bool:
        """Whether a day is in it."""
        return self.start <= day < self.end


class Mark(Struct, frozen=True):
    """What stands in one cell of a row: one or several events."""

    name: str
    x: int
    events: tuple[Event, ...]


class LaneRow(Struct, frozen=True):
    """A row of the time line."""

    title: str
    sign: str
    tone: str
    marks: tuple[Mark, ...]
    before: int
    """How many are before what is shown."""
    after: int


def month_of(day: dt.date, by: int = 0) -> dt.date:
    """Return the first day of a month so many months later."""
    months = day.year * 12 + day.month - 1 + by
    return dt.date(months // 12, months % 12 + 1, 1)


def span_around(today: dt.date) -> Span:
    """Return the months that are shown where no span is chosen: most of them have been."""
    return Span(month_of(today, -_MONTHS_BACK + 1), month_of(today, _MONTHS_AHEAD + 1))


def spans(events: Sequence[Event], today: dt.date, months: int | None) -> tuple[Span, ...]:
    """Return what can be shown one after the other: the last one holds today; with None all at once."""
    days = [event.on for event in events] or [today]
    first, last = min(month_of(min(days)), month_of(today)), max(month_of(max(days)), month_of(today))
    if months is None:
        return (Span(first, month_of(last, 1)),)
    end = min(month_of(today, months // _AHEAD + 1), month_of(last, 1))
    end = max(end, month_of(today, 1))
    found: list[Span] = []
    step = max(months // 2, 1)
    at = end
    while at < month_of(last, 1):  # what is due later than the usual span shows
        at = month_of(at, step)
        found.insert(0, Span(month_of(at, -months), at))
    ahead = found
    found = []
    at = end
    while True:
        found.append(Span(month_of(at, -months), at))
        if found[-1].start <= first:
            break
        at = month_of(at, -step)
    return (*reversed(found), *reversed(ahead))


def rows_of(
    events: Iterable[Event], firms: Mapping[str, str], span: Span, axis: Axis, *of: str
) -> tuple[LaneRow, ...]:
    """Return the rows of a time line in so many cells: of those without anything only the firms'.

    `of` is what the lines say besides that they open something, as an account where there are several.
    """
    every = tuple(events)
    found = []
    for lane, title, sign, tone in _ROWS:
        parts = firms.items() if lane is TimeLane.MEETING else ((("", title)),)
        for party, name in parts:
            those = [one for one in every if one.lane is lane and one.party == party]
            if those or lane is TimeLane.MEETING:
                found.append(_row((*of, f"{lane.value}/{party}"), name, sign, tone, those, span, axis))
    return tuple(found)


def _row(  # noqa: PLR0913, PLR0917 - what a row is made of
    name: Key, title: str, sign: str, tone: str, those: Sequence[Event], span: Span, axis: Axis
) -> LaneRow:
    cells: dict[int, list[Event]] = {}
    for one in those:
        if span.holds(one.on):
            cells.setdefault(axis.at(one.on), []).append(one)
    marks = tuple(Mark(str(_id(name, each)), x, tuple(each)) for x, each in sorted(cells.items()))
    before, after = (sum(one.on < span.start for one in those), sum(one.on >= span.end for one in those))
    return LaneRow(title, sign, tone, marks, before, after)


def _id(row: Key, events: Sequence[Event]) -> RowId:
    """Return a name that is the same however wide it is: by the first of what stands there."""
    first = events[0]
    return RowId.opening(first.kind, first.key, *row)


def events_of(live: LivePlan) -> tuple[Event, ...]:
    """Return all that has a day, the oldest first."""
    return live.figures.time_line


class AccountTimeLine(AccountView, Pictured):
    """The months with all that happened in them; `<` and `>` the span, `[` and `]` earlier and later."""

    title: str = "Time"
    empty: str = "Nothing has a day yet."
    none_found = "Nothing here has a word like «{}»."

    def __init__(self) -> None:
        """Begin with a year."""
        super().__init__()
        self._span = SPANS.index(12)
        self._rows: tuple[LaneRow, ...] = ()
        """As they were painted last."""

    def stretch(self, by: int) -> str:
        """Show a longer or a shorter span; return how it is told."""
        self._span = max(0, min(_ALL, self._span + by))
        self._subject = ""
        return "All there is" if self.months is None else counted(self.months, "month")

    @property
    def months(self) -> int | None:
        """How many months are shown at once; None for all there is."""
        return SPANS[self._span] if self._span < _ALL else None

    def events(self, live: LivePlan) -> tuple[Event, ...]:
        """Return all that has a day, the oldest first."""
        return events_of(live)

    def _spans(self, live: LivePlan) -> dict[str, Span]:
        found = spans(self.events(live), live.today, self.months)
        return {span.end.isoformat(): span for span in found}

    def subjects(self, live: LivePlan) -> Sequence[str]:
        """The spans that can be shown, the oldest first."""
        found = self._spans(live)
        return tuple(found) if len(found) > 1 else ()

    def number(self, live: LivePlan) -> int:
        """Return which span is shown: the one with today in it, until another is chosen."""
        found = self._spans(live)
        if self._subject not in found:
            now = [name for name, span in found.items() if span.holds(live.today)]
            self._subject = now[-1] if now else next(reversed(found), "")
        return list(found).index(self._subject)

    def span(self, live: LivePlan) -> Span:
        """Return the months that are shown."""
        return tuple(self._spans(live).values())[self.number(live)]

    def state(self, live: LivePlan) -> object:
        """Which months are shown, and what day it is."""
        return super().state(live), self._span, live.today

    def is_drawn(self, live: LivePlan) -> bool:
        """Whether anything has a day."""
        return self.is_open(live) and bool(self.events(live))

    def head(self, live: LivePlan) -> str:
        """Tell which months are shown, and how many things of each sort are in them."""
        if not self.is_drawn(live):
            return ""
        span = self.span(live)
        last = span.end - dt.timedelta(1)
        shown = [one for one in self.events(live) if span.holds(one.on)]
        met = len({one.key for one in shown if one.lane is TimeLane.MEETING})
        done, missed = (sum(one.lane is lane for one in shown) for lane in (TimeLane.DONE, TimeLane.MISSED))
        months = f"{_month(span.start)} to {_month(last)}"
        return (
            f"{months} ({key('time.shorter')} {key('time.longer')} the span): "
            f"{counted(met, 'meeting')}, {done} done, {missed} late or dropped"
        )

    def legend(self, _live: LivePlan) -> str:
        """Return what the marks are; it stands at the foot of the picture."""
        return ""

    def content(self, live: LivePlan) -> Table:
        """Return all that is shown in lines, each once, the newest first: what is copied and written."""
        cols = (Plain("Day", 11), Plain("What", 30, grow=1, wrap=True))
        if not self.events(live):
            return Table(cols, (), self.empty, by_row=True)
        span = self.span(live)
        shown = {(one.kind, one.key): one for one in reversed(self.events(live)) if span.holds(one.on)}
        return Table(
            cols, tuple(map(_listed, shown.values())), "Nothing has a day in these months.", by_row=True
        )

    def draw(self, live: LivePlan, width: int, height: int) -> Picture:
        """Paint the rows beneath the months."""
        span = self.span(live)
        axis = axis_in(span, width, live.today)
        self._rows = rows_of(self.events(live), firms_of(live), span, axis)
        apart = 2 if _TOP + 2 * len(self._rows) + _FOOT < height else 1
        return paint(self._rows, axis, apart)

    def at(self, name: str) -> tuple[Event, ...]:
        """Return what stands in the cell under the cursor."""
        return next((mark.events for mark in self._marks if mark.name == name), ())

    @property
    def _marks(self) -> Iterator[Mark]:
        return (mark for row in self._rows for mark in row.marks)

    def foot(self, _live: LivePlan, name: str, width: int) -> Foot:
        """Return what stands under the cursor, and what the marks are."""
        return foot_of(self.at(name), width, "beneath")

    def find(self, _live: LivePlan, text: str) -> str:
        """Return the last mark of which a word begins so."""
        wanted = f" {fold(text.strip())}"
        found = (mark for mark in self._marks if any(wanted in f" {fold(e.text)}" for e in mark.events))
        return next((mark.name for mark in reversed(tuple(found))), "")

    def leads(self, _live: LivePlan, name: str) -> bool:
        """Whether Enter opens what stands there; where there is more than one thing it goes to their list."""
        return len(self.at(name)) == 1

    def card(self, _live: LivePlan, name: str) -> Table | None:
        """Return all that stands in the cell under the cursor, each a line that opens it."""
        those = self.at(name)
        cols = (Plain("Day", 11), Plain("What", 30, grow=1, wrap=True))
        return Table(cols, tuple(map(_listed, those)), by_row=True) if those else None

    def called_at(self, _live: LivePlan, name: str) -> str:
        """Return what stands there, for the title of the card."""
        those = self.at(name)
        return those[0].text if those else ""


def foot_of(those: Sequence[Event], width: int, where: str) -> Foot:
    """Return what stands under the cursor, where the others are if there are several, and the signs."""
    told = f"{format_date(those[0].on)}: {those[0].text}" if those else ""
    more = f" · and {len(those) - 1} more {where}" if len(those) > 1 else ""
    return ((fit(f"{told}{more}", width), ""), (fit(_LEGEND, width), "muted"))


def _month(day: dt.date) -> str:
    return format_date(day).partition(" ")[2]


def _listed(one: Event) -> Row:
    at = RowId.opening(one.kind, one.key, "listed", one.lane.value, one.party)
    return Row(str(at), (Cell(f"{format_date(one.on):>11}", "muted"), Cell(one.text, _TONE[one.lane])))


_TONE = {TimeLane.MISSED: "bad", TimeLane.DONE: "good"} | dict.fromkeys(
    (TimeLane.SESSION, TimeLane.MEETING, TimeLane.REVIEW, TimeLane.DUE), ""
)


def paint(rows: Sequence[LaneRow], axis: Axis, each: int) -> Picture:
    """Paint rows beneath the months, so many lines apart."""
    brush = Brush()
    put_rows(brush, rows, axis, 0, each)
    return brush.picture(pinned=_TOP)


def put_rows(brush: Brush, rows: Sequence[LaneRow], axis: Axis, top: int, each: int) -> None:
    """Paint the months and the rows beneath them into a picture, so many lines from its top."""
    put_axis(brush, axis, _LABEL + 2, top)
    for n, row in enumerate(rows):
        y = top + _TOP + n * each
        left = "" if not row.before else f"{row.before}◂" if row.before <= _BEYOND else f"{_BEYOND}+"
        room = _LABEL + 1 - _COUNT if left else _LABEL
        brush.put(0, y, fit(row.title, room).rstrip(), "heading")
        brush.put(_LABEL + 1 - cell_len(left), y, left, "muted")
        taken = set()
        for mark in row.marks:
            sign = row.sign if len(mark.events) == 1 else str(min(len(mark.events), _MANY))
            x = _LABEL + 2 + mark.x
            brush.put(x, y, sign, row.tone or "strong")
            brush.items[mark.name] = Place(x, y, 1, 1)
            taken.add(mark.x)
        if axis.holds_today and axis.now not in taken:
            brush.put(_LABEL + 2 + axis.now, y, "│", "accent")
        if row.after:
            brush.put(
                _LABEL + 2 + axis.width,
                y,
                f"▸{row.after}" if row.after <= _BEYOND else f"{_BEYOND}+",
                "muted",
            )


def axis_in(span: Span, width: int, today: dt.date) -> Axis:
    """Return the months of a span laid out beside the names of the rows."""
    return Axis(span.start, span.end, max(width - _LABEL - 5, 24), today)


def firms_of(live: LivePlan) -> dict[str, str]:
    """Return id → short name of the firms, each of which has a row of its meetings."""
    return {party.id: party.short for party in live.view.partners}
