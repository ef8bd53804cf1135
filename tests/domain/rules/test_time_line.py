"""What stands on the time line: each thing on its day, a meeting in the row of each firm that was there."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import ON, plan_of, plans
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, ActionStatus
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Meeting, MeetingMember, MeetingStakeholder, Stakeholder
from workshop_tui.domain.model.scorecard import Review
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.past import as_known
from workshop_tui.domain.plan.plan import KIND, AccountPlan
from workshop_tui.domain.rules.meeting_log import meeting_log
from workshop_tui.domain.rules.time_line import TimeLane, time_line

YESTERDAY = ON - dt.timedelta(1)


def test_the_sample_on_its_day(sample: AccountPlan) -> None:
    counts = Counter(one.lane for one in time_line(sample, ON))
    actions = sample.all(Action)
    assert counts[TimeLane.SESSION] == 2
    assert counts[TimeLane.REVIEW] == 1
    assert counts[TimeLane.DONE] == sum(one.status is ActionStatus.DONE for one in actions) == 4
    assert counts[TimeLane.MISSED] == 1  # the press note: nothing is overdue on that day
    assert counts[TimeLane.DUE] == sum(one.status.is_open and one.due is not None for one in actions)


def action(name: str, **values: object) -> Action:
    return validated(Action, {"id": name, "session": "S1", "title": "Do it well", **values})


def test_an_action_stands_on_the_day_it_is_due_as_what_has_become_of_it() -> None:
    plan = plan_of(
        action("a", due=YESTERDAY),
        action("b", due=ON),
        action("c", due=ON, status=ActionStatus.DONE, done_on=YESTERDAY),
        action("d", due=YESTERDAY, status=ActionStatus.DROPPED, reason="No"),
        action("e"),
        Review(id="r", on=YESTERDAY),
    )
    told = {one.key[0]: (one.lane, one.text) for one in time_line(plan, ON) if one.kind == "Action"}
    assert told == {
        "a": (TimeLane.MISSED, "Do it well: overdue"),
        "b": (TimeLane.DUE, "Do it well: open"),
        "c": (TimeLane.DONE, "Do it well: done"),
        "d": (TimeLane.MISSED, "Do it well: dropped"),
    }


def test_a_meeting_of_two_firms_stands_in_both_rows_with_both_names() -> None:
    plan = plan_of(
        Stakeholder(id="ana", name="Ana Pires"),
        Meeting(id="m", on=YESTERDAY),
        MeetingStakeholder(meeting="m", stakeholder="ana"),
        *(MeetingMember(meeting="m", member=member) for member in ("P1", "T1")),
    )
    firms = [party.short for party in plan.partners]
    told = [one for one in time_line(plan, ON) if one.lane is TimeLane.MEETING]
    assert [one.party for one in told] == ["ps", "tech"]
    assert {one.text for one in told} == {f"{firms[0]} and {firms[1]} met Ana Pires"}


@given(plans(), st.sampled_from(["", ALLIANCE, "ps", "tech"]))
def test_it_is_in_the_order_of_days_and_tells_of_rows_that_are_seen(plan: AccountPlan, audience: str) -> None:
    known = as_known(plan, ON)
    view = project(known, audience) if audience else known
    found = time_line(view, ON)
    assert [one.on for one in found] == sorted(one.on for one in found)
    assert all(view.get(KIND[one.kind], *one.key) for one in found)
    assert len({(one.kind, one.key, one.party) for one in found}) == len(found)
    met = sum(len(one.parties) for one in meeting_log(view, ON) if one.meeting)
    assert sum(one.lane is TimeLane.MEETING for one in found) == met
    assert time_line(project(known, CUSTOMER), ON) == ()
