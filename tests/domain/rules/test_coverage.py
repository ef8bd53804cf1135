"""Who of ours meets whom of the customer's people, and who goes quiet."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plan.test_past import later_rows
from tests.domain.plans import ON, plan_of, plans
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import BlockKind, Level
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import (
    Meeting,
    MeetingMember,
    MeetingStakeholder,
    Stakeholder,
    Tie,
)
from workshop_tui.domain.model.session import Block, Guest, Presence
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.past import as_known
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.coverage import Coverage, CoverageCell, FirmLevel, SingleThread, coverage
from workshop_tui.domain.rules.pairing import pairing
from workshop_tui.domain.rules.people import days_beyond_rhythm, has_left, last_contact, still_here

DAY = dt.timedelta(1)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def cells(found: Coverage, person: str) -> dict[str, CoverageCell]:
    row = next(row for row in found.rows if row.person == person)
    return {cell.member: cell for cell in row.cells}


# The sample


def test_who_goes_quiet_in_the_sample(sample: AccountPlan, grown: AccountPlan) -> None:
    for plan in (sample, grown):
        assert [(row.person, row.days) for row in coverage(plan, ON).quiet] == [
            ("ST14", None),
            ("ST12", None),
            ("ST11", 243),
            ("ST10", 119),
        ]


def test_the_table_of_the_sample(sample: AccountPlan) -> None:
    found = coverage(sample, ON)
    assert [column.member for column in found.columns] == ["P1", "P2", "P3", "P4", "T1", "T2", "T3", "T4"]
    assert [column.met for column in found.columns] == [2, 6, 2, 0, 3, 5, 0, 0]
    assert [row.person for row in found.rows[:5]] == ["ST01", "ST02", "ST03", "ST14", "ST04"]
    signs = {row.person: "".join(cell.sign for cell in row.cells) for row in found.rows}
    assert signs["ST02"] == "O3····1··"
    assert signs["ST05"] == "·1··O2···"
    assert signs["ST11"] == "·1······"
    assert signs["ST12"] == "········"
    marcus = cells(found, "ST02")
    assert (marcus["P1"].meetings, marcus["P1"].age, marcus["T2"].age) == (3, "fresh", "older")
    assert cells(found, "ST06")["P4"] == CoverageCell("P4", owns=False, meetings=0, last=ON, days=0)
    first = found.rows[0]
    assert (first.is_key, first.days, first.beyond, first.next) == (True, 48, 0, None)
    assert first.levels == (
        FirmLevel("ps", Level.KNOWN, Level.WORKING),
        FirmLevel("tech", Level.NONE, Level.AWARE),
    )


def test_who_should_go_next_where_nobody_has_been_lately(sample: AccountPlan) -> None:
    found = {row.person: row.next for row in coverage(sample, ON).rows}
    assert {person: match.member for person, match in found.items() if match} == {
        "ST14": "P1",
        "ST12": "P4",
        "ST11": "P1",
        "ST10": "P2",
    }
    person = sample.get(Stakeholder, "ST12")
    assert person
    assert found["ST12"] == pairing(sample, person)[0]


def test_who_hangs_by_one_of_ours_in_the_sample(sample: AccountPlan) -> None:
    assert coverage(sample, ON).single_threads == (
        SingleThread("ST01", "P1", 1),
        SingleThread("ST02", "P1", 3),
        SingleThread("ST03", "P2", 1),
        SingleThread("ST05", "T1", 2),
    )
    assert coverage(sample, dt.date(2026, 4, 30)).single_threads == (
        SingleThread("ST01", "P1", 1),
        SingleThread("ST05", "P2", 1),
    )  # Marcus met two of ours within 180 days then


def test_nothing_of_it_is_for_the_customer(sample: AccountPlan) -> None:
    assert coverage(project(sample, "customer"), ON) == Coverage(ON)


# A plan made by hand

ANA = Stakeholder(id="ana", name="Ana", influence=4)


def met(days_ago: int, *members: str, whom: str = "ana") -> tuple[Entity, ...]:
    name = f"m{days_ago}"
    there = (MeetingMember(meeting=name, member=member) for member in members)
    return (
        Meeting(id=name, on=ON - days_ago * DAY),
        MeetingStakeholder(meeting=name, stakeholder=whom),
        *there,
    )


@pytest.mark.parametrize(
    ("days", "age", "counted"),
    [
        (0, "fresh", 1),
        (30, "fresh", 1),
        (31, "recent", 1),
        (90, "recent", 1),
        (91, "older", 1),
        (365, "older", 1),
        (366, "older", 0),
    ],
)
def test_a_cell_is_shaded_by_the_latest_meeting_and_counts_a_year(days: int, age: str, counted: int) -> None:
    cell = cells(coverage(plan_of(ANA, *met(days, "P1")), ON), "ana")["P1"]
    assert (cell.age, cell.meetings, cell.days) == (age, counted, days)


def test_meetings_to_come_are_none_yet_and_who_has_left_has_no_row() -> None:
    plan = plan_of(ANA, *met(-1, "P1"))
    assert cells(coverage(plan, ON), "ana")["P1"].last is None
    assert coverage(plan_of(with_values(ANA, left_on=ON.isoformat())), ON).rows == ()


@pytest.mark.parametrize(
    ("meetings", "thread"),
    [
        ([met(180, "P1"), met(5, "P1")], [SingleThread("ana", "P1", 2)]),
        ([met(181, "T1"), met(5, "P1")], [SingleThread("ana", "P1", 1)]),
        ([met(181, "P1")], []),
        ([met(9, "P1"), met(5, "P2")], []),
        ([met(9, "P1"), met(5, "P1", "T1")], []),
        ([met(9, "P1"), met(5)], []),
        ([], []),
    ],
)
def test_a_single_thread(meetings: list[tuple[Entity, ...]], thread: list[SingleThread]) -> None:
    plan = plan_of(ANA, *(row for rows in meetings for row in rows))
    assert list(coverage(plan, ON).single_threads) == thread
    minor = plan_of(with_values(ANA, influence=3), *(row for rows in meetings for row in rows))
    assert coverage(minor, ON).single_threads == ()


def test_a_session_they_came_to_is_a_contact_but_no_meeting_of_the_log() -> None:
    plan = plan_of(
        ANA,
        *met(120, "P1"),
        Block(id="b", session="S2", kind=BlockKind.VALUE, title="Value"),
        Guest(block="b", stakeholder="ana"),
        Presence(session="S2", member="T1"),
    )
    found = coverage(plan, ON)
    (row,) = found.rows
    assert (row.days, row.is_due, row.next) == (0, False, None)
    assert (cells(found, "ana")["T1"].sign, cells(found, "ana")["T1"].age) == ("·", "fresh")
    assert found.single_threads == ()


@pytest.mark.parametrize(("rhythm", "due"), [(None, False), (30, True), (40, False)])
def test_ones_own_rhythm_says_when_a_contact_is_due(rhythm: int | None, due: bool) -> None:
    plan = plan_of(with_values(ANA, rhythm_days=rhythm), *met(40, "P1"))
    (row,) = coverage(plan, ON).rows
    assert (row.is_due, row.next is not None) == (due, due)


def test_who_goes_quiet_is_key_or_has_a_rhythm_the_longest_first() -> None:
    others = [
        Stakeholder(id="bo", name="Bo", influence=2),
        Stakeholder(id="cy", name="Cy", influence=1, rhythm_days=100),
        Stakeholder(id="di", name="Di", influence=5),
        Stakeholder(id="ed", name="Ed", influence=4),
    ]
    met_all = [met(101, "P1", whom="cy"), met(95, "P1"), met(200, "P1", whom="bo"), met(90, "P1", whom="ed")]
    found = coverage(plan_of(ANA, *others, *(row for rows in met_all for row in rows)), ON)
    assert [(row.person, row.days) for row in found.quiet] == [("di", None), ("cy", 101), ("ana", 95)]
    assert [row.person for row in found.rows if row.is_due] == ["di", "ana", "bo", "cy"]


def test_a_person_whom_a_firm_does_not_see_is_in_no_count() -> None:
    hidden = Stakeholder(id="cy", name="Cy", influence=5, visibility="tech")
    plan = plan_of(ANA, hidden, *met(5, "P1", whom="cy"), Tie(stakeholder="cy", party="ps", owner="P1"))
    found = coverage(project(plan, "ps"), ON)
    assert [row.person for row in found.rows] == ["ana"]
    assert [column.met for column in found.columns] == [0, 0, 0]
    assert found.rows[0].next
    assert "owns no others" in found.rows[0].next.reason
    assert found.single_threads == ()


# Laws


@given(plans(), DAYS)
def test_coverage_adds_up_to_the_meeting_log(plan: AccountPlan, on: dt.date) -> None:
    there = {
        (meeting.id, met.stakeholder, who.member)
        for meeting in plan.all(Meeting)
        if 0 <= (on - meeting.on).days <= 365
        for met in plan.where(MeetingStakeholder, meeting=meeting.id)
        for who in plan.where(MeetingMember, meeting=meeting.id)
        if (member := plan.get(Member, who.member)) and member.party != "customer"
        if (person := plan.get(Stakeholder, met.stakeholder)) and not has_left(person, on)
    }
    found = coverage(plan, on)
    assert sum(cell.meetings for row in found.rows for cell in row.cells) == len(there)
    for column in found.columns:
        assert column.met == len({person for _, person, member in there if member == column.member})
        assert column.met == sum(bool(cells(found, row.person)[column.member].meetings) for row in found.rows)


@given(plans(), DAYS)
def test_the_days_are_those_of_the_rules_about_people(plan: AccountPlan, on: dt.date) -> None:
    here = still_here(plan.all(Stakeholder), on)
    rows = {row.person: row for row in coverage(plan, on).rows}
    assert rows.keys() == {person.id for person in here}
    for person in here:
        row = rows[person.id]
        assert row.last == last_contact(plan, person, on)
        assert row.beyond == days_beyond_rhythm(plan, person, on)


@given(plans(), later_rows(), st.sampled_from(["alliance", "ps", "tech"]))
def test_rows_of_later_days_change_nothing(plan: AccountPlan, later: list[Entity], audience: str) -> None:
    new = [row for row in later if plan.get(type(row), *row.key) is None]
    more = AccountPlan.of([*plan, *new])
    assert coverage(project(as_known(more, ON), audience), ON) == coverage(
        project(as_known(plan, ON), audience), ON
    )
