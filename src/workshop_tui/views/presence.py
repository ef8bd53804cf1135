"""Who else has the account open, and where. Pure: no widgets."""

from __future__ import annotations

from collections import Counter

from workshop_tui.domain.base.text import counted
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.session import Block
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.store.presence import OnlinePresence
from workshop_tui.views.beside import beside_called
from workshop_tui.views.block_views import stage_kind
from workshop_tui.views.status_bar import NAMED

COVERED, SHARED = "covered", "shared"
"""What is told of another screen of the session under its curtain, or at which the customer looks."""


def others_named(live: LivePlan) -> tuple[str, ...]:
    """Return who else is there, the longest form first, as in «with mirela (shared) · Value»; () for nobody.

    The last form is «1 shared» where a screen is, as that is what has to be known. The customer is told
    nothing of it.
    """
    if not live.others or live.audience == CUSTOMER:
        return ()
    names, places = zip(*((_named(live, seat), _place(live, seat)) for seat in live.others), strict=True)
    fully = (f"{name} · {place}" if place else name for name, place in zip(names, places, strict=True))
    states = Counter(filter(None, (_state(live, seat) for seat in live.others)))
    count = counted(len(names), "other")
    most = SHARED if SHARED in states else COVERED
    briefly = (f"{count} ({', '.join(states)})", f"{states[most]} {most}") if states else (count,)
    return (f"{NAMED}{', '.join(fully)}", f"{NAMED}{', '.join(names)}", *briefly)


def _named(live: LivePlan, seat: OnlinePresence) -> str:
    state = _state(live, seat)
    return f"{seat.actor} ({state})" if state else seat.actor


def _state(live: LivePlan, seat: OnlinePresence) -> str:
    if seat.session != live.session_id:
        return ""
    return COVERED if seat.covered else SHARED if seat.audience == CUSTOMER else ""


def _place(live: LivePlan, seat: OnlinePresence) -> str:
    if seat.session != live.session_id:
        number = live.view.number_of(seat.session)
        return f"session {number}" if number else ""
    block = live.view.get(Block, seat.block) or beside_called(live, seat.block)
    return stage_kind(block).label.capitalize() if block else ""
