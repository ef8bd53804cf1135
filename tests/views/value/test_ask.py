"""One person is asked every question, the one under the cursor in large."""

from __future__ import annotations

import pytest

from tests.views.plans import changed, looked_at, rows
from tests.views.value.targets import gathered
from workshop_tui.domain.base.vocabulary import CUSTOMER, AnswerStatus, BlockKind
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block, Guest
from workshop_tui.domain.model.value import Answer, Question
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step, apply
from workshop_tui.views.value.answers import in_turn
from workshop_tui.views.value.ask import AskView


async def test_who_is_in_the_room_is_asked_first_every_question(sample: AccountPlan) -> None:
    live, view = looked_at(sample), AskView()
    assert [person.id for person in in_turn(live)][:3] == ["ST06", "ST13", "ST01"]
    assert len(view.subjects(live)) == len(live.view.all(Stakeholder))
    assert view.head(live) == "Dev Rathmore, Head of Operational Resilience"
    assert len(rows(view, live)) == len(live.view.all(Question))
    assert {"Answer/V03", "Answer/V04"} <= set(rows(view, live))


async def test_the_question_under_the_cursor_stands_large_with_its_answer(sample: AccountPlan) -> None:
    live, view = looked_at(sample), AskView()
    large = view.large(live, "Answer/V04")
    assert large is not None
    assert large.label == "PERSONAL · why it matters to this person"
    assert large.text == "What would solving it free you to do?"
    assert large.beneath == "“Time to run drills in place of chasing spreadsheets.”"
    assert (large.note, large.tone) == ("● validated, 9 Jun 2026", "good")
    unasked = view.large(live, "new/Q01/ST06")
    assert unasked is not None
    assert (unasked.beneath, unasked.note) == ("", "Enter: the answer, word for word")
    theirs = view.large(looked_at(sample, CUSTOMER), "Answer/V04")
    assert theirs is not None
    assert (theirs.label, theirs.text) == ("Dev Rathmore, Head of Operational Resilience", large.text)


async def test_a_given_answer_is_gone_on_with_behind_its_last_letter(sample: AccountPlan) -> None:
    live = looked_at(sample)
    edits = [cell.edit for cell in rows(AskView(), live)["Answer/V04"].cells if cell.edit]
    (words,) = (edit for edit in edits if edit.sets == (Answer, "text"))
    assert words.text == live.view.get(Answer, "V04").text  # type: ignore[union-attr]


async def test_stepping_to_another_person_stays_with_the_question(sample: AccountPlan) -> None:
    live, view = looked_at(sample), AskView()
    assert view.step(live, "Answer/V04", 1) == "new/Q06/ST13"
    assert view.step(live, "new/Q06/ST13", -1) == "Answer/V04"
    assert view.step(live, "new", 1) == ""


async def test_who_is_asked_stays_when_somebody_else_comes_into_the_room(sample: AccountPlan) -> None:
    live, view = looked_at(sample), AskView()
    block = next(b.id for b in live.view.where(Block, session="S2") if b.kind is BlockKind.VALUE)
    for comes, number in (("ST01", 1), ("ST02", 3)):
        person, unasked = view.person(live), next(n for n in rows(view, live) if n.startswith("new/"))
        live.whole = apply(live.whole, Step((Add(Guest(block=block, stakeholder=comes)),)))
        live._look()
        assert view.person(live) == person
        assert unasked in rows(view, live)
        assert view.number(live) == number
        view.step(live, "", 1)


@pytest.mark.parametrize(
    ("name", "person", "row"),
    [
        ("Answer/V02", "ST03", "Answer/V02"),
        ("new/Q02/ST02", "ST02", "Answer/V07"),
        ("TargetAnswer/T2/V08", "ST05", "Answer/V08"),
        ("Stakeholder/ST12", "ST12", ""),
        ("Question/Q06", "ST06", "Answer/V04"),  # the person stays
        ("heading/x", "ST06", ""),
    ],
)
async def test_asking_begins_with_what_one_comes_from(
    sample: AccountPlan, name: str, person: str, row: str
) -> None:
    live, view = looked_at(gathered(sample)), AskView()
    found = view.reveal(live, name)
    asked = view.person(live)
    assert asked is not None
    assert (asked.id, found) == (person, row)
    assert not row or row in rows(view, live)


async def test_a_first_answer_is_heard_today_and_its_card_asks_for_the_rest(sample: AccountPlan) -> None:
    live, view = looked_at(sample), AskView()
    name, row = next((n, r) for n, r in rows(view, live).items() if n.startswith("new/"))
    assert view.card(live, name) is None
    after = changed(live, row.cells[1], "Fewer surprises")
    (answer,) = after.where(Answer, text="Fewer surprises")
    assert name == f"new/{answer.question}/{answer.stakeholder}"
    assert (answer.status, answer.heard_on) == (AnswerStatus.HEARD, live.today)
    labels = {}
    for audience in ("alliance", CUSTOMER):
        card = view.card(looked_at(after, audience), f"Answer/{answer.id}")
        if card:
            labels[audience] = [row.cells[0].text for row in card.rows]
    assert labels["alliance"][:7] == [
        *("Personal reason", "Success", "Measure", "Horizon", "Theme", "Status", "Heard by")
    ]
    assert CUSTOMER not in labels  # it is the alliance's until it is shared
