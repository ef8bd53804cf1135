"""What each of ours owes and has kept, whom they met, and whom they own and have not met."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from msgspec import Struct

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder, Tie
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.follow_through import FollowThrough, by_owner
from workshop_tui.domain.rules.meeting_log import Met, meeting_log
from workshop_tui.domain.rules.people import has_left, is_key, rhythm

MET_DAYS = 90
"""Whom somebody met is told for so many days."""
_NOTHING = FollowThrough(0, 0, 0, 0, 0)


class LastMet(Struct, frozen=True):
    """One of theirs, and when one of ours last met them; None for never."""

    person: str
    name: str
    on: dt.date | None
    days: int | None
    session: str = ""
    """Id of the session in which it was; empty for a meeting."""


class OwedAction(Struct, frozen=True):
    """An open action that one of ours is to do."""

    action: str
    title: str
    due: dt.date | None
    days_late: int
    """For how many days it has been overdue; 0 while it isn't."""


class Engagement(Struct, frozen=True):
    """What one of ours owes, what they kept, and whom they meet."""

    member: str
    name: str
    party: str
    owed: tuple[OwedAction, ...]
    """By due date, so that the longest overdue comes first; those without one behind."""
    followed: FollowThrough
    """What became of their actions that were due, by first due dates."""
    met: tuple[LastMet, ...]
    """Whom they met in the last 90 days, in a meeting or a session, the latest first."""
    unmet: tuple[LastMet, ...]
    """Whom they own and have not met in the days of that person's rhythm, never met first."""

    @property
    def owes(self) -> int:
        """How many open actions are theirs to do."""
        return len(self.owed)

    @property
    def late(self) -> int:
        """How many of these are overdue."""
        return sum(bool(one.days_late) for one in self.owed)

    @property
    def kept(self) -> int:
        """How many actions were done by the date that was first agreed."""
        return self.followed.on_time

    @property
    def kept_of(self) -> int:
        """Of how many that were due and not dropped."""
        return self.followed.due - self.followed.dropped


def engagement(plan: AccountPlan, on: dt.date) -> tuple[Engagement, ...]:
    """Return what each of ours owes and does, by firm; nothing for the customer.

    The plan is as it was known on the day (`as_known`): an action is open as it stands in it.
    """
    if plan.audience == CUSTOMER:
        return ()
    followed = by_owner(plan, plan.all(Action), on)
    owed = _owed(plan, on)
    met = _met(plan, on)
    firms = {party.id: n for n, party in enumerate(plan.partners)}
    team = sorted(
        (one for one in plan.all(Member) if one.party in firms), key=lambda member: firms[member.party]
    )
    return tuple(
        Engagement(
            one.id,
            one.name,
            one.party,
            tuple(owed[one.id]),
            followed.get(one.id, _NOTHING),
            _lately(plan, met[one.id], on),
            _unmet(plan, one, met[one.id], on),
        )
        for one in team
    )


def _owed(plan: AccountPlan, on: dt.date) -> dict[str, list[OwedAction]]:
    found: dict[str, list[OwedAction]] = defaultdict(list)
    for action in plan.all(Action):
        if action.owner and action.status.is_open:
            late = max(0, (on - action.due).days) if action.due else 0
            found[action.owner].append(OwedAction(action.id, action.words, action.due, late))
    for each in found.values():
        each.sort(key=lambda one: one.due or dt.date.max)
    return found


def _met(plan: AccountPlan, on: dt.date) -> dict[str, dict[str, Met]]:
    """Return when each of ours last met each of theirs."""
    last: dict[str, dict[str, Met]] = defaultdict(dict)
    for met in meeting_log(plan, on):
        for member in met.members:
            last[member].update(dict.fromkeys(met.people, met))
    return last


def _lately(plan: AccountPlan, last: dict[str, Met], on: dt.date) -> tuple[LastMet, ...]:
    recent = [(met, person) for person, met in last.items() if (on - met.on).days <= MET_DAYS]
    recent.sort(key=lambda one: (-one[0].on.toordinal(), one[1]))
    return tuple(
        LastMet(person, plan.name_of(Stakeholder, person), met.on, (on - met.on).days, met.session)
        for met, person in recent
    )


def _unmet(plan: AccountPlan, member: Member, last: dict[str, Met], on: dt.date) -> tuple[LastMet, ...]:
    owned = dict.fromkeys(tie.stakeholder for tie in plan.where(Tie, owner=member.id))
    found = []
    for person in (plan.get(Stakeholder, one) for one in owned):
        if person is None or has_left(person, on):
            continue
        met = last.get(person.id)
        days = None if met is None else (on - met.on).days
        if days is None or days > rhythm(person):
            rank = (met is not None, -(days or 0), not is_key(person), person.id)
            told = (met.on, days, met.session) if met else (None, None)
            found.append((rank, LastMet(person.id, person.words, *told)))
    return tuple(one for _, one in sorted(found, key=lambda each: each[0]))
