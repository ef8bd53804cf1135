r"""The capture line: what one typed line adds to an account plan.

    Ana Pires, Head of Payments >Lindqvar @Rowan #user %driving ps+1 tech-1 inf4
    Send cost range @Lucía !Gideon by +2w ^Hale-Obi *"Cost range given" ~customer

Nothing is guessed: what is understood shows as chips, what is not is flagged or refused.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.base.dates import Calendar, DateError, format_day, is_weekday
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.text import clean_text, fold, shortened
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.capture.kinds import due_in, kind_said
from workshop_tui.domain.capture.names import folded, in_words
from workshop_tui.domain.capture.reader import (
    KEPT_AS_TEXT,
    LATER,
    NOT_HERE,
    Reader,
    ends_name,
    feeling,
)
from workshop_tui.domain.capture.rows import (
    BY,
    GRAMMAR,
    LIVES_IN_A_VIEW,
    PREFIXES,
    SENTIMENT,
    UNNAMED,
    Captured,
    Chip,
    Place,
    State,
    may_capture,
    may_give,
    new,
    told_together,
)
from workshop_tui.domain.capture.tokens import (
    NO_DATE,
    Piece,
    date_in_words,
    quoted_words,
    scan,
    with_day,
    with_due,
    with_spans,
)
from workshop_tui.domain.capture.whole_names import with_names
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import (
    Meeting,
    MeetingMember,
    MeetingStakeholder,
    Reading,
    Stakeholder,
    Tie,
)
from workshop_tui.domain.model.session import Decision, Parking, Risk
from workshop_tui.domain.model.value import Answer, Difference, GrowthStep, Question, Target
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Change, Refused, Set
from workshop_tui.domain.rules.difference import next_dimension
from workshop_tui.domain.rules.growth import period_after, quarter_of
from workshop_tui.domain.rules.people import latest_reading

LONGEST = 5_000
"""Characters that a line may have."""
NO_QUESTION = "no question"
"""What a chip says of an answer that is to no question."""
_NAMED = 3
_ASTRAY = 2
"""Signs up to which a whole line is rather keys that were meant for something else, as v8."""
_SOON = dt.timedelta(days=31)
"""Until when a day to come may be a meeting that is planned, and not one of the year before."""
_WORDS = re.compile(r"\w+")

_NOBODY = ("nobody of ours: add @…", State.FLAGGED)
_ALONE = "Nobody of ours was there as it stands: type @ and a name, so that the contact counts as theirs."

_ANY_ID = "x" * 32
"""What a row is called that is made only to see whether it can be."""
_ON_THEIR_SCREEN = (Answer, Decision, Parking)
"""Kinds that a screen before the customer goes through with them, row by row; an action only if theirs."""
_SAID_BY = (Answer, "", "stakeholder")
_ASKED = (Answer, "", "question")


def parse(  # noqa: PLR0913 - where the line is typed, by whom and when
    line: str,
    plan: AccountPlan,
    *,
    block: BlockKind,
    audience: str,
    dates: Calendar,
    lists: type[Entity] | None = None,
    keep_unknown: bool = False,
    about: str | None = None,
    question: str | None = None,
    room: tuple[str | None, str | None] = (None, None),
    asks: bool = False,
    session: str = "",
    is_shared: bool = False,
) -> Captured:
    """Return what a line says, as typed in a block by somebody who sees this projected plan.

    `lists` is the kind of row that the view lists in which it is typed. `keep_unknown` is the second Enter:
    what the first refused for being unknown or ambiguous is kept as text. `about` is the id of the
    stakeholder in focus, whose answer it is when the line names nobody; `question` that of the question it is
    to; `room` has those of the question and the person that the room is at meanwhile, on another screen:
    unless this one `asks` too, an answer of that person is to that question; `session` is that of the open
    session, whose sentiment a line changes; `is_shared` says that the customer looks at another screen.
    Never raises: what is wrong is in the chips and problems.
    """
    prefix, pieces = scan(line[:LONGEST])
    kind = kind_said(prefix, pieces, block, lists)
    if not may_capture(kind, audience):
        return _closed(kind, prefix, audience)
    if kind is Meeting:
        return _meeting(line, plan, audience, dates, keep=keep_unknown)
    reader = Reader(kind, plan, audience, keep=keep_unknown, is_chosen=bool(prefix))
    words = _joined(pieces, reader, dates)
    reader.read(words)
    given = {**_texts(kind, reader.text), **reader.given}
    if kind is Answer:
        given |= _answering(plan, given, dates.today, (question, about), (None, None) if asks else room)
    day = _unannounced(reader, words, dates)
    span = (prefix.start, prefix.end) if prefix else (0, 0)
    said = _Said(reader, given, span, dates.today, session, room, day, line.strip())
    first, there = _first_chip(said)
    unseen = _hidden_from(reader, given, is_shared=is_shared)
    letter = () if prefix else (*_letter_alone(reader, pieces), *_due_person(reader, pieces))
    chips = (first, *letter, *_chips(said, there), *unseen) if pieces else ()
    captured = Captured(
        kind,
        given,
        chips,
        told_together(chips),
        audience,
        there=there.key[0] if there else "",
        proposes=f"~{CUSTOMER}" if unseen else "",
        date_at=day.start if day else -1,
        is_closed=reader.is_closed,
        dates=dates,
    )
    missing, follows = _tried(captured, plan, line, session)
    return replace(captured, chips=(*chips, *follows), problems=told_together(chips, missing))


class _Said(Struct, frozen=True):
    """A line that is read, with all that is told of it besides."""

    reader: Reader
    given: dict[Place, Json]
    span: tuple[int, int]
    """Where its prefix stands."""
    today: dt.date
    session: str
    room: tuple[str | None, str | None]
    day: Piece | None
    """The date that stands in the words, and could be when it is due."""
    line: str


def _joined(pieces: Sequence[Piece], reader: Reader, dates: Calendar) -> tuple[Piece, ...]:
    """Return the pieces with names and dates of several words as one each."""
    slots = GRAMMAR[reader.kind]
    found = with_spans(with_names(pieces, slots, reader.view), slots, dates)
    return with_due(found, dates) if BY in slots else found


def _answering(
    plan: AccountPlan,
    given: dict[Place, Json],
    today: dt.date,
    focus: tuple[str | None, str | None],
    room: tuple[str | None, str | None],
) -> dict[Place, Json]:
    """Return when an answer was heard, whose it is and to what, where the line doesn't say.

    It is to the question in focus and of that person, or else to what the `room` asks of whom it is.
    """
    question, about = focus
    if all(room):  # what a cursor in a list stands on is asked of nobody
        question, about = room if given.get(_SAID_BY) in {None, room[1]} else (None, None)
    found: dict[Place, Json] = {(Answer, "", "heard_on"): today.isoformat()}
    if about and _SAID_BY not in given and plan.get(Stakeholder, about):
        found[_SAID_BY] = about
    if question and plan.get(Question, question):
        found[_ASKED] = question
    return found


def _chips(said: _Said, there: Entity | None) -> Iterator[Chip]:
    """Yield what is told of a line behind what it makes or, of what is `there` already, changes."""
    reader, given, span = said.reader, said.given, said.span
    if reader.kind is Answer:
        yield from _asked(reader.view, given, span)
        yield from _asked_in_room(reader.view, given, span, *said.room)
    words = _words_shown(reader.kind, given, span, is_there=bool(there))
    yield from _if_long_enough(reader, words) if len(said.line) <= _ASTRAY else words
    if not there:
        yield from _needed(reader, given, span, said.today)
        yield from _same_there(reader, given, span)
    yield from _compared(reader, there, given, said.session) if there else _told_of_signs(reader)
    if said.day:
        yield _chip_of_unannounced(said.day)
    yield from _settled(given, span)


def _told_of_signs(reader: Reader) -> Iterator[Chip]:
    """Yield the chips of the signs of a new row; whose answer it is is what the first chip says."""
    for chip, meaning in zip(reader.chips, reader.meanings, strict=True):
        if meaning is None or meaning.place != _SAID_BY:
            yield chip


def _same_there(reader: Reader, given: dict[Place, Json], span: tuple[int, int]) -> Iterator[Chip]:
    """Yield what is said of a line in the very words of one that is there, of the same person if of one."""
    kind, words = reader.kind, folded(str(given[reader.kind, "", reader.kind.NAME_FIELD]))
    same = (row for row in reader.view.all(kind) if words and folded(row.words) == words)
    if kind is Action:
        same = (row for row in same if isinstance(row, Action) and row.status.is_open)
    elif kind is Answer:
        same = (row for row in same if isinstance(row, Answer) and row.stakeholder == given.get(_SAID_BY))
    elif kind not in {Parking, Decision, Risk}:
        return
    if any(same):
        what = (
            "An open action" if kind is Action else f"{'An' if kind is Answer else 'A'} {kind.VERBOSE_NAME}"
        )
        why = f"{what} says just this already: Enter adds it once more."
        yield Chip("there already", State.FLAGGED, *span, why)


def _settled(given: dict[Place, Json], span: tuple[int, int]) -> Iterator[Chip]:
    """Yield what is told of a parked item for which the line leaves nothing to be settled."""
    if given.get((Parking, "", "owner")) and given.get((Parking, "", "due")):
        yield Chip("settled: it has an owner and a day", State.NOTED, *span)


def is_without_date(chip: Chip) -> bool:
    """Whether a chip says of a `by` that no date follows it, which is text then."""
    return chip.state is State.FLAGGED and chip.why.startswith(NO_DATE.partition("«")[0])


def _letter_alone(reader: Reader, pieces: Sequence[Piece]) -> Iterator[Chip]:
    """Yield what is asked once of a line that begins with the letter of a kind, without its colon.

    «a» begins a sentence as well: outside names only before a capital, as in «a Call them».
    """
    first, behind = pieces[:1], pieces[1:2]
    letter = first[0].text.lower() if first else ""
    if letter not in PREFIXES or not behind or not may_capture(PREFIXES[letter], reader.audience):
        return
    is_name = reader.kind is Stakeholder
    is_word = letter == "a" and not is_name and not behind[0].text[:1].isupper()
    if is_word or not (is_name or first[0].text.islower()):
        return
    made = f"{letter}: in front makes it a {new(PREFIXES[letter])}"
    why = f"«{first[0].text}» stands alone: {'it stays text' if reader.keep else made}"
    yield _once(reader, Chip(first[0].text, State.OK, first[0].start, first[0].end), why, KEPT_AS_TEXT)


def _due_person(reader: Reader, pieces: Sequence[Piece]) -> Iterator[Chip]:
    """Yield what is asked once of a person whom nobody called one, and who would be due some day."""
    due = due_in(pieces) if reader.kind is Stakeholder else None
    if due:
        told = f"«{due.text}» announces a day, as of an action"
        why = f"{told}: {'it stays text' if reader.keep else 'a: in front makes it one'}"
        yield _once(reader, Chip(due.text, State.OK, due.start, due.end), why, KEPT_AS_TEXT)


def _once(reader: Reader, chip: Chip, why: str, otherwise: str) -> Chip:
    """Return a chip as the first Enter refuses it, and as it is told of once that was asked."""
    if reader.keep:
        return replace(chip, state=State.FLAGGED, why=f"{why}.")
    return replace(chip, state=State.REFUSED, why=f"{why}{otherwise}.", otherwise=otherwise, is_asked=True)


def _closed(kind: type[Entity], prefix: Piece | None, audience: str) -> Captured:
    """Return what is said of a line of a kind that can't be typed here."""
    letter, at = (f"{prefix.text}:", (prefix.start, prefix.end)) if prefix else (new(kind), (0, 0))
    nothing = f"{NOT_HERE}: {LATER}."
    return Captured(
        kind, {}, (Chip(letter, State.REFUSED, *at, nothing),), (nothing,), audience, is_closed=True
    )


