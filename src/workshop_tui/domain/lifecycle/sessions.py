"""Which sessions there are, how long they take, what they cost, and how they were scored."""

from __future__ import annotations

import datetime as dt

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.model.account import Member
from workshop_tui.domain.model.session import Block, Guest, Presence, Roti, Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Change, Refused, removal, set_field


def no_session(plan: AccountPlan, number: int | None = None) -> str:
    """Return what to say to whoever asks for a session that isn't there, or isn't there any more."""
    held = len(plan.sessions)
    there = f"it has 1 to {held}" if held > 1 else "it has only session 1" if held else "it has none yet"
    if number is None:
        return f"{plan.account.name} no longer has this session: {there}."
    return f"{plan.account.name} has no session {number}: {there}."


def planned_minutes(plan: AccountPlan, session: str) -> int:
    """Return the length of a session's agenda."""
    return sum(block.minutes for block in plan.where(Block, session=session))


def cost(plan: AccountPlan, session: str) -> float | None:
    """Return rates of those present × hours of the planned agenda, in the account's currency.

    Whoever has no rate is left out; None when nobody there has one.
    """
    rates = [rate for rate in _rates(plan, session) if rate is not None]
    return sum(rates) * planned_minutes(plan, session) / 60 if rates else None


def cost_in_words(plan: AccountPlan, session: str) -> str:
    """Return what a session costs, to the whole, and how many rates that lacks; empty for nothing known."""
    sum_of, lacking = cost(plan, session), _rates(plan, session).count(None)
    if sum_of is None:
        return ""
    unknown = f" and {lacking} unknown rate{'' if lacking == 1 else 's'}" if lacking else ""
    return f"{plan.account.currency} {sum_of:,.0f}{unknown}"


def is_expected(session: Session, today: dt.date) -> bool:
    """Whether the session is still to come: who is entered before its day is expected, and not here."""
    return today < session.held_on


def has_begun(plan: AccountPlan, session: Session, today: dt.date) -> bool:
    """Whether a session's clock was started, or its day is over."""
    blocks = plan.where(Block, session=session.id)
    return session.held_on < today or any(block.started or block.spent for block in blocks)


def all_here(plan: AccountPlan, session: str, today: dt.date) -> tuple[Change, ...]:
    """Return the changes by which everybody of ours is at a session; raises Refused before its day."""
    held = plan.get(Session, session)
    if held is None:
        return ()
    if is_expected(held, today):
        raise Refused(f"Nobody is here before {format_date(held.held_on)}: until then they are expected.")
    away = (member for member in plan.all(Member) if plan.get(Presence, session, member.id) is None)
    return tuple(Add(Presence(session=session, member=member.id)) for member in away)


def guests_now(plan: AccountPlan, block: str) -> tuple[Guest, ...]:
    """Return who of the customer is in the room for a block and has not left again."""
    return tuple(guest for guest in plan.where(Guest, block=block) if guest.left_at is None)


def attend(plan: AccountPlan, block: str, person: str, now: dt.datetime) -> tuple[Change, ...]:
    """Return the changes by which somebody of the customer comes for a block, leaves it, or comes back.

    Who leaves a block that has begun was there, and stays named. Before it begins they are expected only, and
    then no longer.
    """
    guest, held = plan.get(Guest, block, person), plan.get(Block, block)
    if guest is None:
        return (Add(Guest(block=block, stakeholder=person)),)
    if guest.left_at is not None:
        return set_field(guest, "left_at", None)
    if held and (held.started or held.spent):
        return set_field(guest, "left_at", now.isoformat())
    return removal(plan, guest)


def _rates(plan: AccountPlan, session: str) -> list[float | None]:
    there = (plan.get(Member, row.member) for row in plan.where(Presence, session=session))
    return [member.rate for member in there if member]


def roti(plan: AccountPlan, session: str) -> float | None:
    """Return the mean return on time invested, 1 to 5, halves of a hundredth rounded up."""
    scores = [row.score for row in plan.where(Roti, session=session)]
    seats = len(scores)
    return (200 * sum(scores) + seats) // (2 * seats) / 100 if seats else None
