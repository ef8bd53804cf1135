"""What to know on a Monday over all accounts, in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import Struct

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Key
from workshop_tui.domain.base.text import counted, one_of
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.rules.digest import (
    AccountDigest,
    NewsLine,
    Owed,
    OwedLine,
    all_news,
    all_owed,
    all_quiet,
)
from workshop_tui.domain.rules.quiet import QuietPerson

_LATE = (Owed.LATE, Owed.REVIEW)


class MondayLine(Struct, frozen=True):
    """A line of a lane, and the row that it is about."""

    account: str
    """The account's id."""
    account_name: str
    kind: str
    """The kind of the row, as in «Action»."""
    key: Key
    is_late: bool
    is_news: bool
    """Whether the customer is to be told it."""
    ref: str
    """The id by which commands take the row; empty where none does."""
    name: str
    told: str
    """Why it stands here, in words."""
    more: tuple[str, ...]
    """What else is told of it, in words: whose it is, whom it is for, who should go."""

    @property
    def text(self) -> str:
        """The whole of it in a line."""
        first = (self.ref, self.told, self.name) if self.ref else (self.name, self.told)
        return " · ".join(filter(None, (*first, *self.more, self.account_name)))


class MondayLane(Struct, frozen=True):
    """What is owed, what news there is, or who goes quiet: the worst first."""

    title: str
    lines: tuple[MondayLine, ...]


def monday_lanes(found: Sequence[AccountDigest]) -> tuple[MondayLane, ...]:
    """Return the three lanes over several accounts, be there anything in them or not."""
    return (
        MondayLane("We owe", tuple(_owed(*each) for each in all_owed(found))),
        MondayLane("News to bring", tuple(_news(*each) for each in all_news(found))),
        MondayLane("Going quiet", tuple(_quiet(*each) for each in all_quiet(found))),
    )


def _owed(one: AccountDigest, line: OwedLine) -> MondayLine:
    return MondayLine(
        account=one.account,
        account_name=one.name,
        kind=line.kind,
        key=line.key,
        is_late=line.why in _LATE,
        is_news=False,
        ref="" if line.kind == Account.__name__ else one.ref(line.key),
        name=line.name,
        told=line.told,
        more=(line.who,) if line.who else (),
    )


def _news(one: AccountDigest, line: NewsLine) -> MondayLine:
    met = f"met {format_date(line.since)}" if line.since else "never met"
    more = (
        f"for {line.whom_name or 'the customer'}, {met}",
        f"by {line.who}" if line.who else "",
        "" if line.visibility == CUSTOMER else "not marked for the customer",
    )
    return MondayLine(
        account=one.account,
        account_name=one.name,
        kind=line.kind,
        key=line.key,
        is_late=False,
        is_news=True,
        ref=one.ref(line.key),
        name=line.name,
        told=line.told,
        more=tuple(filter(None, more)),
    )


def _quiet(one: AccountDigest, person: QuietPerson) -> MondayLine:
    owners = one_of(filter(None, map(one.called, person.owners))).replace(" or ", " and ")
    more = (
        f"owned by {owners}" if owners else "nobody owns the relationship",
        f"{one.called(person.goes)} should go: {person.why}" if person.goes else "",
    )
    return MondayLine(
        account=one.account,
        account_name=one.name,
        kind=Stakeholder.__name__,
        key=(person.person,),
        is_late=False,
        is_news=False,
        ref="",
        name=person.name,
        told=person.told,
        more=tuple(filter(None, more)),
    )


def monday_summary(found: Sequence[AccountDigest], today: dt.date, whom: str = "") -> str:
    """Return how much there is in each lane, for whom, and which accounts are told as of another day."""
    owed, news, quiet = (len(lane.lines) for lane in monday_lanes(found))
    days = (f"; {one.name} as of {format_date(one.day)}" for one in found if one.day != today)
    return (
        f"{counted(owed, 'thing')} owed, {news or 'no'} news to bring, "
        f"{quiet or 'nobody'} going quiet{whom}{''.join(days)}"
    )
