"""The actions that are open, over all accounts, read without SQLModel, so that they are listed at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from msgspec import Struct

from workshop_tui.domain.base.text import fold, nearest, one_of
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, ActionStatus, DateOrder, Weekday
from workshop_tui.domain.rules.action_lanes import Lane, lane_of
from workshop_tui.server_url import Database
from workshop_tui.store.errors import StoreError
from workshop_tui.store.listing import SEALED, up_to_date
from workshop_tui.store.naming import SHORTEST, ShortIds, account_meant, is_random
from workshop_tui.store.raw import RawConnection


class OpenAction(Struct, frozen=True):
    """An action that is neither done nor dropped."""

    id: str
    title: str
    owner_id: str
    owner: str
    """Name of one of ours, or of the customer's people; empty for nobody."""
    side: str
    """The owner's side: id of a firm, or «customer»; empty for nobody."""
    firm: str
    """The same by its short name."""
    accountable_id: str
    accountable: str
    """The same of who answers for it."""
    due: dt.date | None
    first_due: dt.date | None
    """The date first agreed: that from which its earliest carry moved it."""
    carried: int
    """In how many sessions it was given another date."""
    status: ActionStatus
    session: int
    """Number of the session it was made in."""
    visibility: str
    milestone: str
    account: str
    account_name: str
    today: dt.date
    """The day asked for, else the account's: its `as_of`, or the clock's."""
    week_start: int
    """The day on which a week begins in its latest session, Monday is 0."""
    is_owned: bool
    """Whether somebody owns it, be it somebody who is hidden from the audience."""
    is_answered_for: bool
    """The same of who answers for it."""
    is_agreed: bool = False
    """Whether its date was agreed in an earlier session or by a seal, so that another one is a carry."""
    date_order: DateOrder | None = None
    """How 3/4 is read in its account's latest session; None for the user's own way."""
    ref: str = ""
    """The short id that no other action has, as in norvane/A07."""

    @property
    def lane(self) -> Lane:
        """How soon something has to be done about it."""
        return lane_of(self.due, self.today, self.week_start, is_owned=self.is_owned)

    @property
    def is_theirs(self) -> bool:
        """Whether one of the customer's people owns it."""
        return self.side == CUSTOMER

    @property
    def days_late(self) -> int:
        """For how many days it has been overdue; 0 while it isn't."""
        return max((self.today - self.due).days, 0) if self.due else 0


_ACCOUNTS = """
    SELECT account.id, account.name, coalesce(party.name, ''), account.archived, account.as_of
    FROM account LEFT JOIN party ON party.account = account.account AND party.id = 'customer'
"""
_PEOPLE = """
    SELECT account, id, CASE WHEN placeholder AND title <> '' THEN title ELSE name END, 'customer',
        visibility
    FROM stakeholder UNION ALL SELECT account, id, name, party, '' FROM member
"""  # ours last, so that of one id they are meant
_LEFT = "SELECT account, id, left_on FROM stakeholder WHERE left_on IS NOT NULL"
_PARTIES = "SELECT account, id, short, name FROM party"
_NOBODY = ("", "", "")
_SESSIONS = (
    "SELECT account, id, held_on, week_start, date_order FROM session ORDER BY account, held_on, rank, id"
)
_CARRIES = "SELECT account, action, session, from_due, to_due FROM carry"
_ACTIONS = """
    SELECT account, id, title, owner, accountable, due, status, session, visibility, milestone,
        coalesce(done_on, dropped_on)
    FROM action WHERE status NOT IN ('done', 'dropped')
"""
_SETTLED_SINCE = f"{_ACTIONS} OR coalesce(done_on, dropped_on) > ?"
_HOLDERS = """
    SELECT id, account, kind FROM (
        SELECT id, account, 'Action' AS kind FROM action
        UNION ALL SELECT id, account, 'Decision' FROM decision
    ) AS either WHERE lower(id) = lower(?) ORDER BY account, kind
"""
_BEGUN = _HOLDERS.replace("lower(id) = lower(?)", "substr(lower(id), 1, length(?1)) = lower(?1)")
_TOLD_BY_ID = """
    SELECT account, id FROM action UNION ALL SELECT account, id FROM decision
    UNION ALL SELECT account, id FROM answer UNION ALL SELECT account, id FROM parking
"""


