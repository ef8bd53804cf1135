"""The index by which everything people said or typed is found, as SQLite keeps it.

One document a row, numbered by the day it was said: the newest are read first, and as few as are shown. A
document a session and kind would be smaller, but leads to no row, and a word is then found beside another
that was said elsewhere. The words come in as `domain.search.words` has them, so that what is kept, typed
and shown is parted and folded alike. `postgresql.index` keeps the same rows and words on a server.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from hashlib import blake2b
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from workshop_tui.domain.base.entity import Entity, Key, referents
from workshop_tui.domain.base.text import fold, likely
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.account import Account, Party
from workshop_tui.domain.model.people import Meeting
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.plan import KIND, AccountPlan
from workshop_tui.domain.plan.step import changes_from_json
from workshop_tui.domain.search.hits import ROLES, SearchHit, SearchResult, found, grouped
from workshop_tui.domain.search.query import Query, named
from workshop_tui.domain.search.said import BESIDE_A_MEETING, NEEDED, SaidLine, lines, touched
from workshop_tui.domain.search.words import words
from workshop_tui.server_url import Database, ServerUrl
from workshop_tui.store import file, reading
from workshop_tui.store.raw import RawConnection
from workshop_tui.store.search_statements import HITS, NEWEST, WORDS_IN, WORDS_OUT

if TYPE_CHECKING:
    from workshop_tui.store.postgresql.source import ServerSource

FORM: Final = 1
"""Another number once words or lines are made otherwise: an index of another form is made anew."""
MANY_STEPS: Final = 100
"""Steps from which on an account is read as a whole, rather than the rows that they changed."""
_DAY: Final = 32
"""Bits of a line's number behind its day."""
_BEGINNINGS: Final = (2, 3, 4, 6)
"""Letters of the beginnings of words that are indexed; what is typed beyond is looked for in the text."""
_FEW: Final = 40
"""Accounts and people up to which the index is asked for them by name."""
_MARK: Final = "\ue000"
"""Heads what is indexed beside the words: nobody can type it as one."""

TABLES: Final = ("search_line", "search_state", "search_word")
_LINES: Final = """
CREATE TABLE search_line (id INTEGER NOT NULL PRIMARY KEY, account TEXT NOT NULL, kind TEXT NOT NULL,
key TEXT NOT NULL, scope TEXT NOT NULL, session TEXT NOT NULL, said_on TEXT, text TEXT NOT NULL,
people TEXT NOT NULL, UNIQUE (account, kind, key))
"""
_STATE: Final = """
CREATE TABLE search_state (account TEXT NOT NULL PRIMARY KEY, number INTEGER NOT NULL,
form INTEGER NOT NULL)
"""
_WORDS: Final = """
CREATE VIRTUAL TABLE search_word USING fts5(said, content='', columnsize=0, detail=none,
prefix='2 3 4 6', tokenize='unicode61 remove_diacritics 2')
"""
CREATE: Final = tuple(statement.strip() for statement in (_LINES, _STATE, _WORDS))
"""What is said row by row; the number of the last Step of each account that is in it; the words."""
_LOOKS: Final = (
    "SELECT 1 FROM search_line, search_state LIMIT 1",
    "SELECT 1 FROM search_word WHERE search_word MATCH 'a' LIMIT 1",
)
_READ_KEY: Final = msgspec.json.Decoder(tuple[str, ...]).decode
_DROP: Final = tuple(f"DROP TABLE IF EXISTS {name}" for name in TABLES)

_BEHIND: Final = """
    SELECT account.id FROM account LEFT JOIN search_state AS held ON held.account = account.id
    WHERE held.number IS NULL OR held.form <> ?
        OR held.number <> (SELECT max(number) FROM journal WHERE journal.account = account.id)
    UNION ALL SELECT account FROM search_state WHERE account NOT IN (SELECT id FROM account)
"""
_LAST: Final = "SELECT max(number) FROM journal WHERE account = ?"
_STEPS: Final = "SELECT changes FROM journal WHERE account = ? AND number > ? ORDER BY number"
_OF_ACCOUNT: Final = (
    "SELECT id, kind, key, scope, session, said_on, text, people FROM search_line WHERE account = ?"
)
_OF_ROW: Final = f"{_OF_ACCOUNT} AND kind = ? AND key = ?"
_REACHED: Final = """
    INSERT INTO search_state VALUES (?, ?, ?)
    ON CONFLICT (account) DO UPDATE SET number = excluded.number, form = excluded.form
"""
_INSERT: Final = "INSERT INTO search_line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_NAMES: Final = (
    "SELECT scope, text FROM search_line WHERE account = ? AND kind IN ('Stakeholder', 'Member') AND key = ?"
)
_OWNER: Final = "SELECT owner FROM action WHERE account = ? AND id = ?"
_SESSIONS: Final = """
    SELECT account, id, held_on FROM session WHERE account IN (SELECT key FROM json_each(?))
    ORDER BY account, held_on, rank, id
"""


