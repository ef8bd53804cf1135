from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict, replace

from tests.domain.plans import FRAME, plan_of, plans, whole_plans
from workshop_tui.domain.base.entity import CUSTOMER_VISIBLE, WHOLE, Entity, marks, references
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action, Approach, Carry
from workshop_tui.domain.model.discovery import Bullet, Objective
from workshop_tui.domain.model.people import Reading, Relation, Stakeholder, Tie
from workshop_tui.domain.model.scorecard import Goal, ReviewLine
from workshop_tui.domain.model.session import Block, Decision, Guest, Parking, Seal, Session
from workshop_tui.domain.model.value import Answer, Contribution, Option, Proposition
from workshop_tui.domain.plan.audience import (
    hides_no_row,
    is_within,
    narrowest,
    project,
    sees,
    shows,
    shows_kind,
)
from workshop_tui.domain.plan.plan import KINDS, AccountPlan

AUDIENCES = st.sampled_from([CUSTOMER, ALLIANCE, "ps", "tech"])


def canary(kind: type[Entity], name: str) -> str:
    return f"canary-{kind.__name__}-{name}"


def canaries(kind: type[Entity]) -> list[str]:
    """The fields that can hold a canary: neither key nor reference, nor what orders and cuts."""
    ruled_out = {*kind.KEY, *references(kind), "visibility", "rank"}
    return [name for name in kind.fields if name not in ruled_out]


def full(kind: type[Entity], visibility: str = CUSTOMER) -> Entity:
    """A row with a canary in each field, of whatever type, keyed and referring by the id «customer»."""
    values = dict.fromkeys((*kind.KEY, *references(kind)), CUSTOMER)
    values |= {name: canary(kind, name) for name in canaries(kind)}
    row: Entity = kind(**values)
    return replace(row, visibility=visibility) if "visibility" in kind.fields else row


def said(plan: AccountPlan) -> str:
    return repr([asdict(row) for row in plan])


# What may be seen


@pytest.mark.parametrize(
    ("audience", "visible"),
    [
        (CUSTOMER, {CUSTOMER}),
        (ALLIANCE, {CUSTOMER, ALLIANCE}),
        ("ps", {CUSTOMER, ALLIANCE, "ps"}),
        ("tech", {CUSTOMER, ALLIANCE, "tech"}),
    ],
)
def test_rows_for_an_audience(audience: str, visible: set[str]) -> None:
    assert {v for v in (CUSTOMER, ALLIANCE, "ps", "tech") if sees(audience, v)} == visible


def test_a_field_without_a_mark_is_not_for_the_customer() -> None:
    assert shows(Stakeholder, "title", CUSTOMER)
    assert not shows(Stakeholder, "style", CUSTOMER)
    assert shows(Stakeholder, "style", ALLIANCE)
    assert shows(Stakeholder, "style", None)


def test_a_sealed_record_is_in_no_projection() -> None:
    assert [shows(Seal, "record", audience) for audience in (None, ALLIANCE, "ps", CUSTOMER)] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("kind", [Tie, Reading, Relation, Bullet, Option, Goal, ReviewLine, Carry])
def test_kinds_of_which_the_customer_sees_nothing(kind: type[Entity]) -> None:
    assert not shows_kind(kind, CUSTOMER)
    assert shows_kind(kind, ALLIANCE)


# Laws


@given(plans(), AUDIENCES)
def test_projecting_twice_is_projecting_once(plan: AccountPlan, audience: str) -> None:
    once = project(plan, audience)
    assert project(once, audience) == once


@given(plans(), AUDIENCES)
def test_a_projection_holds_no_row_that_is_not_for_its_audience(plan: AccountPlan, audience: str) -> None:
    for row in project(plan, audience):
        assert sees(audience, getattr(row, "visibility", audience))
        assert plan.get(type(row), *row.key)


@given(plans())
def test_the_customers_projection_holds_no_value_of_an_unmarked_field(plan: AccountPlan) -> None:
    for row in project(plan, CUSTOMER):
        unmarked = {n for n in type(row).fields if CUSTOMER_VISIBLE not in marks(type(row), n)}
        assert {getattr(row, n) for n in unmarked - {"rank", "visibility"}} <= {None, ""}


