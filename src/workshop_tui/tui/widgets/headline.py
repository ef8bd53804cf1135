"""A few words in large type: bold, in the middle, in lines that are quickly read, with room about them."""

from __future__ import annotations

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.css.scalar import Scalar
from textual.geometry import Region
from textual.reactive import reactive
from textual.widget import Widget

from workshop_tui.tui.widgets.literal import literal
from workshop_tui.views.headline import Headline
from workshop_tui.views.text_layout import fit, wrapped

READABLE = 52
"""Cells of a line of large type: more are hard to follow from the back of a room."""
ROOMY, CLOSE = (6, 6), (4, 3)
"""Lines of the large words, and of those beneath, that are shown at the most; the editor has them all."""
LEAST = 2
"""Lines that are kept for the large words and for those beneath, so that nothing jumps."""
STYLES = {
    "text": "bold $foreground",
    "label": "$secondary",
    "muted": "$secondary",
    "good": "$success",
    "warn": "$warning",
}


Lines = tuple[tuple[str, str], ...]
"""Lines as (text, tone)."""


def balanced(text: str, width: int, most: int) -> tuple[str, ...]:
    """Break text into as few lines as there have to be, all about as long as each other; cut the rest."""
    lines = wrapped(text, width)
    if len(lines) > most:
        return (*lines[: most - 1], fit(f"{lines[most - 1]}…", width).rstrip())
    longest = min(max((cell_len(word) for word in text.split()), default=1), width)
    narrow = next(w for w in range(longest, width + 1) if len(wrapped(text, w)) <= len(lines))
    return wrapped(text, narrow)


def readable(width: int) -> int:
    """Return how long a line of large type may be where there are so many cells."""
    return max(min(width - 6, READABLE), 8)


def laid_out(large: Headline, width: int, *, roomy: bool) -> tuple[Lines, int]:
    """Return the lines of a headline so many cells wide, and at which of them the edited words begin."""
    most, room = ROOMY if roomy else CLOSE, readable(width)
    text, beneath = balanced(large.text, room, most[0]), balanced(large.beneath, room, most[1])
    air = (("", ""),) * (1 + roomy)
    above = (*air[1:], (large.label, "label"), *air)
    words = (*((line, "text") for line in text), *air[:1] * (LEAST - len(text)))
    told = (*((line, "beneath") for line in beneath), *air[:1] * (LEAST - len(beneath)))
    lines = (*above, *words, *air, *told, (large.note, large.tone or "muted"), *air[1:])
    return lines, len(above) if large.is_edited else len((*above, *words, *air))


class HeadlineText(Widget):
    """Large type over a table, for what its cursor is on."""

    large: reactive[Headline | None] = reactive(None, layout=False)

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's word
        """Start with nothing to show."""
        super().__init__(id=id)
        self.display = False
        self._roomy = self._is_alone = False

    def show(self, large: Headline | None, *, roomy: bool, alone: bool = False) -> None:
        """Show other words, or none; it is as high as they need, which is mostly as high as before.

        Alone it takes all the room there is, with the words in its middle.
        """
        self.display, self._roomy, self._is_alone, self.large = large is not None, roomy, alone, large
        height = Scalar.parse("1fr") if alone else Scalar.from_number(len(self._laid_out()[0]))
        if large and self.styles.height != height:
            self.styles.height = height

    def on_resize(self) -> None:
        """Break the lines anew."""
        self.show(self.large, roomy=self._roomy, alone=self._is_alone)
        self.refresh()

    def _laid_out(self) -> tuple[Lines, int]:
        lines, at = laid_out(self.large or Headline("", ""), self.content_size.width, roomy=self._roomy)
        above = max(self.content_size.height - len(lines), 0) // 2 if self._is_alone else 0
        return ((("", ""),) * above + lines, at + above)

    def edited(self) -> Region:
        """Return where on the screen the words stand that are edited."""
        area = self.content_region
        width = readable(area.width)
        return Region(area.x + (area.width - width) // 2, area.y + self._laid_out()[1], width, 1)

    def render(self) -> RenderResult:
        """Paint the lines; the style sheet puts them into the middle."""
        lines = self._laid_out()[0]
        return Content("\n").join(literal(text, STYLES.get(tone, "")) for text, tone in lines)
