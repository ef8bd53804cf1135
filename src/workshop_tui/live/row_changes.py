"""Changing actions and decisions of several accounts at once: one Step an account, by a command or a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from workshop_tui.domain.base.dates import Calendar, format_date
from workshop_tui.domain.base.vocabulary import ActionStatus
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import FieldRef, SetContext, set_value
from workshop_tui.domain.plan.step import Change, Changes, Refused, Step, apply, set_field
from workshop_tui.domain.rules.follow_through import complete_action, set_action_status

if TYPE_CHECKING:
    from workshop_tui.store.store import Store

Build = Callable[[AccountPlan, Any], Changes]
"""Makes the changes of one row out of the whole plan as it is now; may raise Refused."""


class RowMeant(Struct, frozen=True):
    """A row that is meant: an action, or a decision."""

    id: str
    account: str
    kind: str
    short: str = ""
    """The short id by which it is told."""

    @property
    def ref(self) -> str:
        """The id that no row of another account has, as in norvane/A07."""
        return self.short or f"{self.account}/{self.id}"


class Changed(Struct, frozen=True):
    """A row as it was and as it is."""

    meant: RowMeant
    before: Any
    after: Any
    plan: AccountPlan
    """The whole plan as it is now."""


def change_rows(
    store: Store, meant: Sequence[RowMeant], build: Build, actor: str, now: dt.datetime
) -> Iterator[Changed]:
    """Change these rows, in one Step an account; yield each once it is stored.

    All is worked out before anything is stored: what one account refuses changes nothing in another.
    """
    accounts = dict.fromkeys(one.account for one in meant)
    plans = {of: store.load(of)[0] for of in accounts}
    steps: Mapping[str, tuple[Step, AccountPlan]] = {
        of: _step(plans[of], [one for one in meant if one.account == of], build, actor, now)
        for of in accounts
    }
    for of, (step, after) in steps.items():
        if step.changes:
            store.commit(of, step)
        for one in (each for each in meant if each.account == of):
            yield Changed(one, _row(plans[of], one), _row(after, one), after)


def _step(
    plan: AccountPlan, meant: Iterable[RowMeant], build: Build, actor: str, now: dt.datetime
) -> tuple[Step, AccountPlan]:
    """Return the Step of an account, and the plan after it."""
    changes: list[Change] = []
    after = plan
    for one in meant:
        made = tuple(build(after, _row(after, one)))
        changes += made
        after = apply(after, Step(made))
    return Step(tuple(changes), actor, now), after


def _row(plan: AccountPlan, one: RowMeant) -> Action | Decision:
    kind: type[Action | Decision] = Action if one.kind == Action.__name__ else Decision
    row = plan.get(kind, one.id)
    if row is None:
        raise Refused(f"{one.ref} has just been removed: nothing has changed.")
    return row


# When and where a field is set


def dates_of(plan: AccountPlan, today: dt.date, *, day_first: bool) -> Calendar:
    """Return how a date that is typed is understood in an account, from its own day or else today."""
    mine = Calendar(plan.account.as_of or today, day_first)
    latest = plan.sessions[-1] if plan.sessions else None
    return mine.agreed(latest.date_order, latest.week_start) if latest else mine


def context_of(plan: AccountPlan, dates: Calendar) -> SetContext:
    """Return when and where a field is set: on the account's day, in its latest session."""
    session = plan.sessions[-1].id if plan.sessions else ""
    return SetContext(dates, lambda: dt.datetime.now(dt.UTC), session)


# What becomes of an action


def refuse_settled(action: Action) -> None:
    """Refuse to change an action that was done or dropped, as by somebody else just now."""
    if not action.status.is_open:
        on = action.done_on or action.dropped_on
        day = f" on {format_date(on)}" if on else ""
        raise Refused(f"«{action.words}» was {action.status.label} already{day}: nothing has changed.")


def complete(plan: AccountPlan, action: Action, on: dt.date, today: dt.date) -> Changes:
    """Return the changes that complete an open action; what shows it stays."""
    refuse_settled(action)
    return complete_action(plan, action, on, action.evidence, today)


def refuse_past(day: dt.date, today: dt.date) -> None:
    """Refuse a due date that has been, which would be late from the start."""
    if day < today:
        raise Refused(f"{format_date(day)} is past: give a day still to come, as in +2w.")


def redate(plan: AccountPlan, action: Action, day: dt.date, context: SetContext) -> Changes:
    """Return the changes that give an open action another date, a day still to come."""
    refuse_settled(action)
    refuse_past(day, context.today)
    if day == action.due:
        raise Refused(f"«{action.words}» is due on {format_date(day)} already: nothing has changed.")
    return set_value(plan, FieldRef(Action, action.key, "due"), day.isoformat(), context)


def hand_over(  # noqa: PLR0913, PLR0917 - each is a part of it
    plan: AccountPlan,
    action: Action,
    person: str | None,
    context: SetContext,
    name: str = "owner",
    visibility: str = "",
) -> Changes:
    """Return the changes by which somebody else does an open action, or answers for it; None is nobody.

    With a visibility that changes too, as when one of the customer's people is to see what they get.
    """
    refuse_settled(action)
    shown = set_field(action, "visibility", visibility) if visibility else ()
    return (*set_value(plan, FieldRef(Action, action.key, name), person, context), *shown)


def drop(action: Action, reason: str, today: dt.date) -> Changes:
    """Return the changes that drop an open action, for a reason."""
    refuse_settled(action)
    return set_action_status(action, ActionStatus.DROPPED, today, reason)


def person_called(plan: AccountPlan, name: str, *, is_ours: bool) -> str:
    """Return the id of whoever has just this name in an account, on that side; may raise Refused."""
    people = plan.all(Member) if is_ours else plan.all(Stakeholder)
    found = next((person.id for person in people if person.words == name), "")
    if not found:
        raise Refused(f"There is nobody called «{name}» in {plan.account.name}: nothing has changed.")
    return found
