"""Contacts → people of an account: a proposal first, then the changes of one Step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from workshop_tui.documents.contacts_cells import addresses
from workshop_tui.documents.contacts_columns import Columns, columns, labels
from workshop_tui.documents.contacts_match import Alike, Contact, Index, Someone
from workshop_tui.documents.contacts_names import name_key
from workshop_tui.documents.contacts_rows import contact_of
from workshop_tui.documents.contacts_sheet import BadRow, ContactSheet, Note
from workshop_tui.documents.contacts_standing import OWN, Setting, StandingReader, beside, is_news
from workshop_tui.documents.contacts_standing import TITLES as TITLES_OF_STANDING
from workshop_tui.documents.errors import quoted
from workshop_tui.domain.base.entity import title_of
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.validation import Invalid, validated
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan, rank_after
from workshop_tui.domain.plan.step import Add, Change, Set, set_field, target

_FILLED: Final = ("title", "email", "unit", "note")
_REPORTS_TO: Final = title_of(Stakeholder, "reports_to")
_NAMELESS: Final = "Name is empty: give one in the file."


class ContactMatch(Struct, frozen=True):
    """A contact who may be somebody already there, in the account or higher up in the file.

    `why` says what is alike; `sure` that nothing speaks against it; `filled` are the titles of the
    fields that were empty and are now taken from the contact. `title` and `email` are the contact's.
    """

    line: int
    name: str
    into: str
    why: str
    sure: bool
    filled: tuple[str, ...] = ()
    title: str = ""
    email: str = ""


class Arrival(Struct, frozen=True):
    """Somebody new; `manager` is a name, or empty. In a `seat` is nobody yet: it goes by its title."""

    line: int
    name: str
    title: str
    email: str
    manager: str
    seat: bool = False
    given: tuple[str, ...] = ()
    """What else is said of how they stand, in words."""


class Unresolved(Struct, frozen=True):
    """A manager who is nobody here yet, or could be several: the person comes in without."""

    line: int
    name: str
    manager: str
    why: str


Same = Callable[[ContactMatch], bool | None]
"""Whether a contact is the person it is like: yes (merge), no (somebody new), None (leave it open)."""


def sure(match: ContactMatch) -> bool | None:
    """Take for the same what is sure, and leave the rest open."""
    return match.sure or None


class Proposal(Struct, frozen=True):
    """What a file would bring into an account.

    `new` and `merged` come in; `likely` are left open, `bad` can't come in; a manager who isn't found
    (`unresolved`) and a circle of managers (`cycles`, names in order) are left out, their people not.
    `notes` name what else of the file isn't taken, `unused` the columns that aren't read.
    """

    new: tuple[Arrival, ...]
    merged: tuple[ContactMatch, ...]
    likely: tuple[ContactMatch, ...]
    bad: tuple[BadRow, ...]
    unresolved: tuple[Unresolved, ...]
    cycles: tuple[tuple[str, ...], ...]
    notes: tuple[Note, ...]
    read: Mapping[str, tuple[int, ...]]
    """Field → the places of the columns it is read from."""
    unused: tuple[str, ...]
    people: tuple[Someone, ...]
    """Everybody there would be, the account's people first: what `changes` is made of."""
    scales: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field → word of the file → value on our scale, "" where it isn't taken."""
    session: str = ""
    """To which session a reading belongs."""
    scales_told: tuple[str, ...] = ()
    """Of which scale figures are taken that aren't on ours, in sentences."""

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
                own_fields = {name: person.given[name] for name in OWN if name in person.given}
                place = {"id": own[person], "rank": places[person], "reports_to": manager}
                found.append(Add(_row(person, **place, **own_fields)))
        for person in self.people:
            found += beside(plan, own[person], person.given, self.session, ids)
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
        for name in OWN:
            if name in person.given:
                yield from set_field(person.known, name, person.given[name])
        if manager:
            yield from set_field(person.known, "reports_to", manager)


