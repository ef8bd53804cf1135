"""How decisions are called, and who was there when they were taken."""

from __future__ import annotations

import datetime as dt

import pytest

from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.session import Block, Decision, Guest, Presence, Session
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.decisions import in_the_room, short_id

LATER = (
    Decision(id="k3fq9xa", rank=9.0, session="S2", text="Both firms answer within a day"),
    Decision(id="b7wn2hm", rank=8.0, session="S2", text="Ours alone", visibility="ps"),
    Decision(id="z4cd8rt", rank=10.0, session="S1", text="Told to them", visibility="customer"),
)


def named(plan: AccountPlan) -> dict[str, str]:
    return {row.id: short_id(plan, row) for row in plan.all(Decision)}


def plus(sample: AccountPlan) -> AccountPlan:
    return AccountPlan.of([*sample, *LATER])


def test_an_id_of_that_form_stays_and_the_others_go_on_from_there(sample: AccountPlan) -> None:
    found = named(project(plus(sample), ALLIANCE))
    assert [name for row, name in found.items() if row.startswith("D")] == [f"D{n}" for n in range(1, 6)]
    assert (found["k3fq9xa"], found["z4cd8rt"]) == ("D6", "D7")


def test_the_customer_is_told_none_as_a_number_left_out_would_tell_of_another(sample: AccountPlan) -> None:
    assert named(project(plus(sample), CUSTOMER)) == {"z4cd8rt": ""}


@pytest.mark.parametrize("firm", ["ps", "tech"])
def test_each_firm_calls_a_decision_as_the_alliance_does(sample: AccountPlan, firm: str) -> None:
    ours, theirs = (named(project(plus(sample), each)) for each in (ALLIANCE, firm))
    assert {row: theirs[row] for row in ours} == ours
    assert theirs.get("b7wn2hm", "") == ""


def test_who_was_there_is_who_was_present_and_whom_a_block_had_as_a_guest(sample: AccountPlan) -> None:
    assert [person.id for person in in_the_room(sample, "S2")] == [
        *(row.member for row in sample.where(Presence, session="S2")),
        "ST06",
        "ST13",
    ]
    other = AccountPlan.of(
        [
            *sample,
            Session(id="S9", held_on=dt.date(2026, 9, 1)),
            Block(id="B9", session="S9", kind=BlockKind.CLOSING, title="End"),
            Guest(block="B9", stakeholder="ST01"),
        ]
    )
    assert [person.id for person in in_the_room(other, "S9")] == ["ST01"]
    assert "ST01" not in [person.id for person in in_the_room(other, "S1")]
