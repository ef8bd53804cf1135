"""What the app does behind the screens."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.app.driver import driving


async def test_garbage_is_looked_for_once_all_is_loaded_and_as_a_session_is_left(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    python = Mock(isenabled=lambda: False)  # as the command leaves it
    for name in ("freeze", "set_threshold", "enable", "disable", "collect"):
        getattr(python, name).side_effect = lambda *_, name=name: done.append(name)
    monkeypatch.setattr("workshop_tui.tui.app.gc", python)
    monkeypatch.setattr("workshop_tui.tui.app._load_store", lambda: done.append("load"))
    async with driving(norvane, account="norvane") as app:
        await app.quiet()
        assert done == ["load", "freeze", "set_threshold", "enable"]
        await app.app.leave_workshop()
        await app.quiet()
        assert done[4:] == ["collect"]
        await app.press("enter")
        await app.wait_until(lambda: app.app.workshop and app.app.screen is app.workshop, "it is open")
        assert done[5:] == ["disable", "enable"]  # it doesn't hold up what is being opened
