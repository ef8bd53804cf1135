"""The gates between account stages."""

from __future__ import annotations

import datetime as dt

import pytest

from workshop_tui.domain.base.vocabulary import AccountStage, ApproachKind, StepStatus
from workshop_tui.domain.model.account import Account, Gate, Party
from workshop_tui.domain.model.actions import ApproachStep
from workshop_tui.domain.plan.past import as_known
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Refused, Step, apply
from workshop_tui.domain.rules.stage_gates import conditions, enter_stage, stage_history, unmet

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
    with pytest.raises(Refused, match="stage «prospect» is not reached yet"):
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


def test_a_reason_is_kept_whole_though_it_was_saved_while_being_typed() -> None:
    plan = plan_at(AccountStage.NOMINATED)
    for typed in ("their", "their board asked for it"):
        plan = apply(plan, Step(enter_stage(plan, AccountStage.PURSUIT, typed, on=DAY)))
    assert [entry.why for entry in stage_history(plan)] == ["their board asked for it"]


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
    with pytest.raises(Refused, match="needs a reason"):
        enter_stage(after, AccountStage.QUALIFIED_OUT, "\x1b", on=DAY)
    lost = apply(plan, Step(enter_stage(plan, AccountStage.SUSPECT, "went back", on=DAY)))
    again = apply(lost, Step(enter_stage(lost, AccountStage.SUSPECT, "\x1b", on=DAY)))
    kept = (again.account.stage_note, stage_history(again)[-1].why)
    assert kept == ("went back", "went back"), "a reason that says nothing takes no other's place"
    with pytest.raises(Refused, match="Why is 1 characters too long"):
        enter_stage(plan, AccountStage.QUALIFIED_OUT, "x" * 501, on=DAY)


def test_the_sample_may_not_yet_go_into_pursuit_by_an_empty_crm(sample: AccountPlan) -> None:
    assert unmet(sample, AccountStage.PURSUIT) == ()


def test_each_condition_says_who_agreed_and_when() -> None:
    half = plan_at(AccountStage.NOMINATED, agreed("ps"))
    before, ps, tech = conditions(half, AccountStage.VALIDATED)
    assert (before.text, before.is_met) == ("stage «nominated» is reached", True)
    assert (ps.text, ps.is_met) == ("Quillhaven's account leader has agreed, by name and date", True)
    assert (ps.by, ps.on) == ("Rowan", DAY)
    assert (tech.is_met, tech.by, tech.on) == (False, "", None)
    assert unmet(half, AccountStage.VALIDATED) == (tech.missing,)


def go(party: str, *, agreed: bool, by: str = "Rowan") -> Gate:
    return Gate(stage=AccountStage.INTRODUCED, party=party, by=by, on=DAY, agreed=agreed)


def test_the_leaders_go_and_no_go_after_the_introduction_call_count() -> None:
    both = plan_at(AccountStage.VALIDATED, go("ps", agreed=True), go("tech", agreed=True))
    assert unmet(both, AccountStage.INTRODUCED) == ()
    one = plan_at(AccountStage.VALIDATED, go("ps", agreed=True))
    assert unmet(one, AccountStage.INTRODUCED) == ("no introduction is done",)
    refused = plan_at(AccountStage.VALIDATED, go("ps", agreed=True), go("tech", agreed=False))
    assert "S's account leader says no go" in unmet(refused, AccountStage.INTRODUCED)


def test_a_go_without_a_name_counts_for_nothing_and_a_no_holds_it_up_all_the_same() -> None:
    plan = plan_at(AccountStage.VALIDATED, go("ps", agreed=True), go("tech", agreed=True, by=""))
    assert unmet(plan, AccountStage.INTRODUCED) == ("no introduction is done", "S's go is by nobody's name")
    held = ApproachStep(stakeholder="x", step=ApproachKind.INTRODUCTION, status=StepStatus.DONE)
    assert unmet(apply(plan, Step((Add(held),))), AccountStage.INTRODUCED) == ()
    refused = plan_at(AccountStage.VALIDATED, go("tech", agreed=False, by=""))
    assert "S's account leader says no go" in unmet(refused, AccountStage.INTRODUCED)


@pytest.mark.parametrize("end", [AccountStage.WON, AccountStage.LOST, AccountStage.NO_DECISION])
def test_an_end_comes_after_pursuit_and_going_back_from_it_is_free(end: AccountStage) -> None:
    assert unmet(plan_at(AccountStage.PURSUIT), end) == ()
    assert unmet(plan_at(AccountStage.PROSPECT), end) == ("stage «pursuit» is not reached yet",)
    assert unmet(plan_at(end), AccountStage.LOST) == ()
    assert unmet(plan_at(end), AccountStage.PROSPECT) == ()
    assert end.is_end


def test_the_history_of_stages_is_in_the_order_of_their_days() -> None:
    plan = plan_at(AccountStage.NOMINATED)
    for stage, why, on in (
        (AccountStage.PURSUIT, "their board asked for it", DAY),
        (AccountStage.PROSPECT, "", DAY),
        (AccountStage.WON, "signed", DAY + dt.timedelta(1)),
    ):
        plan = apply(plan, Step(enter_stage(plan, stage, why, on=on, by="Rowan")))
    told = [(entry.was, entry.stage, entry.why, entry.by) for entry in stage_history(plan)]
    assert told == [
        (AccountStage.NOMINATED, AccountStage.PURSUIT, "their board asked for it", "Rowan"),
        (AccountStage.PURSUIT, AccountStage.PROSPECT, "", "Rowan"),
        (AccountStage.PROSPECT, AccountStage.WON, "signed", "Rowan"),
    ]
    assert as_known(plan, DAY).account.stage is AccountStage.PROSPECT
    assert as_known(plan, DAY - dt.timedelta(1)).account.stage is AccountStage.NOMINATED
