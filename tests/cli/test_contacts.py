"""`import` of contacts: what comes in, what is left out, and all of it taken back."""

import io
import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, Ran
from tests.conftest import SAMPLE
from tests.documents.workbooks import workbook
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import undoing
from workshop_tui.store.store import Store

FILE = (
    "First Name;Last Name;Job Title;Email;Reports To\r\n"
    "Priya;Vantongeren;Chief Risk Officer;priya@norvane.example;\r\n"
    'Ana;Pires;"Head of\r\nPayments";ana@norvane.example;Rao, Dev\r\n'
    "Dev;Rao;;;Solvane, Ingrid\r\n"
)
SOUND = FILE.encode("cp1252")
BAD = SOUND + b";;Head;;\r\na;b;c;d;e;f\r\n"
LIKELY = SOUND + b"Marcus;Hale-Obie;;;\r\n"
TO = ("--account", "norv")


@pytest.fixture
def db(norvane: Path, tmp_path: Path) -> Path:
    """A copy of the sample's database, to be written to."""
    return Path(shutil.copy(norvane, tmp_path / "copy.db"))


def bring(cli: Cli, db: Path, content: bytes, *options: str, name: str = "contacts.csv") -> Ran:
    Path(name).write_bytes(content)
    return cli("--db", db, "import", name, *options)


def plan_in(db: Path) -> AccountPlan:
    store = Store.open(db)
    try:
        return store.load("norvane")[0]
    finally:
        store.close()


def names(db: Path) -> set[str]:
    return {person.name for person in plan_in(db).all(Stakeholder)}


def named(plan: AccountPlan, name: str) -> Stakeholder:
    return next(each for each in plan.all(Stakeholder) if each.name == name)


def test_contacts_come_in_and_one_undo_takes_all_back(cli: Cli, db: Path) -> None:
    before = plan_in(db)
    ran = bring(cli, db, SOUND, *TO)
    assert ran == (0, "", "Brought 2 new people into Norvane Bank (norvane) and filled in 1.\n")
    plan = plan_in(db)
    ana, dev = named(plan, "Ana Pires"), named(plan, "Dev Rao")
    assert (ana.title, ana.email, ana.reports_to) == ("Head of Payments", "ana@norvane.example", dev.id)
    assert plan.name_of(Stakeholder, dev.reports_to) == "Ingrid Solvane"
    assert named(plan, "Priya Vantongeren").email == "priya@norvane.example"
    store = Store.open(db)
    (step,) = store.since("norvane", 1)
    assert store.next_undo("norvane", step.actor) == (step,)
    store.commit("norvane", undoing([step]))
    store.close()
    assert plan_in(db) == before


def test_the_same_file_again_has_nothing_new(cli: Cli, db: Path) -> None:
    bring(cli, db, SOUND, *TO)
    after = plan_in(db)
    assert bring(cli, db, SOUND, *TO).err == "There is nothing new for Norvane Bank (norvane).\n"
    assert plan_in(db) == after


def test_a_dry_run_shows_what_would_come_in(cli: Cli, db: Path) -> None:
    before = db.read_bytes()
    ran = bring(cli, db, SOUND, *TO, "--dry-run")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "new    Ana Pires · Head of Payments · ana@norvane.example · reports to Dev Rao",
        "new    Dev Rao · reports to Ingrid Solvane",
        "merge  Priya Vantongeren: Email (line 2, same name)",
    ]
    first, last = ran.err.splitlines()
    assert first.startswith("Read as UTF-8 with semicolons: email from «Email», first from «First Name», ")
    assert last.startswith("This would bring 2 new people into Norvane Bank (norvane) and fill in 1; ")
    assert db.read_bytes() == before


