"""What a document is made of: the plan cut for its audience, the session that is told, and its figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TypeVar

from msgspec import Struct

from workshop_tui.documents.document import Task, Text, text
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.text import one_line
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, ActionStatus
from workshop_tui.domain.lifecycle.errata import told as told_erratum
from workshop_tui.domain.metrics import PlanMetrics
from workshop_tui.domain.model.account import Member, Party
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block, Erratum, Guest, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import KIND, AccountPlan, display_name
from workshop_tui.domain.rules.people import side_of
from workshop_tui.domain.rules.value import holds, written

K = TypeVar("K")
V = TypeVar("V")
E = TypeVar("E", bound=Entity)


class Source(Struct, frozen=True):
    """What a document tells, and how it names things."""

    view: AccountPlan
    session: Session | None
    figures: PlanMetrics
    sealed: str = ""
    """Of which sealed record this is made, in a sentence; empty for none."""
    is_alone: bool = False
    """Whether the session is told alone: by what it dated itself, as others came after it."""
    owner: str = ""
    """Whose actions alone the view has, in a sentence; empty for everybody's."""

    @property
    def on(self) -> dt.date:
        """The day at which the plan is looked at."""
        return self.figures.on

    @property
    def is_customers(self) -> bool:
        """Whether the customer reads it."""
        return self.view.audience == CUSTOMER

    @property
    def number(self) -> int:
        """The session's number, counted from 1; 0 for none."""
        return self.view.number_of(self.session.id) if self.session else 0

    @property
    def before(self) -> Session | None:
        """The session before the one that is told; None for none."""
        if self.session is None or self.is_alone:
            return None
        if not self.is_customers:
            return self.view.before(self.session)
        number = self.number
        return next((s for s in reversed(self.sessions) if self.view.number_of(s.id) < number), None)

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions that are named to the reader: to the customer only those with one of their people.

        Whoever is put down for a block of a session to come is invited, and counts.
        """
        return attended(self.view) if self.is_customers else self.view.sessions

    @property
    def is_named(self) -> bool:
        """Whether the session that is told may be named to the reader."""
        return self.session in self.sessions

    @property
    def customer(self) -> str:
        """What people call the customer."""
        return self.name("Party", CUSTOMER) or self.view.account.name

    @property
    def firms(self) -> str:
        """The firms of the alliance, as in «Quillhaven and Stratalume»."""
        return " and ".join(party.short for party in self.view.partners)

    @property
    def reader(self) -> str:
        """Whom the document is for, and whom not, in a sentence."""
        if self.is_customers:
            return f"For {self.customer}."
        if self.view.audience == ALLIANCE:
            return f"For {self.firms or 'the alliance'}, not for the customer."
        return f"For {self.name('Party', self.view.audience)} alone."

    def name(self, kind: str, row_id: str | None) -> str:
        """Return what a row is called; empty for none."""
        return self.view.name_of(KIND[kind], row_id)

    def whoever(self, person_id: str | None) -> str:
        """Return what one of ours or of the customer's people is called; empty for none."""
        person = self.view.person(person_id)
        return display_name(self.view, person) if person else ""

    def with_side(self, person_id: str | None) -> str:
        """Return a person with their firm, as in «Jonty Eskeland (Quillhaven)»; empty for none."""
        side = self.name("Party", side_of(self.view, person_id)) if self.view.person(person_id) else ""
        return f"{self.whoever(person_id)}{f' ({side})' if side else ''}"

    def titled(self, stakeholder_id: str | None) -> str:
        """Return a person's name and title."""
        person = self.view.get(Stakeholder, stakeholder_id)
        if person is None:
            return "Not named"
        return ", ".join(filter(None, (person.name, person.title)))

    def person(self, stakeholder_id: str | None) -> str:
        """Return a person's name, or the title of a seat that is still to be named."""
        return self.view.name_of(Stakeholder, stakeholder_id)

    def money(self, sum_of: float) -> str:
        """Return a sum in the account's currency."""
        return f"{self.view.account.currency} {written(sum_of)}"

    def here(self, kind: type[E]) -> tuple[E, ...]:
        """Return the rows of a kind that belong to the session."""
        return self.view.where(kind, session=self.session.id) if self.session else ()

    def elsewhere(self, session_id: str) -> str:
        """Return which session it was, when it is not the one that is told."""
        here = self.session and self.session.id == session_id
        return "" if here else f"session {self.view.number_of(session_id)}"

    def member_of(self, party: Party) -> Member | None:
        """Return whom to turn to in a firm: the first of its people."""
        return next(iter(self.view.where(Member, party=party.id)), None)

    def put_right(self) -> tuple[str, ...]:
        """Return what was put right in the sealed record since, of what this audience reads."""
        return tuple(map(self._erratum, self.view.all(Erratum)))

    def _erratum(self, one: Erratum) -> str:
        what, on = told_erratum(one, self.view), day(one.at.astimezone().date())
        return f"{what[:1].upper()}{what[1:]} ({', '.join(filter(None, (one.by, on, one.why)))})"

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return what a machine reads first."""
        day = self.session.held_on if self.session else None
        return (
            ("account", self.view.account.name),
            ("session", f"{self.number}{f', {day}' if day else ''}" if self.is_named else ""),
            ("as_of", str(self.on)),
            ("audience", self.view.audience or ""),
            ("sealed", self.sealed),
        )

    # Actions

    def task(self, action: Action) -> Task:
        """Return an action as it stands in a list that can be ticked."""
        carried = len(self.view.where(Carry, action=action.id))
        about = self.person(action.stakeholder) if action.stakeholder != action.owner else ""
        is_late = action.status.is_open and action.due is not None and action.due < self.on
        facts = (
            action.status.label if action.status not in {ActionStatus.OPEN, ActionStatus.DONE} else "",
            f"carried {carried}×" if carried else "",
            f"about {about}" if about and not self.is_customers else "",
            milestone_fact(one_line(action.milestone)) if not self.is_customers else "",
            self._made(action),
        )
        return Task(
            action.id,
            action.title,
            action.status is ActionStatus.DONE,
            self.with_side(action.owner) or "nobody yet",
            self._answers_for(action),
            action.due,
            action.done_on,
            (self.on - action.due).days if is_late and action.due else 0,
            tuple(filter(None, facts)),
            tuple(self._beneath(action)),
        )

    def _answers_for(self, action: Action) -> str:
        is_told = not self.is_customers and action.accountable != action.owner
        return self.with_side(action.accountable) if is_told else ""

    def _made(self, action: Action) -> str:
        return "" if self.is_customers or not self.before else self.elsewhere(action.session)

    def _beneath(self, action: Action) -> Iterable[Text]:
        """Yield what an action serves, and what shows that it is done."""
        answer = self.view.get(Answer, action.answer)
        if answer and holds(answer):
            yield text(f"For: “{one_line(answer.text)}” ({self.person(answer.stakeholder)})")
        if action.evidence:
            yield text(f"Evidence: {one_line(action.evidence)}")


def milestone_fact(milestone: str) -> str:
    """Return a milestone as a fact of an action that leads to it; without the word it reads as reached."""
    return f"for: {milestone}" if milestone else ""


def attended(view: AccountPlan) -> tuple[Session, ...]:
    """Return the sessions for which one of the customer's people was put down, as far as a view shows it."""
    blocks = (view.get(Block, guest.block) for guest in view.all(Guest))
    known = {block.session for block in blocks if block}
    return tuple(session for session in view.sessions if session.id in known)


def by_due(action: Action) -> tuple[bool, dt.date]:
    """Return where an action stands in a list: by its date, those without one last."""
    return action.due is None, action.due or dt.date.max


def grouped(rows: Iterable[V], key: Callable[[V], K]) -> dict[K, list[V]]:
    """Return rows by key, both in the order in which they come."""
    groups: dict[K, list[V]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def told(*facts: tuple[str, str]) -> str:
    """Return facts in one line, each with its word before it; those without a value are left out."""
    return ", ".join(f"{word} {value}".strip() for word, value in facts if value)


def day(of: dt.date | None) -> str:
    """Return a day as all of a document has it, as in 9 Jun 2026; empty for none."""
    return format_date(of) if of else ""


def percent(share: float | None) -> str:
    """Return a share as a percentage; a dash for none."""
    return "—" if share is None else f"{share:.0%}"


def sentence(words: str) -> str:
    """Return words as a sentence, with a sign at its end."""
    words = one_line(words)
    return words if not words or words[-1] in ".!?…”" else f"{words}."
