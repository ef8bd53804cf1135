"""Coverage: who of ours meets whom of the customer's people, who goes quiet, who hangs by one of ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop_tui.domain.base.text import brief_name, counted, initials
from workshop_tui.domain.base.vocabulary import Level
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.rules.coverage import Coverage, CoverageCell, CoverageRow, FirmLevel
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.account.page import AccountView
from workshop_tui.views.base import heading_row
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

BOTH_FIRMS = 88
"""Cells of the table from which the teams of all firms stand in it; else one at a time."""
_TONES = {"fresh": "good", "recent": "", "older": "warn", "": "muted"}


class AccountCoverage(AccountView):
    """The customer's people by influence against our team by firm; one firm at a time where it is narrow."""

    title: str = "Coverage"
    empty: str = "Nobody of the customer's people is known yet."

    def __init__(self) -> None:
        """Begin with the first firm."""
        super().__init__()
        self._firm = ""

    def turn(self, live: LivePlan) -> None:
        """Turn to the next firm's team."""
        firms = [party.id for party in live.view.partners]
        if firms:
            self._firm = firms[(firms.index(self._at(live)) + 1) % len(firms)]

    def state(self, _live: LivePlan) -> object:
        """Whose team is shown first."""
        return self._firm

    def _at(self, live: LivePlan) -> str:
        firms = [party.id for party in live.view.partners]
        return self._firm if self._firm in firms else next(iter(firms), "")

    def head(self, live: LivePlan) -> str:
        """Tell whose team, how many go quiet, and what the signs are."""
        found = live.figures.coverage
        firms = {party.id: party.short for party in live.view.partners}
        firm = firms.get(self._at(live), "")
        turns = f" ({key('coverage.turn')} turns)" if len(firms) > 1 else ""
        return (
            f"{firm}{turns}: {len(found.quiet)} going quiet, {len(found.single_threads)} by one of ours alone"
        )

    def legend(self, _live: LivePlan) -> str:
        """Return what the cells say."""
        return "O owner · 2 meetings in 365 days · ! beyond their rhythm"

    def content(self, live: LivePlan) -> Table:
        """Return a line a person, and at the foot people met, and who hangs by one of ours."""
        found, at = live.figures.coverage, self._at(live)
        if not found.rows:
            return Table((), (), self.empty, by_row=True)
        order = sorted(range(len(live.view.partners)), key=lambda n: live.view.partners[n].id != at)
        firms = [live.view.partners[n].id for n in order]
        cols: list[Plain] = [Plain("Person", 14, grow=3, wrap=True, lines=2)]
        picks: list[tuple[str, int]] = []
        for n, firm in zip(order, firms, strict=True):
            since = 0 if firm == at else BOTH_FIRMS
            cols.append(Plain(live.view.partners[n].short, 4, since=since, short="Tie"))
            picks.append(("level", n))
            for column, one in enumerate(found.columns):
                if one.party == firm:
                    name = initials(one.name)
                    cols.append(Plain(name, max(len(name), 2), gap=1, since=since))
                    picks.append(("cell", column))
        cols += [Plain("Last met", 10, grow=1), Plain("Next", 9, grow=1, since=70)]
        rows = (
            *(_row(live, row, picks) for row in found.rows),
            _met(found, picks),
            *_threads(live, found, len(cols)),
        )
        return Table(tuple(cols), rows, by_row=True)


def _row(live: LivePlan, row: CoverageRow, picks: Sequence[tuple[str, int]]) -> Row:
    cells = tuple(_level(row.levels[n]) if what == "level" else _cell(row.cells[n]) for what, n in picks)
    goes = live.view.name_of(Member, row.next.member) if row.next else ""
    is_bad = row.is_to_be_met and row.is_due
    days = "never" if row.days is None else f"{row.days} d"
    met = Cell(f"{days} !" if row.is_due else days, "bad" if is_bad else "warn" if row.is_due else "")
    name = Cell(row.name, "accent" if row.is_key else "")
    return Row(
        str(RowId.opening("Stakeholder", (row.person,))),
        (name, *cells, met, Cell(goes, "muted", brief=brief_name(goes) if goes else "")),
    )


def _cell(one: CoverageCell) -> Cell:
    return Cell(one.sign, _TONES[one.age] if one.sign != "·" else "muted")


def _level(one: FirmLevel) -> Cell:
    now, wanted = (_sign(each) for each in (one.level, one.wanted))
    short = one.level is not one.wanted and one.wanted is not None
    return Cell(f"{now}→{wanted}" if short else now, "warn" if short else "muted")


def _sign(level: Level | None) -> str:
    return level.sign if level else "?"


def _met(found: Coverage, picks: Sequence[tuple[str, int]]) -> Row:
    """Return the foot: how many of the customer's people each of ours has met."""
    counts = (Cell("") if what == "level" else Cell(str(found.columns[n].met)) for what, n in picks)
    cells = (Cell("People met", "muted"), *counts, Cell(f"of {len(found.rows)}", "muted"), Cell(""))
    return Row(str(RowId("met", ("people",))), cells)


def _threads(live: LivePlan, found: Coverage, width: int) -> Iterator[Row]:
    if not found.single_threads:
        return
    yield heading_row(f"By one of ours alone in 180 days · {len(found.single_threads)}", "threads")
    blank = tuple(Cell("") for _ in range(width - 1))
    for one in found.single_threads:
        name, ours = live.view.name_of(Stakeholder, one.person), live.view.name_of(Member, one.member)
        told = f"{name}: only {ours}, {counted(one.meetings, 'meeting')}"
        at = str(RowId.opening("Stakeholder", (one.person,), "thread"))
        yield Row(at, (Cell(told, "warn"), *blank), wide=True)
