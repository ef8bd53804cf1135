"""A person taken out for good: which rows go with them, which texts name them, and what the journal keeps.

This is no Step: it rewrites what was, as if they had never been there. A word of theirs that another goes by
too stays where it stands alone, as nobody can tell whom it means.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.base.entity import WHOLE, Entity, Json, Key, holds_words, marks, referents
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.validation import as_kept, validated
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.lifecycle.seal import checksum, verify
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.people import Meeting, MeetingStakeholder, Stakeholder
from workshop_tui.domain.model.session import Erratum, Seal
from workshop_tui.domain.plan.plan import KIND, AccountPlan, must_go_with, rank_after
from workshop_tui.domain.plan.step import Add, Change, Remove, Set, Step, made, removal, set_field, target

MARK: Final = "[erased]"
PEOPLE: Final = (Stakeholder, Member)
Rows = frozenset[tuple[type[Entity], Key]]
"""Rows by kind and key."""

_SHORT: Final = 2
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
_NO_NAMES: Final = frozenset(
    {"dr", "prof", "mr", "mrs", "ms", "mx", "sir", "dame", "lord", "lady", "jr", "sr", "ii", "iii", "iv"}
    | {"phd", "md", "mba", "de", "del", "van", "von", "der", "den", "la", "le", "di", "da", "al", "bin"}
)
"""What stands in names without being one, folded."""
_PLAIN: Final = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"})


class NameWords(Struct, frozen=True, dict=True):
    """The words that name a person."""

    whole: frozenset[str] = frozenset()
    """Full names and addresses: found as whole words, blind to case."""
    alone: frozenset[str] = frozenset()
    """Given and family names: found as whole words, written as here."""

    def redacted(self, text: str, *, any_case: bool = False) -> str:
        """Return a text with a mark in the place of each name; `any_case`: of `alone` too, as in a draft."""
        pattern = self._in_any_case if any_case else self._pattern
        return pattern.sub(MARK, text) if pattern else text

    def stand_in(self, text: str, *, any_case: bool = False) -> bool:
        """Whether a text names the person."""
        pattern = self._in_any_case if any_case else self._pattern
        return bool(pattern and pattern.search(text))

    def without(self, others: Iterable[str]) -> NameWords:
        """Return these words but for those that stand in what others go by."""
        names = [*others]

        def is_free(words: NameWords) -> bool:
            return not any(words.stand_in(name) for name in names)

        return NameWords(
            frozenset(word for word in self.whole if is_free(NameWords(frozenset({word})))),
            frozenset(word for word in self.alone if is_free(NameWords(alone=frozenset({word})))),
        )

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return _compiled(_any_of(self.whole, "(?i:", ")"), _any_of(self.alone, "(?:", ")"))

    @cached_property
    def _in_any_case(self) -> re.Pattern[str] | None:
        return _compiled(_any_of(self.whole | self.alone, "(?i:", ")"))


def _any_of(words: Iterable[str], before: str, after: str) -> str:
    forms = {form for word in words for form in (word, _bare(word))}
    parts = (r"\s+".join(map(re.escape, form.split())) for form in sorted(forms, key=lambda f: (-len(f), f)))
    listed = "|".join(parts)
    return f"{before}{listed}{after}" if listed else ""


def _compiled(*parts: str) -> re.Pattern[str] | None:
    those = "|".join(part for part in parts if part)
    return re.compile(rf"(?<!\w)(?:{those})(?!\w)") if those else None


def _bare(word: str) -> str:
    """Return a word without its accents, as many type it."""
    parted = unicodedata.normalize("NFD", word.translate(_PLAIN))
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


def name_words(names: Iterable[str], emails: Iterable[str]) -> NameWords:
    """Return by which words people of these names are named: of one, its first and its last word too."""
    full = {name for name in names if name.strip()}
    alone = {word for name in full for word in _given_and_family(name)}
    several = {name for name in full if len(name.split()) > 1}
    return NameWords(
        frozenset(several | {email for email in emails if email.strip()}),
        frozenset(alone | {word.upper() for word in alone} | (full - several)),
    )


def _given_and_family(name: str) -> set[str]:
    words = [
        word
        for word in _WORD.findall(name)
        if len(word) >= _SHORT and fold(word.strip("'’-")) not in _NO_NAMES
    ]
    return {words[0], words[-1]} if len(words) > 1 else set()


class Sought(Struct, frozen=True, dict=True):
    """Who is to be taken out, over all accounts."""

    rows: frozenset[tuple[str, type[Entity], str]]
    """Account, kind and id of each row that is theirs."""
    names: frozenset[str]
    emails: frozenset[str] = frozenset()
    only: str = ""
    """The one account that is meant; empty for all."""
    has_namesakes: bool = False
    """Whether another has the same name, so that a row is not theirs by its name without their address."""

    @cached_property
    def words(self) -> NameWords:
        """By which words they are named."""
        return name_words(self.names, self.emails)

    def is_theirs(self, account: str, row: Entity) -> bool:
        """Whether a row is theirs: by its id unless another has it, as in an old backup, or by its name.

        An address alone does not do, as several may share a mailbox.
        """
        if not isinstance(row, PEOPLE):
            return False
        if (account, type(row), row.id) in self.rows:
            return self.words.stand_in(f"{row.name}\n{row.email}")
        if self.only:
            return False
        has_name = fold(row.name) in {fold(name) for name in self.names}
        has_email = bool(row.email) and fold(row.email) in {fold(email) for email in self.emails}
        if self.has_namesakes:
            return has_name and has_email
        return has_name or (has_email and NameWords(alone=self.words.alone).stand_in(row.name))


def people_of(sought: Sought, account: str, rows: Iterable[Entity]) -> Rows:
    """Return which of some rows are theirs."""
    return frozenset((type(row), row.key) for row in rows if sought.is_theirs(account, row))


def words_here(sought: Sought, people: Rows, plan: AccountPlan) -> NameWords:
    """Return by which words they are named in an account; where they are none of its people, by the whole."""
    words = sought.words if people else NameWords(sought.words.whole)
    return words.without(names_of_others(plan, people))


def names_of_others(plan: AccountPlan, people: Rows) -> Iterator[str]:
    """Yield by what all others go: people, firms, the account."""
    those: tuple[Stakeholder | Member, ...] = (*plan.all(Stakeholder), *plan.all(Member))
    for row in those:
        if (type(row), row.key) not in people:
            yield from (row.name, row.email)
    for party in plan.all(Party):
        yield from (party.name, party.short)
    yield from (account.name for account in plan.all(Account))


class PersonErasure(Struct, frozen=True):
    """What is to be taken out of one account."""

    people: Rows
    words: NameWords
    record: Callable[[str], str] = str
    """Takes it out of a sealed record."""

    def redacted(self, kind: type[Entity], name: str, value: Json) -> Json:
        """Return the value of a field without the words that name them, as long as the field takes it."""
        if not isinstance(value, str) or not holds_words(kind, name):
            return value
        text = self.words.redacted(value)
        most = min((m.max_length for m in marks(kind, name) if getattr(m, "max_length", None)), default=None)
        return value if text == value else as_kept(kind, name, text[:most])


def erasing(plan: AccountPlan, erasure: PersonErasure) -> tuple[Change, ...]:
    """Return the changes by which nothing in a plan is about some people or names them."""
    leaving = [row for row in plan if (type(row), row.key) in erasure.people]
    gone = {target(change) for change in removal(plan, *leaving) if isinstance(change, Remove)}
    about = {(kind.__name__, "/".join(key)) for kind, key in gone}
    leaving += [row for row in plan.all(Erratum) if (row.kind, row.row) in about]
    taken_out = removal(plan, *leaving)
    gone |= {target(change) for change in taken_out if isinstance(change, Remove)}
    staying = (row for row in plan if (type(row), row.key) not in gone)
    return (*(change for row in staying for change in _redacting(row, erasure)), *taken_out)


def _redacting(row: Entity, erasure: PersonErasure) -> Iterator[Change]:
    kind = type(row)
    if isinstance(row, Seal):
        sealed = _resealed(row, erasure)
        yield from set_field(row, "record", sealed.record)
        yield from set_field(row, "sha256", sealed.sha256)
    for name in kind.fields:
        if WHOLE not in marks(kind, name) and name not in kind.KEY:
            old = row.plain_value(name) if holds_words(kind, name) else None
            if (new := erasure.redacted(kind, name, old)) != old:
                yield Set(kind, row.key, name, old, new)


def _resealed(seal: Seal, erasure: PersonErasure) -> Seal:
    """Return a seal with its record redacted; one that did not match its checksum still doesn't."""
    record = erasure.record(seal.record)
    if record == seal.record:
        return seal
    sha = seal.sha256 if verify(seal) else checksum(record)
    return replace(seal, record=record, sha256=sha)


