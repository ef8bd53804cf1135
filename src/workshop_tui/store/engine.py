"""The Store's backend in a file: SQLite's settings and transactions. `postgresql.engine` is the other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal, NoReturn

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.pool import StaticPool

from workshop_tui.store import file, search
from workshop_tui.store.backend import tables_ddl
from workshop_tui.store.errors import READ_ONLY, StoreError
from workshop_tui.store.tables import VERSION


def pragmas() -> dict[str, str | int]:
    """Return the settings of every connection: with them an acknowledged Step outlives a power cut."""
    return {
        "busy_timeout": int(file.BUSY_SECONDS * 1000),
        "journal_mode": file.JOURNAL_MODE,
        "synchronous": file.SYNCHRONOUS,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
    }


_DIALECT = sqlite.dialect()
LOOK_SECONDS = 0.5
"""How long who only looks on waits for a lock: they look again soon, and meanwhile could not be left."""


class Sqlite:
    """A SQLite file with one connection that writes and one that can't."""

    def __init__(self, path: Path) -> None:
        """Take the path of a file that is there; both connections open when they are first used."""
        self.path = path
        with file.plainly(path):
            self._identity = _identity(path)
        self._writer = _engine(path, "BEGIN IMMEDIATE", {})
        self._reader = _engine(path, "BEGIN", {"query_only": 1})

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One read transaction: everything as it was at one moment."""
        with _plainly(self.path), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self, account: str = "") -> Iterator[sa.Connection]:  # noqa: ARG002 - all of the file is locked
        """One write transaction, whole or not at all; raises StoreError if the file is no longer there."""
        with _plainly(self.path):
            self._refuse_a_lost_file()
            with self._writer.begin() as connection:
                yield connection
                self._refuse_a_lost_file()

    @contextmanager
    def migrating(self) -> Iterator[sa.Connection]:
        """One write transaction in which a table may be made anew, and what refers to it stays."""
        with _plainly(self.path), self._writer.connect() as connection:
            there = driver(connection)
            there.execute("PRAGMA foreign_keys=0")  # has no effect once a transaction has begun
            try:
                with connection.begin():
                    yield connection
                    self._refuse_broken_references(connection)
                    self._refuse_a_lost_file()
                    connection.exec_driver_sql(f"PRAGMA application_id={file.APPLICATION}")
            finally:
                there.execute("PRAGMA foreign_keys=1")

    def revision(self) -> str | None:
        """Return the schema's revision as `file.revision` does."""
        with file.reading(self.path) as connection:
            return file.revision(connection, self.path)

    def version(self) -> int:
        """Return a number that changes with every commit to the file but those of the reader, which has none.

        Costs no more than a look at the file's header: https://sqlite.org/pragma.html#pragma_data_version
        """
        with (
            _plainly(self.path),
            self._reader.connect() as connection,
            closing(driver(connection).execute("PRAGMA data_version")) as row,
        ):
            return int(row.fetchone()[0])

    def create(self) -> None:
        """Make all tables in an empty file, unless another process has just done so."""
        with self.writing() as connection:
            if not sa.inspect(connection).get_table_names():
                for statement in tables_ddl(_DIALECT):
                    connection.exec_driver_sql(statement)
                search.create(driver(connection))
                connection.execute(VERSION.insert(), {"version_num": file.REVISIONS[-1]})
                connection.exec_driver_sql(f"PRAGMA application_id={file.APPLICATION}")

    def close(self) -> None:
        """Close both connections."""
        self._writer.dispose()
        self._reader.dispose()

    def abandon(self) -> None:
        """Do nothing: a file is never waited for without end."""

    def _refuse_broken_references(self, connection: sa.Connection) -> None:
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise StoreError(f"{self.path} has rows that refer to nothing: put a backup in its place.")

    def _refuse_a_lost_file(self) -> None:
        """An unlinked file goes on taking writes that nobody will ever read."""
        with suppress(FileNotFoundError):
            if _identity(self.path) == self._identity:
                return
        raise StoreError(
            f"The database {self.path} has been deleted or replaced while it was open: "
            "put it back, or close and open it again."
        )


class ReadOnlySqlite(Sqlite):
    """A SQLite file that nobody can write to from here: SQLite itself refuses, whatever it is asked for."""

    def __init__(self, path: Path) -> None:
        """Take the path of a file that is there; the one connection opens when it is first used."""
        self.path = path
        with file.plainly(path):
            file.refuse_what_is_not_there(path)
        waits = int(min(LOOK_SECONDS, file.BUSY_SECONDS) * 1000)
        self._reader = self._writer = _engine(path, "BEGIN", {"query_only": 1, "busy_timeout": waits}, "ro")

    def revision(self) -> str | None:
        """Return it over the one connection there is."""
        with self.reading() as connection:
            return file.revision(driver(connection), self.path)

    def writing(self, account: str = "") -> NoReturn:  # noqa: ARG002 - of whatever account
        """Refuse, before SQLite has to."""
        raise StoreError(READ_ONLY)

    def migrating(self) -> NoReturn:
        """Refuse, before SQLite has to."""
        raise StoreError(READ_ONLY)


def driver(connection: sa.Connection) -> sqlite3.Connection:
    """Return what SQLAlchemy stands on, in the transaction that it has begun."""
    found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)  # noqa: S101 - a pooled connection has one
    return found


def _identity(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_dev, stat.st_ino


def _engine(
    path: Path, begin: str, extra: dict[str, str | int], mode: Literal["ro", "rw"] = "rw"
) -> sa.Engine:
    engine = sa.create_engine(
        "sqlite://", creator=lambda: _connect(path, extra, mode), poolclass=StaticPool, hide_parameters=True
    )

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _connect(path: Path, extra: dict[str, str | int], mode: Literal["ro", "rw"]) -> sqlite3.Connection:
    """Return a connection with its settings; how the file keeps its journal is for those who write."""
    connection = file.connect(path, mode)
    settings = {n: value for n, value in pragmas().items() if mode == "rw" or n != "journal_mode"}
    try:
        for name, value in {**settings, **extra}.items():
            _set_pragma(connection, path, name, value)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_pragma(connection: sqlite3.Connection, path: Path, name: str, value: str | int) -> None:
    connection.execute(f"PRAGMA {name}={value}")
    with closing(connection.execute(f"PRAGMA {name}")) as stored:
        if stored.fetchone()[0] != value:
            raise StoreError(f"The database {path} can't be used safely ({name}): name another with --db.")


@contextmanager
def _plainly(path: Path) -> Iterator[None]:
    """Turn what SQLAlchemy wraps into StoreError; a broken reference or duplicate is left to the Store."""
    with file.plainly(path):
        try:
            yield
        except sa.exc.IntegrityError:
            raise
        except sa.exc.DBAPIError as error:
            if isinstance(error.orig, sqlite3.Error):
                raise file.explained(error.orig, path) from error.orig
            raise
