"""What an end taught: kept when an account is won, lost, not decided or left aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.vocabulary import AccountStage
from workshop_tui.domain.model.account import Learnt
from workshop_tui.domain.plan.plan import AccountPlan, rank_after
from workshop_tui.domain.plan.step import Add, Change, made, set_field
from workshop_tui.domain.rules.stage_gates import enter_stage


def lessons(plan: AccountPlan) -> tuple[Learnt, ...]:
    """Return what the ends of an account taught, the first first."""
    return tuple(sorted(plan.all(Learnt), key=lambda lesson: (lesson.on, lesson.rank)))


def lesson_of(plan: AccountPlan, stage: AccountStage, reason: str, on: dt.date) -> Learnt | None:
    """Return what was kept of an end on a day under a reason; None where nothing was."""
    return next(iter(plan.where(Learnt, stage=stage, reason=reason, on=on)), None)


def end_with(  # noqa: PLR0913 - each is another thing that is asked
    plan: AccountPlan,
    stage: AccountStage,
    reason: str,
    told_by: str | None,
    said: str,
    *,
    on: dt.date,
    all_the_same: str = "",
) -> tuple[Change, ...]:
    """Return the changes with which an account comes to an end on a day, and what that teaches is kept.

    The reason stands with the stage too; where the end came before its conditions were met, why that was
    `all_the_same`. One that was kept on that day under this reason is written anew, as while it is still
    being typed. Raises Refused as entering a stage does.
    """
    why = all_the_same or reason
    entered = enter_stage(plan, stage, why, on=on) if plan.account.stage is not stage else ()
    values: dict[str, Json] = {"told_by": told_by, "said": said}
    if there := lesson_of(plan, stage, reason, on):
        return (
            *entered,
            *(change for name, value in values.items() for change in set_field(there, name, value)),
        )
    place = {"id": _next_id(plan.all(Learnt)), "rank": rank_after(plan.all(Learnt))}
    kept = made(Learnt, {**place, "stage": stage.value, "on": on.isoformat(), "reason": reason, **values})
    return (*entered, Add(kept))


def _next_id(rows: Iterable[Learnt]) -> str:
    return str(max((int(row.id) for row in rows if row.id.isdecimal()), default=0) + 1)
