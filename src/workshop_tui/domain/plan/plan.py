"""The AccountPlan: all that is known of one account, as one immutable value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, TypeVar, cast

from msgspec import Struct, field

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity, Key, goes_along, optional, referents, title_of
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, TOWARD_ALL
from workshop_tui.domain.model.account import Account, Gate, Learnt, Member, Party, StageEntry
from workshop_tui.domain.model.actions import Action, Approach, ApproachStep, Carry, CrmId
from workshop_tui.domain.model.discovery import Bullet, Criterion, Form, Objective, Score
from workshop_tui.domain.model.people import (
    Meeting,
    MeetingMember,
    MeetingStakeholder,
    Reading,
    Relation,
    Stakeholder,
    Tie,
)
from workshop_tui.domain.model.scorecard import (
    Goal,
    Initiative,
    Review,
    ReviewLine,
    SteeringDate,
    SteeringSeat,
    Terms,
)
from workshop_tui.domain.model.session import (
    Block,
    Chemistry,
    Decision,
    Erratum,
    GapRule,
    Guest,
    Parking,
    Presence,
    Risk,
    Roti,
    Seal,
    Session,
)
from workshop_tui.domain.model.value import (
    Answer,
    Contribution,
    Difference,
    GrowthStep,
    Option,
    Proof,
    Proposition,
    PropositionAnswer,
    Question,
    Target,
    TargetAnswer,
)

KINDS: tuple[type[Entity], ...] = (
    *(Account, Party, Member, Gate),
    *(Criterion, Score, Form, Bullet, Objective),
    *(Stakeholder, Session, GapRule, Block, Tie, Reading, Relation),
    *(Meeting, MeetingStakeholder, MeetingMember),
    *(StageEntry, Learnt, Chemistry),
    *(Question, Answer, Target, TargetAnswer, Proof),
    *(Proposition, Contribution, PropositionAnswer, Option, Difference, GrowthStep),
    *(Approach, ApproachStep, CrmId, Action, Carry),
    *(Goal, Initiative, Review, ReviewLine, SteeringSeat, Terms, SteeringDate),
    *(Presence, Guest, Decision, Risk, Parking, Roti, Seal, Erratum),
)
"""Every kind of entity, those referred to before those that refer."""

_SETTINGS = {"Session", "Block", "Meeting", "Review", "Proposition"}
"""Kinds that say where a row stands rather than what it is about."""

KIND: Mapping[str, type[Entity]] = {kind.__name__: kind for kind in KINDS}

E = TypeVar("E", bound=Entity)
Rows = Mapping[type[Entity], Mapping[Key, Entity]]
NEW = "new"
"""Stands for the key of a row that is not there yet."""
_GONE = "gone"
"""Ends the place of what was typed for a row that is not there any more."""


class AccountPlan(Struct, frozen=True, eq=False, dict=True):
    """All rows of one account by kind and key.

    `audience` is None for the whole plan, or whom a projection was cut for.
    """

    rows: Rows = field(default_factory=dict)
    audience: str | None = None

    def __eq__(self, other: object) -> bool:
        """Two plans are equal when they hold equal rows for the same audience."""
        return (
            isinstance(other, AccountPlan)
            and self.audience == other.audience
            and {k: v for k, v in self.rows.items() if v} == {k: v for k, v in other.rows.items() if v}
        )

    __hash__ = None  # type: ignore[assignment]

    @classmethod
    def of(cls, entities: Iterable[Entity], audience: str | None = None) -> AccountPlan:
        """Gather entities into a plan; the last of several with one key wins."""
        rows: dict[type[Entity], dict[Key, Entity]] = defaultdict(dict)
        for entity in entities:
            rows[type(entity)][entity.key] = entity
        return cls(dict(rows), audience)

    def __iter__(self) -> Iterator[Entity]:
        """All entities, kind by kind, each kind in its order."""
        for kind in KINDS:
            yield from self.all(kind)

    @cached_property
    def memo(self) -> dict[object, Any]:
        """What others have worked out of this plan and keep while it lives."""
        return {}

    @cached_property
    def _sorted(self) -> dict[type[Entity], tuple[Entity, ...]]:
        return {}

    @cached_property
    def _indexes(self) -> dict[tuple[Any, ...], dict[tuple[Any, ...], tuple[Any, ...]]]:
        return {}

    def all(self, kind: type[E]) -> tuple[E, ...]:
        """Return all rows of a kind, in their order (rank, then key)."""
        if kind not in self._sorted:
            rows = self.rows.get(kind, {})
            self._sorted[kind] = tuple(rows[key] for key in _in_order(kind, rows))
        return cast("tuple[E, ...]", self._sorted[kind])

    def get(self, kind: type[E], *key: str | None) -> E | None:
        """Return the row with this key, or None."""
        rows: Mapping[Any, Any] | None = self.rows.get(kind)
        found: E | None = rows.get(key) if rows else None
        return found

    def where(self, kind: type[E], **values: object) -> tuple[E, ...]:
        """Return the rows of a kind whose fields have these values, in their order."""
        names = tuple(values)
        index = self._indexes.get((kind, *names))
        if index is None:
            found: dict[tuple[Any, ...], list[E]] = defaultdict(list)
            for row in self.all(kind):
                found[tuple([getattr(row, name) for name in names])].append(row)
            index = {value: tuple(rows) for value, rows in found.items()}
            self._indexes[(kind, *names)] = index
        return index.get(tuple(values.values()), ())

    @cached_property
    def account(self) -> Account:
        """The account itself; a plan has exactly one."""
        return self.all(Account)[0]

    @cached_property
    def partners(self) -> tuple[Party, ...]:
        """The firms of the alliance, in their order."""
        return tuple(party for party in self.all(Party) if party.id != CUSTOMER)

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions by date; the first is session 1."""
        return tuple(sorted(self.all(Session), key=lambda s: (s.held_on, s.rank, s.id)))

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {session.id: n for n, session in enumerate(self.sessions, 1)}

    def number_of(self, session_id: str) -> int:
        """Return a session's number, counted from 1 by date; 0 when there is none such."""
        return self._numbers.get(session_id, 0)

    def before(self, session: Session) -> Session | None:
        """Return the session before this one, or None."""
        number = self.number_of(session.id)
        return self.sessions[number - 2] if number > 1 else None

    def name_of(self, kind: type[Entity], *key: str | None) -> str:
        """Return what a row is called; empty when it isn't there."""
        row = self.get(kind, *key)
        return display_name(self, row) if row else ""

    def referred(self, kind: type[Entity], name: str, value: str | None) -> Entity | None:
        """Return what the field `name` of a row of `kind` refers to by this id; None when it isn't there."""
        found = (self.get(KIND[target], value) for target in referents(kind)[name])
        return next((row for row in found if row), None)

    def name_of_ref(self, kind: type[Entity], name: str, value: str | None) -> str:
        """Return what a row is called that a field refers to; empty when it isn't there."""
        row = self.referred(kind, name, value)
        return display_name(self, row) if row else ""

    def person(self, person_id: str | None) -> Member | Stakeholder | None:
        """Return one of ours or one of the customer's people, as an owner is; None when not there."""
        return self.get(Member, person_id) or self.get(Stakeholder, person_id)


