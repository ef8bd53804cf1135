"""What follows from the scorecard and the history of its reviews."""

from __future__ import annotations

import datetime as dt

from workshop_tui.domain.base.vocabulary import Direction
from workshop_tui.domain.model.scorecard import Goal, Initiative, Review, ReviewLine
from workshop_tui.domain.plan.plan import AccountPlan


def previous(plan: AccountPlan, initiative: Initiative) -> float | None:
    """Return an initiative's figure at the latest review; None when it was never reviewed.

    When nothing has changed since that review, neither figure nor arrow, it is the one before it, so
    that a review does not make its own arrows wrong.
    """
    reviews = sorted(plan.all(Review), key=lambda review: review.on)
    lines = [line for review in reviews if (line := plan.get(ReviewLine, review.id, initiative.id))]
    now = (initiative.actual, initiative.direction)
    if len(lines) > 1 and (lines[-1].actual, lines[-1].direction) == now:
        lines.pop()
    return lines[-1].actual if lines else None


def heading(plan: AccountPlan, initiative: Initiative) -> Direction | None:
    """Return where the figures are heading: up is better, minding lower_is_better; None without a past."""
    then = previous(plan, initiative)
    if then is None:
        return None
    gain = (then - initiative.actual) if initiative.lower_is_better else (initiative.actual - then)
    return Direction.FLAT if gain == 0 else Direction.UP if gain > 0 else Direction.DOWN


def last_review(plan: AccountPlan, on: dt.date) -> dt.date | None:
    """Return the day of the latest review up to a date."""
    return max((review.on for review in plan.all(Review) if review.on <= on), default=None)


def review_overdue(plan: AccountPlan, on: dt.date) -> int:
    """Return by how many days the next review is overdue; 0 when it isn't, or was never held."""
    last = last_review(plan, on)
    return max(0, (on - last).days - plan.account.review_every_days) if last else 0


def has_scorecard(plan: AccountPlan) -> bool:
    """Whether there is anything to review."""
    return bool(plan.all(Goal) or plan.all(Initiative))
