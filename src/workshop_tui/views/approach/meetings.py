"""Meetings: when we met whom, who of ours was there, and where one partner goes alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.gaps.people import bring, solo_3_or_more
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.people import Meeting, MeetingMember, MeetingStakeholder, Stakeholder
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.plan import NEW, draft_place
from workshop_tui.domain.rules.people import met
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, people_here, placeholder_row, row_id
from workshop_tui.views.cell import Cell, Choice, Col, Edit
from workshop_tui.views.choices import adds_of, choices_of
from workshop_tui.views.fields import cell
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.stakeholders.card import told_visit, visits
from workshop_tui.views.stakeholders.card_ties import meeting_row, new_meeting, nothing, whom_we_met
from workshop_tui.views.table import Row


def alone(live: LivePlan, person: Stakeholder) -> str:
    """Return who meets a person alone and how often, as in «Quillhaven alone 4×», once it is a gap."""
    rules = {gap.rule for gap in live.figures.gaps_of(person.id)}
    party, run = live.figures.solo_run(person.id)
    return f"{live.view.name_of(Party, party)} alone {run}×" if solo_3_or_more.__name__ in rules else ""


class Meetings(View):
    """Every meeting with the customer's people, the latest first; a session they came to is one."""

    title: str = "Meetings"
    kind: ClassVar[type[Entity]] = Meeting
    empty: str = "No meetings yet."
    invite: str = (
        f"press {key('sheet.add')} and choose whom one of ours has met, "
        f'or {key("capture")} and «m: met ^Pires @Rowan today "wants a pilot"».'
    )

    def head(self, live: LivePlan) -> str:
        """Return with whom one partner goes alone."""
        runs = ((alone(live, person), person.name) for person in people_here(live))
        found = " · ".join(f"{run} with {name}" for run, name in runs if run)
        return f"! {found}: {bring(live.view)}" if found else ""

    def cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """The day, whom we met, who of ours was there; what was said and comes next where there is room."""
        return (
            Col(Meeting, "on", 11),
            Col(MeetingStakeholder, "stakeholder", 22, "With", grow=1, wrap=True),
            Col(MeetingMember, "member", 18, "Ours", grow=1, wrap=True),
            Col(Meeting, "said", 18, grow=3, wrap=True, lines=3, drop=1),
            Col(Meeting, "next_step", 12, grow=2, wrap=True, lines=3, drop=2),
        )

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return a line for a new one and the meetings; the latest with somebody says who goes alone."""
        yield placeholder_row(RowId.new(), _coming_in(live))
        told: set[str] = set()
        for _, people, row in sorted(self._met(live, cols), key=lambda met: met[0], reverse=True):
            run = " · ".join(_runs(live, [person for person in people if person.id not in told]))
            told |= {person.id for person in people}
            day, whom, *rest = row.cells
            whom = replace(whom, text=f"{whom.text}\n! {run}", tone="warn") if run else whom
            yield replace(row, cells=(day, whom, *rest))

    def _met(
        self, live: LivePlan, cols: tuple[Col, ...]
    ) -> Iterator[tuple[dt.date, tuple[Stakeholder, ...], Row]]:
        for meeting in live.view.all(Meeting):
            ours = meeting_row(live, meeting).cells[1]
            by_name = {"stakeholder": whom_we_met(live, meeting), "member": ours}
            cells = (by_name.get(col.name) or cell(live.view, meeting, col, live.context) for col in cols)
            row = Row(row_id(meeting), tuple(cells))
            yield meeting.on, met(live.view, meeting), row
        for person in live.view.all(Stakeholder):
            for session in visits(live, person):
                yield session.held_on, (person,), _visited(live, person, session, len(cols))


def _runs(live: LivePlan, people: Sequence[Stakeholder]) -> Iterator[str]:
    """Yield who meets these people alone; with a name where there are several."""
    found = ((person, run) for person in people if (run := alone(live, person)))
    return (f"{run} with {person.name}" if people[1:] else run for person, run in found)


def _coming_in(live: LivePlan) -> Edit:
    """Return how a meeting comes in: whom we met, who of ours was there, and the day."""
    people = choices_of(live.view, MeetingStakeholder, "stakeholder")
    new = adds_of(live.view, MeetingStakeholder, "stakeholder")
    coming: dict[Json, Stakeholder] = {}

    def adding(typed: str) -> tuple[Choice, ...]:
        found = new(typed) if new else ()
        coming.update({c.value: row for c in found for row in c.brings if isinstance(row, Stakeholder)})
        return found

    def who_of_ours(whom: Json) -> Edit | None:
        person = live.view.get(Stakeholder, str(whom)) or coming.get(whom)
        return replace(new_meeting(live, person), must=True) if person else None

    return Edit(
        *("New meeting: whom did we meet?", draft_place(Meeting, (NEW,), "stakeholder"), "", nothing, people),
        of=Stakeholder.VERBOSE_NAME,
        adds=adding if new else None,
        follow=who_of_ours,
    )


def _visited(live: LivePlan, person: Stakeholder, session: Session, width: int) -> Row:
    told = told_visit(live, session)
    day = format_date(session.held_on)
    cells = (Cell(day), Cell(person.words), Cell(told, "muted"), *(Cell("") for _ in range(width - 3)))
    return Row(str(RowId("visited", (session.id, person.id))), cells)
