"""An older database is brought up to date whole, or stays as it was."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests.store.plans import ACC, ANA, begin, name_ana, undo
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.model.account import Learnt, StageEntry
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Meeting, MeetingStakeholder, Stakeholder, Tie
from workshop_tui.domain.model.scorecard import Initiative, SteeringDate, SteeringSeat, Terms
from workshop_tui.domain.model.session import Chemistry, Erratum, GapRule, Risk
from workshop_tui.domain.model.value import Difference, GrowthStep, Proof, Target
from workshop_tui.domain.plan.plan import KINDS, AccountPlan
from workshop_tui.domain.plan.step import apply
from workshop_tui.store import file, listing
from workshop_tui.store.engine import Sqlite
from workshop_tui.store.errors import StoreError
from workshop_tui.store.migrations import run
from workshop_tui.store.store import Store
from workshop_tui.store.tables import METADATA

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("schema-*.sql"))
WIDE = 4
"""How many schemas came before the migration that made nearly all tables anew."""
NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{newest}"

def upgrade():
    with op.batch_alter_table("stakeholder", recreate="always") as table:
        table.add_column(sa.Column("mood", sa.Text))
    op.execute("UPDATE stakeholder SET mood = 'calm'")
    {last}
"""


_BOTH_SIDES: set[type[Entity]] = {
    *(StageEntry, Learnt, Chemistry, Proof, Difference, GrowthStep),
    *(SteeringSeat, Terms, SteeringDate),
}
NOT_YET: dict[str, set[type[Entity]]] = {
    "schema-0001": {GapRule, Erratum, *_BOTH_SIDES},
    **{f"schema-000{n}": {Erratum, *_BOTH_SIDES} for n in (2, 3, 4)},
    "schema-0005": {Erratum},
    "schema-0006": {Erratum},
}
"""Schema → kinds of rows that came after it."""


def schema(path: Path) -> set[tuple[object, ...]]:
    """What a database is made of; a table made anew has its name in quotes, its constraints in any order."""
    with closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT type, name, tbl_name, replace(sql, '\"', '') FROM sqlite_master")
        return {
            *((*what, frozenset((sql or "").strip("\n )").split(", \n\t"))) for *what, sql in made),
            *connection.execute("SELECT 'revision', version_num FROM alembic_version"),
            *connection.execute("PRAGMA application_id"),
        }


def made_by(path: Path, make: Callable[[Sqlite], None]) -> Path:
    file.make(path)
    with closing(Sqlite(path)) as backend:
        make(backend)
    return path


def test_migrations_lead_to_the_tables_as_they_are_declared(tmp_path: Path) -> None:
    assert schema(made_by(tmp_path / "a.db", run.upgrade)) == schema(
        made_by(tmp_path / "b.db", Sqlite.create)
    )


def test_every_revision_is_known() -> None:
    config = Config()
    config.set_main_option("script_location", str(run.SCRIPTS))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config).walk_revisions()
    assert tuple(script.revision for script in scripts)[::-1] == file.REVISIONS


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.stem)
def test_a_database_of_every_schema_opens_with_nothing_lost(tmp_path: Path, fixture: Path) -> None:
    path = tmp_path / "workshops.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(fixture.read_text(encoding="utf-8"))
    assert [line.id for line in listing.accounts(path, dt.date(2026, 6, 9))] == [ACC]
    with closing(Store.open(path)) as store:
        plan, number = store.load(ACC)
        assert number == 3
        assert {type(row) for row in plan} == set(KINDS) - NOT_YET.get(fixture.stem, set())
        assert plan == reduce(apply, store.since(ACC, 0), AccountPlan())
        assert store.drafts(ACC, "me") == {"capture": "Ana Pires, Head of"}


