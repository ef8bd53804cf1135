"""What stands around the stage: agenda, gaps, card, prompts; which of them are there."""

from __future__ import annotations

from textual.containers import Container, Horizontal
from textual.geometry import Size
from textual.widget import Widget

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.session import Block
from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.widgets.literal import set_border_title
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.workspace import (
    FocusMoved,
    MinuteGone,
    PlanShown,
    Rearranged,
    Resized,
    Workspace,
    is_ours,
)
from workshop_tui.views.around import agenda, gap_count, gap_list, place_in_agenda
from workshop_tui.views.row_id import RowId

WIDE = 110
"""Cells from which the agenda stands beside the stage by itself."""
AGENDA, GAPS = 26, 36
"""Cells of agenda and gaps beside the stage."""
LEAST = 92
"""Cells that are left to the stage where the gaps stand beside it; else they stand beneath."""


class Panes:
    """Shows agenda and gaps beside the stage, where they are wanted and may be seen."""

    def __init__(self, workspace: Workspace) -> None:
        """Begin with those for which there is room."""
        self._workspace, self._live = workspace, workspace.live
        self._hidden: set[str] = set()
        self._wanted: set[str] = set()
        self._beside = {name: Sheet(id=name, classes="pane") for name in ("rail", "gaps")}
        self._middle = Container(workspace.stage, self._beside["gaps"], id="middle")
        self._fits: Size | None = None
        """The size for which all was laid out before anything was shown, until the screen is told of it."""
        workspace.listen(PlanShown, lambda _: self._show())
        workspace.listen(MinuteGone, lambda _: self._show_agenda())
        workspace.listen(FocusMoved, lambda _: self.show_gaps())
        workspace.listen(Resized, lambda _: self._fit())
        workspace.listen(Rearranged, lambda _: self._place())

    def widget(self) -> Widget:
        """Return the stage with agenda and gaps beside it where they fit: all is styled for that at once."""
        self._place()
        return Horizontal(self._beside["rail"], self._middle, id="body")

    def _show(self) -> None:
        self._place()
        self._show_agenda()
        self.show_gaps()
        self._show_counts()

    def _show_counts(self) -> None:
        """Tell in the borders how many gaps there are, and which block this is where no agenda says so."""
        workspace, block = self._workspace, self._workspace.block
        gaps, rail = self._beside["gaps"], self._beside["rail"]
        told = f"Gaps {gap_count(self._live)}"
        set_border_title(gaps, told)
        place = place_in_agenda(self._live, block.id) if block and not rail.display else ""
        is_told = not (gaps.display or workspace.stage.roomy or self._live.audience == CUSTOMER)
        key = key_of(workspace.stage, "panel.gaps")
        workspace.stage.frame(place, f"{told} ▸ {key}" if is_told else "")

    def _show_agenda(self) -> None:
        block = self._workspace.block
        open_block, rail = block.id if block else "", self._beside["rail"]
        rail.show(agenda(self._live, open_block))
        if not rail.has_focus:
            rail.go_to(str(RowId.entity(Block, open_block)))
        set_border_title(rail, "Agenda")

    def show_gaps(self) -> None:
        """Show the gaps, with what to do about the one that is gone to."""
        gaps, block = self._beside["gaps"], self._workspace.block
        if gaps.display:  # else nobody looks
            at = gaps.current.id if gaps.current and gaps.has_focus else ""
            gaps.show(gap_list(self._live, block.kind if block else None, at))

    def _place(self) -> None:
        """Have those beside the stage for which there is room."""
        width, is_focused = self._workspace.screen.app.size.width, self._workspace.stage.roomy
        for name, pane in self._beside.items():
            by_itself = name == "rail" and width >= WIDE
            shown = name not in self._hidden if by_itself else name in self._wanted
            is_kept_back = name == "gaps" and self._live.audience == CUSTOMER
            pane.display = shown and not is_focused and not is_kept_back
        left = width - GAPS - (AGENDA if self._beside["rail"].display else 0)
        self._middle.set_class(left < LEAST, "beneath")

    def begin(self) -> None:
        """Lay all out before anything is shown."""
        self._workspace.arrange()
        self._fits = self._workspace.screen.app.size

    def _fit(self) -> None:
        """Fit the panes to the screen, and then what is in them."""
        fits, self._fits = self._fits, None
        if fits == self._workspace.screen.app.size:
            return
        self._place()
        self._workspace.screen.call_after_refresh(self._show_fitted)

    def _show_fitted(self) -> None:
        """Show all in the room there is now, and what is typed over the cell to which it belongs."""
        self._workspace.show()
        self._workspace.screen.call_after_refresh(self._follow)

    def _follow(self) -> None:
        for each in self._workspace.inputs:
            if each.is_open:
                each.follow()

    def switch(self, name: str) -> None:
        """Put a pane away or bring it back."""
        workspace, pane = self._workspace, self._beside[name]
        (self._hidden.add if pane.display else self._hidden.discard)(name)
        (self._wanted.discard if pane.display else self._wanted.add)(name)
        workspace.rearrange()
        if not pane.display and (pane.has_focus or workspace.screen.focused is None):
            workspace.stage.main.focus()

    @property
    def entered(self) -> Sheet | None:
        """The pane beside the main table that one is in."""
        focused = self._workspace.screen.focused
        is_pane = isinstance(focused, Sheet) and focused is not self._workspace.stage.main
        return focused if is_pane and isinstance(focused, Sheet) else None

    def leave(self) -> None:
        """Put away the pane that one is in, and go back to the main table."""
        pane, stage = self.entered, self._workspace.stage
        stage.main.focus()
        if pane and pane.id == "card":
            self.switch_card()
        elif pane and pane.id in {"rail", "gaps"}:
            self.switch(pane.id)
        elif pane:
            pane.display = False

    def switch_prompts(self) -> None:
        """Show the facilitator's prompts for the block, or put them away."""
        stage = self._workspace.stage
        stage.has_prompts = not stage.has_prompts
        self._workspace.rearrange()

    def switch_card(self) -> None:
        """Put the card away or bring it back."""
        stage = self._workspace.stage
        if not stage.is_carded:
            stage.tell("This line has no card: others do." if stage.has_cards else "This view has no card.")
            return
        if stage.staged == "card":
            stage.tell("The card is all there is to see here.")
        elif stage.staged or stage.is_full:
            stage.has_card_beneath = not stage.has_card_beneath
        else:
            stage.has_card = not self._workspace.screen.query_one("#card").display
        self._workspace.show()
        stage.main.focus()


COMMANDS = (
    Command[Workspace](
        "prompts",
        "p",
        "Facilitator's prompts",
        lambda workspace: workspace[Panes].switch_prompts(),
        "the facilitator's prompts for the block",
        applies=is_ours,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "panel.agenda",
        "o",
        "Agenda on or off",
        lambda workspace: workspace[Panes].switch("rail"),
        "agenda, gaps, card: on or off; Tab leads there",
        section=Section.SESSION,
    ),
    Command[Workspace](
        "panel.gaps",
        "g",
        "Gaps on or off",
        lambda workspace: workspace[Panes].switch("gaps"),
        applies=is_ours,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "panel.card",
        "c",
        "Card on or off",
        lambda workspace: workspace[Panes].switch_card(),
        listed=lambda workspace: workspace.stage.is_carded,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "panel.leave",
        "escape,ctrl+l",
        "Close this pane",
        lambda workspace: workspace[Panes].leave(),
        "close the pane one is in, and go back to the main table",
        applies=lambda workspace: workspace[Panes].entered is not None,
        section=Section.SESSION,
    ),
)
