"""What ends taught, and how reasons are counted."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import ON, plan_of
from workshop_tui.domain.base.vocabulary import AccountStage
from workshop_tui.domain.model.account import Learnt
from workshop_tui.domain.plan.step import Refused, Step, apply
from workshop_tui.domain.rules.learnt import end_with
from workshop_tui.domain.rules.reasons import FEWEST, Lesson, count_reasons

LOST, WON = AccountStage.LOST, AccountStage.WON


def lesson(reason: str, end: AccountStage = LOST, account: str = "a", day: int = 1) -> Lesson:
    return Lesson(account, account.upper(), end, dt.date(2026, 5, day), reason, "", "", "")


def test_an_end_and_what_it_teaches_are_one_change() -> None:
    plan = plan_of()
    plan = apply(plan, Step(end_with(plan, AccountStage.QUALIFIED_OUT, "Budget", None, "", on=ON)))
    (kept,) = plan.all(Learnt)
    assert (kept.stage, kept.reason, kept.on) == (AccountStage.QUALIFIED_OUT, "Budget", ON)
    assert (plan.account.stage, plan.account.stage_note) == (AccountStage.QUALIFIED_OUT, "Budget")
    plan = apply(plan, Step(end_with(plan, AccountStage.QUALIFIED_OUT, "Timing", None, "Next year", on=ON)))
    assert [(one.id, one.reason) for one in plan.all(Learnt)] == [("1", "Budget"), ("2", "Timing")]


def test_an_end_needs_its_reason() -> None:
    with pytest.raises(Refused, match="needs a reason"):
        end_with(plan_of(), AccountStage.QUALIFIED_OUT, " ", None, "", on=ON)


def test_reasons_are_counted_end_by_end_the_most_frequent_first() -> None:
    found = count_reasons(
        [lesson("Price"), lesson("Budget", day=3), lesson("price", day=2), lesson("Price", WON)]
    )
    assert [(one.end, one.reason, one.count, one.of) for one in found] == [
        (WON, "Price", 1, 1),
        (LOST, "price", 2, 3),
        (LOST, "Budget", 1, 3),
    ]


def test_four_ends_have_no_rate_and_five_have_one() -> None:
    four = [lesson("Price", account=name) for name in "abcd"]
    assert [one.rate for one in count_reasons(four)] == [None]
    five = count_reasons([*four, lesson("Budget", account="e")])
    assert [(one.reason, one.rate) for one in five] == [("Price", 0.8), ("Budget", 0.2)]


@given(st.lists(st.builds(lesson, st.sampled_from("xyz"), st.sampled_from([LOST, WON]))))
def test_every_lesson_is_counted_once_and_rates_add_up(lessons: list[Lesson]) -> None:
    found = count_reasons(lessons)
    assert sum(one.count for one in found) == len(lessons)
    for end in (LOST, WON):
        rates = [one.rate for one in found if one.end is end]
        ends = sum(one.end is end for one in lessons)
        if ends >= FEWEST:
            assert sum(rate or 0 for rate in rates) == pytest.approx(1)
        else:
            assert set(rates) <= {None}
