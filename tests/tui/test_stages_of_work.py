"""What the views of value, actions and closing show of the sample."""

from __future__ import annotations

from tests.tui.plans import at, cells, changed, looked_at, rows
from workshop_tui.domain.people import Stakeholder
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.session import Decision, Parking
from workshop_tui.domain.value import Answer, Question
from workshop_tui.domain.words import CUSTOMER, AnswerStatus
from workshop_tui.tui.stages.actions import Actions, ByOwner
from workshop_tui.tui.stages.base import entity_at
from workshop_tui.tui.stages.closing import ParkingLot, ReadBack, Sealing, TimeWell
from workshop_tui.tui.stages.value import ByPerson, ByQuestion, Heard


async def test_answers_by_person_and_by_question(sample: AccountPlan) -> None:
    live = looked_at(sample)
    people, questions = live.view.all(Stakeholder), live.view.all(Question)
    by_person, by_question = ByPerson(), ByQuestion()
    assert (by_person.subjects(live), by_question.subjects(live)) == (len(people), len(questions))
    by_person.subject = next(n for n, person in enumerate(people) if person.id == "ST06")
    assert by_person.head(live).startswith("Dev Rathmore")
    assert {"Answer/V03", "Answer/V04"} <= set(rows(by_person, live))
    assert len(rows(by_person, live)) == len(questions)
    by_question.subject = next(n for n, question in enumerate(questions) if question.id == "Q22")
    assert "Answer/V06" in rows(by_question, live)
    assert len(rows(by_question, live)) == len(people)
    assert set(rows(Heard(), live)) == {f"Answer/V{n:02}" for n in (1, 2, 3, 4, 5, 6, 7, 8, 10)}
    assert set(rows(Heard(), looked_at(sample, CUSTOMER))) == {f"Answer/V0{n}" for n in (1, 3, 4, 5, 6)}


async def test_a_first_answer_is_heard_today_and_validated_keeps_the_day(sample: AccountPlan) -> None:
    live = looked_at(sample)
    view = ByPerson()
    row, empty = next((n, r) for n, r in rows(view, live).items() if n.startswith("new/"))
    after = changed(live, empty.cells[1], "Fewer surprises")
    (answer,) = after.where(Answer, text="Fewer surprises")
    assert row == f"new/{answer.question}/{answer.stakeholder}"
    assert (answer.status, answer.heard_on) == (AnswerStatus.HEARD, live.today)
    validated = changed(live, at(Heard(), live, "Answer/V06", "Status"), "validated")
    (now,) = validated.where(Answer, id="V06")
    assert now.validated_on == live.today


async def test_actions_stand_by_session_and_by_owner(sample: AccountPlan) -> None:
    live = looked_at(sample)
    heads = [row.heading for row in Actions().table(live).rows if row.heading]
    assert heads == ["Open from earlier sessions", "Settled"]
    assert list(rows(Actions(), live))[:4] == ["Action/A07", "Action/A08", "Action/A11", "Action/A12"]
    owners = [row.heading for row in ByOwner().table(live).rows if row.heading]
    assert owners == sorted(owners)
    assert set(rows(Actions(), looked_at(sample, CUSTOMER))) == {"Action/A07", "Action/A08", "Action/A11"}
    assert "Action/A09" in rows(Actions(), looked_at(sample, "tech"))
    assert "Action/A09" not in rows(Actions(), looked_at(sample, "ps"))
    assert at(Actions(), live, "Action/A11", "Accountable").text == "?"
    assert at(Actions(), live, "Action/A12", "Due").text == "?"


async def test_read_back_ticks_decisions_actions_and_answers(sample: AccountPlan) -> None:
    live = looked_at(sample)
    view = ReadBack()
    decision = sample.where(Decision, session="S2")[0]
    for row in (f"Decision/{decision.id}", "Action/A07"):
        tick = rows(view, live)[row].cells[0]
        after = changed(live, tick, True)
        entity = entity_at(after, row)
        assert getattr(entity, "confirmed_on", None) == live.today
    after = changed(live, rows(view, live)["Answer/V06"].cells[0], True)
    (answer,) = after.where(Answer, id="V06")
    assert (answer.status, answer.validated_on) == (AnswerStatus.VALIDATED, live.today)
    assert "Answer/V10" not in rows(view, live)  # it is only assumed
    customers = rows(view, looked_at(sample, CUSTOMER))
    assert all(r.cells[0].text == "" for n, r in customers.items() if not n.startswith("Answer/"))


async def test_time_is_scored_by_seats_without_names(sample: AccountPlan) -> None:
    table = TimeWell().table(looked_at(sample))
    assert [row.id for row in table.rows] == [*(f"seat/{n}" for n in range(1, 9)), "mean"]
    assert table.rows[-1].cells[1].text == "4.13"


async def test_the_parking_lot_holds_what_is_still_to_come_back_to(sample: AccountPlan) -> None:
    parked = rows(ParkingLot(), looked_at(sample))
    assert {name.partition("/")[2] for name in parked} == {row.id for row in sample.all(Parking)}
    assert all(cells(row)[0] for row in parked.values())


async def test_the_seal_shows_what_the_plan_is_worth(sample: AccountPlan) -> None:
    told = {row.id: cells(row)[1] for row in Sealing().table(looked_at(sample)).rows if len(row.cells) > 1}
    assert told["do/seal"].startswith("Not sealed")
    assert told["quality"].endswith("%")
