"""What a line adds: what is typed in front of it, else what it says itself, else where it is typed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from workshop_tui.domain.base.dates import Calendar, is_weekday
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.capture.rows import BY, FIGURES, GRAMMAR, kind_of
from workshop_tui.domain.capture.tokens import (
    FIGURE,
    NO_DATE,
    SENTIMENT,
    Piece,
    date_in_words,
    scan,
    with_due,
)
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder

_ANY_DAY = Calendar(dt.date(2024, 1, 1))
"""Where it matters whether words are a date, and not which."""


def kind_in(line: str, block: BlockKind, lists: type[Entity] | None = None) -> type[Entity]:
    """Return what a line makes where it is typed."""
    return kind_said(*scan(line), block, lists)


def kind_to_be(line: str, block: BlockKind, lists: type[Entity] | None = None) -> type[Entity]:
    """Return what a line is to make that isn't finished: behind a `by`, a day is yet to come."""
    return kind_said(*scan(line), block, lists, is_finished=False)


def kind_said(
    prefix: Piece | None,
    pieces: Sequence[Piece],
    block: BlockKind,
    lists: type[Entity] | None = None,
    *,
    is_finished: bool = True,
) -> type[Entity]:
    """Return what a line makes that was taken apart: among people, what has a day is something to do.

    Not where a comma ends a name, or something is said of a person alone.
    """
    kind = kind_of(prefix.text if prefix else "", block, lists)
    if prefix or kind is not Stakeholder or any(_is_of_a_person(piece) for piece in pieces):
        return kind
    if any(piece.text.endswith(",") for piece in pieces):
        return kind
    has_day = due_in(pieces) or _has_day(tuple(pieces)) or (not is_finished and _awaits_day(tuple(pieces)))
    return Action if has_day else kind


def _awaits_day(pieces: tuple[Piece, ...]) -> bool:
    """Whether a `by` stands behind the first word."""
    return any(piece.sign == BY for piece in with_due(pieces, _ANY_DAY)[1:])


def due_in(pieces: Sequence[Piece]) -> Piece | None:
    """Return the `by` behind which a day stands, also one that is in no calendar; None without one."""
    due = (piece for piece in with_due(tuple(pieces), _ANY_DAY) if piece.sign == BY)
    return next((piece for piece in due if piece.value or piece.why != NO_DATE.format(piece.text)), None)


def _has_day(pieces: tuple[Piece, ...]) -> bool:
    """Whether a day ends the words without a `by`; a weekday alone may be somebody's name."""
    day = date_in_words(pieces, _ANY_DAY)
    return day is not None and not is_weekday(day.text)


def _is_of_a_person(piece: Piece) -> bool:
    if not piece.means:
        return False
    if piece.sign:
        return piece.sign in GRAMMAR[Stakeholder] and piece.sign not in GRAMMAR[Action]
    figure = re.fullmatch(FIGURE, piece.text)
    is_figure = figure is not None and FIGURES[figure["which"].lower()].kind is Stakeholder
    return is_figure or (bool(re.fullmatch(SENTIMENT, piece.text)) and not piece.text.endswith("?"))
