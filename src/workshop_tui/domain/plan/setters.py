"""The rules of fields: what changes when a field is set, and what has to be asked first.

Wherever a field is set from (cell, card, capture line, command, file), `set_value` says what that changes. A
field without a rule of its own is simply set, in a row that comes in with it where there is none yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.entity import Entity, Json, Key
from workshop_tui.domain.base.vocabulary import (
    ALLIANCE,
    AccountStage,
    ActionStatus,
    AnswerStatus,
    ApproachKind,
    Purpose,
    StepStatus,
)
from workshop_tui.domain.lifecycle.clock import set_used
from workshop_tui.domain.lifecycle.closing import set_words
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.actions import Action, Approach, ApproachStep, CrmId
from workshop_tui.domain.model.people import Meeting, Tie
from workshop_tui.domain.model.session import Block, Decision
from workshop_tui.domain.model.value import Answer, Contribution, Option, Proposition, Question, Target
from workshop_tui.domain.plan.audience import sees, shows
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Changes, Refused, made, removal, set_field
from workshop_tui.domain.rules.approach import (
    approach_of,
    begin_approach,
    in_the_way,
    set_step_date,
    set_step_status,
    step_of,
)
from workshop_tui.domain.rules.follow_through import complete_action, set_action_due, set_action_status
from workshop_tui.domain.rules.people import held_on
from workshop_tui.domain.rules.proposition import begin_proposition, may_write
from workshop_tui.domain.rules.stage_gates import enter_stage, unmet
from workshop_tui.domain.rules.value import amount, rank_within, set_answer_status, theme_called
from workshop_tui.domain.rules.votes import set_votes


class FieldRef(NamedTuple):
    """One field of one row, which may not be there yet."""

    kind: type[Entity]
    key: Key
    name: str


@dataclass(frozen=True)
class SetContext:
    """When, where and before whom a field is set."""

    dates: Calendar
    """How a typed date is understood; its `today` is the day everything is worked out for."""
    clock: Callable[[], dt.datetime]
    session: str = ""
    audience: str = ALLIANCE

    @property
    def now(self) -> dt.datetime:
        """The moment at which it is set, however long ago the cell was made."""
        return self.clock()

    @property
    def today(self) -> dt.date:
        """The day it is set on."""
        return self.dates.today


Setter = Callable[[AccountPlan, FieldRef, Json, SetContext], Changes]
"""Returns the changes that give a field a value; may raise Refused with a sentence."""


def set_value(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """Return the changes that give a field a value, by the field's rule; raises Refused with a sentence."""
    setter = SETTERS.get((at.kind, at.name))
    return setter(plan, at, value, context) if setter else upsert(plan, at.kind, at.key, {at.name: value})


def upsert(plan: AccountPlan, kind: type[Entity], key: Key, values: Mapping[str, Json]) -> Changes:
    """Return the changes that give a row these values, adding the row if it isn't there."""
    row = plan.get(kind, *key)
    if row is None:
        return (Add(made(kind, {**dict(zip(kind.KEY, key, strict=True)), **values})),)
    return tuple(change for name, value in values.items() for change in set_field(row, name, value))


def _day(value: Json) -> dt.date | None:
    return dt.date.fromisoformat(str(value)) if value else None


# Words that are read back: other words have to be confirmed again


def _set_words(plan: AccountPlan, at: FieldRef, value: Json, _context: SetContext) -> Changes:
    row = plan.get(at.kind, *at.key)
    return set_words(row, at.name, value) if row else upsert(plan, at.kind, at.key, {at.name: value})


# Actions


