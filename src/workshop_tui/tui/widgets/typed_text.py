"""Textual's text of several lines, so that nothing pasted is lost and undo is the app's."""

from __future__ import annotations

import os
from dataclasses import dataclass

from textual import events
from textual.app import SuspendNotSupported
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Selection

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.capture.pasted import is_list, rows_of
from workshop_tui.own_editor import EditorError, edited, program
from workshop_tui.tui.commands.command import Command, Commanded, Section
from workshop_tui.tui.host import host_of
from workshop_tui.tui.keyboard import pass_on

NO_EDITOR = "Name your editor in $VISUAL or $EDITOR first."
NOT_IN_A_BROWSER = "Your editor opens in a terminal, and not from a browser."
CANT_SUSPEND = "This terminal can't show another program."

NO_WORD = frozenset(".,;:!?…)]'’”»")
"""With what no word begins: it stands behind one, without a space."""


class TypedText(Commanded, TextArea):
    """A TextArea in which Enter is done, undo is the app's, and pasted rows and lists are handed over."""

    @dataclass
    class PastedRows(Message):
        """Rows or a list were pasted into an empty text."""

        rows: list[list[str]]

    KEY_COMMANDS = (
        Command["TypedText"](
            "editor.newline",
            "ctrl+j,alt+enter",
            "New line",
            lambda text: text.action_newline(),
            "a new line in a long text",
            section=Section.TYPING,
        ),
        Command["TypedText"](
            "editor.own",
            "ctrl+e",
            "Open in your own editor",
            lambda text: text.action_own_editor(),
            "open a long text in `$VISUAL` or `$EDITOR`",
            disabled=lambda text: text.why_no_editor,
            applies=lambda text: text.may_leave_screen,
            section=Section.TYPING,
        ),
    )

    _goes_on = False
    """Whether what is typed behind the text begins a word: until the first change, of a finished text."""

    def begin(self, text: str, *, goes_on: bool) -> None:
        """Begin with the cursor behind a text; `goes_on` says that it is finished, not half a word."""
        self.load_text(text)
        self.move_cursor(self.document.end)
        self._goes_on = goes_on and bool(text)

    def edit(self, edit: Edit) -> EditResult:
        """Change the text: what is typed after that goes on with what was typed."""
        self._goes_on = False
        return super().edit(edit)

    def _part_from_text(self, typed: str) -> None:
        """Put a space before what is typed behind a finished text, unless that belongs to its last word."""
        is_behind = self._goes_on and self.selection == Selection.cursor(self.document.end)
        if is_behind and typed[:1] not in NO_WORD and not typed[:1].isspace():
            self.insert(" ")

    async def _on_key(self, event: events.Key) -> None:
        if not pass_on(self, event) and event.is_printable and event.character:
            self._part_from_text(event.character)

    async def _on_paste(self, event: events.Paste) -> None:
        """Take a paste as it is, but rows and lists: they are no text of several lines."""
        if is_list(event.text) and not self.text:
            event.prevent_default()  # else the class beneath goes on with it
            event.stop()
            self.post_message(self.PastedRows(rows_of(event.text)))
        else:
            self._part_from_text(event.text)

    @property
    def may_leave_screen(self) -> bool:
        """Whether another program may show the text: not before the customer."""
        live = host_of(self).live
        return live is not None and live.audience != CUSTOMER

    @property
    def why_no_editor(self) -> str:
        """Why no other program can show the text, "" when one can."""
        return NOT_IN_A_BROWSER if self.app.is_web else "" if program(os.environ) else NO_EDITOR

    def action_own_editor(self) -> None:
        """Have the text changed in the user's own editor; nothing else goes on meanwhile."""
        try:
            with self.app.suspend():
                text = edited(self.text, program(os.environ))
        except EditorError as error:
            self.notify(str(error), severity="error", markup=False)
        except SuspendNotSupported:
            self.notify(CANT_SUSPEND, severity="error", markup=False)
        else:
            if text != self.text:
                self.load_text(text)
                self.move_cursor(self.document.end)

    def action_newline(self) -> None:
        """Begin a new line."""
        self.insert("\n")
