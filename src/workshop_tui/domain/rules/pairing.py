"""Who of ours should lead with a stakeholder."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection, Mapping

from msgspec import Struct

from workshop_tui.domain.base.vocabulary import Level, SocialStyle
from workshop_tui.domain.model.account import Member, Party
from workshop_tui.domain.model.people import Stakeholder, Tie
from workshop_tui.domain.plan.plan import AccountPlan

_HEIGHT = {level: level.height for level in Level}
UNPLACED = 1
"""Axes apart when a style isn't known: between alike and opposite."""


class Match(Struct, frozen=True):
    """One of ours and why they would lead well; nothing for the customer."""

    member: str
    """The team member's id."""
    reason: str
    """As in «Mirela owns the tie for Quillhaven (trusted); both analytical; owns 3 others»."""


def pairing(plan: AccountPlan, person: Stakeholder, best: int = 3) -> tuple[Match, ...]:
    """Return those of ours who should lead with a person, the best first, worked out on the whole plan.

    The level of their firm's tie counts first; at the same level whoever owns the tie comes before
    colleagues, then the nearer style, then who owns fewer other people, then the order of the team.
    """
    owned = _owned(plan)
    ranked = sorted(plan.all(Member), key=lambda member: _order(plan, member, person, owned))
    return tuple(Match(member.id, _reason(plan, member, person)) for member in ranked[:best])


@functools.cache
def axes_apart(one: SocialStyle, other: SocialStyle) -> int:
    """Return on how many of the two axes two styles differ, 0 to 2; `UNPLACED` when either is unknown."""
    if one.axes is None or other.axes is None:
        return UNPLACED
    return sum(a != b for a, b in zip(one.axes, other.axes, strict=True))


def _order(
    plan: AccountPlan, member: Member, person: Stakeholder, owned: Mapping[str, Collection[str]]
) -> tuple[int, bool, int, int]:
    tie = plan.get(Tie, person.id, member.party)
    level = _HEIGHT[tie.level] if tie and tie.level else 0
    owns = tie is not None and tie.owner == member.id
    return -level, not owns, axes_apart(member.style, person.style), _others(owned, member, person)


def _others(owned: Mapping[str, Collection[str]], member: Member, person: Stakeholder) -> int:
    """Return how many other people somebody of ours owns; who has left is none of them."""
    those = owned.get(member.id, ())
    return len(those) - (person.id in those)


def _owned(plan: AccountPlan) -> Mapping[str, Collection[str]]:
    """Return whom each of ours owns: team member's id → ids of people; gathered once for everybody."""
    found: dict[str, set[str]] | None = plan.memo.get(_owned)
    if found is None:
        found = plan.memo[_owned] = defaultdict(set)
        here = {person.id for person in plan.all(Stakeholder) if person.left_on is None}
        for tie in plan.all(Tie):
            if tie.owner and tie.stakeholder in here:
                found[tie.owner].add(tie.stakeholder)
    return found


def _reason(plan: AccountPlan, member: Member, person: Stakeholder) -> str:
    others = _others(_owned(plan), member, person)
    return f"{_tie(plan, member, person)}; {_style(member, person)}; owns {others or 'no'} {_noun(others)}"


def _noun(others: int) -> str:
    return "other" if others == 1 else "others"


def _tie(plan: AccountPlan, member: Member, person: Stakeholder) -> str:
    tie, firm = plan.get(Tie, person.id, member.party), plan.name_of(Party, member.party)
    level = tie.level if tie and tie.level else Level.NONE
    owns = tie is not None and tie.owner == member.id
    unknown = "level not set yet" if owns else "no tie yet"
    does = "owns the tie for" if owns else "is with"
    return f"{member.name.split()[0]} {does} {firm} ({unknown if level is Level.NONE else level.label})"


def _style(member: Member, person: Stakeholder) -> str:
    if member.style.axes is None:
        return "own style unknown"
    if person.style.axes is None:
        return "their style unknown"
    apart = axes_apart(member.style, person.style)
    if not apart:
        return f"both {member.style.label}"
    far = "next to" if apart == 1 else "opposite to"
    return f"{member.style.label} is {far} {person.style.label}"