# Meetings


def _meeting(line: str, plan: AccountPlan, audience: str, dates: Calendar, *, keep: bool) -> Captured:
    """Return what a line says of a meeting: with whom, who of ours, the day, and the words that were said.

    Without a day it was today. Two days, or one that has not come, are refused: nobody guesses which.
    """
    bare, quoted, is_closed = quoted_words(line[:LONGEST])
    prefix, pieces = scan(bare)
    span = (prefix.start, prefix.end) if prefix else (0, 0)
    rest, days = with_day(with_names(pieces, GRAMMAR[Meeting], plan), dates)
    reader = Reader(Meeting, plan, audience, keep=keep)
    reader.read(rest)
    words = reader.text[1:] if reader.text and fold(reader.text[0]) == "met" else reader.text
    said = clean_text(" ".join([*words, quoted]))
    given: dict[Place, Json] = {(Meeting, "", "on"): dates.today.isoformat(), **reader.given}
    when = _chip_of_day([_unless_near(day, dates) for day in days], dates)
    if when.state is State.OK:
        given[Meeting, "", "on"] = next((day.value for day in days), dates.today.isoformat())
    if said:
        given[Meeting, "", "said"] = said
    first = Chip(new(Meeting), State.OK, *span)
    told = (Chip(f"said {said}", State.OK, *span),) if said else ()
    nobody = () if any(kind is MeetingMember for kind, _, _ in given) else (Chip(*_NOBODY, *span, _ALONE),)
    chips = (first, when, *reader.chips, *nobody, *told) if pieces or said else ()
    problems: list[str] = []
    if len(line) > LONGEST:
        problems.append(f"The line is longer than {LONGEST:,} characters: split it.")
    elif not is_closed:
        problems.append('A quote is open: close it with ".')
    elif not any(kind is MeetingStakeholder for kind, _, _ in given):
        problems.append("A new meeting needs whom you met: type ^ and a name.")
    return Captured(Meeting, given, chips, told_together(chips, problems), audience, dates=dates)


