"""The joint action plan's part about what will be done: the approach to people, milestones, actions."""

from __future__ import annotations

import datetime as dt

from workshop_tui.documents.page import Part, labelled, told
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.vocabulary import ActionStatus, ApproachKind, StepStatus
from workshop_tui.domain.gaps.people import solo_3_or_more
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action, Approach, ApproachStep, Carry, CrmId
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.rules.follow_through import first_due
from workshop_tui.domain.rules.milestones import Milestone, milestones
from workshop_tui.domain.rules.value import holds

_NEVER = dt.date.max
"""Stands behind every date, for what has none."""


class ActionsPart(Part):
    """Approaches, and the actions of all sessions by milestone and by owner."""

    def approaches(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return how each person is approached, the most influential first."""
        found = ((self.view.get(Stakeholder, row.stakeholder), row) for row in self.view.all(Approach))
        people = sorted(
            ((person, row) for person, row in found if person), key=lambda pair: -(pair[0].influence or 0)
        )
        return [(self.titled(person.id), self._approach(row)) for person, row in people]

    def _approach(self, approach: Approach) -> tuple[str, ...]:
        person, companion = approach.stakeholder, self.name("Member", approach.companion)
        met = self.figures.last_contact(person)
        steps = [(step, self.view.get(ApproachStep, person, step)) for step in ApproachKind]
        crm = self.view.where(CrmId, stakeholder=person)
        alone = [gap.message for gap in self.figures.gaps_of(person) if gap.rule == solo_3_or_more.__name__]
        return labelled(
            ("Lead", told(("", self.name("Member", approach.lead)), ("with", companion))),
            ("Message", approach.message),
            ("Steps", " → ".join(f"{step.label} ({_stands(row)})" for step, row in steps)),
            *((f"{step.label.capitalize()} before its turn", row.override) for step, row in steps if row),
            ("In the CRM", told(*((self.name("Party", row.party), row.crm) for row in crm))),
            ("Last met", f"{format_date(met) if met else 'never'}{''.join(f'; {each}' for each in alone)}"),
        )

    def milestones(self) -> list[Milestone]:
        """Return the milestones in order of time, then the actions that lead up to none."""
        actions = self.view.all(Action)
        loose = tuple(sorted((action for action in actions if not action.milestone), key=_urgency))
        return [*milestones(actions), *([Milestone("", loose)] if loose else [])]

    def reached(self, milestone: Milestone) -> str:
        """Return by when a milestone is reached and what is done, of what this audience sees."""
        if not milestone.name:
            return ""
        share = "dropped" if milestone.is_dropped else f"{milestone.done} of {len(milestone.kept)} done"
        return f"{f'By {format_date(milestone.due)}' if milestone.due else 'No date'}, {share}."

    def facts(self, action: Action) -> str:
        """Return who does an action by when, and where it stands."""
        return told(
            ("owner", self.whoever(action.owner)),
            ("accountable", self.whoever(action.accountable)),
            ("due", self._due(action)),
            ("about", self.person(action.stakeholder)),
            ("from", self.elsewhere(action.session)),
            ("", _status(action)),
        )

    def beneath(self, action: Action) -> tuple[str, ...]:
        """Return what an action serves, and what shows that it is done."""
        return labelled(("Serves", self._served(action)), ("Evidence", action.evidence))

    def _due(self, action: Action) -> str:
        carried = len(self.view.where(Carry, action=action.id))
        first = first_due(self.view, action) if carried else None
        since = f" (first {format_date(first)}, carried {carried}×)" if first else ""
        return f"{self.day(action.due)}{since}"

    def _served(self, action: Action) -> str:
        answer = self.view.get(Answer, action.answer)
        return f"“{answer.text}” — {self.titled(answer.stakeholder)}" if answer and holds(answer) else ""

    def owners(self) -> list[tuple[str, Action]]:
        """Return the actions still to be done, each with its owner.

        They come in the order of the team, then of the customer's people, those of nobody last.
        """
        everybody = (*self.view.all(Member), *self.view.all(Stakeholder))
        order = {person.id: place for place, person in reversed([*enumerate(everybody)])}
        actions = [action for action in self.view.all(Action) if action.status.is_open]
        actions.sort(key=lambda action: (order.get(action.owner or "", len(order)), _urgency(action)))
        return [(self.whoever(action.owner), action) for action in actions]


def _stands(row: ApproachStep | None) -> str:
    if row is None or row.on is None:
        return (row.status if row else StepStatus.TODO).label
    status = "planned" if row.status is StepStatus.TODO else row.status.label
    return f"{status} {format_date(row.on)}"


def _status(action: Action) -> str:
    if action.status == ActionStatus.OPEN:
        return ""  # what everybody expects
    done = format_date(action.done_on) if action.done_on else ""
    why = done or (f"({action.reason})" if action.reason else "")
    return f"{action.status.label} {why}".strip()


def _urgency(action: Action) -> tuple[bool, dt.date]:
    return not action.status.is_open, action.due or _NEVER
