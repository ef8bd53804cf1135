"""Risks: what could go wrong, how likely and how bad, what is done about it, and who watches it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.vocabulary import CUSTOMER, RiskStatus
from workshop_tui.domain.model.session import Risk
from workshop_tui.domain.plan.plan import AccountPlan, draft_place
from workshop_tui.domain.plan.setters import FieldRef, set_value
from workshop_tui.domain.plan.step import Changes
from workshop_tui.domain.rules.risks import ranked, weight
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, entity_at, fields_of, line, new_row_edit, shown_to
from workshop_tui.views.cell import Cell, Col, Edit, RowAction
from workshop_tui.views.keys import key
from workshop_tui.views.table import Row

_HEAVY = 6
"""Likelihood × impact from which a risk stands out, of 9."""
_BECAME = {
    RiskStatus.REALISED: ("h", "It has happened"),
    RiskStatus.CLOSED: ("c", "It can't happen any more"),
    RiskStatus.OPEN: ("o", "Open again: it could still happen"),
}


class Risks(View):
    """What could go wrong, the heaviest first."""

    title: str = "Risks"
    kind: ClassVar[type[Entity]] = Risk
    empty: str = "No risks named."
    invite: str = (
        f"press {key('sheet.add')}, or {key('capture')} from anywhere and «r: the budget moves to next year»."
    )

    def is_open(self, live: LivePlan) -> bool:
        """To the customer once a risk is theirs to see."""
        return super().is_open(live) and (live.audience != CUSTOMER or bool(live.view.all(Risk)))

    def rows(self, live: LivePlan) -> Iterable[Risk]:
        """Return the risks by likelihood × impact, as far as this audience sees these; closed ones last."""
        return ranked(live.view.all(Risk))

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """The risk, how likely and how bad, who watches it; what is done, by when, what became of it."""
        every = (
            Col(Risk, "text", 22, grow=3, wrap=True),
            Col(Risk, "likelihood", 4, "Likelihood", asked=True, short="Like"),
            Col(Risk, "impact", 4, "Impact", asked=True, short="Imp", gap=1),
            Col(Risk, "response", 14, grow=3, wrap=True, asked=True),
            Col(Risk, "owner", 12, asked=True, grow=1, wrap=True),
            Col(Risk, "due", 11, drop=2),
            Col(Risk, "status", 9, drop=1),
            Col(Risk, "visibility", 10, drop=3),
        )
        return tuple(col for col in every if col.name != "status" or shown_to(live, Risk, "settled_on"))

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the risks, a heavy one with its weight, one that is settled with its day."""
        return (_risk(live, risk, cols) for risk in self.rows(live))

    def placeholder(self, live: LivePlan) -> Edit:
        """A new risk comes in by its words."""
        return new_row_edit(live, Risk, "text", session=live.session_id)

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """Say that a risk has happened, or can't any more, or could again."""
        risk = entity_at(live.view, name)
        if not isinstance(risk, Risk):
            return ()
        return tuple(
            RowAction(*_BECAME[status], _becoming(live, risk, status))
            for status in _BECAME
            if status is not risk.status
        )

    def card_cols(self, live: LivePlan) -> tuple[Col, ...]:
        """Every field of one risk."""
        status = ("status",) if shown_to(live, Risk, "settled_on") else ()
        return fields_of(
            Risk, *("text", "likelihood", "impact", "response", "owner", "due", *status, "visibility")
        )


def _becoming(live: LivePlan, risk: Risk, status: RiskStatus) -> Edit:
    def build(plan: AccountPlan, _new: Json) -> Changes:
        at = FieldRef(Risk, risk.key, "status")
        return set_value(plan, at, status.value, live.context) if plan.get(Risk, risk.id) else ()

    place = draft_place(Risk, risk.key, status.value)
    return Edit(_BECAME[status][1], place, "", build, toggles=True)


def _risk(live: LivePlan, risk: Risk, cols: tuple[Col, ...]) -> Row:
    row = line(live, risk, cols)
    if risk.status is RiskStatus.CLOSED:
        cols = tuple(replace(col, asked=False) for col in cols)  # nothing more is wanted of it
        row = line(live, risk, cols)
    cells = (_cell(live, risk, col, cell) for col, cell in zip(cols, row.cells, strict=True))
    return replace(row, cells=tuple(cells))


def _cell(live: LivePlan, risk: Risk, col: Col, cell: Cell) -> Cell:
    if col.name == "text":
        return _words(live, risk, cell)
    if col.name == "status" and risk.status is RiskStatus.REALISED:
        return replace(cell, tone="bad")
    return cell


def _words(live: LivePlan, risk: Risk, cell: Cell) -> Cell:
    """Return the words, with the weight of a heavy risk, and since when it is settled."""
    settled = risk.status is not RiskStatus.OPEN
    if settled:
        day = f" {format_date(risk.settled_on)}" if risk.settled_on else ""
        tone = "muted" if risk.status is RiskStatus.CLOSED else "bad"
        return replace(cell, text=f"{risk.status.sign} {cell.text}\n{risk.status.meaning}{day}", tone=tone)
    heavy = weight(risk) if shown_to(live, Risk, "impact") else None
    return replace(cell, text=f"! {cell.text}", tone="warn") if heavy and heavy >= _HEAVY else cell
