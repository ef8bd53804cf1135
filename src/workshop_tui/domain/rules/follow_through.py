"""Whether actions were kept, judged by the date that was first agreed, and how they move on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.vocabulary import CUSTOMER, ActionStatus
from workshop_tui.domain.lifecycle.seal import is_sealed
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Change, Refused, Remove, set_field
from workshop_tui.domain.rules.people import side_of


def _carries(plan: AccountPlan, action: Action) -> list[Carry]:
    """Return an action's carries, that of the earliest session first."""
    carries = list(plan.where(Carry, action=action.id))
    return sorted(carries, key=lambda carry: plan.number_of(carry.session)) if carries[1:] else carries


def first_due(plan: AccountPlan, action: Action) -> dt.date | None:
    """Return the date first agreed: what the earliest carry moved it from, else the due date."""
    carries = _carries(plan, action)
    return carries[0].from_due if carries else action.due


class FollowThrough(Struct, frozen=True):
    """What became of actions that were due by a date."""

    due: int
    dropped: int
    on_time: int
    late: int
    overdue: int

    @property
    def on_time_rate(self) -> float | None:
        """Share done by the first due date of what was due and not dropped; None when nothing was."""
        return self._share(self.on_time)

    @property
    def done_rate(self) -> float | None:
        """Share done, be it late, of what was due and not dropped; None when nothing was."""
        return self._share(self.on_time + self.late)

    def _share(self, count: int) -> float | None:
        kept = self.due - self.dropped
        return count / kept if kept else None


def tally(plan: AccountPlan, actions: Iterable[Action], on: dt.date) -> FollowThrough:
    """Return what became, by a date, of some actions of a plan.

    Counted are those whose first due date is on or before the date. Done after the date is not done
    yet; done without a day is late. So is dropped after the date not dropped yet; what was dropped
    without a day counts as dropped at any.
    """
    firsts = ((action, first_due(plan, action)) for action in actions)
    fates = [fate(action, first, on) for action, first in firsts if first is not None and first <= on]
    return FollowThrough(len(fates), *(fates.count(f) for f in ("dropped", "on_time", "late", "overdue")))


def by_owner(plan: AccountPlan, actions: Iterable[Action], on: dt.date) -> Mapping[str, FollowThrough]:
    """Return what became of actions for each who owns one that was due: id → counts, "" for nobody's.

    Ours come first, then the customer's people.
    """
    everybody = [person.id for kind in (Member, Stakeholder) for person in plan.all(kind)]
    return _shared_out(plan, actions, on, everybody, lambda action: action.owner or "")


def by_side(plan: AccountPlan, actions: Iterable[Action], on: dt.date) -> Mapping[str, FollowThrough]:
    """Return the same for each side whose people own one: a firm's id or «customer», "" for nobody's.

    Each action is one side's, so that the sides add up to what `tally` gives.
    """
    sides = [*(party.id for party in plan.partners), CUSTOMER]
    return _shared_out(plan, actions, on, sides, lambda action: side_of(plan, action.owner))


def _shared_out(
    plan: AccountPlan,
    actions: Iterable[Action],
    on: dt.date,
    order: Iterable[str],
    whose: Callable[[Action], str],
) -> Mapping[str, FollowThrough]:
    shares: dict[str, list[Action]] = {name: [] for name in order}
    for action in actions:
        shares.setdefault(whose(action), []).append(action)
    counts = {name: tally(plan, share, on) for name, share in shares.items()}
    return {name: kept for name, kept in counts.items() if kept.due}


def fate(action: Action, first: dt.date, on: dt.date) -> str:
    """Return what became of an action by a date as `tally` counts it: the name of a field of its counts."""
    done_on = action.done_on or on
    if action.status is ActionStatus.DROPPED and (action.dropped_on or on) <= on:
        return "dropped"
    if action.status is not ActionStatus.DONE or done_on > on:
        return "overdue"
    return "on_time" if action.done_on and done_on <= first else "late"


