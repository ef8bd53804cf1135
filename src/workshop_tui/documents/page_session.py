"""The joint action plan's part about the session: who was there, what is left over, how it went."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from workshop_tui.documents.page import Line, Part, grouped, labelled, told
from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.text import counted
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, TOWARD_ALL
from workshop_tui.domain.gaps.ranking import GapGroup, ranked
from workshop_tui.domain.gaps.registry import Gap
from workshop_tui.domain.lifecycle.closing import outcome
from workshop_tui.domain.lifecycle.errata import told as told_erratum
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Reading, Stakeholder
from workshop_tui.domain.model.session import (
    Block,
    Decision,
    Erratum,
    Guest,
    Parking,
    Presence,
    Risk,
    Roti,
    Session,
)
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import display_name
from workshop_tui.domain.rules.decisions import in_the_room, replaced_by, short_id
from workshop_tui.domain.rules.follow_through import FollowThrough
from workshop_tui.domain.rules.risks import ranked as ranked_risks


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
            ("Return on time invested", f"{roti:.2f} of 5, from {counted(seats, 'seat')}" if roti else ""),
        )

    def followed(self) -> list[tuple[str, FollowThrough]]:
        """Return what became of the actions of each session that had any due, and of all together."""
        if self.alone:
            return []
        kept = [
            (self._dated(session), self.figures.follow_through(session.id)) for session in self.view.sessions
        ]
        found = [(session, counts) for session, counts in kept if counts and counts.due]
        every = self.figures.follow_through()
        return [*found, ("All sessions", every)] if found and every else found

    def _dated(self, session: Session) -> str:
        return f"{self.view.number_of(session.id)}, {format_date(session.held_on)}"

    def put_right(self) -> tuple[str, ...]:
        """Return what was put right in the sealed record, of what this audience reads."""
        return tuple(map(self._erratum, self.view.all(Erratum)))

    def _erratum(self, one: Erratum) -> str:
        day = format_date(one.at.astimezone().date())
        return f"{_upper(told_erratum(one, self.view))} ({', '.join(filter(None, (one.by, day, one.why)))})"

    @property
    def _before(self) -> tuple[Session, ...]:
        """The sessions before this one, the latest first."""
        return self.view.sessions[: max(self.number - 1, 0)][::-1]

    def decided_before(self) -> list[tuple[Decision, str]]:
        """Return the decisions of earlier sessions, the latest first, each with its session and day."""
        return [
            (decision, self._dated(session))
            for session in self._before
            for decision in self.view.where(Decision, session=session.id)
        ]

    def called(self, decision: Decision) -> str:
        """Return how we call a decision, as in «D3»; empty for the customer."""
        return short_id(self.view, decision)

    def decided_by(self) -> tuple[str, ...]:
        """Return who was in the room as this session's decisions were taken; nothing for the customer."""
        return self._in_the_room(self.session) if self.session else ()

    def decided_before_by(self) -> tuple[str, ...]:
        """Return who was in the room in each earlier session that decided anything."""
        return tuple(line for session in self._before for line in self._in_the_room(session))

    def _in_the_room(self, session: Session) -> tuple[str, ...]:
        if self.view.audience == CUSTOMER or not self.view.where(Decision, session=session.id):
            return ()
        there = ", ".join(display_name(self.view, person) for person in in_the_room(self.view, session.id))
        return labelled((f"In the room in session {self.view.number_of(session.id)}", there))

    def replaced(self, decision: Decision) -> str:
        """Return which decision takes the place of one; empty where it holds."""
        later = replaced_by(self.view, decision)
        return f"replaced by “{later.text}”" if later else ""

    def risks(self) -> list[str]:
        """Return the risks of all sessions, this one's first, heaviest first, each with who watches it."""
        risks = sorted(ranked_risks(self.view.all(Risk)), key=lambda risk: bool(self.elsewhere(risk.session)))
        return [" — ".join(filter(None, (risk.text, self._watched(risk)))) for risk in risks]

    def _watched(self, risk: Risk) -> str:
        return told(("owner", self.whoever(risk.owner)), ("from", self.elsewhere(risk.session)))

    def felt(self) -> list[Line]:
        """Return how people felt in the session toward the alliance and each partner, and how we know."""
        read = grouped(self.here(Reading), lambda reading: reading.stakeholder)
        people = (person for person in self.view.all(Stakeholder) if person.id in read)
        return [Line(*self._feels(person, read[person.id])) for person in people]

    def _feels(self, person: Stakeholder, read: list[Reading]) -> tuple[str, tuple[str, ...]]:
        by_whom = {reading.toward: reading for reading in read}
        toward = (("the alliance", TOWARD_ALL), *((party.short, party.id) for party in self.view.partners))
        said = [f"{whom} {_feeling(by_whom[to])}" for whom, to in toward if to in by_whom]
        how = dict.fromkeys(": ".join(filter(None, (r.confidence.label, r.evidence))) for r in read)
        return f"{self.titled(person.id)} — {', '.join(said)}", tuple(how)

    def parked(self) -> list[str]:
        """Return the parking lot of this session and what others left in it, with what became of each."""
        return [
            " — ".join(filter(None, (item.text, self._fate(item))))
            for item in self.view.all(Parking)
            if not self.elsewhere(item.session) or not (item.has_turned or item.dropped)
        ]

    def _fate(self, item: Parking) -> str:
        if item.has_turned or item.dropped:
            if became := outcome(self.view, item):
                return f"became the {became.VERBOSE_NAME} “{became.words}”"
            return "dropped" if item.dropped else "settled"
        return told(
            ("owner", self.whoever(item.owner)),
            ("by", self.day(item.due)),
            ("from", self.elsewhere(item.session)),
        )

    def quality(self) -> str:
        """Return how good the plan is, in one sentence; empty while there is nothing to judge."""
        if self.alone:
            return ""
        quality = self.figures.quality
        shares = (
            (quality.actions, "of the open and done actions are well formed"),
            (quality.people, "of the key people are looked after"),
        )
        why = ", ".join(f"{percent(share)} {says}" for share, says in shares if share is not None)
        return f"Plan quality {percent(quality.score)}: {why}." if why else ""

    def gaps(self) -> tuple[Gap, ...]:
        """Return the gaps, as they are counted everywhere; none where one session is told alone."""
        return () if self.alone else self.figures.gaps

    def besides(self) -> tuple[Gap, ...]:
        """Return what is no gap, but would raise the quality of the plan."""
        told = set(self.gaps())
        return () if self.alone else tuple(gap for gap in self.figures.quality.missing if gap not in told)

    def missing(self) -> list[tuple[str, tuple[Gap, ...]]]:
        """Return the gaps with their number, and what else would raise plan quality; only what there is."""
        lists = (
            (f"{counted(len(self.gaps()), 'gap')}:", self.gaps()),
            ("What else would raise plan quality:", self.besides()),
        )
        return [(heading, gaps) for heading, gaps in lists if gaps]

    def lacking(self, gaps: Iterable[Gap]) -> list[Line]:
        """Return what is missing as it is ranked everywhere: the fix once for all, then what lacks it."""
        return [
            Line(": ".join(filter(None, (group.told, group.fix))), tuple(map(self._lacks(group), group.gaps)))
            for group in ranked(gaps)
        ]

    def _lacks(self, group: GapGroup) -> Callable[[Gap], str]:
        return lambda gap: group.line(gap, self._named(gap))

    def _named(self, gap: Gap) -> str:
        if gap.kind == Stakeholder.__name__:
            return self.person(gap.key[0])
        answer = self.view.get(Answer, *gap.key) if gap.kind == Answer.__name__ else None
        return f"“{answer.text}” ({self.person(answer.stakeholder)})" if answer else gap.name


def percent(share: float | None) -> str:
    """Return a share as a percentage; a dash for none."""
    return "—" if share is None else f"{share:.0%}"


def _feeling(reading: Reading) -> str:
    return "unknown" if reading.value is None else reading.value.sign.strip()


def _introduced(people: Iterable[Member | Stakeholder]) -> str:
    known = ((person.name, person.role if isinstance(person, Member) else person.title) for person in people)
    return ", ".join(f"{name} ({does})" if does else name for name, does in known)


def _upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
