"""What is done with a row as a whole: a menu of what its view offers, and its place in the order."""

from __future__ import annotations

from workshop_tui.domain.plan.step import Changes, Refused
from workshop_tui.tui.commands.command import Command, Section
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.workspace import Workspace, why_sealed
from workshop_tui.views.cell import Choice, Col, RowAction
from workshop_tui.views.table import Row


def choose(workspace: Workspace) -> None:
    """Ask what to do with the row under the cursor, and do it."""
    workspace.run_worker(_choose, workspace, group="row", exclusive=True)


def _sheet(workspace: Workspace) -> Sheet:
    """Return the table whose row is meant: the one that has the keyboard, for a card that of its row."""
    focused = workspace.screen.focused
    return focused if isinstance(focused, Sheet) and focused.id != "card" else workspace.stage.main


def _meant(sheet: Sheet) -> tuple[Row | None, list[Row]]:
    """Return the row that is meant, and all that are marked: those also from a line for a new row."""
    marked = [each for each in sheet.table.rows if each.marked]
    return marked[0] if marked else sheet.current, marked


def _has_any(workspace: Workspace) -> bool:
    """Whether anything more can be done with the row that is meant."""
    sheet = _sheet(workspace)
    row, _ = _meant(sheet)
    return row is not None and bool(_actions(workspace, sheet, row))


async def _choose(workspace: Workspace) -> None:
    sheet = _sheet(workspace)
    row, marked = _meant(sheet)
    actions = _actions(workspace, sheet, row) if row else ()
    if not row or not actions:
        these = f"the {len(marked)} marked rows together" if len(marked) > 1 else "this row"
        workspace.say(f"Nothing more can be done with {these}.")
        return
    choices = [Choice(action.key, action.text, action.key) for action in actions]
    name = f"{len(marked)} marked" if len(marked) > 1 else _name(workspace, sheet, row)
    chosen = await workspace.ask(Choose(name, choices))
    action = next((action for action in actions if action.key == chosen), None)
    if action and sheet.opens:
        before = workspace.live.reached
        sheet.opens(sheet, action.edit, "", "")
        if action.told and workspace.live.reached > before:
            workspace.say(action.told)


def _actions(workspace: Workspace, sheet: Sheet, row: Row) -> tuple[RowAction, ...]:
    """Return what can be done with a row: what its pane offers, or the open view; else nothing."""
    if offered := workspace.row_actions.get(sheet.id or ""):
        return offered(row)
    stage = workspace.stage
    return stage.view.row_actions(workspace.live, row.id) if stage.view and sheet is stage.main else ()


def _name(workspace: Workspace, sheet: Sheet, row: Row) -> str:
    """Return by what the room knows a row: the text of its first column that people wrote.

    A picture has no columns: there it is what its row is called.
    """
    if row.cells:
        named = (n for n, col in enumerate(sheet.table.cols) if isinstance(col, Col) and col.is_name)
        at = next(named, sheet.table.start)
        return row.cells[min(at, len(row.cells) - 1)].text.partition("\n")[0]
    view = workspace.stage.view
    return view.called_at(workspace.live, row.id).partition("\n")[0] if view else ""


def shift(workspace: Workspace, by: int) -> None:
    """Move the row under the cursor among its neighbours."""
    stage = workspace.stage
    row, view = stage.main.current, stage.view
    if not row or not view:
        stage.tell("There is no row here to move.")
        return

    def build(_plan: object) -> Changes:
        return view.shift(workspace.live, row.id, by)

    try:
        if not workspace.live.commit(build):
            at_end, no_order = (
                "This row can't go further.",
                "These rows can't be moved.",
            )
            stage.tell(at_end if view.ordered else no_order)
    except Refused as refused:
        workspace.tell(str(refused))


COMMANDS = (
    Command[Workspace](
        "row.do",
        "d",
        "Do with this row",
        choose,
        "what else can be done with the row",
        disabled=why_sealed,
        listed=_has_any,
        section=Section.TABLE,
    ),
    Command[Workspace](
        "row.down",
        "J",
        "Move the row down",
        lambda workspace: shift(workspace, 1),
        "move the row down or up, where rows have an order",
        disabled=why_sealed,
        section=Section.TABLE,
    ),
    Command[Workspace](
        "row.up",
        "K",
        "Move the row up",
        lambda workspace: shift(workspace, -1),
        disabled=why_sealed,
        section=Section.TABLE,
    ),
)
