"""How an action is completed, carried, dropped or opened again: what is asked for it, and in which order."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.vocabulary import ActionStatus
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.plan import AccountPlan, draft_place
from workshop_tui.domain.plan.setters import what_shows_it, why_dropped
from workshop_tui.domain.plan.step import Changes, Refused
from workshop_tui.domain.rules.follow_through import (
    carry_action,
    complete_action,
    set_action_status,
)
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import shown_to
from workshop_tui.views.cell import Col, Edit, RowAction
from workshop_tui.views.fields import asked, edit_of, typed_value


def completing(live: LivePlan, action: Action) -> Edit:
    """Return how the day is asked on which it was done, and then what shows it; both come in one Step."""
    col, today = Col(Action, "done_on"), live.today
    edit = edit_of(live.view, action, col, live.context)

    def day(typed: Json) -> dt.date:
        said = typed_value(Action, "done_on", typed, live.dates)
        return dt.date.fromisoformat(str(said)) if said else today

    def build(plan: AccountPlan, typed: Json) -> Changes:
        complete_action(plan, action, day(typed), "", today)  # refuses a day on which it can't have been
        return ()

    return replace(
        edit,
        title=f"Done on which day? · {action.title}",
        text=format_date(action.done_on or today),
        build=build,
        must=True,
        follow=lambda typed: proving(live, action, day(typed)),
    )


def proving(live: LivePlan, action: Action, on: dt.date) -> Edit:
    """Return how it is asked what shows that an action is done; without an answer it is done all the same."""
    return asked(live.view, what_shows_it(action, on, live.context), live.context)


def carrying(live: LivePlan, action: Action) -> Edit:
    """Return how another date is asked for, a day still to come."""
    today, session, dates = live.today, live.session_id, live.dates
    carries = live.carries(action)

    def build(plan: AccountPlan, typed: Json) -> Changes:
        said = typed_value(Action, "due", typed, dates)
        due = dt.date.fromisoformat(str(said)) if said else today
        if not said or due < today:
            past = f"{format_date(due)} is past" if said else "No date was given"
            raise Refused(
                f"{past}: {'carry it to' if carries else 'give it'} a day still to come, as in +2w."
            )
        now = plan.get(Action, action.id)
        return carry_action(plan, now, due, session) if now else ()

    edit = edit_of(live.view, action, Col(Action, "due"), live.context)
    asks = "Carry to which day?" if carries else "Due on which day?"
    return replace(edit, title=f"{asks} · {action.title}", text="", build=build, must=True)


def dropping(live: LivePlan, action: Action) -> Edit:
    """Return how the reason of a drop is asked for."""
    return asked(live.view, why_dropped(action, live.context), live.context)


def reopening(live: LivePlan, action: Action) -> Edit:
    """Return how an action is opened again."""
    today = live.today

    def build(plan: AccountPlan, _new: Json) -> Changes:
        now = plan.get(Action, action.id)
        return set_action_status(now, ActionStatus.OPEN, today) if now else ()

    return Edit(
        f"Open again · {action.title}", draft_place(Action, action.key, "status"), "", build, toggles=True
    )


def outcome_actions(live: LivePlan, action: Action) -> tuple[RowAction, ...]:
    """Return what can be done with an action; nothing before the customer, whom reasons don't concern."""
    if not shown_to(live, Action, "reason"):
        return ()
    if action.status.is_open:
        carries = live.carries(action)
        return (
            RowAction("d", "Done", completing(live, action)),
            RowAction("c", "Carry" if carries else "Give another day", carrying(live, action)),
            RowAction("r", "Drop", dropping(live, action)),
        )
    again = RowAction("o", "Open again", reopening(live, action))
    if action.status is ActionStatus.DROPPED:
        return (again,)
    return again, RowAction("e", "What shows it", proving(live, action, action.done_on or live.today))