Day = Callable[[dt.date], dt.date]
"""How a day that is typed is read on another."""


def open_actions(
    path: Database,
    today: dt.date,
    account: str | None = None,
    *,
    on: Day | None = None,
    audience: str = "",
) -> tuple[OpenAction, ...]:
    """Return the open actions by owner; owners with overdue ones first, and of each owner these first.

    Those of every account that isn't archived, or of the one that `account` names; `on` is the day asked
    for, seen from the account's: those that were open then, as they were due, with the words they have now.
    For an audience (alliance, or a firm by its id or name) they are cut, and a firm has none in an account
    of others. A file that isn't there has none. Raises StoreError for one that can't be read, an account or
    an audience that isn't there.
    """
    read = partial(_read, path, today, account, on, audience)
    lines: list[OpenAction] = up_to_date(path, read, [])
    late = {fold(line.owner) for line in lines if line.days_late}
    return tuple(sorted(lines, key=lambda line: (fold(line.owner) not in late, *_by_owner(line))))


def _by_owner(line: OpenAction) -> tuple[Any, ...]:
    return fold(line.owner), line.owner, not line.days_late, line.due or dt.date.max, line.account, line.id


def _read(  # noqa: PLR0913, PLR0917 - as open_actions
    path: Database,
    today: dt.date,
    account: str | None,
    on: Day | None,
    audience: str,
    connection: RawConnection,
) -> list[OpenAction]:
    around = _around(path, today, account, on, audience, connection)
    if on is None:
        found = connection.execute(_ACTIONS)
    else:
        since = min(around.days.values(), default=today)
        found = connection.execute(_SETTLED_SINCE, [since.isoformat()])
    rows = (row for row in map(_ActionRow._make, found) if around.shows(row))
    lines = (_line(row, around, then=on is not None) for row in rows)
    return [line for line in lines if line]


class _ActionRow(NamedTuple):
    """An action as it is stored."""

    account: str
    id: str
    title: str
    owner: str | None
    accountable: str | None
    due: str | None
    status: str
    session: str
    visibility: str
    milestone: str
    settled: str | None


class _Around(Struct, frozen=True):
    """What is read besides the actions, of all accounts at once."""

    names: Mapping[str, str]
    """Account → what it is called."""
    days: Mapping[str, dt.date]
    """Account that is wanted → the day as of which it is told."""
    seen: Mapping[str, Collection[str]]
    """Account that is wanted → the visibilities that the audience sees there."""
    audience: str
    firms: Mapping[tuple[str, str], str]
    people: Mapping[tuple[str, str], tuple[str, str, str]]
    held: Mapping[tuple[str, str], str]
    """(account, session) → its day."""
    numbers: Mapping[tuple[str, str], int]
    latest: Mapping[str, int]
    """Account → the number of its latest session."""
    weeks: Mapping[str, int]
    orders: Mapping[str, DateOrder | None]
    moves: Mapping[tuple[str, str], Sequence[_Move]]
    sealed: Collection[tuple[str, str]]
    """(account, session) of those that are sealed now."""
    ids: ShortIds

    def shows(self, row: _ActionRow) -> bool:
        """Whether an action is of an account that is wanted, and its audience sees it."""
        seen = self.seen.get(row.account)
        return seen is not None and (not self.audience or row.visibility in seen)


