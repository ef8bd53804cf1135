"""What each of ours owes and has kept, whom they met, and whom they own and have not met."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plan.test_past import later_rows
from tests.domain.plans import ON, plan_of, plans
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import ActionStatus
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import (
    Meeting,
    MeetingMember,
    MeetingStakeholder,
    Stakeholder,
    Tie,
)
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.past import as_known
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.engagement import Engagement, LastMet, OwedAction, engagement
from workshop_tui.domain.rules.follow_through import by_owner

DAY = dt.timedelta(1)


def of_each(plan: AccountPlan, on: dt.date = ON) -> dict[str, Engagement]:
    return {one.member: one for one in engagement(plan, on)}


def test_what_each_of_the_samples_team_owes_and_kept(sample: AccountPlan) -> None:
    found = of_each(sample)
    assert {name: (one.owes, one.late, one.kept, one.kept_of) for name, one in found.items()} == {
        "P1": (2, 0, 0, 0),
        "P2": (1, 0, 1, 1),
        "P3": (2, 0, 1, 1),
        "P4": (0, 0, 1, 1),
        "T1": (1, 0, 0, 0),
        "T2": (1, 0, 0, 2),
        "T3": (0, 0, 0, 0),
        "T4": (0, 0, 0, 0),
    }
    week_later = of_each(sample, ON + 7 * DAY)
    assert (week_later["P3"].owes, week_later["P3"].late) == (2, 1)
    assert week_later["P3"].owed[0] == OwedAction(
        "A07", "Send Dev and Nadia the written read-back of today's answers", dt.date(2026, 6, 11), 5
    )
    assert [one.action for one in found["P1"].owed] == ["A10", "A12"]  # what has no date comes last


def test_whom_the_samples_team_met_and_has_not_met(sample: AccountPlan) -> None:
    found = of_each(sample)
    assert [(one.person, one.days) for one in found["P2"].met] == [
        ("ST06", 0),
        ("ST13", 0),
        ("ST03", 7),
        ("ST07", 56),
    ]
    assert found["P2"].met[0].session == "S2"
    assert found["T3"].met == (
        LastMet("ST06", "Dev Rathmore", ON, 0, "S2"),
        LastMet("ST13", "Nadia Okonjo-Wells", ON, 0, "S2"),
    )
    unmet = {name: [(each.person, each.days) for each in one.unmet] for name, one in found.items()}
    assert {name: people for name, people in unmet.items() if people} == {
        "P1": [("ST14", None)],
        "P2": [("ST10", 119)],
        "T2": [("ST10", 139)],
    }


def test_a_firm_is_not_told_what_another_keeps_to_itself(grown: AccountPlan) -> None:
    ps, tech = (of_each(project(grown, firm)) for firm in ("ps", "tech"))
    assert [one.action for one in ps["P1"].owed] == ["A10", "A12"]
    assert [one.action for one in tech["P1"].owed] == ["A12"]
    assert (ps["T1"].owes, tech["T1"].owes) == (0, 1)
    assert engagement(project(grown, "customer"), ON) == ()


# A plan made by hand


def met(name: str, days_ago: int, *people: str) -> tuple[Entity, ...]:
    whom = (MeetingStakeholder(meeting=name, stakeholder=person) for person in people)
    return (Meeting(id=name, on=ON - days_ago * DAY), MeetingMember(meeting=name, member="P1"), *whom)


def owned(person: str, **fields: object) -> tuple[Entity, ...]:
    there = validated(Stakeholder, {"id": person, "name": person.title(), **fields})
    return there, Tie(stakeholder=person, party="ps", owner="P1")


PLAN = plan_of(
    *(*owned("ana"), *owned("bo", rhythm_days=20), *owned("cy", influence=4), *owned("di", left_on=ON)),
    *(*owned("ed"), *owned("flo", influence=5)),
    *met("m1", 91, "ana"),
    *met("m2", 21, "bo"),
    *met("m3", 90, "ed"),
    Action(id="late", session="S1", title="Ask her once more", owner="P1", due=ON - 3 * DAY),
    Action(id="carried", session="S1", title="Carried to a date ahead", owner="P1", due=ON + 9 * DAY),
    Carry(action="carried", session="S2", from_due=ON - 9 * DAY, to_due=ON + 9 * DAY),
    Action(id="over", session="S1", title="Gone", owner="P1", status=ActionStatus.DROPPED, due=ON - DAY),
    Action(
        id="kept",
        session="S1",
        title="Kept in time",
        owner="P1",
        status=ActionStatus.DONE,
        due=ON - DAY,
        done_on=ON - DAY,
    ),
    Action(id="theirs", session="S1", title="Theirs to do", owner="ana", due=ON - DAY),
)


def test_what_one_of_ours_owes_is_late_by_its_date_now_and_kept_by_its_first() -> None:
    one = of_each(PLAN)["P1"]
    assert [(each.action, each.days_late) for each in one.owed] == [("late", 3), ("carried", 0)]
    assert (one.owes, one.late, one.kept, one.kept_of) == (2, 1, 1, 3)


def test_whom_one_of_ours_owns_and_has_not_met_in_the_days_of_that_persons_rhythm() -> None:
    one = of_each(PLAN)["P1"]
    assert [(each.person, each.days) for each in one.unmet] == [
        ("cy", None),
        ("flo", None),
        ("ana", 91),
        ("bo", 21),
    ]
    assert [(each.person, each.days) for each in one.met] == [("bo", 21), ("ed", 90)]
    assert of_each(PLAN)["T1"].unmet == of_each(PLAN)["T1"].met == ()


# Laws


@given(plans(), st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
def test_what_is_owed_and_kept_adds_up_to_the_actions(plan: AccountPlan, on: dt.date) -> None:
    found = engagement(plan, on)
    ours = {member.id for member in plan.all(Member) if member.party != "customer"}
    open_ = [row for row in plan.all(Action) if row.owner in ours and row.status.is_open]
    assert sum(one.owes for one in found) == len(open_)
    assert sum(one.late for one in found) == sum(row.due is not None and row.due < on for row in open_)
    kept = by_owner(plan, plan.all(Action), on)
    assert sum(one.kept for one in found) == sum(kept[name].on_time for name in ours if name in kept)
    for one in found:
        assert one.kept <= one.kept_of
        assert not {each.person for each in one.met if not each.days} & {each.person for each in one.unmet}


@given(plans(), later_rows(), st.sampled_from(["alliance", "ps", "tech"]))
def test_rows_of_later_days_change_nothing(plan: AccountPlan, later: list[Entity], audience: str) -> None:
    new = [row for row in later if plan.get(type(row), *row.key) is None]
    more = AccountPlan.of([*plan, *new])
    then, now = (project(as_known(each, ON), audience) for each in (plan, more))
    assert engagement(now, ON) == engagement(then, ON)