def _unless_near(day: Piece, dates: Calendar) -> Piece:
    """Return a day of last year as that of this one where it is to come so soon that it may be meant."""
    said = day.text.lower().removeprefix(f"{BY} ").rstrip(",.;:!")
    try:
        ahead = dates.parse(said)
    except DateError:
        return day
    is_soon = dates.today < ahead <= dates.today + _SOON
    return replace(day, value=ahead.isoformat()) if is_soon and not is_weekday(said) else day


def _chip_of_day(days: Sequence[Piece], dates: Calendar) -> Chip:
    """Return what is said of the day of a meeting: the one that is typed, else today."""
    if not days:
        return Chip(f"today, {format_day(dates.today)}", State.OK, 0, 0)
    wrong = next((day for day in days if day.why), None)
    at, cure = wrong or days[-1], "put in quotes what was said"
    if wrong:
        why = f"{wrong.why}: give one day, and {cure}."
    elif len(days) > 1:
        why = f"«{at.text}» is a second day: give one, and {cure}."
    elif dt.date.fromisoformat(at.value) > dates.today:
        why = f"{format_day(dt.date.fromisoformat(at.value))} has not come yet: give the day you met."
    else:
        return Chip(f"on {format_day(dt.date.fromisoformat(at.value))}", State.OK, at.start, at.end)
    return Chip(at.text, State.REFUSED, at.start, at.end, why)


