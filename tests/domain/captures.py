"""Lines as people type them, and what is understood of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.domain.plans import ON
from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.vocabulary import ALLIANCE, BlockKind
from workshop_tui.domain.capture.parse import parse
from workshop_tui.domain.capture.rows import Captured
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan

PEOPLE, VALUE, ACTIONS = BlockKind.STAKEHOLDERS, BlockKind.VALUE, BlockKind.ACTIONS


def read(
    line: str, plan: AccountPlan, block: BlockKind = PEOPLE, audience: str = ALLIANCE, **how: Any
) -> Captured:
    dates = how.pop("dates", Calendar(ON))
    return parse(line, project(plan, audience), block=block, audience=audience, dates=dates, **how)


def said(captured: Captured) -> dict[str, Json]:
    """What was understood, as part.field → value."""
    names = {(part, name): value for (_, part, name), value in captured.given.items()}
    return {f"{part}.{name}" if part else name: value for (part, name), value in names.items()}


# What lines are made of

PIECES = st.sampled_from(
    [
        *(" ", " ", " ", ",", ", ", "\\", '"', "\t", "\u00a0", "\u0338", "\u200e", "é"),
        *(">", "@", "#", "%", "!", "^", "*", "~", "by", " by ", "fri", "+2w", "1 dec", "26"),
        *("s:", "a:", "v:", "p:", "d:", "r:", "ps+1", "tech-1", "all=?", "ps+9", "inf4", "inf9"),
        *("Ana", "Dev", "Rowan", "Mirela", "Lucía", "Marcus", "user", "driv", "customer", "x"),
    ]
)
LINES = st.lists(PIECES, max_size=16).map("".join) | st.text(max_size=60)
