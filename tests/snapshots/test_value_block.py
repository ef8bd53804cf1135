"""Value co-discovery in two sizes of a terminal, against pictures that somebody has looked at."""

from __future__ import annotations

from tests.app.driver import Driven
from tests.snapshots.conftest import Looks
from tests.snapshots.pictures import LARGE, SMALL, Picture, Size, block, cell, looked_at, typed
from workshop_tui.domain.base.vocabulary import BlockKind, Horizon
from workshop_tui.domain.model.discovery import Objective
from workshop_tui.domain.model.value import Target, TargetAnswer
from workshop_tui.domain.plan.step import Add

VALUE = BlockKind.VALUE


async def targets(driven: Driven) -> None:
    """Gather answers into two targets: the sample has none."""
    rule = Objective(id="o", text="Meet the Continuity Rule by March")
    short = Target(
        id="t", title="Evidence for all 22 services", objective="o", estimate=250_000, horizon=Horizon.SHORT
    )
    far = Target(id="u", title="One cold data centre less", horizon=Horizon.LONG, rank=1)
    links = (("t", "V01"), ("t", "V05"), ("t", "V02"), ("u", "V08"))
    behind = (TargetAnswer(target=target, answer=answer) for target, answer in links)
    driven.live.commit(lambda _plan: map(Add, (rule, short, far, *behind)))


@looked_at(
    Picture(
        "ask-answered",
        "You should see what Dev said beneath the question, how sure we are, and what else to ask of him.",
        block(VALUE, "down down down down down"),
    ),
    Picture(
        "ask-typing",
        "You should see the answer typed right under the question, which stays in sight.",
        block(VALUE, "enter", typed("Drills that pass, on a Monday, with nobody")),
        until="nobody",
        sizes=(SMALL,),
    ),
    Picture(
        "ask-customer",
        "You should see the same without what the question is for, nor whether others were asked.",
        block(VALUE, "f4"),
        until="● SHARED",
        sizes=(SMALL,),
    ),
    Picture(
        "board",
        "You should see people by questions, key people and those never asked marked, each sign explained.",
        block(VALUE, "2"),
    ),
    Picture(
        "board-answer",
        "You should see the question of the cell above, and the answer under the cursor beneath.",
        block(VALUE, "2", cell("Priya", "Pers")),
        sizes=(SMALL,),
    ),
    Picture(
        "board-customer",
        "You should see signs for five answers, and no mark on anybody.",
        block(VALUE, "2", "f4"),
        until="● SHARED",
        sizes=(LARGE,),
    ),
    Picture(
        "heard",
        "You should see the answers under their themes, the largest theme first, and the card of the first.",
        block(VALUE, "3"),
    ),
    Picture(
        "heard-marked",
        "You should see two answers marked, and a menu that makes a value target of both.",
        block(VALUE, "3", "m m d"),
        until="Make a value target",
        sizes=(SMALL,),
    ),
    Picture(
        "read-back",
        "You should see what Nadia said in large type, to which question, and how many wait.",
        block(VALUE, "4"),
    ),
    Picture(
        "read-back-confirmed",
        "You should see the next one in large type, and the one before among those confirmed today.",
        block(VALUE, "4", "space"),
        until="5 of 9 confirmed",
        sizes=(SMALL,),
    ),
    Picture(
        "targets",
        "You should see short against long, what nothing validated stands behind, and the answers beneath.",
        block(VALUE, targets, "5"),
    ),
    Picture(
        "questions",
        "You should see the questions under what they are for, each with a line for a new one.",
        block(VALUE, "6"),
    ),
)
def test_value(picture: Picture, size: Size, looks_right: Looks) -> None:
    looks_right(picture, size)
