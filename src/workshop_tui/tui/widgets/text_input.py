"""Textual's line, so that nothing pasted is lost; what a line was before, for undo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import Input

from workshop_tui.domain.capture.pasted import rows_of
from workshop_tui.tui.keyboard import pass_on

AUTOSAVE = 0.15
"""Seconds of typing after which it is saved, or kept as a draft."""
TYPED_BEFORE = "Not saved yet: this was typed before."
"""What is said of a draft that is brought back."""
STEP = 32
"""Cells by which a line grows as it is typed."""


class TextHistory:
    """What a line was before, word by word: for undo within it. Textual's Input has none."""

    def __init__(self) -> None:
        """Start with an empty line."""
        self.begin("")

    def begin(self, text: str) -> None:
        """Have a line begin with a text: what was before is another line."""
        self._now = text
        self._way = 0
        """By how many letters it became longer or shorter last; 0 where it became another."""
        self._before: list[str] = []
        self._after: list[str] = []

    def note(self, text: str) -> None:
        """Note what the line is by now."""
        if text != self._now:
            way = len(text) - len(self._now)
            way = (
                way if way in {1, -1} else int(len(text) == 1)
            )  # a letter in the place of all: a word begins
            begins = way > 0 and self._now.endswith(" ") and not text.endswith(" ")
            if not way or way != self._way or begins:
                self._before.append(self._now)
            self._now, self._after, self._way = text, [], way

    def step(self, *, redo: bool = False) -> str | None:
        """Return what the line was before, or after that; None where nothing is known."""
        take, keep = (self._after, self._before) if redo else (self._before, self._after)
        if not take:
            return None
        keep.append(self._now)
        self._now, self._way = take.pop(), 0
        return self._now


class OneLine(Input):
    """An Input that takes a paste of several lines as one; Textual's keeps the first line alone."""

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()  # else the class beneath goes on with it
        event.stop()
        self.replace(" ".join(event.text.expandtabs(1).splitlines()), *self.selection)


class TypedLine(Input):
    """An Input that hands over a paste with all its lines and cells; Textual's keeps the first line alone."""

    @dataclass
    class Pasted(Message):
        """Text was pasted into a line."""

        line: TypedLine
        rows: list[list[str]]

    replaces: Callable[[str], None] | None = None
    """What hears at once of a whole line in whose place something else comes."""

    def replace(self, text: str, start: int, end: int) -> None:
        """Put a text in the place of what stands from one place to another."""
        if self.replaces and text and self.value and sorted((start, end)) == [0, len(self.value)]:
            self.replaces(self.value)
        super().replace(text, start, end)

    @property
    def content_width(self) -> int:
        """Grow by steps: Textual lays the whole screen out anew whenever this is another number."""
        return -(-super().content_width // STEP) * STEP

    async def _on_key(self, event: events.Key) -> None:
        pass_on(self, event)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.post_message(self.Pasted(self, rows_of(event.text)))
