"""What the room's window follows: which main screen, and which block of it. Pure: no widgets."""

from __future__ import annotations

from workshop_tui.domain.base.dates import format_date
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.store.presence import OnlinePresence
from workshop_tui.views.beside import beside_called
from workshop_tui.views.value.answers import about

NOT_READ = "Waiting for the database."


def main_screens(live: LivePlan, session: str = "") -> tuple[OnlinePresence, ...]:
    """Return the screens on which the account, or this session of it, is open; the longest open one first."""
    found = (
        seat
        for seat in live.others
        if live.has_session(seat.session) and (not session or seat.session == session)
    )
    return tuple(sorted(found, key=lambda seat: (not seat.since, seat.since, seat.seat)))


def followed_screen(live: LivePlan, session: str = "", keeper: str = "") -> OnlinePresence | None:
    """Return the facilitator's main screen; None where none is open.

    That is the one of who moved the clock last today, the `keeper`; before that, the one that has been
    open the longest.
    """
    screens = main_screens(live, session)
    return next((seat for seat in screens if keeper and seat.actor == keeper), next(iter(screens), None))


def room_screen(live: LivePlan) -> OnlinePresence | None:
    """Return another screen that is the room's: what the customer looks at, else what has been open longer.

    None where this one has been open the longest of those. Where the customer looks at this one, only another
    at which they look is: nothing here tells where somebody of ours is.
    """
    screens = main_screens(live, live.session_id)
    shared = tuple(seat for seat in screens if seat.audience == CUSTOMER)
    if live.audience != CUSTOMER and shared:
        return shared[0]
    others = shared if live.audience == CUSTOMER else screens
    return next((seat for seat in others if seat.since and seat.since < live.since), None)


def asked_in_room(live: LivePlan) -> tuple[str | None, str | None]:
    """Return the ids of the question and the person that another screen asks, where that is the room's.

    It is if the customer looks at it, and not at this one; else if it has been open longer than this one, and
    is not ours alone while they look at this one.
    """
    seat = room_screen(live)
    block = live.view.get(Block, seat.block) if seat else None
    if seat is None or block is None or block.kind is not BlockKind.VALUE:
        return None, None
    question, person = about(live.view, seat.row)
    return question, person or (seat.subject if live.view.get(Stakeholder, seat.subject) else None)


def room_block(live: LivePlan, block: str, shown: str) -> Block | None:
    """Return the block that is open on the main screen.

    Where the audience may not see that one, it is the one that it was `shown` before; so that what is
    looked at elsewhere changes nothing here. None where it was shown none of the session yet.
    """
    found = (live.view.get(Block, each) or beside_called(live, each) for each in (block, shown))
    return next((each for each in found if each and each.session == live.session_id), None)


def waiting(live: LivePlan, session: str = "") -> str:
    """Return in a sentence what is waited for while no main screen is open."""
    name, number = live.view.account.name, live.view.number_of(session)
    what = f"session {number} of {name}" if session and number else name
    return f"Waiting for {what} to be opened on the main screen."


def welcome(live: LivePlan) -> str:
    """Return what is shown where no block is: whose session it is, and its day."""
    number, day = live.view.number_of(live.session.id), format_date(live.session.held_on)
    return f"{live.view.account.name}\n\nSession {number} · {day}"
