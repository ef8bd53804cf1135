"""For whom the screen is cut: a block with the customer is shared before anybody has sat down."""

from __future__ import annotations

from functools import partial

from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.lifecycle.sessions import guests_now
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block, Guest
from workshop_tui.domain.plan.step import Refused, Step, invert, target
from workshop_tui.live.events import PlanChanged
from workshop_tui.tui.commands.command import key_of
from workshop_tui.tui.screens.dialogs import KEEPS_CURTAIN, LEAVES, Choose
from workshop_tui.tui.workspace import (
    AudienceChanged,
    BlockBegun,
    BlockOpened,
    Committed,
    CustomerLeft,
    Workspace,
)
from workshop_tui.views.base import View
from workshop_tui.views.beside import SHARED
from workshop_tui.views.cell import Choice

TYPE_ON = "To type a line, press {0}."
SHARE, BEGIN, NOT_YET, NOT_HERE = "share", "begin", "not yet", "not here"
UNTICK = "Not here after all: take the tick away"
_GROUP = "audience"


class Audience:
    """Switches whom the screen is cut for, and proposes it when the customer comes."""

    def __init__(self, workspace: Workspace) -> None:
        """Listen for who may come into the room."""
        self._workspace, self._live = workspace, workspace.live
        self._running = self._live.running_block()
        self._in_place_of: View | None = None
        """The view that is open for whoever looks, in place of one that is not for them."""
        workspace.listen(BlockOpened, self._entered)
        workspace.listen(PlanChanged, self._share_once_begun)
        workspace.listen(CustomerLeft, self._leave_the_customer)
        workspace.listen(Committed, self._propose_to_be_safe)

    def share(self) -> None:
        """Show only what is for the customer, at once."""
        self._workspace.leave_all()
        self.look_as(CUSTOMER)

    @property
    def can_open(self) -> bool:
        """Whether anybody but the customer may ever look here."""
        return self._live.widest != CUSTOMER

    def open(self) -> None:
        """Ask over the curtain who may look."""
        self._workspace.leave_all()
        if self.can_open:
            self._workspace.run_worker(self._open, group=_GROUP, exclusive=True)

    async def _open(self) -> str:
        """Ask who may look; return who was chosen, "" where the question was left.

        Who may look so far is highlighted: Enter alone shows nobody more than they see.
        """
        app = self._workspace.app
        partners = (Choice(p.id, p.short, str(n)) for n, p in enumerate(self._live.view.partners, 1))
        everybody = (Choice(CUSTOMER, "Customer", "c"), Choice(ALLIANCE, "All our team", "a"), *partners)
        choices = tuple(each for each in everybody if self._live.may_look(str(each.value)))
        leaves = KEEPS_CURTAIN if app.is_covered else LEAVES
        dialog = Choose("Who may look?", choices, now=self._live.audience, leaves=leaves)
        chosen = await app.ask_covered(dialog)
        if chosen:
            app.show_to(chosen)
        else:
            app.leave_curtain()
        return chosen or ""

    def look_as(self, audience: str) -> None:
        """Show the plan to another audience."""
        workspace, stage = self._workspace, self._workspace.stage
        before, views, row = workspace.block, stage.views, "" if stage.has_fallen else stage.at_cursor
        view = views[stage.number] if views else None
        workspace.screen.app.clear_notifications()
        self._live.look_as(audience)
        workspace.stay_for(before)
        workspace.show()  # at once: nothing is painted in between
        self._stay_in(before, view, row)
        workspace.emit(AudienceChanged())
        workspace.screen.refresh(layout=True)
        workspace.stage.main.focus()

    def _stay_in(self, before: Block | None, view: View | None, row: str) -> None:
        """Stay in view and row where these are still seen; else say which block it is now."""
        stage, block = self._workspace.stage, self._workspace.block
        if not (before and block) or before.id == block.id:
            return
        if before.kind is not block.kind:
            stage.tell(block.title)
            return
        came_by_itself, self._in_place_of = view is self._in_place_of, None
        if view not in stage.views:
            self._in_place_of = stage.views[stage.number] if stage.views else None
        elif not came_by_itself:
            stage.open_view(stage.views.index(view))
            stage.go_to(row)

    # While the clock runs, people come and go

    def _entered(self, event: BlockOpened) -> None:
        """Share the screen by itself in a block with the customer, once the clock runs the room.

        Who only looks at the block, on the way to another, shares it where the customer may be in the room
        and no other screen is shared.
        """
        looks = event.looks and (self._live.is_shared_elsewhere or not self._is_with_customer)
        if self._live.running_block() and not looks:
            self._share_if_theirs(event.block)

    @property
    def _is_with_customer(self) -> bool:
        """Whether the customer may be in the room: in a block of theirs, or since somebody has come in."""
        view, running = self._live.view, self._live.running_block()
        block = view.get(Block, running)
        return block is None or block.visibility == CUSTOMER or bool(guests_now(view, running))

    def _share_once_begun(self, event: PlanChanged) -> None:
        """Share the screen when the clock begins to run for the customer's block that it shows.

        Whoever runs the clock at another main screen has that one before the customer, not this one; by the
        notes or a command they run it for this one. The rest of a word being typed is no command here.
        """
        before, self._running = self._running, self._live.running_block()
        block, session = self._workspace.block, self._live.session_id
        elsewhere = {seat.actor for seat in self._live.others if seat.session == session}
        if block and block.id == self._running != before and not event.by & elsewhere:
            is_cut_off = event.others and self._workspace.is_typing
            self._share_if_theirs(block)
            if is_cut_off and self._live.audience == CUSTOMER:
                self._workspace.app.let_go()
                self._workspace.stage.tell(TYPE_ON.format(key_of(self._workspace.screen, "capture")))

    def _share_if_theirs(self, block: Block | None) -> None:
        if block and block.visibility == CUSTOMER and self._live.audience != CUSTOMER:
            self._workspace.app.share()

    def _leave_the_customer(self, event: CustomerLeft) -> None:
        """Ask, over the curtain, before the screen goes on from the customer's blocks to ours."""
        self._workspace.leave_all()
        if self.can_open:
            self._workspace.run_worker(self._go_on, event, group=_GROUP, exclusive=True)

    async def _go_on(self, event: CustomerLeft) -> None:
        if chosen := await self._open():
            (event.stay if chosen == CUSTOMER else event.go_on)()

    def _propose_to_be_safe(self, event: Committed) -> None:
        """Ask whether to share the screen, once somebody of the customer has come into the room."""
        running = self._live.running_block()
        guests = (target(change) for change in event.step.changes)
        ticked = {key for kind, key in guests if kind is Guest}
        came = [g.stakeholder for g in guests_now(self._live.view, running) if g.key in ticked]
        if came:
            self._workspace.run_worker(
                partial(self._propose, min(came), event.step), group=_GROUP, exclusive=True
            )

    async def _propose(self, person: str, ticked: Step) -> None:
        if self._live.audience == CUSTOMER:
            return
        name = self._live.view.name_of(Stakeholder, person) or "Somebody of the customer"
        theirs = self._next_of_theirs()
        begin = (Choice(BEGIN, f"Share it, and begin «{theirs.title}»", "b"),) if theirs else ()
        shown = None if self._stays_shared else theirs or next(iter(self._theirs()), None)
        share = f"Share the screen at «{shown.title}»" if shown else "Share this screen"
        among_us = Choice(NOT_YET, "Not yet: go on among ourselves", "n")
        choices = (*begin, Choice(SHARE, share, "s"), among_us, Choice(NOT_HERE, UNTICK, "t"))
        app = self._workspace.app
        answer = await app.ask_covered(Choose(f"{name} has come in", choices, leaves=KEEPS_CURTAIN))
        if answer in {NOT_YET, NOT_HERE}:
            app.leave_curtain()
            if answer == NOT_HERE:
                self._untick(ticked, name)
            return
        if answer is None:
            app.keep_curtain()
            return
        app.show_to(CUSTOMER)
        if answer == BEGIN and theirs:
            self._workspace.emit(BlockBegun(theirs.id))
            self._workspace.open_block(theirs.id)
        elif shown:
            self._workspace.open_block(shown.id, looks=True)

    def _untick(self, ticked: Step, name: str) -> None:
        """Take the tick back by which somebody came in who isn't here: they are as they were before it."""
        changes = tuple(change for change in invert(ticked).changes if target(change)[0] is Guest)
        try:
            self._live.commit(lambda _plan: changes)
        except Refused as refused:  # as where another has taken it back meanwhile
            self._workspace.tell(str(refused))
            return
        undo = key_of(self._workspace.screen, "undo")
        self._workspace.stage.tell(f"{name}: the tick is taken away, {undo} undoes")

    @property
    def _stays_shared(self) -> bool:
        """Whether what is open now is there for the customer too, in part at least."""
        block = self._workspace.block
        return block is None or block.visibility == CUSTOMER or block.kind in SHARED

    def _theirs(self) -> tuple[Block, ...]:
        """Return the customer's blocks of this session."""
        return self._live.view.where(Block, session=self._live.session_id, visibility=CUSTOMER)

    def _next_of_theirs(self) -> Block | None:
        """Return the customer's block that comes next, while the clock runs for one of ours."""
        running = self._live.running_block()
        blocks = self._live.view.where(Block, session=self._live.session_id)
        ids = [block.id for block in blocks]
        later = blocks[ids.index(running) :] if running in ids else ()
        theirs = next((block for block in later if block.visibility == CUSTOMER), None)
        return None if theirs is None or theirs.id == running else theirs
