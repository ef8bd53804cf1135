"""Return on time invested: a score a seat, the mean, and how the scores lie."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.lifecycle.closing import seats
from workshop_tui.domain.model.session import Roti
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, placeholder_row
from workshop_tui.views.cell import Cell, Col, Plain
from workshop_tui.views.clock import big_digits
from workshop_tui.views.fields import cell
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

_FIGURES, _BAR = 26, 10
"""Cells that the mean is painted in, and that the longest bar takes with its score and count."""
_SCORES = (5, 4, 3, 2, 1)


class RotiView(View):
    """By seat and not by name: nobody has to say who thought little of it."""

    title: str = "Was it worth it?"
    kind: ClassVar[type[Entity]] = Roti
    staged: ClassVar[str] = "card"

    def head(self, live: LivePlan) -> str:
        """How many have scored; nothing of it is for the customer."""
        scored = len(live.view.where(Roti, session=live.session_id))
        told = f"{scored} of {len(seats(live.view, live.session_id))} have scored"
        return f"{told} · 1 lost time … 5 well spent: a digit, + or -"

    def content(self, live: LivePlan) -> Table:
        """Return a line for each seat."""
        here = seats(live.view, live.session_id)
        rows = tuple(
            Row(
                str(RowId("seat", (seat,))),
                (Cell(f"Seat {seat}"), _score(live, seat, is_last=seat == here[-1])),
            )
            for seat in here
        )
        another = next(str(n) for n in range(1, len(here) + 2) if str(n) not in here)
        edit = _score(live, another).edit
        placeholders = (placeholder_row(RowId.new(), replace(edit, title="Another seat")),) if edit else ()
        cols = (Plain("Seat", 10), Plain("Score", 10, grow=1))
        return Table(cols, (*rows, *placeholders), start=1)

    def card(self, live: LivePlan, _name: str) -> Table | None:
        """Return the mean in large figures, and beside it how many gave each score."""
        mean = live.figures.roti(live.session_id)
        scores = Counter(row.score for row in live.view.where(Roti, session=live.session_id))
        told = f"{mean:.2f}" if mean is not None else "no score yet"
        figures = Cell(told, "accent", painted=partial(_figures, told) if mean is not None else None)
        bars = "\n".join(_bar(score, scores) for score in _SCORES)
        row = Row("mean", (figures, Cell(bars)))
        return Table((Plain("Mean", _FIGURES, wrap=True), Plain("Scores", _BAR, grow=1, wrap=True)), (row,))


def _score(live: LivePlan, seat: str, *, is_last: bool = False) -> Cell:
    """Return a seat's score, and how it is set."""
    session = live.session
    col = Col(Roti, "score", title=f"Seat {seat}", key=lambda _session: (session.id, seat))
    shown = cell(live.view, session, col, live.context)
    goes_on = f"{key('sheet.add')} adds a seat" if is_last else "↓ is the next seat"
    return shown.editing(lambda edit: replace(edit, title=f"Seat {seat}", goes_on=goes_on))


def _figures(told: str, width: int) -> str:
    """Return figures as large as there is room for, which nothing breaks."""
    return "\n".join(big_digits(told, width, len(_SCORES))).replace(" ", "\xa0")


def _bar(score: int, scores: Counter[int]) -> str:
    """Return a score, a bar as long as its share of the most given, and its count."""
    most = max(scores.values(), default=0)
    length = max(round(scores[score] * (_BAR - 5) / most), 1) if scores[score] else 0
    return f"{score}\xa0{'█' * length}\xa0{scores[score] or '·'}"
