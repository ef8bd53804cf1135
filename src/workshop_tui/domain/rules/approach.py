"""How an approach goes on: its steps, what stands in the way of one, and the actions that come of them.

All take the whole plan. Whoever sets a step, from a cell, a card or by bulk, goes through `set_step_status`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import ALLIANCE, ApproachKind, StepStatus
from workshop_tui.domain.model.actions import Action, Approach, ApproachStep
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.audience import sees
from workshop_tui.domain.plan.plan import AccountPlan, rank_after
from workshop_tui.domain.plan.step import Add, Change, Refused, set_field

TITLES: Mapping[ApproachKind, str] = {
    ApproachKind.TEST_INTEREST: "Test interest with {}",
    ApproachKind.INTRODUCTION: "Introduction to {}",
    ApproachKind.THREE_WAY: "Three-way meeting with {}",
    ApproachKind.PIPELINE: "Pipeline entry for {}",
}
"""Step → title of the action that it becomes."""


def approach_of(plan: AccountPlan, stakeholder: str, audience: str = ALLIANCE) -> Approach:
    """Return an approach, as it begins when it isn't there yet: it is of both firms.

    Raises Refused where it can't begin: under any other audience than the alliance, whether or not there
    is one that this audience doesn't see, so that the answer tells nobody.
    """
    there = plan.get(Approach, stakeholder)
    if there and sees(audience, there.visibility):
        return there
    begin_among_us(audience, "An approach")
    if there:
        raise Refused("This approach was brought in for one partner alone: look as that partner.")
    return Approach(stakeholder=stakeholder)


def begin_among_us(audience: str, what: str) -> None:
    """Raise Refused unless the alliance looks: what is of both firms begins before both."""
    if audience != ALLIANCE:
        raise Refused(f"{what} is of both firms: begin it while the alliance looks.")


def begin_approach(plan: AccountPlan, stakeholder: str, audience: str = ALLIANCE) -> tuple[Change, ...]:
    """Return what comes in with the first thing that is known of an approach; () when it is there.

    Raises Refused as `approach_of` does.
    """
    approach = approach_of(plan, stakeholder, audience)
    return () if plan.get(Approach, stakeholder) else (Add(approach),)


def step_of(plan: AccountPlan, stakeholder: str, kind: ApproachKind) -> ApproachStep:
    """Return a step, as it is before anything is known of it when it isn't there yet."""
    return plan.get(ApproachStep, stakeholder, kind) or ApproachStep(stakeholder=stakeholder, step=kind)


def in_the_way(plan: AccountPlan, stakeholder: str, kind: ApproachKind, status: StepStatus) -> str:
    """Return why a step can't have a status without an override, in words; empty when it can.

    A three-way meeting can't be done before an introduction is; and so an introduction that a three-way
    meeting rests on can't be taken back.
    """
    introduction = step_of(plan, stakeholder, ApproachKind.INTRODUCTION)
    three_way = step_of(plan, stakeholder, ApproachKind.THREE_WAY)
    is_introduced, is_done = introduction.status is StepStatus.DONE, status is StepStatus.DONE
    if kind is ApproachKind.THREE_WAY and is_done and not is_introduced:
        return "no introduction is done yet"
    rests_on_it = is_introduced and three_way.status is StepStatus.DONE and not three_way.override
    if kind is ApproachKind.INTRODUCTION and not is_done and rests_on_it:
        return "the three-way meeting rests on it"
    return ""


def set_step_status(  # noqa: PLR0913 - each says another thing about the step
    plan: AccountPlan,
    stakeholder: str,
    kind: ApproachKind,
    status: StepStatus,
    today: dt.date,
    *,
    reason: str | None = None,
    on: dt.date | None = None,
) -> tuple[Change, ...]:
    """Return the changes that give a step a status, and a date where one is given along with it.

    Done fills in today where there is no date, or one still to come. `reason` is that of an override,
    None keeps the one that is there; it stays with the three-way meeting for as long as that is done.
    Raises Refused when something is in the way and there is no reason.
    """
    now = step_of(plan, stakeholder, kind)
    why = (now.override if reason is None else reason).strip()
    said = in_the_way(plan, stakeholder, kind, status)
    if said and kind is ApproachKind.INTRODUCTION:
        raise Refused(f"The introduction stays done, as {said}: set that meeting back first.")
    if said and not why:
        raise Refused(f"A three-way meeting can't be done, as {said}: say in a few words why all the same.")
    is_done = status is StepStatus.DONE
    override = why if is_done and (said or now.override) else ""
    day = on or now.on
    day = today if is_done and (day is None or day > today) else day
    return _written(plan, now, {"status": status.value, "on": _plain(day), "override": override})


