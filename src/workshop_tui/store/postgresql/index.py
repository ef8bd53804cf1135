"""The index by which everything people said is found, as a server keeps it: a tsvector beside each line.

Its words come in as SQLite's do, from `domain.search.words`: no dictionary of the server's stems them.
"""

from __future__ import annotations

from typing import Final

from workshop_tui.store.raw import RawConnection

_TABLES: Final = ("search_line", "search_state", "search_word")
_CREATE: Final = (
    """
    CREATE TABLE search_line (id BIGINT PRIMARY KEY, account TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL, key TEXT COLLATE "C" NOT NULL, scope TEXT NOT NULL,
    session TEXT NOT NULL, said_on TEXT, text TEXT NOT NULL, people TEXT NOT NULL,
    UNIQUE (account, kind, key))
    """,
    """
    CREATE TABLE search_state (account TEXT COLLATE "C" PRIMARY KEY, number BIGINT NOT NULL,
    form BIGINT NOT NULL)
    """,
    "CREATE TABLE search_word (rowid BIGINT PRIMARY KEY, said TSVECTOR NOT NULL)",
    "CREATE INDEX ix_search_word_said ON search_word USING gin (said)",
)
_ARE_THERE: Final = """
    SELECT count(*) FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relname IN ('search_line', 'search_state', 'search_word')
"""


def create(connection: RawConnection) -> None:
    """Make the tables, empty."""
    for statement in _CREATE:
        connection.execute(statement)


def clear(connection: RawConnection) -> None:
    """Empty the tables, or make them where one is missing; who may only write can do so."""
    there = is_there(connection)
    for name in _TABLES:
        connection.execute(f"DELETE FROM {name}" if there else f"DROP TABLE IF EXISTS {name}")  # noqa: S608
    if not there:
        create(connection)


def is_there(connection: RawConnection) -> bool:
    """Whether the tables are all there; what is in them the server vouches for."""
    return bool(connection.execute(_ARE_THERE).fetchone()[0] == len(_TABLES))