@given(whole_plans((Stakeholder, Approach, Action, Decision, Parking)), AUDIENCES)
def test_that_no_row_is_hidden_is_said_where_a_projection_holds_all_of_them(
    plan: AccountPlan, audience: str
) -> None:
    shown = project(plan, audience)
    cut = {kind: rows for kind, rows in plan.rows.items() if "visibility" in kind.fields}
    is_all = all(shown.rows.get(kind, {}).keys() == rows.keys() for kind, rows in cut.items())
    assert hides_no_row(plan, audience) is (is_all and audience != CUSTOMER)
    assert not hides_no_row(plan, "nobody")


@given(plans(), AUDIENCES)
def test_projecting_never_changes_the_plan_passed_in(plan: AccountPlan, audience: str) -> None:
    before = said(plan)
    project(plan, audience)
    assert said(AccountPlan(plan.rows)) == before


def test_no_canary_of_an_unmarked_field_comes_through() -> None:
    text = said(project(AccountPlan.of(map(full, KINDS)), CUSTOMER))
    for kind in KINDS:
        for name in canaries(kind):
            assert (canary(kind, name) in text) is (CUSTOMER_VISIBLE in marks(kind, name)), (kind, name)


@pytest.mark.parametrize("visibility", [ALLIANCE, "ps", "tech"])
def test_no_canary_of_a_row_that_is_not_for_the_customer_comes_through(visibility: str) -> None:
    kinds = [kind for kind in KINDS if "visibility" in kind.fields]
    plan = AccountPlan.of(full(kind, visibility) for kind in kinds)
    assert "canary" in said(plan)
    assert "canary" not in said(project(plan, CUSTOMER))


def test_a_partner_sees_all_fields_but_sealed_records() -> None:
    text = said(project(AccountPlan.of((*FRAME, *map(full, KINDS))), "ps"))
    for kind in KINDS:
        for name in canaries(kind):
            assert (canary(kind, name) in text) is (WHOLE not in marks(kind, name)), (kind, name)


# Rows and references


def test_a_reference_to_a_hidden_row_is_blank() -> None:
    ana = Stakeholder(id="ana", name="Ana", visibility="tech")
    bo = Stakeholder(id="bo", name="Bo", reports_to="ana")
    answer = Answer(id="v", stakeholder="ana", text="Because", visibility=ALLIANCE)
    action = Action(id="a", session="S1", title="Ask", stakeholder="ana", answer="v")
    view = project(plan_of(ana, bo, answer, action), "ps")
    assert view.where(Stakeholder) == (with_values(bo, reports_to=None),)
    assert view.all(Answer)[0].stakeholder == ""
    assert view.all(Action) == (with_values(action, stakeholder=None),)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("a customer", "a"),
        ("a customer, b customer a", "a b"),
        ("a customer, b alliance a", ""),
        ("a customer, b ps a", ""),
        ("a customer, b alliance a, c customer b", "c"),
        ("a customer, b customer a, c alliance b", ""),
        ("a customer, b alliance a, c customer a", "a c"),
    ],
)
def test_the_customer_is_told_no_decision_that_one_they_do_not_see_has_replaced(rows: str, told: str) -> None:
    made = [
        Decision(
            id=name, rank=n, session="S1", text=name, visibility=visibility, replaces=next(iter(old), None)
        )
        for n, (name, visibility, *old) in enumerate(row.split() for row in rows.split(","))
    ]
    plan = plan_of(Session(id="S1", held_on=dt.date(2026, 6, 9)), *made)
    assert [row.id for row in project(plan, CUSTOMER).all(Decision)] == told.split()
    assert len(project(plan, "ps").all(Decision)) == len(made)


