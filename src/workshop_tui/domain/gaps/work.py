"""Rules that find what is missing in actions, answers, the parking lot and the scorecard.

All take (whole plan, row, today) and return what is missing and the fix, empty when all is well. The
rules are those of docs/rules.md: no action without one owner, one accountable and a date.
"""

from __future__ import annotations

import datetime as dt
from unicodedata import east_asian_width

from workshop_tui.domain.base.text import fold, in_words, one_of
from workshop_tui.domain.base.vocabulary import CUSTOMER, AnswerStatus, Direction
from workshop_tui.domain.gaps.lack import Lack, widest
from workshop_tui.domain.model.account import Account, Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.scorecard import Initiative, SteeringDate, SteeringSeat, Terms
from workshop_tui.domain.model.session import Parking, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.governance import has_committee, has_deputy, was_held
from workshop_tui.domain.rules.governance import steering_overdue as overdue_days
from workshop_tui.domain.rules.milestones import Milestone, milestones
from workshop_tui.domain.rules.people import side_of
from workshop_tui.domain.rules.scorecard import against, has_scorecard, last_review, review_overdue

FEWEST_WORDS = 3

_ARROWS = {Direction.UP: "better", Direction.FLAT: "no change", Direction.DOWN: "worse"}


def action_overdue(_plan: AccountPlan, action: Action, on: dt.date) -> str:
    """An action neither done nor dropped was due before today."""
    if not action.status.is_open or action.due is None or action.due >= on:
        return ""
    days = (on - action.due).days
    return f"{days} {'day' if days == 1 else 'days'} overdue: complete, carry or drop it"


def action_no_owner(_plan: AccountPlan, action: Action, _on: dt.date) -> str:
    """An action neither done nor dropped has no one named person who does it."""
    return "nobody does it: choose an owner" if action.status.is_open and not action.owner else ""


def action_no_accountable(_plan: AccountPlan, action: Action, _on: dt.date) -> str:
    """An action neither done nor dropped has nobody who answers for it."""
    missing = action.status.is_open and not action.accountable
    return "nobody answers for it: choose one accountable person" if missing else ""


def action_no_due(_plan: AccountPlan, action: Action, _on: dt.date) -> str:
    """An action neither done nor dropped has no due date."""
    return "no due date: agree on a day" if action.status.is_open and action.due is None else ""


def action_vague(plan: AccountPlan, action: Action, _on: dt.date, limit: int = FEWEST_WORDS) -> str:
    """An open action says too little (fewer words than that) or was due before its own session."""
    if not action.status.is_open:
        return ""
    if _words(action.title) < limit:
        return f"too short to know when it is done: say it in {in_words(limit)} words or more"
    session = plan.get(Session, action.session)
    early = session and action.due and action.due < session.held_on
    return "due before the session it was made in: choose a later day" if early else ""


def one_sided_milestone(plan: AccountPlan, action: Action, _on: dt.date) -> str:
    """Several actions lead up to a milestone not yet reached, and all are one firm's or the customer's."""
    # one action alone has one owner, who is of one side: that is how each milestone begins
    leads_to = _milestones(plan).get(fold(action.milestone)) if action.milestone else None
    # told once, at the first of them by date; where one has no owner yet, that is the gap
    if leads_to is None or leads_to.is_reached or not leads_to.kept[1:] or leads_to.kept[0].key != action.key:
        return ""
    sides = {side_of(plan, each.owner) for each in leads_to.kept}
    side = next(iter(sides))
    if sides - {side} or not side:
        return ""
    firms = {party.id: party.short for party in plan.partners} | {
        CUSTOMER: plan.name_of(Party, CUSTOMER) or "the customer"
    }
    others = one_of(name for party, name in firms.items() if party != side)
    owners = (owner for each in leads_to.kept if (owner := plan.person(each.owner)))
    return Lack.of(
        f"all its actions are {firms[side]}'s",
        f"ask {others} for a part",
        name=leads_to.name,
        rests_on=(*leads_to.kept, *owners),
    )


