"""The export of the joint action plan, and the way back to the library."""

from __future__ import annotations

from workshop_tui.tui.commands.command import Command, Section
from workshop_tui.tui.host import why_no_files
from workshop_tui.tui.workspace import Workspace, is_ours, looks_back


def export(workspace: Workspace) -> None:
    """Write the joint action plan; looking back, what the page shows."""
    from workshop_tui.tui.screens.exporting import export_dialog, page_dialog

    live, app, view = workspace.live, workspace.app, workspace.stage.view
    is_page = view is not None and looks_back(workspace)
    session = " ".join(filter(None, (live.session_id, live.earlier_seal)))
    workspace.screen.app.push_screen(
        page_dialog(live, view, app) if view and is_page else export_dialog(live, app, session)
    )


COMMANDS = (
    Command[Workspace](
        "export",
        "e",
        "Export",
        export,
        "export · back to the library",
        disabled=lambda workspace: why_no_files(workspace.screen),
        applies=lambda workspace: is_ours(workspace) and not looks_back(workspace),
        section=Section.SESSION,
    ),
    Command[Workspace](
        "library",
        "q",
        "Library",
        Workspace.go_to_library,
        applies=Workspace.may_leave_account,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "export.page",
        "e",
        "Export",
        export,
        "looking back: export what the page shows",
        disabled=lambda workspace: why_no_files(workspace.screen),
        applies=lambda workspace: is_ours(workspace) and looks_back(workspace),
        shown=True,
        section=Section.SESSION,
    ),
)
