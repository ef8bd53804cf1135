from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.plans import ON, plan_of, plans
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import BlockKind, BuyingRole, Quadrant, Sentiment
from workshop_tui.domain.gaps.quality import quality
from workshop_tui.domain.gaps.registry import gaps
from workshop_tui.domain.model.people import (
    Meeting,
    MeetingMember,
    MeetingStakeholder,
    Reading,
    Stakeholder,
    Tie,
)
from workshop_tui.domain.model.session import Block, Guest, Presence
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.people import (
    Encounter,
    contacts,
    days_beyond_rhythm,
    drift,
    is_key,
    last_contact,
    latest_reading,
    latest_readings,
    meetings_with,
    owning_partners,
    quadrant,
    side_of,
    solo_run,
    still_here,
)
from workshop_tui.domain.rules.people import met as whom_we_met

ANA = Stakeholder(id="ana", name="Ana")
DAY = dt.timedelta(1)


def met(days_ago: int, *members: str) -> tuple[Entity, ...]:
    meeting = Meeting(id=f"m{days_ago}", on=ON - days_ago * DAY)
    whom = MeetingStakeholder(meeting=meeting.id, stakeholder="ana")
    return (meeting, whom, *(MeetingMember(meeting=meeting.id, member=member) for member in members))


def read(session: str, value: Sentiment | None, toward: str = "all") -> Reading:
    return Reading(session=session, stakeholder="ana", toward=toward, value=value)


# The influence × interest map


def test_the_quadrants_of_the_sample(sample: AccountPlan) -> None:
    placed: dict[Quadrant | None, set[str]] = {}
    for person in sample.all(Stakeholder):
        placed.setdefault(quadrant(person), set()).add(person.id)
    assert placed == {
        Quadrant.MANAGE_CLOSELY: {"ST02", "ST03", "ST04", "ST05", "ST10", "ST11", "ST12", "ST14"},
        Quadrant.KEEP_SATISFIED: {"ST01"},
        Quadrant.KEEP_INFORMED: {"ST06", "ST07", "ST08", "ST09", "ST13"},
    }


@pytest.mark.parametrize(
    ("influence", "interest", "place"),
    [
        (4, 3, Quadrant.MANAGE_CLOSELY),
        (4, 2, Quadrant.KEEP_SATISFIED),
        (3, 3, Quadrant.KEEP_INFORMED),
        (3, 2, Quadrant.MONITOR),
        (None, 5, None),
        (5, None, None),
    ],
)
def test_a_quadrant(influence: int | None, interest: int | None, place: Quadrant | None) -> None:
    assert quadrant(Stakeholder(id="a", name="A", influence=influence, interest=interest)) is place


@given(st.integers(1, 5), st.integers(1, 5))
def test_everybody_placed_has_one_quadrant_and_the_key_ones_are_in_the_upper_two(
    influence: int, interest: int
) -> None:
    person = Stakeholder(id="a", name="A", influence=influence, interest=interest)
    upper = {Quadrant.MANAGE_CLOSELY, Quadrant.KEEP_SATISFIED}
    assert (quadrant(person) in upper) is is_key(person)


@pytest.mark.parametrize(("influence", "key"), [(None, False), (3, False), (4, True), (5, True)])
def test_a_key_person(influence: int | None, key: bool) -> None:
    assert is_key(replace(ANA, influence=influence)) is key


# Sentiment


def test_the_drift_of_the_sample(sample: AccountPlan) -> None:
    assert drift(sample, "S1", "S2") == {
        "ST02": {"all": 1},
        "ST03": {"all": 1, "tech": 1},
        "ST06": {"all": 1, "tech": 1},
        "ST08": {"all": -1},
        "ST10": {"all": -1, "tech": -1},
        "ST13": {"all": 1},
    }


@pytest.mark.parametrize(
    ("then", "now", "moved"),
    [
        (Sentiment.OPPOSED, Sentiment.ADVOCATE, {"ana": {"all": 4}}),
        (Sentiment.NEUTRAL, Sentiment.SCEPTICAL, {"ana": {"all": -1}}),
        (Sentiment.NEUTRAL, Sentiment.NEUTRAL, {}),
        (Sentiment.NEUTRAL, None, {}),
        (None, Sentiment.NEUTRAL, {}),
        (None, None, {}),
    ],
)
def test_drift(then: Sentiment | None, now: Sentiment | None, moved: dict[str, dict[str, int]]) -> None:
    assert drift(plan_of(ANA, read("S1", then), read("S2", now)), "S1", "S2") == moved


