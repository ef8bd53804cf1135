"""The line at the top: where we are, with whom, who may look, the time left, and whether all is saved."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from workshop_tui.tui.widgets.literal import fit, literal


@dataclass(frozen=True)
class BarText:
    """What stands in the bar."""

    place: str = ""
    audience: str = ""
    tone: str = "warning"
    saved: str = ""
    wrong: bool = False
    held: bool = False
    """Nothing can be changed, as in a sealed session: that has to be seen."""


@dataclass(frozen=True)
class ClockText:
    """What the clock says, the longest form first, and in which colour."""

    forms: tuple[str, ...] = ()
    tone: str = "accent"

    def within(self, room: int) -> str:
        """Return the longest form that has room; the shortest where none has, as time must not be hidden."""
        return _longest(self.forms, room)


def _longest(forms: tuple[str, ...], room: int) -> str:
    return next((form for form in forms if cell_len(form) <= room), "".join(forms[-1:]))


PLACE = 20
"""Cells that are kept for where we are, as long as the clock can be told more briefly."""


class Bar(Widget):
    """Place, who else is here, audience in colour, clock, saved state. One line, the audience never cut."""

    text: reactive[BarText] = reactive(BarText())
    clock: reactive[ClockText] = reactive(ClockText())
    company: reactive[tuple[str, ...]] = reactive(())
    """Who else has the account open, the longest form first."""

    def render(self) -> RenderResult:
        """Paint the line."""
        now, width = self.text, self.size.width
        badge = f" {now.audience} " if now.audience else ""
        least = cell_len(self.clock.within(0)) + 2
        said = min(cell_len(now.saved), max(width - cell_len(badge) - least - 4, 0))
        saved = f" {fit(now.saved, said)} "
        room = max(width - cell_len(badge) - cell_len(saved) - 2, 0)
        clock = f" {told} " if (told := self.clock.within(room - PLACE - 2)) else ""
        room = max(room - cell_len(clock), 0)
        others = f"{told} " if (told := _longest(self.company, room - cell_len(now.place) - 1)) else ""
        return Content.assemble(
            literal(f" {fit(now.place, max(room - cell_len(others), 0))} ", "bold"),
            literal(others, "$secondary"),
            literal(badge, f"bold $background on ${now.tone}") if badge else "",
            literal(clock, f"bold ${self.clock.tone}"),
            literal(saved, "bold $error" if now.wrong else "bold $accent" if now.held else "$secondary"),
        )


class Tabs(Widget):
    """The names of a stage's views, each with its key; the open one stands out."""

    names: reactive[tuple[str, ...]] = reactive(())
    open: reactive[int] = reactive(0)

    def render(self) -> RenderResult:
        """Paint the names."""
        return Content(" ").join(
            literal(label, "bold $background on $accent" if n == self.open else "$secondary")
            for n, label in enumerate(self._labels())
        )

    def _labels(self) -> list[str]:
        """Return what stands on each: the open one in full, the others as fully as there is room."""
        full = [f" {number} {name} " for number, name in enumerate(self.names, 1)]
        for others in (full, [label.strip() for label in full], [f" {n} " for n, _ in enumerate(full, 1)]):
            labels = [full[n] if n == self.open else other for n, other in enumerate(others)]
            if sum(cell_len(label) + 1 for label in labels) <= self.size.width + 1:
                break
        return labels

    def at(self, x: int) -> int | None:
        """Return which name stands at a column."""
        ends = accumulate(cell_len(label) + 1 for label in self._labels())
        return next((number for number, end in enumerate(ends) if x < end), None)
