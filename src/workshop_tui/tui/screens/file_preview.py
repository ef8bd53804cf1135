"""What a file would bring in, line by line, before anything of it is taken."""

from __future__ import annotations

from typing import ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Static

from workshop_tui.tui.commands.command import Commanded
from workshop_tui.tui.screens.dialogs import Dialog
from workshop_tui.tui.widgets.literal import literal, set_text
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.views.table import Table


class Previewed(Protocol):
    """What is shown: how much it is, and a line for each."""

    def counts(self) -> str:
        """Say how much would come in."""

    def table(self) -> Table:
        """Return the lines of the file."""


class FilePreview(Commanded, Dialog[None]):
    """Shows counts, lines and what is wrong; nothing has changed until it is taken."""

    part: ClassVar[str]
    """The id of its table; the counts above it and what is told beneath it are named after it."""
    titled: ClassVar[str]

    def __init__(self, previewed: Previewed) -> None:
        """Take what is shown."""
        super().__init__()
        self._previewed = previewed

    def compose(self) -> ComposeResult:
        """Make the counts, the lines of the file, and the buttons."""
        with Vertical(classes="dialog contacts") as box:
            box.border_title = literal(self.titled)
            yield Static(id=f"{self.part}-counts", markup=False)
            sheet = Sheet(id=self.part)
            sheet.may_add = sheet.may_remove = lambda: False
            yield sheet
            yield Static(id=f"{self.part}-told", classes="wrong", markup=False)
            with Horizontal(classes="buttons"):
                yield Button(literal(self.verb()), variant="primary", id="take")
                yield Button("Cancel", id="leave")

    def verb(self) -> str:
        """Return what the button says that takes it."""
        raise NotImplementedError

    def show(self, told: str = "") -> None:
        """Show anew what would come in, and say what is wrong."""
        set_text(self.query_one(f"#{self.part}-counts", Static), self._previewed.counts())
        self.query_one(Sheet).show(self._previewed.table())
        self.query_one(f"#{self.part}-told", Static).update(literal(f"✗ {told}" if told else ""))

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Go away; nothing has changed."""
        self.dismiss()
