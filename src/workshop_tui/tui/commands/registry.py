"""The registry of commands: all of them, by where they answer. It imports every screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from workshop_tui.tui.app import WorkshopApp
from workshop_tui.tui.commands.command import Command, Commanded
from workshop_tui.tui.notes_app import NotesApp
from workshop_tui.tui.room_app import RoomApp
from workshop_tui.tui.screens.contacts import ContactsPreview
from workshop_tui.tui.screens.dialogs import Ask, Choose
from workshop_tui.tui.screens.exporting import ExportDialog
from workshop_tui.tui.screens.help import Help
from workshop_tui.tui.screens.library import AccountList, Library
from workshop_tui.tui.screens.plan_update import PlanUpdateScreen
from workshop_tui.tui.screens.review import ReviewDialog
from workshop_tui.tui.screens.search import SearchScreen
from workshop_tui.tui.screens.side_by_side import AccountRows, LessonsLearnt, Selection
from workshop_tui.tui.screens.workshop import WorkshopScreen
from workshop_tui.tui.widgets.canvas import Canvas
from workshop_tui.tui.widgets.capture_line import CaptureLine
from workshop_tui.tui.widgets.editor import Editor
from workshop_tui.tui.widgets.filter_line import FilterLine
from workshop_tui.tui.widgets.library_pages import (
    ActionsPage,
    MondayPage,
    PageRows,
    SidePane,
)
from workshop_tui.tui.widgets.search_pane import SearchPane
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.stage import Stage
from workshop_tui.tui.widgets.turns_sheet import TurnsSheet
from workshop_tui.tui.widgets.typed_text import TypedText
from workshop_tui.tui.widgets.views_line import ViewsLine

_SESSION = (WorkshopApp, WorkshopScreen)

TOGETHER: tuple[tuple[type[Commanded], ...], ...] = (
    (WorkshopApp, AccountList, Library),
    (WorkshopApp, AccountRows, Selection),
    (WorkshopApp, AccountRows, LessonsLearnt),
    (WorkshopApp, SearchScreen, SearchPane),
    (WorkshopApp, ContactsPreview, Sheet),
    (WorkshopApp, PlanUpdateScreen, Sheet),
    (WorkshopApp, ReviewDialog),
    (*_SESSION, ViewsLine),
    *((*_SESSION, Stage, focused) for focused in (Sheet, FilterLine, Canvas, TurnsSheet)),
    (*_SESSION, Editor, TypedText),
    (*_SESSION, CaptureLine),
    *((WorkshopApp, dialog) for dialog in (Ask, ExportDialog, Choose, Help)),
    (WorkshopApp, PageRows, MondayPage, Library),
    (WorkshopApp, PageRows, ActionsPage, Library),
    (WorkshopApp, Canvas, MondayPage, Library),
    (WorkshopApp, Canvas, ActionsPage, Library),
    (WorkshopApp, SidePane, ActionsPage, Library),
    (WorkshopApp, FilterLine, Library),
    (WorkshopApp, SearchPane, Library),
    (NotesApp,),
    (RoomApp,),
)
"""The scopes that answer to keys together: an app, a screen, and what has the focus there."""

SCOPES: Mapping[str, tuple[Command[Any], ...]] = {
    scope.__name__: scope.KEY_COMMANDS for scope in dict.fromkeys(chain.from_iterable(TOGETHER))
}
"""The commands of each scope, by the name of what holds them."""


def every_command() -> tuple[Command[Any], ...]:
    """Return the commands of all scopes, in the order in which they are told."""
    return tuple(command for commands in SCOPES.values() for command in commands)


def with_keys(scopes: Iterable[type[Commanded]]) -> dict[str, Command[Any]]:
    """Return the commands that have a key where these scopes answer together, by their ids."""
    return {name: each for scope in scopes for name, each in scope.by_id.items() if each.keys}
