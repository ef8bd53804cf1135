"""The export of the joint action plan, and the way back to the library."""

from __future__ import annotations

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.tui.commands.command import Command, Section
from workshop_tui.tui.workspace import Leaving, Workspace, is_ours, looks_back


def export(workspace: Workspace) -> None:
    """Write the joint action plan; looking back, what the page shows."""
    from workshop_tui.tui.screens.exporting import export_dialog, page_dialog

    live, app, view = workspace.live, workspace.app, workspace.stage.view
    is_page = view is not None and looks_back(workspace)
    workspace.screen.app.push_screen(
        page_dialog(live, view, app) if view and is_page else export_dialog(live, app)
    )


def go_to_library(workspace: Workspace) -> None:
    """Go back to the library, once all is saved."""
    workspace.run_worker(_go_to_library, workspace, group="library")


async def _go_to_library(workspace: Workspace) -> None:
    workspace.leave_all()
    may_leave = await workspace.app.may_leave("Leave")
    if may_leave and workspace.live.audience != CUSTOMER:  # by now, too
        workspace.emit(Leaving())
        await workspace.app.close_workshop()


COMMANDS = (
    Command[Workspace](
        "export",
        "e",
        "Export",
        export,
        "export · back to the library",
        applies=lambda workspace: is_ours(workspace) and not looks_back(workspace),
        section=Section.SESSION,
    ),
    Command[Workspace](
        "library",
        "q",
        "Library",
        go_to_library,
        applies=is_ours,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "export.page",
        "e",
        "Export",
        export,
        "looking back: export what the page shows",
        applies=lambda workspace: is_ours(workspace) and looks_back(workspace),
        shown=True,
        section=Section.SESSION,
    ),
)
