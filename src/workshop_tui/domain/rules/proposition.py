"""What follows from the lines of a proposition."""

from __future__ import annotations

from collections.abc import Iterator

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.value import Answer, Contribution, Proposition, PropositionAnswer
from workshop_tui.domain.plan.audience import sees
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Change, Refused
from workshop_tui.domain.rules.approach import begin_among_us
from workshop_tui.domain.rules.value import answers_linked, none_validated


def one_sentence(plan: AccountPlan, proposition: Proposition) -> str:
    """Return a proposition in one sentence: what each partner brings, together what, and so which gain.

    The lines stand as they were written, each behind a colon, as no rule tells a name from a word that
    may lose its capital; lines still to be written are left out, and named by `unwritten`. Empty while
    there are none.
    """
    lines = ((says, " ".join(text.split()).rstrip(".;,: ")) for says, text in _lines(plan, proposition))
    told = "; ".join(f"{says}: {text}" for says, text in lines if text)
    return f"{told}." if told else ""


def unwritten(plan: AccountPlan, proposition: Proposition) -> tuple[str, ...]:
    """Return which parts of the sentence nobody has written yet, as in «together»."""
    lines = _lines(plan, proposition)
    return tuple(says.removeprefix("and so ") for says, text in lines if not text.strip(".;,: \n"))


def answers_behind(plan: AccountPlan, proposition: Proposition) -> tuple[Answer, ...]:
    """Return the answers a proposition stands on, in their order."""
    return answers_linked(plan, plan.where(PropositionAnswer, proposition=proposition.id))


def is_unproven(plan: AccountPlan, proposition: Proposition) -> bool:
    """Whether none of the answers that a proposition stands on is validated; it may stand on none at all."""
    return none_validated(answers_behind(plan, proposition))


def may_write(plan: AccountPlan, proposition: str, audience: str) -> None:
    """Raise Refused where a line can't be written: an account has one proposition, begun among the alliance.

    Any other audience that sees none gets the same answer, whether or not there is one that it doesn't see.
    """
    there = plan.get(Proposition, proposition)
    if there and sees(audience, there.visibility):
        return
    begin_among_us(audience, "A proposition")
    if plan.all(Proposition):
        raise Refused(
            "The proposition was brought in for one partner alone: look as that partner to show it to both."
        )


def begin_proposition(plan: AccountPlan, proposition: str, audience: str) -> tuple[Change, ...]:
    """Return what comes in with the first thing that is said of a proposition; () when it is there.

    Raises Refused as `may_write` does.
    """
    may_write(plan, proposition, audience)
    return () if plan.get(Proposition, proposition) else (Add(Proposition(id=proposition)),)


def _lines(plan: AccountPlan, proposition: Proposition) -> Iterator[tuple[str, str]]:
    shares = {share.party: share.brings for share in plan.where(Contribution, proposition=proposition.id)}
    customer = plan.name_of(Party, CUSTOMER) or "the customer"
    yield from ((f"{party.short} brings", shares.get(party.id, "")) for party in plan.partners)
    yield "together", proposition.together
    yield f"and so {customer} gains", proposition.customer_gains
