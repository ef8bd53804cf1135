"""Closing: read-back, parking lot, time, and the seal before, while and after it holds."""

from __future__ import annotations

import pytest

from tests.app.driver import Driven
from tests.snapshots.conftest import Looks
from tests.snapshots.pictures import LARGE, SMALL, Picture, Size, block, cell, looked_at, once, typed
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.lifecycle.seal import reopen_session
from workshop_tui.live.record import seal_now

CLOSING = BlockKind.CLOSING


@pytest.fixture(autouse=True)
def _one_checksum(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every record the same checksum: it differs with each field that an entity gets."""
    monkeypatch.setattr("workshop_tui.domain.lifecycle.seal.checksum", lambda _record: "0123456789abcdef" * 4)


async def sealed(driven: Driven) -> None:
    """Seal the session as it is."""
    live = driven.live
    live.commit(lambda plan: seal_now(plan, live.session_id, seal="e1", at=live.moment, journal=live.reached))
    await driven.quiet()


async def reopened(driven: Driven) -> None:
    """Open the session again."""
    live = driven.live
    live.commit(lambda plan: reopen_session(plan, live.session_id, live.moment, "One risk was forgotten"))
    await driven.quiet()


@looked_at(
    Picture(
        "read-back",
        "You should see how many lines are confirmed, ticks, and the line at the cursor in large type.",
        block(CLOSING, "1", "y", "y"),
    ),
    Picture(
        "parking",
        "You should see what is settled and what is open, items of earlier sessions beneath.",
        block(CLOSING, "2"),
    ),
    Picture(
        "parking-deeds",
        "You should see what can become of an item: an action, a decision, a risk, or dropped.",
        block(CLOSING, "2", cell("Is audit a user", "Becomes"), "d", once("Drop it")),
        sizes=(SMALL,),
    ),
    Picture(
        "time",
        "You should see a score for each seat, 4.13 in large figures, and a bar for each score.",
        block(CLOSING, "4"),
    ),
    Picture(
        "seal-question",
        "You should see what is not done, and be asked whether to seal all the same.",
        block(CLOSING, "5", "enter", once("Seal this session?")),
        sizes=(SMALL,),
    ),
    Picture(
        "sealed",
        "You should see in the bar that the session is sealed, its checksum, and how to reopen it.",
        block(CLOSING, "5", sealed),
        until="SEALED 9 Jun 2026 09:47",
    ),
    Picture(
        "sealed-refuses",
        "You should see that the record can't be changed, and what to do.",
        block(CLOSING, "1", sealed, "right", "enter", once("This session is sealed")),
        sizes=(LARGE,),
    ),
    Picture(
        "reopen",
        "You should see that reopening asks for a reason.",
        block(CLOSING, "5", sealed, "down", "enter", once("Reopen this session"), typed("One risk")),
        sizes=(SMALL,),
    ),
    Picture(
        "reopened",
        "You should see the session open again, and the seal with when and why it was reopened.",
        block(CLOSING, "5", sealed, reopened),
        until="Reopened 9 Jun 2026 09:47",
        sizes=(LARGE,),
    ),
)
def test_closing(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)
