"""What a capture line can say, what it said, and the rows it adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct, field

from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.entity import Entity, Json, Key
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
from workshop_tui.domain.model.value import Answer, Difference, GrowthStep, Proof, Target
from workshop_tui.domain.plan.audience import shows, shows_kind
from workshop_tui.domain.plan.plan import AccountPlan, rank_after
from workshop_tui.domain.plan.setters import SETTERS, FieldRef, SetContext, set_value
from workshop_tui.domain.plan.step import Add, Change, Refused, Remove, Set, Step, apply, made, target

BY = "by"
PREFIXES: Mapping[str, type[Entity]] = {
    "s": Stakeholder,
    "a": Action,
    "v": Answer,
    "p": Parking,
    "d": Decision,
    "r": Risk,
    "m": Meeting,
    "t": Target,
    "e": Proof,
    "w": Difference,
    "g": GrowthStep,
}
LIVES_IN_A_VIEW: tuple[type[Entity], ...] = (Target, Proof, Difference, GrowthStep)
"""Kinds of which a line without a prefix makes a row in their own view."""

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
        "unit:": Slot(Stakeholder, "unit", "unit"),
        "every:": Slot(Stakeholder, "rhythm_days", "contact every"),
        "vs:": Slot(Stakeholder, "competitor", "competitor"),
        "left:": Slot(Stakeholder, "left_on", "left"),
        "after:": Slot(Stakeholder, "successor", "successor"),
        "note:": Slot(Stakeholder, "note", "note"),
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
        "next:": Slot(Meeting, "next_step", "next step"),
    },
    Target: {
        "for:": Slot(Target, "objective", "for"),
        "is:": Slot(Target, "horizon", "horizon"),
        "worth:": Slot(Target, "estimate", "worth"),
        "base:": Slot(Target, "baseline", "baseline"),
        "real:": Slot(Target, "realised", "realised"),
        "^": Slot(Target, "confirmed_by", "confirmed by"),
        "on:": Slot(Target, "confirmed_on", "confirmed on"),
        "vs:": Slot(Target, "competitor", "competitor"),
        "~": Slot(Target, "visibility", "visible to"),
    },
    Proof: {
        "firm:": Slot(Proof, "party", "firm"),
        "is:": Slot(Proof, "horizon", "horizon"),
        "worth:": Slot(Proof, "worth", "worth"),
        "^": Slot(Proof, "recognised_by", "acknowledged by"),
        "on:": Slot(Proof, "recognised_on", "acknowledged on"),
        "~": Slot(Proof, "visibility", "visible to"),
    },
    Difference: {
        "in:": Slot(Difference, "dimension", "in"),
        "firm:": Slot(Difference, "party", "firm"),
        "*": Slot(Difference, "proof", "proof"),
        "~": Slot(Difference, "visibility", "visible to"),
    },
    GrowthStep: {
        "in:": Slot(GrowthStep, "period", "in"),
        "unit:": Slot(GrowthStep, "unit", "unit"),
        "worth:": Slot(GrowthStep, "worth", "worth"),
        "for:": Slot(GrowthStep, "objective", "for"),
        "*": Slot(GrowthStep, "proof", "builds on"),
        "@": Slot(GrowthStep, "owner", "owner"),
        "is:": Slot(GrowthStep, "status", "status"),
        "~": Slot(GrowthStep, "visibility", "visible to"),
    },
}
"""Kind of row → sign, or name with its colon → the field that it gives."""
_OURS_TO_SAY: Mapping[type[Entity], frozenset[str]] = {
    Target: frozenset({"baseline", "realised", "confirmed_by", "confirmed_on"}),
    Proof: frozenset({"worth", "recognised_by", "recognised_on"}),
}
"""Fields that the customer sees once they have said so: closed before them, as in the tables."""


def may_give(slot: Slot, audience: str) -> bool:
    """Whether a field may be given in a line before an audience."""
    is_ours = audience == CUSTOMER and slot.name in _OURS_TO_SAY.get(slot.kind, ())
    return shows(slot.kind, slot.name, audience) and not is_ours


def may_capture(kind: type[Entity], audience: str) -> bool:
    """Whether a line may add a row of a kind before an audience: a risk is ours until we decide otherwise."""
    return shows_kind(kind, audience) and not (kind is Risk and audience == CUSTOMER)


UNNAMED = "to be named"
"""The name of a seat whose person isn't known."""

