"""Two people change one thing: in what they differ, and how both are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.base.entity import (
    MULTILINE,
    Entity,
    Json,
    Key,
    marks,
    references,
    referents,
    value_type,
)
from workshop_tui.domain.base.validation import Invalid, with_values
from workshop_tui.domain.model.session import Seal
from workshop_tui.domain.plan.plan import KIND, AccountPlan, draft_place, gone_place
from workshop_tui.domain.plan.step import (
    Add,
    Change,
    Changes,
    Remove,
    Set,
    Step,
    fleeting,
    removal,
    same,
    set_field,
    target,
)

Field = tuple[type[Entity], Key, str]
"""One field of one row; "" for the row as a whole."""


class Clash(Struct, frozen=True):
    """One field that two people gave different values, or "" for a row that one changed and one removed."""

    kind: type[Entity]
    key: Key
    name: str
    mine: Json = None
    theirs: Json = None
    both: Json = None
    """Both as one text, theirs first; None where that isn't possible."""


def clashes(plan: AccountPlan, step: Step) -> tuple[Clash, ...]:
    """Return in what a Step of mine and a plan that others have changed differ, for a person to choose.

    The same value given by both is no clash, nor are two fields of one row that both have added. A seal has
    none: it records the plan as it was, so one seals again instead.
    """
    if _seals(step):
        return ()
    return tuple(clash for change in step.changes for clash in _clashing(plan, change))


def _seals(step: Step) -> bool:
    return any(isinstance(change, Add) and isinstance(change.row, Seal) for change in step.changes)


def _clashing(plan: AccountPlan, change: Change) -> Iterator[Clash]:
    kind, key = target(change)
    there = plan.get(kind, *key)
    match change:
        case Add(row) if there:
            yield from (clash for name, new in _given(row) for clash in _differing(there, name, None, new))
        case Remove(row) if there and not same(there, row):
            yield Clash(kind, key, "")
        case Set(name=name, new=new) if there is None:
            yield Clash(kind, key, name, new)
        case Set(name=name, old=old, new=new) if there and not fleeting(kind, name):
            yield from _differing(there, name, old, new)


def _differing(there: Entity, name: str, old: Json, new: Json) -> Iterator[Clash]:
    stored, unset = there.plain_value(name), dict(_given(there)).get(name) is None
    if stored not in (old, new) and not (unset and old is None):
        yield Clash(type(there), there.key, name, new, stored, joined(there, name, stored, new))


def _given(row: Entity) -> Iterator[tuple[str, Json]]:
    """Yield the fields in which a row says more than a new one."""
    for name, value in row.plain().items():
        if name not in {*row.KEY, "rank"} and getattr(row, name) != type(row).fields[name].default:
            yield name, value


def lacking(plan: AccountPlan, step: Step) -> Iterator[tuple[type[Entity], Key]]:
    """Yield which rows a Step is about or refers to that are not there, nor come in with it."""
    added = {target(change) for change in step.changes if isinstance(change, Add)}
    needed = (row for change in step.changes for row in _needed(change))
    for kinds, key in needed:
        if not any((kind, key) in added or plan.get(kind, *key) for kind in kinds):
            yield kinds[0], key


def _needed(change: Change) -> Iterator[tuple[tuple[type[Entity], ...], Key]]:
    """Yield the key of each row that a change needs, and the kinds of which it may be."""
    kind, key = target(change)
    match change:
        case Add(row):
            given = row.plain()
        case Set(name=name, new=new):
            yield (kind,), key
            given = {name: new}
        case Remove():
            given = {}
    refers = ((of, given.get(name)) for name, of in referents(kind).items())
    yield from (
        (tuple(KIND[each] for each in of), (str(value),)) for of, value in refers if value is not None
    )


def rebase(plan: AccountPlan, step: Step, *, join: bool = False) -> Changes:
    """Return the changes that carry out my Step on the plan as it is now.

    Where both gave a value mine is put in the place of theirs, or both are joined where that can be.
    """
    both = {(c.kind, c.key, c.name): c.both for c in clashes(plan, step)} if join else {}
    return tuple(new for change in step.changes for new in _anew(plan, change, both))


