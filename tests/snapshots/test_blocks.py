"""What `test_sizes` hasn't of blocks that have no file of their own, against pictures somebody looked at.

When looks are meant to change: `pytest tests/snapshots --snapshot-update`, then look at each new picture.
"""

from __future__ import annotations

from tests.app.driver import Driven
from tests.snapshots.conftest import Looks
from tests.snapshots.pictures import HUGE, LARGE, SMALL, WIDE, Picture, Size, block, looked_at, once
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.plan.step import set_field

OPENING, DISCOVERY, PEOPLE = BlockKind.OPENING, BlockKind.DISCOVERY, BlockKind.STAKEHOLDERS
CLOSING = BlockKind.CLOSING


async def scorecard(driven: Driven) -> None:
    """Open a scorecard block: the sample's agendas have none."""
    _in_place_of_the_break(driven, BlockKind.SCORECARD)


async def introduction(driven: Driven) -> None:
    """Open an introduction block: the sample's agendas have none."""
    _in_place_of_the_break(driven, BlockKind.INTRODUCTION)


def _in_place_of_the_break(driven: Driven, kind: BlockKind) -> None:
    last = next(b for b in driven.workspace.blocks() if b.kind is BlockKind.BREAK)
    title = kind.label.capitalize()
    changed = (*set_field(last, "kind", kind.value), *set_field(last, "title", title))
    driven.live.commit(lambda _plan: changed)
    driven.workspace.open_block(last.id)


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
    Picture(
        "scorecard-goals",
        "You should see the two goals with unit, target and actual.",
        (scorecard, "2"),
    ),
    Picture(
        "scorecard-page",
        "You should see what is reached of the goals, and twelve initiatives under their components.",
        (scorecard,),
        sizes=(SMALL, LARGE, WIDE, HUGE),
    ),
    Picture(
        "scorecard-trend",
        "You should see each initiative's figure now and at the review of May, with a sparkline.",
        (scorecard, "3"),
    ),
    Picture(
        "scorecard-reviews",
        "You should see the review of May, and on its card what it found.",
        (scorecard, "4"),
    ),
    Picture(
        "scorecard-governance",
        "You should see the seats of the committee with nobody on them, its terms, and the next dates.",
        (scorecard, "5"),
    ),
    Picture(
        "scorecard-to-decide",
        "You should see three initiatives with the reason why each needs a decision.",
        (scorecard, "6"),
    ),
    Picture(
        "introduction-forms",
        "You should see the forms of both firms side by side.",
        (introduction, "2"),
    ),
    Picture(
        "introduction-talking-points",
        "You should see on what the firms differ, the widest first, and on what one says nothing.",
        (introduction, "3"),
    ),
    Picture(
        "introduction-chemistry",
        "You should see a line for each firm, to be scored, and its leader's word.",
        (introduction, "4"),
    ),
    Picture(
        "scorecard-review-held",
        "You should see twelve lines with last and new figure, the first new one set, and a line to hold it.",
        ("R", once("Review of 9 Jun 2026"), "4 w tab"),
        "1 of 12 changed",
    ),
)
def test_block(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)
