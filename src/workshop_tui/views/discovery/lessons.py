"""What the ends of this account taught: the reason, in whose words, and what is done differently."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.model.account import Learnt
from workshop_tui.domain.rules.learnt import lessons
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, new_row_edit
from workshop_tui.views.cell import Col, Edit
from workshop_tui.views.choices import adds_of
from workshop_tui.views.fields import reason_choices


class Lessons(View):
    """Why it was won, lost, not decided or left aside, and what we do differently."""

    title: str = "Learnt"
    kind: ClassVar[type[Entity]] = Learnt
    empty: str = "Nothing learnt yet."
    invite: str = "the reason is asked for when the account is won, lost, not decided or qualified out."

    def rows(self, live: LivePlan) -> Iterable[Entity]:
        """Return what was learnt, the first first."""
        return lessons(live.view)

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """The day and the end, the reason, who told us, in which words, and what we do differently."""
        return (
            Col(Learnt, "on", 11, drop=2),
            Col(Learnt, "stage", 11),
            Col(Learnt, "reason", 14, grow=1, wrap=True, asked=True),
            Col(Learnt, "told_by", 14, grow=1, wrap=True, asked=True, drop=1),
            Col(Learnt, "said", 16, grow=2, wrap=True, asked=True),
            Col(Learnt, "differently", 16, grow=2, wrap=True, asked=True),
            Col(Learnt, "visibility", 10, drop=3),
        )

    def placeholder(self, live: LivePlan) -> Edit | None:
        """Another reason comes in by being chosen, once the account has come to an end."""
        stage = live.view.account.stage
        if not stage.is_end:
            return None
        given = {"stage": stage.value, "on": live.today.isoformat()}
        edit = new_row_edit(live, Learnt, "reason", "Another reason", **given)
        choices = reason_choices(live.view, live.context)
        return replace(edit, choices=choices, adds=adds_of(live.view, Learnt, "reason"), multiline=False)