def noted(  # noqa: PLR0913 - what an erratum says
    plan: AccountPlan, seal: str, people: Rows, *, erratum: str, by: str, at: dt.datetime
) -> Erratum:
    """Return what stands beside a seal whose record was redacted, for whoever knew of the person.

    Raises Refused where what `by` says is longer than a line.
    """
    gone = [row for kind, key in people if (row := plan.get(kind, *key))]
    seen_by = {getattr(row, "visibility", CUSTOMER) for row in gone}
    said = {"kind": "Person", "row": "-", "name": "name", "old": "what was said of a person", "new": MARK}
    why = {"by": by, "why": "erased for good, and sealed anew", "at": at}
    place = {"id": erratum, "rank": rank_after(plan.all(Erratum)), "seal": seal}
    return made(
        Erratum, {**place, **said, **why, "visibility": CUSTOMER if CUSTOMER in seen_by else ALLIANCE}
    )


def redacted_seals(changes: Iterable[Change]) -> tuple[str, ...]:
    """Return the ids of the seals whose records some changes redact."""
    return tuple(c.key[0] for c in changes if isinstance(c, Set) and (c.kind, c.name) == (Seal, "record"))


def texts_changed(changes: Iterable[Change]) -> int:
    """Return in how many texts of others some changes take a name out."""
    return sum(isinstance(c, Set) and holds_words(c.kind, c.name) for c in changes)


