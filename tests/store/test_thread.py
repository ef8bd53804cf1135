from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path

import pytest

from tests.domain.plans import FRAME
from tests.store.plans import ACC, ANA, AT, begin, name_ana, name_of_ana, undo
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step
from workshop_tui.store import reading
from workshop_tui.store.errors import StoreError
from workshop_tui.store.file import REVISIONS
from workshop_tui.store.raw import RawConnection
from workshop_tui.store.store import Store
from workshop_tui.store.thread import StorageThread

FIXTURES = Path(__file__).parent / "fixtures"


def test_calls_run_in_order_in_one_thread(tmp_path: Path) -> None:
    thread = StorageThread(tmp_path / "workshops.db")
    calls = [thread.call(lambda _, n=n: (n, threading.get_ident())) for n in range(20)]  # type: ignore[misc]
    seen = [call.result(10) for call in calls]
    thread.close(10)
    assert [n for n, _ in seen] == list(range(20))
    assert len({ident for _, ident in seen} - {threading.get_ident()}) == 1


def test_closing_finishes_what_is_queued(tmp_path: Path) -> None:
    path = tmp_path / "workshops.db"
    thread = StorageThread(path)
    hold = threading.Event()
    thread.call(lambda _: hold.wait(10))
    queued: list[Future[object]] = [
        thread.call(lambda store: begin(store, ANA)),
        thread.call(lambda store: store.commit(ACC, name_ana("Ana Müller", "Anna"))),
    ]
    with pytest.raises(TimeoutError):
        thread.close(0.01)
    hold.set()
    assert [future.exception(10) for future in queued] == [None, None]
    store = Store.open(path)
    assert name_of_ana(store) == "Anna"
    store.close()


def test_closing_what_was_never_used_makes_no_file(tmp_path: Path) -> None:
    StorageThread(tmp_path / "workshops.db").close(10)
    assert list(tmp_path.iterdir()) == []


def test_a_failure_is_that_calls_alone(tmp_path: Path) -> None:
    path = tmp_path / "workshops.db"
    path.write_text("Dear diary\n" * 200)
    thread = StorageThread(path)
    with pytest.raises(StoreError, match="no database"):
        thread.call(lambda store: store.drafts(ACC, "me")).result(10)
    path.unlink()
    thread.call(lambda store: begin(store, ANA)).result(10)
    assert thread.call(undo).result(10) is None
    thread.close(10)


def test_a_database_is_made_only_where_that_is_wanted(tmp_path: Path) -> None:
    thread = StorageThread(tmp_path / "workshops.db", create=False)
    with pytest.raises(StoreError, match="no database at"):
        thread.call(lambda store: store.drafts(ACC, "me")).result(10)
    thread.close(10)


def test_what_is_read_finds_what_was_written_before_and_opens_no_store_for_it(tmp_path: Path) -> None:
    path = tmp_path / "workshops.db"
    store = Store.open(path)
    begin(store, ANA)
    store.close()
    thread = StorageThread(path)
    assert thread.load(ACC).result(10)[1] == 1
    assert thread._store is None
    thread.call(lambda store: store.commit(ACC, name_ana("Ana Müller", "Anna")))
    plan, number = thread.load(ACC).result(10)
    assert ([row.name for row in plan.all(Stakeholder)], number) == (["Anna"], 2)
    with pytest.raises(StoreError, match="There is no account «nobody»"):
        thread.load("nobody").result(10)
    thread.close(10)


def test_an_older_database_is_brought_up_to_date_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workshop_tui.store.thread.LONGEST", 60.0)
    path = tmp_path / "workshops.db"
    with closing(sqlite3.connect(path)) as older:
        older.executescript((FIXTURES / f"schema-{REVISIONS[0]}.sql").read_text("utf-8"))
    thread = StorageThread(path)
    thread.hold_back()
    assert list(thread.read(reading.names).result(30))
    thread.close(10)


def test_the_store_waits_for_a_first_screen_but_not_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    thread = StorageThread(tmp_path / "workshops.db")
    thread.hold_back()
    waits = thread.call(lambda store: begin(store, ANA))
    with pytest.raises(TimeoutError):
        waits.result(0.05)
    thread.go_on()
    waits.result(10)
    thread.close(10)
    monkeypatch.setattr("workshop_tui.store.thread.LONGEST", 0.0)
    another = StorageThread(tmp_path / "workshops.db")
    another.hold_back()
    assert another.call(undo).result(10) is None
    another.close(10)


def test_an_account_that_begins_is_stored_with_the_first_that_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "workshops.db"
    step = Step(tuple(Add(row) for row in (Account(id=ACC, name="Acme"), *FRAME[1:], ANA)), "me", AT)
    thread = StorageThread(path, begins=(ACC, step))
    thread.call(lambda store: store.commit(ACC, name_ana("Ana Müller", "Anna")))
    plan, number = thread.load(ACC).result(10)
    assert ([row.name for row in plan.all(Stakeholder)], number) == (["Anna"], 2)
    thread.close(10)


def test_what_is_read_ahead_is_not_read_again_until_a_step_is_stored_whoever_does_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, read, plan = tmp_path / "workshops.db", list[str](), reading.plan

    def note(connection: RawConnection, account: str) -> AccountPlan:
        read.append(account)
        return plan(connection, account)

    monkeypatch.setattr(reading, "plan", note)
    thread = StorageThread(path)

    def loaded() -> tuple[AccountPlan, int]:
        return thread.read(lambda there: thread.ahead.load(there, ACC, path)).result(10)

    with closing(Store.open(path)) as somebody_else:
        begin(somebody_else, ANA)
        thread.read_ahead(ACC)
        thread.read_ahead(ACC)
        assert (loaded()[1], read) == (1, [ACC])
        somebody_else.commit(ACC, name_ana("Ana Müller", "Anna"))
        found, number = loaded()
        assert (found.all(Stakeholder)[0].name, number, read) == ("Anna", 2, [ACC] * 2)
        thread.read_ahead("nobody")
        with pytest.raises(StoreError):
            thread.read(lambda there: thread.ahead.load(there, "nobody", path)).result(10)
    thread.close(10)


def test_what_was_read_ahead_is_not_taken_for_another_past_of_as_many_steps(tmp_path: Path) -> None:
    path = tmp_path / "workshops.db"
    thread = StorageThread(path)
    with closing(Store.open(path)) as store:
        begin(store, ANA)
        store.commit(ACC, name_ana("Ana Müller", "Anna"))
    thread.read_ahead(ACC)
    thread.read(lambda _: None).result(10)
    with closing(sqlite3.connect(path)) as connection, connection:  # as a backup that was put back has it
        connection.execute("UPDATE journal SET at = '2026-01-01 00:00:00' WHERE number = 2")
        connection.execute("UPDATE stakeholder SET name = 'Anne'")
    found, _ = thread.read(lambda there: thread.ahead.load(there, ACC, path)).result(10)
    assert found.all(Stakeholder)[0].name == "Anne"
    thread.close(10)
