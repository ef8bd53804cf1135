"""The domain has no screen, no database, no files and no clock."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import workshop_tui.domain

FOLDER = Path(workshop_tui.domain.__file__).parent
FILES = sorted(FOLDER.glob("**/*.py"))
ALLOWED = {
    *("__future__", "collections", "dataclasses", "datetime", "enum", "functools", "itertools", "math"),
    *("calendar", "difflib", "hashlib", "re", "types", "typing", "unicodedata"),
    *("msgspec", "pydantic", "workshop_tui"),
}
IMPURE = {"open", "print", "input", "exec", "eval", "__import__", "now", "today", "utcnow"}


def test_importing_all_of_the_domain_loads_neither_screen_nor_database() -> None:
    parts = (file.relative_to(FOLDER).with_suffix("").parts for file in FILES if file.stem != "__init__")
    names = [".".join(("workshop_tui.domain", *each)) for each in parts]
    code = (
        f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
        "heavy = {'alembic', 'rich', 'sqlalchemy', 'textual'}\n"
        "print([name for name in sys.modules if name.split('.')[0] in heavy])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_of_the_domain_opens_nothing_and_asks_no_clock(file: Path) -> None:
    text = file.read_text("utf-8")
    assert "sqlalchemy" not in text.casefold()
    nodes = list(ast.walk(ast.parse(text)))
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= ALLOWED
    assert all(name.startswith("workshop_tui.domain") for name in imported if "workshop_tui" in name)
    called = [node.func for node in nodes if isinstance(node, ast.Call)]
    names = {func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in called}
    assert not names & IMPURE