def past_rows(steps: Iterable[Step]) -> Iterator[Entity]:
    """Yield every row that ever came or went."""
    for step in steps:
        yield from (change.row for change in step.changes if isinstance(change, Add | Remove))


def gone_rows(steps: Iterable[Step], plan: AccountPlan) -> Iterator[Entity]:
    """Yield every row that came and went; one that is there may be another's by now, whatever it was."""
    return (row for row in past_rows(steps) if plan.get(type(row), *row.key) is None)


def erased_history(
    steps: Iterable[Step], before: AccountPlan, after: AccountPlan, erasure: PersonErasure
) -> tuple[Step, ...]:
    """Return a journal as if they had never been there: it still leads to the plan `after`.

    Each Step keeps its number, also where nothing of it is left.
    """
    journal = tuple(steps)
    past = _Past(journal, before, after, erasure)
    return tuple(replace(step, changes=tuple(past.kept(step.changes))) for step in journal)


class _Past:
    """Which rows never were, and to whom rows that stay never referred."""

    def __init__(
        self, steps: tuple[Step, ...], before: AccountPlan, after: AccountPlan, erasure: PersonErasure
    ) -> None:
        self._after, self._erasure = after, erasure
        self._referred = _ever_referred(steps, (*before, *after))
        gone = {(type(row), row.key) for row in before if after.get(type(row), *row.key) is None}
        self._gone = self._with_what_hung_on(gone | erasure.people)

    def _with_what_hung_on(self, gone: set[tuple[type[Entity], Key]]) -> set[tuple[type[Entity], Key]]:
        """Return rows with all that could not be without them, also what is gone since long."""
        waiting = True
        while waiting:
            found = {
                row
                for (row, name), values in self._referred.items()
                if row not in gone
                and self._after.get(row[0], *row[1]) is None
                and must_go_with(row[0], name)
                and any(self._is_of(gone, row[0], name, value) for value in values)
            }
            found |= self._meetings_with_nobody(gone | found) - gone
            waiting = bool(found)
            gone = gone | found
        return gone

    def _meetings_with_nobody(
        self, gone: AbstractSet[tuple[type[Entity], Key]]
    ) -> set[tuple[type[Entity], Key]]:
        met: dict[str, set[bool]] = defaultdict(set)
        for (kind, key), _ in self._referred:
            if kind is MeetingStakeholder:
                met[key[0]].add((kind, key) in gone)
        held = {meeting for meeting, are_gone in met.items() if are_gone == {True}}
        return {(Meeting, (each,)) for each in held if self._after.get(Meeting, each) is None}

    def _is_of(
        self, gone: AbstractSet[tuple[type[Entity], Key]], kind: type[Entity], name: str, value: Any
    ) -> bool:
        """Whether a value refers to a row that is gone; of two kinds with one id the first is meant."""
        kinds = [KIND[each] for each in referents(kind).get(name, ())]
        if value is None or not kinds:
            return False
        there = next((each for each in kinds if self._after.get(each, value)), None)
        return there is None and any((each, (value,)) in gone for each in kinds)

    def kept(self, changes: Iterable[Change]) -> Iterator[Change]:
        """Yield what is left of a Step's changes."""
        for change in changes:
            kind, key = target(change)
            if (kind, key) in self._gone or self._is_erratum_of_gone(change):
                continue
            if isinstance(change, Set):
                yield from self._set(change)
            else:
                yield type(change)(self._row(change.row))

    def _is_erratum_of_gone(self, change: Change) -> bool:
        row = None if isinstance(change, Set) else change.row
        if not isinstance(row, Erratum) or row.kind not in KIND:
            return False
        return (KIND[row.kind], tuple(row.row.split("/"))) in self._gone

    def _set(self, change: Set) -> Iterator[Change]:
        kind, key, name = change.kind, change.key, change.name
        if self._is_pinned(kind, key, name):
            return
        old, new = (self._value(kind, name, value) for value in (change.old, change.new))
        if old != new:
            yield replace(change, old=old, new=new)

    def _row(self, row: Entity) -> Entity:
        kind = type(row)
        if isinstance(row, Seal):
            row = _resealed(row, self._erasure)
        values = {
            name: self._now(kind, row.key, name)
            if self._is_pinned(kind, row.key, name)
            else self._value(kind, name, value)
            for name, value in row.plain().items()
        }
        return row if values == row.plain() else validated(kind, values)

    def _value(self, kind: type[Entity], name: str, value: Json) -> Json:
        if self._is_of(self._gone, kind, name, value):
            return None
        return self._erasure.redacted(kind, name, value) if name not in kind.KEY else value

    def _is_pinned(self, kind: type[Entity], key: Key, name: str) -> bool:
        """Whether a row that stays once belonged to one that is gone: then it always was whose it is now."""
        return (
            must_go_with(kind, name)
            and self._after.get(kind, *key) is not None
            and any(
                self._is_of(self._gone, kind, name, value)
                for value in self._referred.get(((kind, key), name), ())
            )
        )

    def _now(self, kind: type[Entity], key: Key, name: str) -> Json:
        row = self._after.get(kind, *key)
        return row.plain_value(name) if row else None


def _ever_referred(
    steps: Iterable[Step], rows: Iterable[Entity]
) -> dict[tuple[tuple[type[Entity], Key], str], set[Any]]:
    """Return to what each row ever referred, by field."""
    found: dict[tuple[tuple[type[Entity], Key], str], set[Any]] = defaultdict(set)
    journal = tuple(steps)
    for row in (*rows, *past_rows(journal)):
        for name in referents(type(row)):
            found[(type(row), row.key), name].add(getattr(row, name))
    for step in journal:
        for change in step.changes:
            if isinstance(change, Set) and change.name in referents(change.kind):
                found[(change.kind, change.key), change.name] |= {change.old, change.new}
    return found
