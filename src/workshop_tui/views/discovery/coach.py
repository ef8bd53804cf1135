"""Coach: what whoever leads the account should ask, and why."""

from __future__ import annotations

from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.model.account import Account, Party
from workshop_tui.domain.rules.coach import CoachQuestion
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, shown_to
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table


class Coach(View):
    """A few questions out of what is missing and how people have moved, each with its reason."""

    title: str = "Coach"
    kind: ClassVar[type[Entity]] = Account
    removes: ClassVar[tuple[type[Entity], ...] | None] = ()

    def is_open(self, live: LivePlan) -> bool:
        """Never for the customer: what we don't know of their people is ours."""
        return shown_to(live, Party, "standing")

    def head(self, _live: LivePlan) -> str:
        """Return what Enter does."""
        return "To ask before the next meeting: Enter goes to whom or what it is about"

    def content(self, live: LivePlan) -> Table:
        """Return the questions, each with its reason."""
        rows = tuple(map(_row, live.figures.coach))
        return Table(_COLS, rows, "Nothing to ask: nothing is missing.", by_row=True)


_COLS = (
    Plain(width=24, grow=1, heading="Ask", wrap=True),
    Plain(width=24, grow=1, heading="Because", wrap=True),
)


def _row(asked: CoachQuestion) -> Row:
    at = RowId.gap(asked.kind, asked.key, asked.rule)
    return Row(str(at), (Cell(asked.text), Cell(asked.reason, "muted")))
