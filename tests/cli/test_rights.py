"""`account delete`, `person show` and `person erase`: what is taken out leaves no byte behind."""

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
from tests.conftest import SAMPLE
from workshop_tui.cli.app import run
from workshop_tui.domain.lifecycle.seal import verify
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.domain.model.session import Parking, Seal
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Change, Set, Step, apply, removal
from workshop_tui.live.record import seal_now
from workshop_tui.settings import log_folder
from workshop_tui.store import backups, erasing, file
from workshop_tui.store.errors import StoreError
from workshop_tui.store.presence import OnlinePresence
from workshop_tui.store.store import Store

FIXTURES = Path(__file__).parent.parent / "store" / "fixtures"
ODD = "Zürich, «x1» – 東京 'quoted' \"twice\""
"""What the account of the fixtures is called, and what it says everywhere."""


def hits(folder: Path, *needles: str) -> list[str]:
    """Return each file and text, blind to case, where a text stands in the bytes of a file in a folder."""
    return [
        f"{each.relative_to(folder)}: {needle}"
        for each in sorted(folder.rglob("*"))
        if each.is_file()
        for needle in needles
        if needle.lower().encode() in each.read_bytes().lower()
    ]


def of_schema(path: Path, revision: str) -> Path:
    """Make the database of an earlier schema, with the account «acc»."""
    path.parent.mkdir(exist_ok=True, mode=0o700)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript((FIXTURES / f"schema-{revision}.sql").read_text("utf-8"))
    return path


def backup_named(path: Path, day: str) -> Path:
    """Return what a backup of a day is called."""
    return backups.folder(path) / f"{day}T094700.000000Z.db"


# A whole account


