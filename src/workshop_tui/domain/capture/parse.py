r"""The capture line: what one typed line adds to an account plan.

    Ana Pires, Head of Payments >Lindqvar @Rowan #user %driving ps+1 tech-1 inf4
    Send cost range @Lucía !Gideon by +2w ^Hale-Obi *"Cost range given" ~customer

Nothing is guessed: what is understood shows as chips, what is not is flagged or refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pydantic import ValidationError

from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.entity import Entity, Json, explain, references
from workshop_tui.domain.base.text import clean_text, fold
from workshop_tui.domain.base.vocabulary import BlockKind, LabeledEnum
from workshop_tui.domain.capture.names import folded
from workshop_tui.domain.capture.reader import Reader, ends_name, feeling, shortened
from workshop_tui.domain.capture.rows import (
    BY,
    GRAMMAR,
    SENTIMENT,
    UNNAMED,
    Captured,
    Chip,
    Place,
    State,
    kind_of,
    new,
)
from workshop_tui.domain.capture.tokens import scan, with_due
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.model.value import Answer, Question
from workshop_tui.domain.plan.audience import shows
from workshop_tui.domain.plan.plan import KIND, AccountPlan
from workshop_tui.domain.rules.people import latest_reading

LONGEST = 5_000
"""Characters that a line may have."""
NO_QUESTION = "no question"
"""What a chip says of an answer that is to no question."""
_NAMED = 3
_WORDS = re.compile(r"\w+")

_SAID_BY = (Answer, "", "stakeholder")
_ASKED = (Answer, "", "question")


def parse(  # noqa: PLR0913 - where the line is typed, by whom and when
    line: str,
    plan: AccountPlan,
    *,
    block: BlockKind,
    audience: str,
    dates: Calendar,
    keep_unknown: bool = False,
    about: str | None = None,
    question: str | None = None,
    session: str = "",
) -> Captured:
    """Return what a line says, as typed in a block by somebody who sees this projected plan.

    `keep_unknown` is the second Enter: what the first refused for being unknown or ambiguous is kept as
    text. `about` is the id of the stakeholder in focus, whose answer it is when the line names nobody;
    `question` that of the question it is to; `session` that of the open session, whose sentiment a line
    changes.
    Never raises: what is wrong is in the chips and problems.
    """
    prefix, pieces = scan(line[:LONGEST])
    kind = kind_of(prefix.text if prefix else "", block)
    reader = Reader(kind, plan, audience, keep=keep_unknown, is_chosen=bool(prefix))
    reader.read(with_due(pieces, dates) if BY in GRAMMAR[kind] else pieces)
    given = {**_texts(kind, reader.text), **reader.given}
    if kind is Answer:
        given[Answer, "", "heard_on"] = dates.today.isoformat()
        if about and plan.get(Stakeholder, about):
            given.setdefault(_SAID_BY, about)
        if question and plan.get(Question, question):
            given[_ASKED] = question
    span = (prefix.start, prefix.end) if prefix else (0, 0)
    first, person = _first_chip(reader, given, span)
    words = _words_shown(kind, given, span, is_there=bool(person))
    read = _compared(reader, person, given, session) if person else reader.chips
    asked = _asked(plan, given, span) if kind is Answer else ()
    chips = (first, *asked, *words, *read) if pieces else ()
    refused = [chip.why for chip in chips if chip.state is State.REFUSED]
    captured = Captured(kind, given, chips, (), audience, person.id if person else "")
    return replace(captured, problems=(*refused, *_missing(captured, line)))


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


def _first_chip(
    reader: Reader, given: dict[Place, Json], span: tuple[int, int]
) -> tuple[Chip, Stakeholder | None]:
    """Return the chip that says what the line makes, and the person who is there whom it changes instead.

    A whole name, or words of one with nothing but signs behind, mean who is there. What may be either is
    refused once.
    """
    said_by = given.get(_SAID_BY)
    whose = f"answer of {reader.view.name_of(Stakeholder, str(said_by))}" if said_by else new(reader.kind)
    made = Chip(whose, State.OK, *span)
    name = str(given.get((Stakeholder, "", "name"), ""))
    there, is_whole = _called(reader.view, name)
    if not there:
        return _with_words_behind(reader, made, name), None
    says_more = len(given) > 1
    is_sure = says_more and len(there) == 1 and (is_whole or (Stakeholder, "", "title") not in given)
    if is_sure:
        return Chip(there[0].name, State.OK, *span), there[0]
    state = State.FLAGGED if reader.keep else State.REFUSED
    if len(there) > 1:
        told = f"«{name}» fits {', '.join(p.name for p in there[:_NAMED])}"
        cure = "type the whole name to change one of them"
    else:
        told = f"{there[0].name} is there already"
        example = ", as in all+2" if shows(SENTIMENT.kind, SENTIMENT.name, reader.audience) else ""
        cure = f"say what changes{example}" if is_whole else "type the whole name to change that person"
    cure = "the line adds another" if reader.keep else f"{cure}, or press Enter again to add another"
    return Chip(new(reader.kind), state, *span, f"{told}: {cure}."), None


def _with_words_behind(reader: Reader, made: Chip, name: str) -> Chip:
    """Return the chip of a new person, refused once where the name begins with that of one who is there."""
    words = name.split()
    begun = (_called(reader.view, " ".join(words[:count]))[0] for count in range(len(words) - 1, 0, -1))
    there = next((people[0] for people in begun if len(people) == 1), None)
    if there is None:
        return made
    state = State.FLAGGED if reader.keep else State.REFUSED
    cure = "the line adds another" if reader.keep else "say only what changes, or Enter again adds another"
    return replace(made, state=state, why=f"{there.name} is there: {cure}.")


def _asked(view: AccountPlan, given: dict[Place, Json], span: tuple[int, int]) -> Iterator[Chip]:
    """Yield the chip that says which question an answer is to."""
    question = view.get(Question, str(given.get(_ASKED)))
    if question:
        yield Chip(f"to: {shortened(question.text)}", State.OK, *span)
    else:
        yield Chip(NO_QUESTION, State.NOTED, *span)


def _called(view: AccountPlan, name: str) -> tuple[tuple[Stakeholder, ...], bool]:
    """Return who has this name, or else these words in their name; and whether it is the whole name."""
    key = fold(name)
    if not key or key == UNNAMED:
        return (), False
    people = [person for person in view.all(Stakeholder) if not person.placeholder]
    whole = tuple(person for person in people if folded(person.name) == key)
    if whole:
        return whole, True
    words = set(_WORDS.findall(key))
    part = (person for person in people if words and words <= set(_WORDS.findall(folded(person.name))))
    return tuple(part), False


def _words_shown(
    kind: type[Entity], given: dict[Place, Json], span: tuple[int, int], *, is_there: bool
) -> Iterator[Chip]:
    """Yield chips for what stays text, so that it shows where a name ends and a title begins."""
    words = str(given[kind, "", kind.NAME_FIELD])
    if words and not is_there:
        yield Chip(words, State.OK, *span)
    if kind is Stakeholder and not is_there and (title := given.get((kind, "", "title"))):
        yield Chip(f"title {title}", State.OK, *span)


def _compared(reader: Reader, person: Stakeholder, given: dict[Place, Json], session: str) -> Iterator[Chip]:
    """Yield the chips of what changes of a person, with what was there before."""
    if title := given.get((Stakeholder, "", "title")):
        yield Chip(_from_to("title", person.title, str(title)), State.OK, 0, 0)
    for chip, meaning in zip(reader.chips, reader.meanings, strict=True):
        if meaning:
            before = _before(reader.view, person, meaning.place, session)
            yield replace(chip, text=_from_to(meaning.what, before, meaning.said))
        else:
            yield chip


def _from_to(what: str, before: str, now: str) -> str:
    if before == now:
        return f"{what} {now} already"
    return f"{what} {before} → {now}" if before else f"{what} {now}"


def _before(view: AccountPlan, person: Stakeholder, place: Place, session: str) -> str:
    """Return in words what a place of a person has; a sentiment is the one that was read last."""
    kind, part, name = place
    if kind is Reading:
        reading = view.get(Reading, session, person.id, part) or latest_reading(view, person, part)
        return feeling(reading.value) if reading else ""
    row = view.get(Tie, person.id, part) if kind is Tie else person
    value = getattr(row, name, None)
    if value is None:
        return ""
    target = references(kind).get(name)
    if target:
        return view.name_of(KIND[target], str(value))
    return value.label if isinstance(value, LabeledEnum) else str(value)


def _missing(captured: Captured, line: str) -> Iterator[str]:
    """Yield what keeps the row from being made, apart from what is refused."""
    if len(line) > LONGEST:
        yield f"The line is longer than {LONGEST:,} characters: split it."
    elif not captured.given[captured.kind, "", captured.kind.NAME_FIELD]:
        needed = "a name" if captured.kind is Stakeholder else "words"
        yield f"A {new(captured.kind)} needs {needed}: type it first."
    elif captured.kind is Answer and _SAID_BY not in captured.given:
        yield "A new answer needs the person who gave it: type ^ and a name."
    else:
        try:
            captured.row(id="x", session="x")
        except ValidationError as error:
            yield explain(error, captured.kind)
