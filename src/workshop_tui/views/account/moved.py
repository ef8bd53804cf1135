"""Moved: who feels otherwise than in the session before, how we know both; what else changed of people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workshop_tui.documents.looking_back import change_groups
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import counted, one_line
from workshop_tui.domain.rules.compare import Comparison, Read, SentimentChange, Turn
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.account.columns import TableInColumns
from workshop_tui.views.account.compare import COMPARING
from workshop_tui.views.account.page import AccountView, equal_rows, held
from workshop_tui.views.base import part_row
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

_COLS = (
    Plain("Who", 14, grow=2, wrap=True),
    Plain("Toward", 10, grow=1),
    Plain("Moved", 7),
    Plain("Known now", 17, grow=3, wrap=True),
    Plain("Known before", 14, grow=3, wrap=True, drop=1),
)
_ALSO = ("people", "levels", "owners")
"""Groups of changes that are about people, too."""


class AccountMoved(TableInColumns, AccountView, Pictured):
    """Whoever fell first, then whoever rose; first known and not known any more are no moves."""

    title: str = "Moved"
    has_equal = True

    def head(self, live: LivePlan) -> str:
        """Tell how many fell and rose, and since when."""
        if len(two := held(live)[-2:]) < 2 or (found := live.comparison(two[0].id, two[1].id)) is None:  # noqa: PLR2004
            return ""
        moves = [one for one in found.comparison.sentiment if one.what is Turn.MOVED]
        fell = len({one.person for one in moves if one.by < 0})
        rose = len({one.person for one in moves if one.by > 0})
        days = counted((two[1].held_on - two[0].held_on).days, "day")
        told = f"{fell} {'person' if fell == 1 else 'people'} fell, {rose} rose"
        return f"{told} in the {days} since session {found.comparison.earlier.number}{_none_since(live)}"

    def content(self, live: LivePlan) -> Table:
        """Return sentiment in a line each, then people, levels and owners in sentences."""
        two = held(live)[-2:]
        if len(two) < 2:  # noqa: PLR2004 - two sessions
            return Table(_COLS, (), "Two sessions are needed to tell who has moved.", by_row=True)
        found = live.comparison(two[0].id, two[1].id)
        if found is None:
            return Table(_COLS, (), COMPARING, by_row=True)
        of = found.comparison
        equal = equal_rows(live, two[0].id, two[1].id, len(_COLS)) if self.shows_equal else ()
        rows = (*_sentiment(of.sentiment), *_also(of), *equal)
        since = format_date(two[0].held_on)
        return Table(
            _COLS, rows, f"Nobody has moved since session {of.earlier.number} ({since}).", by_row=True
        )


def _none_since(live: LivePlan) -> str:
    """Return that nobody has moved since the last session, as only the next one reads sentiment anew."""
    last = held(live)[-1]
    days = (live.today - last.held_on).days
    ago = f", {counted(days, 'day')} ago" if days > 0 else ""
    return (
        f"; nobody since session {live.view.number_of(last.id)}{ago}: no session has read it" if ago else ""
    )


def _sentiment(changes: Iterable[SentimentChange]) -> Iterator[Row]:
    parts: dict[str, list[SentimentChange]] = {
        "Fell": [],
        "Rose": [],
        "First known": [],
        "Not known any more": [],
    }
    for one in changes:
        is_known = "First known" if one.what is Turn.FIRST_KNOWN else "Not known any more"
        parts[("Fell" if one.by < 0 else "Rose") if one.what is Turn.MOVED else is_known].append(one)
    for heading, those in parts.items():
        if those:
            yield part_row(f"{heading} · {len(those)}", "sentiment", heading)
            yield from map(_change, those)


def _change(one: SentimentChange) -> Row:
    tone = "bad" if one.by < 0 else "good" if one.by > 0 else ""
    cells = (
        Cell(one.name),
        Cell(one.toward_name or "alliance"),
        Cell(f"{_sign(one.then)} → {_sign(one.now)}", tone),
        Cell(one_line(_known(one.now))),
        Cell(one_line(_known(one.then)) if one.then else "", "muted"),
    )
    return Row(str(RowId.opening("Reading", (one.now.session, one.person, one.toward))), cells)


def _sign(read: Read | None) -> str:
    return read.value.sign.strip() if read and read.value is not None else "?"


def _known(read: Read) -> str:
    return ": ".join(filter(None, (read.confidence.label, read.evidence)))


def _also(of: Comparison) -> Iterator[Row]:
    for group in change_groups(of):
        if group.name in _ALSO:
            yield part_row(f"{group.title} · {len(group.lines)}", group.name)
            for number, line in enumerate(group.lines):
                at = str(RowId.opening(line.kind, line.key, group.name, str(number)))
                yield Row(at, (Cell(line.text), *(Cell("") for _ in _COLS[1:])), wide=True)
