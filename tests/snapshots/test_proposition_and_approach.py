"""Proposition with its vote, and approach with its meetings, against pictures that somebody has looked at."""

from __future__ import annotations

from tests.app.driver import Driven
from tests.snapshots.conftest import Looks
from tests.snapshots.pictures import LARGE, SMALL, Picture, Size, block, cell, looked_at, typed
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.actions import ApproachStep
from workshop_tui.domain.model.session import Presence
from workshop_tui.domain.model.value import Option
from workshop_tui.domain.plan.step import Remove, set_field

PROPOSITION, APPROACH = BlockKind.PROPOSITION, BlockKind.APPROACH


async def others_leave(driven: Driven) -> None:
    """Let all but two go before the dots are counted, and make a tie."""
    here = driven.live.whole.where(Presence, session="S2")[2:]
    (second,) = driven.live.whole.where(Option, id="O2")
    driven.live.commit(lambda _plan: (*map(Remove, here), *set_field(second, "votes", 3)))


async def an_override(driven: Driven) -> None:
    """Hold a three-way meeting too early, for a reason; and book one without a day."""
    steps = {step.stakeholder: step for step in driven.live.whole.where(ApproachStep, step="three_way")}
    step, open_ended = steps["ST05"], steps["ST10"]
    driven.live.commit(
        lambda _plan: (
            *set_field(step, "status", "done"),
            *set_field(step, "override", "She came along to the drill"),
            *set_field(open_ended, "status", "booked"),
        )
    )


@looked_at(
    Picture(
        "proposition-answers",
        "You should see the answers it stands on ticked, validated ones first, and the others to be ticked.",
        block(PROPOSITION, "end"),
        sizes=(SMALL,),
    ),
    Picture(
        "options",
        "You should see the options with place, dots as a figure and as dots, and none left to give.",
        block(PROPOSITION, "2", "right"),
    ),
    Picture(
        "options-too-many",
        "You should see how many dots are too many, and places that are shared.",
        block(PROPOSITION, "3", others_leave),
        sizes=(SMALL,),
    ),
    Picture(
        "approach-why",
        "You should see the question why a three-way meeting was held before an introduction.",
        block(APPROACH, cell("Elena", "3-way", "d")),
        sizes=(SMALL,),
    ),
    Picture(
        "approach-flags",
        "You should see an override with its reason, and a meeting that is booked for no day.",
        block(APPROACH, an_override, cell("Elena", "Name")),
        sizes=(LARGE,),
    ),
    Picture(
        "approach-deeds",
        "You should see what can be done with a row: the meeting, its action, all booked steps.",
        block(APPROACH, cell("Priya", "Name", "d")),
        sizes=(SMALL,),
    ),
    Picture(
        "meetings",
        "You should see the meetings, the latest first, and above them where one partner goes alone.",
        block(APPROACH, "2"),
    ),
    Picture(
        "meetings-new",
        "You should see who of ours is asked for, once it is said whom we met.",
        block(APPROACH, "2", "a", typed("farah"), "enter"),
        sizes=(SMALL,),
    ),
)
def test_proposition_and_approach(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)
