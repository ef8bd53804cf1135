"""What an account lead should know on a Monday: what we owe, what news to bring, who goes quiet.

All take the whole plan as it was known on the day (`as_known`), and the same for who reads this, which is
a projection or the whole again. What is so is worked out on the whole: a parked item that has become what
one firm keeps to itself is settled. Told is what stands in the view, by its names alone; before the
customer that is nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from msgspec import Struct, field

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Key
from workshop_tui.domain.base.text import counted, one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER, ActionStatus, AnswerStatus
from workshop_tui.domain.lifecycle.closing import is_settled
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Decision, Parking, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.audience import hides_no_row, project
from workshop_tui.domain.plan.past import as_known
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Change, Refused, set_field
from workshop_tui.domain.rules.decisions import replaced_by
from workshop_tui.domain.rules.follow_through import first_due
from workshop_tui.domain.rules.milestones import When, when
from workshop_tui.domain.rules.people import has_left, last_contact, note_last_contacts
from workshop_tui.domain.rules.quiet import QuietPerson, going_quiet
from workshop_tui.domain.rules.scorecard import has_scorecard, review_overdue

READ_BACK_DAYS = 14
"""Days after which what was heard should have been read back."""


class Owed(Enum):
    """Why we owe something; `place` is how much it weighs, the least first."""

    LATE = "late", 0
    REVIEW = "review", 0
    CARRIED = "carried", 1
    THIS_WEEK = "this_week", 2
    NOT_READ_BACK = "not_read_back", 3
    PARKED = "parked", 4

    def __init__(self, id_: str, place: int) -> None:
        self.id, self.place = id_, place


class OwedLine(Struct, frozen=True):
    """One thing that we owe the customer, or one another."""

    why: Owed
    kind: str
    """Name of the row's kind, as in «Action»."""
    key: Key
    name: str
    since: dt.date
    """The day by which it is ordered: due, first due, heard or parked."""
    days: int
    """For how many days it has been so; 0 for what is still to come."""
    who: str
    """Whose it is, by name; empty for nobody's."""
    told: str
    """What is owed, in words."""

    @property
    def place(self) -> tuple[int, dt.date]:
        """Where it stands among others: the worst first."""
        return self.why.place, self.since


class NewsLine(Struct, frozen=True):
    """Something to tell the customer at the next meeting."""

    kind: str
    key: Key
    name: str
    on: dt.date | None
    """When it was done or decided; None where the day isn't known."""
    whom: str
    """The stakeholder's id; empty for the customer as a whole."""
    whom_name: str
    since: dt.date | None
    """When they were met last; None for never."""
    who: str
    """Who of either side did it, by name; empty for nobody, and for a decision."""
    visibility: str

    @property
    def told(self) -> str:
        """What happened, in words."""
        word = "decided" if self.kind == Decision.__name__ else "done"
        return f"{word} {format_date(self.on)}" if self.on else word

    @property
    def place(self) -> dt.date:
        """Where it stands among others: what has waited longest first."""
        return self.on or dt.date.min


class Digest(Struct, frozen=True):
    """The three lanes, each with the worst first."""

    owe: tuple[OwedLine, ...]
    news: tuple[NewsLine, ...]
    quiet: tuple[QuietPerson, ...]


class AccountDigest(Struct, frozen=True):
    """The digest of one account among those of several."""

    view: AccountPlan
    """What whoever reads it sees of the account, as it was known on the day; it has the names."""
    day: dt.date
    digest: Digest
    short: Mapping[str, str] = field(default_factory=dict)
    """Id of a row → the short id by which it is told, where that is another."""

    @property
    def account(self) -> str:
        """The account's id."""
        return self.view.account.id

    @property
    def name(self) -> str:
        """What the account is called."""
        return self.view.account.name

    def called(self, person: str) -> str:
        """Return the name of one of ours or of theirs; empty where nobody is seen."""
        return _name(self.view, person)

    def ref(self, key: Key) -> str:
        """Return the id that no row of another account has, as in norvane/A07."""
        whole = f"{self.account}/{'/'.join(key)}"
        return self.short.get(whole, whole)


