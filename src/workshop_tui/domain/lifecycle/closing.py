"""Closing a session: what is read back, what is still parked, and what is left to do before the seal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.vocabulary import ActionStatus, AnswerStatus
from workshop_tui.domain.gaps.quality import ACTION_NEEDS
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Decision, Parking, Presence, Roti
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Change, set_field
from workshop_tui.domain.rules.value import set_answer_status

Line = Decision | Action | Answer
"""What is read back."""

_READ_BACK: Mapping[type[Entity], tuple[str, str]] = {
    Decision: ("text", "confirmed_on"),
    Action: ("title", "confirmed_on"),
    Answer: ("text", "validated_on"),
}
"""Kind → the field with the words that are read aloud, and the one with the day they were confirmed."""


def words_of(row: Entity) -> str:
    """Return the name of the field with the words that are read aloud."""
    return _READ_BACK[type(row)][0]


def stamp_of(row: Entity) -> str:
    """Return the name of the field with the day the room (or the customer) confirmed these words."""
    return _READ_BACK[type(row)][1]


def is_confirmed(row: Entity) -> bool:
    """Whether a line was confirmed in the words it has now."""
    if isinstance(row, Answer):
        return row.status is AnswerStatus.VALIDATED
    return getattr(row, stamp_of(row)) is not None


def confirm_line(row: Entity, on: dt.date | None) -> tuple[Change, ...]:
    """Return the changes that confirm a line on a day; with None the confirmation is taken back.

    An answer that is confirmed is validated: the customer has confirmed our words. One whose
    confirmation is taken back is heard. What is confirmed already keeps its day.
    """
    if on and is_confirmed(row):
        return ()
    if isinstance(row, Answer):
        return set_answer_status(row, AnswerStatus.VALIDATED if on else AnswerStatus.HEARD, on)
    return set_field(row, stamp_of(row), on.isoformat() if on else None)


def set_words(row: Entity, name: str, value: Json) -> tuple[Change, ...]:
    """Return the changes that set a field of any row; other words take a line's confirmation back."""
    changes = set_field(row, name, value)
    if changes and type(row) in _READ_BACK and name == words_of(row) and is_confirmed(row):
        return (*changes, *confirm_line(row, None))
    return changes


def read_back(plan: AccountPlan, session: str) -> tuple[Line, ...]:
    """Return what is read back: the session's decisions and actions but dropped ones, what was heard."""
    actions = plan.where(Action, session=session)
    said = {AnswerStatus.HEARD, AnswerStatus.VALIDATED}
    return (
        *plan.where(Decision, session=session),
        *(action for action in actions if action.status is not ActionStatus.DROPPED),
        *(answer for answer in plan.all(Answer) if answer.status in said),
    )


# The parking lot


def is_settled(item: Parking) -> bool:
    """Whether the room knows how a parked item goes on: owner and date, an action, or dropped."""
    return bool(item.became or item.dropped or (item.owner and item.due))


def parked(plan: AccountPlan, session: str) -> tuple[Parking, ...]:
    """Return what a session parked, then what earlier ones did that is neither dropped nor an action yet."""
    earlier = plan.sessions[: max(plan.number_of(session) - 1, 0)]
    left = (item for before in earlier for item in plan.where(Parking, session=before.id))
    still = (item for item in left if not (item.became or item.dropped))
    return (*plan.where(Parking, session=session), *still)


def become(item: Parking, action: str) -> tuple[Change, ...]:
    """Return the changes by which a parked item goes on as an action: then it isn't dropped any more."""
    return (*set_field(item, "became", action), *set_field(item, "dropped", value=False))


# Time well spent


def seats(plan: AccountPlan, session: str) -> tuple[str, ...]:
    """Return the seats that score the time: one for each of ours who is here, and any other with a score."""
    present = len(plan.where(Presence, session=session))
    numbered = [str(number) for number in range(1, max(present, 1) + 1)]
    others = (row.seat for row in plan.where(Roti, session=session) if row.seat not in numbered)
    return (*numbered, *sorted(others, key=lambda seat: (len(seat), seat)))


# Before the seal


@dataclass(frozen=True, slots=True)
class SealCheck:
    """One thing to have done before a session is sealed: how much of it there is, how much is left."""

    what: str
    """What it is about: lines, parked, actions or time."""
    left: int
    of: int
    text: str
    """In words, as in «3 lines are not confirmed»."""


def before_sealing(plan: AccountPlan, session: str, on: dt.date, view: AccountPlan) -> tuple[SealCheck, ...]:
    """Return what a session's closing looks after, each with how much of it is left to do.

    Judged by the whole plan, of the rows that are in the view.
    """
    return tuple(
        SealCheck(what, left, of, _said(what, left, of))
        for what, left, of in _counted(plan, session, on, view)
    )


def _counted(
    plan: AccountPlan, session: str, on: dt.date, view: AccountPlan
) -> Iterator[tuple[str, int, int]]:
    lines = [row for row in read_back(plan, session) if view.get(type(row), row.id)]
    yield "lines", sum(not is_confirmed(row) for row in lines), len(lines)
    items = [item for item in parked(plan, session) if view.get(Parking, item.id)]
    yield "parked", sum(not is_settled(item) for item in items), len(items)
    here = (action for action in plan.where(Action, session=session) if view.get(Action, action.id))
    actions = [action for action in here if action.status.is_open]
    lacking = [any(check(plan, action, on) for check in ACTION_NEEDS) for action in actions]
    yield "actions", sum(lacking), len(actions)
    scored = {row.seat for row in plan.where(Roti, session=session)}
    wanted = seats(plan, session)
    yield "time", sum(seat not in scored for seat in wanted), len(wanted)


_ONE_MANY = {
    "lines": ("line is not confirmed", "lines are not confirmed"),
    "parked": ("parked item is not settled", "parked items are not settled"),
    "actions": (
        "action lacks an owner, a date or clear words",
        "actions lack an owner, a date or clear words",
    ),
    "time": ("seat has not said whether it was worth it", "seats have not said whether it was worth it"),
}
_DONE = {
    "lines": "every line is confirmed",
    "parked": "the parking lot is empty or settled",
    "actions": "every action has an owner, a date and clear words",
    "time": "every seat has said whether it was worth it",
}


def _said(what: str, left: int, of: int) -> str:
    if not left:
        return _DONE[what]
    if what == "time" and left == of:
        return "nobody has said whether it was worth it"
    return f"{left} {_ONE_MANY[what][left != 1]}"


def sealing_question(found: tuple[SealCheck, ...]) -> str:
    """Return what to ask before a seal; empty when nothing is left to do."""
    said = [one.text for one in found if one.left]
    if not said:
        return ""
    text = " and ".join([", ".join(said[:-1]), said[-1]] if said[1:] else said)
    return f"{text[0].upper()}{text[1:]}: seal all the same?"
