"""`form export` and `form import`: a firm fills its form in without the app, and it comes in as one Step."""

from __future__ import annotations

import io
import json
import shutil
import sys
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Cli
from tests.conftest import SAMPLE
from workshop_tui.domain.model.discovery import Bullet, Score
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.playbooks.loader import OURS
from workshop_tui.store.store import Store

FEE = "Fee dispute on a 2024 engagement is still open with procurement."
LINE = f"- {FEE} `B4 own`"
MENDED = (FEE, "Fee dispute is settled.")
ASKED = (LINE, f"{LINE}\n- The board asks.")
SCORED = ("months | 15 | 3 |", "months | 15 | 5 |")
OF = "It is the form of Quillhaven.\n"


@pytest.fixture
def db(norvane: Path, tmp_path: Path) -> Path:
    """A copy of the sample's database, to be written to."""
    return Path(shutil.copy(norvane, tmp_path / "copy.db"))


def plan_in(db: Path) -> tuple[AccountPlan, int]:
    with closing(Store.open(db)) as store:
        return store.load("norvane")


def form(cli: Cli, db: Path, *pairs: tuple[str, str]) -> Path:
    """Export a firm's form, and change words of it."""
    path = Path("form.md")
    assert cli("--db", db, "form", "export", "norvane", "--for", "ps", "-o", path, "--force").code == 0
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    return path


def test_what_was_filled_in_comes_in_as_one_step_that_is_taken_back(cli: Cli, db: Path) -> None:
    path, (before, number) = form(cli, db, ASKED, MENDED, SCORED), plan_in(db)
    ran = cli("--db", db, "form", "import", path)
    assert ran.code == 0
    assert ran.out.splitlines() == [
        f"B4  «{FEE[:59]}…» → «Fee dispute is settled.»",
        "C4  score 3 → 5: Spend we can reach in 24 months",
        "new  The board asks. (seen by Quillhaven alone)",
    ]
    assert ran.err == f"Brought into Norvane Bank (norvane): 1 line changed, 1 new line and 1 score. {OF}"
    plan, after = plan_in(db)
    assert after == number + 1
    (new,) = (row for row in plan.all(Bullet) if row.text == "The board asks.")
    assert (new.party, new.visibility) == ("ps", "ps")
    assert [row.visibility for row in plan.all(Bullet) if row.id == "B4"] == ["ps"]
    again = cli("--db", db, "form", "import", path)
    assert again == (0, "", f"There is nothing to do in Norvane Bank (norvane). {OF}")
    path.write_text(path.read_text("utf-8").replace("asks.", "asks.\n- And why."), "utf-8")
    assert cli("--db", db, "form", "import", path).out == "new  And why. (seen by Quillhaven alone)\n"
    assert cli("--db", db, "undo", "norvane").code == 0
    assert cli("--db", db, "undo", "norvane").code == 0
    assert plan_in(db)[0] == before


def test_a_dry_run_says_the_same_and_changes_nothing(cli: Cli, db: Path) -> None:
    path, before = form(cli, db, ASKED), plan_in(db)
    ran = cli("--db", db, "form", "import", path, "--dry-run", "--account", "Norvane")
    assert (ran.code, ran.out) == (0, "new  The board asks. (seen by Quillhaven alone)\n")
    assert "This would come into Norvane Bank (norvane): 1 new line; nothing has changed." in ran.err
    assert plan_in(db) == before


def test_a_workbook_goes_out_and_comes_back(cli: Cli, db: Path) -> None:
    path = Path("form.xlsx")
    assert cli("--db", db, "form", "export", "norvane", "--for", "Quillhaven", "-o", path).code == 0
    ran = cli("--db", db, "form", "import", path)
    assert ran == (0, "", f"There is nothing to do in Norvane Bank (norvane). {OF}")
    book = openpyxl.load_workbook(path)
    book["lines"]["C6"], book["profile"]["D5"] = "The board asks.", 5
    book.save(path)
    ran = cli("--db", db, "form", "import", path)
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "C4  score 3 → 5: Spend we can reach in 24 months",
        "new  The board asks. (seen by Quillhaven alone)",
    ]
    score = plan_in(db)[0].get(Score, "C4", "ps")
    assert score
    assert score.score == 5


