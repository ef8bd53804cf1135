"""Word, slides and PDF by the command: written as safely as text, by a template, or refused in a sentence."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from tests.cli.conftest import Cli
from tests.documents.said import all_of
from tests.documents.test_as_docx import template
from workshop_tui.cli.app import run

FORMATS = ("docx", "pptx", "pdf")


def edited(content: bytes) -> bytes:
    """Return a file as somebody leaves it who has changed it."""
    if content.startswith(b"%PDF-"):
        return content.replace(b"/Type", b"/Type ", 1)
    file = BytesIO(content)
    with ZipFile(file, "a") as archive:
        archive.writestr("docProps/custom.xml", "<mine/>")
    return file.getvalue()


def test_a_name_without_a_suffix_gets_the_formats(cli: Cli, norvane: Path) -> None:
    export = ("--db", norvane, "export", "norvane", "--for", "alliance", "-o")
    assert cli(*export, "plan").err.endswith(" Written to plan.md.\n")
    assert cli(*export, "plan", "--format", "csv").err.endswith(" Written to plan.csv.\n")
    assert sorted(each.name for each in Path().glob("plan*")) == ["plan.csv", "plan.md"]
    Path("notes").write_text("mine")
    assert "«notes» is there already" in cli(*export, "notes").err
    assert not cli(*export, "said.md").err.endswith(" Written to said.md.\n")  # it is as it was typed


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_its_owners_alone_and_only_our_unchanged_one_is_written_over(
    cli: Cli, norvane: Path, form: str
) -> None:
    export = ("--db", norvane, "export", "norvane", "--format", form, "-o")
    Path("out").mkdir()
    assert cli(*export, "out").code == 0
    (path,) = Path("out").iterdir()
    assert path.name == f"norvane-bank-session-2-customer.{form}"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "Three-way meeting with the Chief Risk Officer" in " ".join(all_of(path.read_bytes()).split())
    first = path.read_bytes()
    assert cli(*export, path, "--for", "alliance").code == 0
    assert path.read_bytes() != first
    theirs = edited(path.read_bytes())
    path.write_bytes(theirs)
    refused = cli(*export, path)
    assert refused.code == 2
    assert "is there already: choose another name, or write over it with --force." in refused.err
    assert path.read_bytes() == theirs
    assert cli(*export, path, "--force").code == 0
    assert path.read_bytes() == first
    database = norvane.read_bytes()
    assert cli(*export, norvane, "--force").code == 2
    assert norvane.read_bytes() == database


@pytest.mark.parametrize("form", FORMATS)
def test_a_pipe_gets_the_bytes(norvane: Path, capfdbinary: pytest.CaptureFixture[bytes], form: str) -> None:
    assert run(["--db", str(norvane), "export", "norvane", "--format", form]) == 0
    out, err = capfdbinary.readouterr()
    assert out.startswith(b"%PDF-" if form == "pdf" else b"PK\x03\x04")
    assert b"for the customer; held back: " in err


def test_a_screen_gets_a_sentence(cli: Cli, norvane: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    refused = cli("--db", norvane, "export", "norvane", "--format", "docx")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "A docx file is not for the screen: name a file or a folder with -o.\n"


@pytest.mark.parametrize(
    ("form", "library", "extra"),
    [("docx", "docx", "office"), ("pptx", "pptx", "office"), ("pdf", "typst", "pdf")],
)
def test_what_is_not_installed_is_told_with_its_line(  # noqa: PLR0917 - fixtures are arguments
    cli: Cli, norvane: Path, monkeypatch: pytest.MonkeyPatch, form: str, library: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    refused = cli("--db", norvane, "export", "norvane", "--format", form, "-o", "plan")
    assert refused.code == 2
    assert refused.err.endswith(
        f"need a library that isn't here: install it with `pip install 'workshop-tui[{extra}]'`.\n"
    )
    assert not Path("plan").exists()


def test_no_right_to_write_leaves_nothing(cli: Cli, norvane: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> tuple[int, str]:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    refused = cli("--db", norvane, "export", "norvane", "--format", "pdf", "-o", "plan.pdf")
    assert refused.code == 2
    assert refused.err == "«plan.pdf» can't be written, as you may not write there: choose another folder.\n"
    assert not Path("plan.pdf").exists()


def test_a_template_is_followed_or_refused_before_anything_is_written(cli: Cli, norvane: Path) -> None:
    export = ("--db", norvane, "export", "norvane", "-o")
    Path("firm.docx").write_bytes(template(Heading_1="Georgia"))
    assert cli(*export, "plan.docx", "--template", "firm.docx").code == 0
    assert docx.Document(BytesIO(Path("plan.docx").read_bytes())).styles["Heading 1"].font.name == "Georgia"
    Path("plan.docx").unlink()
    Path("notes.txt").write_text("notes")
    for form, file, said in (
        ("docx", "notes.txt", "«notes.txt» is no Word template: choose a .docx or .dotx file."),
        ("pptx", "firm.docx", "«firm.docx» is no PowerPoint template: choose a .pptx or .potx file."),
        ("docx", "none.docx", "«none.docx» can't be read, as it is not there: check the path."),
        ("docx", ".", "«.» can't be read, as it is a folder: name a file in it."),
        (
            "pdf",
            "firm.docx",
            "A template is for Word or PowerPoint: use `--format docx` or `--format pptx`.",
        ),
    ):
        refused = cli(*export, f"plan.{form}", "--format", form, "--template", file)
        assert (refused.code, refused.err) == (2, f"{said}\n")
    assert not [*Path().glob("plan.*")]
