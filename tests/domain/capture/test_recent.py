"""What was caught last, and how one kind of line turns into another."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import plan_of
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.capture.recent import LINES, left_behind, newest, turn_into, turns_into
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import Stakeholder, Tie
from workshop_tui.domain.model.session import Decision, Parking, Risk
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan, problems
from workshop_tui.domain.plan.step import Add, Refused, Remove, Set, Step, apply, invert

ANA = Stakeholder(id="ana", name="Ana Pires")
PARKED = Parking(id="p1", session="S1", text="Price of a drill", owner="P1", due=dt.date(2026, 6, 26))
DECIDED = Decision(id="d1", session="S1", text="Lead with evidence", visibility="customer")
RISK = Risk(id="r1", session="S1", text="The budget is halved", owner="P1", visibility="ps")
ACTION = Action(id="a1", session="S1", title="Send the cost range", owner="P1", due=dt.date(2026, 6, 26))
ANSWER = Answer(id="v1", stakeholder="ana", text="Time to run drills")
ROWS: tuple[Entity, ...] = (PARKED, DECIDED, RISK, ACTION)


def into(plan: AccountPlan, row: Entity, kind: type[Entity]) -> AccountPlan:
    ids = (f"new{n}" for n in itertools.count())
    return apply(plan, Step(turn_into(plan, row, kind, "S2", lambda: next(ids))))


def test_the_newest_line_is_first_and_what_is_gone_or_hidden_is_not_there() -> None:
    steps = [Step((Add(row),)) for row in (ANA, PARKED, DECIDED, RISK)] + [Step((Remove(PARKED),))]
    plan = plan_of(ANA, DECIDED, RISK)
    assert [each.row for each in newest(steps, project(plan, "ps"))] == [RISK, DECIDED, ANA]
    assert [each.row.key for each in newest(steps, project(plan, "customer"))] == [("d1",), ("ana",)]


def test_what_was_changed_of_a_person_is_one_line_with_what_was_before_all_of_it() -> None:
    tie = Tie(stakeholder="ana", party="ps", owner="P1")
    steps = [
        Step((Add(DECIDED),)),
        Step((Set(Stakeholder, ("ana",), "role", None, "user"),)),
        Step((Set(Stakeholder, ("ana",), "role", "user", "champion"), Add(tie))),
        Step((Set(Decision, ("d1",), "text", "Lead", DECIDED.text),)),
    ]
    plan = plan_of(ANA, DECIDED, tie)
    first, second = newest(steps, project(plan, "ps"))
    assert (first.row, second.row, first.step) == (ANA, DECIDED, steps[2])
    assert first.before == {
        (Stakeholder, ("ana",), "role"): None,
        (Tie, ("ana", "ps"), "owner"): None,
    }
    assert [each.row.key for each in newest(steps, project(plan, "customer"))] == [("d1",)]


def test_a_parked_item_becomes_an_action_of_this_session_with_its_owner_and_date() -> None:
    after = into(plan_of(PARKED), PARKED, Action)
    made = after.get(Action, "new0")
    assert made
    assert (made.title, made.owner, made.due, made.session) == (PARKED.text, "P1", PARKED.due, "S2")
    assert after.all(Parking)[0].became == made.id


def test_an_answer_stays_and_the_action_serves_it() -> None:
    after = into(plan_of(ANA, ANSWER), ANSWER, Action)
    made = after.get(Action, "new0")
    assert made
    assert (made.answer, made.stakeholder, made.session) == ("v1", "ana", "S2")
    assert after.all(Answer) == (ANSWER,)


@given(st.sampled_from(ROWS), st.sampled_from(LINES))
def test_words_and_who_may_see_them_are_kept_and_undo_brings_the_line_back(
    row: Entity, kind: type[Entity]
) -> None:
    plan = plan_of(*ROWS)
    if kind not in turns_into(row):
        with pytest.raises(
            Refused, match=r"^(An [aeio]|A [^aeio]).* can't be turned into (an [aeio]|a [^aeio])"
        ):
            into(plan, row, kind)
        return
    step = Step(turn_into(plan, row, kind, "S2", lambda: "new"))
    after = apply(plan, step)
    made = after.get(kind, "new")
    assert made
    assert getattr(made, made.NAME_FIELD) == getattr(row, row.NAME_FIELD)
    assert made.plain()["visibility"] == row.plain()["visibility"]
    assert not list(problems(after))
    assert apply(after, invert(step)) == plan


def test_what_a_line_loses_by_being_turned_is_told_and_nothing_is_told_of_what_it_keeps() -> None:
    rich = with_values(ACTION, milestone="Go-live", accountable="P2", owner="P1")
    carry = Carry(action="a1", session="S2", from_due=dt.date(2026, 6, 12), to_due=dt.date(2026, 6, 26))
    plan = plan_of(rich, carry, with_values(PARKED, became="a1"), DECIDED, RISK, ANA, ANSWER)
    lost = ("owner", "accountable", "due", "milestone", "tie to a parking lot item", "carry")
    assert left_behind(plan, rich, Decision) == lost
    assert left_behind(plan, rich, Risk) == tuple(name for name in lost if name not in {"owner", "due"})
    shared = project(plan_of(with_values(rich, visibility="customer", evidence="Seen")), "customer")
    assert left_behind(shared, shared.all(Action)[0], Parking) == ("accountable", "milestone")
    assert left_behind(plan, DECIDED, Action) == ()
    assert left_behind(plan_of(PARKED), PARKED, Action) == left_behind(plan, ANSWER, Action) == ()
    assert left_behind(plan_of(PARKED), PARKED, Risk) == ()  # it stays where it was parked


def test_what_has_become_an_action_does_not_become_another() -> None:
    plan = into(plan_of(PARKED), PARKED, Action)
    with pytest.raises(Refused, match="has become an action already"):
        into(plan, plan.all(Parking)[0], Action)
