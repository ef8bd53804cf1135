"""Names in the capture line: found by the start of any of their words, accents left out or not."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from workshop_tui.domain.base.dates import format_day
from workshop_tui.domain.base.entity import (
    MULTILINE,
    PAST,
    Entity,
    Json,
    marks,
    references,
    referents,
    value_type,
)
from workshop_tui.domain.base.text import fold, initials, one_line
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, LabeledEnum, letters, letters_of
from workshop_tui.domain.model.account import Member, Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.model.value import GrowthStep, Target
from workshop_tui.domain.plan.plan import KIND, AccountPlan, audiences, display_name, referred_noun
from workshop_tui.domain.rules.decisions import short_id
from workshop_tui.domain.rules.growth import period_name
from workshop_tui.domain.rules.value import written

WORD_STARTS = re.compile(r"(?<!\w)\w|(?<=\s)\S")
_SAME: dict[str, tuple[type[Entity], ...]] = {
    "milestone": (Action,),
    "unit": (Stakeholder, GrowthStep),
    "competitor": (Stakeholder, Target),
}
"""Field of free words → the kinds among whose rows they are said again and again."""
_PEOPLE = (Member, Stakeholder)
_NEAR = 0.7
"""How alike a name is at the least to be what was meant."""
_SHORT = 3  # shorter words of a name, such as «de», tell nobody apart on a screen


class Slot(Struct, frozen=True):
    """A field that can be given in the capture line, and how a chip speaks of it."""

    kind: type[Entity]
    name: str
    says: str


class Candidate(Struct, frozen=True):
    """A value that a name may stand for, and what it is called."""

    value: str
    label: str
    also: str = ""
    """Another name of it, such as the firm behind a partner's id, or the title of a seat to be named."""
    letter: str = ""
    """By which it is chosen from a list of few."""
    initials: str = ""
    """Of a person, as narrow tables show them."""


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """Return a name folded; kept, as with each key that is typed all names are looked at."""
    return fold(name)


def is_free(slot: Slot) -> bool:
    """Whether any words will do: the field neither refers to a row nor has a list of values."""
    return value_type(slot.kind, slot.name) is str and slot.name != "visibility" and not _target(slot)


def is_prose(slot: Slot) -> bool:
    """Whether the words are of this row alone, so that none used before are offered or meant."""
    return is_free(slot) and MULTILINE in marks(slot.kind, slot.name)


def is_said_once(slot: Slot) -> bool:
    """Whether the words are those of this row, and no name that rows have in common, as a unit's."""
    return is_free(slot) and slot.name not in _SAME


def is_day(slot: Slot) -> bool:
    """Whether the value is a day."""
    return value_type(slot.kind, slot.name) is dt.date


def is_past(slot: Slot) -> bool:
    """Whether the value is a day on which something has been."""
    return PAST in marks(slot.kind, slot.name)


def is_period(slot: Slot) -> bool:
    """Whether the value is a quarter or a year."""
    return (slot.kind, slot.name) == (GrowthStep, "period")


def is_number(slot: Slot) -> bool:
    """Whether the value is a whole number."""
    return value_type(slot.kind, slot.name) is int


def is_money(slot: Slot) -> bool:
    """Whether the value is a sum of money."""
    return value_type(slot.kind, slot.name) is float


def in_words(view: AccountPlan, kind: type[Entity], name: str, value: Json) -> str:
    """Return a value as a chip says it; empty for none."""
    slot, of = Slot(kind, name, ""), value_type(kind, name)
    if value is None or value == "":
        said = ""
    elif _target(slot):
        said = view.name_of_ref(kind, name, str(value))
    elif is_day(slot):
        said = format_day(dt.date.fromisoformat(str(value)))
    elif is_period(slot):
        said = period_name(str(value))
    elif is_money(slot):
        said = written(float(value))
    elif issubclass(of, LabeledEnum):
        said = of(str(value)).label
    else:
        said = f"{value} days" if name == "rhythm_days" else str(value)
    return one_line(said)


def noun(slot: Slot) -> str:
    """Return what a name in this slot is the name of, as in «team member», «person» and «role»."""
    if _target(slot) and _target(slot) != Party.__name__:
        return referred_noun(slot.kind, slot.name)
    return "audience" if slot.name == "visibility" else slot.says


