"""What can only be seen from outside: what is loaded, pipes, encodings."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.conftest import SAMPLE

COMMAND = [sys.executable, "-m", "workshop_tui"]
LOADED = """
import sys
from workshop_tui.cli.app import run
code = run(sys.argv[1:])
heavy = {"textual", "sqlmodel", "sqlalchemy", "pydantic", "alembic", "rich"}
print(sorted(heavy & sys.modules.keys()), file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize("line", ["--version", "where", "where --json", "list", "actions"])
def test_light_commands_load_nothing_heavy(norvane: Path, line: str) -> None:
    command = [sys.executable, "-c", LOADED, "--db", str(norvane), *line.split()]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout
    assert ran.stderr.splitlines()[-1] == "[]"


WHOLE = "export norvane --for all --format json"


@pytest.mark.parametrize(
    "line", [WHOLE, "actions", "list", "gaps norvane", "playbook show half-day", "where"]
)
def test_a_reader_that_has_seen_enough_is_nothing_to_complain_of(norvane: Path, line: str) -> None:
    command = [*COMMAND, "--db", str(norvane), *line.split()]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait() == 0


@pytest.mark.parametrize("line", [WHOLE, "list"])
def test_a_full_disk_is_said_in_words(norvane: Path, line: str) -> None:
    with Path("/dev/full").open("w") as full:
        command = [*COMMAND, "--db", str(norvane), *line.split()]
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (2, "The disk is full: free some space and try again.\n")


def test_closed_output_is_no_traceback(norvane: Path) -> None:
    command = shlex.join([*COMMAND, "--db", str(norvane), "list"])
    ran = subprocess.run(["/bin/sh", "-c", f"{command} >&-"], capture_output=True, check=True)
    assert ran.stderr == b""


@pytest.mark.parametrize(
    ("line", "said"),
    [("", b"This needs a terminal: run it in one"), ("import -", b"stdin: ")],
)
def test_closed_input_is_no_traceback(norvane: Path, line: str, said: bytes) -> None:
    command = shlex.join([*COMMAND, "--db", str(norvane), *line.split()])
    ran = subprocess.run(["/bin/sh", "-c", f"{command} <&-"], capture_output=True, check=False)
    assert ran.returncode == 2
    assert ran.stderr.startswith(said)


def test_a_pipe_gets_utf_8_whatever_the_locale_says(norvane: Path) -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [*COMMAND, "--db", str(norvane), "export", "norvane", "--for", "all", "--format", "json"]
    ran = subprocess.run(command, capture_output=True, env=environ, check=True)
    assert "Lucía Brightwater" in ran.stdout.decode("utf-8")


def test_a_plan_comes_in_through_a_pipe(tmp_path: Path) -> None:
    command = [*COMMAND, "--db", str(tmp_path / "b.db"), "import", "-"]
    ran = subprocess.run(command, input=SAMPLE.read_bytes(), capture_output=True, check=True)
    assert ran.stderr.startswith(b"Brought in Norvane Bank (norvane), ")


def test_where_says_which_database_and_why(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sessions").mkdir()
    shown = cli("where").out.splitlines()
    database = tmp_path / "sessions" / "workshops.db"
    assert shown[0] == f"database   {database} (the current folder has a sessions folder; not there yet)"
    assert [line.split()[0] for line in shown] == ["database", "settings", "playbooks", "playbooks1", "log"]
    monkeypatch.setenv("WORKSHOP_TUI_DB", "other.db")
    Path("other.db").touch()
    assert json.loads(cli("where", "--json").out)["database"] == {
        "path": str(tmp_path / "other.db"),
        "exists": True,
        "why": "WORKSHOP_TUI_DB names it",
    }
    assert cli("--db", "a.db", "where").out == cli("where", "--db", "a.db").out
    assert "--db names it" in cli("where", "--db", "a.db").out
