"""Whole accounts taken out of a database, or put back from another: with their journal, or not at all.

This is no Step: a Step can be undone, and what it took out stays in the journal.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from workshop_tui.store import file
from workshop_tui.store.tables import METADATA, SEAT

_TABLES = tuple(name for name, each in METADATA.tables.items() if "account" in each.c and each is not SEAT)


def put_back(path: Path, other: Path, account: str) -> None:
    """Have an account be what it is in another database; both are of the newest schema.

    Raises:
        StoreError: one of them can't be read or written; nothing has changed then.
    """
    with _writing(path) as connection:
        connection.execute("ATTACH ? AS other", [f"{other.absolute().as_uri()}?mode=ro"])
        connection.execute("BEGIN IMMEDIATE")
        _remove(connection, account)
        for name in _TABLES:
            columns = ", ".join(f'"{each.name}"' for each in METADATA.tables[name].c)
            connection.execute(
                f'INSERT INTO main."{name}" ({columns}) SELECT {columns} FROM other."{name}" '  # noqa: S608
                "WHERE account = ?",
                [account],
            )
        connection.execute("COMMIT")


def _remove(connection: sqlite3.Connection, account: str) -> None:
    """Take an account out, and have the search look at what is there then as a whole."""
    for name in (*_TABLES, SEAT.name):
        connection.execute(f'DELETE FROM main."{name}" WHERE account = ?', [account])  # noqa: S608
    connection.execute("UPDATE main.search_state SET form = 0 WHERE account = ?", [account])


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    with file.plainly(path), closing(file.connect(path, "rw")) as connection:
        for name, value in {"synchronous": file.SYNCHRONOUS, "foreign_keys": 1, "secure_delete": 1}.items():
            connection.execute(f"PRAGMA {name}={value}")
        yield connection  # closing without COMMIT takes all back
