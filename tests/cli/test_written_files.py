"""Every path we write refuses databases, what lies beside them, and the app's own files.

What writes files is found in the source, so that a new way of writing can't go past the guard.
"""

import ast
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.widgets import Static

import workshop_tui
from tests.app.driver import Driven, driving
from tests.cli.conftest import Cli

SOURCES = Path(workshop_tui.__file__).parent
WRITERS = {
    "documents/files.py": "the guard itself",
    "durable.py": "opens folders to have their names reach the disk",
    "store/file.py": "makes an empty database where there is nothing",
    "store/backups.py": "copies databases into new files, and lets go of its own old ones",
    "store/erasing.py": "has backups and the log say no more of who is erased, each whole or not at all",
    "store/checks.py": "takes away drafts of its own, and has files be readable by their owner alone",
    "tui/textual_patches/hardened_app.py": "appends to the crash log",
    "cli/speech.py": "opens the null device",
    "settings.py": "puts the theme into the user's own settings, whole or not at all",
    "own_editor.py": "writes into a folder that it has just made for itself, and takes it away again",
}
"""Who may open files for writing; everything else goes through `write_whole`."""


def writes(tree: ast.AST) -> Iterator[str]:
    """Yield what in a module can write, make, move or remove a file."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        said = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        said += [word.value.value for word in node.keywords if isinstance(word.value, ast.Constant)]
        modes = [mode for mode in said if isinstance(mode, str) and set(mode) <= set("rwaxbt+") and mode]
        if name in {"write_text", "write_bytes", "mkstemp", "touch", "link", "symlink", "copyfile", "unlink"}:
            yield name
        elif name in {"open", "fdopen"} and any(set(mode) & set("wax+") for mode in modes):
            yield f"{name} {modes}"
        elif name == "open" and ast.unparse(node.func) == "os.open":
            yield "os.open"


def test_nothing_writes_files_but_the_guard_and_the_few_that_need_none() -> None:
    found = {
        path.relative_to(SOURCES).as_posix(): [*writes(ast.parse(path.read_text("utf-8")))]
        for path in SOURCES.rglob("*.py")
    }
    assert {path for path, what in found.items() if what} == set(WRITERS)


@pytest.mark.parametrize(
    "source", ["Path(x).write_text('')", "open(x, 'w')", "p.open(mode='ab')", "os.open(p, f)", "mkstemp()"]
)
def test_the_search_for_writers_finds(source: str) -> None:
    assert [*writes(ast.parse(source))]


# What must never be written over, and by which names it is reached

NAMES: dict[str, Callable[[Path], Path]] = {
    "the database": lambda at: at / "work.db",
    "a way round to it": lambda at: at / "folder" / ".." / "work.db",
    "a symbolic link to it": lambda at: _linked(at, "work.db", os.symlink),
    "a link to a link": lambda at: _linked(at, _linked(at, "work.db", os.symlink).name, os.symlink),
    "a hard link to it": lambda at: _linked(at, "work.db", os.link),
    "its journal": lambda at: at / "work.db-journal",
    "its write-ahead log": lambda at: at / "work.db-wal",
    "the index of that": lambda at: at / "work.db-shm",
    "a hard link to its journal": lambda at: _linked(at, "work.db-journal", os.link),
    "another workshop's database": lambda at: at / "other.db",
    "what would lie beside that": lambda at: at / "other.db-wal",
    "a database of another program": lambda at: at / "theirs",
    "the settings": lambda at: at / "config.toml",
    "a link to the settings": lambda at: _linked(at, "config.toml", os.symlink),
}


def _linked(at: Path, name: str, link: Callable[[Path, Path], None]) -> Path:
    path = at / f"{link.__name__}-to-{name}.toml"
    link(at / name, path)
    return path


@pytest.fixture
def at(tmp_path: Path, norvane: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with databases, one in use, what lies beside it, and settings."""
    for name in ("work.db", "other.db"):
        shutil.copy(norvane, tmp_path / name)
    with sqlite3.connect(tmp_path / "theirs") as theirs:
        theirs.execute("CREATE TABLE t (x)")
    theirs.close()
    for sidecar in ("-wal", "-shm"):  # the journal is made by whoever needs one
        (tmp_path / f"work.db{sidecar}").write_bytes(b"")
    (tmp_path / "work.db-journal").write_bytes(b"\0" * 512)
    (tmp_path / "config.toml").write_text('actor = "me"\n')
    (tmp_path / "folder").mkdir()
    monkeypatch.setenv("WORKSHOP_TUI_CONFIG", str(tmp_path / "config.toml"))
    return tmp_path


def contents(at: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in at.rglob("*") if path.is_file()}


COMMANDS: dict[str, Callable[[Path], list[str | Path]]] = {
    "Markdown": lambda path: ["export", "norvane", "--force", "-o", path],
    "JSON": lambda path: ["export", "norvane", "--for", "all", "--format", "json", "--force", "-o", path],
    "a calendar": lambda path: ["export", "norvane", "--format", "ics", "--force", "-o", path],
}


