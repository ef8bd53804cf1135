"""The joint action plan's part about the session: who was there, what is left over, how it went."""

from __future__ import annotations

from collections.abc import Iterable

from workshop_tui.documents.page import Line, Part, grouped, labelled, told
from workshop_tui.domain.account import Member
from workshop_tui.domain.dates import format_date
from workshop_tui.domain.followthrough import FollowThrough
from workshop_tui.domain.gaps import RULES, Gap
from workshop_tui.domain.people import Stakeholder
from workshop_tui.domain.session import Block, Guest, Parking, Presence, Roti, Session
from workshop_tui.domain.value import Answer
from workshop_tui.domain.words import ALLIANCE, CUSTOMER


class SessionPart(Part):
    """The session that is told, and what all sessions have left over."""

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

    def there(self) -> tuple[str, ...]:
        """Return who was there: our people by firm, the customer's by the block they came for."""
        if not self.session:
            return ()
        here = self.session.id
        ours = [member for member in self.view.all(Member) if self.view.get(Presence, here, member.id)]
        firms = grouped(ours, lambda member: member.party)
        return labelled(
            *((self.name("Party", firm), _introduced(people)) for firm, people in firms.items()),
            *((f"{self.customer}, for “{block.title}”", self._guests(block)) for block in self.here(Block)),
            ("Facilitator", self.name("Member", self.session.facilitator)),
        )

    def _guests(self, block: Block) -> str:
        people = self.view.all(Stakeholder)
        return _introduced(person for person in people if self.view.get(Guest, block.id, person.id))

    def went(self) -> tuple[str, ...]:
        """Return what the session cost and how the room scored it; nothing for the customer."""
        if not self.session:
            return ()
        roti = self.figures.roti(self.session.id)
        seats = len(self.here(Roti))
        return labelled(
            ("Cost of the session", self.figures.cost(self.session.id)),
            ("Return on time invested", f"{roti:.2f} of 5, from {_many(seats, 'seat')}" if roti else ""),
        )

    def followed(self) -> list[tuple[str, FollowThrough]]:
        """Return what became of the actions of the session before and of this one, once any was due."""
        if not self.session:
            return []
        both = [session for session in (self.view.before(self.session), self.session) if session]
        found = ((self._dated(session), self.figures.follow_through(session.id)) for session in both)
        return [(session, kept) for session, kept in found if kept and kept.due]

    def _dated(self, session: Session) -> str:
        return f"{self.view.number_of(session.id)}, {format_date(session.held_on)}"

    def parked(self) -> list[str]:
        """Return the parking lot of this session and what others left in it, with what became of each."""
        return [
            " — ".join(filter(None, (item.text, self._fate(item))))
            for item in self.view.all(Parking)
            if not self.elsewhere(item.session) or not (item.became or item.dropped)
        ]

    def _fate(self, item: Parking) -> str:
        if item.became or item.dropped:
            return f"became {item.became}" if item.became else "dropped"
        return told(
            ("owner", self.name("Member", item.owner)),
            ("by", str(item.due or "")),
            ("from", self.elsewhere(item.session)),
        )

    def quality(self) -> str:
        """Return how good the plan is, in one sentence; empty while there is nothing to judge."""
        quality = self.figures.quality
        shares = (
            (quality.actions, "of the open actions are complete"),
            (quality.people, "of the key people are looked after"),
        )
        why = ", ".join(f"{percent(share)} {says}" for share, says in shares if share is not None)
        return f"Plan quality {percent(quality.score)}: {why}." if why else ""

    def gaps(self) -> tuple[Gap, ...]:
        """Return what is missing, and what else would raise the quality of the plan."""
        more = (gap for gap in self.figures.quality.missing if gap.rule not in RULES)
        return (*self.figures.gaps, *more)

    def lacking(self) -> list[Line]:
        """Return what is missing from each row: its name, and what to do."""
        found = grouped(self.gaps(), lambda gap: (gap.kind, gap.key)).values()
        said = ((self._lacks(each[0]), tuple(gap.message for gap in each)) for each in found)
        return [Line(name, more) if more[1:] else Line(f"{name} — {more[0]}") for name, more in said]

    def _lacks(self, gap: Gap) -> str:
        if gap.kind == Stakeholder.__name__:
            return self.person(gap.key[0])
        answer = self.view.get(Answer, *gap.key) if gap.kind == Answer.__name__ else None
        return f"“{answer.text}” ({self.person(answer.stakeholder)})" if answer else gap.name


def percent(share: float | None) -> str:
    """Return a share as a percentage; a dash for none."""
    return "—" if share is None else f"{share:.0%}"


def _introduced(people: Iterable[Member | Stakeholder]) -> str:
    known = ((person.name, person.role if isinstance(person, Member) else person.title) for person in people)
    return ", ".join(f"{name} ({does})" if does else name for name, does in known)


def _many(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