def _milestones(plan: AccountPlan) -> dict[str, Milestone]:
    """Return the milestones of a whole plan by their folded names; worked out once for all its actions."""
    found: dict[str, Milestone] | None = plan.memo.get("milestones")
    if found is None:
        found = {fold(each.name): each for each in milestones(plan.all(Action))}
        plan.memo["milestones"] = found
    return found


def customer_cannot_see(plan: AccountPlan, action: Action, _on: dt.date) -> str:
    """One of the customer's people is to do an open action that is not marked for the customer."""
    owner = plan.person(action.owner)
    hidden = action.status.is_open and action.visibility != CUSTOMER
    if not hidden or not isinstance(owner, Stakeholder):
        return ""
    return Lack.of(
        "the customer is to do it and does not see it", "mark it for the customer", rests_on=(owner,)
    )


def _words(text: str) -> int:
    """Count the words; where a script writes them without spaces, two signs are taken for one."""
    words = sum(any(sign.isalnum() for sign in word) for word in text.split())
    unspaced = sum(sign.isalnum() and east_asian_width(sign) == "W" for sign in text)
    return max(words, unspaced // 2)


def answers_not_validated(_plan: AccountPlan, answer: Answer, _on: dt.date) -> str:
    """An answer that still holds was not confirmed by the customer in our words."""
    match answer.status:
        case AnswerStatus.ASSUMED:
            return "only our guess: ask the question"
        case AnswerStatus.HEARD:
            return "heard, not validated: read it back"
        case _:
            return ""


def parking_no_owner(_plan: AccountPlan, parked: Parking, _on: dt.date) -> str:
    """A parked item, neither dropped nor turned into anything, has nobody who comes back to it."""
    settled = parked.owner or parked.has_turned or parked.dropped
    return "" if settled else "nobody comes back to it: choose an owner, or drop it"


def scorecard_review_overdue(plan: AccountPlan, account: Account, on: dt.date) -> str:
    """More days have gone by since the last review than the account allows between two."""
    if has_scorecard(plan) and last_review(plan, on) is None:
        return "the scorecard was never reviewed: hold a review"
    days = review_overdue(plan, on)
    late = f"{days} {'day' if days == 1 else 'days'}"
    return f"the {_every(account.review_every_days)}scorecard review is {late} late: hold it" if days else ""


def _every(days: int) -> str:
    """Return in a word how often something comes, where there is one."""
    known = {
        7: "weekly ",
        14: "fortnightly ",
        28: "monthly ",
        30: "monthly ",
        31: "monthly ",
        91: "quarterly ",
    }
    return known.get(days, "")


def no_deputy(plan: AccountPlan, _account: Account, on: dt.date) -> str:
    """There is a steering committee, and nobody who is still there sits in for its people."""
    if not has_committee(plan) or has_deputy(plan, on):
        return ""
    known = widest((*plan.all(SteeringSeat), *plan.all(Terms), *plan.all(SteeringDate)))
    rests_on = (known,) if known else ()
    return Lack.of("the steering committee has no deputy", "name who sits in", rests_on=rests_on)


def steering_overdue(plan: AccountPlan, _account: Account, on: dt.date) -> str:
    """A meeting of the steering committee was planned for a day before today, and not held."""
    days = overdue_days(plan, on)
    missed = widest(
        date for date in plan.all(SteeringDate) if (on - date.on).days == days and not was_held(date, on)
    )
    if not days or missed is None:
        return ""
    late = f"{days} {'day' if days == 1 else 'days'}"
    missing, fix = f"the steering committee's meeting is {late} late", "hold it, or give another day"
    return Lack.of(missing, fix, rests_on=(missed,))


def direction_against_numbers(plan: AccountPlan, initiative: Initiative, _on: dt.date) -> str:
    """The arrow doesn't point where the figures went since the latest review (lower may be better)."""
    figures = against(plan, initiative)
    if figures is None:
        return ""
    return (
        f"the arrow says {_ARROWS[initiative.direction]}, the figures say {_ARROWS[figures]}:"
        " turn the arrow, or check the figures"
    )
