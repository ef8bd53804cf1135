"""Gaps in the order in which people should hear of them, put together by rule.

Every list of gaps is this one: on the screen, in the facilitator's notes, by the command, in a document.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from workshop_tui.domain.base.entity import Key
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.gaps.registry import RULES, Gap
from workshop_tui.domain.gaps.weight import HERE, place_of
from workshop_tui.domain.model.account import Account

_TOLD: dict[str, tuple[str, str]] = {
    "no_economic_buyer": ("no economic buyer", "no economic buyer"),
    "no_champion": ("no champion", "no champion"),
    "scorecard_review_overdue": ("the scorecard's review is late", "the scorecard's review is late"),
    "steering_overdue": ("a steering meeting is late", "a steering meeting is late"),
    "no_deputy": ("no deputy on the committee", "no deputy on the committee"),
    "no_owner": ("1 person has no owner", "{} people have no owner"),
    "one_partner_only": ("1 key person has one owner", "{} key people have one owner"),
    "alliance_sentiment_unknown": ("sentiment of 1 person unknown", "sentiment of {} people unknown"),
    "no_contact_90_days": ("1 person not met lately", "{} people not met lately"),
    "key_people_never_asked": ("1 key person never asked", "{} key people never asked"),
    "solo_3_or_more": ("1 person met by one firm alone", "{} people met by one firm alone"),
    "assumed_only": ("sentiment of 1 person assumed", "sentiment of {} people assumed"),
    "style_unknown": ("style of 1 person unknown", "style of {} people unknown"),
    "competition_unknown": ("rivals unknown for 1 key person", "rivals unknown for {} key people"),
    "action_overdue": ("1 action is late", "{} actions are late"),
    "action_no_owner": ("1 action has no owner", "{} actions have no owner"),
    "action_no_accountable": ("1 action nobody answers for", "{} actions nobody answers for"),
    "action_no_due": ("1 action has no date", "{} actions have no date"),
    "action_vague": ("1 action is vague", "{} actions are vague"),
    "customer_cannot_see": ("1 action hidden from its owner", "{} actions hidden from owners"),
    "one_sided_milestone": ("1 milestone of one side alone", "{} milestones of one side alone"),
    "answers_not_validated": ("1 answer not confirmed", "{} answers not confirmed"),
    "value_not_recognised": ("no proof is acknowledged", "no proof is acknowledged"),
    "nothing_unique": ("no difference has a proof", "no difference has a proof"),
    "no_growth_beyond": ("no growth beyond a year", "no growth beyond a year"),
    "parking_no_owner": ("1 parked item has no owner", "{} parked items have no owner"),
    "direction_against_numbers": ("1 arrow against its figures", "{} arrows against their figures"),
    "no_approach": ("1 key person without an approach", "{} key people without an approach"),
}
"""Rule → how one of its gaps is told, and several, in as few letters as the pane has room for.

No approach is no gap, but would raise plan quality.
"""
_ORDER = {rule: n for n, rule in enumerate(RULES)}


class GapGroup(Struct, frozen=True):
    """The gaps that one rule has found, the heaviest first."""

    rule: str
    gaps: tuple[Gap, ...]

    @property
    def told(self) -> str:
        """Return what they lack, as in «8 key people have one owner»."""
        one, many = _TOLD.get(self.rule, (self.gaps[0].missing, self.gaps[0].missing))
        return one if len(self.gaps) == 1 else many.format(len(self.gaps))

    @property
    def fix(self) -> str:
        """Return what to do about all of them; empty where each needs something of its own."""
        fixes = dict.fromkeys(gap.fix for gap in self.gaps)
        if len(fixes) > _FIXES:
            return ""
        first, *rest = fixes
        return "".join([first, *(_or(first, fix) for fix in rest)])

    def of_its_own(self, gap: Gap) -> str:
        """Return what one of them lacks, where the words for all don't say it: so many days, or a firm."""
        has_figure = any(sign.isdigit() for sign in gap.missing)
        return gap.missing if has_figure or not self.fix else ""

    def line(self, gap: Gap, name: str = "") -> str:
        """Return one of them as it stands under the words for all; by another name where one is given."""
        own = self.of_its_own(gap)
        is_told = own and gap.kind == Account.__name__  # of which account goes without saying
        return own if is_told else ": ".join(filter(None, (name or gap.name, own)))


_FIXES = 2
"""Fixes that are told together; more would be a list."""


def _or(first: str, other: str) -> str:
    """Return another fix as it follows: «or Quillhaven» where it differs only in the last word."""
    *words, _ = first.split()
    *others, last = other.split()
    return f" or {last}" if words == others else f", or {other}"


def weight(gap: Gap, here: BlockKind | None = None) -> int:
    """Return what a gap weighs for whoever is in a block of this kind."""
    is_here = here is not None and place_of(gap.rule, gap.kind) is here
    return gap.weight + is_here * HERE


def ranked(gaps: Iterable[Gap], here: BlockKind | None = None) -> tuple[GapGroup, ...]:
    """Return gaps by rule, for whoever is in a block of this kind: what weighs most first.

    About a key person or overdue comes first, then what is mended in this block, then what is in the way of
    the next stage. A rule comes as early as its heaviest gap; within the same weight in the order of the
    rules, and its gaps as their rows stand among their like. The order is one and the same however the gaps
    come in, and where one goes the others stay in theirs.
    """
    found: dict[str, list[Gap]] = {}
    for gap in gaps:
        found.setdefault(gap.rule, []).append(gap)

    def among(gap: Gap) -> tuple[int, tuple[float, float], str, Key]:
        return -weight(gap, here), gap.place, gap.kind, gap.key

    def place(group: GapGroup) -> tuple[int, int, str]:
        return -weight(group.gaps[0], here), _ORDER.get(group.rule, len(_ORDER)), group.rule

    groups = (GapGroup(rule, tuple(sorted(those, key=among))) for rule, those in found.items())
    return tuple(sorted(groups, key=place))


def heaviest(groups: Iterable[GapGroup], number: int) -> tuple[GapGroup, ...]:
    """Return as many gaps as that from the front of what is ranked, in their groups."""
    kept: list[GapGroup] = []
    for group in groups:
        gaps = group.gaps[: number - sum(len(each.gaps) for each in kept)]
        kept += [GapGroup(group.rule, gaps)] if gaps else []
    return tuple(kept)
