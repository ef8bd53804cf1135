"""Stores to test, on every backend there is."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from workshop_tui.store.store import Store

Opening = Callable[[], Store]
"""Opens one and the same database, once more each time it is called."""

BACKENDS: dict[str, Callable[[Path], Opening]] = {
    "sqlite": lambda folder: lambda: Store.open(folder / "workshops.db"),
}


@pytest.fixture(params=list(BACKENDS))
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Opening]]:
    """Give a new, empty database each time it is called; all stores are closed at the end."""
    with ExitStack() as stack:
        number = itertools.count()

        def new() -> Opening:
            opening = BACKENDS[request.param](tmp_path / str(next(number)))
            return lambda: stack.enter_context(closing(opening()))

        yield new


@pytest.fixture
def place(new_place: Callable[[], Opening]) -> Opening:
    return new_place()


@pytest.fixture
def store(place: Opening) -> Store:
    return place()
