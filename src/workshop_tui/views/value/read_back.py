"""Read-back: what was heard, one after the other in large type, until the customer has confirmed each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import CUSTOMER, AnswerStatus
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer, Question
from workshop_tui.domain.rules.value import read_back
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, entity_at, heading_row, line, row_id
from workshop_tui.views.cell import TICK, Col
from workshop_tui.views.confirming import confirm_cell
from workshop_tui.views.headline import Headline
from workshop_tui.views.keys import key
from workshop_tui.views.table import Row
from workshop_tui.views.value.answers import in_turn, standing, status_cols, words_col

SAID = {
    AnswerStatus.HEARD: "I HEARD YOU SAY",
    AnswerStatus.ASSUMED: "WE THINK THAT YOU WOULD SAY",
    AnswerStatus.VALIDATED: "CONFIRMED IN THESE WORDS",
}

ASKED = "HAVE WE UNDERSTOOD YOU?"
"""Before the customer, of what they have not said yet."""


class AnswersReadBack(View):
    """What waits to be confirmed, person by person; what was confirmed today stands beneath."""

    title: str = "Read-back"
    kind: ClassVar[type[Entity]] = Answer
    empty: str = "Nothing waits to be confirmed."
    invite: str = f"ask in view 1, or press {key('capture')} and «v: fewer outages at month end ^Pires»."
    large_column: ClassVar[int] = 1
    staged: ClassVar[str] = "headline"

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """A tick, the words, whose they are, how sure we are."""
        who = Col(Answer, "stakeholder", 16, "Who", grow=1)
        return Col(Answer, "id", 2, TICK), words_col(lines=2), who, *status_cols(live)

    def head(self, live: LivePlan) -> str:
        """Return how far the read-back has come."""
        waiting, done = _answers(live)
        if not waiting:
            return f"All {len(done)} confirmed today." if done else ""
        keys = "" if live.closed else f" · Space ticks, {key('sheet.edit')} on the words corrects"
        return f"{len(done)} of {len(done) + len(waiting)} confirmed{keys}"

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return what waits, each line with the one that is read after it, and what is confirmed."""
        waiting, done = _answers(live)
        for answer in waiting:
            yield self._line(live, answer, waiting, cols)
        if done:
            yield heading_row("Confirmed today")
        for answer in done:
            yield self._line(live, answer, (*waiting, *done), cols)

    def _line(self, live: LivePlan, answer: Answer, rows: Sequence[Answer], cols: tuple[Col, ...]) -> Row:
        return Row(row_id(answer), (confirm_cell(live, answer, rows), *line(live, answer, cols[1:]).cells))

    def reveal(self, live: LivePlan, name: str) -> str:
        """Begin with what waits, wherever one comes from."""
        waiting = [row_id(answer) for answer in _answers(live)[0]]
        return name if name in waiting or not waiting else waiting[0]

    def large(self, live: LivePlan, name: str) -> Headline | None:
        """Return the words that are read out, and to what they were the answer."""
        answer = entity_at(live.view, name)
        if not isinstance(answer, Answer):
            return None
        names = [row_id(other) for other in _answers(live)[0]]
        place = f"{names.index(name) + 1} OF {len(names)} · " if name in names else ""
        who = live.view.name_of(Stakeholder, answer.stakeholder)
        asked = live.view.name_of(Question, answer.question)
        is_asked = live.audience == CUSTOMER and answer.status is AnswerStatus.ASSUMED
        label = f"{place}{ASKED if is_asked else SAID.get(answer.status, '')}"
        note, tone = standing(live, answer)
        beneath = f"{who}, on “{asked}”" if asked else who
        return Headline(label, f"“{answer.text}”", beneath, note, tone, is_edited=True)


def _answers(live: LivePlan) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """Return (what waits, what is confirmed today), person by person."""
    each = (answer for person in in_turn(live) for answer in live.view.where(Answer, stakeholder=person.id))
    return read_back(each, live.today)
