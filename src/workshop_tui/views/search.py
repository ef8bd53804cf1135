"""What was found, as a table: by account and session, each line with its kind, who and when."""

from __future__ import annotations

import re

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Key
from workshop_tui.domain.base.text import counted, fold
from workshop_tui.domain.plan.plan import KIND, draft_place
from workshop_tui.domain.search.hits import HitGroup, SearchHit, SearchResult
from workshop_tui.domain.search.query import LETTERED
from workshop_tui.domain.search.said import fields_said
from workshop_tui.live.live_plan import LivePlan
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

_NARROWS = re.compile(r"\w+:\S*")
"""What narrows a search, and is none of its words."""

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
    account, session, *_ = RowId.parse(row).line
    return account, session


def with_words(row: str, typed: str) -> str:
    """Return a line that was found, with what was looked for."""
    at = RowId.parse(row)
    return str(replace(at, line=(*at.line, typed)))


def words_of(row: str) -> str:
    """Return what was looked for as a line was found; "" where it isn't known."""
    return next(iter(RowId.parse(row).line[2:]), "")


def place_of_words(live: LivePlan, kind: str, key: Key, typed: str) -> tuple[str, ...]:
    """Return where the fields of a row are edited, those first that hold most words that were looked for."""
    of = KIND.get(kind)
    row = live.view.get(of, *key) if of else None
    if of is None or row is None:
        return ()
    words = fold(_NARROWS.sub(" ", typed)).split()
    said = {name: fold(str(getattr(row, name) or "")) for name in fields_said(of)}
    names = sorted(said, key=lambda name: -sum(word in said[name] for word in words))
    return tuple(draft_place(of, key, name) for name in names if said[name])


def leads_to(kind: str, key: Key) -> RowId:
    """Return the line that opens a row that was found, where it is looked at in its session."""
    if view := _FORMS.get(kind):
        return RowId.view(view)
    return RowId.opening(kind, key)