Place = tuple[type[Entity], str, str]
"""Where a value goes: kind, part, field.

The part is the partner or «all» for ties and readings, who was there for a meeting, else "".
"""


def kind_of(prefix: str, block: BlockKind, lists: type[Entity] | None = None) -> type[Entity]:
    """Return what a line adds: by its prefix, else by what the view lists, else by the block."""
    here: dict[BlockKind, type[Entity]] = {BlockKind.STAKEHOLDERS: Stakeholder, BlockKind.VALUE: Answer}
    listed = lists if lists in LIVES_IN_A_VIEW else None
    return PREFIXES.get(prefix) or listed or here.get(block, Action)


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


class Chip(Struct, frozen=True):
    """What is shown under the line for a part of it."""

    text: str
    state: State
    start: int
    end: int
    why: str = ""
    """One sentence on what is flagged or refused."""
    otherwise: str = ""
    """The end of that sentence: what else could be done about it, as a second Enter."""
    is_asked: bool = False
    """Whether it is refused by the first Enter alone."""
    is_words: bool = False
    """Whether it is words of the line that stay text: they stand above, so it may be cut."""

    @property
    def why_in_brief(self) -> str:
        """What is flagged or refused, without what else could be done about it."""
        return f"{self.why.removesuffix(f'{self.otherwise}.')}.".replace("..", ".")


def told_together(chips: Iterable[Chip], missing: Sequence[str] = ()) -> tuple[str, ...]:
    """Return in sentences all that keeps a line from being taken, first what no Enter takes.

    Where there is such a thing, no sentence says what a second Enter would do.
    """
    refused = [chip for chip in chips if chip.state is State.REFUSED]
    for_good = [chip for chip in refused if not chip.is_asked]
    asked = [chip for chip in refused if chip.is_asked]
    if len(refused) + len(missing) == 1 or not (for_good or missing):
        return (*(chip.why for chip in refused), *missing)
    return (*(chip.why_in_brief for chip in (*for_good, *asked)), *missing)


