"""The workshop: agenda, the stage of the open block, gaps; every change goes through the live plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from workshop_tui.domain.session import Block
from workshop_tui.domain.step import Step
from workshop_tui.tui.commands import registry
from workshop_tui.tui.commands.command import Commanded
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.features.clock import Clock
from workshop_tui.tui.features.focus_mode import FocusMode
from workshop_tui.tui.features.navigation import Navigation
from workshop_tui.tui.features.panes import Panes
from workshop_tui.tui.features.refresh import Refresh
from workshop_tui.tui.features.seal import SealSession
from workshop_tui.tui.live_plan import LivePlan
from workshop_tui.tui.screens.capturing import CapturingScreen
from workshop_tui.tui.screens.stage import Stage
from workshop_tui.tui.told import PlanChanged
from workshop_tui.tui.widgets.bar import Bar
from workshop_tui.tui.widgets.editor import Editor
from workshop_tui.tui.widgets.keys import Keys
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.workspace import AudienceChanged, Committed, FocusMoved, Resized, Ticked, Workspace

if TYPE_CHECKING:
    from workshop_tui.tui.app import WorkshopApp


class WorkshopScreen(Commanded, CapturingScreen):
    """One session of one account. Shows projections; posts nothing, asks the live plan for changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo", "Undo", id="undo", priority=True),
        Binding("ctrl+y,ctrl+shift+z", "redo", "Redo", id="redo", show=False, priority=True),
    ]
    KEY_COMMANDS = registry.WORKSHOP
    AUTO_FOCUS = "#main"
    app: WorkshopApp

    def __init__(self, live: LivePlan) -> None:
        """Take the open plan."""
        super().__init__(live)
        self.workspace = workspace = Workspace(self, live)
        for feature in (FocusMode, Clock, Navigation, Panes, Audience, SealSession, Refresh):
            workspace.add(feature(workspace))
        workspace.inputs.append(self)
        workspace.listen(AudienceChanged, lambda _: self.show_lines())
        workspace.listen(AudienceChanged, lambda _: self.call_after_refresh(self.ask_about_conflicts))
        workspace.listen(Ticked, lambda _: self.each_second())

    @property
    def target(self) -> Workspace:
        """What the commands are run on."""
        return self.workspace

    def compose(self) -> ComposeResult:
        """Make the bar, the three panes and the editor that floats over them."""
        yield Bar(id="bar")
        with Horizontal(id="body"):
            yield Sheet(id="rail", classes="pane")
            yield Stage(self.live)
            yield Sheet(id="gaps", classes="pane")
        yield self.newest_pane()
        yield self.capture_line()
        yield Keys()
        yield Editor(self._commit, self.keep_draft, self._left)

    def on_screen_resume(self) -> None:
        """Show the live plan as it is by now."""
        self.workspace.show()

    # For what still stands in the screen itself

    def show(self) -> None:
        self.mark_drafts()
        self.workspace.show()

    @property
    def is_open(self) -> bool:
        return self.is_typing

    @property
    def block(self) -> Block | None:
        return self.workspace.block

    def leave(self) -> None:
        self.leave_all()

    def follow(self) -> None:
        if self.capture.is_open:
            self.capture.read()
        editor = self.query_one(Editor)
        if editor.edit and self._asked:
            if editor.edit.makes:
                self._asked.go_to(editor.edit.makes)
            editor.place(self._asked.cell_region())

    def committed(self, step: Step) -> None:
        self.workspace.emit(Committed(step))

    # What is told to whoever listens

    def tick(self) -> None:
        """Tell that a second has gone by."""
        self.workspace.emit(Ticked())

    @on(PlanChanged)
    def _changed(self, event: PlanChanged) -> None:
        self.workspace.emit(event)

    @on(Sheet.Moved, "#gaps")
    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        self.workspace.emit(FocusMoved())

    def on_resize(self) -> None:
        """Have all fit the screen."""
        self.workspace.emit(Resized())

    @on(Sheet.Asked)
    def _asked_for(self, event: Sheet.Asked) -> None:
        event.stop()
        if event.what == "add":  # there is no line for it
            self.is_closed()
        elif event.sheet.id == "rail":
            self.workspace.open_block(event.row.id.partition("/")[2])
        elif event.sheet.id == "gaps":
            self.workspace[Navigation].go_to_fix(event.row.id)
        elif event.what == "remove":
            stage = self.workspace.stage
            self._remove(stage.removable(event.row.id) if event.sheet.id == "main" else event.row.id)
        elif not self._follow_row(event.row.id) and event.cell.edit:
            self._edit(event.sheet, event.cell.edit, event.cell.text, event.key)

    def _follow_row(self, row: str) -> bool:
        """Do what a row says that is no field; return whether it says anything."""
        what, _, name = row.partition("/")
        if what == "do":
            self.action_command(name)
        return what == "do" or self.workspace[Navigation].follow(row)
