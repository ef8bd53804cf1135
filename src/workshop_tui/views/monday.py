"""What to know on a Monday over all accounts, as rows: each opens what it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop_tui.documents.monday import MondayLane, MondayLine
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.base.vocabulary import ALLIANCE, UNCUT
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.rules.digest import late_told
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

NEWS = "News to bring"
EMPTY = "Nothing is owed, there is no news to bring, and nobody goes quiet."
_LEAST, _AROUND, _SHARE = 4, 10, 5
"""Lines of a lane at the least; those of a terminal that none has; how many of the others make one more."""
_SIGN = Plain("", 1)
_ACCOUNT = Plain("Account", 12, grow=1)
_COLS = (
    _SIGN,
    Plain("What", 22, grow=4, wrap=True, lines=3),
    Plain("Why", 20, grow=3, wrap=True, lines=3),
    Plain("Who", 18, grow=3, wrap=True, lines=3, since=100),
)
_LOW = (_SIGN, Plain("What", 22, grow=1), Plain("Why", 28, grow=4))
"""Columns where each line is but one: the whole of that under the cursor stands beneath them."""


def seen_as(whom: str) -> str:
    """Return for whom something is cut, in words: the alliance, a firm by its short name, or nobody."""
    named = "the alliance" if whom == ALLIANCE else whom
    return "all of it" if whom == UNCUT else f"as {named} sees it"


def lines_in(height: int) -> int:
    """Return how many lines of a lane are shown in a terminal so high, so that all three lanes are seen."""
    return max(_LEAST, (height - _AROUND) // _SHARE)


def monday_table(lanes: Sequence[MondayLane], part: str = "", *, most: int = 0, low: bool = False) -> Table:
    """Return the lanes beneath one another, or the one that `part` is the heading's id of.

    Of each lane the first few are shown, and how many more there are; 0 is all, as of one by itself. In a
    low terminal each takes one line.
    """
    shown = [lane for lane in lanes if not part or lane_id(lane.title) == part]
    accounts = {line.account for lane in lanes for line in lane.lines}
    cols = (*(_LOW if low else _COLS), *((_ACCOUNT,) if len(accounts) > 1 else ()))
    most = most if most and not part else max((len(lane.lines) for lane in shown), default=0)
    rows = (row for lane in shown for row in _lane(lane, most, len(cols), low=low))
    return Table(cols, tuple(rows), EMPTY, headed=False, by_row=True)


def lane_id(title: str) -> str:
    """Return the id of a lane's heading."""
    return str(RowId.heading(title))


def line_id(line: MondayLine) -> str:
    """Return the id of a line's row: it opens what the line names in its account's latest session."""
    if line.kind == Account.__name__:  # a review of the scorecard is held there
        return str(RowId.opening("Initiative", (), line.account, ""))
    return str(RowId.opening(line.kind, line.key, line.account, ""))


def _lane(lane: MondayLane, most: int, columns: int, *, low: bool) -> Iterator[Row]:
    if not lane.lines:
        return
    most += len(lane.lines) == most + 1  # the line that tells of one more would take as much room
    more = max(len(lane.lines) - most, 0)
    yield Row(lane_id(lane.title), heading=f"{lane.title} · {len(lane.lines)}", picks=True)
    yield from (_row(line, columns, low=low) for line in lane.lines[:most])
    if more:
        cells = (Cell(""), Cell(f"and {more} more", "accent"), *(Cell("") for _ in range(columns - 2)))
        yield Row(str(RowId.heading(lane.title).about("more")), cells)


def _row(line: MondayLine, columns: int, *, low: bool) -> Row:
    tone = "bad" if line.is_late else ""
    cells = [Cell("!" if line.is_late else "", "bad"), Cell(line.name, tone), Cell(line.told, tone or "warn")]
    cells += [] if low else [Cell("; ".join(line.more), "muted")]
    return Row(line_id(line), (*cells, Cell(line.account_name, "muted"))[:columns])


def monday_head(lanes: Sequence[MondayLane]) -> str:
    """Return how much there is in each lane: the answer before all lines."""
    owed, news, quiet = (len(lane.lines) for lane in lanes)
    late = [line.kind for lane in lanes for line in lane.lines if line.is_late]
    late_ones = late_told(len(late) - late.count(Account.__name__), late.count(Account.__name__))
    told = ", ".join(filter(None, (f"{counted(owed, 'thing')} owed", late_ones)))
    return f"{told} · {news or 'no'} news to bring · {quiet or 'nobody'} going quiet"
