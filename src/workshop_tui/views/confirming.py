"""The tick of a line that is read back: it confirms the words, and goes on to the next line that waits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.lifecycle.closing import Line, confirm_line, is_confirmed, stamp_of
from workshop_tui.domain.plan.plan import AccountPlan, draft_place
from workshop_tui.domain.plan.step import Changes, Refused
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import row_id
from workshop_tui.views.cell import TICK, Cell, Choice, Edit
from workshop_tui.views.keys import key
from workshop_tui.views.table import Row
from workshop_tui.views.text_layout import fit

YES = "y"
"""The key that confirms."""
GO_ON = "on"
"""What the key of a confirmed line asks for: nothing but the next line."""
CONFIRMED = "This line is confirmed already."
_NAMED = 30
"""Cells of a line's words by which it is named."""


def keys_told(row: Row, words: int, *, is_alone: bool, has_menu: bool) -> str:
    """Return what the keys do with a line that is read back, whose words stand in a column.

    Where it stands alone in large type, with no cursor to be seen, Enter is for the words, and the menu of
    the line for what more can be done with it.
    """
    if row.placeholder or row.heading or len(row.cells) <= words:
        return ""
    tick, corrects = row.cells[0], row.cells[words].edit is not None
    enter = key("sheet.edit")
    told = (
        ""
        if tick.edit is None
        else f"{key('sheet.tick')} takes it back"
        if tick.text == TICK
        else f"{YES} or {key('sheet.tick')} confirms",
        (f"{enter} corrects the words" if is_alone else f"{enter} on the words corrects") if corrects else "",
        f"{key('row.do')} the rest" if has_menu and is_alone else "",
    )
    return ", ".join(filter(None, told))


def confirm_cell(live: LivePlan, row: Line, rows: Sequence[Line], by: str | None = None) -> Cell:
    """Return the tick of one of the lines that are read back.

    `by` is who of the customer's people confirms it, where that is kept.
    """
    ticked = is_confirmed(row)
    how = partial(_confirming, live, row, rows, by)
    return Cell(TICK if ticked else "○", "good" if ticked else "warn", how)


def _confirming(live: LivePlan, row: Line, rows: Sequence[Line], by: str | None) -> Edit:
    """Return how a line is confirmed, or how that is taken back.

    The key that confirms changes nothing of a line that is confirmed: it goes on to the next one that is not.
    """
    ticked, waiting = is_confirmed(row), _next_waiting(row, rows)

    def build(plan: AccountPlan, new: Json) -> Changes:
        now = plan.get(type(row), *row.key)
        if now and new == GO_ON:
            if not waiting:
                raise Refused(CONFIRMED)
            return ()
        return confirm_line(now, live.today if new else None, by) if now else ()

    name = fit(one_line(live.view.name_of(type(row), *row.key)), _NAMED).rstrip()
    return Edit(
        f"Confirmed · {name}",
        draft_place(type(row), row.key, stamp_of(row)),
        "",
        build,
        choices=(Choice(GO_ON, "next", YES) if ticked else Choice("yes", "confirm", YES),),
        toggles=True,
        then=waiting,
    )


def _next_waiting(row: Line, rows: Sequence[Line]) -> str:
    """Return the line to go on to: the next that is not confirmed, from the last on to the first."""
    at = rows.index(row) if row in rows else len(rows)
    waiting = (other for other in (*rows[at + 1 :], *rows[:at]) if not is_confirmed(other))
    return next(map(row_id, waiting), "")
