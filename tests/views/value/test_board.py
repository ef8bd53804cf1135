"""The board tells who was asked what, and how sure we are."""

from __future__ import annotations

from tests.views.plans import cells, changed, headings, looked_at
from workshop_tui.domain.base.vocabulary import CUSTOMER, AnswerStatus, Purpose
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer, Question
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.value.board import AHEAD, Board


def signs(live: LivePlan, person: str) -> str:
    (row,) = (row for row in Board().table(live).rows if row.id == f"asked/{person}")
    return "".join(cells(row)[AHEAD:])


async def test_the_board_tells_who_was_asked_what_and_how_sure_we_are(sample: AccountPlan) -> None:
    live = looked_at(sample)
    found = {
        f"{question.id} {row.id.partition('/')[2]}": cell.text
        for row in Board().table(live).rows
        if not row.heading
        for question, cell in zip(live.view.all(Question), row.cells[AHEAD:], strict=True)
        if cell.text != "·"
    }
    assert found == {
        "Q01 ST03": "●",
        "Q05 ST03": "○",
        "Q09 ST06": "●",
        "Q06 ST06": "●",
        "Q10 ST13": "●",
        "Q22 ST13": "○",
        "Q02 ST02": "○",
        "Q20 ST05": "○",
        "Q18 ST08": "?",
    }
    theirs = looked_at(sample, CUSTOMER)
    shown = "".join(signs(theirs, person.id) for person in theirs.view.all(Stakeholder))
    assert sorted(shown.replace("·", "")) == ["○", "●", "●", "●", "●"]  # V06; V01, V03, V04, V05
    assert signs(looked_at(sample, "tech"), "ST10").count("○") == 1  # V09 is its own
    assert signs(looked_at(sample, "ps"), "ST10") == "·" * 24


async def test_the_board_marks_key_people_and_those_of_whom_nothing_is_known(sample: AccountPlan) -> None:
    table = Board().table(looked_at(sample))
    marked = {row.id.partition("/")[2]: cells(row)[0] for row in table.rows if not row.heading}
    assert {person for person, mark in marked.items() if mark == "◆!"} == {
        *("ST01", "ST04", "ST11", "ST12", "ST14"),  # key people never asked
        "ST10",  # asked, but what he said is one firm's own
    }
    assert {person for person, mark in marked.items() if mark == " !"} == {"ST07", "ST09"}
    assert {cells(row)[2] for row in table.rows if cells(row) and "!" in cells(row)[0]} == {"none"}
    (kept,) = sample.where(Answer, stakeholder="ST10")
    without = AccountPlan.of(row for row in sample if row is not kept)
    told = [[cells(row) for row in Board().table(looked_at(p, "ps")).rows] for p in (sample, without)]
    assert told[0] == told[1]  # hidden or not there, one can't tell
    theirs = Board().table(looked_at(sample, CUSTOMER)).rows
    assert {cells(row)[0] for row in theirs if row.cells} == {"  "}
    assert theirs[0].heading == "○ said  ● confirmed"


async def test_the_cell_under_the_cursor_says_its_question_and_shows_its_answer(sample: AccountPlan) -> None:
    live, view = looked_at(sample), Board()
    assert view.head(live) == "Move along a row to see each question."
    view.column = AHEAD + 4
    assert view.head(live) == "Personal: Why does this matter to you, apart from the bank?"
    assert view.at_cursor(live, "asked/ST03") == "Answer/V02"
    assert view.at_cursor(live, "asked/ST01") == "new/Q05/ST01"
    card = view.card(live, "asked/ST03")
    assert card is not None
    assert card.rows[0].cells[1].text.startswith("Signs the attestation")
    assert view.card(live, "asked/ST01") is None
    assert view.reveal(live, "Answer/V08") == "asked/ST05"
    theirs = looked_at(sample, CUSTOMER)
    asked = view.questions(theirs)  # and none that is still to be asked
    assert 0 < len(asked) < len(view.questions(live))
    assert all(theirs.view.where(Answer, question=question.id) for question in asked)
    view.column = AHEAD
    assert view.head(theirs) == asked[0].text


async def test_a_cell_of_the_board_answers_or_changes_the_answer(sample: AccountPlan) -> None:
    live = looked_at(sample)
    board = {row.id: row for row in Board().table(live).rows}
    after = changed(live, board["asked/ST01"].cells[AHEAD], "No headline with our name")
    assert after.where(Answer, question="Q01", stakeholder="ST01")
    (answer,) = changed(live, board["asked/ST03"].cells[AHEAD], "Proof by December").where(Answer, id="V01")
    assert (answer.status, answer.validated_on) == (AnswerStatus.HEARD, None)


async def test_the_purposes_stand_above_their_questions_and_more_questions_on_another_page(
    sample: AccountPlan,
) -> None:
    heads = [head for head in headings(Board().table(looked_at(sample)))[AHEAD:] if head.strip()]
    assert heads == ["Prio", "Pers", "Success", "Past", "Pres", "Fut", "Tog", "Val"]
    more = (Question(id=f"x{n}", text=f"And {n}?", rank=100 + n, purpose=Purpose.VALIDATE) for n in range(3))
    live, view = looked_at(AccountPlan.of((*sample, *more))), Board()
    assert len(view.subjects(live)) == 2
    view.step(live, "asked/ST01", 1)
    assert headings(view.table(live))[AHEAD:] == ["Vali", " ", " "]
    view.column = AHEAD + 2
    assert view.head(live) == "Validate: And 2?"
