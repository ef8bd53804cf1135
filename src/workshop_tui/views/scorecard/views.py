"""Scorecard: lagging goals and leading initiatives."""

from __future__ import annotations

from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.scorecard import Goal, Initiative
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, fields_of, new_row_edit
from workshop_tui.views.cell import Col, Edit


class Goals(View):
    """What should be reached by the end."""

    title: str = "Goals"
    kind: ClassVar[type[Entity]] = Goal

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

    def is_open(self, live: LivePlan) -> bool:
        """The scorecard is ours, though the customer may see a metric that is agreed with it."""
        return live.audience != CUSTOMER

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Initiative, indicator, target, actual, completion, direction, owner."""
        return (
            Col(Initiative, "title", 22, grow=2, wrap=True),
            Col(Initiative, "indicator", 18, grow=1, wrap=True, drop=3),
            Col(Initiative, "target", 7),
            Col(Initiative, "actual", 7),
            Col(Initiative, "completion", 6, "Wheel"),
            Col(Initiative, "direction", 5, "Arrow", sign=True),
            Col(Initiative, "owner", 14, drop=2, grow=1),
        )

    def placeholder(self, live: LivePlan) -> Edit:
        """A new initiative comes in by its title."""
        return new_row_edit(live, Initiative, "title")

    def card_cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Every field of one initiative."""
        names = ("component", "title", "indicator", "target", "actual", "lower_is_better", "completion")
        return fields_of(Initiative, *names, "direction", "owner")
