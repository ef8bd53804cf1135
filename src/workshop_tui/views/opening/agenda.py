"""The agenda of a session, to be changed in the room; and the break."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.lifecycle import clock as agenda
from workshop_tui.domain.lifecycle.clock import MINUTE, allotted, elapsed
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.order import rank_at
from workshop_tui.domain.plan.plan import NEW, AccountPlan, draft_place
from workshop_tui.domain.plan.step import Add, Changes, made
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.views.base import View, fields_of, line, shown_to
from workshop_tui.views.cell import Cell, Col, Edit, RowAction
from workshop_tui.views.choices import choices_of
from workshop_tui.views.clock import blocks_seen, ending, figures, paused_by_start, planned_end, seen
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table


class Agenda(View):
    """The blocks of the session: when, what, how long, how long it took, and which are the customer's too."""

    title: str = "Agenda"
    kind: ClassVar[type[Entity]] = Block
    ordered: ClassVar[bool] = True
    start: ClassVar[int] = 1
    tells_clock: ClassVar[bool] = True

    def rows(self, live: LivePlan) -> tuple[Block, ...]:
        """Return the blocks of this session."""
        return live.view.where(Block, session=live.session_id)

    def head(self, live: LivePlan) -> str:
        """Return what is planned, and how the session stands against it; not for the customer."""
        if not shown_to(live, Block, "spent"):
            return ""
        minutes = sum(block.minutes for block in self.rows(live))
        until = f", {live.session.start} to {end}" if (end := planned_end(live)) else ""
        stands = ending(seen(live), planned_end(live))
        return f"{minutes} minutes planned{until}" + (f" · {stands}" if stands else "")

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """When it begins, title, kind, minutes with what it has by now, used; who it is for."""
        return (
            Col(Block, "started", 5, "From", drop=1),
            Col(Block, "title", 24, grow=1, wrap=True),
            Col(Block, "kind", 12),
            Col(Block, "minutes", 7, wrap=True),
            *((Col(Block, "spent", 4, "Used"),) if live.shows_clock else ()),
            Col(Block, "protected", 9, drop=2),
            Col(Block, "visibility", 10, drop=3),
        )

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the blocks with their times."""
        blocks = blocks_seen(live)
        for block, begins in zip(blocks, _begins(live, blocks), strict=True):
            row = line(live, block, cols)
            told = zip(row.cells, cols, strict=True)
            yield replace(row, cells=tuple(_timed(live, block, cell, col.name, begins) for cell, col in told))

    def placeholder(self, live: LivePlan) -> Edit:
        """A new block comes in by its kind, as the last."""
        return _adding(live, "")

    def card_cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Every field of one block."""
        return fields_of(Block, "title", "kind", "minutes", "protected", "visibility", "notes")

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """Put another block behind it, or have its clock run."""
        block = "".join(RowId.parse(name).key_of(Block))

        def start(plan: AccountPlan, _new: Json) -> Changes:
            return agenda.start(plan.all(Block), block, live.clock())

        return (
            RowAction("a", "Add a block after this one", _adding(live, block)),
            RowAction(
                "t",
                "Start its clock",
                Edit("Start its clock", draft_place(Block, (block,), "started"), "", start, toggles=True),
                paused_by_start(live),
            ),
        )


def _begins(live: LivePlan, blocks: Sequence[Block]) -> list[str]:
    """Return when each block begins, by the start of the session and what each has; «» without a start."""
    start = live.session.start
    if not start:
        return [""] * len(blocks)
    first = dt.datetime.combine(live.session.held_on, dt.time.fromisoformat(start))
    gone = accumulate((allotted(block) for block in blocks), initial=0)
    return [f"{first + dt.timedelta(seconds=seconds):%H:%M}" for seconds in gone][:-1]


def _timed(live: LivePlan, block: Block, cell: Cell, name: str, begins: str) -> Cell:
    """Return a cell with the time that its field stands for."""
    if name == "started":
        return Cell(begins, "accent" if block.started else "muted")
    if name == "minutes" and (has := allotted(block)) != block.minutes * MINUTE:
        return replace(cell, text=f"{cell.text}\n→ {figures(has)}", tone="warn")
    if name == "spent":
        minutes = round(elapsed(block, live.clock()) / MINUTE)
        told = f"●{minutes:>3}" if block.started else str(minutes) if minutes else "·"
        tone = "accent" if block.started else "" if minutes else "muted"
        return replace(cell.editing(lambda edit: replace(edit, text=str(minutes))), text=told, tone=tone)
    return cell


def _adding(live: LivePlan, after: str) -> Edit:
    """Return how a block comes in behind another, or as the last: its kind is asked for."""
    row, session, audience = new_id(), live.session_id, live.audience

    def build(plan: AccountPlan, new: Json) -> Changes:
        if not new:
            return ()
        blocks = plan.where(Block, session=session)
        at = next((n for n, block in enumerate(blocks, 1) if block.id == after), len(blocks))
        rank, moved = rank_at(blocks, at)
        title = BlockKind(str(new)).label.capitalize()
        place: dict[str, Json] = {"id": row, "rank": rank, "session": session, "visibility": audience}
        return (Add(made(Block, {**place, "kind": new, "title": title})), *moved)

    return Edit(
        title="New block" if not after else "New block after this one",
        place=draft_place(Block, (NEW,), "kind"),
        sets=(Block, "kind"),
        text="",
        build=build,
        choices=choices_of(live.view, Block, "kind"),
        makes=str(RowId.entity(Block, row)),
    )


class Break(View):
    """A break has nothing but its clock, which the stage shows large."""

    title: str = "Break"
    kind: ClassVar[type[Entity]] = Block

    def content(self, _live: LivePlan) -> Table:
        """Return no rows: nothing is worked on."""
        return Table(empty=f"{key('clock')} has the clock: pause, more time, next.")
