"""How a Step is called: worded from its changes and a projected plan, never stored."""

from __future__ import annotations

from workshop_tui.domain.audience import shows
from workshop_tui.domain.plan import AccountPlan, called
from workshop_tui.domain.step import Add, Change, Remove, Set, Step, target


def describe(step: Step, view: AccountPlan, before: AccountPlan | None = None) -> str:
    """Return what a Step is called, worded from a projected plan, so that it tells no more than that shows.

    `before` is the projection from before the Step, for rows that it took out.
    """
    names = [name for change in step.changes if (name := _name_of(change, view, before))]
    if not names:
        return "a change that is not shown here"
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _name_of(change: Change, view: AccountPlan, before: AccountPlan | None) -> str:
    kind, key = target(change)
    plan = next((p for p in (view, before) if p and p.get(kind, *key)), None)
    row = plan.get(kind, *key) if plan else None
    if plan is None or row is None:
        return ""
    who = called(plan, row)
    match change:
        case Add() | Remove() if not kind.CALLED:
            return f"{kind.LABEL} of {who}"
        case Add():
            return f"new {kind.LABEL} {who}"
        case Remove():
            return f"{kind.LABEL} {who} removed"
        case Set(name=name):
            if view.audience and not shows(kind, name, view.audience):
                return ""
            title = kind.model_fields[name].title or name
            return f"{title if title[1].isupper() else title[0].lower() + title[1:]} of {who}"