# The words of a line


def _texts(kind: type[Entity], words: Sequence[str]) -> dict[Place, Json]:
    """Return the words that stayed text: a person's name ends at the first comma before a space."""
    if kind is not Stakeholder:
        return {(kind, "", kind.NAME_FIELD): clean_text(" ".join(words))}
    end = next((at for at, word in enumerate(words) if ends_name(word)), len(words))
    name = [*(_unescaped(word) for word in words[:end]), *(word[:-1] for word in words[end : end + 1])]
    given: dict[Place, Json] = {(kind, "", "name"): clean_text(" ".join(name))}
    if title := clean_text(" ".join(words[end + 1 :])):
        given[kind, "", "title"] = title
    return given


def _unescaped(word: str) -> str:
    return f"{word[:-2]}," if word.endswith("\\,") else word


def _first_chip(said: _Said) -> tuple[Chip, Entity | None]:
    """Return the chip that says what the line makes, and what is there already that it changes instead.

    A whole name, or words of one with nothing but signs behind, mean who is there, also where nothing is
    known behind such a sign: what it says was to change them. What may be either is refused once.
    """
    reader, given = said.reader, said.given
    said_by = given.get(_SAID_BY)
    whose = f"answer of {reader.view.name_of(Stakeholder, str(said_by))}" if said_by else new(reader.kind)
    made = Chip(whose, State.OK, *said.span)
    name, is_person = str(given[reader.kind, "", reader.kind.NAME_FIELD]), reader.kind is Stakeholder
    there, is_whole = _called(reader.view, reader.kind, name)
    if not there:
        return (_with_words_behind(reader, made, name) if is_person else made), None
    says_more = len(given) > 1 or any(c.state is State.REFUSED and not c.is_asked for c in reader.chips)
    if says_more and len(there) == 1 and (is_whole or (Stakeholder, "", "title") not in given):
        return replace(made, text=shortened(there[0].words)), there[0]
    if len(there) > 1:
        told = f"«{shortened(name)}» fits {', '.join(shortened(row.words) for row in there[:_NAMED])}"
        cure = "type the whole name to change one of them"
    else:
        told = f"{shortened(there[0].words)} is there already"
        example = ", as in all+2" if is_person and may_give(SENTIMENT, reader.audience) else ""
        whom = "that person" if is_person else "it"
        cure = f"say what changes{example}" if is_whole else f"type the whole name to change {whom}"
    cure = "the line adds another" if reader.keep else cure
    made = replace(made, text=new(reader.kind))
    return _once(reader, made, f"{told}: {cure}", ", or press Enter again to add another"), None


