"""What a capture line can say, what it said, and the rows it adds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.capture.names import Slot
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
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan, rank_after
from workshop_tui.domain.plan.step import Add, Change, Refused, made, set_field

BY = "by"
PREFIXES: Mapping[str, type[Entity]] = {
    "s": Stakeholder,
    "a": Action,
    "v": Answer,
    "p": Parking,
    "d": Decision,
    "r": Risk,
    "m": Meeting,
}

BESIDE_A_MEETING: tuple[type[Entity], ...] = (MeetingStakeholder, MeetingMember)
"""Kinds of the rows that say who was at a meeting: several of each."""

SENTIMENT = Slot(Reading, "value", "sentiment")
INFLUENCE = Slot(Stakeholder, "influence", "influence")
FIGURES: Mapping[str, Slot] = {
    "inf": INFLUENCE,
    "int": Slot(Stakeholder, "interest", "interest"),
    "lik": Slot(Risk, "likelihood", "likelihood"),
    "imp": Slot(Risk, "impact", "impact"),
}
"""How a figure of a person or a risk is typed, as in inf4 and lik3 → the field that it gives."""
HIGHEST: Mapping[type[Entity], int] = {Stakeholder: 5, Risk: 3}
"""Up to which such a figure goes, from 1."""

GRAMMAR: Mapping[type[Entity], Mapping[str, Slot]] = {
    Stakeholder: {
        ">": Slot(Stakeholder, "reports_to", "reports to"),
        "@": Slot(Tie, "owner", "owner"),
        "#": Slot(Stakeholder, "role", "role"),
        "%": Slot(Stakeholder, "style", "style"),
    },
    Action: {
        "@": Slot(Action, "owner", "owner"),
        "!": Slot(Action, "accountable", "accountable"),
        "^": Slot(Action, "stakeholder", "about"),
        "*": Slot(Action, "milestone", "milestone"),
        "~": Slot(Action, "visibility", "visible to"),
        BY: Slot(Action, "due", "due"),
    },
    Answer: {
        "^": Slot(Answer, "stakeholder", "said by"),
        "@": Slot(Answer, "heard_by", "heard by"),
        "~": Slot(Answer, "visibility", "visible to"),
    },
    Parking: {
        "@": Slot(Parking, "owner", "owner"),
        "~": Slot(Parking, "visibility", "visible to"),
        BY: Slot(Parking, "due", "by"),
    },
    Decision: {
        "*": Slot(Decision, "replaces", "replaces"),
        "~": Slot(Decision, "visibility", "visible to"),
    },
    Risk: {
        "@": Slot(Risk, "owner", "owner"),
        "*": Slot(Risk, "response", "what we do"),
        "~": Slot(Risk, "visibility", "visible to"),
        BY: Slot(Risk, "due", "by"),
    },
    Meeting: {
        "^": Slot(MeetingStakeholder, "stakeholder", "with"),
        "@": Slot(MeetingMember, "member", "ours"),
    },
}
"""Kind of row → sign → the field that it gives."""

UNNAMED = "to be named"
"""The name of a seat whose person isn't known."""

Place = tuple[type[Entity], str, str]
"""Where a value goes: kind, part, field.

The part is the partner or «all» for ties and readings, who was there for a meeting, else "".
"""


def kind_of(prefix: str, block: BlockKind) -> type[Entity]:
    """Return what a line adds: by its prefix, else by the block of the agenda."""
    here: dict[BlockKind, type[Entity]] = {BlockKind.STAKEHOLDERS: Stakeholder, BlockKind.VALUE: Answer}
    return PREFIXES.get(prefix) or here.get(block, Action)


def new(kind: type[Entity]) -> str:
    """Return what a line of this kind makes, as in «new person»."""
    return "new person" if kind is Stakeholder else f"new {kind.VERBOSE_NAME}"


class State(StrEnum):
    """Whether a part of the line is understood, stays text, or keeps the line from being taken."""

    OK = "ok"
    NOTED = "noted"
    """Understood, and worth a look before Enter."""
    FLAGGED = "flagged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Chip:
    """What is shown under the line for a part of it."""

    text: str
    state: State
    start: int
    end: int
    why: str = ""
    """One sentence on what is flagged or refused."""
    is_words: bool = False
    """Whether it is words of the line that stay text: they stand above, so it may be cut."""


