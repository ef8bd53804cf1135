"""Removing a row, with what belongs to it."""

from __future__ import annotations

from workshop_tui.domain.plan.step import Refused, removal
from workshop_tui.tui.commands.command import key_of
from workshop_tui.tui.screens.dialogs import confirm
from workshop_tui.tui.workspace import Workspace
from workshop_tui.views.base import entity_at
from workshop_tui.views.removing import called, question


def remove(workspace: Workspace, *rows: str) -> None:
    """Remove what rows show, in one Step; ask first where more goes out than the one under the cursor."""
    workspace.run_worker(_remove, workspace, *rows, group="remove")


async def _remove(workspace: Workspace, *names: str) -> None:
    live = workspace.live
    rows = [entity for name in names if (entity := entity_at(live.view, name))]
    if not rows or workspace.is_closed():
        return
    (name, about), undo = called(live.view, rows), key_of(workspace.screen, "undo")
    asked = question(live.view, rows, undo)
    if asked and await workspace.ask(confirm("Remove?", asked, "Yes, remove")) != "yes":
        return
    keys = [(type(row), row.key) for row in rows]
    try:
        live.commit(
            lambda plan: removal(plan, *(there for kind, key in keys if (there := plan.get(kind, *key))))
        )
        workspace.say(f"Removed {name}. {undo} brings {about} back.")
    except Refused as refused:
        workspace.tell(str(refused))
