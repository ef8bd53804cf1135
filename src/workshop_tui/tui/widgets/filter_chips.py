"""Words by which the rows can be filtered at once, each with how many it finds; a click does it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

from rich.cells import cell_len
from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from workshop_tui.tui.widgets.literal import literal


class FilterChips(Widget):
    """One line beneath the names of the views; it is there only where a view has such words."""

    chips: reactive[tuple[tuple[str, int], ...]] = reactive(())
    """(word, how many rows it finds)."""
    wanted: reactive[str] = reactive("")
    """What is filtered by now."""

    def __init__(self, seek: Callable[[str], None]) -> None:
        """Start hidden; `seek` takes the word that is clicked, "" to show all again."""
        super().__init__(id="chips")
        self.display = False
        self._seek = seek

    def show(self, chips: tuple[tuple[str, int], ...], wanted: str) -> None:
        """Show these words."""
        self.chips, self.wanted, self.display = chips, wanted, bool(chips)

    def _labels(self) -> list[str]:
        return [f" {word} {count} " for word, count in self.chips]

    def render(self) -> RenderResult:
        """Paint the words, that which is filtered by like the open view."""
        return Content(" ").join(
            literal(label, "bold $background on $accent" if word == self.wanted else "$warning on $panel")
            for label, (word, _) in zip(self._labels(), self.chips, strict=True)
        )

    def on_click(self, event: events.Click) -> None:
        """Filter by the word that was clicked, or no more by it."""
        ends = accumulate(cell_len(label) + 1 for label in self._labels())
        word = next((word for (word, _), end in zip(self.chips, ends, strict=True) if event.x < end), None)
        if word is not None:
            self._seek("" if word == self.wanted else word)