# Writing: in the transaction of whoever calls


def create(connection: RawConnection) -> None:
    """Make the tables, empty."""
    if not isinstance(connection, sqlite3.Connection):
        index().create(connection)
        return
    for statement in CREATE:
        connection.execute(statement)
    if sqlite3.sqlite_version_info >= (3, 42):  # from then on words that go out leave no trace in the file
        connection.execute("INSERT INTO search_word (search_word, rank) VALUES ('secure-delete', 1)")


def clear(connection: RawConnection) -> None:
    """Make the tables anew, empty: with them goes every trace of words that were there."""
    if not isinstance(connection, sqlite3.Connection):
        index().clear(connection)
        return
    for statement in _DROP:
        try:
            connection.execute(statement)
        except sqlite3.DatabaseError:
            _refill(connection)
            connection.execute(statement)
    create(connection)


def _refill(connection: sqlite3.Connection) -> None:
    """Put what an empty index is made of where a damaged one was, as SQLite drops none that it can't read."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.execute(_WORDS)
        for name, made in fresh.execute(
            "SELECT name, sql FROM sqlite_master WHERE name LIKE 'search!_word!_%' ESCAPE '!'"
        ).fetchall():
            connection.execute(f"DROP TABLE IF EXISTS {name}")
            connection.execute(made)
            for row in fresh.execute(f"SELECT * FROM {name}"):  # noqa: S608 - a name of our own
                connection.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608


def is_there(connection: RawConnection) -> bool:
    """Whether the tables can be read."""
    if not isinstance(connection, sqlite3.Connection):
        return bool(index().is_there(connection))
    try:
        for look in _LOOKS:
            connection.execute(look).fetchone()
    except sqlite3.DatabaseError:
        return False
    return True


def is_sound(connection: RawConnection) -> bool:
    """Whether the tables can be read and hold together."""
    if not isinstance(connection, sqlite3.Connection):
        return bool(index().is_there(connection))
    try:
        if not is_there(connection):
            return False
        connection.execute("INSERT INTO search_word (search_word) VALUES ('integrity-check')")
    except sqlite3.DatabaseError:
        return False
    return True


def index() -> ModuleType:
    """Return how a server keeps it; imported where a database is on one alone."""
    from workshop_tui.store.postgresql import index as there

    return there


def behind(connection: RawConnection) -> list[str]:
    """Return the accounts that have Steps which the index lacks, and those that are not there any more."""
    return [account for (account,) in connection.execute(_BEHIND, [FORM])]


def update(connection: RawConnection, account: str) -> None:
    """Bring what is known of an account up to its last Step, or take it out if it is gone."""
    (last,) = connection.execute(_LAST, [account]).fetchone()
    held = connection.execute("SELECT number, form FROM search_state WHERE account = ?", [account]).fetchone()
    if last is None:
        _replace(connection, account, _stored(connection, account), ())
        connection.execute("DELETE FROM search_state WHERE account = ?", [account])
        return
    if held == (last, FORM):
        return
    only = _changed(connection, account, held, last)
    if only is None:
        plan = AccountPlan.of(row for kind in NEEDED for row in _rows(connection, account, kind))
        _replace(connection, account, _stored(connection, account), lines(plan))
    else:
        plan = _around(connection, account, only)
        known = [each for kind, key in only for each in _stored(connection, account, kind.__name__, key)]
        _replace(connection, account, known, lines(plan, only))
    connection.execute(_REACHED, [account, last, FORM])


def _changed(
    connection: RawConnection, account: str, held: tuple[int, int] | None, last: int
) -> set[tuple[type[Entity], Key]] | None:
    """Return the rows that have to be looked at; None for all of the account."""
    if held is None or held[1] != FORM or not 0 < last - held[0] <= MANY_STEPS:
        return None
    found = connection.execute(_STEPS, [account, held[0]])
    with file.making_sense():
        return touched(change for (changes,) in found for change in changes_from_json(json.loads(changes)))


class _Stored(Struct, frozen=True):
    """A line as it is kept."""

    id: int
    kind: str
    key: str
    scope: str
    session: str
    said_on: str | None
    text: str
    people: str

    @classmethod
    def of(cls, number: int, line: SaidLine) -> _Stored:
        """Return a line as it is to be kept under a number."""
        on = line.on.isoformat() if line.on else None
        people = " ".join(line.people)
        return cls(number, line.kind, _key(line.key), line.scope, line.session, on, line.text, people)

    def said(self, account: str) -> str:
        """Return what is indexed of it."""
        beside = (_account(account), _kind(self.kind), *(_person(account, p) for p in self.people.split()))
        return " ".join((*dict.fromkeys(words(self.text)), *beside))


def _key(key: Key) -> str:
    return json.dumps(key, ensure_ascii=False)


def _stored(connection: RawConnection, account: str, kind: str = "", key: Key | None = None) -> list[_Stored]:
    if key is None:
        rows = connection.execute(_OF_ACCOUNT, [account])
    else:
        rows = connection.execute(_OF_ROW, [account, kind, _key(key)])
    return [_Stored(*row) for row in rows]


def _replace(
    connection: RawConnection, account: str, known: Iterable[_Stored], now: Iterable[SaidLine]
) -> None:
    """Put lines in the place of others; those that are the same stay."""
    before = {(line.kind, line.key): line for line in known}
    free: dict[int, int] = {}
    fresh: list[_Stored] = []
    for line in now:
        old = before.get((line.kind, _key(line.key)))
        is_placed = old is not None and old.id >> _DAY == line.place
        kept = _Stored.of(old.id if old and is_placed else 0, line)
        if kept == old:
            del before[old.kind, old.key]
        else:
            number = kept.id or _next(connection, line.place, free)
            fresh.append(_Stored.of(number, line))
    gone = list(before.values())
    connection.executemany(WORDS_OUT, [(line.id, line.said(account)) for line in gone])
    connection.executemany("DELETE FROM search_line WHERE id = ?", [(line.id,) for line in gone])
    connection.executemany(
        _INSERT,
        [(x.id, account, x.kind, x.key, x.scope, x.session, x.said_on, x.text, x.people) for x in fresh],
    )
    connection.executemany(WORDS_IN, [(line.id, line.said(account)) for line in fresh])


def _next(connection: RawConnection, place: int, free: dict[int, int]) -> int:
    """Return a number for a line of a day that no other has."""
    if place not in free:
        query = "SELECT max(id) FROM search_line WHERE id >= ? AND id < ?"
        (last,) = connection.execute(query, [place << _DAY, (place + 1) << _DAY]).fetchone()
        free[place] = (place << _DAY) if last is None else last + 1
    number = free[place]
    free[place] += 1
    return number


_rows = partial(reading.rows, is_whole=False)


def _around(
    connection: RawConnection, account: str, only: Collection[tuple[type[Entity], Key]]
) -> AccountPlan:
    """Return as much of the plan as tells who sees some rows, whom they name and where they were said."""
    always: tuple[type[Entity], ...] = (Account, Party, Session)
    rows = {(kind, row.key): row for kind in always for row in _rows(connection, account, kind)}
    waiting = [(kind, key, True) for kind, key in only]
    while waiting:
        kind, key, is_asked = waiting.pop()
        if kind not in NEEDED or (kind, key) in rows:
            continue
        for row in _rows(connection, account, kind, dict(zip(kind.KEY, key, strict=True))):
            rows[kind, row.key] = row
            for name, others in referents(kind).items():
                value = getattr(row, name)
                if value is not None and (is_asked or name in kind.KEY):
                    waiting += [(KIND[other], (value,), False) for other in others]
            if kind is Meeting:
                for beside in BESIDE_A_MEETING:
                    met = _rows(connection, account, beside, {"meeting": key[0]})
                    waiting += [(beside, one.key, True) for one in met]
    return AccountPlan.of(rows.values())


# Searching


def _account(account: str) -> str:
    return f"{_MARK}a{_digest(account)}"


def _kind(kind: str) -> str:
    return f"{_MARK}k{kind.lower()}"


def _person(account: str, person: str) -> str:
    return f"{_MARK}p{_digest(f'{account}/{person}')}"


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class AccountFirm(Struct, frozen=True):
    """A firm in an account: its id there, its short name, and all by which it goes, folded."""

    id: str
    short: str
    names: frozenset[str]


EVERYBODY: Final = "all"
_PEOPLE: Final = frozenset({"Stakeholder", "Member"})


class Readers(Struct, frozen=True):
    """For whom is searched: who looks sees nothing that is not told to them."""

    audience: str = ALLIANCE
    """Alliance; a firm; or `EVERYBODY`, who sees the whole."""
    names: frozenset[str] = frozenset()
    """What a firm is called, folded: in each account the firm of such a name looks."""
    account: str = ""
    """The account in which the audience is a firm's id."""
    only: str = ""
    """The one account that is searched; "" for all."""

    def scopes(self, account: str, firms: Iterable[AccountFirm]) -> frozenset[str] | None:
        """Return what they see of an account that has these firms: None is all of it.

        Of an account in which it has no part a firm sees nothing, as it does not see that it is there.
        """
        if self.audience == EVERYBODY:
            return None
        if self.audience == ALLIANCE:
            return frozenset({ALLIANCE})
        if account == self.account:
            mine = [firm.id for firm in firms if firm.id == self.audience]
        else:
            mine = [firm.id for firm in firms if self.names.intersection(firm.names)]
        return frozenset({ALLIANCE, *mine[:1]}) if mine else frozenset()


