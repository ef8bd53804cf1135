"""Risks: what could go wrong, and who watches it."""

from __future__ import annotations

from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.model.session import Risk
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, new_row_edit
from workshop_tui.views.cell import Col, Edit
from workshop_tui.views.keys import key


class Risks(View):
    """What could go wrong."""

    title: str = "Risks"
    kind: ClassVar[type[Entity]] = Risk
    empty: str = "No risks named."
    invite: str = (
        f"press {key('sheet.add')}, or {key('capture')} from anywhere and «r: the budget moves to next year»."
    )

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """The risk and who watches it."""
        return (
            Col(Risk, "text", 26, grow=2, wrap=True),
            Col(Risk, "owner", 16, asked=True),
            Col(Risk, "visibility", 12, drop=1),
        )

    def placeholder(self, live: LivePlan) -> Edit:
        """A new risk comes in by its words."""
        return new_row_edit(live, Risk, "text", session=live.session_id)
