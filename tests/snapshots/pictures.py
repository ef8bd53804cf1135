"""What a picture of the app is: its name, what somebody should see on it, and how to get there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from tests.app.driver import Driven
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.step import Add

Step = str | Callable[[Driven], Awaitable[object]]
"""Keys to press, parted by blanks; or something to do."""
Size = tuple[int, int]

SMALL, LARGE, WIDE, HUGE = (80, 24), (120, 36), (160, 45), (200, 60)
BOTH = (SMALL, LARGE)


@dataclass(frozen=True)
class Picture:
    """One thing to look at."""

    name: str
    sees: str
    """A sentence: «You should see …»."""
    steps: tuple[Step, ...] = ()
    until: str = ""
    """What stands on the screen once it is ready."""
    account: str | None = "norvane"
    """What is open at the start; None for the library."""
    empty: bool = False
    """Whether the database has no accounts."""
    people: int = 0
    """How many made people there are in place of the sample; 0 for the sample."""
    grown: bool = False
    """Whether it is the sample as it is shipped, with what was added to it since it was given."""
    theme: str = ""
    sizes: tuple[Size, ...] = BOTH


def block(kind: BlockKind, *then: Step) -> tuple[Step, ...]:
    """Return the steps to a block, and what comes then."""

    async def go(driven: Driven) -> None:
        workshop = driven.workshop
        workshop.workspace.open_block(
            next(b.id for b in workshop.workspace.blocks() if b.kind is kind)
        )  # the keys take long
        await driven.quiet()

    return (go, *then)


async def scorecard(driven: Driven) -> None:
    """Give the session a block for the scorecard: the sample's agendas have none."""
    made = Block(
        id="score",
        session=driven.live.session_id,
        kind=BlockKind.SCORECARD,
        title="Scorecard",
        minutes=10,
        rank=99.0,
    )
    driven.live.commit(lambda _plan: (Add(made),))
    await driven.stored()


def typed(text: str) -> Step:
    """Type a text."""
    return lambda driven: driven.type_text(text)


def once(text: str) -> Step:
    """Wait until a text stands on the screen."""
    return lambda driven: driven.wait_until(lambda: text in driven.text, text)


def cell(row: str, column: str, *keys: str) -> Step:
    """Go to a cell of the table, and press keys there."""
    return lambda driven: driven.go(row, column, "main", *keys)


def looked_at(*pictures: Picture) -> pytest.MarkDecorator:
    """Have a test look at each picture in each of its sizes."""
    return pytest.mark.parametrize(
        ("picture", "size"),
        [
            pytest.param(picture, size, id=f"{picture.name}-{size[0]}x{size[1]}")
            for picture in pictures
            for size in picture.sizes
        ],
    )
