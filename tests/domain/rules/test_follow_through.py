"""What became of the actions that were agreed, as a whole, by firm and by owner."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.agreed import ACTION, AUGUST, CARRY, JULY, JUNE, MAY
from tests.domain.plans import ON, plan_of, plans
from workshop_tui.domain.base.vocabulary import ActionStatus
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.follow_through import (
    FollowThrough,
    by_owner,
    by_side,
    first_due,
    tally,
)
from workshop_tui.domain.rules.people import side_of


def made_in(plan: AccountPlan, session: str, on: dt.date) -> FollowThrough:
    return tally(plan, plan.where(Action, session=session), on)


def test_the_follow_through_of_the_sample(sample: AccountPlan) -> None:
    kept = made_in(sample, "S1", ON)
    assert kept == FollowThrough(due=6, dropped=1, on_time=3, late=1, overdue=1)
    assert (kept.on_time_rate, kept.done_rate) == (0.6, 0.8)
    fresh = made_in(sample, "S2", ON)
    assert fresh == FollowThrough(0, 0, 0, 0, 0)
    assert fresh.on_time_rate is fresh.done_rate is None


def test_what_became_of_each_action_of_the_first_session_of_the_sample(sample: AccountPlan) -> None:
    fates: dict[str, list[str]] = {}
    for action in sample.where(Action, session="S1"):
        kept = tally(sample, [action], ON)
        (fate,) = (name for name in ("dropped", "on_time", "late", "overdue") if getattr(kept, name))
        fates.setdefault(fate, []).append(action.id)
    assert fates == {
        "on_time": ["A01", "A03", "A06"],
        "late": ["A02"],
        "overdue": ["A04"],
        "dropped": ["A05"],
    }
    (carry,) = sample.where(Carry, action="A04")
    assert (carry.from_due, carry.to_due) == (dt.date(2026, 5, 1), dt.date(2026, 6, 19))
    assert [action.reason for action in sample.all(Action) if action.reason] == [
        "Customer asked for quiet until the tests pass"
    ]


@pytest.mark.parametrize(
    ("status", "due", "done_on", "fate"),
    [
        (ActionStatus.OPEN, None, None, None),
        (ActionStatus.OPEN, JULY, None, None),
        (ActionStatus.DONE, JULY, MAY, None),
        (ActionStatus.OPEN, ON, None, "overdue"),
        (ActionStatus.OPEN, MAY, None, "overdue"),
        (ActionStatus.BLOCKED, MAY, None, "overdue"),
        (ActionStatus.IN_PROGRESS, MAY, None, "overdue"),
        (ActionStatus.DONE, MAY, MAY, "on_time"),
        (ActionStatus.DONE, MAY, JUNE, "late"),
        (ActionStatus.DONE, MAY, JULY, "overdue"),
        (ActionStatus.DONE, MAY, None, "late"),
        (ActionStatus.DROPPED, MAY, None, "dropped"),
        (ActionStatus.DROPPED, JULY, None, None),
    ],
)
def test_what_became_of_an_action(
    status: ActionStatus, due: dt.date | None, done_on: dt.date | None, fate: str | None
) -> None:
    action = Action(id="a", session="S1", title="Ask", status=status, due=due, done_on=done_on)
    kept = made_in(plan_of(action), "S1", ON)
    counts = {name: getattr(kept, name) for name in ("dropped", "on_time", "late", "overdue")}
    assert {name for name, count in counts.items() if count} == ({fate} if fate else set())
    assert kept.due == bool(fate)


def test_a_carried_action_is_judged_by_the_date_first_agreed() -> None:
    later = Carry(action="a", session="S3", from_due=JUNE, to_due=AUGUST)
    action = replace(ACTION, due=AUGUST)
    plan = plan_of(action, later, CARRY)
    assert first_due(plan, action) == MAY
    assert made_in(plan, "S1", ON).overdue == 1
    assert first_due(plan_of(ACTION), ACTION) == MAY


def test_the_sample_by_firm_and_by_owner(sample: AccountPlan) -> None:
    actions = sample.where(Action, session="S1")
    assert by_side(sample, actions, ON) == {
        "ps": FollowThrough(3, 0, 3, 0, 0),
        "tech": FollowThrough(3, 1, 0, 1, 1),
    }
    assert by_owner(sample, actions, ON) == {
        "P2": FollowThrough(1, 0, 1, 0, 0),
        "P3": FollowThrough(1, 0, 1, 0, 0),
        "P4": FollowThrough(1, 0, 1, 0, 0),
        "T2": FollowThrough(2, 0, 0, 1, 1),
        "T3": FollowThrough(1, 1, 0, 0, 0),
    }


def test_what_became_of_it_at_an_earlier_date(sample: AccountPlan) -> None:
    assert made_in(sample, "S1", dt.date(2026, 3, 31)) == FollowThrough(2, 0, 1, 0, 1)
    assert made_in(sample, "S1", dt.date(2026, 4, 30)) == FollowThrough(3, 0, 2, 1, 0)
    assert made_in(sample, "S1", dt.date(2026, 3, 1)) == FollowThrough(0, 0, 0, 0, 0)


def test_what_nobody_owns_is_nobodys() -> None:
    plan = plan_of(ACTION)
    nobody = {"": FollowThrough(1, 0, 0, 0, 1)}
    assert by_owner(plan, [ACTION], ON) == by_side(plan, [ACTION], ON) == nobody
    gone = replace(ACTION, owner="x")
    assert by_side(plan_of(gone), [gone], ON) == nobody


@given(plans(), st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
def test_the_shares_of_owners_and_firms_sum_to_the_whole(plan: AccountPlan, on: dt.date) -> None:
    actions = plan.all(Action)
    whole = tally(plan, actions, on)
    names = ("due", "dropped", "on_time", "late", "overdue")
    for shares in (by_owner(plan, actions, on), by_side(plan, actions, on)):
        for name in names:
            assert sum(getattr(share, name) for share in shares.values()) == getattr(whole, name)


def test_the_customers_actions_are_its_side() -> None:
    ours = replace(ACTION, owner="P1")
    theirs = replace(ACTION, id="b", owner="ana")
    plan = plan_of(Stakeholder(id="ana", name="Ana"), ours, theirs)
    one = FollowThrough(1, 0, 0, 0, 1)
    assert by_side(plan, plan.all(Action), ON) == {"ps": one, "customer": one}
    assert by_owner(plan, plan.all(Action), ON) == {"P1": one, "ana": one}


def test_what_was_dropped_later_was_not_dropped_yet() -> None:
    dropped = replace(ACTION, status=ActionStatus.DROPPED, reason="no", dropped_on=ON)
    assert tally(plan_of(dropped), [dropped], ON) == FollowThrough(1, 1, 0, 0, 0)
    assert tally(plan_of(dropped), [dropped], ON - dt.timedelta(1)) == FollowThrough(1, 0, 0, 0, 1)


@given(plans(), st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
def test_a_side_is_the_sum_of_its_owners(plan: AccountPlan, on: dt.date) -> None:
    actions = plan.all(Action)
    owners, sides = by_owner(plan, actions, on), by_side(plan, actions, on)
    for side, kept in sides.items():
        theirs = [share for who, share in owners.items() if side_of(plan, who) == side]
        for name in ("due", "dropped", "on_time", "late", "overdue"):
            assert sum(getattr(share, name) for share in theirs) == getattr(kept, name)


@given(plans(), st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
def test_the_counts_add_up(plan: AccountPlan, on: dt.date) -> None:
    for session in "abc":
        kept = made_in(plan, session, on)
        assert kept.due == kept.dropped + kept.on_time + kept.late + kept.overdue
        assert kept.due <= len(plan.where(Action, session=session))
        if kept.on_time_rate is not None and kept.done_rate is not None:
            assert 0 <= kept.on_time_rate <= kept.done_rate <= 1