class FileSource:
    """A file that is searched, over a connection that stays."""

    def __init__(self, path: Path) -> None:
        """Take where it is; it is opened when it is first read."""
        self._path = path
        self._connection: sqlite3.Connection | None = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read it as it is at one moment; raises StoreError."""
        with file.plainly(self._path), file.making_sense():
            if self._connection is None:
                file.refuse_what_is_not_there(self._path)
                self._connection = file.connect(self._path, "ro")
            self._connection.execute("BEGIN")
            try:
                yield self._connection
            finally:
                self._connection.execute("ROLLBACK")

    def version(self) -> int:
        """Return another number once somebody has written."""
        assert self._connection is not None  # noqa: S101 - it is being read
        with closing(self._connection.execute("PRAGMA data_version")) as row:
            return int(row.fetchone()[0])

    def close(self) -> None:
        """Let go of it."""
        if self._connection is not None:
            self._connection.close()


class SearchReader:
    """Reads the index by a connection of its own that can't write; to be used by one thread alone."""

    def __init__(self, path: Database) -> None:
        """Take the database; it is opened when something is looked for."""
        self._path = path
        self._source: FileSource | ServerSource | None = None
        self._version = -1
        self._accounts: dict[str, tuple[str, str]] = {}
        self._firms: dict[str, list[AccountFirm]] = {}
        self._sessions: dict[tuple[str, str], tuple[int, dt.date]] = {}
        self._numbered: set[str] = set()
        self._people: dict[tuple[str, str], tuple[str, str]] = {}
        self._seen: tuple[object, dict[str, frozenset[str] | None]] = None, {}
        """Who looked last, at which accounts by name, and what is looked through: each key asks for it."""

    def close(self) -> None:
        """Let go of it."""
        if self._source is not None:
            self._source.close()
            self._source = None

    def search(self, query: Query, readers: Readers, most: int) -> SearchResult:
        """Return the newest rows that have what is looked for, so many at the most.

        Raises StoreError when the file or its index can't be read.
        """
        with self._opened().reading() as connection:
            self._look(connection)
            return self._search(connection, query, readers, most)

    def firms(self) -> Mapping[str, Sequence[AccountFirm]]:
        """Return account → its firms."""
        with self._opened().reading() as connection:
            self._look(connection)
        return self._firms

    def _opened(self) -> FileSource | ServerSource:
        if self._source is None:
            if isinstance(self._path, ServerUrl):
                from workshop_tui.store.postgresql.source import ServerSource

                self._source = ServerSource(self._path)
            else:
                self._source = FileSource(self._path)
        return self._source

    def _look(self, connection: RawConnection) -> None:
        """Know names and firms as they are now: read anew only once somebody has written."""
        if (version := self._opened().version()) == self._version:
            return
        self._sessions.clear()
        self._numbered.clear()
        self._people.clear()
        self._firms.clear()
        self._seen = None, {}
        parties = list(connection.execute("SELECT account, id, short, name FROM party ORDER BY rank, id"))
        customers = {account: str(name) for account, party, _, name in parties if party == CUSTOMER}
        for account, party, short, name in parties:
            if party != CUSTOMER:
                called = frozenset(fold(str(each)) for each in (party, short, name))
                self._firms.setdefault(account, []).append(AccountFirm(party, str(short), called))
        self._accounts = {
            account: (str(name), customers.get(account, ""))
            for account, name in connection.execute("SELECT id, name FROM account")
        }
        self._version = version

    def _search(self, connection: RawConnection, query: Query, readers: Readers, most: int) -> SearchResult:
        seen = {} if query.is_empty else self._looked_through(query, readers)
        beside = [_any(_kind(kind) for kind in sorted(query.kinds))] if query.kinds else []
        if len(seen) < min(len(self._accounts), _FEW):
            beside.append(_any(_account(account) for account in sorted(seen)))
        people = [self._called(connection, name, seen) for name in query.who]
        beside += [_any(_person(*person) for person in meant) for meant in people]
        if not (seen and all(people)):
            return SearchResult(unknown=self._unknown(connection, query, readers, people))
        hits: list[SearchHit] = []
        for line in self._lines(connection, query, beside, seen):
            if len(hits) == most:
                return self._told(connection, hits, is_cut=True)
            hits.append(self._hit(connection, query, line, seen))
        return self._told(connection, hits, is_cut=False)

    def _unknown(
        self, connection: RawConnection, query: Query, readers: Readers, people: Sequence[object]
    ) -> str:
        """Return which account or person that is named there isn't, for who looks; with who is like it."""
        if query.is_empty:
            return ""
        seen = self._looked_through(Query(query.words), readers)
        names = {account: self._accounts[account][0] for account in seen}
        for typed in query.accounts:
            if not any(self._is_meant(account, [typed]) for account in seen):
                return f"There is no account «{typed}»: use {likely(typed, names.values())}."
        typed = next((name for name, meant in zip(query.who, people, strict=True) if not meant), "")
        if not typed:
            return ""
        beside = [_any(_kind(kind) for kind in sorted(_PEOPLE))]
        there = self._lines(connection, Query(kinds=_PEOPLE), beside, seen)
        known = (row[7].partition("\n")[0] for row in there)
        return f"There is nobody called «{typed}»: use {likely(typed, known)}."

    def _looked_through(self, query: Query, readers: Readers) -> dict[str, frozenset[str] | None]:
        """Return the accounts that are looked through, each with what is seen of it; None is all of it."""
        if self._seen[0] == (asked := (readers, query.accounts)):
            return self._seen[1]
        accounts = [account for account in self._accounts if readers.only in {"", account}]
        if query.accounts:
            accounts = [account for account in accounts if self._is_meant(account, query.accounts)]
        seen = {account: readers.scopes(account, self._firms.get(account, ())) for account in accounts}
        found = {account: scopes for account, scopes in seen.items() if scopes is None or scopes}
        self._seen = asked, found
        return found

    def _is_meant(self, account: str, beginnings: Iterable[str]) -> bool:
        called = (account, *self._accounts[account])
        return any(named(begin, name) for begin in beginnings for name in called)

    def _called(
        self, connection: RawConnection, name: str, seen: Mapping[str, frozenset[str] | None]
    ) -> list[tuple[str, str]]:
        """Return the people of such a name, as (account, id), whom who looks may know."""
        query = Query(tuple(words(name)), _PEOPLE)
        if not query.words:
            return []
        beside = [_any(_kind(kind) for kind in sorted(_PEOPLE))]
        there = self._lines(connection, query, beside, seen, begun=True)
        return [(row[1], json.loads(row[3])[0]) for row in there if named(name, row[7].partition("\n")[0])]

    def _lines(
        self,
        connection: RawConnection,
        query: Query,
        beside: Sequence[str],
        seen: Mapping[str, frozenset[str] | None],
        *,
        begun: bool = False,
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the lines that have what is looked for, the newest first, as far as they are to be seen."""
        asked = [*_asked(query.words, begun=begun), *beside]
        since = query.since.toordinal() << _DAY if query.since else 0
        is_exact = bool(query.words) and _is_exact(query.words)
        if asked:
            rows = connection.execute(HITS, [" AND ".join(asked), since])
        else:
            rows = connection.execute(NEWEST, [since])
        with closing(rows):
            for row in rows:
                _, account, kind, _, scope, _, said_on, text, _ = row
                if account not in seen or not ((scopes := seen[account]) is None or scope in scopes):
                    continue
                if query.kinds and kind not in query.kinds:
                    continue
                if query.since and (said_on is None or said_on < query.since.isoformat()):
                    continue
                if begun or not query.words or (is_exact and text.isascii()) or query.fits(text):
                    yield row

    def _hit(
        self,
        connection: RawConnection,
        query: Query,
        line: tuple[Any, ...],
        seen: Mapping[str, frozenset[str] | None],
    ) -> SearchHit:
        number, account, kind, key, _, session, said_on, text, people = line
        others = people.split() if kind not in _PEOPLE else ()
        names = [(self._name(connection, account, person, seen[account]), person) for person in others]
        who, whose = next((each for each in names if each[0]), ("", ""))
        return found(
            query,
            text,
            account=account,
            session=session,
            kind=kind,
            key=_READ_KEY(key),
            who=who,
            role=self._role(connection, account, kind, key, whose),
            on=dt.date.fromisoformat(said_on) if said_on else None,
            place=number >> _DAY,
        )

    def _role(self, connection: RawConnection, account: str, kind: str, key: str, person: str) -> str:
        """Return what somebody has to do with a row: an action names also who answers for it."""
        role = ROLES.get(kind, "")
        if kind == "Action" and person:
            owner = connection.execute(_OWNER, [account, json.loads(key)[0]]).fetchone()
            return role if owner and owner[0] == person else ""
        return role

    def _name(
        self, connection: RawConnection, account: str, person: str, scopes: frozenset[str] | None
    ) -> str:
        """Return the name of somebody, "" for whom who looks may not know."""
        if (account, person) not in self._people:
            row = connection.execute(_NAMES, [account, _key((person,))]).fetchone()
            self._people[account, person] = (row[0], row[1].partition("\n")[0]) if row else ("", "")
        scope, name = self._people[account, person]
        return name if scopes is None or scope in scopes else ""

    def _told(self, connection: RawConnection, hits: Sequence[SearchHit], *, is_cut: bool) -> SearchResult:
        missing = {hit.account for hit in hits} - self._numbered
        if missing:
            number: dict[str, int] = {}
            for account, session, held_on in connection.execute(
                _SESSIONS, [json.dumps(dict.fromkeys(missing, 0))]
            ):
                number[account] = number.get(account, 0) + 1
                self._sessions[account, session] = number[account], dt.date.fromisoformat(held_on)
            self._numbered |= missing
        names = {hit.account: self._accounts[hit.account][0] for hit in hits}
        return SearchResult(grouped(hits, names, self._sessions), is_cut)


def _asked(typed: Sequence[str], *, begun: bool) -> Iterator[str]:
    """Yield what the index is asked for: whole words, and as much of one that is begun as is indexed.

    One letter behind other words asks for nothing: the text is looked at anyhow. Of a name all are begun.
    """
    for n, word in enumerate(typed):
        if not begun and n < len(typed) - 1:
            yield f'"{word}"'
        elif len(word) >= _BEGINNINGS[0] or len(typed) == 1:
            yield f'"{word[: max((b for b in _BEGINNINGS if b <= len(word)), default=1)]}"*'


def _is_exact(typed: Sequence[str]) -> bool:
    """Whether the index alone tells which plain texts have these words, the last as it is typed."""
    return len(typed[-1]) in _BEGINNINGS and all(word.isascii() for word in typed)


def _any(tokens: Iterable[str]) -> str:
    quoted = (f'"{token}"' for token in tokens)
    return f"({' OR '.join(quoted)})"
