"""Approach: for each key stakeholder who leads, with what message, and how far we are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from workshop_tui.domain.actions import Approach, ApproachStep, CrmId
from workshop_tui.domain.entity import Entity, Json, Key
from workshop_tui.domain.people import Stakeholder
from workshop_tui.domain.people_rules import is_key
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.step import Changes
from workshop_tui.domain.words import ApproachKind
from workshop_tui.tui.cells import upsert
from workshop_tui.tui.grid import Col
from workshop_tui.tui.live_plan import LivePlan
from workshop_tui.tui.stages.base import View


class Approaches(View):
    """The key people, and anybody else with an approach."""

    title: ClassVar[str] = "Approach"
    kind: ClassVar[type[Entity]] = Approach
    empty: ClassVar[str] = "No key people yet: give somebody an influence of 4 or 5."

    def rows(self, live: LivePlan) -> Iterable[Entity]:
        """Return the stakeholders concerned."""
        if not self.is_open(live):
            return ()
        people = live.view.all(Stakeholder)
        return (p for p in people if is_key(p) or live.view.get(Approach, p.id))

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Name, lead and companion, the status of each step."""
        return (
            Col(Stakeholder, "name", 18, grow=2),
            _approach("lead", 14),
            _approach("companion", 14, drop=2),
            *(_step(step, "status", name, max(len(name), 8)) for step, name in _SHORT.items()),
        )

    def card_cols(self, live: LivePlan) -> tuple[Col, ...]:
        """Every field of one approach."""
        crm = (_crm(party.id, f"{party.short[:11]} CRM id") for party in live.view.partners)
        return (
            *(_approach(name) for name in ("lead", "companion", "message")),
            *(
                _step(step, name, f"{step.label.capitalize()}{suffix}")
                for step in ApproachKind
                for name, suffix in (("status", ""), ("on", " on"))
            ),
            *crm,
        )


_SHORT = {step: step.label.split()[0].capitalize() for step in ApproachKind}


def _with_approach(plan: AccountPlan, person: Entity, changes: Changes) -> Changes:
    """Have the approach come in with the first thing that is known of it."""
    first = () if plan.get(Approach, *person.key) else upsert(plan, Approach, person.key, {})
    return (*first, *changes)


def _approach(name: str, width: int = 12, drop: int = 0) -> Col:
    def key(person: Entity) -> Key:
        return person.key

    return Col(Approach, name, width, key=key, drop=drop, grow=1, asked=name == "lead")


def _step(step: ApproachKind, name: str, title: str, width: int = 11) -> Col:
    def key(person: Entity) -> Key:
        return (person.key[0], step.value)

    def build(plan: AccountPlan, person: Entity, new: Json) -> Changes:
        return _with_approach(plan, person, upsert(plan, ApproachStep, key(person), {name: new}))

    return Col(ApproachStep, name, width, title, key, build=build, drop=1)


def _crm(party: str, title: str) -> Col:
    def key(person: Entity) -> Key:
        return (person.key[0], party)

    def build(plan: AccountPlan, person: Entity, new: Json) -> Changes:
        return _with_approach(plan, person, upsert(plan, CrmId, key(person), {"crm": new}))

    return Col(CrmId, "crm", title=title, key=key, build=build)


VIEWS = (Approaches,)