def test_of_which_scale_figures_are_is_told_and_what_is_beyond_it(cli: Cli, db: Path) -> None:
    ran = bring(cli, db, b"Name,Influence\nAna Pires,9\nKai Moor,11\n", *TO)
    assert ran.code == 0
    assert "Influence is read as 0 to 10: 9 becomes 5.\n" in ran.err
    assert "Line 3: «11» of «Influence» is not on our scale, so it isn't taken.\n" in ran.err


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_what_comes_in_as_json(cli: Cli, db: Path, dry: tuple[str, ...]) -> None:
    told = json.loads(bring(cli, db, BAD, *TO, "--skip-bad", "--json", *dry).out)
    assert list(told) == [
        *("account", "encoding", "guess", "unused"),
        *("new", "merged", "likely", "bad", "unresolved", "notes", "cycles", "scales"),
    ]
    assert [new["name"] for new in told["new"]] == ["Ana Pires", "Dev Rao"]
    assert told["merged"][0]["filled"] == ["Email"]
    assert [bad["line"] for bad in told["bad"]] == [6, 7]


def test_bad_rows_keep_everything_out_unless_they_are_left_out(cli: Cli, db: Path) -> None:
    before = db.read_bytes()
    ran = bring(cli, db, BAD, *TO)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        "Line 6: Name is empty: give one in the file.",
        "Line 7 has 6 cells where the header has 5: quote what holds a separator.",
        "Nothing has changed, as 2 lines can't come in: mend them, or leave them out with --skip-bad.",
    ]
    assert db.read_bytes() == before
    assert bring(cli, db, BAD, *TO, "--dry-run").code == 1
    assert db.read_bytes() == before
    ran = bring(cli, db, BAD, *TO, "--skip-bad")
    assert (ran.code, ran.err.splitlines()[0]) == (0, "Line 6: Name is empty: give one in the file.")
    assert "Ana Pires" in names(db)


def test_likely_duplicates_are_asked_about(cli: Cli, db: Path) -> None:
    before = db.read_bytes()
    ran = bring(cli, db, LIKELY, *TO)
    assert (ran.code, ran.out) == (2, "")
    assert "Line 6: Marcus Hale-Obie may be Marcus Hale-Obi (close spelling).\n" in ran.err
    assert ran.err.endswith("already there: say `--likely merge` or `--likely new`.\n")
    assert db.read_bytes() == before
    people = len(plan_in(db).all(Stakeholder))
    assert bring(cli, db, LIKELY, *TO, "--likely", "merge").code == 0
    assert len(plan_in(db).all(Stakeholder)) == people + 2
    assert bring(cli, db, LIKELY, *TO, "--likely", "new").code == 0
    assert "Marcus Hale-Obie" in names(db)


def test_managers_who_are_missing_or_in_a_circle_are_named(cli: Cli, db: Path) -> None:
    rows = b"Name,Manager\nAna Pires,Nobody\nDev Rao,Bo Lind\nBo Lind,Dev Rao\n"
    ran = bring(cli, db, rows, *TO)
    assert ran.code == 0
    assert ran.err.splitlines()[:2] == [
        "Line 2: the manager of Ana Pires, «Nobody», is nobody in the account or the file, so none is set.",
        "These report to each other in a circle, so none gets a manager: Dev Rao, Bo Lind.",
    ]
    assert [named(plan_in(db), name).reports_to for name in ("Ana Pires", "Dev Rao", "Bo Lind")] == [None] * 3


def test_a_hundred_bad_rows_are_not_all_told(cli: Cli, db: Path) -> None:
    ran = bring(cli, db, b"Name,Title\n" + b",x\n" * 100, *TO)
    assert len(ran.err.splitlines()) == 22
    assert "And 80 more of this kind: --dry-run --json lists them all.\n" in ran.err


def test_columns_are_mapped_as_said(cli: Cli, db: Path) -> None:
    rows = b"Who,Their=Job,Title\nAna Pires,Head,Ms\n"
    options = ("--map", "Who=name", "--map", "their=job=Title")
    assert bring(cli, db, rows, *TO, *options, name="people.txt").code == 0
    assert named(plan_in(db), "Ana Pires").title == "Head"


def test_contacts_can_come_from_stdin(cli: Cli, db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SOUND)))
    assert cli("--db", db, "import", "-", *TO).code == 0
    assert "Dev Rao" in names(db)


