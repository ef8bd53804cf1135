"""Removing a row, with what belongs to it."""

from __future__ import annotations

from workshop_tui.domain.step import Refused, removal
from workshop_tui.tui.screens.dialogs import confirm
from workshop_tui.tui.stages.base import entity_at
from workshop_tui.tui.workspace import Workspace


def remove(workspace: Workspace, row: str) -> None:
    """Remove what a row shows; ask first when more goes out with it."""
    workspace.run_worker(_remove, workspace, row, group="remove")


async def _remove(workspace: Workspace, row: str) -> None:
    live = workspace.live
    entity = entity_at(live.view, row)
    if entity is None or workspace.is_closed():
        return
    with_it = len(removal(live.view, entity)) - 1
    name = live.view.name_of(type(entity), *entity.key)
    name = name if entity.CALLED else f"{entity.LABEL} of {name}"
    if with_it:
        question = f"«{name}» goes out, and {with_it} more that belong to it. Undo brings them back."
        if await workspace.ask(confirm("Remove?", question, "Yes, remove")) != "yes":
            return
    kind, key = type(entity), entity.key
    try:
        live.commit(lambda plan: removal(plan, there) if (there := plan.get(kind, *key)) else ())
        workspace.say(f"«{name}» is removed: Ctrl+Z brings it back.")
    except Refused as refused:
        workspace.tell(str(refused))
