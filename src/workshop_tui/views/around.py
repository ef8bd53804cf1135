"""What stands around the stage: the bar, the agenda, the gaps. Pure: no widgets."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from rich.cells import cell_len

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.gaps.ranking import GapGroup, ranked
from workshop_tui.domain.gaps.registry import Gap
from workshop_tui.domain.lifecycle.clock import MINUTE, Running, allotted, elapsed
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.session import Block
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.record import format_moment
from workshop_tui.views.base import heading_row, row_id
from workshop_tui.views.cell import TICK, Cell, Plain
from workshop_tui.views.clock import blocks_seen, told
from workshop_tui.views.row_id import RowId
from workshop_tui.views.status_bar import BarText, ClockText
from workshop_tui.views.table import Row, Table
from workshop_tui.views.text_layout import fit

SHORT_NAME = 14
"""Cells of a block's name in the agenda, as «Stakeholders 2»."""
_MINUTES = 5


def bar_text(live: LivePlan) -> BarText:
    """Return where we are, who may look, and whether all is saved."""
    number = live.view.number_of(live.session.id)
    place = f"{live.view.account.name} › Session {number} · {format_date(live.session.held_on)}"
    label, tone = _audience(live)
    text, saved = BarText(place, label, tone, frozen=frozen(live)), live.saved
    if saved.why_not:
        return replace(text, saved=f"NOT SAVED: {saved.why_not}", wrong=True)
    if live.is_held:
        return replace(text, saved=_sealed(live), held=True)
    if saved.waiting or live.typing:
        return replace(text, saved="saving…")
    return replace(text, saved=f"saved {saved.at.astimezone():%H:%M:%S}" if saved.at else "all saved")


def frozen(live: LivePlan) -> tuple[str, ...]:
    """Return at which day the account is frozen, the longest form first; that is not for the customer."""
    day = live.view.account.as_of
    return (f"frozen at {format_date(day)}", f"frozen {format_date(day)}", "frozen") if day else ()


def _sealed(live: LivePlan) -> str:
    """Return when the session was sealed; that there is a seal is not for the customer."""
    if live.sealed_at is None:
        return "read only"
    damaged = " · RECORD DAMAGED" if live.fault else ""
    ids = [seal.id for seal in live.seals]
    which = f" ({ids.index(live.earlier_seal) + 1} of {len(ids)})" if live.earlier_seal in ids else ""
    return f"SEALED {format_moment(live.sealed_at)}{which}{damaged}"


def clock_text(live: LivePlan, now: Running | None) -> ClockText:
    """Return what the bar says of the clock."""
    said = told(live, now)
    return ClockText(said.forms, said.tone)


def _audience(live: LivePlan) -> tuple[str, str]:
    if live.audience == CUSTOMER:
        return "● SHARED", "success"
    if live.audience == ALLIANCE:
        return "TEAM ONLY", "warning"
    return f"{live.view.name_of(Party, live.audience).upper()} ONLY", "error"


def agenda(live: LivePlan, current: str) -> Table:
    """Return the blocks by their short names, with their minutes, used and to be used.

    ▶ is the open block, ● the one whose clock runs, ✓ one that has been begun.
    """
    blocks = blocks_seen(live)
    rows = []
    for block, name in zip(blocks, short_names(blocks), strict=True):
        here = block.id == current
        runs = block.started is not None
        used, has = round(elapsed(block, live.clock()) / MINUTE), round(allotted(block) / MINUTE)
        mark = "●" if runs else "▶" if here else TICK if used else " "
        minutes = f"{used}/{has}" if used or runs else f"{has}"
        tone = "accent" if here else "muted" if used and not runs else ""
        rows.append(Row(row_id(block), (Cell(f"{mark} {name}", tone), Cell(f"{minutes:>{_MINUTES}}", tone))))
    cols = (Plain(width=SHORT_NAME + 2), Plain(width=_MINUTES, gap=1))
    return Table(cols, tuple(rows), "No blocks.", by_row=True)


def short_names(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Return one short name for each block: its title where that is short, else its kind; none comes twice.

    It says nothing of which block is open, so that the list stands still while one walks through it.
    """
    names: list[str] = []
    for block in blocks:
        short = cell_len(block.title) <= SHORT_NAME
        name = block.title if short else block.kind.label.capitalize()
        numbers = ("", *(f" {n}" for n in range(2, len(blocks) + 1)))
        room = (f"{fit(name, SHORT_NAME - len(n)).rstrip() if n else name}{n}" for n in numbers)
        names.append(next(each for each in room if each not in names))
    return tuple(names)


def place_in_agenda(live: LivePlan, current: str) -> str:
    """Return which of how many blocks is open, as in «4/9»; empty where there is but one."""
    ids = [block.id for block in blocks_seen(live)]
    return f"{ids.index(current) + 1}/{len(ids)}" if current in ids and len(ids) > 1 else ""


def gap_count(live: LivePlan) -> int:
    """Return how many gaps this audience hears of: the one number, wherever it is told."""
    return len(live.figures.gaps)


def gap_list(live: LivePlan, kind: BlockKind | None = None, at: str = "") -> Table:
    """Return the gaps as they are ranked in a block of this kind, by what is missing, the fix once for all.

    The one at the cursor is told in full.
    """
    rows: list[Row] = []
    for group in ranked(live.figures.gaps, kind):
        rows.append(heading_row(group.told, "gaps", group.rule))
        if group.fix:
            rows.append(replace(heading_row(f"→ {group.fix}", "fix", group.rule), note=True))
        rows += (_gap_row(group, gap, at) for gap in group.gaps)
    return Table((Plain(width=16, grow=1, wrap=True),), tuple(rows), "No gaps.", by_row=True)


def _gap_row(group: GapGroup, gap: Gap, at: str) -> Row:
    name = str(RowId.gap(gap.kind, gap.key, gap.rule))
    return Row(name, (Cell(f"{gap.name}: {gap.message}" if name == at else group.line(gap)),))
