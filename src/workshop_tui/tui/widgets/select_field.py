"""A field of a dialog that holds one of a few values: what is typed on it finds one, open or closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.app import ComposeResult
from textual.content import Content
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

    def __init__(self, texts: Sequence[str], letters: Sequence[str]) -> None:
        """Take what is read of each choice, and the letter by which it is chosen; "" for none."""
        super().__init__()
        each = zip(texts, letters, strict=True)
        self._choices = tuple(Choice(str(at), text, letter) for at, (text, letter) in enumerate(each))
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


def _with_letter(text: str, letter: str) -> Content:
    """Return a choice with the letter underlined by which it is chosen, as it begins a word or not."""
    lower = text.lower()
    at = max(f" {lower}".find(f" {letter}"), -1) if letter else -1
    at = lower.find(letter) if letter and at < 0 else at
    return literal(text).stylize("underline", at, at + 1) if at >= 0 else literal(text)


class SelectField(Select[str]):
    """Shows the value that is chosen; a letter that is typed on it opens its list and looks for it there.

    So do the arrows and Space; Enter goes on, as it does from every line of a form.
    """

    def __init__(
        self, choices: Sequence[tuple[str, str]], value: str, id_: str, letters: Mapping[str, str]
    ) -> None:
        """Take what is read and the value of each choice, the value chosen first, and value → letter."""
        options = [(_with_letter(text, letters.get(each, "")), each) for text, each in choices]
        super().__init__(options, value=value, allow_blank=False, id=id_, compact=True)
        self._texts = [text for text, _ in choices]
        self._letters = [letters.get(each, "") for _, each in choices]

    def compose(self) -> ComposeResult:
        """Make the value and the list."""
        yield SelectCurrent(self.prompt)
        yield FoundList(self._texts, self._letters).data_bind(compact=Select.compact)

    def take_highlighted(self) -> None:
        """Take what is highlighted in the open list, and close it."""
        self.query_one(FoundList).action_select()

    def on_key(self, event: events.Key) -> None:
        """Look for a letter in the list, which opens for it; the keyboard may not have come there yet."""
        if event.is_printable and event.character != " ":
            event.stop()
            event.prevent_default()
            self.action_show_overlay()
            self.query_one(FoundList).find(event)
