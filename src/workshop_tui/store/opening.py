"""Whichever a database is, a file or on a server: what is asked of it is handed on here.

What is the server's alone is imported only where one is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from workshop_tui.server_url import Database, ServerUrl
from workshop_tui.store import file
from workshop_tui.store.raw import RawConnection

if TYPE_CHECKING:
    import sqlite3

    import sqlalchemy as sa

    from workshop_tui.store.backend import Backend


def backend(path: Database, *, reads_only: bool = False) -> Backend:
    """Return the backend of a database that is there; it connects when it is first used."""
    if isinstance(path, ServerUrl):
        from workshop_tui.store.postgresql.engine import Postgresql

        return Postgresql(path, reads_only=reads_only)
    from workshop_tui.store.engine import ReadOnlySqlite, Sqlite

    return ReadOnlySqlite(path) if reads_only else Sqlite(path)


@contextmanager
def reading(path: Database) -> Iterator[RawConnection]:
    """Read from a database as it is at one moment, and change nothing; raises StoreError."""
    if isinstance(path, ServerUrl):
        from workshop_tui.store.postgresql import connections

        with connections.reading(path) as there:
            yield there
    else:
        with file.reading(path) as connection:
            yield connection


def revision(connection: RawConnection, path: Database) -> str | None:
    """Return the schema's revision, None where nothing is; raises StoreError for a foreign or newer one."""
    if isinstance(path, ServerUrl):
        from workshop_tui.store.postgresql import connections

        return connections.revision(connection, path)
    return file.revision(cast("sqlite3.Connection", connection), path)


def driver(connection: sa.Connection) -> RawConnection:
    """Return what SQLAlchemy stands on, in the transaction that it has begun."""
    if connection.dialect.name == "postgresql":
        from workshop_tui.store.postgresql.engine import driver as of_server

        return of_server(connection)
    return cast("sqlite3.Connection", connection.connection.driver_connection)
