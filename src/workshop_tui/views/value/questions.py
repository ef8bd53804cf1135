"""The question bank by purpose: questions added, reworded, put in order and removed in the room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import Purpose
from workshop_tui.domain.model.value import Answer, Question
from workshop_tui.domain.plan.step import Changes
from workshop_tui.domain.rules.value import move_question, rank_within
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, entity_at, heading_row, line, placeholder_row, shown_to
from workshop_tui.views.cell import Cell, Col, RowAction
from workshop_tui.views.fields import cell
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row
from workshop_tui.views.value.answers import new_question


class Questions(View):
    """Each purpose with its questions and a line for a new one."""

    title: str = "Questions"
    kind: ClassVar[type[Entity]] = Question
    ordered: ClassVar[bool] = True

    def is_open(self, live: LivePlan) -> bool:
        """Never for the customer: what a question is for is ours."""
        return shown_to(live, Question, "purpose")

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """The question, how many have answered it, who may see it."""
        return (
            Col(Question, "text", 30, grow=1, wrap=True),
            Col(Answer, "stakeholder", 8, "Answered"),
            Col(Question, "visibility", 10),
        )

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the questions under what they are for."""
        text, _, visibility = cols
        for purpose in Purpose:
            yield heading_row(f"{purpose.label.capitalize()}: {purpose.meaning}", purpose.value)
            for question in live.view.where(Question, purpose=purpose):
                row = line(live, question, (text, visibility))
                people = {answer.stakeholder for answer in live.view.where(Answer, question=question.id)}
                told = Cell(f"by {len(people)}" if people else "·", "" if people else "muted")
                yield Row(row.id, (row.cells[0], told, row.cells[1]))
            yield self._new(live, purpose)

    def _new(self, live: LivePlan, purpose: Purpose) -> Row:
        rank = rank_within(live.view.all(Question), purpose)
        title = f"New question: {purpose.label}"
        return placeholder_row(
            RowId.new(purpose.value),
            new_question(live, title, purpose=purpose.value, rank=rank),
        )

    def shift(self, live: LivePlan, name: str, by: int) -> Changes:
        """Return the changes that move a question among those of its purpose."""
        row = entity_at(live.view, name)
        return move_question(live.view.all(Question), row, by) if isinstance(row, Question) else ()

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """Ask it for another purpose."""
        row = entity_at(live.view, name)
        if not isinstance(row, Question):
            return ()
        purpose = cell(live.view, row, Col(Question, "purpose"), live.context)
        return (RowAction("p", "Put it under another purpose", purpose.edit),) if purpose.edit else ()
