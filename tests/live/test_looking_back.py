"""Two sessions side by side: from their records where both are sealed, else from rows that have a day."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.domain.plans import ON
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, AnswerStatus, Level, Sentiment
from workshop_tui.domain.lifecycle.seal import reopen_session, seal_of
from workshop_tui.domain.model.account import Member, Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.model.session import Decision, Seal, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply
from workshop_tui.live.looking_back import RECORDS, WHOLE, Compared, compared, known_to
from workshop_tui.live.record import as_shown, seal_now

AT = dt.datetime(2026, 6, 9, 17, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 9, 9, 17, tzinfo=dt.UTC)


def sealed(plan: AccountPlan, session: str, at: dt.datetime) -> AccountPlan:
    return apply(plan, Step(seal_now(plan, session, seal=f"seal-{session}", at=at, journal=7)))


def with_rows(plan: AccountPlan, *rows: Entity) -> AccountPlan:
    return AccountPlan.of([*plan, *rows])


@pytest.fixture(scope="module")
def twice_sealed(sample: AccountPlan) -> AccountPlan:
    """The sample with its second session sealed, and a third, after some changes, sealed too."""
    tie = sample.get(Tie, "ST03", "tech")
    assert tie
    plan = sealed(sample, "S2", AT)
    plan = with_rows(
        plan,
        Session(id="S3", held_on=LATER.date()),
        with_values(tie, level=Level.AWARE.value, owner="T4"),
        Stakeholder(id="ST20", name="Mara Quill", visibility="tech"),
        Reading(session="S3", stakeholder="ST03", toward="all", value=Sentiment.ADVOCATE),
        Answer(id="V20", stakeholder="ST03", text="Said between", heard_on=dt.date(2026, 7, 1)),
        Decision(id="D20", session="S3", text="Go ahead"),
    )
    return sealed(plan, "S3", LATER)


def between(plan: AccountPlan, one: str, other: str, audience: str = WHOLE) -> Compared:
    sessions = [plan.get(Session, name) for name in (one, other)]
    assert sessions[0]
    assert sessions[1]
    return compared(plan, sessions[0], sessions[1], audience)


def test_where_both_are_sealed_the_records_are_compared(twice_sealed: AccountPlan) -> None:
    after = with_rows(  # whatever comes after the seals is in neither record
        twice_sealed,
        Decision(id="D21", session="S3", text="Typed after the seal"),
        Answer(id="V21", stakeholder="ST03", text="Typed after the seal", heard_on=dt.date(2026, 7, 2)),
    )
    for plan in (twice_sealed, after):
        found = between(plan, "S2", "S3")
        told = found.comparison
        assert (found.basis, told.by_records) == (RECORDS, True)
        assert [one.name for one in told.people] == ["Mara Quill"]
        assert [(one.then, one.now) for one in told.levels] == [(Level.NONE, Level.AWARE)]
        assert [(one.then, one.now) for one in told.owners] == [("", "Gideon Farrowmere")]
        assert [(one.person, one.by) for one in told.sentiment] == [("ST03", 1)]
        assert [(one.answer, one.what) for one in told.answers] == [("V20", AnswerStatus.HEARD)]
        assert [one.decision for one in told.decisions] == ["D20"]
        assert (told.earlier.number, told.later.number) == (2, 3)


def test_the_earlier_comes_first_in_whichever_order_they_are_named(twice_sealed: AccountPlan) -> None:
    assert between(twice_sealed, "S3", "S2") == between(twice_sealed, "S2", "S3")
    assert between(twice_sealed, "S2", "S2").comparison.is_empty


def test_what_a_record_holds_is_cut_for_a_firm(twice_sealed: AccountPlan) -> None:
    assert "Mara Quill" in repr(between(twice_sealed, "S2", "S3", "tech"))
    for audience in ("ps", ALLIANCE):
        assert "Mara Quill" not in repr(between(twice_sealed, "S2", "S3", audience))
    assert between(twice_sealed, "S2", "S3", "customer").comparison.is_empty


def test_without_both_seals_rows_with_a_day_are_compared_and_it_is_said_why(
    twice_sealed: AccountPlan, sample: AccountPlan
) -> None:
    found = between(twice_sealed, "S1", "S3")
    assert not found.comparison.by_records
    assert found.basis.startswith("by dated rows, as session 1 is not sealed: who came, levels, ")
    assert found.comparison.levels == ()
    assert between(sample, "S1", "S2").basis.startswith("by dated rows, as neither session is sealed: ")
    again = apply(twice_sealed, Step(reopen_session(twice_sealed, "S3", LATER, "One more")))
    assert "session 3 is not sealed" in between(again, "S2", "S3").basis


def test_a_record_that_is_not_what_was_sealed_is_not_compared(twice_sealed: AccountPlan) -> None:
    seal = seal_of(twice_sealed, "S2")
    assert seal
    spoilt = with_rows(twice_sealed, replace(seal, record=seal.record + " "))
    found = between(spoilt, "S2", "S3")
    assert not found.comparison.by_records
    assert "a record can't be used (The sealed record doesn't match its SHA-256" in found.basis


def test_a_record_is_read_once_however_often_it_is_looked_at(twice_sealed: AccountPlan) -> None:
    one, other = (as_shown(twice_sealed, "S2").plan for _ in range(2))
    assert one.rows[Stakeholder] is other.rows[Stakeholder]
    assert one == other


def test_a_firm_that_came_later_is_not_told_a_record_cut_for_the_customer(twice_sealed: AccountPlan) -> None:
    plan = with_rows(
        twice_sealed,
        Party(id="third", name="Third", short="Third", rank=9),
        Member(id="X1", party="third", name="Somebody Else"),
    )
    found = between(plan, "S2", "S3", "third")
    assert not found.comparison.by_records
    assert "older than this firm's part in the alliance" in found.basis
    assert [one.person for one in found.comparison.sentiment] == ["ST03"]


def test_what_an_audience_knew_on_a_day(sample: AccountPlan) -> None:
    then = known_to(sample, dt.date(2026, 3, 10), "ps")
    assert (then.audience, [row.id for row in then.sessions]) == ("ps", ["S1"])
    assert then.all(Answer) == ()
    assert known_to(sample, ON, WHOLE) == sample
    assert not known_to(sample, ON, "ps").where(Action, visibility="tech")
    assert not known_to(sample, ON, "tech").all(Seal)
