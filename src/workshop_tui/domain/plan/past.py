"""An account plan as it was known on a day: what is dated later is not in it yet.

Whatever is worked out at a date is worked out on this, so that no rule has to mind later rows itself.
What has no date (people, ties, a proposition, a drop before drops kept their day) is taken as it is now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import cast

from workshop_tui.domain.base.entity import Entity, Json, Key, referents
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import (
    AccountStage,
    ActionStatus,
    AnswerStatus,
    RiskStatus,
    StepStatus,
)
from workshop_tui.domain.model.account import Account, Gate, Learnt, Member, Party, StageEntry
from workshop_tui.domain.model.actions import Action, ApproachStep, Carry
from workshop_tui.domain.model.discovery import Form
from workshop_tui.domain.model.people import Meeting, Stakeholder
from workshop_tui.domain.model.scorecard import Review, SteeringDate
from workshop_tui.domain.model.session import Block, Decision, Erratum, Guest, Parking, Risk, Seal, Session
from workshop_tui.domain.model.value import Answer, Proof, Question, Target
from workshop_tui.domain.plan.plan import KINDS, AccountPlan, must_go_with

CAME: Mapping[type[Entity], str] = {
    Session: "held_on",
    Gate: "on",
    Answer: "heard_on",
    Meeting: "on",
    Review: "on",
    ApproachStep: "on",
    Seal: "sealed_at",
    Erratum: "at",
    StageEntry: "on",
    Learnt: "on",
}
"""Kind → the field with the day on which a row came about. What belongs to it came with it."""

SINCE: Mapping[type[Entity], Mapping[str, Mapping[str, Json]]] = {
    Form: {"sent": {}},
    Answer: {
        "validated_on": {"status": AnswerStatus.HEARD},
        "withdrawn_on": {"status": AnswerStatus.HEARD},
    },
    Action: {
        "done_on": {"status": ActionStatus.OPEN, "evidence": ""},
        "dropped_on": {"status": ActionStatus.OPEN, "reason": ""},
        "confirmed_on": {},
        "told_on": {},
    },
    Decision: {"confirmed_on": {}, "told_on": {}},
    Parking: {"dropped_on": {"dropped": False}},
    Risk: {"settled_on": {"status": RiskStatus.OPEN}},
    Stakeholder: {"left_on": {"successor": None}},
    Account: {"selected_on": {"selected_by": ""}},
    Target: {"confirmed_on": {"confirmed_by": None}},
    Proof: {"recognised_on": {"recognised_by": None}},
    SteeringDate: {"held_on": {}},
    Guest: {"left_at": {}},
    Seal: {"reopened_at": {"reopened_why": ""}},
}
"""Kind → the field with the day on which something happened to a row → how the row stood before."""

_DATED: tuple[tuple[type[Entity], tuple[str, ...]], ...] = tuple(
    (kind, tuple(filter(None, (CAME.get(kind), *SINCE.get(kind, ())))))
    for kind in KINDS
    if kind in CAME or kind in SINCE
)
"""Each kind with days → the fields that hold one."""

_PLANNED = {StepStatus.TODO, StepStatus.BOOKED}


def as_known(plan: AccountPlan, on: dt.date, opened: str = "") -> AccountPlan:
    """Return a whole plan as it was known at the end of a day; the plan itself when nothing is later.

    `opened` is the session that is being prepared or held: its rows count, however late it is planned.
    """
    if not any(_is_later(plan, kind, names, on, opened) for kind, names in _DATED):
        return plan
    rows: dict[type[Entity], Mapping[Key, Entity]] = {}
    gone: dict[str, set[str]] = {}
    for kind in KINDS:
        if not plan.rows.get(kind) or not (gone or kind in CAME or kind in SINCE):
            continue
        refers = {name: gone[to[0]] for name, to in referents(kind).items() if to[0] in gone}
        held = plan.rows.get(kind, {})
        late = _late(kind, held, on, opened) | _going_along(kind, held, refers)
        if late:
            gone[kind.__name__] = {key[0] for key in late}
        stood = {key: _stood(held[key], on, refers) for key in _touched(kind, held, on, refers) - late}
        if kind is Action and Session.__name__ in gone:
            kept = {key: stood.get(key, row) for key, row in held.items() if key not in late}
            stood |= {key: _due_then(plan, row, gone[Session.__name__]) for key, row in kept.items()}
        if kind is Account:
            stood |= _stages_then(plan, {**held, **stood}, on)
        if late or stood:
            rows[kind] = {key: stood.get(key, row) for key, row in held.items() if key not in late}
    return AccountPlan({**plan.rows, **rows}, plan.audience) if rows else plan


def dated_by(plan: AccountPlan, session: Session) -> AccountPlan:
    """Return of a whole plan what one session dated itself, and whom and what that names.

    That is who was there, its decisions, parking lot, risks, sentiment, scores of the time, the actions
    made or carried in it, and what was heard and proven on its day. What became of these later isn't in
    it, nor is what has no day: who knows when a proposition was written?
    """
    known = as_known(plan, session.held_on, session.id)
    rows = (row for row in known if type(row) in _NAMED or _is_of(known, row, session))
    return AccountPlan.of(map(_as_agreed, rows), plan.audience)


_NAMED = {Account, Party, Member, Stakeholder, Question, Session}
"""Kinds of rows that a session's own rows name."""