@pytest.fixture(scope="session")
def two_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two accounts, two backups with both and two of earlier schemas with one; to be copied."""
    path = of_schema(tmp_path_factory.mktemp("two") / "w.db", "0001")
    for revision in ("0002", "0005"):
        of_schema(backup_named(path, f"2026-01-{revision[-2:]}"), revision)
    assert run(["--db", str(path), "import", str(SAMPLE), "--keep-date"]) == 0  # brings it up to date
    with closing(Store.open(path)) as store:
        store.rebuild_search()
        store.join("acc", OnlinePresence("left-1", "Ana", "x1", "", dt.datetime(2026, 1, 1, tzinfo=dt.UTC)))
    assert run(["--db", str(path), "backup"]) == 0
    assert len(backups.listed(path)) == 4
    return path


@pytest.fixture
def two(two_made: Path, tmp_path: Path) -> Path:
    shutil.copytree(two_made.parent, tmp_path / "data")
    return tmp_path / "data" / "w.db"


def test_an_account_is_deleted_with_its_journal_and_out_of_all_backups(cli: Cli, two: Path) -> None:
    folder, kept = two.parent, cli("--db", two, "export", "norvane", "--for", "all", "--format", "json").out
    assert len(hits(folder, "東京", "Ana Pires")) > 5
    ran = cli("--db", two, "account", "delete", "acc", "--name", ODD)
    assert ran.code == 0
    assert ran.err.startswith("Deleted Zürich")
    assert ", and out of 4 backups.\n" in ran.err
    assert ran.err.endswith("stay: delete them yourself.\n")
    assert hits(folder, "東京", "Ana Pires") == []
    assert len(backups.listed(two)) == 1  # in the others nothing is left
    assert [each.name for each in folder.rglob(".*")] == []
    assert cli("--db", two, "export", "norvane", "--for", "all", "--format", "json").out == kept
    assert cli("--db", two, "restore", "last").code == 0
    assert cli("--db", two, "export", "norvane", "--for", "all", "--format", "json").out == kept
    assert cli("--db", two, "doctor").code == 0


@pytest.mark.parametrize("typed", [["--name", "zürich"], []])
def test_without_its_name_typed_again_nothing_is_deleted(cli: Cli, two: Path, typed: list[str]) -> None:
    before = two.read_bytes()
    ran = cli("--db", two, "account", "delete", "acc", *typed)
    assert ran.code == 2
    assert "nothing has changed" in ran.err or '--name "' in ran.err
    assert two.read_bytes() == before


def test_an_account_that_somebody_has_open_is_not_deleted(cli: Cli, two: Path) -> None:
    with closing(Store.open(two)) as store:
        store.join("acc", OnlinePresence("elsewhere-1", "Mirela", "x1", "", dt.datetime.now(dt.UTC)))
    ran = cli("--db", two, "account", "delete", "acc", "--name", ODD)
    assert (ran.code, ran.err) == (2, "Mirela has it open: quit there first, and try again.\n")


def test_a_damaged_backup_stays_and_is_named(cli: Cli, two: Path) -> None:
    damaged = backup_named(two, "2026-01-09")
    damaged.write_bytes(b"text" * 2000)
    ran = cli("--db", two, "account", "delete", "acc", "--name", ODD)
    assert f"The backup {damaged} can't be read and may hold it still: delete it.\n" in ran.err


def killed_at(step: str, work: Callable[[], object]) -> None:
    """Do something in a process of its own that is killed when it comes to a function of ours."""
    pid = os.fork()
    if pid == 0:
        monkey = pytest.MonkeyPatch()
        monkey.setattr(erasing, step, lambda *_, **__: os._exit(9))
        try:
            work()
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9


@pytest.mark.parametrize(("step", "is_there"), [("fill_search", True), ("_remade", True), ("compact", False)])
def test_killed_in_between_the_account_is_whole_or_gone(two: Path, step: str, is_there: bool) -> None:
    with closing(Store.open(two)) as store:
        before = store.load("acc")
    if step == "compact":  # of the database, not of a backup
        for each in backups.listed(two):
            each.file.unlink()

    def taken(connection: object) -> bool:
        return erasing.delete_account(connection, "acc")  # type: ignore[arg-type]

    killed_at(step, lambda: erasing.erase(two, taken, in_backup=taken, of_newest_schema=False))
    with closing(Store.open(two)) as store:
        if is_there:
            assert store.load("acc") == before
        else:
            with pytest.raises(StoreError):
                store.load("acc")
    with file.reading(two) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


# A person: what is held

NADIA = "Nadia Okonjo-Wells"


@pytest.fixture
def data(cli: Cli, norvane: Path, tmp_path: Path) -> Path:
    """A database of its own in a data folder, with a backup."""
    path = tmp_path / "data" / "w.db"
    path.parent.mkdir(mode=0o700)
    shutil.copy(norvane, path)
    assert cli("--db", path, "backup").code == 0
    return path


def test_all_that_is_held_about_a_person_is_told(cli: Cli, data: Path) -> None:
    ran = cli("--db", data, "person", "show", "nadia")
    assert ran.code == 0
    assert ran.err == f"{NADIA}: Norvane Bank.\n"
    for told in (
        "- Title: Programme Director for CR-7",
        "Evidence: joined the value session",
        "Tie",
        "Successor: Nadia",
        "One list of the services for both firms; Nadia keeps it",  # a meeting, which has no key to people
        "### Named in",
        "1 backup",
    ):
        assert told in ran.out, told


def test_what_is_held_is_written_as_json_with_whole_rows(cli: Cli, data: Path, tmp_path: Path) -> None:
    file = tmp_path / "nadia.json"
    assert cli("--db", data, "person", "show", NADIA, "-o", file).code == 0
    (held,) = json.loads(file.read_text("utf-8"))
    assert held["person"]["name"] == NADIA
    assert {"Tie", "Reading", "Answer", "Meeting", "Stakeholder"} <= {row["kind"] for row in held["rows"]}
    assert all("Nadia" in one["sentence"] or "Okonjo" in one["sentence"] for one in held["mentions"])
    assert held["mentions"]
    again = cli("--db", data, "person", "show", NADIA, "-o", file)
    assert (again.code, "is there already" in again.err) == (2, True)
    assert json.loads(cli("--db", data, "person", "show", NADIA, "--json").out) == [held]


def test_one_of_ours_is_found_too(cli: Cli, data: Path) -> None:
    ran = cli("--db", data, "person", "show", "norvane/T2")
    assert "# All that is held about Anselm Dovrik" in ran.out
    assert "Named in" in ran.out or "Tie" in ran.out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("zzz", "There is nobody called «zzz»: check the name."),
        ("Nadja", f"There is nobody called «Nadja»: use {NADIA}."),
        ("a", "«a» could be several people: say which of Anselm Dovrik (Norvane Bank: norvane/T2), "),
    ],
)
def test_a_name_that_is_nobodys_or_several_peoples_is_one_sentence(
    cli: Cli, data: Path, typed: str, told: str
) -> None:
    ran = cli("--db", data, "person", "show", typed)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith(told)


# A person: taken out

EMAIL, EVIDENCE = "nadia.okonjo@norvane.example", "flabbergasted"
NEEDLES = (NADIA, EMAIL, EVIDENCE, "Nadia", "Okonjo")
_IN_AN_OLD_BACKUP = f"""
    INSERT INTO stakeholder VALUES ('acc', 'n1', 9, '{NADIA}', 'Lead', '{EMAIL}', NULL, 0, 'unknown', 3, 3,
        NULL, NULL, 'customer');
    INSERT INTO reading VALUES ('acc', 'x1', 'n1', 'all', 2, 'observed', '{EVIDENCE} by it');
    UPDATE draft SET text = 'ask nadia';
    INSERT INTO journal SELECT account, 4, actor, at, '', '[]', 1, revision,
        '[{{"set": "Stakeholder", "key": ["n1"], "field": "title", "old": "", "new": "{EVIDENCE}"}}]'
        FROM journal WHERE number = 3;
