"""The workshop: agenda, the stage of the open block, gaps; every change goes through the live plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Resize
from textual.timer import Timer

from workshop_tui.domain.session import Block
from workshop_tui.domain.words import CUSTOMER
from workshop_tui.tui.choices import VIEWS
from workshop_tui.tui.company import company
from workshop_tui.tui.live_plan import LivePlan
from workshop_tui.tui.panels import agenda, bar_text, gap_list, place_of
from workshop_tui.tui.screens.capturing import CLOSED_HERE
from workshop_tui.tui.screens.sifting import NOT_SIFTED
from workshop_tui.tui.screens.stage import Stage
from workshop_tui.tui.screens.timing import TimingScreen
from workshop_tui.tui.stages.base import entity_at
from workshop_tui.tui.told import PlanChanged
from workshop_tui.tui.widgets.bar import Bar
from workshop_tui.tui.widgets.change import entitle
from workshop_tui.tui.widgets.editor import Editor
from workshop_tui.tui.widgets.keys import Keys
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.views_line import MOST

if TYPE_CHECKING:
    from workshop_tui.tui.app import WorkshopApp

PAUSE = 0.3
"""Seconds without a change after which the rest of the screen follows what is typed."""
ROOMY = 150
"""Cells from which the agenda has room for whole titles."""
NOTHING_HERE = "There is nothing here yet."
NOT_HERE = {
    "add": "No row is added here.",
    "remove": "Nothing is removed here.",
    "step": "+ and - are for figures: there is none here.",
    "digit": "That digit is no value here: v and a digit opens a view.",
}
"""What is asked of a cell that can't be done there → what is said."""
WIDE = 110
"""Cells from which agenda and gaps stand beside the stage by themselves."""


