"""The table of the newest lines."""

from __future__ import annotations

from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.views.cell import Cell
from workshop_tui.views.recent import WORDS


class NewestSheet(Sheet):
    """A table in which it is the words of a line that are changed, whatever column one is in."""

    def _ask(self, what: str, key: str = "", cell: Cell | None = None) -> None:
        if what == "edit" and self.current and self.col != WORDS:
            self.stand_at(self.current.id, WORDS)
        super()._ask(what, key, cell)
