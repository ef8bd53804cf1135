"""What every test starts from: our own colours, Hypothesis without a stopwatch, little garbage collection.

`HYPOTHESIS_PROFILE=thorough pytest` tries far more examples of each law than a usual run has time for.
"""

import asyncio
import gc
import inspect
import os
import re
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from workshop_tui.documents.plan_json import load_plan
from workshop_tui.domain.plan.plan import AccountPlan

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tests.live.pair import Person
    from tests.postgres import Server
    from workshop_tui.server_url import ServerUrl

SAMPLE = Path(__file__).parent.parent / "sessions" / "norvane-bank.json"

for name in ("NO_COLOR", "TEXTUAL_THEME"):  # either would change every snapshot
    os.environ.pop(name, None)

settings.register_profile("workshop", deadline=None, max_examples=25)  # a busy machine is no failure
settings.register_profile("thorough", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "workshop"))


gc.disable()  # until all is imported, as nothing of it is garbage


def pytest_collection_finish() -> None:
    """Keep what the tests share out of garbage collection: going through it was a sixth of the run."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a test by how a long text begins: names of 44 MB went from each worker to all the others."""
    if not isinstance(val, str | bytes) or len(val) <= LONGEST_ID:
        return None
    return ascii(val[:20])


LONGEST_ID = 200
LANES = {"snapshots": "snapshot", "reliability": "process", "served": "process"}
"""Folder of tests → its lane; that of others is told by what they start."""


@cache
def _holds(file: Path, regex: str) -> bool:
    return bool(re.search(regex, file.read_text("utf-8"), re.MULTILINE))


def _lane(test: pytest.Function) -> str:
    if found := LANES.get(test.path.relative_to(Path(__file__).parent).parts[0]):
        return found
    if _holds(test.path, r"^import (subprocess|multiprocessing)$"):
        return "process"
    is_async = inspect.iscoroutinefunction(test.function)
    return "app" if is_async and _holds(test.path, r"async with driving\(|\.run_test\(") else "fast"


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Put each test into its lane, and begin with the lane that waits, while others have work."""
    for item in items:
        item.add_marker(_lane(item))
    items.sort(key=lambda item: item.get_closest_marker("process") is None)


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Have a worker that is done take from the others, so that none is alone at the end."""
    if config.getoption("numprocesses", None) and config.getoption("dist") == "no":
        config.option.dist = "worksteal"


@pytest.fixture(autouse=True, scope="module")
def _sparing(request: pytest.FixtureRequest) -> Iterator[None]:
    """Spare the tests that drive the app what each would do anew, but those of how it paints."""
    from tests.app.sparing import sparing

    with nullcontext() if "textual_patches" in request.path.parts else sparing():
        yield


@pytest.fixture(autouse=True, scope="session")
def _compiled_once() -> Iterator[None]:
    """Have the databases of all tests share the statements compiled for one, as those are kept by dialect."""
    from sqlalchemy.dialects.sqlite.base import SQLiteDialect
    from sqlalchemy.sql.compiler import Compiled
    from sqlalchemy.util import LRUCache

    from workshop_tui.store import engine

    made = engine._engine
    compiled: LRUCache[Any, Compiled] = LRUCache(2000)

    def sharing(*arguments: Any) -> "Engine":
        new = made(*arguments)
        new._compiled_cache = compiled
        return new

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_engine", sharing)
        patch.setattr(SQLiteDialect, "__eq__", lambda one, other: type(one) is type(other))
        patch.setattr(SQLiteDialect, "__hash__", lambda one: hash(type(one)))
        yield


@pytest.fixture(scope="session")
def grown() -> AccountPlan:
    """Norvane Bank as it is shipped: as it was given, and what was added since."""
    return load_plan(SAMPLE.read_bytes())


@pytest.fixture(scope="session")
def sample(grown: AccountPlan) -> AccountPlan:
    """Norvane Bank as it was given, the whole of it; its day is `sample.account.as_of`."""
    from tests.grown import as_given

    return as_given(grown)


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Show times as they are in UTC, wherever the tests run."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def _seed(plan: AccountPlan, folder: Path) -> Path:
    from tests.app.driver import seed

    seed(folder / "w.db", plan)
    return folder / "w.db"


@pytest.fixture(scope="session")
def _seeded(sample: AccountPlan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _seed(sample, tmp_path_factory.mktemp("sample"))


@pytest.fixture
def norvane(_seeded: Path, tmp_path: Path) -> Path:
    """A database with the sample account in it, to be changed at will."""
    return Path(shutil.copy(_seeded, tmp_path / "w.db"))


@pytest.fixture(scope="session")
def _seeded_grown(grown: AccountPlan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _seed(grown, tmp_path_factory.mktemp("grown"))


@pytest.fixture
def norvane_grown(_seeded_grown: Path, empty: Path) -> Path:
    """A database with the sample account as it is shipped, to be changed at will."""
    return Path(shutil.copy(_seeded_grown, empty))


@pytest.fixture(scope="session")
def server() -> "Iterator[Server]":
    """A PostgreSQL server that these tests have to themselves."""
    from tests.postgres import running

    with running() as server:
        yield server


@pytest.fixture
def new_on_server(server: "Server") -> "Iterator[Callable[[], ServerUrl]]":
    """Give a database with empty tables on the server each time it is called."""
    with server.lending() as lend:
        yield lend


@pytest.fixture
def on_server(new_on_server: "Callable[[], ServerUrl]") -> "ServerUrl":
    """A database with empty tables on the server."""
    return new_on_server()


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """Where a database will be."""
    return tmp_path / "w.db"


@pytest.fixture
async def two(tmp_path: Path) -> "AsyncIterator[tuple[Person, Person]]":
    """Two people who have one account open, each with a storage thread."""
    from tests.live.pair import VALUE, Person
    from tests.store.plans import ANA, begin

    people = Person(tmp_path / "w.db", "rowan"), Person(tmp_path / "w.db", "mirela")
    await asyncio.wrap_future(people[0].storage.call(lambda store: begin(store, ANA, VALUE)))
    for person in people:
        await person.open()
    await people[0].poll()
    yield people
    for person in people:
        person.live.leave()
        person.storage.close(10)
