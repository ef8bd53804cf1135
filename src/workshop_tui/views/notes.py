"""What the facilitator's notes say of a session. Pure: no widgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby

from textual.content import Content

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.gaps.registry import Gap
from workshop_tui.domain.lifecycle import clock as agenda
from workshop_tui.domain.lifecycle.clock import MINUTE, allotted
from workshop_tui.domain.model.session import Block, Session
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.store.seats import Seat
from workshop_tui.tui.widgets.literal import literal, wrapped
from workshop_tui.views.around import place_of

FACILITATOR = "FACILITATOR ONLY"


def session_of(live: LivePlan) -> str:
    """Return the session whose clock runs, else the one that is open elsewhere, else the latest."""
    going = (block.session for block in live.whole.all(Block) if block.started)
    opened = (seat.session for seat in _latest(live) if live.whole.get(Session, seat.session))
    return next(chain(going, opened), live.whole.sessions[-1].id)


def _latest(live: LivePlan) -> list[Seat]:
    return sorted(live.others, key=lambda seat: seat.seen_at, reverse=True)


def followed(live: LivePlan) -> Block | None:
    """Return the block that runs, else the one open on the shared screen, else where the clock was."""
    blocks = live.view.where(Block, session=live.session_id)
    going = [block for block in blocks if block.started]
    seen = [block for seat in _latest(live) for block in blocks if block.id == seat.block]
    return next(iter((*going, *seen, *blocks[agenda.at(blocks) or 0 :])), None)


def prompts(live: LivePlan, block: Block | None, width: int) -> Content:
    """Return the block's title and its prompts, with room between them, and what comes after it."""
    if block is None:
        return literal("This session has no agenda yet.")
    theirs = "the customer may be in the room" if block.visibility == CUSTOMER else "ours alone"
    has = f"{round(allotted(block) / MINUTE)} minutes · {theirs}"
    lines = [line.strip() for line in block.notes.splitlines() if line.strip()]
    said = [_hanging(line, "•  ", width) for line in lines] or [
        literal("No prompts for this block.", "$secondary")
    ]
    after = _after(live, block)
    told = (literal(block.title, "bold $accent"), literal(has, "$secondary"), *said, literal(after, "bold"))
    return Content("\n\n").join(told)


def _after(live: LivePlan, block: Block) -> str:
    blocks = live.view.where(Block, session=live.session_id)
    later = [other for other in blocks if other.rank > block.rank]
    return f"Next: {later[0].title} ({later[0].minutes} minutes)" if later else "This is the last block."


def gaps(live: LivePlan, block: Block | None, width: int) -> Content:
    """Return the gaps, those that are mended in this block first."""
    here = [gap for gap in live.figures.gaps if block and place_of(gap.rule, gap.kind) is block.kind]
    others = [gap for gap in live.figures.gaps if gap not in here]
    rest = "Other gaps" if here else "Gaps"
    parts = [*_listed("Gaps in this block", here, width), *_listed(rest, others, width)]
    return Content("\n").join(parts or [literal("No gaps.", "$secondary")])


def _listed(heading: str, found: Iterable[Gap], width: int) -> Iterator[Content]:
    for n, (name, of) in enumerate(groupby(found, lambda gap: gap.name)):
        if not n:
            yield literal(heading, "bold $accent")
        yield literal(name, "bold")
        yield from (_hanging(gap.message.partition(":")[0], "  ", width) for gap in of)


def _hanging(text: str, sign: str, width: int) -> Content:
    """Return text behind a sign, further lines of it beneath the first."""
    lines = wrapped(text, max(width - len(sign), 8))
    return literal(sign + f"\n{' ' * len(sign)}".join(lines))
