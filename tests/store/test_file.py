"""What SQLite alone has to hold: settings, rights, and every way in which a file can be bad."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.plans import ACC, ANA, begin, name_ana, name_of_ana
from workshop_tui.store import engine, file, listing
from workshop_tui.store.engine import Sqlite
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store

TODAY = dt.date(2026, 6, 9)
RENAMED = name_ana("Ana Müller", "Anna")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one account."""
    path = tmp_path / "workshops.db"
    with closing(Store.open(path)) as store:
        begin(store, ANA)
    return path


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with closing(Store.open(path)) as store:
        yield store


def of_file(store: Store) -> Sqlite:
    assert isinstance(store._backend, Sqlite)
    return store._backend


def sql(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def files(folder: Path) -> list[str]:
    """What lies in a folder, but for what SQLite puts beside a write-ahead log."""
    return [each.name for each in folder.iterdir() if not each.name.endswith(("-wal", "-shm"))]


# Settings


def test_every_connection_is_safe(store: Store) -> None:
    for each in (of_file(store)._writer, of_file(store)._reader):
        with each.connect() as connection:
            stored = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in engine.pragmas()
            }
        assert stored == engine.pragmas()
    assert (stored["journal_mode"], stored["synchronous"]) in {("delete", 3), ("wal", 2)}
    assert stored["foreign_keys"] == 1
    assert stored["busy_timeout"] == 5000


def test_a_setting_that_is_not_taken_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "pragmas", lambda: {"synchronous": 7})
    with closing(Store.open(path)) as store, pytest.raises(StoreError, match=r"used safely \(synchronous\)"):
        store.load(ACC)


def test_the_reading_connection_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match="can't be written"), store._backend.reading() as connection:
        connection.exec_driver_sql("DELETE FROM tie")


def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    mask = os.umask(0o022)
    try:
        path = tmp_path / "a" / "b" / "workshops.db"
        with closing(Store.open(path)) as store:
            begin(store, ANA)
            with store._backend.writing() as connection:
                connection.exec_driver_sql("DELETE FROM draft")
                begun = {other.name: other.stat().st_mode & 0o777 for other in path.parent.iterdir()}
    finally:
        os.umask(mask)
    assert set(begun.values()) == {0o600}
    assert len(begun) > 1, "the journal is there while a transaction is open"
    assert [folder.stat().st_mode & 0o777 for folder in (path.parent, path.parent.parent)] == [0o700] * 2


def test_a_path_may_hold_any_sign(tmp_path: Path) -> None:
    path = tmp_path / "50% ?mode=rw&x#y «ü».db"
    with closing(Store.open(path)) as store:
        begin(store)
    assert [line.id for line in listing.accounts(path, TODAY)] == [ACC]
    assert files(tmp_path) == [path.name]


# Bad files


