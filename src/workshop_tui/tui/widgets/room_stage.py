"""The stage as the room sees it: what is open on the main screen, as large as wanted, and no keys."""

from __future__ import annotations

from workshop_tui.domain.model.session import Block
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.replica import LookedAt
from workshop_tui.tui.widgets.headline import HeadlineText
from workshop_tui.tui.widgets.stage import Stage
from workshop_tui.tui.widgets.status_bar import Tabs


class RoomStage(Stage):
    """Follows another stage as far as its own audience may look; takes no key, no mouse, and no focus."""

    can_focus_children = False

    def __init__(self, live: LivePlan) -> None:
        """Take the plan as it is cut for the room."""
        super().__init__(live)
        self.disabled = True
        self.roomy = True

    def scale(self, *, large: bool) -> None:
        """Show all large, what stands in large type alone; or as on the main screen."""
        self.roomy = large
        self.show(self.block)

    def follow(self, block: Block, place: LookedAt | None) -> None:
        """Show of a block what is looked at elsewhere; None for what is shown of it already.

        A view that the room may not see changes nothing.
        """
        self.block = block
        if place is None:
            self.show(block)
            return
        opened = [n for n, view in enumerate(self.views) if view.is_open(self.live)]
        wanted = [n for n in opened if self.views[n].name == place.view]
        if opened and self.number not in opened:
            wanted = wanted or opened
        if wanted:
            self._open[block.id, block.kind] = self.views[wanted[0]]
        if self.view:
            self.view.turn_to(self.live, place.subject)
        self.show(block)
        if any(row.id == place.row for row in self.main.table.rows):
            self.main.go_to(place.row)
        else:
            self.go_to(place.row)
        self._follow()
        self._hide_beneath()

    def show(self, block: Block | None) -> None:
        """Show a block as the live plan has it now."""
        super().show(block)
        self.query_one(Tabs).display = False
        self._hide_beneath()

    def _head(self) -> str:
        """Return the line above the table without what keys there are."""
        return self.view.head(self.live) if self.view else ""

    def _hide_beneath(self) -> None:
        """Have nothing beneath the large type: what is still to be asked is not for the room to read."""
        is_alone = self.roomy and self.query_one(HeadlineText).display
        self.query_one("#views").display = not is_alone
        self.set_class(is_alone, "alone")
