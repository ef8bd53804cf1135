"""Closing a session: what is read back, what is still parked, and what is left to do before the seal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from msgspec import Struct

from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.vocabulary import ActionStatus, AnswerStatus
from workshop_tui.domain.gaps.quality import ACTION_NEEDS
from workshop_tui.domain.gaps.registry import ALL, Rules, gaps_of
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Decision, Parking, Presence, Risk, Roti
from workshop_tui.domain.model.value import Answer, Target
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Change, set_field
from workshop_tui.domain.rules.value import confirm_value, set_answer_status, take_back_confirmation

Line = Decision | Action | Answer | Target
"""What is read back."""

_READ_BACK: Mapping[type[Entity], tuple[str, str]] = {
    Decision: ("text", "confirmed_on"),
    Action: ("title", "confirmed_on"),
    Answer: ("text", "validated_on"),
    Target: ("title", "confirmed_on"),
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
    if isinstance(row, Target):
        return row.is_confirmed
    return getattr(row, stamp_of(row)) is not None


def confirm_line(row: Entity, on: dt.date | None, by: str | None = None) -> tuple[Change, ...]:
    """Return the changes that confirm a line on a day; with None the confirmation is taken back.

    An answer that is confirmed is validated: the customer has confirmed our words. One whose
    confirmation is taken back is heard. What is confirmed already keeps its day. Of a target it is the
    realised value that is confirmed, by one of the customer's people.
    """
    if on and is_confirmed(row):
        return ()
    if isinstance(row, Answer):
        return set_answer_status(row, AnswerStatus.VALIDATED if on else AnswerStatus.HEARD, on)
    if isinstance(row, Target):
        return confirm_value(row, by, on, on) if on else take_back_confirmation(row)
    return set_field(row, stamp_of(row), on.isoformat() if on else None)


def set_words(row: Entity, name: str, value: Json) -> tuple[Change, ...]:
    """Return the changes that set a field of any row; other words take a line's confirmation back."""
    changes = set_field(row, name, value)
    if changes and type(row) in _READ_BACK and name == words_of(row) and is_confirmed(row):
        return (*changes, *confirm_line(row, None))
    return changes


def read_anew(action: Action, changes: tuple[Change, ...], session: str) -> tuple[Change, ...]:
    """Return changes of who does an action or by when, which is read aloud with its words.

    In its own session they take the confirmation back; a later session gives another date without that.
    """
    is_of_it = action.session == session and is_confirmed(action)
    return (*changes, *confirm_line(action, None)) if changes and is_of_it else changes


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
    """Whether the room knows how a parked item goes on: owner and date, what it became, or dropped."""
    return bool(item.has_turned or item.dropped or (item.owner and item.due))


def parked(plan: AccountPlan, session: str) -> tuple[Parking, ...]:
    """Return what a session parked, then what earlier ones did and is neither dropped nor turned."""
    earlier = plan.sessions[: max(plan.number_of(session) - 1, 0)]
    left = (item for before in earlier for item in plan.where(Parking, session=before.id))
    still = (item for item in left if not (item.has_turned or item.dropped))
    return (*plan.where(Parking, session=session), *still)


BECOMES: Mapping[type[Entity], str] = {
    Action: "became",
    Decision: "became_decision",
    Risk: "became_risk",
}
"""Kind of what a parked item may become → the field of the item with its id."""


def outcome(plan: AccountPlan, item: Parking) -> Action | Decision | Risk | None:
    """Return what a parked item became; None for nothing, or what this plan doesn't show."""
    found = (plan.get(kind, getattr(item, name)) for kind, name in BECOMES.items())
    return next((row for row in found if isinstance(row, Action | Decision | Risk)), None)


