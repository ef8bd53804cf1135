"""A whole database copied from a file to a server and back: as it was, or not at all."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.store.plans import ACC, ANA, ONE_OF_EACH, add, begin, name_ana
from tests.store.test_presence import seat
from workshop_tui.domain.plan.plan import KINDS, AccountPlan
from workshop_tui.domain.plan.step import Step
from workshop_tui.server_url import Database, ServerUrl
from workshop_tui.store import copying
from workshop_tui.store.copying import TableSum, copy, counts
from workshop_tui.store.errors import StoreError
from workshop_tui.store.opening import backend
from workshop_tui.store.store import Store

New = Callable[[], Database]
WAYS = ["file to server", "server to file", "file to file", "server to server"]


@pytest.fixture
def ends(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Database, New]]:
    """Where something is, and what says of an empty database each time where that is."""
    source, target = request.param.split(" to ")
    numbers = iter(range(1000))
    with ExitStack() as stack:

        def new(kind: str) -> New:
            if kind == "server":
                made: New = stack.enter_context(request.getfixturevalue("server").lending())
                return made
            return lambda: tmp_path / f"{next(numbers)}.db"

        there = new(source)()
        with closing(Store.open(there)) as store:
            begin(store, ANA)
            for n in range(3):
                store.commit(ACC, name_ana(f"Ana {n}" if n else ANA.name, f"Ana {n + 1}"))
            store.save_draft(ACC, "me", "capture", "Žofie, «x» – 東京 'quoted' \"twice\" \\ %s ? \t")
            store.join(ACC, seat("a"))
            store.update_search(ACC)
        yield there, new(target)


def content(path: Database) -> tuple[AccountPlan, tuple[Step, ...], dict[str, str]]:
    with closing(Store.open(path)) as store:
        return store.load(ACC)[0], store.since(ACC, 0), store.drafts(ACC, "me")


def sums(path: Database) -> dict[str, TableSum]:
    with closing(backend(path)) as there, there.reading() as connection:
        return copying.sums(connection)


@pytest.mark.parametrize("ends", WAYS, indirect=True)
def test_all_of_it_comes_over_and_is_changed_there_as_it_was_here(ends: tuple[Database, New]) -> None:
    source, new = ends
    target = new()
    before = content(source)
    found = copy(source, target)
    assert content(target) == content(source) == before
    assert found == sums(source) == sums(target)
    assert found["journal"].rows == len(before[1])
    with closing(Store.open(target)) as store:
        assert store.online(ACC, seat("a").seen_at) == ()  # who is here is not there
        assert store.search_behind() == (ACC,)
        assert store.commit(ACC, name_ana("Ana 3", "Ana")).number == len(before[1]) + 1
    assert content(source) == before


@pytest.mark.parametrize("ends", ["file to server"], indirect=True)
def test_every_kind_of_row_comes_over(ends: tuple[Database, New], tmp_path: Path) -> None:
    path, (_, new) = tmp_path / "each.db", ends
    with closing(Store.open(path)) as store:
        store.commit(ACC, add(*ONE_OF_EACH))
    target, back = new(), tmp_path / "back.db"
    assert copy(path, target) == copy(target, back)
    assert content(back) == content(path)
    assert len(sums(back)) == len(KINDS) + 1  # and the journal


@pytest.mark.parametrize("ends", ["file to server", "server to file"], indirect=True)
def test_what_holds_anything_is_not_copied_into(ends: tuple[Database, New], tmp_path: Path) -> None:
    source, new = ends
    target = new()
    with closing(Store.open(target)) as store:
        store.save_draft("x", "me", "capture", "mine")
    with pytest.raises(StoreError, match="holds something already: name an empty database to copy into"):
        copy(source, target)
    assert counts(target) == {"draft": 1}
    with pytest.raises(StoreError, match="There is nothing to copy in"):
        copy(tmp_path / "none.db", new())
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("ends", ["server to file"], indirect=True)
def test_what_comes_in_otherwise_than_it_was_is_taken_back(ends: tuple[Database, New]) -> None:
    source, new = ends
    target = new()
    assert isinstance(target, Path)
    Store.open(target).close()
    with closing(sqlite3.connect(target)) as connection:
        connection.execute(
            "CREATE TRIGGER t AFTER INSERT ON draft BEGIN UPDATE draft SET text = 'other'; END"
        )
    with pytest.raises(StoreError, match=r"is not what .* holds: nothing was copied"):
        copy(source, target)
    assert counts(target) == {}


@pytest.mark.skipif(
    not hasattr(os, "fork"), reason="only where a process can be forked is one killed so fast"
)
@pytest.mark.parametrize("ends", ["file to server", "server to file"], indirect=True)
def test_killed_on_the_way_the_target_is_empty_or_whole(ends: tuple[Database, New]) -> None:
    source, new = ends
    begun = time.perf_counter()
    copy(source, new())
    took, whole = time.perf_counter() - begun, counts(source)
    chance, target, found = random.Random(str(new)), new(), set()  # noqa: S311
    for _ in range(30):
        child = os.fork()
        if not child:
            try:
                copy(source, target)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, took))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        held = _settled(target)
        assert held in ({}, whole)
        found.add(bool(held))
        if held:
            assert sums(target) == sums(source)
            target = new()
    assert False in found


def _settled(path: Database) -> dict[str, int]:
    """Return what is there once the server has noticed that whoever wrote is gone."""
    if isinstance(path, Path) and not path.exists():
        return {}
    with closing(backend(path)) as there:
        if there.revision() is None:
            return {}
        alone = there.writing() if isinstance(path, ServerUrl) else there.reading()  # behind who copied
        with alone as connection:
            return {name: each.rows for name, each in copying.sums(connection).items()}
