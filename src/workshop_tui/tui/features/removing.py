"""Removing a row, with what belongs to it."""

from __future__ import annotations

from workshop_tui.domain.plan.step import Refused, removal
from workshop_tui.tui.commands.command import key_of
from workshop_tui.tui.screens.dialogs import confirm
from workshop_tui.tui.workspace import Workspace
from workshop_tui.views.base import entity_at


def remove(workspace: Workspace, *rows: str) -> None:
    """Remove what rows show, in one Step; ask first where more goes out than the one under the cursor."""
    workspace.run_worker(_remove, workspace, *rows, group="remove")


async def _remove(workspace: Workspace, *names: str) -> None:
    live = workspace.live
    rows = [entity for name in names if (entity := entity_at(live.view, name))]
    if not rows or workspace.is_closed():
        return
    name = live.view.name_of(type(rows[0]), *rows[0].key)
    name = f"«{name if rows[0].NAME_FIELD else f'{rows[0].VERBOSE_NAME} of {name}'}»"
    goes, is_, it = "goes", "is", "it"
    if len(rows) > 1:
        name, goes, is_, it = f"The {len(rows)} marked", "go", "are", "them"
    with_it = len(removal(live.view, *rows)) - len(rows)
    if with_it or len(rows) > 1:
        more = f", and {with_it} more that belong to {it}" if with_it else ""
        question = f"{name} {goes} out{more}. Undo brings them back."
        if await workspace.ask(confirm("Remove?", question, "Yes, remove")) != "yes":
            return
    keys = [(type(row), row.key) for row in rows]
    try:
        live.commit(
            lambda plan: removal(plan, *(there for kind, key in keys if (there := plan.get(kind, *key))))
        )
        workspace.say(f"{name} {is_} removed: {key_of(workspace.screen, 'undo')} brings {it} back.")
    except Refused as refused:
        workspace.tell(str(refused))
