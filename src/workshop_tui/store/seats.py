"""Who has an account open, and where: rows that are no part of the plan and leave no trace in the journal."""

from __future__ import annotations

import datetime as dt
import os
import platform
import secrets
import sys
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, count

import sqlalchemy as sa

from workshop_tui.store.tables import SEAT

BEAT = dt.timedelta(seconds=30)
"""How often somebody who is there says so."""
LIVE = dt.timedelta(seconds=75)
"""After so long without a word nobody sits there any more."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at a keyboard: one process that has an account open."""

    seat: str
    actor: str
    session: str
    block: str
    seen_at: dt.datetime


def new_seat() -> str:
    """Return a name for this process that tells which machine and process it is, and nothing else."""
    return f"{_machine()}-{os.getpid()}-{secrets.token_hex(4)}"


def sit(connection: sa.Connection, account: str, seat: Seat) -> str:
    """Say that somebody is there; return the name they go by: numbered when another has theirs.

    Two keyboards under one login name are two people, so that each undoes their own. A seat whose
    process has ended, or of which nothing was heard for `LIVE`, is cleared away.
    """
    others = [other for other in since(connection, account, seat.seen_at - LIVE) if other.seat != seat.seat]
    kept = [other.seat for other in others]
    connection.execute(SEAT.delete().where(SEAT.c.account == account, SEAT.c.seat.not_in(kept)))
    names = chain((seat.actor,), (f"{seat.actor} ({number})" for number in count(2)))
    actor = next(name for name in names if name not in {other.actor for other in others})
    row = {"seat": seat.seat, "session": seat.session, "block": seat.block}
    connection.execute(
        SEAT.insert(), {**row, "account": account, "actor": actor, "seen_at": seat.seen_at.isoformat()}
    )
    return actor


def since(connection: sa.Connection, account: str, at: dt.datetime) -> tuple[Seat, ...]:
    """Return who was heard of at this moment (UTC) or later, by name."""
    rows = connection.execute(sa.select(SEAT).where(SEAT.c.account == account).order_by(SEAT.c.actor))
    found = (
        Seat(row.seat, row.actor, row.session, row.block, dt.datetime.fromisoformat(row.seen_at))
        for row in rows
    )
    return tuple(seat for seat in found if seat.seen_at >= at and not _has_ended(seat.seat))


def leave(connection: sa.Connection, account: str, seat: str) -> None:
    """Clear a seat."""
    connection.execute(SEAT.delete().where(SEAT.c.account == account, SEAT.c.seat == seat))


def _machine() -> str:
    return sha256(platform.node().encode()).hexdigest()[:8]


def _has_ended(seat: str) -> bool:
    """Whether this machine knows that the process of a seat is gone, as after a kill."""
    machine, _, rest = seat.partition("-")
    process = rest.partition("-")[0]
    if sys.platform == "win32" or machine != _machine() or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False  # it is somebody else's, and there
    return False
