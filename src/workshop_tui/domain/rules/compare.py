"""What changed between two sessions: changes only, each with how it was and how it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar, cast

from msgspec import Struct, field
from msgspec.structs import fields

from workshop_tui.domain.base.entity import Entity, Key, title_of
from workshop_tui.domain.base.vocabulary import (
    CUSTOMER,
    TOWARD_ALL,
    AccountStage,
    ActionStatus,
    AnswerStatus,
    ApproachKind,
    Confidence,
    Direction,
    Level,
    Sentiment,
    Standing,
    StepStatus,
)
from workshop_tui.domain.gaps.people import SOLO_MEETINGS
from workshop_tui.domain.lifecycle.closing import outcome
from workshop_tui.domain.lifecycle.sessions import roti
from workshop_tui.domain.model.account import Member, Party
from workshop_tui.domain.model.actions import Action, ApproachStep, Carry
from workshop_tui.domain.model.people import Meeting, Reading, Stakeholder, Tie
from workshop_tui.domain.model.scorecard import Initiative, Review, ReviewLine
from workshop_tui.domain.model.session import Decision, Parking, Roti, Session
from workshop_tui.domain.model.value import Answer, Contribution, Proposition
from workshop_tui.domain.plan.plan import AccountPlan, display_name
from workshop_tui.domain.rules.follow_through import fate, first_due
from workshop_tui.domain.rules.meeting_log import Met, meeting_log, of_each
from workshop_tui.domain.rules.people import has_left, run_alone
from workshop_tui.domain.rules.scorecard import reviews, toward

E = TypeVar("E", bound=Entity)


class Turn(StrEnum):
    """How something changed: unknown is no value, so nothing moves to it or from it."""

    MOVED = "moved"
    FIRST_KNOWN = "first_known"
    NOT_KNOWN = "not_known_any_more"


def turned(then: object, now: object) -> Turn | None:
    """Return how a value changed, None standing for unknown; None when it didn't."""
    if then == now:
        return None
    if then is None:
        return Turn.FIRST_KNOWN
    return Turn.NOT_KNOWN if now is None else Turn.MOVED


class Held(Struct, frozen=True):
    """One of the two sessions."""

    session: str
    number: int
    on: dt.date


class PersonTurn(StrEnum):
    """What happened to one of the customer's people."""

    NEW = "new"
    LEFT = "left"
    RENAMED = "renamed"
    MANAGER = "new_manager"


class PersonChange(Struct, frozen=True):
    """Somebody came, left, or has another name or manager."""

    person: str
    name: str
    what: PersonTurn
    then: str = ""
    """The name, or the manager's, before."""
    now: str = ""
    """The name or the manager's now; of somebody who left, who came after them."""
    on: dt.date | None = None
    """The day they left."""


class Read(Struct, frozen=True):
    """A reading of sentiment, with how we know; the value is None for unknown."""

    session: str
    value: Sentiment | None
    confidence: Confidence
    evidence: str


class SentimentChange(Struct, frozen=True):
    """Somebody feels otherwise toward the alliance («all») or a partner than in the earlier session."""

    person: str
    name: str
    toward: str
    toward_name: str
    """What people call the firm; empty for the alliance."""
    what: Turn
    then: Read | None
    """The last reading up to the earlier session; None when there was none."""
    now: Read

    @property
    def by(self) -> int:
        """By how much it moved, −4 to +4; 0 when it is no move."""
        if self.then is None or self.then.value is None or self.now.value is None:
            return 0
        return self.now.value - self.then.value


class LevelChange(Struct, frozen=True):
    """A firm's tie to somebody has another level."""

    person: str
    name: str
    party: str
    party_name: str
    what: Turn
    then: Level | None
    now: Level | None


class OwnerChange(Struct, frozen=True):
    """A firm's tie to somebody has another owner; empty names for nobody."""

    person: str
    name: str
    party: str
    party_name: str
    then: str
    now: str


class AnswerChange(Struct, frozen=True):
    """An answer was heard, validated or withdrawn."""

    answer: str
    text: str
    person: str | None
    name: str
    what: AnswerStatus
    """Heard (be it as our guess), validated or withdrawn."""
    on: dt.date | None


