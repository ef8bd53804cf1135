"""Undo and redo."""

from __future__ import annotations

from functools import partial

from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.plan.step import Conflict, Refused
from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.screens.dialogs import older_undo
from workshop_tui.tui.widgets.editor import Editor
from workshop_tui.tui.workspace import PASSED_OVER, Workspace, why_sealed
from workshop_tui.views.text_layout import fit

TOLD = 40
"""Signs of a text that are told."""


def take_back(workspace: Workspace, *, redo: bool = False) -> None:
    """Take back the last thing done, or do again what was taken back."""
    workspace.run_worker(partial(_take_back, workspace, redo=redo), group="undo", exclusive=True)


async def _take_back(workspace: Workspace, *, redo: bool) -> None:
    live = workspace.live
    typed = workspace.screen.query_one(Editor).leave_unsaved()
    if typed and not redo:
        text, key = fit(one_line(typed), TOLD).rstrip(), key_of(workspace.screen, "undo")
        workspace.say(f"«{text}» is not saved, and kept as a draft (✎): {key} again undoes what is.")
        return
    if workspace.is_closed():
        return
    steps = await live.next_undo(redo=redo)
    word, done = ("redo", "Done again") if redo else ("undo", "Undone")
    if not steps or not live.may_take_back(steps):
        workspace.say(f"Nothing to {word}.")
        return
    asks = not redo and live.is_older(steps)
    if asks and await workspace.ask(older_undo(live.words(steps))) != "yes":
        return
    try:
        workspace.say(f"{done}: {live.take_back(steps, redo=redo)}")
    except Conflict:
        workspace.tell(PASSED_OVER.format(word))
    except Refused as refused:
        workspace.tell(f"Can't {word} that: {refused}")


COMMANDS = (
    Command[Workspace](
        "undo",
        "ctrl+z",
        "Undo",
        take_back,
        "undo · redo",
        disabled=why_sealed,
        shown=True,
        priority=True,
        in_turn=True,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "redo",
        "ctrl+y,ctrl+shift+z",
        "Redo",
        lambda workspace: take_back(workspace, redo=True),
        disabled=why_sealed,
        priority=True,
        in_turn=True,
        section=Section.SESSION,
    ),
)
