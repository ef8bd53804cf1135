"""The rules of fields: what changes when a field is set, and what has to be asked first.

Wherever a field is set from (cell, card, capture line, command, file), `set_value` says what that changes. A
field without a rule of its own is simply set, in a row that comes in with it where there is none yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.base.dates import Calendar, format_date
from workshop_tui.domain.base.entity import Entity, Json, Key
from workshop_tui.domain.base.text import shortened
from workshop_tui.domain.base.vocabulary import (
    ALLIANCE,
    CUSTOMER,
    REASONS,
    AccountStage,
    ActionStatus,
    AnswerStatus,
    ApproachKind,
    Purpose,
    RiskStatus,
    StepStatus,
)
from workshop_tui.domain.lifecycle.clock import set_used
from workshop_tui.domain.lifecycle.closing import BECOMES, become, drop_parked, read_anew, set_words
from workshop_tui.domain.model.account import Account, Gate, Learnt, Member, Party
from workshop_tui.domain.model.actions import Action, Approach, ApproachStep, CrmId
from workshop_tui.domain.model.people import Meeting, Reading, Stakeholder, Tie
from workshop_tui.domain.model.scorecard import Initiative, SteeringDate, SteeringSeat
from workshop_tui.domain.model.session import Block, Decision, Parking, Risk
from workshop_tui.domain.model.value import (
    Answer,
    Contribution,
    GrowthStep,
    Option,
    Proof,
    Proposition,
    Question,
    Target,
)
from workshop_tui.domain.plan.audience import sees, shows
from workshop_tui.domain.plan.plan import NEW, AccountPlan
from workshop_tui.domain.plan.step import Add, Change, Changes, Refused, made, removal, set_field
from workshop_tui.domain.rules.approach import (
    approach_of,
    begin_approach,
    in_the_way,
    set_step_date,
    set_step_status,
    step_of,
)
from workshop_tui.domain.rules.decisions import replaced_by, stands_on
from workshop_tui.domain.rules.follow_through import complete_action, set_action_due, set_action_status
from workshop_tui.domain.rules.learnt import end_with, lesson_of
from workshop_tui.domain.rules.people import has_left, held_on
from workshop_tui.domain.rules.proposition import begin_proposition, may_write
from workshop_tui.domain.rules.stage_gates import enter_stage, unmet
from workshop_tui.domain.rules.value import (
    amount,
    confirm_value,
    rank_within,
    recognise,
    set_answer_status,
    set_realised,
    take_back_confirmation,
    take_back_recognition,
    theme_called,
)
from workshop_tui.domain.rules.votes import set_votes


class FieldRef(NamedTuple):
    """One field of one row, which may not be there yet."""

    kind: type[Entity]
    key: Key
    name: str


class SetContext(Struct, frozen=True):
    """When, where and before whom a field is set."""

    dates: Calendar
    """How a typed date is understood; its `today` is the day everything is worked out for."""
    clock: Callable[[], dt.datetime]
    session: str = ""
    audience: str = ALLIANCE
    reasons: Callable[[], tuple[str, ...]] = lambda: REASONS
    """Out of which it is chosen why an account came to an end."""

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
    """Return the changes that give a field a value, by the field's rule; raises Refused with a sentence.

    Nothing, in a row that isn't there, is no change: no empty row comes in for it. That a sentiment is not
    known is something, as it stands against what was read before.
    """
    is_nothing = value in {None, ""} and (at.kind, at.name) != (Reading, "value")
    if is_nothing and plan.get(at.kind, *at.key) is None:
        return ()
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


# Who owns something: one of ours, or one of the customer's people


def _set_person(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """Whoever it is, they are there, and have not left."""
    if value is not None:
        _refuse_who_is_not_there(plan, str(value), context.today)
    return upsert(plan, at.kind, at.key, {at.name: value})


def _refuse_who_is_not_there(plan: AccountPlan, person_id: str, today: dt.date) -> None:
    person = plan.person(person_id)
    if isinstance(person, Stakeholder) and has_left(person, today):
        raise Refused(f"{person.words} has left: choose somebody who is there.")


# Actions


def _set_due(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """A later date, given in a later session, is a carry."""
    action = plan.get(Action, *at.key)
    if action is None:
        return ()
    return read_anew(action, set_action_due(plan, action, _day(value), context.session), context.session)


def _set_action_owner(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """Whoever it is, the room hears of it before it is confirmed."""
    action, changes = plan.get(Action, *at.key), tuple(_set_person(plan, at, value, context))
    return read_anew(action, changes, context.session) if action else changes


def _set_action_status(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """Done keeps the day, and so does dropped."""
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
    return _of_approach(plan, at, context, set_field(approach, at.name, value))


def _of_approach(
    plan: AccountPlan, at: FieldRef, context: SetContext, changes: tuple[Change, ...]
) -> Changes:
    """Have an approach begin with what changes of it; where nothing does, none begins."""
    return (*begin_approach(plan, at.key[0], context.audience), *changes) if changes else ()


def _set_step_status(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    kind, status = ApproachKind(at.key[1]), StepStatus(str(value))
    return _of_approach(plan, at, context, set_step_status(plan, at.key[0], kind, status, context.today))


def _set_step_date(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    kind = ApproachKind(at.key[1])
    return _of_approach(plan, at, context, set_step_date(plan, at.key[0], kind, _day(value), context.today))


def _set_override(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """To say why a step was done before the one in front of it is to have done it."""
    kind, why = ApproachKind(at.key[1]), str(value or "")
    done = set_step_status(plan, at.key[0], kind, StepStatus.DONE, context.today, reason=why)
    return _of_approach(plan, at, context, done)


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


def _set_money(plan: AccountPlan, at: FieldRef, value: Json, _context: SetContext) -> Changes:
    """As people write money, as in 250k."""
    row = plan.get(at.kind, *at.key)
    return set_field(row, at.name, _money(value)) if row else ()


def _money(value: Json) -> Json:
    return amount(value) if isinstance(value, str) else value


def _set_realised(plan: AccountPlan, at: FieldRef, value: Json, _context: SetContext) -> Changes:
    """Another figure has to be confirmed anew."""
    target, money = plan.get(Target, *at.key), _money(value)
    return set_realised(target, None if money is None else float(money)) if target else ()


def _set_confirmed_by(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """Whoever confirms it does so today, unless the day is known; nobody takes the confirmation back."""
    target = plan.get(Target, *at.key)
    if target is None or value is None:
        return take_back_confirmation(target) if target else ()
    return confirm_value(target, str(value), target.confirmed_on or context.today, context.today)


def _set_value_confirmed_on(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    target, day = plan.get(Target, *at.key), _day(value)
    if target is None or day is None:
        return take_back_confirmation(target) if target else ()
    return confirm_value(target, target.confirmed_by, day, context.today)


def _set_proof(plan: AccountPlan, at: FieldRef, value: Json, _context: SetContext) -> Changes:
    """Other words, or another worth, have to be recognised anew."""
    proof = plan.get(Proof, *at.key)
    if proof is None:
        return upsert(plan, Proof, at.key, {at.name: value})
    changes = set_field(proof, at.name, _money(value) if at.name == "worth" else value)
    return (*take_back_recognition(proof), *changes) if changes else ()


def _set_recognised_by(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """Whoever acknowledges it does so today, unless the day is known; nobody takes that back."""
    proof = plan.get(Proof, *at.key)
    if proof is None or value is None:
        return take_back_recognition(proof) if proof else ()
    return recognise(proof, str(value), proof.recognised_on or context.today, context.today)


def _set_recognised_on(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    proof, day = plan.get(Proof, *at.key), _day(value)
    if proof is None or day is None:
        return take_back_recognition(proof) if proof else ()
    return recognise(proof, proof.recognised_by, day, context.today)


def _set_proposition(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    may_write(plan, at.key[0], context.audience)
    return upsert(plan, Proposition, at.key, {at.name: value})


def _set_contribution(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    first = begin_proposition(plan, at.key[0], context.audience)
    return (*first, *upsert(plan, Contribution, at.key, {at.name: value}))


def _set_votes(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    return set_votes(plan, context.session, at.key[0], int(str(value)))


# People who left, decisions that replace, risks, what was parked


def _set_day_gone(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """A day that has come: the customer sees it, and who will leave may be a secret until then."""
    _refuse_to_come(_day(value), context.today)
    return upsert(plan, at.kind, at.key, {at.name: value})


def _refuse_to_come(day: dt.date | None, today: dt.date) -> None:
    if day and day > today:
        raise Refused(f"{format_date(day)} has not come yet: give the day once it has.")


def _set_successor(plan: AccountPlan, at: FieldRef, value: Json, _context: SetContext) -> Changes:
    if value == at.key[0]:
        raise Refused("Nobody is their own successor: choose somebody else.")
    return upsert(plan, Stakeholder, at.key, {at.name: value})


def _set_replaces(plan: AccountPlan, at: FieldRef, value: Json, _context: SetContext) -> Changes:
    """No decision replaces itself, be it by way of others."""
    met: set[str] = set()
    replaced = value or None
    before = str(replaced) if replaced else None
    while before and before not in met:
        met.add(before)
        decision = plan.get(Decision, before)
        before = decision.replaces if decision else None
    if at.key[0] in met:
        raise Refused("That decision was replaced by this one: choose another.")
    decision, earlier = plan.get(Decision, *at.key), plan.get(Decision, str(replaced))
    if decision and earlier and stands_on(earlier, decision):
        raise Refused(f"{_holds_for_others(earlier)}: show it to the alliance first.")
    return upsert(plan, Decision, at.key, {at.name: replaced})


def _set_decision_seen_by(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """None that was replaced stands on for somebody; no refusal names what they don't see who are refused."""
    decision = plan.get(Decision, *at.key)
    if decision is None:
        return ()
    now, later = replace(decision, **{at.name: value}), replaced_by(plan, decision)
    earlier = plan.get(Decision, decision.replaces)
    if earlier and sees(context.audience, earlier.visibility) and stands_on(earlier, now):
        raise Refused(f"{_holds_for_others(earlier)}: take out first what it replaces.")
    if later and sees(context.audience, later.visibility) and stands_on(now, later):
        raise Refused(
            f"«{shortened(later.words)}» replaces this one, and others would not see it: show it first."
        )
    return set_field(decision, at.name, value)


