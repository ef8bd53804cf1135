"""Where a cursor moves it is painted at once, and never half of what is to be laid out first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from tests.app.driver import Driven, driving

PEOPLE = "nnn"


@asynccontextmanager
async def painted(
    norvane: Path, monkeypatch: pytest.MonkeyPatch, *keys: str
) -> AsyncIterator[tuple[Driven, list[object]]]:
    """Stand in the people's table; yield what is painted from now on, as it comes."""
    found: list[object] = []

    def display(_screen: Screen[Any], update: object) -> None:
        found.append(update)

    async with driving(norvane, account="norvane") as app:
        await app.press(*PEOPLE, *keys)
        await app.quiet()
        monkeypatch.setattr(app.app, "_display", display)
        yield app, found


async def test_a_move_is_painted_before_anything_else_is_done(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with painted(norvane, monkeypatch) as (app, found):
        app.workspace.stage.main.action_move(1, 0)
        assert len(found) == 1
        assert app.workspace.stage.main.row == 1
        await app.quiet()
        assert len(found) == 2, "the card follows in one more"


async def test_what_is_to_be_laid_out_first_is_painted_in_its_turn(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with painted(norvane, monkeypatch) as (app, found):
        app.workspace.stage.refresh(layout=True)
        app.workspace.stage.main.action_move(1, 0)
        assert found == []
        await app.quiet()
        found.clear()
        app.workspace.stage.query_one("#tabs").display = False
        app.workspace.stage.main.action_move(1, 0)
        assert found == []


async def test_beneath_a_dialog_nothing_is_painted(norvane: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with painted(norvane, monkeypatch, "?") as (app, found):
        app.workspace.stage.main.action_move(1, 0)
        assert found == []
