"""What changed between two sessions: the sample's right results, a plan made by hand, and the laws."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields

from tests.domain.plan.test_past import later_rows
from tests.domain.plans import ON, plan_of, plans
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import (
    AccountStage,
    ActionStatus,
    AnswerStatus,
    ApproachKind,
    Confidence,
    Direction,
    Level,
    Sentiment,
    Standing,
    StepStatus,
)
from workshop_tui.domain.model.account import Account, StageEntry
from workshop_tui.domain.model.actions import Action, Approach, ApproachStep, Carry
from workshop_tui.domain.model.people import (
    Meeting,
    MeetingMember,
    MeetingStakeholder,
    Reading,
    Stakeholder,
    Tie,
)
from workshop_tui.domain.model.scorecard import Initiative, Review, ReviewLine
from workshop_tui.domain.model.session import Decision, Parking, Roti, Session
from workshop_tui.domain.model.value import Answer, Contribution, Proposition
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.past import as_known
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.compare import (
    Comparison,
    Fate,
    FirmMeetings,
    ParkingTurn,
    PersonTurn,
    StageChange,
    Turn,
    compare,
    turned,
)
from workshop_tui.domain.rules.follow_through import tally
from workshop_tui.domain.rules.people import drift

MARCH, SEPTEMBER = dt.date(2026, 3, 10), dt.date(2026, 9, 9)
DAY = dt.timedelta(1)


def by_days(plan: AccountPlan, earlier: str, later: str, audience: str = "") -> Comparison:
    """Compare two sessions of a plan by the rows that have a day."""
    known = []
    for name in (earlier, later):
        session = plan.get(Session, name)
        assert session
        then = as_known(plan, session.held_on, name)
        known.append(project(then, audience) if audience else then)
    return compare(known[0], known[1], earlier, later, by_records=False)


def changes(found: Comparison) -> dict[str, Any]:
    """Every group of a comparison."""
    told = {one.name: getattr(found, one.name) for one in fields(found)}
    return {name: group for name, group in told.items() if isinstance(group, tuple)}


# The sample, session 1 to session 2


def test_who_moved_in_the_sample_is_what_drifted_and_nobody_is_first_known(sample: AccountPlan) -> None:
    found = by_days(sample, "S1", "S2")
    assert {change.what for change in found.sentiment} == {Turn.MOVED}
    moved: dict[str, dict[str, int]] = {}
    for change in found.sentiment:
        moved.setdefault(change.person, {})[change.toward] = change.by
    assert moved == drift(sample, "S1", "S2")
    assert moved == {
        "ST02": {"all": 1},
        "ST03": {"all": 1, "tech": 1},
        "ST06": {"all": 1, "tech": 1},
        "ST08": {"all": -1},
        "ST10": {"all": -1, "tech": -1},
        "ST13": {"all": 1},
    }
    assert [change.person for change in found.sentiment[:3]] == ["ST10", "ST10", "ST08"]
    priya = next(change for change in found.sentiment if change.person == "ST03")
    assert (priya.now.confidence, priya.now.evidence) == (
        Confidence.OBSERVED,
        "agreed to a three-way meeting",
    )
    assert priya.then
    assert priya.then.evidence == "trusts our reading of CR-7"


def test_what_became_of_the_samples_first_actions(sample: AccountPlan) -> None:
    became = {one.action: one for one in by_days(sample, "S1", "S2").outcomes}
    assert {name: one.fate for name, one in became.items()} == {
        "A01": Fate.ON_TIME,
        "A02": Fate.LATE,
        "A03": Fate.ON_TIME,
        "A04": Fate.CARRIED,
        "A05": Fate.DROPPED,
        "A06": Fate.ON_TIME,
    }
    carried = became["A04"]
    assert (carried.carried, carried.carried_from, carried.due) == (
        *(1, dt.date(2026, 5, 1)),
        dt.date(2026, 6, 19),
    )
    assert (became["A02"].days_late, carried.days_late) == (16, 0)
    assert became["A05"].reason == "Customer asked for quiet until the tests pass"


def test_what_was_decided_and_parked_in_the_sample(sample: AccountPlan, grown: AccountPlan) -> None:
    found = by_days(sample, "S1", "S2")
    assert [one.decision for one in found.decisions] == ["D3", "D4", "D5"]
    assert {one.replaces for one in found.decisions} == {None}
    parked = {one.item: (one.what, one.became) for one in found.parking}
    assert parked == {
        "K1": (ParkingTurn.EMPTIED, "A06"),
        "K2": (ParkingTurn.OPEN, ""),
        "K3": (ParkingTurn.OPENED, "A09"),
        "K4": (ParkingTurn.OPENED, ""),
        "K5": (ParkingTurn.OPENED, "A12"),
    }
    new = by_days(grown, "S1", "S2").decisions[-1]
    assert (new.decision, new.replaces, new.number) == ("D7", "D6", 2)
    assert new.replaced_text == "Each firm sends the bank a status report of its own"


def test_what_was_heard_and_scored_in_the_sample(sample: AccountPlan) -> None:
    found = by_days(sample, "S1", "S2")
    heard = [one.answer for one in found.answers if one.what is AnswerStatus.HEARD]
    assert sorted(heard) == [f"V{n:02}" for n in range(1, 11)]
    sure = [one.answer for one in found.answers if one.what is AnswerStatus.VALIDATED]
    assert sorted(sure) == ["V01", "V03", "V04", "V05"]
    (time,) = found.roti
    assert (time.then, time.now, time.seats_then, time.seats_now) == (2.83, 4.13, 6, 8)
    scores = {key: row for key, row in sample.rows[Roti].items() if key[0] != "S2"}
    assert by_days(AccountPlan({**sample.rows, Roti: scores}), "S1", "S2").roti == ()  # not scored yet
    assert [one.action for one in found.actions] == [f"A{n:02}" for n in range(7, 13)]


def test_where_the_sample_was_met_and_how_far_approached(sample: AccountPlan) -> None:
    found = by_days(sample, "S1", "S2")
    assert len(found.meetings) == 16
    assert found.meetings_by_firm == (
        FirmMeetings("ps", "Quillhaven", 9, 7),
        FirmMeetings("tech", "Stratalume", 9, 7),
    )
    assert [(run.person, run.party, run.meetings) for run in found.solo_runs] == [
        ("ST02", "ps", 3),
        ("ST08", "tech", 3),
    ]
    assert len(found.steps) == 13
    worst = found.steps[0]
    assert (worst.person, worst.now, worst.on) == ("ST10", StepStatus.DECLINED, dt.date(2026, 5, 15))
    assert (found.reviews, found.scorecard) == ((), ())  # one review is nearest to both


def test_what_the_grown_sample_dated_is_told_and_what_keeps_no_day_is_not(grown: AccountPlan) -> None:
    found = by_days(grown, "S1", "S2")
    (left,) = found.people
    assert (left.name, left.what, left.on, left.now) == (
        *("Henrik Dalmas", PersonTurn.LEFT, dt.date(2026, 4, 30)),
        "Nadia Okonjo-Wells",
    )
    assert found.stage == (StageChange(AccountStage.VALIDATED, AccountStage.PROSPECT),)
    assert not any((found.levels, found.owners, found.proposition, found.standings))


@pytest.mark.parametrize(("audience", "unseen"), [("ps", {"A09", "V09"}), ("tech", {"A10"})])
def test_nothing_of_the_other_firm_is_in_a_firms_comparison(
    grown: AccountPlan, audience: str, unseen: set[str]
) -> None:
    whole, cut = by_days(grown, "S1", "S2"), by_days(grown, "S1", "S2", audience)
    told = repr(cut)
    assert not {name for name in unseen if f"'{name}'" in told}
    assert {name for name in unseen if f"'{name}'" in repr(whole)} == unseen
    assert len(cut) < len(whole)
    assert by_days(grown, "S1", "S2", "customer").is_empty


# A plan made by hand: three sessions, everything but what the sample has

ANA = Stakeholder(id="ana", name="Ana", influence=5)
BO = Stakeholder(id="bo", name="Bo", influence=2, rank=1, reports_to="ana")
CY = Stakeholder(id="cy", name="Cy", rank=2, visibility="tech")


def read(session: str, person: str, value: Sentiment | None, toward: str = "all") -> Reading:
    return Reading(session=session, stakeholder=person, toward=toward, value=value)


def met(name: str, on: dt.date, person: str, *members: str) -> tuple[Entity, ...]:
    there = (MeetingMember(meeting=name, member=member) for member in members)
    return (Meeting(id=name, on=on), MeetingStakeholder(meeting=name, stakeholder=person), *there)


HELD = plan_of(
    *(ANA, BO, CY),
    read("S1", "ana", None),
    read("S2", "ana", Sentiment.ADVOCATE),
    read("S1", "bo", Sentiment.NEUTRAL),
    read("S2", "bo", None),
    read("S3", "ana", Sentiment.OPPOSED),
    read("S3", "bo", Sentiment.SUPPORTIVE, "tech"),
    Action(id="a1", session="S1", title="Send the list", owner="P1", due=MARCH + 10 * DAY),
    Action(id="a2", session="S2", title="Call them back", due=ON + 5 * DAY),
    Action(id="a3", session="S1", title="Done long ago", status=ActionStatus.DONE, done_on=MARCH + DAY),
    Action(id="a4", session="S1", title="Carried and late", owner="ana", due=ON + 2 * DAY),
    Carry(action="a4", session="S2", from_due=MARCH + DAY, to_due=ON + 2 * DAY),
    Answer(id="v1", stakeholder="ana", text="Less to sign", heard_on=MARCH),
    Answer(
        id="v2",
        stakeholder="bo",
        text="No second plan",
        heard_on=MARCH,
        status=AnswerStatus.WITHDRAWN,
        withdrawn_on=ON + DAY,
    ),
    Parking(id="k1", session="S1", text="The price", dropped=True, dropped_on=ON + 9 * DAY),
    Decision(id="d1", session="S1", text="Go first"),
    Decision(id="d3", session="S3", text="Go last", replaces="d1"),
    *met("m1", MARCH, "ana", "P1"),
    *met("m2", ON - DAY, "ana", "P1", "P2"),
    *met("m3", ON + DAY, "ana", "P2"),
    *met("m4", SEPTEMBER, "cy", "T1"),
    Roti(session="S3", seat="1", score=2),
    Initiative(id="i", title="Open points", lower_is_better=True, actual=7),
    Review(id="r1", on=MARCH + 3 * DAY),
    Review(id="r2", on=ON + 80 * DAY),
    ReviewLine(review="r1", initiative="i", actual=3, completion=25, direction=Direction.UP),
    ReviewLine(review="r2", initiative="i", actual=7, completion=25, direction=Direction.DOWN),
    Account(id="acc", name="Account", stage=AccountStage.VALIDATED),
    StageEntry(id="e", stage=AccountStage.VALIDATED, was=AccountStage.NOMINATED, on=SEPTEMBER),
)


def test_unknown_is_no_value_and_so_no_move() -> None:
    told = {one.person: one for one in by_days(HELD, "S1", "S2").sentiment}
    assert {name: (one.what, one.by) for name, one in told.items()} == {
        "ana": (Turn.FIRST_KNOWN, 0),
        "bo": (Turn.NOT_KNOWN, 0),
    }


def test_the_last_reading_counts_where_the_earlier_session_has_none() -> None:
    (ana, bo) = by_days(HELD, "S2", "S3").sentiment
    assert (ana.person, ana.what, ana.by) == ("ana", Turn.MOVED, -4)
    assert (bo.toward, bo.toward_name, bo.what, bo.then) == ("tech", "Two", Turn.FIRST_KNOWN, None)


def test_what_became_of_an_action_is_told_in_the_session_that_carried_it_too() -> None:
    first = {one.action: one for one in by_days(HELD, "S1", "S2").outcomes}
    assert (first["a1"].fate, first["a1"].days_late) == (Fate.OPEN, 81)
    assert (first["a3"].fate, first["a3"].days_late) == (Fate.DONE, 0)
    assert (first["a4"].fate, first["a4"].carried, first["a4"].owner) == (Fate.CARRIED, 1, "Ana")
    second = {one.action: one for one in by_days(HELD, "S2", "S3").outcomes}
    assert {name: (one.fate, one.days_late) for name, one in second.items()} == {
        "a2": (Fate.OPEN, 87),
        "a4": (Fate.OPEN, 90),
    }


def test_a_date_moved_after_the_seal_of_the_actions_own_session_is_a_carry() -> None:
    moved = plan_of(
        Action(id="a", session="S1", title="Send the list", due=ON + DAY),
        Carry(action="a", session="S1", from_due=MARCH + DAY, to_due=ON - DAY),
        Carry(action="a", session="S2", from_due=ON - DAY, to_due=ON + DAY),
    )
    (found,) = by_days(moved, "S1", "S2").outcomes
    assert (found.fate, found.carried, found.carried_from) == (Fate.CARRIED, 2, MARCH + DAY)
    (later,) = by_days(moved, "S2", "S3").outcomes
    assert (later.fate, later.carried, later.first_due) == (Fate.OPEN, 0, MARCH + DAY)


def test_what_else_the_plan_made_by_hand_tells() -> None:
    found = by_days(HELD, "S2", "S3")
    assert [(one.answer, one.what, one.on) for one in found.answers] == [
        ("v2", AnswerStatus.WITHDRAWN, ON + DAY)
    ]
    (parked,) = found.parking
    assert (parked.item, parked.what, parked.is_dropped, parked.number) == (
        "k1",
        ParkingTurn.EMPTIED,
        True,
        1,
    )
    (decided,) = found.decisions
    assert (decided.decision, decided.replaced_text, decided.number) == ("d3", "Go first", 3)
    assert [(run.person, run.party, run.meetings, run.before) for run in found.solo_runs] == [
        ("ana", "ps", 3, 2)
    ]
    assert [(one.what, one.then, one.now) for one in found.roti] == [(Turn.FIRST_KNOWN, None, 2.0)]
    assert found.stage == (StageChange(AccountStage.NOMINATED, AccountStage.VALIDATED),)
    assert found.reviews == ()  # of the two, the second is the nearer one to both sessions


def test_the_scorecard_is_compared_between_the_reviews_nearest_to_the_sessions() -> None:
    assert by_days(HELD, "S1", "S2").reviews == ()
    found = by_days(HELD, "S1", "S3")
    assert found.reviews == (MARCH + 3 * DAY, ON + 80 * DAY)
    (worse,) = found.scorecard
    assert (worse.then, worse.now, worse.heading) == (3, 7, Direction.DOWN)
    assert worse.direction == (Direction.UP, Direction.DOWN)


def test_a_person_whom_a_firm_does_not_see_is_in_nothing_it_is_told() -> None:
    assert "cy" in repr(by_days(HELD, "S2", "S3", "tech"))
    for audience in ("ps", "alliance"):
        told = repr(by_days(HELD, "S2", "S3", audience))
        assert "'cy'" not in told
        assert "Cy" not in told


# By records


def replaced(plan: AccountPlan, *rows: Entity) -> AccountPlan:
    return AccountPlan.of([*plan, *rows], plan.audience)


STOOD = plan_of(
    ANA,
    BO,
    Tie(stakeholder="ana", party="ps", owner="P1", level=Level.WORKING),
    Tie(stakeholder="ana", party="tech", level=None),
    Tie(stakeholder="bo", party="ps", owner="P2", level=Level.KNOWN),
    Proposition(id="p", together="Test it"),
    Contribution(proposition="p", party="ps", brings="People"),
    Approach(stakeholder="ana"),
    ApproachStep(stakeholder="ana", step=ApproachKind.THREE_WAY, status=StepStatus.BOOKED, on=SEPTEMBER),
    Parking(id="k0", session="S1", text="Settled then", dropped=True),
)
TECH = STOOD.partners[1]
STANDS = replaced(
    STOOD,
    with_values(ANA, name="Ana Pires"),
    with_values(BO, reports_to=None),
    Stakeholder(id="di", name="Di", reports_to="bo"),
    Tie(stakeholder="ana", party="ps", owner="P2", level=Level.KNOWN),
    Tie(stakeholder="ana", party="tech", owner="T1", level=Level.AWARE),
    Tie(stakeholder="bo", party="ps", owner=None, level=None),
    Proposition(id="p", together="", customer_gains="Time"),
    Contribution(proposition="p", party="ps", brings="People and tests"),
    ApproachStep(stakeholder="ana", step=ApproachKind.THREE_WAY, status=StepStatus.DONE, on=ON),
    with_values(TECH, standing=Standing.VENDOR),
)


def test_records_tell_what_keeps_no_day() -> None:
    found = compare(STOOD, STANDS, "S1", "S2", by_records=True)
    assert [(one.person, one.what, one.then, one.now) for one in found.people] == [
        ("di", PersonTurn.NEW, "", "Bo"),
        ("bo", PersonTurn.MANAGER, "Ana", ""),
        ("ana", PersonTurn.RENAMED, "Ana", "Ana Pires"),
    ]
    assert [(one.person, one.party, one.what, one.then, one.now) for one in found.levels] == [
        ("bo", "ps", Turn.NOT_KNOWN, Level.KNOWN, None),
        ("ana", "ps", Turn.MOVED, Level.WORKING, Level.KNOWN),
        ("ana", "tech", Turn.FIRST_KNOWN, None, Level.AWARE),
    ]
    assert [(one.person, one.then, one.now) for one in found.owners] == [
        ("bo", "Other of one", ""),
        ("ana", "Member of one", "Other of one"),
        ("ana", "", "Member of two"),
    ]
    assert [(one.title, one.what, one.now) for one in found.proposition] == [
        ("Together", Turn.NOT_KNOWN, ""),
        ("Customer gains", Turn.FIRST_KNOWN, "Time"),
        ("One brings", Turn.MOVED, "People and tests"),
    ]
    assert [(one.then, one.now, one.on) for one in found.steps] == [(StepStatus.BOOKED, StepStatus.DONE, ON)]
    assert [(one.party, one.what, one.now) for one in found.standings] == [
        ("tech", Turn.FIRST_KNOWN, Standing.VENDOR)
    ]


def test_from_days_alone_none_of_it_is_told() -> None:
    found = compare(STOOD, STANDS, "S1", "S2", by_records=False)
    assert not any((found.people, found.levels, found.owners, found.proposition, found.standings))


# Laws

VALUES = st.none() | st.sampled_from(Sentiment)


@given(VALUES, VALUES)
def test_a_turn_is_a_move_between_two_known_values_alone(
    then: Sentiment | None, now: Sentiment | None
) -> None:
    found = turned(then, now)
    assert (found is None) == (then == now)
    assert (found is Turn.MOVED) == (None not in {then, now} and then != now)
    assert (found is Turn.FIRST_KNOWN) == (then is None and now is not None)


@st.composite
def held_plans(draw: st.DrawFn) -> AccountPlan:
    """Any plan in which the sessions a, b and c are held, in this order of days."""
    days = sorted(draw(st.lists(st.dates(MARCH, SEPTEMBER), min_size=3, max_size=3, unique=True)))
    sessions = [Session(id=name, held_on=day) for name, day in zip("abc", days, strict=True)]
    return AccountPlan.of([*draw(plans()), *sessions])


@given(held_plans(), st.sampled_from("abc"), st.booleans())
def test_a_session_compared_with_itself_has_no_change(
    plan: AccountPlan, session: str, by_records: bool
) -> None:
    assert by_days(plan, session, session).is_empty
    assert compare(plan, plan, session, session, by_records=by_records).is_empty


@given(held_plans(), plans(), st.booleans())
def test_a_comparison_is_made_of_changes_alone(
    then: AccountPlan, more: AccountPlan, by_records: bool
) -> None:
    now = AccountPlan.of([*then, *(row for row in more if not isinstance(row, Session))])
    found = compare(then, now, "a", "b", by_records=by_records)
    for felt in found.sentiment:
        assert turned(felt.then.value if felt.then else None, felt.now.value) is felt.what
    turns: list[tuple[object, object, Turn]] = [(one.then, one.now, one.what) for one in found.levels]
    turns += [(one.then, one.now, one.what) for one in found.standings]
    turns += [(one.then, one.now, one.what) for one in found.roti]
    assert all(turned(was, is_now) is what for was, is_now, what in turns)
    for line in found.proposition:
        assert turned(line.then or None, line.now or None) is line.what
    for step in found.steps:
        was = then.get(ApproachStep, step.person, step.step)
        assert step.now is not (was.status if was else StepStatus.TODO)
    for owned in found.owners:
        ties = [plan.get(Tie, owned.person, owned.party) for plan in (then, now)]
        assert ties[0] is None or ties[1] is None or ties[0].owner != ties[1].owner
    assert all(then.get(Meeting, one.meeting) is None for one in found.meetings)


@given(held_plans())
def test_of_equal_records_only_what_the_later_session_made_is_told(plan: AccountPlan) -> None:
    told = {name for name, group in changes(compare(plan, plan, "a", "b", by_records=True)).items() if group}
    assert told <= {
        "sentiment",
        "decisions",
        "outcomes",
        "actions",
        "parking",
        "reviews",
        "scorecard",
        "roti",
    }


@given(held_plans())
def test_what_lies_between_three_sessions_is_told_once(plan: AccountPlan) -> None:
    ab, bc, ac = by_days(plan, "a", "b"), by_days(plan, "b", "c"), by_days(plan, "a", "c")

    def heard(found: Comparison) -> list[str]:
        return sorted(one.answer for one in found.answers if one.what is AnswerStatus.HEARD)

    def ids(found: Comparison, group: str, name: str) -> list[str]:
        return sorted(getattr(one, name) for one in changes(found)[group])

    assert sorted(heard(ab) + heard(bc)) == heard(ac)
    for group, name in (("meetings", "meeting"), ("decisions", "decision"), ("actions", "action")):
        assert sorted(ids(ab, group, name) + ids(bc, group, name)) == ids(ac, group, name)


@given(held_plans())
def test_what_moved_between_two_sessions_that_both_read_is_drift(plan: AccountPlan) -> None:
    moved = drift(plan, "a", "b")
    found = by_days(plan, "a", "b")
    told: dict[str, dict[str, int]] = {}
    for one in found.sentiment:
        if one.what is Turn.MOVED and one.then and one.then.session == "a":
            told.setdefault(one.person, {})[one.toward] = one.by
    assert told == {who: by for who in moved if plan.get(Stakeholder, who) and (by := dict(moved[who]))}


@given(held_plans())
def test_outcomes_add_up_to_the_follow_through_of_what_was_due(plan: AccountPlan) -> None:
    (first, second, _) = plan.sessions
    known = as_known(plan, second.held_on, "b")
    made = known.where(Action, session="a")
    ids = {row.id for row in made}
    due = [
        one
        for one in by_days(plan, "a", "b").outcomes
        if one.action in ids and one.first_due and one.first_due <= second.held_on
    ]
    counts = tally(known, made, second.held_on)
    assert [sum(one.fate is fate for one in due) for fate in (Fate.ON_TIME, Fate.LATE, Fate.DROPPED)] == [
        counts.on_time,
        counts.late,
        counts.dropped,
    ]
    assert len(due) == counts.due
    assert first.held_on < second.held_on


@given(held_plans(), st.sampled_from(["", "alliance", "ps"]))
def test_the_order_in_which_rows_were_kept_changes_nothing(plan: AccountPlan, audience: str) -> None:
    turned_round = AccountPlan.of(reversed(list(plan)))
    assert by_days(turned_round, "a", "b", audience) == by_days(plan, "a", "b", audience)


@given(plans(), later_rows(), st.sampled_from(["", "alliance", "ps", "tech"]))
def test_rows_of_days_after_both_change_nothing(
    plan: AccountPlan, later: list[Entity], audience: str
) -> None:
    plan = AccountPlan.of([*plan, Session(id="S1", held_on=MARCH), Session(id="S2", held_on=ON)])
    new = [row for row in later if plan.get(type(row), *row.key) is None]
    more = AccountPlan.of([*plan, *new])
    assert by_days(more, "S1", "S2", audience) == by_days(plan, "S1", "S2", audience)


def test_both_sessions_must_be_there() -> None:
    with pytest.raises(ValueError, match="Both sessions"):
        compare(HELD, HELD, "S1", "S9", by_records=True)
