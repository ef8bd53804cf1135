"""The account profile: what each partner thinks of the account, and where they differ most."""

from __future__ import annotations

from workshop_tui.domain.model.discovery import Criterion, Score
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.selection import weighted_mean


def profile_score(plan: AccountPlan, party: str) -> float | None:
    """Return a partner's weighted mean, 1 to 5; None while it has scored nothing that has weight.

    Weights are normalised, and criteria that the partner has not scored are left out.
    """
    scored = ((c.weight, s.score) for c in plan.all(Criterion) if (s := plan.get(Score, c.id, party)))
    return weighted_mean(scored)


def spread(plan: AccountPlan, criterion: Criterion) -> int:
    """Return how far the partners' scores for one criterion lie apart, 0 to 4."""
    scores = [score.score for score in plan.where(Score, criterion=criterion.id)]
    return max(scores) - min(scores) if scores else 0


def widest_gap(plan: AccountPlan) -> Criterion | None:
    """Return the criterion the partners differ on most, the heavier of equals; None when they agree."""
    widest = max(plan.all(Criterion), key=lambda c: (spread(plan, c), c.weight), default=None)
    return widest if widest and spread(plan, widest) else None