"""  # noqa: S608 - our own words


@pytest.fixture(scope="session")
def full_made(norvane: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which one person stands everywhere: rows, journal, drafts, search, record, backups."""
    data = tmp_path_factory.mktemp("full") / "w.db"
    shutil.copy(norvane, data)
    assert run(["--db", str(data), "backup"]) == 0
    reading = ("S2", "ST13", "all")
    with closing(Store.open(data)) as store:
        plan, _ = store.load("norvane")
        was = plan.get(Reading, *reading)
        assert was is not None
        store.commit("norvane", _step(Set(Stakeholder, ("ST13",), "email", "", EMAIL)))
        said = f"{EVIDENCE} by the demo"
        store.commit("norvane", _step(Set(Reading, reading, "evidence", was.evidence, said)))
        wish = Parking(id="w1", session="S2", text=f"Ask Nadia ({EMAIL}) for the list", owner="ST13")
        store.commit("norvane", _step(Add(wish)))
        plan, number = store.load("norvane")
        store.commit("norvane", Step(seal_now(plan, "S2", seal="x1", at=AT, journal=number), "me", AT))
        store.save_draft("norvane", "me", "capture", "@nadia will call")
        store.save_draft("norvane", "me", "Stakeholder/ST13/note", EVIDENCE)
        store.rebuild_search()
    old = of_schema(backup_named(data, "2026-01-03"), "0003")
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.executescript(_IN_AN_OLD_BACKUP)
    assert run(["--db", str(data), "backup"]) == 0
    return data


@pytest.fixture
def full(full_made: Path, tmp_path: Path) -> Path:
    shutil.copytree(full_made.parent, tmp_path / "data")
    log_folder().mkdir(parents=True)
    (log_folder() / "crash.log").write_text(f"LookupError: nadia okonjo-wells <{EMAIL}>\n", "utf-8")
    return tmp_path / "data" / "w.db"


