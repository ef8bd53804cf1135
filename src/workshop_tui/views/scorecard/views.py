"""Scorecard: lagging goals and leading initiatives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import brief_name
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.scorecard import Goal, Initiative
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, fields_of, new_row_edit
from workshop_tui.views.cell import Col, Edit
from workshop_tui.views.table import Row


class Goals(View):
    """What should be reached by the end."""

    title: str = "Goals"
    kind: ClassVar[type[Entity]] = Goal
    empty: str = "No goals yet."
    invite: str = "press a and type what counts in the end, as «Joint revenue»."

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Goal, unit, target, actual."""
        return (
            Col(Goal, "title", 24, grow=1, wrap=True),
            Col(Goal, "unit", 10),
            Col(Goal, "target", 9),
            Col(Goal, "actual", 9),
        )

    def placeholder(self, live: LivePlan) -> Edit:
        """A new goal comes in by its title."""
        return new_row_edit(live, Goal, "title")


class Initiatives(View):
    """What is done toward the goals."""

    title: str = "Initiatives"
    kind: ClassVar[type[Entity]] = Initiative
    empty: str = "No initiatives yet."
    invite: str = "press a and type what leads to a goal, as «Three-way meetings»."

    def is_open(self, live: LivePlan) -> bool:
        """The scorecard is ours, though the customer may see a metric that is agreed with it."""
        return live.audience != CUSTOMER

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Initiative, indicator, target, actual, completion, direction, owner."""
        return (
            Col(Initiative, "title", 20, grow=3, wrap=True),
            Col(Initiative, "indicator", 16, grow=2, wrap=True, drop=3),
            Col(Initiative, "target", 6),
            Col(Initiative, "actual", 6, gap=1),
            Col(Initiative, "completion", 5, "Wheel"),
            Col(Initiative, "direction", 5, "Arrow", gap=1, sign=True),
            Col(Initiative, "owner", 11, drop=2, grow=1),
        )

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the initiatives; owners stand there by brief names where there is no room for all."""
        at = [col.name for col in cols].index("owner")
        for row in super().lines(live, cols):
            owner = replace(row.cells[at], brief=brief_name(row.cells[at].text))
            yield replace(row, cells=(*row.cells[:at], owner, *row.cells[at + 1 :]))

    def placeholder(self, live: LivePlan) -> Edit:
        """A new initiative comes in by its title."""
        return new_row_edit(live, Initiative, "title")

    def card_cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Every field of one initiative."""
        names = ("component", "title", "indicator", "target", "actual", "lower_is_better", "completion")
        return fields_of(Initiative, *names, "direction", "owner")