def test_what_is_not_sure_is_left_told_and_taken_when_it_is_said(cli: Cli, db: Path) -> None:
    path = form(cli, db, (LINE, f"- {FEE[:-1]}, alas."))
    ran = cli("--db", db, "form", "import", path)
    assert (ran.code, ran.out) == (1, "")
    assert "Line 22 has no id and may be the line B4: say --likely same, or --likely new.\n" in ran.err
    assert f"Nothing has changed in Norvane Bank (norvane). {OF}" in ran.err
    assert cli("--db", db, "form", "import", path, "--likely", "same").code == 0
    row = plan_in(db)[0].get(Bullet, "B4")
    assert row
    assert (row.text, row.visibility) == (f"{FEE[:-1]}, alas.", "ps")


@pytest.mark.parametrize(("holds", "score"), [("file", 5), ("plan", 4)])
def test_what_both_have_changed_is_asked(cli: Cli, db: Path, holds: str, score: int) -> None:
    mine = form(cli, db, SCORED).rename("mine.md")
    assert cli("--db", db, "form", "import", form(cli, db, ("15 | 3 |", "15 | 4 |"))).code == 0
    ran = cli("--db", db, "form", "import", mine)
    assert (ran.code, ran.out) == (1, "")
    assert (
        "Line 14, Spend we can reach in 24 months: the file has «5», the plan «4» since it was written: "
        "say --conflicts file, or --conflicts plan.\n"
    ) in ran.err
    assert cli("--db", db, "form", "import", mine, "--conflicts", holds).code == 0
    row = plan_in(db)[0].get(Score, "C4", "ps")
    assert row
    assert row.score == score


def test_an_id_twice_is_refused_with_its_lines_and_the_rest_comes_in(cli: Cli, db: Path) -> None:
    path = form(cli, db, (LINE, f"{LINE}\n- Another `B4`\n- The board asks."))
    ran = cli("--db", db, "form", "import", path)
    assert (ran.code, ran.out) == (1, "new  The board asks. (seen by Quillhaven alone)\n")
    assert "Lines 22 and 23 are about the same line, B4: leave one of them.\n" in ran.err


def test_json_says_all_there_is(cli: Cli, db: Path) -> None:
    path = form(
        cli, db, MENDED, ("- Weak", "- The board asks. `alliance`\n- Weak"), ("`B1 alliance`", "`B9 own`")
    )
    ran = cli("--db", db, "form", "import", path, "--dry-run", "--json")
    assert ran.code == 1
    assert json.loads(ran.out) == {
        "account": "norvane",
        "firm": "ps",
        "applied": False,
        "edits": [
            {
                "line": 23,
                "kind": "bullet",
                "id": "B4",
                "field": "text",
                "from": FEE,
                "to": MENDED[1],
            }
        ],
        "new": [{"line": 21, "text": "The board asks.", "visibility": "alliance"}],
        "conflicts": [],
        "likely": [],
        "refused": [
            {
                "at": [{"line": 19}],
                "why": "There is no line «B9 own» in this form: write its id as it was, or none.",
            }
        ],
        "not_read": [],
    }


