"""The clock in large figures, for the back of the room."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from workshop_tui.tui.clock import Face, large
from workshop_tui.tui.widgets.literal import literal


class ClockFace(Widget):
    """Figures as large as there is room for, with a line beneath. Paints itself alone when they change."""

    face: reactive[Face] = reactive(Face())

    def render(self) -> RenderResult:
        """Paint the figures in the middle."""
        width, height = self.size
        lines = large(self.face.figures, width, max(height - 2, 1))
        above = max((height - len(lines) - 2) // 2, 0)
        return Content("\n").join(
            (
                *[Content("")] * above,
                *(literal(line, f"bold ${self.face.tone}") for line in lines),
                Content(""),
                literal(self.face.caption.center(width).rstrip(), f"${self.face.tone}"),
            )
        )