class TextChange(Struct, frozen=True):
    """A line of the proposition reads otherwise."""

    kind: str
    key: Key
    title: str
    """What the line is called, with the firm's name where it is one firm's."""
    what: Turn
    then: str
    now: str


class StepChange(Struct, frozen=True):
    """A step of the approach to somebody stands otherwise."""

    person: str
    name: str
    step: ApproachKind
    then: StepStatus | None
    """None where it isn't known how it stood."""
    now: StepStatus
    on: dt.date | None


class DecisionMade(Struct, frozen=True):
    """A decision of the later session, or of one in between."""

    decision: str
    text: str
    number: int
    """The number of the session that made it."""
    replaces: str | None
    """Id of the decision whose place it takes."""
    replaced_text: str


class Fate(StrEnum):
    """What became of an action by the later session, judged by the date that was first agreed."""

    ON_TIME = "on_time"
    LATE = "late"
    DONE = "done"
    """Done, where no date was agreed."""
    CARRIED = "carried"
    DROPPED = "dropped"
    OPEN = "still_open"


class ActionOutcome(Struct, frozen=True):
    """What became of an action that the earlier session made, or carried."""

    action: str
    title: str
    owner: str
    """Whose it is to do, by name; empty for nobody's."""
    fate: Fate
    first_due: dt.date | None
    due: dt.date | None
    done_on: dt.date | None
    days_late: int
    """Done late: days after the first due date, 0 where no day was kept. Not done: days overdue."""
    carried: int
    """How often it was carried since."""
    carried_from: dt.date | None
    reason: str
    """Why it was dropped."""


class ActionMade(Struct, frozen=True):
    """An action that the later session made, or one in between."""

    action: str
    title: str
    owner: str
    due: dt.date | None
    number: int
    """The number of the session that made it."""


class ParkingTurn(StrEnum):
    """What happened to a parked item."""

    OPENED = "opened"
    EMPTIED = "emptied"
    OPEN = "still_open"


class ParkingChange(Struct, frozen=True):
    """Something was parked, or what became of what was."""

    item: str
    text: str
    number: int
    """The number of the session that parked it."""
    what: ParkingTurn
    became_kind: str = ""
    """Kind of what it became, as in «Action»; empty for nothing."""
    became: str = ""
    became_text: str = ""
    is_dropped: bool = False


class FirmMeetings(Struct, frozen=True):
    """How many meetings a firm was at, and how many of them it held alone."""

    party: str
    name: str
    meetings: int
    alone: int


class MeetingHeld(Struct, frozen=True):
    """A meeting outside the sessions."""

    meeting: str
    on: dt.date
    people: tuple[str, ...]
    members: tuple[str, ...]
    parties: tuple[str, ...]


class SoloRun(Struct, frozen=True):
    """A firm has held the latest meetings with somebody alone, three or more, and more than before."""

    person: str
    name: str
    party: str
    party_name: str
    meetings: int
    before: int
    """How long the run was by the earlier session; 0 where it was another's, or none."""


class InitiativeChange(Struct, frozen=True):
    """What two reviews have found otherwise about an initiative."""

    initiative: str
    title: str
    then: float
    now: float
    heading: Direction
    """Where the figure went: up is better, minding lower_is_better."""
    completion: tuple[int | None, int | None]
    direction: tuple[Direction | None, Direction | None]


class StageChange(Struct, frozen=True):
    """The account stands at another stage."""

    then: AccountStage
    now: AccountStage


class StandingChange(Struct, frozen=True):
    """A firm has another place with the account."""

    party: str
    name: str
    what: Turn
    then: Standing | None
    now: Standing | None


class RotiChange(Struct, frozen=True):
    """The room scored its time otherwise; None where nobody scored it."""

    what: Turn
    then: float | None
    now: float | None
    seats_then: int
    seats_now: int