TWICE = ("--map", "Title=email", "--map", "Title=title")
REFUSED: list[tuple[bytes, str, tuple[str, ...], str]] = [
    (SOUND, "c.csv", (), "Contacts go into an account: say which with --account."),
    (SOUND, "c.csv", ("--account", "nobody"), "There is no account «nobody»"),
    (SOUND, "c.csv", (*TO, "--map", "Boss"), "«Boss» maps nothing: write COLUMN=FIELD, as in Boss=manager."),
    (SOUND, "c.csv", (*TO, "--map", "=name"), "«=name» maps nothing"),
    (SOUND, "c.csv", (*TO, *TWICE), "«Title» is mapped twice: choose one field."),
    (SOUND, "c.csv", (*TO, "--map", "email=title", "--map", "Email=email"), "c.csv: «Email» is mapped twice"),
    (SOUND, "c.csv", (*TO, "--map", "Boss=manager"), "c.csv: There is no column «Boss»"),
    (SOUND, "c.csv", (*TO, "--map", "Email=shoe"), "c.csv: «shoe» is no field of a contact"),
    (SOUND, "c.csv", (*TO, "--likely", "maybe"), "--likely can't be «maybe»: use merge or new."),
    (b"", "c.csv", TO, "c.csv: This file is empty"),
    (b"Firm,Town\nx,y\n", "c.csv", TO, "c.csv: No column is known to hold names"),
    (b"\x00\x01\xff", "c.csv", TO, "c.csv: This file is no text"),
    (SOUND, "c.csv", (*TO, "--encoding", "koi9"), "c.csv: There is no encoding «koi9»: use utf-8, "),
    (SAMPLE.read_bytes(), "p.json", ("--encoding", "cp1250"), "p.json is no file of contacts"),
    (
        SAMPLE.read_bytes(),
        "p.json",
        TO,
        "p.json is no file of contacts: leave out --account, --map, --encoding, ",
    ),
    (SAMPLE.read_bytes(), "p.json", ("--skip-bad",), "p.json is no file of contacts"),
    (b"{}", "plan", (), "plan: This is no file of schema"),
    (b'{"a": 1}', "plan", TO, "plan is no file of contacts"),
]


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_is_one_sentence_and_changes_nothing(
    cli: Cli, db: Path, case: tuple[bytes, str, tuple[str, ...], str]
) -> None:
    content, name, options, says = case
    before = db.read_bytes()
    ran = bring(cli, db, content, *options, name=name)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(says)
    assert ran.err.count("\n") == 1
    assert db.read_bytes() == before


def test_a_file_with_a_header_alone_has_nothing_new(cli: Cli, db: Path) -> None:
    assert bring(cli, db, b"Name,Title\n", *TO) == (
        *(0, ""),
        "There is nothing new for Norvane Bank (norvane).\n",
    )


def test_a_whole_plan_is_told_as_json_too(cli: Cli) -> None:
    told = json.loads(cli("--db", "a.db", "import", SAMPLE, "--dry-run", "--json").out)
    assert (told["account"], told["rows"]["stakeholders"]) == ("norvane", 15)
    assert not Path("a.db").exists()


def test_what_is_not_taken_of_a_file_is_named_dry_or_not(cli: Cli, db: Path) -> None:
    content = (
        b"People of the bank\nName,Phone,Email,Town\nAna Pires,1,a@x.example; b@x.example,\n"
        b"Marcus Hale-Obi,,m@x.example,\n"
    )
    told = [
        "Columns not used: «Phone», «Town» (empty).",
        "Line 1: «People of the bank» stands above the headings, so it is not read.",
        "Line 3: «Ana Pires» has another address, «b@x.example», which is not taken.",
    ]
    dry = bring(cli, db, content, *TO, "--dry-run").err.splitlines()
    assert dry[1:4] == told
    assert bring(cli, db, content, *TO).err.splitlines()[:3] == told


