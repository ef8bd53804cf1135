"""Coming from a line that was found: Esc goes back to it, until one goes elsewhere by oneself."""

from __future__ import annotations

from collections.abc import Callable

from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.keyboard import Mode
from workshop_tui.tui.workspace import AudienceChanged, BlockOpened, Workspace, is_ours


class Searching:
    """Knows whether one came here from a line that was found."""

    def __init__(self, workspace: Workspace) -> None:
        """Begin as one who came otherwise."""
        self._workspace = workspace
        self._came, self._is_led = False, False
        workspace.listen(BlockOpened, lambda _: self._moved())
        workspace.listen(AudienceChanged, lambda _: self._moved())

    @property
    def can_go_back(self) -> bool:
        """Whether Esc goes back: only where there is nothing else to leave."""
        workspace, stage = self._workspace, self._workspace.stage
        if not self._came or not is_ours(workspace) or workspace.mode is not Mode.BROWSE:
            return False
        query = stage.listing.table_query
        is_in_table = workspace.screen.focused in {None, stage.main} and not stage.main.is_moving
        return is_in_table and not stage.roomy and not (query and (query.wanted or query.marked))

    def leading(self, follow: Callable[[], object]) -> None:
        """Go where a line that was found leads, and know that one came from it."""
        self._is_led = True
        try:
            follow()
        finally:
            self._is_led = False
        self._came = True
        if not self._workspace.stage.is_telling:
            self._workspace.stage.tell(
                f"{key_of(self._workspace.screen, 'search.back')} goes back to the line"
            )

    def back(self) -> None:
        """Go back to the line that was found."""
        self._came = False
        self._workspace.app.back_to_search()

    def _moved(self) -> None:
        if not self._is_led:
            self._came = False


COMMANDS = (
    Command[Workspace](
        "search.back",
        "escape,ctrl+l",
        "Back to the search",
        lambda workspace: workspace[Searching].back(),
        "from what was found: back to the line that led here",
        applies=lambda workspace: workspace[Searching].can_go_back,
        priority=True,
        section=Section.SESSION,
    ),
)
