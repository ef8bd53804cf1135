"""Steps on small plans: what is a conflict, what is refused, what is fleeting, what undo and removal do."""

from __future__ import annotations

import pytest

from tests.domain.plans import PARTIES, plan_of
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import BlockKind, RelationKind, Sentiment
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Reading, Relation, Stakeholder, Tie
from workshop_tui.domain.model.session import Block, Seal, Session
from workshop_tui.domain.model.value import Answer, Question
from workshop_tui.domain.plan.step import (
    Add,
    Change,
    Conflict,
    Refused,
    Remove,
    Set,
    Step,
    apply,
    cancel_out,
    invert,
    removal,
    set_field,
    undoable,
    undoing,
)

ANA = Stakeholder(id="ana", name="Ana")
BO = Stakeholder(id="bo", name="Bo", reports_to="ana")
CY = Stakeholder(id="cy", name="Cy", reports_to="bo")


def name_set(old: str, new: str) -> Set:
    return Set(Stakeholder, ("ana",), "name", old, new)


# Conflicts


def test_a_conflict_carries_both_values() -> None:
    with pytest.raises(Conflict) as caught:
        apply(plan_of(ANA), Step((name_set("Anna", "Hannah"),)))
    assert (caught.value.mine, caught.value.theirs) == ("Hannah", "Ana")
    assert str(caught.value) == "Name has been changed by somebody else."


def test_changes_of_two_fields_of_one_person_do_not_collide() -> None:
    mine = Step(set_field(ANA, "title", "Head of Payments"))
    theirs = Step(set_field(ANA, "influence", 5))
    plan = apply(apply(plan_of(ANA), theirs), mine)
    assert plan.get(Stakeholder, "ana") == Stakeholder(
        id="ana", name="Ana", title="Head of Payments", influence=5
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Add(ANA), "there already"),
        (Remove(with_values(ANA, title="Other")), "changed since"),
        (Remove(BO), "changed since"),
        (Set(Stakeholder, ("bo",), "name", "Bo", "Bob"), "removed by somebody else"),
    ],
)
def test_a_row_that_is_not_as_the_step_thinks_is_a_conflict(change: Change, says: str) -> None:
    with pytest.raises(Conflict, match=says):
        apply(plan_of(ANA), Step((change,)))


def test_a_step_with_one_bad_change_changes_nothing() -> None:
    plan = plan_of(ANA)
    with pytest.raises(Conflict):
        apply(plan, Step((name_set("Ana", "Hannah"), name_set("Ana", "Anna"))))
    assert plan == plan_of(ANA)


@pytest.mark.parametrize(
    ("name", "new", "says"),
    [
        ("name", "", "Name is needed: type at least one character."),
        ("influence", 6, "Influence can't be 6: use at most 5."),
        ("title", " Head  of Payments", "Title would be kept as «Head of Payments»: use that."),
        ("style", "loud", "Social style can't be «loud»: use 'driving', "),
        ("id", "new", "Id says which stakeholder this is: remove it and add another."),
    ],
)
def test_a_value_that_is_not_valid_is_refused_in_one_sentence(name: str, new: Json, says: str) -> None:
    with pytest.raises(Refused) as caught:
        apply(plan_of(ANA), Step((Set(Stakeholder, ("ana",), name, ANA.plain()[name], new),)))
    assert str(caught.value).startswith(says)
    assert not isinstance(caught.value, Conflict)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (Set(Stakeholder, ("ana",), "reports_to", None, "ana"), "Nobody reports to themselves"),
        (Set(Stakeholder, ("ana",), "reports_to", None, "cy"), "already reports, by way of others"),
        (Add(Stakeholder(id="di", name="Di", reports_to="di")), "Nobody reports to themselves"),
    ],
)
def test_a_cycle_in_the_reporting_line_is_refused(change: Change, says: str) -> None:
    with pytest.raises(Refused, match=says):
        apply(plan_of(ANA, BO, CY), Step((change,)))


def test_two_people_added_in_one_step_may_not_report_to_each_other() -> None:
    pair = (Add(with_values(ANA, reports_to="bo")), Add(BO))
    with pytest.raises(Refused, match="already reports"):
        apply(plan_of(), Step(pair))


# What is fleeting


def test_the_last_one_to_speak_of_what_is_fleeting_wins() -> None:
    plan = apply(plan_of(), Step((Set(Session, ("S1",), "audience", "tech", "ps"),)))
    session = plan.get(Session, "S1")
    assert session is not None
    assert session.audience == "ps"


def test_a_row_whose_clock_runs_on_can_still_go() -> None:
    block = Block(id="b", session="S1", kind=BlockKind.VALUE, title="Value")
    plan = plan_of(with_values(block, spent=60))
    assert apply(plan, Step((Remove(block),))) == plan_of()


