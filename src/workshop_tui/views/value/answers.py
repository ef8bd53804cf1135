"""What the views of the value block share: whose answer to what, and how its fields change."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import counted, fold
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, AnswerStatus, BlockKind
from workshop_tui.domain.lifecycle.sessions import guests_now
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.model.value import Answer, Question, TargetAnswer
from workshop_tui.domain.plan.plan import NEW, AccountPlan, draft_place
from workshop_tui.domain.rules.people import still_here
from workshop_tui.domain.rules.value import by_theme, theme_called
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.views.base import entity_at, fields_of, form, new_row_edit, people_here
from workshop_tui.views.cell import Cell, Col, Edit, RowAction
from workshop_tui.views.fields import edit_of, new_row, visible_cols
from workshop_tui.views.query import joint_edit
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Table

NOT_SHOWN = "not shown to the customer; «Visible to» on the answer's card shows it"
"""Said of an answer that is typed among ourselves while the customer looks at another screen."""
WORDS = "Answer, in their words"
TONES = {
    AnswerStatus.VALIDATED: "good",
    AnswerStatus.ASSUMED: "warn",
    AnswerStatus.WITHDRAWN: "muted",
}


def about(view: AccountPlan, name: str) -> tuple[str | None, str | None]:
    """Return the ids of the question and the person that a row is about, in whichever view of the block."""
    match row := entity_at(view, name):
        case TargetAnswer():
            answer = view.get(Answer, row.answer)
            return (answer.question, answer.stakeholder) if answer else (None, None)
        case Answer():
            return row.question, row.stakeholder
        case Question():
            return row.id, None
        case Stakeholder():
            return None, row.id
    match RowId.parse(name).new_in:
        case (question, person):
            return question, person
    return None, None


def in_turn(live: LivePlan) -> tuple[Stakeholder, ...]:
    """Return the people in the order in which they are asked: those who are in the room first."""
    blocks = (b.id for b in live.view.where(Block, session=live.session_id) if b.kind is BlockKind.VALUE)
    here = {guest.stakeholder for block in blocks for guest in guests_now(live.view, block)}
    return tuple(sorted(people_here(live), key=lambda person: person.id not in here))


def speakers(live: LivePlan) -> tuple[Stakeholder, ...]:
    """Return who of the customer's people can confirm a figure or acknowledge a proof, in the same order."""
    return tuple(p for p in still_here(in_turn(live), live.today) if not p.placeholder)


def said(live: LivePlan, question: str | None, person: str) -> tuple[Answer, ...]:
    """Return what a person has answered to a question."""
    return told(live, live.view.where(Answer, question=question, stakeholder=person))


def told(live: LivePlan, answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return the answers that stand as somebody's words: before the customer none that is a guess of ours."""
    guess = AnswerStatus.ASSUMED if live.audience == CUSTOMER else None
    return tuple(answer for answer in answers if answer.status is not guess)


def status_told(live: LivePlan, answer: Answer) -> str:
    """Return how sure we are of an answer, in words; to the customer only that it was confirmed."""
    if live.audience != CUSTOMER:
        return answer.status.label
    return "confirmed" if answer.status is AnswerStatus.VALIDATED else ""


def answering(live: LivePlan, question: Question, person: Stakeholder) -> Edit:
    """Return how a first answer of a person to a question comes in, under a new id; it is heard today."""
    given = {"question": question.id, "stakeholder": person.id, "heard_on": live.today.isoformat()}
    edit = new_row(
        *(Answer, "text", new_id(), live.context, given),
        title=f"{person.name} · {question.text}",
        place=draft_place(Answer, (NEW, question.id, person.id), "text"),
    )
    return replace(edit, hint=lambda _: NOT_SHOWN) if live.is_shared_elsewhere else edit


def new_question(live: LivePlan, title: str = "", **given: str | float) -> Edit:
    """Return how a question comes in: it is for the customer, unless one partner alone looks."""
    seen_by = {"visibility": CUSTOMER} if live.audience == ALLIANCE else {}
    return new_row_edit(live, Question, "text", title, **given, **seen_by)


# Columns


def words_col(width: int = 24, *, lines: int = 0) -> Col:
    """Return what they said, in so many lines at the most (0: in all)."""
    return Col(Answer, "text", width, WORDS, grow=3, wrap=True, lines=lines, short="Answer")


def status_col() -> Col:
    """Return the status of an answer."""
    return Col(Answer, "status", 9)


def status_cols(live: LivePlan) -> tuple[Col, ...]:
    """Return how sure we are, which is not for the customer: a guess of ours is no answer of theirs."""
    return () if live.audience == CUSTOMER else (status_col(),)


def theme_col() -> Col:
    """Return the theme."""
    return Col(Answer, "theme", 12, drop=1, grow=1)


def gathering(live: LivePlan, theme: Cell) -> Cell:
    """Have a theme count once it is typed in full, and tell meanwhile which themes there are."""

    def hint(typed: str) -> str:
        themes = {name: len(each) for name, each in by_theme(live.view.all(Answer)).items() if name}
        name = theme_called(live.view.all(Answer), typed)
        near = ", ".join(other for other in themes if fold(typed.strip()) in fold(other))
        if name in themes:
            return f"joins {counted(themes[name], 'answer')} under «{name}»"
        return f"a new theme; there is: {near}" if near else "a new theme"

    return theme.editing(lambda edit: replace(edit, whole=True, hint=hint))


def answer_actions(live: LivePlan, *rows: Entity | None) -> tuple[RowAction, ...]:
    """Return what can be done with answers: say who may see them, by those to whom that is told."""
    seen_by = Col(Answer, "visibility")
    answers = [row for row in rows if isinstance(row, Answer)]
    edits = [edit_of(live.view, answer, seen_by, live.context) for answer in answers]
    together = joint_edit(edits, "answers") if visible_cols((seen_by,), live.audience) else None
    many = f" · {len(answers)} answers" if len(answers) > 1 else ""
    return (RowAction("v", f"{seen_by.heading}{many}", together),) if together else ()


def answer_card(live: LivePlan, answer: Answer, cols: Iterable[Col]) -> Table:
    """Return fields of one answer as a form."""
    shown = visible_cols(cols, live.audience)
    table = form(live, answer, shown)
    rows = (
        replace(row, cells=(row.cells[0], gathering(live, row.cells[1]))) if col.name == "theme" else row
        for row, col in zip(table.rows, shown, strict=True)
    )
    return replace(table, rows=tuple(rows))


def beside_words(live: LivePlan) -> tuple[Col, ...]:
    """Return the fields of an answer besides its words, in the order in which one asks for them."""
    return (
        *fields_of(Answer, "personal", "success", "measure", "horizon"),
        theme_col(),
        *status_cols(live),
        *fields_of(Answer, "heard_by", "heard_on", "validated_on", "visibility"),
    )


# How it is told


def standing(live: LivePlan, answer: Answer) -> tuple[str, str]:
    """Return how sure an answer is, with its sign and day, and the tone of it."""
    if not (status := status_told(live, answer)):
        return "", ""
    day = answer.validated_on if answer.status is AnswerStatus.VALIDATED else answer.heard_on
    on = f", {format_date(day)}" if day else ""
    return f"{answer.status.sign} {status}{on}", TONES.get(answer.status, "")
