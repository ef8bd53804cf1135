"""Actions: a fast table in which what is missing stands in plain sight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import ClassVar

from workshop_tui.domain.account import Member
from workshop_tui.domain.actions import Action, Carry
from workshop_tui.domain.dates import format_date
from workshop_tui.domain.entity import Entity, Json
from workshop_tui.domain.followthrough import first_due, redated, settled
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.step import Changes
from workshop_tui.domain.words import ActionStatus
from workshop_tui.tui.cells import edit_of
from workshop_tui.tui.grid import Cell, Col, Edit
from workshop_tui.tui.live_plan import LivePlan
from workshop_tui.tui.stages.base import View, adding, line, own
from workshop_tui.tui.widgets.table import Row, Table


def due_col(live: LivePlan, width: int = 9) -> Col:
    """Return the due date; a later one, given in a later session, is a carry."""
    session = live.session_id

    def build(plan: AccountPlan, action: Entity, new: Json) -> Changes:
        now = plan.get(Action, *action.key)
        due = dt.date.fromisoformat(str(new)) if new else None
        return redated(plan, now, due, session) if now else ()

    return Col(Action, "due", width, asked=True, build=build, sign=True)


def status_col(live: LivePlan, width: int = 8) -> Col:
    """Return the status; done keeps the day."""
    today = live.today

    def build(plan: AccountPlan, action: Entity, new: Json) -> Changes:
        now = plan.get(Action, *action.key)
        return settled(now, ActionStatus(str(new)), today, now.reason) if now else ()

    return Col(Action, "status", width, build=build, wrap=True)


def asking_why(live: LivePlan, row: Row, cols: tuple[Col, ...]) -> Row:
    """Have «dropped» ask for its reason first."""
    cells = (
        replace(cell, edit=replace(cell.edit, follow=_reason(live, row.id)))
        if col.name == "status" and cell.edit
        else cell
        for cell, col in zip(row.cells, cols, strict=True)
    )
    return replace(row, cells=tuple(cells))


def _reason(live: LivePlan, name: str) -> Callable[[Json], Edit | None]:
    today, action = live.today, live.view.get(Action, name.split("/")[1])

    def build(plan: AccountPlan, new: Json) -> Changes:
        now = plan.get(Action, *action.key) if action else None
        return settled(now, ActionStatus.DROPPED, today, str(new or "")) if now else ()

    def follow(value: Json) -> Edit | None:
        if value != ActionStatus.DROPPED or action is None:
            return None
        asked = edit_of(live.view, action, Col(Action, "reason"), live.dates)
        return replace(asked, title=f"Why is it dropped? · {action.title}", build=build, must=True)

    return follow


def carried(live: LivePlan, row: Row) -> Row:
    """Say beneath an action's title how often it was carried, and from which date."""
    action = live.view.get(Action, row.id.split("/")[1])
    carries = len(live.view.where(Carry, action=action.id)) if action else 0
    first = first_due(live.view, action) if action else None
    if not carries or first is None:
        return row
    title = row.cells[0]
    text = f"{title.text}\n↻ carried {carries}×, first due {format_date(first)}"
    return replace(row, cells=(replace(title, text=text), *row.cells[1:]))


class Actions(View):
    """Every action of this and earlier sessions, the open ones first."""

    title: ClassVar[str] = "Table"
    kind: ClassVar[type[Entity]] = Action
    empty: ClassVar[str] = "No actions yet: press a and type what will be done."

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """The action, owner, accountable, due; milestone, stakeholder, status where there is room."""
        return (
            Col(Action, "title", 18, grow=3, wrap=True),
            Col(Action, "owner", 11, asked=True, grow=1, wrap=True),
            Col(Action, "accountable", 11, asked=True, grow=1, wrap=True),
            due_col(live),
            replace(status_col(live), drop=2),
            Col(Action, "milestone", 14, drop=4, grow=1, wrap=True),
            Col(Action, "stakeholder", 14, "For", drop=5, grow=1, wrap=True),
            Col(Action, "visibility", 10, drop=6),
        )

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the actions: this session's, then what is open from before, then what is settled."""
        for heading, actions in self.groups(live):
            if actions and heading:
                yield Row(f"heading/{heading}", heading=heading)
            for action in actions:
                yield _flagged(live, asking_why(live, line(live, action, cols), cols))

    def groups(self, live: LivePlan) -> Iterable[tuple[str, list[Action]]]:
        """Return (heading, actions) in the order of the table."""
        every = live.view.all(Action)
        here = [a for a in every if a.session == live.session_id]
        before = [a for a in every if a.session != live.session_id]
        yield "", here
        yield "Open from earlier sessions", [a for a in before if a.status.is_open]
        yield "Settled", [a for a in before if not a.status.is_open]

    def ghost(self, live: LivePlan) -> Edit:
        """A new action comes in by its title."""
        return adding(live, Action, "title", session=live.session_id)

    def card_cols(self, live: LivePlan) -> tuple[Col, ...]:
        """Every field of one action."""
        return (
            *own(Action, "title", "owner", "accountable"),
            due_col(live),
            status_col(live),
            *own(Action, "done_on", "reason", "milestone", "stakeholder", "answer", "evidence", "visibility"),
        )

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return the card; «dropped» asks for its reason there too."""
        table = super().card(live, name)
        return table and replace(table, rows=tuple(_card_row(live, name, row) for row in table.rows))


def _card_row(live: LivePlan, name: str, row: Row) -> Row:
    value = row.cells[1]
    if row.id.endswith("/Status") and value.edit:
        value = replace(value, edit=replace(value.edit, follow=_reason(live, name)))
    return replace(row, cells=(row.cells[0], value))


def _flagged(live: LivePlan, row: Row) -> Row:
    """Mark a title for which a gap speaks of vagueness or lateness."""
    said = [
        gap.message
        for gap in live.figures.gaps
        if gap.rule in {"action_vague", "action_overdue"} and f"{gap.kind}/{'/'.join(gap.key)}" == row.id
    ]
    if not said:
        return row
    title = row.cells[0]
    return replace(row, cells=(Cell(f"{title.text}\n! {said[0]}", "warn", title.edit), *row.cells[1:]))


class ByOwner(Actions):
    """The open actions of each owner."""

    title: ClassVar[str] = "By owner"

    def groups(self, live: LivePlan) -> Iterable[tuple[str, list[Action]]]:
        """Return the open actions under each owner, those without one first."""
        open_ones = [a for a in live.view.all(Action) if a.status.is_open]
        owners = {a.owner: live.view.name_of(Member, a.owner) for a in open_ones}
        for owner, name in sorted(owners.items(), key=lambda item: item[1]):
            mine = [a for a in open_ones if a.owner == owner]
            yield name or "Nobody", sorted(mine, key=lambda a: a.due or dt.date.max)


VIEWS = (Actions, ByOwner)
