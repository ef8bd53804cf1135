"""What the views of the account's page share: to whom they are open, their lines, what a line opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.entity import Entity, Key
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.model.account import Account, Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import KIND
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, part_row
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import HEADING, RowId
from workshop_tui.views.table import Row, Table

SENTENCES = (Plain(width=24, grow=1, wrap=True),)
"""The only column of a view that tells all in sentences."""
NEWS = "news"
"""The part of what the customer is to be told."""
FEW = 5
"""Cases under which there is no rate, as it would say more than is known."""

OPENED_IN: Mapping[str, tuple[BlockKind, str]] = {
    "Stakeholder": (BlockKind.STAKEHOLDERS, "Everybody"),
    "Reading": (BlockKind.STAKEHOLDERS, "Everybody"),
    "Tie": (BlockKind.STAKEHOLDERS, "Everybody"),
    "Action": (BlockKind.ACTIONS, "Actions"),
    "Answer": (BlockKind.VALUE, "AnswerList"),
    "Proposition": (BlockKind.PROPOSITION, "Lines"),
    "Contribution": (BlockKind.PROPOSITION, "Lines"),
    "ApproachStep": (BlockKind.APPROACH, "Approaches"),
    "Decision": (BlockKind.CLOSING, "SessionReadBack"),
    "Parking": (BlockKind.CLOSING, "ParkingLot"),
    "Risk": (BlockKind.CLOSING, "Risks"),
    "Session": (BlockKind.CLOSING, "RotiView"),
    "Initiative": (BlockKind.SCORECARD, "Scorecard"),
    "Party": (BlockKind.DISCOVERY, "Standings"),
    "Account": (BlockKind.DISCOVERY, "Stages"),
    "Member": (BlockKind.OPENING, "Team"),
    "Meeting": (BlockKind.APPROACH, "Meetings"),
    "Approach": (BlockKind.APPROACH, "Approaches"),
    "CrmId": (BlockKind.APPROACH, "Approaches"),
    "Question": (BlockKind.VALUE, "Questions"),
    "Target": (BlockKind.VALUE, "Targets"),
    "Proof": (BlockKind.VALUE, "Proofs"),
    "Option": (BlockKind.PROPOSITION, "Options"),
    "Difference": (BlockKind.PROPOSITION, "WhyUs"),
    "GrowthStep": (BlockKind.PROPOSITION, "GrowthPath"),
    "Goal": (BlockKind.SCORECARD, "Goals"),
    "Terms": (BlockKind.SCORECARD, "Governance"),
    "SteeringDate": (BlockKind.SCORECARD, "Governance"),
    "Criterion": (BlockKind.DISCOVERY, "Profile"),
    "Bullet": (BlockKind.DISCOVERY, "Forms"),
    "Objective": (BlockKind.DISCOVERY, "Objectives"),
    "Gate": (BlockKind.DISCOVERY, "Stages"),
    "StageEntry": (BlockKind.DISCOVERY, "Stages"),
    "Learnt": (BlockKind.DISCOVERY, "Lessons"),
    "Chemistry": (BlockKind.INTRODUCTION, "ChemistryCheck"),
    "Seal": (BlockKind.CLOSING, "Sealing"),
    "Erratum": (BlockKind.CLOSING, "Sealing"),
    "Review": (BlockKind.SCORECARD, "Reviews"),
}
"""Kind of what a line names → in which kind of block it is looked at, and in which view."""
_PERSON_AT = {"Reading": 1, "Tie": 0, "ApproachStep": 0, "Approach": 0, "CrmId": 0}
"""Kinds of rows that are looked at in the row of a person → where in their key that person is."""


STAYS = ("Decision", "Reading", "Session")
"""Kinds of rows that are looked at in the session in which they came about, whichever is open."""


def home_of(live: LivePlan, named: RowId) -> str:
    """Return the id of the session in which what a line names came about; "" where it has none."""
    if named.kind in {"Session", "Reading"}:
        return next(iter(named.key), "")
    kind = KIND.get(named.kind)
    row = live.view.get(kind, *named.key) if kind and named.key else None
    return str(getattr(row, "session", "") or "")


def opened_as(row: RowId) -> RowId:
    """Return the row in which what a line names is looked at."""
    at = _PERSON_AT.get(row.kind)
    return RowId("Stakeholder", (row.key[at],)) if at is not None and len(row.key) > at else row


class AccountView(View):
    """One view of the account's page: worked out, nothing is changed in it; closed to the customer."""

    kind: ClassVar[type[Entity]] = Account
    invite: str = ""
    removes: ClassVar[tuple[type[Entity], ...] | None] = ()
    dense: ClassVar[bool] = True

    tells_all = False
    """Whether all lines are told, also of a part that has many."""
    has_equal: ClassVar[bool] = False
    """Whether there is anything that has not changed, which `=` shows."""

    def __init__(self) -> None:
        """Begin with all of it, and with changes alone."""
        super().__init__()
        self.part = ""
        """The id of the heading or the line to which it is narrowed; "" for all of it."""
        self.shows_equal = False
        self._kept: tuple[tuple[object, object], object, Table] | None = None
        """For which figures and comparisons, and in which state, the table was made last; and the table."""

    def is_open(self, live: LivePlan) -> bool:
        """Never to the customer."""
        return live.audience != CUSTOMER

    def table(self, live: LivePlan) -> Table:
        """Return what is shown: narrowed to one part where that was picked and is still there.

        It is asked for many times a key; it stays the same until the figures or the view's state change.
        """
        of, state = (live.figures, live.compared_last), self.state(live)
        if self._kept is None or any(a is not b for a, b in zip(self._kept[0], of, strict=True)):
            self._kept = None
        if self._kept is None or self._kept[1] != state:
            table = narrowed(super().table(live), self.part)
            self._kept = (of, self.state(live), table)  # making it may settle what it is about
        return self._kept[2]

    def on_paper(self, live: LivePlan) -> Table:
        """Return what is written of it: all, as nothing can be opened there to see more."""
        if not self.is_open(live):
            return self.table(live)
        self.tells_all = True
        try:
            return narrowed(self.content(live), self.part)
        finally:
            self.tells_all = False

    def enter(self, live: LivePlan, name: str, column: int) -> bool:
        """Narrow the table to what is beneath a heading; on the same heading again, show all.

        The line that tells how many more there are does what its heading does.
        """
        if not self.picks(live, name, column):
            return False
        part = str(replace(RowId.parse(name), line=()))
        self.part = "" if self.part == part else part
        return True

    def picks(self, _live: LivePlan, name: str, _column: int) -> bool:
        """Whether Enter on a row, in its column, narrows what is listed."""
        return RowId.parse(name).kind == HEADING

    def widen(self, _live: LivePlan) -> bool:
        """Show all of it again."""
        was, self.part = self.part, ""
        return bool(was)

    def state(self, _live: LivePlan) -> object:
        """What is shown besides the plan: the subject, the part, and whether what is equal is shown."""
        return self.subject, self.part, self.shows_equal


