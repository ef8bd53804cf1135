"""The agenda of a session, to be changed in the room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from workshop_tui.domain.entity import Entity
from workshop_tui.domain.session import Block
from workshop_tui.domain.words import BlockKind
from workshop_tui.tui.cells import new_row
from workshop_tui.tui.grid import Col, Edit
from workshop_tui.tui.live_plan import LivePlan, new_id
from workshop_tui.tui.stages.base import View, own


class Agenda(View):
    """The blocks of the session: titles, minutes, and which are the customer's too."""

    title: ClassVar[str] = "Agenda"
    kind: ClassVar[type[Entity]] = Block

    def rows(self, live: LivePlan) -> Iterable[Entity]:
        """Return the blocks of this session."""
        return live.view.where(Block, session=live.session_id)

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Title, kind, minutes, visibility."""
        return (
            Col(Block, "title", 24, grow=1, wrap=True),
            Col(Block, "kind", 12),
            Col(Block, "minutes", 7),
            Col(Block, "visibility", 10),
        )

    def ghost(self, live: LivePlan) -> Edit:
        """A new block comes in by its title."""
        given = {"session": live.session_id, "kind": BlockKind.ACTIONS.value}
        return new_row(Block, "title", new_id(), live.audience, given)

    def card_cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Every field of one block."""
        return own(Block, "title", "kind", "minutes", "protected", "visibility", "notes")