AT = dt.datetime(2026, 6, 9, 17, 2, tzinfo=dt.UTC)


def _step(*changes: Change) -> Step:
    return Step(changes, "me", AT, "b1")


def places(path: Path) -> list[Path]:
    return [path.parent, log_folder()]


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_no_byte_of_an_erased_person_is_left(
    cli: Cli, full: Path, mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "JOURNAL_MODE", mode)
    (full.parent / "plan.md").write_text(f"# Plan\n\n{NADIA} leads.\n", "utf-8")
    (full.parent / "notes.txt").write_text("nothing of the kind", "utf-8")
    assert {hit.partition(":")[0] for hit in hits(full.parent, EVIDENCE)} > {"w.db"}
    assert len(hits(full.parent, NADIA)) == 5  # database, three backups, the export
    with closing(Store.open(full)) as store:
        before, number = store.load("norvane")
    ran = cli("--db", full, "person", "erase", "nadia", "--name", NADIA)
    assert ran.code == 0
    assert f"Erased {NADIA}, and out of 3 backups and the log.\n" in ran.err
    assert "1 sealed record, 2 drafts.\n" in ran.err
    assert f"«{full.parent / 'plan.md'}» may name them: look, and delete it yourself.\n" in ran.err
    assert "notes.txt" not in ran.err
    (full.parent / "plan.md").unlink()
    assert [hit for place in places(full) for hit in hits(place, *NEEDLES)] == []
    assert [each.name for each in full.parent.rglob(".*")] == []
    assert cli("--db", full, "doctor").code == 0
    with closing(Store.open(full)) as store:
        after, last = store.load("norvane")
        assert last == number + 1  # what stands beside the seal
        assert store.next_undo("norvane", "me") == ()
        replayed = AccountPlan.of(())
        for step in store.since("norvane", 0):
            replayed = apply(replayed, step)
        assert replayed == after
        assert store.drafts("norvane", "me") == {"capture": "@[erased] will call"}
    (wish,) = after.where(Parking, id="w1")
    assert (wish.text, wish.owner) == ("Ask [erased] ([erased]) for the list", None)
    (seal,) = after.all(Seal)
    assert not verify(seal)
    assert seal.sha256 != before.all(Seal)[0].sha256
    assert [each.title for each in after.all(Action)] == [
        each.title.replace("Nadia", "[erased]") for each in before.all(Action)
    ]
    shown = cli("--db", full, "export", "norvane", "--for", "alliance", "--session", "2").out
    assert "erased for good, and sealed anew" in shown
    assert cli("--db", full, "person", "show", NADIA).code == 2
    assert cli("--db", full, "restore", "last").code == 0
    assert cli("--db", full, "restore", backup_named(full, "2026-01-03"), "--dry-run").code == 0


def digest(path: Path) -> dict[Path, bytes]:
    """All that lies in the data folder and in that of the log."""
    return {each: each.read_bytes() for place in places(path) for each in place.rglob("*") if each.is_file()}


@pytest.mark.parametrize("arguments", [["--dry-run"], ["--name", "Nadia"], []])
def test_a_dry_run_or_another_name_changes_nothing(cli: Cli, full: Path, arguments: list[str]) -> None:
    before = digest(full)
    ran = cli("--db", full, "person", "erase", NADIA, *arguments)
    assert ran.err.startswith("Norvane Bank: 21 rows, 3 texts of others that name them, ")
    assert digest(full) == before
    assert ran.code == (0 if arguments == ["--dry-run"] else 2)


def test_nobody_is_erased_while_somebody_has_an_account_open(cli: Cli, full: Path) -> None:
    with closing(Store.open(full)) as store:
        store.join("norvane", OnlinePresence("elsewhere-1", "Mirela", "S2", "", dt.datetime.now(dt.UTC)))
    ran = cli("--db", full, "person", "erase", NADIA, "--name", NADIA)
    assert ran.code == 2
    assert ran.err.endswith("Mirela has it open: quit there first, and try again.\n")
    assert hits(full.parent, NADIA)


