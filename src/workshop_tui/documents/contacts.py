"""Contacts → people of an account: a proposal first, then the changes of one Step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import ValidationError

from workshop_tui.documents.contacts_columns import columns
from workshop_tui.documents.contacts_match import Contact, Index, Someone, name_key
from workshop_tui.documents.contacts_read import Bad, Row, Sheet
from workshop_tui.documents.errors import quoted
from workshop_tui.domain.entity import explain, title_of
from workshop_tui.domain.people import Stakeholder
from workshop_tui.domain.plan import AccountPlan, rank_after
from workshop_tui.domain.step import Add, Change, set_field
from workshop_tui.domain.text import clean_text, fold

_FILLED: Final = ("title", "email")
_REPORTS_TO: Final = title_of(Stakeholder, "reports_to")
_NAMELESS: Final = "Name is empty: type one."
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_SUFFIXES: Final = {"jr", "sr", "ii", "iii", "iv", "phd", "md", "mba", "cfa", "cpa", "esq"}
_LONGEST_PART = 3  # words before or behind the comma of «Last, First»


@dataclass(frozen=True, slots=True)
class Match:
    """A contact who may be somebody already there, in the account or higher up in the file.

    `why` says what is alike; `sure` that nothing speaks against it; `filled` are the titles of the
    fields that were empty and are now taken from the contact.
    """

    line: int
    name: str
    into: str
    why: str
    sure: bool
    filled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody new; `manager` is a name, or empty."""

    line: int
    name: str
    title: str
    email: str
    manager: str


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A manager who is nobody here, or could be several: the person comes in without."""

    line: int
    name: str
    manager: str
    why: str


Same = Callable[[Match], bool | None]
"""Whether a contact is the person it is like: yes (merge), no (somebody new), None (leave it open)."""


def sure(match: Match) -> bool | None:
    """Take for the same what is sure, and leave the rest open."""
    return match.sure or None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file would bring into an account.

    `new` and `merged` come in; `likely` are left open, `bad` can't come in; a manager who isn't found
    (`unresolved`) and a circle of managers (`cycles`, names in order) are left out, their people not.
    """

    new: tuple[Arrival, ...]
    merged: tuple[Match, ...]
    likely: tuple[Match, ...]
    bad: tuple[Bad, ...]
    unresolved: tuple[Unresolved, ...]
    cycles: tuple[tuple[str, ...], ...]
    people: tuple[Someone, ...]
    """Everybody there would be, the account's people first: what `changes` is made of."""

    def changes(self, plan: AccountPlan, ids: Callable[[], str]) -> tuple[Change, ...]:
        """Return the changes of one Step; `apply` refuses them where the account has moved on since.

        New people stand last, in the order of the file, visible as stakeholders are by default.
        """
        taken = {person.id for person in plan.all(Stakeholder)}
        own = {person: person.known.id if person.known else _fresh(ids, taken) for person in self.people}
        rank = rank_after(plan.all(Stakeholder)) - len(plan.all(Stakeholder))
        places = {person: rank + place for place, person in enumerate(self.people)}
        found: list[Change] = []
        for person in _managers_first(self.people):
            manager = own[person.boss] if person.boss else None
            if person.known:
                found += _filling(person, manager)
            else:
                found.append(Add(_row(person, id=own[person], rank=places[person], reports_to=manager)))
        return tuple(found)


def _managers_first(people: Iterable[Someone]) -> Iterator[Someone]:
    """A database that meets a manager later would look for who waits for them, over and over."""
    done: set[Someone] = set()
    for person in people:
        line: list[Someone] = []
        at: Someone | None = person
        while at and at not in done:
            done.add(at)
            line.append(at)
            at = at.boss
        yield from reversed(line)


def _fresh(ids: Callable[[], str], taken: set[str]) -> str:
    while (new := ids()) in taken:
        continue
    taken.add(new)
    return new


def _filling(person: Someone, manager: str | None) -> Iterator[Change]:
    if person.known:
        for name in _FILLED:
            yield from set_field(person.known, name, getattr(person, name))
        if manager:
            yield from set_field(person.known, "reports_to", manager)


def propose(
    sheet: Sheet, plan: AccountPlan, said: Mapping[str, str] | None = None, same: Same = sure
) -> Proposal:
    """Return what a sheet would bring into a whole account plan.

    `said` is column → field. A contact who is somebody already fills what is empty of that person and
    changes nothing else. Raises DocumentError when a column isn't there, or none holds names.
    """
    contacts, bad = _contacts(sheet, columns(sheet.headers, said))
    people = [Someone(row.name, row.title, row.email, known=row) for row in plan.all(Stakeholder)]
    index = Index()
    for person in people:
        index.add(person)
    merged: list[tuple[Match, Someone]] = []
    likely: list[Match] = []
    for contact in contacts:
        found = index.likely(contact)
        match = _match(contact, *found) if found else None
        verdict = same(match) if match else False
        if found and match and verdict:
            merged.append((match, found[0]))
            _fill(found[0], contact)
            index.also(found[0], contact)
        elif match and verdict is None:
            likely.append(match)
        else:
            people.append(_newcomer(contact))
            index.add(people[-1])
            index.also(people[-1], contact)
    unresolved = tuple(_find_managers(people, index))
    cycles = tuple(_break_cycles(people))
    new = tuple(_arrival(person) for person in people if not person.known)
    told = tuple(_told(match, person) for match, person in merged)
    return Proposal(new, told, tuple(likely), bad, unresolved, cycles, tuple(people))