class Comparison(Struct, frozen=True):
    """What changed between two sessions, in groups; the worst first, then the newest."""

    account: str
    """The account's id."""
    earlier: Held
    later: Held
    by_records: bool
    """Whether it is worked out from the records of both, else from rows that have a day."""
    people: tuple[PersonChange, ...] = ()
    sentiment: tuple[SentimentChange, ...] = ()
    levels: tuple[LevelChange, ...] = ()
    owners: tuple[OwnerChange, ...] = ()
    answers: tuple[AnswerChange, ...] = ()
    proposition: tuple[TextChange, ...] = ()
    steps: tuple[StepChange, ...] = ()
    decisions: tuple[DecisionMade, ...] = ()
    outcomes: tuple[ActionOutcome, ...] = ()
    actions: tuple[ActionMade, ...] = ()
    parking: tuple[ParkingChange, ...] = ()
    meetings: tuple[MeetingHeld, ...] = ()
    meetings_by_firm: tuple[FirmMeetings, ...] = ()
    solo_runs: tuple[SoloRun, ...] = ()
    reviews: tuple[dt.date, ...] = ()
    """The days of the two reviews between which the scorecard is compared; none where there aren't two."""
    scorecard: tuple[InitiativeChange, ...] = ()
    stage: tuple[StageChange, ...] = ()
    standings: tuple[StandingChange, ...] = ()
    roti: tuple[RotiChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not len(self)

    def __len__(self) -> int:
        """How many changes there are."""
        return sum(len(getattr(self, one.name)) for one in fields(self) if one.name not in _NO_CHANGES)


_NO_CHANGES = {"account", "earlier", "later", "by_records", "reviews", "meetings"}
"""Fields of a comparison that are no changes, or told by another."""


def compare(  # noqa: PLR0913 - each says another thing about what is compared
    then: AccountPlan,
    now: AccountPlan,
    earlier: str,
    later: str,
    *,
    by_records: bool,
    on: dt.date | None = None,
) -> Comparison:
    """Return what changed from one session to a later one, for the audience that both plans were cut for.

    `then` and `now` are the plan as it was when each was over: by their records, or as known on the days
    of the sessions (`as_known`). From rows with a day alone, nothing is told of people who came or have
    another name or manager, of levels, owners, the proposition and standings: these keep no day. What
    became of actions is judged by `on`, the later session's day without it. Nothing is told to the
    customer.
    """
    of = _Two.of(then, now, earlier, later, on)
    if of is None:
        raise ValueError("Both sessions must be in their plans.")
    if now.audience == CUSTOMER or of.earlier.session == of.later.session:
        return Comparison(now.account.id, of.earlier, of.later, by_records)
    held = tuple(_meetings(of))
    reviewed = _reviews(of)
    return Comparison(
        now.account.id,
        of.earlier,
        of.later,
        by_records,
        people=tuple(_people(of, by_records=by_records)),
        sentiment=tuple(_sentiment(of)),
        levels=tuple(_levels(of)) if by_records else (),
        owners=tuple(_owners(of)) if by_records else (),
        answers=tuple(_answers(of)),
        proposition=tuple(_proposition(of)) if by_records else (),
        steps=tuple(_steps(of)),
        decisions=tuple(_decisions(of)),
        outcomes=tuple(_outcomes(of)),
        actions=tuple(_actions(of)),
        parking=tuple(_parking(of)),
        meetings=tuple(_meeting(of, met) for met in held),
        meetings_by_firm=tuple(_by_firm(of, held)),
        solo_runs=tuple(_solo_runs(of)),
        reviews=tuple(review.on for review in reviewed),
        scorecard=tuple(_scorecard(of, *reviewed)) if reviewed else (),
        stage=tuple(_stage(of)),
        standings=tuple(_standings(of)) if by_records else (),
        roti=tuple(_roti(of)),
    )


class _Two(Struct, frozen=True):
    """The plan when each of the two sessions was over, and what all groups ask of both."""

    then: AccountPlan
    now: AccountPlan
    earlier: Held
    later: Held
    on: dt.date
    numbers: Mapping[str, int]
    """Session's id → its number, of those up to the later one."""
    since: frozenset[str]
    """Ids of the sessions after the earlier one, up to the later one."""
    upto: Sequence[str]
    """Ids of the sessions up to the earlier one, the latest first."""
    influence: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls, then: AccountPlan, now: AccountPlan, earlier: str, later: str, on: dt.date | None
    ) -> _Two | None:
        first, last = then.get(Session, earlier), now.get(Session, later)
        if first is None or last is None:
            return None
        end = now.number_of(later)
        begin = now.number_of(earlier) or then.number_of(earlier)
        numbers = {session.id: n for n, session in enumerate(now.sessions, 1) if n <= end}
        upto = [session.id for session in then.sessions[: then.number_of(earlier)]]
        return cls(
            then,
            now,
            Held(earlier, begin, first.held_on),
            Held(later, end, last.held_on),
            on or last.held_on,
            numbers,
            frozenset(one for one, n in numbers.items() if n > begin),
            upto[::-1],
            {person.id: person.influence or 0 for person in now.all(Stakeholder)},
        )

    def person(self, person: str | None) -> str:
        return self.now.name_of(Stakeholder, person)

    def firm(self, party: str) -> str:
        return self.now.name_of(Party, party)

    def whoever(self, person: str | None) -> str:
        found = self.now.person(person)
        return display_name(self.now, found) if found else ""


