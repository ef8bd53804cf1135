"""What is read back, what is parked, and what is left to do before a seal."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.domain.plans import ON, figures, plan_of
from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.validation import validated, with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, ActionStatus, AnswerStatus
from workshop_tui.domain.gaps.registry import ALL, gaps
from workshop_tui.domain.lifecycle.closing import (
    Line,
    before_sealing,
    confirm_line,
    is_confirmed,
    is_settled,
    parked,
    read_back,
    sealing_question,
    seats,
    set_words,
)
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Decision, Parking, Presence, Roti
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import FieldRef, SetContext, set_value
from workshop_tui.domain.plan.step import Step, apply, invert

DECISION = Decision(id="d", session="S2", text="One status meeting")
ACTION = Action(id="a", session="S2", title="Send the cost range", owner="P1")
ANSWER = Answer(id="v", stakeholder="ana", text="Fewer outages")
PARKED = Parking(id="k", session="S2", text="Who speaks to the board", owner="P1", due=ON, visibility="ps")
ANA = Stakeholder(id="ana", name="Ana")
LINES: list[Line] = [DECISION, ACTION, ANSWER]


def after(plan: AccountPlan, *steps: Step) -> AccountPlan:
    for step in steps:
        assert apply(apply(plan, step), invert(step)) == plan
        plan = apply(plan, step)
    return plan


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.VERBOSE_NAME)
def test_other_words_take_a_confirmation_back(line: Line) -> None:
    name = "title" if line is ACTION else "text"
    plan = after(plan_of(ANA, line), Step(confirm_line(line, ON)))
    read = plan.get(type(line), line.id)
    assert read
    assert is_confirmed(read)
    assert set_words(read, name, getattr(read, name)) == ()
    same = after(plan, Step(set_words(read, "visibility", "customer"))).get(type(line), line.id)
    assert same
    assert is_confirmed(same)
    other = after(plan, Step(set_words(read, name, "Other words"))).get(type(line), line.id)
    assert other
    assert not is_confirmed(other)
    assert getattr(other, name) == "Other words"
    assert confirm_line(other, None) == ()


@pytest.mark.parametrize(("name", "value"), [("owner", "T1"), ("due", "2026-12-01"), ("owner", None)])
def test_another_owner_or_date_of_its_own_session_has_to_be_read_aloud_again(
    name: str, value: str | None
) -> None:
    plan = after(plan_of(ANA, ACTION), Step(confirm_line(ACTION, ON)))

    def then(session: str, to: str | None = value) -> Action:
        context = SetContext(Calendar(ON), lambda: dt.datetime(2026, 6, 9, tzinfo=dt.UTC), session)
        at = FieldRef(Action, ("a",), name)
        (action,) = after(plan, Step(tuple(set_value(plan, at, to, context)))).all(Action)
        return action

    assert not is_confirmed(then("S2"))
    assert is_confirmed(then("S3"))
    assert is_confirmed(then("S2", ACTION.plain()[name]))  # type: ignore[arg-type] # it is text, or nothing


def test_an_answer_that_is_confirmed_is_validated_and_else_heard() -> None:
    plan = after(plan_of(ANA, ANSWER), Step(confirm_line(ANSWER, ON)))
    validated = plan.all(Answer)[0]
    assert (validated.status, validated.validated_on) == (AnswerStatus.VALIDATED, ON)
    heard = after(plan, Step(set_words(validated, "text", "No outages"))).all(Answer)[0]
    assert (heard.status, heard.validated_on) == (AnswerStatus.HEARD, None)


def test_read_back_are_this_sessions_decisions_and_actions_and_what_was_heard(sample: AccountPlan) -> None:
    rows = [row.id for row in read_back(sample, "S2")]
    assert rows[:3] == ["D3", "D4", "D5"]
    assert rows[3:] == [f"A{n:02}" for n in range(7, 13)] + [f"V{n:02}" for n in range(1, 10)]
    assumed = Answer(id="w", stakeholder="ana", text="A guess", status=AnswerStatus.ASSUMED)
    dropped = with_values(ACTION, status=ActionStatus.DROPPED.value)
    assert read_back(plan_of(ANA, DECISION, dropped, assumed), "S2") == (DECISION,)


# The parking lot


@pytest.mark.parametrize(
    ("fields", "settled"),
    [
        ({}, False),
        ({"owner": "P1"}, False),
        ({"due": ON}, False),
        ({"owner": "P1", "due": ON}, True),
        ({"dropped": True}, True),
        ({"became": "a"}, True),
    ],
)
def test_a_parked_item_is_settled_when_the_room_knows_how_it_goes_on(
    fields: dict[str, object], settled: bool
) -> None:
    bare = {"id": "k", "session": "S2", "text": "Who speaks"}
    assert is_settled(validated(Parking, {**bare, **fields})) is settled


def test_what_earlier_sessions_left_is_still_parked(sample: AccountPlan) -> None:
    assert [item.id for item in parked(sample, "S2")] == ["K3", "K4", "K5", "K2"]
    assert [item.id for item in parked(sample, "S1")] == ["K1", "K2"]
    assert parked(sample, "none") == ()


# Before the seal


def test_there_is_a_seat_for_each_who_is_here_and_for_each_score() -> None:
    here = [Presence(session="S2", member=who) for who in ("P1", "P2", "T1")]
    scores = [Roti(session="S2", seat=seat, score=4) for seat in ("1", "10", "5", "guest")]
    assert seats(plan_of(*here, *scores), "S2") == ("1", "2", "3", "5", "10", "guest")
    assert seats(plan_of(), "S2") == ("1",)


def test_what_is_left_before_the_sample_is_sealed(sample: AccountPlan) -> None:
    found = before_sealing(sample, "S2", ON, sample)
    assert [(one.what, one.left, one.of) for one in found] == [
        ("lines", 14, 18),
        ("parked", 2, 4),
        ("actions", 2, 6),
        ("time", 0, 8),
    ]
    assert [one.first for one in found if one.first[0]] == [("A11", "action_no_accountable")]
    assert sealing_question(found) == (
        "14 lines are not confirmed, 2 parked items are not settled and 2 actions lack an owner,"
        " who answers for it, a date or clear words: seal all the same?"
    )


def test_what_is_left_is_judged_by_the_whole_of_what_an_audience_sees(sample: AccountPlan) -> None:
    found = figures(sample, ALLIANCE, ON)
    assert [(one.what, one.left, one.of) for one in found.before_sealing("S2")] == [
        ("lines", 11, 15),
        ("parked", 2, 4),
        ("actions", 2, 4),
        ("time", 0, 8),
    ]
    assert found.parked("S2") == {"K3": True, "K4": False, "K5": True, "K2": False}
    customers = figures(sample, CUSTOMER, ON)
    assert (customers.parked("S2"), {one.of for one in customers.before_sealing("S2")}) == ({}, {0, 1})


def test_an_action_lacks_here_what_the_list_of_gaps_says(sample: AccountPlan) -> None:
    off = {rule: None for rule in ALL if rule != "action_no_due"}
    wordy = {**off, "action_vague": 7}
    for rules, left in ((ALL, 2), (off, 1), (wordy, 3)):
        found = {one.what: one.left for one in before_sealing(sample, "S2", ON, sample, rules)}
        named = {gap.key for gap in gaps(sample, ON, rules) if gap.kind == "Action"}
        made = {action.key for action in sample.where(Action, session="S2")}
        assert found["actions"] == len(named & made) == left


def test_one_of_each_is_said_in_the_singular_and_nothing_left_asks_nothing() -> None:
    late = with_values(ACTION, due=str(ON - dt.timedelta(days=1)))
    unsettled = with_values(PARKED, owner=None)
    plan = plan_of(DECISION, late, unsettled)
    found = before_sealing(plan, "S2", ON, plan)
    assert [one.text for one in found] == [
        "2 lines are not confirmed",
        "1 parked item is not settled",
        "1 action lacks an owner, who answers for it, a date or clear words",
        "nobody has said whether it was worth it",
    ]
    confirmed_one = with_values(DECISION, confirmed_on=str(ON))
    plan = plan_of(confirmed_one, Roti(session="S2", seat="1", score=5))
    well = before_sealing(plan, "S2", ON, plan)
    assert [one.left for one in well] == [0, 0, 0, 0]
    assert sealing_question(well) == ""
