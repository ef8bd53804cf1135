"""How a Step is called: worded from its changes and a projected plan, never stored."""

from __future__ import annotations

from collections.abc import Iterable

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.plan.audience import shows
from workshop_tui.domain.plan.plan import KINDS, AccountPlan, display_name
from workshop_tui.domain.plan.step import Add, Change, Remove, Set, Step, target

NOT_SHOWN = "a change made elsewhere"


def describe(step: Step, view: AccountPlan, before: AccountPlan | None = None) -> str:
    """Return what a Step is called, worded from a projected plan, so that it tells no more than that shows.

    `before` is the projection from before the Step, for rows that it took out. What happened to the
    same thing is told once, as when a carry comes with a new due date.
    """
    named = [found for change in _telling(step.changes) if (found := _named(change, view, before))]
    if not named:
        return NOT_SHOWN
    text, who = named[0]
    others = {other for _, other in named} - {who}
    return f"{text} and {len(others)} more" if others else text


def _telling(changes: Iterable[Change]) -> list[Change]:
    """Put first what people asked for: rows with words of their own before those that hang on them.

    Of these, a row that came or went tells more than a field, and the one the others refer to most.
    """

    def last(change: Change) -> tuple[bool, bool, int]:
        kind, _ = target(change)
        return not kind.NAME_FIELD, isinstance(change, Set), KINDS.index(kind)

    return sorted(changes, key=last)


def _named(change: Change, view: AccountPlan, before: AccountPlan | None) -> tuple[str, str] | None:
    """Return (what was changed, whom or what it concerns), or None when it isn't shown."""
    kind, key = target(change)
    plan = next((p for p in (view, before) if p and p.get(kind, *key)), None)
    row = plan.get(kind, *key) if plan else None
    if plan is None or row is None:
        return None
    who = display_name(plan, row)
    match change:
        case Add() | Remove() if not kind.NAME_FIELD:
            return f"{who}, {kind.VERBOSE_NAME}", who
        case Add():
            return f"new {kind.VERBOSE_NAME} {who}", who
        case Remove():
            return f"{kind.VERBOSE_NAME} {who} removed", who
        case Set(name=name) if not shows(kind, name, view.audience) or _is_withheld(row, name, view):
            return None
        case Set(name=name):
            title = kind.model_fields[name].title or name
            return f"{who}, {title if title[1].isupper() else title[0].lower() + title[1:]}", who


def _is_withheld(row: Entity, name: str, view: AccountPlan) -> bool:
    return view.audience == CUSTOMER and name in row.withheld