def _in_order(kind: type[Entity], rows: Mapping[Key, Any]) -> Iterable[Key]:
    if len(rows) <= 1:
        return rows
    if "rank" not in kind.fields:
        return sorted(rows)
    return sorted(rows, key=lambda key: (rows[key].rank, key))


def draft_place(kind: type[Entity], key: Key, name: str) -> str:
    """Return the place at which a field is typed, by which drafts are kept."""
    return "/".join((kind.__name__, *key, name))


def gone_place(kind: type[Entity], key: Key, name: str) -> str:
    """Return the place at which is kept what was typed for a row that another has taken out meanwhile."""
    return f"{draft_place(kind, key, name)}/{_GONE}"


def typed_at(plan: AccountPlan, place: str, text: str = "") -> str:
    """Return where what is kept at a place is typed now; "" where nowhere.

    What was typed for a row that is gone is that row's again once it is back, unless it says this text
    already; until then its name is for a new one.
    """
    row_place, _, last = place.rpartition("/")
    if last != _GONE:
        return place
    kind_name, *key, name = row_place.split("/")
    kind = KIND[kind_name]
    if row := plan.get(kind, *key):
        return row_place if row.plain().get(name) != text else ""
    return draft_place(kind, (NEW,), name) if name == kind.NAME_FIELD else ""


def display_name(plan: AccountPlan, row: Entity) -> str:
    """Return the words by which a row is known: its own, or those of what it refers to."""
    if row.NAME_FIELD:
        return row.words or row.VERBOSE_NAME
    if isinstance(row, Session):
        return f"session {plan.number_of(row.id)}"
    if isinstance(row, Review):
        return f"review of {format_date(row.on)}"
    if isinstance(row, Meeting):
        met = (
            plan.name_of(Stakeholder, one.stakeholder)
            for one in plan.where(MeetingStakeholder, meeting=row.id)
        )
        return ", ".join(filter(None, met)) or row.VERBOSE_NAME
    refs = sorted(referents(type(row)).items(), key=lambda ref: ref[1][0] in _SETTINGS)
    names = (
        plan.name_of_ref(type(row), name, getattr(row, name))
        for name, _ in refs
        if name in row.KEY or row.KEY == ("id",)
    )
    return next((name for name in names if name), row.VERBOSE_NAME)


