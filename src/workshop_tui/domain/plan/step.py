"""The one mechanism: a Step is one thing a person did; apply and invert are pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.base.entity import EPHEMERAL, Entity, Json, Key, marks, title_of
from workshop_tui.domain.base.validation import Invalid, as_kept, validated, with_values
from workshop_tui.domain.model.people import Meeting, MeetingStakeholder, Stakeholder
from workshop_tui.domain.model.session import Seal
from workshop_tui.domain.plan.plan import KIND, AccountPlan, dependents, must_go_with, reports_to_themselves

E = TypeVar("E", bound=Entity)


class Refused(Exception):  # noqa: N818 - a word of the domain, as in «the Step was refused»
    """A Step can't be applied; the message is one sentence that says why and what to do."""


class Conflict(Refused):
    """A stored value isn't the one a Step was based on: `mine` is what was wanted, `theirs` what is there."""

    def __init__(self, message: str, *, mine: Json = None, theirs: Json = None) -> None:
        """Keep both values, so that a person can choose."""
        super().__init__(message)
        self.mine = mine
        self.theirs = theirs


class Add(Struct, frozen=True):
    """An entity comes in."""

    row: Entity


class Remove(Struct, frozen=True):
    """An entity goes out; it is kept whole, so that it can come back."""

    row: Entity


class Set(Struct, frozen=True):
    """One field of one entity, from its old value to its new one (both as JSON values)."""

    kind: type[Entity]
    key: Key
    name: str
    old: Json
    new: Json


Change = Add | Remove | Set
Changes = Iterable[Change]


def target(change: Change) -> tuple[type[Entity], Key]:
    """Return the kind and key of the row that a change is about."""
    return (change.kind, change.key) if isinstance(change, Set) else (type(change.row), change.row.key)


class Step(Struct, frozen=True, eq=False):
    """What one person did at one moment. Steps of one undo group are undone together."""

    changes: tuple[Change, ...]
    actor: str = ""
    at: dt.datetime | None = None
    undo_group: str = ""
    undoes: tuple[int, ...] = ()
    """Journal numbers of the Steps that this one takes back."""
    number: int = 0
    """Journal number, given by the store; 0 before that."""

    def __eq__(self, other: object) -> bool:
        """Whether the same was done, stored or not yet."""
        return isinstance(other, Step) and self._done == other._done

    def __hash__(self) -> int:
        return hash(self._done)

    @property
    def _done(self) -> tuple[object, ...]:
        return self.changes, self.actor, self.at, self.undo_group, self.undoes


def apply(plan: AccountPlan, step: Step) -> AccountPlan:
    """Return the plan after a Step.

    Raises Conflict when a row or an old value isn't what the Step was based on, and Refused when the
    new value is not valid. The plan passed in is never changed.
    """
    rows: dict[type[Entity], dict[Key, Entity]] = {}
    for change in step.changes:
        kind, _ = target(change)
        if kind not in rows:
            rows[kind] = dict(plan.rows.get(kind, {}))
        _change(rows[kind], change)
    after = AccountPlan({**plan.rows, **rows}, plan.audience)
    _refuse_cycles(after, step.changes)
    return after


def _change(rows: dict[Key, Entity], change: Change) -> None:
    match change:
        case Add(row):
            if row.key in rows:
                raise Conflict(f"This {row.VERBOSE_NAME} is there already.", theirs="/".join(row.key))
            rows[row.key] = row
        case Remove(row):
            if not same(rows.get(row.key), row):
                raise Conflict(f"This {row.VERBOSE_NAME} has been changed since, so it stays.")
            del rows[row.key]
        case Set(kind, key, name, old, new):
            rows[key] = _set(rows.get(key), kind, name, old, new)


