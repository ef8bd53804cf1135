"""What `test_sizes` hasn't of blocks that have no file of their own, against pictures somebody looked at.

When looks are meant to change: `pytest tests/snapshots --snapshot-update`, then look at each new picture.
"""

from __future__ import annotations

from tests.snapshots.conftest import Looks
from tests.snapshots.pictures import HUGE, LARGE, SMALL, Picture, Size, block, looked_at
from workshop_tui.domain.base.vocabulary import BlockKind

OPENING, DISCOVERY, PEOPLE = BlockKind.OPENING, BlockKind.DISCOVERY, BlockKind.STAKEHOLDERS
CLOSING = BlockKind.CLOSING


VIEWS = {"table": "1", "chart": "2", "styles": "3", "influence": "4"}


@looked_at(
    *(
        Picture(
            f"map-{view}-of-{count}",
            f"You should see as many of {count} made people as {view} has room for, wide names whole.",
            block(PEOPLE, key),
            people=count,
            sizes=(LARGE if count == 60 else HUGE,),
        )
        for count in (60, 400)
        for view, key in VIEWS.items()
    ),
)
def test_map(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)


@looked_at(
    Picture(
        "opening-team",
        "You should see four people of each firm under its name, a tick for those who are here.",
        ("2",),
    ),
    Picture(
        "opening-customer",
        "You should see the bank's people, with the column of the one block they may be in.",
        ("3",),
    ),
    Picture(
        "opening-moved",
        "You should see who feels otherwise than in March, toward whom, with arrows up and down.",
        ("5",),
    ),
    Picture(
        "opening-agenda",
        "You should see when each of the eleven blocks begins, its kind, its minutes, and what it used.",
        ("6",),
    ),
    Picture(
        "discovery-forms",
        "You should see each firm's lines under its name, each with who may see it.",
        block(DISCOVERY, "2"),
    ),
    Picture(
        "discovery-objectives",
        "You should see the line on which the first objective comes in: the sample has none.",
        block(DISCOVERY, "3"),
        sizes=(SMALL,),
    ),
    Picture(
        "discovery-standing",
        "You should see where each firm stands and wants to stand, and its account leader's word.",
        block(DISCOVERY, "4"),
    ),
    Picture(
        "discovery-account",
        "You should see the account as a form with its stage, theme and offer.",
        block(DISCOVERY, "5"),
        sizes=(SMALL,),
    ),
    Picture(
        "closing-risks",
        "You should see the line on which the first risk comes in.",
        block(CLOSING, "3"),
        sizes=(SMALL,),
    ),
    Picture(
        "closing-seal",
        "You should see the seal, the export, plan quality and what would raise it.",
        block(CLOSING, "5"),
    ),
)
def test_block(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)
