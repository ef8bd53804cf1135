"""What is typed to find something: words, the last of which may be begun, and what narrows the search."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from workshop_tui.domain.base.dates import Calendar, DateError
from workshop_tui.domain.base.text import clean_text, fold, one_of
from workshop_tui.domain.plan.plan import KIND
from workshop_tui.domain.search.said import SAID
from workshop_tui.domain.search.words import LONGEST, placed, words

_PART = re.compile(r'(?P<name>[^\W\d_]+):(?P<value>"[^"]*"?|\S*)|\S+')
_QUARTER = re.compile(r"(?:(?P<year>\d{4})-?)?q(?P<quarter>[1-4])(?: (?P<then>\d{4}))?")
_MONTH = re.compile(r"(?P<month>[a-z]{3,9})(?: (?P<year>\d{4}))?|(?P<iso>\d{4})-(?P<number>0[1-9]|1[0-2])")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
NARROWING: Final = ("kind", "who", "since", "acct")

LETTERS: Final = {
    "Stakeholder": "s",
    "Action": "a",
    "Answer": "v",
    "Parking": "p",
    "Decision": "d",
    "Risk": "r",
    "Meeting": "m",
    "Member": "t",
    "Reading": "e",
    "Objective": "o",
    "Question": "q",
    "Bullet": "f",
    **dict.fromkeys(("Approach", "ApproachStep", "CrmId"), "w"),
    **dict.fromkeys(("Target", "Proof", "Difference", "GrowthStep"), "u"),
    **dict.fromkeys(("Proposition", "Contribution", "Option"), "c"),
    **dict.fromkeys(("Goal", "Initiative", "Terms", "SteeringDate"), "g"),
    **dict.fromkeys(("Account", "Party", "Gate", "StageEntry", "Learnt", "Criterion"), "n"),
    **dict.fromkeys(("Session", "Chemistry", "Seal", "Erratum"), "n"),
}
"""Kind of a row → its letter: those of the capture line, and one for each other sort of thing."""

LETTERED: Final = {
    "s": "person",
    "a": "action",
    "v": "answer",
    "p": "parked",
    "d": "decision",
    "r": "risk",
    "m": "meeting",
    "t": "team member",
    "e": "evidence",
    "o": "objective",
    "q": "question",
    "f": "form",
    "w": "approach",
    "u": "value target",
    "c": "proposition",
    "g": "goal",
    "n": "account or session",
}
"""Each letter → what it stands for."""

_CALLED: Final = {
    "Stakeholder": "person",
    "Parking": "parked",
    "Bullet": "form",
    "Reading": "evidence",
    "Session": "purpose",
    "StageEntry": "stage",
}


class QueryError(ValueError):
    """What is typed can't be searched for; the message is one sentence."""