def _is_of(plan: AccountPlan, row: Entity, session: Session) -> bool:
    match row:
        case Action():
            return row.session == session.id or plan.get(Carry, row.id, session.id) is not None
        case Guest():
            block = plan.get(Block, row.block)
            return block is not None and block.session == session.id
        case Answer():
            return row.heard_on == session.held_on
    return getattr(row, "session", "") == session.id


def _as_agreed(row: Entity) -> Entity:
    """Return a row without what has become of it on a day that nobody knows."""
    match row:
        case Action(status=ActionStatus.DROPPED) if row.dropped_on:
            return row
        case Action() if row.status is not ActionStatus.DONE or row.done_on is None:
            return _with(row, {"status": ActionStatus.OPEN, "reason": "", "evidence": ""})
        case Answer(status=AnswerStatus.WITHDRAWN) if row.withdrawn_on:
            return row
        case Answer(status=AnswerStatus.WITHDRAWN) | Answer(status=AnswerStatus.VALIDATED, validated_on=None):
            return _with(row, {"status": AnswerStatus.HEARD})
        case Parking(dropped=True) if row.dropped_on is None:
            return _with(row, {"dropped": False})
    return row


def _is_later(
    plan: AccountPlan, kind: type[Entity], names: tuple[str, ...], on: dt.date, opened: str
) -> bool:
    """Whether a row of a kind has a later day in one of these fields; the session that is open has not."""
    held = plan.rows.get(kind)
    if not held:
        return False
    days = ((key, getattr(row, name)) for name in names for key, row in held.items())
    return any(
        day is not None and _is_after(day, on) and not (kind is Session and key == (opened,))
        for key, day in days
    )


def _late(kind: type[Entity], held: Mapping[Key, Entity], on: dt.date, opened: str) -> set[Key]:
    """Return the rows of a kind that came about later: a step that is planned is known before its day."""
    if kind not in CAME:
        return set()
    name = CAME[kind]
    later = {key for key, row in held.items() if (day := getattr(row, name)) and _is_after(day, on)}
    counts = {(opened,)} if kind is Session else set()
    return {key for key in later - counts if getattr(held[key], "status", None) not in _PLANNED}


def _is_after(day: dt.date | dt.datetime | None, on: dt.date) -> bool:
    return day is not None and (day.date() if isinstance(day, dt.datetime) else day) > on


def _going_along(
    kind: type[Entity], held: Mapping[Key, Entity], gone: Mapping[str, Collection[str]]
) -> set[Key]:
    """Return the rows of a kind that belong to one that is gone."""
    names = [name for name in gone if must_go_with(kind, name)]
    return {key for name in names for key, row in held.items() if getattr(row, name) in gone[name]}


def _touched(
    kind: type[Entity], held: Mapping[Key, Entity], on: dt.date, gone: Mapping[str, Collection[str]]
) -> set[Key]:
    """Return the rows of a kind to which something has happened later, or that refer to what is gone."""
    since = {
        key
        for name in SINCE.get(kind, ())
        for key, row in held.items()
        if (day := getattr(row, name)) and _is_after(day, on)
    }
    return since | {key for name in gone for key, row in held.items() if getattr(row, name) in gone[name]}


def _stood(row: Entity, on: dt.date, gone: Mapping[str, Collection[str]]) -> Entity:
    """Return a row as it stood on a day: what came later is not referred to."""
    then: dict[str, Json] = {name: None for name, ids in gone.items() if getattr(row, name) in ids}
    for name, stood in SINCE.get(type(row), {}).items():
        if _is_after(getattr(row, name), on):
            then |= {name: None, **stood}
    return _with(row, then)


def _stages_then(plan: AccountPlan, held: Mapping[Key, Entity], on: dt.date) -> dict[Key, Entity]:
    """Return the account in the stage from which it went on after a day; {} where it didn't."""
    later = [entry for entry in plan.all(StageEntry) if entry.on > on and entry.was]
    if not later:
        return {}
    first = min(later, key=lambda entry: entry.on)  # of one day the first, as they are in their order
    stage = AccountStage(first.was or AccountStage.NOMINATED)
    return {key: _with(row, {"stage": stage}) for key, row in held.items()}


def _due_then(plan: AccountPlan, action: Entity, gone: Collection[str]) -> Entity:
    """Return an action as it was due before sessions that are gone carried it."""
    due = first = cast("Action", action).due
    carries = plan.where(Carry, action=action.key[0])
    for carry in sorted(carries, key=lambda carry: -plan.number_of(carry.session)):
        if carry.session not in gone or carry.to_due != due:
            break
        due = None if carry.from_due == carry.to_due else carry.from_due
    return action if due == first else _with(action, {"due": due.isoformat() if due else None})


def _with(row: Entity, values: Mapping[str, Json]) -> Entity:
    return with_values(row, **values) if values else row
