"""Kept: what became of what was due, by session, side and owner, by the dates first agreed; and why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from workshop_tui.domain.base.dates import format_date, format_short
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER, ActionStatus
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.plan.plan import display_name
from workshop_tui.domain.rules.follow_through import FollowThrough, fate, first_due
from workshop_tui.domain.rules.people import side_of
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.account.columns import TableInColumns
from workshop_tui.views.account.page import AccountView
from workshop_tui.views.account.team import kept
from workshop_tui.views.base import part_row
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.pictures.pictured import Pictured
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

_COLS = (
    Plain("", 16, grow=2, wrap=True),
    Plain("On time", 13),
    Plain("Late", 4),
    Plain("Overdue", 7, gap=1),
    Plain("Dropped", 7, gap=1),
    Plain("Done", 13, grow=1, drop=1),
)
_FATES = {"overdue": "Overdue", "late": "Late", "dropped": "Dropped, and why", "on_time": "On time"}
"""What becomes of an action → the heading over those of which it became."""
_TWICE = 2
_COUNTS = "kept"
"""The kind of a line of counts: of a session, a side, or an owner."""


class AccountKept(TableInColumns, AccountView, Pictured):
    """Counts, and rates of five or more, each with its n; `[` and `]` step from all sessions to one.

    Enter on counts lists what became of each action that they count.
    """

    title: str = "Kept"
    empty: str = "Nothing was due yet."

    def subjects(self, live: LivePlan) -> tuple[str, ...]:
        """All sessions together, then each by itself."""
        return ("", *(session.id for session in live.view.sessions))

    def _session(self, live: LivePlan) -> str:
        return self.subjects(live)[self.number(live)]

    def head(self, live: LivePlan) -> str:
        """Tell of which sessions, and the rate over all of these."""
        found = live.figures.follow_through(self._session(live))
        number = live.view.number_of(self._session(live))
        told = (
            f"{kept(found.on_time, found.due - found.dropped)} on time"
            if found and found.due
            else "nothing due"
        )
        return f"{f'Session {number}' if number else 'All sessions'}, as of {format_date(live.today)}: {told}"

    def content(self, live: LivePlan) -> Table:
        """Return who kept what, then what is late, dropped and why, and carried twice or more."""
        session = self._session(live)
        sides, owners = live.figures.kept_by_side(session), live.figures.kept_by_owner(session)
        counts = (
            *_part("By session", "session", _sessions(live)),
            *_part("By side", "side", _counted("side", sides, _sides(live, sides))),
            *_part("By owner", "owner", _counted("owner", owners, _owners(live, owners))),
        )
        chosen = next((row for row in counts if row.id == self.part and row.cells), None)
        if chosen:
            rows = (chosen, *_became(live, _of_line(live, RowId.parse(chosen.id), session)))
            return Table(_COLS, rows, self.empty, by_row=True)
        actions = _actions(live, session)
        rows = (
            *counts,
            *_listed("Overdue by the date first agreed", "overdue", _overdue(live, actions)),
            *_listed("Carried twice or more", "carried", _carried(live, actions)),
            *_listed("Dropped, and why", "dropped", _dropped(actions)),
        )
        return Table(_COLS, rows, self.empty, by_row=True)

    def picks(self, live: LivePlan, name: str, column: int) -> bool:
        """Enter on counts lists beneath them what became of each action that they count."""
        return RowId.parse(name).kind == _COUNTS or super().picks(live, name, column)


def _part(heading: str, name: str, found: Iterator[Row]) -> Iterator[Row]:
    rows = tuple(found)
    if rows:
        yield part_row(heading, name)
        yield from rows


def _sessions(live: LivePlan) -> Iterator[Row]:
    for number, session in enumerate(live.view.sessions, 1):
        counts = live.figures.follow_through(session.id)
        if counts and counts.due:
            at = RowId(_COUNTS, ("session", session.id))
            yield _row(at, f"{number} · {format_short(session.held_on)}", counts)


def _counted(by: str, counts: Mapping[str, FollowThrough], names: Mapping[str, str]) -> Iterator[Row]:
    """Yield the counts of each, the one with the lowest rate first."""
    for who, one in sorted(counts.items(), key=_lowest):
        yield _row(RowId(_COUNTS, (by, who)), names[who], one)


def _of_line(live: LivePlan, counts: RowId, session: str) -> tuple[Action, ...]:
    """Return the actions that a line counts: of a session, a side, or an owner."""
    by, who = counts.key
    if by == "session":
        return _actions(live, who)
    own = ((action, _owner_of(live, action)) for action in _actions(live, session))
    is_side = by == "side"
    return tuple(one for one, owner in own if (side_of(live.view, owner) if is_side else owner) == who)


def _owner_of(live: LivePlan, action: Action) -> str:
    return (action.owner or "") if live.view.person(action.owner) else ""


def _became(live: LivePlan, actions: Iterable[Action]) -> Iterator[Row]:
    """Yield what became of each of these that was due, by the date first agreed: the worst first."""
    sorts: dict[str, list[tuple[Action, str]]] = {name: [] for name in _FATES}
    for one in actions:
        first = first_due(live.view, one)
        if first is not None and first <= live.today:
            sorts[fate(one, first, live.today)].append((one, _told(one, first)))
    for name, heading in _FATES.items():
        yield from _listed(heading, name, iter(sorts[name]))


def _told(action: Action, first: dt.date) -> str:
    if action.status is ActionStatus.DROPPED:
        return action.reason or "no reason was kept"
    done = f"done {format_date(action.done_on)}, " if action.done_on else ""
    return f"{done}first due {format_date(first)}"


def _lowest(counts: tuple[str, FollowThrough]) -> tuple[bool, float]:
    rate = counts[1].on_time_rate
    return rate is None, rate or 0.0


def _sides(live: LivePlan, ids: Mapping[str, object]) -> Mapping[str, str]:
    named = {CUSTOMER: f"{live.view.account.name} (customer)", "": "Nobody's"}
    return {id_: named.get(id_) or live.view.name_of(Party, id_) for id_ in ids}


def _owners(live: LivePlan, ids: Mapping[str, object]) -> Mapping[str, str]:
    people = {id_: live.view.person(id_) for id_ in ids}
    return {id_: display_name(live.view, person) if person else "Nobody" for id_, person in people.items()}


def _row(at: RowId, name: str, counts: FollowThrough) -> Row:
    of = counts.due - counts.dropped
    done = counts.on_time + counts.late
    figures = (
        Cell(kept(counts.on_time, of), "good" if of and counts.on_time == of else ""),
        Cell(str(counts.late or "·"), "warn" if counts.late else "muted"),
        Cell(str(counts.overdue or "·"), "bad" if counts.overdue else "muted"),
        Cell(str(counts.dropped or "·"), "" if counts.dropped else "muted"),
        Cell(kept(done, of)),
    )
    return Row(str(at), (Cell(name), *figures))


def _actions(live: LivePlan, session: str) -> tuple[Action, ...]:
    return live.view.where(Action, session=session) if session else live.view.all(Action)


def _overdue(live: LivePlan, actions: Iterable[Action]) -> Iterator[tuple[Action, str]]:
    for action in actions:
        first = first_due(live.view, action)
        if action.status.is_open and first and first < live.today:
            days = (live.today - first).days
            yield action, f"first due {format_date(first)}, {days} d ago"


def _carried(live: LivePlan, actions: Iterable[Action]) -> Iterator[tuple[Action, str]]:
    for action in actions:
        times = len(live.view.where(Carry, action=action.id))
        first = first_due(live.view, action)
        if times >= _TWICE and first:
            yield action, f"{times}×, first due {format_date(first)}"


def _dropped(actions: Iterable[Action]) -> Iterator[tuple[Action, str]]:
    for action in actions:
        if action.status is ActionStatus.DROPPED:
            yield action, action.reason or "no reason was kept"


def _listed(heading: str, name: str, found: Iterator[tuple[Action, str]]) -> Iterator[Row]:
    """Yield actions in a line each, under their heading with how many there are."""
    rows = tuple(found)
    if rows:
        yield part_row(f"{heading} · {len(rows)}", name)
    for action, told in rows:
        who = _called(action)
        cells = (Cell(f"{who}: {one_line(told)}"), *(Cell("") for _ in _COLS[1:]))
        yield Row(str(RowId.opening("Action", action.key, name)), cells, wide=True)


def _called(action: Action) -> str:
    """Return an action as it is told: by its words."""
    return one_line(action.title)
