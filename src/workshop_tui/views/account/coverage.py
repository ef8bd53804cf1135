"""Coverage: who of ours meets whom of the customer's people, who goes quiet, who hangs by one of ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import brief_name, counted, initials, one_line
from workshop_tui.domain.base.vocabulary import Level
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Meeting, Stakeholder
from workshop_tui.domain.rules.coverage import COUNTED_DAYS, Coverage, CoverageCell, CoverageRow, FirmLevel
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.account.page import AccountView
from workshop_tui.views.base import part_row
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import OPENS, RowId
from workshop_tui.views.table import Row, Table

BOTH_FIRMS = 88
"""Cells of the table from which the teams of all firms stand in it; else one at a time."""
_BEFORE = 2
"""Columns before those of the firms: who it is, and their influence."""
_MET = "met"
"""The kind of a list of meetings: with one of theirs, by one of ours or by anybody."""
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

    def state(self, live: LivePlan) -> object:
        """Whose team is shown first."""
        return super().state(live), self._firm

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
        return "O2 owner, 2 meetings in 365 days · ◔→◑ tie now, wanted · ! key, beyond their rhythm"

    def content(self, live: LivePlan) -> Table:
        """Return a line a person, and at the foot people met, and who hangs by one of ours."""
        found = live.figures.coverage
        if not found.rows:
            return Table((), (), self.empty, by_row=True)
        cols, picks = self._columns(live)
        if pair := self._pair(live):
            row = next(row for row in found.rows if row.person == pair[0])
            return Table(cols, (_row(live, row, picks), *_meetings(live, *pair, len(cols))))
        rows = (
            *(_row(live, row, picks) for row in found.rows),
            _met(found, picks),
            *_threads(live, found, len(cols)),
        )
        return Table(cols, rows)

    def _pair(self, live: LivePlan) -> tuple[str, str] | None:
        """Return whose meetings are listed: of theirs and of ours, "" for any of ours; None for all."""
        at = RowId.parse(self.part)
        people = {row.person for row in live.figures.coverage.rows}
        return (at.key[0], at.key[1]) if at.kind == _MET and at.key[0] in people else None

    def enter(self, live: LivePlan, name: str, column: int) -> bool:
        """List the meetings that a cell counts; on whom it is about, Enter opens them."""
        at, picks = RowId.parse(name), self._columns(live)[1]
        at_pick = column - _BEFORE
        what = picks[at_pick][0] if 0 <= at_pick < len(picks) else "last" if at_pick >= 0 else ""
        if at.kind != OPENS or at.line or what not in {"cell", "last"}:
            return super().enter(live, name, column)
        member = live.figures.coverage.columns[picks[at_pick][1]].member if what == "cell" else ""
        part = str(RowId(_MET, (*at.opens.key, member)))
        self.part = "" if part == self.part else part
        return True

    def _columns(self, live: LivePlan) -> tuple[tuple[Plain, ...], Sequence[tuple[str, int]]]:
        """Return the columns, and of each between the first and the last two of them what stands there."""
        found, at = live.figures.coverage, self._at(live)
        order = sorted(range(len(live.view.partners)), key=lambda n: live.view.partners[n].id != at)
        firms = [live.view.partners[n].id for n in order]
        cols: list[Plain] = [
            Plain("Person", 14, grow=3, wrap=True, lines=2),
            Plain("Infl.", 5, short="I", gap=1),
        ]
        picks: list[tuple[str, int]] = []
        for n, firm in zip(order, firms, strict=True):
            since = 0 if firm == at else BOTH_FIRMS
            short = live.view.partners[n].short
            cols.append(Plain(short, 4, since=since, short=short[:4]))
            picks.append(("level", n))
            for column, one in enumerate(found.columns):
                if one.party == firm:
                    name = initials(one.name)
                    cols.append(Plain(name, max(len(name), 3), gap=1, since=since))
                    picks.append(("cell", column))
        cols += [Plain("Last met", 10, grow=1), Plain("Next", 9, grow=1, since=70)]
        return tuple(cols), picks


def _row(live: LivePlan, row: CoverageRow, picks: Sequence[tuple[str, int]]) -> Row:
    cells = tuple(_level(row.levels[n]) if what == "level" else _cell(row.cells[n]) for what, n in picks)
    goes = live.view.name_of(Member, row.next.member) if row.next else ""
    is_bad = row.is_to_be_met and row.is_due
    days = "never" if row.days is None else f"{row.days} d"
    met = Cell(f"{days} !" if is_bad else days, "bad" if is_bad else "muted" if row.is_due else "")
    name = Cell(row.name, "accent" if row.is_key else "")
    influence = Cell(str(row.influence or "?"), "muted")
    return Row(
        str(RowId.opening("Stakeholder", (row.person,))),
        (name, influence, *cells, met, Cell(goes, "muted", brief=brief_name(goes) if goes else "")),
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
    cells = (Cell("People met", "muted"), Cell(""), *counts, Cell(f"of {len(found.rows)}", "muted"), Cell(""))
    return Row(str(RowId("met", ("people",))), cells)


def _meetings(live: LivePlan, person: str, member: str, width: int) -> Iterator[Row]:
    """Yield when somebody was met by one of ours, or by any: the latest first."""
    since = live.today - dt.timedelta(COUNTED_DAYS)
    log = [one for one in reversed(live.figures.meetings) if person in one.people]
    those = [one for one in log if (not member or member in one.members) and one.on > since]
    name, ours = live.view.name_of(Stakeholder, person), live.view.name_of(Member, member)
    by = f" by {ours}" if ours else ""
    yield part_row(
        f"{name}, met{by} in {COUNTED_DAYS} days · {len(those)}  ({key('account.back')}: all)", "met"
    )
    blank = tuple(Cell("") for _ in range(width - 1))
    for one in those:
        meeting = live.view.get(Meeting, one.meeting)
        there = ", ".join(brief_name(live.view.name_of(Member, each)) for each in one.members)
        where = f"session {live.view.number_of(one.session)}, " if one.session else ""
        said = f"; “{meeting.said}”" if meeting and meeting.said else ""
        at = RowId.opening(
            *(("Meeting", (one.meeting,)) if one.meeting else ("Session", (one.session,))), "met"
        )
        told = f"{format_date(one.on):>11}  {where}{there}{said}"
        yield Row(str(at), (Cell(one_line(told)), *blank), wide=True)


def _threads(live: LivePlan, found: Coverage, width: int) -> Iterator[Row]:
    if not found.single_threads:
        return
    yield part_row(f"By one of ours alone in 180 days · {len(found.single_threads)}", "threads")
    blank = tuple(Cell("") for _ in range(width - 1))
    for one in found.single_threads:
        name, ours = live.view.name_of(Stakeholder, one.person), live.view.name_of(Member, one.member)
        told = f"{name}: only {ours}, {counted(one.meetings, 'meeting')}"
        at = str(RowId.opening("Stakeholder", (one.person,), "thread"))
        yield Row(at, (Cell(told, "warn"), *blank), wide=True)
