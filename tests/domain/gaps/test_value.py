"""What is missing in proofs, differences and the growth path, and who hears of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.plans import ON, plan_of, plans
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import AccountStage, Dimension, GrowthStatus
from workshop_tui.domain.gaps.registry import gaps, visible
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.value import Difference, GrowthStep, Proof
from workshop_tui.domain.plan.audience import project, sees
from workshop_tui.domain.plan.plan import KIND, AccountPlan
from workshop_tui.domain.rules.coach import coach

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
        ([PROOF, with_values(OTHER, recognised_on="2026-06-01")], set()),
        ([PROOF, replace(PROOF, id="r", rank=9.0)], {("value_not_recognised", "p")}),
        ([UNIQUE], {("nothing_unique", "d")}),
        ([UNIQUE, with_values(PROOF, recognised_on="2026-06-01"), with_values(UNIQUE, proof="p")], set()),
        ([SOON], {("no_growth_beyond", "g")}),
        ([SOON, LATE], set()),
        ([SOON, with_values(LATE, status=GrowthStatus.DROPPED.value)], {("no_growth_beyond", "g")}),
        ([SOON, with_values(LATE, status=GrowthStatus.DONE.value)], {("no_growth_beyond", "h")}),
        ([with_values(SOON, status=GrowthStatus.DROPPED.value)], set()),
        ([with_values(SOON, period="2027-Q1")], {("no_growth_beyond", "g")}),
        ([with_values(SOON, period="2027-Q2")], set()),
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
    kinds = ("Proof", "Difference", "GrowthStep")
    for rule, of in zip(RULES, kinds, strict=True):
        told = gaps(plan, ON, {rule: None})
        assert len(told) <= 1
        for gap in told:
            kind = KIND[gap.kind]
            row = plan.get(kind, *gap.key)
            assert row is not None
            if isinstance(row, Account):
                assert all(getattr(e, "status", "") == GrowthStatus.DROPPED for e in plan.all(KIND[of]))
                continue
            wide = getattr(row, "visibility", "")
            assert wide in {"customer", "alliance"} or not any(
                sees("alliance", getattr(each, "visibility", ""))
                for each in plan.all(kind)
                if getattr(each, "status", None) is not GrowthStatus.DROPPED
            )


@pytest.mark.parametrize("stage", list(AccountStage))
def test_a_pursued_account_without_any_is_told_so_and_no_other_is(stage: AccountStage) -> None:
    account = Account(id="acc", name="Norvane", stage=stage)
    is_pursued = stage in {AccountStage.PURSUIT, AccountStage.WON}
    both = {("nothing_unique", "acc"), ("no_growth_beyond", "acc")}
    assert found(account) == (both if is_pursued else set())
    dropped = with_values(SOON, status=GrowthStatus.DROPPED.value)
    assert found(account, dropped) == (both if is_pursued else set())
    assert found(account, with_values(UNIQUE, visibility="ps"), LATE, audience="tech") == set()
    assert found(account, audience="customer") == set()


def test_of_an_account_without_any_it_is_asked_in_words_of_its_own() -> None:
    plan = plan_of(Account(id="acc", name="Norvane", stage=AccountStage.PURSUIT))
    every = gaps(plan, ON, dict.fromkeys(RULES))
    (asked,) = coach(plan, plan, every, ON)
    assert asked.text == "What do we have that nobody else could bring to Customer?"
    assert asked.reason == "Nothing says what sets us apart; there is no growth path."


@given(st.lists(st.sampled_from(["2026-Q3", "2026", "2027-Q1", "2027-Q2", "2027", "2031"]), max_size=6))
def test_a_path_has_something_beyond_a_year_or_says_so(periods: list[str]) -> None:
    steps = [GrowthStep(id=f"g{n}", period=period, what="A step") for n, period in enumerate(periods)]
    beyond = {"2027-Q2", "2027", "2031"} & set(periods)
    assert bool(found(*steps)) is (bool(periods) and not beyond)
