"""Who is in the room: the partners' people, the customer's, and what their time costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.lifecycle.sessions import attend, guests_now, is_expected
from workshop_tui.domain.model.account import Member, Party
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block, Guest, Presence
from workshop_tui.domain.plan.plan import AccountPlan, display_name, draft_place
from workshop_tui.domain.plan.step import Changes, removal
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.views.base import (
    KeyOf,
    View,
    entity_at,
    fields_of,
    heading_row,
    line,
    people_here,
    placeholder_row,
    shown_to,
)
from workshop_tui.views.cell import TICK, Cell, Col, Edit, RowAction
from workshop_tui.views.clock import at_time
from workshop_tui.views.fields import new_row
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table


class Team(View):
    """The partners' people, and who of them is here."""

    title: str = "Team"
    kind: ClassVar[type[Entity]] = Member
    empty: str = "Nobody yet."
    invite: str = f"press {key('sheet.add')} and type the name of one of ours, Enter, and the next."

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """Present, name, firm, role; more where there is room."""
        session = live.session_id
        return (
            Col(Presence, "member", 4, "Here", lambda member: (session, member.key[0])),
            Col(Member, "name", 18, grow=2, wrap=True),
            Col(Member, "party", 12, known=True),
            Col(Member, "role", 14, grow=2, drop=1, wrap=True),
            Col(Member, "style", 10, "Style", drop=2),
            Col(Member, "email", 16, grow=1, drop=4),
            Col(Member, "rate", 6, drop=3),
        )

    def head(self, live: LivePlan) -> str:
        """Return how many of each firm are here, and what the session costs, if rates are known."""
        if is_expected(live.session, live.today):
            return f"Expected on {format_date(live.session.held_on)}: {_by_firm(live, live.view.all(Member))}"
        here = [member for there in _present(live) if (member := live.view.get(Member, there.member))]
        away = len(live.view.all(Member)) - len(here)
        more = (
            f"{away} expected: H when all are here"
            if away and not live.closed and live.audience != CUSTOMER
            else ""
        )
        told = f"Here: {_by_firm(live, here)}"
        return " · ".join(filter(None, (told, more, _cost(live))))

    def content(self, live: LivePlan) -> Table:
        """Begin where one says who is here."""
        return _ticked(super().content(live))

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the members under their firms, each firm with its own line for a new one."""
        for party in live.view.partners:
            yield heading_row(party.short, party.id)
            yield from (self._line(live, member, cols) for member in live.view.where(Member, party=party.id))
            yield placeholder_row(RowId.new(party.id), _joining(live, party))

    def _line(self, live: LivePlan, member: Member, cols: tuple[Col, ...]) -> Row:
        """Return a member; before the day nobody can be ticked as here."""
        row = line(live, member, cols)
        if not (cols and cols[0].is_tick and is_expected(live.session, live.today)):
            return row
        return replace(row, cells=(Cell("…", "muted"), *row.cells[1:]))

    def why_not(self, live: LivePlan, name: str) -> str:
        """Return that the session's day has not come yet, where that is why."""
        if is_expected(live.session, live.today):
            day = format_date(live.session.held_on)
            return f"Nobody is here before {day}: until then they are expected."
        return super().why_not(live, name)

    def card_cols(self, _live: LivePlan) -> tuple[Col, ...]:
        """Every field of one member."""
        return fields_of(Member, "name", "party", "role", "email", "style", "rate")


def _ticked(table: Table) -> Table:
    """Return a table that begins on its first ticks, which are set from anywhere in their row."""
    kinds = [getattr(col, "kind", None) for col in table.cols]
    at = next((n for n, kind in enumerate(kinds) if kind in {Presence, Guest}), -1)
    return replace(table, start=max(at, 0), ticks=at)


def _joining(live: LivePlan, party: Party) -> Edit:
    """Return how a new team member comes in: on the day as one who is here, before that as expected."""
    member = new_id()
    is_here = not is_expected(live.session, live.today)
    here = (Presence(session=live.session_id, member=member),) if is_here else ()
    title = f"New team member of {party.short}"
    return new_row(Member, "name", member, live.context, {"party": party.id}, title=title, along=here)


def _by_firm(live: LivePlan, members: Iterable[Member]) -> str:
    """Return how many of them each firm has, in words."""
    firms = Counter(live.view.name_of(Party, member.party) for member in members)
    return " · ".join(f"{count} of {firm}" for firm, count in firms.items()) or "nobody yet"


def _present(live: LivePlan) -> tuple[Presence, ...]:
    return live.view.where(Presence, session=live.session_id)


def _cost(live: LivePlan) -> str:
    """Return what the session costs in words; empty for the customer, and where nobody has a rate."""
    cost = live.figures.cost(live.session_id) if shown_to(live, Member, "rate") else ""
    planned = sum(block.minutes for block in live.view.where(Block, session=live.session_id))
    return f"{cost} for {planned} minutes" if cost else ""