class WorkshopScreen(TimingScreen):
    """One session of one account. Shows projections; posts nothing, asks the live plan for changes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo", "Undo", id="undo", priority=True),
        Binding("ctrl+y,ctrl+shift+z", "redo", "Redo", id="redo", show=False, priority=True),
        Binding("n", "block(1)", "Next", id="block.next"),
        Binding("b", "block(-1)", "Block before", id="block.before", show=False),
        Binding(
            "right_square_bracket,full_stop", "subject(1)", "Next subject", id="subject.next", show=False
        ),
        Binding(
            "left_square_bracket,comma", "subject(-1)", "Subject before", id="subject.before", show=False
        ),
        Binding(VIEWS, "views", "Another view, by its digit", id="views", show=False),
        Binding(VIEWS.upper(), "view_before", "View before", id="view.before", show=False),
        Binding("p", "prompts", "Facilitator's prompts", id="prompts", show=False),
        Binding("o", "panel('rail')", "Agenda on or off", id="panel.agenda", show=False),
        Binding("g", "panel('gaps')", "Gaps on or off", id="panel.gaps", show=False),
        Binding("c", "card", "Card on or off", id="panel.card", show=False),
        Binding("e", "export", "Export", id="export", show=False),
        Binding("q", "library", "Library", id="library", show=False),
        Binding("s,slash,m", "sift_elsewhere", show=False),
        *(
            Binding(f"{n},alt+{n}", f"view({n - 1})", f"View {n}", id=f"view.{n}", show=False)
            for n in range(1, MOST + 1)
        ),
    ]

    AUTO_FOCUS = "#main"
    app: WorkshopApp

    def __init__(self, live: LivePlan) -> None:
        """Take the open plan."""
        super().__init__(live)
        self._block = ""
        self._pause: Timer | None = None
        self._of_others = False
        self._hidden: set[str] = set()
        self._wanted: set[str] = set()

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
        self.show()

    # Showing

    @property
    def block(self) -> Block | None:
        """The open block; for an audience that may not see it, the first that it may."""
        return self.live.view.get(Block, self._block) or next(iter(self.blocks()), None)

    @property
    def stage(self) -> Stage:
        """The stage."""
        return self.query_one(Stage)

    def blocks(self) -> tuple[Block, ...]:
        """The blocks of this session that the audience may see."""
        return self.live.view.where(Block, session=self.live.session_id)

    def show(self) -> None:
        """Show the live plan as it is."""
        self._show_bar()
        self.mark_drafts()
        self.show_agenda()
        gaps = self.query_one("#gaps", Sheet)
        self._show_gaps()
        entitle(gaps, f"Gaps {len(self.live.figures.gaps)}")
        self.stage.show(self.block)
        self.show_clock()
        self._show_panes()

    def show_agenda(self) -> None:
        """Show the agenda beside the stage as it is now."""
        open_block, rail = self.block.id if self.block else "", self.query_one("#rail", Sheet)
        self.live.block = open_block
        rail.show(agenda(self.live, open_block, rail.size.width))
        if not rail.has_focus:
            rail.go_to(f"Block/{open_block}")
        entitle(rail, "Agenda")

    @on(Sheet.Moved, "#gaps")
    def _show_gaps(self) -> None:
        gaps = self.query_one("#gaps", Sheet)
        at = gaps.current.id if gaps.current and gaps.has_focus else ""
        gaps.show(gap_list(self.live, at))

    def _show_bar(self) -> None:
        bar = self.query_one(Bar)
        bar.text, bar.company = bar_text(self.live), company(self.live)

    def _show_panes(self) -> None:
        wide = self.size.width >= WIDE
        self.query_one("#rail").set_class(self.size.width >= ROOMY, "roomy")
        for name in ("rail", "gaps"):
            shown = name not in self._hidden if wide else name in self._wanted
            if self.in_focus or (name == "gaps" and self.live.audience == CUSTOMER):
                shown = False
            self.query_one(f"#{name}").display = shown

    @on(PlanChanged)
    def _changed(self, event: PlanChanged) -> None:
        """Show what has changed; while somebody types, as soon as they pause: no letter waits for it."""
        self._show_bar()
        if not event.rows:
            return
        if not self.is_typing:
            self._show_changes()
        elif not self._of_others:  # what others did is not put off by what is typed here
            self._of_others = event.others
            if self._pause:
                self._pause.stop()
            self._pause = self.set_timer(PAUSE, self._show_changes)

    def _show_changes(self) -> None:
        if self._pause:
            self._pause.stop()
        self._of_others = False
        self.show()
        if self.capture.is_open:
            self.capture.read()
        editor = self.query_one(Editor)
        if editor.edit and self._asked:
            if editor.edit.makes:
                self._asked.go_to(editor.edit.makes)
            editor.place(self._asked.cell_region())

    def on_resize(self, _event: Resize) -> None:
        """Fit the panes to the screen, and then what is in them."""
        self._show_panes()
        self.call_after_refresh(self.show)

    def on_descendant_focus(self) -> None:
        """Tell what to do about the gap that is gone to, and which keys answer there."""
        self._show_gaps()
        self.stage.hint()

    # Moving about

    @on(Sheet.Asked)
    def _asked_for(self, event: Sheet.Asked) -> None:
        event.stop()
        stage, row = self.stage, event.row.id
        if event.what != "edit":
            self._asked_otherwise(event)
        elif event.sheet.id == "rail":
            self._go_to_block(row.partition("/")[2])
        elif event.sheet.id == "gaps" and row:
            self.mend(row)
        elif lead := self.lead(row):
            lead()
        elif event.cell.edit:
            self._edit(event.sheet, event.cell.edit, event.cell.text, event.key)
        elif not self.is_closed():
            stage.tell(stage.view.why_not(self.live, row) if row and stage.view else NOTHING_HERE)

    def _asked_otherwise(self, event: Sheet.Asked) -> None:
        """Add or remove where that means anything; say so where it doesn't."""
        stage, is_main = self.stage, event.sheet is self.stage.main
        removable = stage.removable(event.row.id) if is_main else (event.row.id,)
        if event.what == "add" and not is_main:  # rows come in in the main table, from every pane
            stage.main.focus()
            stage.main.action_add()
        elif self.is_closed():
            return
        elif event.what == "remove" and any(entity_at(self.live.view, name) for name in removable):
            self._remove(*removable)
        else:
            stage.tell(NOT_HERE[event.what])

    def action_block(self, by: int) -> None:
        """Open the next block of the agenda, or the one before."""
        blocks = [block.id for block in self.blocks()]
        if blocks:
            at = blocks.index(self.block.id) if self.block else 0
            if self.live.audience == CUSTOMER and not 0 <= at + by < len(blocks):
                self.leave_the_customer(by)
            else:
                if not 0 <= at + by < len(blocks):
                    self.stage.tell(f"This is the {'last' if by > 0 else 'first'} block.")
                    return
                block = blocks[at + by]
                self.move_on(by, block)
                self._go_to_block(block)

    def _go_to_block(self, block: str) -> None:
        self._block = block
        self.show()
        self.stage.main.focus()
        self.entered(self.block)

    def action_view(self, number: int) -> None:
        """Open another view of the block."""
        self.stage.open_view(number)

    def action_views(self) -> None:
        """Show the views, for the next key to open one."""
        self.stage.choose_view()

    def action_view_before(self) -> None:
        """Open the view before this one, or the last."""
        self.stage.open_view((self.stage.number - 1) % max(len(self.stage.views), 1))

    def action_sift_elsewhere(self) -> None:
        """Say where rows are sorted, filtered and marked: not in agenda, gaps and newest lines."""
        self.stage.tell(NOT_SIFTED)

    def action_subject(self, by: int) -> None:
        """Step to the next person or question."""
        self.stage.step_subject(by)

    def action_prompts(self) -> None:
        """Show the facilitator's prompts for the block, or put them away."""
        if self.live.audience == CUSTOMER:
            self.stage.tell(CLOSED_HERE)
            return
        self.stage.has_prompts = not self.stage.has_prompts
        self.show()

    def action_card(self) -> None:
        """Put the card away or bring it back."""
        if not self.stage.is_carded:
            self.stage.tell("This view has no card.")
            return
        self.stage.has_card = not self.stage.has_card
        self.show()
        self.stage.main.focus()

    def mend(self, row: str) -> None:
        """Go to a row in the block where what it lacks is mended."""
        name, _, rule = row.partition("#")
        kind = place_of(rule, name.partition("/")[0])
        block = next((b for b in self.blocks() if b.kind is kind), None)
        if block:
            self._go_to_block(block.id)
            self.stage.open_view(0)
            self.stage.go_to(name)
        elif kind:
            self.stage.tell(f"That is mended in {kind.label}, and this agenda has no such block: add one.")
        else:
            self.stage.tell("There is no block in which that is mended.")

    def action_panel(self, name: str) -> None:
        """Put a panel away or bring it back."""
        if name == "gaps" and self.live.audience == CUSTOMER:
            self.stage.tell(CLOSED_HERE)
            return
        pane = self.query_one(f"#{name}")
        (self._hidden.add if pane.display else self._hidden.discard)(name)
        (self._wanted.discard if pane.display else self._wanted.add)(name)
        self.show()
        self.call_after_refresh(self.show)  # its width is known only once it is there
        if pane.display:
            pane.focus()
        elif pane.has_focus or self.focused is None:
            self.stage.main.focus()

    def action_export(self) -> None:
        """Write the joint action plan; under the customer audience that stays closed."""
        if self.live.audience == CUSTOMER:
            self.notify(CLOSED_HERE, markup=False)
            return
        from workshop_tui.tui.screens.exporting import export_dialog

        self.app.push_screen(export_dialog(self.live, self.app.say))

    @work
    async def action_library(self) -> None:
        """Go back to the library, once all is saved."""
        if self.live.audience == CUSTOMER:
            self.notify(CLOSED_HERE, markup=False)
            return
        self.leave_all()
        await self.live.settle()
        if self.live.audience != CUSTOMER:  # by now, too
            await self.app.close_workshop()
