"""The seal: a session is sealed after a question, and opened again with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.lifecycle.clock import pause
from workshop_tui.domain.lifecycle.closing import sealing_question
from workshop_tui.domain.lifecycle.seal import reopen_session
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Changes, Refused, Step, apply
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.live.record import seal_now
from workshop_tui.tui.commands.command import Command, Section
from workshop_tui.tui.screens.dialogs import Ask, Field, Values, confirm
from workshop_tui.tui.workspace import Workspace

ALL_DONE = "Nothing is left to do."
KEEPS = "The seal records the session as it is now. Nothing in it can be changed until it is reopened."
_GROUP = "seal"


class SealSession:
    """Seals, asks before it does, and opens again with a reason."""

    def __init__(self, workspace: Workspace) -> None:
        """Take the workspace."""
        self._workspace, self._live = workspace, workspace.live

    def seal(self) -> None:
        """Seal the session, after saying what is not done."""
        self._workspace.run_worker(self._seal, group=_GROUP, exclusive=True)

    async def _seal(self) -> None:
        self._workspace.leave_all()
        live = self._live
        question = sealing_question(live.figures.before_sealing(live.session_id))
        told = f"{question or ALL_DONE}\n\n{KEEPS}"
        answer = await self._workspace.ask(confirm("Seal this session?", told, "Yes, seal it"))
        if answer != "yes" or live.audience == CUSTOMER:
            return
        try:
            live.commit(partial(_sealed, live))
            await live.settle()
            if live.is_held:  # and nobody else has saved something just before
                self._workspace.app.say("Sealed: from now on this session opens by its record.")
        except Refused as refused:
            self._workspace.tell(str(refused))

    def reopen(self) -> None:
        """Open the sealed session again; the reason stays beside the seal."""
        self._workspace.run_worker(self._reopen, group=_GROUP, exclusive=True)

    async def _reopen(self) -> None:
        async def take(values: Values) -> Mapping[str, str]:
            live = self._live
            try:
                live.commit(lambda plan: reopen_session(plan, live.session_id, live.moment, values["why"]))
            except Refused as refused:
                return {"why": str(refused)}
            return {}

        hint = "The record stays; when the session is sealed anew, that seal takes its place."
        await self._workspace.ask(
            Ask("Reopen this session", (Field("why", "Why", "", hint),), take, "Reopen")
        )


def _sealed(live: LivePlan, plan: AccountPlan) -> Changes:
    """Stop the clock and seal: a record doesn't go on."""
    stopped = pause(plan.where(Block, session=live.session_id), live.clock())
    still = apply(plan, Step(stopped))
    seal = seal_now(still, live.session_id, seal=new_id(), at=live.moment, journal=live.reached)
    return (*stopped, *seal)


COMMANDS = (
    Command[Workspace](
        "seal",
        "",
        "Seal this session",
        lambda workspace: workspace[SealSession].seal(),
        section=Section.SESSION,
    ),
    Command[Workspace](
        "reopen",
        "",
        "Reopen this session",
        lambda workspace: workspace[SealSession].reopen(),
        section=Section.SESSION,
    ),
)
"""Without keys: a row of the closing block runs them."""
