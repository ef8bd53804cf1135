"""What the facilitator's notes say of a session. Pure: no widgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.gaps.registry import Gap
from workshop_tui.domain.lifecycle import clock as agenda
from workshop_tui.domain.lifecycle.clock import MINUTE, allotted
from workshop_tui.domain.model.session import Block, Session
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.store.presence import OnlinePresence
from workshop_tui.views.around import place_of
from workshop_tui.views.text_layout import wrapped

FACILITATOR = "FACILITATOR ONLY"

Paragraph = tuple[str, str]
"""A text and its tone: heading, strong, muted or plain."""


def session_of(live: LivePlan) -> str:
    """Return the session whose clock runs, else the one that is open elsewhere, else the latest."""
    opened = (seat.session for seat in _latest(live) if live.view.get(Session, seat.session))
    return live.running_session() or next(opened, live.view.sessions[-1].id)


def _latest(live: LivePlan) -> list[OnlinePresence]:
    return sorted(live.others, key=lambda seat: seat.seen_at, reverse=True)


def followed(live: LivePlan) -> Block | None:
    """Return the block that runs, else the one open on the shared screen, else where the clock was."""
    blocks = live.view.where(Block, session=live.session_id)
    going = [block for block in blocks if block.started]
    seen = [block for seat in _latest(live) for block in blocks if block.id == seat.block]
    return next(iter((*going, *seen, *blocks[agenda.at(blocks) or 0 :])), None)


def prompts(live: LivePlan, block: Block | None, width: int) -> tuple[Paragraph, ...]:
    """Return the block's title, its prompts, and what comes after it."""
    if block is None:
        return (("This session has no agenda yet.", ""),)
    theirs = "the customer may be in the room" if block.visibility == CUSTOMER else "ours alone"
    has = f"{round(allotted(block) / MINUTE)} minutes · {theirs}"
    lines = [line.strip() for line in block.notes.splitlines() if line.strip()]
    said = [_hanging(line, "•  ", width) for line in lines] or [("No prompts for this block.", "muted")]
    after = _after(live, block)
    return ((block.title, "heading"), (has, "muted"), *said, (after, "strong"))


def _after(live: LivePlan, block: Block) -> str:
    blocks = live.view.where(Block, session=live.session_id)
    later = [other for other in blocks if other.rank > block.rank]
    return f"Next: {later[0].title} ({later[0].minutes} minutes)" if later else "This is the last block."


def gaps(live: LivePlan, block: Block | None, width: int) -> tuple[Paragraph, ...]:
    """Return the gaps, those that are mended in this block first."""
    here = [gap for gap in live.figures.gaps if block and place_of(gap.rule, gap.kind) is block.kind]
    others = [gap for gap in live.figures.gaps if gap not in here]
    rest = "Other gaps" if here else "Gaps"
    parts = (*_listed("Gaps in this block", here, width), *_listed(rest, others, width))
    return parts or (("No gaps.", "muted"),)


def _listed(heading: str, found: Iterable[Gap], width: int) -> Iterator[Paragraph]:
    for n, (name, of) in enumerate(groupby(found, lambda gap: gap.name)):
        if not n:
            yield heading, "heading"
        yield name, "strong"
        yield from (_hanging(gap.missing, "  ", width) for gap in of)


def _hanging(text: str, sign: str, width: int) -> Paragraph:
    """Return text behind a sign, further lines of it beneath the first."""
    lines = wrapped(text, max(width - len(sign), 8))
    return sign + f"\n{' ' * len(sign)}".join(lines), ""
