"""What was caught last, and how one kind of line turns into another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec
from msgspec import Struct

from workshop_tui.domain.base.entity import Entity, Json, Key, title_of
from workshop_tui.domain.base.text import with_article
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.capture.rows import PREFIXES
from workshop_tui.domain.lifecycle.closing import BECOMES, become
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.model.session import Decision, Parking, Risk
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan, rank_after
from workshop_tui.domain.plan.step import Add, Change, Refused, Remove, Set, Step, removal, target

LINES: tuple[type[Entity], ...] = (Action, Parking, Decision, Risk)
"""Kinds that a line can be turned into."""
_TOLD_OF_PEOPLE: Mapping[type[Entity], str] = {Reading: "value", Tie: "owner"}
"""Kinds beside a person → the field of theirs that is told among the newest lines."""
_KEPT = ("session", "owner", "due", "visibility")


Field = tuple[type[Entity], Key, str]
"""Kind and key of a row, and the name of one of its fields."""


class Newest(Struct, frozen=True):
    """A row that came in by a line, or a person of whom something was changed, as the view has it now."""

    row: Entity
    step: Step
    """What was done last with it."""
    before: Mapping[Field, Json] = msgspec.field(default_factory=dict)
    """What was changed of a person → what it was before all that; None for nothing."""


def newest(steps: Iterable[Step], view: AccountPlan) -> tuple[Newest, ...]:
    """Return what these Steps (oldest first) brought in by a line or changed of a person, the newest first.

    Each is there once, by what was done with it last; what is gone, or not for the view's audience, is left
    out, and before the customer all that was changed.
    """
    found: dict[tuple[type[Entity], Key], tuple[Step, dict[Field, Json]]] = {}
    for step in steps:
        added = [target(c) for c in step.changes if isinstance(c, Add) and type(c.row) in PREFIXES.values()]
        for place in added:
            found.pop(place, None)
            found[place] = step, {}
        for change in step.changes if view.audience != CUSTOMER else ():
            for field, old in _of_person(change):
                place = Stakeholder, (_whose(field),)
                if place not in added:
                    _, before = found.pop(place, (step, {}))
                    found[place] = step, {field: old, **before}
    rows = ((view.get(kind, *key), *said) for (kind, key), said in reversed(found.items()))
    return tuple(Newest(row, step, before) for row, step, before in rows if row)


def _of_person(change: Change) -> Iterator[tuple[Field, Json]]:
    """Yield what a change sets of one of the customer's people, with what it was before; None for nothing."""
    kind, key = target(change)
    name = _TOLD_OF_PEOPLE.get(kind, "")
    match change:
        case Set() if kind is Stakeholder or change.name == name:
            yield (kind, key, change.name), change.old
        case Add(row=row) | Remove(row=row) if name:
            yield (kind, key, name), row.plain_value(name) if isinstance(change, Remove) else None


def _whose(field: Field) -> str:
    """Return the id of the person whom a field is about."""
    kind, key, _ = field
    return key[0] if kind is Stakeholder else key[kind.KEY.index("stakeholder")]


def turns_into(row: Entity) -> tuple[type[Entity], ...]:
    """Return what a line can be turned into; an answer stays, and an action follows from it.

    A parked item that has become something is that now.
    """
    if isinstance(row, Answer):
        return (Action,)
    if isinstance(row, Parking) and row.has_turned:
        return ()
    return tuple(kind for kind in LINES if kind is not type(row)) if type(row) in LINES else ()


def turn_into(
    plan: AccountPlan, row: Entity, into: type[Entity], session: str, ids: Callable[[], str]
) -> tuple[Change, ...]:
    """Return the changes that turn a line into one of another kind, with its words, owner and date.

    A parked item stays in the parking lot as what became that; an answer stays and is what the
    action serves; anything else goes. Raises Refused when it can't be turned into that.
    """
    if isinstance(row, Parking) and row.has_turned:
        what = next(kind.VERBOSE_NAME for kind, name in BECOMES.items() if getattr(row, name))
        raise Refused(f"This has become {with_article(what)} already: change that one.")
    if into not in turns_into(row):
        one, other = with_article(row.VERBOSE_NAME).capitalize(), with_article(into.VERBOSE_NAME)
        raise Refused(f"{one} can't be turned into {other}: choose another kind.")
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
    kept = {*row.KEY, "rank", row.NAME_FIELD, *(name for name in _KEPT if name in into.fields)}
    fields = (
        title_of(type(row), name).lower()
        for name, known in type(row).fields.items()
        if name not in kept and getattr(row, name) != known.default
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
    return validated(into, {name: value for name, value in given.items() if name in into.fields})
