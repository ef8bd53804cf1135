"""Moving about: blocks of the agenda, views of a block, people of a view, what a row leads to."""

from __future__ import annotations

from functools import partial

from workshop_tui.domain.base.vocabulary import CUSTOMER, VIEWS
from workshop_tui.domain.gaps.weight import place_of
from workshop_tui.domain.model.session import Block
from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.views_line import MOST
from workshop_tui.tui.workspace import BlockLeft, BlockOpened, CustomerLeft, Workspace, is_ours
from workshop_tui.views.account.page import OPENED_IN, STAYS, home_of, opened_as
from workshop_tui.views.beside import SHARED, beside, beside_called
from workshop_tui.views.block_views import StageKind, block_of, stage_kind
from workshop_tui.views.keys import key
from workshop_tui.views.mending import Mending, mending
from workshop_tui.views.room import room_screen
from workshop_tui.views.row_id import GAP, OPENS, VIEW, RowId
from workshop_tui.views.search import leads_to

_ROWS = ("Stakeholder", "Action", "Answer", "Decision", "Parking", "Risk", "Initiative", "Meeting")
"""Kinds of rows that have a line of their own where they are looked at."""

BACK_IN = f"Back in «{{}}»: {key('block.next')} goes on from here."
NO_ROOM = "No other screen shows this session to the room."
NO_OTHER_SHARED = "No other shared screen shows this session."
OUTSIDE = "The other screen is outside the agenda: at «{}»."
NOT_HERE = "The other screen is at a block that isn't shown here."
SHARES = "«{}» has shared this screen."


