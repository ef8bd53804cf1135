"""The joint action plan in Markdown: what a session leaves in everybody's hands, cut for an audience."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from workshop_tui.documents.markdown import code, md
from workshop_tui.domain.account import Member
from workshop_tui.domain.actions import Action
from workshop_tui.domain.dates import format_date
from workshop_tui.domain.entity import Entity, title_of
from workshop_tui.domain.followthrough import first_due
from workshop_tui.domain.gaps import Gap, visible
from workshop_tui.domain.people import Stakeholder
from workshop_tui.domain.plan import KIND, AccountPlan
from workshop_tui.domain.session import Block, Guest, Parking, Presence, Session
from workshop_tui.domain.value import Answer, Contribution, Proposition
from workshop_tui.domain.words import ALLIANCE, CUSTOMER, ActionStatus, AnswerStatus

if TYPE_CHECKING:
    from jinja2 import Template

_CLOSED = {ActionStatus.DONE, ActionStatus.DROPPED}
_SUREST_FIRST = (AnswerStatus.VALIDATED, AnswerStatus.HEARD, AnswerStatus.ASSUMED)
_GAP_BETWEEN_LINES = re.compile(r"\n{3,}")  # nobody's text has a line end in it once it is escaped
_NEVER = dt.date.max
"""Stands behind every date, for what has none."""

K = TypeVar("K")
V = TypeVar("V")
E = TypeVar("E", bound=Entity)


def action_plan(view: AccountPlan, session: Session | None, *, gaps: Sequence[Gap] = ()) -> str:
    """Return the joint action plan as Markdown, for the audience that `view` was cut for.

    `session` is the one whose room, decisions and parking lot are told, the latest when None; actions
    are those of all sessions. `gaps` are those of the whole plan; the ones of rows that aren't in the
    view are left out, and the customer gets none. Answers that were withdrawn are left out too.
    """
    if view.audience is None:
        raise ValueError("An action plan is made from a projection, never from the whole plan.")
    if session is None and view.sessions:
        session = view.sessions[-1]
    text = _template().render(page=Page(view, session, visible(gaps, view)), kind=KIND)
    return _GAP_BETWEEN_LINES.sub("\n\n", text).strip() + "\n"


@functools.cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("workshop_tui.documents"),
        finalize=md,  # every value that the template writes is escaped: nobody can forget it
        autoescape=False,  # noqa: S701 - that would be HTML's escaping
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(code=code, day=format_date)
    return environment.get_template("action_plan.md.j2")


def _grouped(rows: Iterable[V], key: Callable[[V], K]) -> dict[K, list[V]]:
    """Return rows by key, both in the order in which they come."""
    groups: dict[K, list[V]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


@dataclass(frozen=True)
class Page:
    """What the template asks for: the view's rows, gathered the way a reader wants them."""

    view: AccountPlan
    session: Session | None
    gaps: tuple[Gap, ...]

    @property
    def number(self) -> int:
        """The session's number, counted from 1."""
        return self.view.number_of(self.session.id) if self.session else 0

    @property
    def reader(self) -> str:
        """Whom the document is for, and whom not."""
        if self.view.audience == CUSTOMER:
            return f"for {self.customer}"
        if self.view.audience == ALLIANCE:
            firms = " and ".join(party.short for party in self.view.partners)
            return f"for {firms or 'the alliance'}, not for the customer"
        return f"for {self.name('Party', self.view.audience)} alone"

    @property
    def customer(self) -> str:
        """What people call the customer."""
        return self.name("Party", CUSTOMER) or self.view.account.name

    def there(self) -> list[tuple[str, str]]:
        """Return who was there: our people by firm, the customer's by the block they came for."""
        if not self.session:
            return []
        here = self.session.id
        ours = [member for member in self.view.all(Member) if self.view.get(Presence, here, member.id)]
        firms = _grouped(ours, lambda member: member.party)
        blocks = self.here(Block)
        everybody = [
            *((self.name("Party", firm), _introduced(people)) for firm, people in firms.items()),
            *((f"{self.customer}, for “{block.title}”", self._guests(block)) for block in blocks),
            ("Facilitator", self.name("Member", self.session.facilitator)),
        ]
        return [(who, people) for who, people in everybody if people]

    def _guests(self, block: Block) -> str:
        people = self.view.all(Stakeholder)
        return _introduced(person for person in people if self.view.get(Guest, block.id, person.id))

    def here(self, kind: type[E]) -> tuple[E, ...]:
        """Return the rows of a kind that belong to the session."""
        return self.view.where(kind, session=self.session.id) if self.session else ()

    def name(self, kind: str, row_id: str | None) -> str:
        """Return what a row is called; empty for none."""
        return self.view.name_of(KIND[kind], row_id)

    def values(self) -> dict[str, list[Answer]]:
        """Return the answers that still hold by person, the surest first."""
        answers = [answer for answer in self.view.all(Answer) if answer.status in _SUREST_FIRST]
        answers.sort(key=lambda answer: _SUREST_FIRST.index(answer.status))
        return _grouped(answers, lambda answer: self._titled(answer.stakeholder))

    def _titled(self, stakeholder_id: str | None) -> str:
        person = self.view.get(Stakeholder, stakeholder_id)
        return ", ".join(filter(None, (person.name, person.title))) if person else "Not named"

    def _person(self, stakeholder_id: str | None) -> str:
        person = self.view.get(Stakeholder, stakeholder_id)
        return (person.title if person.placeholder else "") or person.name if person else ""

    def standing(self, answer: Answer) -> str:
        """Return how sure an answer is, as in «heard 28 May 2026 by Rowan Achterberg»."""
        validated = answer.status == AnswerStatus.VALIDATED
        day = answer.validated_on if validated else answer.heard_on
        said = f"{answer.status.label} {format_date(day)}" if day else answer.status.label
        hearer = self.name("Member", answer.heard_by)
        return f"{said}{', heard by' if validated else ' by'} {hearer}" if hearer else said

    def details(self, answer: Answer) -> list[tuple[str, str]]:
        """Return what else is known of an answer, each with its title."""
        found = ((name, getattr(answer, name)) for name in ("success", "measure", "horizon", "personal"))
        return [(title_of(Answer, name), value) for name, value in found if value]

    def proposed(self, proposition: Proposition) -> list[tuple[str, str]]:
        """Return the lines of a proposition, each with whose it is."""
        shares = self.view.where(Contribution, proposition=proposition.id)
        lines = [
            *((f"{self.name('Party', share.party)} brings", share.brings) for share in shares),
            ("Together", proposition.together),
            (f"{self.customer} gains", proposition.customer_gains),
            *((f"{self.name('Party', share.party)} gains", share.gains) for share in shares),
        ]
        return [(title, text) for title, text in lines if text]

    def milestones(self) -> dict[str, list[Action]]:
        """Return all actions by milestone: first what is still to be done, and of that the earliest due."""
        actions = sorted(self.view.all(Action), key=_urgency)
        return _grouped(actions, lambda action: action.milestone or "No milestone")

    def owners(self) -> dict[str, list[Action]]:
        """Return the actions still to be done by owner, in the order of the team; those of nobody last."""
        order = {member.id: place for place, member in enumerate(self.view.all(Member))}
        actions = [action for action in self.view.all(Action) if action.status not in _CLOSED]
        actions.sort(key=lambda action: (order.get(action.owner or "", len(order)), _urgency(action)))
        return _grouped(actions, lambda action: self.name("Member", action.owner))

    def facts(self, action: Action) -> str:
        """Return who does an action by when, and where it stands."""
        return _told(
            ("owner", self.name("Member", action.owner)),
            ("accountable", self.name("Member", action.accountable)),
            ("due", self._due(action)),
            ("for", self._person(action.stakeholder)),
            ("from", self._elsewhere(action.session)),
            ("", _status(action)),
        )

    def _due(self, action: Action) -> str:
        first = first_due(self.view, action)
        due = str(action.due or "")
        return f"{due} (first {first})" if first and first != action.due else due

    def _elsewhere(self, session_id: str) -> str:
        here = self.session and self.session.id == session_id
        return "" if here else f"session {self.view.number_of(session_id)}"

    def parked(self) -> list[tuple[str, str]]:
        """Return the parking lot of this session and what others left in it, with what became of each."""
        return [
            (item.text, self._fate(item))
            for item in self.view.all(Parking)
            if not self._elsewhere(item.session) or not (item.became or item.dropped)
        ]

    def _fate(self, item: Parking) -> str:
        if item.became or item.dropped:
            return f"became {item.became}" if item.became else "dropped"
        return _told(
            ("owner", self.name("Member", item.owner)),
            ("by", str(item.due or "")),
            ("from", self._elsewhere(item.session)),
        )

    def lacking(self) -> list[tuple[str, str]]:
        """Return what is missing from each row: its name and what to do."""
        found = _grouped(self.gaps, lambda gap: (gap.kind, gap.key))
        return [(self._lacks(each[0]), "; ".join(gap.message for gap in each)) for each in found.values()]

    def _lacks(self, gap: Gap) -> str:
        return self._person(gap.key[0]) if gap.kind == Stakeholder.__name__ else gap.name


def _introduced(people: Iterable[Member | Stakeholder]) -> str:
    told = ((person.name, person.role if isinstance(person, Member) else person.title) for person in people)
    return ", ".join(f"{name} ({does})" if does else name for name, does in told)


def _told(*facts: tuple[str, str]) -> str:
    return ", ".join(f"{word} {value}".strip() for word, value in facts if value)


def _status(action: Action) -> str:
    if action.status == ActionStatus.OPEN:
        return ""  # what everybody expects
    why = action.done_on or (f"({action.reason})" if action.reason else "")
    return f"{action.status.label} {why}".strip()


def _urgency(action: Action) -> tuple[bool, dt.date]:
    return action.status in _CLOSED, action.due or _NEVER
