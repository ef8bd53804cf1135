"""Undo and redo."""

from __future__ import annotations

import asyncio
import datetime as dt
from functools import partial
from time import monotonic

from rich.cells import cell_len
from textual.widget import Widget

from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.plan.step import Conflict, Refused, Step, target, undoing
from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.keyboard import give_keys
from workshop_tui.tui.screens.dialogs import older_undo
from workshop_tui.tui.widgets.capture_line import CaptureLine
from workshop_tui.tui.widgets.editor import Editor
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.workspace import PASSED_OVER, BlockOpened, Workspace, why_sealed
from workshop_tui.views.brought_back import brought_back
from workshop_tui.views.row_id import RowId
from workshop_tui.views.text_layout import shortened

UNDO, REDO = "undo", "redo"
IN_THE_LINE = "Nothing was typed in this line to {0}. {1} leaves it; {2} then goes on with what is saved."
A_QUESTION = "A question is open: {0} leaves it; {1} then goes on with what is saved."
LATELY = dt.timedelta(minutes=5)
"""For how long what was done in the open block is undone without a word, also where it isn't seen."""
OVERTAKEN = "Nothing was {0}, as something else was done meanwhile."
PATIENCE = 10.0
"""Seconds for which the key, pressed again, means what was asked."""
TOLD = 40
"""Signs of a text that are told."""


class Undo:
    """Takes back what was done last: one press after the other, each what came before."""

    def __init__(self, workspace: Workspace) -> None:
        """Start with nothing being taken back."""
        self._workspace, self._turn = workspace, asyncio.Lock()
        self._opened = workspace.live.clock()
        """When the open block was opened."""
        self._asked: tuple[tuple[int, ...], float] = ((), 0.0)
        """The Steps of which it was asked whether they are meant, and when."""
        workspace.listen(BlockOpened, lambda _: self._begin_here())

    def _begin_here(self) -> None:
        self._opened, self._asked = self._workspace.live.clock(), ((), 0.0)

    def is_meant(self, steps: tuple[Step, ...]) -> bool:
        """Whether these Steps are undone without a word: what the open screen shows, or was just done in it.

        Of anything else it is asked once in the border, and the key pressed again means it.
        """
        workspace, numbers = self._workspace, tuple(step.number for step in steps)
        before, at = self._asked
        self._asked = ((), 0.0)
        recent = max(self._opened, workspace.live.clock() - LATELY)
        is_recent = all(step.at is None or step.at >= recent for step in steps)
        if is_recent or _is_shown(workspace, steps) or (numbers == before and monotonic() - at < PATIENCE):
            return True
        self._asked = numbers, monotonic()
        words = one_line(workspace.live.words(steps))
        again = f"? {key_of(workspace.screen, 'undo')} again undoes it"
        room = workspace.stage.border_room - cell_len(f"Undo {again}")  # the key stays in sight
        called = shortened(words, max(min(TOLD, room), 1))
        workspace.screen.app.clear_notifications()  # what was undone before would stand over the border
        workspace.stage.tell(f"Undo {called}{again}")
        return False

    def take_back(self, *, redo: bool = False) -> None:
        """Take back the last thing done, or do again what was taken back."""
        self._workspace.run_worker(partial(self._in_turn, redo=redo), group="undo")

    async def _in_turn(self, *, redo: bool) -> None:
        async with self._turn:
            await _take_back(self._workspace, redo=redo)


def _take_back_typing(workspace: Workspace, *, redo: bool) -> bool:
    """Undo or redo within the capture line, as in any field; whether that is what the key was for.

    A Step is undone there only once the line is empty: who types means what they type.
    """
    line = workspace.screen.query_one(CaptureLine)
    if not (line.has_text or (redo and line.is_open)):
        return False
    is_done = line.take_back_typing(redo=redo)
    if not is_done and line.has_text:
        word = REDO if redo else UNDO
        leave, again = key_of(line, "capture.leave"), key_of(workspace.screen, word)
        workspace.say(IN_THE_LINE.format(word, leave, again))
    return is_done or line.has_text


