from __future__ import annotations

import datetime as dt

import pytest

from tests.domain.plans import plan_of
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.lifecycle.sessions import (
    attend,
    cost,
    cost_in_words,
    guests_now,
    no_session,
    planned_minutes,
    roti,
)
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block, Guest, Presence, Roti
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply


def agenda(*blocks: tuple[int, int]) -> list[Block]:
    """Blocks of (planned minutes, seconds spent)."""
    return [
        Block(
            id=f"b{n}",
            session="S1",
            kind=BlockKind.VALUE,
            title="Value",
            minutes=minutes,
            spent=spent,
            rank=n,
        )
        for n, (minutes, spent) in enumerate(blocks)
    ]


def test_the_sessions_of_the_sample(sample: AccountPlan) -> None:
    assert {s.id: planned_minutes(sample, s.id) for s in sample.sessions} == {"S1": 90, "S2": 240}
    assert cost(sample, "S2") == 9520
    assert (roti(sample, "S1"), roti(sample, "S2")) == (2.83, 4.13)


def test_a_cost_leaves_out_who_has_no_rate() -> None:
    rated = Member(id="X1", party="ps", name="Xenia", rate=300)
    free = Member(id="X2", party="ps", name="Xaver", rate=0)
    present = [Presence(session="S1", member=member) for member in ("X1", "X2", "P1")]
    assert cost(plan_of(rated, free, *present, *agenda((90, 0))), "S1") == 450
    assert cost(plan_of(rated, free, *present), "S1") == 0
    assert cost(plan_of(rated, free, *present[1:], *agenda((90, 0))), "S1") == 0
    assert cost(plan_of(rated, free, present[2], *agenda((90, 0))), "S1") is None
    assert cost(plan_of(*agenda((90, 0))), "S1") is None


def test_a_cost_in_words_is_whole_and_says_how_many_rates_it_lacks() -> None:
    odd = Member(id="X1", party="ps", name="Xenia", rate=299.99)
    present = [Presence(session="S1", member=member) for member in ("X1", "P1", "P2")]
    assert cost_in_words(plan_of(odd, present[0], *agenda((90, 0))), "S1") == "EUR 450"
    assert cost_in_words(plan_of(odd, *present[:2], *agenda((90, 0))), "S1") == "EUR 450 and 1 unknown rate"
    assert cost_in_words(plan_of(odd, *present, *agenda((90, 0))), "S1") == "EUR 450 and 2 unknown rates"
    assert cost_in_words(plan_of(present[1], *agenda((90, 0))), "S1") == ""


@pytest.mark.parametrize(
    ("scores", "mean"),
    [([], None), ([3], 3), ([1, 2], 1.5), ([4, 4, 5], 4.33), ([5, 5, 4], 4.67), ([1] * 7 + [2], 1.13)],
)
def test_return_on_time_invested(scores: list[int], mean: float | None) -> None:
    seats = [Roti(session="S1", seat=str(n), score=score) for n, score in enumerate(scores)]
    assert roti(plan_of(*seats), "S1") == mean


def test_who_asks_for_a_session_that_is_not_there_is_told_which_are(sample: AccountPlan) -> None:
    one = AccountPlan.of([sample.account, sample.sessions[0]])
    none = AccountPlan.of([sample.account])
    assert no_session(sample, 0) == "Norvane Bank has no session 0: it has 1 to 2."
    assert no_session(one, 0) == "Norvane Bank has no session 0: it has only session 1."
    assert no_session(one) == "Norvane Bank no longer has this session: it has only session 1."
    assert no_session(none, 1) == "Norvane Bank has no session 1: it has none yet."


def test_who_leaves_a_block_was_there_and_who_was_expected_only_is_not() -> None:
    now = dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)
    begun, later = agenda((10, 60), (10, 0))
    plan = plan_of(begun, later, Stakeholder(id="ana", name="Ana Pires"))

    def ticked(block: str) -> bool:
        """Tick or untick; return whether the person is there by then."""
        nonlocal plan
        plan = apply(plan, Step(attend(plan, block, "ana", now)))
        return bool(guests_now(plan, block))

    assert [ticked("b0") for _ in range(3)] == [True, False, True]
    assert not ticked("b0")
    assert plan.get(Guest, "b0", "ana") == Guest(block="b0", stakeholder="ana", left_at=now)
    assert [ticked("b1") for _ in range(2)] == [True, False]
    assert plan.get(Guest, "b1", "ana") is None
