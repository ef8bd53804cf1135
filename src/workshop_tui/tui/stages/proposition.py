"""Proposition: six lines, and the options put to a dot vote."""

from __future__ import annotations

from typing import ClassVar

from workshop_tui.domain.entity import Entity, Json, Key
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.session_rules import dots_each
from workshop_tui.domain.step import Changes
from workshop_tui.domain.value import Contribution, Option, Proposition
from workshop_tui.tui.cells import upsert, visible_cols
from workshop_tui.tui.grid import Col, Edit
from workshop_tui.tui.live_plan import LivePlan
from workshop_tui.tui.stages.base import View, adding, form
from workshop_tui.tui.widgets.table import Table

FIRST = "proposition"
"""Id of an account's one proposition; it comes in with the first line that is written."""


class Lines(View):
    """What each partner brings, what we do together, what the customer and each partner gain."""

    title: ClassVar[str] = "Proposition"
    kind: ClassVar[type[Entity]] = Proposition

    def table(self, live: LivePlan) -> Table:
        """Return the proposition as a form."""
        found = live.view.all(Proposition)
        row = found[0] if found else Proposition(id=FIRST)
        return form(live, row, visible_cols(_lines(live, row.id), live.audience))


def _lines(live: LivePlan, proposition: str) -> tuple[Col, ...]:
    partners = live.view.partners
    return (
        *(_contribution(proposition, p.id, "brings", f"{p.short[:11]} brings") for p in partners),
        *(_own(name) for name in ("together", "customer_gains")),
        *(_contribution(proposition, p.id, "gains", f"{p.short[:11]} gains") for p in partners),
        *(_own(name) for name in ("status", "visibility")),
    )


def _own(name: str) -> Col:
    def build(plan: AccountPlan, row: Entity, new: Json) -> Changes:
        return upsert(plan, Proposition, row.key, {name: new})

    return Col(Proposition, name, build=build)


def _contribution(proposition: str, party: str, name: str, title: str) -> Col:
    def key(_row: Entity) -> Key:
        return (proposition, party)

    def build(plan: AccountPlan, row: Entity, new: Json) -> Changes:
        there = plan.get(Proposition, proposition)
        first = () if there else upsert(plan, Proposition, row.key, {})
        return (*first, *upsert(plan, Contribution, (proposition, party), {name: new}))

    return Col(Contribution, name, title=title, key=key, build=build)


class Options(View):
    """What could be offered, and the dots each was given."""

    title: ClassVar[str] = "Options"
    kind: ClassVar[type[Entity]] = Option
    empty: ClassVar[str] = "No options yet: press a to add the first."

    def head(self, live: LivePlan) -> str:
        """Return how many dots everybody has."""
        options = len(live.view.all(Option))
        return f"{dots_each(options)} dots each" if options else ""

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """The option and its dots."""
        return (Col(Option, "text", 30, grow=1, wrap=True), Col(Option, "votes", 6))

    def ghost(self, live: LivePlan) -> Edit:
        """A new option comes in by its words."""
        return adding(live, Option, "text")


VIEWS = (Lines, Options)
