"""Commands run in this process, far from the user's own files."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import SAMPLE
from workshop_tui.cli import completion
from workshop_tui.cli.app import run
from workshop_tui.cli.commands import parser
from workshop_tui.cli.completion import script


class Ran(NamedTuple):
    """What a command has left behind."""

    code: int
    out: str
    err: str


Cli = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _far_from_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in (
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
        "WORKSHOP_TUI_DB",
        "WORKSHOP_TUI_CONFIG",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True, scope="session")
def _made_once() -> Iterator[None]:
    """Make the reader of command lines once: it keeps nothing, and takes a tenth of what a command takes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workshop_tui.cli.commands.parser", cache(parser))
        patch.setattr(completion, "script", lambda _, shell: script(parser(), shell))  # which changes its own
        yield


@pytest.fixture
def cli(capfd: pytest.CaptureFixture[str]) -> Cli:
    """Run a command line."""

    def ran(*arguments: str | Path) -> Ran:
        code = run([str(argument) for argument in arguments])
        return Ran(code, *capfd.readouterr())

    return ran


@pytest.fixture(scope="session")
def norvane(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample account; only to be read."""
    path = tmp_path_factory.mktemp("norvane") / "norvane.db"
    assert run(["--db", str(path), "import", str(SAMPLE), "--keep-date"]) == 0
    return path


def unsigned(exported: str) -> str:
    """Return an export in JSON without the checksum that `export` puts into its head."""
    text, signs = re.subn(r'\n  "checksum": "[0-9a-f]{32}",', "", exported)
    assert signs == 1
    return text
