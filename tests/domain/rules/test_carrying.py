"""An action gets another due date or another status, and the date first agreed stays."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.agreed import ACTION, AUGUST, CARRY, JULY, JUNE, MAY
from tests.domain.plans import ON, plan_of
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ActionStatus
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.session import Seal
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Change, Refused, Remove, Set, Step, apply, invert
from workshop_tui.domain.rules.follow_through import (
    carry_action,
    complete_action,
    first_due,
    set_action_due,
    set_action_status,
    tally,
)


def done(action: Action, plan: AccountPlan, changes: tuple[Change, ...]) -> tuple[Action, AccountPlan]:
    after = apply(plan, Step(changes))
    assert apply(after, invert(Step(changes))) == plan
    kept = after.get(Action, action.id)
    assert kept is not None
    return kept, after


def redate(plan: AccountPlan, due: dt.date | None, session: str) -> AccountPlan:
    action = plan.all(Action)[0]
    return done(action, plan, set_action_due(plan, action, due, session))[1]


# Another due date


def test_in_its_own_session_the_date_simply_changes() -> None:
    plan = redate(plan_of(ACTION), JULY, "S1")
    assert plan.all(Action)[0].due == first_due(plan, plan.all(Action)[0]) == JULY
    assert plan.all(Carry) == ()
    assert redate(plan, None, "S1").all(Action)[0].due is None


def test_an_action_without_a_date_gets_one_in_any_session() -> None:
    plan = redate(plan_of(with_values(ACTION, due=None)), JULY, "S2")
    assert (plan.all(Action)[0].due, plan.all(Carry)) == (JULY, ())


def test_in_a_later_session_the_date_before_is_kept() -> None:
    plan = redate(plan_of(ACTION), JUNE, "S2")
    assert plan.all(Action)[0].due == JUNE
    assert plan.all(Carry) == (CARRY,)
    assert first_due(plan, plan.all(Action)[0]) == MAY


def test_changing_ones_mind_in_a_session_keeps_one_carry() -> None:
    plan = redate(redate(plan_of(ACTION), JUNE, "S2"), JULY, "S2")
    assert plan.all(Carry) == (with_values(CARRY, to_due=JULY.isoformat()),)
    assert plan.all(Action)[0].due == JULY


def test_back_to_the_date_before_and_the_carry_goes() -> None:
    start = plan_of(ACTION)
    assert redate(redate(start, JUNE, "S2"), MAY, "S2") == start


def test_once_its_own_session_is_sealed_the_date_before_is_kept() -> None:
    at = dt.datetime(2026, 3, 10, 17, tzinfo=dt.UTC)
    seal = Seal(id="x", session="S1", sealed_at=at, record="{}", sha256="0" * 64, journal=1)
    start = plan_of(ACTION, seal)
    plan = redate(start, JUNE, "S1")
    assert plan.all(Carry) == (with_values(CARRY, session="S1"),)
    assert first_due(plan, plan.all(Action)[0]) == MAY
    assert redate(plan, MAY, "S1") == start
    opened = plan_of(plan.all(Action)[0], *plan.all(Carry), with_values(seal, reopened_at=at.isoformat()))
    again = redate(opened, JULY, "S1")
    assert (again.all(Carry)[0].to_due, first_due(again, again.all(Action)[0])) == (JULY, MAY)
    later = redate(plan, JULY, "S2")
    assert first_due(later, later.all(Action)[0]) == MAY
    with pytest.raises(Refused, match="carry it to another date, or drop it"):
        redate(start, None, "S1")


def test_each_later_session_has_its_own_carry() -> None:
    plan = redate(redate(plan_of(ACTION), JUNE, "S2"), JULY, "S3")
    assert plan.all(Carry) == (CARRY, Carry(action="a", session="S3", from_due=JUNE, to_due=JULY))
    assert first_due(plan, plan.all(Action)[0]) == MAY
    assert redate(plan, JUNE, "S3") == redate(plan_of(ACTION), JUNE, "S2")


def test_a_date_changed_from_an_earlier_session_changes_the_latest_carry() -> None:
    plan = redate(redate(plan_of(ACTION), JUNE, "S2"), JULY, "S1")
    assert plan.all(Carry) == (with_values(CARRY, to_due=JULY.isoformat()),)


def test_the_same_date_is_no_change() -> None:
    assert set_action_due(plan_of(ACTION), ACTION, MAY, "S2") == ()


def test_carrying_needs_another_date_and_gives_one_to_what_had_none() -> None:
    with pytest.raises(
        Refused, match=r"«Ask her once more» is due on 1 May 2026 already: carry it to another"
    ):
        carry_action(plan_of(ACTION), ACTION, MAY, "S2")
    assert carry_action(plan_of(ACTION), ACTION, JUNE, "S2") == set_action_due(
        plan_of(ACTION), ACTION, JUNE, "S2"
    )
    undated = replace(ACTION, due=None)
    action, plan = done(undated, plan_of(undated), carry_action(plan_of(undated), undated, JUNE, "S2"))
    assert plan.all(Carry) == (Carry(action="a", session="S2", from_due=JUNE, to_due=JUNE),)
    for due in (JULY, JUNE):  # another thought in that session
        action, plan = done(action, plan, set_action_due(plan, action, due, "S2"))
        assert (action.due, first_due(plan, action), len(plan.all(Carry))) == (due, due, 1)
    assert carry_action(plan_of(undated), undated, JUNE, "S1") == set_action_due(
        plan_of(undated), undated, JUNE, "S1"
    )


def test_a_later_session_cannot_take_the_date_away() -> None:
    with pytest.raises(Refused, match=r"was due on 1 May 2026: carry it to another date, or drop it\."):
        set_action_due(plan_of(ACTION), ACTION, None, "S2")


@given(
    st.lists(st.tuples(st.sampled_from([MAY, JUNE, JULY, AUGUST]), st.sampled_from(["S2", "S3"])), max_size=6)
)
def test_however_often_it_is_carried_the_first_date_stays(moves: list[tuple[dt.date, str]]) -> None:
    plan = plan_of(ACTION)
    for due, session in moves:
        plan = redate(plan, due, session)
        action, carries = plan.all(Action)[0], plan.all(Carry)
        assert action.due == due
        assert first_due(plan, action) == MAY
        assert all(carry.from_due != carry.to_due for carry in carries)
        assert not carries or carries[-1].to_due == due


_WAYS = st.one_of(
    st.tuples(st.just("to"), st.sampled_from([MAY, JUNE, JULY, AUGUST]), st.sampled_from(["S2", "S3"])),
    st.tuples(st.just("status"), st.sampled_from(ActionStatus), st.just("S2")),
)


@given(st.lists(_WAYS, max_size=8))
def test_whatever_becomes_of_it_over_sessions_the_first_date_stays(
    ways: list[tuple[str, dt.date | ActionStatus, str]],
) -> None:
    plan = plan_of(ACTION)
    for _, new, session in ways:
        action = plan.all(Action)[0]
        if isinstance(new, ActionStatus):
            plan = done(action, plan, set_action_status(action, new, JUNE, "No longer asked for"))[1]
        else:
            plan = redate(plan, new, session)
        assert first_due(plan, plan.all(Action)[0]) == MAY
        assert tally(plan, plan.all(Action), ON).due == 1


# Another status


def test_done_keeps_the_day() -> None:
    after, _ = done(ACTION, plan_of(ACTION), set_action_status(ACTION, ActionStatus.DONE, ON))
    assert (after.status, after.done_on, after.reason) == (ActionStatus.DONE, ON, "")
    assert set_action_status(after, ActionStatus.DONE, AUGUST) == ()


def test_dropped_keeps_the_reason() -> None:
    after, _ = done(
        ACTION, plan_of(ACTION), set_action_status(ACTION, ActionStatus.DROPPED, ON, " Asked for quiet ")
    )
    assert (after.status, after.done_on, after.reason) == (ActionStatus.DROPPED, None, "Asked for quiet")


@pytest.mark.parametrize("reason", ["", " \n"])
def test_dropped_without_a_reason_is_refused(reason: str) -> None:
    with pytest.raises(Refused, match="A dropped action needs a reason: say in a few words why"):
        set_action_status(ACTION, ActionStatus.DROPPED, ON, reason)


@pytest.mark.parametrize("status", [ActionStatus.OPEN, ActionStatus.IN_PROGRESS, ActionStatus.BLOCKED])
@pytest.mark.parametrize(
    "closed",
    [
        replace(ACTION, status=ActionStatus.DONE, done_on=MAY),
        replace(ACTION, status=ActionStatus.DROPPED, reason="Asked for quiet"),
    ],
)
def test_a_reopened_action_has_neither_day_nor_reason(closed: Action, status: ActionStatus) -> None:
    after, _ = done(closed, plan_of(closed), set_action_status(closed, status, ON))
    assert after == replace(ACTION, status=status)


def test_the_changes_are_of_single_fields_so_that_two_people_do_not_collide() -> None:
    changes = set_action_status(ACTION, ActionStatus.DONE, ON)
    assert changes == (
        Set(Action, ("a",), "status", "open", "done"),
        Set(Action, ("a",), "done_on", None, "2026-06-09"),
    )
    moved = set_action_due(plan_of(ACTION), ACTION, JUNE, "S2")
    assert moved == (Add(CARRY), Set(Action, ("a",), "due", "2026-05-01", "2026-06-01"))
    after = apply(plan_of(ACTION), Step(moved))
    assert set_action_due(after, after.all(Action)[0], MAY, "S2")[0] == Remove(CARRY)


def test_completed_keeps_the_day_and_what_shows_it() -> None:
    after, _ = done(
        ACTION, plan_of(ACTION), complete_action(plan_of(ACTION), ACTION, MAY, "Report signed", ON)
    )
    assert (after.status, after.done_on, after.evidence) == (ActionStatus.DONE, MAY, "Report signed")
    again, _ = done(after, plan_of(after), complete_action(plan_of(after), after, JUNE, "", ON))
    assert (again.done_on, again.evidence) == (JUNE, "")
    dropped = replace(ACTION, status=ActionStatus.DROPPED, reason="Asked for quiet")
    assert (
        done(dropped, plan_of(dropped), complete_action(plan_of(dropped), dropped, ON, "", ON))[0].reason
        == ""
    )


def test_nothing_is_done_on_a_day_to_come() -> None:
    with pytest.raises(Refused, match="1 Jul 2026 is still to come: give the day it was done"):
        complete_action(plan_of(ACTION), ACTION, JULY, "", ON)


def test_nothing_is_done_before_it_was_agreed() -> None:
    plan = plan_of(ACTION)
    made = plan.sessions[0].held_on
    assert complete_action(plan, ACTION, made, "", ON)
    with pytest.raises(Refused, match="was before the action was made, on "):
        complete_action(plan, ACTION, made - dt.timedelta(1), "", ON)
