"""The newest lines above the capture line: changed, removed, turned into one another from any block."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from workshop_tui.domain.step import Step
from workshop_tui.tui.grid import Deed
from workshop_tui.tui.screens.doing import DoingScreen
from workshop_tui.tui.stages.newest import newest_lines, turning
from workshop_tui.tui.told import PlanChanged
from workshop_tui.tui.widgets.change import entitle
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.table import Row


class NewestScreen(DoingScreen):
    """Has a pane for what was caught last."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r,f9", "newest", "Newest lines", id="newest", show=False),
    ]

    _lately: tuple[Step, ...] = ()

    def newest_pane(self) -> Sheet:
        """Return the pane, hidden, to be put on the screen."""
        pane = Sheet(id="newest", classes="pane")
        pane.display = False
        return pane

    @property
    def newest(self) -> Sheet:
        """The pane, shown or not."""
        return self.query_one("#newest", Sheet)

    def show_lines(self) -> None:
        """Show the lines that are known, those of them that may be seen now."""
        for pane in self.query("#newest").results(Sheet):  # none once the session is left
            pane.show(newest_lines(self.live, self._lately))
            entitle(pane, "Newest lines")

    def action_newest(self) -> None:
        """Go to the newest lines, or put them away."""
        if self.newest.has_focus:
            self.newest.display = False
            self.query_one("#stage").query(Sheet).first().focus()
            return
        self.newest.display = True
        self.newest.focus()
        self.show_newest()

    @on(PlanChanged)
    def _newest_changed(self) -> None:
        if self.newest.display:
            self.show_newest()

    @work(exclusive=True, group="newest")
    async def show_newest(self) -> None:
        """Show what the journal says came in last."""
        self._lately = await self.live.lately()
        self.show_lines()

    def deeds_at(self, sheet: Sheet, row: Row) -> tuple[Deed, ...]:
        """Return what can be done with a row of the pane, or of the stage."""
        return turning(self.live, row.id) if sheet is self.newest else super().deeds_at(sheet, row)
