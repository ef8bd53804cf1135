from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

from tests.domain.plans import FRAME, PARTIES, plan_of, plans
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ApproachKind, BlockKind, RelationKind, SteeringRole
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.actions import Action, Approach, ApproachStep, Carry
from workshop_tui.domain.model.discovery import Bullet, Objective
from workshop_tui.domain.model.people import (
    Meeting,
    MeetingMember,
    MeetingStakeholder,
    Reading,
    Relation,
    Stakeholder,
    Tie,
)
from workshop_tui.domain.model.scorecard import Initiative, Review, ReviewLine, SteeringSeat
from workshop_tui.domain.model.session import Block, Guest, Presence, Roti, Session
from workshop_tui.domain.model.value import Answer, Contribution, Proposition, PropositionAnswer
from workshop_tui.domain.plan.plan import (
    KINDS,
    AccountPlan,
    audiences,
    dependents,
    display_name,
    must_go_with,
    problems,
    rank_after,
    reports_to_themselves,
)

DAY = dt.date(2026, 1, 1)
ANA = Stakeholder(id="ana", name="Ana", rank=2)
BO = Stakeholder(id="bo", name="Bo", rank=1, reports_to="ana")
CY = Stakeholder(id="cy", name="Cy", rank=1, reports_to="bo")


# Look-ups


def test_rows_stand_in_their_order() -> None:
    assert plan_of(ANA, CY, BO).all(Stakeholder) == (BO, CY, ANA)
    assert plan_of().all(Stakeholder) == ()


def test_a_row_is_found_by_its_key_and_by_its_values() -> None:
    tie = Tie(stakeholder="ana", party="ps")
    plan = plan_of(ANA, BO, CY, tie)
    assert plan.get(Tie, "ana", "ps") == tie
    assert plan.get(Tie, "ana", "tech") is None
    assert plan.get(Stakeholder, None) is None
    assert plan.where(Stakeholder, reports_to="ana") == (BO,)
    assert plan.where(Stakeholder, rank=1.0, reports_to="bo") == (CY,)
    assert plan.where(Tie, stakeholder="bo") == ()


def test_the_last_of_two_rows_with_one_key_wins() -> None:
    assert AccountPlan.of([ANA, with_values(ANA, name="Anna")]).all(Stakeholder)[0].name == "Anna"


def test_a_kind_without_rows_is_no_difference() -> None:
    assert AccountPlan({**plan_of(ANA).rows, Tie: {}}) == plan_of(ANA)
    assert AccountPlan(plan_of(ANA).rows, "ps") != plan_of(ANA)
    assert plan_of(ANA) != plan_of(BO)


@given(plans())
def test_all_rows_come_out_kind_by_kind(plan: AccountPlan) -> None:
    rows = list(plan)
    assert AccountPlan.of(rows) == plan
    assert [KINDS.index(type(row)) for row in rows] == sorted(KINDS.index(type(row)) for row in rows)


def test_sessions_are_numbered_by_date() -> None:
    early = Session(id="S0", held_on=DAY, rank=9)
    plan = plan_of(early)
    assert [plan.number_of(s) for s in ("S0", "S1", "S2", "S3", "none")] == [1, 2, 3, 4, 0]
    assert plan.before(plan.sessions[1]) == early
    assert plan.before(early) is None


def test_the_parties() -> None:
    plan = plan_of()
    assert plan.account == FRAME[0]
    assert plan.partners == PARTIES[1:]
    assert audiences(plan) == ("alliance", "ps", "tech", "customer")