def _around(  # noqa: PLR0913, PLR0917 - as open_actions
    path: Database,
    today: dt.date,
    account: str | None,
    on: Day | None,
    audience: str,
    connection: RawConnection,
) -> _Around:
    accounts = {row[0]: row for row in connection.execute(_ACCOUNTS)}
    wanted = _wanted(path, account, accounts)
    parties = {row[:2]: row[2:] for row in connection.execute(_PARTIES)}
    seen: Mapping[str, Collection[str]] = dict.fromkeys(wanted, ())
    if audience:
        seen = _seen(parties, wanted, audience)
    people = {
        row[:2]: (*row[1:3], row[3])
        for row in connection.execute(_PEOPLE)
        if not audience or not row[4] or row[4] in seen.get(row[0], ())
    }
    sessions = {row[:2]: row[2:] for row in connection.execute(_SESSIONS)}
    numbers = _numbers(sessions)
    days = {of: _day(accounts[of][4]) or today for of in wanted}
    moves: dict[tuple[str, str], list[_Move]] = defaultdict(list)
    for of, action, session, moved_from, moved_to in connection.execute(_CARRIES):
        moves[of, action].append(_Move(numbers[of, session], sessions[of, session][0], moved_from, moved_to))
    return _Around(
        names={of: row[1] for of, row in accounts.items()},
        days={of: on(day) for of, day in days.items()} if on else days,
        seen=seen,
        audience=audience,
        firms={at: row[0] for at, row in parties.items()},
        people=people,
        held={at: row[0] for at, row in sessions.items()},
        numbers=numbers,
        latest={of: number for (of, _), number in numbers.items()},
        weeks={of: Weekday(week_start).number for (of, _), (_, week_start, _) in sessions.items()},
        orders={of: DateOrder(order) if order else None for (of, _), (_, _, order) in sessions.items()},
        moves=moves,
        sealed=set(connection.execute(SEALED)),
        ids=_short_ids(accounts, connection),
    )


def _short_ids(accounts: Mapping[str, Sequence[Any]], connection: RawConnection) -> ShortIds:
    rows: dict[str, list[str]] = defaultdict(list)
    for account, row in connection.execute(_TOLD_BY_ID):
        rows[account].append(row)
    return ShortIds({of: (str(row[1]), row[2]) for of, row in accounts.items()}, rows)


def short_ids(path: Database) -> ShortIds:
    """Return the short ids of all accounts, and of the rows that lists tell by their ids."""

    def read(connection: RawConnection) -> ShortIds:
        return _short_ids({row[0]: row for row in connection.execute(_ACCOUNTS)}, connection)

    return up_to_date(path, read, ShortIds({}))


def _line(row: _ActionRow, around: _Around, *, then: bool) -> OpenAction | None:
    """Return an action as it is told, or as it was on its account's day; None where it was not open then."""
    of, day = row.account, around.days[row.account]
    due, status, carried = row.due, row.status, sorted(around.moves.get((of, row.id), ()))
    if then:
        if around.held[of, row.session] > day.isoformat() or _is_settled(
            status, row.settled, day.isoformat()
        ):
            return None
        due, carried = _due_then(due, carried, day.isoformat())
        status = status if ActionStatus(status).is_open else ActionStatus.OPEN
    who, answers = (around.people.get((of, person or ""), _NOBODY) for person in (row.owner, row.accountable))
    return OpenAction(
        id=row.id,
        title=row.title,
        owner_id=who[0],
        owner=who[1],
        side=who[2],
        firm=around.firms.get((of, who[2]), ""),
        accountable_id=answers[0],
        accountable=answers[1],
        due=_day(due),
        first_due=_day(carried[0].moved_from if carried else due),
        carried=len(carried),
        status=ActionStatus(status),
        session=around.numbers[of, row.session],
        visibility=row.visibility,
        milestone=row.milestone,
        account=of,
        account_name=around.names[of],
        today=day,
        week_start=around.weeks.get(of, 0),
        is_owned=bool(row.owner),
        is_answered_for=bool(row.accountable),
        ref=around.ids.ref(of, row.id),
        is_agreed=bool(due) and _is_agreed(row, around, carried),
        date_order=around.orders.get(of),
    )


