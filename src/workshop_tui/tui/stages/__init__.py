"""What each kind of block shows: tables and forms made from the projected plan, no widgets."""

from __future__ import annotations

from workshop_tui.domain.words import BlockKind
from workshop_tui.tui.stages import (
    actions,
    approach,
    closing,
    discovery,
    opening,
    people,
    proposition,
    scorecard,
    value,
)
from workshop_tui.tui.stages.base import View

STAGES: dict[BlockKind, tuple[type[View], ...]] = {
    BlockKind.OPENING: opening.VIEWS,
    BlockKind.DISCOVERY: discovery.VIEWS,
    BlockKind.STAKEHOLDERS: people.VIEWS,
    BlockKind.VALUE: value.VIEWS,
    BlockKind.PROPOSITION: proposition.VIEWS,
    BlockKind.APPROACH: approach.VIEWS,
    BlockKind.ACTIONS: actions.VIEWS,
    BlockKind.SCORECARD: scorecard.VIEWS,
    BlockKind.BREAK: (),
    BlockKind.CLOSING: closing.VIEWS,
}
