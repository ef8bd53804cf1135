"""The first view of each block, in terminals of four sizes, against pictures that somebody has looked at."""

from __future__ import annotations

from tests.snapshots.conftest import Looks
from tests.snapshots.pictures import HUGE, LARGE, SMALL, WIDE, Picture, Size, block, looked_at, scorecard
from workshop_tui.domain.base.vocabulary import BlockKind

SIZES = SMALL, LARGE, WIDE, HUGE
ABSENT = {BlockKind.INTRODUCTION}
"""The sample's agendas have no such block."""
NARROW = "You should see a narrow agenda, or the place in it, a count of the gaps, and widest "
WORK = {
    BlockKind.OPENING: "the session as a form, and beneath it in words who may see what.",
    BlockKind.DISCOVERY: "criteria with both firms' scores, the widest gap marked, means at the foot.",
    BlockKind.STAKEHOLDERS: "the people, signs for sentiment toward all, ps and tech, the card of the first.",
    BlockKind.VALUE: "who is asked, the question large in the middle with air about it, others beneath.",
    BlockKind.PROPOSITION: "the proposition in one sentence, and the lines that it is made of beneath.",
    BlockKind.APPROACH: "signs and dates of four steps, suggested leads with «?», and who goes alone.",
    BlockKind.ACTIONS: "this session's actions first, a question mark for each thing that is missing.",
    BlockKind.SCORECARD: "the two goals with unit, target and actual.",
}


@looked_at(
    *(
        Picture(
            f"size-{kind.value}",
            NARROW + WORK.get(kind, "the work."),
            (scorecard, *block(kind)) if kind is BlockKind.SCORECARD else block(kind),
            sizes=(SMALL, HUGE) if kind is BlockKind.BREAK else SIZES,
        )
        for kind in BlockKind
        if kind not in ABSENT
    ),
    *(
        Picture(
            f"size-people-{view}",
            "You should see the people in a picture that uses the height and the width there is.",
            block(BlockKind.STAKEHOLDERS, key),
            sizes=SIZES,
        )
        for view, key in (("chart", "2"), ("styles", "3"), ("influence", "4"))
    ),
    Picture(
        "size-gaps",
        "You should see the gaps ranked, those of the people first, with the fix once for each kind.",
        (*block(BlockKind.STAKEHOLDERS), "g"),
        sizes=SIZES,
    ),
    Picture(
        "size-actions-by-owner",
        "You should see the actions beneath their owners, without a column of owners.",
        block(BlockKind.ACTIONS, "2"),
        sizes=SIZES,
    ),
)
def test_each_block_at_each_size(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)
