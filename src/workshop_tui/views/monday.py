"""What to know on a Monday over all accounts, as rows: each opens what it names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, zip_longest

from rich.cells import cell_len

from workshop_tui.documents.monday import MondayLane, MondayLine
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.base.vocabulary import ALLIANCE, UNCUT
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.rules.digest import late_told
from workshop_tui.views.account.columns import GAP, TWO
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.pictures.picture import Brush, Picture
from workshop_tui.views.pictures.place import Place
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table
from workshop_tui.views.text_layout import cut_to, fit

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
_THREE = 176
"""Cells from which each lane has a column: with fewer, two wider ones hold more."""
_INDENT = 2
"""Cells before a line of a column, for the sign of what is late."""
_MOST, _WHOLE = 2, 9
"""Lines of a name in a column, and of why it stands there, at the most; where there is room for all."""
_ACCOUNT_ROOM = 16
"""Cells of an account's name in a column, at the most."""
_LOW = (_SIGN, Plain("What", 22, grow=1), Plain("Why", 28, grow=4))
"""Columns where each line is but one: the whole of that under the cursor stands beneath them."""


def seen_as(whom: str) -> str:
    """Return for whom something is cut, in words: the alliance, a firm by its short name, or nobody."""
    named = "the alliance" if whom == ALLIANCE else whom
    return "all of it" if whom == UNCUT else f"as {named} sees it"


