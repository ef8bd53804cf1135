"""What is missing in an account plan, worked out while people type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct

from workshop_tui.domain.base.entity import Entity, Key
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.gaps import people, value, work
from workshop_tui.domain.gaps.lack import Lack, RestsOn
from workshop_tui.domain.gaps.weight import place_among, weight_of
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.scorecard import Initiative
from workshop_tui.domain.model.session import GapRule, Parking
from workshop_tui.domain.model.value import Answer, Difference, GrowthStep, Proof
from workshop_tui.domain.plan.plan import KIND, AccountPlan, display_name
from workshop_tui.domain.rules.people import CONTACT_DAYS, has_left

Check = Callable[..., str]
"""(whole plan, row, today) → what is missing and the fix, in a few words; empty when all is well.

Those in LIMITS take the figure from which they speak, too.
"""

Rules = Mapping[str, int | None]
"""Name of each rule in force → the figure from which it speaks; None is the usual one."""


class Gap(Struct, frozen=True):
    """Something missing: the rule that found it, the row it is about, and what to do."""

    rule: str
    kind: str
    """Name of the row's kind, as in «Stakeholder»."""
    key: Key
    name: str
    """What the row is called."""
    message: str
    """What is missing and the fix, as in «nobody owns the relationship: choose an owner»."""
    weight: int = 0
    """How much it weighs wherever one is; see `gaps.weight`."""
    place: tuple[float, float] = (0.0, 0.0)
    """Where its row stands among its like."""
    length: int = 0
    """How much of the message is the fix, where a name in it may have a colon; else a colon parts them."""
    rests_on: RestsOn = ()
    """Rows besides its own that it tells something of."""

    @property
    def missing(self) -> str:
        """What is missing, without the fix."""
        return self.message[: -self.length - 2] if self.length else self.message.partition(": ")[0]

    @property
    def fix(self) -> str:
        """What to do about it; empty where that goes without saying."""
        return self.message[-self.length :] if self.length else self.message.partition(": ")[2]


CHECKS: Mapping[type[Entity], tuple[Check, ...]] = {
    Account: (
        people.no_economic_buyer,
        people.no_champion,
        work.scorecard_review_overdue,
        work.steering_overdue,
        work.no_deputy,
        value.nothing_unique,
        value.no_growth_beyond,
    ),
    Stakeholder: (
        people.no_owner,
        people.one_partner_only,
        people.alliance_sentiment_unknown,
        people.no_contact_90_days,
        people.key_people_never_asked,
        people.solo_3_or_more,
        people.assumed_only,
        people.style_unknown,
        people.competition_unknown,
    ),
    Action: (
        work.action_overdue,
        work.action_no_owner,
        work.action_no_accountable,
        work.action_no_due,
        work.action_vague,
        work.customer_cannot_see,
        work.one_sided_milestone,
    ),
    Answer: (work.answers_not_validated,),
    Proof: (value.value_not_recognised,),
    Difference: (value.nothing_unique,),
    GrowthStep: (value.no_growth_beyond,),
    Parking: (work.parking_no_owner,),
    Initiative: (work.direction_against_numbers,),
}
"""The rules of each kind of row, in the order in which a facilitator wants to hear of them."""

_BY_KIND = ((kind, check) for kind, checks in CHECKS.items() for check in checks)
_OF_ROWS = {check for kind, checks in CHECKS.items() if kind is not Account for check in checks}
RULES: Mapping[str, Check] = {
    check.__name__: check for kind, check in _BY_KIND if kind is not Account or check not in _OF_ROWS
}
"""Name of a rule → the rule; its docstring is its help. One of both stands where its rows do."""

LIMITS: Mapping[str, int] = {
    people.no_contact_90_days.__name__: CONTACT_DAYS,
    people.solo_3_or_more.__name__: people.SOLO_MEETINGS,
    work.action_vague.__name__: work.FEWEST_WORDS,
}
"""Name of each rule that has a figure → the usual one: days, meetings, words."""

ALL: Rules = dict.fromkeys(RULES)


def rules_of(plan: AccountPlan, session: str) -> Rules:
    """Return the rules in force in a session, as it took them from its playbook when it began."""
    kept = {row.rule: row for row in plan.where(GapRule, session=session)}
    return {rule: row.limit if (row := kept.get(rule)) else None for rule in RULES if _holds(kept.get(rule))}


def _holds(row: GapRule | None) -> bool:
    return row is None or row.in_force


def gaps(plan: AccountPlan, on: dt.date, rules: Rules = ALL) -> tuple[Gap, ...]:
    """Return all gaps of the whole plan at a date, by the rules that are in force.

    The plan is one as it was known on that day (`as_known`), which `PlanMetrics` sees to. First come the
    account's, then those of people by influence, then of actions, answers, parking lot and scorecard,
    each in its order; what one row lacks stands together.
    """
    return tuple(
        gap for kind in CHECKS for row in _in_order(plan, kind) for gap in gaps_of(plan, row, on, rules)
    )


def gaps_of(plan: AccountPlan, row: Entity, on: dt.date, rules: Rules = ALL) -> Iterator[Gap]:
    """Return the gaps of one row; who has left lacks nothing, nor does what they said."""
    person = plan.get(Stakeholder, row.stakeholder) if isinstance(row, Answer) else row
    if isinstance(person, Stakeholder) and has_left(person, on):
        return
    checks = (check for check in CHECKS.get(type(row), ()) if check.__name__ in rules)
    yield from found_by(plan, row, on, checks, rules)


def found_by(
    plan: AccountPlan, row: Entity, on: dt.date, checks: Iterable[Check], limits: Rules = ALL
) -> Iterator[Gap]:
    """Yield what these checks find about one row, each with the figure that is set for it."""
    for check in checks:
        limit = limits.get(check.__name__)
        if message := check(plan, row, on, limit) if limit else check(plan, row, on):
            lack = message if isinstance(message, Lack) else None
            yield Gap(
                check.__name__,
                type(row).__name__,
                row.key,
                (lack and lack.name) or display_name(plan, row),
                str(message),
                weight_of(plan, row, check.__name__),
                place_among(row),
                len(lack.fix) if lack else 0,
                lack.rests_on if lack else (),
            )


def _in_order(plan: AccountPlan, kind: type[Entity]) -> Iterable[Entity]:
    return sorted(plan.all(kind), key=place_among)


def visible(found: Iterable[Gap], view: AccountPlan) -> tuple[Gap, ...]:
    """Return the gaps that a projected plan's audience may hear of: none for the customer.

    Those of rows that aren't in the view are gone, and those that rest on one. A message names no other
    row than the partners, whom everybody knows.
    """
    if view.audience == CUSTOMER:
        return ()
    return tuple(gap for gap in found if all(_is_in(view, *row) for row in _told_of(gap)))


def _told_of(gap: Gap) -> RestsOn:
    return ((gap.kind, gap.key), *gap.rests_on)


def _is_in(view: AccountPlan, kind: str, key: Key) -> bool:
    return view.get(KIND[kind], *key) is not None
