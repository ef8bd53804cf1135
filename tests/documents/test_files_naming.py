"""Files that name somebody, and those that nobody can look into."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from workshop_tui.documents import files_naming as looked
from workshop_tui.domain.rules.erasing import NameWords


def test_what_nobody_can_look_into_may_name_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looked, "_LARGEST", 1000)
    (tmp_path / "fine.md").write_text("Nobody is named here.")
    (tmp_path / "large.md").write_text("x" * 1001)
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.7")
    with ZipFile(tmp_path / "bomb.xlsx", "w", 8) as packed:
        packed.writestr("sheet.xml", "y" * 1001)
    with ZipFile(tmp_path / "fine.xlsx", "w") as packed:
        packed.writestr("sheet.xml", "nobody")
    words = NameWords(frozenset({"Dev Rathmore"}))
    found = looked.files_naming(tmp_path, words, ())
    assert [each.name for each in found] == ["bomb.xlsx", "broken.docx", "large.md", "page.pdf"]
