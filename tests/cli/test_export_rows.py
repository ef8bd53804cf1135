"""`export` as workbook, CSV and calendar, of one owner, into folders, and what it refuses."""

from __future__ import annotations

import errno
import io
import os
import shutil
from pathlib import Path

import icalendar
import openpyxl
import pytest

from tests.cli.conftest import Cli
from workshop_tui.cli.app import run


@pytest.fixture
def norvane(norvane: Path, tmp_path: Path) -> Path:
    """A database of the sample that may be changed."""
    return Path(shutil.copy(norvane, tmp_path / "norvane.db"))


def sequences(calendar: str | bytes) -> dict[str, int]:
    events = icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    return {str(event["summary"]).partition(" · ")[0]: int(str(event["sequence"])) for event in events}


def test_what_is_written_is_printed_byte_for_byte(
    norvane: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = str(norvane)
    for form in ("csv", "ics", "xlsx"):
        line = ["--db", path, "export", "norvane", "--format", form]
        assert run([*line, "-o", f"plan.{form}"]) == 0
        capfdbinary.readouterr()
        assert run(line) == 0
        assert capfdbinary.readouterr().out == Path(f"plan.{form}").read_bytes()


def test_a_folder_gets_a_file_for_each_audience_and_each_event(cli: Cli, norvane: Path) -> None:
    Path("out").mkdir()
    for form in ("xlsx", "csv", "ics"):
        ran = cli("--db", norvane, "export", "norvane", "--for", "each", "--format", form, "-o", "out")
        assert (ran.code, ran.out) == (0, "")
    assert "5 events written into out, a file for each." in ran.err
    names = {path.name for path in Path("out").iterdir()}
    audiences = ("alliance", "quillhaven", "stratalume", "customer")
    assert {
        f"norvane-bank-session-2-{each}.{form}" for each in audiences for form in ("xlsx", "csv")
    } <= names
    assert {f"norvane-bank-{each}-action-a08.ics" for each in audiences} <= names
    book = openpyxl.load_workbook("out/norvane-bank-session-2-customer.xlsx")
    assert "Email" not in [cell.value for cell in book["people"][1]]


def test_a_change_raises_the_sequence_of_its_event_alone(cli: Cli, norvane: Path) -> None:
    line = ("--db", norvane, "export", "norvane", "--format", "ics")
    before = sequences(cli(*line).out)
    assert set(before.values()) == {0}
    assert cli("--db", norvane, "due", "A08", "2026-07-01", "--account", "norvane").code == 0
    after = sequences(cli(*line).out)
    assert {name for name in after if after[name] > before[name]} == {
        "Three-way meeting with the Chief Risk Officer"
    }
    assert cli("--db", norvane, "undo", "norvane").code == 0
    assert max(sequences(cli(*line).out).values()) == 2  # also what is taken back is a change


def test_of_one_owner_it_says_so_and_has_a_name_of_its_own(cli: Cli, norvane: Path) -> None:
    Path("out").mkdir()
    line = ("--db", norvane, "export", "norvane", "--owner", "jonty", "-o", "out")
    ran = cli(*line)
    assert ran.err.startswith("Only the actions of Jonty Eskeland.\n")
    text = Path("out/norvane-bank-session-2-customer.jonty-eskeland.md").read_text("utf-8")
    assert "Only the actions of Jonty Eskeland." in text
    assert text.count("- [ ]") == text.count("Jonty Eskeland (Quillhaven)") > 0
    assert cli(*line, "--format", "csv", "--as", "asana").code == 0
    assert Path("out/norvane-bank-session-2-customer.jonty-eskeland.asana.csv").exists()


REFUSED = {
    "--as with Markdown": (("--as", "jira"), "--as is for CSV alone: leave it out, or use `--format csv`."),
    "--as nothing": (
        ("--format", "csv", "--as", "trello"),
        "--as can't be «trello»: use plain, jira or asana.",
    ),
    "a brief as rows": (
        ("--format", "ics", "--brief", "--for", "alliance"),
        "A calendar holds days: choose another format, or the joint plan.",
    ),
    "an unknown owner": (
        ("--format", "ics", "--owner", "Jonti"),
        "There is nobody called «Jonti»: use Jonty Eskeland.",
    ),
    "an owner of JSON": (
        ("--format", "json", "--owner", "jonty"),
        "JSON holds everybody's actions: leave out --owner, or use another --format.",
    ),
    "the whole plan": (
        ("--format", "csv", "--for", "all"),
        "The whole plan is for JSON alone: use `--format json`, or choose an audience.",
    ),
    "a seal of no session": (("--seal", "1"), "A seal is one of a session: say which with --session."),
    "JSON of a session": (
        ("--format", "json", "--session", "1"),
        "JSON holds all sessions: leave out --session, or use `--format md`.",
    ),
    "a brief as JSON": (
        ("--format", "json", "--brief"),
        "JSON is the plan itself: leave out --brief, or use `--format md`.",
    ),
    "a name for another format": (
        ("--format", "md", "-o", "p.DOCX"),
        "The name «p.DOCX» is for Word, but --format says Markdown: change one of the two.",
    ),
    "a name for what isn't written": (
        ("-o", "p.DOC"),
        "No .doc is written here: end the name in .docx, for Word, or in .md.",
    ),
    "no folder": (("-o", "none/"), "There is no folder «none/»: make it first, or name a file."),
    "a file in no folder": (
        ("--format", "xlsx", "-o", "none/plan.xlsx"),
        "«none/plan.xlsx» can't be written, as its folder is not there: make the folder or choose another.",
    ),
}


@pytest.mark.parametrize(
    ("name", "begins"), [("p.docx", b"PK"), ("p.PDF", b"%PDF"), ("p.htm", b"<!DOCTYPE"), ("p.txt", b"# ")]
)
def test_the_name_of_a_file_says_its_format(cli: Cli, norvane: Path, name: str, begins: bytes) -> None:
    assert cli("--db", norvane, "export", "norvane", "-o", name).code == 0
    assert Path(name).read_bytes().startswith(begins)


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_go_is_refused_in_a_sentence_and_nothing_is_written(
    cli: Cli, norvane: Path, case: str
) -> None:
    options, said = REFUSED[case]
    before = sorted(Path.cwd().rglob("*"))
    ran = cli("--db", norvane, "export", "norvane", *options)
    assert (ran.code, ran.out, ran.err) == (2, "", f"{said}\n")
    assert sorted(Path.cwd().rglob("*")) == before


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_full_disk_or_a_folder_without_right_leaves_nothing(
    cli: Cli, norvane: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    Path("out").mkdir()

    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("workshop_tui.documents.files.os.fsync", fail)
    for form in ("xlsx", "ics"):
        ran = cli("--db", norvane, "export", "norvane", "--format", form, "-o", "out")
        assert ran.code == 2
        assert ran.err.count("\n") == 1
        assert "can't be written, as " in ran.err
        assert [*Path("out").iterdir()] == []


def test_of_several_files_none_is_written_while_one_is_in_the_way(cli: Cli, norvane: Path) -> None:
    Path("out").mkdir()
    mine = Path("out/norvane-bank-session-2-customer.xlsx")
    line = ("--db", norvane, "export", "norvane", "--for", "each", "--format", "xlsx", "-o", "out")
    mine.write_text("mine")
    ran = cli(*line)
    assert ran.code == 2
    assert ran.err == f"«{mine}» is there already: choose another name, or write over it with --force.\n"
    assert [*Path("out").iterdir()] == [mine]
    assert mine.read_text() == "mine"
    assert cli(*line, "--force").code == 0
    assert len([*Path("out").iterdir()]) == 4
    assert cli(*line).code == 0  # its own


def test_a_csv_that_differs_is_written_over_only_when_somebody_says_so(cli: Cli, norvane: Path) -> None:
    line = ("--db", norvane, "export", "norvane", "--format", "csv", "-o", "plan.csv")
    assert (cli(*line).code, cli(*line).code) == (0, 0)
    assert cli("--db", norvane, "done", "A08", "--account", "norvane").code == 0
    assert "is there already" in cli(*line).err
    assert cli(*line, "--force").code == 0


def test_a_workbook_is_not_thrown_at_the_screen(
    cli: Cli, norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdout", Terminal())
    ran = cli("--db", norvane, "export", "norvane", "--format", "xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "A xlsx file is not for the screen: name a file or a folder with -o.\n"
