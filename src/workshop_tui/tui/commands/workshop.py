"""The commands of the workshop, feature by feature."""

from __future__ import annotations

from workshop_tui.tui.features import (
    attendance,
    capture,
    clock,
    contacts,
    copying,
    export,
    focus_mode,
    listing,
    looking_back,
    navigation,
    panes,
    recent,
    row_actions,
    scorecard,
    seal,
    searching,
    transcript,
    undo,
)

WORKSHOP = (
    *listing.COMMANDS,
    *row_actions.COMMANDS,
    *copying.COMMANDS,
    *recent.COMMANDS,
    *capture.COMMANDS,
    *contacts.COMMANDS,
    *transcript.COMMANDS,
    *focus_mode.COMMANDS,
    *clock.COMMANDS,
    *undo.COMMANDS,
    *navigation.COMMANDS,
    *panes.COMMANDS,
    *scorecard.COMMANDS,
    *searching.COMMANDS,
    *looking_back.COMMANDS,
    *attendance.COMMANDS,
    *export.COMMANDS,
    *seal.COMMANDS,
    *navigation.BY_DIGIT,
)
"""What the keys of a session do, wherever the cursor is."""