def _leave_field(workspace: Workspace, *, redo: bool) -> bool:
    """Leave the field that is edited, unless it asks; whether the key is for nothing but that field."""
    editor = workspace.screen.query_one(Editor)
    if editor.edit and editor.edit.must:  # what was done before it isn't what one has in view
        leave, again = key_of(editor, "editor.leave"), key_of(workspace.screen, REDO if redo else UNDO)
        workspace.say(A_QUESTION.format(leave, again))
        return True
    if editor.is_emptied:
        editor.leave()
        return True
    kept = ", and kept as a draft (✎)" if editor.edit and editor.edit.place else ""
    typed = editor.leave_unsaved()
    if typed and not redo:
        text, key = shortened(one_line(typed), TOLD), key_of(workspace.screen, "undo")
        workspace.say(f"«{text}» is not saved{kept}: {key} again undoes what is.")
        return True
    return False


async def _take_back(workspace: Workspace, *, redo: bool) -> None:
    if _take_back_typing(workspace, redo=redo):
        return
    if _leave_field(workspace, redo=redo) or workspace.is_closed():
        return
    live = workspace.live
    taken = live.taken
    steps = await live.next_undo(redo=redo)
    word, done = (REDO, "Done again") if redo else (UNDO, "Undone")
    if live.taken != taken:  # the database was slow to answer, and the key was for what came before that
        workspace.say(OVERTAKEN.format(done.lower()))
        return
    if not steps or not live.may_take_back(steps):
        _tell_of_none(workspace, word)
        return
    asks = not redo and live.is_older(steps)
    if not (redo or asks or workspace[Undo].is_meant(steps)):
        return
    if asks and await workspace.ask(older_undo(live.words(steps))) != "yes":
        return
    focused = workspace.screen.focused
    try:
        workspace.say(f"{done}: {live.take_back(steps, redo=redo)}")
        _lead_to(workspace, brought_back(undoing(steps)), focused)
    except Conflict:
        workspace.tell(PASSED_OVER.format(word))
    except Refused as refused:
        workspace.tell(f"Can't {word} that: {refused}")


def _is_shown(workspace: Workspace, steps: tuple[Step, ...]) -> bool:
    """Whether any row of Steps, or one that it is beside, stands on the open screen."""
    beside = (workspace.screen.query_one(name, Sheet) for name in ("#card", "#rail"))
    sheets = (workspace.stage.main, *beside)
    shown = {row.id for sheet in sheets if sheet.display for row in sheet.table.rows}
    own = {str(RowId.entity(kind, *key)) for step in steps for kind, key in map(target, step.changes)}
    return bool(shown & (own | set(brought_back(undoing(steps)))))


def _lead_to(workspace: Workspace, rows: tuple[str, ...], focused: Widget | None) -> None:
    """Put the cursor on what has come back, where the open table has it; the focus stays in its pane."""
    workspace.show()
    workspace.stage.go_to_one(rows)
    if focused and focused.display and focused.focusable and workspace.screen.focused is not focused:
        give_keys(focused)


def _tell_of_none(workspace: Workspace, word: str) -> None:
    if workspace.live.audience == CUSTOMER:  # the same whether there is none, or none that is for them
        workspace.screen.app.clear_notifications()  # what was undone before would stand over the border
        workspace.stage.tell(f"Nothing to {word} since the screen was shared.")
    else:
        workspace.say(f"Nothing to {word}.")


COMMANDS = (
    Command[Workspace](
        "undo",
        "ctrl+z",
        "Undo",
        lambda workspace: workspace[Undo].take_back(),
        "undo · redo",
        disabled=why_sealed,
        listed=lambda workspace: not why_sealed(workspace),
        shown=True,
        priority=True,
        in_turn=True,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "redo",
        "ctrl+y,ctrl+shift+z",
        "Redo",
        lambda workspace: workspace[Undo].take_back(redo=True),
        disabled=why_sealed,
        listed=lambda workspace: not why_sealed(workspace),
        priority=True,
        in_turn=True,
        section=Section.SESSION,
    ),
)
