"""What each piece of a capture line means in an account plan, to whoever looks at it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from workshop_tui.domain.base.entity import Entity, Json, optional, references, title_of
from workshop_tui.domain.base.text import clean_text, fold, shortened
from workshop_tui.domain.base.vocabulary import ALLIANCE, TOWARD_ALL, Sentiment
from workshop_tui.domain.capture.names import (
    Candidate,
    Slot,
    candidates,
    chosen,
    in_words,
    is_day,
    is_free,
    is_money,
    is_number,
    is_period,
    is_prose,
    matching,
    nearest_first,
    noun,
)
from workshop_tui.domain.capture.rows import (
    BESIDE_A_MEETING,
    BY,
    FIGURES,
    GRAMMAR,
    HIGHEST,
    Chip,
    Place,
    State,
    may_capture,
    may_give,
    new,
)
from workshop_tui.domain.capture.rows import SENTIMENT as SENTIMENT_SLOT
from workshop_tui.domain.capture.tokens import FELT, FIGURE, LETTERS, NO_DATE, SENTIMENT, Piece, may_be_words
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder, Tie
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused
from workshop_tui.domain.rules.firm_codes import firm_codes
from workshop_tui.domain.rules.value import amount

FEELINGS = {"+2": 2, "+1": 1, "=0": 0, "-1": -1, "-2": -2, "=?": None}
_NAMED = 3
SHORTEST = 2
"""Letters of a firm's code at the least, in front of a figure."""
_LISTED = 8
"""How many of what there is a refusal names: all where there are so few."""
_LONGEST_RHYTHM = 999
_NONE = frozenset({"?", "none"})
"""What takes a person or a value away, as in a cell."""
_NEW = ("milestone",)
"""Fields of free words of which a part means what is there, and anything else is told as new."""


class Meaning(Struct, frozen=True):
    """Where a value goes, the value, and what the chip says: what it is, and the value in words."""

    place: Place
    value: Json
    what: str
    said: str
    is_new: bool = False
    """Whether it is a name that nothing here has yet."""


KEPT_AS_TEXT = ", or press Enter again to keep it as text"
"""What a second Enter does with a name that nobody has, and with what means nothing in this line."""
NOT_HERE = "Not here"
"""Said first of what is not for those who look, in words that tell them nothing."""
LATER = "Enter puts the line aside for later"
"""What becomes of its line."""
MADE_TEXT = r", or \ in front makes it text"
"""What can be done with a sign of this line behind which nothing is known: no Enter takes it as words."""


class _Unread(Exception):  # noqa: N818 - a word of the capture line, as in «the token stays unread»
    """A piece has no meaning: what is wrong, and what to do about it (empty: it just stays text)."""

    def __init__(
        self, what: str, cure: str = "", *, final: bool = False, asked: bool = False, closed: bool = False
    ) -> None:
        """Say too if it is `final`: nothing makes it text; or `asked`: a second Enter keeps it as text.

        `closed` is what is not for this audience, whatever it means: that is final, too.
        """
        super().__init__(what)
        self.what, self.cure, self.asked, self.closed = what, cure, asked, closed
        self.final = final or closed

    def chip(self, piece: Piece, *, keep: bool) -> Chip:
        """Return what is told of a piece; `keep` is the second Enter."""
        text = shortened(piece.text)
        if not self.cure or (self.asked and keep and not self.final):
            return Chip(text, State.FLAGGED, piece.start, piece.end, f"{self.what}: it stays text.")
        otherwise = "" if self.final else KEPT_AS_TEXT if self.asked else MADE_TEXT
        why = f"{self.what}: {self.cure}{otherwise}."
        is_asked = self.asked and not self.final
        return Chip(text, State.REFUSED, piece.start, piece.end, why, otherwise, is_asked=is_asked)


