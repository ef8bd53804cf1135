"""Rules that find what is missing in actions, answers, the parking lot and the scorecard.

All take (whole plan, row, today) and return what is missing and the fix, empty when all is well. The
rules are those of docs/rules.md: no action without one owner, one accountable and a date.
"""

from __future__ import annotations

import datetime as dt
from unicodedata import east_asian_width

from workshop_tui.domain.base.text import in_words
from workshop_tui.domain.base.vocabulary import AnswerStatus, Direction
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.scorecard import Initiative
from workshop_tui.domain.model.session import Parking, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.scorecard import has_scorecard, heading, last_review, review_overdue

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


def direction_against_numbers(plan: AccountPlan, initiative: Initiative, _on: dt.date) -> str:
    """The arrow doesn't point where the figures went since the latest review (lower may be better)."""
    figures = heading(plan, initiative)
    if figures is None or figures is initiative.direction:
        return ""
    return (
        f"the arrow says {_ARROWS[initiative.direction]}, the figures say {_ARROWS[figures]}:"
        " turn the arrow, or check the figures"
    )
