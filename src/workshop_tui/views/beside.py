"""What is opened beside the agenda: views of a kind of block for which an audience has none, or of none."""

from __future__ import annotations

from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.model.session import Block
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.block_views import BEGINS, STAGES, Aside, StageKind

BESIDE: tuple[StageKind, ...] = (BlockKind.SCORECARD, *Aside)
"""Whose views are opened also where the agenda has no such block."""
SHARED = (BlockKind.ACTIONS, BlockKind.CLOSING, BlockKind.SCORECARD)
"""Kinds of blocks that a shared screen stays in, cut for the customer, though the block is ours alone."""
_ALL: tuple[StageKind, ...] = (*SHARED, *Aside)
_TYPED_AS = BlockKind.ACTIONS
"""As in which block a line is read that is captured where there is none: an action for the account."""


def beside(live: LivePlan, kind: StageKind) -> Block | None:
    """Return what would be open beside the agenda as a block; None if the audience may see none of it."""
    if kind not in _ALL or not _is_open(live, kind):
        return None
    name, title = f"{BEGINS}{kind.value}", kind.label.capitalize()
    like = kind if isinstance(kind, BlockKind) else _TYPED_AS
    return Block(id=name, session=live.session_id, kind=like, title=title)


def _is_open(live: LivePlan, kind: StageKind) -> bool:
    """Whether the audience may see any of its views; pages of ours are not imported to say so."""
    if isinstance(kind, Aside):
        return live.audience != CUSTOMER
    return any(view().is_open(live) for view in STAGES[kind])


def beside_called(live: LivePlan, name: str) -> Block | None:
    """Return what is open beside the agenda under an id; None for a block of the agenda."""
    kind = next((kind for kind in _ALL if name == f"{BEGINS}{kind.value}"), None)
    return beside(live, kind) if kind else None
