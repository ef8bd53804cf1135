"""Coming back to a session: to the block whose clock runs, else to where this keyboard left it."""

from __future__ import annotations

from workshop_tui.domain.model.session import Block
from workshop_tui.tui.workspace import Leaving, Workspace


class Return:
    """Goes on where the session is or was left, and keeps where that is."""

    def __init__(self, workspace: Workspace) -> None:
        """Take the workspace, which knows the open block."""
        self._workspace, self._live = workspace, workspace.live
        workspace.listen(Leaving, lambda _: self._keep())

    def go(self) -> None:
        """Go to the block whose clock runs, else to the one that was left; in it to its view and row."""
        live, workspace = self._live, self._workspace
        block, view, row = live.left_at.get(live.session_id, ("", 0, ""))
        to = (self._seen(live.running_block()) if live.shows_clock else "") or self._seen(block)
        if not to:
            return
        if workspace.block is None or workspace.block.id != to:
            workspace.open_block(to)
        stage = workspace.stage
        if to == block and workspace.block and workspace.block.id == to and view < len(stage.views):
            stage.open_view(view)
            stage.go_to(row)

    def _seen(self, block: str) -> str:
        """Return a block of this session if the audience may see it, else ""."""
        found = self._live.view.get(Block, block)
        return block if found and found.session == self._live.session_id else ""

    def _keep(self) -> None:
        """Keep where one is."""
        workspace, stage = self._workspace, self._workspace.stage
        if workspace.aside:
            self._live.leave_at(workspace.planned.id if workspace.planned else "", 0, "")
        elif stage.block:
            row = stage.main.current
            self._live.leave_at(stage.block.id, stage.number, row.id if row else "")