# What rows are called


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (ANA, "Ana"),
        (PARTIES[1], "One"),
        (Session(id="S2", held_on=dt.date(2026, 6, 9)), "session 2"),
        (Tie(stakeholder="ana", party="ps"), "Ana"),
        (Reading(session="S1", stakeholder="ana", toward="all"), "Ana"),
        (Presence(session="S1", member="P1"), "Member of one"),
        (Guest(block="b", stakeholder="ana"), "Ana"),
        (Relation(source="bo", target="ana", kind=RelationKind.ALLIED), "Bo"),
        (MeetingMember(meeting="m", member="P1"), "Member of one"),
        (Carry(action="a", session="S2", from_due=DAY, to_due=DAY), "Ask her once more"),
        (Contribution(proposition="p", party="ps"), "One"),
        (PropositionAnswer(proposition="p", answer="v"), "Because"),
        (Proposition(id="p"), "proposition"),
        (ApproachStep(stakeholder="ana", step=ApproachKind.PIPELINE), "Ana"),
        (ReviewLine(review="r", initiative="i", actual=1), "Round table"),
        (Roti(session="S1", seat="1", score=3), "session 1"),
        (Meeting(id="m", on=DAY), "Ana, Bo"),
        (MeetingStakeholder(meeting="m", stakeholder="bo"), "Bo"),
        (Meeting(id="m2", on=DAY), "meeting"),
        (SteeringSeat(id="chair", role=SteeringRole.CHAIR, person="bo"), "Bo"),
        (SteeringSeat(id="chair", role=SteeringRole.CHAIR, person="P1"), "Member of one"),
    ],
)
def test_a_row_is_called_by_its_own_words_or_by_what_it_is_about(row: Entity, name: str) -> None:
    plan = plan_of(
        ANA,
        BO,
        Block(id="b", session="S1", kind=BlockKind.VALUE, title="Value"),
        Meeting(id="m", on=DAY),
        MeetingStakeholder(meeting="m", stakeholder="ana"),
        MeetingStakeholder(meeting="m", stakeholder="bo"),
        Action(id="a", session="S1", title="Ask her once more"),
        Answer(id="v", stakeholder="ana", text="Because"),
        Proposition(id="p", together="Both"),
        Approach(stakeholder="ana"),
        Initiative(id="i", title="Round table"),
        Review(id="r", on=DAY),
    )
    assert display_name(plan, row) == name


def test_the_name_of_what_is_not_there_is_empty() -> None:
    assert plan_of(ANA).name_of(Stakeholder, "ana") == "Ana"
    assert plan_of().name_of(Stakeholder, "ana") == ""
    assert plan_of().name_of(Stakeholder, None) == ""


def test_a_row_is_put_behind_the_others() -> None:
    assert rank_after([]) == 1
    assert rank_after([ANA, BO]) == 3


# Wholeness


def test_the_sample_is_whole(sample: AccountPlan) -> None:
    assert list(problems(sample)) == []


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ((BO,), "Reports to of stakeholder bo names «ana», which is no stakeholder here."),
        (
            (Tie(stakeholder="ana", party="ps"),),
            "Stakeholder of tie ana/ps names «ana», which is no stakeholder here.",
        ),
        (
            (Member(id="X1", party="other", name="Xenia"),),
            "Partner of team member X1 names «other», which is no party here.",
        ),
        (
            (Objective(id="o", text="Grow", visibility="other"),),
            "objective o is visible to «other»: use customer, alliance or a partner's id.",
        ),
        (
            (ANA, Reading(session="S1", stakeholder="ana", toward="customer")),
            "sentiment S1/ana/customer is toward «customer»: use all or a partner's id.",
        ),
        (
            (with_values(ANA, reports_to="bo"), BO),
            "Bo reports to themselves by way of others: give one of them another manager.",
        ),
        (
            (with_values(ANA, reports_to="ana"),),
            "Ana reports to themselves by way of others: give one of them another manager.",
        ),
        (
            (Party(id="alliance", name="Third", short="Third"),),
            "A partner has the id «alliance», which means all partners: give it another.",
        ),
        (
            (Account(id="other", name="Other"),),
            "There are 2 accounts: an account plan holds exactly one.",
        ),
    ],
)
def test_what_keeps_a_plan_from_being_whole(rows: tuple[Entity, ...], says: str) -> None:
    assert list(problems(plan_of(*rows))) == [says]


def test_a_plan_without_an_account_is_not_whole() -> None:
    assert list(problems(AccountPlan())) == ["There are 0 accounts: an account plan holds exactly one."]


def test_only_who_stands_in_a_circle_reports_to_themselves() -> None:
    plan = plan_of(with_values(ANA, reports_to="bo"), BO, CY)
    assert [reports_to_themselves(plan, person) for person in ("ana", "bo", "cy", "gone")] == [
        True,
        True,
        False,
        False,
    ]


# Dependents


def test_who_refers_to_a_person() -> None:
    answer = Answer(id="v", stakeholder="ana", text="Because")
    plan = plan_of(ANA, BO, CY, answer)
    assert list(dependents(plan, ANA)) == [(BO, "reports_to"), (answer, "stakeholder")]
    assert not must_go_with(Stakeholder, "reports_to")
    assert must_go_with(Answer, "stakeholder")
    assert must_go_with(Tie, "stakeholder")


def test_what_only_a_partner_sees_and_feels_depends_on_it() -> None:
    secret = Bullet(id="b", party="ps", text="Ours", visibility="tech")
    reading = Reading(session="S1", stakeholder="ana", toward="tech")
    members = [row for row in FRAME if isinstance(row, Member) and row.party == "tech"]
    found = list(dependents(plan_of(ANA, secret, reading), PARTIES[2]))
    assert found == [(*members, "party"), (secret, "visibility"), (reading, "toward")]
