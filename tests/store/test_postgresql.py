"""What is a server's alone: what goes wrong there, in a sentence, and how those at it hear of one another."""

from __future__ import annotations

import datetime as dt
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from tests.postgres import CANARY, PEOPLE, Server
from tests.store.plans import ACC, ANA, add, begin, name_ana, name_of_ana
from tests.store.test_presence import hears, seat
from workshop_tui.domain.model.value import Option
from workshop_tui.server_url import ServerUrl, server_url
from workshop_tui.store import erasing, file
from workshop_tui.store.errors import StoreError
from workshop_tui.store.listing import accounts
from workshop_tui.store.migrations import run
from workshop_tui.store.opening import driver
from workshop_tui.store.postgresql.engine import Postgresql
from workshop_tui.store.store import Store
from workshop_tui.store.thread import StorageThread

TODAY = dt.date(2026, 6, 9)
MEANT = CANARY.replace("%2F", "/")


@pytest.fixture
def store(on_server: ServerUrl) -> Iterator[Store]:
    with closing(Store.open(on_server)) as opened:
        begin(opened, ANA)
        yield opened


def named(url: ServerUrl) -> str:
    return url.shown.rpartition("/")[2]


def of_server(store: Store) -> Postgresql:
    assert isinstance(store._backend, Postgresql)
    return store._backend


def drop_connection(server: Server, url: ServerUrl) -> None:
    """Have the server end whatever is connected to a database, as when it is started anew."""
    server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{named(url)}'")  # noqa: S608


# What goes wrong


def told(url: ServerUrl) -> str:
    with pytest.raises(StoreError) as refused:
        Store.open(url).close()
    assert str(refused.value) == told_by_list(url)
    error: BaseException | None = refused.value
    while error:  # a crash writes whatever hangs on it
        assert MEANT not in repr(error) + str(error)
        assert CANARY not in repr(error) + str(error)
        error = error.__cause__ or error.__context__
    return str(refused.value)


def told_by_list(url: ServerUrl) -> str:
    with pytest.raises(StoreError) as refused:
        accounts(url, TODAY)
    return str(refused.value)


def test_whoever_is_not_let_in_is_told_why_without_the_password(server: Server, on_server: ServerUrl) -> None:
    name, there = named(on_server), f"host={server.data}"
    wrong = server_url(f"postgresql://{PEOPLE}:{CANARY}x@/{name}?{there}")
    assert told(wrong) == (
        f"The database postgresql://anna@/{name} refuses the password: "
        "check it in the URL, PGPASSWORD or ~/.pgpass."
    )
    assert "asks for a password" in told(server_url(f"postgresql://{PEOPLE}@/{name}?{there}"))
    assert "isn't there: check its name, or make it with `createdb`" in told(server.url("none", user=PEOPLE))
    nobody = server_url(f"postgresql://nobody:{CANARY}@/{name}?{there}")
    assert "refuses the password" in told(nobody)
    away = server_url(f"postgresql://{PEOPLE}:{CANARY}@/{name}?host=/nowhere")
    assert "can't be reached: check that the server runs" in told(away)
    assert "can't be read: check its options" in told(
        server_url(f"postgresql://{PEOPLE}:{CANARY}%zz@/{name}?{there}")
    )


def test_who_has_no_right_is_told_so(server: Server, on_server: ServerUrl) -> None:
    theirs = server.url(named(on_server), user=PEOPLE)
    assert "gives you no right to do that: have its administrator grant it" in told(theirs)
    name = server.new()  # an empty one, in which they may make no tables
    with pytest.raises(StoreError, match="gives you no right to do that"):
        Store.open(server.url(name, user=PEOPLE))


@pytest.mark.parametrize(
    ("done", "said"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "was written by a newer workshop-tui: install"),
        ("COMMENT ON TABLE alembic_version IS NULL", "belongs to another program: name another database"),
        ("DROP TABLE alembic_version", "belongs to another program: name another database"),
        ("ALTER TABLE account DROP COLUMN name", "isn't as this version made it"),
    ],
)
def test_what_is_not_ours_or_not_of_this_version_is_refused(server: Server, done: str, said: str) -> None:
    url = server.url(server.new())
    with closing(Store.open(url)) as store:
        begin(store, ANA)
    server.run(done, named(url))
    assert said in (told_by_list(url) if "name" in done else told(url))


