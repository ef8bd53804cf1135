"""What the facilitator's notes say of a session. Pure: no widgets."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from workshop_tui.domain.base.text import counted
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.gaps.ranking import GapGroup, ranked
from workshop_tui.domain.gaps.weight import place_of
from workshop_tui.domain.lifecycle import clock as agenda
from workshop_tui.domain.lifecycle.clock import MINUTE, Running, allotted
from workshop_tui.domain.model.session import Block
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.clock import Face, face, short_title
from workshop_tui.views.room import followed_screen
from workshop_tui.views.text_layout import wrapped

FACILITATOR = "FACILITATOR ONLY"
SHARED = "MAIN SCREEN SHARED"
"""What stands beside that while a main screen shows what is for the customer."""
HERE = "▸ "
"""Before what is mended in the block that is shown."""

Paragraph = tuple[str, str]
"""A text and its tone: heading, strong, muted or plain."""


def session_of(live: LivePlan, keeper: str = "") -> str:
    """Return the session whose clock runs, else the one on the screen that is followed, else the latest."""
    seat = followed_screen(live, "", keeper)
    return live.running_session() or (seat.session if seat else live.view.sessions[-1].id)


def badge(live: LivePlan) -> str:
    """Return whom this screen is for, and whether the customer looks at a main screen of the session."""
    here = (seat for seat in live.others if seat.session == live.session_id)
    return f"{FACILITATOR} · {SHARED}" if any(seat.audience == CUSTOMER for seat in here) else FACILITATOR


def followed(live: LivePlan, keeper: str = "") -> Block | None:
    """Return the block on the facilitator's screen, else the one that runs, else where the clock was.

    The clock stays behind where they look ahead, or share what another block has: what they ask there is
    prompted for. Which screen that is, of several, the room's window tells by the same rule.
    """
    blocks, seat = (
        live.view.where(Block, session=live.session_id),
        followed_screen(live, live.session_id, keeper),
    )
    going = [block for block in blocks if block.started]
    seen = [block for block in blocks if seat and block.id == seat.block]
    return next(iter((*seen, *going, *blocks[agenda.at(blocks) or 0 :])), None)


def clock_face(live: LivePlan, block: Block, now: Running | None) -> Face:
    """Return the face of the clock, of the block it runs for where another one is shown."""
    runs = live.view.get(Block, now.block) if now and now.runs else None
    if runs is None or runs.id == block.id:
        return face(live, block, now)
    going = face(live, runs, now)
    return replace(going, caption=f"{short_title(runs)} · {going.caption}")


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
    """Return the gaps as the pane on the shared screen ranks them, what is mended in this block marked."""
    found, here = live.figures.gaps, block.kind if block else None
    if not found:
        return (("No gaps.", "muted"),)
    mended_here = sum(place_of(gap.rule, gap.kind) is here for gap in found) if here else 0
    told = f", {mended_here} of them in this block" if mended_here else ""
    groups = (part for group in ranked(found, here) for part in _group(group, here, width))
    return ((f"{counted(len(found), 'gap')}{told}", "heading"), *groups)


def _group(group: GapGroup, here: BlockKind | None, width: int) -> Iterator[Paragraph]:
    is_here = here is not None and place_of(group.rule, group.gaps[0].kind) is here
    yield _hanging(group.told, HERE if is_here else "", width)[0], "strong"
    if group.fix:
        yield _hanging(group.fix, "→ ", width)[0], "muted"
    yield _hanging(", ".join(group.line(gap) for gap in group.gaps), "  ", width)


def _hanging(text: str, sign: str, width: int) -> Paragraph:
    """Return text behind a sign, further lines of it beneath the first."""
    lines = wrapped(text, max(width - len(sign), 8))
    return sign + f"\n{' ' * len(sign)}".join(lines), ""
