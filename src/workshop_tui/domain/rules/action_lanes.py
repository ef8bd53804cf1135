"""Open actions of all accounts: in lanes by how soon they are due, grouped, and found by words.

It is known of each what `ListedAction` says, wherever it was read: from an account plan or by a query over
all accounts. Nothing here loads the entities, so that a list is there at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple, Protocol, TypeVar

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import counted, fold
from workshop_tui.domain.base.vocabulary import CUSTOMER, ActionStatus

NOBODY = "Nobody"
LATE, WEEK, MINE, THEIRS = "late", "week", "mine", "theirs"
"""Words by which actions are found that stand in none of their fields."""
_PERSON, _ACCOUNT = "@", "acct:"
_LAST_DAY = 6


class Lane(Enum):
    """How soon something has to be done about an action, the soonest first."""

    LATE = "Late"
    THIS_WEEK = "This week"
    LATER = "Later"
    BARE = "No date or owner"


class By(Enum):
    """By what actions are put together."""

    LANE = "lane"
    OWNER = "owner"
    FIRM = "firm"
    ACCOUNT = "account"
    MILESTONE = "milestone"


WITHOUT = {By.OWNER: NOBODY, By.FIRM: "No firm", By.MILESTONE: "No milestone"}
"""What stands over the actions that have no owner, firm or milestone."""


class ListedAction(Protocol):
    """What is known of an open action in a list over all accounts; names are empty for nobody."""

    @property
    def id(self) -> str: ...  # noqa: D102 - the names say it
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def owner(self) -> str: ...  # noqa: D102
    @property
    def owner_id(self) -> str: ...  # noqa: D102
    @property
    def side(self) -> str: ...  # noqa: D102
    @property
    def firm(self) -> str: ...  # noqa: D102
    @property
    def accountable(self) -> str: ...  # noqa: D102
    @property
    def accountable_id(self) -> str: ...  # noqa: D102
    @property
    def milestone(self) -> str: ...  # noqa: D102
    @property
    def due(self) -> dt.date | None: ...  # noqa: D102
    @property
    def account(self) -> str: ...  # noqa: D102
    @property
    def account_name(self) -> str: ...  # noqa: D102
    @property
    def lane(self) -> Lane: ...  # noqa: D102


class ToldAction(ListedAction, Protocol):
    """What is told of an open action in a line of its own."""

    @property
    def ref(self) -> str: ...  # noqa: D102
    @property
    def status(self) -> ActionStatus: ...  # noqa: D102
    @property
    def days_late(self) -> int: ...  # noqa: D102
    @property
    def first_due(self) -> dt.date | None: ...  # noqa: D102
    @property
    def carried(self) -> int: ...  # noqa: D102
    @property
    def is_owned(self) -> bool: ...  # noqa: D102
    @property
    def is_answered_for(self) -> bool: ...  # noqa: D102


A = TypeVar("A", bound=ListedAction)


def lane_of(due: dt.date | None, today: dt.date, week_start: int = 0, *, is_owned: bool) -> Lane:
    """Return the lane of an open action; `week_start` is the day on which a week begins, Monday is 0.

    What is due by the end of this week stands by its date, whoever owns it; of the rest, what lacks a date or
    an owner is a lane of its own.
    """
    if due is not None and due < today:
        return Lane.LATE
    if due is not None and due <= week_end(today, week_start):
        return Lane.THIS_WEEK
    return Lane.LATER if due is not None and is_owned else Lane.BARE


def week_end(today: dt.date, week_start: int = 0) -> dt.date:
    """Return the last day of the week that a day is in."""
    return today + dt.timedelta(_LAST_DAY - (today.weekday() - week_start) % 7)


def goes_by(actor: str, member_id: str, name: str) -> bool:
    """Whether one of ours is whoever sits at this keyboard: by the id, the whole or the first name."""
    forms = {fold(form) for form in (member_id, name, *name.split()[:1]) if form}
    return fold(actor) in forms


def is_called(name: str, typed: str) -> bool:
    """Whether a name, or a word of it, begins as typed, whatever its case and accents."""
    return _parted(typed.strip()) in _parted(name)


def _parted(name: str) -> str:
    return f" {fold(name)}".replace("-", " ")


class ActionFilter(NamedTuple):
    """Which actions are wanted: all that is said has to be so of one."""

    owners: tuple[str, ...] = ()
    """Begins of names: `@mirela`; `@nobody` are those without an owner."""
    accounts: tuple[str, ...] = ()
    """Begins of an account's id or name: `acct:nor`."""
    lanes: frozenset[Lane] = frozenset()
    mine: bool = False
    theirs: bool = False
    words: tuple[str, ...] = ()
    """Words that stand in the title, the names, the milestone or the account."""

    def lets_through(self, action: ListedAction, actor: str) -> bool:
        """Whether an action is wanted by whoever sits at this keyboard."""
        return self.finds(looked_at(action, actor))

    def finds(self, one: SoughtFields) -> bool:
        """Whether what is looked at of an action is wanted."""
        return (
            (not self.lanes or one.lane in self.lanes)
            and (not self.mine or one.is_mine)
            and (not self.theirs or one.is_theirs)
            and all(word in one.words for word in self.words)
            and all(f" {name}".replace("-", " ") in one.owner for name in self.owners)
            and all(
                one.account.startswith(typed) or f" {typed}".replace("-", " ") in one.account_name
                for typed in self.accounts
            )
        )


