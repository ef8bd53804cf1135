"""What must not be anywhere any more: taken out of a database, of its backups, and of free pages."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from msgspec import Struct, field

from workshop_tui.durable import sync_folder
from workshop_tui.server_url import Database, ServerUrl
from workshop_tui.store import backups, file, search
from workshop_tui.store.engine import Sqlite
from workshop_tui.store.errors import StoreError
from workshop_tui.store.opening import driver
from workshop_tui.store.tables import METADATA

Change = Callable[[sa.Connection], bool]
"""Takes something out within a transaction; returns whether anything of it was there."""


class ErasedBackups(Struct):
    """What became of the backups beside a database."""

    remade: int = 0
    """How many held it and were made anew, or were let go because nothing was left in them."""
    unreadable: list[Path] = field(default_factory=list)
    """Those that can't be read, and so may hold it still."""


def erase(path: Database, change: Change, *, in_backup: Change, of_newest_schema: bool) -> ErasedBackups:
    """Take something out of a database and of all its backups, and leave no trace in free pages.

    The database changes whole or not at all, and last: broken off before that, it can be done again.
    `of_newest_schema` says whether a backup has to be brought up to date for that. Of a database on a server
    its tables are written anew; what its own backups and log hold is its administrator's.

    Raises:
        StoreError: the database can't be read or written; it is as it was.
    """
    found, seen = ErasedBackups(), set[Path]()
    if isinstance(path, ServerUrl):
        _erase_on_a_server(path, change)
        return found
    with closing(Sqlite(path)) as backend:
        with backend.writing() as connection:
            change(connection)
            _in_backups(path, in_backup, found, seen, of_newest_schema=of_newest_schema)
        _in_backups(path, in_backup, found, seen, of_newest_schema=of_newest_schema)  # made meanwhile
    compact(path)
    with file.plainly(path):
        for left in backups.leftovers(path, dt.datetime.now(dt.UTC) + backups.BROKEN_OFF):
            left.unlink(missing_ok=True)
    return found


def _erase_on_a_server(url: ServerUrl, change: Change) -> None:
    from workshop_tui.store.postgresql.engine import Postgresql

    with closing(Postgresql(url)) as there:
        with there.writing() as connection:
            change(connection)
        there.compact((*METADATA.tables, *search.TABLES))


def delete_account(connection: sa.Connection, account: str) -> bool:
    """Take all of an account out of a database of whatever schema; return whether it was there."""
    raw = driver(connection)
    names = sa.inspect(connection).get_table_names()
    found = 0
    for name in names:
        if name != "search_line" and "account" in _columns(connection, name):
            found += raw.execute(f'DELETE FROM "{name}" WHERE account = ?', [account]).rowcount  # noqa: S608
    if found and "search_line" in names:  # words that went out may stand in it until it is made anew
        fill_search(connection)
    return bool(found)


def fill_search(connection: sa.Connection) -> None:
    """Make the index anew: nothing of what was taken out since is left in it."""
    raw = driver(connection)
    search.clear(raw)
    for each in search.behind(raw):
        search.update(raw, each)


def compact(path: Path) -> None:
    """Write a database anew without its free pages, and empty its log."""
    with file.plainly(path), closing(file.connect(path, "rw")) as connection:
        connection.execute(f"PRAGMA synchronous={file.SYNCHRONOUS}")
        connection.execute("PRAGMA secure_delete=1")
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _columns(connection: sa.Connection, table: str) -> set[str]:
    return {column["name"] for column in sa.inspect(connection).get_columns(table)}


def _in_backups(
    path: Path, change: Change, found: ErasedBackups, seen: set[Path], *, of_newest_schema: bool
) -> None:
    for one in backups.listed(path):
        if one.file in seen:
            continue
        seen.add(one.file)
        try:
            found.remade += _remade(one.file, change, of_newest_schema=of_newest_schema)
        except StoreError:
            found.unreadable.append(one.file)


def _remade(backup: Path, change: Change, *, of_newest_schema: bool) -> bool:
    """Put a changed copy of a backup in its place; return whether that was needed."""
    backups.refuse_unsound(backup, backup)
    draft = backup.with_name(f"{backups.DRAFT}{secrets.token_hex(4)}")
    try:
        backups.copy_to(backup, draft)
        if of_newest_schema:
            bring_up_to_date(draft)
        with closing(Sqlite(draft)) as backend, backend.writing() as connection:
            is_needed = change(connection)
        if not is_needed:
            return False
        with file.plainly(backup):
            if not backups.accounts_in(draft):
                backup.unlink()
            else:
                compact(draft)
                draft.replace(backup)
            sync_folder(backup.parent)
        return True
    finally:
        for left in _with_sidecars(draft):
            left.unlink(missing_ok=True)


def bring_up_to_date(path: Path) -> None:
    """Bring a copy to the newest schema, without a backup of it."""
    with file.reading(path) as connection:
        stored = file.revision(connection, path)
    if stored != file.REVISIONS[-1]:
        from workshop_tui.store.migrations.run import upgrade

        with closing(Sqlite(path)) as backend:
            upgrade(backend)


def _with_sidecars(path: Path) -> Collection[Path]:
    return [path.with_name(path.name + sidecar) for sidecar in ("", "-journal", "-wal", "-shm")]
