"""The table of the newest lines."""

from __future__ import annotations

from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.views.cell import Cell


class NewestSheet(Sheet):
    """A table whose lines lead to the rows they tell of, whatever column one is in."""

    @property
    def leads(self) -> bool:
        """Whether the line under the cursor leads elsewhere, as each does."""
        return self.current is not None

    def on_show(self) -> None:
        """Have toasts stand over the pane: one tells of an undo, and the lines what that has changed."""
        self._lift_toasts(is_shown=True)

    def on_hide(self) -> None:
        """Have toasts stand at the foot again."""
        self._lift_toasts(is_shown=False)

    def _lift_toasts(self, *, is_shown: bool) -> None:
        for rack in self.screen.query_children("ToastRack"):
            rack.set_class(is_shown, "over-newest")

    def _ask(self, what: str, key: str = "", cell: Cell | None = None) -> None:
        if what == "edit" and self.current:
            self.post_message(self.Asked(self, self.current, what))
        else:
            super()._ask(what, key, cell)
