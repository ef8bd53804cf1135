"""The four steps of an approach: how one is shown, set, dated, and made an action of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workshop_tui.domain.base.dates import format_date, format_short
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.vocabulary import ApproachKind, StepStatus
from workshop_tui.domain.model.actions import ApproachStep
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Changes
from workshop_tui.domain.rules.approach import (
    actions_out_of,
    begun,
    can_be_actions,
    dated,
    doubt,
    in_the_way,
    step_of,
    stepped,
    title_of,
)
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.views.base import KeyOf
from workshop_tui.views.cell import Cell, Col, Deed, Edit
from workshop_tui.views.fields import edit_of

TONES = {StepStatus.DONE: "good", StepStatus.DECLINED: "bad", StepStatus.BOOKED: "accent"}


def step_col(live: LivePlan, kind: ApproachKind, title: str, width: int = 8) -> Col:
    """Return one step as a column; whatever sets it goes by the rule."""
    today, audience = live.today, live.audience

    def build(plan: AccountPlan, person: Entity, new: Json) -> Changes:
        first = begun(plan, person.key[0], audience)
        return (*first, *stepped(plan, person.key[0], kind, StepStatus(str(new)), today))

    return Col(ApproachStep, "status", width, title, _key(kind), build=build, drop=1, gap=1)


def date_col(live: LivePlan, kind: ApproachKind, title: str) -> Col:
    """Return the date of one step."""
    today, audience = live.today, live.audience

    def build(plan: AccountPlan, person: Entity, new: Json) -> Changes:
        day = dt.date.fromisoformat(str(new)) if new else None
        return (*begun(plan, person.key[0], audience), *dated(plan, person.key[0], kind, day, today))

    return Col(ApproachStep, "on", title=title, key=_key(kind), build=build)


def override_col(live: LivePlan, title: str = "") -> Col:
    """Return why a three-way meeting was held before an introduction; it can be put in other words."""
    kind, today, audience = ApproachKind.THREE_WAY, live.today, live.audience

    def build(plan: AccountPlan, person: Entity, new: Json) -> Changes:
        first, why = begun(plan, person.key[0], audience), str(new or "")
        return (*first, *stepped(plan, person.key[0], kind, StepStatus.DONE, today, reason=why))

    return Col(ApproachStep, "override", title=title, key=_key(kind), build=build)


def _key(kind: ApproachKind) -> KeyOf:
    return lambda person: (person.key[0], kind.value)


def step_cell(live: LivePlan, person: Stakeholder, kind: ApproachKind, title: str, *, full: bool) -> Cell:
    """Return a step as its sign and date, as in «◷ 23 Jun»; in full, as on a card, with the word for it.

    «!» after the sign tells of an override, «?» of a booking that is doubtful.
    """
    step = step_of(live.view, person.id, kind)
    edit = edit_of(live.view, person, step_col(live, kind, title), live.dates)
    edit = replace(edit, follow=lambda new: _asked_first(live, person, kind, new))
    mark = "!" if step.override else "?" if doubt(step, live.today) else " "
    day = _short(step.on, live.today) if step.on else ""
    said = f" {step.status.label} {mark}" if full else f"{mark}{day}"
    tone = TONES.get(step.status, "muted") if mark == " " else "warn"
    return Cell(f"{step.status.sign}{said}".strip(), tone, edit)


def _short(on: dt.date, today: dt.date) -> str:
    """Return a day without the year, if that is this one: the sign beside it tells whether it has come."""
    return format_short(on, today.replace(month=1, day=1))


def _asked_first(live: LivePlan, person: Stakeholder, kind: ApproachKind, new: Json) -> Edit | None:
    """Ask why, where something is in the way; and for which day a step is booked that has none."""
    status, step = StepStatus(str(new)), step_of(live.view, person.id, kind)
    said = in_the_way(live.view, person.id, kind, status)
    if said and kind is ApproachKind.THREE_WAY and not step.override:
        asked = edit_of(live.view, person, override_col(live), live.dates)
        return replace(asked, title="No introduction yet: why all the same?", must=True)
    if status is StepStatus.BOOKED and step.on is None:
        return _booking(live, person, kind)
    return None


def _booking(live: LivePlan, person: Stakeholder, kind: ApproachKind) -> Edit:
    """Return how a step is booked: for a day, or for one that is still to be found."""
    audience, today = live.audience, live.today

    def build(plan: AccountPlan, who: Entity, new: Json) -> Changes:
        first, day = begun(plan, who.key[0], audience), dt.date.fromisoformat(str(new)) if new else None
        return (*first, *stepped(plan, who.key[0], kind, StepStatus.BOOKED, today, on=day))

    asked = edit_of(live.view, person, Col(ApproachStep, "on", key=_key(kind), build=build), live.dates)
    return replace(asked, title="Booked for which day? Enter: not known", must=True)


# Steps that become actions


def step_deeds(live: LivePlan, person: Stakeholder) -> Iterator[Deed]:
    """Yield how what lies ahead of an approach becomes actions, and all that is booked with anybody."""
    for step in can_be_actions(live.view, person.id):
        title = title_of(live.view, step)
        day = f", {format_date(step.on)}" if step.on else ""
        yield Deed(step.step.sign, f"Make an action: {title}{day}", _making(live, [step]), _made(title))
    booked = live.view.where(ApproachStep, status=StepStatus.BOOKED)
    if booked:
        yield Deed(
            "b", "Make an action of every booked step", _making(live, booked), _made("Each booked step")
        )


def _made(title: str) -> str:
    return f"«{title}» is an action now: choose who answers for it in the actions block."


def _making(live: LivePlan, steps: Sequence[ApproachStep]) -> Edit:
    keys, session, audience = [step.key for step in steps], live.session_id, live.audience

    def build(plan: AccountPlan, _new: Json) -> Changes:
        found = [step for key in keys if (step := plan.get(ApproachStep, *key))]
        return actions_out_of(plan, found, session, new_id, audience)

    return Edit("Make an action", "Action/made", "", build, toggles=True)
