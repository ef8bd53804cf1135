"""The sample account in a database of its own, and the app on it in a real pseudo-terminal."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.conftest import SAMPLE
from tests.prepared import Forked
from tests.pty_driver import COMMAND, Start, Terminal, environment
from workshop_tui.cli.app import run
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.store.store import Store

ACCOUNT = "norvane"
Open = Callable[..., Terminal]


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample account; only to be copied."""
    path = tmp_path_factory.mktemp("imported") / "workshops.db"
    assert run(["--db", str(path), "import", str(SAMPLE), "--keep-date"]) == 0
    return path


@pytest.fixture
def database(imported: Path, tmp_path: Path) -> Path:
    """A database with the sample account, for one test."""
    path = tmp_path / "workshops.db"
    shutil.copy(imported, path)
    return path


@pytest.fixture
def open_app(database: Path, tmp_path: Path) -> Iterator[Open]:
    """Start the app on the sample's latest session, and wait until the workshop is there."""
    with ExitStack() as stack:

        def opened(
            *command: str, rows: int = 36, shows: str = "Purpose +·|1 Purpose", start: Start = Forked
        ) -> Terminal:
            line = [*(command or COMMAND), "--db", str(database), "open", ACCOUNT]
            env = environment(HOME=str(tmp_path / "home"))
            terminal = stack.enter_context(Terminal(line, rows=rows, env=env, start=start))
            terminal.wait(shows)
            terminal.wait("f4 Share")
            return terminal

        yield opened


def stored(database: Path) -> AccountPlan:
    """The account as it is in the database."""
    with closing(Store.open(database)) as store:
        return store.load(ACCOUNT)[0]
