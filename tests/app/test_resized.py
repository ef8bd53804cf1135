"""After a resize to something tiny and back, all is where it was."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from textual.geometry import Offset, Size

from tests.app.driver import Driven, driving
from tests.app.sparing import wait_by_no_clock
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.tui.widgets.sheet import Sheet

TINY = ((20, 6), (44, 12), (80, 24))


@pytest.fixture(autouse=True)
def _by_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    wait_by_no_clock(monkeypatch)


def places(app: Driven) -> dict[str, tuple[str, int, Offset]]:
    """Return row, column and scroll of each sheet that is shown."""
    sheets = app.workshop.query(Sheet)
    return {
        str(s.id): (s.current.id if s.current else "", s.col, s.scroll_offset)
        for s in sheets
        if s.display and s.size.area
    }


async def resize(app: Driven, width: int, height: int) -> None:
    await app.pilot.resize_terminal(width, height)
    await app.wait_until(lambda: app.app.screen.size == Size(width, height), "it is resized")


def is_laid_out(app: Driven) -> bool:
    """Whether the stage has the size that it has at 120 by 36."""
    return app.workspace.stage.outer_size == Size(94, 34)


async def back(app: Driven, sheets: set[str]) -> dict[str, tuple[str, int, Offset]]:
    """Return where all stands, once all panes are back."""
    await app.wait_until(lambda: set(places(app)) == sheets, "all panes are back")
    return places(app)


@pytest.mark.parametrize(("turn", "size"), enumerate([(120, 36), (160, 45)]))
async def test_every_view_comes_back_as_it_was(norvane: Path, turn: int, size: tuple[int, int]) -> None:
    """Each view at one of the sizes: the one half of them here, the other half there."""
    async with driving(norvane, account="norvane", size=size) as app:
        wrong = []
        for n, block in enumerate(app.workspace.blocks()):
            app.workspace.open_block(block.id)
            for number, view in enumerate(app.workspace.stage.views):
                if (n + number) % 2 != turn:
                    continue
                app.workspace.stage.open_view(number)
                await app.quiet()
                await app._send(*("down",) * (9 + n), "right", "right", "right", "up", "up", "up")
                before = places(app)
                tiny = TINY[(n + number) % len(TINY)]
                await resize(app, *tiny)
                await resize(app, *size)
                after = await back(app, set(before))
                wrong += [
                    f"{block.kind}/{view.title}/{name} {tiny}: {before[name]} → {after.get(name)}"
                    for name in before
                    if after.get(name) != before[name]
                ]
        assert not wrong, "\n".join(wrong)


async def test_table_and_card_share_the_room_as_in_an_app_opened_at_that_size(norvane: Path) -> None:
    """Not by the room there was before the lines above them came or went."""

    async def sizes(app: Driven) -> dict[tuple[str, str], Size]:
        await app.quiet()
        title = app.workspace.stage.view.title if app.workspace.stage.view else ""
        return {(title, str(s.id)): s.size for s in app.workshop.query(Sheet) if s.display and s.size.area}

    shown: list[dict[tuple[str, str], Size]] = []
    for start in ((120, 36), (80, 24)):
        async with driving(norvane, account="norvane", size=start) as app:
            found: dict[tuple[str, str], Size] = {}
            await app.to_block(BlockKind.ACTIONS)
            for number in range(len(app.workspace.stage.views)):
                await resize(app, *start)
                app.workspace.stage.open_view(number)
                await app.quiet()
                await resize(app, 120, 36)
                await app.wait_until(partial(is_laid_out, app), "laid out")
                found |= await sizes(app)
            shown.append(found)
    assert shown[0] == shown[1]


async def test_an_open_editor_stands_over_its_cell_after_a_resize(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_people()
        await app.go("Marcus", "Title", "main", "enter")
        await app.type_text("!")
        await resize(app, 120, 36)
        await app.wait_until(partial(is_laid_out, app), "laid out")
        cell = app.sheet().cell_region()
        assert (app.editor.region.x, app.editor.region.y) == (cell.x - 2, cell.y - 1)
        assert app.editor.typed.endswith("!")


async def test_what_one_has_moved_to_meanwhile_stays(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.to_people()
        await app.press("ctrl+end")
        await resize(app, 60, 12)
        await app.press("ctrl+home")
        await resize(app, 120, 36)
        assert (app.sheet().row, app.sheet().scroll_offset.y) == (0, 0)


async def test_an_open_dialog_comes_back_as_it_was(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 24)) as app:
        await app.press("f1")
        help_ = next(widget for widget in app.app.screen.query(".dialog") if widget.max_scroll_y)
        help_.scroll_to(y=7, animate=False, immediate=True)
        await app.quiet()
        assert help_.scroll_offset.y == 7
        for tiny in TINY[:2]:
            await resize(app, *tiny)
            await resize(app, 120, 24)
            await app.wait_until(lambda: help_.scroll_offset.y == 7, "it is scrolled as before")
