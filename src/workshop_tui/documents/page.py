"""What the parts of the joint action plan have in common: names, and how things are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.metrics import PlanMetrics
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.plan import KIND, AccountPlan, display_name

K = TypeVar("K")
V = TypeVar("V")
E = TypeVar("E", bound=Entity)


@dataclass(frozen=True)
class Line:
    """A line of a list, and the lines beneath it."""

    text: str
    beneath: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """Rows of a view gathered the way a reader wants them, and figures of the whole plan."""

    view: AccountPlan
    session: Session | None
    figures: PlanMetrics
    alone: bool = False
    """Whether the session is told alone: by what it dated itself, as others came after it."""

    @property
    def customer(self) -> str:
        """What people call the customer."""
        return self.name("Party", CUSTOMER) or self.view.account.name

    def name(self, kind: str, row_id: str | None) -> str:
        """Return what a row is called; empty for none."""
        return self.view.name_of(KIND[kind], row_id)

    def whoever(self, person_id: str | None) -> str:
        """Return what one of ours or of the customer's people is called; empty for none."""
        person = self.view.person(person_id)
        return display_name(self.view, person) if person else ""

    def titled(self, stakeholder_id: str | None) -> str:
        """Return a person's name and title."""
        person = self.view.get(Stakeholder, stakeholder_id)
        return ", ".join(filter(None, (person.name, person.title))) if person else "Not named"

    def person(self, stakeholder_id: str | None) -> str:
        """Return a person's name, or the title of a seat that is still to be named."""
        return self.view.name_of(Stakeholder, stakeholder_id)

    def day(self, day: dt.date | None) -> str:
        """Return a day as all of a document has it, as in 9 Jun 2026; empty for none."""
        return format_date(day) if day else ""

    def here(self, kind: type[E]) -> tuple[E, ...]:
        """Return the rows of a kind that belong to the session."""
        return self.view.where(kind, session=self.session.id) if self.session else ()

    def elsewhere(self, session_id: str) -> str:
        """Return which session it was, when it is not the one that is told."""
        here = self.session and self.session.id == session_id
        return "" if here else f"session {self.view.number_of(session_id)}"


def grouped(rows: Iterable[V], key: Callable[[V], K]) -> dict[K, list[V]]:
    """Return rows by key, both in the order in which they come."""
    groups: dict[K, list[V]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def told(*facts: tuple[str, str]) -> str:
    """Return facts in one line, each with its word before it; those without a value are left out."""
    return ", ".join(f"{word} {value}".strip() for word, value in facts if value)


def labelled(*facts: tuple[str, str]) -> tuple[str, ...]:
    """Return facts as lines, each with its title; those without a value are left out."""
    return tuple(f"{title}: {value}" for title, value in facts if value)