def _set_due(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """A later date, given in a later session, is a carry."""
    action = plan.get(Action, *at.key)
    return set_action_due(plan, action, _day(value), context.session) if action else ()


def _set_action_status(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """Done keeps the day."""
    action = plan.get(Action, *at.key)
    return set_action_status(action, ActionStatus(str(value)), context.today, action.reason) if action else ()


def _set_done_on(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """To give the day it was done is to complete the action."""
    action, day = plan.get(Action, *at.key), _day(value)
    if action is None or day is None:
        return set_field(action, at.name, None) if action else ()
    return complete_action(plan, action, day, action.evidence, context.today)


# Ties


def _set_tie_owner(plan: AccountPlan, at: FieldRef, value: Json, _context: SetContext) -> Changes:
    """The owner of a firm's tie is one of that firm."""
    owner, party = plan.get(Member, str(value)) if value else None, at.key[1]
    if owner and owner.party != party:
        firm, theirs = plan.name_of(Party, party), plan.name_of(Party, owner.party)
        raise Refused(f"{owner.name} is with {theirs}: choose somebody of {firm}.")
    return upsert(plan, at.kind, at.key, {at.name: value or None})


# Approaches: what is first known of one brings it in


def _set_approach(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    approach = approach_of(plan, at.key[0], context.audience)
    return (*begin_approach(plan, at.key[0], context.audience), *set_field(approach, at.name, value))


def _set_step_status(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    first = begin_approach(plan, at.key[0], context.audience)
    return (
        *first,
        *set_step_status(plan, at.key[0], ApproachKind(at.key[1]), StepStatus(str(value)), context.today),
    )


def _set_step_date(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    first = begin_approach(plan, at.key[0], context.audience)
    return (*first, *set_step_date(plan, at.key[0], ApproachKind(at.key[1]), _day(value), context.today))


def _set_override(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """To say why a step was done before the one in front of it is to have done it."""
    first, kind = begin_approach(plan, at.key[0], context.audience), ApproachKind(at.key[1])
    return (
        *first,
        *set_step_status(plan, at.key[0], kind, StepStatus.DONE, context.today, reason=str(value or "")),
    )


def _set_crm(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    there = plan.get(CrmId, *at.key)
    if not value:
        return removal(plan, there) if there else ()
    return (
        *begin_approach(plan, at.key[0], context.audience),
        *upsert(plan, CrmId, at.key, {at.name: value}),
    )


# Answers, questions, proposition, options


def _set_answer_status(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """Validated keeps the day the customer confirmed it."""
    answer = plan.get(Answer, *at.key)
    return set_answer_status(answer, AnswerStatus(str(value)), context.today) if answer else ()


def _set_theme(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """One that is there already keeps its spelling."""
    answer = plan.get(Answer, *at.key)
    others = (a for a in plan.all(Answer) if a.key != at.key and sees(context.audience, a.visibility))
    return set_field(answer, at.name, theme_called(others, str(value or ""))) if answer else ()


def _set_purpose(plan: AccountPlan, at: FieldRef, value: Json, _context: SetContext) -> Changes:
    """It stands behind the other questions of its new purpose."""
    question, purpose = plan.get(Question, *at.key), Purpose(str(value))
    if question is None or question.purpose is purpose:
        return ()
    rank = rank_within(plan.all(Question), purpose)
    return (*set_field(question, at.name, value), *set_field(question, "rank", rank))


def _set_estimate(plan: AccountPlan, at: FieldRef, value: Json, _context: SetContext) -> Changes:
    """As people write money, as in 250k."""
    target = plan.get(Target, *at.key)
    return set_field(target, at.name, amount(value) if isinstance(value, str) else value) if target else ()


def _set_proposition(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    may_write(plan, at.key[0], context.audience)
    return upsert(plan, Proposition, at.key, {at.name: value})


def _set_contribution(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    first = begin_proposition(plan, at.key[0], context.audience)
    return (*first, *upsert(plan, Contribution, at.key, {at.name: value}))


def _set_votes(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    return set_votes(plan, context.session, at.key[0], int(str(value)))


# The rest


def _set_met_on(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    on = held_on(dt.date.fromisoformat(str(value)), context.today)
    return upsert(plan, Meeting, at.key, {at.name: on.isoformat()})


def _set_spent(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """In minutes, as people say it."""
    block = plan.get(Block, *at.key)
    return set_used(block, value, context.now) if block else ()


def _set_stage(plan: AccountPlan, _at: FieldRef, value: Json, _context: SetContext) -> Changes:
    return enter_stage(plan, AccountStage(str(value)))


SETTERS: Mapping[tuple[type[Entity], str], Setter] = {
    (Decision, "text"): _set_words,
    (Action, "title"): _set_words,
    (Tie, "owner"): _set_tie_owner,
    (Answer, "text"): _set_words,
    (Action, "due"): _set_due,
    (Action, "status"): _set_action_status,
    (Action, "done_on"): _set_done_on,
    (Approach, "lead"): _set_approach,
    (Approach, "companion"): _set_approach,
    (Approach, "message"): _set_approach,
    (ApproachStep, "status"): _set_step_status,
    (ApproachStep, "on"): _set_step_date,
    (ApproachStep, "override"): _set_override,
    (CrmId, "crm"): _set_crm,
    (Answer, "status"): _set_answer_status,
    (Answer, "theme"): _set_theme,
    (Question, "purpose"): _set_purpose,
    (Target, "estimate"): _set_estimate,
    (Proposition, "together"): _set_proposition,
    (Proposition, "status"): _set_proposition,
    (Proposition, "visibility"): _set_proposition,
    (Proposition, "customer_gains"): _set_proposition,
    (Contribution, "brings"): _set_contribution,
    (Contribution, "gains"): _set_contribution,
    (Option, "votes"): _set_votes,
    (Meeting, "on"): _set_met_on,
    (Block, "spent"): _set_spent,
    (Account, "stage"): _set_stage,
}
"""(kind, field) → what changes when it is set; any other field is simply set."""


# What has to be asked first


@dataclass(frozen=True)
class AskFirst:
    """What has to be known before a value is taken: a field to be filled in, and what the answer changes."""

    title: str
    field: FieldRef
    """The field by which the answer is typed and checked."""
    build: Callable[[AccountPlan, Json], Changes]
    """Makes the changes out of the whole plan and the answer; may raise Refused with a sentence."""
    text: str = ""
    """What is proposed."""


Asks = Callable[[AccountPlan, Key, Json, SetContext], AskFirst | None]
"""Returns, by a projected plan, what has to be asked before a field gets a value; None when nothing has."""


def why_dropped(action: Action, context: SetContext) -> AskFirst:
    """Ask for the reason of a drop."""

    def build(plan: AccountPlan, why: Json) -> Changes:
        now = plan.get(Action, *action.key)
        return set_action_status(now, ActionStatus.DROPPED, context.today, str(why or "")) if now else ()

    why = FieldRef(Action, action.key, "reason")
    return AskFirst(f"Why is it dropped? · {action.title}", why, build, action.reason)


def what_shows_it(action: Action, on: dt.date, context: SetContext) -> AskFirst:
    """Ask what shows that an action was done on a day; without an answer it is done all the same."""

    def build(plan: AccountPlan, evidence: Json) -> Changes:
        now = plan.get(Action, *action.key)
        return complete_action(plan, now, on, str(evidence or ""), context.today) if now else ()

    title = f"What shows it? (may be empty) · {action.title}"
    return AskFirst(title, FieldRef(Action, action.key, "evidence"), build, action.evidence)


def _before_action_status(view: AccountPlan, key: Key, value: Json, context: SetContext) -> AskFirst | None:
    action = view.get(Action, *key)
    if action and value == ActionStatus.DROPPED:
        return why_dropped(action, context)
    if action and value == ActionStatus.DONE and shows(Action, "evidence", context.audience):
        return what_shows_it(action, action.done_on or context.today, context)
    return None


def _before_step_status(view: AccountPlan, key: Key, value: Json, context: SetContext) -> AskFirst | None:
    """Ask why, where something is in the way; and for which day a step is booked that has none."""
    status, kind, person = StepStatus(str(value)), ApproachKind(key[1]), key[0]
    step = step_of(view, person, kind)
    if in_the_way(view, person, kind, status) and kind is ApproachKind.THREE_WAY and not step.override:
        reason = FieldRef(ApproachStep, key, "override")

        def why(plan: AccountPlan, said: Json) -> Changes:
            return _set_override(plan, reason, said, context)

        return AskFirst("No introduction yet: why all the same?", reason, why)
    if status is StepStatus.BOOKED and step.on is None:

        def book(plan: AccountPlan, day: Json) -> Changes:
            first = begin_approach(plan, person, context.audience)
            return (
                *first,
                *set_step_status(plan, person, kind, StepStatus.BOOKED, context.today, on=_day(day)),
            )

        return AskFirst("Booked for which day? Enter: not known", FieldRef(ApproachStep, key, "on"), book)
    return None


def _before_stage(view: AccountPlan, key: Key, value: Json, _context: SetContext) -> AskFirst | None:
    """Ask why a stage is entered whose conditions are not met; the reason is kept."""
    stage = AccountStage(str(value))
    missing = unmet(view, stage)
    if not missing and stage is not AccountStage.QUALIFIED_OUT:
        return None

    def enter(plan: AccountPlan, why: Json) -> Changes:
        return enter_stage(plan, stage, str(why or ""))

    title = f"{'; '.join(missing).capitalize() or stage.label.capitalize()}: why all the same?"
    return AskFirst(title, FieldRef(Account, key, "stage_note"), enter)


ASKS: Mapping[tuple[type[Entity], str], Asks] = {
    (Action, "status"): _before_action_status,
    (ApproachStep, "status"): _before_step_status,
    (Account, "stage"): _before_stage,
}
"""(kind, field) → what has to be asked before it is set."""
