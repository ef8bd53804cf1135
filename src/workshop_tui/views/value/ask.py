"""Ask: one question in large type, of one person, with what they say beneath it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer, Question
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, entity_at, line, row_id, shown_to
from workshop_tui.views.cell import Cell, Col, Edit, RowAction
from workshop_tui.views.fields import cell
from workshop_tui.views.headline import Headline
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table
from workshop_tui.views.value.answers import (
    about,
    answer_actions,
    answer_card,
    answering,
    beside_words,
    in_turn,
    new_question,
    said,
    standing,
    status_cols,
    words_col,
)


class AskView(View):
    """The questions as rows: the one under the cursor is asked. The keys [ and ] step through the people."""

    title: str = "Ask"
    kind: ClassVar[type[Entity]] = Answer
    empty: str = "Nobody to ask yet."
    invite: str = f"{key('capture')} and «s: Ana Pires, Head of Payments» brings somebody in."
    start: ClassVar[int] = 1
    large_column: ClassVar[int] = 1
    staged: ClassVar[str] = "headline"
    comes_in: ClassVar[bool] = True
    removes: ClassVar[tuple[type[Entity], ...] | None] = (Answer, Question)

    def subjects(self, live: LivePlan) -> tuple[str, ...]:
        """Return the people, in the order in which they are asked."""
        return tuple(person.id for person in in_turn(live))

    def person(self, live: LivePlan) -> Stakeholder | None:
        """Return who is asked."""
        people = in_turn(live)
        return people[self.number(live)] if people else None

    def head(self, live: LivePlan) -> str:
        """Return who is asked; before the customer that stands over the question."""
        return "" if live.audience == CUSTOMER else self._asked(live)

    def _asked(self, live: LivePlan) -> str:
        person = self.person(live)
        return ", ".join(part for part in (person.name, person.title) if part) if person else ""

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """The question, the answer in their words, its status."""
        question = Col(Question, "text", 30, grow=8, wrap=True, lines=3)
        return question, words_col(16, lines=2), *status_cols(live)

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return a row for each answer, and one without where nobody has asked yet."""
        person = self.person(live)
        return (row for q in live.view.all(Question) if person for row in _asked(live, q, person, cols))

    def placeholder(self, live: LivePlan) -> Edit:
        """A new question comes in by its words."""
        return new_question(live)

    def large(self, live: LivePlan, name: str) -> Headline | None:
        """Return the question, what it is for, and the answer."""
        question = live.view.get(Question, about(live.view, name)[0])
        if question is None:
            return Headline("", "What else would you ask?") if name and self.person(live) else None
        answer = entity_at(live.view, name)
        purpose = question.purpose if shown_to(live, Question, "purpose") else None
        label = f"{purpose.label.upper()} · {purpose.meaning}" if purpose else self._asked(live)
        if not isinstance(answer, Answer):
            note = "" if live.closed else "Enter: the answer, word for word"
            return Headline(label, question.text, note=note)
        return Headline(label, question.text, f"“{answer.text}”", *standing(live, answer))

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return what else is asked once there is an answer."""
        answer = entity_at(live.view, name)
        return answer_card(live, answer, beside_words(live)) if isinstance(answer, Answer) else None

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """Say who may see an answer."""
        return answer_actions(live, entity_at(live.view, name))

    def taken_out(self, live: LivePlan, name: str) -> str:
        """Return the answer; where there is none yet the question, unless anybody has answered it."""
        question = live.view.get(Question, about(live.view, name)[0])
        is_answer = isinstance(entity_at(live.view, name), Answer)
        return name if is_answer or question is None or live.is_referred_to(question) else row_id(question)

    def why_it_stays(self, live: LivePlan, name: str) -> str:
        """Return where a question goes out that has answers; nothing of answers that aren't seen."""
        question, _ = about(live.view, name)
        if not question:
            return super().why_it_stays(live, name)
        if live.audience == CUSTOMER or not live.view.where(Answer, question=question):
            return "This question stays."
        return "Others have answered this question: it can be removed in the view Questions."

    def step(self, live: LivePlan, name: str, by: int) -> str:
        """Go to another person with the same question."""
        return self._row_of(live, about(live.view, super().step(live, name, by))[0])

    def reveal(self, live: LivePlan, name: str) -> str:
        """Turn to the person that a row is about, and to the question if it says which."""
        question, person = about(live.view, name)
        if person and person in self.subjects(live):
            self._subject = person
        return name if isinstance(entity_at(live.view, name), Answer) else self._row_of(live, question)

    def pointed_at(self, live: LivePlan, name: str) -> str:
        """Return the question and the person where not everybody may see the answer."""
        answer = entity_at(live.view, name)
        if not isinstance(answer, Answer) or answer.visibility == CUSTOMER or answer.question is None:
            return name
        return str(RowId.new(answer.question, answer.stakeholder))

    def _row_of(self, live: LivePlan, question: str | None) -> str:
        person = self.person(live)
        if not question or not person:
            return ""
        answers = said(live, question, person.id)
        return row_id(answers[0]) if answers else str(RowId.new(question, person.id))


def _asked(live: LivePlan, question: Question, person: Stakeholder, cols: tuple[Col, ...]) -> Iterator[Row]:
    lead = cell(live.view, question, cols[0], live.context)
    answers = said(live, question.id, person.id)
    for answer in answers:
        yield Row(row_id(answer), (lead, *line(live, answer, cols[1:]).cells))
    if not answers:
        words = Cell("·", "muted", partial(answering, live, question, person))
        status = (Cell("not asked", "muted"),) * (len(cols) - len((lead, words)))
        yield Row(str(RowId.new(question.id, person.id)), (lead, words, *status))
