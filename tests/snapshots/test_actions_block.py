"""The actions put together, milestones in time, the last actions one by one, and what was kept."""

from __future__ import annotations

from tests.app.driver import Driven
from tests.snapshots.conftest import Looks
from tests.snapshots.pictures import BOTH, HUGE, SMALL, Picture, Size, block, cell, looked_at, typed
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Changes, set_field

ACTIONS = BlockKind.ACTIONS


async def last_actions(driven: Driven) -> None:
    """Open the second opening block, with two actions open as they were before the session."""

    def changes(plan: AccountPlan) -> Changes:
        for name, values in (
            ("A05", {"status": "open", "reason": ""}),
            ("A03", {"status": "open", "done_on": None}),
        ):
            action = plan.get(Action, name)
            assert action is not None
            for field, value in values.items():
                yield from set_field(action, field, value)

    driven.live.commit(changes)
    await driven.to_block(BlockKind.OPENING, 1)


@looked_at(
    Picture(
        "actions-by-milestone",
        "You should see actions under their milestones, each with its date and what of it is done.",
        block(ACTIONS, "3"),
    ),
    Picture(
        "actions-by-date",
        "You should see what is due this week, next week and later, and what has no date.",
        block(ACTIONS, "4"),
        sizes=(SMALL,),
    ),
    Picture(
        "actions-by-person",
        "You should see the open actions under the customer's people they are about.",
        block(ACTIONS, "5"),
        sizes=(SMALL,),
    ),
    Picture(
        "milestones",
        "You should see each milestone in time with its share, today as a line, and one's actions beneath.",
        block(ACTIONS, "6"),
        sizes=(*BOTH, HUGE),
    ),
    Picture(
        "actions-marked",
        "You should see two marked actions and a list of owners for both.",
        block(ACTIONS, cell("Action/A07", "Owner"), "m m up enter", typed("r")),
        until="2 marked actions",
        sizes=(SMALL,),
    ),
)
def test_actions_put_together(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)


@looked_at(
    Picture(
        "last-actions",
        "You should see two actions to settle, then what was settled and how.",
        (last_actions,),
        until="4 of 6 settled",
    ),
    Picture(
        "last-actions-carry",
        "You should see the editor ask to which day an action is carried, and the day it is taken for.",
        (last_actions, "c", typed("+2w")),
        until="Tue 23 Jun 2026",
        sizes=(SMALL,),
    ),
    Picture(
        "kept",
        "You should see counts and rates as bars, session by session, by firm and by owner.",
        (last_actions, "v 7"),
        until="% on time",
        sizes=(*BOTH, HUGE),
    ),
)
def test_last_actions(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)
