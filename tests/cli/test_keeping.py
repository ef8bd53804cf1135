"""`backup`, `restore` and `doctor`: nothing is lost, and each kind of damage is named with its cure."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from workshop_tui.domain.lifecycle.seal import checksum
from workshop_tui.store import backups, checks
from workshop_tui.store.presence import OnlinePresence
from workshop_tui.store.store import Store

NOW = dt.datetime(2026, 6, 9, 9, 47, tzinfo=dt.UTC)


@pytest.fixture
def path(norvane: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(norvane, tmp_path / "w.db"))


def actions(cli: Cli, path: Path) -> str:
    return cli("--db", path, "actions", "--json").out


# Backing up, putting back


def test_a_backup_is_made_listed_and_put_back_and_what_was_there_is_kept(cli: Cli, path: Path) -> None:
    assert cli("--db", path, "backup", "--list").err == f"There is no backup of {path} yet.\n"
    before = actions(cli, path)
    assert cli("--db", path, "backup").err.startswith(f"Backed up 1 account to {path}-backups/")
    assert cli("--db", path, "done", "norvane/A07").code == 0
    after = actions(cli, path)
    told = cli("--db", path, "restore", "last", "--dry-run").err
    assert told.endswith(f"in the place of 1 account of {path}. Nothing has changed.\n")
    assert actions(cli, path) == after
    ran = cli("--db", path, "restore", "last")
    assert ran.err.startswith(f"Restored 1 account from {path}-backups/")
    assert "What was there is kept in" in ran.err
    assert actions(cli, path) == before
    made = json.loads(cli("--db", path, "backup", "--list", "--json").out)
    assert len(made) == 2
    cli("--db", path, "restore", made[0]["file"])  # the one of what was there
    assert actions(cli, path) == after


def test_one_account_is_put_back_and_the_others_stay(cli: Cli, path: Path, tmp_path: Path) -> None:
    cli("--db", path, "backup", tmp_path / "b.db")
    before = actions(cli, path)
    cli("--db", path, "done", "norvane/A07")
    ran = cli("--db", path, "restore", tmp_path / "b.db", "--account", "norv")
    assert ran.code == 0
    assert ran.err.startswith("Restored Norvane Bank (norvane) as it was on ")
    assert actions(cli, path) == before
    empty = tmp_path / "empty.db"
    assert cli("--db", empty, "restore", tmp_path / "b.db", "--account", "norvane").code == 0
    assert actions(cli, empty) == before


def test_nothing_is_put_back_while_somebody_has_it_open(cli: Cli, path: Path) -> None:
    cli("--db", path, "backup")
    with closing(Store.open(path)) as store:
        store.join("norvane", OnlinePresence("elsewhere-1", "Mirela", "S2", "", dt.datetime.now(dt.UTC)))
    ran = cli("--db", path, "restore", "last")
    assert (ran.code, ran.err) == (2, "Mirela has it open: quit there first, and try again.\n")


def test_a_damaged_database_is_set_aside_and_the_backup_takes_its_place(cli: Cli, path: Path) -> None:
    before = actions(cli, path)
    cli("--db", path, "backup")
    path.write_bytes(b"not a database" * 1000)
    ran = cli("--db", path, "restore", "last")
    assert "What was there can't be read, and is kept in" in ran.err
    assert actions(cli, path) == before
    (aside,) = path.parent.glob("w.db-damaged-*")
    assert aside.read_bytes() == b"not a database" * 1000


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["restore", "nowhere.db"], "There is no database at nowhere.db: check the name."),
        (["restore", "last"], "There is no backup of "),
        (["restore", "w.db"], "w.db is the database itself: name a backup."),
        (["restore", "text.md"], "The database text.md is damaged or no database at all"),
        (["restore", "empty.db"], "empty.db is empty: name a backup with accounts in it."),
        (["backup", "text.md"], "«text.md» is there already: choose another name."),
        (["backup", "nowhere/b.db"], "The database nowhere can't be used, as it is not there"),
    ],
)
def test_what_can_not_be_done_is_one_sentence_and_nothing_changes(
    cli: Cli, path: Path, arguments: list[str], told: str
) -> None:
    before = path.read_bytes()
    Path("text.md").write_text("# A text\n" * 100)
    Path("empty.db").touch()
    ran = cli("--db", "w.db", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(told)
    assert ran.err.count("\n") == 1
    assert path.read_bytes() == before


# Doctor


def test_all_is_well_with_the_sample(cli: Cli, path: Path) -> None:
    cli("--db", path, "backup")
    ran = cli("--db", path, "doctor")
    assert ran.code == 0
    assert [line[0] for line in ran.out.splitlines()] == ["✓"] * 10
    assert all(not each["wrong"] for each in json.loads(cli("--db", path, "doctor", "--json").out))


def _sql(*statements: str) -> Callable[[Path], object]:
    def spoil(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for each in statements:
                connection.execute(each)

    return spoil


def _bytes(at: int, content: bytes) -> Callable[[Path], object]:
    def spoil(path: Path) -> None:
        held = bytearray(path.read_bytes())
        held[at : at + len(content)] = content
        path.write_bytes(held)

    return spoil


def _backup(content: bytes, name: str = "2026-06-09T094700.000000Z.db") -> Callable[[Path], object]:
    def spoil(path: Path) -> None:
        place = backups.folder(path)
        place.mkdir(mode=0o700)
        made = place / name
        made.write_bytes(content)
        made.chmod(0o600)
        os.utime(made, (0, 0))

    return spoil


def _settings(text: str) -> Callable[[Path], object]:
    def spoil(_: Path) -> None:
        file = Path.home() / ".config" / "workshop-tui" / "config.toml"
        file.parent.mkdir(parents=True)
        file.write_text(text)

    return spoil


_SEAL = """
    INSERT INTO seal (account, id, rank, session, sealed_at, record, sha256, journal, reopened_why)
    VALUES ('norvane', 'x1', 1, 'S2', '2026-06-09T17:00:00+00:00', 'said', 'SHA', 1, '')
