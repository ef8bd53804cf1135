"""What is kept of the painting is what would be painted: lines change when, and only when, something does."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
import textual.strip
from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual.geometry import Region
from textual.widget import Widget

from tests.app.driver import Driven, driving
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.tui.textual_patches.render_cache import KeptLines
from workshop_tui.tui.widgets.text_input import TypedLine


def lines(app: Driven, selector: str) -> list[textual.strip.Strip]:
    widget = app.widget(selector)
    assert isinstance(widget._styles_cache, KeptLines)
    return widget.render_lines(widget.region.reset_offset)


async def test_a_widget_is_painted_anew_only_where_something_changed(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(160, 45)) as app:  # a row is one line
        await app.to_block(BlockKind.STAKEHOLDERS)
        rail, table = lines(app, "#rail"), lines(app, "#main")
        await app.press("down")
        assert lines(app, "#rail") is rail
        changed = [
            n for n, (old, new) in enumerate(zip(table, lines(app, "#main"), strict=True)) if old != new
        ]
        assert len(changed) == 2  # the row that was left, and the one gone to


async def test_another_part_of_a_widget_is_another_painting(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        whole = lines(app, "#rail")
        part = app.widget("#rail").render_lines(Region(2, 3, 10, 4))
        assert [line.text for line in part] == [line.text[2:12] for line in whole[3:7]]


async def test_all_that_is_kept_is_what_would_be_painted_now(norvane: Path) -> None:
    async with driving(norvane, account="norvane") as app:
        for keys in ("n n n", "enter", "escape", "tab", "f4", "ctrl+p", "escape", "f4", "escape", "]"):
            await app.press(*keys.split())
            kept = app.rows
            for widget in app.app.screen.walk_children(Widget, with_self=True):
                widget._styles_cache.clear()
            assert app.rows == kept, keys


async def test_a_line_is_light(norvane: Path) -> None:
    async with driving(norvane) as app:
        (strip, *_) = lines(app, "#library")
        assert strip.divide([3, strip.cell_length]) is not strip.divide([3, strip.cell_length])
        assert not strip._divide_cache


async def test_no_letter_has_the_screen_laid_out(norvane: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(norvane, account="norvane") as app:
        await app.to_block(BlockKind.STAKEHOLDERS)
        await app.press("a", *"a name longer than the field, which scrolls with each letter")
        laid_out, arrange = [], Compositor._arrange_root

        def count(*args: Any, **more: Any) -> Any:
            laid_out.append(args)
            return arrange(*args, **more)

        typed = app.app.screen.query_one(TypedLine)
        monkeypatch.setattr(Compositor, "_arrange_root", count)
        before = typed.scroll_x
        await app.press("x")
        assert typed.scroll_x > before
        assert not laid_out


async def test_only_what_is_seen_where_something_changed_is_asked_for_its_lines(
    norvane: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(norvane, account="norvane") as app:
        rail, asked = app.widget("#rail"), []
        painted = Widget.render_lines

        def ask(widget: Widget, crop: Region) -> list[textual.strip.Strip]:
            asked.append(widget.id or type(widget).__name__)
            return painted(widget, crop)

        monkeypatch.setattr(Widget, "render_lines", ask)
        app.app.screen._compositor._render_chops(rail.region, lambda _line: True)
        assert asked == ["rail"]
        asked.clear()
        app.app.screen._compositor.render_full_update()
        assert {"rail", "main", "stage", "keys"} <= set(asked)
        assert not {"body", "middle", "views"} & set(asked)  # which lie wholly behind others


def textuals_own(compositor: Compositor) -> list[textual.strip.Strip]:
    """Return what Textual paints, by a copy of its compositor that is not patched."""
    spec = importlib.util.find_spec("textual._compositor")
    assert spec
    assert spec.loader
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    chops = fresh.Compositor._render_chops(compositor, compositor.size.region, lambda _line: True)
    return [textual.strip.Strip.join(chop.values()) for chop in chops]


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize(
    "keys", ["", "n n n", "n n n f6", "n n n v 2", "n n n a x y", "e", "f1", "/", "ctrl+p"]
)
async def test_all_is_painted_as_textual_paints_it(norvane: Path, keys: str, size: tuple[int, int]) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        await app.press(*keys.split())
        screen = app.app.screen
        ours = screen._compositor.render_strips()
        for widget in screen.walk_children(Widget, with_self=True):
            widget._styles_cache = StylesCache()
        theirs = textuals_own(screen._compositor)
        assert [line.simplify() for line in ours] == [line.simplify() for line in theirs]
