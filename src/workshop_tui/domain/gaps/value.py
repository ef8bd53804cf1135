"""Rules that find what is missing in what we have proven, in how we differ, and in how the account grows.

All take (whole plan, row, today). Each speaks once for all rows of its kind, by the one that most people
may see, so that what one firm keeps to itself is told to that firm alone.
"""

from __future__ import annotations

import datetime as dt

from workshop_tui.domain.base.vocabulary import GrowthStatus
from workshop_tui.domain.gaps.lack import widest
from workshop_tui.domain.model.value import Difference, GrowthStep, Proof
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.growth import growth_balance, in_time


def value_not_recognised(plan: AccountPlan, proof: Proof, _on: dt.date) -> str:
    """There are proofs of what we have done, and none of the customer's people acknowledges any."""
    proofs = plan.all(Proof)
    if proof != widest(proofs) or any(each.is_recognised for each in proofs):
        return ""
    return "none of the customer's people acknowledges what we have done: ask who used it what it was worth"


def nothing_unique(plan: AccountPlan, difference: Difference, _on: dt.date) -> str:
    """We say in what we differ from others, and no difference has a proof."""
    differences = plan.all(Difference)
    if difference != widest(differences) or any(each.proof for each in differences):
        return ""
    return "nothing proves what sets us apart: choose the proof of one difference"


def no_growth_beyond(plan: AccountPlan, step: GrowthStep, on: dt.date) -> str:
    """There is a growth path, and nothing that is planned or begun lies beyond twelve months."""
    kept = [each for each in in_time(plan.all(GrowthStep)) if each.status is not GrowthStatus.DROPPED]
    if step != widest(reversed(kept)) or growth_balance(kept, on).long.steps:
        return ""
    return "the growth path ends within twelve months: add what comes after"
