"""Who goes quiet: whom we have not met for longer than their rhythm, who owns them, who should go."""

from __future__ import annotations

import datetime as dt

from hypothesis import given

from tests.domain.plans import ON, plan_of, plans
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.account import Account
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
from workshop_tui.domain.rules.people import days_beyond_rhythm
from workshop_tui.domain.rules.quiet import going_quiet


def quiet(plan: AccountPlan, on: dt.date = ON) -> list[tuple[str, int | None]]:
    return [(one.person, one.days) for one in going_quiet(plan, plan, on)]


def ago(days: int) -> dt.date:
    return ON - dt.timedelta(days)


def met(name: str, days: int, *people: str) -> tuple[Meeting | MeetingMember | MeetingStakeholder, ...]:
    return (
        Meeting(id=name, on=ago(days)),
        MeetingMember(meeting=name, member="P1"),
        *(MeetingStakeholder(meeting=name, stakeholder=person) for person in people),
    )


def test_who_goes_quiet_in_the_sample(sample: AccountPlan, grown: AccountPlan) -> None:
    for plan in (sample, grown):
        assert quiet(plan) == [("ST14", None), ("ST12", None), ("ST11", 243), ("ST10", 119)]
    chair, leif, farah, colm = going_quiet(sample, sample, ON)
    assert (chair.name, chair.told) == ("Chair of the Board Risk Committee", "never met")
    assert (leif.owners, farah.owners) == ((), ())
    assert (colm.owners, colm.goes, colm.told) == (("P2", "T2"), "P2", "not met for 119 days")
    assert colm.why.startswith("Mirela owns the tie for Quillhaven")


PEOPLE = (
    Stakeholder(id="low", name="Low", influence=3),
    Stakeholder(id="own", name="Own rhythm", influence=2, rhythm_days=14),
    Stakeholder(id="key", name="Key", influence=4),
    Stakeholder(id="slow", name="Slow", influence=5, rhythm_days=200),
    Stakeholder(id="new", name="New", influence=4),
    Stakeholder(id="top", name="Top", influence=5),
    Stakeholder(id="gone", name="Gone", influence=5, left_on=ago(1)),
)


def test_a_rhythm_of_their_own_goes_before_ninety_days() -> None:
    plan = plan_of(*PEOPLE, *met("m1", 15, "own"), *met("m2", 91, "key", "low"), *met("m3", 150, "slow"))
    assert quiet(plan) == [("top", None), ("new", None), ("key", 91), ("own", 15)]
    assert quiet(plan, ago(1)) == [("top", None), ("new", None)]  # 14 days and 90 days are in time
    later = ON + dt.timedelta(51)
    assert quiet(plan, later)[2:] == [("slow", 201), ("key", 142), ("own", 66)]


def test_who_owns_them_stands_in_the_order_of_the_firms_with_who_should_go() -> None:
    ties = (Tie(stakeholder="top", party="tech", owner="T1"), Tie(stakeholder="top", party="ps", owner="P2"))
    plan = plan_of(*PEOPLE, *ties)
    found = {one.person: one for one in going_quiet(plan, plan, ON)}
    top, new = found["top"], found["new"]
    assert (top.owners, top.goes) == (("P2", "T1"), "P2")
    assert (new.owners, new.goes) == ((), "P1")
    lonely = AccountPlan.of((Account(id="acc", name="Account"), *PEOPLE))
    assert {one.goes for one in going_quiet(lonely, lonely, ON)} == {""}


def test_who_is_hidden_is_in_no_line_and_in_no_count() -> None:
    secret = Stakeholder(id="s", name="Secret", influence=5, visibility="ps")
    ties = (Tie(stakeholder="s", party="ps", owner="P1"), Tie(stakeholder="new", party="ps", owner="P1"))
    plan = plan_of(*PEOPLE, secret, *ties)
    for audience, others in (("ps", "1 other"), (ALLIANCE, "no others"), ("tech", "no others")):
        found = {one.person: one.why for one in going_quiet(plan, project(plan, audience), ON)}
        assert ("s" in found) == (audience == "ps")
        assert found["new"].endswith(f"owns {others}")
    assert going_quiet(plan, project(plan, CUSTOMER), ON) == ()


@given(plans())
def test_nobody_is_quiet_within_their_rhythm_and_who_was_never_met_comes_first(plan: AccountPlan) -> None:
    known = as_known(plan, ON)
    found = going_quiet(known, known, ON)
    assert [one.days is not None for one in found] == sorted(one.days is not None for one in found)
    days = [one.days for one in found if one.days is not None]
    assert days == sorted(days, reverse=True)
    for one in found:
        person = known.get(Stakeholder, one.person)
        assert person is not None
        assert days_beyond_rhythm(known, person, ON) != 0
        assert one.days is None or one.days > one.rhythm
