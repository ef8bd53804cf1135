"""Stores to test, on every backend there is."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from workshop_tui.server_url import Database
from workshop_tui.store.store import Store

Opening = Callable[[], Store]
"""Opens one and the same database, once more each time it is called."""


in_a_file = pytest.mark.parametrize("new_database", ["sqlite"], indirect=True)
"""Marks what is about files, where the other tests are about any database."""


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Database]:
    """Say where a new, empty database is, each time it is called."""
    if request.param == "postgresql":
        made: Callable[[], Database] = request.getfixturevalue("new_on_server")
        return made
    number = itertools.count()
    return lambda: tmp_path / str(next(number)) / "workshops.db"


@pytest.fixture
def database(new_database: Callable[[], Database]) -> Database:
    return new_database()


@pytest.fixture
def new_place(new_database: Callable[[], Database]) -> Iterator[Callable[[], Opening]]:
    """Give a new, empty database each time it is called; all stores are closed at the end."""
    with ExitStack() as stack:

        def new() -> Opening:
            database = new_database()
            return lambda: stack.enter_context(closing(Store.open(database)))

        yield new


@pytest.fixture
def place(new_place: Callable[[], Opening]) -> Opening:
    return new_place()


@pytest.fixture
def store(place: Opening) -> Store:
    return place()
