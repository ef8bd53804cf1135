"""A field of a dialog that holds one of a few values: what is typed on it finds one, open or closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Select
from textual.widgets._select import SelectCurrent, SelectOverlay

from workshop_tui.tui.widgets.literal import literal
from workshop_tui.views.cell import Choice
from workshop_tui.views.choice_list import matching

PAUSE = 1.0
"""Seconds without a letter after which the next one begins another word to look for."""


class FoundList(SelectOverlay):
    """The list of a field: words are found in it as in every list, wherever they stand in a choice.

    Textual looks for what is typed in plain strings alone, and takes none of our choices for one.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Take what is read of each choice."""
        super().__init__()
        self._choices = tuple(Choice(str(at), text) for at, text in enumerate(texts))
        self._typed, self._typed_at = "", 0.0

    def find(self, letter: events.Key) -> None:
        """Go to what fits best once a letter more is typed, or to what fits that alone where nothing does."""
        character = letter.character or ""
        before = self._typed if letter.time - self._typed_at < PAUSE else ""
        self._typed_at = letter.time
        for typed in (before + character, character):
            self._typed = typed
            if typed.strip() and (found := matching(self._choices, typed)):
                self.select(int(str(found[0].value)))
                return

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable:
            event.stop()
            event.prevent_default()
            self.find(event)


class SelectField(Select[str]):
    """Shows the value that is chosen; a letter that is typed on it opens its list and looks for it there."""

    @dataclass
    class Taken(Message):
        """A value was taken from the list, be it the one it had: Enter goes on to the next line."""

        field: SelectField

    def __init__(self, choices: Sequence[tuple[str, str]], value: str, id_: str) -> None:
        """Take what is read and the value of each choice, and the value chosen first."""
        options = [(literal(text), each) for text, each in choices]
        super().__init__(options, value=value, allow_blank=False, id=id_, compact=True)
        self._texts = [text for text, _ in choices]

    def compose(self) -> ComposeResult:
        """Make the value and the list."""
        yield SelectCurrent(self.prompt)
        yield FoundList(self._texts).data_bind(compact=Select.compact)

    @on(SelectOverlay.UpdateSelection)
    def _take(self) -> None:
        self.post_message(self.Taken(self))

    def on_key(self, event: events.Key) -> None:
        """Look for a letter in the list, which opens for it; the keyboard may not have come there yet."""
        if event.is_printable and event.character != " ":
            event.stop()
            event.prevent_default()
            self.action_show_overlay()
            self.query_one(FoundList).find(event)
