"""Team: what each of ours owes and has kept, whom they met lately, whom they own and have not met."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import brief_name, counted, one_line
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.rules.engagement import MET_DAYS, Engagement, LastMet, OwedAction
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.account.columns import TableInColumns
from workshop_tui.views.account.page import FEW, AccountView
from workshop_tui.views.base import part_row
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

_COLS = (
    Plain("Who", 14, grow=2, wrap=True),
    Plain("Owes", 4),
    Plain("Late", 4, gap=1),
    Plain("On time", 13),
    Plain(f"Met in {MET_DAYS} d", 12, grow=3, wrap=True, lines=4),
    Plain("Owns, not met", 14, grow=3, wrap=True, lines=4),
)


_SHOWN = 3
"""Late actions of one of ours that are told; Enter on them, or on the line beneath, lists all."""


class AccountTeam(TableInColumns, AccountView, Pictured):
    """A line for each of ours, firm by firm: who owes what is late first, and beneath it what that is."""

    title: str = "Team"
    empty: str = "Nobody of ours is in the team yet."

    def head(self, live: LivePlan) -> str:
        """Tell how much is owed in all, and how many of it late."""
        team = live.figures.engagement
        owes, late = sum(one.owes for one in team), sum(one.late for one in team)
        unmet = len({met.person for one in team for met in one.unmet})
        return f"{counted(len(team), 'member')}: {owes} owed, {late} late; {unmet} owned and not met in time"

    def content(self, live: LivePlan) -> Table:
        """Return the members under their firms; those with most to be told first."""
        if chosen := next((one for one in live.figures.engagement if _at(one) == self.part), None):
            return Table(_COLS, (_member(live, chosen), *_all_of(chosen)), self.empty, by_row=True)
        return Table(
            _COLS,
            tuple(_rows(live, len(live.view.all(Action)) if self.tells_all else _SHOWN)),
            self.empty,
            by_row=True,
        )

    def picks(self, live: LivePlan, name: str, column: int) -> bool:
        """Enter on one of ours lists all that is told of them in their row."""
        return RowId.parse(name).kind == Member.__name__ or super().picks(live, name, column)


def _rows(live: LivePlan, most: int) -> Iterator[Row]:
    for party in live.view.partners:
        ours = [one for one in live.figures.engagement if one.party == party.id]
        if ours:
            yield part_row(party.name, "firm", party.id)
        for one in sorted(ours, key=lambda each: (-each.late, -len(each.unmet))):
            yield _member(live, one)
            yield from _late(one, most)


def _member(live: LivePlan, one: Engagement) -> Row:
    met = ", ".join(_short(live, each) for each in one.met)
    unmet = ", ".join(
        f"{_short(live, each)} ({'never' if each.days is None else f'{each.days} d'})" for each in one.unmet
    )
    cells = (
        Cell(one.name),
        Cell(str(one.owes or "·"), "" if one.owes else "muted"),
        Cell(str(one.late or "·"), "bad" if one.late else "muted"),
        Cell(kept(one.kept, one.kept_of), "" if one.kept_of else "muted"),
        Cell(f"{len(one.met)}: {met}" if met else "nobody", "" if met else "warn"),
        Cell(unmet or "·", "warn" if unmet else "muted"),
    )
    return Row(_at(one), cells)


def _short(live: LivePlan, one: LastMet) -> str:
    """Return a name as in a list; whoever isn't known by name yet is told by the whole title."""
    person = live.view.get(Stakeholder, one.person)
    return one.name if person and person.placeholder else brief_name(one.name)


def _at(one: Engagement) -> str:
    return str(RowId.entity(Member, one.member))


def _all_of(one: Engagement) -> Iterator[Row]:
    """Yield what one of ours owes, whom they met lately, and whom they own and have not met: all of it."""
    owed = [
        (RowId.opening("Action", (each.action,)), f"{one_line(each.title)}: {_due(each)}", each.days_late > 0)
        for each in one.owed
    ]
    met = [
        (RowId.opening("Stakeholder", (each.person,), "met"), f"{each.name}: {_ago(each.days)}", False)
        for each in one.met
    ]
    unmet = [
        (RowId.opening("Stakeholder", (each.person,), "unmet"), f"{each.name}: {_ago(each.days)}", True)
        for each in one.unmet
    ]
    parts = (("Owes", owed), (f"Met in {MET_DAYS} days", met), ("Owns, and has not met in time", unmet))
    for heading, lines in parts:
        if lines:
            yield part_row(f"{heading} · {len(lines)}", heading)
        for at, text, is_bad in lines:
            cells = (Cell(text, "warn" if is_bad else ""), *(Cell("") for _ in _COLS[1:]))
            yield Row(str(at), cells, wide=True)


def _due(owed: OwedAction) -> str:
    late = f", {owed.days_late} d late" if owed.days_late else ""
    return f"due {format_date(owed.due)}{late}" if owed.due else "no date"


def _ago(days: int | None) -> str:
    return "never met" if days is None else f"{counted(days, 'day')} ago"


def kept(done: int, of: int) -> str:
    """Return a rate with its n; of few cases only the counts."""
    if not of:
        return "–"
    return f"{done} of {of}" + (f", {done / of:.0%}" if of >= FEW else "")


def _late(one: Engagement, most: int) -> Iterator[Row]:
    """Yield what of theirs is late, each a line that opens it: of much only the worst."""
    blank = tuple(Cell("") for _ in _COLS[1:])
    late = [owed for owed in one.owed if owed.days_late and owed.due]
    for owed in late[:most]:
        day = format_date(owed.due) if owed.due else ""
        told = f"  {one_line(owed.title)}: {owed.days_late} d late ({day})"
        cells = (Cell(told, "bad"), *blank)
        yield Row(str(RowId.opening("Action", (owed.action,), one.member)), cells, wide=True)
    if late[most:]:
        at = str(RowId.entity(Member, one.member).about("late"))
        yield Row(at, (Cell(f"  and {len(late) - most} more late", "accent"), *blank), wide=True)
