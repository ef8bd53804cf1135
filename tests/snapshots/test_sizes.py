"""The first view of each block, in terminals of four sizes, against pictures that somebody has looked at."""

from __future__ import annotations

from tests.snapshots.conftest import Looks
from tests.snapshots.pictures import HUGE, LARGE, SMALL, WIDE, Picture, Size, block, looked_at, scorecard
from workshop_tui.domain.base.vocabulary import BlockKind

SIZES = SMALL, LARGE, WIDE, HUGE
ABSENT = {BlockKind.INTRODUCTION}
"""The sample's agendas have no such block."""


@looked_at(
    *(
        Picture(
            f"size-{kind.value}",
            "You should see a narrow agenda, or the place in it, a count of the gaps, and the work widest.",
            (scorecard, *block(kind)) if kind is BlockKind.SCORECARD else block(kind),
            sizes=SIZES,
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
