"""The newest lines above the capture line: changed, removed, turned into one another from any block."""

from __future__ import annotations

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.plan.step import Step
from workshop_tui.live.events import PlanChanged
from workshop_tui.tui.commands.command import Command, Section, free_key_of, key_of
from workshop_tui.tui.keyboard import Mode
from workshop_tui.tui.widgets.literal import set_border_title
from workshop_tui.tui.widgets.newest_sheet import NewestSheet
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.workspace import AudienceChanged, FocusMoved, PlanShown, Workspace
from workshop_tui.views.cell import RowAction
from workshop_tui.views.recent import CORRECT, doing, newest_lines
from workshop_tui.views.table import Row

_PANE = "newest"


class Recent:
    """Has a pane for what was caught last."""

    def __init__(self, workspace: Workspace) -> None:
        """Begin with nothing known."""
        self._workspace, self._live = workspace, workspace.live
        self._lately: tuple[Step, ...] = ()
        self._known = 0
        """The number of the last Step in the journal as it was read."""
        self._begins = True
        """Whether the cursor goes to the newest line once it is read: the pane has just been opened."""
        self._before: frozenset[str] = frozenset()
        """The lines there were when the one under the cursor went: it may have become what comes in next."""
        self._is_in = False
        """Whether one is in the pane: then the cursor stays on its line."""
        workspace.listen(PlanChanged, self._changed)
        workspace.listen(FocusMoved, lambda _: self._focused_anew())
        workspace.listen(AudienceChanged, lambda _: self._cut())
        workspace.listen(PlanShown, lambda _: self.moved())
        workspace.row_actions[_PANE] = self._actions

    def widget(self) -> Sheet:
        """Return the pane, hidden, to be put on the screen."""
        pane = NewestSheet(id=_PANE, classes="pane")
        pane.display = False
        return pane

    @property
    def pane(self) -> Sheet:
        """The pane, shown or not."""
        return self._workspace.screen.query_one(f"#{_PANE}", Sheet)

    def _show(self) -> None:
        """Show the lines that are known, those of them that may be seen now."""
        for pane in self._workspace.screen.query(f"#{_PANE}").results(Sheet):  # none once the session is left
            pane.show(newest_lines(self._live, self._lately))
            if self._begins or not self._is_in:
                pane.action_end(-1)
            self.tell_actions()

    def tell_actions(self) -> None:
        """Tell in the border what can be done with the line under the cursor; elsewhere, how to go there."""
        pane, screen = self.pane, self._workspace.screen
        can = ""
        if not self._is_in:
            focused = screen.focused
            taken = focused.takes if isinstance(focused, Sheet) else self._workspace.stage.main.takes
            can = f" · {free_key_of(screen, 'newest', taken)} goes there"
        elif pane.current is not None:
            turns = any(action.key != CORRECT for action in self._actions(pane.current))
            does = "turns it into something else" if turns else "corrects it here"
            can = f" · {key_of(pane, 'sheet.edit')} goes to it · {key_of(screen, 'row.do')} {does}"
        set_border_title(pane, f"Newest lines{can}")

    def moved(self) -> None:
        """Tell what the keys do where the cursor stands by now, be it in the pane or elsewhere."""
        if self.pane.display:
            self.tell_actions()

    def _focused_anew(self) -> None:
        """Know whether one is in the pane, also while a line of it is edited."""
        for pane in self._workspace.screen.query(f"#{_PANE}").results(Sheet):
            if not isinstance(self._workspace.screen.focused, Sheet) and self._workspace.mode is Mode.EDIT:
                return
            self._is_in = pane.has_focus
            self.tell_actions()

    def go(self) -> None:
        """Show the newest lines; where they are shown, go to the line one was on, and from there away."""
        pane = self.pane
        if pane.has_focus:
            self._put_away()
        elif pane.display:
            pane.focus()
        else:
            pane.display = self._begins = True
            self._read()

    def _put_away(self) -> None:
        pane = self.pane
        had_focus, pane.display = pane.has_focus, False
        if had_focus:
            self._workspace.stage.main.focus()

    def _cut(self) -> None:
        """Show what the audience may see of it; before the customer nothing, unless it is asked for."""
        if self._live.audience == CUSTOMER:
            self._put_away()
        self._show()

    def _changed(self, event: PlanChanged) -> None:
        if not self.pane.display:
            return
        if self._live.number != self._known:
            self._read()
        elif event.rows:
            pane, row = self.pane, self.pane.current
            there = frozenset(each.id for each in pane.table.rows)
            self._show()
            if row and row.id not in {each.id for each in pane.table.rows}:
                self._before = there

    def _read(self) -> None:
        self._workspace.run_worker(self._show_newest, group=_PANE, exclusive=True)

    async def _show_newest(self) -> None:
        """Show what the journal says came in last."""
        number = self._live.number
        self._lately = await self._live.lately()
        self._known = number  # only now: what could not be read is read at the next change
        self._show()
        self._begins, before, self._before = False, self._before, frozenset()
        newest = next((row.id for row in self.pane.table.rows), "")  # another may have come in at the foot
        if before and newest not in before:
            self.pane.go_to(newest)
            self.tell_actions()

    def _actions(self, row: Row) -> tuple[RowAction, ...]:
        return doing(self._live, row.id)


COMMANDS = (
    Command[Workspace](
        "newest",
        "r,f9",
        "Newest lines",
        lambda workspace: workspace[Recent].go(),
        "the newest lines, whatever block they were caught in; again to go there: "
        "Enter goes to the row; correct, remove, or turn one into another (`d`)",
        section=Section.SESSION,
    ),
)
