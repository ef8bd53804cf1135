"""Opening: who is here and what for, what became of the last actions, what has moved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from workshop_tui.domain.actions import Action
from workshop_tui.domain.entity import Entity
from workshop_tui.domain.people import Reading, Stakeholder
from workshop_tui.domain.session import Session
from workshop_tui.domain.words import CUSTOMER, TOWARD_ALL
from workshop_tui.tui.cells import visible_cols
from workshop_tui.tui.grid import Cell, Col
from workshop_tui.tui.live_plan import LivePlan
from workshop_tui.tui.stages.actions import asking_why, carried, due_col, status_col
from workshop_tui.tui.stages.agenda import Agenda
from workshop_tui.tui.stages.base import CLOSED, View, form, line, moved, own, shown_to
from workshop_tui.tui.stages.room import Guests, Team
from workshop_tui.tui.widgets.table import Row, Table


class Purpose(View):
    """What the room wants to have at the end."""

    title: ClassVar[str] = "Purpose"
    kind: ClassVar[type[Entity]] = Session

    def table(self, live: LivePlan) -> Table:
        """Return the session as a form, and who may see what."""
        names = ("purpose", "held_on", "start", "facilitator", "playbook")
        table = form(live, live.session, visible_cols(own(Session, *names), live.audience))
        if live.audience == CUSTOMER:
            return table
        told = (Row(f"sees/{who}", (Cell(who, "muted"), Cell(what, "muted"))) for who, what in _SEES)
        return replace(table, rows=(*table.rows, Row("heading/sees", heading="Who may see what"), *told))


_SEES = (
    ("The customer", "Names, titles, reporting lines; answers and actions that are marked for the customer."),
    ("Both partners", "All of that, and every line marked for the alliance."),
    (
        "One partner",
        "All of that, and the lines marked for that firm alone. F4 switches, F5 covers the screen.",
    ),
)


class LastActions(View):
    """What was agreed before this session, one by one: complete, carry or drop."""

    title: ClassVar[str] = "Last actions"
    kind: ClassVar[type[Entity]] = Action
    empty: ClassVar[str] = "No actions from before this session."

    def is_open(self, live: LivePlan) -> bool:
        """Never for the customer: what was carried or dropped is ours."""
        return shown_to(live, Action, "reason")

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """The action, its owner, first and present date, how often it was carried, its status."""
        return (
            Col(Action, "title", 26, grow=1, wrap=True),
            Col(Action, "owner", 12, asked=True, wrap=True),
            due_col(live),
            status_col(live),
            Col(Action, "reason", 14, drop=2, wrap=True),
        )

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return what is still open first, then what was settled."""
        earlier = [s.id for s in live.view.sessions[: live.view.number_of(live.session_id) - 1]]
        actions = [a for s in reversed(earlier) for a in live.view.where(Action, session=s)]
        for heading, is_open in (
            ("Open: complete, carry to a later date, or drop", True),
            ("Settled", False),
        ):
            found = [action for action in actions if action.status.is_open == is_open]
            if found:
                yield Row(f"heading/{heading}", heading=heading)
            for action in found:
                yield carried(live, asking_why(live, line(live, action, cols), cols))


class Moved(View):
    """How sentiment has moved since the session before."""

    title: ClassVar[str] = "Moved"
    kind: ClassVar[type[Entity]] = Reading

    def table(self, live: LivePlan) -> Table:
        """Return the people who moved, toward whom and by how much."""
        if not self.is_open(live):
            return Table(empty=CLOSED)
        before = live.view.before(live.session)
        drift = live.figures.drift(before.id, live.session_id) if before else {}
        toward = (("All", TOWARD_ALL), *((p.short, p.id) for p in live.view.partners))
        cols = (
            Col(Stakeholder, "name", 22, grow=1),
            *(Col(Reading, "value", 12, title) for title, _ in toward),
        )
        rows = (
            Row(
                f"Stakeholder/{person}",
                (
                    Cell(live.view.name_of(Stakeholder, person)),
                    *(moved(by.get(whom, 0)) for _, whom in toward),
                ),
            )
            for person, by in drift.items()
        )
        return Table(cols, tuple(rows), "Nobody's sentiment has moved since the last session.")


VIEWS = (Purpose, Team, Guests, LastActions, Moved, Agenda)