@pytest.mark.parametrize("step", ["_remade", "compact"])
def test_killed_in_between_nothing_or_all_of_the_database_is_done(cli: Cli, full: Path, step: str) -> None:
    with closing(Store.open(full)) as store:
        before = store.load("norvane")
    if step == "compact":  # of the database, not of a backup
        for each in backups.listed(full):
            each.file.unlink()
    killed_at(step, lambda: cli("--db", full, "person", "erase", NADIA, "--name", NADIA))
    with closing(Store.open(full)) as store:
        after = store.load("norvane")
    if step == "_remade":
        assert after == before
        assert (
            cli("--db", full, "person", "erase", NADIA, "--name", NADIA).code == 0
        )  # done again, to its end
    else:
        assert after != before
        assert not [row for row in after[0] if "Nadia" in str(row)]
    assert hits(full.parent, NADIA, EMAIL, EVIDENCE) == []


def test_one_of_ours_is_erased_also_as_who_made_changes(cli: Cli, full: Path) -> None:
    with closing(Store.open(full)) as store:
        store.commit("norvane", Step((Set(Stakeholder, ("ST13",), "title", TITLE, "Lead"),), "anselm", AT))
    ran = cli("--db", full, "person", "erase", "norvane/T2", "--name", "Anselm Dovrik")
    assert ran.code == 0
    assert hits(full.parent, "Anselm", "Dovrik") == []
    with closing(Store.open(full)) as store:
        assert "[erased]" in {step.actor for step in store.since("norvane", 0)}
    assert cli("--db", full, "doctor").code == 0


TITLE = "Programme Director for CR-7"


def test_who_was_removed_before_is_erased_from_the_journal(cli: Cli, full: Path) -> None:
    with closing(Store.open(full)) as store:
        plan, _ = store.load("norvane")
        her = plan.get(Stakeholder, "ST13")
        assert her is not None
        store.commit("norvane", Step(removal(plan, her), "me", AT))
    assert cli("--db", full, "person", "erase", NADIA, "--name", NADIA).code == 0
    assert [hit for place in places(full) for hit in hits(place, *NEEDLES)] == []


def test_of_two_with_one_name_the_other_stays(cli: Cli, full: Path) -> None:
    other = Stakeholder(id="o1", name=NADIA, email="nadia@elsewhere.example")
    with closing(Store.open(full)) as store:
        store.commit("norvane", Step((Add(other),), "me", AT))
    ran = cli("--db", full, "person", "erase", NADIA, "--name", NADIA)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    told = (
        f"{NADIA} (Norvane Bank, {each})" for each in (f"{EMAIL}: norvane/ST13", f"{other.email}: norvane/o1")
    )
    assert ran.err.endswith(f"say which of {' or '.join(told)}.\n")
    ran = cli("--db", full, "person", "erase", EMAIL, "--name", NADIA)
    assert ran.code == 0
    assert f"«{NADIA}»" in ran.err  # stays, as another goes by it
    assert hits(full.parent, EMAIL, EVIDENCE) == []
    with closing(Store.open(full)) as store:
        plan, _ = store.load("norvane")
    assert plan.get(Stakeholder, "o1") == other
    assert plan.get(Stakeholder, "ST13") is None


def test_where_they_are_nobody_they_are_taken_out_by_full_name(cli: Cli, full: Path) -> None:
    with closing(Store.open(full)) as store:
        store.commit(
            "other", Step((Add(Account(id="other", name="Other", headline=f"{NADIA} knows Nadia")),))
        )
    assert "Other names them too" in cli("--db", full, "person", "show", NADIA).err
    assert cli("--db", full, "person", "erase", NADIA, "--name", NADIA).code == 0
    with closing(Store.open(full)) as store:
        assert store.load("other")[0].account.headline == "[erased] knows Nadia"
