"""A screen on which something is done with a row as a whole: a menu of deeds, and its place in the order."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from workshop_tui.domain.step import Changes, Refused
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.screens.editing import EditingScreen
from workshop_tui.tui.screens.stage import Stage


class DoingScreen(EditingScreen):
    """Offers what the open view can do with the row under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "do", "Do with this row", id="row.do", show=False),
        Binding("J", "shift(1)", "Move the row down", id="row.down", show=False),
        Binding("K", "shift(-1)", "Move the row up", id="row.up", show=False),
    ]

    @work(exclusive=True, group="deeds")
    async def action_do(self) -> None:
        """Ask which of the row's deeds, and do it."""
        stage = self.query_one(Stage)
        row, view = stage.main.current, stage.view
        deeds = view.deeds(self.live, row.id) if view and row else ()
        if not row or not deeds:
            self.notify("Nothing more can be done with this row.", markup=False)
            return
        name = row.cells[0].text.partition("\n")[0] if row.cells else ""
        chosen = await self.app.ask(Choose(name, [(deed.key, deed.text, deed.key) for deed in deeds]))
        deed = next((deed for deed in deeds if deed.key == chosen), None)
        if deed:
            self._edit(stage.main, deed.edit, "")

    def action_shift(self, by: int) -> None:
        """Move the row under the cursor among its neighbours."""
        stage = self.query_one(Stage)
        row, view = stage.main.current, stage.view
        if not row or not view:
            return

        def build(_plan: object) -> Changes:
            return view.shift(self.live, row.id, by)

        try:
            self.live.commit(build)
        except Refused as refused:
            self._tell(str(refused))