def _needed(
    reader: Reader, given: dict[Place, Json], span: tuple[int, int], today: dt.date
) -> Iterator[Chip]:
    """Give what a new row can't be without and the line doesn't say, and yield the chip that says so."""
    place: Place = (reader.kind, "", "dimension" if reader.kind is Difference else "period")
    if reader.kind not in {Difference, GrowthStep} or place in given:
        return
    if reader.kind is Difference:
        given[place] = next_dimension(reader.view.all(Difference)).value
    else:
        given[place] = period_after(quarter_of(today), 1)
    yield Chip(f"in {in_words(reader.view, reader.kind, place[2], given[place])}", State.NOTED, *span)


def _with_words_behind(reader: Reader, made: Chip, name: str) -> Chip:
    """Return the chip of a new person, refused once where the name begins with that of one who is there."""
    words = name.split()
    starts = (" ".join(words[:count]) for count in range(len(words) - 1, 0, -1))
    begun = (_called(reader.view, Stakeholder, start)[0] for start in starts)
    there = next((people[0] for people in begun if len(people) == 1), None)
    if there is None:
        return made
    cure = "the line adds another" if reader.keep else "say only what changes"
    return _once(reader, made, f"{there.words} is there: {cure}", ", or Enter again adds another")


def _asked(view: AccountPlan, given: dict[Place, Json], span: tuple[int, int]) -> Iterator[Chip]:
    """Yield the chip that says which question an answer is to."""
    question = view.get(Question, str(given.get(_ASKED)))
    if question:
        yield Chip(f"to: {shortened(question.text)}", State.OK, *span)
    else:
        yield Chip(NO_QUESTION, State.NOTED, *span)