@pytest.mark.parametrize(
    ("changed", "stops"),
    [
        ([(Session, "audience")], False),
        ([(Block, "spent"), (Block, "started")], False),
        ([(Block, "spent"), (Block, "title")], True),
        ([(Stakeholder, "name")], True),
        ([(Seal, "reopened_at"), (Stakeholder, "name")], False),
    ],
)
def test_undo_passes_over_what_is_fleeting_and_over_seals(
    changed: list[tuple[type[Entity], str]], stops: bool
) -> None:
    assert undoable(Step(tuple(Set(kind, ("x",), name, None, None) for kind, name in changed))) is stops


# Undo, removal


def test_the_undo_of_a_burst_of_typing_is_one_change() -> None:
    undo_group = [
        Step((name_set("A", "An"),), number=7),
        Step((name_set("An", "Ana"),), number=8),
    ]
    assert undoing(undo_group) == Step((name_set("Ana", "A"),), undoes=(7, 8))


def test_the_undo_of_a_step_keeps_changes_of_other_fields_apart() -> None:
    title = Set(Stakeholder, ("ana",), "title", "", "Head")
    undo = undoing([Step((name_set("A", "An"), title), number=1)])
    assert undo.changes == (Set(Stakeholder, ("ana",), "title", "Head", ""), name_set("An", "A"))


@pytest.mark.parametrize(
    ("taken", "is_nothing"),
    [
        ([Add(BO), Set(Stakeholder, ("bo",), "name", "Bo", "B"), Remove(with_values(BO, name="B"))], True),
        ([name_set("Ana", "A"), name_set("A", "Ana")], True),
        ([Add(BO), Remove(BO), Add(CY), Remove(CY)], True),
        ([Remove(BO), Add(BO)], True),
        ([Add(BO), Remove(BO), name_set("Ana", "A")], False),
        ([Add(BO), Remove(BO), Add(BO)], False),
        ([Remove(BO), Add(with_values(BO, name="B"))], False),
        ([Remove(BO)], False),
        ([name_set("Ana", "A"), name_set("A", "An")], False),
    ],
)
def test_steps_cancel_out_where_nothing_is_left_changed(taken: list[Change], is_nothing: bool) -> None:
    assert cancel_out(Step((change,)) for change in taken) == is_nothing
    assert cancel_out([Step(tuple(taken))]) == is_nothing


@pytest.mark.parametrize("same", ["Ana", " Ana ", "A\x1bna"])
def test_the_same_value_is_no_change(same: str) -> None:
    assert set_field(ANA, "name", same) == ()


def test_a_change_holds_the_value_as_it_is_kept_so_that_undo_finds_it() -> None:
    plan = plan_of(ANA)
    step = Step(set_field(ANA, "title", "Head \u202eof  Payments "))
    assert step.changes == (Set(Stakeholder, ("ana",), "title", "", "Head of Payments"),)
    assert apply(apply(plan, step), invert(step)) == plan


def test_a_value_that_is_not_valid_stays_as_typed_until_it_is_refused() -> None:
    (change,) = set_field(ANA, "influence", 9)
    assert change == Set(Stakeholder, ("ana",), "influence", None, 9)


def test_what_cannot_be_without_a_person_goes_too_and_other_references_are_blanked() -> None:
    tie = Tie(stakeholder="ana", party="ps", owner="P1")
    edge = Relation(source="cy", target="ana", kind=RelationKind.INFLUENCES)
    question = Question(id="q", text="Why?")
    answer = Answer(id="v", stakeholder="ana", question="q", text="Because")
    action = Action(id="a", session="S1", title="Ask her once more", stakeholder="ana", answer="v")
    plan = plan_of(ANA, BO, CY, tie, edge, question, answer, action)
    step = Step(removal(plan, ANA))
    after = apply(plan, step)
    assert after == plan_of(
        with_values(BO, reports_to=None),
        CY,
        question,
        with_values(action, stakeholder=None, answer=None),
    )
    assert apply(after, invert(step)) == plan


def test_with_a_partner_goes_what_only_it_may_see_and_the_sentiment_toward_it() -> None:
    reading = Reading(session="S1", stakeholder="ana", toward="tech", value=Sentiment.NEUTRAL)
    toward_all = Reading(session="S1", stakeholder="ana", toward="all")
    secret = Question(id="q", text="What may they not hear?", visibility="tech")
    plan = plan_of(ANA, reading, toward_all, secret)
    after = apply(plan, Step(removal(plan, PARTIES[2])))
    assert after.all(Party) == PARTIES[:2]
    assert after.all(Reading) == (toward_all,)
    assert after.all(Question) == ()
