"""For whom the screen is cut: a block with the customer is safe before anybody has sat down."""

from __future__ import annotations

from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Guest
from workshop_tui.domain.plan.step import Add
from workshop_tui.tui.commands.command import key_of
from workshop_tui.tui.screens.dialogs import NO, Choose
from workshop_tui.tui.workspace import AudienceChanged, BlockOpened, Committed, CustomerLeft, Workspace
from workshop_tui.views.cell import Choice

SAFE = "The customer may be in the room: this screen is safe for them now. {} opens it again."
_GROUP = "audience"


class Audience:
    """Switches whom the screen is cut for, and proposes it when the customer comes."""

    def __init__(self, workspace: Workspace) -> None:
        """Listen for who may come into the room."""
        self._workspace, self._live = workspace, workspace.live
        workspace.listen(BlockOpened, self._entered)
        workspace.listen(CustomerLeft, self._leave_the_customer)
        workspace.listen(Committed, self._propose_to_be_safe)

    def switch(self) -> None:
        """Make the screen safe for the customer at once; from there, ask for whom to open it."""
        self._workspace.leave_all()
        if self._live.audience == CUSTOMER:
            self._workspace.run_worker(self._open_wider, group=_GROUP, exclusive=True)
        else:
            self.look_as(CUSTOMER)

    async def _open_wider(self) -> bool:
        """Ask who may look; whether the screen is cut for somebody else than the customer now."""
        partners = (Choice(p.id, p.short, str(n)) for n, p in enumerate(self._live.view.partners, 1))
        choices = (Choice(ALLIANCE, "Alliance", "a"), *partners, Choice(CUSTOMER, "Customer", "c"))
        chosen = await self._workspace.ask(
            Choose("Who may look at this screen?", choices, now=self._live.audience)
        )
        if chosen:
            self.look_as(chosen)
        return self._live.audience != CUSTOMER

    def look_as(self, audience: str) -> None:
        """Show the plan to another audience."""
        workspace = self._workspace
        workspace.screen.app.clear_notifications()
        self._live.look_as(audience)
        workspace.show()  # at once: nothing is painted in between
        workspace.emit(AudienceChanged())
        workspace.screen.refresh(layout=True)
        workspace.stage.main.focus()

    # While the clock runs, people come and go

    def _entered(self, event: BlockOpened) -> None:
        """Be safe by itself in a block with the customer, once the room is being run by the clock."""
        is_theirs = event.block is not None and event.block.visibility == CUSTOMER
        if is_theirs and self._live.audience != CUSTOMER and self._live.running_block():
            self._workspace.leave_all()
            self.look_as(CUSTOMER)
            self._workspace.app.say(SAFE.format(key_of(self._workspace.screen, "audience")))

    def _leave_the_customer(self, event: CustomerLeft) -> None:
        """Ask before the screen goes back from the customer's blocks to ours."""
        self._workspace.leave_all()
        self._workspace.run_worker(self._go_on, event, group=_GROUP, exclusive=True)

    async def _go_on(self, event: CustomerLeft) -> None:
        if await self._open_wider():
            event.go_on()

    def _propose_to_be_safe(self, event: Committed) -> None:
        """Ask whether the screen should be safe, once somebody of the customer has come into the room."""
        running = self._live.running_block()
        added = (change.row for change in event.step.changes if isinstance(change, Add))
        came = [row.stakeholder for row in added if isinstance(row, Guest) and row.block == running]
        if came:
            self._workspace.run_worker(self._propose, min(came), group=_GROUP, exclusive=True)

    async def _propose(self, person: str) -> None:
        if self._live.audience == CUSTOMER:
            return
        name = self._live.view.name_of(Stakeholder, person) or "Somebody of the customer"
        question = f"{name} is in the room now, and this screen is not safe for the customer."
        choices = (
            Choice("yes", "Yes, show only what is for the customer", "y"),
            NO,
        )
        if await self._workspace.ask(Choose("Make the screen safe?", choices, question)) == "yes":
            self.look_as(CUSTOMER)
