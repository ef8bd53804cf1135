"""What stands around the stage: the bar, the agenda, the gaps. Pure: no widgets."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from rich.cells import cell_len

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.domain.gaps.people import key_people_never_asked
from workshop_tui.domain.gaps.registry import Gap
from workshop_tui.domain.gaps.work import scorecard_review_overdue
from workshop_tui.domain.lifecycle.clock import MINUTE, Running, allotted, elapsed
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.scorecard import Initiative
from workshop_tui.domain.model.session import Parking
from workshop_tui.domain.model.value import Answer
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.record import format_moment
from workshop_tui.views.base import heading_row, row_id
from workshop_tui.views.cell import TICK, Cell, Plain
from workshop_tui.views.clock import blocks_seen, told
from workshop_tui.views.row_id import RowId
from workshop_tui.views.status_bar import BarText, ClockText
from workshop_tui.views.table import Row, Table

KIND_OF_GAP = {
    Stakeholder.__name__: BlockKind.STAKEHOLDERS,
    Action.__name__: BlockKind.ACTIONS,
    Answer.__name__: BlockKind.VALUE,
    Parking.__name__: BlockKind.CLOSING,
    Initiative.__name__: BlockKind.SCORECARD,
}
"""Where a gap about a kind of entity is mended."""
KIND_OF_RULE = {
    key_people_never_asked.__name__: BlockKind.VALUE,
    scorecard_review_overdue.__name__: BlockKind.SCORECARD,
}
"""Where a gap of a rule is mended, if that is elsewhere than others of its kind."""


def place_of(rule: str, kind: str) -> BlockKind | None:
    """Return in which block a gap is mended."""
    return KIND_OF_RULE.get(rule) or KIND_OF_GAP.get(kind)


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
    return (f"frozen at {format_date(day)}", f"frozen {format_date(day)}") if day else ()


def _sealed(live: LivePlan) -> str:
    """Return when the session was sealed; that there is a seal is not for the customer."""
    if live.sealed_at is None:
        return "read only"
    damaged = " · RECORD DAMAGED" if live.fault else ""
    return f"SEALED {format_moment(live.sealed_at)}{damaged}"


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


def agenda(live: LivePlan, current: str, width: int) -> Table:
    """Return the blocks with their minutes, used and to be used; where a title is too long, its kind.

    ▶ is the open block, ● the one whose clock runs, ✓ one that has been begun.
    """
    room = max(width - 12, 8)
    rows = []
    for block in blocks_seen(live):
        here = block.id == current
        runs = block.started is not None
        used, has = round(elapsed(block, live.clock()) / MINUTE), round(allotted(block) / MINUTE)
        mark = "●" if runs else "▶" if here else TICK if used else " "
        minutes = f"{used}/{has}" if used or runs else f"{has}"
        tone = "accent" if here or runs else "muted" if used else ""
        fits = here or cell_len(block.title) <= room
        title = block.title if fits else block.kind.label.capitalize()
        rows.append(Row(row_id(block), (Cell(f"{mark} {title}", tone), Cell(f"{minutes:>5}", tone))))
    return Table((Plain(width=room + 2, wrap=True), Plain(width=5)), tuple(rows), "No blocks.", by_row=True)


def gap_list(live: LivePlan, at: str = "") -> Table:
    """Return the gaps beneath the names of the things; the one at the cursor with what to do."""
    rows: list[Row] = []
    for (kind, key, name), gaps in groupby(live.figures.gaps, lambda gap: (gap.kind, gap.key, gap.name)):
        rows.append(heading_row(name, kind, *key))
        rows += (_gap_row(gap, str(RowId.gap(kind, key, gap.rule)), at) for gap in gaps)
    return Table((Plain(width=16, grow=1, wrap=True),), tuple(rows), "No gaps.", by_row=True)


def _gap_row(gap: Gap, name: str, at: str) -> Row:
    return Row(name, (Cell(gap.message if name == at else gap.missing),))
