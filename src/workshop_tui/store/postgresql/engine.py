"""The Store's backend on a server: transactions, locks, and word of what others write."""

from __future__ import annotations

import os
import socket
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from typing import Any, Final

import psycopg
import sqlalchemy as sa
from psycopg import IsolationLevel
from sqlalchemy.dialects.postgresql.base import PGTypeCompiler

from workshop_tui.server_url import ServerUrl
from workshop_tui.store.backend import READ_ONLY, tables_ddl
from workshop_tui.store.errors import StoreError
from workshop_tui.store.file import APPLICATION as NUMBER
from workshop_tui.store.file import REVISIONS
from workshop_tui.store.postgresql import connections, index
from workshop_tui.store.postgresql.connections import APPLICATION, ServerConnection, connect
from workshop_tui.store.postgresql.words import explained, plainly
from workshop_tui.store.tables import VERSION

_CHANNEL: Final = "workshop_tui"
_WHOLE: Final = sa.text(f"SELECT pg_advisory_xact_lock({NUMBER}, 0)")
_ACCOUNT: Final = sa.text(
    f"SELECT pg_advisory_xact_lock_shared({NUMBER}, 0), pg_advisory_xact_lock({NUMBER}, :account), "
    "set_config('idle_in_transaction_session_timeout', '60000', true)"
)
"""A machine that falls asleep in the midst of it keeps the others waiting no longer than a minute."""
_TELL: Final = sa.text(f"SELECT pg_notify('{_CHANNEL}', '')")


class _Types(PGTypeCompiler):
    """Words are compared sign by sign, and numbers are as large, as they are in SQLite."""

    def visit_TEXT(self, type_: sa.types.TypeEngine[Any], **_: Any) -> str:  # noqa: ARG002, N802 - its own name
        return 'TEXT COLLATE "C"'

    def visit_INTEGER(self, type_: sa.types.TypeEngine[Any], **_: Any) -> str:  # noqa: ARG002, N802
        return "BIGINT"


class Postgresql:
    """A database on a server, over one connection that is made anew after it was lost.

    Who writes to an account locks it for the transaction, by an advisory lock, which shuts out nobody who
    reads; who writes to all of them locks the whole, which is shared by those who write to one.
    """

    def __init__(self, url: ServerUrl, *, reads_only: bool = False) -> None:
        """Take where it is, and whether the server is to refuse to write; connects when it is first used."""
        self.path = url
        self._reads_only, self._told = reads_only, 0
        self._connection: psycopg.Connection[tuple[Any, ...]] | None = None
        self._engine = sa.create_engine(
            "postgresql+psycopg://",
            creator=self._connect,
            pool_size=1,
            max_overflow=1,
            use_native_hstore=False,
            hide_parameters=True,
        )
        self._engine.dialect.type_compiler_instance = _Types(self._engine.dialect)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One read transaction: everything as it was at one moment."""
        with self._begun(IsolationLevel.REPEATABLE_READ, reads_only=True) as connection:
            yield connection

    @contextmanager
    def writing(self, account: str = "") -> Iterator[sa.Connection]:
        """One write transaction, whole or not at all, of one account or of all; whoever listens is told."""
        if self._reads_only:
            raise StoreError(READ_ONLY)
        # each statement sees what was written before it: what is read behind the lock is as it is now
        with self._begun(IsolationLevel.READ_COMMITTED) as connection:
            connection.execute(*((_ACCOUNT, {"account": _number(account)}) if account else (_WHOLE,)))
            yield connection
            connection.execute(_TELL)

    def migrating(self) -> AbstractContextManager[sa.Connection]:
        """One write transaction, as everything can be done in one."""
        return self.writing()

    def revision(self) -> str | None:
        """Return the schema's revision, None where no tables are."""
        with self.reading() as connection:
            return connections.revision(driver(connection), self.path)

    def version(self) -> int:
        """Return a number that changes with every commit of whoever uses this program.

        Costs no more than a look at what the server has sent meanwhile; nothing comes once it has gone.
        """
        with self._plainly(), self._engine.connect() as connection:
            there = driver(connection).plain
            try:
                there.pgconn.consume_input()
                while told := there.pgconn.notifies():
                    self._told += bool(told)
            except psycopg.OperationalError:
                connection.invalidate()
                raise
            if there.broken:
                connection.invalidate()
        return self._told

    def create(self) -> None:
        """Make all tables in an empty schema, unless another process has just done so."""
        with self.writing() as connection:
            if connections.revision(driver(connection), self.path) is not None:
                return
            for statement in tables_ddl(self._engine.dialect):
                connection.exec_driver_sql(statement)
            index.create(driver(connection))
            connection.execute(VERSION.insert(), {"version_num": REVISIONS[-1]})
            connection.exec_driver_sql(f"COMMENT ON TABLE alembic_version IS '{APPLICATION}'")

    def compact(self, tables: Iterable[str]) -> None:
        """Write tables anew without what was taken out of them, as far as they are one's own."""
        with self._plainly(), closing(connect(self.path)) as connection:
            connection.execute("SET client_min_messages = error")  # of others' tables the server only warns
            for name in tables:
                connection.execute(f'VACUUM (FULL) "{name}"'.encode())

    def close(self) -> None:
        """Close the connection."""
        self._engine.dispose()

    def abandon(self) -> None:
        """Cut the connection, if there is one, so that who waits for the server waits no more."""
        if (connection := self._connection) is None or connection.closed:
            return
        with suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        connection = connect(self.path)
        connection.add_notify_handler(self._hear)
        connection.execute(f"LISTEN {_CHANNEL}")
        connection.autocommit = False
        self._connection = connection
        self._told += 1  # whatever was told while there was no connection
        return connection

    def _hear(self, _told: psycopg.Notify) -> None:
        self._told += 1

    @contextmanager
    def _begun(self, level: IsolationLevel, *, reads_only: bool = False) -> Iterator[sa.Connection]:
        with self._plainly(), self._engine.connect() as connection:
            there = driver(connection).plain
            there.isolation_level, there.read_only = level, reads_only
            with connection.begin():
                yield connection

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Turn errors into StoreError; a broken reference or duplicate is left to the Store."""
        with plainly(self.path):
            try:
                yield
            except sa.exc.IntegrityError:
                raise
            except sa.exc.DBAPIError as error:
                if isinstance(error.orig, psycopg.Error):
                    raise explained(error.orig, self.path) from None
                raise


def driver(connection: sa.Connection) -> ServerConnection:
    """Return what SQLAlchemy stands on, in the transaction that it has begun."""
    found = connection.connection.driver_connection
    assert isinstance(found, psycopg.Connection)  # noqa: S101 - a pooled connection has one
    return ServerConnection(found)


def _number(account: str) -> int:
    """Return the account's lock: two of one number only wait for one another. 0 is the whole's."""
    return (zlib.crc32(account.encode()) >> 1) or 1
