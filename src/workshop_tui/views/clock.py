"""What is told of the clock, and its large figures. Pure: no widgets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len

from workshop_tui.domain.lifecycle.clock import MINUTE, Running, Tone, allotted, elapsed
from workshop_tui.domain.model.session import Block, Session
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.text_layout import fit

TONES = {Tone.NORMAL: "accent", Tone.AMBER: "warning", Tone.RED: "error", Tone.OVER: "error"}
_SIGNS = {Tone.AMBER: "! ", Tone.RED: "!! "}
_SHORT = 18
"""Cells of a title that has room in the bar."""
_BRIEF = 13
"""Cells of it in a narrow bar."""


class Told(Struct, frozen=True):
    """What the clock says, in words and figures; empty when there is nothing to say."""

    title: str = ""
    figures: str = ""
    """As in 12:30, and +02:10 when it is over."""
    state: str = ""
    """left or over."""
    sign: str = ""
    """Says amber and red without a colour."""
    tone: str = "accent"
    behind: str = ""
    """As in «9 behind»; empty when the session is on time."""
    paused: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """The ways to say it in a line, the longest first."""
        if not self.figures:
            return ()
        short = f"{self.sign}{self.figures} {self.state}"
        late = f"{short}  {self.behind}".rstrip()
        if not self.paused:
            return f"{self.title} {late}", late, short, self.figures
        title = fit(
            self.title, min(cell_len(self.title), _BRIEF)
        ).rstrip()  # which block waits is never left out
        forms = (f"{self.title} {late}", f"{self.title} {short}", f"{title} {self.sign}{self.figures}")
        return *(f"PAUSED {form}" for form in forms), f"PAUSED {self.figures}"


NOTHING = Told()


def running(live: LivePlan) -> Running | None:
    """Return where the clock is, if that is for the audience; a pause is told on the day of the session.

    At the end of the last block nothing is paused: the session is over.
    """
    if live.is_held:
        return None
    told = live.running()
    if told is None or told.runs:
        return told
    is_over = told.left <= 0 and told.block == live.view.where(Block, session=live.session_id)[-1].id
    return None if is_over or live.session.held_on != live.today else told


def seen(live: LivePlan) -> Running | None:
    """Return where the clock is, if the room sees it too."""
    return running(live) if live.shows_clock else None


def blocks_seen(live: LivePlan) -> tuple[Block, ...]:
    """Return the blocks of the session; as planned, where the room doesn't see the clock."""
    blocks = live.view.where(Block, session=live.session_id)
    planned = {"started": None, "spent": 0, "extended": 0}
    return blocks if live.shows_clock else tuple(replace(block, **planned) for block in blocks)


def paused_by_start(live: LivePlan) -> str:
    """Tell whose clock starting one in this session pauses; empty when none runs elsewhere."""
    session = live.session_id
    others = dict.fromkeys(b.session for b in live.view.all(Block) if b.started and b.session != session)
    names = ", ".join(live.view.name_of(Session, other) for other in others)
    return f"The clock of {names} is paused: the account has one." if names else ""


def told(live: LivePlan, now: Running | None) -> Told:
    """Return in words what the clock says."""
    block = live.view.get(Block, now.block) if now else None
    if now is None or block is None:
        return NOTHING
    return Told(
        title=short_title(block),
        figures=figures(now.left),
        state="over" if now.left < 0 else "left",
        sign=_SIGNS.get(now.tone, ""),
        tone=TONES[now.tone] if now.runs else TONES[Tone.AMBER],
        behind=behind(now.behind),
        paused=not now.runs,
    )


def figures(seconds: int) -> str:
    """Return a time as minutes and seconds, 12:30, with a plus when it is over; long ones with hours."""
    minutes, rest = divmod(abs(seconds), MINUTE)
    hours, of_hour = divmod(minutes, 60)
    plain = f"{minutes:02}:{rest:02}" if minutes < 100 else f"{hours}:{of_hour:02}:{rest:02}"  # noqa: PLR2004
    return f"+{plain}" if seconds < 0 else plain


def behind(seconds: int | None) -> str:
    """Return how many whole minutes the session is behind or ahead, in words; empty when it is on time."""
    minutes = round((seconds or 0) / MINUTE)
    return f"{abs(minutes)} {'behind' if minutes > 0 else 'ahead'}" if minutes else ""


def short_title(block: Block) -> str:
    """Return how a block is called where there is little room: how its title begins, or its kind."""
    head = re.split(r"[:,(]", block.title)[0].strip()
    return head if 0 < cell_len(head) <= _SHORT else block.kind.label.capitalize()


