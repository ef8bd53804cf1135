"""Who else has the account open, and where. Pure: no widgets."""

from __future__ import annotations

from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.model.session import Block
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.store.presence import OnlinePresence


def others_named(live: LivePlan) -> tuple[str, ...]:
    """Return who else is there, the longest form first, as in «with mirela · Value»; () for nobody.

    The customer is told nothing of it.
    """
    if not live.others or live.audience == CUSTOMER:
        return ()
    names, places = zip(*((seat.actor, _place(live, seat)) for seat in live.others), strict=True)
    fully = (f"{name} · {place}" if place else name for name, place in zip(names, places, strict=True))
    return (f"with {', '.join(fully)}", f"with {', '.join(names)}", f"+{len(names)}")


def _place(live: LivePlan, seat: OnlinePresence) -> str:
    if seat.session != live.session_id:
        number = live.view.number_of(seat.session)
        return f"session {number}" if number else ""
    block = live.view.get(Block, seat.block)
    return block.kind.label.capitalize() if block else ""
