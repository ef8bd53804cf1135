"""The seal: a session is sealed after a question, opened again with a reason, put right by errata."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import partial

from workshop_tui.domain.base.entity import Entity, title_of
from workshop_tui.domain.base.text import all_of, one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.lifecycle.clock import pause
from workshop_tui.domain.lifecycle.closing import sealing_question
from workshop_tui.domain.lifecycle.errata import SealedText, texts
from workshop_tui.domain.lifecycle.seal import reopen_session
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import KIND, AccountPlan
from workshop_tui.domain.plan.step import Changes, Refused, Step, apply
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.live.record import seal_now
from workshop_tui.store.errors import StoreError
from workshop_tui.tui.commands.command import Command, Section, key_of
from workshop_tui.tui.screens.dialogs import Ask, Field, Values, confirm
from workshop_tui.tui.widgets.sheet import Sheet
from workshop_tui.tui.widgets.stage import Stage
from workshop_tui.tui.workspace import Workspace, is_ours
from workshop_tui.views.base import entity_at
from workshop_tui.views.cell import Col
from workshop_tui.views.keys import key
from workshop_tui.views.put_right import told_done
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row

NO_TEXT = "There is no text of the record here that could be put right."
GO_THERE = f"{key('erratum')} puts words right, and none stand in this cell: go to «{{}}»."
EMPTY = "Nothing stands here that could be put right."
ALL_DONE = "Nothing is left to do."
KEEPS = "The seal records the session as it is now. Nothing in it can be changed until it is reopened."
TYPED_ELSEWHERE = "{} {} typed something that is not entered yet: sealed now, the record is without it."
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
        names = await self._typed_elsewhere()
        is_known = False
        while not is_known:  # who began to type while it was asked is named, and it is asked once more
            question = sealing_question(live.figures.before_sealing(live.session_id))
            told = "\n\n".join(filter(None, (question or ALL_DONE, _typed_by(names), KEEPS)))
            answer = await self._workspace.ask(confirm("Seal this session?", told, "Yes, seal it"))
            if answer != "yes" or live.audience == CUSTOMER:
                return
            named, names = names, await self._typed_elsewhere()
            is_known = set(names) <= set(named)
        try:
            live.commit(partial(_sealed, live))
            await live.settle()
            if live.is_held:  # and nobody else has saved something just before
                self._workspace.app.say("Sealed: from now on this session opens by its record.")
        except Refused as refused:
            self._workspace.tell(str(refused))

    async def _typed_elsewhere(self) -> tuple[str, ...]:
        """Return whose words the record would lack as they are not entered yet."""
        with suppress(StoreError):  # which the seal itself would tell
            return await self._live.typed_elsewhere()
        return ()

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
        try:
            place = text_at_cursor(workspace)
        except Refused as refused:
            workspace.stage.tell(str(refused))
        else:
            workspace.run_worker(self._put_right, place, group=_GROUP, exclusive=True)

    async def _put_right(self, place: SealedText) -> None:
        async def take(values: Values) -> Mapping[str, str]:
            try:
                self._live.put_right(place, values["new"], values["why"])
            except Refused as refused:
                return {"why" if "reason" in str(refused) else "new": str(refused)}
            stage = self._workspace.stage
            stage.tell(told_done(place, values["new"], stage.border_room))
            return {}

        since = f"\nPut right since: {place.text}" if place.text != place.sealed else ""
        fields = (
            Field("new", "Should read", place.text, f"As sealed: {place.sealed}{since}", is_corrected=True),
            Field("why", "Why", "A slip of the pen"),
        )
        title = f"Put right: {title_of(place.kind, place.name).lower()}"
        await self._workspace.ask(Ask(title, fields, take, "Put it right"))


def _typed_by(names: tuple[str, ...]) -> str:
    """Say whose words the record would lack; "" for nobody's."""
    return TYPED_ELSEWHERE.format(all_of(names), "has" if len(names) == 1 else "have") if names else ""


def text_at_cursor(workspace: Workspace) -> SealedText:
    """Return the text of the sealed record in the cell under the cursor, of the table or the card.

    Raises:
        Refused: no words stand there; the sentence says where some do.
    """
    stage, focused = workspace.stage, workspace.screen.focused
    sheet = focused if isinstance(focused, Sheet) and stage in focused.ancestors else stage.main
    place = _text_in(workspace, sheet, sheet.col)
    if place is None:
        table = sheet.table
        cols = ((n, col.heading) for n, col in enumerate(table.cols) if col.heading and n != table.ticks)
        there = (heading for n, heading in cols if _text_in(workspace, sheet, n))
        raise Refused(GO_THERE.format(name) if (name := next(there, "")) else NO_TEXT)
    if not place.text:
        raise Refused(EMPTY)
    return place


def _text_in(workspace: Workspace, sheet: Sheet, n: int) -> SealedText | None:
    """Return the text of the record that the row under the cursor shows in a column; None for no text."""
    live, stage, row = workspace.live, workspace.stage, sheet.current
    if row is None or not live.is_held:
        return None
    at = RowId.parse(row.id)
    if at.line and at.line[0] in KIND:
        kind, *of, name = at.line
        entity = live.view.get(KIND[kind], *of)
        return live.readable(entity, name) if entity else None
    entity = entity_at(live.view, stage.at_cursor) if sheet is stage.main else None
    name = _name_in(stage, row, entity, n) if entity else ""
    return live.readable(entity, name) if entity and name else None


def _name_in(stage: Stage, row: Row, entity: Entity, n: int) -> str:
    """Return the name of the field that a column shows; the words of what has no cells."""
    main = stage.main
    has_no_cells = stage.drawn is not None or main.table.by_row or row.wide
    if has_no_cells or n == main.table.ticks or (main.one_line is not None and main.only < 0):
        return entity.NAME_FIELD
    col = main.table.cols[n] if n < len(main.table.cols) else None
    if isinstance(col, Col) and col.key is None and col.kind is type(entity):
        return col.name
    shown = one_line(row.cells[n].text) if n < len(row.cells) else ""
    said = ((name, one_line(str(getattr(entity, name) or ""))) for name in texts(entity))
    return next((name for name, words in said if words and words in shown), "")


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
        shown=True,
        section=Section.SESSION,
    ),
)
"""Those without keys are run by a row of the closing block."""