def _asked_in_room(
    view: AccountPlan,
    given: dict[Place, Json],
    span: tuple[int, int],
    question: str | None,
    person: str | None,
) -> Iterator[Chip]:
    """Yield a chip that says whom the room asks what, where an answer is to something else or of another."""
    is_same = question in {None, given.get(_ASKED)} and person in {None, given.get(_SAID_BY)}
    names = (view.name_of(Stakeholder, person), shortened(view.name_of(Question, question)))
    if not is_same and any(names):
        yield Chip(f"the room is asking {': '.join(filter(None, names))}", State.NOTED, *span)


def _called(view: AccountPlan, kind: type[Entity], name: str) -> tuple[tuple[Entity, ...], bool]:
    """Return what has this name, or else these words in it; and whether it is the whole name.

    Only people and value targets go by a part of their names.
    """
    key = fold(name)
    if not key or key == UNNAMED or kind not in {Stakeholder, *LIVES_IN_A_VIEW}:
        return (), False
    rows = [row for row in view.all(kind) if not (isinstance(row, Stakeholder) and row.placeholder)]
    whole = tuple(row for row in rows if folded(row.words) == key)
    if whole or kind not in {Stakeholder, Target}:
        return whole, bool(whole)
    words = set(_WORDS.findall(key))
    return tuple(row for row in rows if words and words <= set(_WORDS.findall(folded(row.words)))), False


def _hidden_from(reader: Reader, given: dict[Place, Json], *, is_shared: bool) -> tuple[Chip, ...]:
    """Return a chip that says when the customer wouldn't see what they are given, or told on a screen."""
    if reader.audience == CUSTOMER or (reader.kind, "", "visibility") in given:
        return ()
    people = (
        reader.view.person(str(given.get((reader.kind, "", name)))) for name in ("owner", "accountable")
    )
    theirs = next((person for person in people if isinstance(person, Stakeholder)), None)
    replaced = reader.view.get(Decision, str(given.get((reader.kind, "", "replaces"))))
    if reader.kind is Action and theirs:
        why = f"{theirs.words} is the customer's and would not see it"
    elif replaced and replaced.visibility == CUSTOMER:
        why = f"The customer sees «{shortened(replaced.words)}» and would not see what takes its place"
    elif reader.kind in _ON_THEIR_SCREEN and is_shared:
        why = "The customer looks at another screen and would not see it"
    else:
        return ()
    return (Chip("not shown to the customer", State.FLAGGED, 0, 0, f"{why}: ~{CUSTOMER} shows it."),)


def _unannounced(reader: Reader, pieces: tuple[Piece, ...], dates: Calendar) -> Piece | None:
    """Return a date that stands in the words of what could be due then, while nothing says when it is."""
    slot = GRAMMAR[reader.kind].get(BY)
    has_by = any(piece.sign == BY for piece in pieces)
    if slot is None or has_by or not may_give(slot, reader.audience):
        return None
    return date_in_words(pieces, dates)


def _chip_of_unannounced(day: Piece) -> Chip:
    why = f"«{day.text}» is only words so far: {BY} {day.text} makes it the date."
    return Chip(f"due? {BY} {day.text}", State.FLAGGED, day.start, day.end, why)


def _words_shown(
    kind: type[Entity], given: dict[Place, Json], span: tuple[int, int], *, is_there: bool
) -> Iterator[Chip]:
    """Yield chips for what stays text, so that it shows where a name ends and a title begins."""
    words = str(given[kind, "", kind.NAME_FIELD])
    if words and not is_there:
        yield Chip(words, State.OK, *span, is_words=True)
    if kind is Stakeholder and not is_there and (title := given.get((kind, "", "title"))):
        yield Chip(f"title {title}", State.OK, *span)


