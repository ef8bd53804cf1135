"""Sums of money in cells: shown with their thousands apart, typed as people write money."""

from __future__ import annotations

from collections.abc import Container

from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity, Json, value_type
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import FieldRef, set_value
from workshop_tui.domain.plan.step import Changes
from workshop_tui.domain.rules.value import amount, written
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import form, line
from workshop_tui.views.cell import Cell, Col
from workshop_tui.views.fields import MISSING, visible_cols
from workshop_tui.views.table import Row, Table


def money(live: LivePlan, sum_of: float) -> str:
    """Return a sum in the account's currency, as in «GBP 250,000»."""
    return f"{live.view.account.currency} {written(sum_of)}"


def line_with_sums(live: LivePlan, row: Entity, cols: tuple[Col, ...], closed: Container[str] = ()) -> Row:
    """Return one entity as a row, its sums as money.

    Sums, and the fields that are named, are closed before the customer: what stands there hangs on a figure
    that they may not see.
    """
    shown = line(live, row, cols)
    cells = zip(cols, shown.cells, strict=True)
    return replace(shown, cells=tuple(_summed(live, row, col, cell, closed) for col, cell in cells))


def form_with_sums(live: LivePlan, row: Entity, cols: tuple[Col, ...], closed: Container[str] = ()) -> Table:
    """Return one entity as a form of the fields that this audience may see, its sums as in a row."""
    cols = visible_cols(cols, live.audience)
    shown = form(live, row, cols)
    rows = (
        replace(each, cells=(each.cells[0], _summed(live, row, col, each.cells[1], closed)))
        for col, each in zip(cols, shown.rows, strict=True)
    )
    return replace(shown, rows=tuple(rows))


def _summed(live: LivePlan, row: Entity, col: Col, shown: Cell, closed: Container[str]) -> Cell:
    is_sum = value_type(col.kind, col.name) is float
    if is_sum:
        shown = money_cell(live, row, col.name, shown)
    is_closed = live.audience == CUSTOMER and (is_sum or col.name in closed)
    return replace(shown, how=None) if is_closed else shown


def money_cell(live: LivePlan, row: Entity, name: str, shown: Cell) -> Cell:
    """Return a cell of a sum with its thousands apart; 250k or 1.2m may be typed."""
    value = getattr(row, name)
    now = "" if value is None else written(value)

    def build(plan: AccountPlan, new: Json) -> Changes:
        return set_value(plan, FieldRef(type(row), row.key, name), new, live.context)

    def hint(typed: str) -> str:
        worth = amount(typed)
        return "" if worth is None else money(live, worth)

    return replace(
        shown.editing(lambda edit: replace(edit, text=now, build=build, hint=hint)), text=now or MISSING
    )
