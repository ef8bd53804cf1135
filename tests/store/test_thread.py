from __future__ import annotations

import threading
from concurrent.futures import Future
from pathlib import Path

import pytest

from tests.store.plans import ACC, ANA, begin, name_ana, name_of_ana, undo
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store
from workshop_tui.store.thread import StorageThread


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
