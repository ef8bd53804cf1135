"""How decisions are called, and who was there when they were taken."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import plan_of
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.model.session import Block, Decision, Guest, Presence, Session
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan, rank_after
from workshop_tui.domain.plan.step import Add, Remove, Set, Step, apply, invert
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


def test_an_id_of_that_form_stays_and_the_others_go_by_the_order_they_came_in(sample: AccountPlan) -> None:
    found = named(project(plus(sample), ALLIANCE))
    assert [name for row, name in found.items() if row.startswith("D")] == [f"D{n}" for n in range(1, 6)]
    assert (found["k3fq9xa"], found["z4cd8rt"]) == ("D9", "D10")


@given(
    st.lists(
        st.tuples(st.sampled_from([1.0, 2.0, 3.0, 2.5, 0.0]), st.sampled_from([ALLIANCE, CUSTOMER, "ps"])),
        max_size=6,
    ),
    st.data(),
)
def test_each_has_a_name_of_its_own(rows: list[tuple[float, str]], data: st.DataObject) -> None:
    ids = data.draw(
        st.lists(
            st.sampled_from(["D1", "D2", "a1", "a2", "a3", "a4"]),
            min_size=len(rows),
            max_size=len(rows),
            unique=True,
        )
    )
    plan = plan_of(
        *(
            Decision(id=row, rank=rank, session="S1", text="Go on", visibility=seen_by)
            for row, (rank, seen_by) in zip(ids, rows, strict=True)
        )
    )
    names = [name for row, name in named(plan).items() if name]
    assert len(set(names)) == len(names)
    assert len(names) == sum(seen_by != "ps" for _, seen_by in rows)


def test_a_name_once_told_stays_when_others_are_removed_or_kept_back(sample: AccountPlan) -> None:
    plan = sample
    for number in range(6, 10):  # each comes in behind all that are there, as wherever one is made
        rank = rank_after(plan.all(Decision))
        plan = apply(plan, Step((Add(Decision(id=f"x{number}", rank=rank, session="S2", text="So")),)))
    before = named(plan)
    assert [before[f"x{number}"] for number in range(6, 10)] == ["D6", "D7", "D8", "D9"]
    gone = [row for row in plan.all(Decision) if row.id in {"D2", "x7"}]
    after = apply(
        plan, Step((*(Remove(row) for row in gone), Set(Decision, ("x6",), "visibility", "alliance", "ps")))
    )
    left = named(after)
    assert {row: left[row] for row in ("D1", "D3", "x8", "x9")} == {
        row: before[row] for row in ("D1", "D3", "x8", "x9")
    }
    assert named(apply(after, invert(Step(tuple(Remove(row) for row in gone)))))["x7"] == "D7"


def test_of_two_that_came_in_at_once_the_second_has_a_letter(sample: AccountPlan) -> None:
    both = (Decision(id=row, rank=6.0, session="S2", text="So") for row in ("zz", "aa"))
    found = named(AccountPlan.of([*sample, *both]))
    assert (found["aa"], found["zz"]) == ("D6", "D6b")


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