""".replace("SHA", checksum("said"))

WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "no database at all": (lambda path: path.write_bytes(b"text" * 2000), "damaged or no database"),
    "empty": (lambda path: path.write_bytes(b""), "is empty"),
    "cut off": (lambda path: path.write_bytes(path.read_bytes()[:20_000]), "is damaged"),
    "a page overwritten": (_bytes(8192, b"\xff" * 4096), "is damaged"),
    "an index that lacks rows": (
        _sql(
            "PRAGMA writable_schema=1",
            "UPDATE sqlite_master SET rootpage=(SELECT rootpage FROM sqlite_master "
            "WHERE name='sqlite_autoindex_party_1') WHERE name='sqlite_autoindex_member_1'",
        ),
        "is damaged",
    ),
    "another program's": (_sql("PRAGMA application_id=7"), "belongs to another program"),
    "newer": (_sql("UPDATE alembic_version SET version_num='9999'"), "newer workshop-tui"),
    "a reference to nothing": (
        _sql("UPDATE stakeholder SET reports_to='gone' WHERE id='ST06'"),
        "refer to nothing (stakeholder)",
    ),
    "an owner who is nobody": (
        _sql("UPDATE action SET owner='gone' WHERE id='A07'"),
        "Norvane Bank: Owner of action A07 names «gone»",
    ),
    "a circle of managers": (
        _sql("UPDATE stakeholder SET reports_to='ST06' WHERE id='ST06'"),
        "Norvane Bank: ",
    ),
    "a value that makes no sense": (
        _sql("UPDATE action SET status='sometimes' WHERE id='A07'"),
        "norvane holds what can't be read",
    ),
    "a date that is none": (
        _sql("UPDATE action SET due='soon' WHERE id='A07'"),
        "norvane holds what can't be read",
    ),
    "a sealed record that was changed": (
        _sql(_SEAL, "UPDATE seal SET record=record || ' '"),
        "is not what was sealed",
    ),
    "a checksum that was changed": (
        _sql(_SEAL, "UPDATE seal SET sha256=replace(hex(zeroblob(32)), 'X', '')"),
        "is not what was sealed",
    ),
    "a journal without its first Step": (_sql("DELETE FROM journal"), "Changes are missing in norvane"),
    "a journal with a hole": (_sql("UPDATE journal SET number=number+1"), "Changes are missing in norvane"),
    "a Step that can't be read": (
        _sql("UPDATE journal SET changes='[{' "),
        "norvane holds what can't be read",
    ),
    "rows of an account that is gone": (
        _sql(
            "INSERT INTO journal SELECT 'gone', number, actor, at, burst, undoes, undoable, revision, "
            "changes FROM journal"
        ),
        "(journal)",
    ),
    "changes that are to come": (
        _sql("UPDATE journal SET at='2999-01-01T00:00:00+00:00'"),
        "set this machine's clock",
    ),
    "a damaged backup": (_backup(b"text" * 2000), "is damaged: delete it"),
    "settings that are no TOML": (_settings("keys = ["), "config.toml"),
    "a key without its command": (_settings('[keys]\n"no.such" = "x"\n'), "no.such"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_each_kind_of_damage_is_named_with_its_cure(cli: Cli, path: Path, kind: str) -> None:
    spoil, told = WRONG[kind]
    spoil(path)
    ran = cli("--db", path, "doctor")
    assert (ran.code, ran.err) == (1, "")
    wrong = [line for line in ran.out.splitlines() if line.startswith("✗")]
    assert [line for line in wrong if told in line], ran.out
    assert all(line.endswith(".") and ": " in line for line in wrong)


def test_a_disk_that_is_nearly_full_is_told(cli: Cli, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "LEAST_FREE", 10**18)
    assert "MB are free" in cli("--db", path, "doctor").out


MENDED: dict[str, tuple[Callable[[Path], object], str]] = {
    "others can read it": (lambda path: path.chmod(0o644), "now nobody else can"),
    "a search that is damaged": (_sql("DELETE FROM search_word_data"), "made anew"),
    "a search whose words are gone": (_sql("DROP TABLE search_word_data"), "made anew"),
    "a search that is gone": (_sql("DROP TABLE search_line"), "made anew"),
    "drafts of nobody": (_sql("INSERT INTO draft VALUES ('gone', 'me', 'x', 'y')"), "Removed what was left"),
    "a backup that was broken off": (_backup(b"half", ".backup-x"), "broken off"),
}


@pytest.mark.parametrize("kind", MENDED)
def test_what_can_be_derived_is_mended_and_said_once(cli: Cli, path: Path, kind: str) -> None:
    spoil, told = MENDED[kind]
    spoil(path)
    mended = [line for line in cli("--db", path, "doctor").out.splitlines() if line.startswith("+")]
    assert len(mended) == 1
    assert told in mended[0]
    again = cli("--db", path, "doctor")
    assert again.code == 0
    assert "+" not in {line[0] for line in again.out.splitlines()}
