"""What is said of a line while it is typed: chips for its parts, and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from workshop_tui.domain.capture.rows import Chip, State
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.views.text_layout import fit, wrapped

LINES = 3
"""Lines beneath the one that is typed."""

_SHOWN = {
    State.OK: ("", "$success"),
    State.NOTED: ("", "$warning"),
    State.FLAGGED: ("? ", "$warning"),
    State.REFUSED: ("✗ ", "bold $error"),
}


class ChipLine(Widget):
    """What is said of the line: chips, then sentences, in a few lines that never move the screen."""

    chips: reactive[tuple[Chip, ...]] = reactive(())
    said: reactive[tuple[tuple[str, str], ...]] = reactive(())
    """(sentence, style) for each, the most important first."""

    def render(self) -> RenderResult:
        """Paint the chips in what the first sentence leaves, and the other sentences in what is left."""
        width = max(self.size.width - 4, 10)
        said = [(line, style) for text, style in self.said for line in wrapped(text, width)]
        first = len(wrapped(self.said[0][0], width)) if self.said else 0
        lines = list(_chip_lines(self.chips, width))
        chips = lines[-max(LINES - first, 1) :]
        if chips != lines:
            chips[0] = Content("… ") + chips[0]
        room = LINES - len(chips)
        told = [
            literal(fit(line, width) if room == n else line, style) for n, (line, style) in enumerate(said, 1)
        ]
        return Content("\n").join([Content(" ") + line for line in (*chips, *told[:room])])


def _chip_lines(chips: Iterable[Chip], width: int) -> Iterator[Content]:
    line = Content()
    for chip in chips:
        sign, style = _SHOWN[chip.state]
        text = f"⟨{sign}{chip.text}⟩"
        text = text if cell_len(text) <= width else f"{fit(text, width - 1)}⟩"
        if line and line.cell_length + cell_len(text) + 1 > width:
            yield line
            line = Content()
        line = Content.assemble(line, " " if line else "", literal(text, style))
    if line:
        yield line
