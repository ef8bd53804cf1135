"""The account's page: opened from anywhere; a line leads to what it names, and Esc back to the line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.keyboard import Mode
from workshop_tui.tui.workspace import BlockOpened, Workspace, is_ours
from workshop_tui.views.account.compare import AccountCompare
from workshop_tui.views.account.coverage import AccountCoverage
from workshop_tui.views.beside import beside
from workshop_tui.views.block_views import Aside, stage_kind


@dataclass(frozen=True)
class _Place:
    """Where one was: the block, which of its views, and the row."""

    block: str
    view: int
    row: str


class LookingBack:
    """Opens the page over the block, and finds the way back: to the block, and to a line that led away."""

    def __init__(self, workspace: Workspace) -> None:
        """Have two sessions compared in the background."""
        self._workspace, self._live = workspace, workspace.live
        self._from: _Place | None = None
        """Where the page was opened."""
        self._left: _Place | None = None
        """The line of the page that led to where one is."""
        self._is_led = False
        self._asked: set[tuple[str, str, str]] = set()
        self._live.compares = self._compare
        workspace.listen(BlockOpened, lambda _: self._moved())

    @property
    def is_here(self) -> bool:
        """Whether the page is open."""
        aside = self._workspace.aside
        return aside is not None and stage_kind(aside) is Aside.ACCOUNT

    @property
    def can_go_back(self) -> bool:
        """Whether Esc goes back: only where there is nothing else to leave."""
        if not (self.is_here or self._left) or not is_ours(self._workspace):
            return False
        stage = self._workspace.stage
        query = stage.listing.table_query
        is_narrowed = bool(query and (query.wanted or query.marked))
        is_in_table = self._workspace.screen.focused in {None, stage.main} and not stage.main.is_moving
        is_free = not stage.roomy and self._workspace.mode is Mode.BROWSE
        return is_in_table and is_free and not is_narrowed

    def open(self, view: int | None = None) -> bool:
        """Open the page, or another view of it; whether the audience may look at it."""
        if not self.is_here:
            place = self._place()
            if not self._workspace.open_aside(Aside.ACCOUNT):
                return False
            self._from, self._left = place, None
        if view is not None:
            self._workspace.stage.open_view(view)
        return True

    def back(self) -> None:
        """Go back: from the page to where it was opened, from where a line led to that line."""
        workspace, stage = self._workspace, self._workspace.stage
        if self.is_here:
            workspace.leave_aside()
            self._return_to(self._from)
        elif (left := self._left) and workspace.open_aside(Aside.ACCOUNT):
            self._left = None
            stage.open_view(left.view)
            stage.go_to(left.row)

    def leading(self, follow: Callable[[], bool]) -> bool:
        """Go where a line leads, and keep which line it was if it leads away from the page."""
        line = self._place() if self.is_here else None
        self._is_led = True
        try:
            done = follow()
        finally:
            self._is_led = False
        if line and not self.is_here:
            self._left = line
        if line and not (self.is_here or self._workspace.stage.is_telling):
            self._workspace.stage.tell(
                f"{key_of(self._workspace.screen, 'account.back')} goes back to the line"
            )
        return done

    def _place(self) -> _Place:
        stage = self._workspace.stage
        row = stage.main.current
        return _Place(stage.block.id if stage.block else "", stage.number, row.id if row else "")

    def _return_to(self, place: _Place | None) -> None:
        stage = self._workspace.stage
        if place and stage.block and stage.block.id == place.block:
            if stage.number != place.view and place.view < len(stage.views):
                stage.open_view(place.view)
            stage.go_to(place.row)

    def _moved(self) -> None:
        """Forget the line once one goes elsewhere by oneself."""
        if not self._is_led:
            self._left = None

    # Comparing

    def _compare(self, earlier: str, later: str) -> None:
        asked = earlier, later, self._live.audience
        if asked not in self._asked:
            self._asked.add(asked)
            self._workspace.run_worker(self._work, asked, group="compare")

    async def _work(self, asked: tuple[str, str, str]) -> None:
        try:
            await asyncio.to_thread(self._live.comparing(asked[0], asked[1]))
        finally:
            self._asked.discard(asked)
        if self.is_here and self._workspace.screen.is_current:
            self._workspace.show()

    def step_later(self, by: int) -> None:
        """Step to another later session of the two that are compared."""
        stage = self._workspace.stage
        if isinstance(stage.view, AccountCompare):
            stage.view.step_later(self._live, by)
            self._workspace.show()

    def turn(self) -> None:
        """Turn to the team of the next firm, where who meets whom is shown."""
        stage = self._workspace.stage
        if isinstance(stage.view, AccountCoverage):
            stage.view.turn(self._live)
            self._workspace.show()


def _has_page(workspace: Workspace) -> bool:
    return beside(workspace.live, Aside.ACCOUNT) is not None


def _compares(workspace: Workspace) -> bool:
    return isinstance(workspace.stage.view, AccountCompare)


def _covers(workspace: Workspace) -> bool:
    return isinstance(workspace.stage.view, AccountCoverage)


COMMANDS = (
    Command[Workspace](
        "account.page",
        "A",
        "Looking back",
        lambda workspace: workspace[LookingBack].open(),
        "[looking back](docs/guide.md#looking-back) on the account: what moved, what was kept, what is late",
        applies=_has_page,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "account.back",
        "escape,ctrl+l",
        "Back",
        lambda workspace: workspace[LookingBack].back(),
        "from looking back: to the line that led here, or to where one was",
        applies=lambda workspace: workspace[LookingBack].can_go_back,
        priority=True,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "compare.later",
        "right_curly_bracket",
        "Another later session",
        lambda workspace: workspace[LookingBack].step_later(1),
        "while two sessions are compared: the next later one · the one before; `]` and `[` the earlier",
        applies=_compares,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "compare.later.before",
        "left_curly_bracket",
        "Later session before",
        lambda workspace: workspace[LookingBack].step_later(-1),
        applies=_compares,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "coverage.turn",
        "t",
        "Another firm's team",
        lambda workspace: workspace[LookingBack].turn(),
        "where who meets whom is shown: the team of the other firm",
        applies=_covers,
        section=Section.SESSION,
    ),
)
