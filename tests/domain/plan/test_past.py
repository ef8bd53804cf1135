"""What is dated later changes nothing that is worked out at a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.agreed import ACTION, CARRY, JUNE, MAY
from tests.domain.plans import ON, plan_of, plans, rows_of
from tests.domain.test_metrics import everything
from workshop_tui.domain.base.entity import Entity, value_type
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import (
    ActionStatus,
    AnswerStatus,
    ApproachKind,
    Direction,
    Sentiment,
    StepStatus,
)
from workshop_tui.domain.lifecycle.closing import confirm_line
from workshop_tui.domain.metrics import PlanMetrics
from workshop_tui.domain.model.account import Account, Gate
from workshop_tui.domain.model.actions import Action, ApproachStep, Carry
from workshop_tui.domain.model.discovery import Form
from workshop_tui.domain.model.people import Meeting, MeetingMember, Reading
from workshop_tui.domain.model.scorecard import Initiative, Review, ReviewLine, SteeringDate
from workshop_tui.domain.model.session import (
    Block,
    Decision,
    GapRule,
    Guest,
    Parking,
    Presence,
    Risk,
    Roti,
    Session,
)
from workshop_tui.domain.model.value import Answer, PropositionAnswer, TargetAnswer
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.past import CAME, SINCE, as_known
from workshop_tui.domain.plan.plan import KINDS, AccountPlan
from workshop_tui.domain.plan.step import Change, Refused, Step, apply
from workshop_tui.domain.rules.follow_through import carry_action, set_action_status
from workshop_tui.domain.rules.value import set_answer_status

LATER = st.dates(ON + dt.timedelta(1), dt.date(2026, 12, 31))
_DATED: tuple[type[Entity], ...] = (Session, Gate, Answer, Meeting, Review, ApproachStep)
_OF = {
    Session: (GapRule, Block, Reading, Presence, Action, Decision, Parking, Risk, Roti),
    Meeting: (MeetingMember,),
    Review: (ReviewLine,),
    Answer: (TargetAnswer, PropositionAnswer),
    Block: (Guest,),
}
"""Kind → kinds of rows that come with one."""
_BY = {Session: "session", Meeting: "meeting", Review: "review", Answer: "answer", Block: "block"}


@st.composite
def later_rows(draw: st.DrawFn) -> list[Entity]:
    """Rows that came about after the day, each with rows that belong to it."""
    found: list[Entity] = []
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(_DATED))
        row = with_values(draw(rows_of(kind)), **{CAME[kind]: draw(LATER).isoformat()})
        if isinstance(row, ApproachStep):
            row = with_values(row, status=draw(st.sampled_from(["done", "declined", "skipped"])))
        found += _with_its_own(draw, row if "id" not in kind.fields else with_values(row, id="later"))
    return found


def _with_its_own(draw: st.DrawFn, row: Entity) -> Iterable[Entity]:
    yield row
    for kind in _OF.get(type(row), ()):
        own = with_values(draw(rows_of(kind)), **{_BY[type(row)]: row.key[0]})
        yield from _with_its_own(draw, with_values(own, id="later") if "id" in kind.fields else own)


def shown(plan: AccountPlan, audience: str, of: AccountPlan) -> list[object]:
    """Every figure of the sessions and people of another plan."""
    figures = PlanMetrics(plan, project(plan, audience), ON)
    closing = ((figures.parked(held.id), figures.before_sealing(held.id)) for held in of.sessions)
    return [*everything(figures, of), figures.is_unproven, *closing]


@given(plans(), later_rows(), st.sampled_from(["alliance", "ps", "tech"]))
def test_rows_of_later_days_change_no_figure(plan: AccountPlan, later: list[Entity], audience: str) -> None:
    new = [row for row in later if plan.get(type(row), *row.key) is None]
    assert shown(AccountPlan.of([*plan, *new]), audience, plan) == shown(plan, audience, plan)


AGREED = (
    Session(id="S0", held_on=dt.date(2026, 3, 10)),
    Action(id="due", session="S0", title="Ask her once more", due=ON),
    Action(id="late", session="S0", title="Ask", owner="P1", accountable="P1", due=ON - dt.timedelta(1)),
    Answer(id="said", stakeholder="a", text="Less to sign"),
    Decision(id="made", session="S0", text="Lead with evidence"),
)


@given(plans(), LATER, st.data())
def test_what_is_done_on_later_days_changes_no_figure(
    plan: AccountPlan, day: dt.date, data: st.DataObject
) -> None:
    plan = AccountPlan.of([*plan, *AGREED, Session(id="S9", held_on=day)])
    stands = (ActionStatus.OPEN, ActionStatus.IN_PROGRESS, ActionStatus.BLOCKED)
    for row in (*plan.all(Action), *plan.all(Answer), *plan.all(Decision)):
        changes: tuple[Change, ...] = ()
        if isinstance(row, Action) and row.status in stands and row.done_on is None:
            due = data.draw(st.dates(ON, dt.date(2027, 1, 1)))
            carry = row.session != "S9" and data.draw(st.booleans())
            end = data.draw(st.sampled_from([ActionStatus.DONE, ActionStatus.DROPPED]))
            changes = _carried(plan, row, due) if carry else set_action_status(row, end, day, "not needed")
        elif isinstance(row, Answer) and row.status is AnswerStatus.HEARD and row.validated_on is None:
            sure = data.draw(st.sampled_from([AnswerStatus.VALIDATED, AnswerStatus.WITHDRAWN]))
            changes = set_answer_status(row, sure, day)
        elif isinstance(row, Decision) and row.confirmed_on is None:
            changes = confirm_line(row, day)
        after = apply(plan, Step(changes))
        assert shown(after, "alliance", plan) == shown(plan, "alliance", plan)
        plan = after


def _carried(plan: AccountPlan, action: Action, due: dt.date) -> tuple[Change, ...]:
    try:
        return carry_action(plan, action, due, "S9")
    except Refused:
        return ()


@given(plans())
def test_a_plan_without_anything_later_is_that_very_plan(plan: AccountPlan) -> None:
    assert as_known(plan, dt.date(2027, 1, 1)) is plan
    known = as_known(plan, ON)
    assert as_known(known, ON) == known


def test_the_whole_sample_is_known_on_its_day(sample: AccountPlan) -> None:
    assert as_known(sample, ON) is sample


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_date_says_when_a_row_came_or_what_happened_to_it(kind: type[Entity]) -> None:
    planned = {
        (Account, "as_of"),
        (Action, "due"),
        (Carry, "from_due"),
        (Carry, "to_due"),
        (Parking, "due"),
        (Risk, "due"),
        (SteeringDate, "on"),
        (Block, "started"),
    }
    dates = {name for name in kind.fields if value_type(kind, name) in {dt.date, dt.datetime}}
    known = {CAME.get(kind, ""), *SINCE.get(kind, {}), *(name for of, name in planned if of is kind)} - {""}
    assert dates == known


def test_the_arrow_is_judged_by_reviews_that_were_held_by_the_day() -> None:
    arrow = Initiative(id="i", title="Round table", actual=6, direction=Direction.UP)
    rows = [arrow, *_reviewed("r1", ON, 4), *_reviewed("r2", ON + dt.timedelta(1), 9)]
    plan = plan_of(*rows)
    rules = [gap.rule for gap in PlanMetrics(plan, project(plan, "ps"), ON).gaps]
    assert "direction_against_numbers" not in rules
    after = PlanMetrics(plan, project(plan, "ps"), ON + dt.timedelta(1)).gaps
    assert "direction_against_numbers" in [gap.rule for gap in after]


def _reviewed(review: str, on: dt.date, actual: float) -> tuple[Entity, ...]:
    return Review(id=review, on=on), ReviewLine(review=review, initiative="i", actual=actual)


def test_an_action_stands_as_it_did_before_it_was_carried_and_done() -> None:
    done = {"due": JUNE, "status": ActionStatus.DONE, "done_on": JUNE, "evidence": "a letter"}
    plan = plan_of(replace(ACTION, **done), CARRY)  # carried in session 2, on 9 June
    assert as_known(plan, MAY).get(Action, "a") == ACTION
    assert as_known(plan, MAY).all(Carry) == ()
    carried_only = as_known(plan, ON).get(Action, "a")
    assert carried_only == plan.get(Action, "a")


def test_an_action_without_a_date_has_none_before_the_session_that_gave_it_one() -> None:
    bare = replace(ACTION, due=None)
    changes = carry_action(plan_of(bare), bare, JUNE, "S2")
    assert as_known(apply(plan_of(bare), Step(changes)), MAY).get(Action, "a") == bare


def test_what_came_of_a_row_later_is_not_known_yet() -> None:
    held = [
        Parking(id="k", session="S1", text="Whose paper", became="b"),
        Action(id="b", session="S2", title="Agree whose paper it is"),
        with_values(ACTION, answer="v"),
        Answer(id="v", stakeholder="ana", text="Later", heard_on=ON),
        Form(party="ps", sent=ON),
    ]
    known = as_known(plan_of(*held), MAY)
    assert known.all(Answer) == ()
    assert {action.id: action.answer for action in known.all(Action)} == {"a": None}
    assert [item.became for item in known.all(Parking)] == [None]
    assert [form.sent for form in known.all(Form)] == [None]


def test_a_step_that_is_planned_for_later_is_known_and_one_that_is_done_later_is_not() -> None:
    steps = (
        ApproachStep(stakeholder="ana", step=ApproachKind.THREE_WAY, status=StepStatus.BOOKED, on=ON),
        ApproachStep(stakeholder="ana", step=ApproachKind.INTRODUCTION, status=StepStatus.DONE, on=ON),
    )
    assert as_known(plan_of(*steps), MAY).all(ApproachStep) == steps[:1]


def test_the_session_that_is_prepared_counts_however_late_it_is_planned() -> None:
    plan = plan_of(Action(id="a", session="S3", title="Prepare the room well"), *_read_in("S3"))
    assert as_known(plan, ON).all(Action) == ()
    assert [action.id for action in as_known(plan, ON, "S3").all(Action)] == ["a"]
    assert [reading.session for reading in as_known(plan, ON, "S3").all(Reading)] == ["S3"]
    figures = PlanMetrics(plan, project(plan, "ps"), ON, opened="S3")
    assert "action_no_owner" in [gap.rule for gap in figures.gaps]


def test_of_other_kinds_no_row_counts_for_having_the_id_of_the_session_that_is_prepared() -> None:
    plan = plan_of(Answer(id="S3", stakeholder="ana", text="Later", heard_on=dt.date(2026, 9, 1)))
    assert as_known(plan, ON, "S3").all(Answer) == ()


def _read_in(session: str) -> tuple[Entity, ...]:
    return (Reading(session=session, stakeholder="ana", toward="all", value=Sentiment.SUPPORTIVE),)
