"""The way in for contacts, transcripts and notes from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.tui.commands.command import Command, Section
from workshop_tui.tui.host import why_no_files
from workshop_tui.tui.workspace import TranscriptRead, Workspace, is_ours, why_sealed

if TYPE_CHECKING:
    from workshop_tui.views.contacts import Arriving


def bring_in(workspace: Workspace) -> None:
    """Ask for a file: contacts come in once a preview has shown them, a transcript is only opened."""
    workspace.run_worker(_bring_in, workspace, group="contacts", exclusive=True)


async def _bring_in(workspace: Workspace) -> None:
    from workshop_tui.tui.screens.contacts import ContactsPreview, contacts_dialog
    from workshop_tui.views.transcript import TurnsView

    read: list[Arriving | TurnsView] = []
    await workspace.ask(contacts_dialog(workspace.live, read.append))
    if not read or workspace.live.audience == CUSTOMER:
        return
    if isinstance(read[-1], TurnsView):
        workspace.emit(TranscriptRead(read[-1]))
    else:
        await workspace.ask(ContactsPreview(read[-1]))


COMMANDS = (
    Command[Workspace](
        "contacts",
        "i",
        "Bring in from a file",
        bring_in,
        "bring in contacts, a transcript or notes from a file",
        disabled=lambda workspace: why_no_files(workspace.screen) or why_sealed(workspace),
        applies=is_ours,
        section=Section.SESSION,
    ),
)