def _holds_for_others(replaced: Decision) -> str:
    return f"«{shortened(replaced.words)}» holds for others, who would not see this one"


def _set_risk_status(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """Realised and closed keep the day."""
    risk, status = plan.get(Risk, *at.key), RiskStatus(str(value))
    if risk is None or risk.status is status:
        return ()
    day = None if status is RiskStatus.OPEN else context.today.isoformat()
    return (*set_field(risk, at.name, status.value), *set_field(risk, "settled_on", day))


def _set_dropped(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """Let go, it keeps the day."""
    item = plan.get(Parking, *at.key)
    return drop_parked(item, context.today if value else None) if item else ()


def _set_became(plan: AccountPlan, at: FieldRef, value: Json, _context: SetContext) -> Changes:
    """It becomes one thing, and isn't dropped any more."""
    item = plan.get(Parking, *at.key)
    kind = next(of for of, name in BECOMES.items() if name == at.name)
    return become(item, None if value is None else str(value), kind) if item else ()


# The rest


def _set_met_on(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    on = held_on(dt.date.fromisoformat(str(value)), context.today)
    return upsert(plan, Meeting, at.key, {at.name: on.isoformat()})


def _set_spent(plan: AccountPlan, at: FieldRef, value: Json, context: SetContext) -> Changes:
    """In minutes, as people say it."""
    block = plan.get(Block, *at.key)
    return set_used(block, value, context.now) if block else ()


def _set_stage(plan: AccountPlan, _at: FieldRef, value: Json, context: SetContext) -> Changes:
    """Each stage is kept with the day on which it was entered."""
    return enter_stage(plan, AccountStage(str(value)), on=context.today)


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
    (Target, "estimate"): _set_money,
    (Target, "baseline"): _set_money,
    (Target, "realised"): _set_realised,
    (Target, "confirmed_by"): _set_confirmed_by,
    (Target, "confirmed_on"): _set_value_confirmed_on,
    (Proof, "text"): _set_proof,
    (Proof, "worth"): _set_proof,
    (Proof, "recognised_by"): _set_recognised_by,
    (Proof, "recognised_on"): _set_recognised_on,
    (GrowthStep, "worth"): _set_money,
    (GrowthStep, "owner"): _set_person,
    (Action, "owner"): _set_action_owner,
    (Action, "accountable"): _set_person,
    (Parking, "owner"): _set_person,
    (Parking, "dropped"): _set_dropped,
    (Parking, "became"): _set_became,
    (Parking, "became_decision"): _set_became,
    (Parking, "became_risk"): _set_became,
    (Risk, "owner"): _set_person,
    (Risk, "status"): _set_risk_status,
    (Initiative, "owner"): _set_person,
    (SteeringSeat, "person"): _set_person,
    (SteeringDate, "held_on"): _set_day_gone,
    (Stakeholder, "left_on"): _set_day_gone,
    (Stakeholder, "successor"): _set_successor,
    (Decision, "replaces"): _set_replaces,
    (Decision, "visibility"): _set_decision_seen_by,
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


class AskFirst(Struct, frozen=True):
    """What has to be known before a value is taken: a field to be filled in, and what the answer changes."""

    title: str
    field: FieldRef
    """The field by which the answer is typed and checked."""
    build: Callable[[AccountPlan, Json], Changes]
    """Makes the changes out of the whole plan and the answer; may raise Refused with a sentence."""
    text: str = ""
    """What is proposed."""
    then: Callable[[Json], AskFirst | None] | None = None
    """What is asked next, by the answer; a chosen answer is taken with the next one, a typed one before."""
    later: bool = False
    """Whether the value may be taken without it, and it is asked once the row is left."""


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

        return AskFirst(
            "Booked for which day? Enter alone: not known yet", FieldRef(ApproachStep, key, "on"), book
        )
    return None


def _before_person(name: str) -> Asks:
    """Ask who may see an action that one of the customer's people gets: it is proposed that they do."""

    def ask(view: AccountPlan, key: Key, value: Json, context: SetContext) -> AskFirst | None:
        action, person = view.get(Action, *key), view.get(Stakeholder, str(value))
        if person is None or view.get(Member, str(value)) or action is None or action.visibility == CUSTOMER:
            return None

        def give(plan: AccountPlan, seen_by: Json) -> Changes:
            now = plan.get(Action, *key)
            owned = _set_person(plan, FieldRef(Action, key, name), value, context)
            return (*owned, *set_field(now, "visibility", seen_by)) if now else ()

        title = f"{person.words} is the customer's: who may see it?"
        return AskFirst(title, FieldRef(Action, key, "visibility"), give, CUSTOMER, later=True)

    return ask


def _before_word(view: AccountPlan, key: Key, value: Json, context: SetContext) -> AskFirst | None:
    """Ask which account leader says yes or no: a word is taken together with a name, or not at all."""
    if value is None:
        return None
    stage, party = key
    opens = AccountStage(stage)

    def say(plan: AccountPlan, who: Json) -> Changes:
        name = str(who or "").strip()
        if not name:
            raise Refused("It counts by name alone: type who says so.")
        there = plan.get(Gate, *key)
        is_same = there is not None and there.agreed is value and there.on is not None
        day: dict[str, Json] = {} if is_same else {"on": context.today.isoformat()}
        return upsert(plan, Gate, key, {"agreed": value, "by": name, **day})

    spoken = (view.get(Gate, of, party) for of in (stage, AccountStage.VALIDATED.value))
    known = next((gate.by for gate in spoken if gate and gate.by), "")
    yes, no = ("go", "no go") if opens is AccountStage.INTRODUCED else ("yes", "no")
    title = f"{view.name_of(Party, party)}: which account leader says {yes if value else no}?"
    return AskFirst(title, FieldRef(Gate, key, "by"), say, known)


def _before_stage(view: AccountPlan, key: Key, value: Json, context: SetContext) -> AskFirst | None:
    """Ask why a stage is entered whose conditions are not met, and what an end teaches; both are kept.

    An account comes to its end together with what that taught, never before it.
    """
    stage = AccountStage(str(value))
    missing, is_end = unmet(view, stage), stage.is_end and stage is not view.account.stage
    if not missing:
        return _why_ended(stage, context) if is_end else None

    def enter(plan: AccountPlan, why: Json) -> Changes:
        entered = enter_stage(plan, stage, str(why or ""), on=context.today)
        return () if is_end else entered

    def ended(why: Json) -> AskFirst:
        return _why_ended(stage, context, str(why or "").strip())

    title = f"Why enter it? {_sentence('; '.join(missing))}"
    return AskFirst(title, FieldRef(Account, key, "stage_note"), enter, then=ended if is_end else None)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _why_ended(stage: AccountStage, context: SetContext, all_the_same: str = "") -> AskFirst:
    """Ask for the reason of an end, who of theirs told us, their words, and what we do differently.

    The end is kept with their words, be they none; until then nothing has changed.
    """
    told, on = f"{stage.label.capitalize()}: ", context.today
    lesson = (NEW,)

    def end(plan: AccountPlan, reason: Json, who: Json = None, said: Json = "") -> Changes:
        words = str(said or "")
        return end_with(plan, stage, str(reason), _id(who), words, on=on, all_the_same=all_the_same)

    def by_whom(reason: Json) -> AskFirst:
        return AskFirst(
            f"{told}who of theirs told us?",
            FieldRef(Learnt, lesson, "told_by"),
            lambda plan, who: end(plan, reason, who),
            "none",
            then=lambda who: in_their_words(reason, who),
        )

    def in_their_words(reason: Json, who: Json) -> AskFirst:
        return AskFirst(
            f"{told}in their words (may be empty)",
            FieldRef(Learnt, lesson, "said"),
            lambda plan, said: end(plan, reason, who, said),
            then=lambda _said: differently(str(reason)),
        )

    def differently(reason: str) -> AskFirst:
        def build(plan: AccountPlan, what: Json) -> Changes:
            there = lesson_of(plan, stage, reason, on)
            return set_field(there, "differently", what) if there else ()

        title = f"{told}what do we do differently? (may be empty)"
        return AskFirst(title, FieldRef(Learnt, lesson, "differently"), build)

    return AskFirst(f"{told}why?", FieldRef(Learnt, lesson, "reason"), end, then=by_whom)


def _id(value: Json) -> str | None:
    return None if value is None else str(value)


ASKS: Mapping[tuple[type[Entity], str], Asks] = {
    (Action, "status"): _before_action_status,
    (Action, "owner"): _before_person("owner"),
    (Action, "accountable"): _before_person("accountable"),
    (ApproachStep, "status"): _before_step_status,
    (Account, "stage"): _before_stage,
    (Gate, "agreed"): _before_word,
}
"""(kind, field) → what has to be asked before it is set."""
