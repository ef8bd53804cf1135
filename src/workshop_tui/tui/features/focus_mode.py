"""Focus mode: the open block alone and roomy, for the back of the room."""

from __future__ import annotations

from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.keyboard import Mode
from workshop_tui.tui.widgets.key_bar import Keys
from workshop_tui.tui.workspace import Workspace


class FocusMode:
    """Shows the open block alone, or all that stands around it again."""

    def __init__(self, workspace: Workspace) -> None:
        """Begin with everything around the block."""
        self._workspace = workspace
        self.is_on = False

    @property
    def can_leave(self) -> bool:
        """Whether Esc leaves it: only where there is nothing else to leave."""
        workspace = self._workspace
        main = workspace.stage.main
        is_in_block = workspace.screen.focused in {None, main} and not main.is_moving
        return self.is_on and is_in_block and workspace.mode is Mode.BROWSE

    def switch(self) -> None:
        """Go into the focus, or out of it."""
        workspace = self._workspace
        screen, stage = workspace.screen, workspace.stage
        self.is_on = stage.roomy = not self.is_on
        stage.set_class(self.is_on, "in-focus")  # alone, as all within what has it is styled anew
        screen.query_one(Keys).display = not self.is_on
        workspace.rearrange()
        if self.is_on:
            stage.tell(f"{key_of(screen, 'focus')} or {key_of(screen, 'focus.leave')} leaves the focus.")
            if not workspace.is_typing:
                stage.main.focus()


COMMANDS = (
    Command[Workspace](
        "focus",
        "f6,f",
        "Focus",
        lambda workspace: workspace[FocusMode].switch(),
        "the block alone, for the back of the room · back",
        shown=True,
        priority=True,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "focus.leave",
        "escape",
        "Leave the focus",
        lambda workspace: workspace[FocusMode].switch(),
        applies=lambda workspace: workspace[FocusMode].can_leave,
        priority=True,
        section=Section.SESSION,
    ),
)
