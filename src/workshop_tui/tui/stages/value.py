"""Value co-discovery: question by question and person by person, in their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from workshop_tui.domain.entity import Entity, Json
from workshop_tui.domain.people import Stakeholder
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.step import Changes, set_field
from workshop_tui.domain.value import Answer, Question
from workshop_tui.domain.words import CUSTOMER, AnswerStatus
from workshop_tui.tui.cells import cell, new_row
from workshop_tui.tui.grid import Cell, Col, Edit
from workshop_tui.tui.live_plan import LivePlan, new_id
from workshop_tui.tui.stages.base import View, adding, entity_at, line, own, row_id, shown_to
from workshop_tui.tui.widgets.table import Row


def status_col(live: LivePlan, width: int = 10) -> Col:
    """Return the status of an answer; validated keeps the day the customer confirmed it."""
    today = live.today.isoformat()

    def build(plan: AccountPlan, row: Entity, new: Json) -> Changes:
        answer = plan.get(Answer, *row.key)
        if answer is None:
            return ()
        confirmed = today if new == AnswerStatus.VALIDATED else None
        return (*set_field(answer, "status", new), *set_field(answer, "validated_on", confirmed))

    return Col(Answer, "status", width, build=build)


def answering(live: LivePlan, question: str, stakeholder: str, title: str) -> Edit:
    """Return how a first answer of a person to a question comes in; it is heard today."""
    given = {
        "question": question,
        "stakeholder": stakeholder,
        "heard_on": live.today.isoformat(),
    }
    edit = new_row(Answer, "text", new_id(), live.audience, given, title=title)
    return replace(edit, again=False, place=f"Answer/new/{question}/{stakeholder}")


def in_focus(live: LivePlan, name: str) -> tuple[str | None, str | None]:
    """Return the ids of the question and the person that a row of this block is about."""
    answer = entity_at(live.view, name)
    if isinstance(answer, Answer):
        return answer.question, answer.stakeholder
    kind, *ids = name.split("/")
    return (ids[0], ids[1]) if kind == "new" and ids[1:] else (None, None)


class _Matrix(View):
    """One question for all people, or one person through all questions."""

    kind: ClassVar[type[Entity]] = Answer
    start: ClassVar[int] = 1

    def pairs(self, live: LivePlan) -> Iterable[tuple[Entity, Question, Stakeholder]]:
        """Return (what the row is about, question, person) for each row."""
        raise NotImplementedError

    def first_col(self, live: LivePlan) -> Col:
        """Return the column that says what a row is about."""
        raise NotImplementedError

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """Whom or what, the answer in their words, its status."""
        return (
            self.first_col(live),
            Col(Answer, "text", 30, "Answer, in their words", grow=3, wrap=True),
            status_col(live),
        )

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return a row for each answer, and an empty one where nobody has asked yet."""
        for about, question, person in self.pairs(live):
            lead = cell(live.view, about, cols[0], live.dates)
            answers = live.view.where(Answer, question=question.id, stakeholder=person.id)
            for answer in answers:
                yield Row(row_id(answer), (lead, *line(live, answer, cols[1:]).cells))
            if not answers:
                edit = answering(live, question.id, person.id, f"{person.name} · {question.text}")
                name = f"new/{question.id}/{person.id}"
                # before the customer nobody may tell an answer that is hidden from one that isn't there
                status = "" if live.audience == CUSTOMER else "not asked"
                yield Row(name, (lead, Cell("·", "muted", edit), Cell(status, "muted")))

    def card_cols(self, live: LivePlan) -> tuple[Col, ...]:
        """Every field of one answer."""
        return (
            *own(Answer, "text", "personal", "success", "measure", "horizon"),
            status_col(live),
            *own(Answer, "heard_by", "heard_on", "validated_on", "theme", "question", "stakeholder"),
            *own(Answer, "visibility"),
        )


class ByPerson(_Matrix):
    """One person through all questions."""

    title: ClassVar[str] = "By person"
    empty: ClassVar[str] = "Add people in the stakeholders block first."

    def subjects(self, live: LivePlan) -> int:
        """Return how many people there are."""
        return len(live.view.all(Stakeholder))

    def _person(self, live: LivePlan) -> Stakeholder | None:
        people = live.view.all(Stakeholder)
        return people[self.subject % len(people)] if people else None

    def head(self, live: LivePlan) -> str:
        """Return who is asked."""
        person = self._person(live)
        return ", ".join(part for part in (person.name, person.title) if part) if person else ""

    def pairs(self, live: LivePlan) -> Iterable[tuple[Entity, Question, Stakeholder]]:
        """Return the person with each question."""
        person = self._person(live)
        return ((q, q, person) for q in live.view.all(Question) if person)

    def first_col(self, _live: LivePlan) -> Col:
        """Return the question's words."""
        return Col(Question, "text", 26, grow=2, wrap=True)

    def ghost(self, live: LivePlan) -> Edit:
        """A new question comes in by its words."""
        return adding(live, Question, "text", visibility="customer")


class ByQuestion(_Matrix):
    """One question for all people."""

    title: ClassVar[str] = "By question"
    empty: ClassVar[str] = "Add people in the stakeholders block first."

    def subjects(self, live: LivePlan) -> int:
        """Return how many questions there are."""
        return len(live.view.all(Question))

    def _question(self, live: LivePlan) -> Question | None:
        questions = live.view.all(Question)
        return questions[self.subject % len(questions)] if questions else None

    def head(self, live: LivePlan) -> str:
        """Return the question, and what it is for."""
        question = self._question(live)
        if question is None:
            return ""
        purpose = f"{question.purpose.label}: " if shown_to(live, Question, "purpose") else ""
        return f"{purpose}{question.text}"

    def pairs(self, live: LivePlan) -> Iterable[tuple[Entity, Question, Stakeholder]]:
        """Return the question with each person."""
        question = self._question(live)
        return ((p, question, p) for p in live.view.all(Stakeholder) if question)

    def first_col(self, _live: LivePlan) -> Col:
        """Return the person's name."""
        return Col(Stakeholder, "name", 20, grow=1)


class Heard(_Matrix):
    """Everything heard so far."""

    title: ClassVar[str] = "Heard"
    empty: ClassVar[str] = "No answers yet."

    def first_col(self, _live: LivePlan) -> Col:
        """Return who said it."""
        return Col(Answer, "stakeholder", 20, grow=1)

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the answers under their questions."""
        questions: tuple[Question | None, ...] = (*live.view.all(Question), None)
        for question in questions:
            answers = live.view.where(Answer, question=question.id if question else None)
            if answers:
                yield Row(f"heading/{row_id(answers[0])}", heading=question.text if question else "Unasked")
            yield from (line(live, answer, cols) for answer in answers)


VIEWS = (ByPerson, ByQuestion, Heard)
