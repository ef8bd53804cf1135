"""The database file, looked at with nothing but sqlite3: whose it is, how old, what is wrong with it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal

from workshop_tui.domain.base.text import clean_text
from workshop_tui.durable import sync_folder
from workshop_tui.os_errors import why
from workshop_tui.store.errors import StoreError

APPLICATION = 0x77737475
"""Stands in the file's header and says that it is ours."""

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
"""Every schema there has been; the last is the one this version writes."""

BUSY_SECONDS = 5.0

# Before 3.51.3 a write-ahead log could be reset under another process: https://sqlite.org/wal.html
JOURNAL_MODE = "wal" if sqlite3.sqlite_version_info >= (3, 51, 3) else "delete"

SYNCHRONOUS = 3 if JOURNAL_MODE == "delete" else 2
"""EXTRA where a commit is an unlinked journal, else FULL.

FULL doesn't sync the folder after the unlink: a power cut brings the journal back, and with it takes the
commit back (https://sqlite.org/pragma.html#pragma_synchronous). A log has no such moment.
"""

_LOCKED = "has been locked by another program for too long: wait a moment and try again"
_BARRED = "can't be written: get the right to write to the file and its folder, or name another with --db"
_DAMAGED = "is damaged: put a backup in its place, or name another with --db"
_CAUSES = {
    "BUSY": _LOCKED,
    "LOCKED": _LOCKED,
    "FULL": "can't grow because the disk is full: free some space and try again",
    "READONLY": _BARRED,
    "PERM": _BARRED,
    "CANTOPEN": "can't be opened: check that the folder is there and that you may read and write in it",
    "NOTADB": "is damaged or no database at all: put a backup in its place, or name another with --db",
    "CORRUPT": _DAMAGED,
    "IOERR": "can't be read from or written to the disk: check the disk and try again",
}
"""The primary code of SQLite's error → what is wrong and what to do."""


def explained(error: sqlite3.Error, path: Path) -> StoreError:
    """Return what an error of SQLite means to a person."""
    name = getattr(error, "sqlite_errorname", "").split("_")
    if len(name) == 1:  # Python's own, about what can't be read as text: it would quote all of it
        return StoreError(f"The database {path} {_DAMAGED}.")
    cause = _CAUSES.get(name[1], f"{_DAMAGED} ({clean_text(str(error))})")
    return StoreError(f"The database {path} {cause}.")


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and of the file system, and rows that make no sense, into StoreError."""
    try:
        yield
    except SenselessError as error:
        raise StoreError(
            f"The database {path} holds a row that isn't valid: put a backup in its place."
        ) from error
    except sqlite3.Error as error:
        raise explained(error, path) from error
    except UnicodeDecodeError as error:  # what SQLite says quotes a damaged schema as it stands there
        raise StoreError(f"The database {path} {_DAMAGED}.") from error
    except OSError as error:
        raise StoreError(f"The database {path} can't be used, as {why(error)}.") from error


class SenselessError(Exception):
    """A row could be read and isn't what was once written."""


@contextmanager
def making_sense() -> Iterator[None]:
    """Turn into SenselessError whatever comes of making values out of rows; to be put around that alone."""
    try:
        yield
    except (ValueError, LookupError, TypeError) as error:
        raise SenselessError from error


def connect(path: Path, mode: Literal["ro", "rw"]) -> sqlite3.Connection:
    """Open a file that is there, without a transaction of Python's own making."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Read from a database as it is at one moment, and change nothing."""
    with plainly(path):
        refuse_what_is_not_there(path)
        with closing(_settled(path)) as connection:
            connection.execute("BEGIN")
            yield connection


def refuse_what_is_not_there(path: Path) -> None:
    """Raise StoreError where there is no file."""
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a database file in it.")
    if not path.exists():
        raise StoreError(f"There is no database at {path}: check the name.")


def _settled(path: Path) -> sqlite3.Connection:
    """Return a read-only connection, after taking back what a killed writer left half done."""
    connection = connect(path, "ro")
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorname not in {"SQLITE_READONLY_ROLLBACK", "SQLITE_READONLY_RECOVERY"}:
            raise
        with closing(connect(path, "rw")) as recovery:
            recovery.execute(f"PRAGMA synchronous={SYNCHRONOUS}")
            recovery.execute("SELECT 1 FROM sqlite_master").fetchone()
        connection = connect(path, "ro")
    return connection


def revision(connection: sqlite3.Connection, path: Path) -> str | None:
    """Return the schema's revision, None for an empty file; raises StoreError for a foreign or newer one."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables and application in {0, APPLICATION}:
        return None
    if application != APPLICATION or "alembic_version" not in tables:
        raise StoreError(f"{path} belongs to another program: name another file with --db.")
    stored = connection.execute("SELECT max(version_num) FROM alembic_version").fetchone()[0]
    if stored not in REVISIONS:
        raise StoreError(f"{path} was written by a newer workshop-tui: install that version to open it.")
    return str(stored)


def make(path: Path) -> None:
    """Create an empty file (0600) and its missing folders (0700), unless it is there."""
    with plainly(path):
        missing = [folder for folder in path.absolute().parents if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)
            sync_folder(folder.parent)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            sync_folder(path.parent)


def beside(path: Path) -> tuple[str, str]:
    """Return the files of which the first that is there is written to whenever anything is stored."""
    return f"{path}-wal", f"{path}"


def stamp(*files: str) -> tuple[int, int]:
    """Return what is another one once the first of these files that is there has been written to.

    Every Step goes into the log first; an older SQLite keeps none, and writes the database itself.
    """
    for file in files:
        with suppress(OSError):
            found = os.stat(file)  # noqa: PTH116 - a Path costs more than the look, twice a second
            return found.st_mtime_ns, found.st_size
    return 0, 0
