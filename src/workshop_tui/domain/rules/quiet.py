"""Whom we have not met for too long, who owns them, and who of ours should go."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.people import Stakeholder, Tie
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.pairing import pairing
from workshop_tui.domain.rules.people import days_beyond_rhythm, has_left, is_to_be_met, last_contact, rhythm


class QuietPerson(Struct, frozen=True):
    """One of the customer's people who is to be met again, or for the first time."""

    person: str
    """The stakeholder's id."""
    name: str
    last: dt.date | None
    """The day they were met last; None for never."""
    days: int | None
    """For how many days they have not been met; None for who was never met."""
    rhythm: int
    """How many days may lie between two contacts with them."""
    influence: int
    owners: tuple[str, ...]
    """Ids of the team members who own a tie to them, in the order of the firms."""
    goes: str
    """Id of who of ours should go; empty where nobody of ours is known."""
    why: str
    """The reason for that, in words."""

    @property
    def told(self) -> str:
        """For how long it has been quiet, in words."""
        return "never met" if self.days is None else f"not met for {self.days} days"

    @property
    def place(self) -> tuple[int, int]:
        """Where they stand among others: who was never met first, then the longest."""
        return (0, -self.influence) if self.days is None else (1, -self.days)


def going_quiet(whole: AccountPlan, view: AccountPlan, on: dt.date) -> tuple[QuietPerson, ...]:
    """Return whom we have not met for longer than their rhythm on a day, who was never met first.

    That is key people, and whoever has a rhythm of their own, as far as they are still there. When they
    were met is known by the whole plan as it was known on that day; `view` is that plan for who reads
    this, who hears of nobody else, in no count either. For the customer there is nobody.
    """
    if view.audience == CUSTOMER:
        return ()
    people = (one for one in view.all(Stakeholder) if is_to_be_met(one) and not has_left(one, on))
    found = (_quiet(whole, view, one, on) for one in people if days_beyond_rhythm(whole, one, on) != 0)
    return tuple(sorted(found, key=lambda one: one.place))


def _quiet(whole: AccountPlan, view: AccountPlan, person: Stakeholder, on: dt.date) -> QuietPerson:
    last, goes = last_contact(whole, person, on), pairing(view, person, best=1)
    ties = (view.get(Tie, person.id, party.id) for party in view.partners)
    return QuietPerson(
        person=person.id,
        name=person.words,
        last=last,
        days=(on - last).days if last else None,
        rhythm=rhythm(person),
        influence=person.influence or 0,
        owners=tuple(tie.owner for tie in ties if tie and tie.owner),
        goes=goes[0].member if goes else "",
        why=goes[0].reason if goes else "",
    )
