"""Backups: made while others write, whole or not at all, kept by rule, and put back as they were."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sqlite3
import stat
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.plans import ACC, ANA, AT, begin, name_ana, name_of_ana
from workshop_tui.store import backups, file
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store
from workshop_tui.store.whole_accounts import put_back

MOMENTS = st.integers(0, 700 * 24 * 60).map(lambda minutes: AT - dt.timedelta(minutes=minutes))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "workshops.db"
    with closing(Store.open(path)) as store:
        begin(store, ANA)
    return path


def named(path: Path) -> tuple[str | None, int]:
    """Ana's name in a database, and the number of the last Step."""
    with closing(Store.open(path)) as store:
        return name_of_ana(store), store.load(ACC)[1]


def rename(path: Path, name: str) -> None:
    with closing(Store.open(path)) as store:
        store.commit(ACC, name_ana(name_of_ana(store) or "", name))


# Which are kept


def test_a_year_of_backups_every_ten_minutes_leaves_twelve_ten_days_and_nine_weeks() -> None:
    now = dt.datetime(2026, 6, 9, 12, tzinfo=dt.UTC)  # a Tuesday
    stay = backups.kept(now - dt.timedelta(minutes=10 * n) for n in range(365 * 24 * 6))
    recent = {now - dt.timedelta(minutes=10 * n) for n in range(12)}
    midnight = now.replace(hour=23, minute=50)
    days = {midnight - dt.timedelta(days=n) for n in range(1, 10)}
    sundays = {midnight - dt.timedelta(days=2 + 7 * n) for n in range(8)}
    assert stay == recent | days | sundays


@given(st.lists(MOMENTS, max_size=80))
def test_the_newest_stay_and_no_more_than_the_rule_says(moments: list[dt.datetime]) -> None:
    stay = backups.kept(moments)
    assert {*sorted(set(moments))[-backups.RECENT :]} <= stay <= set(moments)
    assert len(stay) <= backups.RECENT + backups.DAILY + backups.WEEKLY
    assert backups.kept(stay) == stay  # doing it again lets go of nothing


@given(st.lists(MOMENTS, max_size=60))
def test_letting_go_each_time_keeps_each_of_the_last_days_and_weeks_in_reach(
    moments: list[dt.datetime],
) -> None:
    there: frozenset[dt.datetime] = frozenset()
    for at in sorted(moments):
        there = backups.kept({*there, at})
    last_days = {at.date() for at in sorted({at.date(): at for at in moments}.values())[-backups.DAILY :]}
    assert last_days <= {at.date() for at in there}


# Making


def test_a_backup_is_whole_its_owners_and_of_what_was_there(path: Path) -> None:
    made = backups.back_up(path, AT)
    assert named(made) == named(path)
    assert made.parent == path.with_name("workshops.db-backups")
    assert [one.at for one in backups.listed(path)] == [AT]
    assert {stat.S_IMODE(each.stat().st_mode) for each in (made, made.parent)} == {0o600, 0o700}


def test_one_is_due_only_once_an_account_has_changed(path: Path, tmp_path: Path) -> None:
    assert backups.is_due(path)
    assert backups.back_up_if_due(path, AT)
    assert backups.back_up_if_due(path, AT + dt.timedelta(minutes=10)) is None
    rename(path, "Another")
    assert backups.is_due(path)
    with closing(Store.open(tmp_path / "empty.db")):
        assert not backups.is_due(tmp_path / "empty.db")


def test_old_ones_go_and_what_else_lies_there_stays(path: Path) -> None:
    for minutes in range(0, 200, 10):
        backups.back_up(path, AT + dt.timedelta(minutes=minutes))
    other = backups.folder(path) / "mine.db"
    other.write_text("mine")
    backups.back_up(path, AT + dt.timedelta(minutes=200))
    assert len(backups.listed(path)) == backups.RECENT
    assert other.read_text() == "mine"


def test_a_backup_made_while_somebody_writes_is_sound_and_of_one_moment(path: Path) -> None:
    stop, has_written = threading.Event(), threading.Event()

    def write() -> None:
        with closing(Store.open(path)) as store:
            while not stop.is_set():
                store.commit(ACC, name_ana(name_of_ana(store) or "", f"Ana {store.load(ACC)[1]}"))
                has_written.set()

    def backed_up(number: int) -> Path:
        """Make a backup once something more was written, while it goes on."""
        assert has_written.wait(30)
        has_written.clear()
        return backups.back_up(path, AT + dt.timedelta(seconds=number))

    writing = threading.Thread(target=write)
    writing.start()
    try:
        made = [backed_up(n) for n in range(8)]
    finally:
        stop.set()
        writing.join()
    for each in made:
        backups.refuse_unsound(each, each)
        name, number = named(each)
        assert number == 1 or name == f"Ana {number - 1}"
    assert len({named(each)[1] for each in made}) > 1


def test_what_is_damaged_is_not_backed_up_and_nothing_is_left_of_it(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:16384] = b"\xff" * 8192
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is damaged"):
        backups.back_up(path, AT)
    assert [*backups.folder(path).iterdir()] == []


def test_a_file_that_is_there_is_never_written_over(path: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("mine")
    with pytest.raises(StoreError, match="is there already"):
        backups.copy_to(path, there)
    assert there.read_text() == "mine"


def test_an_older_database_is_backed_up_before_it_is_brought_up_to_date(tmp_path: Path) -> None:
    old = Path(__file__).parent / "fixtures" / f"schema-{file.REVISIONS[0]}.sql"
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(old.read_text("utf-8"))
    Store.open(path).close()
    (made,) = backups.listed(path)
    with file.reading(made.file) as connection:
        assert file.revision(connection, made.file) == file.REVISIONS[0]


# Putting back


def test_it_is_put_back_to_the_number_it_had(path: Path) -> None:
    rename(path, "Before")
    made = backups.back_up(path, AT)
    rename(path, "After")
    backups.restore(made, path)
    assert named(path) == ("Before", 2)


def test_one_account_is_put_back_with_its_journal_and_its_drafts(path: Path) -> None:
    made = backups.back_up(path, AT)
    rename(path, "After")
    with closing(Store.open(path)) as store:
        store.save_draft(ACC, "me", "capture", "a: x")
    with backups.opened_apart(made) as copy:
        put_back(path, copy, ACC)
    assert named(path) == (ANA.name, 1)
    with closing(Store.open(path)) as store:
        assert store.drafts(ACC, "me") == {}
        assert store.search_behind() == (ACC,)


# Killed on the way

HOW: dict[str, Callable[[Path, Path], object]] = {
    "backup": lambda path, _: backups.back_up(path, dt.datetime.now(dt.UTC)),
    "restore": lambda path, made: backups.restore(made, path),
    "account": lambda path, made: put_back(path, made, ACC),
}


@pytest.mark.skipif(
    not hasattr(os, "fork"), reason="only where a process can be forked is one killed so fast"
)
@pytest.mark.parametrize("how", HOW)
def test_who_is_killed_thirty_times_on_the_way_loses_nothing(path: Path, how: str) -> None:
    made = backups.back_up(path, AT)
    rename(path, "After")
    chance, wholes = random.Random(how), {("After", 2), (ANA.name, 1)}  # noqa: S311
    for _ in range(30):
        child = os.fork()
        if not child:
            try:
                while True:
                    HOW[how](path, made)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0, 0.03))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert named(path) in wholes
        assert all(named(one.file) in wholes for one in backups.listed(path))
