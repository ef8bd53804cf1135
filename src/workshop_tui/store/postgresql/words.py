"""What an error of the server, or of the way to it, means to a person. The password is in none of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import psycopg

from workshop_tui.domain.base.text import clean_text
from workshop_tui.server_url import ServerUrl
from workshop_tui.store.errors import StoreError
from workshop_tui.store.file import SenselessError

_AWAY: Final = "can't be reached: check that the server runs, and your network"
_GONE: Final = "has gone away: check that the server runs, and your network"
_FULL: Final = "takes no more connections just now: wait a moment and try again"
_BARRED: Final = "gives you no right to do that: have its administrator grant it"
_CAUSES: Final[Mapping[str, str]] = {
    "08": _GONE,
    "22": "can't hold what was typed: take out signs that can't be seen, and numbers that are too large",
    "25006": "can't be written just now, as the server or your role only reads: ask its administrator",
    "25": _GONE,  # as when a connection has stood still for too long within a transaction
    "28": "lets nobody in by that name and password: check both",
    "3D000": "isn't there: check its name, or make it with `createdb`",
    "40": "was written by somebody else at the same moment: try again",
    "42501": _BARRED,
    "42": "isn't as this version made it: look at its tables, or restore it with pg_restore",
    "53100": "can't grow because the server's disk is full: free some space and try again",
    "53300": _FULL,
    "53": "is short of what it needs on its server: ask its administrator",
    "55P03": "has been locked by another program for too long: wait a moment and try again",
    "57": _GONE,
    "58": "can't be read from or written to the server's disk: ask its administrator",
    "XX": "is damaged: restore it with pg_restore, or ask its administrator",
}
"""The beginning of an SQLSTATE → what is wrong and what to do; the longest that fits counts."""

_AT_THE_DOOR: Final[Mapping[str, str]] = {
    "password authentication failed": "refuses the password: check it in the URL, PGPASSWORD or ~/.pgpass",
    "no password supplied": "asks for a password: put it into the URL, PGPASSWORD or ~/.pgpass",
    "authentication failed": "lets nobody in by that name: check the name in the URL",
    "pg_hba.conf": "lets nobody in by that name from here: have its administrator allow it",
    "not permitted to log in": "lets nobody in by that name: check the name in the URL",
    "permission denied for database": _BARRED,
    "too many": _FULL,
    "connection slots": _FULL,
    "starting up": "is only just starting: wait a moment and try again",
    "shutting down": _GONE,
    "certificate": "shows a certificate that isn't trusted: check sslmode and sslrootcert in the URL",
    "SSL": "can't be reached by way of SSL: check sslmode in the URL",
}
"""What libpq says when it isn't let in, which has no SQLSTATE → what is wrong and what to do."""


def explained(error: psycopg.Error, url: ServerUrl) -> StoreError:
    """Return what an error means; nothing of what the driver says is told, as it may quote the URL."""
    if state := error.sqlstate:
        begun = (state[:length] for length in (5, 2))
        cause = next((_CAUSES[each] for each in begun if each in _CAUSES), f"answers with an error ({state})")
        return StoreError(f"The database {url} {cause}.")
    said = clean_text(str(error))
    if isinstance(error, psycopg.OperationalError):
        return StoreError(f"The database {url} {_refused(said)}.")
    return StoreError(
        f"The database {url} {_CAUSES['22' if isinstance(error, psycopg.DataError) else '08']}."
    )


def _refused(said: str) -> str:
    if "database" in said and "does not exist" in said:
        return _CAUSES["3D000"]
    if "role" in said and "does not exist" in said:
        return _AT_THE_DOOR["authentication failed"]
    found = next((cause for words, cause in _AT_THE_DOOR.items() if words in said), "")
    lost = "lost" in said or "closed" in said or "terminat" in said
    return found or (_GONE if lost else _AWAY)


@contextmanager
def plainly(url: ServerUrl) -> Iterator[None]:
    """Turn errors of the driver, and rows that make no sense, into StoreError."""
    try:
        yield
    except SenselessError as error:
        raise StoreError(
            f"The database {url} holds a row that isn't valid: restore it with pg_restore."
        ) from error
    except psycopg.Error as error:
        raise explained(error, url) from None
