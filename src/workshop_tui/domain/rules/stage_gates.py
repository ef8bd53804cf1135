"""The gates between account stages: what must be met before the next one is entered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.vocabulary import AccountStage, ApproachKind, StepStatus
from workshop_tui.domain.model.account import Gate
from workshop_tui.domain.model.actions import ApproachStep, CrmId
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Change, Refused, set_field


def unmet(plan: AccountPlan, stage: AccountStage) -> tuple[str, ...]:
    """Return what is missing before an account may enter a stage, in words; () when it may.

    A stage is entered from the one in front of it; going back is free. Validated: each partner's
    account leader has agreed, by name and date. Introduced: an introduction was held. Prospect:
    somebody's interest was tested. Pursuit: in every partner's CRM. Qualified out asks for a reason,
    which `enter_stage` sees to.
    """
    ladder = [known for known in AccountStage if known is not AccountStage.QUALIFIED_OUT]
    now = plan.account.stage
    if stage is AccountStage.QUALIFIED_OUT:
        return ()
    if now in ladder and ladder.index(stage) <= ladder.index(now):
        return ()
    return tuple(_missing(plan, stage, ladder))


def _missing(plan: AccountPlan, stage: AccountStage, ladder: Sequence[AccountStage]) -> Iterator[str]:
    before = ladder[max(ladder.index(stage) - 1, 0)]
    if plan.account.stage not in {before, stage}:
        yield f"the account is not {before.label} yet"
    if stage is AccountStage.VALIDATED:
        for party in plan.partners:
            gate = plan.get(Gate, stage.value, party.id)
            if not (gate and gate.agreed and gate.by and gate.on):
                yield f"{party.short}'s account leader has not agreed, by name and date"
    if stage is AccountStage.INTRODUCED and not _done(plan, ApproachKind.INTRODUCTION):
        yield "no introduction is done"
    if stage is AccountStage.PROSPECT and not _done(plan, ApproachKind.TEST_INTEREST):
        yield "nobody's interest has been tested"
    if stage is AccountStage.PURSUIT:
        in_crm = {crm.party for crm in plan.all(CrmId)}
        yield from (f"it is not in {p.short}'s CRM" for p in plan.partners if p.id not in in_crm)


def _done(plan: AccountPlan, step: ApproachKind) -> bool:
    return bool(plan.where(ApproachStep, step=step, status=StepStatus.DONE))


def enter_stage(plan: AccountPlan, stage: AccountStage, reason: str = "") -> tuple[Change, ...]:
    """Return the changes with which an account enters a stage; a reason that was given is kept.

    Raises Refused when something is unmet, or it is qualified out, and no reason is given.
    """
    missing = unmet(plan, stage)
    if missing and not reason.strip():
        raise Refused(f"{stage.label.capitalize()} is not met: {'; '.join(missing)}. Say why all the same.")
    if stage is AccountStage.QUALIFIED_OUT and not reason.strip():
        raise Refused("Qualified out needs a reason: say in a few words why.")
    note: Json = reason.strip() or plan.account.stage_note
    return (*set_field(plan.account, "stage", stage.value), *set_field(plan.account, "stage_note", note))
