"""What is opened beside the agenda: the views of a kind of block for which an audience has none."""

from __future__ import annotations

from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.session import Block
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.block_views import STAGES

BESIDE = (BlockKind.SCORECARD,)
"""Kinds of blocks whose views are opened also where the agenda has no such block."""
SHARED = (BlockKind.ACTIONS, BlockKind.CLOSING, *BESIDE)
"""Kinds of blocks that a shared screen stays in, cut for the customer, though the block is ours alone."""
_BEGINS = "beside-"
"""How the id of what is open beside the agenda begins: it is no block of the plan."""


def beside(live: LivePlan, kind: BlockKind) -> Block | None:
    """Return what a kind of block would be beside the agenda; None if the audience may see none of it."""
    if kind not in SHARED or not any(view().is_open(live) for view in STAGES[kind]):
        return None
    name, title = f"{_BEGINS}{kind.value}", kind.label.capitalize()
    return Block(id=name, session=live.session_id, kind=kind, title=title)


def beside_called(live: LivePlan, name: str) -> Block | None:
    """Return what is open beside the agenda under an id; None for a block of the agenda."""
    kind = next((kind for kind in SHARED if name == f"{_BEGINS}{kind.value}"), None)
    return beside(live, kind) if kind else None