def test_all_that_is_told_is_in_the_json(cli: Cli, db: Path) -> None:
    content = "Name;Phone;Title\nŁukasz Świątek;;\nVACANT;;Dyrektor\n".encode("cp1250")
    told = json.loads(bring(cli, db, content, *TO, "--dry-run", "--json").out)
    assert (told["encoding"], told["guess"], told["unused"]) == ("Windows-1250", True, ["«Phone» (empty)"])
    assert [(new["name"], new["seat"]) for new in told["new"]] == [
        ("Łukasz Świątek", False),
        ("Dyrektor", True),
    ]


def test_an_encoding_that_is_guessed_is_told_until_it_is_said(cli: Cli, db: Path) -> None:
    content = "Name;Title\nИван Петров;Директор\n".encode("cp1251")
    guess = "Read as Windows-1251, which is a guess: where letters are wrong, say the right one"
    for dry in (("--dry-run",), ()):
        assert guess in bring(cli, db, content, *TO, *dry).err
    assert "Иван Петров" in names(db)
    said = bring(cli, db, content, *TO, "--encoding", "koi8_r", "--dry-run")
    assert "guess" not in said.err
    assert said.out.startswith("new    хБЮМ оЕРПНБ · ")


def test_one_of_two_equal_columns_is_mapped_by_its_number(cli: Cli, db: Path) -> None:
    content = b"Name,Email,Email\nAna Pires,a@x.example,b@x.example\n"
    assert "2 columns are called «Email»: say which, as in «Email#2»." in (
        bring(cli, db, content, *TO, "--map", "Email=email").err
    )
    ran = bring(cli, db, content, *TO, "--map", "Email#2=email")
    assert ran.err.startswith("Columns not used: «Email#1».\n")
    assert named(plan_in(db), "Ana Pires").email == "b@x.example"


def test_a_heading_that_only_the_mapping_knows_is_found_below_a_title(cli: Cli, db: Path) -> None:
    content = b"Kontakte\n\nWer;Chef\nAna Pires;Ingrid Solvane\n"
    ran = bring(cli, db, content, *TO, "--map", "Wer=name", "--map", "Chef=manager")
    assert ran.code == 0
    assert named(plan_in(db), "Ana Pires").reports_to == "ST01"


def test_a_seat_is_shown_by_its_title(cli: Cli, db: Path) -> None:
    ran = bring(cli, db, b"Name,Title\nVACANT,Head of IT\nTBD,\n", *TO, "--dry-run")
    assert ran.out == "new    Head of IT · to be named\nnew    To be named\n"


def test_a_doubtful_line_is_shown_with_what_it_says(cli: Cli, db: Path) -> None:
    ran = bring(cli, db, b"Name,Title\nMarcus Hale-Obi,CFO\n", *TO, "--dry-run")
    told = "likely Marcus Hale-Obi · CFO is Marcus Hale-Obi (line 2, same name, another title)\n"
    assert (ran.code, ran.out) == (1, told)


def test_a_sheet_of_a_workbook_and_cards_come_in_like_any_file(cli: Cli, db: Path) -> None:
    rows = [("Name", "Title"), ("Ana Pires", "Head of Payments")]
    content = workbook({"Cover": [("Norvane",)], "A": [("Name",), ("Dev Rao",)], "B": rows})
    told = bring(cli, db, content, *TO, "--sheet", "b", "--dry-run", name="people.xlsx")
    assert told.out == "new    Ana Pires · Head of Payments\n"
    assert told.err.splitlines()[0].startswith("Read as UTF-8 from the sheet «B»: name from «Name»")
    assert bring(cli, db, content, *TO, name="people.xlsx").err.splitlines() == [
        "Of the sheets, only «A» is read, not «Cover», «B».",
        "Brought 1 new person into Norvane Bank (norvane) and filled in 0.",
    ]
    bring(cli, db, b"BEGIN:VCARD\nFN:Kai Moor\nEND:VCARD\n", *TO, name="people.vcf")
    assert {"Dev Rao", "Kai Moor"} <= names(db)
