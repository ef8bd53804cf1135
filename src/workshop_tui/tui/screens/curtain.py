"""The curtain: one key covers everything, at once."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from workshop_tui.tui.host import host_of
from workshop_tui.tui.keyboard import Mode

MOMENT = "One moment, please."


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

    def _cover_room(self, *, covered: bool) -> None:
        if live := host_of(self).live:
            live.cover(covered=covered)
