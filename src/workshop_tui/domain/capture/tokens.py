r"""The capture line taken apart into words, and put together again.

A sign counts only at the start of a word and followed by no space, and so does a name of a field with its
colon, as in `unit:Risk`; a value of several words is quoted; `\` in front of a word that would mean something
makes it text; a due date is the last `by` that a whole known date follows. Knows the grammar, and nothing of
any account.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.base.dates import EXAMPLES, Calendar, DateError, begins_date
from workshop_tui.domain.base.validation import as_kept
from workshop_tui.domain.capture.names import Slot, is_day, is_past, is_period
from workshop_tui.domain.capture.rows import BY, FIGURES, GRAMMAR, PREFIXES
from workshop_tui.domain.rules.growth import is_period as is_written_period

_ALL_SIGNS = tuple(dict.fromkeys(sign for slots in GRAMMAR.values() for sign in slots if sign != BY))
SIGNS = "".join(sign for sign in _ALL_SIGNS if not sign.endswith(":"))
NAMED = tuple(sign for sign in _ALL_SIGNS if sign.endswith(":"))
"""The names of fields that stand before a value as signs do, as in unit:Risk."""

NO_DATE = f"No date that we know follows «{{}}», such as {EXAMPLES}"

_DATE_WORDS = 6  # as in «fri 1 / 12 / 2026»
# The patterns are texts, which `re` compiles when they are first used, and keeps: to do so takes long.
_GOES_ON = "(?i)[0-9]+(?:st|nd|rd|th)?[.,]?"
_FIGURES = 2  # of a short year
_ON = "on"
"""What may stand before a day."""

_GAPS = " \t\r\n\v\f\x85\u2028\u2029"  # what clean_text makes a space
_GAP = f"[{_GAPS}]"
_WORD = f"[^{_GAPS}]+"
_NAME = rf"[{re.escape(SIGNS)}]|(?:{'|'.join(NAMED)})"
_SIGN = f"(?i){_NAME}"
_QUOTED = rf'(?i)(?P<sign>{_NAME})"(?P<value>(?:\\["\\]|"(?!,?(?:{_GAP}|\Z))|[^"])*+)(?P<close>"|\Z)'
_ESCAPE = r'\\(["\\])'
_SAID = rf'(?:(?<={_GAP})|\A)"(?P<said>[^"]*)(?P<close>"(?=[,.;]?(?:{_GAP}|\Z))|\Z)'
_PREFIX = rf"(?i){_GAP}*(?P<letter>[{''.join(PREFIXES)}]):"
LETTERS: Mapping[str, str] = {"2": "+2", "1": "+1", "0": "=0", "-": "-1", "−": "-1", "x": "-2", "?": "=?"}
"""By which key a cell takes a sentiment → the same behind a code."""
SENTIMENT = (
    r"(?i)(?P<toward>[A-Za-z0-9][A-Za-z0-9_-]*):?(?P<value>[-+−=][0-9]|=\?)|(?P<even>[A-Za-z]{2,}[A-Za-z_-]*)0"
    r"|(?P<unknown>[A-Za-z]{2,}[A-Za-z0-9_-]*)\?"
    rf"|(?P<named>[A-Za-z][A-Za-z0-9_-]*):(?P<letter>[{re.escape(''.join(LETTERS))}])|(?P<all>all(?:iance)?)(?P<key>[12x])"
)
"""As in ps+1, all=?, all0, all?, allx and ps:x; what has no sign before its last may be any other word."""
FELT = r"(?i)(?P<code>[A-Za-z0-9_-]+)(?P<key>[12x])"
"""As in psx: a word like any other, but where a firm has this very code."""
FIGURE = f"(?i)(?P<which>{'|'.join(FIGURES)})(?P<value>[0-9]+)"


class Piece(Struct, frozen=True):
    """A word of the line, or a sign with its value, and where it stands."""

    text: str
    """As typed, without the backslash that makes it text."""
    start: int
    end: int
    sign: str = ""
    value: str = ""
    """What follows the sign, without its quotes."""
    closed: bool = True
    """Whether a quote that was opened is closed."""
    why: str = ""
    """What is wrong with it, where that is known already."""
    means: bool = False
    """Whether it may mean something: it has a meaning by its form and was not escaped."""


def scan(line: str) -> tuple[Piece | None, tuple[Piece, ...]]:
    """Return the prefix such as `a:` (None without one) and the pieces behind it, in order."""
    found = re.match(_PREFIX, line)
    if not found:
        return None, tuple(_pieces(line, 0))
    letter = found["letter"].lower()
    return Piece(letter, found.start("letter"), found.end()), tuple(_pieces(line, found.end()))


def _pieces(line: str, at: int) -> Iterator[Piece]:
    a_word, in_quotes = re.compile(_WORD), re.compile(_QUOTED)
    while word := a_word.search(line, at):
        quoted = in_quotes.match(line, word.start())
        piece = _of_quoted(quoted) if quoted else _of_word(word)
        yield piece
        at = piece.end
        if piece.means and line[at : at + 1] == ",":
            yield Piece(",", at, at + 1)
            at += 1


def _of_quoted(found: re.Match[str]) -> Piece:
    value = re.sub(_ESCAPE, r"\1", found["value"])
    sign, is_closed = found["sign"].lower(), bool(found["close"])
    return Piece(found[0], found.start(), found.end(), sign, value, is_closed, means=True)


def _of_word(found: re.Match[str]) -> Piece:
    text, start, end = found[0], found.start(), found.end()
    if text[0] == "\\" and escapable(text[1:]):
        return Piece(text[1:], start, end)
    if text.endswith(",") and has_meaning(text[:-1]):
        text, end = text[:-1], end - 1
    piece = Piece(text, start, end, means=has_meaning(text))
    sign = sign_of(text)
    return replace(piece, sign=sign, value=text[len(sign) :]) if sign else piece


def may_be_words(word: str) -> bool:
    """Whether what has the form of a sentiment may as well be any other word, as «centre?» and «ratio:1»."""
    return bool(re.fullmatch(SENTIMENT, word)) and (":" in word or (word.endswith("?") and "=" not in word))


def sign_of(word: str) -> str:
    """Return the sign, or the name of a field with its colon, with which a word begins and goes on."""
    found = re.match(_SIGN, word)
    return found[0].lower() if found and len(word) > found.end() else ""


def has_meaning(word: str) -> bool:
    """Whether a word may mean something in some line: a sign, a field with its name, a sentiment …."""
    return bool(
        sign_of(word)
        or is_by(word)
        or re.fullmatch(SENTIMENT, word)
        or re.fullmatch(FIGURE, word)
        or re.match(_PREFIX, word)
    )


def is_by(word: str) -> bool:
    """Whether a word may announce a due date."""
    return word.lower() == BY


def escapable(word: str) -> bool:
    r"""Whether a `\` in front of this word is an escape; elsewhere it is a backslash like any other."""
    if word.startswith("\\"):
        return escapable(word.lstrip("\\"))
    return has_meaning(word) or (word.endswith(",") and has_meaning(word[:-1]))


def quoted(value: str) -> str:
    """Return a value as it is typed behind a sign: quoted where it has to be."""
    if value and not value.startswith('"') and not value.endswith(",") and re.fullmatch(_WORD, value):
        return value
    inner = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{inner}"'


def with_due(pieces: tuple[Piece, ...], dates: Calendar) -> tuple[Piece, ...]:
    """Return the pieces with the last `by` that a whole known date follows as one, its value the ISO day.

    A `by` without a value was to give a date and doesn't, since what follows begins as dates do, or no
    `by` of the line gives one. It takes nothing with it: what stands there stays text.
    """
    places = [at for at, piece in enumerate(pieces) if piece.means and is_by(piece.text)]
    behind = {at: _date_behind(pieces, at, dates) for at in places}
    whole = max((at for at, found in behind.items() if isinstance(found, tuple)), default=-1)
    marked = list(pieces)
    for at, found in behind.items():
        if isinstance(found, str) and (found or (whole < 0 and at == places[-1])):
            marked[at] = replace(pieces[at], sign=BY, why=found or NO_DATE.format(pieces[at].text))
    if isinstance(given := behind.get(whole), tuple):
        end, day = given
        due = replace(pieces[whole], end=pieces[end - 1].end, sign=BY, value=day.isoformat())
        marked[whole:end] = [due]
    return tuple(marked)


class _LastSuch(Calendar):
    """Where only a day that has been makes sense."""

    def parse(self, text: str, *, past: bool = True) -> dt.date:  # noqa: ARG002 - it is always one
        return super().parse(text, past=True)


def with_spans(pieces: tuple[Piece, ...], slots: Mapping[str, Slot], dates: Calendar) -> tuple[Piece, ...]:
    """Return the pieces with each day or period behind the name of its field as one, as in `left:5 jun`.

    Its value is what the field holds: the longest whole date, or a quarter or year; what is none stays in
    it, and says why.
    """
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        slot = slots.get(piece.sign) if piece.sign.endswith(":") and piece.means else None
        end = at + 1
        if slot and is_day(slot):
            end, piece = _day_behind(pieces, at, _last_such(dates) if is_past(slot) else dates)
        elif slot and is_period(slot):
            end, piece = _period_behind(pieces, at, slot)
        found.append(piece)
        if end > at + 1 and pieces[end - 1].text.endswith(","):
            comma = pieces[end - 1].end - 1
            found[-1:] = [replace(piece, end=comma), Piece(",", comma, comma + 1)]
        at = end
    return tuple(found)


def _last_such(dates: Calendar) -> Calendar:
    return _LastSuch(dates.today, dates.day_first, dates.week_start)


def _unsigned(pieces: tuple[Piece, ...], at: int) -> tuple[Piece, ...]:
    """Return the value of a piece and the words behind it, of which a quoted one has none."""
    first = replace(pieces[at], sign="", text=pieces[at].value, value="")
    is_quoted = pieces[at].text[len(pieces[at].sign) :].startswith('"')
    return (first,) if is_quoted else (first, *pieces[at + 1 : at + _DATE_WORDS])


def _day_behind(pieces: tuple[Piece, ...], at: int, dates: Calendar) -> tuple[int, Piece]:
    end, day = _date_from(_unsigned(pieces, at), 0, dates)
    if day is None:
        return at + 1, replace(pieces[at], value="", why=f"«{pieces[at].value}» is no date that we know")
    return at + end, replace(pieces[at], end=day.end, value=day.value, why=day.why)


def _period_behind(pieces: tuple[Piece, ...], at: int, slot: Slot) -> tuple[int, Piece]:
    """Return where a quarter or year ends, be it of two words, and the piece that says it."""
    words = list(takewhile(lambda piece: not piece.sign, _unsigned(pieces, at)))[:2]
    for count in range(len(words), 0, -1):
        said = " ".join(piece.text for piece in words[:count]).rstrip(",.;")
        if is_written_period(value := str(as_kept(slot.kind, slot.name, said))):
            return at + count, replace(pieces[at], end=words[count - 1].end, value=value)
    why = f"«{pieces[at].value}» is no quarter or year"
    return at + 1, replace(pieces[at], value="", why=why)


def date_in_words(pieces: tuple[Piece, ...], dates: Calendar) -> Piece | None:
    """Return the last date that ends the words, or those in front of a sign, though no `by` announces it.

    A date alone is all the words there are.
    """
    found, until = None, 0
    for at, piece in enumerate(pieces):
        if piece.sign or at < until:
            continue
        end, day = _date_from(pieces, at, dates)
        until = end if day else until
        if at and day and day.value and (end == len(pieces) or pieces[end].sign):
            found = day
    return found


def quoted_words(line: str) -> tuple[str, str, bool]:
    """Return the line with what stands in quotes as blanks, those words, and whether each quote is closed.

    A quote behind a sign is a name's. What is quoted is kept as it is: no sign in it means anything.
    """
    said, closed = [], True

    def blank(found: re.Match[str]) -> str:
        nonlocal closed
        said.append(found["said"].strip())
        closed = closed and bool(found["close"])
        return " " * len(found[0])

    return re.sub(_SAID, blank, line), " ".join(filter(None, said)), closed


def with_day(pieces: tuple[Piece, ...], dates: Calendar) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the pieces that are no date, and each date that stands for itself as one, its value the ISO day.

    Without its year it is the last such day; «on» or «by» in front says nothing more. A date that may go on,
    or is none of a calendar, says why in its piece, and has no value.
    """
    rest: list[Piece] = []
    days: list[Piece] = []
    at = 0
    while at < len(pieces):
        end, day = _date_from(pieces, at, _last_such(dates))
        if day is None:
            rest.append(pieces[at])
            at += 1
        else:
            if rest and rest[-1].text.lower() == _ON and not rest[-1].sign:
                rest.pop()  # as it says nothing without the day
            days.append(day)
            at = end
    return tuple(rest), tuple(days)


def _date_from(pieces: tuple[Piece, ...], at: int, dates: Calendar) -> tuple[int, Piece | None]:
    """Return where the longest date that begins here ends, and the date as a piece; None for no date."""
    words = [piece.text for piece in takewhile(lambda p: not p.sign, pieces[at : at + _DATE_WORDS])]
    for count in range(len(words), 0, -1):
        text, end = " ".join(words[:count]), at + count
        piece = replace(pieces[at], text=text, end=pieces[end - 1].end, means=True)
        try:
            day = _day(words[:count], dates)
        except DateError as error:
            return end, replace(piece, why=str(error).rstrip("."))
        if day:
            behind = pieces[end].text if end < len(pieces) and not pieces[end].sign else ""
            if _may_go_on(words[:count], behind, dates):
                return end, replace(piece, why=f"«{text} {behind}» may be another date")
            return end, replace(piece, value=day.isoformat())
    return at, None


def _date_behind(pieces: tuple[Piece, ...], at: int, dates: Calendar) -> tuple[int, dt.date] | str:
    """Return where the longest date behind a `by` ends, and the day; else what is wrong with it.

    What is wrong is empty where nothing there begins as dates do.
    """
    words = [piece.text for piece in takewhile(lambda p: not p.sign, pieces[at + 1 : at + 1 + _DATE_WORDS])]
    no_date = NO_DATE.format(pieces[at].text) if begins_date(" ".join(words)) else ""
    for count in range(len(words), 0, -1):
        try:
            day = _day(words[:count], dates)
        except DateError as error:
            return str(error).rstrip(".")
        if day:
            end = at + 1 + count
            behind = pieces[end].text if end < len(pieces) and not pieces[end].sign else ""
            return no_date if _may_go_on(words[:count], behind, dates) else (end, day)
    return no_date


def _day(words: Sequence[str], dates: Calendar) -> dt.date | None:
    """Return the day that words name, with or without the stop behind; raises DateError for no such day."""
    said = " ".join(words)
    for text in (said.rstrip(","), said.rstrip(",.;:!")):
        try:
            return dates.parse(text)
        except DateError as error:
            if error.has_form:
                raise
    return None


def _may_go_on(words: Sequence[str], behind: str, dates: Calendar) -> bool:
    """Whether a date may go on behind its end, as in «1 dec 260», or end sooner, as in «1 dec 26 people»."""
    is_short_year = len(words[-1]) == _FIGURES and words[-1].isdigit() and bool(_day(words[:-1], dates))
    return bool(re.fullmatch(_GOES_ON, behind) or (behind and is_short_year))
