"""What the dialogs with which an account or a session begins say of what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from workshop_tui.domain.dates import Calendar
from workshop_tui.domain.step import Change
from workshop_tui.tui.screens.starting import account_dialog


async def _never(_changes: Iterable[Change]) -> str:
    raise AssertionError


async def test_what_is_wrong_with_a_playbook_is_told_beneath_the_playbook(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text("[[agenda")
    dialog = account_dialog(Calendar(dt.date(2026, 6, 9)), [tmp_path], "", _never)
    names = {"name": "Norvane Bank", "first": "Quillhaven", "second": "Stratalume"}
    wrong = await dialog._take({**names, "date": "fri", "playbook": "broken"})
    assert list(wrong) == ["playbook"]
    assert "broken.toml: this is not TOML" in wrong["playbook"]
