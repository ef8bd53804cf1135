"""What is imported when: a screen waits for it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.plans import ACC, ANA, begin
from workshop_tui.store.store import Store

LIST = "from workshop_tui.store import listing; assert listing.accounts(path, datetime.date.today())"
THREAD = "from workshop_tui.store.thread import StorageThread; StorageThread(path).close()"
LOAD = f"from workshop_tui.store.thread import StorageThread; StorageThread(path).load({ACC!r}).result()"
READ = f"from workshop_tui.cli.plans import load; assert load(str(path), {ACC!r})"
SCREENS = """
import importlib, pkgutil
for name in ("domain", "views", "live", "tui"):
    package = importlib.import_module(f"workshop_tui.{name}")
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(found.name)
"""
OPENED = (
    "import workshop_tui.live.accounts, workshop_tui.tui.account_actions, workshop_tui.tui.screens.workshop"
)
OPEN = "from workshop_tui.store.store import Store; Store.open(path).close()"
NEW = "from workshop_tui.store.store import Store; Store.open(path.with_name('new.db')).close()"


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        (LIST, {"alembic", "pydantic", "sqlalchemy", "sqlmodel", "textual"}),
        (THREAD, {"alembic", "pydantic", "sqlalchemy", "sqlmodel", "textual"}),
        (LOAD, {"alembic", "pydantic", "sqlalchemy", "sqlmodel", "textual"}),
        (READ, {"alembic", "pydantic", "sqlalchemy", "sqlmodel", "textual"}),
        (OPENED, {"alembic", "pydantic", "sqlalchemy", "sqlmodel"}),
        (SCREENS, {"alembic", "sqlalchemy", "sqlmodel"}),
        (OPEN, {"alembic", "sqlalchemy.dialects.postgresql", "textual"}),
        (NEW, {"alembic", "sqlalchemy.dialects.postgresql", "textual"}),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(tmp_path: Path, code: str, heavy: set[str]) -> None:
    path = tmp_path / "workshops.db"
    with closing(Store.open(path)) as store:
        begin(store, ANA)
    script = f"import datetime, pathlib, sys; path = pathlib.Path(sys.argv[1])\n{code}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    assert "workshop_tui.store" in done.stdout
    assert heavy.isdisjoint(done.stdout.split())