class Navigation:
    """Goes from block to block, from view to view, and to where a gap is mended."""

    def __init__(self, workspace: Workspace) -> None:
        """Take the workspace, which knows the open block."""
        self._workspace = workspace
        self._came_from = ""
        """The block from which a gap or a line has led to the open one; "" where one came otherwise."""
        self._is_on_way_back = True
        """Whether the next block is that one, as the room is there still; else only the one before is."""
        workspace.listen(BlockOpened, lambda _: self._forget_way())

    def step_block(self, by: int, *, looks: bool = False, is_shared: bool = False) -> None:
        """Open the next block of the agenda, or the one before; to look leaves the clock.

        It counts from the block that is shown; `is_shared` where that was shown to the customer a moment ago.
        From where a gap has led it goes back first: the room is still in the block one came from. From where
        one went by oneself, as from the newest lines, only the one before leads back. To look is to look at
        a neighbour, wherever one came from.
        """
        workspace = self._workspace
        if workspace.is_sharing_aside and workspace.live.audience == CUSTOMER:
            self._ask_who_looks(by, looks=looks)
            return
        if workspace.aside:
            workspace.leave_aside()
            return
        blocks = [block.id for block in workspace.blocks()]
        if not blocks:
            return
        if not looks and self._came_from in blocks and (by < 0 or self._is_on_way_back):
            workspace.open_block(self._came_from)
            workspace.stage.tell(BACK_IN.format(workspace.block.title if workspace.block else ""))
            return
        to = (blocks.index(workspace.block.id) if workspace.block else 0) + by
        is_shared = is_shared or workspace.live.audience == CUSTOMER
        if workspace.live.audience == CUSTOMER and not 0 <= to < len(blocks):
            workspace.keep_block()
            self._ask_who_looks(by, looks=looks)
        elif not 0 <= to < len(blocks):
            workspace.stage.tell(_no_more(by))
        else:
            if not looks:
                workspace.emit(BlockLeft(by, blocks[to], is_shared))
            workspace.open_block(blocks[to], looks=looks)

    def _ask_who_looks(self, by: int, *, looks: bool) -> None:
        """Step on from the customer's blocks once it is said who looks from there on, if any follows."""
        workspace = self._workspace
        _, kind = workspace.live.block_beside(workspace.shown, by)
        if kind is None:
            workspace.stage.tell(_no_more(by))
            return
        workspace.emit(
            CustomerLeft(
                partial(self.step_block, by, looks=looks, is_shared=True),
                partial(self._step_shared, by, looks=looks),
            )
        )

    def _step_shared(self, by: int, *, looks: bool) -> None:
        """Step on while the customer goes on looking, if they see anything of the very next block.

        None is passed over, as the clock would pass over it too. What is said tells of no other view.
        """
        workspace, live = self._workspace, self._workspace.live
        to, kind = live.block_beside(workspace.shown, by)
        if kind is None:
            workspace.stage.tell(_no_more(by))
        elif live.view.get(Block, to) or (kind in SHARED and beside(live, kind)):
            if not looks:
                workspace.emit(BlockLeft(by, to, is_shared=True))
            workspace.go_to_block(to, kind, looks=looks)
        elif workspace.block:
            name = key("block.next" if by > 0 else "block.before")
            workspace.stage.tell(f"«{workspace.block.title}» stays on the screen: {name} asks again.")

    def go_to_room(self) -> None:
        """Look at the block, view and row that the room is at, on another screen; the clock stays."""
        workspace, live = self._workspace, self._workspace.live
        before, seat = live.audience, room_screen(live)
        if seat is None:
            workspace.stage.tell(NO_OTHER_SHARED if before == CUSTOMER else NO_ROOM)
            return
        if why_not := self._open_block_of(seat.block):
            workspace.stage.tell(why_not)
            return
        stage = workspace.stage
        names = [view.name for view in stage.views]
        if seat.view in names:
            stage.open_view(names.index(seat.view))
        if stage.view:
            stage.view.turn_to(live, seat.subject)
            workspace.show()
        stage.go_to(seat.row)
        if live.audience == CUSTOMER != before and stage.block:
            stage.tell(SHARES.format(stage.block.title))

    def _open_block_of(self, name: str) -> str:
        """Look at what is open on another screen, by its id; return why not, in a sentence.

        A shared screen that has stayed in a block of ours has it open beside the agenda.
        """
        workspace, live = self._workspace, self._workspace.live
        if (block := live.view.get(Block, name)) and block.session == live.session_id:
            workspace.open_block(block.id, looks=True)
            return ""
        if (open_beside := beside_called(live, name)) is None:
            return NO_OTHER_SHARED if live.audience == CUSTOMER else NOT_HERE
        if (kind := stage_kind(open_beside)) not in SHARED:
            return OUTSIDE.format(open_beside.title)
        if not workspace.open_kind(kind):  # as the audience sees no block of that kind
            workspace.open_aside(kind)
        return ""

    def view_before(self) -> None:
        """Open the view before this one, or the last."""
        stage = self._workspace.stage
        stage.open_view((stage.number - 1) % max(len(stage.views), 1))

    def go_to_fix(self, gap: RowId) -> None:
        """Go to the cell by which a gap is mended: in its view, or else on the card of the row."""
        row, rule = gap.lacks
        kind = place_of(rule, row.kind)
        before, way = self._workspace.planned, self._came_from
        if kind and self._workspace.open_kind(kind):
            if found := mending(self._workspace.live, row, rule):
                self._go_to_cell(row, found)
            else:
                self._show_row(row)
            self._remember_way(way or (before.id if before else ""))
        elif kind:
            self._tell_no_block(kind)
        else:
            self._workspace.stage.tell("There is no block in which that is put right.")

    def _remember_way(self, block: str, *, by_next: bool = True, tells: bool = True) -> None:
        """Know which block a gap or a line has led away from, and say that there is a way back."""
        self._is_on_way_back = by_next
        view, here = self._workspace.live.view, self._workspace.planned
        self._came_from = block if here and here.id != block else ""
        self._workspace.screen.refresh_bindings()  # as the foot names the way back
        if tells and (left := view.get(Block, self._came_from)):
            main = self._workspace.stage.main
            names = ("block.next", "block.before") if by_next else ("block.before",)
            name = next((name for name in names if not main.takes(key_of(main, name))), names[0])
            said = ", where the room is" if self._workspace.live.running_block() == left.id else ""
            self._workspace.stage.tell(f"{key(name)} goes back to «{left.title}»{said}.")

    def _forget_way(self) -> None:
        self._came_from = ""
        self._workspace.screen.refresh_bindings()

    def next_named(self) -> str:
        """Return what the foot calls the next block, where that is the one a line has led away from."""
        return "Back" if self._came_from and self._is_on_way_back else ""

    def _show_row(self, row: RowId) -> None:
        """Go to a row of the open block: in its first view, or else in one of the row's kind."""
        stage = self._workspace.stage
        kinds = [getattr(view, "kind", None) for view in stage.views]
        alike = [n for n, of in enumerate(kinds) if n and row.key and of and of.__name__ == row.kind]
        for number in (0, *alike, 0):
            stage.open_view(number)
            stage.go_to_words(str(row))
            if not alike or (stage.main.current and stage.main.current.id == str(row)):
                return

    def _go_to_cell(self, row: RowId, found: Mending) -> None:
        stage = self._workspace.stage
        names = [type(view).__name__ for view in stage.views]
        stage.open_view(names.index(found.view) if found.view in names else 0)
        stage.go_to(str(row))
        if found.column:
            stage.main.go_to("", found.column)
        else:
            any(stage.go_to_cell(place) for place in found.places)  # the first that is there

    def follow(self, row: RowId) -> bool:
        """Go where a row leads that is no field: to a view, a gap, what it names; return whether it does."""
        if row.kind == VIEW:
            before, way = self._workspace.planned, self._came_from
            self._go_to_view("".join(row.key))
            self._remember_way(way or (before.id if before else ""))
            self._edit_field("/".join(row.line))
        elif row.kind == GAP:
            self.go_to_fix(row)
        elif row.kind == OPENS:
            self._open(row.opens)
        return row.kind in {VIEW, GAP, OPENS}

    def go_to_row(self, row: RowId) -> None:
        """Go from a pane to where a row is looked at, to change any of it; the way back is told."""
        before, way, line = self._workspace.planned, self._came_from, leads_to(row.kind, row.key)
        is_there = self._open(line.opens, "block.before") if line.kind == OPENS else self.follow(line)
        self._workspace.stage.main.focus()
        self._remember_way(way or (before.id if before else ""), by_next=False, tells=is_there)

    def _open(self, named: RowId, back: str = "account.back") -> bool:
        """Go to the row in which what a line names is looked at, in the session it comes from.

        Return whether there is one; where there isn't, it is said which command goes back.

        What goes on from session to session, as an action does, is looked at in this one where it has it.
        """
        workspace, live = self._workspace, self._workspace.live
        home = home_of(live, named)
        is_elsewhere = bool(home) and home != live.session_id
        if named.kind in STAYS and is_elsewhere:
            is_elsewhere = not workspace.enter_session(home)
        if self._show_named(named):
            return True
        if is_elsewhere and workspace.enter_session(home) and self._show_named(named):
            return True
        if not workspace.stage.is_telling:
            workspace.stage.tell(f"No table of this session has it: {key(back)} goes back.")
        return False

    def _show_named(self, named: RowId) -> bool:
        """Go to where a kind of row is looked at in this session, and to the row; whether it is there."""
        workspace, stage = self._workspace, self._workspace.stage
        kind, view = OPENED_IN[named.kind]
        if not workspace.open_kind(kind):
            self._tell_no_block(kind)
            return False
        names = [type(each).__name__ for each in stage.views]
        if view in names and stage.number != names.index(view):
            stage.open_view(names.index(view))
        row = str(opened_as(named))
        stage.go_to_words(row)
        is_there = bool(stage.main.current and stage.main.current.id == row)
        return is_there or not named.key or named.kind not in _ROWS

    def _tell_no_block(self, kind: StageKind) -> None:
        """Say that a kind of block can't be opened; before the customer not why, as it may be ours alone."""
        said = f"That is in {kind.label}, and this agenda has no such block: add one."
        stage = self._workspace.stage
        stage.tell("There is nothing to go to." if self._workspace.live.audience == CUSTOMER else said)

    def _edit_field(self, place: str) -> None:
        """Have the field typed at once that a line leads to, if it names one: in the table or on the card."""
        stage = self._workspace.stage
        if place and stage.go_to_cell(place):
            sheet = stage.main if stage.main.go_to_edit({place}) else stage.query_one("#card", Sheet)
            sheet.action_edit()

    def _go_to_view(self, name: str) -> None:
        """Open a view by the name of its class: of the open block, or of the first block that has it."""
        workspace = self._workspace
        names = [type(view).__name__ for view in workspace.stage.views]
        if name in names:
            workspace.stage.open_view(names.index(name))
        elif found := block_of(name):
            kind, number = found
            if not workspace.open_kind(kind):
                self._tell_no_block(kind)
                return
            workspace.stage.open_view(number)


