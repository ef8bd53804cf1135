"""The capture line: a row from one line, typed from anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len
from textual.widget import Widget

from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.capture.pasted import rows_of
from workshop_tui.tui.commands.command import Command, Section
from workshop_tui.tui.keyboard import Mode, give_keys, in_turn
from workshop_tui.tui.widgets.capture_line import PLACE, CaptureLine, Where
from workshop_tui.tui.widgets.editor import Editor
from workshop_tui.tui.workspace import (
    AudienceChanged,
    DraftsFound,
    FocusMoved,
    LineOffered,
    Ticked,
    Workspace,
    is_ours,
    why_sealed,
)
from workshop_tui.views.keys import key
from workshop_tui.views.room import asked_in_room
from workshop_tui.views.text_layout import fit
from workshop_tui.views.value.answers import about
from workshop_tui.views.value.ask import AskView

IN_THE_LINE = f"Typed as text: {key('capture.take')} adds it, {key('capture.leave')} leaves it there."

_TOLD = 60
"""Signs of a line that waits that are told."""


class Capture:
    """Opens the line over whatever is going on, tells it where it is typed, and shows what came in."""

    def __init__(
        self,
        workspace: Workspace,
        keep: Callable[[str, str, str], None],
        keep_for_us: Callable[[str, str], None],
        draft: Callable[[str], str],
        waiting: Callable[[], Sequence[str]],
    ) -> None:
        """Take what keeps the draft of a place for an audience, or for us alone, and what returns it.

        `waiting` returns the lines that wait, also where nothing can be changed now.
        """
        self._workspace, self._waiting = workspace, waiting
        self._keep, self._keep_for_us, self._draft = keep, keep_for_us, draft
        self._back: Widget | None = None
        """Where the keyboard goes once the line is left, where that isn't the main table."""
        workspace.inputs.append(self)
        workspace.listen(FocusMoved, lambda _: self._gone_elsewhere())
        workspace.listen(CaptureLine.Added, self._show_added)
        workspace.listen(DraftsFound, self._bring_back)
        workspace.listen(Ticked, lambda _: self._follow_room())
        workspace.listen(AudienceChanged, lambda _: self._told_anew())
        workspace.listen(LineOffered, self._offer)

    def widget(self) -> CaptureLine:
        """Return the line, to be put on the screen."""
        return CaptureLine(
            self._workspace.live, self._where, self._keep, self._keep_for_us, self._back_to_stage
        )

    @property
    def _line(self) -> CaptureLine:
        return self._workspace.screen.query_one(CaptureLine)

    def _where(self) -> Where:
        stage = self._workspace.stage
        if stage.block is None:
            return Where(BlockKind.ACTIONS)
        live, is_asking = self._workspace.live, stage.block.kind is BlockKind.VALUE
        asked = about(live.view, stage.at_cursor) if is_asking else (None, None)
        lists = getattr(stage.view, "kind", None)
        return Where(stage.block.kind, *asked, asked_in_room(live), isinstance(stage.view, AskView), lists)

    def _follow_room(self) -> None:
        """Say whom the room asks by now, before a line is taken that is an answer of somebody else."""
        if self.is_open:
            self._line.read_elsewhere()

    def _told_anew(self) -> None:
        """Say at once of the line what is for those who look by now, until it is left."""
        if self.is_open:
            self._line.read()

    def open(self) -> None:
        """Open the line; what was being edited is left once its last keys are typed."""
        in_turn(self._workspace.screen, self._workspace.screen.query_one(Editor).leave)
        self._line.open(self._draft(PLACE))

    def why_closed(self) -> str:
        """Return why no line can be typed now, "" when one can; among ourselves with what waits for that."""
        why, lines = why_sealed(self._workspace), self._waiting()
        if not why or not lines or not is_ours(self._workspace):
            return why
        many = "1 line waits" if len(lines) == 1 else f"{len(lines)} lines wait, the first"
        return f"{why} Until then {many}: «{fit(lines[0], min(cell_len(lines[0]), _TOLD)).rstrip()}»."

    def begin(self, text: str, *, typed: bool) -> None:
        """Open the line with what was typed or pasted where nothing is edited; say why where it can't be."""
        if why := self.why_closed():
            self._workspace.tell(why)
        else:
            self.open()
            self._line.begin([[text]] if typed else rows_of(text))
            self._workspace.stage.tell(IN_THE_LINE)

    def _offer(self, event: LineOffered) -> None:
        """Open the line with what was written elsewhere, to go back there."""
        self.open()
        self._back = event.back
        self._line.begin([[event.text]])

    def _show_added(self, event: CaptureLine.Added) -> None:
        """Let it be seen at once what came in; whoever works in the table stays on their row."""
        self._workspace.show()
        self._workspace.stage.announce(event.row, event.told)
        if self._back and self._back.display and not self._line.has_text:
            self._line.leave()  # the next line is written where this one was; what waits goes on waiting

    def _bring_back(self, event: DraftsFound) -> None:
        """Have a line from before wait behind what was typed before it was known."""
        if not (before := event.texts.get(PLACE, "")):
            return
        if self.is_open:
            self._line.bring_back(before)
        elif (typed := self._draft(PLACE)) and typed != before:
            self._keep(PLACE, f"{typed}\n{before}", "")

    def _back_to_stage(self) -> None:
        back, self._back = self._back, None
        give_keys(back if back and back.display else self._workspace.stage.main)

    def _gone_elsewhere(self) -> None:
        """Put the line away when the focus goes elsewhere, as by a click."""
        if self.is_open and self._workspace.screen.focused and self._workspace.mode is not Mode.CAPTURE:
            self.leave()

    # As something that is typed in

    @property
    def is_open(self) -> bool:
        """Whether the line is there to be typed on."""
        return self._line.is_open

    def flush(self) -> None:
        """Hand over for saving what is being typed."""
        self._line.flush()

    def leave(self) -> None:
        """Stop typing at once."""
        self._line.leave()

    def follow(self) -> None:
        """Say how the line is understood as the plan is now."""
        self._line.read()


COMMANDS = (
    Command[Workspace](
        "capture",
        "f2,ctrl+r",
        "Capture",
        lambda workspace: workspace[Capture].open(),
        "the [capture line](docs/guide.md#the-capture-line), from anywhere",
        disabled=lambda workspace: workspace[Capture].why_closed(),
        shown=True,
        priority=True,
        section=Section.SESSION,
    ),
)
