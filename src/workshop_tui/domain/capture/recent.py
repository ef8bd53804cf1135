"""What was caught last, and how one kind of line turns into another."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from workshop_tui.domain.base.entity import Entity, Json, title_of
from workshop_tui.domain.capture.rows import PREFIXES
from workshop_tui.domain.lifecycle.closing import BECOMES, become
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Decision, Parking, Risk
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan, rank_after
from workshop_tui.domain.plan.step import Add, Change, Refused, Remove, Step, removal, target

LINES: tuple[type[Entity], ...] = (Action, Parking, Decision, Risk)
"""Kinds that a line can be turned into."""
_KEPT = ("session", "owner", "due", "visibility")


def newest(steps: Iterable[Step], view: AccountPlan) -> tuple[Entity, ...]:
    """Return the rows that these Steps (oldest first) brought in by a line, the newest first.

    They are as the view has them now; those that are gone, or not for its audience, are left out.
    """
    brought = (change for step in steps for change in step.changes if isinstance(change, Add))
    places = dict.fromkeys(target(c) for c in brought if type(c.row) in PREFIXES.values())
    rows = (view.get(kind, *key) for kind, key in reversed(places))
    return tuple(row for row in rows if row)


def turns_into(row: Entity) -> tuple[type[Entity], ...]:
    """Return what a line can be turned into; an answer stays, and an action follows from it."""
    if isinstance(row, Answer):
        return (Action,)
    return tuple(kind for kind in LINES if kind is not type(row)) if type(row) in LINES else ()


def turn_into(
    plan: AccountPlan, row: Entity, into: type[Entity], session: str, ids: Callable[[], str]
) -> tuple[Change, ...]:
    """Return the changes that turn a line into one of another kind, with its words, owner and date.

    A parked item stays in the parking lot as what became that; an answer stays and is what the
    action serves; anything else goes. Raises Refused when it can't be turned into that.
    """
    if into not in turns_into(row):
        raise Refused(
            f"A {row.VERBOSE_NAME} can't be turned into a {into.VERBOSE_NAME}: choose another kind."
        )
    if isinstance(row, Parking) and row.has_turned:
        what = next(kind.VERBOSE_NAME for kind, name in BECOMES.items() if getattr(row, name))
        raise Refused(f"This has become {'an' if what[0] == 'a' else 'a'} {what} already: change that one.")
    made = _made(plan, row, into, session, ids())
    if isinstance(row, Answer):
        return (Add(made),)
    if isinstance(row, Parking) and into in BECOMES:
        return (Add(made), *become(row, made.key[0], into))
    return (*removal(plan, row), Add(made))


def left_behind(view: AccountPlan, row: Entity, into: type[Entity]) -> tuple[str, ...]:
    """Return what a line loses by being turned into another kind: fields it has no place for, rows, ties."""
    if isinstance(row, Answer) or (isinstance(row, Parking) and into in BECOMES):
        return ()
    kept = {*row.KEY, "rank", row.NAME_FIELD, *(name for name in _KEPT if name in into.model_fields)}
    fields = (
        title_of(type(row), name).lower()
        for name, known in type(row).model_fields.items()
        if name not in kept and getattr(row, name) != known.get_default()
    )
    gone = (change for change in removal(view, row) if target(change) != (type(row), row.key))
    others = (
        f"{'' if isinstance(change, Remove) else 'tie to a '}{target(change)[0].VERBOSE_NAME}"
        for change in gone
    )
    return tuple(dict.fromkeys((*fields, *others)))


def _made(plan: AccountPlan, row: Entity, into: type[Entity], session: str, new_id: str) -> Entity:
    known = row.plain()
    kept: dict[str, Json] = {name: known[name] for name in _KEPT if name in known}
    if isinstance(row, Parking):
        kept["session"] = session  # what was parked earlier becomes something only now
    if isinstance(row, Answer):
        kept |= {"stakeholder": row.stakeholder, "answer": row.id}
    given = {"session": session, **kept, "id": new_id, "rank": rank_after(plan.all(into))}
    given[into.NAME_FIELD] = known[row.NAME_FIELD]
    return into.model_validate({name: value for name, value in given.items() if name in into.model_fields})
