"""Gaps in the order in which a room should hear of them: put together by rule, those of this block first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from workshop_tui.domain.base.entity import Key
from workshop_tui.domain.gaps.registry import RULES, Gap
from workshop_tui.domain.gaps.work import action_overdue

_TOLD: dict[str, tuple[str, str]] = {
    "no_economic_buyer": ("no economic buyer", "no economic buyer"),
    "no_champion": ("no champion", "no champion"),
    "scorecard_review_overdue": ("the scorecard's review is late", "the scorecard's review is late"),
    "steering_overdue": (
        "the steering committee's meeting is late",
        "the steering committee's meeting is late",
    ),
    "no_deputy": ("the steering committee has no deputy", "the steering committee has no deputy"),
    "no_owner": ("1 person has no owner", "{} people have no owner"),
    "one_partner_only": ("1 key person has one owner", "{} key people have one owner"),
    "alliance_sentiment_unknown": ("sentiment of 1 person unknown", "sentiment of {} people unknown"),
    "no_contact_90_days": ("1 key person not met lately", "{} key people not met lately"),
    "key_people_never_asked": ("1 key person never asked", "{} key people never asked"),
    "solo_3_or_more": ("1 person met by one firm alone", "{} people met by one firm alone"),
    "assumed_only": ("sentiment of 1 person assumed", "sentiment of {} people assumed"),
    "style_unknown": ("style of 1 person unknown", "style of {} people unknown"),
    "action_overdue": ("1 action is late", "{} actions are late"),
    "action_no_owner": ("1 action has no owner", "{} actions have no owner"),
    "action_no_accountable": ("1 action has nobody accountable", "{} actions have nobody accountable"),
    "action_no_due": ("1 action has no date", "{} actions have no date"),
    "action_vague": ("1 action is vague", "{} actions are vague"),
    "answers_not_validated": ("1 answer not confirmed", "{} answers not confirmed"),
    "parking_no_owner": ("1 parked item has no owner", "{} parked items have no owner"),
    "direction_against_numbers": ("1 arrow against its figures", "{} arrows against their figures"),
}
"""Rule → how one of its gaps is told, and several."""
_ORDER = {rule: n for n, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class GapGroup:
    """The gaps that one rule has found, those of key people first."""

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


_FIXES = 2
"""Fixes that are told together; more would be a list."""


def _or(first: str, other: str) -> str:
    """Return another fix as it follows: «or Quillhaven» where it differs only in the last word."""
    *words, _ = first.split()
    *others, last = other.split()
    return f" or {last}" if words == others else f", or {other}"


def ranked(
    gaps: Iterable[Gap], is_here: Callable[[Gap], bool], key_people: Collection[Key]
) -> tuple[GapGroup, ...]:
    """Return gaps by rule: what is mended in this block first, then about key people or late, then the rest.

    Within these, in the order of the rules. Each gap is in one group, so that they count as before.
    """
    found: dict[str, list[Gap]] = {}
    for gap in gaps:
        found.setdefault(gap.rule, []).append(gap)

    def is_urgent(gap: Gap) -> bool:
        about_key = gap.kind == "Stakeholder" and gap.key in key_people
        return about_key or gap.rule == action_overdue.__name__

    def place(group: GapGroup) -> tuple[bool, bool, int]:
        urgent = any(map(is_urgent, group.gaps))
        return not any(map(is_here, group.gaps)), not urgent, _ORDER.get(group.rule, len(_ORDER))

    groups = (
        GapGroup(rule, tuple(sorted(those, key=lambda gap: not is_urgent(gap))))
        for rule, those in found.items()
    )
    return tuple(sorted(groups, key=place))
