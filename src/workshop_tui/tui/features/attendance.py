"""Who is in the room: everybody of ours by one key."""

from __future__ import annotations

from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.lifecycle.sessions import all_here
from workshop_tui.domain.plan.step import Refused
from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.workspace import Workspace, is_ours, why_sealed

IN_OPENING = "Who is here is ticked in the opening: go there first."


def _all_here(workspace: Workspace) -> None:
    """Tick everybody of ours as present, in one Step."""
    live = workspace.live
    try:
        step = live.commit(lambda plan: all_here(plan, live.session_id, live.today))
    except Refused as refused:
        workspace.stage.tell(str(refused))
        return
    undo = key_of(workspace.screen, "undo")
    workspace.stage.tell(f"All are here, {undo} undoes" if step else "All are here already.")


def _why_not(workspace: Workspace) -> str:
    block = workspace.block
    elsewhere = "" if block and block.kind is BlockKind.OPENING else IN_OPENING
    return why_sealed(workspace) or elsewhere


COMMANDS = (
    Command[Workspace](
        "attendance.all",
        "H",
        "All are here",
        _all_here,
        "in the opening: all of the team are here",
        applies=is_ours,
        disabled=_why_not,
        section=Section.SESSION,
    ),
)