def _overwrite(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as opened:
        opened.seek(at)
        opened.write(data)


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "damaged header": (lambda path: _overwrite(path, 0, b"x" * 64), "damaged or no database"),
    "truncated": (lambda path: os.truncate(path, path.stat().st_size // 2), "damaged"),
    "truncated in its header": (lambda path: os.truncate(path, 70), "damaged"),
    "text": (lambda path: path.write_text("Dear diary\n" * 200), "damaged or no database"),
    "of another program": (lambda path: sql(path, "PRAGMA application_id = 7"), "another program"),
    "of no program": (lambda path: sql(path, "PRAGMA application_id = 0"), "another program"),
    "without its revision": (lambda path: sql(path, "DROP TABLE alembic_version"), "another program"),
    "with an empty revision": (lambda path: sql(path, "DELETE FROM alembic_version"), "newer"),
    "newer": (lambda path: sql(path, "UPDATE alembic_version SET version_num = '9999'"), "newer"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_database_is_refused_in_a_sentence_and_left_alone(path: Path, bad: str) -> None:
    spoil, sentence = BAD[bad]
    spoil(path)
    before = path.read_bytes()
    for use in (Store.open, lambda path: listing.accounts(path, TODAY)):
        with pytest.raises(StoreError, match=sentence) as caught:
            use(path)
        assert str(path) in str(caught.value)
        assert str(caught.value).endswith(".")
    assert path.read_bytes() == before
    assert files(path.parent) == [path.name]


def test_damage_inside_is_found_when_it_is_read(path: Path) -> None:
    for page in range(1, path.stat().st_size // 4096):
        _overwrite(path, page * 4096, b"\xff" * 4096)
    with pytest.raises(StoreError, match="damaged"):
        listing.accounts(path, TODAY)
    with pytest.raises(StoreError, match="damaged"):
        Store.open(path).load(ACC)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stakeholder SET influence = 99",
        "UPDATE stakeholder SET influence = 'much'",
        "UPDATE stakeholder SET name = x'00'",
        "UPDATE stakeholder SET rank = 'first'",
        "UPDATE stakeholder SET rank = 9e999",
        "UPDATE session SET held_on = 'soon'",
    ],
)
def test_a_row_that_is_not_valid_is_said(path: Path, statement: str) -> None:
    sql(path, statement)
    with closing(Store.open(path)) as store, pytest.raises(StoreError, match="row that isn't valid"):
        store.load(ACC)


def test_a_journal_that_is_not_valid_is_said(path: Path) -> None:
    sql(path, "UPDATE journal SET changes = '[{'")
    with closing(Store.open(path)) as store, pytest.raises(StoreError, match="row that isn't valid"):
        store.since(ACC, 0)


def test_a_fault_of_ours_is_not_taken_for_damage(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(_records: object) -> None:
        raise LookupError("no such thing")

    monkeypatch.setattr("workshop_tui.store.store.history", faulty)
    with pytest.raises(LookupError, match="no such thing"):
        store.next_undo(ACC, "me")


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    for use in (Store.open, lambda path: listing.accounts(path, TODAY)):
        with pytest.raises(StoreError, match="is a folder"):
            use(tmp_path)


def test_a_database_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "sessions" / "none.db"
    with pytest.raises(StoreError, match=r"no database at .*none\.db"):
        Store.open(path, create=False)
    assert listing.accounts(path, TODAY) == ()
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    path = tmp_path / "workshops.db"
    path.touch()
    assert listing.accounts(path, TODAY) == ()
    with closing(Store.open(path)) as store:
        begin(store)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="can't be used"):
        Store.open(tmp_path / "file" / "workshops.db")


# What happens while it is open


def test_a_lock_that_is_not_let_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.05)
    with closing(Store.open(path)) as store, closing(sqlite3.connect(path, isolation_level=None)) as other:
        assert name_of_ana(store) == "Ana Müller"
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked by another program"):
            store.commit(ACC, RENAMED)
        other.execute("ROLLBACK")
        assert store.commit(ACC, RENAMED).number == 2


def test_a_full_disk_stores_nothing_and_a_retry_all(store: Store) -> None:
    with of_file(store)._writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    long = name_ana("Ana Müller", "Anna", undo_group="b" * 100_000)
    with pytest.raises(StoreError, match="disk is full"):
        store.commit(ACC, long)
    assert (name_of_ana(store), store.load(ACC)[1]) == ("Ana Müller", 1)
    with of_file(store)._writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=100000")
    assert store.commit(ACC, long).number == 2


def test_a_deleted_file_takes_nothing_and_a_retry_saves_it(store: Store, path: Path) -> None:
    store.save_draft(ACC, "me", "capture", "Ana")  # so that it is open
    away = path.with_name("away.db")
    path.rename(away)
    with pytest.raises(StoreError, match="deleted or replaced"):
        store.commit(ACC, RENAMED)
    away.rename(path)
    assert store.commit(ACC, RENAMED).number == 2


def test_a_file_deleted_within_a_transaction_takes_nothing(store: Store, path: Path) -> None:
    away = path.with_name("away.db")
    with (
        pytest.raises(StoreError, match="deleted or replaced"),
        store._backend.writing() as connection,
        closing(connection.exec_driver_sql("DELETE FROM stakeholder")),
    ):
        path.rename(away)
    away.rename(path)
    assert name_of_ana(store) == "Ana Müller"


def test_a_file_that_can_not_be_looked_at_any_more_is_said(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def barred(_path: Path) -> tuple[int, int]:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(engine, "_identity", barred)
    with pytest.raises(StoreError, match=r"^The database .* can't be used, as .*\.$"):
        store.commit(ACC, RENAMED)


def test_a_replaced_file_takes_nothing(store: Store, path: Path) -> None:
    store.save_draft(ACC, "me", "capture", "Ana")
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    copy.replace(path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="deleted or replaced"):
        store.commit(ACC, RENAMED)
    assert path.read_bytes() == before


def test_what_a_killed_writer_left_half_done_is_taken_back(path: Path, tmp_path: Path) -> None:
    killed = tmp_path / "killed"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = DELETE")
        writer.execute("PRAGMA cache_size = 1")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE account SET name = 'half done'")
        for number in range(200):  # enough to write into the file before the transaction ends
            writer.execute("INSERT INTO draft VALUES ('a', 'b', ?, ?)", (str(number), "x" * 1000))
        killed.mkdir()
        for each in tmp_path.glob("workshops.db*"):
            shutil.copy(each, killed)
    assert (killed / "workshops.db-journal").exists()
    (line,) = listing.accounts(killed / "workshops.db", TODAY)
    assert line.name == "Account acc"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("SQLITE_BUSY", "locked by another program"),
        ("SQLITE_BUSY_SNAPSHOT", "locked by another program"),
        ("SQLITE_FULL", "disk is full"),
        ("SQLITE_IOERR_WRITE", "from or written to the disk"),
        ("SQLITE_READONLY_DIRECTORY", "can't be written"),
        ("SQLITE_CANTOPEN", "can't be opened"),
        ("SQLITE_CORRUPT_INDEX", "damaged: put a backup"),
        ("SQLITE_ERROR", r"damaged.*\(no such table: tie\)"),
    ],
)
def test_every_error_of_sqlite_is_a_sentence(name: str, sentence: str) -> None:
    error = sqlite3.OperationalError("no such table: tie")
    error.sqlite_errorname = name
    with (
        pytest.raises(StoreError, match=rf"^The database w\.db .*{sentence}.*\.$"),
        file.plainly(Path("w.db")),
    ):
        raise error
