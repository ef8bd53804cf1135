"""A Markdown plan comes back: which file, a preview of what would change, and one Step that changes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from textual import on, work
from textual.widgets import Button

from workshop_tui.documents.errors import DocumentError
from workshop_tui.domain.plan.step import Change
from workshop_tui.live.plan_update import PlanUpdate
from workshop_tui.os_errors import why
from workshop_tui.store.errors import StoreError
from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.screens.dialogs import LEAVE, Ask, Field, Values
from workshop_tui.tui.screens.file_preview import FilePreview
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.views.keys import key
from workshop_tui.views.plan_update import UpdatePreview
from workshop_tui.views.row_id import RowId


def update_dialog(
    read: Callable[[str], Awaitable[PlanUpdate]], found: Callable[[UpdatePreview], object]
) -> Ask:
    """Return a dialog that asks for a file and hands over what it would change."""

    async def take(values: Values) -> Mapping[str, str]:
        typed = values["path"].strip()
        if not typed:
            return {"path": "Type where the file is."}
        try:
            found(UpdatePreview(await read(typed), Path(typed).name))
        except (DocumentError, StoreError) as error:
            return {"path": f"{Path(typed).name}: {error}"}
        except (OSError, ValueError) as error:
            return {"path": f"{typed} can't be read, as {why(error)}."}
        return {}

    field = Field("path", "File", "", "A Markdown plan that was exported, and people have worked in.")
    return Ask("Read a plan back", (field,), take, "Preview")


_preview = partial(Command[Any], section=Section.UPDATE)


class PlanUpdateScreen(FilePreview):
    """Shows what a plan that comes back would change; nothing has changed until it is taken."""

    KEY_COMMANDS = (
        LEAVE,
        _preview(
            "update.take",
            "ctrl+s",
            "Take over",
            lambda preview: preview.action_take(),
            "take the changes over",
        ),
    )
    AUTO_FOCUS = None
    part, titled = "update", "Read a plan back"

    def __init__(self, preview: UpdatePreview, take: Callable[[tuple[Change, ...]], Awaitable[str]]) -> None:
        """Take what would change, and who carries it out: that tells what is wrong, or nothing."""
        super().__init__(preview)
        self._preview, self._take = preview, take

    def verb(self) -> str:
        """Return what the button says that takes it."""
        return "Take over"

    def on_mount(self) -> None:
        """Show what would change; Enter takes it where nothing is to be chosen."""
        self.show()
        is_open = bool(self._preview.first_open)
        (self.query_one(Sheet) if is_open else self.query_one("#take", Button)).focus()
        if is_open:
            self.query_one(Sheet).go_to(self._preview.first_open)

    @on(Sheet.Asked)
    def _asked(self, event: Sheet.Asked) -> None:
        event.stop()
        if event.what == "edit" and self._preview.choose_next(RowId.parse(event.row.id)):
            self.show()
        else:
            self.notify("Only lines that are still to be chosen are changed here.", markup=False)

    @on(Button.Pressed, "#take")
    @work(exclusive=True)
    async def action_take(self) -> None:
        """Change what is shown; refuse while a line is still to be chosen."""
        if first := self._preview.first_open:
            self.query_one(Sheet).focus()
            self.query_one(Sheet).go_to(first)
            self.show(f"Say of each line with a ? what holds: {key_of(self, 'sheet.edit')} on it chooses.")
            return
        if changes := self._preview.changes():
            told = f"{self._preview.summary()}: {key('undo')} takes all of it back."
            if wrong := await self._take(changes):
                self.show(wrong)
                return
        else:
            told = "Nothing has changed."
        self.dismiss()
        self.app.notify(told, markup=False)
