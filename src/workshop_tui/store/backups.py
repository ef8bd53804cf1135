"""Backups: copies of the whole database, made while it is in use, and which of them are kept.

They lie in a folder beside the database, named by their moment. SQLite's own backup makes and restores them,
as copying a file that is in use can break it: https://sqlite.org/backup.html
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import tempfile
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from msgspec import Struct

from workshop_tui.durable import sync_folder
from workshop_tui.server_url import Database, ServerUrl
from workshop_tui.store import file
from workshop_tui.store.errors import StoreError

RECENT: Final = 12
"""The newest that are kept, whatever their days."""
DAILY: Final = 10
"""Days of which the last is kept."""
WEEKLY: Final = 9
"""Weeks of which the last is kept."""

_SUFFIX: Final = ".db"
DRAFT: Final = ".backup-"
"""Begins the names of files that are not whole yet."""
BROKEN_OFF: Final = dt.timedelta(hours=1)
"""How long nothing was written to a draft that nobody goes on with."""
_PAGES: Final = 2000
"""Pages copied at once: between two lots others may write, after which SQLite begins again."""
_TRIES: Final = 200
"""Lots after which all is copied in one go, lest it never ends while somebody writes on and on."""
_HEADS: Final = "SELECT account, max(number) FROM journal GROUP BY account"


class Backup(Struct, frozen=True):
    """A backup that is there, and when it was made (UTC)."""

    file: Path
    at: dt.datetime


def kept(moments: Iterable[dt.datetime]) -> frozenset[dt.datetime]:
    """Return which backups stay: the newest, and the last of each of the last days and weeks."""
    newest = sorted({*moments}, reverse=True)
    return frozenset(
        (
            *newest[:RECENT],
            *_last_of_each(newest, DAILY, lambda at: at.date()),
            *_last_of_each(newest, WEEKLY, lambda at: at.isocalendar()[:2]),
        )
    )


def _last_of_each(
    newest: Iterable[dt.datetime], number: int, span: Callable[[dt.datetime], Hashable]
) -> list[dt.datetime]:
    last: dict[Hashable, dt.datetime] = {}
    for at in newest:
        last.setdefault(span(at), at)
    return list(last.values())[:number]


def folder(path: Path) -> Path:
    """Return where the backups of a database lie."""
    return path.with_name(f"{path.name}-backups")


def named_at(at: dt.datetime) -> str:
    """Return what a backup of this moment is called, by which it is found again."""
    moment = at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return moment.replace("+00:00", "Z").replace(":", "") + _SUFFIX  # no file system minds this


def file_of(path: Database) -> Path:
    """Return the file of a database; raises StoreError for one on a server, of which we make no backups."""
    if isinstance(path, ServerUrl):
        raise StoreError(
            f"Backups of {path} are made and put back on its server, as by pg_dump and pg_restore; "
            "or copy it into a file with `workshop-tui copy`."
        )
    return path


def listed(path: Database) -> tuple[Backup, ...]:
    """Return the backups of a database that are there, the newest first."""
    found: list[Backup] = []
    if isinstance(path, ServerUrl):
        return ()
    if folder(path).is_dir():
        for each in folder(path).iterdir():
            with suppress(ValueError):
                at = dt.datetime.fromisoformat(each.name.removesuffix(_SUFFIX))
                found.extend([Backup(each, at)] if each.name == named_at(at) else [])
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def is_due(path: Path) -> bool:
    """Whether anything was done to an account since the newest backup, as it is where there is none."""
    newest, heads = next(iter(listed(path)), None), _heads(path)
    return bool(heads) and (newest is None or heads != _heads(newest.file))


def back_up(path: Path, at: dt.datetime) -> Path:
    """Make a backup beside the database, and let go of those that are no longer kept; return its file.

    Raises:
        StoreError: it can't be made, or what was copied is damaged; nothing is left of it then.
    """
    target = folder(path) / named_at(at)
    _make_folder(target.parent)
    copy_to(path, target)
    there = listed(path)
    staying = kept(one.at for one in there)
    for one in there:
        if one.at not in staying:
            with suppress(OSError):
                one.file.unlink()
    return target


def back_up_if_due(path: Database, at: dt.datetime) -> Path | None:
    """Make a backup where there is anything new to keep; return its file. A server looks after its own."""
    if isinstance(path, ServerUrl):
        return None
    return back_up(path, at) if path.exists() and is_due(path) else None


def copy_to(path: Path, target: Path) -> None:
    """Write the database, as it is at one moment, whole into a new file (0600) that has proved sound.

    Raises:
        StoreError: the file is there already or can't be written, or the database is damaged.
    """
    if target.exists():
        raise StoreError(f"«{target}» is there already: choose another name.")
    file.refuse_what_is_not_there(path)
    with file.plainly(target.parent):
        handle, name = tempfile.mkstemp(prefix=DRAFT, dir=target.parent)
    os.close(handle)
    draft = Path(name)
    try:
        with file.reading(path) as source, file.plainly(path):
            file.revision(source, path)
        with (
            file.plainly(target),
            closing(file.connect(path, "ro")) as source,
            closing(file.connect(draft, "rw")) as copy,
        ):
            copy.execute("PRAGMA synchronous=OFF")  # it counts only once it is whole, and is synced then
            _copy(source, copy)
        refuse_unsound(draft, path)
        with file.plainly(target):
            _sync(draft)
            draft.rename(target)
            sync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def restore(source: Path, path: Path) -> None:
    """Put a backup in the place of what the database holds: all of it, or nothing where that goes wrong.

    Who has the file open goes on with the new content, so nobody should.

    Raises:
        StoreError: the backup is damaged or none, or the database can't be written.
    """
    refuse_unsound(source, source)
    file.make(path)
    with file.plainly(path), closing(file.connect(path, "rw")) as target:
        target.execute(f"PRAGMA synchronous={file.SYNCHRONOUS}")
        target.execute("PRAGMA secure_delete=1")
        with closing(file.connect(source, "ro")) as copy:
            copy.backup(target)  # in one go: SQLite takes it back if it is broken off
    with file.plainly(path):
        path.chmod(0o600)


@contextmanager
def opened_apart(source: Path) -> Iterator[Path]:
    """Give a copy of a backup that may be brought up to date and read, and is gone afterwards."""
    refuse_unsound(source, source)
    with tempfile.TemporaryDirectory(prefix="workshop-tui-") as apart:
        copy = Path(apart) / "backup.db"
        copy_to(source, copy)
        yield copy


def refuse_unsound(path: Path, named: Path) -> None:
    """Raise StoreError, about the file that is named, where a database is damaged, empty or another's."""
    with file.reading(path) as connection:
        if file.revision(connection, named) is None:
            raise StoreError(f"{named} is empty: name a backup with accounts in it.")
        told = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if told != "ok":
        raise StoreError(f"The database {named} is damaged: name another backup.")