def _is_agreed(row: _ActionRow, around: _Around, carried: Sequence[_Move]) -> bool:
    """Whether another date would count as a carry, as `follow_through.set_action_due` has it."""
    made, latest = around.numbers[row.account, row.session], around.latest[row.account]
    is_carried_now = any(move.number == latest for move in carried)
    return latest > made or is_carried_now or (row.account, row.session) in around.sealed


class _Move(NamedTuple):
    """In a session an action was carried."""

    number: int
    held_on: str
    moved_from: str
    moved_to: str


def _is_settled(status: str, on: str | None, then: str) -> bool:
    """Whether an action was done or dropped by a day; one that keeps no day was so at any."""
    return not ActionStatus(status).is_open and (on is None or on <= then)


def _due_then(due: str | None, moves: list[_Move], then: str) -> tuple[str | None, list[_Move]]:
    """Return when an action was due on a day, and how it had been carried by then."""
    kept = [move for move in moves if move.held_on <= then]
    later = [move for move in moves if move.held_on > then]
    if not later:
        return due, kept
    first = later[0]
    return (None if first.moved_from == first.moved_to else first.moved_from), kept


def _seen(
    parties: Mapping[tuple[str, str], tuple[str, ...]], wanted: Collection[str], audience: str
) -> dict[str, Collection[str]]:
    """Return account → which visibilities an audience sees there; without the accounts it has no part in."""
    both = (CUSTOMER, ALLIANCE)
    typed = fold(audience.strip())
    if typed == ALLIANCE:
        return dict.fromkeys(wanted, both)
    found: dict[str, Collection[str]] = {}
    for (of, party), names in parties.items():
        if of in wanted and party != CUSTOMER and typed in map(fold, (party, *names)):
            found[of] = (*both, party)
    if not found:
        firms = {names[0] for (of, party), names in parties.items() if party != CUSTOMER and of in wanted}
        known = (ALLIANCE, *sorted(firms))
        cure = nearest(audience, known) or one_of(known)
        raise StoreError(f"There is no audience «{audience}» in these accounts: use {cure}.")
    return found


def account_days(
    path: Database, today: dt.date, account: str | None, on: Day | None, connection: RawConnection
) -> Mapping[str, dt.date]:
    """Return the accounts that aren't archived, or the one that `account` names, each with its day.

    That is the day asked for, seen from the account's: its `as_of`, or today.
    """
    accounts = {row[0]: row for row in connection.execute(_ACCOUNTS)}
    days = {of: _day(accounts[of][4]) or today for of in _wanted(path, account, accounts)}
    return {of: on(day) for of, day in days.items()} if on else days


def _looked_at(path: Database, account: str | None, connection: RawConnection) -> Collection[str]:
    return _wanted(path, account, {row[0]: row for row in connection.execute(_ACCOUNTS)})


def _wanted(path: Database, account: str | None, accounts: Mapping[str, tuple[Any, ...]]) -> Collection[str]:
    if account is None:
        return {id_ for id_, row in accounts.items() if not row[3]}
    return {account_meant(account, {id_: row[1:3] for id_, row in accounts.items()}, path)}


