"""How good a plan is: whether its actions can be kept and its key people are looked after."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.base.vocabulary import ActionStatus
from workshop_tui.domain.gaps.people import alliance_sentiment_unknown, no_owner
from workshop_tui.domain.gaps.registry import ALL, Check, Gap, Rules, found_by
from workshop_tui.domain.gaps.work import action_no_accountable, action_no_due, action_no_owner, action_vague
from workshop_tui.domain.model.actions import Action, Approach
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.people import is_key, still_here


def no_approach(plan: AccountPlan, person: Stakeholder, _on: dt.date) -> str:
    """Nobody has planned how to approach this person."""
    return "" if plan.get(Approach, person.id) else "no approach: agree who leads, and on what message"


ACTION_NEEDS: tuple[Check, ...] = (action_no_owner, action_no_accountable, action_no_due, action_vague)
PERSON_NEEDS: tuple[Check, ...] = (no_owner, alliance_sentiment_unknown, no_approach)


class Quality(Struct, frozen=True):
    """Two shares, 0 to 1, each None while there is nothing to judge, and what would raise them."""

    actions: float | None
    """Of the open and done actions, those well formed: owner, accountable, due, not vague."""
    people: float | None
    """Of the key people, those with an owner, a known alliance sentiment and an approach."""
    missing: tuple[Gap, ...] = ()

    @property
    def score(self) -> float | None:
        """The mean of the shares that there are, 0 to 1."""
        shares = [share for share in (self.actions, self.people) if share is not None]
        return sum(shares) / len(shares) if shares else None


def quality(plan: AccountPlan, on: dt.date, limits: Rules = ALL) -> Quality:
    """Return the quality of a whole plan at a date.

    Of the actions, the share that is well formed is taken over those open and those done; dropped ones
    count for nothing. One that is open is well formed when it is complete: owner, accountable, due, not
    vague. One that is done is judged by that same form, as it was written, so that completing an action
    changes nothing: left out instead, as a share of the open ones alone would have it, the best action of a
    plan would lower the plan by being done. While none is done, the two ways of counting are one.
    `limits` say from which figure a rule speaks; it is judged by even where it is not in force.
    """
    people = [
        tuple(found_by(plan, person, on, PERSON_NEEDS, limits))
        for person in still_here(plan.all(Stakeholder), on)
        if is_key(person)
    ]
    kept = (action for action in plan.all(Action) if action.status is not ActionStatus.DROPPED)
    as_open = (replace(action, status=ActionStatus.OPEN) for action in kept)
    actions = [tuple(found_by(plan, action, on, ACTION_NEEDS, limits)) for action in as_open]
    return Quality(
        _share(actions), _share(people), tuple(gap for found in (*people, *actions) for gap in found)
    )


def _share(found: list[tuple[Gap, ...]]) -> float | None:
    return sum(not gaps for gaps in found) / len(found) if found else None
