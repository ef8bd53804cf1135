"""Copies rows and tables, as whoever looks sees them, so that they can be pasted elsewhere."""

from __future__ import annotations

import asyncio

from workshop_tui.clipboard import copy_by_command
from workshop_tui.tui.commands.command import Command, Section
from workshop_tui.tui.host import sent
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.workspace import Workspace
from workshop_tui.views.account.page import AccountView
from workshop_tui.views.base import entity_at
from workshop_tui.views.copied import as_line, as_markdown
from workshop_tui.views.table import Table

NO_ROW = "There is no row here to copy."
NO_TABLE = "This is a picture: a table can be copied in a view that is one."


def _sheet(workspace: Workspace) -> Sheet:
    """Return the table that one is in; that of the open view where one is in none."""
    focused = workspace.screen.focused
    return focused if isinstance(focused, Sheet) else workspace.stage.main


def row_text(workspace: Workspace) -> str:
    """Return the row under the cursor as a line, or those that are marked; "" where there is none."""
    live, sheet = workspace.live, _sheet(workspace)
    marked = [row for row in sheet.table.rows if row.marked]
    rows = marked or [row for row in (sheet.current,) if row and not row.placeholder]
    if (table := _table_behind(workspace, sheet)) and table.rows:
        ids = {row.id for row in rows}
        return "\n".join(as_line(live, table, row) for row in table.rows if row.id in ids)
    if workspace.stage.drawn and sheet is workspace.stage.main:
        entities = [entity_at(live.view, row.id) for row in rows]
        return "\n".join(live.view.name_of(type(row), *row.key) for row in entities if row)
    return "\n".join(filter(None, (as_line(live, sheet.table, row) for row in rows)))


def _table_behind(workspace: Workspace, sheet: Sheet) -> Table | None:
    """Return the table that is shown in columns, as a picture; None where the sheet shows its own."""
    drawn = workspace.stage.drawn
    is_in_columns = isinstance(drawn, AccountView) and sheet is workspace.stage.main
    return drawn.table(workspace.live) if drawn and is_in_columns else None


def _why_no_row(workspace: Workspace) -> str:
    return "" if workspace.app.told_path or row_text(workspace) else NO_ROW


def _is_picture(workspace: Workspace) -> bool:
    sheet = _sheet(workspace)
    is_drawn = bool(workspace.stage.drawn) and sheet is workspace.stage.main
    return is_drawn and _table_behind(workspace, sheet) is None


def _why_no_table(workspace: Workspace) -> str:
    return NO_TABLE if _is_picture(workspace) else "" if _sheet(workspace).table.rows else NO_ROW


def copy_row(workspace: Workspace) -> None:
    """Copy the row under the cursor, or those that are marked; a path that has just been told goes first."""
    path, workspace.app.told_path = workspace.app.told_path, ""
    text = path or row_text(workspace)
    rows = text.count("\n") + 1
    what = "The path" if path else "1 row" if rows == 1 else f"{rows} rows"
    workspace.run_worker(_copy, workspace, text, what, group="copy")


def copy_table(workspace: Workspace) -> None:
    """Copy the table one is in as Markdown."""
    sheet = _sheet(workspace)
    text = as_markdown(workspace.live, _table_behind(workspace, sheet) or sheet.table)
    workspace.run_worker(_copy, workspace, text, "The table as Markdown", group="copy")


async def _copy(workspace: Workspace, text: str, what: str) -> None:
    """Copy a text; a terminal that is asked to take one never says whether it did, as in tmux without it."""
    app = workspace.screen.app
    app.copy_to_clipboard(text)
    by = "" if app.is_web else await asyncio.to_thread(copy_by_command, text)
    workspace.stage.tell(f"{what} copied by {by}." if by else sent(what, workspace.screen))


COMMANDS = (
    Command[Workspace](
        "copy.row",
        "y",
        "Copy the row",
        copy_row,
        "copy the row or the marked ones in words · the table as Markdown",
        disabled=_why_no_row,
        section=Section.TABLE,
    ),
    Command[Workspace](
        "copy.table",
        "Y",
        "Copy the table as Markdown",
        copy_table,
        disabled=_why_no_table,
        section=Section.TABLE,
    ),
)
