"""The line at the top: where we are, who may look, and whether all is saved."""

from __future__ import annotations

from dataclasses import dataclass

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


class Bar(Widget):
    """Place, audience in colour, saved state. Three parts in one line, the audience never cut."""

    text: reactive[BarText] = reactive(BarText())

    def render(self) -> RenderResult:
        """Paint the line."""
        now, width = self.text, self.size.width
        badge = f" {now.audience} " if now.audience else ""
        saved = f" {now.saved} "
        room = max(width - cell_len(badge) - cell_len(saved) - 2, 0)
        return Content.assemble(
            literal(" " + fit(now.place, room) + " ", "bold"),
            literal(badge, f"bold $background on ${now.tone}") if badge else "",
            literal(saved, "bold $text-error" if now.wrong else "$text-muted"),
        )


class Tabs(Widget):
    """The names of a stage's views, each with its key; the open one stands out."""

    names: reactive[tuple[str, ...]] = reactive(())
    open: reactive[int] = reactive(0)

    def render(self) -> RenderResult:
        """Paint the names."""
        parts: list[Content | str] = []
        for number, name in enumerate(self.names):
            style = "bold $accent reverse" if number == self.open else "$text-muted"
            parts += [literal(f" {number + 1} {name} ", style), " "]
        return Content.assemble(*parts)

    def at(self, x: int) -> int | None:
        """Return which name stands at a column."""
        start = 0
        for number, name in enumerate(self.names):
            start += cell_len(name) + 5
            if x < start:
                return number
        return None
