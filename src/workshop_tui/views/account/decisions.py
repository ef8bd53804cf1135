"""Decisions of all sessions, the newest first, with who was in the room; risks and what is parked beneath."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import counted, one_line
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, RiskStatus
from workshop_tui.domain.lifecycle.closing import outcome
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.session import Decision, Parking, Risk, Session
from workshop_tui.domain.plan.plan import display_name
from workshop_tui.domain.rules.decisions import in_the_room, replaced_by, short_id
from workshop_tui.domain.rules.risks import ranked
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.account.columns import InColumns
from workshop_tui.views.account.page import AccountView
from workshop_tui.views.base import part_row
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

_COLS = (
    Plain("", 4),
    Plain("What", 24, grow=3, wrap=True),
    Plain("For", 10, grow=1, drop=1),
    Plain("What became of it", 16, grow=2, wrap=True),
)


class AccountDecisions(InColumns, AccountView, Pictured):
    """What was decided in each session and by whom it was heard; then risks and the parking lot of all."""

    title: str = "Decided"
    timed = True
    empty: str = "Nothing was decided, parked or named as a risk yet."

    def head(self, live: LivePlan) -> str:
        """Tell how many decisions there are, and how many of them still hold."""
        every = live.view.all(Decision)
        hold = sum(replaced_by(live.view, one) is None for one in every)
        return f"{counted(len(every), 'decision')}, {hold} of them in force"

    def content(self, live: LivePlan) -> Table:
        """Return decisions by session, the newest first, open risks, and what is parked."""
        rows = (*_decisions(live), *_risks(live), *_parked(live))
        return Table(_COLS, rows, self.empty, by_row=True)


def _decisions(live: LivePlan) -> Iterator[Row]:
    for session in reversed(live.view.sessions):
        made = live.view.where(Decision, session=session.id)
        if not made:
            continue
        there = [display_name(live.view, person) for person in in_the_room(live.view, session.id)]
        number = live.view.number_of(session.id)
        yield part_row(
            f"Session {number}, {format_date(session.held_on)} · {len(made)}", "session", session.id
        )
        told = f"In the room: {', '.join(there)}" if there else "Nobody was entered as here."
        yield Row(str(RowId.heading("room", session.id)), heading=told, note=True)
        for one in made:
            yield _decision(live, one)


def _decision(live: LivePlan, one: Decision) -> Row:
    later, earlier = replaced_by(live.view, one), live.view.get(Decision, one.replaces)
    told = [
        f"replaced by {_called(live, later)}" if later else "",
        f"replaces {_called(live, earlier)}" if earlier else "",
    ]
    told += [f"told {format_date(one.told_on)}" if one.told_on else ""]
    cells = (
        Cell(short_id(live.view, one), "muted"),
        Cell(one_line(one.text), "muted" if later else ""),
        Cell(_for(live, one.visibility), "muted"),
        Cell(", ".join(filter(None, told)), "muted"),
    )
    return Row(str(RowId.opening("Decision", one.key)), cells)


def _called(live: LivePlan, one: Decision) -> str:
    return short_id(live.view, one) or f"«{one_line(one.text)}»"


def _for(live: LivePlan, visibility: str) -> str:
    return visibility if visibility in {ALLIANCE, CUSTOMER} else live.view.name_of(Party, visibility)


def _risks(live: LivePlan) -> Iterator[Row]:
    risks = ranked(live.view.all(Risk))
    if risks:
        still = sum(one.status is not RiskStatus.CLOSED for one in risks)
        yield part_row(f"Risks · {still} of {len(risks)} not closed", "risks")
    for one in risks:
        day = f" {format_date(one.settled_on)}" if one.settled_on else ""
        told = f"{one.status.label}{day}" + (f": {one.response}" if one.response else "")
        cells = (
            Cell(one.status.sign, "bad" if one.status is RiskStatus.REALISED else "muted"),
            Cell(one_line(one.text), "muted" if one.status is RiskStatus.CLOSED else ""),
            Cell(_for(live, one.visibility), "muted"),
            Cell(told, "muted"),
        )
        yield Row(str(RowId.opening("Risk", one.key)), cells)


def _parked(live: LivePlan) -> Iterator[Row]:
    items = [
        one
        for session in reversed(live.view.sessions)
        for one in live.view.where(Parking, session=session.id)
    ]
    settled = {one.id: bool(live.figures.parked(one.session).get(one.id)) for one in items}
    items.sort(key=lambda one: settled[one.id])
    if items:
        still = sum(not each for each in settled.values())
        yield part_row(f"Parking lot · {still} of {len(items)} open", "parking")
    for one in items:
        session = live.view.get(Session, one.session)
        became = outcome(live.view, one)
        told = f"became the {became.VERBOSE_NAME} «{one_line(became.words)}»" if became else ""
        told = told or ("dropped" if one.dropped else "settled" if settled[one.id] else "open")
        cells = (
            Cell(f"S{live.view.number_of(session.id)}" if session else "", "muted"),
            Cell(one_line(one.text), "muted" if settled[one.id] else ""),
            Cell(_for(live, one.visibility), "muted"),
            Cell(told, "muted" if settled[one.id] else "warn"),
        )
        yield Row(str(RowId.opening("Parking", one.key)), cells)
