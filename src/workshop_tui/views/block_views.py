"""What each kind of block shows: tables and forms made from the projected plan, no widgets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.session import Block
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.actions.grouped import GROUPINGS
from workshop_tui.views.actions.table import Actions
from workshop_tui.views.actions.timeline import Milestones
from workshop_tui.views.approach import table as approach
from workshop_tui.views.base import View
from workshop_tui.views.closing import risks as closing
from workshop_tui.views.discovery import views as discovery
from workshop_tui.views.opening import agenda, last_actions
from workshop_tui.views.opening import purpose as opening
from workshop_tui.views.proposition import lines as proposition
from workshop_tui.views.scorecard import views as scorecard
from workshop_tui.views.stakeholders import chart, influence, styles
from workshop_tui.views.stakeholders import table as people
from workshop_tui.views.value import views as value

STAGES: dict[BlockKind, tuple[Callable[[], View], ...]] = {
    BlockKind.OPENING: opening.VIEWS,
    BlockKind.DISCOVERY: discovery.VIEWS,
    BlockKind.STAKEHOLDERS: (*people.VIEWS, chart.OrgChart, styles.Styles, influence.Influence),
    BlockKind.VALUE: value.VIEWS,
    BlockKind.PROPOSITION: proposition.VIEWS,
    BlockKind.APPROACH: approach.VIEWS,
    BlockKind.ACTIONS: (*(partial(Actions, grouping) for grouping in GROUPINGS), Milestones),
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
