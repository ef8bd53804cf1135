"""What follows from decisions: how they are called, which take the place of others, who was there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import count

from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block, Decision, Guest, Presence
from workshop_tui.domain.plan.plan import AccountPlan

_SHORT = re.compile(r"D[1-9][0-9]{0,3}")


def replaced_by(plan: AccountPlan, decision: Decision) -> Decision | None:
    """Return the decision that takes the place of this one, the last of several; None where it holds."""
    return next(reversed(plan.where(Decision, replaces=decision.id)), None)


def short_id(plan: AccountPlan, decision: Decision) -> str:
    """Return what we call a decision among ourselves, as in «D3»; "" where it has no such name.

    A decision whose id is of that form keeps it; the others go on from there in the order in which they
    came in. The customer is told none, as a number that is left out tells of what isn't shown; and one
    that a firm keeps to itself takes none, so that both firms call all others the same.
    """
    if plan.audience == CUSTOMER:
        return ""
    names: Mapping[str, str] | None = plan.memo.get("short ids of decisions")
    if names is None:
        names = plan.memo["short ids of decisions"] = _short_ids(plan)
    return names.get(decision.id, "")


def _short_ids(plan: AccountPlan) -> Mapping[str, str]:
    shared = [row.id for row in plan.all(Decision) if row.visibility in {ALLIANCE, CUSTOMER}]
    named = {name for name in shared if _SHORT.fullmatch(name)}
    free = count(max((int(name[1:]) for name in named), default=0) + 1)
    return {name: name if name in named else f"D{next(free)}" for name in shared}


def in_the_room(plan: AccountPlan, session: str) -> tuple[Member | Stakeholder, ...]:
    """Return who was at the session in which a decision was taken: ours, then the customer's people."""
    blocks = [block.id for block in plan.where(Block, session=session)]
    return (
        *(member for member in plan.all(Member) if plan.get(Presence, session, member.id)),
        *(
            person
            for person in plan.all(Stakeholder)
            if any(plan.get(Guest, block, person.id) for block in blocks)
        ),
    )
