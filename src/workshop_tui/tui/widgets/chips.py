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
_WORDS = (40, 24, 12)
"""Cells to which the words of the line are cut, each where the one before leaves too little to the rest."""

_LONG = 60
"""Cells to which any part is cut before a line of them is left out."""

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

    @property
    def columns(self) -> int:
        """How many cells a line of it has; also before it is laid out, as it goes across the screen."""
        return max((self.size.width or self.screen.size.width) - 4, 10)

    def left_by(self, chips: Iterable[Chip]) -> int:
        """Return how many lines chips leave to what is said of them, one at the least."""
        return LINES - len(_chip_lines_in(chips, self.columns, LINES - 1))

    def render(self) -> RenderResult:
        """Paint the chips in what the first sentence leaves, and the other sentences in what is left."""
        width = self.columns
        said = [line for text, style in self.said for line in _lines(text, style, width)]
        first = len(wrapped(self.said[0][0], width)) if self.said else 0
        chips = _chip_lines_in(self.chips, width, max(LINES - first, 1))
        room = LINES - len(chips)
        told = [literal(line, style) for line, style, _ in said[:room]]
        if 0 < room <= len(said):  # what is told last may go on
            line, style, goes_on = said[room - 1]
            told[-1] = literal(_cut(line, width) if goes_on else fit(line, width), style)
        return Content("\n").join([Content(" ") + line for line in (*chips, *told)])


def _lines(text: str, style: str, width: int) -> Iterator[tuple[str, str, bool]]:
    """Yield the lines of a sentence, each with whether it goes on behind it."""
    lines = wrapped(text, width)
    yield from ((line, style, n < len(lines)) for n, line in enumerate(lines, 1))


def _cut(line: str, width: int) -> str:
    """Return the last line there is room for of a sentence that goes on."""
    return f"{fit(line, min(cell_len(line), width - 2)).rstrip()} …"


def _chip_lines_in(chips: Iterable[Chip], width: int, room: int) -> list[Content]:
    """Return the chips in so many lines: the first always, which says what it is and where it goes."""
    for words in (width, *_WORDS):
        lines = list(_chip_lines(chips, width, words))
        if len(lines) <= room:
            return lines
    shorter = list(_chip_lines(chips, width, _WORDS[-1], most=_LONG))
    if len(shorter) <= room:
        return shorter
    last = lines[len(lines) - room + 1 :]
    return [lines[0], *(line if n else Content("… ") + line for n, line in enumerate(last))]


def _chip_lines(chips: Iterable[Chip], width: int, words: int, most: int = 0) -> Iterator[Content]:
    line, widest = Content(), min(width, most or width)
    for chip in chips:
        sign, style = _SHOWN[chip.state]
        text, cells = f"⟨{sign}{chip.text}⟩", min(widest, words) if chip.is_words else widest
        text = text if cell_len(text) <= cells else f"{fit(text, cells - 1)}⟩"
        if line and line.cell_length + cell_len(text) + 1 > width:
            yield line
            line = Content()
        line = Content.assemble(line, " " if line else "", literal(text, style))
    if line:
        yield line