@pytest.mark.parametrize("fixture", FIXTURES[:WIDE], ids=lambda path: path.stem)
def test_what_an_older_database_holds_keeps_its_meaning(tmp_path: Path, fixture: Path) -> None:
    path = tmp_path / "workshops.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(fixture.read_text(encoding="utf-8"))
        (met,) = connection.execute("SELECT id, stakeholder FROM meeting")
        (owner,) = connection.execute("SELECT owner FROM action").fetchone()
    with closing(Store.open(path)) as store:
        plan, _ = store.load(ACC)
        assert plan.all(MeetingStakeholder) == (MeetingStakeholder(meeting=met[0], stakeholder=met[1]),)
        assert [meeting.id for meeting in plan.all(Meeting)] == [met[0]]
        (action,) = plan.all(Action)
        assert plan.person(owner) == plan.person(action.owner)
        assert owner
        assert {row.visibility for row in plan.all(Initiative)} == {"alliance"}
        assert {row.status.value for row in plan.all(Risk)} == {"open"}
        assert [row for row in plan.all(Target) if row.realised is not None or row.confirmed_on] == []


def made_from(fixture: Path, path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(fixture.read_text(encoding="utf-8"))
    return path


def test_the_newest_migrations_that_fail_at_any_statement_leave_the_file(tmp_path: Path) -> None:
    fixture = FIXTURES[WIDE - 1]
    statements = _statements(made_from(fixture, tmp_path / "recorded.db"))
    path = made_from(fixture, tmp_path / "workshops.db")
    before = path.read_bytes()
    with closing(Sqlite(path)) as backend:  # one for all: Alembic takes long to begin anew
        for reached in range(1, len(statements) + 1):
            with pytest.raises(StoreError, match="disk is full"):
                _carry_out(backend, statements[:reached], OSError(28, "No space left on device"))
            assert path.read_bytes() == before, statements[reached - 1]
        _carry_out(backend, statements)
    assert len(statements) > 50
    assert schema(path) == schema(tmp_path / "recorded.db"), "they are all there are"


@pytest.mark.parametrize("fixture", FIXTURES[:-1], ids=lambda path: path.stem)
def test_migrations_from_every_schema_that_fail_half_way_or_at_the_end_leave_the_file(
    tmp_path: Path, fixture: Path
) -> None:
    path = made_from(fixture, tmp_path / "workshops.db")
    before, seen = path.read_bytes(), 0

    def fails_at_the_last(statement: str, values: object) -> bool:
        nonlocal seen
        seen += 1
        return "UPDATE alembic_version" in statement and file.REVISIONS[-1] in f"{statement}{values}"

    assert not _upgraded_until(path, fails_at_the_last)
    assert path.read_bytes() == before
    assert seen > (200 if fixture in FIXTURES[:WIDE] else 4)
    assert not _upgraded(path, seen // 2)
    assert path.read_bytes() == before


def test_the_tables_of_the_search_are_kept_from_autogenerate(tmp_path: Path) -> None:
    with (
        closing(Sqlite(made_by(tmp_path / "w.db", Sqlite.create))) as backend,
        backend.writing() as connection,
    ):
        found = {}
        for name in (None, run.is_declared):
            context = MigrationContext.configure(connection, opts={"include_name": name})
            found[name] = [str(each) for each in compare_metadata(context, METADATA)]
    assert any("search_line" in each for each in found[None])
    assert not [each for each in found[run.is_declared] if "search" in each]


def test_the_newest_schema_has_a_fixture() -> None:
    assert [path.stem.removeprefix("schema-") for path in FIXTURES] == list(file.REVISIONS)


# A migration of the time to come: it makes a table anew to which others refer.


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "workshops.db"
    with closing(Store.open(path)) as store:
        begin(store, ANA, Tie(stakeholder="ana", party="ps", owner="P1"))
        store.commit(ACC, name_ana("Ana Müller", "Anna"))
    return path


@pytest.fixture
def upcoming(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Have a next version of the schema, whose migration ends with these words."""

    def write(last: str) -> None:
        scripts = tmp_path / "scripts"
        shutil.copytree(run.SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        newest = file.REVISIONS[-1]
        (scripts / "versions" / "schema_9999.py").write_text(NEXT.format(last=last, newest=newest))
        monkeypatch.setattr(run, "SCRIPTS", scripts)
        monkeypatch.setattr(file, "REVISIONS", (*file.REVISIONS, "9999"))

    return write


def test_a_migration_keeps_what_refers_to_a_table_made_anew(
    path: Path, upcoming: Callable[[str], None]
) -> None:
    upcoming("")
    with closing(Store.open(path)) as store:
        plan, _ = store.load(ACC)
        assert plan.get(Stakeholder, "ana") == Stakeholder(id="ana", name="Anna")
        assert len(plan.all(Tie)) == 1
        with store._backend.writing() as connection:
            assert connection.exec_driver_sql("SELECT mood FROM stakeholder").scalar() == "calm"
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA foreign_key_list(tie)").all()


def test_undo_stops_at_a_migration(path: Path, upcoming: Callable[[str], None]) -> None:
    upcoming("")
    with closing(Store.open(path)) as store:
        assert undo(store) is None
        assert store.commit(ACC, name_ana("Anna", "Hanna")).number == 3
        assert [step.number for step in store.next_undo(ACC, "me")] == [3]


def test_the_library_brings_an_older_database_up_to_date(path: Path, upcoming: Callable[[str], None]) -> None:
    upcoming("")
    assert [line.id for line in listing.accounts(path, dt.date(2026, 6, 9))] == [ACC]
    assert ("revision", "9999") in schema(path)


@pytest.mark.parametrize(
    ("last", "sentence"),
    [
        ('op.execute("INSERT INTO nowhere VALUES (1)")', "no such table: nowhere"),
        ('op.execute("DELETE FROM party")', "rows that refer to nothing"),
    ],
)
def test_a_failed_migration_leaves_the_file(
    path: Path, upcoming: Callable[[str], None], last: str, sentence: str
) -> None:
    upcoming(last)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=sentence):
        Store.open(path)
    assert path.read_bytes() == before


def test_a_migration_that_fails_at_any_statement_leaves_the_file(
    path: Path, upcoming: Callable[[str], None]
) -> None:
    upcoming("")
    before = path.read_bytes()
    allowed = 0
    while not _upgraded(path, allowed):
        assert path.read_bytes() == before
        allowed += 1
    assert allowed > 10
    assert ("revision", "9999") in schema(path)


def _upgraded(path: Path, allowed: int) -> bool:
    """Run the migration with a disk that is full after so many statements."""
    left = allowed

    def is_full(_statement: str, _values: object) -> bool:
        nonlocal left
        left -= 1
        return left < 0

    return _upgraded_until(path, is_full)


def _upgraded_until(path: Path, is_full: Callable[[str, object], bool]) -> bool:
    """Run the migration with a disk that is full at the first statement of which that is said."""

    def fail(*args: object) -> None:
        if is_full(str(args[2]), args[3]):
            raise OSError(28, "No space left on device")

    with closing(Sqlite(path)) as backend:
        sa.event.listen(backend._writer, "before_cursor_execute", fail)
        try:
            run.upgrade(backend)
        except StoreError:
            return False
    return True


def _statements(path: Path) -> list[tuple[str, Any]]:
    """Run the migration, and return the statements by which it changed anything, with their values."""
    found: list[tuple[str, Any]] = []

    def keep(*args: object) -> None:
        statement = str(args[2])
        if statement.split(maxsplit=1)[0].upper() not in {"PRAGMA", "SELECT", "BEGIN"}:
            found.append((statement, args[3]))

    with closing(Sqlite(path)) as backend:
        sa.event.listen(backend._writer, "before_cursor_execute", keep)
        run.upgrade(backend)
    return found


def _carry_out(backend: Sqlite, statements: list[tuple[str, Any]], failure: OSError | None = None) -> None:
    """Carry statements out as a migration does, and fail behind them."""
    with backend.migrating() as connection:
        for statement, values in statements:
            connection.exec_driver_sql(statement, values)
        if failure:
            raise failure
