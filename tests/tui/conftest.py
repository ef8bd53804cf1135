"""Databases to drive the app on, and two people at one."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.store.plans import ANA, begin
from tests.tui.driver import seed
from tests.tui.pair import VALUE, Person
from workshop_tui.domain.plan.plan import AccountPlan


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Show times as they are in UTC, wherever the tests run."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(scope="session")
def _seeded(sample: AccountPlan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "w.db"
    seed(path, sample)
    return path


@pytest.fixture
def norvane(_seeded: Path, tmp_path: Path) -> Path:
    """A database with the sample account in it, to be changed at will."""
    return Path(shutil.copy(_seeded, tmp_path / "w.db"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Where a database will be."""
    return tmp_path / "w.db"


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[tuple[Person, Person]]:
    """Two people who have one account open, each with a storage thread."""
    people = Person(tmp_path / "w.db", "rowan"), Person(tmp_path / "w.db", "mirela")
    await asyncio.wrap_future(people[0].storage.call(lambda store: begin(store, ANA, VALUE)))
    for person in people:
        await person.open()
    await people[0].look()
    yield people
    for person in people:
        person.live.leave()
        person.storage.close(10)
