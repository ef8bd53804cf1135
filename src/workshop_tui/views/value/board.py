"""The board: who was asked what and how sure we are, a sign for each question; who has said nothing yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import CUSTOMER, AnswerStatus
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer, Question
from workshop_tui.domain.rules.people import is_key
from workshop_tui.domain.rules.value import surest
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, entity_at, fields_of, heading_row, row_id, shown_to
from workshop_tui.views.cell import Cell, Col
from workshop_tui.views.fields import cell
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table
from workshop_tui.views.value.answers import (
    TONES,
    about,
    answer_card,
    answering,
    beside_words,
    in_turn,
    said,
    told,
    words_col,
)

MOST = 24
"""Questions that have room beside the names at 80 columns; [ and ] turn to the others."""
AHEAD = 3
"""Columns before the first question: marks, name, how often asked."""
SHORT = 4
"""Letters of a heading for which there is no room in full."""
KEY, NONE = "◆", "!"


class Board(View):
    """Person × question. The cursor says in the head which question it is."""

    title: str = "Board"
    kind: ClassVar[type[Entity]] = Answer
    empty: str = "Nobody to ask yet."
    invite: str = f"{key('capture')} and «s: Ana Pires, Head of Payments» brings somebody in."
    start: ClassVar[int] = AHEAD
    by_cell: ClassVar[bool] = True

    def subjects(self, live: LivePlan) -> tuple[str, ...]:
        """Return the pages of questions; () when one holds them all."""
        pages = -(-len(_asked_so_far(live)) // MOST)
        return tuple(map(str, range(pages))) if pages > 1 else ()

    def questions(self, live: LivePlan) -> tuple[Question, ...]:
        """Return the questions of the page."""
        return _asked_so_far(live)[self.number(live) * MOST :][:MOST]

    def head(self, live: LivePlan) -> str:
        """Return the question of the column under the cursor."""
        question = self._question(live)
        if question is None:
            return "Move along a row to see each question." if in_turn(live) else ""
        is_told = shown_to(live, Question, "purpose")
        return f"{question.purpose.label.capitalize()}: {question.words}" if is_told else question.words

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """Marks, name, how many answers, and two cells for each question under what it is for."""
        headings = _headings(live, self.questions(live))
        return (
            Col(Stakeholder, "id", 2, " "),
            *(Col(Stakeholder, "name", 11, grow=1, gap=0), Col(Answer, "id", 5, "Said", drop=1, gap=1)),
            *(Col(Question, "text", 2, heading, gap=0 if n else 1) for n, heading in enumerate(headings)),
        )

    def lines(self, live: LivePlan, _cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the people, those who are in the room first."""
        questions, words = self.questions(live), words_col()
        people = in_turn(live)
        if people:
            yield heading_row(_legend(live), "signs")
        for person in people:
            signs = (_sign(live, question, person, words) for question in questions)
            yield Row(_asked(person.id), (*_who(live, person), *signs))

    def at_cursor(self, live: LivePlan, name: str) -> str:
        """Return the answer under the cursor, or where it would be."""
        person, question = next(iter(RowId.parse(name).key), ""), self._question(live)
        if question is None:
            return str(RowId.entity(Stakeholder, person))
        answer = surest(said(live, question.id, person))
        return row_id(answer) if answer else str(RowId.new(question.id, person))

    def reveal(self, live: LivePlan, name: str) -> str:
        """Return the row of the person that a row of another view is about."""
        return _asked(about(live.view, name)[1] or "")

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return the answer under the cursor."""
        answer = entity_at(live.view, self.at_cursor(live, name))
        cols = (*fields_of(Answer, "text"), *beside_words(live))
        return answer_card(live, answer, cols) if isinstance(answer, Answer) else None

    def _question(self, live: LivePlan) -> Question | None:
        questions, at = self.questions(live), self.column - AHEAD
        return questions[at] if 0 <= at < len(questions) else None


def _asked_so_far(live: LivePlan) -> tuple[Question, ...]:
    """Return the questions; before the customer those that were answered, and none that is still to come."""
    answered = {answer.question for answer in told(live, live.view.all(Answer))}
    every = live.view.all(Question)
    return every if live.audience != CUSTOMER else tuple(each for each in every if each.id in answered)


def _asked(person: str) -> str:
    """Return the id of a person's row, which is none of a person: its cells are answers."""
    return str(RowId("asked", (person,)))


def _headings(live: LivePlan, questions: tuple[Question, ...]) -> Iterator[str]:
    """Yield what each question is for above the first of its kind, shortened to the room of them all."""
    if not shown_to(live, Question, "purpose"):
        yield from ("Questions", *(" " for _ in questions[1:]))[: len(questions)]
        return
    for purpose, kin in groupby(questions, attrgetter("purpose")):
        room, name = 2 * len(list(kin)), purpose.label.capitalize()
        yield name if len(name) < room else name[: min(SHORT, room - 1)]
        yield from " " * (room // 2 - 1)


def _legend(live: LivePlan) -> str:
    if live.audience == CUSTOMER:
        return f"{AnswerStatus.HEARD.sign} said  {AnswerStatus.VALIDATED.sign} confirmed"
    statuses = (f"{status.sign} {status.label}" for status in AnswerStatus)
    return "  ".join((f"{KEY} key", f"{NONE} no answer", *statuses))


def _who(live: LivePlan, person: Stakeholder) -> Iterator[Cell]:
    """Return the marks, the name, and how many answers there are; of that the customer is told nothing.

    Only what the audience sees is counted: that there is more, for others, is not told either.
    """
    count = len(told(live, live.view.where(Answer, stakeholder=person.id)))
    is_none = not count and live.audience != CUSTOMER
    tone = "warn" if is_none else ""
    yield Cell(f"{KEY if is_key(person) else ' '}{NONE if is_none else ' '}", tone or "accent")
    yield Cell(person.name, tone)
    yield Cell("none" if is_none else f"{count or ''}", tone or "muted")


def _sign(live: LivePlan, question: Question, person: Stakeholder, words: Col) -> Cell:
    answer = surest(said(live, question.id, person.id))
    if answer is None:
        return Cell("·", "muted", partial(answering, live, question, person))
    how = cell(live.view, answer, words, live.context).how
    return Cell(answer.status.sign, TONES.get(answer.status, ""), how)
