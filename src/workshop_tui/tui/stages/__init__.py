"""What each kind of block shows: tables and forms made from the projected plan, no widgets."""

from __future__ import annotations

from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.session import Block
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.tui.stages import (
    action_views,
    actions,
    agenda,
    approach,
    chart,
    closing,
    discovery,
    influence,
    last_actions,
    milestones,
    opening,
    people,
    proposition,
    scorecard,
    styles,
    value,
)
from workshop_tui.tui.stages.base import View

STAGES: dict[BlockKind, tuple[type[View], ...]] = {
    BlockKind.OPENING: opening.VIEWS,
    BlockKind.DISCOVERY: discovery.VIEWS,
    BlockKind.STAKEHOLDERS: (*people.VIEWS, chart.OrgChart, styles.Styles, influence.Influence),
    BlockKind.VALUE: value.VIEWS,
    BlockKind.PROPOSITION: proposition.VIEWS,
    BlockKind.APPROACH: approach.VIEWS,
    BlockKind.ACTIONS: (actions.Actions, *action_views.VIEWS, milestones.Milestones),
    BlockKind.SCORECARD: scorecard.VIEWS,
    BlockKind.BREAK: (agenda.Break,),
    BlockKind.CLOSING: closing.VIEWS,
}


def first_view(live: LivePlan, block: Block) -> int:
    """Return which view a block opens with: a later opening block with the last session's actions."""
    blocks = live.view.where(Block, session=block.session)
    first = next((other for other in blocks if other.kind is block.kind), block)
    later = block.kind is BlockKind.OPENING and block.id != first.id
    return opening.VIEWS.index(last_actions.LastActions) if later else 0