class SoughtFields(NamedTuple):
    """What a filter looks at of an action, without case and accents."""

    words: str
    owner: str
    """With a space before each part of the name, as for the account's."""
    account: str
    account_name: str
    lane: Lane
    is_mine: bool
    is_theirs: bool


def looked_at(action: ListedAction, actor: str) -> SoughtFields:
    """Return what a filter looks at of an action, for whoever sits at this keyboard."""
    texts = (action.title, action.owner, action.accountable, action.milestone, action.account_name)
    return SoughtFields(
        fold("\n".join(texts)),
        _parted(action.owner or NOBODY),
        fold(action.account),
        _parted(action.account_name),
        action.lane,
        is_mine(action, actor),
        action.side == CUSTOMER,
    )


def filter_of(typed: str) -> ActionFilter:
    """Return what is wanted by words such as `@mirela late acct:nor`, parted by spaces; none is all."""
    words = fold(typed).split()
    found: dict[str, list[str]] = {_PERSON: [], _ACCOUNT: [], "": []}
    signs = {LATE, WEEK, MINE, THEIRS}
    for word in words:
        sign = next((sign for sign in (_PERSON, _ACCOUNT) if word.startswith(sign) and word != sign), "")
        if word not in signs:
            found[sign].append(word.removeprefix(sign))
    lanes = {LATE: Lane.LATE, WEEK: Lane.THIS_WEEK}
    return ActionFilter(
        tuple(found[_PERSON]),
        tuple(found[_ACCOUNT]),
        frozenset(lane for word, lane in lanes.items() if word in words),
        mine=MINE in words,
        theirs=THEIRS in words,
        words=tuple(found[""]),
    )


def is_mine(action: ListedAction, actor: str) -> bool:
    """Whether whoever sits at this keyboard owns an action, or answers for it."""
    people = ((action.owner_id, action.owner), (action.accountable_id, action.accountable))
    ours = people if action.side != CUSTOMER else people[1:]
    return any(id_ and goes_by(actor, id_, name) for id_, name in ours)


def in_order(actions: Iterable[A]) -> Sequence[A]:
    """Return actions in the order in which they are listed, the most urgent first."""
    return sorted(actions, key=_place)


def _is_account(action: ListedAction, typed: str) -> bool:
    return is_account(action.account, action.account_name, typed)


def is_account(account: str, name: str, typed: str) -> bool:
    """Whether an account is meant by how its id, or a word of its name, begins."""
    return fold(account).startswith(fold(typed)) or is_called(name, typed)


def grouped(
    actions: Iterable[A], by: By = By.LANE, *, is_in_order: bool = False
) -> Sequence[tuple[str, Sequence[A]]]:
    """Return (heading, actions beneath it), the most urgent action of each first; "" where there is none.

    Lanes stand in their order. Of other groups those with something late come first, by name, and what has
    no owner, firm or milestone comes last. `is_in_order` says that they come by `in_order`.
    """
    groups: dict[str, list[A]] = {}
    for action in actions if is_in_order else in_order(actions):
        groups.setdefault(_heading(action, by), []).append(action)
    if by is By.LANE:
        return [(lane.value, groups[lane.value]) for lane in Lane if lane.value in groups]
    late = {name for name, those in groups.items() if those[0].lane is Lane.LATE}
    order = sorted(groups, key=lambda name: (not name, name not in late, fold(name), name))
    return [(name, groups[name]) for name in order]


def _heading(action: ListedAction, by: By) -> str:
    if by is By.LANE:
        return action.lane.value
    return {
        By.OWNER: action.owner,
        By.FIRM: action.firm,
        By.ACCOUNT: action.account_name,
        By.MILESTONE: action.milestone,
    }[by]


_LANES = list(Lane)


def _place(action: ListedAction) -> tuple[int, dt.date, str, str, str]:
    return (
        _LANES.index(action.lane),
        action.due or dt.date.max,
        fold(action.owner),
        action.account,
        action.id,
    )


def action_line(line: ToldAction, by: By = By.LANE) -> str:
    """Return an action in one line, without what stands in the heading above it."""
    late = line.days_late
    due = format_date(line.due) if line.due else "no date"
    first = format_date(line.first_due) if line.first_due else ""
    parts = (
        line.ref,
        f"{counted(late, 'day')} overdue ({due})" if late else due,
        line.title.replace("\n", " "),
        line.owner if by is not By.OWNER else "",
        "" if line.is_owned or by is By.OWNER else "nobody does it",
        f"answers: {line.accountable}" if line.accountable else "",
        "" if line.is_answered_for else "nobody answers for it",
        line.status.label if line.status != "open" else "",
        f"carried {line.carried}× from {first}" if line.carried and first else "",
        line.account_name if by is not By.ACCOUNT else "",
    )
    return " · ".join(filter(None, parts))
