"""A screen with a capture line, and with a way in for contacts."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on, work
from textual.binding import Binding, BindingType

from workshop_tui.domain.words import CUSTOMER, BlockKind
from workshop_tui.tui.grid import Edit
from workshop_tui.tui.screens.newest import NewestScreen
from workshop_tui.tui.screens.stage import Stage
from workshop_tui.tui.stages.answers import about
from workshop_tui.tui.widgets.capture import PLACE, CaptureLine, Where
from workshop_tui.tui.widgets.editor import Editor
from workshop_tui.tui.widgets.sheet import Sheet

CLOSED_HERE = "Not available now."


class CapturingScreen(NewestScreen):
    """Takes a row with one line, typed from anywhere on it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2,ctrl+r", "capture", "Capture", id="capture", priority=True),
        Binding("i", "contacts", "Bring in contacts", id="contacts", show=False),
    ]

    def capture_line(self) -> CaptureLine:
        """Return the line, to be put on the screen."""
        return CaptureLine(self.live, self._where, self.keep_draft, self._back_to_stage)

    @property
    def capture(self) -> CaptureLine:
        """The line, open or not."""
        return self.query_one(CaptureLine)

    @property
    def is_typing(self) -> bool:
        """Whether somebody types, so that showing what has changed can wait."""
        return super().is_typing or self.capture.is_open

    def _where(self) -> Where:
        stage = self.query_one(Stage)
        if stage.block is None:
            return Where(BlockKind.ACTIONS)
        is_asking = stage.block.kind is BlockKind.VALUE
        asked = about(self.live.view, stage.at_cursor) if is_asking else (None, None)
        return Where(stage.block.kind, *asked)

    def action_capture(self) -> None:
        """Open the capture line; what was being edited is left once its last keys are typed."""
        self.query_one(Editor).action_leave()
        if self.is_closed():
            return
        self.capture.open(self.drafts().get(PLACE, ""))

    @on(CaptureLine.Added)
    def _show_added(self, event: CaptureLine.Added) -> None:
        """Let the room see at once what came in."""
        self.show()
        self.query_one(Stage).go_to(event.row)

    def _back_to_stage(self) -> None:
        self.set_focus(self.query_one(Stage).main)

    @on(events.DescendantFocus)
    def _gone_elsewhere(self) -> None:
        """Put the line away when the focus goes elsewhere, as by a click."""
        if self.capture.is_open and self.focused not in {None, self.capture.line}:
            self.capture.leave()

    def _edit(self, sheet: Sheet, edit: Edit, text: str, key: str = "") -> None:
        """Edit nothing that was asked for before the capture line came: the keys are its own now."""
        if self.focused is not self.capture.line:
            super()._edit(sheet, edit, text, key)

    def _left(self, edit: Edit, to: str) -> None:
        if not self.capture.is_open:
            super()._left(edit, to)

    def flush(self) -> None:
        """Hand over for saving what is being typed."""
        super().flush()
        if self.capture.is_open:
            self.capture.flush()

    def leave_all(self) -> None:
        """Stop typing at once, wherever."""
        self.query_one(Editor).leave()
        self.capture.leave()

    @work(exclusive=True, group="contacts")
    async def action_contacts(self) -> None:
        """Bring in contacts from a file; under the customer audience that stays closed."""
        if self.live.audience == CUSTOMER:
            self.notify(CLOSED_HERE, markup=False)
            return
        if self.is_closed():
            return
        from workshop_tui.tui.screens.contacts import Arriving, ContactsPreview, contacts_dialog

        read: list[Arriving] = []
        await self.app.ask(contacts_dialog(self.live, read.append))
        if read and self.live.audience != CUSTOMER:
            await self.app.ask(ContactsPreview(read[-1]))
