"""Follow-through: what of the actions that were due was kept, over time, by firm and by owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from workshop_tui.domain.base.dates import format_date, format_short
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.plan import display_name
from workshop_tui.domain.rules.follow_through import FollowThrough
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, heading_row, shown_to
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

_BAR = 5
"""Cells of a bar, of twenty percent each."""
_LEVELS = "▁▂▃▄▅▆▇█"
NOTHING = "–"


class FollowThroughReport(View):
    """A line for each session, firm and owner; `[` and `]` step from all sessions to one."""

    title: str = "Promises kept"
    kind: ClassVar[type[Entity]] = Action

    def is_open(self, live: LivePlan) -> bool:
        """Never for the customer."""
        return shown_to(live, Action, "reason")

    def subjects(self, live: LivePlan) -> tuple[str, ...]:
        """All sessions together, then each by itself."""
        return ("", *(session.id for session in live.view.sessions))

    def head(self, live: LivePlan) -> str:
        """Tell what is counted at which date, and how the rate has gone from session to session."""
        rates = (live.figures.follow_through(session.id) for session in live.view.sessions)
        trend = "".join(_level(kept.on_time_rate if kept else None) for kept in rates)
        return f"{self._about(live)}, as of {format_date(live.today)} · on time each session {trend}"

    def content(self, live: LivePlan) -> Table:
        """Return counts and rates, judged by the dates that were first agreed."""
        session, about = self._session(live), self._about(live)
        sides = live.figures.kept_by_side(session)
        owners = live.figures.kept_by_owner(session)
        rows = (
            heading_row("Over time"),
            *_over_time(live),
            *_section(f"{about}, by side", "Party", sides, _names(live, Party, sides)),
            *_section(f"{about}, by owner", "Member", owners, _owners(live, owners)),
        )
        return Table(_COLS, rows, by_row=True)

    def _session(self, live: LivePlan) -> str:
        """Return the id of the session that is looked at; empty for all."""
        return self.subjects(live)[self.number(live)]

    def _about(self, live: LivePlan) -> str:
        number = live.view.number_of(self._session(live))
        return f"Session {number}" if number else "All sessions"


_COLS = (
    Plain(width=15, grow=2, wrap=True),
    Plain("Due", 3, grow=1),
    Plain("On time", 7, grow=1, gap=1),
    Plain("Late", 4, grow=1, gap=1),
    Plain("Overdue", 7, grow=1, gap=1),
    Plain("Dropped", 7, grow=1, gap=1),
    Plain("% on time", 10, grow=1),
    Plain("% done", 10, grow=1, drop=1),
)


def _over_time(live: LivePlan) -> Iterable[Row]:
    for number, session in enumerate(live.view.sessions, 1):
        kept = live.figures.follow_through(session.id)
        if kept:
            yield _row(f"{number} · {format_short(session.held_on)}", _of(session.id), kept)
    every = live.figures.follow_through()
    if every and len(live.view.sessions) > 1:
        yield _row("All sessions", _of("all"), every)


def _section(
    heading: str, kind: str, kept: Mapping[str, FollowThrough], names: Mapping[str, str]
) -> Iterable[Row]:
    yield heading_row(heading if kept else f"{heading}: nothing was due yet", kind)
    for who, counts in kept.items():
        yield _row(names[who], _of(kind, who), counts)


def _of(*whom: str) -> str:
    return str(RowId("kept", whom))


def _owners(live: LivePlan, ids: Iterable[str]) -> Mapping[str, str]:
    people = {id_: live.view.person(id_) for id_ in ids}
    return {id_: display_name(live.view, person) if person else "Nobody" for id_, person in people.items()}


def _names(live: LivePlan, kind: type[Party], ids: Iterable[str]) -> Mapping[str, str]:
    return {id_: live.view.name_of(kind, id_) or "Nobody" for id_ in ids}


def _row(name: str, row: str, kept: FollowThrough) -> Row:
    counts = (kept.due, kept.on_time, kept.late, kept.overdue, kept.dropped)
    tones = ("", "good", "warn", "bad", "muted")
    return Row(
        row,
        (
            Cell(name),
            *(
                Cell(str(n) if n else "·", tone if n else "muted")
                for n, tone in zip(counts, tones, strict=True)
            ),
            _bar(kept.on_time_rate),
            _bar(kept.done_rate),
        ),
    )


def _bar(rate: float | None) -> Cell:
    """Return a rate as a bar that reads without colour, and in figures."""
    if rate is None:
        return Cell(NOTHING, "muted")
    full, half = divmod(round(rate * _BAR * 2), 2)
    return Cell(f"{'█' * full}{'▌' * half}{'░' * (_BAR - full - half)} {rate:4.0%}", "accent")


def _level(rate: float | None) -> str:
    """Return a rate as one cell of a small row of bars."""
    return NOTHING if rate is None else _LEVELS[round(rate * (len(_LEVELS) - 1))]
