"""The clock as it runs: in the bar, its panel, the break, the focus, and on the facilitator's own screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.app.driver import AT, Driven, seed
from tests.snapshots.conftest import CRASH, DATABASE, Looks, unlinked
from tests.snapshots.pictures import BOTH, LARGE, SMALL, Picture, Size, Step, looked_at
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Change, apply, set_field
from workshop_tui.domain.plan.step import Step as Taken
from workshop_tui.settings import Settings
from workshop_tui.tui.features.audience import Audience
from workshop_tui.tui.notes_app import NotesApp

NOTES = """\
Names first, then lines.
Ask: who alone can release the money, and who can stop it?
Watch for: a seat without a name, and people only one of the firms knows."""


def running(plan: AccountPlan, which: str, minutes: float) -> tuple[Change, ...]:
    """Return the changes with which a block runs for so long, and nothing after it was begun."""
    blocks = plan.where(Block, session="S2")
    at = [block.id for block in blocks].index(which)
    began = (AT - dt.timedelta(minutes=minutes)).isoformat()
    fresh = (change for block in blocks[at:] for change in set_field(block, "spent", 0))
    return (*fresh, *set_field(blocks[at], "started", began))


def clock(which: str, minutes: float, *then: Step) -> tuple[Step, ...]:
    """Return the steps to a block whose clock runs for so long, and what comes then."""

    async def go(driven: Driven) -> None:
        driven.live.commit(lambda plan: running(plan, which, minutes))
        driven.workspace._block = which
        driven.workspace.show()
        await driven.quiet()

    return (go, *then)


async def customer(driven: Driven) -> None:
    driven.workspace[Audience].look_as(CUSTOMER)
    await driven.quiet()


@looked_at(
    Picture(
        "left",
        "You should see 12:30 left of the map at the top, and ● beside the map in the agenda.",
        clock("H4", 22.5),
        sizes=(LARGE,),
    ),
    Picture("amber", "You should see ! before the time, in amber.", clock("H4", 29), sizes=(SMALL,)),
    Picture(
        "over", "You should see +02:10 over and 2 behind, in red.", clock("H4", 37 + 1 / 6), sizes=(SMALL,)
    ),
    Picture(
        "panel",
        "You should see the time in large figures, when the session ends, and what can be done.",
        clock("H4", 22.5, "f7"),
        sizes=(SMALL,),
    ),
    Picture(
        "minutes",
        "You should see what is wrong with the minutes that were typed.",
        clock("H4", 22.5, "f7", "m enter", "x enter"),
        until="is no number of minutes",
        sizes=(SMALL,),
    ),
    Picture(
        "agenda",
        "You should see when each block begins and, beneath its minutes, what it has since one got more.",
        clock("H1", 4, "f7", "5 enter", "6"),
        sizes=(SMALL,),
    ),
    Picture(
        "customer",
        "You should see the time of the customer's block alone, and nothing of how late it is.",
        clock("H7", 22.5, customer),
        sizes=(LARGE,),
    ),
    Picture(
        "break",
        "You should see what is left of the break in large figures in the middle, and until when.",
        clock("H6", 4.5),
        sizes=(LARGE,),
    ),
    Picture(
        "break-focus",
        "You should see it larger, and nothing else.",
        clock("H6", 4.5, "f6"),
        until="F6 or",
        sizes=(SMALL,),
    ),
    Picture(
        "focus",
        "You should see the people alone, a line apart, under the time in large figures.",
        clock("H4", 22.5, "f6"),
        until="F6 or",
    ),
)
def test_clock(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)


class Unlinked(NotesApp):
    """The facilitator's screen, whose pictures fetch no fonts."""

    CSS_PATH = [str(files("workshop_tui.tui") / name) for name in ("bar.tcss", "notes.tcss")]

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """Return the picture without web addresses."""
        return unlinked(super().export_screenshot(title=title, simplify=simplify))


async def followed(pilot: Pilot[Any]) -> None:
    """Wait until the plan is read and shown."""
    while not isinstance(pilot.app, NotesApp) or pilot.app.live is None:
        await pilot.pause()
    await pilot.app.live.settle()
    await pilot.pause()


@pytest.mark.parametrize("size", BOTH, ids=lambda size: f"{size[0]}x{size[1]}")
def test_notes(sample: AccountPlan, size: Size, snap_compare: Callable[..., bool]) -> None:
    """You should see the prompts, what comes next, the clock, and in the larger one the gaps of the block."""
    map_ = sample.where(Block, id="H4")[0]
    plan = apply(sample, Taken((*running(sample, "H4", 22.5), *set_field(map_, "notes", NOTES))))
    DATABASE.parent.mkdir()
    seed(DATABASE, plan)
    app = Unlinked(DATABASE, Settings(Path("config.toml"), "me"), CRASH, lambda: AT, account="norvane")
    app.animation_level = "none"
    try:
        assert snap_compare(app, terminal_size=size, run_before=followed)
    finally:
        app.storage.close(10)