class Guests(View):
    """The customer's people, and for which blocks they are in the room."""

    title: str = "Customer"
    kind: ClassVar[type[Entity]] = Stakeholder
    removes: ClassVar[tuple[type[Entity], ...] | None] = ()
    empty: str = "Nobody yet."
    invite: str = f"{key('capture')} and «s: Ana Pires, Head of Payments» brings somebody in."

    def cols(self, live: LivePlan) -> tuple[Col, ...]:
        """Name, title, and a tick for each block that is the customer's too."""

        def there(block: str) -> KeyOf:
            return lambda person: (block, person.key[0])

        blocks = live.view.where(Block, session=live.session_id, visibility=CUSTOMER)
        now = _now(live)
        return (
            Col(Stakeholder, "name", 18, grow=1),
            Col(Stakeholder, "title", 16, grow=1, drop=1),
            *((Col(Guest, "stakeholder", 10, "Now", there(now.id)),) if now else ()),
            *(Col(Guest, "stakeholder", 18, b.title, there(b.id)) for b in blocks if b is not now),
        )

    def content(self, live: LivePlan) -> Table:
        """Begin where one says who is here, for the block that runs or comes first."""
        return _ticked(super().content(live))

    def lines(self, live: LivePlan, cols: tuple[Col, ...]) -> Iterable[Row]:
        """Return the people, each with who is there, or when they have left again."""
        for person in self.rows(live):
            row = line(live, person, cols)
            cells = (
                _attending(live, person, col) if col.kind is Guest else cell
                for cell, col in zip(row.cells, cols, strict=True)
            )
            yield replace(row, cells=tuple(cells))

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """Put right that somebody who was ticked for a block that has begun was not there at all."""
        person = entity_at(live.view, name)
        guests = live.view.where(Guest, stakeholder=person.key[0]) if isinstance(person, Stakeholder) else ()
        blocks = (live.view.get(Block, guest.block) for guest in guests)
        begun = [b for b in blocks if b and b.session == live.session_id and live.has_begun(b.id)]
        return tuple(_never_there(name, block, number) for number, block in enumerate(begun, 1))

    def rows(self, live: LivePlan) -> Iterable[Stakeholder]:
        """Return who has not left, and who was here before that."""
        blocks = {block.id for block in live.view.where(Block, session=live.session_id)}
        came = {guest.stakeholder for guest in live.view.all(Guest) if guest.block in blocks}
        here = people_here(live)
        return (p for p in live.view.all(Stakeholder) if p in here or p.id in came)

    def head(self, live: LivePlan) -> str:
        """Return who of the customer is in the room now; nothing while no clock runs."""
        now = _now(live)
        if now is None:
            return ""
        guests = guests_now(live.view, now.id)
        names = ", ".join(live.view.name_of(Stakeholder, guest.stakeholder) for guest in guests)
        return f"In the room now, for «{now.title}»: {names or 'nobody of the customer'}"


def _attending(live: LivePlan, person: Entity, col: Col) -> Cell:
    """Return whether somebody is there for a block, or when they have left again."""
    guest = live.view.get(Guest, *(col.key(person) if col.key else ()))
    how = partial(_coming, live, person, col)
    if guest and guest.left_at:
        return Cell(f"left {at_time(guest.left_at)}", "muted", how)
    return Cell(TICK, "good", how) if guest else Cell("–", "muted", how)


def _coming(live: LivePlan, person: Entity, col: Col) -> Edit:
    """Return how somebody comes for a block, leaves it, and comes back."""
    key = col.key(person) if col.key else ()
    (block, who), name = key, display_name(live.view, person)
    guest, now, told = live.view.get(Guest, block, who), live.clock, ""
    if guest and guest.left_at:
        told = f"{name} is back"
    elif guest and live.has_begun(block):
        told = f"{name} has left, and counts as having been here"

    def build(plan: AccountPlan, _new: object) -> Changes:
        return attend(plan, block, who, now())

    place = draft_place(Guest, key, col.name)
    return Edit(f"{col.heading} · {name}", place, "", build, toggles=True, told=told)


def _never_there(name: str, block: Block, number: int) -> RowAction:
    def build(plan: AccountPlan, _new: object) -> Changes:
        guest = plan.get(Guest, block.id, *RowId.parse(name).key)
        return removal(plan, guest) if guest else ()

    text = f"Was never here for «{block.title}»"
    place = draft_place(Guest, (block.id, *RowId.parse(name).key), "never")
    return RowAction(str(number), text, Edit(text, place, "", build, toggles=True), told=f"{text}.")


def _now(live: LivePlan) -> Block | None:
    """Return the block for which the clock runs."""
    return next((b for b in live.view.where(Block, session=live.session_id) if b.started), None)