def _anew(plan: AccountPlan, change: Change, both: Mapping[Field, Json]) -> Changes:
    kind, key = target(change)
    there = plan.get(kind, *key)
    if there is None:
        return (change,) if isinstance(change, Add) else ()
    match change:
        case Remove():
            return removal(plan, there)
        case Add(row):
            wanted = dict(_given(row))
        case Set(name=name, new=new):
            wanted = {name: new}
    wanted |= {name: text for name in wanted if (text := both.get((kind, key, name))) is not None}
    return tuple(done for name, value in wanted.items() for done in set_field(there, name, value))


def row_by_row(step: Step) -> tuple[Step, ...]:
    """Return a Step that does the same to several rows as one for each; what belongs together stays one Step.

    What another has done to one of the rows is then in the way of that one alone.
    """
    rows: dict[tuple[type[Entity], Key], list[Change]] = {}
    for change in step.changes:
        rows.setdefault(target(change), []).append(change)
    alike = {
        tuple((type(one), target(one)[0], getattr(one, "name", "")) for one in of) for of in rows.values()
    }
    if len(alike) > 1 or any(isinstance(change, Remove) for change in step.changes):
        return (step,)
    return tuple(replace(step, changes=tuple(of)) for of in rows.values())


def can_rebase(plan: AccountPlan, step: Step) -> bool:
    """Whether a Step that was refused can be carried out anew without asking anybody.

    Not when it would be the very same again: then something else is in its way. And never a seal.
    """
    return not _seals(step) and not clashes(plan, step) and rebase(plan, step) != step.changes


def overwritten(plan: AccountPlan, mine: AccountPlan, field: Field) -> Change | None:
    """Return how what I have typed into a field is put in again, where the plan now has something else there.

    `mine` is the plan as I have seen and typed it; the field is "" for a row that I have brought in, which is
    lost when it is gone or called something else. None where nothing is lost. The Change stands on no value
    but my own, so that whatever another has put there clashes with it.
    """
    kind, key, name = field
    row, there = mine.get(kind, *key), plan.get(kind, *key)
    if row is None:
        return None
    if not name and there is None:
        return Add(row)
    if not (name := name or kind.NAME_FIELD):
        return None
    value = row.plain_value(name)
    again = Set(kind, key, name, value, value)
    return again if clashes(plan, Step((again,))) else None


def joined(row: Entity, name: str, theirs: Json, mine: Json) -> Json:
    """Return two texts as one: «theirs / mine» where a field may have lines, else «theirs; mine».

    A text that holds the other stands for both. None for what isn't free text, or doesn't fit.
    """
    kind = type(row)
    if not (isinstance(theirs, str) and isinstance(mine, str) and _is_text(kind, name)):
        return None
    if mine in theirs or theirs in mine:
        return max(theirs, mine, key=len)
    may_have_lines, has_lines = MULTILINE in marks(kind, name), "\n" in f"{theirs}{mine}"
    parted = "; " if not may_have_lines else "\n/ " if has_lines else " / "  # told too where it is one line
    text = f"{theirs}{parted}{mine}"
    try:
        with_values(row, **{name: text})
    except Invalid:
        return None
    return text


def _is_text(kind: type[Entity], name: str) -> bool:
    has_form = any(getattr(mark, "pattern", None) for mark in marks(kind, name))
    return value_type(kind, name) is str and name not in {*kind.KEY, *references(kind)} and not has_form


def typed(plan: AccountPlan, step: Step) -> Mapping[str, str]:
    """Return the texts and dates of a Step by the place where they are typed, so that none is lost.

    What was typed for a row that has gone is kept for when it is back, and its name meanwhile for a new one.
    """
    return dict(place for change in step.changes for place in _places(plan, change))


def _places(plan: AccountPlan, change: Change) -> Iterable[tuple[str, str]]:
    kind, key = target(change)
    match change:
        case Set(name=name, new=str() as text) if text and (_is_text(kind, name) or _is_date(kind, name)):
            yield (draft_place if plan.get(kind, *key) else gone_place)(kind, key, name), text
        case Add(row) if kind.NAME_FIELD and (text := getattr(row, kind.NAME_FIELD)):
            yield gone_place(kind, key, kind.NAME_FIELD), text


def _is_date(kind: type[Entity], name: str) -> bool:
    return value_type(kind, name) is dt.date
