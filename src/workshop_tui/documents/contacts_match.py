"""Who a contact may be already: the same name in any order, the same address, a close spelling."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from workshop_tui.domain.people import Stakeholder
from workshop_tui.domain.text import fold

CLOSE: Final = 0.9
"""How alike two spellings must be, as difflib measures it: about one letter in ten."""
_LONGEST = 40  # beyond it spellings aren't compared, or a hostile file would fill the memory

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Contact:
    """One row as it is understood; `manager` and `id` are as the file has them."""

    line: int
    name: str
    title: str = ""
    email: str = ""
    manager: str = ""
    id: str = ""


@dataclass(slots=True, eq=False)
class Someone:
    """A person while a file is read: one of the account's (`known`), or new."""

    name: str
    title: str = ""
    email: str = ""
    known: Stakeholder | None = None
    line: int = 0
    manager: str = ""
    manager_line: int = 0
    boss: Someone | None = None


@functools.lru_cache(maxsize=1024)
def name_key(name: str) -> str:
    """Return the folded words of a name in alphabetical order, so that «Pires, Ana» is «Ana Pires»."""
    return " ".join(sorted(_WORD.findall(fold(name))))


class Index:
    """Finds people by what a contact says."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._ids: dict[str, Someone] = {}
        self._emails: dict[str, list[Someone]] = defaultdict(list)
        self._names: dict[str, list[Someone]] = defaultdict(list)
        self._spellings: dict[int, Someone] = {}

    def add(self, person: Someone) -> None:
        """Let a person be found by name, address and spelling."""
        self._put(self._names, name_key(person.name), person)
        self._put(self._emails, fold(person.email), person)
        for spelling in _spellings(name_key(person.name)):
            self._spellings.setdefault(hash(spelling), person)

    def also(self, person: Someone, contact: Contact) -> None:
        """Let a person be found by what a contact calls them, too."""
        self._put(self._names, name_key(contact.name), person)
        self._put(self._emails, fold(contact.email), person)
        if contact.id:
            self._ids.setdefault(contact.id, person)

    @staticmethod
    def _put(among: dict[str, list[Someone]], key: str, person: Someone) -> None:
        if key and person not in among[key]:
            among[key].append(person)

    def likely(self, contact: Contact) -> tuple[Someone, str, bool] | None:
        """Return who a contact most likely is, why, and whether that is sure; None when it's somebody new.

        Sure is a name that agrees while no address disagrees, or a close spelling with the same address.
        """
        key, email = name_key(contact.name), fold(contact.email)
        named = self._names.get(key, [])
        at = self._emails.get(email, []) if email else []
        open_ = (person for person in named if not (email and person.email))
        if person := next((p for p in named if p in at), None) or next(open_, None):
            return person, _why(person, contact), True
        close = self._close(key, email)
        if at:
            return at[0], "same email, another name", close is at[0]
        if named:
            return named[0], "same name, another email", False
        return (close, "close spelling", False) if close else None

    def _close(self, key: str, email: str) -> Someone | None:
        """Return somebody whose name is spelt much alike and whose address isn't another."""
        for spelling in _spellings(key):
            person = self._spellings.get(hash(spelling))
            if person is None or (email and person.email and fold(person.email) != email):
                continue
            if SequenceMatcher(None, key, name_key(person.name), autojunk=False).ratio() >= CLOSE:
                return person
        return None

    def named(self, said: str) -> list[Someone]:
        """Return everybody who may be meant by an id, an address or a name."""
        if said in self._ids:
            return [self._ids[said]]
        return self._emails.get(fold(said)) or self._names.get(name_key(said)) or []


def _why(person: Someone, contact: Contact) -> str:
    ordered = (_WORD.findall(fold(each.name)) for each in (person, contact))
    return "same name" if next(ordered) == next(ordered) else "name the other way round"


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
