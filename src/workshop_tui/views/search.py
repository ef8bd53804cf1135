"""What was found, as a table: by account and session, each line with its kind, who and when."""

from __future__ import annotations

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Key
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.search.hits import HitGroup, SearchHit, SearchResult
from workshop_tui.domain.search.query import LETTERED
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.discovery.views import AboutAccount
from workshop_tui.views.opening.purpose import SessionPurpose
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

HOW = "Type words; the last may be begun. kind:d, who:priya, since:q2 and acct:nor narrow."
TYPE = "Type words"
KINDS = f"Kinds: {' · '.join(f'{letter} {word}' for letter, word in LETTERED.items())}."
NOTHING = "Nobody said that: fewer words, or the beginning of one, find more."
_COLS = (
    Plain("", 1),
    Plain("What was said", 24, grow=3, wrap=True, lines=3),
    Plain("Who", 12, grow=1),
    Plain("When", 11),
)

_FORMS = {"Session": SessionPurpose, "Account": AboutAccount}
"""Kinds of rows that are looked at as a form, which is a view of its own."""


def found_table(result: SearchResult) -> Table:
    """Return what was found; Enter on a line opens it in its session."""
    rows: list[Row] = []
    for group in result.groups:
        rows.append(Row(str(RowId.heading(group.account, group.session)), heading=_heading(group)))
        rows += [_row(group, hit) for hit in group.hits]
    return Table(_COLS, tuple(rows), result.unknown or NOTHING, headed=False, by_row=True)


def told_of(result: SearchResult) -> str:
    """Return how much was found, in a few words."""
    if not result.groups:
        return ""
    return f"the newest {result.count}" if result.is_cut else counted(result.count, "line")


def _heading(group: HitGroup) -> str:
    where = f"session {group.number} · {format_date(group.held_on)}" if group.held_on else "as it is now"
    return f"{group.account_name} · {where}"


def _row(group: HitGroup, hit: SearchHit) -> Row:
    said = f"{hit.title} · {hit.excerpt.text}" if hit.title else hit.excerpt.text
    on = hit.on or group.held_on
    cells = (
        Cell(hit.letter, "accent"),
        Cell(said),
        Cell(f"{hit.role} {hit.who}".strip(), "muted", brief=hit.who),
        Cell(format_date(on) if on else "", "muted"),
    )
    return Row(str(RowId.opening(hit.kind, hit.key, hit.account, hit.session)), cells)


def place_of(row: str) -> tuple[str, str]:
    """Return the account and the session ("" for the account as it is now) of a line that was found."""
    account, session = RowId.parse(row).line
    return account, session


def leads_to(kind: str, key: Key) -> RowId:
    """Return the line that opens a row that was found, where it is looked at in its session."""
    if view := _FORMS.get(kind):
        return RowId.view(view)
    return RowId.opening(kind, key)
