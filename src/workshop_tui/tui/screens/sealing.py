"""A screen on which a session is sealed and opened again; rows of its views lead to where things are done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from textual import work

from workshop_tui.documents.sealed import seal_now
from workshop_tui.domain.agenda import pause
from workshop_tui.domain.closing import sealing_question
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.sealing import reopening
from workshop_tui.domain.session import Block
from workshop_tui.domain.step import Changes, Refused, Step, apply
from workshop_tui.domain.words import CUSTOMER
from workshop_tui.tui.live_plan import LivePlan, new_id
from workshop_tui.tui.screens.capturing import CapturingScreen
from workshop_tui.tui.screens.dialogs import Ask, Field, Values, confirm

ALL_DONE = "Everything is confirmed, settled, complete and scored."
KEEPS = "The seal keeps a record that later changes don't alter. Until it is reopened, it can't be changed."


class SealingScreen(CapturingScreen):
    """Seals, asks before it does, and opens again with a reason."""

    def lead(self, row: str) -> Callable[[], object] | None:
        """Return what Enter does on a row that is no field: something, or going where it is done."""
        deeds: Mapping[str, Callable[[], object]] = {
            "do/seal": self.seal,
            "do/reopen": self.reopen,
            "do/export": self.action_export,
        }
        what, _, where = row.partition("/")
        if what == "view":
            return partial(self.action_view, int(where))
        return partial(self.mend, where) if what == "gap" else deeds.get(row)

    def mend(self, row: str) -> None:
        """Go to a row in the block where what it lacks is mended."""
        raise NotImplementedError

    def action_view(self, number: int) -> None:
        """Open another view of the block."""
        raise NotImplementedError

    def action_export(self) -> None:
        """Write the joint action plan."""
        raise NotImplementedError

    @work(exclusive=True, group="seal")
    async def seal(self) -> None:
        """Seal the session, after saying what is not done."""
        self.leave_all()
        live = self.live
        question = sealing_question(live.figures.before_sealing(live.session_id))
        told = f"{question or ALL_DONE}\n\n{KEEPS}"
        answer = await self.app.ask(confirm("Seal this session?", told, "Yes, seal it"))
        if answer != "yes" or live.audience == CUSTOMER:
            return
        try:
            live.commit(partial(_sealed, live))
            self.app.say("Sealed: from now on this session opens by its record.")
        except Refused as refused:
            self._tell(str(refused))

    @work(exclusive=True, group="seal")
    async def reopen(self) -> None:
        """Open the sealed session again; the reason stays beside the seal."""

        async def take(values: Values) -> Mapping[str, str]:
            live = self.live
            try:
                live.commit(lambda plan: reopening(plan, live.session_id, live.moment, values["why"]))
            except Refused as refused:
                return {"why": str(refused)}
            return {}

        hint = "The record stays; when the session is sealed anew, that seal takes its place."
        await self.app.ask(Ask("Reopen this session", (Field("why", "Why", "", hint),), take, "Reopen"))


def _sealed(live: LivePlan, plan: AccountPlan) -> Changes:
    """Stop the clock and seal: a record doesn't go on."""
    stopped = pause(plan.where(Block, session=live.session_id), live.clock())
    still = apply(plan, Step(stopped))
    seal = seal_now(still, live.session_id, seal=new_id(), at=live.moment, journal=live.reached)
    return (*stopped, *seal)
