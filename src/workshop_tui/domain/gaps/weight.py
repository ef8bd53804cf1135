"""How much a gap weighs: what a room should hear of first, and in which block it is mended."""

from __future__ import annotations

from collections.abc import Mapping

from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import AccountStage, BlockKind
from workshop_tui.domain.gaps import people, value, work
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.scorecard import Initiative
from workshop_tui.domain.model.session import Parking
from workshop_tui.domain.model.value import Answer, Difference, GrowthStep, Proof
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.people import is_key

URGENT, HERE, IN_THE_WAY = 4, 2, 1
"""About a key person or overdue; mended in the block one is in; in the way of the next stage.

They add up, so that each outweighs those after it together.
"""

IN_THE_WAY_OF: Mapping[AccountStage, frozenset[str]] = {
    AccountStage.INTRODUCED: frozenset({people.no_owner.__name__, people.one_partner_only.__name__}),
    AccountStage.SUSPECT: frozenset(
        {
            work.action_no_owner.__name__,
            work.action_no_accountable.__name__,
            work.action_no_due.__name__,
            work.action_vague.__name__,
        }
    ),
    AccountStage.PROSPECT: frozenset(
        {people.no_contact_90_days.__name__, people.key_people_never_asked.__name__}
    ),
    AccountStage.PURSUIT: frozenset(
        {
            people.no_economic_buyer.__name__,
            people.no_champion.__name__,
            work.answers_not_validated.__name__,
            value.nothing_unique.__name__,
        }
    ),
    AccountStage.WON: frozenset(
        {
            value.value_not_recognised.__name__,
            work.customer_cannot_see.__name__,
            work.one_sided_milestone.__name__,
        }
    ),
}
"""Stage → the rules whose gaps stand in its way.

An introduction is made by whoever owns the tie; a plan is what somebody does by a date; interest is tested
by meeting and asking; a pursuit needs the money, somebody who argues for it, words the customer stands by,
and something that others don't have; and it is won by proven value, and a plan of both sides.
"""

KIND_OF_GAP: Mapping[str, BlockKind] = {
    Stakeholder.__name__: BlockKind.STAKEHOLDERS,
    Action.__name__: BlockKind.ACTIONS,
    Answer.__name__: BlockKind.VALUE,
    Parking.__name__: BlockKind.CLOSING,
    Initiative.__name__: BlockKind.SCORECARD,
    Proof.__name__: BlockKind.VALUE,
    Difference.__name__: BlockKind.PROPOSITION,
    GrowthStep.__name__: BlockKind.PROPOSITION,
}
"""Where a gap about a kind of entity is mended."""
KIND_OF_RULE: Mapping[str, BlockKind] = {
    people.key_people_never_asked.__name__: BlockKind.VALUE,
    people.no_economic_buyer.__name__: BlockKind.STAKEHOLDERS,
    people.no_champion.__name__: BlockKind.STAKEHOLDERS,
    work.scorecard_review_overdue.__name__: BlockKind.SCORECARD,
    work.no_deputy.__name__: BlockKind.SCORECARD,
    work.steering_overdue.__name__: BlockKind.SCORECARD,
    value.nothing_unique.__name__: BlockKind.PROPOSITION,
    value.no_growth_beyond.__name__: BlockKind.PROPOSITION,
    "no_approach": BlockKind.APPROACH,
}
"""Where a gap of a rule is mended, if that is elsewhere than others of its kind."""
_OVERDUE = "_overdue"
"""How the name of a rule ends that speaks once a day has passed."""
_LADDER = tuple(AccountStage)


def place_of(rule: str, kind: str) -> BlockKind | None:
    """Return in which block a gap is mended."""
    return KIND_OF_RULE.get(rule) or KIND_OF_GAP.get(kind)


def weight_of(plan: AccountPlan, row: Entity, rule: str) -> int:
    """Return what a gap weighs, wherever one is: by whom it is about, by its day, by the next stage."""
    urgent = rule.endswith(_OVERDUE) or (isinstance(row, Stakeholder) and is_key(row))
    return urgent * URGENT + (rule in in_the_way(plan.account.stage)) * IN_THE_WAY


def in_the_way(now: AccountStage) -> frozenset[str]:
    """Return the rules whose gaps stand between an account at a stage and the next one."""
    after = () if now.is_end else _LADDER[_LADDER.index(now) + 1 :]
    return IN_THE_WAY_OF.get(after[0], frozenset()) if after else frozenset()


def place_among(row: Entity) -> tuple[float, float]:
    """Return where a row stands among its like: people by influence, then as people have put them."""
    influence = row.influence or 0 if isinstance(row, Stakeholder) else 0
    return float(-influence), float(getattr(row, "rank", 0.0))
