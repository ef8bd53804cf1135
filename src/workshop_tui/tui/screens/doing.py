"""A screen on which something is done with a row as a whole: a menu of deeds, and its place in the order."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from workshop_tui.domain.step import Changes, Refused
from workshop_tui.tui.grid import Deed
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.screens.editing import EditingScreen
from workshop_tui.tui.screens.stage import Stage
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.table import Row


class DoingScreen(EditingScreen):
    """Offers what the open view can do with the row under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "do", "Do with this row", id="row.do", show=False),
        Binding("J", "shift(1)", "Move the row down", id="row.down", show=False),
        Binding("K", "shift(-1)", "Move the row up", id="row.up", show=False),
    ]

    def deeds_at(self, sheet: Sheet, row: Row) -> tuple[Deed, ...]:
        """Return what can be done with a row of a sheet: with those of agenda and gaps nothing."""
        stage = self.query_one(Stage)
        return stage.view.deeds(self.live, row.id) if stage.view and sheet is stage.main else ()

    @work(exclusive=True, group="deeds")
    async def action_do(self) -> None:
        """Ask which of the row's deeds, and do it."""
        main = self.query_one(Stage).main
        sheet = self.focused if isinstance(self.focused, Sheet) and self.focused.id != "card" else main
        row = sheet.current
        if self.is_closed():
            return
        marked = [each for each in sheet.table.rows if each.marked]
        deeds = self.deeds_at(sheet, row) if row else ()
        if not row or not deeds:
            these = f"the {len(marked)} marked rows together" if len(marked) > 1 else "this row"
            self.notify(f"Nothing more can be done with {these}.", markup=False)
            return
        choices = [(deed.key, deed.text, deed.key) for deed in deeds]
        name = f"{len(marked)} marked" if len(marked) > 1 else _name(sheet, *marked or [row])
        chosen = await self.app.ask(Choose(name, choices))
        if deed := next((deed for deed in deeds if deed.key == chosen), None):
            before = self.live.reached
            self._edit(sheet, deed.edit, "")
            if deed.told and self.live.reached > before:
                self.notify(deed.told, markup=False)

    def action_shift(self, by: int) -> None:
        """Move the row under the cursor among its neighbours."""
        stage = self.query_one(Stage)
        row, view = stage.main.current, stage.view
        if not row or not view:
            stage.tell("There is no row here to move.")
            return

        def build(_plan: object) -> Changes:
            return view.shift(self.live, row.id, by)

        try:
            if not self.live.commit(build):
                told = (
                    "It is the first or the last of them."
                    if view.ordered
                    else "These rows have no order of their own."
                )
                stage.tell(told)
        except Refused as refused:
            self._tell(str(refused))


def _name(sheet: Sheet, row: Row) -> str:
    """Return by what the room knows a row: the text of its first column that people wrote."""
    cell = row.cells[min(sheet.table.start, len(row.cells) - 1)] if row.cells else None
    return cell.text.partition("\n")[0] if cell else ""