def counted_changes(changes: Iterable[Change]) -> tuple[int, int]:
    """Return how many people come in, and of how many who are there already something is filled in."""
    new: set[str] = set()
    touched: set[str] = set()
    for change in changes:
        kind, key = target(change)
        if kind is Stakeholder:
            (touched if isinstance(change, Set) else new).add(key[0])
        elif "stakeholder" in kind.KEY:
            touched.add(key[kind.KEY.index("stakeholder")])
    return len(new), len(touched - new)


def propose(  # noqa: PLR0913 - what was said, and where it comes in
    sheet: ContactSheet,
    plan: AccountPlan,
    said: Mapping[str, str] | None = None,
    same: Same = sure,
    *,
    setting: Setting | None = None,
    scales: Mapping[str, Mapping[str, str]] | None = None,
) -> Proposal:
    """Return what a sheet would bring into a whole account plan.

    `said` is column → field, `scales` field → word → value. A contact who is somebody already fills what is
    empty of that person and changes nothing else. Raises DocumentError when a column isn't there, or none
    holds names.
    """
    where = columns(sheet.headers, said, firms=firms_of(plan))
    standing = StandingReader(setting or Setting(plan), where, labels(sheet.headers), scales or {})
    standing.learn(sheet.rows)
    rows = _sifted(sheet, where, standing)
    people = [_there(row, standing, where) for row in plan.all(Stakeholder)]
    index = Index(people, rows.sound)
    merged, likely = _meet(rows, people, index, same, standing)
    unresolved = tuple(_find_managers(people, index, rows.held))
    notes = [
        *rows.notes,
        *standing.notes,
        *_managers_by_id(people, index),
        *_managers_kept(((contact, person) for _, contact, person in merged), index),
    ]
    cycles = tuple(_break_cycles(people))
    return Proposal(
        tuple(_arrival(person, standing) for person in people if not person.known),
        tuple(_told(match, person) for match, _, person in merged),
        tuple(likely),
        tuple(sorted(rows.bad, key=lambda each: each.line)),
        unresolved,
        cycles,
        tuple(sorted(notes, key=lambda each: each.line)),
        where.places,
        tuple(_unused(sheet, where)),
        tuple(people),
        standing.scales,
        standing.setting.session,
        tuple(standing.scales_told),
    )


def firms_of(plan: AccountPlan) -> tuple[tuple[str, ...], ...]:
    """Return what each firm of ours is called."""
    return tuple(tuple(filter(None, (firm.short, firm.name, firm.id))) for firm in plan.partners)


def _there(row: Stakeholder, standing: StandingReader, where: Columns) -> Someone:
    there = standing.there(row) if where.places.keys() & {*TITLES_OF_STANDING} else {}
    known = Someone(row.name, row.title, row.email, row.placeholder, row, unit=row.unit, note=row.note)
    known.there = there
    return known


class _Rows(Struct, frozen=True):
    """The rows of a sheet: who can come in, who can't, and what else is to be told."""

    sound: list[Contact]
    bad: list[BadRow]
    notes: list[Note]
    held: _Held


def _sifted(sheet: ContactSheet, where: Columns, standing: StandingReader) -> _Rows:
    rows = _Rows([], list(sheet.bad), list(sheet.notes), _Held())
    names = labels(sheet.headers)
    read = ((row, *contact_of(row, where, names)) for row in sheet.rows)
    for row, contact, told in read:
        line = f"Line {contact.line}: "
        if contact.deleted:
            left_out = f"{line}{quoted(contact.name)} is marked as deleted: left out."
            rows.notes.append(Note(contact.line, left_out))
            rows.held.add(contact, "is marked as deleted")
        elif why := _wrong(contact):
            rows.bad.append(BadRow(contact.line, f"{line}{why}"))
            rows.held.add(contact, "can't come in")
        else:
            rows.sound.append(replace(contact, given=standing.of(row)))
            rows.notes.extend(told)
    return rows


_Merged = tuple[ContactMatch, Contact, Someone]


