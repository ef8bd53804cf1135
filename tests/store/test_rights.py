"""Files and folders that may not be read or written. Root may do everything, so these run as nobody."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.plans import ACC, ANA, begin, name_ana, name_of_ana
from workshop_tui.store import listing
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store

TODAY = dt.date(2026, 6, 9)
RENAMED = name_ana("Ana Müller", "Anna")


@pytest.fixture
def as_nobody() -> Iterator[Path]:
    """A folder of nobody's, while this process has nobody's rights."""
    folder = Path(tempfile.mkdtemp())
    me = os.geteuid()
    nobody = 65534 if me == 0 else me
    if me == 0:
        os.chown(folder, nobody, -1)
        os.seteuid(nobody)
    try:
        with closing(Store.open(folder / "workshops.db")) as store:
            begin(store, ANA)
        yield folder
    finally:
        if me == 0:
            os.seteuid(me)
        folder.chmod(0o700)
        shutil.rmtree(folder)


def test_a_file_that_cannot_be_written_is_read(as_nobody: Path) -> None:
    path = as_nobody / "workshops.db"
    before = path.read_bytes()
    path.chmod(0o400)
    with closing(Store.open(path)) as store:
        assert name_of_ana(store) == "Ana Müller"
        with pytest.raises(StoreError, match=r"workshops\.db can't be written"):
            store.commit(ACC, RENAMED)
        assert name_of_ana(store) == "Ana Müller"
    assert [line.id for line in listing.accounts(path, TODAY)] == [ACC]
    assert path.read_bytes() == before


def _rename(path: Path) -> None:
    with closing(Store.open(path)) as store:
        store.commit(ACC, RENAMED)


def test_in_a_folder_that_cannot_be_written_nothing_is_stored(as_nobody: Path) -> None:
    path = as_nobody / "workshops.db"
    before = path.read_bytes()
    as_nobody.chmod(0o500)
    with pytest.raises(StoreError, match=r"workshops\.db can't be (written|opened)"):
        _rename(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(("what", "mode"), [("workshops.db", 0o000), (".", 0o000)])
def test_a_database_that_cannot_be_read_is_refused(as_nobody: Path, what: str, mode: int) -> None:
    (as_nobody / what).chmod(mode)
    for use in (Store.open, lambda path: listing.accounts(path, TODAY)):
        with pytest.raises(StoreError, match=r"workshops\.db can't be"):
            use(as_nobody / "workshops.db")
