"""The actions put together: by owner, by milestone, by date, by the customer's person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import ClassVar

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.rules.milestones import Milestone, When, by_date, milestones
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.actions.table import Actions
from workshop_tui.views.base import shown_to

Groups = Iterable[tuple[str, Iterable[Action]]]


def open_actions(live: LivePlan) -> list[Action]:
    """Return what is still to be done, the soonest first."""
    found = (action for action in live.view.all(Action) if action.status.is_open)
    return sorted(found, key=lambda action: action.due or dt.date.max)


class ByOwner(Actions):
    """The open actions of each owner."""

    title: ClassVar[str] = "Owners"
    empty: ClassVar[str] = "Nothing is open."

    def groups(self, live: LivePlan) -> Groups:
        """Return the open actions under each owner, those without one first."""
        return _under(live, "owner", Member, "Nobody")


class ByStakeholder(Actions):
    """The open actions about each of the customer's people."""

    title: ClassVar[str] = "People"
    empty: ClassVar[str] = "Nothing is open."

    def groups(self, live: LivePlan) -> Groups:
        """Return the open actions under each stakeholder, those about nobody first."""
        return _under(live, "stakeholder", Stakeholder, "About nobody")


def _under(live: LivePlan, name: str, kind: type[Member | Stakeholder], nobody: str) -> Groups:
    """Return the open actions under what the people that a field refers to are called."""
    found: dict[str | None, list[Action]] = {}
    for action in open_actions(live):
        found.setdefault(getattr(action, name), []).append(action)
    named = ((live.view.name_of(kind, who), actions) for who, actions in found.items())
    return [(who or nobody, actions) for who, actions in sorted(named, key=lambda each: fold(each[0]))]


class ByMilestone(Actions):
    """All actions under what they lead up to, with what of it is done."""

    title: ClassVar[str] = "Milestones"

    def groups(self, live: LivePlan) -> Groups:
        """Return the actions under each milestone, by its date; those that lead up to none come last."""
        every = live.view.all(Action)
        for milestone in milestones(every):
            yield _said_of(live, milestone), milestone.actions
        yield "No milestone", [action for action in every if not action.milestone]


def _said_of(live: LivePlan, milestone: Milestone) -> str:
    due = format_date(milestone.due) if milestone.due else "no date"
    if milestone.is_dropped:
        return f"{milestone.name} · dropped"
    late = milestone.is_late(live.today) and shown_to(live, Action, "reason")
    return f"{milestone.name} · {due} · {milestone.share} done{' · ! overdue' if late else ''}"


class ByDate(Actions):
    """The open actions by how soon they are due."""

    title: ClassVar[str] = "Dates"
    empty: ClassVar[str] = "Nothing is open."

    def groups(self, live: LivePlan) -> Groups:
        """Return the open actions that are overdue, due this week, next week, later, or without a date."""
        groups = by_date(open_actions(live), live.today, live.dates.week_start)
        ours = shown_to(live, Action, "reason")
        for when, actions in groups.items():
            yield when.value if ours or when is not When.OVERDUE else "Before today", actions


VIEWS = (ByOwner, ByMilestone, ByDate, ByStakeholder)