class Query(Struct, frozen=True):
    """What is looked for: all of it has to be so of a row."""

    words: tuple[str, ...] = ()
    """As `words` has them; the last may be the beginning of one."""
    kinds: frozenset[str] = frozenset()
    """Names of kinds; none is all."""
    who: tuple[str, ...] = ()
    """Beginnings of the names of somebody whom it is about or whose it is."""
    accounts: tuple[str, ...] = ()
    """Beginnings of an account's id or name; none is all."""
    since: dt.date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for."""
        return not (self.words or self.kinds or self.who or self.since)

    def marks(self, text: str) -> dict[str, list[tuple[int, int]]]:
        """Return each word of the query with the places where it stands in a text."""
        *whole, last = self.words or ("",)
        if text.isascii():  # as nearly all is: looking at each word takes five times as long
            plain = text.lower()
            found = {word: list(_places(plain, word)) for word in whole}
            if last:
                stand = {span for spans in found.values() for span in spans}
                found[last] = [span for span in _places(plain, last, begun=True) if span not in stand]
            return found
        found = {word: [] for word in self.words}
        for start, end, word in placed(text):
            if word in found:
                found[word].append((start, end))
            elif last and word.startswith(last):
                found[last].append((start, end))
        return found

    def fits(self, text: str) -> bool:
        """Whether a text has all the words."""
        *whole, last = self.words or ("",)
        if text.isascii() and last:
            plain = text.lower()
            begun = next(_places(plain, last, begun=True), None)
            return begun is not None and all(any(_places(plain, word)) for word in whole)
        there = set(words(text))
        return there.issuperset(whole) and (last in there or any(word.startswith(last) for word in there))

    def is_whole_in(self, text: str) -> bool:
        """Whether the last word stands in a text as it is, and not only begun."""
        last = self.words[-1] if self.words else ""
        if text.isascii():
            return bool(last) and any(_places(text.lower(), last))
        return last in words(text)


def _places(plain: str, word: str, *, begun: bool = False) -> Iterator[tuple[int, int]]:
    """Yield where a word stands in a text of plain small letters; `begun`: also those that it begins."""
    end, most = 0, len(plain)
    while (at := plain.find(word, end)) >= 0:
        end = at + len(word)
        is_begin = not (at and plain[at - 1].isalnum())
        if begun or len(word) == LONGEST:  # what is longer was cut
            while end < most and plain[end].isalnum():
                end += 1
        if is_begin and not (end < most and plain[end].isalnum()):
            yield at, end


def parse(typed: str, dates: Calendar) -> Query:
    """Return what is looked for; `kind:` and the like, of which the value isn't typed yet, say nothing.

    Raises:
        QueryError: a word that is to narrow the search isn't known, or its value.
    """
    said: list[str] = []
    kinds: set[str] = set()
    who: list[str] = []
    accounts: list[str] = []
    since: dt.date | None = None
    for part in _PART.finditer(clean_text(typed)):
        name, value = fold(part["name"] or ""), (part["value"] or "").strip('"').strip()
        if not name:
            said += words(part.group())
        elif not value:
            said += [] if name in NARROWING else words(name)
        elif name == "kind":
            kinds |= _kinds(value)
        elif name == "who":
            who.append(value)
        elif name == "acct":
            accounts.append(value)
        elif name == "since":
            since = _since(value, dates)
        else:
            raise QueryError(
                f"«{part['name']}:» narrows nothing: use {one_of(f'{each}:' for each in NARROWING)}."
            )
    again = dict.fromkeys(word for word in said[:-1] if word != said[-1])
    return Query((*again, *said[-1:]), frozenset(kinds), tuple(who), tuple(accounts), since)


def named(beginning: str, name: str) -> bool:
    """Whether a name is meant by its beginning, or by the beginnings of some of its words in their order."""
    wanted, rest = words(beginning), iter(words(name))
    return bool(wanted) and all(any(word.startswith(part) for word in rest) for part in wanted)


def kind_called(name: str) -> str:
    """Return what a row of a kind is called in short, by the kind's name."""
    return _CALLED.get(name) or KIND[name].VERBOSE_NAME


def kinds_told() -> Iterator[str]:
    """Yield what each kind of line is called, with its letter."""
    return (f"{word} {letter}" for letter, word in LETTERED.items())


def _kinds(value: str) -> set[str]:
    wanted = fold(value)
    by_letter = {kind for kind, letter in LETTERS.items() if letter == wanted}
    names = [kind.__name__ for kind in SAID]
    found = by_letter or {
        name
        for name in names
        if fold(name).startswith(wanted)
        or any(named(value, called) for called in (kind_called(name), KIND[name].VERBOSE_NAME))
    }
    if not found:
        raise QueryError(f"«{clean_text(value)}» is no kind of line: use {one_of(kinds_told())}.")
    return found


def _since(value: str, dates: Calendar) -> dt.date:
    """Return the day from which on something was said: a quarter, month or year is its first day."""
    said = fold(value)
    today = dates.today
    if found := _QUARTER.fullmatch(said):
        month, year = int(found["quarter"]) * 3 - 2, found["year"] or found["then"]
        return _first(int(year), month) if year else _last_such(month, today)
    if _YEAR.fullmatch(said):
        return _first(int(said), 1)
    if (found := _MONTH.fullmatch(said)) and (month := _month(found["month"] or "")):
        return _first(int(found["year"]), month) if found["year"] else _last_such(month, today)
    if found and found["iso"]:
        return _first(int(found["iso"]), int(found["number"]))
    try:
        return dates.parse(value, past=True)
    except DateError:
        raise QueryError(f"«{clean_text(value)}» is no day: use q2, mar, 2026, 10 mar or -2w.") from None


def _month(name: str) -> int:
    found: Iterable[int] = (n for n, month in enumerate(_MONTHS, 1) if name and month.startswith(name))
    return next(iter(found), 0)


def _first(year: int, month: int) -> dt.date:
    return dt.date(max(year, 1), month, 1)


def _last_such(month: int, today: dt.date) -> dt.date:
    return _first(today.year - (month > today.month), month)
