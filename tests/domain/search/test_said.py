"""What of a plan is found, by whom, and where it was said."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

from tests.app.canaries import FINE, LEAK, with_canaries
from tests.domain.plans import plan_of, plans
from workshop_tui.domain.base.entity import holds_words, value_type
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, Confidence, Sentiment
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.actions import Approach
from workshop_tui.domain.model.people import Meeting, MeetingMember, MeetingStakeholder, Reading, Stakeholder
from workshop_tui.domain.model.session import Decision, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import KINDS, AccountPlan
from workshop_tui.domain.plan.step import Add, Set
from workshop_tui.domain.search.said import NOBODYS, SaidLine, fields_said, lines, touched

FIRMS = ("ps", "tech")


def seen_by(audience: str, found: list[SaidLine]) -> list[SaidLine]:
    return [line for line in found if line.scope in {ALLIANCE, audience}]


def test_every_field_of_words_is_found_but_what_a_playbook_wrote() -> None:
    said = {(kind.__name__, name) for kind in KINDS for name in fields_said(kind)}
    for kind in KINDS:
        for name in kind.fields:
            if value_type(kind, name) is str and holds_words(kind, name):
                assert ((kind.__name__, name) in said) is ((kind.__name__, name) not in NOBODYS)
    expected = {
        *(("Stakeholder", "note"), ("Reading", "evidence"), ("Answer", "personal"), ("Decision", "text")),
        *(("Parking", "text"), ("Risk", "response"), ("Action", "reason"), ("Bullet", "text")),
        *(("Objective", "text"), ("Proposition", "together"), ("Contribution", "gains")),
        *(("Approach", "message"), ("Meeting", "said"), ("Session", "purpose")),
    }
    assert expected <= said
    assert not {name for _, name in said} & {"id", "visibility", "sha256", "record", "audience", "toward"}


@pytest.mark.parametrize("audience", [ALLIANCE, *FIRMS])
def test_what_an_audience_must_not_see_is_not_found_by_it(sample: AccountPlan, audience: str) -> None:
    found = seen_by(audience, list(lines(with_canaries(sample, audience))))
    assert not [line for line in found if LEAK in line.text]
    fine = [line for line in found if FINE in line.text]
    assert len({line.kind for line in fine}) > 25  # or nothing was looked at


@pytest.mark.parametrize("audience", [ALLIANCE, *FIRMS])
def test_what_an_audience_sees_is_found_by_it(grown: AccountPlan, audience: str) -> None:
    view = project(grown, audience)
    wanted = {
        (kind.__name__, row.key)
        for kind in KINDS
        for row in view.all(kind)
        if any(getattr(row, name) for name in fields_said(kind))
    }
    assert {(line.kind, line.key) for line in seen_by(audience, list(lines(grown)))} == wanted
    assert len(wanted) > 100


@given(plans())
def test_a_projection_has_all_that_is_found_for_it_and_no_more(plan: AccountPlan) -> None:
    found = list(lines(plan))
    for audience in (ALLIANCE, *FIRMS):
        view = project(plan, audience)
        mine = {(line.kind, line.key) for line in seen_by(audience, found)}
        there = {
            (kind.__name__, row.key)
            for kind in KINDS
            for row in view.all(kind)
            if any(getattr(row, name) for name in fields_said(kind))
        }
        assert mine == there


@given(plans())
def test_some_rows_are_found_as_in_the_whole(plan: AccountPlan) -> None:
    whole = {(line.kind, line.key): line for line in lines(plan)}
    some = [(type(row), row.key) for row in plan][::3]
    for line in lines(plan, some):
        assert line == whole[line.kind, line.key]


def test_what_is_said_has_its_session_and_day() -> None:
    plan = plan_of(
        Stakeholder(id="ana", name="Ana"),
        Decision(id="d", session="S1", text="Go on"),
        Answer(id="v", stakeholder="ana", text="Heard between", heard_on=dt.date(2026, 4, 1)),
        Answer(id="w", stakeholder="ana", text="Heard later", heard_on=dt.date(2027, 4, 1)),
    )
    found = {line.key[0]: (line.session, line.on) for line in lines(plan)}
    assert found["d"] == ("S1", dt.date(2026, 3, 10))
    assert found["v"] == ("S2", dt.date(2026, 4, 1))
    assert found["w"] == ("S3", dt.date(2027, 4, 1))
    assert found["ana"] == ("", None)


def test_it_names_whose_it_is_and_whom_it_is_about() -> None:
    plan = plan_of(
        Stakeholder(id="ana", name="Ana", reports_to="bo"),
        Stakeholder(id="bo", name="Bo", visibility="ps"),
        Meeting(id="m", on=dt.date(2026, 4, 1), said="Long talk"),
        MeetingStakeholder(meeting="m", stakeholder="ana"),
        MeetingStakeholder(meeting="m", stakeholder="bo"),
        MeetingMember(meeting="m", member="P1"),
        Approach(stakeholder="ana", lead="P2", message="Bring figures"),
        Reading(
            session="S1",
            stakeholder="bo",
            toward="all",
            value=Sentiment.SUPPORTIVE,
            confidence=Confidence.OBSERVED,
            evidence="said so",
        ),
    )
    found = {line.kind: line for line in lines(plan) if line.kind not in {"Stakeholder", "Member"}}
    assert set(found["Meeting"].people) == {"ana", "P1"}  # Bo is for one firm alone, and the meeting is not
    assert found["Approach"].people == ("ana", "P2")
    assert (found["Reading"].scope, found["Reading"].people) == ("ps", ("bo",))
    assert {line.people for line in lines(plan) if line.kind == "Stakeholder"} == {("ana",), ("bo",)}


def test_what_changes_what_is_found_of_all_is_told_from_what_changes_a_row() -> None:
    ana = Stakeholder(id="ana", name="Ana")
    assert touched([Add(ana), Add(MeetingMember(meeting="m", member="P1"))]) == {
        (Stakeholder, ("ana",)),
        (Meeting, ("m",)),
    }
    assert touched([Set(Stakeholder, ("ana",), "name", "Ana", "Anna")]) == {(Stakeholder, ("ana",))}
    for change in (
        Set(Stakeholder, ("ana",), "visibility", CUSTOMER, "ps"),
        Set(Session, ("S1",), "held_on", "2026-03-10", "2026-03-11"),
        Add(Session(id="S4", held_on=dt.date(2026, 12, 1))),
        Add(Party(id="new", name="New", short="New")),
    ):
        assert touched([change]) is None
    assert touched([Set(Session, ("S1",), "purpose", "", "All agree")]) == {(Session, ("S1",))}
