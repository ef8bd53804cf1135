"""The seal: a session is sealed after a question, opened again with a reason, put right by errata."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from workshop_tui.domain.base.entity import title_of
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.lifecycle.clock import pause
from workshop_tui.domain.lifecycle.closing import sealing_question
from workshop_tui.domain.lifecycle.errata import SealedText
from workshop_tui.domain.lifecycle.seal import reopen_session
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import KIND, AccountPlan
from workshop_tui.domain.plan.step import Changes, Refused, Step, apply
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.live.record import seal_now
from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.screens.dialogs import Ask, Field, Values, confirm
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.workspace import Workspace, is_ours
from workshop_tui.views.base import entity_at
from workshop_tui.views.cell import Col
from workshop_tui.views.row_id import RowId

NO_TEXT = "There is no text of the record here that could be put right."
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

    # Earlier seals, and errata

    def look_at(self, seal: str) -> None:
        """Look at the session by an earlier seal; by the same again, or the one that holds, as it is now."""
        live = self._live
        holds = live.seals[-1].id if live.seals and live.seals[-1].reopened_at is None else ""
        is_back = seal in {holds, live.earlier_seal}
        self._workspace.leave_all()
        live.look_at_seal("" if is_back else seal)
        if live.earlier_seal:
            back = key_of(self._workspace.screen, "sheet.edit")
            self._workspace.stage.tell(f"As it was sealed then; {back} here again: as it is now")

    def put_right(self) -> None:
        """Ask how the text under the cursor should read, and keep that beside the seal."""
        workspace = self._workspace
        place = text_at_cursor(workspace)
        if place is None:
            workspace.stage.tell(NO_TEXT)
        else:
            workspace.run_worker(self._put_right, place, group=_GROUP, exclusive=True)

    async def _put_right(self, place: SealedText) -> None:
        async def take(values: Values) -> Mapping[str, str]:
            try:
                self._live.put_right(place, values["new"], values["why"])
            except Refused as refused:
                return {"why" if "reason" in str(refused) else "new": str(refused)}
            self._workspace.stage.tell("Put right beside the seal: the record itself stays as it was sealed")
            return {}

        fields = (
            Field("new", "Should read", place.text, f"As sealed: {place.text}"),
            Field("why", "Why", "A slip of the pen"),
        )
        title = f"Put right: {title_of(place.kind, place.name).lower()}"
        await self._workspace.ask(Ask(title, fields, take, "Put it right"))


def text_at_cursor(workspace: Workspace) -> SealedText | None:
    """Return the text of the sealed record that the cursor is on, in the table or on the card."""
    live, stage = workspace.live, workspace.stage
    focused = workspace.screen.focused
    sheet = focused if isinstance(focused, Sheet) and stage in focused.ancestors else stage.main
    row = sheet.current
    if row is None or not live.is_held:
        return None
    at = RowId.parse(row.id)
    if at.line and at.line[0] in KIND:
        kind, *key, name = at.line
        entity = live.view.get(KIND[kind], *key)
        return live.readable(entity, name) if entity else None
    entity = entity_at(live.view, stage.at_cursor) if sheet is stage.main else None
    if entity is None:
        return None
    cols = sheet.table.cols
    col = cols[sheet.col] if sheet.col < len(cols) else None
    own = isinstance(col, Col) and col.key is None and col.kind is type(entity)
    names = [col.name] if isinstance(col, Col) and own else []
    return next(
        filter(None, (live.readable(entity, name) for name in (*names, entity.NAME_FIELD) if name)), None
    )


def _can_put_right(workspace: Workspace) -> bool:
    return is_ours(workspace) and workspace.live.is_held and not workspace.live.fault


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
    Command[Workspace](
        "erratum",
        "E",
        "Put a text right",
        lambda workspace: workspace[SealSession].put_right(),
        "in a sealed session: put a slip of the pen right, beside the seal",
        applies=_can_put_right,
        section=Section.SESSION,
    ),
)
"""Those without keys are run by a row of the closing block."""