def _contacts(sheet: Sheet, where: Mapping[str, int]) -> tuple[list[Contact], tuple[Bad, ...]]:
    found, bad = [], list(sheet.bad)
    for row in sheet.rows:
        contact = _contact(row, where)
        if why := _wrong(contact):
            bad.append(Bad(row.line, f"Line {row.line}: {why}"))
        else:
            found.append(contact)
    return found, tuple(sorted(bad, key=lambda each: each.line))


def _contact(row: Row, where: Mapping[str, int]) -> Contact:
    cell = {field: clean_text(row.cells[place]) for field, place in where.items()}
    parts = [part for part in (cell.get("first"), cell.get("last")) if part]
    whole = _straight(cell.get("name", ""))
    name = whole if whole and len(parts) < 2 else " ".join(parts)  # noqa: PLR2004 - first and last
    kept = {field: cell.get(field, "") for field in ("title", "email", "manager", "id")}
    return Contact(row.line, name, **kept)


def _straight(name: str) -> str:
    """Return «Ana Pires» for «Pires, Ana»; «Ana Pires, PhD» and the like stay."""
    last, comma, first = name.partition(", ")
    parts = last.split(), first.split()
    turned = (
        comma
        and "," not in first
        and all(1 <= len(part) <= _LONGEST_PART for part in parts)
        and fold(first).replace(".", "") not in _SUFFIXES
    )
    return f"{first} {last}" if turned else name


def _wrong(contact: Contact) -> str:
    if not name_key(contact.name):
        return f"Name {quoted(contact.name)} has no letter in it: type one." if contact.name else _NAMELESS
    if contact.email and not _EMAIL.fullmatch(contact.email):
        return f"Email {quoted(contact.email)} is no address: mend it or leave it empty."
    try:
        _row(contact)
    except ValidationError as error:
        return explain(error, Stakeholder)
    return ""


def _row(of: Contact | Someone, **place: Any) -> Stakeholder:
    values = {"id": "new", "name": of.name, "title": of.title, "email": of.email}
    return Stakeholder.model_validate(values | place)


def _match(contact: Contact, person: Someone, why: str, certain: bool) -> Match:  # noqa: FBT001 - as found
    return Match(contact.line, contact.name, person.name, why, certain, tuple(_empty(person, contact)))


def _empty(person: Someone, contact: Contact) -> Iterator[str]:
    """Yield the titles of the fields that a person lacks and a contact has."""
    for field in _FILLED:
        if getattr(contact, field) and not getattr(person, field):
            yield title_of(Stakeholder, field)
    if contact.manager and not _has_manager(person):
        yield _REPORTS_TO


def _has_manager(person: Someone) -> bool:
    return bool(person.manager or (person.known and person.known.reports_to))


def _fill(person: Someone, contact: Contact) -> None:
    if contact.manager and not _has_manager(person):
        person.manager, person.manager_line = contact.manager, contact.line
    person.title = person.title or contact.title
    person.email = person.email or contact.email


def _newcomer(contact: Contact) -> Someone:
    person = Someone(contact.name, line=contact.line)
    _fill(person, contact)
    return person


def _find_managers(people: Iterable[Someone], index: Index) -> Iterator[Unresolved]:
    for person in people:
        if person.manager:
            found = index.named(person.manager)
            if len(found) == 1:
                person.boss = found[0]
            else:
                why = "could be several people" if found else "is nobody in the account or the file"
                yield Unresolved(person.manager_line, person.name, person.manager, why)


def _break_cycles(people: Iterable[Someone]) -> Iterator[tuple[str, ...]]:
    """Take back the managers in each circle of reporting, and yield the names in it."""
    everybody = tuple(people)
    known = {person.known.id: person for person in everybody if person.known}
    clear: set[Someone] = set()
    for person in everybody:
        line: dict[Someone, None] = {}
        at: Someone | None = person
        while at and at not in clear and at not in line:
            line[at] = None
            at = at.boss or (known.get(at.known.reports_to or "") if at.known else None)
        if at and at in line:
            circle = list(line)[list(line).index(at) :]
            yield tuple(each.name for each in circle)
            for each in circle:
                each.boss = None
        clear |= line.keys()


def _arrival(person: Someone) -> Arrival:
    manager = person.boss.name if person.boss else ""
    return Arrival(person.line, person.name, person.title, person.email, manager)


def _told(match: Match, person: Someone) -> Match:
    """A manager is filled in only where one was found."""
    took = person.boss and person.manager_line == match.line
    return (
        match if took else replace(match, filled=tuple(each for each in match.filled if each != _REPORTS_TO))
    )
