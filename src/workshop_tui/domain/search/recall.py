"""While a line is typed: what was said before of the same, by its two rarest words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Meeting, Reading
from workshop_tui.domain.model.session import Decision, Parking, Risk
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.search.said import fields_said, said_in
from workshop_tui.domain.search.words import words

RECALLED: tuple[type[Entity], ...] = (Answer, Decision, Parking, Risk, Action, Reading, Meeting)
"""Kinds of which is said again what was said: they have a day, and are not what is known of people."""
SHORTEST = 3
"""Letters of a word that tells anything."""
_OFTEN = 12
"""One row in so many has a word that says nothing of what a line is about; of few rows three may have it."""


class Recalled(Struct, frozen=True):
    """What was said before, and when."""

    on: dt.date
    text: str


class _Known(Struct, frozen=True):
    """The rows of a plan that are recalled, and which of them have each word."""

    rows: tuple[Recalled, ...]
    by_word: Mapping[str, frozenset[int]]


def recall(view: AccountPlan, typed: str) -> Recalled | None:
    """Return the newest row that shares the two rarest words of a line with it, of those said before.

    It takes the plan as whoever looks sees it, so that nothing of another audience can be in it. Words that
    nobody has said yet, or that nearly every row has, are none of the two.
    """
    known = _known(view)
    most = max(len(known.rows) // _OFTEN, 3)
    said = {word: known.by_word[word] for word in words(typed) if word in known.by_word}
    rare = sorted((len(rows), word) for word, rows in said.items() if len(rows) <= most)
    if not rare[1:]:
        return None
    (_, one), (_, other), *_ = rare
    shared = said[one] & said[other]
    return max((known.rows[n] for n in shared), key=lambda row: (row.on, row.text), default=None)


def _known(view: AccountPlan) -> _Known:
    if _known not in view.memo:
        rows: list[Recalled] = []
        by_word: dict[str, set[int]] = defaultdict(set)
        for kind in RECALLED:
            for row in view.all(kind):
                texts = [text for name in fields_said(kind) if (text := getattr(row, name))]
                _, on = said_in(view, row)
                if texts and on:
                    for word in {word for text in texts for word in _words(text)}:
                        by_word[word].add(len(rows))
                    rows.append(Recalled(on, one_line(texts[0])))
        found = {word: frozenset(places) for word, places in by_word.items()}
        view.memo[_known] = _Known(tuple(rows), found)
    known: _Known = view.memo[_known]
    return known


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    """Return the words of a text; kept, as of a plan that changes nearly all rows stay."""
    return tuple(word for word in words(text) if len(word) >= SHORTEST)
