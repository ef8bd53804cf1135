"""Connections to a server, and what it is asked in SQLite's words said in its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache
from typing import Any, Final

import psycopg
from psycopg import conninfo
from psycopg.types.string import StrDumper

from workshop_tui.server_url import ServerUrl
from workshop_tui.store import file
from workshop_tui.store.errors import StoreError
from workshop_tui.store.postgresql.words import plainly
from workshop_tui.store.raw import RawConnection, Rows
from workshop_tui.store.search_statements import HITS, NEWEST, WORDS_IN, WORDS_OUT

APPLICATION: Final = "workshop-tui"
"""Stands beside Alembic's table and says that it is ours; and is how the server lists us."""

_GIVEN: Final[Mapping[str, str | int]] = {
    "connect_timeout": 5,
    "application_name": APPLICATION,
    "client_encoding": "utf8",
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,
}
"""What holds unless the URL says otherwise: a server that has gone away is noticed within seconds."""

_SETTINGS: Final = f"""
    SELECT set_config('synchronous_commit', 'on', false),
        set_config('lock_timeout', '{int(file.BUSY_SECONDS * 1000)}', false)
"""
"""An acknowledged Step outlives a power cut; nobody waits for a lock without end."""

_STATE: Final = """
    SELECT current_schema(), current_setting('server_encoding'),
        EXISTS (SELECT FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'v', 'm')),
        (SELECT obj_description(c.oid, 'pg_class') FROM pg_class AS c
            JOIN pg_namespace AS n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND c.relname = 'alembic_version')
"""


def connect(url: ServerUrl) -> psycopg.Connection[tuple[Any, ...]]:
    """Return a connection with its settings, in no transaction."""
    wanted = {**_GIVEN, **_parsed(url)}
    connection = psycopg.connect(**wanted, autocommit=True)
    connection.adapters.register_dumper(str, StrDumper)  # words are text, whatever they are compared with
    try:
        connection.execute(_SETTINGS)
    except BaseException:
        connection.close()
        raise
    return connection


def _parsed(url: ServerUrl) -> Mapping[str, Any]:
    with suppress(psycopg.ProgrammingError):  # which quotes what it can't read, be it the password
        return conninfo.conninfo_to_dict(url.url)
    raise StoreError(f"The URL {url} can't be read: check its options, and write % as %25.")


@contextmanager
def reading(url: ServerUrl) -> Iterator[ServerConnection]:
    """Read from a database as it is at one moment, and change nothing."""
    with plainly(url), closing(connect(url)) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield ServerConnection(connection)


def revision(connection: RawConnection, url: ServerUrl) -> str | None:
    """Return the schema's revision, None where no tables are; refuse a foreign or newer one."""
    schema, encoding, has_tables, application = connection.execute(_STATE).fetchone()
    if encoding != "UTF8":
        raise StoreError(f"The database {url} isn't in UTF-8: make one with `createdb --encoding=UTF8`.")
    if schema is None:
        raise StoreError(
            f"The database {url} has no schema for your tables: have its administrator make one."
        )
    if not has_tables:
        return None
    if application != APPLICATION:
        raise StoreError(f"{url} belongs to another program: name another database with --db.")
    stored = connection.execute("SELECT max(version_num) FROM alembic_version").fetchone()[0]
    if stored not in file.REVISIONS:
        raise StoreError(f"{url} was written by a newer workshop-tui: install that version to open it.")
    return str(stored)


class ServerConnection:
    """A connection that takes the statements which SQLite is asked, in whatever transaction has begun."""

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]]) -> None:
        self.plain = connection

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Rows:
        """Carry out a statement; what may have a great many rows is read as far as it is wanted."""
        said, adapted = _said(statement), _named(statement, _ADAPTED.get(statement, tuple)(values))
        if statement in {HITS, NEWEST}:
            cursor = self.plain.cursor("found")
            cursor.itersize = _AT_ONCE
            return cursor.execute(said, adapted)
        return self.plain.execute(said, adapted)

    def executemany(self, statement: str, values: Iterable[Sequence[Any]], /) -> Rows:
        """Carry out a statement once for each of these."""
        adapt = _ADAPTED.get(statement, tuple)
        cursor = self.plain.cursor()
        cursor.executemany(_said(statement), [adapt(each) for each in values])
        return cursor


_AT_ONCE: Final = 200
"""Rows that come at once of many."""
_LONGEST: Final = 300_000
"""Letters of a line that are indexed: a tsvector holds a megabyte at most."""

_OTHERWISE: Final[Mapping[str, str]] = {
    WORDS_IN: "INSERT INTO search_word VALUES (?, array_to_tsvector(string_to_array(?, ' ')))",
    WORDS_OUT: "DELETE FROM search_word WHERE rowid = ?",
    HITS: HITS.replace("search_word MATCH ?", "search_word.said @@ ?::tsquery"),
}
"""What SQLite is asked → how the server is asked for the same."""

_ADAPTED: Final[Mapping[str, Callable[[Sequence[Any]], Sequence[Any]]]] = {
    WORDS_IN: lambda values: (values[0], values[1][:_LONGEST].rstrip()),
    WORDS_OUT: lambda values: (values[0],),
    HITS: lambda values: (_tsquery(values[0]), values[1]),
}

_WORDS: Final = (
    (re.compile(r"\bCROSS JOIN\b"), "JOIN"),  # SQLite's way to say which table is read first
    (re.compile(r"\bjson_each\(\?\)"), "json_each_text(?::json)"),
    (re.compile(r"\bdate\((\w+), '([^']*)'\)"), r"to_char(\1::date + interval '\2', 'YYYY-MM-DD')"),
    (re.compile("%"), "%%"),
    (re.compile(r"\?(\d+)"), r"%(v\1)s"),
    (re.compile(r"\?"), "%s"),
)
_NUMBERED: Final = re.compile(r"\?\d")


@cache
def _said(statement: str) -> bytes:
    """Return a statement in the server's words."""
    said = _OTHERWISE.get(statement, statement)
    for words, meant in _WORDS:
        said = words.sub(meant, said)
    return said.encode()


def _named(statement: str, values: Sequence[Any]) -> Sequence[Any] | dict[str, Any]:
    """Return the values of a statement that tells them by their numbers, as in ?1, by these."""
    if not _NUMBERED.search(statement):
        return values
    return {f"v{number}": value for number, value in enumerate(values, 1)}


def _tsquery(match: str) -> str:
    """Return what the index is asked for, which is words in quotes, a star behind begun ones, AND, OR."""
    quoted = re.sub(r'"([^"]*)"(\*?)', lambda word: f"'{word[1]}'{':*' * bool(word[2])}", match)
    return quoted.replace(" AND ", " & ").replace(" OR ", " | ")