def _no_more(by: int) -> str:
    return f"This is the {'last' if by > 0 else 'first'} block."


def _view(number: int) -> Command[Workspace]:
    return Command(
        f"view.{number}",
        f"{number},alt+{number}",
        f"View {number}",
        lambda workspace: workspace.stage.open_view(number - 1),
        "a view of the block; digits alone where the tabs show them: elsewhere they are values of the cell"
        if number == 1
        else "",
        section=Section.SESSION,
    )


def _no_subjects(workspace: Workspace) -> str:
    return "" if _has_subjects(workspace) else "This view has no next person or question."


def _has_subjects(workspace: Workspace) -> bool:
    view = workspace.stage.view
    return view is not None and bool(view.subjects(workspace.live))


def _has_room(workspace: Workspace) -> bool:
    """Whether it is told how to go where the room is: on a shared screen, where another is shared as well."""
    return is_ours(workspace) or room_screen(workspace.live) is not None


COMMANDS = (
    Command[Workspace](
        "block.next",
        "n",
        "Next",
        lambda workspace: workspace[Navigation].step_block(1),
        "next block; the clock that runs for this one goes along · look at the one before",
        named=lambda workspace: workspace[Navigation].next_named(),
        shown=True,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "block.before",
        "b",
        "Block before",
        lambda workspace: workspace[Navigation].step_block(-1),
        section=Section.SESSION,
    ),
    Command[Workspace](
        "block.look.next",
        "N",
        "Look at the next block",
        lambda workspace: workspace[Navigation].step_block(1, looks=True),
        "look at the next block · the one before; the clock stays where it is",
        section=Section.SESSION,
    ),
    Command[Workspace](
        "block.look.before",
        "B",
        "Look at the block before",
        lambda workspace: workspace[Navigation].step_block(-1, looks=True),
        section=Section.SESSION,
    ),
    Command[Workspace](
        "room.go",
        "G",
        "Go where the room is",
        lambda workspace: workspace[Navigation].go_to_room(),
        "go where the room is on another screen: its block, view and row; the clock stays where it is",
        listed=_has_room,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "subject.next",
        "right_square_bracket,full_stop",
        "Next subject",
        lambda workspace: workspace.stage.step_subject(1),
        "next person or question · the one before",
        disabled=_no_subjects,
        listed=_has_subjects,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "subject.before",
        "left_square_bracket,comma",
        "Subject before",
        lambda workspace: workspace.stage.step_subject(-1),
        disabled=_no_subjects,
        listed=_has_subjects,
        section=Section.SESSION,
    ),
    Command[Workspace](
        "views",
        VIEWS,
        "Another view, by its digit",
        lambda workspace: workspace.stage.choose_view(),
        "a view of the block, from any cell: then its digit, or `v` again for the next one",
        section=Section.SESSION,
    ),
    Command[Workspace](
        "view.before",
        VIEWS.upper(),
        "View before",
        lambda workspace: workspace[Navigation].view_before(),
        "the view before",
        section=Section.SESSION,
    ),
)
BY_DIGIT = tuple(map(_view, range(1, MOST + 1)))