def _set(row: Entity | None, kind: type[Entity], name: str, old: Json, new: Json) -> Entity:
    if row is None:
        raise Conflict(f"This {kind.VERBOSE_NAME} has been removed by somebody else.", mine=new)
    if name in kind.KEY:
        raise Refused(
            f"{title_of(kind, name)} says which {kind.VERBOSE_NAME} this is: remove it and add another."
        )
    stored = row.plain_value(name)
    if stored != old and not fleeting(kind, name):
        raise Conflict(f"{title_of(kind, name)} has been changed by somebody else.", mine=new, theirs=stored)
    try:
        changed = with_values(row, **{name: new})
    except Invalid as error:
        raise Refused(str(error)) from None
    if (kept := changed.plain_value(name)) != new:  # else undo would not find what this Step wrote
        raise Refused(f"{title_of(kind, name)} would be kept as «{kept}»: use that.")
    return changed


def _refuse_cycles(plan: AccountPlan, changes: Iterable[Change]) -> None:
    clear: set[str] = set()
    for change in changes:
        kind, key = target(change)
        person = plan.get(kind, *key)
        if not isinstance(person, Stakeholder) or not person.reports_to:
            continue
        if person.reports_to == person.id:
            raise Refused("Nobody reports to themselves: choose another manager.")
        if reports_to_themselves(plan, person.id, clear):
            raise Refused(
                "That person already reports, by way of others, to this one: choose another manager."
            )


def fleeting(kind: type[Entity], name: str) -> bool:
    """Whether a field is clock, presence or audience: the last one to speak wins, and undo passes over it."""
    return EPHEMERAL in marks(kind, name)


def same(one: Entity | None, other: Entity) -> bool:
    """Whether two rows are equal but for what is fleeting."""
    names = [name for name in type(other).fields if not fleeting(type(other), name)]
    return type(one) is type(other) and all(getattr(one, n) == getattr(other, n) for n in names)


def invert(step: Step) -> Step:
    """Return the Step that takes this one back."""
    return replace(step, changes=tuple(_inverse(change) for change in reversed(step.changes)), number=0)


def _inverse(change: Change) -> Change:
    match change:
        case Add(row):
            return Remove(row)
        case Remove(row):
            return Add(row)
        case Set(kind, key, name, old, new):
            return Set(kind, key, name, new, old)


def undoing(steps: Sequence[Step]) -> Step:
    """Return the Step that takes back these Steps (oldest first) of one undo group."""
    changes = (change for step in reversed(steps) for change in invert(step).changes)
    return Step(tuple(_joined(changes)), undoes=tuple(step.number for step in steps))


def cancel_out(steps: Iterable[Step]) -> bool:
    """Whether Steps leave all as it was, taken together: as of a row that was begun and emptied again."""
    before: dict[tuple[type[Entity], Key, str], Entity | Json] = {}
    """By kind, key and field; the row itself, None where there is none, by no field."""
    after = dict(before)
    old: Entity | Json
    new: Entity | Json
    for change in (change for step in steps for change in step.changes):
        match change:
            case Set(kind, key, name, was, value):
                at, old, new = (kind, key, name), was, value
            case Add(row):
                at, old, new = (type(row), row.key, ""), None, row
            case Remove(row):
                at, old, new = (type(row), row.key, ""), row, None
        before.setdefault(at, old)
        after[at] = new
    gone = {at[:2] for at, now in after.items() if not at[2] and now is None and before[at] is None}
    return all(at[:2] in gone or now == before[at] for at, now in after.items())


def _joined(changes: Iterable[Change]) -> Iterator[Change]:
    """Fold neighbouring changes of one field into one."""
    last: Change | None = None
    for change in changes:
        if (
            isinstance(last, Set)
            and isinstance(change, Set)
            and (last.kind, last.key, last.name) == (change.kind, change.key, change.name)
        ):
            last = replace(last, new=change.new)
            continue
        if last is not None:
            yield last
        last = change
    if last is not None:
        yield last


def undoable(step: Step) -> bool:
    """Whether undo stops at this Step: clock, presence, audience and seals are passed over.

    A seal is a record: it is reopened, which is recorded too, and never taken back.
    """
    if any(target(change)[0] is Seal for change in step.changes):
        return False
    return not all(isinstance(change, Set) and fleeting(change.kind, change.name) for change in step.changes)