def _rows(plan: AccountPlan, kind: type[E]) -> Mapping[Key, E]:
    """Return the rows of a kind by key, in no order."""
    return cast("Mapping[Key, E]", plan.rows.get(kind, {}))


def _newest(day: dt.date | None) -> int:
    return -day.toordinal() if day else 0


# People


def _people(of: _Two, *, by_records: bool) -> Iterator[PersonChange]:
    found = [change for row in of.now.all(Stakeholder) for change in _person(of, row, by_records=by_records)]
    order = [PersonTurn.LEFT, PersonTurn.NEW, PersonTurn.MANAGER, PersonTurn.RENAMED]
    yield from sorted(found, key=lambda each: (order.index(each.what), -of.influence[each.person]))


def _person(of: _Two, row: Stakeholder, *, by_records: bool) -> Iterator[PersonChange]:
    was = of.then.get(Stakeholder, row.id)
    if was is None:
        if by_records:
            yield PersonChange(row.id, row.words, PersonTurn.NEW, now=of.person(row.reports_to))
        return
    if row.left_on and has_left(row, of.on) and was.left_on is None:
        yield PersonChange(row.id, row.words, PersonTurn.LEFT, now=of.person(row.successor), on=row.left_on)
    if by_records and was.words != row.words:
        yield PersonChange(row.id, row.words, PersonTurn.RENAMED, was.words, row.words)
    if by_records and was.reports_to != row.reports_to:
        before = of.then.name_of(Stakeholder, was.reports_to)
        yield PersonChange(row.id, row.words, PersonTurn.MANAGER, before, of.person(row.reports_to))


def _sentiment(of: _Two) -> Iterator[SentimentChange]:
    """Compare the last reading up to the one session with the last one after it, up to the other."""
    found = []
    readings = _rows(of.now, Reading)
    latest: dict[tuple[str, str], Reading] = {}
    whom_all = (TOWARD_ALL, *(party.id for party in of.now.partners))
    unread = [(person, whom) for person in of.influence for whom in whom_all]
    for session in sorted(of.since, key=lambda one: -of.numbers[one]):
        latest |= {pair: readings[session, *pair] for pair in unread if (session, *pair) in readings}
        unread = [pair for pair in unread if pair not in latest]
    before = _rows(of.then, Reading)
    for (person, whom), now in latest.items():
        keys = ((session, person, whom) for session in of.upto)
        then = next((before[key] for key in keys if key in before), None)
        if what := turned(then.value if then else None, now.value):
            name = "" if whom == TOWARD_ALL else of.firm(whom)
            was = _as_read(then) if then else None
            found.append(SentimentChange(person, of.person(person), whom, name, what, was, _as_read(now)))
    yield from sorted(found, key=lambda each: (*_badness(each), -of.influence[each.person]))


