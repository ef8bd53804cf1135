"""Removing a row, with what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused, removal
from workshop_tui.tui.commands.command import key_of
from workshop_tui.tui.screens.dialogs import confirm
from workshop_tui.tui.workspace import Workspace
from workshop_tui.views.base import entity_at


def remove(workspace: Workspace, *rows: str) -> None:
    """Remove what rows show, in one Step; ask first where more goes out than the one under the cursor."""
    workspace.run_worker(_remove, workspace, *rows, group="remove")


def _called(view: AccountPlan, rows: Sequence[Entity]) -> tuple[str, str]:
    """Return what is removed, and by which word it is meant after that."""
    first, *others = rows
    if others:
        return f"the {len(rows)} marked", "them"
    name = view.name_of(type(first), *first.key)
    if not first.NAME_FIELD:
        return f"the {first.VERBOSE_NAME} of {name}", "it"
    return name, "them" if isinstance(first, (Stakeholder, Member)) else "it"


async def _remove(workspace: Workspace, *names: str) -> None:
    live = workspace.live
    rows = [entity for name in names if (entity := entity_at(live.view, name))]
    if not rows or workspace.is_closed():
        return
    name, about = _called(live.view, rows)
    undo = key_of(workspace.screen, "undo")
    with_it = len(removal(live.view, *rows)) - len(rows)
    if with_it or len(rows) > 1:
        entries = "entry" if with_it == 1 else "entries"
        more = f" and {with_it} {entries} about {about}" if with_it else ""
        question = f"Remove {name}{more}? {undo} brings all back."
        if await workspace.ask(confirm("Remove?", question, "Yes, remove")) != "yes":
            return
    keys = [(type(row), row.key) for row in rows]
    try:
        live.commit(
            lambda plan: removal(plan, *(there for kind, key in keys if (there := plan.get(kind, *key))))
        )
        workspace.say(f"Removed {name}. {undo} brings {about} back.")
    except Refused as refused:
        workspace.tell(str(refused))