def rank_after(rows: Iterable[Entity]) -> float:
    """Return the rank of a row put behind all of these."""
    return max((float(getattr(row, "rank", 0.0)) for row in rows), default=0.0) + 1.0


def dependents(plan: AccountPlan, row: Entity) -> Iterator[tuple[Entity, str]]:
    """Yield each (row, field) that refers to `row`; what only one partner sees refers to it, too."""
    for kind in KINDS:
        for name, targets in referents(kind).items():
            if type(row).__name__ not in targets:
                continue
            if type(plan.referred(kind, name, row.key[0]) or row) is type(row):
                yield from ((other, name) for other in plan.where(kind, **{name: row.key[0]}))
        if isinstance(row, Party) and "visibility" in kind.fields:
            yield from ((other, "visibility") for other in plan.where(kind, visibility=row.id))
    if isinstance(row, Party):
        yield from ((reading, "toward") for reading in plan.where(Reading, toward=row.id))


def must_go_with(kind: type[Entity], name: str) -> bool:
    """Whether a row can't outlive what its field refers to."""
    return name in kind.KEY or not optional(kind, name) or goes_along(kind, name)


def referred_noun(kind: type[Entity], name: str) -> str:
    """Return what a field refers to is called, as in «team member»; «person» where it is of either side."""
    kinds = referents(kind).get(name, ())
    return "person" if len(kinds) > 1 else KIND[kinds[0]].VERBOSE_NAME if kinds else ""


def audiences(plan: AccountPlan) -> tuple[str, ...]:
    """Return whom the screen can be cut for: alliance, each partner, customer."""
    return (ALLIANCE, *(party.id for party in plan.partners), CUSTOMER)


def problems(plan: AccountPlan) -> Iterator[str]:
    """Yield a sentence for each thing that keeps a plan from being whole: the store would refuse it.

    Covers references to rows that aren't there, cycles of reports_to, a visibility or a toward that
    names no party, a party whose id means something else, and an account that isn't exactly one.
    """
    if len(plan.all(Account)) != 1:
        yield f"There are {len(plan.all(Account))} accounts: an account plan holds exactly one."
        return
    for word in (ALLIANCE, TOWARD_ALL):
        if plan.get(Party, word):
            yield f"A partner has the id «{word}», which means all partners: give it another."
    for row in plan:
        yield from _broken_references(plan, row)
    yield from _cycles(plan)


def _broken_references(plan: AccountPlan, row: Entity) -> Iterator[str]:
    kind = type(row)
    where = f"{row.VERBOSE_NAME} {'/'.join(row.key)}"
    for name, targets in referents(kind).items():
        value = getattr(row, name)
        if value is not None and plan.referred(kind, name, value) is None:
            what = " or ".join(KIND[target].VERBOSE_NAME for target in targets)
            yield f"{title_of(kind, name)} of {where} names «{value}», which is no {what} here."
    seen_by = getattr(row, "visibility", ALLIANCE)
    if seen_by not in {CUSTOMER, ALLIANCE} and plan.get(Party, seen_by) is None:
        yield f"{where} is visible to «{seen_by}»: use customer, alliance or a partner's id."
    if isinstance(row, Reading) and row.toward not in {TOWARD_ALL, *(p.id for p in plan.partners)}:
        yield f"{where} is toward «{row.toward}»: use all or a partner's id."


def _cycles(plan: AccountPlan) -> Iterator[str]:
    clear: set[str] = set()
    circles = (_met_again(plan, person.id, clear) for person in plan.all(Stakeholder))
    if found := next(filter(None, circles), None):
        yield f"{found.name} reports to themselves by way of others: give one of them another manager."


def reports_to_themselves(plan: AccountPlan, person_id: str, clear: set[str] | None = None) -> bool:
    """Whether following reports_to from a person comes back to that person; `clear` as in `_met_again`."""
    found = _met_again(plan, person_id, set() if clear is None else clear)
    return found is not None and found.id == person_id


def _met_again(plan: AccountPlan, person_id: str, clear: set[str]) -> Stakeholder | None:
    """Return whom one meets again when following reports_to from a person; None where that ends.

    `clear` are people from whom it ends; those met on the way are added, so that asking for everybody in
    turn looks at each once: a file may hold very long lines of reporting.
    """
    met: set[str] = set()
    person = plan.get(Stakeholder, person_id)
    while person and person.id not in clear:
        if person.id in met:
            return person
        met.add(person.id)
        person = plan.get(Stakeholder, person.reports_to)
    clear |= met
    return None
