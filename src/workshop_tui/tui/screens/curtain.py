"""The curtain: one key covers everything, at once."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from workshop_tui.tui.keyboard import Mode


class Curtain(ModalScreen[None]):
    """An empty screen. Nothing answers under it but the keys that lift it."""

    key_mode = Mode.COVERED

    def compose(self) -> ComposeResult:
        """Say nothing but how to go on."""
        yield Static("One moment, please.", id="curtain")

    def on_mount(self) -> None:
        """Take down what could still tell something."""
        self.app.clear_notifications()
