from __future__ import annotations

import pytest
from hypothesis import given

from tests.domain.plans import plan_of, plans
from workshop_tui.domain.model.discovery import Criterion, Score
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.profile import profile_score, spread, widest_gap


def scored(*rows: tuple[float, int | None, int | None]) -> AccountPlan:
    """A plan from (weight, score of ps, score of tech) for each criterion."""
    criteria = [
        Criterion(id=f"c{n}", text=f"Criterion {n}", weight=row[0], rank=n) for n, row in enumerate(rows)
    ]
    scores = [
        Score(criterion=f"c{n}", party=party, score=score)
        for n, (_, *pair) in enumerate(rows)
        for party, score in zip(("ps", "tech"), pair, strict=True)
        if score is not None
    ]
    return plan_of(*criteria, *scores)


def test_the_profile_of_the_sample(sample: AccountPlan) -> None:
    assert profile_score(sample, "ps") == pytest.approx(4.1)
    assert profile_score(sample, "tech") == pytest.approx(3.7)
    widest = widest_gap(sample)
    assert widest is not None
    assert (widest.text, spread(sample, widest)) == ("Senior access today", 2)


@pytest.mark.parametrize(
    ("rows", "ps", "tech"),
    [
        ([], None, None),
        ([(20, None, None)], None, None),
        ([(20, 4, None)], 4, None),
        ([(30, 5, 1), (10, 1, 5)], 4, 2),
        ([(30, 5, 1), (10, None, 5)], 5, 2),
        ([(0, 5, 1), (0, 1, 5)], None, None),
        ([(0, 5, 1), (10, 2, 2)], 2, 2),
    ],
)
def test_a_score_is_the_mean_of_what_was_scored_by_weight(
    rows: list[tuple[float, int | None, int | None]], ps: float | None, tech: float | None
) -> None:
    plan = scored(*rows)
    assert profile_score(plan, "ps") == (None if ps is None else pytest.approx(ps))
    assert profile_score(plan, "tech") == (None if tech is None else pytest.approx(tech))


@pytest.mark.parametrize(
    ("rows", "widest"),
    [
        ([], None),
        ([(20, None, None)], None),
        ([(20, 3, 3)], None),
        ([(20, 5, None)], None),
        ([(20, 5, 3), (20, 1, 4)], "c1"),
        ([(20, 5, 3), (30, 1, 3)], "c1"),
        ([(20, 5, 3), (20, 1, 3)], "c0"),
    ],
)
def test_the_widest_gap(rows: list[tuple[float, int | None, int | None]], widest: str | None) -> None:
    found = widest_gap(scored(*rows))
    assert (found and found.id) == widest


@given(plans())
def test_a_score_lies_between_the_lowest_and_the_highest(plan: AccountPlan) -> None:
    for party in ("ps", "tech"):
        score = profile_score(plan, party)
        assert score is None or 1 - 1e-9 <= score <= 5 + 1e-9
