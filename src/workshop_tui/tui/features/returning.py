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
        """Show the block whose clock runs, else the one that was left; in it its view and row.

        One that the audience does not see is gone to as far as it is shared, or once somebody sees it.
        """
        live, workspace, stage = self._live, self._workspace, self._workspace.stage
        block, view, row = live.left_at.get(live.session_id, ("", 0, ""))
        running = self._seen(live.running_block()) if live.shows_clock else ""
        to = running or self._seen(block)
        if to:
            is_there = to == block and stage.choose(live.view.get(Block, to), view)
            if workspace.block is None or workspace.block.id != to:
                workspace.open_block(to)
            else:
                workspace.show()
        elif kind := live.kind_of_block(block):
            workspace.come_back(block, kind)
            is_there = bool(workspace.stands_for) and view < len(stage.views)
            if is_there:
                stage.open_view(view)
        else:
            workspace.show()
            is_there = False
        if is_there:
            stage.go_to(row)

    def pass_by(self) -> bool:
        """Be where the session was left without showing it, as something else is opened over it at once.

        Return whether that can be: not where the clock runs, nor where this audience does not see it.
        """
        live, workspace, stage = self._live, self._workspace, self._workspace.stage
        block, view, row = live.left_at.get(live.session_id, ("", 0, ""))
        left = live.view.get(Block, self._seen(block))
        passes = not live.running_block() and (not block or stage.choose(left, view, row))
        if passes:
            workspace.pass_by(block)
        return passes

    def _seen(self, block: str) -> str:
        """Return a block of this session if the audience may see it, else ""."""
        found = self._live.view.get(Block, block)
        return block if found and found.session == self._live.session_id else ""

    def _keep(self) -> None:
        """Keep where one is; where something is open over a block, where one was in that."""
        workspace, stage = self._workspace, self._workspace.stage
        row, under = stage.main.current, workspace.planned
        if not workspace.aside or workspace.stands_for:
            if stage.block:
                block = workspace.stands_for or stage.block.id
                self._live.leave_at(block, stage.number, row.id if row else "")
        elif under and (left := stage.left_in(under)):
            self._live.leave_at(under.id, *left)
