from __future__ import annotations

import datetime as dt
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.plans import ON, plan_of
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, ApproachKind, StepStatus
from workshop_tui.domain.model.actions import Action, Approach, ApproachStep
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Changes, Refused, Step, apply
from workshop_tui.domain.rules.approach import (
    action_out_of,
    action_title,
    actions_out_of,
    begin_approach,
    can_be_actions,
    doubt,
    in_the_way,
    set_step_date,
    set_step_status,
    step_of,
)

TEST, INTRODUCTION, THREE_WAY, PIPELINE = ApproachKind
TODO, BOOKED, DONE, DECLINED, SKIPPED = StepStatus
ANA = Stakeholder(id="ana", name="Ana Pires")
LATER = ON + dt.timedelta(days=14)


def plan_with(*rows: Entity) -> AccountPlan:
    return plan_of(ANA, Approach(stakeholder="ana", lead="P1"), *rows)


def step(
    kind: ApproachKind, status: StepStatus, on: dt.date | None = None, override: str = ""
) -> ApproachStep:
    return ApproachStep(stakeholder="ana", step=kind, status=status, on=on, override=override)


def after(plan: AccountPlan, changes: Changes) -> AccountPlan:
    return apply(plan, Step(tuple(changes)))


def ids() -> str:
    return f"n{next(_COUNT)}"


_COUNT = count()


def test_done_fills_in_today_and_keeps_a_day_that_has_come() -> None:
    plan = plan_with(step(INTRODUCTION, BOOKED, LATER), step(PIPELINE, BOOKED, dt.date(2026, 5, 1)))
    for kind, day in ((TEST, ON), (INTRODUCTION, ON), (PIPELINE, dt.date(2026, 5, 1))):
        now = step_of(after(plan, set_step_status(plan, "ana", kind, DONE, ON)), "ana", kind)
        assert (now.status, now.on) == (DONE, day)
    booked = after(plan, set_step_status(plan, "ana", TEST, BOOKED, ON))
    assert step_of(booked, "ana", TEST) == step(TEST, BOOKED)
    booked = after(plan, set_step_status(plan, "ana", TEST, BOOKED, ON, on=LATER))
    assert step_of(booked, "ana", TEST) == step(TEST, BOOKED, LATER)


@pytest.mark.parametrize("introduction", [None, TODO, BOOKED, DECLINED, SKIPPED])
def test_a_three_way_meeting_is_not_done_before_an_introduction_without_a_reason(
    introduction: StepStatus | None,
) -> None:
    plan = plan_with(*([step(INTRODUCTION, introduction)] if introduction else []))
    assert in_the_way(plan, "ana", THREE_WAY, DONE) == "no introduction is done yet"
    for reason in (None, "", "  "):
        with pytest.raises(Refused, match="no introduction is done yet: say in a few words why"):
            set_step_status(plan, "ana", THREE_WAY, DONE, ON, reason=reason)
    held = after(plan, set_step_status(plan, "ana", THREE_WAY, DONE, ON, reason=" They met at a fair "))
    assert step_of(held, "ana", THREE_WAY) == step(THREE_WAY, DONE, ON, "They met at a fair")
    assert set_step_status(held, "ana", THREE_WAY, DONE, ON) == ()
    undone = after(held, set_step_status(held, "ana", THREE_WAY, BOOKED, ON))
    assert step_of(undone, "ana", THREE_WAY).override == ""


def test_after_an_introduction_no_reason_is_asked_for_or_kept() -> None:
    plan = plan_with(step(INTRODUCTION, DONE, ON))
    held = after(plan, set_step_status(plan, "ana", THREE_WAY, DONE, ON, reason="not needed"))
    assert step_of(held, "ana", THREE_WAY) == step(THREE_WAY, DONE, ON)
    with pytest.raises(Refused, match="stays done, as the three-way meeting rests on it: set that"):
        set_step_status(held, "ana", INTRODUCTION, TODO, ON)
    overridden = plan_with(step(INTRODUCTION, DONE, ON), step(THREE_WAY, DONE, ON, "a fair"))
    taken_back = after(overridden, set_step_status(overridden, "ana", INTRODUCTION, TODO, ON))
    assert step_of(taken_back, "ana", INTRODUCTION).status is TODO
    bare = after(overridden, set_step_status(overridden, "ana", THREE_WAY, DONE, ON, reason=""))
    assert step_of(bare, "ana", THREE_WAY).override == ""


def test_a_step_that_is_done_has_no_day_to_come() -> None:
    plan = plan_with(step(TEST, DONE, ON))
    with pytest.raises(Refused, match="23 Jun 2026 has not come yet: set it to booked first"):
        set_step_date(plan, "ana", TEST, LATER, ON)
    assert step_of(after(plan, set_step_date(plan, "ana", PIPELINE, LATER, ON)), "ana", PIPELINE).on == LATER
    assert step_of(after(plan, set_step_date(plan, "ana", TEST, None, ON)), "ana", TEST).on is None


def test_booked_without_a_day_or_for_a_day_gone_by_is_doubtful() -> None:
    plan = plan_with(
        step(THREE_WAY, BOOKED),
        step(TEST, BOOKED, dt.date(2026, 6, 8)),
        step(PIPELINE, BOOKED, ON),
        step(INTRODUCTION, TODO),
    )
    assert {kind: doubt(step_of(plan, "ana", kind), ON) for kind in ApproachKind} == {
        TEST: "booked for 8 Jun 2026: was it held?",
        THREE_WAY: "booked, but for which day?",
        PIPELINE: "",
        INTRODUCTION: "",
    }