def become(item: Parking, row_id: str | None, kind: type[Entity] = Action) -> tuple[Change, ...]:
    """Return the changes by which a parked item goes on as a row of a kind, and as nothing else.

    Then it isn't dropped any more. None: it is open again.
    """
    others = (name for of, name in BECOMES.items() if of is not kind)
    return (
        *(change for name in others for change in set_field(item, name, None)),
        *set_field(item, BECOMES[kind], row_id),
        *drop_parked(item, None),
    )


def drop_parked(item: Parking, on: dt.date | None) -> tuple[Change, ...]:
    """Return the changes with which the room drops a parked item on a day; None: it is taken up again."""
    day = (item.dropped_on or on) if item.dropped and on else on
    return (
        *set_field(item, "dropped", on is not None),
        *set_field(item, "dropped_on", day.isoformat() if day else None),
    )


# Time well spent


def seats(plan: AccountPlan, session: str) -> tuple[str, ...]:
    """Return the seats that score the time: one for each of ours who is here, and any other with a score."""
    present = len(plan.where(Presence, session=session))
    numbered = [str(number) for number in range(1, max(present, 1) + 1)]
    others = (row.seat for row in plan.where(Roti, session=session) if row.seat not in numbered)
    return (*numbered, *sorted(others, key=lambda seat: (len(seat), seat)))


# Before the seal

_NEEDED = {check.__name__ for check in ACTION_NEEDS}


class SealCheck(Struct, frozen=True):
    """One thing to have done before a session is sealed: how much of it there is, how much is left."""

    what: str
    """What it is about: lines, parked, actions or time."""
    left: int
    of: int
    text: str
    """In words, as in «3 lines are not confirmed»."""
    first: tuple[str, str] = ("", "")
    """The id of the first action that lacks something, and the gap rule by which it does."""


def before_sealing(
    plan: AccountPlan, session: str, on: dt.date, view: AccountPlan, rules: Rules = ALL
) -> tuple[SealCheck, ...]:
    """Return what a session's closing looks after, each with how much of it is left to do.

    Judged by the whole plan and the gap rules in force, of the rows that are in the view: an action lacks
    something here where the list of gaps says so.
    """
    return tuple(
        SealCheck(what, left, of, _said(what, left, of), first)
        for what, left, of, first in _counted(plan, session, on, view, rules)
    )


def _counted(
    plan: AccountPlan, session: str, on: dt.date, view: AccountPlan, rules: Rules
) -> Iterator[tuple[str, int, int, tuple[str, str]]]:
    none = "", ""
    lines = [row for row in read_back(plan, session) if view.get(type(row), row.id)]
    yield "lines", sum(not is_confirmed(row) for row in lines), len(lines), none
    items = [item for item in parked(plan, session) if view.get(Parking, item.id)]
    yield "parked", sum(not is_settled(item) for item in items), len(items), none
    here = (action for action in plan.where(Action, session=session) if view.get(Action, action.id))
    actions = [action for action in here if action.status.is_open]
    gaps = (gap for action in actions for gap in gaps_of(plan, action, on, rules) if gap.rule in _NEEDED)
    lacking: dict[str, str] = {}
    for gap in gaps:
        lacking.setdefault(gap.key[0], gap.rule)
    yield "actions", len(lacking), len(actions), next(iter(lacking.items()), none)
    scored = {row.seat for row in plan.where(Roti, session=session)}
    wanted = seats(plan, session)
    yield "time", sum(seat not in scored for seat in wanted), len(wanted), none


_ONE_MANY = {
    "lines": ("line is not confirmed", "lines are not confirmed"),
    "parked": ("parked item is not settled", "parked items are not settled"),
    "actions": (
        "action lacks an owner, who answers for it, a date or clear words",
        "actions lack an owner, who answers for it, a date or clear words",
    ),
    "time": ("seat has not said whether it was worth it", "seats have not said whether it was worth it"),
}
_DONE = {
    "lines": "every line is confirmed",
    "parked": "the parking lot is empty or settled",
    "actions": "every action has an owner, who answers for it, a date and clear words",
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
