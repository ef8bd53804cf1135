"""A database that is only looked at: every way to write to it is refused, and it stays as it was."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.store.plans import ACC, ANA, begin, name_ana, name_of_ana
from tests.store.test_presence import seat
from workshop_tui.store import file
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store
from workshop_tui.store.tables import METADATA, VERSION
from workshop_tui.store.thread import StorageThread


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("written") / "workshops.db"
    with closing(Store.open(path)) as store:
        begin(store, ANA)
        store.join(ACC, seat("a"))
    return path


@pytest.fixture
def path(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(written, tmp_path / "workshops.db"))


@pytest.fixture
def looking_on(path: Path) -> Iterator[Store]:
    with closing(Store.open_to_read(path)) as store:
        yield store


WRITES: dict[str, Callable[[Store], object]] = {
    "commit": lambda store: store.commit(ACC, name_ana(ANA.name, "Another")),
    "save_draft": lambda store: store.save_draft(ACC, "me", "capture", "a: x"),
    "join": lambda store: store.join(ACC, seat("b")),
    "leave": lambda store: store.leave(ACC, "a"),
    "update_search": lambda store: store.update_search(ACC),
    "rebuild_search": Store.rebuild_search,
}
READS = {
    "close",
    "load",
    "since",
    "who_set",
    "next_undo",
    "next_redo",
    "find",
    "called",
    "drafts",
    "online",
    "audiences",
    "search_behind",
    "latest",
    "meant",
    "revisions",
}


def test_every_method_that_writes_is_known_here() -> None:
    methods = {name for name in vars(Store) if not name.startswith("_")}
    assert methods - {"open", "open_to_read", "version", "backend"} - READS == set(WRITES)


@pytest.mark.parametrize("name", WRITES)
def test_every_way_to_write_is_refused(path: Path, looking_on: Store, name: str) -> None:
    before = path.read_bytes()
    with pytest.raises(StoreError, match="only looks on"):
        WRITES[name](looking_on)
    assert path.read_bytes() == before


@pytest.mark.parametrize("table", [*METADATA.tables, VERSION.name])
@pytest.mark.parametrize("sql", ["DELETE FROM {}", "DROP TABLE {}", "ALTER TABLE {} ADD COLUMN more TEXT"])
def test_sqlite_itself_refuses_it_for_every_table(
    path: Path, looking_on: Store, table: str, sql: str
) -> None:
    before = path.read_bytes()
    with (
        pytest.raises(StoreError, match="can't be written"),
        looking_on._backend.reading() as connection,
    ):
        connection.exec_driver_sql(sql.format(f'"{table}"'))
    assert path.read_bytes() == before


def test_the_file_is_refused_also_where_somebody_lifts_the_setting(looking_on: Store) -> None:
    """The setting is for the connection; that it was opened to read can't be lifted."""
    with looking_on._backend.reading() as connection:
        connection.exec_driver_sql("PRAGMA query_only=0")
        with pytest.raises(sa.exc.OperationalError, match="readonly"):
            connection.exec_driver_sql("DELETE FROM seat")


def test_what_others_write_is_read(path: Path, looking_on: Store) -> None:
    seen = looking_on.version()
    with closing(Store.open(path)) as store:
        store.commit(ACC, name_ana(ANA.name, "Ana of theirs"))
        assert looking_on.version() != seen
        assert name_of_ana(looking_on) == "Ana of theirs"
        assert [each.seat for each in looking_on.online(ACC, seat("a").seen_at)] == ["a"]


def test_what_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no database at"):
        Store.open_to_read(tmp_path / "none.db")
    assert not list(tmp_path.iterdir())
    file.make(tmp_path / "empty.db")
    with pytest.raises(StoreError, match="open it once"):
        Store.open_to_read(tmp_path / "empty.db")
    assert (tmp_path / "empty.db").read_bytes() == b""


def test_an_older_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    fixture = Path(__file__).parent / "fixtures" / f"schema-{file.REVISIONS[-2]}.sql"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(fixture.read_text(encoding="utf-8"))
    before = path.read_bytes()
    with pytest.raises(StoreError, match="of an earlier version: open it once"):
        Store.open_to_read(path)
    assert path.read_bytes() == before


def test_the_thread_opens_it_so(path: Path) -> None:
    storage = StorageThread(path, reads_only=True)
    assert storage.call(lambda store: store.load(ACC)).result()[1] == 1
    with pytest.raises(StoreError, match="only looks on"):
        storage.call(WRITES["commit"]).result()
    storage.close()
