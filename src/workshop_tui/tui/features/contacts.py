"""The way in for contacts from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.tui.commands.command import Command, Section
from workshop_tui.tui.workspace import Workspace, is_ours, why_sealed

if TYPE_CHECKING:
    from workshop_tui.views.contacts import Arriving


def bring_in(workspace: Workspace) -> None:
    """Ask for a file, and bring in what a preview has shown."""
    workspace.run_worker(_bring_in, workspace, group="contacts", exclusive=True)


async def _bring_in(workspace: Workspace) -> None:
    from workshop_tui.tui.screens.contacts import ContactsPreview, contacts_dialog

    read: list[Arriving] = []
    await workspace.ask(contacts_dialog(workspace.live, read.append))
    if read and workspace.live.audience != CUSTOMER:
        await workspace.ask(ContactsPreview(read[-1]))


COMMANDS = (
    Command[Workspace](
        "contacts",
        "i",
        "Bring in contacts",
        bring_in,
        "bring in contacts from a file",
        disabled=why_sealed,
        applies=is_ours,
        section=Section.SESSION,
    ),
)