def candidates(view: AccountPlan, slot: Slot) -> tuple[Candidate, ...]:
    """Return what a name in this slot can stand for, in order; for free words those used before."""
    if _target(slot) == Party.__name__:
        return tuple(Candidate(party.id, party.short, party.id) for party in view.partners)
    if _target(slot):
        kinds = (KIND[target] for target in referents(slot.kind)[slot.name])
        rows = (row for kind in kinds for row in view.all(kind) if _is_there(row) and not _is_seat(view, row))
        first = {row.key[0]: row for row in reversed(tuple(rows))}  # of one id the first kind is meant
        return tuple(_standing_for(view, row) for row in reversed(first.values()))
    if slot.name == "visibility":
        firms = {party.id: party.short for party in view.partners}
        named = (ALLIANCE, CUSTOMER, *firms)
        keys = dict(zip(named, letters((ALLIANCE, CUSTOMER, *firms.values())), strict=True))
        return tuple(Candidate(who, who, firms.get(who, ""), keys.get(who, "")) for who in audiences(view))
    if is_prose(slot) or is_day(slot) or is_number(slot) or is_money(slot):
        return ()
    if is_free(slot):
        alike = _SAME.get(slot.name, ())
        said = dict.fromkeys(getattr(row, slot.name) for kind in alike for row in view.all(kind))
        return tuple(Candidate(text, text) for text in said if text)
    words: tuple[LabeledEnum, ...] = tuple(value_type(slot.kind, slot.name))
    found = zip(words, letters_of(words), strict=True)
    return tuple(Candidate(word.value, word.label, letter=letter) for word, letter in found)


def _standing_for(view: AccountPlan, row: Entity) -> Candidate:
    known_as = short_id(view, row) if isinstance(row, Decision) else display_name(view, row)
    name = getattr(row, row.NAME_FIELD, "") or known_as
    return Candidate(row.key[0], name, known_as, initials=initials(name) if isinstance(row, _PEOPLE) else "")


def _is_there(row: Entity) -> bool:
    return not (isinstance(row, Stakeholder) and row.left_on)


def _is_seat(view: AccountPlan, row: Entity) -> bool:
    """Whether a row is our name for somebody who isn't known: nobody of theirs is called that before them."""
    return view.audience == CUSTOMER and isinstance(row, Stakeholder) and row.placeholder


def _target(slot: Slot) -> str | None:
    return references(slot.kind).get(slot.name)


def chosen(found: Iterable[Candidate], typed: str) -> tuple[Candidate, ...]:
    """Return the one that a letter of a list chooses, else those that a name fits."""
    found = tuple(found)
    by_letter = tuple(each for each in found if typed and each.letter == typed.lower())
    return by_letter or matching(found, typed)


def matching(found: Iterable[Candidate], typed: str) -> tuple[Candidate, ...]:
    """Return those that a name fits: the whole name first, else the start of a word, initials, or the id."""
    found, key = tuple(found), fold(typed)
    if not key:
        return ()
    whole = tuple(each for each in found if key in _keys(each))
    started = whole or tuple(each for each in found if any(_begins(name, key) for name in _keys(each)))
    lettered = started or tuple(each for each in found if each.initials and fold(each.initials) == key)
    return lettered or tuple(each for each in found if each.value == typed)


def nearest_first(found: Iterable[Candidate], typed: str) -> tuple[Candidate, ...]:
    """Return those whose names are spelled nearly so before all others."""
    key = fold(typed)

    def is_far(each: Candidate) -> bool:
        names = (name for called in _keys(each) for name in (called, *called.split()))
        return all(alike(key, name) < _NEAR for name in names)

    return tuple(sorted(found, key=is_far))


def alike(typed: str, name: str) -> float:
    """Return how alike two spellings are, from 0 to 1."""
    from difflib import SequenceMatcher  # only needed once something is wrong

    return SequenceMatcher(None, typed, name).ratio()


def _keys(candidate: Candidate) -> Iterator[str]:
    return (folded(name) for name in (candidate.label, candidate.also) if name)


def _begins(name: str, key: str) -> bool:
    return name.startswith(key) or any(name.startswith(key, at.start()) for at in WORD_STARTS.finditer(name))


def shortest(found: Iterable[Candidate], wanted: Candidate, typed: str = "") -> str:
    """Return the shortest whole word of a name that stands for it alone, else the name, else the id.

    Words that go on as `typed` come first, so that Tab completes what stands there.
    """
    found, key = tuple(found), fold(typed)
    alone = [form for form in _forms(wanted) if matching(found, form) == (wanted,)]
    return min(
        alone,
        key=lambda form: (not fold(form).startswith(key), len(form) < _SHORT, len(form)),
        default=wanted.value,
    )


def _forms(candidate: Candidate) -> tuple[str, ...]:
    return (*candidate.label.split(), candidate.label)
