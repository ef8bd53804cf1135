"""Value co-discovery as a whole: what the customer is told of it, and a run through it by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.app.driver import Driven, driving
from tests.app.test_editing import paste
from tests.app.test_keys import border
from tests.views.plans import looked_at
from workshop_tui.domain.base.vocabulary import CUSTOMER, AnswerStatus, BlockKind
from workshop_tui.domain.model.value import Answer, Question, Target, TargetAnswer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.block_views import STAGES
from workshop_tui.views.value.answer_list import AnswerList
from workshop_tui.views.value.ask import AskView
from workshop_tui.views.value.board import Board
from workshop_tui.views.value.read_back import AnswersReadBack


async def test_the_customer_is_told_of_no_answer_that_is_not_theirs(sample: AccountPlan) -> None:
    hidden = AccountPlan.of(
        row for row in sample if not (isinstance(row, Answer) and row.visibility != CUSTOMER)
    )
    for view in (AskView(), Board(), AnswerList(), AnswersReadBack()):
        shown, without = (view.table(looked_at(plan, CUSTOMER)) for plan in (sample, hidden))
        assert shown == without
        assert view.head(looked_at(sample, CUSTOMER)) == view.head(looked_at(hidden, CUSTOMER))
    card = AskView().card(looked_at(sample, CUSTOMER), "Answer/V04")
    assert card is not None
    labels = {row.cells[0].text for row in card.rows}
    assert labels == {"Success", "Measure", "Horizon", "Heard on", "Validated on"}


# By keyboard


async def test_a_block_by_keyboard(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_block(BlockKind.VALUE)
        assert len(app.workspace.stage.views) == len(STAGES[BlockKind.VALUE])
        await app.press("enter")
        region, headline = app.editor.region, app.widget("#headline").region
        assert headline.y < region.y < headline.bottom  # right under the question
        await app.type_text("Drills that pass", "enter")
        (answer,) = app.live.whole.where(Answer, text="Drills that pass")
        assert (answer.question, answer.stakeholder) == ("Q01", "ST06")
        assert app.shows("“Drills that pass”")
        assert app.shows("Personal reason")
        await app.press("down", "]")
        assert app.shows("Nadia Okonjo-Wells")
        assert app.shows("you protect if the budget were halved?")
        await _taken_out(app, answer.id)
        await _read_back(app)
        await _gather(app)


async def test_what_is_typed_behind_an_answer_is_a_new_word_and_looking_at_it_changes_nothing(
    norvane: Path,
) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_block(BlockKind.VALUE)
        await app.press("enter")
        await app.type_text("Drills that pass", "enter")
        taken = app.live.taken
        await app.press("enter", "enter", "enter", "escape")
        assert not app.editor.is_open
        assert app.live.taken == taken
        await app.press("enter")
        await app.type_text("and by June", "enter")
        assert app.live.whole.where(Answer, text="Drills that pass and by June")
        await app.press("enter")
        await app.type_text(", he says", "enter", "enter")
        await app.type_text(" twice", "enter", "enter")
        await paste(app, "Not once")
        await app.press("enter")
        assert app.live.whole.where(Answer, text="Drills that pass and by June, he says twice Not once")
        await app.press("enter", "backspace")
        await app.type_text("es", "enter")
        assert app.live.whole.where(Answer, text="Drills that pass and by June, he says twice Not onces")


async def _taken_out(app: Driven, answer: str) -> None:
    """The cell under the cursor is what goes out on the board, and nothing where it is empty."""
    await app.to_view("2")
    await app.go("asked/ST06")
    await app.press("right", "x")
    assert app.live.whole.get(Answer, answer)
    await app.press("left", "x")
    assert app.live.whole.get(Answer, answer) is None
    await app.press("ctrl+z")
    await app.wait_until(lambda: app.live.whole.get(Answer, answer) is not None)


async def _read_back(app: Driven) -> None:
    await app.to_view("4")
    await app.go("Answer/V06")
    await app.press("space")
    assert app.live.whole.where(Answer, id="V06", status=AnswerStatus.VALIDATED)
    current = app.sheet().current
    assert current is not None
    assert current.id == "Answer/V07"
    await app.press("y", "right", "enter")  # the one after it is Priya's, who says more
    await app.type_text(" Nor will her deputy.", "enter")
    assert app.live.whole.where(Answer, id="V07", status=AnswerStatus.VALIDATED)
    (said,) = app.live.whole.where(Answer, id="V02")
    assert said.text.endswith("tested. Nor will her deputy.")
    assert said.status is AnswerStatus.HEARD


async def _gather(app: Driven) -> None:
    await app.to_view("3")
    await app.go("Answer/V07")
    await app.press("m", "m", "d")
    await app.wait_until(lambda: "Make a value target of the 2 marked" in app.text)
    await app.press("t", "enter")
    await app.type_text("Less run cost", "enter")
    (target,) = app.live.whole.where(Target, title="Less run cost")
    assert len(app.live.whole.where(TargetAnswer, target=target.id)) == 2
    await app.to_view("5")
    await app.go("Less run cost")
    assert app.shows("Horizon open: 1 target")


@pytest.mark.parametrize("key", ["f4", "f6"])
async def test_before_the_room_a_question_stands_alone_and_none_is_read_ahead(
    norvane: Path, key: str
) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.VALUE)
        first, second, *others = [question.text for question in app.live.view.all(Question)]
        assert app.shows(second[:12])  # among ourselves they all stand there
        await app.press(key)
        assert app.shows("Dev Rathmore, Head of Operational Resilience")
        assert app.shows(first[:20])
        assert not [text for text in (second, *others) if app.shows(text[:12])]
        await app.press("down")
        assert app.shows(second[:20])
        assert not app.shows(first[:12])
        await app.press("enter")
        await app.type_text("Drills that pass")
        assert app.shows("Drills that pass")  # as it is typed
        await app.press("enter")
        assert app.shows("“Drills that pass”")
        assert not app.shows("Measure")
        await app.press("c")
        assert app.shows("Measure")
        await app.press("v", "4")
        assert app.shows("I HEARD YOU SAY")
        assert len([row for row in app.rows if "○ heard" in row]) <= 1


@pytest.mark.parametrize("shared", [True, False])
async def test_a_question_that_nobody_has_answered_is_removed_where_it_is_asked(
    norvane: Path, shared: bool
) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        if shared:
            await app.press("f4")
        assert app.shows("a New question")
        await app.add("Fraud scoring, to whom?")
        (question,) = app.live.whole.where(Question, text="Fraud scoring, to whom?")
        await app.press("up")
        assert app.shows("Fraud scoring, to whom?")
        await app.press("x")
        assert app.live.whole.get(Question, question.id) is None
        await app.stored()
        await app.press("ctrl+z")
        await app.wait_until(lambda: app.live.whole.get(Question, question.id), "it is back")


async def test_where_there_is_little_room_the_foot_says_in_short_what_adds(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(80, 24)) as app:
        await app.to_block(BlockKind.VALUE)
        await app.press("f4", "v", "1")
        assert " a Add " in app.rows[-1]


async def test_a_question_with_answers_stays_and_the_customer_is_told_nothing_of_them(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.VALUE)
        asked = [q for q in app.live.whole.all(Question) if app.live.whole.where(Answer, question=q.id)]
        at = next(q for q in asked if not app.live.whole.where(Answer, question=q.id, stakeholder="ST06"))
        await app.go(f"new/{at.id}/ST06", "", "main", "x")
        assert app.live.whole.get(Question, at.id)
        assert "it can be removed in the view Questions" in border(app)
        await app.press("f4")
        await app.go(f"new/{at.id}/ST06", "", "main", "x")
        assert app.live.whole.get(Question, at.id)
        assert border(app) == "This question stays."


async def test_the_mean_stands_alone_in_the_focus(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_block(BlockKind.CLOSING)
        await app.press("v", "4", "f6")
        assert "██" in app.text
        assert app.shows("Seat 1 · 4")
        assert not app.shows("Seat 2")
        await app.press("down", "3")
        assert app.shows("Seat 2 · 3")
        await app.press("f6")
        assert app.shows("Seat 8")