def _meet(
    rows: _Rows, people: list[Someone], index: Index, same: Same, standing: StandingReader
) -> tuple[list[_Merged], list[ContactMatch]]:
    """Have each contact meet the people, whom the new ones join; return who is merged, and who may be."""
    merged: list[_Merged] = []
    likely: list[ContactMatch] = []
    for contact in rows.sound:
        found = index.likely(contact)
        match = _match(contact, found, standing) if found else None
        verdict = same(match) if match else False
        if found and match and verdict:
            merged.append((match, contact, found.person))
            rows.notes.extend(_kept(found.person, contact, standing))
            _fill(found.person, contact)
            index.add_contact(found.person, contact)
        elif match and verdict is None:
            likely.append(match)
            rows.held.add(contact, "is still to be decided")
        else:
            people.append(_newcomer(contact))
            index.add(people[-1])
            index.add_contact(people[-1], contact)
    return merged, likely


class _Held:
    """Contacts of the file who don't come in, or not yet, found as managers of others."""

    def __init__(self) -> None:
        self._index = Index()
        self._why: dict[Someone, str] = {}

    def add(self, contact: Contact, why: str) -> None:
        if name_key(contact.name):
            person = _newcomer(contact)
            self._index.add(person)
            self._index.add_contact(person, contact)
            self._why[person] = f"is on line {contact.line}, which {why}"

    def why(self, person: Someone) -> str:
        """Return why a person's manager isn't there, or nothing."""
        found = _managers(person, self._index)
        return self._why[found[0]] if found else ""


def _unused(sheet: ContactSheet, where: Columns) -> Iterator[str]:
    """Yield what the columns that aren't read are called, but for empty ones without a heading."""
    names = labels(sheet.headers)
    for place in where.unused:
        if any(row.cells[place].strip() for row in sheet.rows):
            yield names[place]
        elif sheet.headers[place]:
            yield f"{names[place]} (empty)"


def _wrong(contact: Contact) -> str:
    if not name_key(contact.name):
        return (
            f"Name {quoted(contact.name)} has no letter in it: put it right in the file."
            if contact.name
            else _NAMELESS
        )
    if contact.email and addresses(contact.email) != (contact.email,):
        return f"Email {quoted(contact.email)} is no address: mend it or leave it empty."
    try:
        _row(contact)
    except Invalid as error:
        return str(error)
    return ""


def _row(of: Contact | Someone, **place: Any) -> Stakeholder:
    values = {"id": "new", "name": of.name, "placeholder": of.seat, **{n: getattr(of, n) for n in _FILLED}}
    return validated(Stakeholder, values | place)


def _match(contact: Contact, found: Alike, standing: StandingReader) -> ContactMatch:
    filled = tuple(_empty(found.person, contact, standing))
    person, title, email = found.person.words, contact.title, contact.email
    return ContactMatch(contact.line, contact.name, person, found.why, found.sure, filled, title, email)


def _empty(person: Someone, contact: Contact, standing: StandingReader) -> Iterator[str]:
    """Yield the titles of the fields that a person lacks and a contact has."""
    for name in _FILLED:
        if getattr(contact, name) and not getattr(person, name):
            yield title_of(Stakeholder, name)
    for name in contact.given:
        if _is_news(person, contact, name):
            yield standing.title(name)
    if (contact.manager or contact.manager_id) and not _has_manager(person):
        yield _REPORTS_TO


def _is_news(person: Someone, contact: Contact, name: str) -> bool:
    return is_news(name, contact.given[name], {**person.there, **person.given})


def _kept(person: Someone, contact: Contact, standing: StandingReader) -> Iterator[Note]:
    """Yield what a person has already and the contact has otherwise."""
    for name in _FILLED:
        mine, theirs = getattr(person, name), getattr(contact, name)
        if mine and theirs and fold(mine) != fold(theirs):
            kept = f"{person.words} keeps the {name} {quoted(mine)}"
            yield Note(contact.line, f"Line {contact.line}: {kept}; {quoted(theirs)} is not taken.")
    for name, value in contact.given.items():
        has = {**person.there, **person.given}.get(name, value)
        if not _is_news(person, contact, name) and has != value and name != "met":
            what = standing.title(name)
            kept = (
                f"{person.words} keeps the {what[0].lower()}{what[1:]}, {quoted(standing.words(name, has))}"
            )
            said = quoted(standing.words(name, value))
            yield Note(contact.line, f"Line {contact.line}: {kept}; {said} is not taken.")