def made(kind: type[E], values: Mapping[str, Any]) -> E:
    """Make a row, valid and in its normal form, or raise Refused with a sentence."""
    try:
        return validated(kind, dict(values))
    except Invalid as error:
        raise Refused(str(error)) from None


def set_field(row: Entity, name: str, value: Json) -> tuple[Change, ...]:
    """Return the change of one field, cleaned, or nothing when it already has that value.

    A value that isn't valid is kept as it is: `apply` refuses it and says why.
    """
    old, new = row.plain_value(name), as_kept(type(row), name, value)
    return () if old == new else (Set(type(row), row.key, name, old, new),)


def removal(plan: AccountPlan, *rows: Entity) -> tuple[Change, ...]:
    """Return the changes that take rows out with all that can't be without them; references are blanked."""
    gone: dict[tuple[type[Entity], Key], Entity] = {}
    for row in rows:
        _gather(plan, row, gone)
    blanked = [
        change
        for leaving in gone.values()
        for other, name in dependents(plan, leaving)
        if (type(other), other.key) not in gone
        for change in set_field(other, name, None)
    ]
    return (*blanked, *(Remove(leaving) for leaving in reversed(gone.values())))


def _gather(plan: AccountPlan, row: Entity, gone: dict[tuple[type[Entity], Key], Entity]) -> None:
    if (type(row), row.key) in gone:
        return
    gone[type(row), row.key] = row
    for other, name in dependents(plan, row):
        if must_go_with(type(other), name):
            _gather(plan, other, gone)
    if isinstance(row, MeetingStakeholder):
        _gather_a_meeting_with_nobody(plan, row.meeting, gone)


def _gather_a_meeting_with_nobody(
    plan: AccountPlan, meeting: str, gone: dict[tuple[type[Entity], Key], Entity]
) -> None:
    """A meeting with nobody of the customer's any more is none."""
    held, met = plan.get(Meeting, meeting), plan.where(MeetingStakeholder, meeting=meeting)
    if held and all((type(one), one.key) in gone for one in met):
        _gather(plan, held, gone)


# Steps as JSON: the form in which the journal keeps them.


def changes_to_json(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Return changes as JSON values."""
    return [_to_json(change) for change in changes]


def _to_json(change: Change) -> dict[str, Any]:
    match change:
        case Add(row):
            return {"add": type(row).__name__, "row": row.plain()}
        case Remove(row):
            return {"remove": type(row).__name__, "row": row.plain()}
        case Set(kind, key, name, old, new):
            return {"set": kind.__name__, "key": list(key), "field": name, "old": old, "new": new}


def changes_from_json(data: Iterable[Mapping[str, Any]]) -> tuple[Change, ...]:
    """Read changes back; raises LookupError, TypeError or Invalid for what no Step of ours ever was."""
    return tuple(change for item in data for change in _from_older(item))


def _from_older(item: Mapping[str, Any]) -> Iterator[Change]:
    """Yield the changes of one item; up to schema 0004 a meeting itself named the one person it was with."""
    row, key = item.get("row", {}), item.get("key", ())
    if "stakeholder" in row and "Meeting" in {item.get("add"), item.get("remove")}:
        met = _met(row["id"], row["stakeholder"])
        held = _from_json({**item, "row": {name: row[name] for name in row if name != "stakeholder"}})
        yield from (held, Add(met)) if "add" in item else (Remove(met), held)
    elif item.get("set") == "Meeting" and item.get("field") == "stakeholder":
        yield Remove(_met(key[0], item["old"]))
        yield Add(_met(key[0], item["new"]))
    else:
        yield _from_json(item)


def _met(meeting: Json, stakeholder: Json) -> MeetingStakeholder:
    return validated(MeetingStakeholder, {"meeting": meeting, "stakeholder": stakeholder})


def _from_json(item: Mapping[str, Any]) -> Change:
    if "add" in item:
        return Add(validated(KIND[item["add"]], item["row"]))
    if "remove" in item:
        return Remove(validated(KIND[item["remove"]], item["row"]))
    return Set(KIND[item["set"]], tuple(item["key"]), item["field"], item["old"], item["new"])
