"""The four steps of an approach: how one is shown, set, dated, and made an action of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial

from workshop_tui.domain.base.dates import format_date, format_short
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.vocabulary import ApproachKind, StepStatus
from workshop_tui.domain.model.actions import Action, ApproachStep
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import NEW, AccountPlan, draft_place
from workshop_tui.domain.plan.step import Changes
from workshop_tui.domain.rules.approach import (
    action_title,
    actions_out_of,
    can_be_actions,
    doubt,
    step_of,
)
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.views.base import KeyOf
from workshop_tui.views.cell import Cell, Col, Edit, RowAction
from workshop_tui.views.fields import edit_of

TONES = {StepStatus.DONE: "good", StepStatus.DECLINED: "bad", StepStatus.BOOKED: "accent"}


def step_col(kind: ApproachKind, title: str) -> Col:
    """Return one step as a column."""
    return Col(ApproachStep, "status", 8, title, _key(kind), drop=1, gap=1)


def date_col(kind: ApproachKind, title: str) -> Col:
    """Return the date of one step."""
    return Col(ApproachStep, "on", title=title, key=_key(kind))


def override_col(title: str = "") -> Col:
    """Return why a three-way meeting was held before an introduction; it can be put in other words."""
    return Col(ApproachStep, "override", title=title, key=_key(ApproachKind.THREE_WAY))


def _key(kind: ApproachKind) -> KeyOf:
    return lambda person: (person.key[0], kind.value)


def step_cell(live: LivePlan, person: Stakeholder, kind: ApproachKind, title: str, *, full: bool) -> Cell:
    """Return a step as its sign and date, as in «◷ 23 Jun»; in full, as on a card, with the word for it.

    «!» after the sign tells of an override, «?» of a booking that is doubtful.
    """
    step = step_of(live.view, person.id, kind)
    edit = partial(edit_of, live.view, person, step_col(kind, title), live.context)
    mark = "!" if step.override else "?" if doubt(step, live.today) else " "
    day = _short(step.on, live.today) if step.on else ""
    said = f" {step.status.label} {mark}" if full else f"{mark}{day}"
    tone = TONES.get(step.status, "muted") if mark == " " else "warn"
    return Cell(f"{step.status.sign}{said}".strip(), tone, edit)


def _short(on: dt.date, today: dt.date) -> str:
    """Return a day without the year, if that is this one: the sign beside it tells whether it has come."""
    return format_short(on, today.replace(month=1, day=1))


# Steps that become actions


def step_actions(live: LivePlan, person: Stakeholder) -> Iterator[RowAction]:
    """Yield how what lies ahead of an approach becomes actions, and all that is booked with anybody."""
    for step in can_be_actions(live.view, person.id):
        title = action_title(live.view, step)
        day = f", {format_date(step.on)}" if step.on else ""
        yield RowAction(step.step.sign, f"Make an action: {title}{day}", _making(live, [step]), _made(title))
    booked = live.view.where(ApproachStep, status=StepStatus.BOOKED)
    if booked:
        yield RowAction(
            "b", "Make an action of every booked step", _making(live, booked), _made("Each booked step")
        )


def _made(title: str) -> str:
    return f"«{title}» is an action now: choose who answers for it in the actions block."


def _making(live: LivePlan, steps: Sequence[ApproachStep]) -> Edit:
    keys, session, audience = [step.key for step in steps], live.session_id, live.audience

    def build(plan: AccountPlan, _new: Json) -> Changes:
        found = [step for key in keys if (step := plan.get(ApproachStep, *key))]
        return actions_out_of(plan, found, session, new_id, audience)

    return Edit("Make an action", draft_place(Action, (NEW,), "step"), "", build, toggles=True)
