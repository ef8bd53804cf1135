"""Rules that find what is missing in what we have proven, in how we differ, and in how the account grows.

All take (whole plan, row, today). Each speaks once for all rows of its kind, by the one that most people
may see, so that what one firm keeps to itself is told to that firm alone. Where there is no row at all that
is as true, and is told of the account once it is pursued: before that it would be said of every new one.
"""

from __future__ import annotations

import datetime as dt

from workshop_tui.domain.base.vocabulary import AccountStage, GrowthStatus
from workshop_tui.domain.gaps.lack import widest
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.value import Difference, GrowthStep, Proof
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.growth import growth_balance, in_time


def value_not_recognised(plan: AccountPlan, proof: Proof, _on: dt.date) -> str:
    """There are proofs of what we have done, and none of the customer's people acknowledges any."""
    proofs = plan.all(Proof)
    if proof != widest(proofs) or any(each.is_recognised for each in proofs):
        return ""
    return "none of the customer's people acknowledges what we have done: ask who used it what it was worth"


_PURSUED = frozenset({AccountStage.PURSUIT, AccountStage.WON})
"""Stages from which an account lacks what it has no row of."""


def nothing_unique(plan: AccountPlan, difference: Difference | Account, _on: dt.date) -> str:
    """No difference has a proof, be it that a pursued account has none at all."""
    differences = plan.all(Difference)
    if isinstance(difference, Account):
        is_bare = not differences and difference.stage in _PURSUED
        return "nothing says what sets us apart: say one difference, and what proves it" if is_bare else ""
    if difference != widest(differences) or any(each.proof for each in differences):
        return ""
    return "nothing proves what sets us apart: choose the proof of one difference"


def no_growth_beyond(plan: AccountPlan, step: GrowthStep | Account, on: dt.date) -> str:
    """Nothing planned or begun lies beyond twelve months, be it that a pursued account has no step."""
    kept = [each for each in in_time(plan.all(GrowthStep)) if each.status is not GrowthStatus.DROPPED]
    if isinstance(step, Account):
        is_bare = not kept and step.stage in _PURSUED
        return "there is no growth path: add what comes after twelve months" if is_bare else ""
    if step != widest(reversed(kept)) or growth_balance(kept, on).long.steps:
        return ""
    return "the growth path ends within twelve months: add what comes after"