def test_what_is_not_in_utf8_is_refused(server: Server) -> None:
    server.run("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'")
    assert "isn't in UTF-8: make one with" in told(server.url("latin"))


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in sys.modules if each.startswith("workshop_tui.store.postgresql")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert told(server_url("postgresql:///none")) == (
        "A database on a PostgreSQL server needs what isn't installed: pip install 'workshop-tui[postgres]'."
    )


def test_a_long_lock_is_told(store: Store, server: Server, on_server: ServerUrl) -> None:
    with store._backend.writing() as connection:
        connection.exec_driver_sql("SET LOCAL lock_timeout = 1")
    with psycopg.connect(server.plain(named(on_server))) as other:
        other.execute(f"SELECT pg_advisory_xact_lock({file.APPLICATION}, 0)".encode())
        with of_server(store)._engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("SET lock_timeout = 1")
        with pytest.raises(StoreError, match="has been locked by another program for too long"):
            store.commit(ACC, name_ana(ANA.name, "Anna"))
    assert store.commit(ACC, name_ana(ANA.name, "Anna")).number == 2


# Lost connections


def test_a_lost_connection_is_told_and_made_anew(store: Store, server: Server, on_server: ServerUrl) -> None:
    before = store.version()
    drop_connection(server, on_server)
    step = name_ana(ANA.name, "Anna")
    with pytest.raises(StoreError, match="has gone away: check that the server runs, and your network"):
        store.commit(ACC, step)
    assert store.commit(ACC, step).number == 2
    assert store.version() != before


@pytest.mark.parametrize("is_written", [True, False])
def test_what_was_written_when_the_word_of_it_was_lost_is_not_written_twice(
    store: Store, server: Server, on_server: ServerUrl, monkeypatch: pytest.MonkeyPatch, *, is_written: bool
) -> None:
    engine, step = of_server(store)._engine, add(Option(id="o", text="Once"))

    def lost(connection: psycopg.Connection[object]) -> None:
        monkeypatch.undo()
        if is_written:
            connection.commit()
        drop_connection(server, on_server)
        connection.execute("SELECT")

    monkeypatch.setattr(engine.dialect, "do_commit", lost)
    with pytest.raises(StoreError, match="has gone away"):
        store.commit(ACC, step)
    assert store.load(ACC)[1] == (2 if is_written else 1)
    assert store.commit(ACC, step).number == 2
    assert len(store.since(ACC, 1)) == 1
    with pytest.raises(Exception, match="already"):  # the same once more is another Step
        store.commit(ACC, step)


def test_a_server_that_does_not_answer_holds_up_no_end(
    store: Store, server: Server, on_server: ServerUrl
) -> None:
    storage, begun = StorageThread(on_server), threading.Event()

    def hang(there: Store) -> None:
        with there.backend.reading() as connection:
            begun.set()
            connection.exec_driver_sql("SELECT pg_sleep(60)")

    hanging = storage.call(hang)
    assert begun.wait(30)
    with pytest.raises(TimeoutError):
        storage.close(0.05)
    with pytest.raises(StoreError, match="has gone away"):
        hanging.result(20)
    storage._executor.shutdown(wait=True)
    assert name_of_ana(store) == ANA.name
    drop_connection(server, on_server)  # it sleeps on, and keeps in sight what was there


# Others


def test_whoever_writes_is_heard_of_without_asking(store: Store, on_server: ServerUrl) -> None:
    with closing(Store.open_to_read(on_server)) as other:
        before = other.version()
        assert other.version() == before
        store.join(ACC, seat("a"))
        assert hears(other, before)
        assert [one.seat for one in other.online(ACC, seat("a").seen_at)] == ["a"]
        with pytest.raises(StoreError, match="this only looks on"):
            other.commit(ACC, name_ana(ANA.name, "Anna"))
        with of_server(other).reading() as connection, pytest.raises(sa.exc.InternalError):
            connection.exec_driver_sql("DELETE FROM journal")  # the server itself refuses


