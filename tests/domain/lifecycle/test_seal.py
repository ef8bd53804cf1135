"""A seal keeps its record, is reopened with a reason, and is superseded by the next."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.plans import ON, changes, plan_of, plans
from workshop_tui.documents.plan_json import dump_plan, load_plan
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.lifecycle.seal import (
    SEALED,
    is_sealed,
    recorded,
    refuse_if_sealed,
    refuse_renumbering,
    reopen_session,
    seal_of,
    seal_session,
    verify,
)
from workshop_tui.domain.model.session import Block, Decision, Roti, Seal, Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Change, Refused, Remove, Step, apply, set_field

AT = dt.datetime(2026, 6, 9, 17, 2, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=1)
DECISION = Decision(id="d", session="S2", text="One status meeting")
BLOCK = Block(id="b", session="S2", kind=BlockKind.CLOSING, title="Closing")
PLAN = plan_of(DECISION, BLOCK)


def sealed(plan: AccountPlan, seal: str, at: dt.datetime = AT, session: str = "S2") -> AccountPlan:
    record = dump_plan(recorded(plan))
    return apply(plan, Step(seal_session(plan, session, record=record, seal=seal, at=at, journal=7)))


def reopened(plan: AccountPlan, why: str = "One more decision", session: str = "S2") -> AccountPlan:
    return apply(plan, Step(reopen_session(plan, session, LATER, why)))


def test_a_session_is_sealed_until_it_is_reopened_and_sealed_anew() -> None:
    assert not is_sealed(PLAN, "S2")
    first = sealed(PLAN, "e1")
    found = seal_of(first, "S2")
    assert found
    assert (found.sealed_at, found.journal, found.supersedes, verify(found)) == (AT, 7, None, "")
    assert not is_sealed(first, "S1")
    again = reopened(first)
    assert not is_sealed(again, "S2")
    second = sealed(again, "e2", LATER)
    assert [(s.id, s.supersedes, s.reopened_why) for s in second.all(Seal)] == [
        ("e1", None, "One more decision"),
        ("e2", "e1", ""),
    ]
    held = seal_of(second, "S2")
    assert held
    assert held.id == "e2"


def test_both_records_stay_as_they_were_when_the_account_goes_on() -> None:
    first = sealed(PLAN, "e1")
    changed = apply(reopened(first), Step(set_field(DECISION, "text", "No status meeting at all")))
    one, two = sealed(changed, "e2", LATER).all(Seal)
    assert one.record == first.all(Seal)[0].record
    assert [load_plan(seal.record).all(Decision)[0].text for seal in (one, two)] == [
        "One status meeting",
        "No status meeting at all",
    ]
    assert [verify(one), verify(two)] == ["", ""]


def test_a_sealed_session_keeps_the_number_that_its_record_has() -> None:
    first = sealed(PLAN, "e1")
    before, at = first.sessions[0], first.number_of("S2")
    early, late = (
        Session(id="new", held_on=day) for day in (before.held_on, AT.date() + dt.timedelta(days=9))
    )
    for moved in ((Add(early),), (Remove(before),), set_field(before, "held_on", "2030-01-01")):
        with pytest.raises(
            Refused, match=rf"Session {at} of .* is sealed and keeps its number: take a later day"
        ):
            refuse_renumbering(first, apply(first, Step(moved)))
        refuse_renumbering(reopened(first), apply(reopened(first), Step(moved)))
    for kept in ((Add(late),), set_field(before, "purpose", "Agree")):
        refuse_renumbering(first, apply(first, Step(kept)))


def test_a_sealed_session_is_not_sealed_twice_and_reopening_needs_a_reason() -> None:
    first = sealed(PLAN, "e1")
    with pytest.raises(Refused, match="sealed: reopen it in closing"):
        sealed(first, "e2")
    with pytest.raises(Refused, match="say why in a few words"):
        reopened(first, "  ")
    assert reopen_session(PLAN, "S2", LATER, "Nothing to open") == ()


def test_two_seals_of_one_moment_are_reopened_together() -> None:
    first, second = (sealed(PLAN, seal).all(Seal)[0] for seal in ("e1", "e2"))
    both = AccountPlan.of((*PLAN, first, second))
    assert {seal.reopened_at for seal in reopened(both).all(Seal)} == {LATER}


def test_a_record_that_was_changed_is_told_in_one_sentence() -> None:
    (seal,) = sealed(PLAN, "e1").all(Seal)
    for record in ("", seal.record.replace("One status", "No status"), seal.record + " ", "\ud800"):
        told = verify(replace(seal, record=record))
        assert told.startswith("The sealed record doesn't match its SHA-256")
        assert told.endswith(".")


SEAL = sealed(PLAN, "e1").all(Seal)[0]


@pytest.mark.parametrize(
    "refused",
    [
        Add(Decision(id="e", session="S2", text="One more")),
        Add(Roti(session="S1", seat="1", score=5)),
        Remove(DECISION),
        Remove(SEAL),
        *set_field(DECISION, "text", "Another"),
        *set_field(BLOCK, "spent", 60),
        *set_field(SEAL, "journal", 8),
        *set_field(PLAN.sessions[1], "purpose", "Another"),
    ],
)
def test_a_sealed_session_refuses_every_change(refused: Change) -> None:
    plan = sealed(PLAN, "e1")
    with pytest.raises(Refused) as told:
        refuse_if_sealed(plan, "S2", (refused,))
    assert str(told.value) == SEALED
    refuse_if_sealed(plan, "S1", (refused,))
    refuse_if_sealed(reopened(plan), "S2", (refused,))


def test_a_sealed_session_is_still_reopened_and_shown_to_another_audience() -> None:
    plan = sealed(PLAN, "e1")
    session = plan.get(Session, "S2")
    assert session
    refuse_if_sealed(plan, "S2", reopen_session(plan, "S2", LATER, "Forgot one"))
    refuse_if_sealed(plan, "S2", set_field(session, "audience", "customer"))
    mixed = (*set_field(session, "audience", "customer"), *set_field(session, "purpose", "Another"))
    with pytest.raises(Refused):
        refuse_if_sealed(plan, "S2", mixed)


@settings(max_examples=25)
@given(st.data())
def test_whatever_happens_to_the_account_a_record_is_what_it_was(data: st.DataObject) -> None:
    start = data.draw(plans())
    plan = AccountPlan.of((*recorded(start), Session(id="S2", held_on=ON)))
    record = dump_plan(recorded(plan))
    plan = sealed(plan, "e1")
    for _ in range(4):
        change = data.draw(changes(recorded(plan)))
        try:
            plan = apply(plan, Step((change,)))
        except Refused:
            continue
    plan = sealed(reopened(plan), "e2", LATER)
    one, two = (seal for seal in plan.all(Seal) if seal.id in {"e1", "e2"})
    assert one.record == record
    assert (verify(one), verify(two), two.supersedes) == ("", "", "e1")
    assert two.record == dump_plan(recorded(plan))
    assert seal_of(plan, "S2") == two