def set_action_due(
    plan: AccountPlan, action: Action, due: dt.date | None, session: str
) -> tuple[Change, ...]:
    """Return the changes that give an action another due date in a session.

    In the session it was made in, or when it had none, the date simply changes. In a later one, or once
    that session is sealed and its record has the date, a Carry keeps the date before, so that the first
    due date is never lost; back to that, and the Carry goes.

    Raises Refused when a later session, or one after the seal, would leave it without a date.
    """
    new = set_field(action, "due", due.isoformat() if due else None)
    carries = _carries(plan, action)
    latest = max((session, *(carry.session for carry in carries)), key=plan.number_of)
    if action.due is None or not new or not _is_agreed(plan, action, latest):
        return new
    if due is None:
        was = format_date(action.due)
        raise Refused(f"This action was due on {was}: carry it to another date, or drop it.")
    carry = plan.get(Carry, action.id, latest)
    if carry is None:
        return (Add(Carry(action=action.id, session=latest, from_due=action.due, to_due=due)), *new)
    if carry.from_due == carry.to_due:  # it got its first date in this session
        new = (*set_field(carry, "from_due", due.isoformat()), *new)
    elif due == carry.from_due:
        return (Remove(carry), *new)
    return (*set_field(carry, "to_due", due.isoformat()), *new)


def is_carry(plan: AccountPlan, action: Action, session: str) -> bool:
    """Whether another date that an action gets in a session is a carry, rather than just another date."""
    if action.due is None:
        return plan.number_of(session) > plan.number_of(action.session)
    latest = max((session, *(carry.session for carry in _carries(plan, action))), key=plan.number_of)
    return _is_agreed(plan, action, latest)


def _is_agreed(plan: AccountPlan, action: Action, latest: str) -> bool:
    """Whether an action's date was agreed before it is changed now: in an earlier session, or by a seal."""
    if latest == action.session:
        return is_sealed(plan, latest) or plan.get(Carry, action.id, latest) is not None
    return plan.number_of(latest) > plan.number_of(action.session)


def carry_action(plan: AccountPlan, action: Action, due: dt.date, session: str) -> tuple[Change, ...]:
    """Return the changes that carry an action to a date in a session, as `set_action_due` does.

    One that had no date gets its first, and a Carry from and to that date says that it was carried.
    Raises Refused when it is due on that day already.
    """
    if due == action.due:
        raise Refused(
            f"«{action.words}» is due on {format_date(due)} already: carry it to another day, or leave it."
        )
    changes = set_action_due(plan, action, due, session)
    if action.due is None and plan.number_of(session) > plan.number_of(action.session):
        return (Add(Carry(action=action.id, session=session, from_due=due, to_due=due)), *changes)
    return changes


def set_action_status(
    action: Action, status: ActionStatus, on: dt.date, reason: str = ""
) -> tuple[Change, ...]:
    """Return the changes that give an action another status on a day.

    Done keeps the day it was done, dropped the day it was dropped; anything else has none. Only dropped
    has a reason.

    Raises Refused when it is dropped without one.
    """
    if status is ActionStatus.DROPPED and not reason.strip():
        raise Refused("A dropped action needs a reason: say in a few words why.")
    done_on = (action.done_on or on) if status is ActionStatus.DONE else None
    is_dropped = status is ActionStatus.DROPPED
    was_dropped = action.status is ActionStatus.DROPPED
    dropped_on = (action.dropped_on if was_dropped else on) if is_dropped else None
    return (
        *_stands(action, status, done_on, reason if is_dropped else ""),
        *set_field(action, "dropped_on", dropped_on.isoformat() if dropped_on else None),
    )


def complete_action(
    plan: AccountPlan, action: Action, on: dt.date, evidence: str, today: dt.date
) -> tuple[Change, ...]:
    """Return the changes that complete an action on a day, with what shows it.

    Raises Refused when that day is still to come, or was before the session the action was made in.
    """
    if on > today:
        raise Refused(f"{format_date(on)} is still to come: give the day it was done, as in -3d or today.")
    made = plan.get(Session, action.session)
    if made and on < made.held_on:
        raise Refused(
            f"{format_date(on)} was before the action was made, on {format_date(made.held_on)}: "
            "give the day it was done, as in -3d or today."
        )
    return (
        *_stands(action, ActionStatus.DONE, on, ""),
        *set_field(action, "dropped_on", None),
        *set_field(action, "evidence", evidence),
    )


def _stands(action: Action, status: ActionStatus, done_on: dt.date | None, reason: str) -> tuple[Change, ...]:
    return (
        *set_field(action, "status", status.value),
        *set_field(action, "done_on", done_on.isoformat() if done_on else None),
        *set_field(action, "reason", reason),
    )