def test_rows_keyed_by_a_hidden_row_are_gone() -> None:
    rows = (
        Stakeholder(id="ana", name="Ana", visibility="tech"),
        Reading(session="S1", stakeholder="ana", toward="all"),
        Tie(stakeholder="ana", party="ps", owner="P1"),
        Proposition(id="p", together="Both", visibility="tech"),
        Contribution(proposition="p", party="ps", brings="Design"),
        Block(id="b", session="S1", kind=BlockKind.VALUE, title="Value", visibility="tech"),
        Guest(block="b", stakeholder="ana"),
    )
    assert project(plan_of(*rows), "ps") == AccountPlan(plan_of().rows, "ps")
    assert project(plan_of(*rows), "tech") == AccountPlan(plan_of(*rows).rows, "tech")


def test_an_audience_that_is_no_partner_gets_what_the_customer_gets() -> None:
    plan = plan_of(Objective(id="o", text="Internal"))
    assert project(plan, "custommer") == project(plan, CUSTOMER)
    assert project(plan, "custommer").audience == CUSTOMER


def test_the_customer_sees_who_was_there_and_how_to_write_to_them_but_no_rate() -> None:
    plan = AccountPlan.of((*FRAME, Member(id="X", party="ps", name="Xenia", rate=320, email="x@example.org")))
    seen = project(plan, CUSTOMER).get(Member, "X")
    assert seen is not None
    assert (seen.name, seen.rate, seen.email) == ("Xenia", None, "x@example.org")


# The sample


def test_the_customers_view_of_the_sample(sample: AccountPlan) -> None:
    view = project(sample, CUSTOMER)
    assert {row.id for row in view.all(Answer)} == {"V01", "V03", "V04", "V05", "V06"}
    assert {row.id for row in view.all(Action)} == {"A07", "A08", "A11"}
    assert {type(row).__name__ for row in view} <= {
        *("Account", "Party", "Member", "Stakeholder", "Question", "Answer", "Target", "TargetAnswer"),
        *("Proposition", "Contribution", "PropositionAnswer", "Action", "Objective"),
        *("Session", "Block", "Presence", "Guest", "Decision", "Parking", "Risk"),
    }
    assert {row.gains for row in view.all(Contribution)} == {""}
    assert {row.theme for row in view.all(Answer)} == {""}
    ours = ("style", "influence", "interest", "authority", "role")
    assert {getattr(row, name) for row in view.all(Stakeholder) for name in ours} == {None}


@pytest.mark.parametrize(
    ("audience", "answers", "actions"),
    [("ps", {"V09"}, {"A09"}), ("tech", set[str](), {"A10"})],
)
def test_what_the_sample_hides_from_a_partner(
    sample: AccountPlan, audience: str, answers: set[str], actions: set[str]
) -> None:
    view = project(sample, audience)
    hidden_answers = {row.id for row in sample.all(Answer)} - {row.id for row in view.all(Answer)}
    hidden_actions = {row.id for row in sample.all(Action)} - {row.id for row in view.all(Action)}
    assert (hidden_answers, hidden_actions) == (answers, actions)


def test_a_session_shows_the_customer_its_date_alone() -> None:
    held = Session(id="S9", held_on=dt.date(2026, 1, 1), purpose="Win", playbook="half-day", audience="ps")
    seen = project(plan_of(held), CUSTOMER).get(Session, "S9")
    assert seen is not None
    assert {name: value for name, value in seen.plain().items() if value not in {None, ""}} == {
        "id": "S9",
        "rank": 0.0,
        "held_on": "2026-01-01",
    }


@given(st.frozensets(AUDIENCES, min_size=1), st.sampled_from([CUSTOMER, ALLIANCE, "ps", "tech"]))
def test_the_narrowest_audience_sees_what_each_does_and_nothing_else(
    audiences: frozenset[str], visibility: str
) -> None:
    assert sees(narrowest(audiences), visibility) == all(sees(each, visibility) for each in audiences)


@given(AUDIENCES, AUDIENCES)
def test_an_audience_is_within_another_when_it_sees_nothing_that_that_one_does_not(
    one: str, widest: str
) -> None:
    sees_more = any(sees(one, v) and not sees(widest, v) for v in (CUSTOMER, ALLIANCE, "ps", "tech"))
    assert is_within(one, widest) is not sees_more
    assert is_within(one, "")


def test_where_no_audience_is_known_the_customer_may_look() -> None:
    assert narrowest(()) == CUSTOMER
