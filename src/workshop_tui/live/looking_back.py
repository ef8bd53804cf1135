"""An account looked back on, for one audience: as it was known on a day, and two sessions side by side."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from workshop_tui.domain.base.vocabulary import UNCUT
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.past import as_known
from workshop_tui.domain.plan.plan import AccountPlan, audiences
from workshop_tui.domain.rules.compare import Comparison, compare
from workshop_tui.live.record import Shown, as_shown

WHOLE = UNCUT
"""Stands for no audience: the plan isn't cut."""
RECORDS = "by the records of both sessions"
DATED = "by dated rows"
_NO_DAY = "who came, levels, owners, the proposition and standings keep no day"


class Compared(Struct, frozen=True):
    """What changed between two sessions, and what it was worked out from."""

    comparison: Comparison
    basis: str
    """By the records of both sessions, or by dated rows and why."""


def compared(whole: AccountPlan, one: Session, other: Session, audience: str) -> Compared:
    """Return what changed between two sessions of a whole plan, cut for an audience or «all».

    The earlier by date is the one compared with, in whichever order they are given.
    """
    earlier, later = sorted((one, other), key=lambda session: whole.number_of(session.id))
    shown = [as_shown(whole, session.id) for session in (earlier, later)]
    if why := _no_records(whole, (earlier, later), shown, audience):
        then, now = (known_to(whole, session.held_on, audience, session.id) for session in (earlier, later))
        found = compare(then, now, earlier.id, later.id, by_records=False)
        return Compared(found, f"{DATED}, as {why}: {_NO_DAY}")
    then, now = (cut(each.plan, audience) for each in shown)
    on = max(later.held_on, _sealed(shown[1]) or later.held_on)
    return Compared(compare(then, now, earlier.id, later.id, by_records=True, on=on), RECORDS)


def cut(whole: AccountPlan, audience: str) -> AccountPlan:
    """Return what an audience sees of a whole plan; the whole of it for «all»."""
    return whole if audience == WHOLE else project(whole, audience)


def known_to(whole: AccountPlan, on: dt.date, audience: str, opened: str = "") -> AccountPlan:
    """Return what an audience sees of a whole plan as it was known on a day: what rules of a day work on.

    `opened` is the session that is being prepared or held, as in `as_known`.
    """
    return cut(as_known(whole, on, opened), audience)


def _sealed(shown: Shown) -> dt.date | None:
    return shown.seal.sealed_at.astimezone().date() if shown.seal else None


def _no_records(
    whole: AccountPlan, sessions: tuple[Session, Session], shown: list[Shown], audience: str
) -> str:
    """Return why the records of both sessions can't be compared; empty when they can."""
    unsealed = [session for session, each in zip(sessions, shown, strict=True) if each.seal is None]
    if len({session.id for session in unsealed}) > 1:
        return "neither session is sealed"
    if unsealed:
        return f"session {whole.number_of(unsealed[0].id)} is not sealed"
    if fault := next((each.fault for each in shown if each.fault), ""):
        return f"a record can't be used ({fault.removesuffix('.')})"
    if audience != WHOLE and not all(audience in audiences(each.plan) for each in shown):
        return "a record is older than this firm's part in the alliance"
    return ""
