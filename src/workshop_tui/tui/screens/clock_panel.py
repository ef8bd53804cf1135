"""The clock, large, with what can be done with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import Static

from workshop_tui.domain.lifecycle.clock import LONGEST
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.step import Refused
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.tui.keyboard import APART
from workshop_tui.tui.screens.dialogs import HOW, Choose
from workshop_tui.tui.widgets.big_digits import ClockFace
from workshop_tui.tui.widgets.literal import set_text
from workshop_tui.views.cell import Choice
from workshop_tui.views.clock import face, running, session_line


class ClockPanel(Choose):
    """Shows the clock going on, and asks what to do with it: a key alone does it, and the panel goes away.

    As everywhere a letter waits a moment for the next one: of a word none is a command, it finds.
    The key that opens it does nothing in it: pressed again, what is typed next is still for the clock.
    """

    how = f"A key does it · {HOW}"

    def __init__(self, live: LivePlan, block: Block, choices: Sequence[Choice]) -> None:
        """Take the block that the clock is at or could be started for, and what can be done."""
        super().__init__(block.title, choices)
        self._live, self._block = live, block
        self._waits: Timer | None = None
        """Runs while a key may still be the first letter of a word."""

    def types(self, event: events.Key) -> bool:
        """Do what a key stands for, unless another one comes at once; words find what can be done."""
        self._forget_key()
        is_typed = super().types(event)
        meant = next((choice for choice in self._every if choice.key == self._typed), None)
        if is_typed and meant:
            self._waits = self.set_timer(APART, partial(self._take, str(meant.value)))
        return is_typed

    def _take(self, value: str) -> None:
        self.dismiss(value)

    def _forget_key(self) -> None:
        if self._waits:
            self._waits.stop()

    def action_go(self, by: int) -> None:
        """Highlight the next choice, or the one before: Enter takes it."""
        self._forget_key()
        super().action_go(by)

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
            set_text(told, session_line(self._live, now))


def typed_minutes(text: str) -> int:
    """Return minutes as they were typed; raises Refused with a sentence for what is none."""
    number = re.fullmatch(r"([+\-−]?)\s*(\d{1,3})", text.strip(), re.ASCII)
    if not number or not 0 < int(number[2]) <= LONGEST:
        told = f"«{text.strip()[:20]}» is no number of minutes"
        raise Refused(f"{told}: type a whole one up to {LONGEST}, as in 3, or -2 for fewer.")
    return int(number[2]) * (-1 if number[1] in {"-", "−"} else 1)
