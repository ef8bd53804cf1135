"""Sentences name commands, and say the key that each has for whoever uses the app."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from workshop_tui.tui.commands.registry import every_command
from workshop_tui.views.base import View
from workshop_tui.views.block_views import STAGES
from workshop_tui.views.cell import Cell
from workshop_tui.views.keys import filled, filled_table, key
from workshop_tui.views.table import Row, Table

KEYS = {"undo": "F8", "sheet.add": "Insert"}


def test_a_sentence_says_the_key_of_whoever_uses_the_app() -> None:
    assert filled(f"Seat 1: 4 → 5, {key('undo')} undoes", KEYS.__getitem__) == "Seat 1: 4 → 5, F8 undoes"
    assert filled("undo {undo} stays", KEYS.__getitem__) == "undo {undo} stays"


def test_a_table_says_it_wherever_it_stands() -> None:
    rows = (
        Row("h", heading=f"{key('undo')} brings it back"),
        Row("r", (Cell("as it is"), Cell(f"press {key('undo')}"))),
        Row("n", (Cell("nothing"),)),
    )
    table = filled_table(
        Table((), rows, f"None: {key('undo')}.", f"press {key('sheet.add')}"), KEYS.__getitem__
    )
    assert table.rows[0].heading == "F8 brings it back"
    assert [cell.text for cell in table.rows[1].cells] == ["as it is", "press F8"]
    assert table.rows[2] is rows[2]
    assert table.told_empty == "None: F8: press Insert"


@pytest.mark.parametrize(
    "view", [view for views in STAGES.values() for view in views], ids=lambda view: view().title
)
def test_what_a_view_invites_to_names_commands_that_there_are(view: Callable[[], View]) -> None:
    ids = {command.id for command in every_command()}

    def key_of(name: str) -> str:
        assert name in ids
        return "KEY"

    made = view()
    for text in (made.empty, made.invite, getattr(made, "none_found", "")):
        words = filled(text, key_of).split()
        assert not any(word in words for word in ("F2", "F4", "F5", "F7", "Ctrl+Z", "Esc"))
