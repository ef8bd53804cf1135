"""What stands around the stage: the bar, the agenda, the gaps. Pure: no widgets."""

from __future__ import annotations

from itertools import groupby

from workshop_tui.domain.account import Party
from workshop_tui.domain.dates import format_date
from workshop_tui.domain.session import Block, Seal
from workshop_tui.domain.words import ALLIANCE, CUSTOMER, BlockKind
from workshop_tui.tui.grid import TICK, Cell, Plain
from workshop_tui.tui.live_plan import LivePlan
from workshop_tui.tui.widgets.bar import BarText
from workshop_tui.tui.widgets.literal import fit
from workshop_tui.tui.widgets.table import Row, Table

RAIL = 14
"""Cells for a block's title in the agenda; the open one is written out."""

KIND_OF_GAP = {
    "Stakeholder": BlockKind.STAKEHOLDERS,
    "Action": BlockKind.ACTIONS,
    "Answer": BlockKind.VALUE,
    "Parking": BlockKind.CLOSING,
    "Initiative": BlockKind.SCORECARD,
}
"""Where a gap about a kind of entity is mended."""


def bar_text(live: LivePlan) -> BarText:
    """Return where we are, who may look, and whether all is saved."""
    number = live.view.number_of(live.session.id)
    sealed = " · sealed" if live.view.where(Seal, session=live.session.id) else ""
    place = f"{live.view.account.name} › Session {number} · {format_date(live.session.held_on)}{sealed}"
    label, tone = _audience(live)
    saved = live.saved
    if saved.why_not:
        return BarText(place, label, tone, f"NOT SAVED: {saved.why_not}", wrong=True)
    if saved.waiting:
        return BarText(place, label, tone, "saving…")
    return BarText(place, label, tone, f"saved {saved.at.astimezone():%H:%M:%S}" if saved.at else "all saved")


def _audience(live: LivePlan) -> tuple[str, str]:
    if live.audience == CUSTOMER:
        return "CUSTOMER MAY LOOK", "success"
    if live.audience == ALLIANCE:
        return "ALLIANCE ONLY", "warning"
    return f"{live.view.name_of(Party, live.audience).upper()} ONLY", "error"


def agenda(live: LivePlan, current: str) -> Table:
    """Return the blocks with their minutes: planned, and used where any are."""
    rows = []
    for block in live.view.where(Block, session=live.session_id):
        here = block.id == current
        used = round((block.spent or 0) / 60)
        mark = "▶" if here else TICK if used else " "
        minutes = f"{used}/{block.minutes}" if used else f"{block.minutes}"
        tone = "accent" if here else "muted" if used else ""
        title = block.title if here else fit(block.title, RAIL).rstrip()
        rows.append(Row(f"Block/{block.id}", (Cell(f"{mark} {title}", tone), Cell(f"{minutes:>5}", tone))))
    return Table((Plain(width=RAIL + 2, wrap=True), Plain(width=5)), tuple(rows), "No blocks.", by_row=True)


def gap_list(live: LivePlan) -> Table:
    """Return the gaps, what to do beneath the name of the thing."""
    rows: list[Row] = []
    for (kind, key, name), gaps in groupby(live.figures.gaps, lambda gap: (gap.kind, gap.key, gap.name)):
        rows.append(Row(f"heading/{kind}/{key}", heading=name))
        rows += (Row(f"{kind}/{'/'.join(key)}#{gap.rule}", (Cell(gap.message),)) for gap in gaps)
    return Table((Plain(width=16, grow=1, wrap=True),), tuple(rows), "No gaps.", by_row=True)