@dataclass(frozen=True)
class Captured:
    """What a line says: the kind of row, each value with its place, and what was not understood."""

    kind: type[Entity]
    given: Mapping[Place, Json]
    chips: tuple[Chip, ...]
    problems: tuple[str, ...]
    """Sentences; empty when Enter may take the line."""
    audience: str
    person: str = ""
    """The id of the person whom the line changes; empty where it adds a row."""
    proposes: str = ""
    """What the line could say besides, as ~customer for what is given to the customer's person."""
    is_closed: bool = False
    """Whether it says what is not for the audience: nothing makes it a line of theirs but taking that out."""
    date_at: int = -1
    """Where in the line a date stands in the words, which `by` in front would make the due date; else -1."""

    def values(self, kind: type[Entity], part: str = "") -> dict[str, Json]:
        """Return field → value of the row of a kind; `part` is a partner's id, or «all»."""
        return {name: value for (of, which, name), value in self.given.items() if (of, which) == (kind, part)}

    def row(self, **context: Json) -> Entity:
        """Return the row itself in a context (id, rank, session …); raises ValidationError."""
        values = {**context, **self.values(self.kind)}
        if self.kind is Stakeholder:
            values["placeholder"] = fold(str(values["name"])) == UNNAMED
        if self.audience == CUSTOMER:
            values["visibility"] = CUSTOMER
        return self.kind.model_validate(
            {name: value for name, value in values.items() if name in self.kind.model_fields}
        )

    def changes(self, whole: AccountPlan, session: str, ids: Callable[[], str]) -> tuple[Change, ...]:
        """Return the changes of the one Step that the line is, made in a session of the whole plan.

        What is made under the customer audience is visible to the customer. Raises Refused with the first
        problem.
        """
        if self.problems:
            raise Refused(self.problems[0])
        if self.person:
            return self._of_person(whole, session)
        main = self.row(id=ids(), rank=rank_after(whole.all(self.kind)), session=session)
        parts = dict.fromkeys((kind, part) for kind, part, _ in self.given if part)
        beside = (
            kind.model_validate({**_place_of(kind, part, main.key[0], session), **self.values(kind, part)})
            for kind, part in parts
        )
        return (Add(main), *(Add(row) for row in beside))

    def _of_person(self, whole: AccountPlan, session: str) -> tuple[Change, ...]:
        """Return the changes of a person who is there: what the line names, and nothing else of them."""
        person = whole.get(Stakeholder, self.person)
        if person is None:
            raise Refused("This person has been removed by somebody else: type the line again.")
        own = {name: value for name, value in self.values(Stakeholder).items() if name != "name"}
        parts = dict.fromkeys((kind, part) for kind, part, _ in self.given if part)
        changes = (
            *(change for name, value in own.items() for change in set_field(person, name, value)),
            *(
                change
                for kind, part in parts
                for change in _upserted(
                    whole, kind, _place_of(kind, part, person.id, session), self.values(kind, part)
                )
            ),
        )
        if not changes:
            raise Refused(f"{person.name} has all of this already: nothing changes.")
        return changes


def _upserted(
    whole: AccountPlan, kind: type[Entity], place: Mapping[str, Json], values: Mapping[str, Json]
) -> Iterator[Change]:
    """Yield what gives a row these values and changes nothing else of it; one that isn't there comes in."""
    row = whole.get(kind, *(str(place[name]) for name in kind.KEY))
    if row is None:
        yield Add(made(kind, {**place, **values}))
    else:
        for name, value in values.items():
            yield from set_field(row, name, value)


def _place_of(kind: type[Entity], part: str, person: str, session: str) -> dict[str, Json]:
    """Return the key of a row beside the main one, which is a person, or a meeting."""
    if kind in BESIDE_A_MEETING:
        return {"meeting": person}
    if kind is Tie:
        return {"stakeholder": person, "party": part}
    return {"stakeholder": person, "session": session, "toward": part}