def _as_read(reading: Reading) -> Read:
    return Read(reading.session, reading.value, reading.confidence, reading.evidence)


def _badness(change: SentimentChange) -> tuple[int, int]:
    """Order falls before what isn't known any more, what is first known, and rises."""
    place = 0 if change.by < 0 else 1 if change.what is Turn.NOT_KNOWN else 2 if not change.by else 3
    return place, change.by


def _levels(of: _Two) -> Iterator[LevelChange]:
    found = []
    for key, row in _rows(of.now, Tie).items():
        was = of.then.get(Tie, *key)
        then = was.level if was else None
        if what := turned(then, row.level):
            names = (row.stakeholder, of.person(row.stakeholder), row.party, of.firm(row.party))
            gain = (row.level.height if row.level else 0) - (then.height if then else 0)
            rank = (gain, -of.influence.get(row.stakeholder, 0), key)
            found.append((rank, LevelChange(*names, what, then, row.level)))
    yield from (change for _, change in sorted(found, key=lambda each: each[0]))


def _owners(of: _Two) -> Iterator[OwnerChange]:
    found = []
    for key, row in _rows(of.now, Tie).items():
        was = of.then.get(Tie, *key)
        if (was.owner if was else None) != row.owner:
            names = (row.stakeholder, of.person(row.stakeholder), row.party, of.firm(row.party))
            then, now = of.then.name_of(Member, was.owner if was else None), of.whoever(row.owner)
            rank = (bool(now), -of.influence.get(row.stakeholder, 0), key)
            found.append((rank, OwnerChange(*names, then, now)))
    yield from (change for _, change in sorted(found, key=lambda each: each[0]))


# Value, proposition, approach

_SURE = [AnswerStatus.WITHDRAWN, AnswerStatus.HEARD, AnswerStatus.VALIDATED]


def _answers(of: _Two) -> Iterator[AnswerChange]:
    before = _rows(of.then, Answer)
    found = [
        AnswerChange(row.id, row.words, row.stakeholder, of.person(row.stakeholder), what, on)
        for key, row in _rows(of.now, Answer).items()
        for what, on in _said(before.get(key), row)
    ]
    yield from sorted(found, key=lambda each: (_SURE.index(each.what), _newest(each.on), each.answer))


def _said(was: Answer | None, row: Answer) -> Iterator[tuple[AnswerStatus, dt.date | None]]:
    """Yield what happened to an answer, and when."""
    if was is None:
        yield AnswerStatus.HEARD, row.heard_on
    if was is None or was.status is not row.status:
        if row.status is AnswerStatus.VALIDATED:
            yield AnswerStatus.VALIDATED, row.validated_on
        elif row.status is AnswerStatus.WITHDRAWN:
            yield AnswerStatus.WITHDRAWN, row.withdrawn_on


def _proposition(of: _Two) -> Iterator[TextChange]:
    for kind, names in ((Proposition, ("together", "customer_gains")), (Contribution, ("brings", "gains"))):
        for row in of.now.all(kind):
            was = of.then.get(kind, *row.key)
            firm = of.firm(row.party) if isinstance(row, Contribution) else ""
            for name in names:
                then, now = ((getattr(one, name) or None) if one else None for one in (was, row))
                if what := turned(then, now):
                    title = title_of(kind, name)
                    told = f"{firm} {title.lower()}" if firm else title
                    yield TextChange(kind.__name__, row.key, told, what, then or "", now or "")
            if isinstance(row, Proposition) and isinstance(was, Proposition) and was.status != row.status:
                title = title_of(kind, "status")
                yield TextChange(
                    kind.__name__, row.key, title, Turn.MOVED, was.status.label, row.status.label
                )


def _steps(of: _Two) -> Iterator[StepChange]:
    found = []
    before = _rows(of.then, ApproachStep)
    for key, row in _rows(of.now, ApproachStep).items():
        was = before.get(key)
        if row.status is not (was.status if was else StepStatus.TODO):
            then = was.status if was else None
            change = StepChange(
                row.stakeholder, of.person(row.stakeholder), row.step, then, row.status, row.on
            )
            rank = (row.status is not StepStatus.DECLINED, _newest(row.on), key)
            found.append((rank, change))
    yield from (change for _, change in sorted(found, key=lambda each: each[0]))


