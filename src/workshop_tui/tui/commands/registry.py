"""The registry of commands: all of them, by where they answer."""

from __future__ import annotations

from workshop_tui.tui.features import clock, export, focus_mode, navigation, panes, seal

WORKSHOP = (
    *focus_mode.COMMANDS,
    *clock.COMMANDS,
    *navigation.COMMANDS,
    *panes.COMMANDS,
    *export.COMMANDS,
    *seal.COMMANDS,
    *navigation.VIEWS,
)
"""What the keys of a session do, wherever the cursor is."""