def digest_for(
    whole: AccountPlan,
    audience: str,
    on: dt.date,
    opened: str = "",
    *,
    met: Mapping[str, dt.date] | None = None,
) -> AccountDigest:
    """Return the digest of a whole plan as it was known on a day, for an audience; "" for the whole of it.

    `opened` is the session that is being prepared or held, as in `as_known`. `met` says on which day
    everybody was met last, where the plan doesn't hold the meetings themselves.
    """
    known = as_known(whole, on, opened)
    if met is not None:
        note_last_contacts(known, on, met)
    is_whole = not audience or hides_no_row(known, audience)  # half of all it takes is to cut and sort anew
    view = known if is_whole else project(known, audience)
    return AccountDigest(view, on, digest(known, view, on))


def all_owed(found: Iterable[AccountDigest]) -> list[tuple[AccountDigest, OwedLine]]:
    """Return what is owed in several accounts, the worst first."""
    return sorted(((one, line) for one in found for line in one.digest.owe), key=lambda each: each[1].place)


def all_news(found: Iterable[AccountDigest]) -> list[tuple[AccountDigest, NewsLine]]:
    """Return the news of several accounts, what has waited longest first."""
    return sorted(((one, line) for one in found for line in one.digest.news), key=lambda each: each[1].place)


def all_quiet(found: Iterable[AccountDigest]) -> list[tuple[AccountDigest, QuietPerson]]:
    """Return who goes quiet in several accounts, who was never met first, then the longest."""
    return sorted(((one, line) for one in found for line in one.digest.quiet), key=lambda each: each[1].place)


def digest(whole: AccountPlan, view: AccountPlan, on: dt.date) -> Digest:
    """Return what to know of an account on a day; nothing before the customer."""
    return Digest(we_owe(whole, view, on), news_to_bring(whole, view, on), going_quiet(whole, view, on))


# We owe


def late_told(actions: int, reviews: int) -> str:
    """Return how many actions and reviews of a scorecard are late, apart as they are counted; "" for none."""
    counts = ((actions, "action"), (reviews, "review"))
    told = " and ".join(counted(count, what) for count, what in counts if count)
    return f"{told} late" if told else ""


def we_owe(whole: AccountPlan, view: AccountPlan, on: dt.date) -> tuple[OwedLine, ...]:
    """Return what we owe on a day: what is overdue first, actions and a review of the scorecard alike.

    Then actions that were carried past the date first agreed, those due this week, answers heard and not
    read back for 14 days, and what is parked without owner or date.
    """
    if view.audience == CUSTOMER:
        return ()
    found = (*_actions(view, on), *_review(view, on), *_answers(view, on), *_parked(whole, view, on))
    return tuple(sorted(found, key=lambda line: line.place))


def _actions(plan: AccountPlan, on: dt.date) -> Iterator[OwedLine]:
    week_start = plan.sessions[-1].week_start.number if plan.sessions else 0
    for action in plan.all(Action):
        if not action.status.is_open or action.due is None:
            continue
        first = first_due(plan, action) or action.due
        due, days = format_date(action.due), (on - action.due).days
        if days > 0:
            told = f"{counted(days, 'day')} overdue ({due})"
            yield _owed(plan, Owed.LATE, action, action.due, on=on, told=told)
        elif first < on:
            told = f"first due {format_date(first)}, carried to {due}"
            yield _owed(plan, Owed.CARRIED, action, first, on=on, told=told)
        elif when(action.due, on, week_start) is When.THIS_WEEK:
            told = f"due {due}" if days else "due today"
            yield _owed(plan, Owed.THIS_WEEK, action, action.due, on=on, told=told)


def _review(plan: AccountPlan, on: dt.date) -> Iterator[OwedLine]:
    if days := review_overdue(plan, on) if has_scorecard(plan) else 0:
        told, due = f"{counted(days, 'day')} overdue: hold it", on - dt.timedelta(days)
        yield OwedLine(
            Owed.REVIEW, Account.__name__, plan.account.key, "Scorecard review", due, days, "", told
        )


def _answers(plan: AccountPlan, on: dt.date) -> Iterator[OwedLine]:
    for answer in plan.where(Answer, status=AnswerStatus.HEARD):
        person = plan.get(Stakeholder, answer.stakeholder)
        if answer.heard_on is None or person is None or has_left(person, on):
            continue
        days = (on - answer.heard_on).days
        if days >= READ_BACK_DAYS:
            told = f"heard {format_date(answer.heard_on)}, not read back for {days} days"
            yield _owed(plan, Owed.NOT_READ_BACK, answer, answer.heard_on, on=on, told=told)


