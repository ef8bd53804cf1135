"""The agenda's clock: what each block has, what is left of it, and who gives when one gets more.

All times are whole seconds. A clock's changes are of fleeting fields: the last to speak wins, and undo passes
over them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.session import Block, Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Change, Refused, set_field

MINUTE = 60
LEAST = MINUTE
"""What a block has at the least."""
KEPT = 5 * MINUTE
"""What a block that gives to another keeps at the least; one that has less gives nothing."""
LONGEST = 600
"""Minutes that can be added at once."""


class Tone(Enum):
    """How urgent a block's clock is."""

    NORMAL = "normal"
    AMBER = "amber"
    RED = "red"
    OVER = "over"


class Running(Struct, frozen=True):
    """The block that the clock is at, and what follows for the session. Seconds, but for `share`."""

    block: str
    """Its id."""
    runs: bool
    """False while it is paused."""
    spent: int
    left: int
    """Negative when it is over."""
    share: float
    """What is left as a share of what it has, 1 to 0, and below that when it is over."""
    tone: Tone
    behind: int | None
    """How much later than planned the session will end, negative for sooner; None for whom that is not."""
    ends: dt.datetime | None
    """When the session will end (UTC), if all blocks from here on take what they have."""


def allotted(block: Block) -> int:
    """Return what a block has: its planned length, and what was added to it or taken from it in the room."""
    return max(block.minutes * MINUTE + (block.extended or 0), LEAST)


def elapsed(block: Block, now: dt.datetime) -> int:
    """Return what a block has used up; a clock that is ahead of this one counts as just started."""
    if block.started is None:
        return block.spent or 0
    started = block.started if block.started.tzinfo else block.started.replace(tzinfo=dt.UTC)
    return (block.spent or 0) + max(int((now - started).total_seconds()), 0)


def at(blocks: Sequence[Block]) -> int | None:
    """Return where in the agenda the clock is: the running block, else the last that was begun."""
    going = [n for n, block in enumerate(blocks) if block.started]
    begun = [n for n, block in enumerate(blocks) if block.spent]
    return going[-1] if going else begun[-1] if begun else None


def behind(blocks: Sequence[Block], now: dt.datetime) -> int:
    """Return how much later than planned (+) or sooner (−) the session will end.

    That is what was used before the block the clock is at, and what this and the later ones have (or used,
    if that is more), less all planned minutes: a block that was passed over is time won, an extension that
    was taken from others changes nothing.
    """
    here = at(blocks) or 0
    used = sum(elapsed(block, now) for block in blocks[:here])
    ahead = sum(max(allotted(block), elapsed(block, now)) for block in blocks[here:])
    return used + ahead - sum(block.minutes * MINUTE for block in blocks)


def running(blocks: Sequence[Block], now: dt.datetime, amber: int, red: int) -> Running | None:
    """Return what the clock says; amber and red are percent left. None before the first block is begun."""
    here = at(blocks)
    if here is None:
        return None
    block = blocks[here]
    left = allotted(block) - elapsed(block, now)
    share = left / allotted(block)
    to_come = sum(max(allotted(b) - elapsed(b, now), 0) for b in blocks[here:])
    return Running(
        block=block.id,
        runs=block.started is not None,
        spent=elapsed(block, now),
        left=left,
        share=share,
        tone=_tone(share, amber, red),
        behind=behind(blocks, now),
        ends=now + dt.timedelta(seconds=to_come),
    )


def _tone(share: float, amber: int, red: int) -> Tone:
    """Return amber when 20 % of a block is left and red at 5 %, or what the session says instead."""
    if share < 0:
        return Tone.OVER
    return Tone.RED if share <= red / 100 else Tone.AMBER if share <= amber / 100 else Tone.NORMAL


def clock(whole: AccountPlan, view: AccountPlan, session: str, now: dt.datetime) -> Running | None:
    """Return what the clock says to the audience of `view`; None while it is at a block that is not theirs.

    The customer hears of that block alone: nothing that tells how long the others are.
    """
    held = whole.get(Session, session)
    told = running(whole.where(Block, session=session), now, held.amber, held.red) if held else None
    if told is None or view.get(Block, told.block) is None:
        return None
    return replace(told, behind=None, ends=None) if view.audience == CUSTOMER else told


# What changes the clock


