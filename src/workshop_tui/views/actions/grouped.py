"""The actions put together: by owner, by milestone, by date, by the customer's person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.rules.milestones import Milestone, When, by_date, milestones
from workshop_tui.domain.rules.people import side_of
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.actions.table import BY_SESSION, Grouping, Groups, every_action
from workshop_tui.views.base import shown_to
from workshop_tui.views.choices import customer_name
from workshop_tui.views.keys import key


def open_actions(live: LivePlan) -> list[Action]:
    """Return what is still to be done, the soonest first."""
    found = (action for action in live.view.all(Action) if action.status.is_open)
    return sorted(found, key=lambda action: action.due or dt.date.max)


def _under(live: LivePlan, actions: Sequence[Action], name: str, nobody: str) -> Groups:
    """Return actions under what the people that a field refers to are called."""
    found: dict[str | None, list[Action]] = {}
    for action in actions:
        found.setdefault(getattr(action, name), []).append(action)
    named = ((live.view.name_of_ref(Action, name, who), those) for who, those in found.items())
    return [(who or nobody, those) for who, those in sorted(named, key=lambda each: fold(each[0]))]


def _by_owner(live: LivePlan, actions: Sequence[Action]) -> Groups:
    """Return the open actions under each owner with their side: nobody's, each firm's, the customer's."""
    firms = {party.id: party.short for party in live.view.partners}
    sides = {"": "", **firms, CUSTOMER: customer_name(live.view)}
    owned = {person: side_of(live.view, person) for person in {action.owner for action in actions}}
    for side, called in sides.items():
        those = [action for action in actions if owned[action.owner] == side]
        for who, found in _under(live, those, "owner", "Nobody"):
            yield f"{who} · {called}" if called else who, found


def _by_stakeholder(live: LivePlan, actions: Sequence[Action]) -> Groups:
    """Return the open actions under each of the customer's people, those for no one person first."""
    return _under(live, actions, "stakeholder", "For no one person")


def _by_milestone(live: LivePlan, actions: Sequence[Action]) -> Groups:
    """Return actions under what they lead up to, by its date; those that lead up to nothing come last.

    A heading tells what of all its actions is done, whatever is filtered.
    """
    wanted = {action.id for action in actions}
    for milestone in milestones(every_action(live)):
        yield _said_of(live, milestone), [each for each in milestone.actions if each.id in wanted]
    yield "No milestone", [action for action in actions if not action.milestone]


def _said_of(live: LivePlan, milestone: Milestone) -> str:
    due = format_date(milestone.due) if milestone.due else "no date"
    if milestone.is_dropped:
        return f"{milestone.name} · dropped"
    late = milestone.is_late(live.today) and shown_to(live, Action, "reason")
    return f"{milestone.name} · {due} · {milestone.share} done{' · ! overdue' if late else ''}"


def _by_date(live: LivePlan, actions: Sequence[Action]) -> Groups:
    """Return the open actions that are overdue, due this week, next week, later, or without a date."""
    ours = shown_to(live, Action, "reason")
    for when, those in by_date(actions, live.today, live.dates.week_start).items():
        yield when.value if ours or when is not When.OVERDUE else "Before today", those


NONE_OPEN = "Nothing is open."
INVITE = (
    f"press {key('sheet.add')} and type what will be done, "
    f"or {key('capture')} and «a: Send cost range @Lucía by +2w»."
)
BY_OWNER = Grouping("Owners", open_actions, _by_owner, NONE_OPEN, INVITE, "owner")
BY_MILESTONE = Grouping("Milestones", every_action, _by_milestone, repeated="milestone")
BY_DATE = Grouping("Dates", open_actions, _by_date, NONE_OPEN, INVITE)
BY_STAKEHOLDER = Grouping("People", open_actions, _by_stakeholder, NONE_OPEN, INVITE, "stakeholder")
GROUPINGS = (BY_SESSION, BY_OWNER, BY_MILESTONE, BY_DATE, BY_STAKEHOLDER)
