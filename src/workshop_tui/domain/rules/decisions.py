"""What follows from decisions that take the place of others."""

from __future__ import annotations

from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.plan.plan import AccountPlan


def replaced_by(plan: AccountPlan, decision: Decision) -> Decision | None:
    """Return the decision that takes the place of this one, the last of several; None where it holds."""
    return next(reversed(plan.where(Decision, replaces=decision.id)), None)