def _parked(whole: AccountPlan, view: AccountPlan, on: dt.date) -> Iterator[OwedLine]:
    for item in whole.all(Parking):
        session, shown = view.get(Session, item.session), view.get(Parking, item.id)
        if session is None or shown is None or is_settled(item):
            continue
        lacks = [name for name, there in (("no owner", item.owner), ("no date", item.due)) if not there]
        told = f"parked with {' and '.join(lacks)}"
        yield _owed(view, Owed.PARKED, shown, session.held_on, on=on, told=told)


def _owed(  # noqa: PLR0913 - each is a part of the line
    plan: AccountPlan, why: Owed, row: Action | Answer | Parking, since: dt.date, *, on: dt.date, told: str
) -> OwedLine:
    whose = row.heard_by if isinstance(row, Answer) else row.owner
    said_by = f"{plan.name_of(Stakeholder, row.stakeholder)}: " if isinstance(row, Answer) else ""
    days = max((on - since).days, 0)
    name = f"{said_by}{one_line(row.words)}"
    return OwedLine(why, type(row).__name__, row.key, name, since, days, _name(plan, whose), told)


def _name(plan: AccountPlan, person_id: str | None) -> str:
    person = plan.person(person_id)
    return person.words if person else ""


# News to bring


def news_to_bring(whole: AccountPlan, view: AccountPlan, on: dt.date) -> tuple[NewsLine, ...]:
    """Return what to tell the customer and was not told yet, what has waited longest first.

    That is what was done since the last meeting with the stakeholder it concerns, and decisions marked for
    the customer since the last meeting with any of their people. The day of that meeting counts, as nobody
    knows which came first. Whoever did it themselves knows it; of who has left there is none, nor of a
    decision that another one has replaced.
    """
    if view.audience == CUSTOMER:
        return ()
    found = (*_done(whole, view, on), *_decided(whole, view, on))
    return tuple(sorted(found, key=lambda line: line.place))


def _done(whole: AccountPlan, view: AccountPlan, on: dt.date) -> Iterator[NewsLine]:
    for action in view.where(Action, status=ActionStatus.DONE, told_on=None):
        person = view.get(Stakeholder, action.stakeholder)
        if person is None or action.owner == person.id or has_left(person, on):
            continue
        last = last_contact(whole, person, on)
        if last is None or (action.done_on is not None and action.done_on >= last):
            yield NewsLine(
                Action.__name__,
                action.key,
                one_line(action.words),
                action.done_on,
                person.id,
                person.words,
                last,
                _name(view, action.owner),
                action.visibility,
            )


def _decided(whole: AccountPlan, view: AccountPlan, on: dt.date) -> Iterator[NewsLine]:
    marked = view.where(Decision, visibility=CUSTOMER, told_on=None)
    met = (last_contact(whole, person, on) for person in (view.all(Stakeholder) if marked else ()))
    last = max((day for day in met if day), default=None)
    for decision in marked:
        session = view.get(Session, decision.session)
        held = session.held_on if session else None
        if held is None or held > on or replaced_by(whole, decision) or (last and held < last):
            continue
        name = one_line(decision.words)
        yield NewsLine(Decision.__name__, decision.key, name, held, "", "", last, "", decision.visibility)


def tell(plan: AccountPlan, row: Action | Decision, on: dt.date, today: dt.date) -> tuple[Change, ...]:
    """Return the change that notes on which day the customer was told of what was done, or decided.

    Raises Refused for what was told already or hasn't come to an end, and for a day on which it can't have
    been told.
    """
    said = f"«{one_line(row.words)}»"
    if row.told_on is not None:
        raise Refused(f"{said} was told already on {format_date(row.told_on)}: nothing has changed.")
    if isinstance(row, Action) and row.status.is_open:
        raise Refused(f"{said} is still open, so there is nothing to tell yet: complete or drop it first.")
    if on > today:
        raise Refused(f"{format_date(on)} is still to come: give the day it was told, as in -3d or today.")
    begun = _came_about(plan, row)
    if begun and on < begun:
        raise Refused(
            f"{format_date(on)} was before {said} came about, on {format_date(begun)}: "
            "give the day it was told, as in -3d or today."
        )
    return set_field(row, "told_on", on.isoformat())


def _came_about(plan: AccountPlan, row: Action | Decision) -> dt.date | None:
    if isinstance(row, Action):
        return row.done_on or row.dropped_on
    session = plan.get(Session, row.session)
    return session.held_on if session else None
