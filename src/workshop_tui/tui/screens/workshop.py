"""The workshop: agenda, the stage of the open block, gaps; every change goes through the live plan."""

from __future__ import annotations

from functools import partial
from typing import cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.screen import Screen

from workshop_tui.domain.base.text import one_of
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import KIND
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.tui.commands.command import Commanded, key_of
from workshop_tui.tui.commands.workshop import WORKSHOP
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.features.capture import Capture
from workshop_tui.tui.features.clock import Clock
from workshop_tui.tui.features.conflicts import Conflicts
from workshop_tui.tui.features.drafts import Drafts
from workshop_tui.tui.features.editing import LAST_FIELD, Editing
from workshop_tui.tui.features.focus_mode import FocusMode
from workshop_tui.tui.features.looking_back import LookingBack, Whereabouts
from workshop_tui.tui.features.navigation import Navigation
from workshop_tui.tui.features.panes import Panes
from workshop_tui.tui.features.recent import Recent
from workshop_tui.tui.features.refresh import Refresh
from workshop_tui.tui.features.removing import remove
from workshop_tui.tui.features.returning import Return
from workshop_tui.tui.features.scorecard import ScorecardReview
from workshop_tui.tui.features.seal import SealSession
from workshop_tui.tui.features.searching import Searching
from workshop_tui.tui.features.transcript import TranscriptTurns
from workshop_tui.tui.features.undo import Undo
from workshop_tui.tui.plan_messages import PlanMessage, post_to
from workshop_tui.tui.widgets.capture_line import CaptureLine
from workshop_tui.tui.widgets.editor import Editor
from workshop_tui.tui.widgets.key_bar import Keys
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.stage import IN_FRONT, Stage
from workshop_tui.tui.widgets.status_bar import Bar
from workshop_tui.tui.widgets.turns_sheet import TurnsSheet
from workshop_tui.tui.workspace import FocusMoved, Leaving, Resized, Ticked, Workspace, is_ours
from workshop_tui.views.base import View, entity_at, where_added
from workshop_tui.views.row_id import COMMAND, RowId
from workshop_tui.views.search import leads_to, place_of_words, words_of

NOTHING_HERE = "There is nothing here yet."
ALL_SHOWN = "All rows are shown again, not those with «{}» alone."
"""Said where a row comes in while a filter is on."""
NOT_ADDED = "Nothing can be added here."