def _has_manager(person: Someone) -> bool:
    return bool(person.manager or person.manager_id or (person.known and person.known.reports_to))


def _fill(person: Someone, contact: Contact) -> None:
    if (contact.manager or contact.manager_id) and not _has_manager(person):
        person.manager, person.manager_id = contact.manager, contact.manager_id
        person.manager_line = contact.line
    for name in _FILLED:
        setattr(person, name, getattr(person, name) or getattr(contact, name))
    news = {name: value for name, value in contact.given.items() if _is_news(person, contact, name)}
    person.given |= news


def _newcomer(contact: Contact) -> Someone:
    person = Someone(contact.name, line=contact.line, seat=contact.seat)
    _fill(person, contact)
    return person


def _managers(of: Someone | Contact, index: Index) -> list[Someone]:
    """Return who may be somebody's manager: by the id, or else by the name."""
    return next(filter(None, map(index.named, filter(None, (of.manager_id, of.manager)))), [])


def _find_managers(people: Iterable[Someone], index: Index, held: _Held) -> Iterator[Unresolved]:
    for person in people:
        if not (said := person.manager or person.manager_id):
            continue
        found = _managers(person, index)
        if len(found) == 1 and found[0] is not person:
            person.boss = found[0]
            continue
        if found:
            why = "is the same person" if len(found) == 1 else "could be several people"
        else:
            why = held.why(person) or "is nobody in the account or the file"
        yield Unresolved(person.manager_line, person.words, said, why)


def _managers_by_id(people: Iterable[Someone], index: Index) -> Iterator[Note]:
    """Yield the names of managers that an id is taken for, where they don't mean the same person."""
    for person in people:
        if person.boss and person.manager_id:
            yield from _named_otherwise(person, person.boss, person.manager, person.manager_line, index)


def _named_otherwise(person: Someone, boss: Someone, name: str, line: int, index: Index) -> Iterator[Note]:
    """Yield the name of a manager who is somebody else by the id that stands beside it."""
    if name and index.named(name) != [boss]:
        kept = f"the manager of {person.words} is {boss.words} by the id"
        yield Note(line, f"Line {line}: {kept}; {quoted(name)} is not taken.")


def _managers_kept(merged: Iterable[tuple[Contact, Someone]], index: Index) -> Iterator[Note]:
    """Yield the managers whom contacts have and the people they are keep another for."""
    for contact, person in merged:
        said = contact.manager or contact.manager_id
        if said and contact.line != person.manager_line:
            found = _managers(contact, index)
            known = person.known.reports_to if person.known else None
            boss = [each for each in found if each is person.boss or (each.known and each.known.id == known)]
            if len(found) != 1 or not boss:
                kept = f"{person.words} has a manager already"
                yield Note(contact.line, f"Line {contact.line}: {kept}; {quoted(said)} is not taken.")
            elif contact.manager_id:
                yield from _named_otherwise(person, found[0], contact.manager, contact.line, index)


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
            yield tuple(each.words for each in circle)
            for each in circle:
                each.boss = None
        clear |= line.keys()


def _arrival(person: Someone, standing: StandingReader) -> Arrival:
    manager = person.boss.words if person.boss else ""
    return Arrival(
        person.line,
        person.words,
        person.title,
        person.email,
        manager,
        person.seat,
        standing.told(person.given),
    )


def _told(match: ContactMatch, person: Someone) -> ContactMatch:
    """A manager is filled in only where one was found."""
    took = person.boss and person.manager_line == match.line
    return (
        match if took else replace(match, filled=tuple(each for each in match.filled if each != _REPORTS_TO))
    )