def test_there_is_no_drift_from_a_session_without_readings() -> None:
    plan = plan_of(ANA, read("S1", Sentiment.NEUTRAL), read("S3", Sentiment.ADVOCATE))
    assert drift(plan, "S2", "S3") == {}
    assert drift(plan, "S1", "S2") == {}
    assert drift(plan, "S1", "S3") == {"ana": {"all": 2}}


@given(plans())
def test_drift_back_is_drift_the_other_way(plan: AccountPlan) -> None:
    forth, back = drift(plan, "a", "b"), drift(plan, "b", "a")
    assert back == {who: {to: -by for to, by in moved.items()} for who, moved in forth.items()}


def test_the_latest_reading_is_that_of_the_latest_session_by_date() -> None:
    early, late, other = read("S2", Sentiment.NEUTRAL), read("S3", None), read("S2", None, "ps")
    plan = plan_of(ANA, late, early, other)
    assert latest_reading(plan, ANA, "all") == late
    assert latest_reading(plan, ANA, "ps") == other
    assert latest_reading(plan, ANA, "tech") is None
    assert latest_readings(plan, ANA) == (late,)
    assert latest_readings(plan_of(ANA), ANA) == ()


def test_the_partners_that_own_a_relationship() -> None:
    ties = [Tie(stakeholder="ana", party="ps", owner="P1"), Tie(stakeholder="ana", party="tech")]
    assert owning_partners(plan_of(ANA, *ties), ANA) == ("ps",)


# Contact


def test_a_meeting_and_a_visit_to_a_session_are_contacts() -> None:
    plan = plan_of(
        ANA,
        *met(9, "P1", "P2"),
        *met(3, "P1", "T1"),
        Block(id="b", session="S2", kind=BlockKind.VALUE, title="Value"),
        Block(id="c", session="S2", kind=BlockKind.CLOSING, title="Closing"),
        Guest(block="b", stakeholder="ana"),
        Guest(block="c", stakeholder="ana"),
        Presence(session="S2", member="T1"),
    )
    assert contacts(plan, ANA, ON) == (
        Encounter(ON - 9 * DAY, frozenset({"ps"})),
        Encounter(ON - 3 * DAY, frozenset({"ps", "tech"})),
        Encounter(ON, frozenset({"tech"})),
    )
    assert last_contact(plan, ANA, ON) == ON
    assert last_contact(plan, ANA, ON - DAY) == ON - 3 * DAY
    assert last_contact(plan, ANA, ON - 10 * DAY) is None


def test_the_guests_of_the_sample_were_met_in_the_session(sample: AccountPlan) -> None:
    days = {person.id: last_contact(sample, person, ON) for person in sample.all(Stakeholder)}
    assert days["ST06"] == days["ST13"] == ON
    assert days["ST03"] == dt.date(2026, 6, 2)
    assert days["ST12"] is days["ST14"] is None


def test_the_solo_runs_of_the_sample(sample: AccountPlan) -> None:
    runs = {person.id: solo_run(sample, person, ON) for person in sample.all(Stakeholder)}
    assert {who: run for who, run in runs.items() if run[1] > 1} == {
        "ST02": ("ps", 3),
        "ST05": ("tech", 2),
        "ST08": ("tech", 3),
    }
    assert runs["ST04"] == ("", 0)


@pytest.mark.parametrize(
    ("meetings", "run"),
    [
        ([], ("", 0)),
        ([met(1)], ("", 0)),
        ([met(1, "P1", "T1")], ("", 0)),
        ([met(1, "P1")], ("ps", 1)),
        ([met(1, "P1"), met(2, "P2", "P1"), met(3, "P2")], ("ps", 3)),
        ([met(1, "P1"), met(2, "T1"), met(3, "P1")], ("ps", 1)),
        ([met(1, "P1"), met(2, "P1", "T1"), met(3, "P1")], ("ps", 1)),
        ([met(1, "P1"), met(2), met(3, "P1")], ("ps", 1)),
        ([met(1, "P1"), met(-1, "T1")], ("ps", 1)),
    ],
)
def test_a_solo_run(meetings: list[tuple[Entity, ...]], run: tuple[str, int]) -> None:
    assert solo_run(plan_of(ANA, *(row for rows in meetings for row in rows)), ANA, ON) == run