class WorkshopScreen(Commanded, Screen[None]):
    """One session of one account: composes the widgets, and tells the features what happens.

    Shows projections; posts nothing, asks the live plan for changes.
    """

    KEY_COMMANDS = WORKSHOP
    AUTO_FOCUS = f".{IN_FRONT}"

    def __init__(self, live: LivePlan, *, looks_back: bool = False, leads_to: str = "") -> None:
        """Take the open plan, whose events come here from now on.

        It may open on the account's page, or on a line that was found.
        """
        super().__init__()
        self._looks_back, self._leads_to = looks_back, leads_to
        self.live = live
        self._is_there = False
        self.is_composing = True
        """Whether what one types in is still to come: keys wait for it, the first paint doesn't."""
        self._returns_to: Whereabouts | None = None
        live.post = post_to(self)
        self.workspace = workspace = Workspace(self, Stage(live, begins_drawn=looks_back), live)
        workspace.listen(Ticked, lambda _: live.retry())
        workspace.listen(FocusMoved, lambda _: workspace.stage.hint())
        drafts = workspace.add(Drafts(workspace))
        workspace.add(Editing(workspace, drafts.keep, drafts.at))
        for feature in (Panes, Clock, FocusMode, Navigation, Audience, SealSession, Refresh, Recent, Return):
            workspace.add(feature(workspace))
        workspace.add(Undo(workspace))
        workspace.add(TranscriptTurns(workspace, drafts.at))
        workspace.add(LookingBack(workspace))
        workspace.add(Searching(workspace))
        workspace.add(Capture(workspace, drafts.keep, drafts.keep_for_us, drafts.at, drafts.lines))
        workspace.add(ScorecardReview(workspace, drafts.keep, drafts.at))
        workspace.add(Conflicts(workspace, drafts.keep))

    @property
    def target(self) -> Workspace:
        """What the commands are run on."""
        return self.workspace

    @property
    def legend(self) -> str:
        """What the shortest headings of the table stand for, for the help."""
        return self.workspace.stage.legend

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that run commands now: what sets a value in the focused cell is none."""
        found, sheet = super().active_bindings, self.focused
        if not isinstance(sheet, Sheet):
            return found
        left = sheet.leaves(found)
        return {key: active for key, active in found.items() if key in left}

    def compose(self) -> ComposeResult:
        """Make the bar, the three panes and the editor that floats over them."""
        yield Bar(id="bar")
        yield self.workspace[Panes].widget()
        yield self.workspace[Recent].widget()
        yield self.workspace[TranscriptTurns].widget()
        yield self.workspace[Capture].widget()
        yield Keys()
        yield self.workspace[Editing].widget()

    def on_mount(self) -> None:
        """Let the time pass, and bring back what was typed but not valid."""
        self.set_interval(1, partial(self.workspace.emit, Ticked()))
        self.workspace.sheets = tuple(self.query(Sheet))
        for sheet in self.workspace.sheets:
            sheet.opens = self.workspace[Editing].edit
            sheet.goes_on = self.workspace[Editing].go_on
            sheet.adds_here = sheet.id in {"main", "canvas"}
            sheet.may_add = self._may_add
            sheet.may_edit = partial(self._may_edit, sheet)
            sheet.may_remove = partial(self._may_remove, sheet)
            sheet.added = partial(self.workspace.stage.added_by, sheet)
        self.query_one("#rail", Sheet).leading = frozenset({Block.__name__})
        self.workspace.run_worker(self.workspace[Drafts].arrive, group="arrive")

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Show the live plan as it is by now; at first where the clock runs, or where it was left."""
        if self._is_there:
            self.workspace.show()
        else:
            self._is_there = True
            event.refresh_styles = False  # nothing is styled otherwise than when it was mounted
            self._begin()

    def _begin(self) -> None:
        if not self.workspace.app.is_opening:  # else nothing is painted before all is laid out
            self.workspace[Panes].begin()
        with self.workspace.on_the_way():
            looks_back = self._looks_back and is_ours(self.workspace)
            if not (looks_back and self.workspace[Return].pass_by()):
                self.workspace[Return].go()
            if looks_back:
                self.workspace[LookingBack].open_from_library()
            if self._returns_to:
                self.workspace[LookingBack].go_to(self._returns_to)
            if self._leads_to:
                self.go_to_found(self._leads_to)
        self.call_after_refresh(self._compose_fields)

    async def _compose_fields(self) -> None:
        for typed_in in (self.query_one(CaptureLine), self.query_one(Editor)):
            await typed_in.compose_fields()
        self.is_composing = False

    def go_to_found(self, row: str) -> None:
        """Go to where a line that was found is looked at; not before the customer, for whom none was."""
        if not is_ours(self.workspace):
            return
        self.workspace.leave_all()
        named = RowId.parse(row).opens
        line = leads_to(named.kind, named.key)
        words = place_of_words(self.live, named.kind, named.key, words_of(row))
        self.workspace[Searching].leading(partial(self._stand_on, line, words))

    def _stand_on(self, line: RowId, words: tuple[str, ...]) -> None:
        """Go where a line leads, and there to the first cell that is edited at one of the places."""
        self.workspace[Navigation].follow(line)
        main = self.workspace.stage.main
        any(main.go_to_edit({place}) for place in words)

    def place(self) -> Whereabouts:
        """Return where one is: block, view and row."""
        return self.workspace[LookingBack].place()

    def go_back_to(self, place: Whereabouts) -> None:
        """Go where one was; once the screen is there, if it comes only now."""
        if self._is_there:
            self.workspace[LookingBack].go_to(place)
        else:
            self._returns_to = place

    def flush(self) -> None:
        """Hand over for saving what is being typed, and what could not be saved yet."""
        self.workspace.flush()
        self.workspace.emit(Leaving())
        self.live.retry()

    def on_unmount(self) -> None:
        """Be there no more."""
        self.live.leave()

    # What is told to whoever listens

    @on(PlanMessage)
    def _plan_told(self, message: PlanMessage) -> None:
        self.workspace.emit(message.event)

    @on(CaptureLine.Added)
    def _line_added(self, event: CaptureLine.Added) -> None:
        self.workspace.emit(event)

    @on(TurnsSheet.Offered)
    def _turn_offered(self, event: TurnsSheet.Offered) -> None:
        self.workspace.emit(event)

    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        self.workspace.emit(FocusMoved())

    def on_resize(self) -> None:
        """Have all fit the screen."""
        self.workspace.emit(Resized())

    # What is asked of a row

    @on(Sheet.Moved, "#gaps")
    def _gap_moved(self) -> None:
        self.workspace[Panes].show_gaps()

    @on(Sheet.Moved)
    @on(Sheet.Crossed)
    def _cursor_moved(self) -> None:
        self.workspace[Recent].moved()

    @on(Sheet.Asked)
    def _asked_for(self, event: Sheet.Asked) -> None:
        event.stop()
        workspace, row = self.workspace, event.row.id
        stage = workspace.stage
        if event.what != "edit":
            self._asked_otherwise(event)
        elif event.sheet is stage.main and stage.is_led():
            pass
        elif event.sheet.id == "rail":
            workspace.open_block("".join(RowId.parse(row).key_of(Block)))
        elif event.sheet.id == "newest" and row:
            workspace[Navigation].go_to_row(RowId.parse(row))
        elif (event.sheet is stage.main and self._enter(row)) or self._follow(RowId.parse(row)):
            pass
        elif not workspace.is_closed():
            told = stage.view.why_not(self.live, row) if row and stage.view else NOTHING_HERE
            stage.tell(told, event.sheet)

    def _enter(self, row: str) -> bool:
        """Do what Enter means in the open view itself, as narrowing it; whether it means anything."""
        stage = self.workspace.stage
        if stage.view is None or not stage.view.enter(self.live, row, stage.main.col):
            return False
        self.workspace.show()
        stage.main.go_to(row)
        return True

    def _may_add(self) -> bool:
        stage = self.workspace.stage
        is_there = any(row.placeholder for row in stage.main.table.rows)
        return is_there or bool(stage.listing.wanted and not self.live.closed)

    def _may_edit(self, sheet: Sheet) -> bool:
        """Whether Enter does anything: not where a cell of a row has nothing to be changed."""
        row = sheet.current
        if isinstance(sheet, TurnsSheet):  # what was said was said
            return False
        if row is None or row.placeholder or sheet.id not in {"main", "card"} or sheet.current_cell.edit:
            return not self.live.closed
        return not self.live.closed and RowId.parse(row.id).kind not in KIND

    def _may_remove(self, sheet: Sheet) -> bool:
        row = sheet.current.id if sheet.current else ""
        return not self.live.closed and bool(self._removable(sheet, row))

    def _removable(self, sheet: Sheet, row: str) -> tuple[str, ...]:
        """Return what `x` on a row takes out."""
        stage = self.workspace.stage
        names = stage.removable(row) if sheet is stage.main else (row,)
        return tuple(name for name in names if entity_at(self.live.view, name))

    def _asked_otherwise(self, event: Sheet.Asked) -> None:
        """Add or remove where that means anything; say so where it doesn't."""
        workspace, stage = self.workspace, self.workspace.stage
        is_main = event.sheet is stage.main
        removable = self._removable(event.sheet, event.row.id)
        if event.what == "add" and not is_main:  # rows come in in the main table, from every pane
            stage.main.focus()
            stage.main.action_add()
        elif workspace.is_closed():
            return
        elif event.what == "add" and (wanted := stage.listing.wanted):  # the new row would not be seen
            stage.listing.seek("")
            stage.main.action_add()
            stage.tell(ALL_SHOWN.format(wanted))
        elif event.what == "remove" and removable:
            remove(workspace, *removable)
        elif event.what == "digit":
            stage.tell(self._told_of_digits(event.sheet), event.sheet)
        elif event.what == "add":
            told = where_added(self.live, stage.view, stage.views) if stage.view else ""
            stage.tell(told or NOT_ADDED, event.sheet)
        else:
            view = stage.view if is_main and stage.view else View()
            stage.tell(view.why_it_stays(self.live, event.row.id), event.sheet)

    def _told_of_digits(self, sheet: Sheet) -> str:
        """Say which digits the cell takes, where another one was pressed."""
        edit = sheet.current_cell.edit
        views = f"{key_of(self, 'views')} and a digit opens a view"
        if not sheet.takes_digits:
            return f"{LAST_FIELD} No digit is a value here: {views}"
        takes = one_of(key for key in sheet.keys if key.isdigit())
        what = edit.title.partition(" · ")[0] if edit else "This"
        return f"{what} takes {takes}, so nothing has changed; {views}"

    def _follow(self, row: RowId) -> bool:
        """Do what a row says that is no field; return whether it says anything."""
        if row.kind == COMMAND:
            (name,) = row.key
            host: Commanded = self if name in self.by_id else cast("Commanded", self.app)
            host.action_command(name)
        if row.kind == "seals":
            self.workspace[SealSession].look_at("".join(row.key))
            return True
        follow = partial(self.workspace[Navigation].follow, row)
        return row.kind == COMMAND or self.workspace[LookingBack].leading(follow)

    @on(Editor.Dropped)
    def _dropped(self, event: Editor.Dropped) -> None:
        self.workspace.show()
        self.workspace.stage.tell(f"«{event.name}» is dropped: {key_of(self, 'undo')} brings it back")

    @on(Editor.Stays)
    def _stays(self, event: Editor.Stays) -> None:
        keep = key_of(self.query_one(Editor), "editor.keep")
        self.workspace.stage.tell(f"{event.title} stays as it is: {keep} on the empty field takes it out")

    @on(Editor.Typing)
    def _typing(self) -> None:
        self.live.note(typing=self.query_one(Editor).is_unsaved)
