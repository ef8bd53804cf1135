"""A live plan without an app around it, and ways to look at what its views show."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from tests.app.driver import AT
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.vocabulary import ALLIANCE
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.store.store import Store
from workshop_tui.store.thread import StorageThread
from workshop_tui.views.base import View
from workshop_tui.views.cell import Cell
from workshop_tui.views.table import Row, Table

T = TypeVar("T")


class NoStorage(StorageThread):
    """Takes every call and never gets round to it."""

    def __init__(self) -> None:
        super().__init__(Path("nowhere"))

    def call(self, fn: Callable[[Store], T]) -> Future[T]:  # noqa: ARG002 - that is the point
        return Future()


def looked_at(plan: AccountPlan, audience: str = ALLIANCE, session: str = "") -> LivePlan:
    """Return a plan as an audience looks at it; needs a running loop."""
    live = LivePlan(NoStorage(), plan, 1, "me", lambda: AT, lambda _message: None)
    live.open_session(session or plan.sessions[-1].id)
    live.audience = audience
    live._look()
    return live


def rows(view: View, live: LivePlan) -> dict[str, Row]:
    """Return a view's rows by id, without headings and lines for new rows."""
    return {row.id: row for row in view.table(live).rows if not row.heading and not row.placeholder}


def headings(table: Table) -> list[str]:
    return [col.heading for col in table.cols]


def cells(row: Row) -> list[str]:
    return [cell.text for cell in row.cells]


def changed(live: LivePlan, cell: Cell, value: Json) -> AccountPlan:
    assert cell.edit is not None
    return apply(live.whole, Step(tuple(cell.edit.build(live.whole, value))))


def deed(view: View, live: LivePlan, row: str, key: str, value: str) -> AccountPlan:
    """Return the plan after a deed."""
    edit = next(deed.edit for deed in view.row_actions(live, row) if deed.key == key)
    return apply(live.whole, Step(tuple(edit.build(live.whole, value))))


def at(view: View, live: LivePlan, row: str, heading: str) -> Cell:
    """Return one cell of a table, or of its card when the table has no such column."""
    table = view.table(live)
    found = next(r for r in table.rows if r.id == row)
    if heading in headings(table):
        return found.cells[headings(table).index(heading)]
    card = view.card(live, row)
    assert card is not None
    return next(r.cells[1] for r in card.rows if r.cells[0].text == heading)
