"""Who is in the room, and who may look: a block with the customer is safe before anybody has sat down."""

from __future__ import annotations

from textual import work

from workshop_tui.domain.entity import Json
from workshop_tui.domain.people import Stakeholder
from workshop_tui.domain.session import Block, Guest
from workshop_tui.domain.words import ALLIANCE, CUSTOMER
from workshop_tui.tui.grid import Edit
from workshop_tui.tui.screens.dialogs import Choose
from workshop_tui.tui.screens.sealing import SealingScreen
from workshop_tui.tui.screens.stage import Stage
from workshop_tui.tui.workspace import CustomerLeft

SAFE = "The customer may be in the room: this screen is safe for them now. F4 opens it again."


class AttendingScreen(SealingScreen):
    """Switches whom the screen is cut for, and proposes it when the customer comes."""

    def switch_audience(self) -> None:
        """Make the screen safe for the customer at once; from there, ask for whom to open it."""
        self.leave_all()
        if self.live.audience == CUSTOMER:
            self._ask_for_whom()
        else:
            self.look_as(CUSTOMER)

    @work(exclusive=True, group="audience")
    async def _ask_for_whom(self) -> None:
        await self._open_wider()

    async def _open_wider(self) -> bool:
        """Ask who may look; whether the screen is cut for somebody else than the customer now."""
        partners = ((str(n), p.short, p.id) for n, p in enumerate(self.live.view.partners, 1))
        choices = (("a", "Alliance", ALLIANCE), *partners, ("c", "Customer", CUSTOMER))
        chosen = await self.app.ask(Choose("Who may look at this screen?", choices))
        if chosen:
            self.look_as(chosen)
        return self.live.audience != CUSTOMER

    def look_as(self, audience: str) -> None:
        """Show the plan to another audience."""
        self.app.clear_notifications()
        self.live.look_as(audience)
        self.show()  # at once: nothing is painted in between
        self.show_lines()
        self.refresh(layout=True)
        self.query_one(Stage).main.focus()
        self.call_after_refresh(self.ask_about_conflicts)  # what is not for one may be for the other

    # While the clock runs, people come and go

    def running(self) -> Block | None:
        """The block for which the clock runs."""
        blocks = self.live.whole.where(Block, session=self.live.session_id)
        return next((block for block in blocks if block.started), None)

    def entered(self, block: Block | None) -> None:
        """Be safe by itself in a block with the customer, once the room is being run by the clock."""
        is_theirs = block is not None and block.visibility == CUSTOMER
        if is_theirs and self.live.audience != CUSTOMER and self.running():
            self.leave_all()
            self.look_as(CUSTOMER)
            self.app.say(SAFE)

    @work(exclusive=True, group="audience")
    async def leave_the_customer(self, event: CustomerLeft) -> None:
        """Ask before the screen goes back from the customer's blocks to ours."""
        self.leave_all()
        if await self._open_wider():
            event.go_on()

    def _commit(self, edit: Edit, value: Json, burst: str) -> str:
        before = self._guests()
        wrong = super()._commit(edit, value, burst)
        if came := self._guests() - before:
            self._propose(min(came))
        return wrong

    def _guests(self) -> set[str]:
        """Return the ids of the customer's people who are in the room now."""
        now = self.running()
        return {guest.stakeholder for guest in self.live.whole.where(Guest, block=now.id)} if now else set()

    @work(exclusive=True, group="audience")
    async def _propose(self, person: str) -> None:
        if self.live.audience == CUSTOMER:
            return
        name = self.live.view.name_of(Stakeholder, person) or "Somebody of the customer"
        question = f"{name} is in the room now, and this screen is not safe for the customer."
        choices = (
            ("y", "Yes, show only what is for the customer", "yes"),
            ("n", "No, leave it as it is", ""),
        )
        if await self.app.ask(Choose("Make the screen safe?", choices, question)) == "yes":
            self.look_as(CUSTOMER)
