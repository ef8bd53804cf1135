"""The table of who said what in a transcript, each turn a row that can become a line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual.message import Message

from workshop_tui.tui.commands.command import Command, Section
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.views.cell import Cell
from workshop_tui.views.row_id import TURN, RowId

_turn = partial(Command["TurnsSheet"], section=Section.TURNS, shown=True)


class TurnsSheet(Sheet):
    """Turns by speaker; a letter of the capture line opens it with the words of the turn."""

    KEY_COMMANDS: ClassVar[tuple[Command[Any], ...]] = (
        _turn(
            "turn.action",
            "a",
            "Action",
            lambda sheet: sheet.offer("a"),
            "the capture line with these words: an action · answer · decision · parked item · risk",
        ),
        _turn("turn.answer", "v", "Answer", lambda sheet: sheet.offer("v")),
        _turn("turn.decision", "d", "Decision", lambda sheet: sheet.offer("d")),
        _turn("turn.parked", "p", "Park", lambda sheet: sheet.offer("p")),
        _turn("turn.risk", "r", "Risk", lambda sheet: sheet.offer("r")),
    )

    @dataclass
    class Offered(Message):
        """A turn is to become a line, by the letter of its kind."""

        number: int
        letter: str

    def offer(self, letter: str) -> None:
        """Hand over the turn under the cursor."""
        if self.current and (at := RowId.parse(self.current.id)).kind == TURN:
            self.post_message(self.Offered(int(*at.key), letter))

    def _ask(self, what: str, key: str = "", cell: Cell | None = None) -> None:
        """Change nothing: what was said was said."""
