"""The accounts of the library as rows."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from workshop_tui.domain.base.vocabulary import AccountStage
from workshop_tui.store.listing import AccountLine, SessionLine
from workshop_tui.views.keys import key
from workshop_tui.views.library import library, reading, row_id
from workshop_tui.views.table import Table

DAY = dt.date(2026, 6, 9)
HELD = SessionLine("S2", 2, DAY, "retail", "Chidi Varnholt", sealed=True, open=6, overdue=1)
NORVANE = AccountLine(
    "norvane", "Norvane Bank", "", AccountStage.PROSPECT, False, None, 1, (HELD,), 7, 1, DAY
)
OLD = replace(NORVANE, id="old", archived=True, held=0, sessions=())


def texts(table: Table) -> list[str]:
    """Return each row as it reads, without what is empty."""
    return [row.heading or " | ".join(cell.text for cell in row.cells if cell.text) for row in table.rows]


NEW = ["+ New account", "+ Import an account plan (JSON)"]


def test_sessions_stand_under_the_account_that_is_unfolded() -> None:
    held = "    Session 2 | 9 Jun 2026 | sealed | 6 | 1 | Chidi Varnholt | retail"
    folded = library([NORVANE], (), archived=False)
    assert texts(folded) == ["▹ Norvane Bank (1 session) | 9 Jun 2026 | prospect | 7 | 1", *NEW]
    unfolded = library([NORVANE], {"norvane"}, archived=False)
    assert texts(unfolded)[:2] == ["▿ Norvane Bank (1 session) | 9 Jun 2026 | prospect | 7 | 1", held]
    assert [row.id for row in unfolded.rows][:2] == [row_id("norvane"), row_id("norvane", "S2")]


def test_what_is_archived_is_shown_where_it_is_asked_for_and_said_where_nothing_else_is() -> None:
    assert texts(library([NORVANE, OLD], (), archived=False))[1:] == NEW
    assert texts(library([NORVANE, OLD], (), archived=True))[1].startswith("· Norvane Bank (archived)")
    told = f"The only account is archived: {key('library.archived')} shows archived accounts too."
    assert texts(library([OLD], (), archived=False)) == [told, *NEW]
    told = f"All 2 accounts are archived: {key('library.archived')} shows archived accounts too."
    assert texts(library([OLD, OLD], (), archived=False)) == [told, *NEW]
    assert texts(library([], (), archived=False)) == ["No accounts yet. Begin one, or bring one in:", *NEW]


def test_while_a_page_is_read_it_says_where_something_is_late() -> None:
    kept = replace(NORVANE, id="kept", name="Kept", overdue=0)
    assert texts(reading([NORVANE, kept, OLD])) == ["Reading …", "Norvane Bank · 1 late"]
    assert all(row.heading and not row.picks for row in reading([NORVANE]).rows)
