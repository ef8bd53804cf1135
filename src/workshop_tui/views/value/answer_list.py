"""Heard: all that was said, by theme; what belongs together is marked and made a value target of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.base.vocabulary import AnswerStatus
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer, Question, Target, TargetAnswer
from workshop_tui.domain.rules.value import by_theme
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import entity_at, fields_of, line, row_id, shown_to
from workshop_tui.views.cell import Cell, Col, RowAction
from workshop_tui.views.keys import key
from workshop_tui.views.sorted_filtered import SortedFilteredView
from workshop_tui.views.table import Row, Table
from workshop_tui.views.value.answers import (
    answer_actions,
    answer_card,
    beside_words,
    gathering,
    status_cols,
    status_told,
    theme_col,
    told,
    words_col,
)
from workshop_tui.views.value.targets import new_target_edit, put_under_edit


class AnswerList(SortedFilteredView[Answer]):
    """Every answer under its theme; before the customer, under its question."""

    title: str = "Heard"
    kind: ClassVar[type[Entity]] = Answer
    empty: str = "No answers yet."
    invite: str = f"ask in view 1, or press {key('capture')} and «v: fewer outages at month end ^Pires»."
    start: ClassVar[int] = 1
    called: ClassVar[str] = "answers"
    sought: ClassVar[str] = "name, words, theme or status"

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """Who, the words, theme, status; the target it stands behind where there is room."""
        return (
            Col(Answer, "stakeholder", 12, "Who", grow=1, wrap=True),
            words_col(),
            theme_col(),
            *status_cols(live),
            Col(Target, "title", 14, "Target", drop=2, grow=1, wrap=True),
        )

    def rows(self, live: LivePlan) -> Iterable[Answer]:
        """Return the answers that are told to who looks."""
        return told(live, live.view.all(Answer))

    def groups(self, live: LivePlan, rows: Sequence[Answer]) -> Iterable[tuple[str, Iterable[Answer]]]:
        """Return the answers under their themes or questions; under no headings while they are sorted."""
        return (("", rows),) if self.table_query(live).column else _gathered(live, rows)

    def words(self, live: LivePlan, answer: Answer) -> tuple[str, ...]:
        """Return the texts by which an answer is found: what its columns show."""
        who, behind = live.view.name_of(Stakeholder, answer.stakeholder), _targets(live, answer).text
        return who, answer.text, answer.theme, status_told(live, answer), behind

    def value(self, live: LivePlan, answer: Answer, col: Col) -> object:
        """Return what a column sorts an answer by."""
        return _targets(live, answer).text if col.kind is Target else super().value(live, answer, col)

    def row(self, live: LivePlan, answer: Answer, cols: tuple[Col, ...]) -> Row:
        """Return an answer, and what it stands behind."""
        cells = (
            _targets(live, answer)
            if col.kind is Target
            else gathering(live, cell)
            if col.name == "theme"
            else cell
            for col in cols
            for cell in line(live, answer, (col,) if col.kind is Answer else ()).cells or (Cell(""),)
        )
        return Row(row_id(answer), tuple(cells))

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """Make a value target of the marked answers, or of this one where none is; or put them under one.

        And say who may see them.
        """
        answers = self.acted_on(live, name)
        if not answers:
            return ()
        them = "it" if len(answers) == 1 else f"the {len(answers)} marked"
        made = RowAction("t", f"Make a value target of {them}", new_target_edit(live, answers))
        put = RowAction("p", f"Put {them} under a target that is there", put_under_edit(live, answers))
        seen_by = answer_actions(live, *answers)
        return (made, put, *seen_by) if live.view.all(Target) else (made, *seen_by)

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return every field of one answer."""
        answer = entity_at(live.view, name)
        cols = (
            *fields_of(Answer, "text"),
            *beside_words(live),
            *fields_of(Answer, "question", "stakeholder"),
        )
        return answer_card(live, answer, cols) if isinstance(answer, Answer) else None


def _targets(live: LivePlan, answer: Answer) -> Cell:
    behind = live.view.where(TargetAnswer, answer=answer.id)
    return Cell(", ".join(live.view.name_of(Target, row.target) for row in behind), "muted")


def _gathered(live: LivePlan, answers: Sequence[Answer]) -> Iterator[tuple[str, tuple[Answer, ...]]]:
    """Yield (heading, answers beneath it): by theme, or by question for those who may see no theme."""
    if shown_to(live, Answer, "theme"):
        yield from ((_told(theme, found), found) for theme, found in by_theme(answers).items())
        return
    for question in (*(question.id for question in live.view.all(Question)), None):
        if found := tuple(answer for answer in answers if answer.question == question):
            yield live.view.name_of(Question, question) or "Said without a question", found


def _told(theme: str, answers: tuple[Answer, ...]) -> str:
    validated = sum(answer.status is AnswerStatus.VALIDATED for answer in answers)
    return f"{theme or 'No theme yet'} · {counted(len(answers), 'answer')}, {validated} validated"
