"""What follows from what is known of people."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.vocabulary import CUSTOMER, Quadrant
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import (
    Meeting,
    MeetingMember,
    MeetingStakeholder,
    Reading,
    Stakeholder,
    Tie,
)
from workshop_tui.domain.model.session import Block, Guest, Presence, Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Refused

CONTACT_DAYS = 90
"""Days between two contacts, of whoever has no rhythm of their own."""
KEY_INFLUENCE = 4
HIGH_INTEREST = 3


def is_key(person: Stakeholder) -> bool:
    """Whether a stakeholder is key: influence 4 or 5."""
    return (person.influence or 0) >= KEY_INFLUENCE


def side_of(plan: AccountPlan, person_id: str | None) -> str:
    """Return the side of one of ours or of theirs: a firm's id, or «customer»; "" for nobody.

    Worked out on the whole plan: of one of the customer's people who is hidden in a view, it is "" there.
    """
    match plan.person(person_id):
        case Member(party=party):
            return party
        case Stakeholder():
            return CUSTOMER
        case _:
            return ""


def has_left(person: Stakeholder, on: dt.date) -> bool:
    """Whether a stakeholder is not there any more on a day: not from the day they left."""
    return person.left_on is not None and person.left_on <= on


def still_here(people: Iterable[Stakeholder], on: dt.date) -> tuple[Stakeholder, ...]:
    """Return who of these has not left by a day, in their order."""
    return tuple(person for person in people if not has_left(person, on))


def quadrant(person: Stakeholder) -> Quadrant | None:
    """Return the field of the influence × interest map; None while either is unknown."""
    if person.influence is None or person.interest is None:
        return None
    return {
        (True, True): Quadrant.MANAGE_CLOSELY,
        (True, False): Quadrant.KEEP_SATISFIED,
        (False, True): Quadrant.KEEP_INFORMED,
        (False, False): Quadrant.MONITOR,
    }[is_key(person), person.interest >= HIGH_INTEREST]


def owning_partners(plan: AccountPlan, person: Stakeholder) -> tuple[str, ...]:
    """Return the ids of the partners that have an owner for this relationship."""
    return tuple(tie.party for tie in plan.where(Tie, stakeholder=person.id) if tie.owner)


def latest_reading(plan: AccountPlan, person: Stakeholder, toward: str) -> Reading | None:
    """Return the sentiment read last toward «all» or a partner, be it unknown; None when never read."""
    readings = plan.where(Reading, stakeholder=person.id, toward=toward)
    return max(readings, key=lambda reading: plan.number_of(reading.session), default=None)


def latest_readings(plan: AccountPlan, person: Stakeholder) -> tuple[Reading, ...]:
    """Return all readings of the latest session in which this person has any."""
    readings = plan.where(Reading, stakeholder=person.id)
    latest = max((plan.number_of(reading.session) for reading in readings), default=0)
    return tuple(reading for reading in readings if plan.number_of(reading.session) == latest)


def drift(plan: AccountPlan, earlier: str, later: str) -> Mapping[str, Mapping[str, int]]:
    """Return how sentiment moved between two sessions: stakeholder's id → toward → −4 to +4.

    Only changes are in it. There is no drift to or from unknown.
    """
    moved: dict[str, dict[str, int]] = defaultdict(dict)
    for now in plan.where(Reading, session=later):
        then = plan.get(Reading, earlier, now.stakeholder, now.toward)
        if then and then.value is not None and now.value is not None and then.value != now.value:
            moved[now.stakeholder][now.toward] = now.value - then.value
    return dict(moved)


class Encounter(Struct, frozen=True):
    """A day on which one of ours met a stakeholder, and the partners that were there."""

    on: dt.date
    parties: frozenset[str]


def contacts(plan: AccountPlan, person: Stakeholder, on: dt.date) -> tuple[Encounter, ...]:
    """Return the meetings with a person up to a date, oldest first; a session they came to is one."""
    days = [
        Encounter(meeting.on, _parties(plan, plan.where(MeetingMember, meeting=meeting.id)))
        for met in plan.where(MeetingStakeholder, stakeholder=person.id)
        if (meeting := plan.get(Meeting, met.meeting))
    ]
    visited = {
        block.session
        for guest in plan.where(Guest, stakeholder=person.id)
        if (block := plan.get(Block, guest.block))
    }
    days += [
        Encounter(session.held_on, _parties(plan, plan.where(Presence, session=session.id)))
        for session in plan.all(Session)
        if session.id in visited
    ]
    return tuple(sorted((day for day in days if day.on <= on), key=lambda day: day.on))


def _parties(plan: AccountPlan, there: tuple[MeetingMember, ...] | tuple[Presence, ...]) -> frozenset[str]:
    members = (plan.get(Member, row.member) for row in there)
    return frozenset(member.party for member in members if member)


def last_contact(plan: AccountPlan, person: Stakeholder, on: dt.date) -> dt.date | None:
    """Return the day of the latest contact by any partner up to a date; None when there was none."""
    known: Mapping[str, dt.date] | None = plan.memo.get(("last contact", on))
    if known is None:
        known = plan.memo["last contact", on] = _last_contacts(plan, on)
    return known.get(person.id)


def note_last_contacts(plan: AccountPlan, on: dt.date, met: Mapping[str, dt.date]) -> None:
    """Have `last_contact` know of a plan that holds no meetings on which day everybody was met last."""
    plan.memo["last contact", on] = met


def _last_contacts(plan: AccountPlan, on: dt.date) -> dict[str, dt.date]:
    """Return stakeholder's id → the day of the last of their `contacts`, worked out once for everybody."""
    met: dict[str, dt.date] = {}

    def note(person: str, day: dt.date) -> None:
        if day <= on and (person not in met or met[person] < day):
            met[person] = day

    for meeting, person in plan.rows.get(MeetingStakeholder, {}):
        if found := plan.get(Meeting, meeting):
            note(person, found.on)
    for block, person in plan.rows.get(Guest, {}):
        at = plan.get(Block, block)
        if session := plan.get(Session, at.session) if at else None:
            note(person, session.held_on)
    return met


