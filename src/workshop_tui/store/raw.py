"""Reading a database without SQLAlchemy: the same few calls, whether it is a file or on a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, cast

from workshop_tui.server_url import Database, ServerUrl
from workshop_tui.store import file

if TYPE_CHECKING:
    import sqlite3

    import sqlalchemy as sa


class Rows(Protocol):
    """What a statement has found, or done."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def __iter__(self) -> Iterator[Any]: ...

    def fetchone(self) -> Any:
        """Return the next row, None behind the last."""

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""

    def close(self) -> None:
        """Be done with it."""


class RawConnection(Protocol):
    """What sqlite3's connection has, and the server's takes on: statements are as SQLite has them."""

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Rows:
        """Carry out a statement with a value for each question mark."""

    def executemany(self, statement: str, values: Iterable[Sequence[Any]], /) -> Rows:
        """Carry out a statement once for each of these."""


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
    found = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        from workshop_tui.store.postgresql.connections import ServerConnection

        return ServerConnection(cast("Any", found))
    return cast("sqlite3.Connection", found)
