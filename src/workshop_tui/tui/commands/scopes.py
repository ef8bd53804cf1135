"""The registry of commands: all of them, by where they answer. It imports every screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop_tui.tui.app import WorkshopApp
from workshop_tui.tui.commands.command import Command
from workshop_tui.tui.notes_app import NotesApp
from workshop_tui.tui.screens.clock_panel import ClockPanel
from workshop_tui.tui.screens.contacts import ContactsPreview
from workshop_tui.tui.screens.dialogs import Ask, Choose
from workshop_tui.tui.screens.help import Help
from workshop_tui.tui.screens.library import AccountList, Library
from workshop_tui.tui.screens.workshop import WorkshopScreen
from workshop_tui.tui.widgets.canvas import Canvas
from workshop_tui.tui.widgets.capture_line import CaptureLine
from workshop_tui.tui.widgets.editor import Editor
from workshop_tui.tui.widgets.filter_line import FilterLine, Sifting
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.text_input import TypedText
from workshop_tui.tui.widgets.views_line import ViewsLine

SCOPES: Mapping[str, tuple[Command[Any], ...]] = {
    holder.__name__: holder.KEY_COMMANDS
    for holder in (
        WorkshopApp,
        Sheet,
        WorkshopScreen,
        ViewsLine,
        Sifting,
        FilterLine,
        Canvas,
        Editor,
        TypedText,
        CaptureLine,
        ContactsPreview,
        AccountList,
        Library,
        Ask,
        Choose,
        Help,
        ClockPanel,
        NotesApp,
    )
}
"""The commands of each scope, by the name of what holds them."""


def every_command() -> tuple[Command[Any], ...]:
    """Return the commands of all scopes, in the order in which they are told."""
    return tuple(command for commands in SCOPES.values() for command in commands)