# What was agreed


def _decisions(of: _Two) -> Iterator[DecisionMade]:
    made = (row for row in of.now.all(Decision) if row.session in of.since)
    for row in sorted(made, key=lambda row: -of.numbers[row.session]):
        old = of.now.get(Decision, row.replaces)
        number = of.numbers[row.session]
        yield DecisionMade(row.id, row.words, number, old.id if old else None, old.words if old else "")


_FATES = [Fate.OPEN, Fate.CARRIED, Fate.LATE, Fate.DROPPED, Fate.ON_TIME, Fate.DONE]


def _outcomes(of: _Two) -> Iterator[ActionOutcome]:
    carried = {action for action, session in _rows(of.now, Carry) if session == of.earlier.session}
    agreed = (
        row
        for row in _rows(of.now, Action).values()
        if row.session == of.earlier.session or (row.id in carried and row.session in of.numbers)
    )
    found = [(row.rank, _outcome(of, row)) for row in agreed]
    yield from (
        each
        for _, each in sorted(
            found, key=lambda one: (_FATES.index(one[1].fate), -one[1].days_late, one[0], one[1].action)
        )
    )


def _outcome(of: _Two, row: Action) -> ActionOutcome:
    own = {row.session} & {of.earlier.session}  # moved in the session it was made in, after the seal
    carries = sorted(
        (one for one in of.now.where(Carry, action=row.id) if one.session in of.since | own),
        key=lambda one: of.numbers[one.session],
    )
    first = first_due(of.now, row)
    became = fate(row, first or dt.date.max, of.on)
    on_time, late_too = (Fate.ON_TIME, Fate.LATE) if first else (Fate.DONE, Fate.DONE)
    judged = {"dropped": Fate.DROPPED, "on_time": on_time, "late": late_too}
    told = judged.get(became, Fate.CARRIED if carries else Fate.OPEN)
    late = 0
    if told is Fate.LATE and first and row.done_on:
        late = (row.done_on - first).days
    elif told in {Fate.OPEN, Fate.CARRIED} and row.due:
        late = max(0, (of.on - row.due).days)
    is_dropped = told is Fate.DROPPED
    return ActionOutcome(
        row.id,
        row.words,
        of.whoever(row.owner),
        told,
        first,
        row.due,
        row.done_on if told in {Fate.ON_TIME, Fate.LATE, Fate.DONE} else None,
        late,
        len(carries),
        carries[0].from_due if carries else None,
        row.reason if is_dropped and row.status is ActionStatus.DROPPED else "",
    )


def _actions(of: _Two) -> Iterator[ActionMade]:
    made = [row for row in _rows(of.now, Action).values() if row.session in of.since]
    order = sorted(made, key=lambda row: (-of.numbers[row.session], row.rank, row.id))
    yield from (
        ActionMade(row.id, row.words, of.whoever(row.owner), row.due, of.numbers[row.session])
        for row in order
    )


def _parking(of: _Two) -> Iterator[ParkingChange]:
    """Tell what was parked since, what became of what the earlier session parked, and of older items."""
    found: list[tuple[tuple[int, int], ParkingChange]] = []
    for place, row in enumerate(of.now.all(Parking)):
        number = of.numbers.get(row.session)
        if number is None:
            continue
        became = outcome(of.now, row)
        is_gone = became is not None or row.dropped
        was = of.then.get(Parking, row.id)
        if row.session in of.since:
            what = ParkingTurn.OPENED
        elif is_gone and (
            row.session == of.earlier.session
            or (was is not None and outcome(of.then, was) is None and not was.dropped)
        ):
            what = ParkingTurn.EMPTIED
        elif row.session == of.earlier.session:
            what = ParkingTurn.OPEN
        else:
            continue
        change = ParkingChange(
            row.id,
            row.words,
            number,
            what,
            type(became).__name__ if became else "",
            became.id if became else "",
            became.words if became else "",
            row.dropped and became is None,
        )
        found.append(((list(ParkingTurn)[::-1].index(what), place), change))
    yield from (change for _, change in sorted(found, key=lambda each: each[0]))