def _if_long_enough(reader: Reader, words: Iterator[Chip]) -> Iterator[Chip]:
    """Yield the chips of a line so short that it is no action; refused once."""
    for chip in words:
        if reader.kind is Action:
            why = f"«{chip.text}» is too short to be an action"
            yield _once(reader, chip, why, ": press Enter again if it is one")
        else:
            yield chip


def _compared(reader: Reader, there: Entity, given: dict[Place, Json], session: str) -> Iterator[Chip]:
    """Yield the chips of what changes of what is there, with what was there before."""
    if isinstance(there, Stakeholder) and (title := given.get((Stakeholder, "", "title"))):
        yield Chip(_from_to("title", there.title, str(title)), State.OK, 0, 0)
    for chip, meaning in zip(reader.chips, reader.meanings, strict=True):
        if meaning:
            before = shortened(_before(reader.view, there, meaning.place, session))
            yield replace(chip, text=_from_to(meaning.what, before, meaning.said))
        else:
            yield chip


def _from_to(what: str, before: str, now: str) -> str:
    if before == now:
        return f"{what} {now} already"
    return f"{what} {before} → {now}" if before else f"{what} {now}"


def _before(view: AccountPlan, there: Entity, place: Place, session: str) -> str:
    """Return in words what a place of a row has; a sentiment is the one that was read last."""
    kind, part, name = place
    if kind is Reading and isinstance(there, Stakeholder):
        reading = view.get(Reading, session, there.id, part) or latest_reading(view, there, part)
        return feeling(reading.value) if reading else ""
    row = view.get(Tie, *there.key, part) if kind is Tie else there
    return in_words(view, kind, name, row.plain_value(name)) if row else ""


def _tried(
    captured: Captured, view: AccountPlan, line: str, session: str
) -> tuple[tuple[str, ...], tuple[Chip, ...]]:
    """Return what keeps the row from being made or changed, apart from what is refused; and what follows."""
    missing = tuple(_missing(captured, line))
    if missing or (captured.there and captured.audience == CUSTOMER):  # not all that is set is in their view
        return missing, ()
    try:
        changes = captured.built(view, session or _ANY_ID, lambda: _ANY_ID)
    except Refused as refused:
        return (str(refused),), ()
    return (), tuple(_following(captured, view, changes))


def _following(captured: Captured, view: AccountPlan, changes: Iterable[Change]) -> Iterator[Chip]:
    """Yield chips of what a rule changes of a row besides what the line says, as that it is not confirmed."""
    kind, said = captured.kind, captured.values(captured.kind)
    says = {slot.name: slot.says for slot in GRAMMAR[kind].values() if slot.kind is kind}
    for change in changes:
        if (
            isinstance(change, Set)
            and change.kind is kind
            and change.name in says
            and change.name not in said
        ):
            before, now = (in_words(view, kind, change.name, value) for value in (change.old, change.new))
            text = f"{says[change.name]} {shortened(before)} → –" if before and not now else ""
            text = text or _from_to(says[change.name], shortened(before), shortened(now))
            yield Chip(text, State.NOTED, 0, 0)


def _missing(captured: Captured, line: str) -> Iterator[str]:
    """Yield what a line lacks."""
    if len(line) > LONGEST:
        yield f"The line is longer than {LONGEST:,} characters: split it."
    elif not captured.given[captured.kind, "", captured.kind.NAME_FIELD]:
        needed = "a name" if captured.kind is Stakeholder else "words"
        yield f"A {new(captured.kind)} needs {needed}: type it first."
    elif captured.kind is Answer and _SAID_BY not in captured.given:
        yield "A new answer needs the person who gave it: type ^ and a name."
