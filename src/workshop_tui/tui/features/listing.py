"""Sorting, filtering and marking the rows of the open table, from wherever the cursor is."""

from __future__ import annotations

from functools import partial

from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.keyboard import Mode
from workshop_tui.tui.workspace import Workspace

NO_LIST = "Rows can't be sorted, filtered or marked in this view."
NO_ROW = "There is no row here to mark."
ELSEWHERE = "The filter is for the block's table: {} goes there."


def _why_no_list(workspace: Workspace) -> str:
    return "" if workspace.stage.listing.table_query else NO_LIST


def _why_no_filter(workspace: Workspace) -> str:
    """Return why nothing is filtered here: not the newest lines, and not unseen what stands above them."""
    focused = workspace.screen.focused
    if focused is not None and focused.id == "newest":
        return ELSEWHERE.format(key_of(workspace.screen, "panel.leave"))
    return _why_no_list(workspace)


def _why_no_mark(workspace: Workspace) -> str:
    row = workspace.stage.main.current
    return _why_no_list(workspace) or ("" if row and not row.placeholder else NO_ROW)


def _marks(workspace: Workspace) -> bool:
    return workspace.mode is Mode.BROWSE


def _has_list(workspace: Workspace) -> bool:
    return not _why_no_list(workspace)


def sort(workspace: Workspace) -> None:
    """Go to the block's table, and sort it."""
    workspace.stage.main.focus()
    workspace.stage.listing.sort()


def mark(workspace: Workspace, way: int) -> None:
    """Go to the block's table, mark its row, and go on."""
    workspace.stage.main.focus()
    workspace.stage.listing.mark(way)


_lists = partial(Command[Workspace], section=Section.LISTS, listed=_has_list)
COMMANDS = (
    _lists(
        "table.sort",
        "s",
        "Sort by this column",
        sort,
        "sort by the column under the cursor: up, down, off",
        disabled=_why_no_list,
    ),
    _lists(
        "table.filter",
        "slash",
        "Filter by typing",
        lambda workspace: workspace.stage.listing.filter(),
        "show the rows that have what is typed: name, title, role, style; words, theme, status; "
        "action, people, milestone",
        disabled=_why_no_filter,
        at_once=True,
    ),
    _lists(
        "table.mark",
        "m",
        "Mark the row",
        lambda workspace: mark(workspace, 1),
        "mark the row and go on: what is set in one marked row is set in all",
        disabled=_why_no_mark,
    ),
    _lists(
        "table.mark.down",
        "shift+down",
        "Mark downward",
        lambda workspace: mark(workspace, 1),
        disabled=_why_no_mark,
        applies=_marks,
    ),
    _lists(
        "table.mark.up",
        "shift+up",
        "Mark upward",
        lambda workspace: mark(workspace, -1),
        disabled=_why_no_mark,
        applies=_marks,
    ),
)
