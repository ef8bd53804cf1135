"""What is missing in proofs, differences and the growth path, and who hears of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import ON, plan_of, plans
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import Dimension, GrowthStatus
from workshop_tui.domain.gaps.registry import CHECKS, gaps, visible
from workshop_tui.domain.model.value import Difference, GrowthStep, Proof
from workshop_tui.domain.plan.audience import project, sees
from workshop_tui.domain.plan.plan import AccountPlan

RULES = ("value_not_recognised", "nothing_unique", "no_growth_beyond")
PROOF = Proof(id="p", text="Fourteen services tested", rank=2)
OTHER = Proof(id="q", text="Two drills held", rank=1, visibility="ps")
UNIQUE = Difference(id="d", dimension=Dimension.PEOPLE, text="Engineers who know the rule")
SOON = GrowthStep(id="g", period="2026-Q4", what="Six services more")
LATE = GrowthStep(id="h", period="2028", what="One data centre less")


def found(*rows: Entity, audience: str = "") -> set[tuple[str, str]]:
    plan = plan_of(*rows)
    every = gaps(plan, ON, dict.fromkeys(RULES))
    heard = visible(every, project(plan, audience)) if audience else every
    return {(gap.rule, gap.key[0]) for gap in heard}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], set()),
        ([PROOF], {("value_not_recognised", "p")}),
        ([PROOF, OTHER], {("value_not_recognised", "p")}),
        ([PROOF, OTHER.changed("recognised_on", "2026-06-01")], set()),
        ([PROOF, PROOF.model_copy(update={"id": "r", "rank": 9.0})], {("value_not_recognised", "p")}),
        ([UNIQUE], {("nothing_unique", "d")}),
        ([UNIQUE, PROOF.changed("recognised_on", "2026-06-01"), UNIQUE.changed("proof", "p")], set()),
        ([SOON], {("no_growth_beyond", "g")}),
        ([SOON, LATE], set()),
        ([SOON, LATE.changed("status", GrowthStatus.DROPPED.value)], {("no_growth_beyond", "g")}),
        ([SOON, LATE.changed("status", GrowthStatus.DONE.value)], {("no_growth_beyond", "h")}),
        ([SOON.changed("status", GrowthStatus.DROPPED.value)], set()),
        ([SOON.changed("period", "2027-Q1")], {("no_growth_beyond", "g")}),
        ([SOON.changed("period", "2027-Q2")], set()),
    ],
)
def test_each_speaks_once_of_all_its_rows(rows: list[Entity], said: set[tuple[str, str]]) -> None:
    assert found(*rows) == said


@pytest.mark.parametrize(
    ("audience", "heard"), [("alliance", set()), ("tech", set()), ("ps", {("value_not_recognised", "q")})]
)
def test_what_one_firm_keeps_to_itself_is_told_to_that_firm_alone(
    audience: str, heard: set[tuple[str, str]]
) -> None:
    assert found(OTHER, audience=audience) == heard


@given(plans())
def test_each_is_told_at_most_once_and_by_a_row_that_most_may_see(plan: AccountPlan) -> None:
    for kind, checks in CHECKS.items():
        rules = {check.__name__ for check in checks} & set(RULES)
        told = [gap for gap in gaps(plan, ON, dict.fromkeys(rules)) if rules]
        assert len(told) <= 1
        for gap in told:
            row = plan.get(kind, *gap.key)
            assert row is not None
            wide = getattr(row, "visibility", "")
            assert wide in {"customer", "alliance"} or not any(
                sees("alliance", getattr(each, "visibility", ""))
                for each in plan.all(kind)
                if getattr(each, "status", None) is not GrowthStatus.DROPPED
            )


@given(st.lists(st.sampled_from(["2026-Q3", "2026", "2027-Q1", "2027-Q2", "2027", "2031"]), max_size=6))
def test_a_path_has_something_beyond_a_year_or_says_so(periods: list[str]) -> None:
    steps = [GrowthStep(id=f"g{n}", period=period, what="A step") for n, period in enumerate(periods)]
    beyond = {"2027-Q2", "2027", "2031"} & set(periods)
    assert bool(found(*steps)) is (bool(periods) and not beyond)