class Captured(Struct, frozen=True):
    """What a line says: the kind of row, each value with its place, and what was not understood."""

    kind: type[Entity]
    given: Mapping[Place, Json]
    chips: tuple[Chip, ...]
    problems: tuple[str, ...]
    """Sentences; empty when Enter may take the line."""
    audience: str
    there: str = ""
    """The id of the row that the line changes, of its own kind; empty where it adds one."""
    proposes: str = ""
    """What the line could say besides, as ~customer for what is given to the customer's person."""
    is_closed: bool = False
    """Whether it says what is not for the audience: nothing makes it a line of theirs but taking that out."""
    date_at: int = -1
    """Where in the line a date stands in the words, which `by` in front would make the due date; else -1."""

    @property
    def why_not(self) -> str:
        """The first of its problems, without what a second Enter would do; "" for none."""
        why = next(iter(self.problems), "")
        return next((chip.why_in_brief for chip in self.chips if chip.why == why != ""), why)

    def values(self, kind: type[Entity], part: str = "") -> dict[str, Json]:
        """Return field → value of the row of a kind; `part` is a partner's id, or «all»."""
        return {name: value for (of, which, name), value in self.given.items() if (of, which) == (kind, part)}

    dates: Calendar = field(default_factory=lambda: Calendar(dt.date.min))
    """How dates are typed, and the day it is."""

    def changes(self, whole: AccountPlan, session: str, ids: Callable[[], str]) -> tuple[Change, ...]:
        """Return the changes of the one Step that the line is, made in a session of the whole plan.

        Each field is set by its own rule. What is made under the customer audience is visible to the
        customer. Raises Refused with the first problem.
        """
        if self.problems:
            raise Refused(self.problems[0])
        changes = self.built(whole, session, ids)
        if not changes:
            row = whole.get(self.kind, self.there)
            name = row.words if row else ""
            raise Refused(f"{name} has all of this already: nothing changes.")
        return changes

    def built(self, plan: AccountPlan, session: str, ids: Callable[[], str]) -> tuple[Change, ...]:
        """Return what the line changes of a plan; () where all is so already. Raises Refused."""
        now = dt.datetime.combine(self.dates.today, dt.time(), dt.UTC)
        context = SetContext(self.dates, lambda: now, session, self.audience)
        first = () if self.there else (Add(self._row(plan, session, ids())),)
        key = first[0].row.key if first else (self.there,)
        if plan.get(self.kind, *key) is None and not first:
            what = "person" if self.kind is Stakeholder else self.kind.VERBOSE_NAME
            raise Refused(f"This {what} has been removed by somebody else: type the line again.")
        own = ((FieldRef(self.kind, key, name), value) for name, value in self._set_last())
        after = apply(plan, Step(first))
        changes: list[Change] = [*first]
        for at, value in (*own, *self._beside(key[0], session)):
            given = tuple(set_value(after, at, value, context))
            after = apply(after, Step(given))
            changes += given
        beside = tuple(self._who_was_there(key[0]))
        return (*_net(plan, apply(after, Step(beside)), (*changes, *beside)),)

    def _row(self, plan: AccountPlan, session: str, row_id: str) -> Entity:
        """Return the new row with what it can't be without, and all that no rule of a field has a say in."""
        values = {"id": row_id, "rank": rank_after(plan.all(self.kind)), "session": session}
        waits = {name for name, _ in self._set_last() if not self.kind.fields[name].is_required}
        values |= {name: given for name, given in self.values(self.kind).items() if name not in waits}
        if self.kind is Stakeholder:
            values["placeholder"] = fold(str(values["name"])) == UNNAMED
        if self.audience == CUSTOMER:
            values["visibility"] = CUSTOMER
        return made(self.kind, {n: value for n, value in values.items() if n in self.kind.fields})

    def _set_last(self) -> Iterator[tuple[str, Json]]:
        """Yield field → value of what is set once the row is there: as typed, then by rule in their order."""
        given = {name: v for name, v in self.values(self.kind).items() if name != self.kind.NAME_FIELD}
        ruled = [name for name in self.kind.fields if name in given and (self.kind, name) in SETTERS]
        if self.there:
            yield from ((name, value) for name, value in given.items() if name not in ruled)
        yield from ((name, given[name]) for name in ruled)

    def _beside(self, row_id: str, session: str) -> Iterator[tuple[FieldRef, Json]]:
        """Yield the fields of rows beside a person: who owns a tie, how they feel."""
        for (kind, part, name), value in self.given.items():
            if part and kind not in BESIDE_A_MEETING:
                yield FieldRef(kind, _key_of(kind, part, row_id, session), name), value

    def _who_was_there(self, meeting: str) -> Iterator[Add]:
        for (kind, _, name), value in self.given.items():
            if kind in BESIDE_A_MEETING:
                yield Add(made(kind, {"meeting": meeting, name: value}))


def _net(before: AccountPlan, after: AccountPlan, changes: Iterable[Change]) -> Iterator[Change]:
    """Yield what these changes come to, each row and each field once."""
    places = ((*target(change), change.name if isinstance(change, Set) else "") for change in changes)
    for kind, key, name in dict.fromkeys(places):
        was, now = before.get(kind, *key), after.get(kind, *key)
        if not name:
            yield from (Add(now),) if now else (Remove(was),) if was else ()
        elif was and now and was.plain_value(name) != now.plain_value(name):
            yield Set(kind, key, name, was.plain_value(name), now.plain_value(name))


def _key_of(kind: type[Entity], part: str, person: str, session: str) -> Key:
    """Return the key of a row beside a person."""
    place = {"stakeholder": person, "party": part, "toward": part, "session": session}
    return tuple(place[name] for name in kind.KEY)