def set_aside(path: Path, at: dt.datetime) -> Path:
    """Give a database that can't be read another name, with what SQLite keeps beside it; return that name."""
    aside = path.with_name(f"{path.name}-damaged-{named_at(at).removesuffix(_SUFFIX)}")
    with file.plainly(path):
        for sidecar in ("", "-journal", "-wal", "-shm"):
            there = path.with_name(path.name + sidecar)
            if there.exists():
                there.rename(aside.with_name(aside.name + sidecar))
        sync_folder(path.parent)
    return aside


def leftovers(path: Path, now: dt.datetime) -> tuple[Path, ...]:
    """Return what backups that were broken off have left behind: nothing of one that is being made."""
    old = (now - BROKEN_OFF).timestamp()
    places = [place for place in (path.parent, folder(path)) if place.is_dir()]
    drafts = sorted(each for place in places for each in place.glob(f"{DRAFT}*"))
    return tuple(each for each in drafts if each.stat().st_mtime < old)


def accounts_in(path: Path) -> int:
    """Return how many accounts a database or a backup of whatever age holds."""
    with file.reading(path) as connection:
        if file.revision(connection, path) is None:
            return 0
        return int(connection.execute("SELECT count(*) FROM account").fetchone()[0])


def _make_folder(place: Path) -> None:
    with file.plainly(place):
        place.mkdir(mode=0o700, exist_ok=True)
        sync_folder(place.parent)


def _copy(source: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    lots = 0

    def count(_status: int, _remaining: int, _total: int) -> None:
        nonlocal lots
        lots += 1
        if lots > _TRIES + _total // _PAGES:
            raise _Unending

    try:
        source.backup(copy, pages=_PAGES, progress=count, sleep=0.01)
    except _Unending:
        source.backup(copy)


class _Unending(Exception):  # noqa: N818 - it never leaves this module
    """Somebody writes so often that lot by lot it would never end."""


def _heads(path: Path) -> dict[str, int]:
    """Return account → the number of its last Step."""
    with file.reading(path) as connection:
        if file.revision(connection, path) is None:
            return {}
        return dict(connection.execute(_HEADS))


def _sync(path: Path) -> None:
    with path.open("rb") as whole:
        os.fsync(whole.fileno())
