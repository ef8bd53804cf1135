"""What follows from decisions: how they are called, which take the place of others, who was there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count

from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block, Decision, Guest, Presence
from workshop_tui.domain.plan.plan import AccountPlan

_SHORT = re.compile(r"D[1-9][0-9]{0,3}")


def replaced_by(plan: AccountPlan, decision: Decision) -> Decision | None:
    """Return the decision that takes the place of this one, the last of several; None where it holds."""
    return next(reversed(plan.where(Decision, replaces=decision.id)), None)


def stands_on(replaced: Decision, by: Decision) -> bool:
    """Whether one would stand on for somebody, as what takes its place is kept by a firm to itself.

    A firm alone takes back nothing that others decided with it. What the customer isn't told of both is
    another matter: then they are told neither.
    """
    return by.visibility not in {ALLIANCE, CUSTOMER, replaced.visibility}


def short_id(plan: AccountPlan, decision: Decision) -> str:
    """Return what we call a decision among ourselves, as in «D3»; "" where it has no such name.

    A decision whose id is of that form keeps it; any other goes by its rank, which counts on with each
    decision, so that a name once told stays, whatever is removed or kept back since; only the number of the
    newest is given again once that is removed. Of two that came in at once the second has a letter behind.
    The customer is told none, as a number that is left out tells of what isn't shown; one that a firm keeps
    to itself has none, and a number that is left out may as well be that of one that was removed.
    """
    if plan.audience == CUSTOMER:
        return ""
    names: Mapping[str, str] | None = plan.memo.get("short ids of decisions")
    if names is None:
        names = plan.memo["short ids of decisions"] = _short_ids(plan)
    return names.get(decision.id, "")


def _short_ids(plan: AccountPlan) -> Mapping[str, str]:
    shared = [row for row in plan.all(Decision) if row.visibility in {ALLIANCE, CUSTOMER}]
    found = {row.id: row.id for row in shared if _SHORT.fullmatch(row.id)}
    taken = set(found)
    for row in sorted((row for row in shared if row.id not in found), key=lambda row: (row.rank, row.id)):
        number = f"D{max(int(row.rank), 0)}"
        found[row.id] = next(name for name in _with_letters(number) if name not in taken)
        taken.add(found[row.id])
    return found


def _with_letters(name: str) -> Iterator[str]:
    """Yield a name, then the same with a letter behind, as D3, D3b, D3c; once these are used up, a number."""
    yield name
    yield from (f"{name}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")
    yield from (f"{name}-{number}" for number in count(1))


def in_the_room(plan: AccountPlan, session: str) -> tuple[Member | Stakeholder, ...]:
    """Return who was at the session in which a decision was taken: ours, then the customer's people."""
    blocks = [block.id for block in plan.where(Block, session=session)]
    return (
        *(member for member in plan.all(Member) if plan.get(Presence, session, member.id)),
        *(
            person
            for person in plan.all(Stakeholder)
            if any(plan.get(Guest, block, person.id) for block in blocks)
        ),
    )
