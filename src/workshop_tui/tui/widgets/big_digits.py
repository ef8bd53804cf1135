"""The clock in large figures, for the back of the room."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from workshop_tui.tui.textual_patches.direct_paint import PaintsAlone
from workshop_tui.views.clock import Face, big_digits


class ClockFace(PaintsAlone):
    """Figures as large as there is room for, with a line beneath, in the middle."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"face--accent", "face--warning", "face--error"}
    face: reactive[Face] = reactive(Face(), repaint=False)

    def watch_face(self) -> None:
        """Paint the figures."""
        self.paint()

    def render_line(self, y: int) -> Strip:
        """Paint one line."""
        width, height = self.size
        figures = big_digits(self.face.figures, width, max(height - 2, 1))
        lines = (*figures, "", self.face.caption.center(width).rstrip())
        at = y - max((height - len(lines)) // 2, 0)
        text = lines[at] if 0 <= at < len(lines) else ""
        return Strip([Segment(text, self.tones[self.face.tone])]).adjust_cell_length(width, self.rich_style)