def lines_in(height: int, lanes: Sequence[MondayLane] = ()) -> int:
    """Return how many lines of a lane are shown in a terminal so high, so that all three lanes are seen.

    Of lanes whose lines take one row each, it is all of them where they fit.
    """
    room, every = height - _AROUND, sum(len(lane.lines) for lane in lanes)
    return every if 0 < every <= room else max(_LEAST, room // _SHARE)


def monday_table(
    lanes: Sequence[MondayLane], part: str = "", *, most: int = 0, low: bool = False, keeps: str = ""
) -> Table:
    """Return the lanes beneath one another, or the one that `part` is the heading's id of.

    Of each lane the first few are shown, and how many more there are; 0 is all, as of one by itself. The
    line that `keeps` is the id of is among them. In a low terminal each takes one line.
    """
    shown = [lane for lane in lanes if not part or lane_id(lane.title) == part]
    accounts = {line.account for lane in lanes for line in lane.lines}
    cols = (*(_LOW if low else _COLS), *((_ACCOUNT,) if len(accounts) > 1 else ()))
    most = most if most and not part else max((len(lane.lines) for lane in shown), default=0)
    rows = (row for lane in shown for row in _lane(lane, most, len(cols), keeps, low=low))
    return Table(cols, tuple(rows), EMPTY, headed=False, by_row=True)


def lane_id(title: str) -> str:
    """Return the id of a lane's heading."""
    return str(RowId.heading(title))


def line_id(line: MondayLine) -> str:
    """Return the id of a line's row: it opens what the line names in its account's latest session."""
    if line.kind == Account.__name__:  # a review of the scorecard is held there
        return str(RowId.opening("Initiative", (), line.account, ""))
    return str(RowId.opening(line.kind, line.key, line.account, ""))


def _lane(lane: MondayLane, most: int, columns: int, keeps: str, *, low: bool) -> Iterator[Row]:
    if not lane.lines:
        return
    most += len(lane.lines) == most + 1  # the line that tells of one more would take as much room
    more = max(len(lane.lines) - most, 0)
    yield Row(lane_id(lane.title), heading=f"{lane.title} · {len(lane.lines)}", picks=True)
    yield from (_row(line, columns, low=low) for line in _first(lane.lines, most, keeps))
    if more:
        cells = (Cell(""), Cell(f"and {more} more", "accent"), *(Cell("") for _ in range(columns - 2)))
        yield Row(_more_id(lane), cells)


def _first(lines: Sequence[MondayLine], most: int, keeps: str) -> Sequence[MondayLine]:
    """Return the first lines; the last gives way to the one that is to be kept, if that comes later."""
    account = next(iter(RowId.parse(keeps).line), "")
    later = (line for line in lines[most:] if line.account == account)  # of thousands few are looked at
    found = next((line for line in later if line_id(line) == keeps), None)
    return [*lines[: most - 1], found] if found else lines[:most]


def _more_id(lane: MondayLane) -> str:
    return str(RowId.heading(lane.title).about("more"))


def _row(line: MondayLine, columns: int, *, low: bool) -> Row:
    tone = "bad" if line.is_late else ""
    cells = [Cell("!" if line.is_late else "", "bad"), Cell(line.name, tone), Cell(line.told, tone or "warn")]
    cells += [] if low else [Cell("; ".join(line.more), "muted")]
    return Row(line_id(line), (*cells, Cell(line.account_name, "muted"))[:columns])


# In columns


def lanes_shown(lanes: Sequence[MondayLane], part: str) -> Sequence[MondayLane]:
    """Return the lanes with something in them, or the one that `part` is the heading's id of."""
    return [lane for lane in lanes if lane.lines and part in {"", lane_id(lane.title)}]


def in_columns(lanes: Sequence[MondayLane], width: int) -> Sequence[Sequence[MondayLane]]:
    """Return which lanes stand beneath one another in each column that there is room for.

    Of three lanes the first has a column by itself, as it is the longest and the most urgent.
    """
    count = min(3 if width >= _THREE else 2 if width >= TWO else 1, len(lanes))
    return [*([lane] for lane in lanes[: count - 1]), lanes[count - 1 :]] if lanes else []


def monday_picture(lanes: Sequence[MondayLane], width: int, height: int, keeps: str = "") -> Picture:
    """Paint the lanes side by side: of each as many lines as there is room for, and how many more there are.

    The line that `keeps` is the id of is among them.
    """
    brush, columns = Brush(), in_columns(lanes, width)
    each = (width - 1 - GAP * (len(columns) - 1)) // max(len(columns), 1)
    several = len({line.account for lane in lanes for line in lane.lines}) > 1
    for n, column in enumerate(columns):
        _put_column(brush, column, 1 + n * (each + GAP), each, height, keeps, several=several)
    return brush.picture(in_columns=True)


def _put_column(  # noqa: PLR0913, PLR0917 - what a column is made of
    brush: Brush,
    lanes: Sequence[MondayLane],
    x: int,
    width: int,
    height: int,
    keeps: str,
    *,
    several: bool,
) -> None:
    room = height - 2 * len(lanes) + 1
    entries = _entries(lanes, width, height, _WHOLE, several=several)
    if sum(len(entry) for of in entries for entry in of) > room:
        entries = _entries(lanes, width, height, _MOST, several=several)
    needs = [
        sum(map(len, lines)) + (height if len(lane.lines) > height else 0)
        for lane, lines in zip(lanes, entries, strict=True)
    ]
    y = 0
    for lane, lines, part in zip(lanes, entries, shared(needs, room), strict=True):
        heading = fit(f"{lane.title} · {len(lane.lines)}", width).rstrip()
        brush.put(x, y, heading, "heading")
        brush.items[lane_id(lane.title)] = Place(x, y, width, 1)
        y += 1
        most = _fitting([len(entry) for entry in lines], len(lane.lines), part)
        shown = dict(zip(map(line_id, lane.lines), lines, strict=False))
        for line in _first(lane.lines, most, keeps):
            entry = shown.get(line_id(line)) or _entry(line, width, _MOST, several=several)
            brush.items[line_id(line)] = Place(x, y, width, len(entry))
            for sign, runs in zip_longest(("!" if line.is_late else " ",), entry, fillvalue=" "):
                brush.row(x, y, (f"{sign} ", "bad"), *runs)
                y += 1
        if most < len(lane.lines):
            brush.put(x, y, fit(f"  and {len(lane.lines) - most} more", width), "accent")
            brush.items[_more_id(lane)] = Place(x, y, width, 1)
            y += 1
        y += 1


def shared(needs: Sequence[int], room: int) -> list[int]:
    """Share room out among what needs it: nobody gets more than needed, who needs little gets all of it."""
    given = [0] * len(needs)
    left, hungry = max(room, 0), [n for n, need in enumerate(needs) if need]
    while left > 0 and hungry:
        each = max(left // len(hungry), 1)
        for n in hungry:
            more = min(each, needs[n] - given[n], left)
            given[n] += more
            left -= more
        hungry = [n for n in hungry if given[n] < needs[n]]
    return given


def _fitting(heights: Sequence[int], count: int, room: int) -> int:
    """Return how many lines of a lane fit, one at the least; that which tells of more takes room too."""
    ends = list(accumulate(heights))
    if ends and len(ends) == count and ends[-1] <= room:
        return count
    return max(sum(end <= room - 1 for end in ends), 1)


_Entry = Sequence[Sequence[tuple[str, str]]]
"""A line of a lane in its column, as lines of (text, tone)."""


def _entries(
    lanes: Sequence[MondayLane], width: int, height: int, most: int, *, several: bool
) -> list[list[_Entry]]:
    return [[_entry(line, width, most, several=several) for line in lane.lines[:height]] for lane in lanes]


def _entry(line: MondayLine, width: int, most: int, *, several: bool) -> _Entry:
    """Return the name with the account beside it, and beneath it why it stands there."""
    tone, room = "bad" if line.is_late else "strong", width - _INDENT
    account = fit(line.account_name, _ACCOUNT_ROOM).strip() if several else ""
    beside = cell_len(account) + GAP if account else 0
    named = cut_to(line.name, room - beside, most)
    lines = [[(fit(text, room - beside), tone)] for text in named]
    for n, runs in enumerate(lines):
        runs.append(("" if n else " " * (beside - cell_len(account)) + account, "muted"))
        runs.append((" " * beside if n else "", ""))
    left = len(line.told)
    for text in cut_to("; ".join((line.told, *line.more)), room, most):
        why, rest = text[: max(left, 0)], text[max(left, 0) :]
        pad = " " * (room - cell_len(text))
        lines.append([(why, tone if line.is_late else "warn"), (f"{rest}{pad}", "muted")])
        left -= len(text) + 1
    return lines


def monday_head(lanes: Sequence[MondayLane]) -> str:
    """Return how much there is in each lane: the answer before all lines."""
    owed, news, quiet = (len(lane.lines) for lane in lanes)
    late = [line.kind for lane in lanes for line in lane.lines if line.is_late]
    late_ones = late_told(len(late) - late.count(Account.__name__), late.count(Account.__name__))
    told = ", ".join(filter(None, (f"{counted(owed, 'thing')} owed", late_ones)))
    return f"{told} · {news or 'no'} news to bring · {quiet or 'nobody'} going quiet"
