"""How the alliance is steered: who sits where, the terms of reference, and the next dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from msgspec.structs import replace

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity, Json
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.base.vocabulary import CUSTOMER, SteeringRole
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.scorecard import SteeringDate, SteeringSeat, Terms
from workshop_tui.domain.plan.plan import NEW, AccountPlan, draft_place, rank_after
from workshop_tui.domain.plan.setters import FieldRef
from workshop_tui.domain.plan.step import Add, Changes, made
from workshop_tui.domain.rules.governance import was_held
from workshop_tui.domain.rules.scorecard import has_scorecard, last_review
from workshop_tui.live.live_plan import LivePlan, new_id
from workshop_tui.views.base import (
    FORM,
    View,
    entity_at,
    form_row,
    placeholder_row,
    row_id,
    sections,
    shown_to,
)
from workshop_tui.views.cell import Cell, Col, Edit, RowAction
from workshop_tui.views.choices import choices_of, seen_by
from workshop_tui.views.fields import MISSING, field_edit, new_row, typed_value, visible_cols
from workshop_tui.views.keys import key
from workshop_tui.views.row_id import RowId
from workshop_tui.views.table import Row, Table

TERMS = "terms"
"""Id of the one row of terms; it comes in with the first line that is written."""
_LINES = ("purpose", "cadence", "invites", "decides", "quorum", "brought")
_LAST_HELD = 3
"""Meetings that were held and are still listed."""


class Governance(View):
    """Steering seats, terms of reference in six lines, and the dates at which all this is looked at."""

    title: str = "Governance"
    kind: ClassVar[type[Entity]] = SteeringSeat
    removes: ClassVar[tuple[type[Entity], ...] | None] = (SteeringSeat, SteeringDate)
    start: ClassVar[int] = 1
    dense: ClassVar[bool] = True

    def is_open(self, live: LivePlan) -> bool:
        """To the customer as far as there is anything of theirs."""
        if live.audience != CUSTOMER:
            return True
        return any(live.view.all(kind) for kind in (SteeringSeat, Terms, SteeringDate))

    def content(self, live: LivePlan) -> Table:
        """Return the three parts as a form."""
        parts = {
            "Steering committee": _seats(live),
            "Terms of reference": _terms(live),
            "Next dates": _dates(live),
        }
        return sections(FORM, parts)

    def row_actions(self, live: LivePlan, name: str) -> tuple[RowAction, ...]:
        """Of a date: that it was held, what it looks at, who may see it; of a seat: who may see it."""
        row = entity_at(live.view, name)
        if not isinstance(row, SteeringDate | SteeringSeat) or live.audience == CUSTOMER:
            return ()
        fields = (
            (("h", "held_on", "It was held"), ("a", "about", "What it looks at"))
            if isinstance(row, SteeringDate)
            else (("f", "party", "For which firm"), ("r", "role", "Role"))
        )
        offered = (*fields, ("v", "visibility", "Who may see it"))
        return tuple(
            RowAction(key, text, _held(live, row) if name == "held_on" else _field(live, row, name))
            for key, name, text in offered
            if shown_to(live, type(row), name)
        )


def _field(live: LivePlan, row: Entity, name: str) -> Edit:
    at = FieldRef(type(row), row.key, name)
    return field_edit(live.view, at, f"{type(row).fields[name].title}", live.context)


def _held(live: LivePlan, row: Entity) -> Edit:
    """Return how the day is given on which a meeting was held: today, unless another is typed."""
    return replace(_field(live, row, "held_on"), text=live.today.isoformat(), must=True)


# Seats


def _seats(live: LivePlan) -> Iterator[Row]:
    """Yield each seat there is, and for us those that every committee has and nobody holds yet."""
    seats = sorted(live.view.all(SteeringSeat), key=lambda seat: list(SteeringRole).index(seat.role))
    for seat in seats:
        name = live.view.name_of_ref(SteeringSeat, "person", seat.person or "")
        called = Cell(_called(live, seat.role, seat.party), "muted")
        yield Row(row_id(seat), (called, Cell(name or MISSING, "", partial(_field, live, seat, "person"))))
    if live.audience == CUSTOMER:
        return
    there = {(seat.role, seat.party if seat.role is SteeringRole.LEAD else None) for seat in seats}
    for role, party in _wanted(live):
        if (role, party) not in there:
            edit = partial(_taking, live, role, party)
            name = str(RowId("seat", (role.value, party or "")))
            yield Row(name, (Cell(_called(live, role, party), "muted"), Cell("?", "warn", edit)))
    yield placeholder_row(RowId.new("seat"), _new_seat(live))


def _wanted(live: LivePlan) -> Iterator[tuple[SteeringRole, str | None]]:
    """Yield the seats of a committee: chair, sponsor, a lead for each firm, a deputy."""
    yield SteeringRole.CHAIR, None
    yield SteeringRole.SPONSOR, None
    yield from ((SteeringRole.LEAD, party.id) for party in live.view.partners)
    yield SteeringRole.DEPUTY, None


def _called(live: LivePlan, role: SteeringRole, party: str | None) -> str:
    firm = live.view.name_of(Party, party) if party else ""
    return " ".join(filter(None, (role.label.capitalize(), firm)))


def _taking(live: LivePlan, role: SteeringRole, party: str | None) -> Edit:
    """Return how somebody takes a seat that comes in with them."""
    seat = new_id()
    at = FieldRef(SteeringSeat, (seat,), "person")
    edit = field_edit(live.view, at, f"{_called(live, role, party)} · who?", live.context)

    def build(plan: AccountPlan, person: Json) -> Changes:
        if person is None:
            return ()
        rank = rank_after(plan.all(SteeringSeat))
        given = {"id": seat, "rank": rank, "role": role, "party": party, "person": person}
        return (Add(made(SteeringSeat, {**seen_by(SteeringSeat, live.audience), **given})),)

    place = draft_place(SteeringSeat, (NEW, role.value, party or ""), "person")
    return replace(edit, build=build, place=place)


def _new_seat(live: LivePlan) -> Edit:
    """Return how a seat comes in: by its role."""
    seat = new_id()

    def build(plan: AccountPlan, role: Json) -> Changes:
        given = {"id": seat, "rank": rank_after(plan.all(SteeringSeat)), "role": role}
        return (Add(made(SteeringSeat, {**seen_by(SteeringSeat, live.audience), **given})),)

    choices = choices_of(live.view, SteeringSeat, "role")
    place = draft_place(SteeringSeat, (NEW,), "role")
    makes = str(RowId.entity(SteeringSeat, seat))
    return Edit("Another seat", place, "", build, choices, of="role", makes=makes)


# Terms


def _terms(live: LivePlan) -> Iterator[Row]:
    found = live.view.all(Terms)
    if live.audience == CUSTOMER and not found:
        return
    row = found[0] if found else Terms(id=TERMS)
    names = (*_LINES, "visibility")
    cols = visible_cols((Col(Terms, name) for name in names), live.audience)
    yield from (form_row(live, row, col) for col in cols)


# Dates


def _dates(live: LivePlan) -> Iterator[Row]:
    """Yield the review of the scorecard that is next, then the meetings: missed, next, and held lately."""
    if live.audience != CUSTOMER:
        yield from _next_review(live)
    dates = sorted(live.view.all(SteeringDate), key=lambda date: date.on)
    held = [date for date in dates if was_held(date, live.today)]
    for date in [*(date for date in dates if date not in held), *held[::-1][:_LAST_HELD]]:
        told, tone = _state(live, date)
        about = f" · {date.about}" if date.about else ""
        at = Cell(f"{format_date(date.on)}{about}", tone, partial(_field, live, date, "on"))
        yield Row(row_id(date), (Cell(told, "muted"), at))
    if live.audience != CUSTOMER:
        edit = new_row(SteeringDate, "on", new_id(), live.context, {}, title="Date of a steering meeting")
        yield placeholder_row(RowId.new("date"), _new_date(live, edit))


def next_date(live: LivePlan) -> str:
    """Return the row of the meeting that is missed or next, else that on which one is typed."""
    dates = sorted(live.view.all(SteeringDate), key=lambda date: date.on)
    coming = (row_id(date) for date in dates if not was_held(date, live.today))
    return next(coming, str(RowId.new("date")))


def _new_date(live: LivePlan, edit: Edit) -> Edit:
    """Return how a date comes in: as people say it, whole."""
    row = "".join(RowId.parse(edit.makes).key_of(SteeringDate))
    typed = field_edit(live.view, FieldRef(SteeringDate, (row,), "on"), edit.title, live.context)

    def build(plan: AccountPlan, value: Json) -> Changes:
        return edit.build(plan, typed_value(SteeringDate, "on", value, live.dates))

    return replace(typed, build=build, place=edit.place, makes=edit.makes, again=True)


def _state(live: LivePlan, date: SteeringDate) -> tuple[str, str]:
    """Return whether a meeting was held, is to come, or is late, and how that is painted."""
    if was_held(date, live.today) and date.held_on:
        return f"✓ held {format_date(date.held_on)}", "muted"
    late = (live.today - date.on).days
    is_told = late > 0 and live.audience != CUSTOMER
    return (f"Steering, {late} d late", "bad") if is_told else ("Steering", "")


def _next_review(live: LivePlan) -> Iterator[Row]:
    if not has_scorecard(live.view):
        return
    last = last_review(live.view, live.today)
    told = f"never held: {key('review.hold')} holds it" if last is None else _due(live, last)
    yield Row(str(RowId.command("review.hold")), (Cell("Scorecard review", "muted"), Cell(told)))


def _due(live: LivePlan, last: dt.date) -> str:
    due = last + dt.timedelta(live.view.account.review_every_days)
    late = (live.today - due).days
    told = f", {counted(late, 'day')} late: {key('review.hold')} holds it" if late > 0 else ""
    return f"{format_date(due)}{told}"
