"""What the views of the account's page share: to whom they are open, their lines, what a line opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity, Key
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.session import Session
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View
from workshop_tui.views.cell import Cell, Plain
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row

SENTENCES = (Plain(width=24, grow=1, wrap=True),)
"""The only column of a view that tells all in sentences."""
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
}
"""Kind of what a line names → in which kind of block it is looked at, and in which view."""
_PERSON_AT = {"Reading": 1, "Tie": 0, "ApproachStep": 0, "Approach": 0, "CrmId": 0}
"""Kinds of rows that are looked at in the row of a person → where in their key that person is."""


def opened_as(row: RowId) -> RowId:
    """Return the row in which what a line names is looked at."""
    at = _PERSON_AT.get(row.kind)
    return RowId("Stakeholder", (row.key[at],)) if at is not None and len(row.key) > at else row


class AccountView(View):
    """One view of the account's page: worked out, nothing is changed in it; closed to the customer."""

    kind: ClassVar[type[Entity]] = Account
    invite: str = ""
    removes: ClassVar[tuple[type[Entity], ...] | None] = ()

    def is_open(self, live: LivePlan) -> bool:
        """Never to the customer."""
        return live.audience != CUSTOMER


def held(live: LivePlan) -> tuple[Session, ...]:
    """Return the sessions whose day has come."""
    return tuple(session for session in live.view.sessions if session.held_on <= live.today)


def sentence(kind: str, key: Key, text: str, tone: str = "", *where: str) -> Row:
    """Return a line that tells something of an entity and opens it."""
    return Row(str(RowId.opening(kind, key, *where)), (Cell(one_line(text), tone),))


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