def test_what_is_read_is_of_one_moment(store: Store, on_server: ServerUrl) -> None:
    with closing(Store.open(on_server)) as other, of_server(other).reading() as connection:
        raw = driver(connection)
        assert raw.execute("SELECT max(number) FROM journal").fetchone() == (1,)
        store.commit(ACC, name_ana(ANA.name, "Anna"))
        assert raw.execute("SELECT max(number) FROM journal").fetchone() == (1,)
    assert name_of_ana(store) == "Anna"


def test_what_sqlite_is_asked_is_asked_in_the_servers_words(store: Store) -> None:
    with store.backend.reading() as connection:
        there = driver(connection)
        twice = "SELECT id FROM stakeholder WHERE substr(lower(id), 1, length(?1)) = lower(?1) AND name <> ?2"
        assert there.execute(twice, ["AN", "a%?"]).fetchall() == [("ana",)]
        firms = "SELECT name FROM party WHERE name LIKE 'Partner o%' AND id <> ?"
        assert there.execute(firms, ["x"]).fetchall()
        days = (
            "SELECT date(day, '-14 days') FROM (SELECT key AS of, value AS day FROM json_each(?)) AS looked"
        )
        assert there.execute(days, ['{"a": "2026-03-10"}']).fetchone() == ("2026-02-24",)


# Migrations and erasing

REVISION = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{after}", "{before}"
def upgrade():
    op.add_column("draft", sa.Column("more", sa.Text, nullable=False, server_default=""))
    op.execute("SELECT {last}")
"""


@pytest.fixture
def to_come(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """Have one more schema to come, whose migration ends with this."""

    def after(last: str) -> None:
        versions = tmp_path / "versions"
        versions.mkdir(exist_ok=True)
        for name in ("env.py", "script.py.mako"):
            (tmp_path / name).write_bytes((run.SCRIPTS / name).read_bytes())
        for each in (run.SCRIPTS / "versions").glob("schema_*.py"):
            (versions / each.name).write_bytes(each.read_bytes())
        made = REVISION.format(after="9999", before=_NEWEST, last=last)
        (versions / "schema_9999.py").write_text(made, "utf-8")
        monkeypatch.setattr(run, "SCRIPTS", tmp_path)
        monkeypatch.setattr(file, "REVISIONS", (*_REVISIONS, "9999"))

    return after


_REVISIONS = file.REVISIONS
_NEWEST = file.REVISIONS[-1]
_STORED = "SELECT version_num FROM alembic_version"
_COLUMNS = "SELECT count(*) FROM information_schema.columns WHERE table_name = 'draft'"


def test_a_migration_is_whole_or_not_at_all(server: Server, to_come: Callable[[str], None]) -> None:
    url = server.url(server.new())
    with closing(Store.open(url)) as store:
        begin(store, ANA)
    columns = server.run(_COLUMNS, named(url))
    to_come("1/0")
    with pytest.raises(StoreError):
        Store.open(url)
    assert (server.run(_COLUMNS, named(url)), server.run(_STORED, named(url))) == (columns, [(_NEWEST,)])
    to_come("1")
    with closing(Store.open(url)) as store:
        assert name_of_ana(store) == ANA.name
    assert server.run(_COLUMNS, named(url)) == [(columns[0][0] + 1,)]
    assert server.run(_STORED, named(url)) == [("9999",)]


def test_an_account_that_is_deleted_is_nowhere(store: Store, server: Server, on_server: ServerUrl) -> None:
    begin(store, account="b")
    store.update_search(ACC)
    store.save_draft(ACC, "me", "capture", "Ana")

    def change(connection: sa.Connection) -> bool:
        return erasing.delete_account(connection, ACC)

    erasing.erase(on_server, change, in_backup=change, of_newest_schema=False)
    assert [line.id for line in accounts(on_server, TODAY)] == ["b"]
    tables = "SELECT table_name FROM information_schema.columns WHERE column_name = 'account'"
    for (table,) in server.run(tables, named(on_server)):
        assert not server.run(f"SELECT FROM \"{table}\" WHERE account = '{ACC}'", named(on_server))
    (data,) = server.run("SELECT pg_relation_filepath('stakeholder')", named(on_server))
    server.run("CHECKPOINT")
    assert b"ana" not in (server.data / data[0]).read_bytes()
