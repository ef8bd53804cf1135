"""What needs a decision: the three initiatives that move least, and what was decided about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.rules.scorecard import WHEEL, ToDecideOn, previous, to_decide
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, heading_row, new_row_edit, placeholder_row, row_id
from workshop_tui.views.cell import Cell, Col, Edit, Plain
from workshop_tui.views.closing.decisions import with_told
from workshop_tui.views.fields import MISSING, cell
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table


class ToDecide(View):
    """Three initiatives, each with why it needs a decision; beneath them the decisions of this session."""

    title: str = "To decide"
    kind: ClassVar[type[Entity]] = Decision
    empty: str = "No initiative needs a decision."

    def is_open(self, live: LivePlan) -> bool:
        """Never to the customer."""
        return live.audience != CUSTOMER

    def why_not(self, _live: LivePlan, _name: str) -> str:
        """Say where it comes from."""
        return "This comes from the scorecard: it is changed in its first view."

    def content(self, live: LivePlan) -> Table:
        """Return what needs a decision, then what was decided."""
        cols = (
            Plain("Initiative", 26, grow=2, wrap=True),
            Plain("Stands at", 22, grow=1),
            Plain("Why", 20, grow=2, wrap=True),
        )
        rows = (*self._needs(live), *self._decided(live))
        return Table(cols, rows, self.empty)

    def _needs(self, live: LivePlan) -> Iterable[Row]:
        for each in to_decide(live.view):
            yield Row(
                row_id(each.initiative),
                (Cell(each.initiative.title), _stands(live, each), Cell(each.why, "warn")),
            )

    def _decided(self, live: LivePlan) -> Iterable[Row]:
        yield heading_row("Decided today", "decided")
        for decision in live.view.where(Decision, session=live.session_id):
            told = cell(live.view, decision, Col(Decision, "text"), live.context)
            yield Row(row_id(decision), (with_told(live, decision, told), Cell(""), Cell("")), wide=True)
        yield placeholder_row(RowId.new(), self.adding(live))

    def adding(self, live: LivePlan) -> Edit:
        """A decision comes in by its words."""
        return new_row_edit(live, Decision, "text", session=live.session_id)


def _stands(live: LivePlan, each: ToDecideOn) -> Cell:
    row = each.initiative
    then = previous(live.view, row)
    before = MISSING if then is None else f"{then:g}"
    figures = f"{before} → {row.actual:g} of {row.target:g}"
    return Cell(f"{WHEEL[row.completion // 25]} {row.direction.sign} {figures}")
