"""Every key in every pane either acts or says why not."""

from __future__ import annotations

from pathlib import Path

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.tui.features.navigation import Navigation
from workshop_tui.views.row_id import RowId

KEYS = ("enter", "a", "x", "d", "s", "m", "slash", "plus", "minus", "J", "K", "]", "c", "9")


def seen(app: Driven) -> tuple[object, ...]:
    """What there is to notice: what is painted, what is said, where the keyboard is."""
    painted = tuple(app.app.screen._compositor.render_strips())
    return painted, app.told, app.app.focused, app.app.screen, str(app.workspace.stage.border_subtitle)


async def test_every_key_in_every_pane_acts_or_says_why_not(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        dead = []
        for at, block in enumerate(app.workspace.blocks()):
            app.workspace.open_block(block.id)
            for number, view in enumerate(app.workspace.stage.views):
                for key in KEYS[(number + at) % 3 :: 3]:
                    dead += await _dead(app, number, "main", key, f"{block.kind}/{view.title}")
        for pane in ("gaps", "rail"):
            for key in KEYS:
                dead += await _dead(app, 0, pane, key, "last block")
        assert not dead, "\n".join(dead)


async def _dead(app: Driven, view: int, pane: str, key: str, where: str) -> list[str]:
    """Press a key in a pane; return it if nothing comes of it."""
    block = app.workspace.block
    assert block is not None
    stage = app.workspace.stage
    if stage.number != view:
        stage.open_view(view)
    if pane == "gaps" and not app.sheet(pane).display:
        await app.press("g")
    (stage.main if pane == "main" else app.sheet(pane)).focus()
    app.app.clear_notifications()
    stage._hush()
    await app.quiet()
    before = seen(app)
    await app.press(key)
    found = [f"{where} {pane} {key}"] if seen(app) == before else []
    app.workspace.leave_all()
    while app.app.screen is not app.workshop:
        app.app.pop_screen()
        await app.quiet()
    await app.press("escape")
    if app.workspace.block != block:
        app.workspace.open_block(block.id)
    return found


async def test_a_gap_without_a_block_says_so(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        for gap in [RowId.parse(row.id) for row in app.sheet("gaps").table.rows if not row.heading]:
            app.workspace.stage._hush()
            before = seen(app)
            app.workspace[Navigation].go_to_fix(gap)
            await app.quiet()
            row, _ = gap.lacks
            assert seen(app) != before or app.workspace.stage.at_cursor == str(row), gap


async def test_an_old_seal_says_that_it_stays(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:
        await app.to_block(BlockKind.CLOSING)
        await app.press("v", "5", "ctrl+home", "enter")
        await app.press("y", "enter")
        await app.stored()
        seal = next(row.id for row in app.sheet().table.rows if row.id.startswith("seals/"))
        await app.go(seal, "", "main", "enter")
        said = f"{app.told} {app.workspace.stage.border_subtitle}"
        assert "seal" in said.lower()
