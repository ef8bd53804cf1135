r"""The capture line: what one typed line adds to an account plan.

    Ana Pires, Head of Payments >Lindqvar @Rowan #user %driving ps+1 tech-1 inf4
    Send cost range @Lucía !Gideon by +2w ^Hale-Obi *"Cost range given" ~customer

Nothing is guessed: what is understood shows as chips, what is not is flagged or refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.entity import Entity, Json, explain
from workshop_tui.domain.base.text import clean_text, fold
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.capture.names import folded
from workshop_tui.domain.capture.reader import Reader, ends_name
from workshop_tui.domain.capture.rows import (
    BY,
    GRAMMAR,
    UNNAMED,
    Captured,
    Chip,
    Place,
    State,
    kind_of,
    new,
)
from workshop_tui.domain.capture.tokens import scan, with_due
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan

LONGEST = 5_000
"""Characters that a line may have."""

_SAID_BY = (Answer, "", "stakeholder")


def parse(  # noqa: PLR0913 - where the line is typed, by whom and when
    line: str,
    plan: AccountPlan,
    *,
    block: BlockKind,
    audience: str,
    dates: Calendar,
    keep_unknown: bool = False,
    about: str | None = None,
) -> Captured:
    """Return what a line says, as typed in a block by somebody who sees this projected plan.

    `keep_unknown` is the second Enter: what the first refused for being unknown or ambiguous is kept as
    text. `about` is the id of the stakeholder in focus, whose answer it is when the line names nobody.
    Never raises: what is wrong is in the chips and problems.
    """
    prefix, pieces = scan(line[:LONGEST])
    reader = Reader(kind_of(prefix.text if prefix else "", block), plan, audience, keep=keep_unknown)
    kind = reader.kind
    reader.read(with_due(pieces, dates) if BY in GRAMMAR[kind] else pieces)
    given = {**_texts(kind, reader.words), **reader.given}
    if kind is Answer:
        given[Answer, "", "heard_on"] = dates.today.isoformat()
        if about and plan.get(Stakeholder, about):
            given.setdefault(_SAID_BY, about)
    first = _first_chip(reader, given, (prefix.start, prefix.end) if prefix else (0, 0))
    chips = (first, *reader.chips) if pieces else ()
    refused = [chip.why for chip in chips if chip.state is State.REFUSED]
    captured = Captured(kind, given, chips, (), audience)
    return Captured(kind, given, chips, (*refused, *_missing(captured, line)), audience)


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


def _first_chip(reader: Reader, given: dict[Place, Json], span: tuple[int, int]) -> Chip:
    """Return the chip that says what the line makes; it warns of a person who is there already."""
    name = str(given.get((Stakeholder, "", "name"), ""))
    key = fold(name)
    known = next((p.name for p in reader.view.all(Stakeholder) if folded(p.name) == key), None)
    if known is None or key == UNNAMED:
        return Chip(new(reader.kind), State.OK, *span)
    state = State.FLAGGED if reader.keep else State.REFUSED
    again = "the line adds another" if reader.keep else "change the name, or press Enter again to add another"
    return Chip(new(reader.kind), state, *span, f"There is a {known} already: {again}.")


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
