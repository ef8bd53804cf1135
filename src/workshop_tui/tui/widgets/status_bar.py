"""The line at the top: where we are, with whom, who may look, the time left, and whether all is saved."""

from __future__ import annotations

from itertools import accumulate
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from workshop_tui.tui.textual_patches.direct_paint import PaintsAlone
from workshop_tui.tui.widgets.literal import literal
from workshop_tui.views.status_bar import NAMED, BarText, ClockText, longest
from workshop_tui.views.text_layout import fit

PLACE = 20
"""Cells that are kept for where we are, as long as the clock can be told more briefly."""
_CUT = range(14, 2, -1)
"""Letters of a view's name at the most, where there is no room for all of them: as many as can be."""


class Bar(PaintsAlone):
    """Place, who else is here, audience in colour, clock, saved state. One line, the audience never cut.

    Painted by the Line API: it is what changes every second.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"bar--{tone}"
        for tone in ("place", "saved", "accent", "warning", "error", "on-warning", "on-error", "on-success")
    }
    text: reactive[BarText] = reactive(BarText())
    clock: reactive[ClockText] = reactive(ClockText(), repaint=False)
    others: reactive[tuple[str, ...]] = reactive(())
    """Who else has the account open, the longest form first."""
    waits: reactive[tuple[str, ...]] = reactive(())
    """How much that was typed waits to be gone on with, the longest form first."""

    def watch_clock(self) -> None:
        """Paint this line, each second."""
        self.paint()

    def render_line(self, y: int) -> Strip:
        """Paint the line."""
        segments = [Segment(text, self.tones[tone]) for text, tone in self._parts() if text and not y]
        return Strip(segments).adjust_cell_length(self.size.width, self.tones["place"])

    def _parts(self) -> tuple[tuple[str, str], ...]:
        """Return (text, tone) from left to right."""
        now, width = self.text, self.size.width
        badge = f" {now.audience} " if now.audience else ""
        least = cell_len(self.clock.within(0)) + 2
        said = min(cell_len(now.saved), max(width - cell_len(badge) - least - 4, 0))
        saved = f" {fit(now.saved, said)} "
        room = max(width - cell_len(badge) - cell_len(saved) - 2, 0)
        clock = f" {told} " if (told := self.clock.within(room - PLACE - 2)) else ""
        room = max(room - cell_len(clock), 0)
        waits = f"{told} " if (told := longest(self.waits, room - PLACE - 3)) else ""
        room = max(room - cell_len(waits), 0)
        day = longest(now.frozen, room - PLACE - 3)
        frozen = f"{fit(day, min(cell_len(day), room - 3))} " if day and room > PLACE // 2 else ""
        room = max(room - cell_len(frozen), 0)
        parted = "· " if waits or frozen else ""
        others = f"{parted}{told} " if (told := self._others_within(room - len(parted))) else ""
        return (
            (f" {fit(now.place, max(room - cell_len(others), 0))} ", "place"),
            (waits, "warning"),
            (frozen, "warning"),
            (others, "saved"),
            (badge, f"on-{now.tone}"),
            (clock, self.clock.tone),
            (saved, "error" if now.wrong else "accent" if now.held else "saved"),
        )

    def _others_within(self, room: int) -> str:
        """Return who else is here; that their screen is shared is worth more than the end of the place."""
        told = longest(self.others, room - cell_len(self.text.place) - 1)
        if told.startswith(NAMED):
            return told
        return longest(tuple(form for form in self.others if not form.startswith(NAMED)), room - PLACE - 1)


class Tabs(Widget):
    """The names of a stage's views, each with its key; the open one stands out."""

    names: reactive[tuple[str, ...]] = reactive(())
    open: reactive[int] = reactive(0)
    numbered: reactive[bool] = reactive(default=True)
    """Whether the digits open views now; else they are for the cell, and stand on no tab."""

    def render(self) -> RenderResult:
        """Paint the names."""
        return self.painted()

    def painted(self) -> Content:
        """Return the names as they are painted."""
        return Content(" ").join(
            literal(label, "bold $background on $accent" if n == self.open else "$secondary")
            for n, label in enumerate(self._labels())
        )

    @property
    def room(self) -> int:
        """Cells that there are for the names."""
        return self.size.width

    def _labels(self) -> list[str]:
        """Return what stands on each: the open one by its name, the others as fully as there is room."""
        signs = [str(number) if self.numbered else " " for number in range(1, len(self.names) + 1)]
        bare = [f"{sign} {name}" for sign, name in zip(signs, self.names, strict=True)]
        full = [f" {label} " for label in bare]
        short = [
            label[:3] if self.numbered else f" {name[:1]} "
            for label, name in zip(full, self.names, strict=True)
        ]
        cut = [
            [_cut(sign, name, most) for sign, name in zip(signs, self.names, strict=True)] for most in _CUT
        ]
        for own, others in (
            (full, full),
            (full, bare),
            (bare, bare),
            *((bare, each) for each in cut),
            (full, short),
        ):
            labels = [own[n] if n == self.open else other for n, other in enumerate(others)]
            if sum(cell_len(label) + 1 for label in labels) <= self.room + 1:
                break
        return labels

    def at(self, x: int) -> int | None:
        """Return which name stands at a column."""
        ends = accumulate(cell_len(label) + 1 for label in self._labels())
        return next((number for number, end in enumerate(ends) if x < end), None)


def _cut(sign: str, name: str, most: int) -> str:
    return f"{sign} {fit(name, min(cell_len(name), most)).rstrip()}"