class Reader:
    """Reads the pieces of one line one by one into values, chips and words that stay text."""

    def __init__(
        self, kind: type[Entity], view: AccountPlan, audience: str, *, keep: bool, is_chosen: bool = True
    ) -> None:
        self.kind, self.view, self.audience, self.keep = kind, view, audience, keep
        self._is_chosen = is_chosen
        """Whether the kind was typed, and not only that of the block."""
        self.given: dict[Place, Json] = {}
        self.words: list[str] = []
        self.chips: list[Chip] = []
        self._ends_at_token = False
        self.is_closed = False
        """Whether a piece is not for the audience, whatever it means."""
        self.meanings: list[Meaning | None] = []
        """What each chip means; None where it means nothing."""

    def read(self, pieces: Iterable[Piece]) -> None:
        """Read all pieces in their order."""
        end_of_token = end_of_text = -1
        self._ends_at_token = False
        for piece in pieces:
            if piece.text == "," and piece.start == end_of_token:
                self._comma()
            elif (piece.means or self._is_felt(piece)) and self._is_token(piece):
                end_of_token = piece.end
                self._ends_at_token = True
            elif piece.start == end_of_text:
                self.words[-1] += piece.text
            else:
                self.words.append(piece.text)
                end_of_text = piece.end
                self._ends_at_token = False

    @property
    def text(self) -> list[str]:
        """The words that stay text, without a comma at their end that only parts them from a sign."""
        *before, last = self.words or [""]
        is_name = self.kind is Stakeholder and not any(ends_name(word) for word in before)
        if not self._ends_at_token or not ends_name(last) or is_name:
            return self.words
        return [*before, last[:-1]]

    def _comma(self) -> None:
        """Keep the comma behind a token only where it ends a person's name."""
        if self.kind is Stakeholder and not any(ends_name(word) for word in self.words):
            self.words.append(",")

    def _is_felt(self, piece: Piece) -> bool:
        """Whether a word is the code of a firm with the key by which a cell takes a sentiment, as in psx.

        In front of a figure the code may be short, as in br1: in front of a letter many a word begins so.
        """
        felt = re.fullmatch(FELT, piece.text) if self.kind is Stakeholder and not piece.sign else None
        if felt is None:
            return False
        codes = {name for names in self._toward.values() for name in names}
        starts = len(felt["code"]) >= SHORTEST and felt["key"].isdigit() and felt["code"].isalpha()
        return fold(felt["code"]) in codes or (starts and bool(self._fitting(felt["code"])))

    def _is_token(self, piece: Piece) -> bool:
        try:
            meaning = self._once(piece, self._meaning(piece))
        except _Unread as unread:
            chip = unread.chip(piece, keep=self.keep)
            self.is_closed = self.is_closed or unread.closed
            self.chips.append(chip)
            self.meanings.append(None)
            return chip.state is State.REFUSED
        if meaning is None:
            return False
        self.given[meaning.place] = meaning.value
        told = f"{'new ' if meaning.is_new else ''}{meaning.what} {meaning.said}"
        state = State.NOTED if meaning.is_new else State.OK
        self.chips.append(Chip(told, state, piece.start, piece.end))
        self.meanings.append(meaning)
        return True

    def _once(self, piece: Piece, meaning: Meaning | None) -> Meaning | None:
        if meaning and meaning.place in self.given:
            raise _Unread(f"«{shortened(piece.text)}» is one too many", "take one out")
        return meaning

    def _meaning(self, piece: Piece) -> Meaning | None:
        """Return what a piece means, or None when it is text like any other; raises _Unread."""
        if piece.sign:
            slot = GRAMMAR[self.kind].get(piece.sign)
            if slot is None:
                raise self._other_kind(piece, *(slots[piece.sign] for slots in _having(piece.sign)))
            self._check_open(slot, piece)
            return self._valued(slot, piece)
        if found := re.fullmatch(FIGURE, piece.text):
            return self._figure(piece, found["which"].lower(), found["value"])
        if self._is_felt(piece) and (felt := re.fullmatch(FELT, piece.text)):
            return self._sentiment(piece, felt["code"], LETTERS[felt["key"].lower()])
        if found := re.fullmatch(SENTIMENT, piece.text):
            toward = found["toward"] or found["even"] or found["unknown"] or found["named"] or found["all"]
            typed = found["letter"] or found["key"] or ("?" if found["unknown"] else "0")
            return self._sentiment(piece, toward, found["value"] or LETTERS[typed.lower()])
        return None

    def _other_kind(self, piece: Piece, *slots: Slot) -> _Unread:
        """Return what is wrong with a piece that would give one of these fields in a line of another kind."""
        if slots and not any(may_give(slot, self.audience) for slot in slots):
            return self._closed(piece)
        is_word = bool(piece.sign) and not piece.value[:1].isalpha() and piece.value[:1] not in {'"', "^"}
        return _Unread(
            f"«{shortened(piece.text)}» means nothing in a {new(self.kind)}",
            "" if is_word else self._cure(piece),
            asked=True,
        )

    def _cure(self, piece: Piece) -> str:
        """Return what would do where a piece can't stand in a line of this kind."""
        says_whom = self.kind is Stakeholder and any(kind is not Tie for kind, _, _ in self.given)
        may_be_action = self.kind in {Answer, Stakeholder} and not self._is_chosen and not says_whom
        is_action = may_be_action and self._may_stand(piece, Action)
        return "a: in front makes it an action" if is_action else "take it out"

    def _may_stand(self, piece: Piece, kind: type[Entity]) -> bool:
        """Whether the sign of a piece may stand in a line of a kind before this audience."""
        slot = GRAMMAR[kind].get(piece.sign)
        return slot is not None and may_capture(kind, self.audience) and may_give(slot, self.audience)

    def _check_open(self, slot: Slot, piece: Piece) -> None:
        """Refuse what the audience may not see, in words that tell nothing.

        A sign that may stand in another line before them, as @ in an action, is to be put right here.
        """
        if may_give(slot, self.audience):
            return
        if any(self._may_stand(piece, kind) for kind in GRAMMAR):
            named = f"«{shortened(piece.text)}» can't stand in a {new(self.kind)}"
            raise _Unread(named, self._cure(piece), final=True)
        raise self._closed(piece)

    def _closed(self, piece: Piece) -> _Unread:
        """Return what is told of a piece that is not for the audience, whatever it means."""
        cure = f"take «{shortened(piece.text)}» out, or {LATER}"
        return _Unread(NOT_HERE, cure, closed=True)

    def _valued(self, slot: Slot, piece: Piece) -> Meaning:
        """Return what a sign says together with its value, by what the field holds."""
        if not piece.closed:
            raise _Unread(f"A quote is open behind {piece.sign}", 'close it with "')
        if is_day(slot) or is_period(slot):
            return self._in_time(slot, piece)
        value = clean_text(piece.value)
        if is_money(slot):
            return self._given(slot, self._money(value))
        if is_number(slot):
            return self._given(slot, self._days(slot, piece, value))
        return self._named(slot, piece, value)

    def _given(self, slot: Slot, value: Json, *, is_new: bool = False) -> Meaning:
        said = shortened(in_words(self.view, slot.kind, slot.name, value))
        return Meaning((slot.kind, "", slot.name), value, slot.says, said, is_new)

    def _in_time(self, slot: Slot, piece: Piece) -> Meaning:
        if not piece.value:
            example = "in:q3 2026 or in:2027" if is_period(slot) else f"a day, as in {piece.sign}5 jun"
            if piece.sign != BY:
                raise _Unread(piece.why, f"use {example}")
            no_date = NO_DATE.format(piece.text)
            raise _Unread(piece.why, "" if piece.why == no_date else "type another day")
        return self._given(slot, piece.value)

    def _money(self, typed: str) -> float | None:
        try:
            return amount(typed)
        except Refused as refused:
            what, _, cure = str(refused).rstrip(".").partition(": ")
            raise _Unread(what, cure) from None

    def _days(self, slot: Slot, piece: Piece, typed: str) -> int:
        """Return a rhythm in days."""
        if typed not in map(str, range(1, _LONGEST_RHYTHM + 1)):
            wrong = f"{title_of(slot.kind, slot.name)} can't be {shortened(typed)}"
            raise _Unread(wrong, f"use days, {piece.sign}1 to {piece.sign}{_LONGEST_RHYTHM}")
        return int(typed)

    def _named(self, slot: Slot, piece: Piece, value: str) -> Meaning:
        if slot.kind is Tie and value.endswith("?"):
            return self._without_owner(slot, value[:-1])
        if fold(value) in _NONE and optional(slot.kind, slot.name) and not is_free(slot):
            return Meaning((slot.kind, "", slot.name), None, slot.says, "none")
        if is_free(slot) and value:
            known = "" if is_prose(slot) else self._known(slot, value)
            may_be_new = slot.name in _NEW or bool(candidates(self.view, slot))
            return self._given(slot, known or value, is_new=may_be_new and not known)
        if piece.sign.endswith(":") and references(slot.kind).get(slot.name) == Stakeholder.__name__:
            value = value.removeprefix("^")
        named = self._one(slot, value)
        member = self.view.get(Member, named.value) if slot.kind is Tie else None
        part = member.party if member else named.value if slot.kind in BESIDE_A_MEETING else ""
        return Meaning((slot.kind, part, slot.name), named.value, slot.says, shortened(named.label))

    def _without_owner(self, slot: Slot, firm: str) -> Meaning:
        """Return what takes the owner of a firm's tie away, as in @ps?."""
        firms = [party.id for party in self.view.partners]
        found = [party for party in self._fitting(firm) if party in firms] if firm else firms
        if len(found) != 1:
            wrong = f"«@{shortened(firm)}?» fits {' and '.join(found) or 'no firm here'}"
            raise _Unread(wrong, f"say whose owner goes, as in @{firms[0] if firms else 'firm'}?")
        return Meaning((slot.kind, found[0], slot.name), None, slot.says, "none")

    def _known(self, slot: Slot, typed: str) -> str:
        """Return what was used before that these words mean; empty for new words.

        A part of a milestone means the one that is there; of a unit there may be a part.
        """
        there = candidates(self.view, slot)
        if any(each.value == typed for each in there):
            return typed
        if slot.name in _NEW:
            return self._one(slot, typed).value if matching(there, typed) else ""
        return next((each.value for each in there if fold(each.value) == fold(typed)), "")

    def _one(self, slot: Slot, typed: str) -> Candidate:
        there = candidates(self.view, slot)
        found = chosen(there, typed)
        is_name = slot.name in references(slot.kind)
        if not found:
            names = _names(nearest_first(there, typed), len(there) if len(there) <= _LISTED else _NAMED)
            raise _Unread(
                f"No {noun(slot)} «{shortened(typed)}»", names or "there is none yet", asked=is_name
            )
        if len(found) > 1:
            raise _Unread(
                f"«{shortened(typed)}» fits {_names(found, _NAMED)}", "type more of it", asked=is_name
            )
        return found[0]

    def _figure(self, piece: Piece, which: str, typed: str) -> Meaning:
        slot = FIGURES[which]
        if self.kind is not slot.kind:
            raise self._other_kind(piece, slot)
        self._check_open(slot, piece)
        highest = HIGHEST[slot.kind]
        if typed not in map(str, range(1, highest + 1)):
            wrong = f"{slot.says.capitalize()} can't be {shortened(typed)}"
            raise _Unread(wrong, f"use {which}1 to {which}{highest}")
        return Meaning((slot.kind, "", slot.name), int(typed), slot.says, typed)

    @property
    def _toward(self) -> dict[str, tuple[str, ...]]:
        """By whose code a sentiment is typed, and what else it is called, folded: as over the tables, too."""
        codes = firm_codes(self.view)
        firms = {p.id: (fold(p.id), fold(p.short), fold(codes[p.id])) for p in self.view.partners}
        return {TOWARD_ALL: (TOWARD_ALL, ALLIANCE), **firms}

    def _fitting(self, typed: str) -> tuple[str, ...]:
        """Return whom a code, a short name or the start of one means."""
        key = fold(typed)
        whole = tuple(party for party, names in self._toward.items() if key in names)
        return whole or tuple(
            party for party, names in self._toward.items() if any(name.startswith(key) for name in names)
        )

    def _sentiment(self, piece: Piece, typed: str, sign: str) -> Meaning | None:
        is_doubtful = may_be_words(piece.text)
        if self.kind is not Stakeholder:
            if is_doubtful:
                return None
            is_open = may_give(SENTIMENT_SLOT, self.audience)
            known = {name for names in self._toward.values() for name in names}
            if fold(typed) in (self._toward if is_open else known):
                raise self._other_kind(piece, SENTIMENT_SLOT)
            return None
        fitting = self._fitting(typed)
        if not fitting and (is_doubtful or (piece.text.endswith("0") and piece.text[-2].isalpha())):
            return None
        if len(fitting) != 1:
            if not may_give(SENTIMENT_SLOT, self.audience):
                raise self._closed(piece) if fitting else self._other_kind(piece)
            named = f"«{shortened(typed)}»"
            wrong = f"{named} fits {' and '.join(fitting)}" if fitting else f"{named} is no partner here"
            raise _Unread(wrong, f"use {', '.join(self._toward)}")
        (toward,) = fitting
        self._check_open(SENTIMENT_SLOT, piece)
        sign = sign.replace("−", "-")
        if sign not in FEELINGS:
            raise _Unread(f"Sentiment can't be {sign}", "use +2, +1, =0, -1, -2 or =?")
        value = FEELINGS[sign]
        whom = "alliance" if toward == TOWARD_ALL else toward
        return Meaning((SENTIMENT_SLOT.kind, toward, SENTIMENT_SLOT.name), value, whom, feeling(value))


def _having(sign: str) -> Iterator[Mapping[str, Slot]]:
    """Yield the grammar of each kind of line that has a sign."""
    return (slots for slots in GRAMMAR.values() if sign in slots)


def _names(found: Sequence[Candidate], most: int) -> str:
    """Return the names of candidates, up to so many."""
    more = f" and {len(found) - most} more" if len(found) > most else ""
    return ", ".join(shortened(each.label) for each in found[:most]) + more


def feeling(value: int | None) -> str:
    """Return a sentiment as a chip says it."""
    return "unknown" if value is None else Sentiment(value).sign.strip()


def ends_name(word: str) -> bool:
    r"""Whether a person's name ends with this word: at a comma that no `\` makes text."""
    return word.endswith(",") and not word.endswith("\\,")