# Sides, meetings with several people, rhythm, and who has left


def both_met(days_ago: int, *members: str) -> tuple[Entity, ...]:
    found = met(days_ago, *members)
    return (*found, MeetingStakeholder(meeting=found[0].key[0], stakeholder="bo"))


BO = Stakeholder(id="bo", name="Bo")


def test_the_side_of_a_person() -> None:
    plan = plan_of(ANA)
    assert [side_of(plan, who) for who in ("P1", "T1", "ana", "x", None)] == [
        "ps",
        "tech",
        "customer",
        "",
        "",
    ]


def test_a_meeting_with_several_counts_for_each_of_them() -> None:
    plan = plan_of(ANA, BO, *met(40, "P1"), *both_met(30, "P1"), *both_met(20, "P2"))
    assert solo_run(plan, ANA, ON) == ("ps", 3)
    assert solo_run(plan, BO, ON) == ("ps", 2)
    joint = plan_of(ANA, BO, *met(40, "P1"), *both_met(30, "P1", "T1"), *met(20, "P1"))
    assert solo_run(joint, ANA, ON) == ("ps", 1)
    assert solo_run(joint, BO, ON) == ("", 0)
    assert last_contact(joint, BO, ON) == ON - 30 * DAY
    (first, second) = meetings_with(plan, BO)
    assert whom_we_met(plan, first) == whom_we_met(plan, second) == (ANA, BO)


@given(plans(), st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
def test_who_else_was_there_changes_nothing_of_a_persons_own_contacts(plan: AccountPlan, on: dt.date) -> None:
    for person in plan.all(Stakeholder):
        others = [
            row for row in plan if not isinstance(row, MeetingStakeholder) or row.stakeholder == person.id
        ]
        assert contacts(AccountPlan.of(others), person, on) == contacts(plan, person, on)


@pytest.mark.parametrize(
    ("days", "own", "beyond"),
    [(90, None, 0), (91, None, 1), (91, 100, 0), (31, 30, 1), (30, 30, 0)],
)
def test_a_contact_is_due_by_a_persons_own_rhythm_else_by_the_usual_one(
    days: int, own: int | None, beyond: int
) -> None:
    person = replace(ANA, rhythm_days=own)
    assert days_beyond_rhythm(plan_of(person, *met(days, "P1")), person, ON) == beyond


def test_who_was_never_met_has_no_days_and_who_has_left_none_to_count() -> None:
    assert days_beyond_rhythm(plan_of(ANA), ANA, ON) is None
    left = replace(ANA, left_on=ON)
    assert days_beyond_rhythm(plan_of(left), left, ON) == 0
    assert days_beyond_rhythm(plan_of(left), left, ON - DAY) is None


def test_who_has_left_is_off_from_that_day() -> None:
    left = replace(ANA, left_on=ON)
    assert still_here([left, BO], ON - DAY) == (left, BO)
    assert still_here([left, BO], ON) == still_here([left, BO], ON + DAY) == (BO,)
    key = replace(left, influence=5)
    plan = plan_of(key, BO)
    about = {gap.name for gap in gaps(plan, ON) if gap.kind == "Stakeholder"}
    assert about == {"Bo"}
    assert "Ana" in {gap.name for gap in gaps(plan, ON - DAY)}
    assert quality(plan, ON).people is None
    assert quality(plan, ON - DAY).people == 0


def test_an_economic_buyer_who_has_left_is_none() -> None:
    buyer = replace(ANA, role=BuyingRole.ECONOMIC, left_on=ON)
    assert "no_economic_buyer" not in {gap.rule for gap in gaps(plan_of(buyer), ON - DAY)}
    assert "no_economic_buyer" in {gap.rule for gap in gaps(plan_of(buyer), ON)}
