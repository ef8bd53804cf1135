"""What is to be done before a session begins, ticked by what is there; each line leads there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.lifecycle.sessions import has_begun
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.discovery import Bullet, Form
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Session
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, heading_row, people_here, shown_to
from workshop_tui.views.cell import TICK, Cell, Plain
from workshop_tui.views.discovery.views import Forms, Standings
from workshop_tui.views.keys import key
from workshop_tui.views.opening.attendance import Team
from workshop_tui.views.opening.purpose import SessionPurpose
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

TO_TRY = (
    (
        "capture",
        f"{key('capture')}, then «s: Priya all+2 #champion», Enter",
        "one line changes what we know of a person",
    ),
    (
        "audience",
        f"{key('audience')}, then {key('audience.open')}, a, Enter",
        "the screen as the customer may see it, and back",
    ),
    (
        "clock",
        f"{key('clock')}, s, then {key('block.next')}",
        "the clock runs, and goes along to the next block",
    ),
)
"""Command, what to press, what it does: what whoever opens a sample account can try."""


class Preparation(View):
    """The lines to be done before the session begins."""

    title: str = "Prepare"
    kind: ClassVar[type[Entity]] = Session
    removes: ClassVar[tuple[type[Entity], ...] | None] = ()

    def is_open(self, live: LivePlan) -> bool:
        """Never for the customer: how we prepare is ours."""
        return shown_to(live, Session, "purpose")

    def head(self, live: LivePlan) -> str:
        """Return what Enter does, until the session has begun."""
        if has_begun(live.view, live.session, live.today):
            return "The session has begun: this is what there is by now"
        return f"Before the session: {key('sheet.edit')} goes to a line"

    def why_not(self, _live: LivePlan, _name: str) -> str:
        """Return that a line is for another terminal."""
        return "This is typed in another terminal, before the session."

    def content(self, live: LivePlan) -> Table:
        """Return what is to be there, then what is to be tried; in a sample, what can be tried first."""
        rows = [Row(str(at), _cells(is_there, what, told)) for at, is_there, what, told in _wanted(live)]
        tried = (Row(str(at), _cells(None, what, told)) for at, what, told in _to_check(live))
        sample = (
            Row(str(RowId.command(name).about("try")), _cells(None, what, told))
            for name, what, told in TO_TRY
        )
        first = (heading_row("To try in this sample"), *sample) if live.view.account.as_of else ()
        return Table(
            _COLS,
            (*first, heading_row("To be there"), *rows, heading_row("To be tried"), *tried),
            by_row=True,
        )


_TYPED = "typed"
"""A row for what is typed outside of the app."""
_COLS = (Plain(width=2), Plain(width=28, grow=1, wrap=True), Plain(width=20, grow=2, wrap=True))


def _cells(is_there: bool | None, what: str, told: str) -> tuple[Cell, ...]:  # noqa: FBT001 - of a table
    tick = Cell(TICK, "good") if is_there else Cell("·", "muted")
    return (tick, Cell(what, "muted" if is_there else ""), Cell(told, "muted"))


def _wanted(live: LivePlan) -> Iterator[tuple[RowId, bool, str, str]]:
    """Yield for each line where it leads, whether it is there, what it is, and how it stands."""
    view, session = live.view, live.session
    purpose, team = RowId.view(SessionPurpose), RowId.view(Team)
    yield (
        purpose.field(Session, session.key, "purpose"),
        bool(session.purpose),
        "Purpose",
        one_line(session.purpose) or "what the room wants to have at the end",
    )
    leader = view.name_of(Member, session.facilitator) if session.facilitator else ""
    led = purpose.field(Session, session.key, "facilitator")
    yield led, bool(leader), "Facilitator", leader or "who leads it"
    ours = {p.short: len(view.where(Member, party=p.id)) for p in view.partners}
    told = " · ".join(f"{number or 'nobody'} of {firm}" for firm, number in ours.items())
    yield team, bool(ours) and all(ours.values()), "Team", told
    people = len(people_here(live))
    yield (
        RowId.gap(Stakeholder.__name__),
        people > 0,
        "The customer's people",
        f"{people or 'nobody'} entered",
    )
    yield _forms(live)


def _forms(live: LivePlan) -> tuple[RowId, bool, str, str]:
    """Return whose forms have no line yet, or were not sent to the others yet, and where that is typed."""
    view, empty, unsent = live.view, [], []
    for party in view.partners:
        form = view.get(Form, party.id)
        if not view.where(Bullet, party=party.id):
            empty.append(party)
        elif not (form and form.sent and form.sent <= live.today):
            unsent.append(party)
    lacking = (("nothing yet of", empty), ("not sent yet:", unsent))
    told = " · ".join(
        f"{what} {' and '.join(firm.short for firm in firms)}" for what, firms in lacking if firms
    )
    where = RowId.view(Forms)
    if unsent and not empty:  # the day is beside each firm's position
        where = RowId.view(Standings).field(Form, unsent[0].key, "sent")
    return where, not told, "Discovery forms", told or "all are sent"


def _to_check(live: LivePlan) -> Iterator[tuple[RowId, str, str]]:
    """Yield for each line where it leads, what it is, and what it does."""
    account = live.typed_as or live.account_id
    yield RowId.command("audience"), key("audience"), "cuts this screen for the customer"
    yield RowId.command("curtain"), key("curtain"), "covers this screen at once, and uncovers it"
    yield RowId(_TYPED, ("notes",)), "Your own screen", f"workshop-tui notes {account}, in another terminal"
    yield RowId(_TYPED, ("room",)), "The room's screen", f"workshop-tui room {account}, on the projector"