def set_step_date(
    plan: AccountPlan, stakeholder: str, kind: ApproachKind, on: dt.date | None, today: dt.date
) -> tuple[Change, ...]:
    """Return the changes that give a step a date. Raises Refused when it is done and the day has not come."""
    now = step_of(plan, stakeholder, kind)
    if now.status is StepStatus.DONE and on and on > today:
        raise Refused(f"This step is done, and {format_date(on)} has not come yet: set it to booked first.")
    return _written(plan, now, {"on": _plain(on)})


def _plain(day: dt.date | None) -> Json:
    return day.isoformat() if day else None


def _written(plan: AccountPlan, now: ApproachStep, values: Mapping[str, Json]) -> tuple[Change, ...]:
    changes = [change for name, value in values.items() for change in set_field(now, name, value)]
    first = (Add(now),) if changes and not plan.get(ApproachStep, *now.key) else ()
    return (*first, *changes)


def doubt(step: ApproachStep, today: dt.date) -> str:
    """Return what is doubtful about a booked step, in words; empty when nothing is."""
    if step.status is not StepStatus.BOOKED or (step.on and step.on >= today):
        return ""
    return f"booked for {format_date(step.on)}: was it held?" if step.on else "booked, but for which day?"


# Steps that become actions


def can_be_actions(plan: AccountPlan, stakeholder: str) -> tuple[ApproachStep, ...]:
    """Return the steps that somebody has to go to: booked, or still to do and with a date; in their order."""
    steps = (step_of(plan, stakeholder, kind) for kind in ApproachKind)
    return tuple(
        step
        for step in steps
        if step.status is StepStatus.BOOKED or (step.status is StepStatus.TODO and step.on)
    )


def action_title(plan: AccountPlan, step: ApproachStep) -> str:
    """Return what the action out of a step is called."""
    person = plan.get(Stakeholder, step.stakeholder)
    return TITLES[step.step].format(person.words if person else "")


def action_out_of(plan: AccountPlan, step: ApproachStep) -> Action | None:
    """Return the open action that a step has become, if it has: one that names the step.

    One that was made before actions named their step is known by its title.
    """
    named = plan.where(Action, step=step.step, stakeholder=step.stakeholder)
    called = plan.where(Action, title=action_title(plan, step), stakeholder=step.stakeholder, step=None)
    return next((action for action in (*named, *called) if action.status.is_open), None)


def actions_out_of(
    plan: AccountPlan,
    steps: Iterable[ApproachStep],
    session: str,
    new_id: Callable[[], str],
    audience: str = ALLIANCE,
) -> tuple[Change, ...]:
    """Return the actions that steps become: the lead's, due on the step's date, the step as milestone.

    Who answers for it is left open. Each is seen by whoever sees the approach, under one partner's
    audience by that partner alone. A step that is an open action already is passed over; Refused when
    there is no other.
    """
    asked = tuple(steps)
    fresh = [step for step in asked if not action_out_of(plan, step)]
    if not asked:
        raise Refused("No step is booked: book one, then make an action of it.")
    if not fresh:
        title = action_title(plan, asked[0])
        raise Refused(f"«{title}» is an open action already: change it in the actions block.")
    rank = rank_after(plan.all(Action))
    made = (_action(plan, step, audience) for step in fresh)
    places = ({"id": new_id(), "session": session, "rank": rank + n} for n in range(len(fresh)))
    return tuple(Add(validated(Action, {**said, **at})) for said, at in zip(made, places, strict=True))


def _action(plan: AccountPlan, step: ApproachStep, audience: str) -> dict[str, Json]:
    approach = plan.get(Approach, step.stakeholder)
    return {
        "title": action_title(plan, step),
        "owner": approach.lead if approach else None,
        "due": _plain(step.on),
        "stakeholder": step.stakeholder,
        "step": step.step.value,
        "milestone": step.step.label.capitalize(),
        "visibility": approach.visibility if approach and audience == ALLIANCE else audience,
    }