def at_time(moment: dt.datetime | None) -> str:
    """Return the time of day on the wall, 13:09."""
    return f"{moment.astimezone():%H:%M}" if moment else ""


def session_line(live: LivePlan, now: Running | None) -> str:
    """Return how the session stands, and when it was to end; empty before it began."""
    end = planned_end(live)
    planned = f", planned {end}" if end else ""
    return f"{told}{planned}" if (told := ending(now, end)) else ""


def ending(now: Running | None, planned: str) -> str:
    """Return how the session stands: behind or ahead, and when it will end; empty before it began.

    Behind and ahead are about the minutes of the blocks: one that was begun late may use them as planned
    and yet end late, and then it isn't said to be on time.
    """
    if now is None or now.ends is None:
        return ""
    ends = at_time(now.ends)
    stands = behind(now.behind) or ("on time" if planned in {"", ends} else "")
    return f"{stands} · ends {ends}" if stands else f"ends {ends}"


def planned_end(live: LivePlan) -> str:
    """Return when the session was to end, 13:00; empty when it has no start."""
    session = live.view.get(Session, live.session_id)
    if session is None or not session.start:
        return ""
    minutes = sum(block.minutes for block in live.view.where(Block, session=session.id))
    begins = dt.datetime.combine(session.held_on, dt.time.fromisoformat(session.start))
    return f"{begins + dt.timedelta(minutes=minutes):%H:%M}"


def closed_at(block: Block, now: dt.datetime) -> str:
    """Return which block the clock has left, and at what: «Opening» closed at 12 of 15 min."""
    used, has = round(elapsed(block, now) / MINUTE), round(allotted(block) / MINUTE)
    return f"«{short_title(block)}» closed at {used} of {has} min"


def taken_from(before: Sequence[Block], after: Sequence[Block], block: str) -> str:
    """Return from which blocks came what one was given, or to which went what was taken from it.

    What no other block gives makes the session longer.
    """
    had = {b.id: allotted(b) for b in before}
    by = {b.id: allotted(b) - had[b.id] for b in after if b.id in had}
    given = by.pop(block, 0)
    rest = given + sum(by.values())
    ends = f"the session ends {figures(abs(rest))} {'later' if rest > 0 else 'sooner'}" if rest else ""
    return " · ".join(filter(None, (shifted(before, [b for b in after if b.id != block]), ends)))


def shifted(before: Sequence[Block], after: Sequence[Block]) -> str:
    """Return which blocks have more or less than before, and by how much: Actions −01:00, Closing −00:30."""
    had = {b.id: allotted(b) for b in before}
    by = {b.id: allotted(b) - had[b.id] for b in after if b.id in had}
    return ", ".join(f"{short_title(b)} {_signed(by[b.id])}" for b in after if by.get(b.id))


def _signed(seconds: int) -> str:
    return f"{'+' if seconds > 0 else '−'}{figures(abs(seconds))}"


class Face(Struct, frozen=True):
    """A clock face: figures to be painted as large as there is room for, and a line beneath them."""

    figures: str = ""
    caption: str = ""
    """A line beneath them, or several."""
    tone: str = "accent"


def face(live: LivePlan, block: Block, now: Running | None) -> Face:
    """Return the face of a block: what it has, unless the clock is at it."""
    if now is None or now.block != block.id:
        return Face(figures(allotted(block)), "minutes")
    said = told(live, now)
    back = f" · until {at_time(live.clock() + dt.timedelta(seconds=now.left))}" if now.left > 0 else ""
    state = f"{said.sign}{said.state}{back}" if now.runs else f"PAUSED · {said.state}"
    return Face(said.figures, state, said.tone)


# Large figures, three by five; the colon and the like are as narrow as they are.

_GLYPHS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    ".": (" ", " ", " ", " ", "#"),
    "+": ("   ", " # ", "###", " # ", "   "),
}
_LARGEST = 4


def big_digits(text: str, width: int, height: int) -> tuple[str, ...]:
    """Return figures painted in as many cells as there is room for, in the middle; as text in less."""
    rows = [" ".join(_GLYPHS[sign][row] for sign in text) for row in range(5)] if text else []
    fits = (n for n in range(_LARGEST, 0, -1) if rows and len(rows[0]) * 2 * n <= width and 5 * n <= height)
    scale = next(fits, 0)
    if not scale:
        return (text.center(width).rstrip(),)
    painted = ("".join(("█" if dot == "#" else " ") * 2 * scale for dot in row) for row in rows)
    return tuple(line.center(width).rstrip() for line in painted for _ in range(scale))