def test_an_approach_begins_among_the_alliance_and_one_firms_is_not_written_over() -> None:
    bare = plan_of(ANA)
    assert [c.row for c in begin_approach(bare, "ana")] == [Approach(stakeholder="ana")]  # type: ignore[union-attr]
    own = plan_of(ANA, Approach(stakeholder="ana", visibility="ps"))
    assert begin_approach(own, "ana", "ps") == ()
    for plan, audience in ((bare, "ps"), (bare, "tech"), (own, "tech")):
        with pytest.raises(Refused, match="An approach is of both firms: begin it while the alliance looks"):
            begin_approach(plan, "ana", audience)
    with pytest.raises(Refused, match="brought in for one partner alone"):
        begin_approach(own, "ana")


def test_a_booked_step_becomes_an_action_once() -> None:
    plan = plan_with(step(THREE_WAY, BOOKED, LATER))
    (made,) = after(plan, actions_out_of(plan, can_be_actions(plan, "ana"), "S2", ids)).all(Action)
    assert made.plain() == {
        **Action(id=made.id, session="S2", title="Three-way meeting with Ana Pires", rank=1).plain(),
        "owner": "P1",
        "due": "2026-06-23",
        "stakeholder": "ana",
        "step": "three_way",
        "milestone": "Three-way meeting",
    }
    again = plan_of(*plan, made)
    (booked,) = can_be_actions(again, "ana")
    assert action_out_of(again, booked) == made
    with pytest.raises(Refused, match="«Three-way meeting with Ana Pires» is an open action already"):
        actions_out_of(again, [booked], "S2", ids)
    settled = plan_of(*plan, with_values(made, status="done"))
    assert actions_out_of(settled, [booked], "S2", ids)
    with pytest.raises(Refused, match="No step is booked"):
        actions_out_of(again, [], "S2", ids)


def test_only_what_lies_ahead_becomes_an_action() -> None:
    plan = plan_with(
        step(PIPELINE, TODO), step(THREE_WAY, TODO, LATER), step(INTRODUCTION, BOOKED), step(TEST, DONE, ON)
    )
    steps = can_be_actions(plan, "ana")
    assert [known.step for known in steps] == [INTRODUCTION, THREE_WAY]
    made = after(plan, actions_out_of(plan, steps, "S2", ids)).all(Action)
    assert [(action.title, action.due) for action in made] == [
        ("Introduction to Ana Pires", None),
        ("Three-way meeting with Ana Pires", LATER),
    ]


def test_an_action_is_seen_by_whoever_sees_the_approach() -> None:
    booked = step(TEST, BOOKED, LATER)
    for kept, audience, seen_by in (
        (ALLIANCE, ALLIANCE, ALLIANCE),
        (ALLIANCE, "ps", "ps"),
        ("ps", "ps", "ps"),
    ):
        plan = plan_of(ANA, Approach(stakeholder="ana", visibility=kept), booked)
        (made,) = after(plan, actions_out_of(plan, [booked], "S2", ids, audience)).all(Action)
        assert (made.visibility, made.owner) == (seen_by, None)


def test_whoever_is_still_to_be_named_goes_by_the_title() -> None:
    chair = Stakeholder(id="ana", name="To be named", title="Chair of the Board", placeholder=True)
    assert action_title(plan_of(chair), step(INTRODUCTION, BOOKED)) == "Introduction to Chair of the Board"


def test_the_booked_steps_of_the_sample(sample: AccountPlan) -> None:
    booked = sample.where(ApproachStep, status=BOOKED)
    made = actions_out_of(sample, booked, "S2", ids)
    assert [(c.row.title, c.row.owner, str(c.row.due)) for c in made] == [  # type: ignore[union-attr]
        ("Three-way meeting with Priya Vantongeren", "P2", "2026-06-23"),
        ("Introduction to Elena Marchetti-Roe", "T1", "2026-06-18"),
    ]
    assert len(after(sample, made).all(Action)) == len(sample.all(Action)) + 2
    assert not any(doubt(known, ON) for known in booked)


TYPED = st.tuples(
    st.sampled_from(ApproachKind),
    st.sampled_from(StepStatus),
    st.sampled_from([None, "", "They met at a fair"]),
)


@settings(max_examples=60)
@given(st.lists(TYPED, max_size=12))
def test_whatever_is_set_a_three_way_meeting_rests_on_an_introduction_or_a_reason(
    typed: list[tuple[ApproachKind, StepStatus, str | None]],
) -> None:
    plan = plan_with()
    for kind, status, reason in typed:
        said = in_the_way(plan, "ana", kind, status)
        kept = step_of(plan, "ana", kind).override if reason is None else reason
        try:
            plan = after(plan, set_step_status(plan, "ana", kind, status, ON, reason=reason))
        except Refused:
            assert said
        else:
            assert not said or kept
            assert step_of(plan, "ana", kind).status is status
        three_way = step_of(plan, "ana", THREE_WAY)
        is_introduced = step_of(plan, "ana", INTRODUCTION).status is DONE
        assert three_way.status is not DONE or is_introduced or three_way.override
        assert three_way.status is DONE or not three_way.override
        assert all(known.on for known in plan.where(ApproachStep, status=DONE))
