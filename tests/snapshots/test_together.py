"""Two at the keyboard: who else is there, and what is asked where both changed one text."""

from __future__ import annotations

import asyncio

from tests.app.driver import AT, Driven
from tests.snapshots.conftest import Looks
from tests.snapshots.pictures import LARGE, SMALL, Picture, Size, block, cell, looked_at, typed
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.step import Step, set_field
from workshop_tui.store.presence import OnlinePresence

PEOPLE, VALUE = BlockKind.STAKEHOLDERS, BlockKind.VALUE
HEARD = "Every month the report is late by a day, and each time three people work through the night. "


async def joined(driven: Driven) -> None:
    """Have somebody else look at what the customer values."""
    at = next(b.id for b in driven.workspace.blocks() if b.kind is VALUE)
    seat = OnlinePresence("there", "mirela", driven.live.session_id, at, AT)
    await asyncio.wrap_future(driven.app.storage.call(lambda store: store.join("norvane", seat)))


async def collide(driven: Driven) -> None:
    """Have somebody else and this keyboard write a long answer, which differ in the end."""
    (answer,) = driven.live.whole.all(Answer)[:1]
    driven.live.see("burst")
    theirs = Step(set_field(answer, "text", HEARD * 3 + "It has to stop."), "mirela", AT)
    await asyncio.wrap_future(driven.app.storage.call(lambda store: store.commit("norvane", theirs)))
    await driven.wait_until(lambda: driven.live.whole.all(Answer)[0] != answer)
    mine = set_field(answer, "text", HEARD * 3 + "They want it to be on time by the end of the year.")
    driven.live.commit(lambda _plan: mine, undo_group="burst")


async def change(driven: Driven) -> None:
    """Have somebody else change the title that is being edited here."""
    (marcus,) = driven.live.whole.where(Stakeholder, name="Marcus Hale-Obi")
    theirs = Step(set_field(marcus, "title", "Treasurer"), "mirela", AT)
    await asyncio.wrap_future(driven.app.storage.call(lambda store: store.commit("norvane", theirs)))
    await driven.wait_until(lambda: driven.live.whole.where(Stakeholder, title="Treasurer"))


@looked_at(
    Picture(
        "company",
        "You should see who else is there beside the place, with the block where there is room.",
        (*block(PEOPLE), joined),
        until="with mirela",
        sizes=(SMALL,),
    ),
    Picture(
        "company",
        "You should see that mirela is at Value.",
        (*block(PEOPLE), joined),
        until="mirela · Value",
        sizes=(LARGE,),
    ),
    Picture(
        "meanwhile",
        "You should see, beneath what is typed, that somebody else has changed it meanwhile.",
        (*block(PEOPLE), cell("Marcus", "Title", "enter"), change, typed("!")),
        until="Somebody else has changed this too",
        sizes=(SMALL,),
    ),
    Picture(
        "both",
        "You should see the place where two long answers part, and be asked which, or both.",
        (*block(VALUE), collide),
        until="Keep both",
        sizes=(LARGE,),
    ),
)
def test_together(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)