def start(blocks: Iterable[Block], block: str, now: dt.datetime) -> tuple[Change, ...]:
    """Return the changes that have the clock run for this one of the account's blocks, and for no other."""
    wanted = {b.id: b for b in blocks}
    stopped = pause((b for b in wanted.values() if b.id != block), now)
    going = wanted.get(block)
    begun = set_field(going, "started", now.isoformat()) if going and going.started is None else ()
    return (*stopped, *begun)


def pause(blocks: Iterable[Block], now: dt.datetime) -> tuple[Change, ...]:
    """Return the changes that stop the clock; what was used is kept."""
    return tuple(
        change
        for block in blocks
        if block.started
        for change in (*set_field(block, "spent", elapsed(block, now)), *set_field(block, "started", None))
    )


def set_used(block: Block, minutes: object, now: dt.datetime) -> tuple[Change, ...]:
    """Return the changes that put right how many minutes a block has used; if it runs, it runs on from there.

    Raises Refused for a wrong figure.
    """
    if not isinstance(minutes, int) or not 0 <= minutes <= LONGEST:
        raise Refused(f"Used is in minutes: type a whole number from 0 to {LONGEST}.")
    again = set_field(block, "started", now.isoformat()) if block.started else ()
    return (*set_field(block, "spent", minutes * MINUTE), *again)


def extend(blocks: Sequence[Block], block: str, seconds: int) -> tuple[Change, ...]:
    """Return the changes that give a block more, taken in proportion from those still to come.

    4 × 15 minutes with the first extended by 5 leaves 3 × 13:20. Who gives: later
    than the clock, not begun, not protected. Each keeps five minutes: what can't be taken makes the session
    longer. Seconds below 0 are given to the same blocks. Raises Refused when it would have under a minute.
    """
    more = next((b for b in blocks if b.id == block), None)
    if more is None:
        return ()
    if allotted(more) + seconds < LEAST:
        raise Refused("A block has at least a minute: take fewer away.")
    return (*_given(more, seconds), *_shared(_to_come(blocks, block), seconds))


def catch_up(blocks: Sequence[Block], now: dt.datetime) -> tuple[Change, ...]:
    """Return the changes that take from the blocks still to come, in proportion, what the session is behind.

    Each keeps five minutes; if the session is ahead they are given it. Raises Refused when none can give
    or take.
    """
    late = behind(blocks, now)
    shared = _shared(_to_come(blocks), late)
    if not shared and late > 0:
        raise Refused("No block that is still to come can give time: shorten or drop one in the agenda.")
    if not shared and late:
        raise Refused("No block is still to come that could have more time.")
    return shared


def _to_come(blocks: Sequence[Block], but: str = "") -> list[Block]:
    here = at(blocks)
    later = blocks if here is None else blocks[here + 1 :]
    return [b for b in later if b.id != but and not (b.protected or b.spent or b.started)]


def _shared(blocks: Iterable[Block], seconds: int) -> tuple[Change, ...]:
    """Take seconds from these blocks; negative ones are given."""
    givers = [block for block in blocks if seconds < 0 or allotted(block) > KEPT]
    has = {block.id: allotted(block) for block in givers}
    parts = proportions(has, abs(seconds), None if seconds < 0 else KEPT)
    sign = 1 if seconds < 0 else -1
    return tuple(change for block in givers for change in _given(block, sign * parts[block.id]))


def _given(block: Block, seconds: int) -> tuple[Change, ...]:
    return set_field(block, "extended", allotted(block) - block.minutes * MINUTE + seconds)


def proportions(has: Mapping[str, int], seconds: int, keep: int | None) -> dict[str, int]:
    """Return how many seconds each gives or gets: in proportion to what it has, whole, `seconds` in all.

    With `keep`, nobody gives below it: the others give instead, and when all have come down to it the parts
    add up to less.
    """
    parts = dict.fromkeys(has, 0)
    left = {name: n for name, n in has.items() if keep is None or n > keep}
    while left:
        weight = sum(left.values())
        spent = [n for n, had in left.items() if keep is not None and seconds * had >= (had - keep) * weight]
        if not spent:
            break
        for name in spent:
            parts[name] = left.pop(name) - (keep or 0)
            seconds -= parts[name]
    gone, upto = 0, 0
    for name, had in left.items():
        upto += had
        parts[name] = seconds * upto // weight - gone
        gone += parts[name]
    return parts
