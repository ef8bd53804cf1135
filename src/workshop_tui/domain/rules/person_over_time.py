"""One of the customer's people over all sessions: how they felt, when we met, what they said and do."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from workshop_tui.domain.base.vocabulary import (
    CUSTOMER,
    TOWARD_ALL,
    ActionStatus,
    AnswerStatus,
    Confidence,
    RelationKind,
    Sentiment,
)
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Meeting, Reading, Relation, Stakeholder
from workshop_tui.domain.model.value import Answer, Question
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.meeting_log import Met, meeting_log
from workshop_tui.domain.rules.people import has_left


class SessionDay(Struct, frozen=True):
    """A session with its number, counted from 1, and its day."""

    id: str
    number: int
    on: dt.date


class ReadingThen(Struct, frozen=True):
    """What was read in a session; the value is None where it was said to be unknown."""

    value: Sentiment | None
    confidence: Confidence
    evidence: str


class Strip(Struct, frozen=True):
    """How somebody felt toward the alliance («all») or a partner, session by session."""

    toward: str
    readings: tuple[ReadingThen | None, ...]
    """One for each of the sessions, in their order; None where nothing was read."""


class ContactThen(Struct, frozen=True):
    """A meeting with somebody, or a session they came to."""

    on: dt.date
    parties: tuple[str, ...]
    """Ids of the firms that were there, in their order: a tick in the row of each."""
    members: tuple[str, ...]
    """Ids of ours who were there."""
    others: tuple[str, ...]
    """Ids of the customer's other people who were there."""
    said: str = ""
    next_step: str = ""
    meeting: str = ""
    """The meeting's id; empty for a session."""
    session: str = ""
    """The session's id; empty for a meeting."""


class AnswerGiven(Struct, frozen=True):
    """What somebody said to a value question."""

    answer: str
    text: str
    question: str
    status: AnswerStatus
    heard_on: dt.date | None
    validated_on: dt.date | None
    heard_by: str | None
    """Id of whoever of ours heard it."""


class ActionTold(Struct, frozen=True):
    """An action about somebody, or that is theirs to do or to answer for."""

    action: str
    title: str
    status: ActionStatus
    due: dt.date | None
    done_on: dt.date | None
    session: str
    is_about: bool
    is_theirs: bool
    """Whether they are to do it, or answer for it."""


class RelationTold(Struct, frozen=True):
    """A relation seen from somebody's end."""

    kind: RelationKind
    other: str
    """Id of whoever is at the other end."""
    is_source: bool
    """Whether this end acts on the other."""
    strength: int


class PersonOverTime(Struct, frozen=True):
    """All that is known of one of the customer's people over time; lists have the newest first."""

    person: str
    name: str
    title: str
    left_on: dt.date | None
    """Since when they are not there any more; None while they are."""
    successor: str | None
    """Id of who came after them."""
    predecessors: tuple[str, ...]
    """Ids of those after whom they came."""
    sessions: tuple[SessionDay, ...]
    """The sessions held by the day, the oldest first: the columns of the strips."""
    strips: tuple[Strip, ...]
    """Toward the alliance, then each partner."""
    contacts: tuple[ContactThen, ...]
    answers: tuple[AnswerGiven, ...]
    actions: tuple[ActionTold, ...]
    relations: tuple[RelationTold, ...]


def person_over_time(plan: AccountPlan, person_id: str, on: dt.date) -> PersonOverTime | None:
    """Return all that is known of somebody up to a day; None for nobody, and for the customer.

    The plan is as it was known on the day (`as_known`).
    """
    person = plan.get(Stakeholder, person_id)
    if person is None or plan.audience == CUSTOMER:
        return None
    numbered = enumerate(plan.sessions, 1)
    sessions = tuple(SessionDay(one.id, n, one.held_on) for n, one in numbered if one.held_on <= on)
    is_gone = has_left(person, on)
    return PersonOverTime(
        person.id,
        person.words,
        "" if person.placeholder else person.title,
        person.left_on if is_gone else None,
        person.successor if is_gone else None,
        tuple(
            one.id
            for one in plan.where(Stakeholder, successor=person.id)
            if one.id != person.id and has_left(one, on)
        ),
        sessions,
        tuple(
            Strip(toward, tuple(_read(plan, one.id, person.id, toward) for one in sessions))
            for toward in (TOWARD_ALL, *(party.id for party in plan.partners))
        ),
        tuple(
            _contact(plan, person.id, met)
            for met in reversed(meeting_log(plan, on))
            if person.id in met.people
        ),
        _answers(plan, person.id),
        _actions(plan, person.id),
        _relations(plan, person.id),
    )


def _read(plan: AccountPlan, session: str, person: str, toward: str) -> ReadingThen | None:
    reading = plan.get(Reading, session, person, toward)
    return ReadingThen(reading.value, reading.confidence, reading.evidence) if reading else None


def _contact(plan: AccountPlan, person: str, met: Met) -> ContactThen:
    meeting = plan.get(Meeting, met.meeting)
    return ContactThen(
        met.on,
        tuple(party.id for party in plan.partners if party.id in met.parties),
        met.members,
        tuple(other for other in met.people if other != person),
        meeting.said if meeting else "",
        meeting.next_step if meeting else "",
        met.meeting,
        met.session,
    )


def _answers(plan: AccountPlan, person: str) -> tuple[AnswerGiven, ...]:
    given = sorted(
        plan.where(Answer, stakeholder=person), key=lambda row: row.heard_on or dt.date.min, reverse=True
    )
    return tuple(
        AnswerGiven(
            row.id,
            row.words,
            plan.name_of(Question, row.question),
            row.status,
            row.heard_on,
            row.validated_on,
            row.heard_by,
        )
        for row in given
    )


def _actions(plan: AccountPlan, person: str) -> tuple[ActionTold, ...]:
    about = {row.id: row for row in plan.where(Action, stakeholder=person)}
    theirs: dict[str, Action] = {}
    if plan.get(Member, person) is None:  # where one of ours has the same id, that one is meant
        owned = (*plan.where(Action, owner=person), *plan.where(Action, accountable=person))
        theirs = {row.id: row for row in owned}
    numbers = {session.id: n for n, session in enumerate(plan.sessions)}
    found = (about | theirs).values()
    return tuple(
        ActionTold(
            *(row.id, row.words, row.status, row.due, row.done_on, row.session),
            is_about=row.id in about,
            is_theirs=row.id in theirs,
        )
        for row in sorted(found, key=lambda row: numbers.get(row.session, 0), reverse=True)
    )


def _relations(plan: AccountPlan, person: str) -> tuple[RelationTold, ...]:
    out = (
        RelationTold(row.kind, row.target, is_source=True, strength=row.strength)
        for row in plan.where(Relation, source=person)
    )
    into = (
        RelationTold(row.kind, row.source, is_source=False, strength=row.strength)
        for row in plan.where(Relation, target=person)
    )
    return (*out, *into)