@pytest.mark.parametrize("named", NAMES)
@pytest.mark.parametrize("written", COMMANDS)
def test_no_command_writes_over_databases_and_settings(cli: Cli, at: Path, written: str, named: str) -> None:
    path = NAMES[named](at)
    before = contents(at)
    ran = cli("--db", "work.db", *COMMANDS[written](path))
    assert (ran.code, ran.out) == (2, "")
    assert "never written over" in ran.err
    assert contents(at) == before


def test_no_event_of_a_folder_is_written_over_a_database(cli: Cli, at: Path) -> None:
    (at / "folder" / "norvane-bank-customer-action-a08.ics").symlink_to(at / "work.db")
    before = contents(at)
    ran = cli("--db", "work.db", "export", "norvane", "--format", "ics", "--force", "-o", at / "folder")
    assert (ran.code, ran.out) == (2, "")
    assert "never written over" in ran.err
    assert contents(at) == before


def test_a_playbook_is_not_copied_over_a_database(cli: Cli, at: Path) -> None:
    folder = at / "playbooks"
    folder.mkdir()
    for name, link in (("soft", os.symlink), ("hard", os.link)):
        link(at / "work.db", folder / f"{name}.toml")
        before = contents(at)
        ran = cli("--db", "work.db", "playbook", "copy", "half-day", name, "--here", "--force")
        assert ran.code == 2
        assert "never written over" in ran.err
        assert contents(at) == before


async def _typed_into_the_dialog(app: Driven, path: Path) -> None:
    await app.press("end", "ctrl+u")
    await app.type_text(str(path), "ctrl+s")
    await app.wait_until(lambda: app.shows("✗") or app.app.screen is app.app.workshop, "it is answered")


def _head(path: Path) -> bytes | None:
    """Return how a file begins, which the app that runs leaves as it is."""
    return path.read_bytes()[:16] if path.exists() else None


async def test_the_apps_dialog_writes_over_none_of_them(at: Path) -> None:
    paths = [named(at) for name, named in NAMES.items() if name != "a link to a link"]
    paths = [path for path in paths if path.suffix]  # to another the dialog gives one, as in theirs.md
    async with driving(at / "work.db", account="norvane", size=(120, 30)) as app:
        await app.press("e")
        await app.wait_until(lambda: app.shows("Export the joint action plan"), "the dialog")
        await app.press("tab", "tab", "tab")
        for path in paths:
            before = _head(path)
            await _typed_into_the_dialog(app, path)
            assert app.shows("✗"), path
            said = app.app.screen.query_one("#told-path", Static).content
            assert "never written over" in str(said), path
            if "-journal" not in path.name:  # which SQLite takes away
                assert _head(path) == before
        await app.press("escape")


# Over other files

FORMATS = {"plan.md": ["--for", "alliance"], "plan.json": ["--for", "all", "--format", "json"]}


@pytest.mark.parametrize("name", FORMATS)
def test_an_earlier_export_of_the_account_is_written_over_and_nothing_else(
    cli: Cli, at: Path, name: str
) -> None:
    line: list[str | Path] = ["--db", "work.db", "export", "norvane", *FORMATS[name], "-o", at / name]
    assert (cli(*line).code, cli(*line).code) == (0, 0)
    written = (at / name).read_text("utf-8")
    (at / name).write_text("mine")
    ran = cli(*line)
    assert ran.code == 2
    assert ran.err == f"«{at / name}» is there already: choose another name, or write over it with --force.\n"
    assert (at / name).read_text() == "mine"
    assert cli(*line, "--force").code == 0
    assert (at / name).read_text("utf-8") == written


def test_what_somebody_has_ticked_in_an_export_is_not_lost(cli: Cli, at: Path) -> None:
    line: list[str | Path] = ["--db", "work.db", "export", "norvane", "-o", at / "plan.md"]
    cli(*line)
    ticked = (at / "plan.md").read_text("utf-8").replace("- [ ]", "- [x]", 1)
    (at / "plan.md").write_text(ticked, "utf-8")
    assert cli(*line).code == 2
    assert (at / "plan.md").read_text("utf-8") == ticked


async def test_the_app_asks_before_it_writes_over_another_file(at: Path) -> None:
    path = at / "plan.md"
    path.write_text("mine")
    async with driving(at / "work.db", account="norvane", size=(120, 30)) as app:
        await app.press("e")
        await app.wait_until(lambda: app.shows("Export the joint action plan"), "the dialog")
        await app.press("tab", "tab", "tab")
        await app.type_text(str(path), "ctrl+s")
        await app.wait_until(lambda: app.shows("Write over it?"), "it asks")
        await app.press("n", "enter")
        await app.wait_until(lambda: app.shows("✗"), "it says why it isn't written")
        assert path.read_text() == "mine"
        await app.press("ctrl+s")
        await app.wait_until(lambda: app.shows("Write over it?"), "it asks again")
        await app.press("y", "enter")
        await app.wait_until(lambda: app.told.startswith("Written to "), "it is written")
        assert "our joint plan" in path.read_text("utf-8")
        await app.press("e")
        await app.wait_until(lambda: app.shows("Export the joint action plan"), "the dialog")
        await app.press("tab", "tab", "tab")
        await app.type_text(str(path), "ctrl+s")
        await app.wait_until(lambda: app.app.screen is app.app.workshop, "its own is replaced unasked")
