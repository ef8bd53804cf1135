"""Dot voting: how many dots each has, what was given, and who is ahead.

Dots each is ⌊options / 3⌋ + 1. Ours who are present vote, guests don't;
the facilitator counts the dots on the wall and types them in.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from workshop_tui.domain.model.session import Presence
from workshop_tui.domain.model.value import Option
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Change, Refused, set_field

LONGEST = 60
"""Characters of an option by which a sentence names it."""


class Ballot(Struct, frozen=True):
    """The dots of a vote."""

    options: int
    voters: int
    """0 while nobody is ticked as present: then nothing is too many."""
    given: int

    @property
    def each(self) -> int:
        """Dots each voter has."""
        return dots_each(self.options)

    @property
    def most(self) -> int:
        """Dots all voters have together."""
        return self.voters * self.each

    @property
    def left(self) -> int:
        """Dots still to be given; below zero when there are more than the rule allows."""
        return self.most - self.given


def dots_each(options: int) -> int:
    """Return how many dots each voter has: ⌊options / 3⌋ + 1."""
    return options // 3 + 1


def ballot(plan: AccountPlan, session: str) -> Ballot:
    """Return how the vote stands, with those present in a session as its voters."""
    options = plan.all(Option)
    given = sum(option.votes for option in options)
    return Ballot(len(options), len(plan.where(Presence, session=session)), given)


def set_votes(plan: AccountPlan, session: str, option: str, dots: int) -> tuple[Change, ...]:
    """Return the change that gives an option so many dots.

    Raises Refused when these are more than the others have left of what all voters have. Fewer than now
    are always taken, as options or voters may have gone since.
    """
    row, vote = plan.get(Option, option), ballot(plan, session)
    if row is None:
        return ()
    others = vote.given - row.votes
    if vote.voters and dots > row.votes and dots > vote.most - others:
        name = row.text if len(row.text) <= LONGEST else f"{row.text[: LONGEST - 1].rstrip()}…"
        raise Refused(
            f"«{name}» can have {max(vote.most - others, 0)} dots at the most: {vote.voters} voters "
            f"have {vote.each} each, and {others} are given to the others."
        )
    return set_field(row, "votes", dots)


def places(votes: Sequence[int]) -> tuple[str, ...]:
    """Return the place of each: «1», and «2=» for those who share one; empty before anybody has a dot."""
    if not any(votes):
        return ("",) * len(votes)
    return tuple(f"{1 + sum(other > n for other in votes)}{'=' * (votes.count(n) > 1)}" for n in votes)
