"""What is told in passing never covers the line that one types in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from textual.widget import Widget

from tests.app.driver import Driven, driving
from tests.app.test_sealed import begin_sealing, to_seal
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.tui.screens.dialogs import Ask, Field, Values
from workshop_tui.tui.widgets.editor import Editor


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
@pytest.mark.parametrize(
    ("kind", "column", "foot"),
    [
        (BlockKind.STAKEHOLDERS, "Title", True),
        (BlockKind.DISCOVERY, "Criterion", True),
        (BlockKind.STAKEHOLDERS, "Title", False),
    ],
)
async def test_a_toast_leaves_the_line_one_types_in_to_be_seen(
    norvane: Path, size: tuple[int, int], kind: BlockKind, column: str, foot: bool
) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        await app.to_block(kind)
        await app.to_view("1")
        await app.press("ctrl+end" if foot else "ctrl+home")
        main = app.sheet()
        rows = [
            row for row in main.table.rows if any(cell.edit for cell in row.cells) and not row.placeholder
        ]
        await app.go(rows[-1 if foot else 0].id, column, "main", "enter")
        await app.type_text(" watermelon")
        app.app.screen.notify(
            "Word is put in from afar, and this toast goes on for two whole lines of text, as some do."
        )
        await app.quiet()
        assert app.shows("as some do")
        editor = app.app.screen.query_one(Editor).region
        typed = "\n".join(row[editor.x : editor.right] for row in app.rows[editor.y : editor.bottom])
        assert "watermelon" in " ".join(typed.split())
        assert "Norvane Bank" in app.rows[0]
        await app.press("escape")
        assert not app.app.screen.query_children("ToastRack").first().has_class("above")


async def test_a_toast_leaves_the_newest_lines_to_be_seen(norvane: Path) -> None:
    async with driving(norvane, account="norvane", size=(120, 36)) as app:
        await app.press("f2")
        await app.type_text("d: Start with payments", "enter", "escape", "r")
        await app.wait_until(lambda: app.sheet("newest").region)
        app.app.screen.notify("Undone: new decision Start with payments")
        await app.quiet()
        pane = app.sheet("newest").region
        foot = next(y for y, row in enumerate(app.rows) if "Undone:" in row)
        assert foot < pane.y
        await app.press("f2")
        assert app.shows("Undone:")
        foot = next(y for y, row in enumerate(app.rows) if "Undone:" in row)
        assert foot < app.sheet("newest").region.y
        await app.press("escape", "r", "r")
        assert not app.sheet("newest").display
        foot = next(y for y, row in enumerate(app.rows) if "Undone:" in row)
        assert foot > pane.y


TOLD = "Word is put in from afar, and this toast goes on for two whole lines of text, as some do."


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_toast_leaves_the_foot_of_a_dialog_to_be_seen(norvane: Path, size: tuple[int, int]) -> None:
    async with driving(norvane, account="norvane", size=size) as app:
        await to_seal(app)
        app.app.notify(TOLD)
        await begin_sealing(app)
        assert app.text.count("as some do") == 1
        assert app.shows("Enter takes · Esc leaves")
        app.app.notify(TOLD)
        await app.press("escape")
        assert app.text.count("as some do") == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_toast_leaves_the_keys_and_the_line_one_types_in_of_a_tall_form_to_be_seen(
    norvane: Path, size: tuple[int, int]
) -> None:
    names = [f"line{n}" for n in range(20)]

    async def take(_values: Values) -> Mapping[str, str]:
        return {}

    async with driving(norvane, account="norvane", size=size) as app:
        app.app.push_screen(
            Ask("A tall form", [Field(name, name, name * 8) for name in names], take, "Take it")
        )
        await app.wait_until(lambda: app.shows("Esc cancel"), "the form is there")
        for name in names:
            app.app.notify(TOLD)
            await app.quiet()
            line = app.app.focused
            assert line is not None
            assert line.id == f"f-{name}"
            assert app.shows("as some do")
            await app.wait_until(partial(_is_told, app, line, f"{name} "), "it is scrolled to")
            assert _is_told(app, line, name * 8), app.text
            assert app.shows("Esc cancel")
            await app.press("down")


def _is_told(app: Driven, line: Widget, text: str) -> bool:
    """Whether a text stands in the row in which a line is typed in."""
    return text in app.rows[line.region.y]
