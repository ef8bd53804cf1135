"""All that is held about a person: their row, what refers to it, and where others are said to name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from workshop_tui.domain.base.entity import WHOLE, Entity, holds_words, marks
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Meeting, MeetingStakeholder, Stakeholder
from workshop_tui.domain.model.session import Erratum
from workshop_tui.domain.plan.plan import KINDS, AccountPlan
from workshop_tui.domain.plan.step import removal, target
from workshop_tui.domain.rules.erasing import NameWords

_SENTENCE_ENDS: Final = re.compile(r"(?<=[.!?;])\s+|\n+")


class Mention(Struct, frozen=True):
    """A sentence in the row of something else that names a person."""

    row: Entity
    name: str
    """The field in which it stands."""
    sentence: str


class PersonHeld(Struct, frozen=True):
    """What an account holds about a person."""

    row: Stakeholder | Member
    about: tuple[Entity, ...]
    """The rows that refer to theirs, or hang on such a row, kind by kind."""
    mentions: tuple[Mention, ...]


def held_about(plan: AccountPlan, person: Stakeholder | Member, words: NameWords) -> PersonHeld:
    """Return what a plan holds about one of its people, who is named by these words."""
    own = (type(person), person.key)
    keys = {target(change) for change in removal(plan, person)} - {own}
    keys |= {(Meeting, (key[0],)) for kind, key in keys if kind is MeetingStakeholder}
    about = [row for row in plan if (type(row), row.key) in keys]
    about += [row for row in plan.all(Erratum) if (row.kind, row.row) == (own[0].__name__, person.id)]
    about.sort(key=lambda row: KINDS.index(type(row)))
    shown = {(type(row), row.key) for row in about} | {own}
    others = (row for row in plan if (type(row), row.key) not in shown)
    return PersonHeld(person, tuple(about), tuple(found for row in others for found in _mentions(row, words)))


def _mentions(row: Entity, words: NameWords) -> Iterator[Mention]:
    kind = type(row)
    for name in kind.fields:
        if holds_words(kind, name) and WHOLE not in marks(kind, name):
            for sentence in _SENTENCE_ENDS.split(str(getattr(row, name) or "")):
                if words.stand_in(sentence):
                    yield Mention(row, name, sentence)
