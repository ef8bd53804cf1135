"""What changes each second is painted without the rest, and only where nothing lies over it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import ChopsUpdate, CompositorUpdate
from textual.screen import Screen

from tests.app.driver import AT, Driven, driving
from workshop_tui.domain.plan.step import set_field
from workshop_tui.tui.widgets.big_digits import ClockFace
from workshop_tui.tui.widgets.status_bar import Bar
from workshop_tui.tui.workspace import Ticked


async def start(app: Driven, monkeypatch: pytest.MonkeyPatch) -> list[ChopsUpdate]:
    """Have the clock run; return what is painted from now on, as it comes."""
    block = app.workspace.blocks()[0]
    app.live.commit(lambda _plan: set_field(block, "started", AT.isoformat()))
    await app.stored()  # or the bar goes on from «saving…»
    painted: list[ChopsUpdate] = []

    def display(_screen: Screen[Any], update: CompositorUpdate | None) -> None:
        if isinstance(update, ChopsUpdate):
            painted.append(update)

    monkeypatch.setattr(app.app, "_display", display)
    return painted


async def second(app: Driven) -> None:
    app.live.clock = lambda before=app.live.clock: before() + dt.timedelta(seconds=1)  # type: ignore[misc]
    app.workspace.emit(Ticked())
    await app.quiet()


def text(update: ChopsUpdate) -> str:
    return "\n".join(strip.text for line in update.chops for strip in line.values() if strip)


async def test_a_second_paints_the_line_of_the_clock_and_nothing_else(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(norvane, account="norvane", session=1) as app:
        painted = await start(app, monkeypatch)
        await second(app)
        assert [text(update).strip() for update in painted] == [app.rows[0].strip()]
        assert "04:59 left" in app.rows[0]
        assert painted[0].spans == [(0, 0, 120)]


async def test_of_a_line_that_was_painted_only_what_has_changed_is_painted(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(norvane, account="norvane", session=1) as app:
        painted = await start(app, monkeypatch)
        await second(app)
        shown = app.rows[0]
        for _ in range(3):
            painted.clear()
            await second(app)
            ((y, start_, end),) = painted[0].spans
            assert (y, end - start_) < (0, 60)
            shown = shown[:start_] + text(painted[0]) + shown[end:]
            assert shown.rstrip() == app.rows[0].rstrip()
        app.workshop.query_one(Bar).refresh()
        await app.quiet()
        painted.clear()
        await second(app)
        assert painted[0].spans == [(0, 0, 120)]


async def test_nothing_is_painted_through_what_lies_over_it(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(norvane, account="norvane", session=1, size=(80, 24)) as app:
        await app.press("f6")
        painted = await start(app, monkeypatch)
        face = app.workshop.query_one(ClockFace)
        await second(app)
        assert any(update.spans[0] == (face.region.y, face.region.x, face.region.right) for update in painted)
        await app.press("enter")
        app.editor.styles.offset = (10, face.region.y + 2)
        await app.quiet()
        painted.clear()
        await second(app)
        assert app.editor.display
        over = [row for row in app.rows[face.region.y + 2 : face.region.bottom] if "│" in row]
        assert over
        rows = range(face.region.y, face.region.bottom)
        there = [update for update in painted if any(y in rows for y, _, _ in update.spans)]
        assert there
        assert all(len(update.chops) == 24 for update in there)  # the compositor's, which knows of the editor
        await app.press("f5")
        painted.clear()
        await second(app)
        assert not any("left" in text(update) for update in painted)
