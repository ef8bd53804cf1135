"""The gates between account stages."""

from __future__ import annotations

import datetime as dt

import pytest

from workshop_tui.domain.base.vocabulary import AccountStage
from workshop_tui.domain.model.account import Account, Gate, Party
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, Step, apply
from workshop_tui.domain.rules.stage_gates import enter_stage, unmet

DAY = dt.date(2026, 6, 9)


def plan_at(stage: AccountStage, *gates: Gate) -> AccountPlan:
    parties = (Party(id="ps", name="Quillhaven", short="Quillhaven"), Party(id="tech", name="S", short="S"))
    return AccountPlan.of([Account(id="a", name="Norvane", stage=stage), *parties, *gates])


def agreed(party: str, by: str = "Rowan", on: dt.date | None = DAY) -> Gate:
    return Gate(stage=AccountStage.VALIDATED, party=party, by=by, on=on)


def test_validated_needs_the_word_of_each_partner_by_name_and_date() -> None:
    assert unmet(plan_at(AccountStage.NOMINATED, agreed("ps"), agreed("tech")), AccountStage.VALIDATED) == ()
    half = plan_at(AccountStage.NOMINATED, agreed("ps"), agreed("tech", on=None))
    assert unmet(half, AccountStage.VALIDATED) == ("S's account leader has not agreed, by name and date",)


def test_a_stage_cannot_be_passed_over_without_a_reason_which_is_kept() -> None:
    plan = plan_at(AccountStage.NOMINATED)
    with pytest.raises(Refused, match="the account is not prospect yet"):
        enter_stage(plan, AccountStage.PURSUIT, on=DAY)
    after = apply(plan, Step(enter_stage(plan, AccountStage.PURSUIT, "their board asked for it", on=DAY)))
    assert (after.account.stage, after.account.stage_note) == (
        AccountStage.PURSUIT,
        "their board asked for it",
    )


def test_a_reason_is_kept_though_the_gate_is_met_by_the_time_it_is_given() -> None:
    plan = plan_at(AccountStage.NOMINATED, agreed("ps"), agreed("tech"))
    after = apply(plan, Step(enter_stage(plan, AccountStage.VALIDATED, " Agreed by phone ", on=DAY)))
    assert (after.account.stage, after.account.stage_note) == (AccountStage.VALIDATED, "Agreed by phone")
    back = apply(after, Step(enter_stage(after, AccountStage.NOMINATED, on=DAY)))
    assert back.account.stage_note == "Agreed by phone"


def test_going_back_is_free_and_keeps_the_note() -> None:
    plan = plan_at(AccountStage.PROSPECT)
    after = apply(plan, Step(enter_stage(plan, AccountStage.SUSPECT, on=DAY)))
    assert after.account.stage is AccountStage.SUSPECT


def test_qualified_out_needs_a_reason() -> None:
    plan = plan_at(AccountStage.PROSPECT)
    with pytest.raises(Refused, match="needs a reason"):
        enter_stage(plan, AccountStage.QUALIFIED_OUT, " ", on=DAY)
    after = apply(plan, Step(enter_stage(plan, AccountStage.QUALIFIED_OUT, "no budget", on=DAY)))
    assert after.account.stage_note == "no budget"


def test_the_sample_may_not_yet_go_into_pursuit_by_an_empty_crm(sample: AccountPlan) -> None:
    assert unmet(sample, AccountStage.PURSUIT) == ()
