"""Read-back: what was heard, then what was realised, one after the other, until the customer confirms it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import CUSTOMER, AnswerStatus
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer, Question, Target
from workshop_tui.domain.rules.value import figures_read_back, read_back
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, entity_at, heading_row, line, row_id
from workshop_tui.views.cell import TICK, Cell, Col, RowAction
from workshop_tui.views.confirming import CONFIRMED, confirm_cell
from workshop_tui.views.fields import cell
from workshop_tui.views.headline import Headline
from workshop_tui.views.keys import key
from workshop_tui.views.table import Row
from workshop_tui.views.value.answers import (
    about,
    answer_actions,
    in_turn,
    speakers,
    standing,
    status_cols,
    words_col,
)
from workshop_tui.views.value.money import money, money_cell

SAID = {
    AnswerStatus.HEARD: "I HEARD YOU SAY",
    AnswerStatus.ASSUMED: "WE THINK THAT YOU WOULD SAY",
    AnswerStatus.VALIDATED: "CONFIRMED IN THESE WORDS",
}

ASKED = "HAVE WE UNDERSTOOD YOU?"
"""Before the customer, of what they have not said yet."""


class AnswersReadBack(View):
    """What waits to be confirmed, person by person, then figures; what was confirmed today stands beneath."""

    title: str = "Read-back"
    kind: ClassVar[type[Entity]] = Answer
    empty: str = "Nothing waits to be confirmed."
    invite: str = f"ask in view 1, or press {key('capture')} and «v: fewer outages at month end ^Pires»."
    large_column: ClassVar[int] = 1
    staged: ClassVar[str] = "headline"
    confirms: ClassVar[bool] = True

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """A tick, the words, whose they are, how sure we are."""
        who = Col(Answer, "stakeholder", 16, "Who", grow=1)
        return Col(Answer, "id", 2, TICK), words_col(lines=2), who, *status_cols(live)

    def head(self, live: LivePlan) -> str:
        """Return how far the read-back has come."""
        waiting, done = _lines(live)
        if not waiting:
            return f"All {len(done)} confirmed today." if done else ""
        speaker = self._speaker(live)
        speaks = f"{speaker.name} confirms figures · " if speaker else ""
        return f"{speaks}{len(done)} of {len(done) + len(waiting)} confirmed"

    def why_not(self, live: LivePlan, name: str) -> str:
        """Return why a figure that the customer has confirmed stays as it is before them."""
        target = entity_at(live.view, name)
        is_theirs = isinstance(target, Target) and target.is_confirmed and live.audience == CUSTOMER
        return CONFIRMED if is_theirs else super().why_not(live, name)

    def subjects(self, live: LivePlan) -> tuple[str, ...]:
        """Return who may be speaking, where a figure waits for one of the customer's people to confirm it."""
        figures, _ = _figures(live)
        return tuple(person.id for person in speakers(live)) if figures else ()

    def _speaker(self, live: LivePlan) -> Stakeholder | None:
        people = self.subjects(live)
        return live.view.get(Stakeholder, people[self.number(live)]) if people else None

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return what waits, each line with the one that is read after it, and what is confirmed."""
        waiting, done = _lines(live)
        figures = next((n for n, row in enumerate(waiting) if isinstance(row, Target)), len(waiting))
        for row in waiting[:figures]:
            yield self._line(live, row, waiting, cols)
        if waiting[figures:]:
            yield heading_row("Value realised")
        for row in waiting[figures:]:
            yield self._line(live, row, waiting, cols)
        if done:
            yield heading_row("Confirmed today")
        for row in done:
            yield self._line(live, row, (*waiting, *done), cols)

    def _line(
        self, live: LivePlan, row: Answer | Target, rows: Sequence[Answer | Target], cols: tuple[Col, ...]
    ) -> Row:
        if isinstance(row, Target):
            return self._figure(live, row, rows, cols)
        return Row(row_id(row), (confirm_cell(live, row, rows), *line(live, row, cols[1:]).cells))

    def _figure(
        self, live: LivePlan, target: Target, rows: Sequence[Answer | Target], cols: tuple[Col, ...]
    ) -> Row:
        """Return a realised value: a key confirms it by who speaks, Enter on the figure corrects it."""
        speaker = self._speaker(live)
        reached = Col(Target, "realised")
        shown = money_cell(live, target, "realised", cell(live.view, target, reached, live.context))
        who = cell(live.view, target, Col(Target, "confirmed_by", title="Who"), live.context)
        if not target.is_confirmed and speaker:
            who = Cell(f"{speaker.name}?", "muted", who.how)
        status = Cell("confirmed", "good") if target.is_confirmed else Cell("realised", "warn")
        tick = confirm_cell(live, target, rows, speaker.id if speaker else None)
        cells = (tick, replace(shown, text=_told(live, target)), who, status)[: len(cols)]
        if live.audience == CUSTOMER:  # what they have confirmed is theirs to read
            cells = tuple(replace(each, how=None) for each in cells)
        return Row(row_id(target), cells)

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """Say who may see an answer."""
        return answer_actions(live, entity_at(live.view, name))

    def reveal(self, live: LivePlan, name: str) -> str:
        """Begin with what waits, wherever one comes from."""
        who = about(live.view, name)[1]
        if who in self.subjects(live):
            self._subject = who or ""
        waiting = [row_id(row) for row in _lines(live)[0]]
        return name if name in waiting or not waiting else waiting[0]

    def large(self, live: LivePlan, name: str) -> Headline | None:
        """Return the words that are read out, and to what they were the answer.

        How far the read-back has come is told above the table alone: here it would be another count.
        """
        answer = entity_at(live.view, name)
        if isinstance(answer, Target):
            return _large_figure(live, answer, self._speaker(live))
        if not isinstance(answer, Answer):
            return None
        who = live.view.name_of(Stakeholder, answer.stakeholder)
        asked = live.view.name_of(Question, answer.question)
        is_asked = live.audience == CUSTOMER and answer.status is AnswerStatus.ASSUMED
        label = ASKED if is_asked else SAID.get(answer.status, "")
        note, tone = standing(live, answer)
        beneath = f"{who}, on “{asked}”" if asked else who
        return Headline(label, f"“{answer.text}”", beneath, note, tone, is_edited=True)


def _large_figure(live: LivePlan, target: Target, speaker: Stakeholder | None) -> Headline | None:
    """Return a realised value as it is read out; nothing while there is none to be seen."""
    if target.realised is None:
        return None
    who = live.view.name_of(Stakeholder, target.confirmed_by)
    asked = who if target.is_confirmed else speaker.name if speaker else ""
    note, tone = ("not confirmed", "warn")
    if target.confirmed_on:
        note, tone = f"{TICK} confirmed, {format_date(target.confirmed_on)}", "good"
    label = "VALUE CONFIRMED" if target.is_confirmed else "VALUE REALISED: IS THIS RIGHT?"
    return Headline(label, _told(live, target), asked, note, tone, is_edited=True)


def _told(live: LivePlan, target: Target) -> str:
    """Return a realised value in a line, with what it was before and what was hoped for, as far as seen."""
    beside = (
        "" if target.baseline is None else f"{money(live, target.baseline)} before",
        "" if target.estimate is None else f"{money(live, target.estimate)} estimated",
    )
    more = ", ".join(filter(None, beside))
    reached = money(live, target.realised or 0.0)
    return f"{target.title}: {reached}{f' ({more})' if more else ''}"


def _figures(live: LivePlan) -> tuple[tuple[Target, ...], tuple[Target, ...]]:
    """Return (targets whose realised value waits, those confirmed today)."""
    return figures_read_back(live.view.all(Target), live.today)


def _lines(live: LivePlan) -> tuple[tuple[Answer | Target, ...], tuple[Answer | Target, ...]]:
    """Return (what waits, what is confirmed today): answers, and figures beneath them."""
    answers, figures = _answers(live), _figures(live)
    return (*answers[0], *figures[0]), (*answers[1], *figures[1])


def _answers(live: LivePlan) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """Return (what waits, what is confirmed today), person by person."""
    each = (answer for person in in_turn(live) for answer in live.view.where(Answer, stakeholder=person.id))
    return read_back(each, live.today)