# Meetings


def _meetings(of: _Two) -> Iterator[Met]:
    """Yield the meetings held since, the newest first."""
    known = _rows(of.then, Meeting)
    for met in reversed(meeting_log(of.now, of.on)):
        if met.meeting and (met.meeting,) not in known:
            yield met


def _meeting(of: _Two, met: Met) -> MeetingHeld:
    firms = tuple(party.id for party in of.now.partners if party.id in met.parties)
    return MeetingHeld(met.meeting, met.on, met.people, met.members, firms)


def _by_firm(of: _Two, held: Sequence[Met]) -> Iterator[FirmMeetings]:
    for party in of.now.partners:
        there = [met for met in held if party.id in met.parties]
        if there:
            alone = sum(len(met.parties) == 1 for met in there) if of.now.partners[1:] else 0
            yield FirmMeetings(party.id, party.short, len(there), alone)


def _solo_runs(of: _Two) -> Iterator[SoloRun]:
    before = of_each(meeting_log(of.then, of.earlier.on))
    found = []
    for person, met in of_each(meeting_log(of.now, of.on)).items():
        party, run = run_alone(of.now, [each.parties for each in met])
        held = of.now.get(Stakeholder, person)
        if run < SOLO_MEETINGS or held is None or has_left(held, of.on):
            continue
        alone, was = run_alone(of.then, [each.parties for each in before.get(person, ())])
        was = was if alone == party else 0
        if run > was:
            found.append(SoloRun(person, of.person(person), party, of.firm(party), run, was))
    yield from sorted(found, key=lambda each: (-each.meetings, -of.influence[each.person], each.person))


# Scorecard, stage, standing, time


def _reviews(of: _Two) -> tuple[Review, ...]:
    """Return the reviews nearest to the two sessions; none where there aren't two."""
    held = reviews(of.now)
    if not held:
        return ()
    first, last = (
        min(held, key=lambda review: abs((review.on - day).days)) for day in (of.earlier.on, of.later.on)
    )
    return (first, last) if first.on < last.on else ()


def _scorecard(of: _Two, first: Review, last: Review) -> Iterator[InitiativeChange]:
    found = []
    for row in of.now.all(Initiative):
        then, now = (of.now.get(ReviewLine, review.id, row.id) for review in (first, last))
        if then is None or now is None:
            continue
        if any(
            turned(getattr(then, each), getattr(now, each)) for each in ("actual", "completion", "direction")
        ):
            heading = toward(then.actual, now.actual, lower_is_better=row.lower_is_better)
            found.append(
                InitiativeChange(
                    row.id,
                    row.words,
                    then.actual,
                    now.actual,
                    heading,
                    (then.completion, now.completion),
                    (then.direction, now.direction),
                )
            )
    worst = [Direction.DOWN, Direction.FLAT, Direction.UP]
    yield from sorted(found, key=lambda each: worst.index(each.heading))


def _stage(of: _Two) -> Iterator[StageChange]:
    then, now = of.then.account.stage, of.now.account.stage
    if then is not now:
        yield StageChange(then, now)


def _standings(of: _Two) -> Iterator[StandingChange]:
    for party in of.now.partners:
        was = of.then.get(Party, party.id)
        then = was.standing if was else None
        if what := turned(then, party.standing):
            yield StandingChange(party.id, party.short, what, then, party.standing)


def _roti(of: _Two) -> Iterator[RotiChange]:
    sides = ((of.then, of.earlier.session), (of.now, of.later.session))
    then, now = (roti(plan, session) for plan, session in sides)
    if now is not None and (what := turned(then, now)):  # a session that isn't scored yet has lost nothing
        seats = (len(plan.where(Roti, session=session)) for plan, session in sides)
        yield RotiChange(what, then, now, *seats)
