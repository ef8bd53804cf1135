"""All that a screen or document may show besides rows, for one audience."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from workshop_tui.domain.base.vocabulary import CUSTOMER, AccountStage, Quadrant
from workshop_tui.domain.gaps.quality import Quality, quality
from workshop_tui.domain.gaps.registry import ALL, Gap, Rules, gaps, visible
from workshop_tui.domain.lifecycle import closing
from workshop_tui.domain.lifecycle.closing import SealCheck
from workshop_tui.domain.lifecycle.sessions import cost_in_words, roti
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.discovery import Criterion
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Parking, Session
from workshop_tui.domain.model.value import Answer, GrowthStep, Proposition, Target
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.past import as_known
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules import people as people_rules
from workshop_tui.domain.rules import profile
from workshop_tui.domain.rules import value as value_rules
from workshop_tui.domain.rules.coach import CoachQuestion, coach
from workshop_tui.domain.rules.follow_through import FollowThrough, by_owner, by_side, tally
from workshop_tui.domain.rules.growth import GrowthBalance, growth_balance
from workshop_tui.domain.rules.pairing import Match, pairing
from workshop_tui.domain.rules.proposition import is_unproven
from workshop_tui.domain.rules.stage_gates import Condition, conditions
from workshop_tui.domain.rules.value import Balance, Realised

if TYPE_CHECKING:
    from workshop_tui.domain.rules.compare import Comparison
    from workshop_tui.domain.rules.coverage import Coverage
    from workshop_tui.domain.rules.digest import Digest
    from workshop_tui.domain.rules.engagement import Engagement
    from workshop_tui.domain.rules.meeting_log import Met
    from workshop_tui.domain.rules.person_over_time import PersonOverTime
    from workshop_tui.domain.rules.time_line import Event


class PlanMetrics:
    """Worked out on the whole plan, each when first asked for, then filtered for who looks.

    What is dated after the date is not looked at, so that rows of later days change no figure. For the
    customer all are worked out on an empty plan, so that a figure added later is blank too.
    None of them hands out the whole plan.
    """

    def __init__(
        self, whole: AccountPlan, view: AccountPlan, on: dt.date, rules: Rules = ALL, *, opened: str = ""
    ) -> None:
        """Take the whole plan, its projection for whom the figures are, and the gap rules in force.

        `opened` is the session that is being prepared or held: it counts, however late it is planned.
        """
        self._rules = rules
        self._now = AccountPlan() if view.audience == CUSTOMER else whole
        self._opened = opened
        self._view = view
        self.on = on

    @cached_property
    def _whole(self) -> AccountPlan:
        """The whole plan as it was known on the date."""
        return as_known(self._now, self.on, self._opened)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What is missing, of the rows this audience sees."""
        return visible(gaps(self._whole, self.on, self._rules), self._view)

    @cached_property
    def quality(self) -> Quality:
        """Plan quality, and what would raise it of the rows this audience sees."""
        whole = quality(self._whole, self.on, self._rules)
        return Quality(whole.actions, whole.people, visible(whole.missing, self._view))

    @cached_property
    def coach(self) -> tuple[CoachQuestion, ...]:
        """What whoever leads the account should ask, about the rows this audience sees."""
        return coach(self._whole, self._view, self.gaps, self.on)

    @cached_property
    def digest(self) -> Digest:
        """What we owe, what news to bring and who goes quiet, of the rows this audience sees."""
        from workshop_tui.domain.rules.digest import digest

        return digest(self._whole, self._seen, self.on)

    @cached_property
    def coverage(self) -> Coverage:
        """Who of ours meets whom of theirs, of the rows this audience sees."""
        from workshop_tui.domain.rules.coverage import coverage

        return coverage(self._seen, self.on)

    @cached_property
    def engagement(self) -> tuple[Engagement, ...]:
        """What each of ours owes, has kept and met, of the rows this audience sees."""
        from workshop_tui.domain.rules.engagement import engagement

        return engagement(self._seen, self.on)

    @cached_property
    def time_line(self) -> tuple[Event, ...]:
        """What has been and what is due, each on its day, of the rows this audience sees."""
        from workshop_tui.domain.rules.time_line import time_line

        return time_line(self._seen, self.on)

    @cached_property
    def meetings(self) -> tuple[Met, ...]:
        """When ours met theirs, the oldest first, of the rows this audience sees."""
        from workshop_tui.domain.rules.meeting_log import meeting_log

        return meeting_log(self._seen, self.on)

    def over_time(self, stakeholder: str) -> PersonOverTime | None:
        """Return all that is known over time of one of theirs, of the rows this audience sees."""
        from workshop_tui.domain.rules.person_over_time import person_over_time

        return person_over_time(self._seen, stakeholder, self.on)

    @cached_property
    def _seen(self) -> AccountPlan:
        """The plan as it was known on the date, cut for this audience."""
        audience = self._view.audience
        return project(self._whole, audience) if audience else self._whole

    @cached_property
    def is_unproven(self) -> bool:
        """Whether there is a proposition and the customer has confirmed none of the answers behind it."""
        seen = {row.id for row in self._view.all(Proposition)}
        return any(row.id in seen and is_unproven(self._whole, row) for row in self._whole.all(Proposition))

    @cached_property
    def balance(self) -> Balance:
        """Short against long of the targets and answers this audience sees; any answer proves a target."""
        targets = [row for row in self._whole.all(Target) if self._view.get(Target, row.id)]
        answers = (row for row in self._whole.all(Answer) if self._view.get(Answer, row.id))
        return value_rules.balance(self._whole, targets, answers)

    @cached_property
    def realised(self) -> Realised:
        """What was reached of the targets this audience sees: confirmed, and apart from it what isn't."""
        return value_rules.realised(row for row in self._whole.all(Target) if self._view.get(Target, row.id))

    @cached_property
    def growth(self) -> GrowthBalance:
        """Short against long of the growth steps this audience sees."""
        steps = (row for row in self._whole.all(GrowthStep) if self._view.get(GrowthStep, row.id))
        return growth_balance(steps, self.on)

    def conditions(self, stage: AccountStage) -> tuple[Condition, ...]:
        """Return what must be met before the account may enter a stage; nothing of it for the customer."""
        return () if self._view.audience == CUSTOMER else conditions(self._whole, stage)

    @cached_property
    def profile(self) -> Mapping[str, float | None]:
        """Partner's id → profile score, 1 to 5."""
        return {party.id: profile.profile_score(self._whole, party.id) for party in self._whole.partners}

    @cached_property
    def widest_gap(self) -> Criterion | None:
        """The criterion on which the partners differ most."""
        return profile.widest_gap(self._whole)

    def follow_through(self, session: str = "") -> FollowThrough | None:
        """Return what became by the date of a session's actions, "" for all, of those this audience sees.

        None for a session that isn't there.
        """
        known = self._whole.get(Session, session) if session else self._whole.sessions
        return tally(self._whole, self._actions(session), self.on) if known else None

    def kept_by_side(self, session: str = "") -> Mapping[str, FollowThrough]:
        """Return the same for each side whose people own any: firm's id or customer → counts, "" nobody's."""
        return by_side(self._whole, self._owned(session), self.on)

    def kept_by_owner(self, session: str = "") -> Mapping[str, FollowThrough]:
        """Return the same for each owner: id of one of ours or theirs → counts, "" for nobody's.

        Of whom this audience doesn't see it is nobody's.
        """
        return by_owner(self._whole, self._owned(session), self.on)

    def _owned(self, session: str) -> list[Action]:
        """Return the same actions; of an owner whom this audience doesn't see it is nobody's."""
        return [
            action if self._view.person(action.owner) else replace(action, owner=None)
            for action in self._actions(session)
        ]

    def _actions(self, session: str) -> tuple[Action, ...]:
        """Return the actions of a session, or all, that this audience sees: as they are on the whole."""
        made = self._whole.where(Action, session=session) if session else self._whole.all(Action)
        return tuple(action for action in made if self._view.get(Action, action.id))

    def as_of(self, on: dt.date, opened: str = "") -> PlanMetrics:
        """Return the same figures as they were on an earlier day, of the rows this audience sees."""
        return PlanMetrics(self._now, self._view, on, self._rules, opened=opened)

    def since(self, earlier: str, later: str) -> Comparison:
        """Return what changed from one session to a later one by rows that have a day, for this audience.

        Raises ValueError when either isn't there.
        """
        from workshop_tui.domain.rules.compare import compare

        audience = self._view.audience
        days = [
            (session.held_on, session.id) for name in (earlier, later) for session in self._sessions(name)
        ]
        known = [as_known(self._now, *day) for day in days]
        then, now = (project(plan, audience) if audience else plan for plan in known)
        return compare(then, now, earlier, later, by_records=False)

    def _sessions(self, session: str) -> tuple[Session, ...]:
        return tuple(row for row in self._now.sessions if row.id == session)

    def drift(self, earlier: str, later: str) -> Mapping[str, Mapping[str, int]]:
        """Return how sentiment moved between two sessions: stakeholder's id → toward → change."""
        moved = people_rules.drift(self._whole, earlier, later)
        return {person: by for person, by in moved.items() if self._view.get(Stakeholder, person)}

    def last_contact(self, stakeholder: str) -> dt.date | None:
        """Return the day a stakeholder was last met by any partner."""
        person = self._person(stakeholder)
        return people_rules.last_contact(self._whole, person, self.on) if person else None

    def days_beyond_rhythm(self, stakeholder: str) -> int | None:
        """Return for how many days a contact with a stakeholder has been due; None when never met."""
        person = self._person(stakeholder)
        return people_rules.days_beyond_rhythm(self._whole, person, self.on) if person else None

    def solo_run(self, stakeholder: str) -> tuple[str, int]:
        """Return (partner's id, latest contacts in a row that it held alone); ("", 0) for none."""
        person = self._person(stakeholder)
        return people_rules.solo_run(self._whole, person, self.on) if person else ("", 0)

    def quadrant(self, stakeholder: str) -> Quadrant | None:
        """Return where a stakeholder stands on the influence × interest map; None while unknown."""
        person = self._person(stakeholder)
        return people_rules.quadrant(person) if person else None

    def pairing(self, stakeholder: str) -> tuple[Match, ...]:
        """Return the three of ours who should lead with a stakeholder, the best first."""
        person = self._person(stakeholder)
        return pairing(self._whole, person) if person else ()

    def gaps_of(self, stakeholder: str) -> tuple[Gap, ...]:
        """Return what is missing about a stakeholder."""
        return tuple(gap for gap in self.gaps if (gap.kind, gap.key) == ("Stakeholder", (stakeholder,)))

    def cost(self, session: str) -> str:
        """Return what a session costs, as it is told."""
        return cost_in_words(self._whole, session)

    def roti(self, session: str) -> float | None:
        """Return the mean return on time invested, 1 to 5."""
        return roti(self._whole, session)

    def parked(self, session: str) -> Mapping[str, bool]:
        """Return what a session and those before it parked: item's id → whether it is settled."""
        items = closing.parked(self._whole, session)
        return {item.id: closing.is_settled(item) for item in items if self._view.get(Parking, item.id)}

    def before_sealing(self, session: str) -> tuple[SealCheck, ...]:
        """Return what is left to do before a session is sealed, of the rows this audience sees."""
        return closing.before_sealing(self._whole, session, self.on, self._view, self._rules)

    def _person(self, stakeholder: str) -> Stakeholder | None:
        seen = self._view.get(Stakeholder, stakeholder)
        return self._whole.get(Stakeholder, stakeholder) if seen else None
