"""What both sides bring to the plan, on the sample as it is shipped, against pictures somebody looked at."""

from __future__ import annotations

from functools import partial

from tests.snapshots.conftest import Looks
from tests.snapshots.pictures import Picture, Size, block, looked_at, typed
from workshop_tui.domain.base.vocabulary import BlockKind

PEOPLE, VALUE, ACTIONS = BlockKind.STAKEHOLDERS, BlockKind.VALUE, BlockKind.ACTIONS
DISCOVERY, PROPOSITION, CLOSING = BlockKind.DISCOVERY, BlockKind.PROPOSITION, BlockKind.CLOSING

Shipped = partial(Picture, grown=True)


@looked_at(
    Shipped(
        "who-left",
        "You should see the one person who has left, alone in the table, and on the card since when.",
        block(PEOPLE, "slash", typed("left"), "enter", "c"),
    ),
    Shipped(
        "proofs",
        "You should see two proofs, one acknowledged by the bank with a tick, the other beneath without.",
        block(VALUE, "v 7"),
    ),
    Shipped(
        "realised",
        "You should see a target from its baseline to what is realised, and who confirmed that.",
        block(VALUE, "v 5"),
    ),
    Shipped(
        "why-us",
        "You should see one difference, on which proof it stands, and the dimensions that have none.",
        block(PROPOSITION, "v 4"),
    ),
    Shipped(
        "growth-path",
        "You should see four steps from 2026 to 2028, by unit, and how much lies within twelve months.",
        block(PROPOSITION, "v 5"),
    ),
    Shipped(
        "stages",
        "You should see the stages to the end, the account's own, and what still stands before the next.",
        block(DISCOVERY, "v 6"),
    ),
    Shipped(
        "lessons",
        "You should see what was learnt, or the line on which the first lesson comes in.",
        block(DISCOVERY, "v 7"),
    ),
    Shipped(
        "coach",
        "You should see what to ask next, the weightiest first.",
        block(DISCOVERY, "v 8"),
    ),
    Shipped(
        "customer-owns",
        "You should see an action that Nadia of the bank does, among those of the two firms.",
        block(ACTIONS),
    ),
    Shipped(
        "replaced",
        "You should see the decision that took another's place, and the other one as replaced.",
        block(CLOSING, "v 1"),
    ),
)
def test_both_sides(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)
