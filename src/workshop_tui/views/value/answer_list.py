"""Heard: all that was said, by theme; what belongs together is marked and made a value target of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import AnswerStatus
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer, Question, Target, TargetAnswer
from workshop_tui.domain.rules.value import by_theme
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, line, own, row_id, shown_to
from workshop_tui.views.cell import Cell, Col, Deed
from workshop_tui.views.fields import visible_cols
from workshop_tui.views.query import Sift, in_order, together
from workshop_tui.views.table import Row, Table
from workshop_tui.views.value.answers import (
    answer_card,
    beside_words,
    counted,
    gathering,
    status_col,
    theme_col,
    words_col,
)
from workshop_tui.views.value.targets import making, putting


class Heard(View):
    """Every answer under its theme; before the customer, under its question."""

    title: ClassVar[str] = "Heard"
    kind: ClassVar[type[Entity]] = Answer
    empty: ClassVar[str] = "No answers yet."
    start: ClassVar[int] = 1
    called: ClassVar[str] = "answers"
    sought: ClassVar[str] = "name, words, theme or status"

    def __init__(self) -> None:
        """Start in the order of the themes, for each audience."""
        super().__init__()
        self._sifts: dict[str, Sift] = {}

    def sift(self, live: LivePlan) -> Sift:
        """Return how this audience sorts, filters and marks."""
        return self._sifts.setdefault(live.audience, Sift())

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Who, the words, theme, status; the target it stands behind where there is room."""
        return (
            Col(Answer, "stakeholder", 12, "Who", grow=1, wrap=True),
            words_col(),
            theme_col(),
            status_col(),
            Col(Target, "title", 14, "Target", drop=2, grow=1, wrap=True),
        )

    def head(self, live: LivePlan) -> str:
        """Tell what is filtered."""
        return self.sift(live).told(len(self._wanted(live)), len(live.view.all(Answer)))

    def table(self, live: LivePlan) -> Table:
        """Return the table with the order in its heading."""
        sift, table = self.sift(live), super().table(live)
        empty = f"Nothing has «{sift.wanted}»: Esc shows everything." if sift.wanted else table.empty
        return replace(table, empty=empty, order=(sift.column, sift.sign) if sift.column else ("", ""))

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the answers that are wanted, under their headings unless they are sorted."""
        sift, wanted = self.sift(live), self._wanted(live)
        col = next((col for col in cols if col.heading == sift.column), None)
        rows = (
            (
                _row(live, answer, cols)
                for answer in in_order(wanted, sift, lambda row: _place(live, row, col))
            )
            if col
            else _under_headings(live, wanted, cols)
        )
        return together(tuple(rows), cols, sift.marked, self.called)

    def deeds(self, live: LivePlan, name: str) -> tuple[Deed, ...]:
        """Make a value target of the marked answers, or of this one where none is; or put them under one."""
        marked = self.sift(live).marked
        answers = [answer for answer in self._wanted(live) if row_id(answer) in marked]
        answers = answers or [answer for answer in live.view.all(Answer) if row_id(answer) == name]
        if not answers:
            return ()
        them = "it" if len(answers) == 1 else f"the {len(answers)} marked"
        made = Deed("t", f"Make a value target of {them}", making(live, answers))
        put = Deed("p", f"Put {them} under a target that is there", putting(live, answers))
        return (made, put) if live.view.all(Target) else (made,)

    def card(self, live: LivePlan, name: str) -> Table | None:
        """Return every field of one answer."""
        answer = live.view.get(Answer, name.partition("/")[2])
        cols = (*own(Answer, "text"), *beside_words(), *own(Answer, "question", "stakeholder"))
        return answer_card(live, answer, cols) if answer else None

    def _wanted(self, live: LivePlan) -> tuple[Answer, ...]:
        sift, cols = self.sift(live), visible_cols(self.cols(live), live.audience)
        found = live.view.all(Answer)
        return tuple(a for a in found if sift.lets(*_texts(live, a, cols))) if sift.wanted else found


def _texts(live: LivePlan, answer: Answer, cols: Iterable[Col]) -> tuple[str, ...]:
    return tuple(cell.text for cell in _row(live, answer, cols).cells)


def _row(live: LivePlan, answer: Answer, cols: Iterable[Col]) -> Row:
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


def _targets(live: LivePlan, answer: Answer) -> Cell:
    behind = live.view.where(TargetAnswer, answer=answer.id)
    return Cell(", ".join(live.view.name_of(Target, row.target) for row in behind), "muted")


def _under_headings(live: LivePlan, answers: tuple[Answer, ...], cols: tuple[Col, ...]) -> Iterator[Row]:
    for heading, gathered in _gathered(live, answers):
        yield Row(f"heading/{row_id(gathered[0])}", heading=heading)
        yield from (_row(live, answer, cols) for answer in gathered)


def _gathered(live: LivePlan, answers: tuple[Answer, ...]) -> Iterator[tuple[str, tuple[Answer, ...]]]:
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


def _place(live: LivePlan, answer: Answer, col: Col) -> tuple[int | str, ...]:
    """Return where a column puts an answer; () when there is nothing in it."""
    if col.name == "status":
        return (list(AnswerStatus).index(answer.status),)
    if col.name == "stakeholder":
        return (fold(live.view.name_of(Stakeholder, answer.stakeholder)),)
    text = _targets(live, answer).text if col.kind is Target else str(getattr(answer, col.name))
    return (fold(text),) if text else ()
