"""The clock, large, with what can be done with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import Static

from workshop_tui.domain.lifecycle.clock import LONGEST
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.step import Refused
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.widgets.big_digits import ClockFace
from workshop_tui.tui.widgets.literal import set_text
from workshop_tui.views.cell import Choice
from workshop_tui.views.clock import face, running, session_line


class ClockPanel(Choose):
    """Shows the clock going on, and asks what to do with it.

    The key that opens it does nothing in it: pressed again, what is typed next is still for the clock.
    """

    def __init__(self, live: LivePlan, block: Block, choices: Sequence[Choice], done: str = "") -> None:
        """Take the block that the clock is at or could be started for, what can be done, what was done."""
        super().__init__(block.title, choices)
        self._live, self._block, self._done = live, block, done

    def above(self) -> ComposeResult:
        """Make the face, and a line about the session."""
        yield ClockFace()
        yield Static(id="clock-told", markup=False)

    def on_mount(self) -> None:
        """Go on telling the time."""
        self.set_interval(1, self._tick)
        self._tick()

    def _tick(self) -> None:
        now = running(self._live)
        self._block = self._live.view.get(Block, self._block.id) or self._block
        for clock_face in self.query(ClockFace):  # none once it is being taken away
            clock_face.face = face(self._live, self._block, now)
        for told in self.query("#clock-told").results(Static):
            set_text(told, "\n".join(filter(None, (session_line(self._live, now), self._done))))


def typed_minutes(text: str) -> int:
    """Return minutes as they were typed; raises Refused with a sentence for what is none."""
    number = re.fullmatch(r"([+\-−]?)\s*(\d{1,3})", text.strip(), re.ASCII)
    if not number or not 0 < int(number[2]) <= LONGEST:
        told = f"«{text.strip()[:20]}» is no number of minutes"
        raise Refused(f"{told}: type a whole one up to {LONGEST}, as in 3, or -2 for fewer.")
    return int(number[2]) * (-1 if number[1] in {"-", "−"} else 1)
