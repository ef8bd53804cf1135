"""Who a contact may be already: the same id, name or address, a close spelling; and when that is sure."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import islice
from operator import eq
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from workshop_tui.documents.contacts_cells import manager_names
from workshop_tui.documents.contacts_names import name_key, parsed
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.model.people import Stakeholder

CLOSE: Final = 0.9
"""How alike two spellings must be, as difflib measures it: about one letter in ten."""
_LONGEST = 40  # beyond it spellings aren't compared, or a hostile file would fill the memory
_MOST_ALIKE = 50  # people of one name who are looked at, or a hostile file would take minutes


class Contact(Struct, frozen=True):
    """One row as it is understood; managers and ids are as the file has them.

    In a `seat` is nobody yet: the name is its title. `deleted` is what the file calls them.
    """

    line: int
    name: str
    title: str = ""
    email: str = ""
    manager: str = ""
    manager_id: str = ""
    id: str = ""
    unit: str = ""
    note: str = ""
    seat: bool = False
    deleted: bool = False
    given: Mapping[str, Json] = field(default_factory=dict)
    """What else the row says of how they stand (contacts_standing)."""


class Someone(Struct, eq=False):
    """A person while a file is read: one of the account's (`known`), or new."""

    name: str
    title: str = ""
    email: str = ""
    seat: bool = False
    known: Stakeholder | None = None
    line: int = 0
    manager: str = ""
    manager_id: str = ""
    manager_line: int = 0
    boss: Someone | None = None
    unit: str = ""
    note: str = ""
    given: dict[str, Json] = field(default_factory=dict)
    """What the file says of how they stand, and the account doesn't yet."""
    there: Mapping[str, Json] = field(default_factory=dict)
    """What the account says of it."""
    ids: set[str] = field(default_factory=set)
    """Ids that the file has for them."""

    @property
    def words(self) -> str:
        """What they are called."""
        return (self.title if self.seat else "") or self.name


class Alike(Struct, frozen=True):
    """Somebody who a contact may be; `sure` that nothing speaks against it."""

    person: Someone
    why: str
    sure: bool
    rank: tuple[int, int]
    """How much speaks for it: by what they are alike, and in how many fields they agree besides."""


_ID, _BOTH, _NAME, _SPELT, _EMAIL, _ALMOST, _CLOSE = range(7, 0, -1)
"""What two are alike by, the strongest first."""

_Known = dict[str, dict[Someone, None]]


