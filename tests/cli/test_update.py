"""`update`: a plan that was exported comes back, in one Step that `undo` takes back."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import sys
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step
from workshop_tui.live.record import seal_now
from workshop_tui.store.store import Store


@pytest.fixture
def db(norvane: Path, tmp_path: Path) -> Path:
    """A copy of the sample's database, to be written to."""
    return Path(shutil.copy(norvane, tmp_path / "copy.db"))


def plan_in(db: Path) -> tuple[AccountPlan, int]:
    with closing(Store.open(db)) as store:
        return store.load("norvane")


def exported(cli: Cli, db: Path, *pairs: tuple[str, str], audience: str = "customer") -> Path:
    """Export the plan, and change words of it."""
    path = Path("plan.md")
    assert cli("--db", db, "export", "norvane", "--for", audience, "-o", path, "--force").code == 0
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    return path


TICK = ("- [ ] **Send Dev", "- [x] **Send Dev")
LATER = ("23 Jun 2026", "24 Jun 2026")
ASIDE = ("- [ ] **Send Dev", "- [ ] Book the room · Anselm\n- [ ] **Send Dev")


def test_what_was_changed_comes_in_as_one_step_that_is_taken_back(cli: Cli, db: Path) -> None:
    path, (before, number) = exported(cli, db, TICK, LATER), plan_in(db)
    ran = cli("--db", db, "update", path)
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "A07  done on 9 Jun 2026: Send Dev and Nadia the written read-back of today's answers",
        "A08  due 23 Jun 2026 → 24 Jun 2026: Three-way meeting with the Chief Risk Officer",
    ]
    assert ran.err == "2 actions changed in Norvane Bank (norvane). The file was cut for the customer.\n"
    assert plan_in(db)[1] == number + 1
    again = cli("--db", db, "update", path)
    assert again == (
        0,
        "",
        "There is nothing to do in Norvane Bank (norvane). The file was cut for the customer.\n",
    )
    assert cli("--db", db, "undo", "norvane").code == 0
    assert plan_in(db)[0] == before


def test_a_dry_run_says_the_same_and_changes_nothing(cli: Cli, db: Path) -> None:
    path, before = exported(cli, db, TICK), plan_in(db)
    ran = cli("--db", db, "update", path, "--dry-run")
    assert (ran.code, ran.out.count("\n")) == (0, 1)
    assert "This would come into Norvane Bank (norvane): 1 action changed; nothing has changed." in ran.err
    assert plan_in(db) == before


def test_unchanged_it_is_nothing_to_do_for_whomever_it_was_written(cli: Cli, db: Path) -> None:
    for audience, whom in (("customer", "the customer"), ("alliance", "the alliance"), ("ps", "Quillhaven")):
        ran = cli("--db", db, "update", exported(cli, db, audience=audience))
        assert ran.err == f"There is nothing to do in Norvane Bank (norvane). The file was cut for {whom}.\n"


def test_a_line_without_an_id_comes_in_only_when_it_is_said(cli: Cli, db: Path) -> None:
    path, before = exported(cli, db, ASIDE), plan_in(db)
    ran = cli("--db", db, "update", path)
    assert (ran.code, ran.out) == (1, "")
    assert "Line 15 has no id: --new takes it for a new action, Book the room · Anselm Dovrik.\n" in ran.err
    assert plan_in(db) == before
    assert cli("--db", db, "update", path, "--new").out == "new  Book the room · Anselm Dovrik\n"
    (row,) = (row for row in plan_in(db)[0].all(Action) if row.title == "Book the room")
    assert (row.owner, row.visibility, row.session) == ("T2", "customer", "S2")
    assert cli("--db", db, "update", path, "--new").code == 0
    assert [row for row in plan_in(db)[0].all(Action) if row.title == "Book the room"] == [row]


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        (("- [ ] **Send Dev", "• **Send Dev"), "Line 15: It has no box any more, so it isn't read."),
        (("`A07`", "`A07` by phone?"), "Line 15: «by phone?» isn't read from a plan."),
        (("## What we propose\n", "## What we propose\n\n- [ ] Ring Dev\n"), "It stands under none of the"),
    ],
)
def test_what_is_not_read_is_told_and_shows_in_the_exit_code(
    cli: Cli, db: Path, pair: tuple[str, str], told: str
) -> None:
    before, ran = plan_in(db), cli("--db", db, "update", exported(cli, db, pair))
    assert ran.code == 1
    assert told in ran.err
    assert "Nothing has changed in Norvane Bank (norvane)." in ran.err
    assert plan_in(db) == before


def test_a_likely_line_is_taken_only_when_it_is_said(cli: Cli, db: Path) -> None:
    path = exported(cli, db, TICK, (" `A07`", ""))
    ran = cli("--db", db, "update", path)
    assert ran.code == 1
    assert "Line 15 has no id and may be «Send Dev and Nadia" in ran.err
    assert cli("--db", db, "update", path, "--likely", "same").out.startswith("A07  done on 9 Jun 2026")


