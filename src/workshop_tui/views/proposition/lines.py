"""Proposition: the lines, the sentence they make, and the answers they stand on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER, AnswerStatus
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer, Contribution, Proposition, PropositionAnswer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import upsert
from workshop_tui.domain.plan.step import Changes, removal
from workshop_tui.domain.rules.proposition import answers_behind, begin_proposition, one_sentence, unwritten
from workshop_tui.domain.rules.value import surest_first
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import FORM, View, form_row, sections
from workshop_tui.views.cell import TICK, Cell, Col, Edit
from workshop_tui.views.fields import visible_cols
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table
from workshop_tui.views.text_layout import fit
from workshop_tui.views.value.answers import status_told, told

FIRST = "proposition"
"""Id of an account's one proposition; it comes in with the first line that is written."""
_NAMED = 30
"""Cells of an answer's words by which it is named."""
LONGEST = 600
"""Characters of the sentence that stand above the lines: more would hide them."""


class Lines(View):
    """What each partner brings, what we do together, what the customer and each partner gain."""

    title: str = "Proposition"
    kind: ClassVar[type[Entity]] = Proposition

    def head(self, live: LivePlan) -> str:
        """Return the proposition as it is said aloud, and for us what is still to be written."""
        row = _proposition(live)
        said, missing = one_sentence(live.view, row), unwritten(live.view, row)
        cut = said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"
        lines = (
            f"{row.status.label.capitalize()}. {cut}" if said else "",
            f"Still to write: {'; '.join(missing)}." if missing and live.audience != CUSTOMER else "",
        )
        return "\n".join(filter(None, lines))

    def content(self, live: LivePlan) -> Table:
        """Return the lines as a form, with what they stand on beneath."""
        row = _proposition(live)
        parts = {
            "What we bring": _fields(live, row, _brought(live, row.id)),
            "What comes of it": _fields(live, row, _gained(live, row.id)),
            "Where it stands": _fields(live, row, (_own(name) for name in ("status", "visibility"))),
            "The answers it stands on": _ticked(live, row),
            "Other answers: Enter ticks what it stands on": _others(live, row),
        }
        return sections(FORM, parts)


def _proposition(live: LivePlan) -> Proposition:
    found = live.view.all(Proposition)
    return found[0] if found else Proposition(id=FIRST)


def _fields(live: LivePlan, row: Proposition, cols: Iterable[Col]) -> Iterable[Row]:
    return (form_row(live, row, col) for col in visible_cols(cols, live.audience))


def _brought(live: LivePlan, proposition: str) -> Iterator[Col]:
    for party in live.view.partners:
        yield _contribution(proposition, (party.id, "brings"), f"{party.short[:13]} brings")
    yield _own("together")


def _gained(live: LivePlan, proposition: str) -> Iterator[Col]:
    customer = live.view.name_of(Party, CUSTOMER) or "Customer"
    yield _own("customer_gains", f"{customer[:13]} gains")
    for party in live.view.partners:
        yield _contribution(proposition, (party.id, "gains"), f"{party.short[:13]} gains")


def _own(name: str, title: str = "") -> Col:
    return Col(Proposition, name, title=title)


def _contribution(proposition: str, share: tuple[str, str], title: str) -> Col:
    party, name = share
    return Col(Contribution, name, title=title, key=lambda _row: (proposition, party))


# The answers it stands on


def _ticked(live: LivePlan, row: Proposition) -> Iterator[Row]:
    """Tell the answers behind it, and to us when the customer has confirmed none of them."""
    if live.figures.is_unproven:
        said = "none of them is validated: read one back to the customer, or tick one that is"
        yield Row(str(RowId("told", ("unproven",))), (Cell("!", "warn"), Cell(said, "warn")))
    for answer in surest_first(told(live, answers_behind(live.view, row))):
        yield _answer(live, row, answer, TICK)


def _others(live: LivePlan, row: Proposition) -> Iterator[Row]:
    if live.audience == CUSTOMER:
        return
    behind = answers_behind(live.view, row)
    others = (answer for answer in live.view.all(Answer) if answer not in behind)
    held = (answer for answer in others if answer.status is not AnswerStatus.WITHDRAWN)
    yield from (_answer(live, row, answer, "–") for answer in surest_first(held))


def _answer(live: LivePlan, row: Proposition, answer: Answer, tick: str) -> Row:
    """Return an answer with its status, to be ticked; `x` removes no answer here."""
    name, who = str(RowId("behind", answer.key)), live.view.name_of(Stakeholder, answer.stakeholder)
    how = partial(_ticking, live, row, answer, name) if live.audience != CUSTOMER else None
    tone = "good" if answer.status is AnswerStatus.VALIDATED else "muted"
    status = Cell(f"{tick} {answer.status.sign} {status_told(live, answer)}".rstrip(), tone)
    return Row(name, (status, Cell(f"{answer.words}{f' ({who})' if who else ''}", "", how)))


def _ticking(live: LivePlan, row: Proposition, answer: Answer, place: str) -> Edit:
    key, audience = (row.id, answer.id), live.audience

    def build(plan: AccountPlan, _new: Json) -> Changes:
        there = plan.get(PropositionAnswer, *key)
        if there:
            return removal(plan, there)
        return (*begin_proposition(plan, row.id, audience), *upsert(plan, PropositionAnswer, key, {}))

    return Edit(f"Stands on · {fit(one_line(answer.words), _NAMED).rstrip()}", place, "", build, toggles=True)
