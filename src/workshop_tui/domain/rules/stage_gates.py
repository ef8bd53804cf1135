"""The gates between account stages: what must be met before the next one is entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from msgspec import Struct

from workshop_tui.domain.base.vocabulary import AccountStage, ApproachKind, StepStatus
from workshop_tui.domain.model.account import Account, Gate, StageEntry
from workshop_tui.domain.model.actions import ApproachStep, CrmId
from workshop_tui.domain.plan.plan import AccountPlan, rank_after
from workshop_tui.domain.plan.step import Add, Change, Refused, made, set_field

_LADDER: Sequence[AccountStage] = [stage for stage in AccountStage if not stage.is_end]


class Condition(Struct, frozen=True):
    """One thing that must be met before a stage may be entered."""

    text: str
    """What must be, in words."""
    missing: str
    """What is missing, in words; empty when it is met."""
    by: str = ""
    """Who said so, where somebody had to."""
    on: dt.date | None = None
    """Since when it is met, where that is known."""
    party: str = ""
    """Id of the firm whose account leader has to say so; empty where nobody has."""

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def conditions(plan: AccountPlan, stage: AccountStage) -> tuple[Condition, ...]:
    """Return what must be met before an account may enter a stage, each with whether, by whom and when.

    A stage is entered from the one in front of it; won, lost and no decision from pursuit. Validated: each
    partner's account leader has agreed, by name and date. Introduced: an introduction was held, or each
    leader says go after the call, by name; and none says no go. Prospect: somebody's interest was tested.
    Pursuit: in every partner's CRM. Qualified out asks for nothing but a reason, which `enter_stage` sees to.
    """
    return () if stage is AccountStage.QUALIFIED_OUT else tuple(_conditions(plan, stage))


def unmet(plan: AccountPlan, stage: AccountStage) -> tuple[str, ...]:
    """Return what is missing before an account may enter a stage, in words; () when it may.

    Going back is free, and so is going from one end to another.
    """
    now = plan.account.stage
    if now is not AccountStage.QUALIFIED_OUT and _height(stage) <= _height(now):
        return ()
    return tuple(condition.missing for condition in conditions(plan, stage) if not condition.is_met)


def _height(stage: AccountStage) -> int:
    return len(_LADDER) if stage.is_end else _LADDER.index(stage)


def _conditions(plan: AccountPlan, stage: AccountStage) -> Iterator[Condition]:
    before = _LADDER[max(_height(stage) - 1, 0)]
    is_after = plan.account.stage in {before, stage}
    if before is not stage:
        yield Condition(
            f"stage «{before.label}» is reached",
            "" if is_after else f"stage «{before.label}» is not reached yet",
        )
    if stage is AccountStage.VALIDATED:
        yield from (_agreed(plan, party.id, party.short) for party in plan.partners)
    if stage is AccountStage.INTRODUCED:
        yield from _introduced(plan)
    if stage is AccountStage.PROSPECT:
        tested = _done(plan, ApproachKind.TEST_INTEREST)
        yield Condition(
            "somebody's interest was tested",
            "" if tested else "nobody's interest has been tested",
            on=tested.on if tested else None,
        )
    if stage is AccountStage.PURSUIT:
        in_crm = {crm.party for crm in plan.all(CrmId)}
        for party in plan.partners:
            missing = "" if party.id in in_crm else f"it is not in {party.short}'s CRM"
            yield Condition(f"it is in {party.short}'s CRM", missing)


def _agreed(plan: AccountPlan, party: str, short: str) -> Condition:
    gate = plan.get(Gate, AccountStage.VALIDATED.value, party)
    is_met = gate is not None and gate.agreed and bool(gate.by) and gate.on is not None
    return Condition(
        f"{short}'s account leader has agreed, by name and date",
        "" if is_met else f"{short}'s account leader has not agreed, by name and date",
        gate.by if gate else "",
        gate.on if gate else None,
        party,
    )


def _introduced(plan: AccountPlan) -> Iterator[Condition]:
    gates = {party.id: plan.get(Gate, AccountStage.INTRODUCED.value, party.id) for party in plan.partners}
    held = _done(plan, ApproachKind.INTRODUCTION)
    all_go = bool(gates) and all(map(is_go, gates.values()))
    yield Condition(
        "an introduction is done",
        "" if held or all_go else "no introduction is done",
        on=held.on if held else None,
    )
    for party in plan.partners:
        gate = gates[party.id]
        is_nameless = gate is not None and gate.agreed and not is_go(gate)
        if gate and not (is_nameless and held):
            missing = "" if is_go(gate) else f"{party.short}'s account leader says no go"
            missing = f"{party.short}'s go is by nobody's name" if is_nameless else missing
            yield Condition(f"{party.short}'s account leader says go", missing, gate.by, gate.on, party.id)


def is_go(gate: Gate | None) -> bool:
    """Whether an account leader has said go: it counts by name alone, as nobody stands by any other."""
    return gate is not None and gate.agreed and bool(gate.by)


def _done(plan: AccountPlan, step: ApproachKind) -> ApproachStep | None:
    """Return the first step of a kind that was done, one with a date before those without."""
    done = plan.where(ApproachStep, step=step, status=StepStatus.DONE)
    return min(done, key=lambda one: one.on or dt.date.max, default=None)


def enter_stage(
    plan: AccountPlan, stage: AccountStage, reason: str = "", *, on: dt.date, by: str = ""
) -> tuple[Change, ...]:
    """Return the changes with which an account enters a stage on a day; a reason that was given is kept.

    Each stage that is entered is kept with its day, the stage before it and the reason. A reason given
    later on that day, as while it is still being typed, takes the place of the one before.
    Raises Refused when something is unmet, or it is qualified out, and no reason is given, or too long a one.
    """
    entry = made(StageEntry, {"id": "new", "stage": stage, "on": on, "by": by, "why": reason})
    missing = unmet(plan, stage)
    if missing and not entry.why:
        lacks = "; ".join(missing)
        raise Refused(f"«{stage.label.capitalize()}» needs more: {lacks}. Say why you enter it all the same.")
    if stage is AccountStage.QUALIFIED_OUT and not entry.why:
        raise Refused("Qualified out needs a reason: say in a few words why.")
    return (
        *set_field(plan.account, "stage", stage.value),
        *set_field(plan.account, "stage_note", entry.why or plan.account.stage_note),
        *_entered(plan, plan.account, entry),
    )


def _entered(plan: AccountPlan, account: Account, entry: StageEntry) -> tuple[Change, ...]:
    if account.stage is entry.stage:
        last = next(reversed(stage_history(plan)), None)
        is_this = last is not None and (last.stage, last.on) == (entry.stage, entry.on)
        return tuple(set_field(last, "why", entry.why)) if last and is_this and entry.why else ()
    entries = plan.all(StageEntry)
    number = max((int(one.id) for one in entries if one.id.isdecimal()), default=0) + 1
    place = {"id": str(number), "rank": rank_after(entries), "was": account.stage}
    return (Add(made(StageEntry, {**entry.plain(), **place})),)


def stage_history(plan: AccountPlan) -> tuple[StageEntry, ...]:
    """Return the stages that the account has entered, the first first."""
    return tuple(sorted(plan.all(StageEntry), key=lambda entry: (entry.on, entry.rank)))