def equal_rows(live: LivePlan, earlier: str, later: str, width: int = 1) -> Iterator[Row]:
    """Yield who felt the same in two sessions: toward whom, and how we know it now."""
    same = [
        (now, then)
        for then in live.view.where(Reading, session=earlier)
        if (now := live.view.get(Reading, later, then.stakeholder, then.toward))
        and now.value is not None
        and now.value == then.value
    ]
    if not same:
        return
    yield part_row(f"Unchanged · {len(same)}", "equal")
    for now, _ in same:
        toward = live.view.name_of(Party, now.toward) or "alliance"
        known = ": ".join(filter(None, (now.confidence.label, now.evidence)))
        told = f"{live.view.name_of(Stakeholder, now.stakeholder)}, {toward}: "
        sign = now.value.sign.strip() if now.value else ""
        cells = (Cell(one_line(f"{told}{sign} both times, {known}"), "muted"), *[Cell("")] * (width - 1))
        yield Row(str(RowId.opening("Reading", now.key, "equal")), cells, wide=width > 1)


def narrowed(table: Table, part: str) -> Table:
    """Return a table with one of its parts alone; all of it where it has no such part."""
    at = next((n for n, row in enumerate(table.rows) if row.picks and row.id == part), None)
    if at is None:
        return table
    after = (n for n in range(at + 1, len(table.rows)) if table.rows[n].picks)
    end = next(after, len(table.rows))
    heading = replace(table.rows[at], heading=f"{table.rows[at].heading}  ({key('account.back')}: all)")
    return replace(table, rows=(heading, *table.rows[at + 1 : end]))


def held(live: LivePlan) -> tuple[Session, ...]:
    """Return the sessions whose day has come."""
    return tuple(session for session in live.view.sessions if session.held_on <= live.today)


def sentence(kind: str, row_key: Key, text: str, tone: str = "", *where: str) -> Row:
    """Return a line that tells something of an entity and opens it."""
    return Row(str(RowId.opening(kind, row_key, *where)), (Cell(one_line(text), tone),))


def more(count: int, view: type[View], where: str) -> tuple[Row, ...]:
    """Return the line that leads to the view in which the others are told; () where there are none."""
    at = str(RowId.view(view).about(where))
    return (Row(at, (Cell(f"and {count} more", "accent"),)),) if count > 0 else ()


def days_between(earlier: dt.date, later: dt.date) -> int:
    """Return how many days lie between two."""
    return (later - earlier).days


def one_after_another(names: Collection[str]) -> str:
    """Return names in a line; the first ones where there are many."""
    first, rest = list(names)[:4], len(names) - 4
    return ", ".join([*first, *([f"{rest} more"] if rest > 0 else [])])


def person_of(live: LivePlan, row: RowId) -> str:
    """Return the id of the customer's person that a row is about; "" for nobody."""
    if row.kind == Stakeholder.__name__ and row.key:
        return row.key[0]
    if row.kind == Action.__name__ and (action := live.view.get(Action, *row.key)):
        owner = live.view.get(Stakeholder, action.owner)
        return action.stakeholder or (owner.id if owner else "")
    if row.kind == Answer.__name__ and (answer := live.view.get(Answer, *row.key)):
        return answer.stakeholder
    return next((each for each in row.key if live.view.get(Stakeholder, each)), "")