@pytest.mark.parametrize(("holds", "due"), [("file", "2026-06-24"), ("plan", "2026-07-07")])
def test_what_both_have_changed_is_asked(cli: Cli, db: Path, holds: str, due: str) -> None:
    path = exported(cli, db, LATER)
    assert cli("--db", db, "due", "A08", "2026-07-07").code == 0
    ran = cli("--db", db, "update", path)
    assert (ran.code, ran.out) == (1, "")
    assert (
        "Line 16, Three-way meeting with the Chief Risk Officer: the file has due 24 Jun 2026, the plan due "
        "7 Jul 2026 since it was written: say --conflicts file, or --conflicts plan.\n"
    ) in ran.err
    assert cli("--db", db, "update", path, "--conflicts", holds).code == 0
    row = plan_in(db)[0].get(Action, "A08")
    assert row
    assert str(row.due) == due


@pytest.mark.parametrize("is_changed_since", [False, True])
def test_of_an_earlier_sessions_plan_only_what_was_changed_in_it_comes_in(
    cli: Cli, db: Path, is_changed_since: bool
) -> None:
    path = Path("one.md")
    export = ("--db", db, "export", "norvane", "--session", "1", "--for", "alliance", "-o", path)
    assert cli(*export).code == 0
    text = path.read_text("utf-8")
    assert "- [ ] **Close the outage report with security**" in text
    path.write_text(text.replace("[ ] **Close", "[x] **Close"), "utf-8")
    if is_changed_since:
        assert cli("--db", db, "reopen", "A01").code == 0
        assert cli("--db", db, "assign", "A04", "Rowan").code == 0
    ran = cli("--db", db, "update", path)
    assert (ran.code, ran.out.splitlines()) == (
        0,
        ["A04  done on 9 Jun 2026: Close the outage report with security"],
    )
    path.write_text(f"{text}\nGreetings\n", "utf-8")
    ran = cli("--db", db, "update", path)
    assert (ran.code, ran.err.partition(" in ")[0]) == (0, "There is nothing to do")


def test_a_sealed_sessions_plan_is_held_against_its_record_also_where_the_journal_begins_later(
    cli: Cli, db: Path
) -> None:
    at = dt.datetime(2026, 6, 9, 17, tzinfo=dt.UTC)
    with closing(Store.open(db)) as store:
        plan, number = store.load("norvane")
        store.commit("norvane", Step(seal_now(plan, "S1", seal="X1", at=at, journal=number), "me", at))
    assert cli("--db", db, "due", "A08", "2026-07-07").code == 0
    whole, new = Path("whole.json"), Path("new.db")
    assert cli("--db", db, "export", "norvane", "--for", "all", "--format", "json", "-o", whole).code == 0
    assert cli("--db", new, "import", whole, "--keep-date").code == 0
    path = Path("one.md")
    ran = cli("--db", new, "export", "norvane", "--session", "1", "--for", "alliance", "-o", path)
    assert ran.code == 0
    path.write_text(path.read_text("utf-8").replace("[ ] **Send Dev", "[x] **Send Dev"), "utf-8")
    ran = cli("--db", new, "update", path)
    assert (ran.code, len(ran.out.splitlines())) == (0, 1)
    assert ran.out.startswith("A07  done on 9 Jun 2026")


def test_json_says_all_there_is(cli: Cli, db: Path) -> None:
    twice = ("`A13`", "`A11`")
    path = exported(cli, db, ASIDE, TICK, twice)
    found = json.loads(cli("--db", db, "update", path, "--dry-run", "--json").out)
    assert (found["account"], found["audience"], found["applied"]) == ("norvane", "customer", False)
    assert found["edits"] == [
        {"line": 16, "ref": "norvane/A07", "field": "done_on", "from": None, "to": "2026-06-09"}
    ]
    assert [one["line"] for one in found["offered"]] == [15]
    assert [one["lines"] for one in found["refused"]] == [[18, 20]]
    assert found["conflicts"] == found["likely"] == found["new"] == found["not_read"] == []


def test_it_is_read_from_stdin(cli: Cli, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = exported(cli, db, TICK).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert cli("--db", db, "update", "-").out.startswith("A07  done on")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("# Notes\n", "plan.md: This is no plan that was exported here"),
        (f"- [ ] x `A1`\n<!-- workshop-tui other for customer {'0' * 32} -->\n", "a plan of «other»"),
        (
            f"<!-- workshop-tui norvane for acme {'0' * 32} -->\n",
            "cut for «acme», who is no firm of Norvane Bank",
        ),
        ("\0", "plan.md: This is no text"),
    ],
)
def test_what_is_no_plan_of_this_database_is_told_in_a_sentence(
    cli: Cli, db: Path, content: str, said: str
) -> None:
    Path("plan.md").write_text(content)
    ran = cli("--db", db, "update", "plan.md")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err


def test_of_a_huge_file_no_more_is_read_than_a_plan_can_have(cli: Cli, db: Path) -> None:
    with Path("huge.md").open("wb") as file:
        file.truncate(50 * 1024**2)
    tracemalloc.start()
    try:
        ran = cli("--db", db, "update", "huge.md")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "far larger than a plan of ours" in ran.err
    assert peak < 25 * 1024**2
