"""The curtain: one key covers everything, at once."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from workshop_tui.tui.commands.command import key_of
from workshop_tui.tui.host import host_of
from workshop_tui.tui.keyboard import Mode
from workshop_tui.tui.widgets.literal import set_text

MOMENT = "One moment, please."
NOT_TYPED = "Keys do nothing here: {0} lifts this."
"""Said once somebody types, who believes that it goes into the line they were in."""


class Curtain(ModalScreen[None]):
    """An empty screen. Nothing answers under it but the keys that lift it."""

    key_mode = Mode.COVERED

    def compose(self) -> ComposeResult:
        """Say nothing but how to go on."""
        yield Static(MOMENT, id="curtain", markup=False)

    def on_mount(self) -> None:
        """Take down what could still tell something, and cover the room's window too."""
        self.app.clear_notifications()
        self._cover_room(covered=True)

    def on_unmount(self) -> None:
        """Uncover the room's window."""
        self._cover_room(covered=False)

    def on_key(self) -> None:
        """Say that what is typed goes nowhere."""
        self._tell()

    def on_paste(self, event: events.Paste) -> None:
        """Say the same of what is pasted."""
        event.stop()
        self._tell()

    def _tell(self) -> None:
        told = f"{MOMENT}\n\n{NOT_TYPED.format(key_of(self, 'curtain'))}"
        set_text(self.query_one("#curtain", Static), told)

    def _cover_room(self, *, covered: bool) -> None:
        if live := host_of(self).live:
            live.cover(covered=covered)