def test_a_form_of_another_account_or_firm_changes_nothing(cli: Cli, db: Path, tmp_path: Path) -> None:
    sample = json.loads(SAMPLE.read_text("utf-8"))
    sample["account"] |= {"id": "other", "name": "Other Bank"}
    other = tmp_path / "other.json"
    other.write_text(json.dumps(sample), "utf-8")
    assert cli("--db", db, "import", other, "--keep-date").code == 0
    path, before = form(cli, db, MENDED), plan_in(db)
    ran = cli("--db", db, "form", "import", path, "--account", "Other Bank")
    assert ran == (
        2,
        "",
        "form.md: This is a form of Norvane Bank, not of Other Bank: choose the form of that.\n",
    )
    text = path.read_text("utf-8")
    for old, new, why in (
        ("form norvane", "form nobody", "This is a form of «nobody», an account that isn't in this database"),
        ("for ps", "for them", "This is a form of «them», who is no firm of Norvane Bank: export it anew."),
        ("<!-- workshop-tui form", "<!-- ", "This is no form that was exported here"),
    ):
        path.write_text(text.replace(old, new), "utf-8")
        ran = cli("--db", db, "form", "import", path)
        assert (ran.code, ran.out) == (2, "")
        assert f"form.md: {why}" in ran.err
        assert ran.err.count("\n") == 1
    assert plan_in(db) == before


def test_a_joint_plan_is_no_form_and_a_form_is_no_joint_plan(cli: Cli, db: Path) -> None:
    path = form(cli, db)
    assert "This is no plan that was exported here" in cli("--db", db, "update", path).err
    assert cli("--db", db, "export", "norvane", "--for", "ps", "-o", "plan.md").code == 0
    assert "This is no form that was exported here" in cli("--db", db, "form", "import", "plan.md").err


def test_it_is_read_from_stdin_and_written_to_stdout(
    cli: Cli, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = cli("--db", db, "form", "export", "norvane", "--for", "ps").out
    assert out == form(cli, db).read_text("utf-8")
    stdin = io.TextIOWrapper(io.BytesIO(out.replace(*MENDED).encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert cli("--db", db, "form", "import", "-").out.startswith("B4  «Fee dispute")


def test_where_it_is_written_and_over_what(cli: Cli, db: Path, tmp_path: Path) -> None:
    export = ("--db", db, "form", "export", "norvane", "--for", "ps")
    assert f"Written to {tmp_path / 'norvane-bank-form-quillhaven.md'}." in cli(*export, "-o", tmp_path).err
    assert cli(*export, "-o", tmp_path).code == 0
    (tmp_path / "norvane-bank-form-quillhaven.md").write_text("filled in", "utf-8")
    ran = cli(*export, "-o", tmp_path)
    assert ran.code == 2
    assert "is there already: choose another name, or write over it with --force." in ran.err
    assert "name a file that ends in .md or .xlsx, not «form.docx»." in cli(*export, "-o", "form.docx").err
    ran = cli("--db", db, "form", "export", "norvane", "--for", "customer")
    assert ran == (2, "", "A form is one firm's, and «customer» is none: use ps or tech.\n")


def test_its_questions_are_of_the_sessions_playbook_or_of_another(cli: Cli, db: Path, tmp_path: Path) -> None:
    export = ("form", "export", "norvane", "--for", "ps")
    asked = "### Where have we let them down, and do they think it is mended?\n"
    assert asked in cli("--db", db, *export).out
    mine = tmp_path / "mine.toml"
    mine.write_text((OURS / "ninety.toml").read_text("utf-8").replace("let them down", "been late"), "utf-8")
    ran = cli("--db", db, *export, "--playbook", mine)
    assert "### Where have we been late, and do they think it is mended?\n" in ran.out
    assert cli("--db", db, *export, "--playbook", "none").code == 2
    gone = tmp_path / "gone.json"
    gone.write_text(SAMPLE.read_text("utf-8").replace('"half-day"', '"gone"'), "utf-8")
    assert cli("--db", tmp_path / "gone.db", "import", gone, "--keep-date").code == 0
    ran = cli("--db", tmp_path / "gone.db", *export)
    assert ran.code == 0
    assert "The playbook «gone» of the latest session can't be used, so nothing is asked" in ran.err
    assert "Questions" not in ran.out
    assert LINE in ran.out