def solo_run(plan: AccountPlan, person: Stakeholder, on: dt.date) -> tuple[str, int]:
    """Return (partner's id, how many of the latest contacts in a row it held alone); ("", 0) for none.

    Where there is one partner only, nobody is left out: it holds none alone.
    """
    return run_alone(plan, [contact.parties for contact in contacts(plan, person, on)])


def run_alone(plan: AccountPlan, there: Sequence[frozenset[str]]) -> tuple[str, int]:
    """Return the same of the partners that were at one contact after the other."""
    if not there or len(there[-1]) != 1 or not plan.partners[1:]:
        return "", 0
    alone = there[-1]
    shared = next((n for n, parties in enumerate(reversed(there)) if parties != alone), len(there))
    return next(iter(alone)), shared


def met(plan: AccountPlan, meeting: Meeting) -> tuple[Stakeholder, ...]:
    """Return whom of the customer's people a meeting was with, in the order of the people."""
    there = {row.stakeholder for row in plan.where(MeetingStakeholder, meeting=meeting.id)}
    return tuple(person for person in plan.all(Stakeholder) if person.id in there)


def meetings_with(plan: AccountPlan, person: Stakeholder) -> tuple[Meeting, ...]:
    """Return the meetings that a person was at, in the order of the meetings."""
    those = {row.meeting for row in plan.where(MeetingStakeholder, stakeholder=person.id)}
    return tuple(meeting for meeting in plan.all(Meeting) if meeting.id in those)


def is_to_be_met(person: Stakeholder) -> bool:
    """Whether contact with a person is kept up: key people, and whoever has a rhythm of their own."""
    return is_key(person) or bool(person.rhythm_days)


def rhythm(person: Stakeholder) -> int:
    """Return how many days may lie between two contacts with a person: their own rhythm, else 90."""
    return person.rhythm_days or CONTACT_DAYS


def days_beyond_rhythm(plan: AccountPlan, person: Stakeholder, on: dt.date) -> int | None:
    """Return for how many days a contact has been due on a day: 0 while it isn't, and for who has left.

    None for somebody who was never met.
    """
    if has_left(person, on):
        return 0
    last = last_contact(plan, person, on)
    return None if last is None else max(0, (on - last).days - rhythm(person))


def held_on(day: dt.date, today: dt.date) -> dt.date:
    """Return the day of a meeting; raises Refused for one that has not come."""
    if day > today:
        told = "make an action of a meeting ahead; for one that was, type the year, or -5d"
        raise Refused(f"{format_date(day)} has not come yet: {told}.")
    return day
