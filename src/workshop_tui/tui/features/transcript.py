"""A transcript beside the work: turns by speaker, each of which a key makes a line to be captured."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.widgets.capture_line import PLACE as CAPTURE
from workshop_tui.tui.widgets.capture_line import CaptureLine
from workshop_tui.tui.widgets.literal import set_border_title
from workshop_tui.tui.widgets.turns_sheet import TurnsSheet
from workshop_tui.tui.workspace import (
    AudienceChanged,
    FocusMoved,
    LineOffered,
    PlanShown,
    TranscriptRead,
    Workspace,
    is_ours,
    why_sealed,
)

if TYPE_CHECKING:
    from workshop_tui.views.transcript import TurnsView

_PANE = "turns"
OPEN_ALREADY = "These turns are open already: what was taken of them is marked."
_TOLD = {"action": "action", "answer": "answer", "decision": "decision", "parked": "park", "risk": "risk"}
"""Last word of a command's id → what its key does, in the border."""


class TranscriptTurns:
    """Has a pane for the turns of the transcript that was read last; never before the customer."""

    def __init__(self, workspace: Workspace, draft: Callable[[str], str]) -> None:
        """Begin without one; `draft` returns what was left at a place."""
        self._workspace, self._draft = workspace, draft
        self.view: TurnsView | None = None
        self._offered: int | None = None
        """The turn that stands in the capture line, and as what."""
        self._marked: tuple[frozenset[str], frozenset[int]] = frozenset(), frozenset()
        """The rows for which turns are marked, and which turns wait: all are shown anew only for another."""
        workspace.listen(TranscriptRead, self._open)
        workspace.listen(TurnsSheet.Offered, self._offer)
        workspace.listen(CaptureLine.Added, self._taken)
        workspace.listen(PlanShown, lambda _: self._shown_anew())
        workspace.listen(FocusMoved, lambda _: self._focus_moved())
        self._waits = False
        """Whether the turns are shown once somebody else than the customer looks."""
        workspace.listen(AudienceChanged, lambda _: self._cut())

    def widget(self) -> TurnsSheet:
        """Return the pane, hidden, to be put on the screen."""
        pane = TurnsSheet(id=_PANE, classes="pane")
        pane.display = False
        return pane

    @property
    def pane(self) -> TurnsSheet:
        """The pane, shown or not."""
        return self._workspace.screen.query_one(TurnsSheet)

    def why_none(self) -> str:
        """Return why there is nothing to go to, "" where there is."""
        return "" if self.view else "No transcript is open: bring one in from a file first."

    def go(self) -> None:
        """Show the turns and go there; from there, put them away."""
        pane = self.pane
        if pane.has_focus:
            pane.display = False
            self._workspace.stage.main.focus()
        else:
            self._show()
            pane.display = True
            pane.focus()

    def _open(self, event: TranscriptRead) -> None:
        if self.view and self.view.transcript == event.view.transcript:
            self._workspace.say(OPEN_ALREADY)
        else:
            self.view, self._offered = event.view, None
        self._waits = self._workspace.live.audience == CUSTOMER
        if not self._waits:
            self._begin()

    def _begin(self) -> None:
        """Show the turns from the first on, and go there."""
        self._waits = False
        self._show()
        self.pane.display = True
        self.pane.action_end(-1)
        self.pane.focus()

    def _show(self) -> None:
        if self.view:
            self._marked = self._marks(self.view)
            self.pane.show(self.view.table())
            keys = (f"{key_of(self.pane, f'turn.{name}')} {does}" for name, does in _TOLD.items())
            set_border_title(self.pane, " · ".join((self.view.title(), *keys)))

    def _offer(self, event: TurnsSheet.Offered) -> None:
        if self.view and not self._workspace.is_closed():
            line = self.view.line(event.number, event.letter)
            self._workspace.emit(LineOffered(line, self.pane))
            self._offered = event.number

    def _taken(self, event: CaptureLine.Added) -> None:
        """Mark the turn whose line has come in, be it one that has waited."""
        if self.view:
            self.view.look_at(self._lines)
            turn = self.view.taken_of(event.row) if self._offered is None else self._offered
            if turn is not None:
                self.view.take(turn, event.row)
                self._offered = None
                self._show()

    def _shown_anew(self) -> None:
        """Mark no longer what has gone meanwhile, as by undo."""
        if self.view and self.pane.display and self._marks(self.view) != self._marked:
            self._show()

    @property
    def _lines(self) -> list[str]:
        """The lines that wait in the capture line; the one that was left stands first."""
        return self._draft(CAPTURE).split("\n")

    def _marks(self, view: TurnsView) -> tuple[frozenset[str], frozenset[int]]:
        view.look_at(self._lines)
        return view.rows_taken(), view.waiting

    def _focus_moved(self) -> None:
        if self._offered is not None and self.view and self.pane.has_focus:  # the line was left as it stood
            self.view.leave(self._offered, self._lines[0])
            self._offered = None
        self._shown_anew()

    def _cut(self) -> None:
        """Close the turns before the customer, and show to others what has waited for that."""
        pane, is_closed = self.pane, self._workspace.live.audience == CUSTOMER
        if self._waits and not is_closed:
            self._workspace.screen.call_after_refresh(self._begin)
        elif is_closed and pane.display:
            had_focus, pane.display = pane.has_focus, False
            if had_focus:
                self._workspace.stage.main.focus()


COMMANDS = (
    Command[Workspace](
        "turns",
        "I",
        "Turns of the transcript",
        lambda workspace: workspace[TranscriptTurns].go(),
        "the turns of the [transcript](docs/guide.md#transcripts-and-notes) brought in; there: put them away",
        disabled=lambda workspace: why_sealed(workspace) or workspace[TranscriptTurns].why_none(),
        applies=is_ours,
        section=Section.SESSION,
    ),
)
