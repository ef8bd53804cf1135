"""The accounts of the library with their sessions, as rows.

Light: it is shown before anything else is imported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from workshop_tui.domain.base.dates import format_date
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

if TYPE_CHECKING:
    from workshop_tui.store.listing import AccountLine, SessionLine

_COLS = (
    Plain("Account", 24, grow=1),
    Plain("Date", 11),
    Plain("Stage", 11),
    Plain("Open", 4),
    Plain("Overdue", 7),
    Plain("Facilitator", 18, drop=1),
    Plain("Playbook", 10, drop=2),
)


def library(accounts: Sequence[AccountLine], unfolded: Collection[str], *, archived: bool) -> Table:
    """Return the accounts, those `unfolded` with their sessions, and those that are archived too."""
    shown = [account for account in accounts if archived or not account.archived]
    rows = (row for account in shown for row in _rows(account, folded=account.id not in unfolded))
    return Table(_COLS, (*_told(accounts, shown), *rows, *_placeholders()), by_row=True)


def reading(accounts: Sequence[AccountLine]) -> Table:
    """Return what stands in the place of a page while that is read: which accounts have something late."""
    late = [account for account in accounts if account.overdue and not account.archived]
    told = (f"{account.name} · {account.overdue} late" for account in late)
    rows = (Row(str(RowId.heading(str(n))), heading=each) for n, each in enumerate(told))
    return Table(rows=(Row(str(RowId.heading("reading")), heading="Reading …", note=True), *rows))


def _rows(account: AccountLine, *, folded: bool) -> Iterator[Row]:
    yield _account_row(account, folded=folded)
    if not folded:
        yield from (_session_row(account, session) for session in account.sessions)


def row_id(account: str, *session: str) -> str:
    """Return the id of the row of an account, or of one of its sessions."""
    return str(RowId("account", (account, *session)))


def _count(account: AccountLine) -> str:
    return "1 session" if account.held == 1 else f"{account.held} sessions"


def _account_row(account: AccountLine, *, folded: bool) -> Row:
    mark = "·" if not account.held else "▹" if folded else "▿"
    archived = " (archived)" if account.archived else ""
    cells = (
        Cell(
            f"{mark} {account.name}{archived} ({_count(account)})", "muted" if account.archived else "accent"
        ),
        Cell(format_date(account.last) if account.last else "", "muted"),
        Cell(account.stage.label),
        Cell(str(account.open or "")),
        Cell(str(account.overdue or ""), "bad"),
        Cell(""),
        Cell(""),
    )
    return Row(row_id(account.id), cells)


def _session_row(account: AccountLine, session: SessionLine) -> Row:
    cells = (
        Cell(f"    Session {session.number}"),
        Cell(format_date(session.held_on)),
        Cell("sealed" if session.sealed else "", "muted"),
        Cell(str(session.open or "")),
        Cell(str(session.overdue or ""), "bad"),
        Cell(session.facilitator),
        Cell(session.playbook, "muted"),
    )
    return Row(row_id(account.id, session.id), cells)


def _told(accounts: Sequence[AccountLine], shown: Sequence[AccountLine]) -> tuple[Row, ...]:
    """Say why no account is shown."""
    if shown:
        return ()
    if not accounts:
        return (Row(str(RowId.heading("first")), heading="No accounts yet. Begin one, or bring one in:"),)
    count = "The only account is" if len(accounts) == 1 else f"All {len(accounts)} accounts are"
    return (
        Row(
            str(RowId.heading("archived")),
            heading=f"{count} archived: {key('library.archived')} shows archived accounts too.",
        ),
    )


def _placeholders() -> tuple[Row, ...]:
    return (
        Row(str(RowId.command("library.new")), (Cell("+ New account", "muted"),), placeholder=True),
        Row(
            str(RowId.command("library.import")),
            (Cell("+ Import an account plan (JSON)", "muted"),),
            placeholder=True,
        ),
    )
