"""Rules that find what is missing about people: each returns what and the fix, empty when all is well.

All take (whole plan, row, today). The rules are those of docs/rules.md; an account plan
without them lists deals and lacks an influence map.
"""

from __future__ import annotations

import datetime as dt

from workshop_tui.domain.base.vocabulary import TOWARD_ALL, BuyingRole, Confidence, SocialStyle
from workshop_tui.domain.gaps.lack import Lack
from workshop_tui.domain.model.account import Account, Party
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.people import (
    CONTACT_DAYS,
    is_key,
    is_to_be_met,
    last_contact,
    latest_reading,
    latest_readings,
    owning_partners,
    solo_run,
    still_here,
)

SOLO_MEETINGS = 3
_MEET = "meet them and note it, or give somebody an action to"
"""What to do about who is not met: a meeting is noted where the gap leads, once it was held."""


def no_economic_buyer(plan: AccountPlan, _account: Account, on: dt.date) -> str:
    """No stakeholder who is still there has the buying role economic."""
    known = still_here(plan.where(Stakeholder, role=BuyingRole.ECONOMIC), on)
    return "" if known else "no economic buyer: find out who alone can release the money"


def no_champion(plan: AccountPlan, _account: Account, on: dt.date) -> str:
    """No stakeholder who is still there has the buying role champion."""
    known = still_here(plan.where(Stakeholder, role=BuyingRole.CHAMPION), on)
    return "" if known else "no champion: find out who argues for us when we are away"


def no_owner(plan: AccountPlan, person: Stakeholder, _on: dt.date) -> str:
    """No partner has an owner for the relationship."""
    return "" if owning_partners(plan, person) else "nobody owns the relationship: choose an owner"


def one_partner_only(plan: AccountPlan, person: Stakeholder, _on: dt.date) -> str:
    """Exactly one of several partners has an owner for the relationship with a key person."""
    owning = owning_partners(plan, person)
    others = [party.short for party in plan.partners if party.id not in owning]
    if not is_key(person) or len(owning) != 1 or not others:
        return ""
    only = plan.name_of(Party, owning[0])
    return Lack.of(f"only {only} owns the relationship", f"choose an owner at {' or '.join(others)}")


def alliance_sentiment_unknown(plan: AccountPlan, person: Stakeholder, _on: dt.date) -> str:
    """The latest reading toward the alliance is unknown, or there is none."""
    latest = latest_reading(plan, person, TOWARD_ALL)
    unknown = latest is None or latest.value is None
    return "sentiment toward the alliance is unknown: ask who knows" if unknown else ""


def assumed_only(plan: AccountPlan, person: Stakeholder, _on: dt.date) -> str:
    """All readings of the latest session in which the person has any are assumed."""
    sure = {reading.confidence for reading in latest_readings(plan, person)}
    return "sentiment is only assumed: ask somebody who was there" if sure == {Confidence.ASSUMED} else ""


def style_unknown(_plan: AccountPlan, person: Stakeholder, _on: dt.date) -> str:
    """The social style is unknown."""
    unknown = person.style is SocialStyle.UNKNOWN
    return "social style is unknown: place it on the style grid" if unknown else ""


def no_contact_90_days(plan: AccountPlan, person: Stakeholder, on: dt.date, limit: int = CONTACT_DAYS) -> str:
    """No partner has met a key person in so many days, or anybody in those of their own rhythm."""
    if not is_to_be_met(person):
        return ""
    last = last_contact(plan, person, on)
    if last is None:
        return f"never met: {_MEET}"
    days = (on - last).days
    return f"not met for {days} days: {_MEET}" if days > (person.rhythm_days or limit) else ""


def solo_3_or_more(plan: AccountPlan, person: Stakeholder, on: dt.date, limit: int = SOLO_MEETINGS) -> str:
    """One partner alone has held so many of the latest meetings or more: trust goes that way."""
    party, run = solo_run(plan, person, on)
    if run < limit:
        return ""
    return Lack.of(f"{plan.name_of(Party, party)} held the last {run} meetings alone", bring(plan))


def bring(plan: AccountPlan) -> str:
    """Return what to do where one partner goes alone: with two there is just one other."""
    return f"bring {'the other' if len(plan.partners) == 2 else 'another'} partner"  # noqa: PLR2004


def key_people_never_asked(plan: AccountPlan, person: Stakeholder, _on: dt.date) -> str:
    """A key person has given no answer to a value question."""
    asked = not is_key(person) or plan.where(Answer, stakeholder=person.id)
    return "" if asked else "never asked what they value: put a value question"


def competition_unknown(_plan: AccountPlan, person: Stakeholder, _on: dt.date) -> str:
    """Of a key person it isn't known whom else they listen to."""
    unknown = is_key(person) and not person.competitor
    return "nobody knows whom else they listen to: ask who else is in the running" if unknown else ""
