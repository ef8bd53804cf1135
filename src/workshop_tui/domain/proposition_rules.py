"""What follows from the lines of a proposition."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_tui.domain.account import Party
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.value import Contribution, Proposition
from workshop_tui.domain.words import CUSTOMER


def one_sentence(plan: AccountPlan, proposition: Proposition) -> str:
    """Return a proposition in one sentence: what each partner brings, together what, and so which gain.

    The lines stand as they were written, each behind a colon, as no rule tells a name from a word that
    may lose its capital; lines still to be written are left out. Empty while there are none.
    """
    lines = (f"{says}: {' '.join(text.split()).rstrip('.;,: ')}" for says, text in _lines(plan, proposition))
    told = "; ".join(lines)
    return f"{told}." if told else ""


def _lines(plan: AccountPlan, proposition: Proposition) -> Iterator[tuple[str, str]]:
    shares = {share.party: share.brings for share in plan.where(Contribution, proposition=proposition.id)}
    customer = plan.name_of(Party, CUSTOMER) or "the customer"
    lines = (
        *((f"{party.short} brings", shares.get(party.id, "")) for party in plan.partners),
        ("together", proposition.together),
        (f"and so {customer} gains", proposition.customer_gains),
    )
    return ((says, text) for says, text in lines if text.strip(".;,: \n"))