class Index:
    """Finds people by what a contact says."""

    def __init__(self, people: Iterable[Someone] = (), contacts: Iterable[Contact] = ()) -> None:
        """Know people, and from the start all that the file says of a name, also further down."""
        self._ids: dict[str, Someone] = {}
        self._emails: _Known = defaultdict(dict)
        self._names: _Known = defaultdict(dict)
        self._written: dict[object, dict[Someone, None]] = defaultdict(dict)
        self._said: dict[object, dict[_Said, None]] = defaultdict(dict)
        self._seats: _Known = defaultdict(dict)
        self._free: dict[str, deque[Someone]] = defaultdict(deque)
        self._spellings: dict[int, Someone] = {}
        for contact in contacts:
            self._said[_written(contact.name)][_said(contact)] = None
        for person in people:
            self.add(person)

    def add(self, person: Someone) -> None:
        """Let a person be found by name, address and spelling, or a seat by its title."""
        if person.seat:
            self._seats[fold(person.words)][person] = None
            if person.known:
                self._free[fold(person.words)].append(person)
            return
        self._call(person, person.name, person.email)
        for spelling in _spellings(name_key(person.name)):
            self._spellings.setdefault(hash(spelling), person)
        self._said[_written(person.name)][_said(person)] = None

    def add_contact(self, person: Someone, contact: Contact) -> None:
        """Let a person be found by what a contact calls them, too."""
        if not person.seat:
            self._call(person, contact.name, contact.email)
        elif (free := self._free.get(fold(person.words))) and free[0] is person:
            free.popleft()
        if contact.id:
            person.ids.add(contact.id)
            self._ids.setdefault(contact.id, person)

    def _call(self, person: Someone, name: str, email: str) -> None:
        self._names[name_key(name)][person] = None
        self._written[_written(name)][person] = None
        if email:
            self._emails[fold(email)][person] = None

    def likely(self, contact: Contact) -> Alike | None:
        """Return who a contact most likely is, why, and whether that is sure; None when it's somebody new.

        Different ids in one file are different people. The same id, or the same name as it is written, is
        sure while no title and no address disagrees, and so is a close spelling with the same address.
        Titles before or behind the name, another order of its words, or two people who fit as well, are
        never sure.
        """
        if contact.seat:
            return self._seat(contact)
        close = self._close(contact)
        found = [self._alike(person, contact, person is close) for person in self._candidates(contact, close)]
        if not found:
            return None
        best = max(found, key=lambda each: each.rank)
        fit_as_well = sum(each.rank == best.rank for each in found)
        if best.sure and fit_as_well > 1 and best.rank < (_NAME, len(_COMPARED)):
            return replace(best, why=f"same name as {fit_as_well} people", sure=False)
        if best.sure and best.rank[0] == _NAME and self._fits_another(best.person, contact):
            return replace(best, why="same name as others", sure=False)
        return best

    def _fits_another(self, person: Someone, contact: Contact) -> bool:
        """Whether one of the two, as little as it says, might as well be somebody else of that name."""
        one, other = _said(person), _said(contact)
        both = tuple(mine or theirs for mine, theirs in zip(one, other, strict=True))
        known = islice(self._said[_written(contact.name)], _MOST_ALIKE)
        return any(
            _differ(said, both) and not (_differ(said, one) and _differ(said, other)) for said in known
        )

    def _seat(self, contact: Contact) -> Alike | None:
        """Return the seat of this title that no other line of the file has taken: each line is one seat."""
        free = self._free.get(fold(contact.name))
        return Alike(free[0], "same seat", sure=True, rank=(_ID, 0)) if free else None

    def _candidates(self, contact: Contact, close: Someone | None) -> Iterable[Someone]:
        found: dict[Someone, None] = {}
        if contact.id in self._ids:
            found[self._ids[contact.id]] = None
        found |= dict.fromkeys(islice(self._names.get(name_key(contact.name), ()), _MOST_ALIKE))
        found |= dict.fromkeys(islice(self._emails.get(fold(contact.email), ()), _MOST_ALIKE))
        if close:
            found[close] = None
        return [each for each in found if not (contact.id and each.ids and contact.id not in each.ids)]

    def _alike(self, person: Someone, contact: Contact, close: bool) -> Alike:  # noqa: FBT001 - as found
        same_id = bool(contact.id) and contact.id in person.ids
        same_email = person in self._emails.get(fold(contact.email), ())
        same_words = person in self._names.get(name_key(contact.name), ())
        same_name = person in self._written.get(_written(contact.name), ())
        against = [] if same_email else _disagreeing(person, contact)
        another = f", another {' and '.join(against)}" if against else ""
        match same_id, same_name, same_words, same_email:
            case True, True, _, _:
                why, sure, by = "same id and name", True, _ID
            case True, _, _, _:
                why, sure, by = "same id, another name", False, _ID
            case _, True, _, True:
                why, sure, by = "same name", True, _BOTH
            case _, True, _, _:
                why, sure, by = f"same name{another}", not against, _ALMOST if against else _NAME
            case _, _, True, _:
                why, sure, by = f"{_apart(person, contact)}{another}", False, _SPELT
            case _, _, _, True:
                why, sure, by = "same email, another name", close, _EMAIL
            case _:
                why, sure, by = "close spelling", False, _CLOSE
        agree = sum(map(eq, _said(person), _said(contact)))
        return Alike(person, why, sure, (by, agree))

    def _close(self, contact: Contact) -> Someone | None:
        """Return somebody whose name is spelt much alike and whose address isn't another."""
        key, email = name_key(contact.name), fold(contact.email)
        for spelling in _spellings(key):
            person = self._spellings.get(hash(spelling))
            if person is None or (email and person.email and fold(person.email) != email):
                continue
            if SequenceMatcher(None, key, name_key(person.name), autojunk=False).ratio() >= CLOSE:
                return person
        return None

    def named(self, said: str) -> list[Someone]:
        """Return everybody who may be meant by an id, an address, a name or the title of a seat."""
        for text in manager_names(said):
            if text in self._ids:
                return [self._ids[text]]
            by_name = self._written.get(_written(text)) or self._names.get(name_key(text))
            if found := self._emails.get(fold(text)) or by_name or self._seats.get(fold(text)):
                return list(found)
        return []


_COMPARED: Final = ("title", "email")


_Said = tuple[str, ...]
"""What somebody's row says in the fields that are compared; "" where it says nothing."""


def _said(of: Someone | Contact) -> _Said:
    return tuple(fold(getattr(of, name)) for name in _COMPARED)


def _differ(one: _Said, other: _Said) -> bool:
    """Whether both say something, and not the same."""
    return any(mine and theirs and mine != theirs for mine, theirs in zip(one, other, strict=True))


def _disagreeing(person: Someone, contact: Contact) -> list[str]:
    """Return in what two differ where both say something."""
    told = zip(_COMPARED, _said(person), _said(contact), strict=True)
    return [name for name, mine, theirs in told if mine and theirs and mine != theirs]


def _written(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return what two names have in common that are the same but for case, accents and commas."""
    read = parsed(name)
    return read.words, frozenset(map(fold, read.beside))


def _apart(person: Someone, contact: Contact) -> str:
    """Say in what two names of the same words differ."""
    mine, theirs = parsed(person.name), parsed(contact.name)
    if mine.words != theirs.words:
        return "name the other way round"
    return f"same name but for {', '.join(dict.fromkeys((*mine.beside, *theirs.beside)))}"


def _spellings(key: str) -> Iterator[str]:
    """Yield a name, it without initials, and it with any one letter left out.

    Two names that differ by one letter (more, less, another, two swapped) have one of these in common.
    """
    if len(key) > _LONGEST:
        return
    yield key
    if bare := " ".join(word for word in key.split() if len(word) > 1):
        yield bare
    for place in range(len(key)):
        yield key[:place] + key[place + 1 :]
