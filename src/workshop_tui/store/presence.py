"""Who has an account open, and where: rows that are no part of the plan and leave no trace in the journal."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import re
import secrets
import sys
import uuid
from functools import cache
from hashlib import sha256
from itertools import chain, count
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, fields

from workshop_tui.store import file
from workshop_tui.store.raw import RawConnection

BEAT = dt.timedelta(seconds=30)
"""How often somebody who is there says so."""
LIVE = dt.timedelta(seconds=75)
"""After so long without a word nobody is there any more."""

BOOT = Path("/proc/sys/kernel/random/boot_id")
"""Another text on each machine, each time it is started."""
GONE = dt.datetime.min.replace(tzinfo=dt.UTC)
"""When somebody was last heard of who has left."""


class OnlinePresence(Struct, frozen=True):
    """Somebody at a keyboard: one process that has an account open."""

    seat: str
    """Which process that is, in one account."""
    actor: str
    session: str
    block: str
    seen_at: dt.datetime
    audience: str = ""
    """For whom the screen is cut; empty where that isn't known."""
    view: str = ""
    """Which view of the block is open, by the name of its class; empty where that isn't known."""
    subject: str = ""
    """The id of the person or question that the view has been stepped to."""
    row: str = ""
    """What the cursor is on, as every view of the block calls it."""
    covered: bool = False
    """Whether the curtain is down."""
    since: str = ""
    """When they opened the session (ISO 8601, UTC); empty where that isn't known."""

    @property
    def place(self) -> tuple[object, ...]:
        """Where they are and what they look at: another one when that has to be told anew."""
        looked_at = self.view, self.subject, self.row
        return self.session, self.block, self.audience, *looked_at, self.covered


def new_seat() -> str:
    """Return a name for this process that tells which machine and process it is, and nothing else."""
    return f"{_machine()}-{os.getpid()}-{secrets.token_hex(4)}"


_COLUMNS = ", ".join(f'"{field.name}"' for field in fields(OnlinePresence))
_SEATS = f'SELECT {_COLUMNS} FROM seat WHERE account = ? ORDER BY "actor"'  # noqa: S608 - our own names
_SIT = f"INSERT INTO seat (account, {_COLUMNS}) VALUES (?{', ?' * len(fields(OnlinePresence))})"  # noqa: S608
_SITS_IN = "SELECT session FROM seat WHERE account = ? AND seat = ?"
_RISE = "DELETE FROM seat WHERE account = ? AND seat = ?"
_CLEAR = """
    DELETE FROM seat WHERE account = ? AND session = ? AND seat NOT IN (SELECT key FROM json_each(?))
"""
_TAKE_OVER = """
    UPDATE draft SET actor = ? WHERE account = ? AND actor = ?
    AND place NOT IN (SELECT place FROM draft WHERE account = ? AND actor = ?)
"""


def join(connection: RawConnection, account: str, mine: OnlinePresence) -> str:
    """Say that somebody is there; return the name they go by: numbered when another has theirs.

    Two keyboards under one login name are two people, so that each undoes their own. Who joins takes
    over from those who have left the session: whose process has ended, or of whom nothing was heard for
    `LIVE`. Their seats are cleared away, since one's own was opened as narrow as they were left, and what
    was kept as drafts under a number is kept under one's own name.
    """
    others = [other for other in online(connection, account, mine.seen_at - LIVE) if other.seat != mine.seat]
    sat_in = connection.execute(_SITS_IN, (account, mine.seat)).fetchone()
    arrives = sat_in is None or sat_in[0] != mine.session
    if arrives:
        kept = json.dumps(dict.fromkeys((other.seat for other in others), 0))
        connection.execute(_CLEAR, (account, mine.session, kept))
    connection.execute(_RISE, (account, mine.seat))
    names = chain((mine.actor,), (f"{mine.actor} ({number})" for number in count(2)))
    taken = {other.actor for other in others}
    actor = next(name for name in names if name not in taken)
    if arrives:
        _take_over_drafts(connection, account, mine.actor, actor, taken)
    row = asdict(mine) | {"actor": actor, "seen_at": mine.seen_at.isoformat()}
    connection.execute(_SIT, (account, *row.values()))
    return actor


def _take_over_drafts(
    connection: RawConnection, account: str, login: str, actor: str, taken: set[str]
) -> None:
    """Give an actor the drafts under the numbered names of their login name that nobody goes by now."""
    found = connection.execute("SELECT DISTINCT actor FROM draft WHERE account = ?", (account,))
    for name in sorted({name for (name,) in found} - taken - {actor}):
        if re.fullmatch(rf"{re.escape(login)} \(\d+\)", name):
            connection.execute(_TAKE_OVER, (actor, account, name, account, actor))


def online(connection: RawConnection, account: str, at: dt.datetime) -> tuple[OnlinePresence, ...]:
    """Return who was heard of at this moment (UTC) or later, by name."""
    with file.making_sense():
        found = [_presence(*row) for row in connection.execute(_SEATS, (account,))]
    return tuple(one for one in found if one.seen_at >= at and not _has_ended(one.seat))


def _presence(*row: Any) -> OnlinePresence:
    seat, actor, session, block, seen_at, audience, view, subject, on, covered, since = row
    at = dt.datetime.fromisoformat(seen_at)
    looked_at = audience, view, subject, on, bool(covered)
    return OnlinePresence(seat, actor, session, block, at, *looked_at, since)


def leave(connection: RawConnection, account: str, seat: str) -> None:
    """Note that somebody has left; for whom their screen was cut is remembered."""
    gone = "UPDATE seat SET seen_at = ? WHERE account = ? AND seat = ?"
    connection.execute(gone, (GONE.isoformat(), account, seat))


def audiences(connection: RawConnection, account: str) -> dict[str, frozenset[str]]:
    """Return session → for which audiences it is open at any keyboard, or was left."""
    found: dict[str, frozenset[str]] = {}
    for session, audience in connection.execute(
        "SELECT session, audience FROM seat WHERE account = ?", (account,)
    ):
        found[session] = found.get(session, frozenset()) | ({audience} - {""})
    return found


@cache
def _machine() -> str:
    """Return what no other machine of the same name has: two of a team's may well be called alike."""
    try:
        own = BOOT.read_text("ascii")
    except (OSError, UnicodeDecodeError):  # it is Linux's alone
        own = str(uuid.getnode())
    return sha256(f"{platform.node()} {own}".encode()).hexdigest()[:8]


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
