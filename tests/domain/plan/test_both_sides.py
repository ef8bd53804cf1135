"""Owners of either side, confirmed figures, people who left: set, asked, cut, removed, and as of a day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.plans import ON, plan_of, plans
from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.validation import Invalid, validated, with_values
from workshop_tui.domain.base.vocabulary import (
    ALLIANCE,
    CUSTOMER,
    AccountStage,
    ActionStatus,
    AnswerStatus,
    Dimension,
    RiskStatus,
)
from workshop_tui.domain.lifecycle.closing import become, is_settled, outcome
from workshop_tui.domain.model.account import Account, Member, Party, StageEntry
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Meeting, MeetingStakeholder, Stakeholder
from workshop_tui.domain.model.scorecard import Initiative, SteeringDate
from workshop_tui.domain.model.session import Decision, Parking, Risk
from workshop_tui.domain.model.value import Answer, Difference, GrowthStep, Proof, Target
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.describe import NOT_SHOWN, describe
from workshop_tui.domain.plan.merge import lacking
from workshop_tui.domain.plan.past import as_known, dated_by
from workshop_tui.domain.plan.plan import AccountPlan, dependents, problems
from workshop_tui.domain.plan.setters import ASKS, FieldRef, SetContext, set_value
from workshop_tui.domain.plan.step import (
    Add,
    Changes,
    Refused,
    Remove,
    Step,
    apply,
    changes_from_json,
    removal,
)

CONTEXT = SetContext(Calendar(ON), lambda: dt.datetime.combine(ON, dt.time(9), dt.UTC), session="S2")
ANA = Stakeholder(id="ana", name="Ana Pires")
BO = Stakeholder(id="bo", name="Bo Lind", visibility=ALLIANCE)
GONE = Stakeholder(id="gone", name="Cy Moor", left_on=ON)
TASK = Action(id="a", session="S2", title="Send the list of services")
DAY = dt.timedelta(1)


def after(plan: AccountPlan, changes: Changes) -> AccountPlan:
    return apply(plan, Step(tuple(changes)))


def with_set(plan: AccountPlan, row: Entity, name: str, value: Json) -> AccountPlan:
    return after(plan, set_value(plan, FieldRef(type(row), row.key, name), value, CONTEXT))


# Owners of either side


@pytest.mark.parametrize("name", ["owner", "accountable"])
@pytest.mark.parametrize("who", ["P1", "ana"])
def test_an_action_is_given_to_either_side(name: str, who: str) -> None:
    plan = with_set(plan_of(ANA, TASK), TASK, name, who)
    assert plan.where(Action, **{name: who})
    assert list(problems(plan)) == []
    assert plan.name_of_ref(Action, name, who) == {"P1": "Member of one", "ana": "Ana Pires"}[who]


@pytest.mark.parametrize(
    ("kind", "name"),
    [(Action, "owner"), (Parking, "owner"), (Risk, "owner"), (Initiative, "owner"), (GrowthStep, "owner")],
)
def test_who_has_left_gets_nothing_new(kind: type[Entity], name: str) -> None:
    at = FieldRef(kind, ("x",), name)
    with pytest.raises(Refused, match="Cy Moor has left: choose somebody who is there"):
        tuple(set_value(plan_of(GONE), at, "gone", CONTEXT))


def test_an_owner_who_is_neither_is_a_problem_and_lacking() -> None:
    stray = replace(TASK, owner="x")
    assert list(problems(plan_of(stray))) == [
        "Owner of action a names «x», which is no team member or stakeholder here."
    ]
    assert list(lacking(plan_of(), Step((Add(stray),)))) == [(Member, ("x",))]
    assert list(lacking(plan_of(ANA), Step((Add(replace(TASK, owner="ana")),)))) == []


def test_an_owner_who_goes_leaves_the_action_to_nobody() -> None:
    owned = replace(TASK, owner="ana", accountable="ana")
    plan = plan_of(ANA, owned)
    assert {name for _, name in dependents(plan, ANA)} == {"owner", "accountable"}
    gone = after(plan, removal(plan, ANA))
    assert gone.all(Action) == (TASK,)


def test_of_one_id_the_team_member_is_meant() -> None:
    twin = Stakeholder(id="P1", name="Twin")
    owned = replace(TASK, owner="P1")
    plan = plan_of(twin, owned)
    assert plan.name_of_ref(Action, "owner", "P1") == "Member of one"
    assert list(dependents(plan, twin)) == []
    kept = after(plan, removal(plan, twin))
    assert kept.all(Action) == (owned,)


@pytest.mark.parametrize("audience", [CUSTOMER, "tech"])
def test_an_owner_whom_an_audience_may_not_see_is_blank(audience: str) -> None:
    hidden = replace(BO, visibility="ps")
    owned = replace(TASK, owner="bo", accountable="ana", visibility=CUSTOMER)
    (seen,) = project(plan_of(ANA, hidden, owned), audience).all(Action)
    assert (seen.owner, seen.accountable) == (None, "ana")


@given(plans(), st.sampled_from([ALLIANCE, "ps", "tech", CUSTOMER]))
def test_no_projection_refers_to_anybody_it_does_not_hold(plan: AccountPlan, audience: str) -> None:
    view = project(plan, audience)
    kinds: tuple[type[Entity], ...] = (Action, Parking, Risk, Initiative, GrowthStep)
    for row in (row for kind in kinds for row in view.all(kind)):
        owner = row.plain()["owner"]
        assert owner is None or view.person(str(owner)) is not None


def test_giving_an_action_to_one_of_theirs_proposes_that_the_customer_sees_it() -> None:
    plan = plan_of(ANA, TASK)
    for name in ("owner", "accountable"):
        first = ASKS[Action, name](project(plan, ALLIANCE), TASK.key, "ana", CONTEXT)
        assert first
        assert first.title == "Ana Pires is the customer's: who may see it?"
        assert (first.field, first.text) == (FieldRef(Action, ("a",), "visibility"), CUSTOMER)
        (given_to,) = after(plan, first.build(plan, CUSTOMER)).all(Action)
        assert (getattr(given_to, name), given_to.visibility) == ("ana", CUSTOMER)
        (kept,) = after(plan, first.build(plan, ALLIANCE)).all(Action)
        assert (getattr(kept, name), kept.visibility) == ("ana", ALLIANCE)


def test_nothing_is_asked_for_one_of_ours_nor_of_what_the_customer_sees_already() -> None:
    ask = ASKS[Action, "owner"]
    assert ask(plan_of(ANA, TASK), TASK.key, "P1", CONTEXT) is None
    assert ask(plan_of(ANA, TASK), TASK.key, None, CONTEXT) is None
    seen = replace(TASK, visibility=CUSTOMER)
    assert ask(plan_of(ANA, seen), TASK.key, "ana", CONTEXT) is None


# Figures that the customer has confirmed


TARGET = Target(id="t", title="One data centre", visibility=CUSTOMER, estimate=9, baseline=1, realised=5)
PROOF = Proof(id="p", text="Fourteen services tested", visibility=CUSTOMER, worth=250, party="ps")


def test_the_customer_sees_a_realised_value_once_it_is_confirmed() -> None:
    plan = plan_of(ANA, TARGET)
    (hidden,) = project(plan, CUSTOMER).all(Target)
    assert (hidden.title, hidden.baseline, hidden.realised, hidden.estimate) == (
        TARGET.title,
        None,
        None,
        None,
    )
    sure = with_set(plan, TARGET, "confirmed_by", "ana")
    (seen,) = project(sure, CUSTOMER).all(Target)
    assert (seen.baseline, seen.realised, seen.confirmed_by, seen.confirmed_on) == (1, 5, "ana", ON)
    assert seen.estimate is None
    (ours,) = project(plan, ALLIANCE).all(Target)
    assert ours.realised == 5


def test_a_step_tells_the_customer_nothing_of_a_figure_that_nobody_confirmed() -> None:
    plan = plan_of(ANA, TARGET)
    step = Step(tuple(set_value(plan, FieldRef(Target, ("t",), "realised"), "7k", CONTEXT)))
    then = apply(plan, step)
    assert describe(step, project(then, CUSTOMER)) == NOT_SHOWN
    assert describe(step, project(then, ALLIANCE)) == "«One data centre», realised"
    sure = with_set(then, TARGET, "confirmed_by", "ana")
    assert describe(step, project(sure, CUSTOMER)) == "«One data centre», realised"


def test_another_realised_value_has_to_be_confirmed_anew() -> None:
    sure = with_set(plan_of(ANA, TARGET), TARGET, "confirmed_on", "2026-06-01")
    (kept,) = with_set(sure, TARGET, "realised", "5").all(Target)
    assert kept.is_confirmed
    (target,) = with_set(sure, TARGET, "realised", "6k").all(Target)
    assert (target.realised, target.confirmed_on, target.is_confirmed) == (6000, None, False)
    (back,) = with_set(sure, TARGET, "confirmed_by", None).all(Target)
    assert back == TARGET


def test_nothing_is_confirmed_before_there_is_anything_nor_on_a_day_to_come() -> None:
    bare = replace(TARGET, realised=None)
    with pytest.raises(Refused, match="Nothing to confirm yet"):
        with_set(plan_of(ANA, bare), bare, "confirmed_by", "ana")
    with pytest.raises(Refused, match="10 Jun 2026 has not come yet"):
        with_set(plan_of(ANA, TARGET), TARGET, "confirmed_on", "2026-06-10")


def test_the_customer_sees_what_a_proof_is_worth_once_it_is_recognised() -> None:
    plan = plan_of(ANA, PROOF)
    (hidden,) = project(plan, CUSTOMER).all(Proof)
    assert (hidden.text, hidden.party, hidden.worth) == (PROOF.text, "ps", None)
    sure = with_set(plan, PROOF, "recognised_by", "ana")
    (seen,) = project(sure, CUSTOMER).all(Proof)
    assert (seen.worth, seen.recognised_by, seen.recognised_on) == (250, "ana", ON)
    for name, value in (("worth", "400"), ("text", "Twenty services tested")):
        (anew,) = with_set(sure, PROOF, name, value).all(Proof)
        assert not anew.is_recognised
    (back,) = with_set(sure, PROOF, "recognised_on", None).all(Proof)
    assert back == PROOF


def test_what_a_firm_alone_has_done_goes_with_that_firm() -> None:
    unlike = Difference(id="d", dimension=Dimension.PEOPLE, text="Engineers on site", party="ps", proof="p")
    ours = Proof(id="both", text="One plan")
    plan = plan_of(PROOF, unlike, ours)
    gone = after(plan, removal(plan, plan.where(Party, id="ps")[0]))
    assert (gone.all(Proof), gone.all(Difference)) == ((ours,), ())


# People who left, decisions that replace, risks, what was parked


def test_nobody_leaves_on_a_day_to_come_nor_comes_after_themselves() -> None:
    plan = plan_of(ANA, BO)
    with pytest.raises(Refused, match="has not come yet"):
        with_set(plan, ANA, "left_on", "2026-06-10")
    with pytest.raises(Refused, match="Nobody is their own successor"):
        with_set(plan, ANA, "successor", "ana")
    left = with_set(with_set(plan, ANA, "left_on", "2026-06-09"), ANA, "successor", "bo")
    assert left.where(Stakeholder, id="ana", left_on=ON, successor="bo")
    (known,) = as_known(left, ON - DAY).where(Stakeholder, id="ana")
    assert (known.left_on, known.successor) == (None, None)
    (seen,) = project(left, CUSTOMER).where(Stakeholder, id="ana")
    assert (seen.left_on, seen.successor) == (ON, None)


UNSEEN = "«Visits on Mondays» holds for others, who would not see this one"


def _decided(plan: AccountPlan, name: str) -> Decision:
    return plan.where(Decision, id=name)[0]


@pytest.mark.parametrize(
    ("old", "new", "is_refused"),
    [
        *((old, "ps", True) for old in (CUSTOMER, ALLIANCE, "tech")),
        *((old, new, False) for old in (CUSTOMER, ALLIANCE, "ps", "tech") for new in (CUSTOMER, ALLIANCE)),
        ("ps", "ps", False),
    ],
)
def test_what_a_firm_keeps_to_itself_replaces_nothing_that_others_see(
    old: str, new: str, *, is_refused: bool
) -> None:
    one = Decision(id="one", session="S1", text="Visits on Mondays", visibility=old)
    two = Decision(id="two", session="S1", text="Visits on Fridays", visibility=new)
    plan = plan_of(one, two)
    if is_refused:
        with pytest.raises(Refused, match=f"{UNSEEN}: show it to the alliance first"):
            with_set(plan, two, "replaces", "one")
    else:
        assert with_set(plan, two, "replaces", "one").where(Decision, id="two", replaces="one")


def test_who_sees_a_decision_is_not_changed_so_that_what_was_replaced_stands_on_for_somebody() -> None:
    one = Decision(id="one", session="S1", text="Visits on Mondays")
    two = Decision(id="two", session="S1", text="Visits on Fridays", replaces="one")
    with pytest.raises(Refused, match=f"{UNSEEN}: take out first what it replaces"):
        with_set(plan_of(one, two), two, "visibility", "ps")
    alone = plan_of(with_values(one, visibility="ps"), with_values(two, visibility="ps"))
    with pytest.raises(Refused, match="«Visits on Fridays» replaces this one, and others would not see it"):
        after(
            alone,
            set_value(
                alone, FieldRef(Decision, ("one",), "visibility"), ALLIANCE, replace(CONTEXT, audience="ps")
            ),
        )
    for name in ("two", "one"):
        alone = with_set(alone, _decided(alone, name), "visibility", ALLIANCE)
    shown = with_set(alone, _decided(alone, "two"), "visibility", CUSTOMER)
    assert [row.visibility for row in shown.all(Decision)] == [ALLIANCE, CUSTOMER]


def test_no_refusal_tells_of_a_decision_that_who_asks_does_not_see() -> None:
    one = Decision(id="one", session="S1", text="Ours alone", visibility="ps")
    two = Decision(id="two", session="S1", text="Visits on Fridays", replaces="one")
    assert _decided(with_set(plan_of(one, two), two, "visibility", "tech"), "two").visibility == "tech"


def test_no_decision_replaces_itself_be_it_by_way_of_others() -> None:
    one, two, three = (Decision(id=name, session="S1", text=name) for name in ("one", "two", "three"))
    plan = with_set(with_set(plan_of(one, two, three), two, "replaces", "one"), three, "replaces", "two")
    for value in ("one", "two", "three"):
        with pytest.raises(Refused, match="was replaced by this one"):
            with_set(plan, one, "replaces", value)
    gone = after(plan, removal(plan, plan.where(Decision, id="two")[0]))
    assert [row.replaces for row in gone.all(Decision)] == [None, None]


def test_a_risk_keeps_the_day_on_which_it_was_settled() -> None:
    risk = Risk(id="r", session="S1", text="The chair changes", likelihood=3, impact=2, visibility=CUSTOMER)
    plan = with_set(plan_of(risk), risk, "status", "realised")
    assert plan.where(Risk, status=RiskStatus.REALISED, settled_on=ON)
    assert as_known(plan, ON - DAY).all(Risk) == (risk,)
    assert with_set(plan, risk, "status", "open").all(Risk) == (risk,)
    (seen,) = project(plan, CUSTOMER).all(Risk)
    assert (seen.status, seen.likelihood, seen.impact, seen.settled_on) == (
        RiskStatus.REALISED,
        None,
        None,
        None,
    )


PARKED = Parking(id="k", session="S1", text="Whose paper")


@pytest.mark.parametrize(
    "row",
    [
        Action(id="x", session="S1", title="Agree whose paper it is"),
        Decision(id="x", session="S1", text="Ours"),
        Risk(id="x", session="S1", text="Nobody's"),
    ],
    ids=lambda row: row.VERBOSE_NAME,
)
def test_what_is_parked_becomes_one_thing(row: Action | Decision | Risk) -> None:
    plan = with_set(
        plan_of(PARKED, row, Decision(id="other", session="S1", text="Other")), PARKED, "dropped", value=True
    )
    (dropped,) = plan.all(Parking)
    assert dropped.dropped_on == ON
    plan = after(plan, become(dropped, "other", Decision))
    plan = after(plan, become(plan.all(Parking)[0], row.id, type(row)))
    (item,) = plan.all(Parking)
    assert outcome(plan, item) == row
    assert is_settled(item)
    assert not item.dropped
    assert (item.became, item.became_decision, item.became_risk).count(None) == 2
    (open_again,) = after(plan, removal(plan, row)).all(Parking)
    assert open_again == PARKED


def test_a_drop_and_a_withdrawal_keep_their_day() -> None:
    said = Answer(id="v", stakeholder="ana", text="Less to sign", heard_on=ON - 9 * DAY)
    plan = plan_of(ANA, TASK, said, PARKED)
    plan = with_set(plan, said, "status", "withdrawn")
    plan = with_set(plan, PARKED, "dropped", value=True)
    first = ASKS[Action, "status"](plan, TASK.key, "dropped", CONTEXT)
    assert first
    plan = after(plan, first.build(plan, "not needed"))
    assert plan.where(Action, status=ActionStatus.DROPPED, dropped_on=ON)
    assert plan.where(Answer, status=AnswerStatus.WITHDRAWN, withdrawn_on=ON)
    before = as_known(plan, ON - DAY)
    assert (before.all(Answer), before.all(Parking)) == ((said,), (PARKED,))
    dated = dated_by(plan, plan.sessions[1])
    assert dated.where(Action, status=ActionStatus.DROPPED, reason="not needed")
    again = with_set(plan, TASK, "status", "open")
    assert again.all(Action) == (TASK,)


def test_stages_are_kept_with_their_days() -> None:
    plan = plan_of()
    account = plan.account
    plan = with_set(plan, account, "stage", "nominated")
    assert plan.all(StageEntry) == ()
    first = ASKS[Account, "stage"](plan, account.key, "prospect", CONTEXT)
    assert first
    plan = after(plan, first.build(plan, "they called us"))
    (entry,) = plan.all(StageEntry)
    assert (entry.was, entry.stage, entry.on, entry.why) == (
        AccountStage.NOMINATED,
        AccountStage.PROSPECT,
        ON,
        "they called us",
    )
    assert as_known(plan, ON - DAY).account.stage is AccountStage.NOMINATED
    assert as_known(plan, ON).account.stage is AccountStage.PROSPECT


def test_a_steering_date_is_held_on_a_day_that_has_come() -> None:
    date = SteeringDate(id="s", on=ON)
    with pytest.raises(Refused, match="has not come yet"):
        with_set(plan_of(date), date, "held_on", "2026-06-10")
    assert with_set(plan_of(date), date, "held_on", "2026-06-09").where(SteeringDate, held_on=ON)


# Meetings with several people


MET = Meeting(id="m", on=ON)
WITH = tuple(MeetingStakeholder(meeting="m", stakeholder=who) for who in ("ana", "bo"))


def test_a_meeting_goes_with_the_last_of_theirs_who_was_there() -> None:
    plan = plan_of(ANA, BO, MET, *WITH)
    one_left = after(plan, removal(plan, ANA))
    assert (one_left.all(Meeting), one_left.all(MeetingStakeholder)) == ((MET,), WITH[1:])
    nobody = after(one_left, removal(one_left, BO))
    assert (nobody.all(Meeting), nobody.all(MeetingStakeholder)) == ((), ())
    both = after(plan, removal(plan, ANA, BO))
    assert both.all(Meeting) == ()


def test_what_the_journal_said_of_a_meeting_with_one_person_is_understood() -> None:
    row = {"id": "m", "rank": 0.0, "on": "2026-06-09", "stakeholder": "ana"}
    moved = {"set": "Meeting", "key": ["m"], "field": "stakeholder", "old": "ana", "new": "bo"}
    assert changes_from_json([{"add": "Meeting", "row": row}]) == (Add(MET), Add(WITH[0]))
    assert changes_from_json([{"remove": "Meeting", "row": row}]) == (Remove(WITH[0]), Remove(MET))
    assert changes_from_json([moved]) == (Remove(WITH[0]), Add(WITH[1]))
    nobody, several = {**moved, "old": None}, {**moved, "new": ["ana"]}
    for spoilt in (nobody, several, {"add": "Meeting", "row": {**row, "stakeholder": 1}}):
        with pytest.raises(Invalid):
            changes_from_json([spoilt])


@pytest.mark.parametrize("row", ["abc", ["id"], [["id", "b"], ["name", "x"]], [], 5, None])
def test_what_is_no_row_is_refused_as_such(row: Any) -> None:
    with pytest.raises((Invalid, TypeError)):
        changes_from_json([{"add": "Stakeholder", "row": row}])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("q3 2026", "2026-Q3"),
        ("2026q3", "2026-Q3"),
        ("2026 Q3", "2026-Q3"),
        ("2026-Q3", "2026-Q3"),
        (" 2027", "2027"),
    ],
)
def test_a_period_is_typed_as_people_say_it(typed: str, kept: str) -> None:
    assert validated(GrowthStep, {"id": "g", "period": typed, "what": "More"}).period == kept


@pytest.mark.parametrize("typed", ["q5 2026", "26-Q1", "soon", "0000", "2026-Q3x", ""])
def test_what_is_no_period_is_refused(typed: str) -> None:
    with pytest.raises(Invalid, match="Period"):
        validated(GrowthStep, {"id": "g", "period": typed, "what": "More"})
