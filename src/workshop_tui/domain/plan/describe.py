"""How a Step is called: worded from its changes and a projected plan, never stored."""

from __future__ import annotations

from collections.abc import Iterable

from workshop_tui.domain.base.entity import Entity, referents
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.scorecard import Review
from workshop_tui.domain.plan.audience import shows
from workshop_tui.domain.plan.plan import KIND, KINDS, AccountPlan, display_name
from workshop_tui.domain.plan.step import Add, Change, Remove, Set, Step, target

NOT_SHOWN = "a change made elsewhere"
_NAMED = {Account, Party, Member, Stakeholder}
"""Kinds that go by a name rather than by something said."""
_TOLD = 60
"""Signs of what a row is called that are told."""


def describe(step: Step, view: AccountPlan, before: AccountPlan | None = None) -> str:
    """Return what a Step is called, worded from a projected plan, so that it tells no more than that shows.

    `before` is the projection from before the Step, for rows that it took out. What happened to the
    same thing is told once, as when a carry comes with a new due date.
    """
    named = [found for change in telling(step.changes) if (found := _named(change, view, before))]
    if not named:
        return NOT_SHOWN
    text, who = named[0]
    others = {other for _, other in named} - {who}
    is_whole = any(target(change)[0] is Review for change in step.changes)
    return f"{text} and {len(others)} more" if others and not is_whole else text


def telling(changes: Iterable[Change]) -> list[Change]:
    """Put first what people asked for: rows with words of their own before those that hang on them.

    Of these, a row that came or went tells more than a field, and the one the others refer to most. A
    review tells most of all: it sets what it has found.
    """

    def last(change: Change) -> tuple[bool, bool, bool, int]:
        kind, _ = target(change)
        return kind is not Review, not kind.NAME_FIELD, isinstance(change, Set), KINDS.index(kind)

    return sorted(changes, key=last)


def _named(change: Change, view: AccountPlan, before: AccountPlan | None) -> tuple[str, str] | None:
    """Return (what was changed, whom or what it concerns), or None when it isn't shown."""
    kind, key = target(change)
    plan = next((p for p in (view, before) if p and p.get(kind, *key)), None)
    row = plan.get(kind, *key) if plan else None
    if plan is None or row is None:
        return None
    who = display_name(plan, row)
    called = _called(plan, row)
    match change:
        case Add() | Remove() if not kind.NAME_FIELD:
            return called if kind is Review else f"{called}, {kind.VERBOSE_NAME}", who
        case Add():
            return f"{kind.VERBOSE_NAME} {called} added", who
        case Remove():
            return f"{kind.VERBOSE_NAME} {called} removed", who
        case Set(name=name) if not shows(kind, name, view.audience) or _is_withheld(row, name, view):
            return None
        case Set(name=name):
            return f"{called}, {_field(kind, name)}", who


def _called(plan: AccountPlan, row: Entity) -> str:
    """Return what a row is called: people, firms and accounts by their names, what is said in quotes.

    Without quotes «Run a pilot, owner» would read as one sentence.
    """
    name = display_name(plan, row)
    targets = {KIND[target] for each in referents(type(row)).values() for target in each}
    kinds = {type(row)} if row.NAME_FIELD else targets
    is_said = any(
        kind.NAME_FIELD and kind not in _NAMED and plan.where(kind, **{kind.NAME_FIELD: name})
        for kind in kinds
    )
    short = one_line(name)
    short = short if len(short) <= _TOLD else f"{short[: _TOLD - 1].rstrip()}…"
    return f"«{short}»" if is_said else short


def _field(kind: type[Entity], name: str) -> str:
    """Return what a field is called behind its row: never by the kind of the row, which has not gone."""
    if name == kind.NAME_FIELD:
        return "name" if kind in _NAMED else "wording"
    title = kind.fields[name].title or name
    return title if title[1].isupper() else title[0].lower() + title[1:]


def _is_withheld(row: Entity, name: str, view: AccountPlan) -> bool:
    return view.audience == CUSTOMER and name in row.withheld