def _numbers(sessions: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return (account, session) → its number, counted from 1 by date."""
    last: dict[str, int] = {}
    numbers = {}
    for account, session in sessions:
        numbers[account, session] = last[account] = last.get(account, 0) + 1
    return numbers


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def members(path: Database, account: str | None = None, audience: str = "") -> tuple[str, ...]:
    """Return the names of all who could own what `open_actions` lists."""

    def read(connection: RawConnection) -> tuple[str, ...]:
        seen: Mapping[str, Collection[str]] = dict.fromkeys(_looked_at(path, account, connection), ())
        if audience:
            seen = _seen({row[:2]: row[2:] for row in connection.execute(_PARTIES)}, seen, audience)
        there = (row for row in connection.execute(_PEOPLE) if row[0] in seen)
        shown = (row[2] for row in there if not audience or not row[4] or row[4] in seen[row[0]])
        return tuple(dict.fromkeys(shown))

    return up_to_date(path, read, ())


def ours(path: Database, account: str | None = None) -> tuple[tuple[str, str], ...]:
    """Return (id, name) of every team member of the accounts that `open_actions` looks at."""

    def read(connection: RawConnection) -> tuple[tuple[str, str], ...]:
        accounts = {row[0]: row for row in connection.execute(_ACCOUNTS)}
        wanted = _wanted(path, account, accounts)
        return tuple(
            row[1:3] for row in connection.execute(_PEOPLE) if row[0] in wanted and row[3] != CUSTOMER
        )

    return up_to_date(path, read, ())


def in_each(
    path: Database, accounts: Collection[str], today: dt.date, audience: str
) -> tuple[tuple[str, bool], ...]:
    """Return (name, whether one of ours) of whoever is in each of these accounts, ours first.

    Those who have left by an account's day are in it no more, and an audience hears of those it sees; "" is
    for all of it.
    """

    def read(connection: RawConnection) -> tuple[tuple[str, bool], ...]:
        parties = {row[:2]: row[2:] for row in connection.execute(_PARTIES)}
        seen = _seen(parties, accounts, audience) if audience else {}
        days = {row[0]: _day(row[4]) or today for row in connection.execute(_ACCOUNTS)}
        left = {row[:2]: _day(row[2]) for row in connection.execute(_LEFT)}
        found: dict[tuple[str, bool], set[str]] = defaultdict(set)
        for of, id_, name, side, visibility in connection.execute(_PEOPLE):
            gone = left.get((of, id_)) if side == CUSTOMER else None
            is_seen = of in accounts and (not audience or not visibility or visibility in seen.get(of, ()))
            if is_seen and not (gone and gone <= days[of]):
                found[name, side != CUSTOMER].add(of)
        there = (each for each, those in found.items() if those == set(accounts))
        return tuple(sorted(there, key=lambda each: (not each[1], fold(each[0]))))

    return up_to_date(path, read, ())


def firms(path: Database) -> tuple[str, ...]:
    """Return the short names of the firms that have a part in any account that isn't archived."""

    def read(connection: RawConnection) -> tuple[str, ...]:
        accounts = _looked_at(path, None, connection)
        parties = connection.execute(_PARTIES).fetchall()
        return tuple(sorted({row[2] for row in parties if row[0] in accounts and row[1] != CUSTOMER}))

    return up_to_date(path, read, ())


def archived(path: Database) -> tuple[str, ...]:
    """Return the names of the accounts that `open_actions` leaves out unless they are named."""

    def read(connection: RawConnection) -> tuple[str, ...]:
        return tuple(row[1] for row in connection.execute(_ACCOUNTS) if row[3])

    return up_to_date(path, read, ())


def holders(path: Database, row: str, account: str | None = None) -> tuple[tuple[str, str, str], ...]:
    """Return (id, account's id, kind) for every action or decision with this id, whatever its case.

    `account` names the one to look in, where the beginning of a random id is enough. Raises StoreError as
    `open_actions` does.
    """

    def read(connection: RawConnection) -> tuple[tuple[str, str, str], ...]:
        found = tuple(connection.execute(_HOLDERS, [row]))
        if account is None:
            return found
        names = {each[0]: each[1:3] for each in connection.execute(_ACCOUNTS)}
        meant = account_meant(account, names, path)
        mine = tuple(one for one in found if one[1] == meant)
        if mine or len(row) < SHORTEST:
            return mine
        begun = connection.execute(_BEGUN, [row])
        return tuple(one for one in begun if one[1] == meant and is_random(one[0]))

    return up_to_date(path, read, ())
