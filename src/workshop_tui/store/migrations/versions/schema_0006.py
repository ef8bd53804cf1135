"""An index by which everything people said or typed is found; it is filled in the background."""

import sqlite3

from alembic import op

revision = "0006"
down_revision = "0005"

_LINES = """
CREATE TABLE search_line (id INTEGER NOT NULL PRIMARY KEY, account TEXT NOT NULL, kind TEXT NOT NULL,
key TEXT NOT NULL, scope TEXT NOT NULL, session TEXT NOT NULL, said_on TEXT, text TEXT NOT NULL,
people TEXT NOT NULL, UNIQUE (account, kind, key))
"""
_STATE = """
CREATE TABLE search_state (account TEXT NOT NULL PRIMARY KEY, number INTEGER NOT NULL,
form INTEGER NOT NULL)
"""
_WORDS = """
CREATE VIRTUAL TABLE search_word USING fts5(said, content='', columnsize=0, detail=none,
prefix='2 3 4 6', tokenize='unicode61 remove_diacritics 2')
"""


def upgrade() -> None:
    """Make its tables, empty."""
    for statement in (_LINES, _STATE, _WORDS):
        op.execute(statement.strip())
    if sqlite3.sqlite_version_info >= (3, 42):
        op.execute("INSERT INTO search_word (search_word, rank) VALUES ('secure-delete', 1)")
