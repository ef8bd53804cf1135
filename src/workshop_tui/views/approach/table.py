"""Approach: for each key person who leads, with what message, and how far we are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import ApproachKind
from workshop_tui.domain.model.account import Member, Party
from workshop_tui.domain.model.actions import Approach, CrmId
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.rules.approach import (
    action_out_of,
    can_be_actions,
    doubt,
    step_of,
)
from workshop_tui.domain.rules.pairing import Match
from workshop_tui.domain.rules.people import is_key
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.approach.meetings import alone
from workshop_tui.views.approach.steps import date_col, override_col, step_actions, step_cell, step_col
from workshop_tui.views.base import View, form_row, line, people_here, row_id, sections
from workshop_tui.views.cell import Cell, Col, RowAction
from workshop_tui.views.fields import edit_of
from workshop_tui.views.keys import key
from workshop_tui.views.stakeholders.card import CARD, contact_rows, told_row
from workshop_tui.views.stakeholders.card_ties import new_meeting
from workshop_tui.views.table import Row, Table

SHORT = {
    ApproachKind.TEST_INTEREST: "Interest",
    ApproachKind.INTRODUCTION: "Introd.",
    ApproachKind.THREE_WAY: "3-way",
    ApproachKind.PIPELINE: "Pipeline",
}


class Approaches(View):
    """The key people, and anybody else with an approach."""

    title: str = "Approach"
    kind: ClassVar[type[Entity]] = Approach
    removes: ClassVar[tuple[type[Entity], ...] | None] = ()
    empty: str = "No key people yet."
    invite: str = f"give somebody an influence of 4 or 5, as by {key('capture')} and «s: Ana Pires inf5»."

    def rows(self, live: LivePlan) -> Iterable[Stakeholder]:
        """Return the stakeholders concerned."""
        return (p for p in people_here(live) if is_key(p) or live.view.get(Approach, p.id))

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Name, lead and companion, sign and date of each step."""
        return (
            Col(Stakeholder, "name", 14, grow=3, wrap=True),
            replace(_approach("lead", "Lead"), width=10, grow=1),
            replace(_approach("companion", "With"), width=18, grow=1, drop=2),
            *(step_col(kind, title) for kind, title in SHORT.items()),
        )

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the people; beneath a name stands who goes there alone."""
        for person in self.rows(live):
            name, lead, companion, *_ = line(live, person, cols).cells
            run = alone(live, person)
            flagged = replace(name, text=f"{person.words}\n! {run}", tone="warn")
            cells = (
                flagged if run else replace(name, text=person.words),
                _suggested(live, person, lead),
                companion,
                *(step_cell(live, person, kind, title, full=False) for kind, title in SHORT.items()),
            )
            yield Row(row_id(person), cells)

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return all that is known of one approach."""
        person = self.card_row(live, name)
        if not isinstance(person, Stakeholder):
            return None
        parts = {
            "Who leads, and what we say": _who(live, person),
            "Steps": _steps(live, person),
            "Pipeline": (form_row(live, person, _crm(p)) for p in live.view.partners),
            "Contacts": contact_rows(live, person),
        }
        return sections(CARD, parts)

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """Take the suggestion, note a meeting, make actions of what lies ahead."""
        person = self.card_row(live, name)
        if not isinstance(person, Stakeholder):
            return ()
        met = RowAction("m", f"Met {person.name} …", new_meeting(live, person))
        return (*_taking(live, person), met, *step_actions(live, person))


# Who leads


def _approach(name: str, title: str = "") -> Col:
    return Col(Approach, name, title=title, key=lambda person: person.key, asked=name == "lead")


def _suggestion(live: LivePlan, person: Stakeholder) -> Match | None:
    """Return who of ours should lead, as long as nobody does."""
    approach = live.view.get(Approach, person.id)
    return next(iter(live.figures.pairing(person.id)), None) if not approach or not approach.lead else None


def _suggested(live: LivePlan, person: Stakeholder, lead: Cell) -> Cell:
    match = _suggestion(live, person)
    if match is None:
        return replace(lead, text=_short(lead.text))
    name = live.view.name_of(Member, match.member)
    return replace(lead.editing(lambda edit: replace(edit, proposes=name)), text=_short(f"? {name}"))


def _short(name: str) -> str:
    """Return a name as it is called in the room, as in «Mirela S.»: the card has it whole."""
    *first, last = name.split()
    return f"{' '.join(first)} {last[0]}." if first and first != ["?"] else name


def _taking(live: LivePlan, person: Stakeholder) -> Iterator[RowAction]:
    if not (match := _suggestion(live, person)):
        return
    asked = edit_of(live.view, person, _approach("lead"), live.context)
    member, build = match.member, asked.build
    taken = replace(asked, build=lambda plan, _new: build(plan, member), toggles=True)
    yield RowAction("l", f"Have {live.view.name_of(Member, member)} lead: {match.reason}", taken)


# The card


def _who(live: LivePlan, person: Stakeholder) -> Iterator[Row]:
    yield form_row(live, person, _approach("lead"))
    if match := _suggestion(live, person):
        take = f"→ {key('row.do')}, then l finds it, Enter takes it"
        said = f"{live.view.name_of(Member, match.member)}: {match.reason}\n{take}"
        yield told_row(person, ("suggested",), "  suggested", said, "warn")
    yield from (form_row(live, person, _approach(name)) for name in ("companion", "message"))


def _steps(live: LivePlan, person: Stakeholder) -> Iterator[Row]:
    """Tell each step, its day, and the action it has become; and why one was held too early."""
    actions = {step.step: action_out_of(live.view, step) for step in can_be_actions(live.view, person.id)}
    for kind in ApproachKind:
        title = kind.label.removesuffix(" meeting").capitalize()
        step = step_of(live.view, person.id, kind)
        row = form_row(live, person, step_col(kind, title))
        yield replace(row, cells=(row.cells[0], step_cell(live, person, kind, title, full=True)))
        if step.override:
            yield form_row(live, person, override_col("  all the same"))
        yield form_row(live, person, date_col(kind, "  on"))
        if said := doubt(step, live.today):
            yield told_row(person, (kind.value, "doubt"), "  !", said, "warn")
        if action := actions.get(kind):
            due = f", due {format_date(action.due)}" if action.due else ""
            told = f"{action.status.label}{due}"
            yield told_row(person, (kind.value, "action"), "  action", told, "muted")


def _crm(party: Party) -> Col:
    name = party.id
    return Col(CrmId, "crm", title=f"{party.short[:12]} CRM", key=lambda person: (person.key[0], name))
