"""Databases to drive the app on."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.driver import seed
from workshop_tui.domain.plan import AccountPlan


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
