"""A database on a PostgreSQL server, as a URL names it: its password is kept apart from all that is told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, TypeAlias
from urllib.parse import parse_qsl, unquote, urlsplit

from workshop_tui.domain.base.text import clean_text

SCHEMES: Final = frozenset({"postgresql", "postgres"})
EXAMPLE: Final = "postgresql://anna@db.example/workshops"
_SECRET: Final = re.compile(r"pass|key|secret", re.IGNORECASE)


class ServerUrl:
    """A URL that was understood. As text, and so in every message, it is without its password.

    No tuple, which JSON would write part by part, and the password with it.
    """

    def __init__(self, url: str, shown: str) -> None:
        """Take it as it was given, which is for the connection alone, and as it is shown."""
        self.url: Final = url
        self.shown: Final = shown

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        return f"ServerUrl({self.shown!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ServerUrl) and self.url == other.url

    def __hash__(self) -> int:
        return hash(self.url)

    @property
    def secrets(self) -> frozenset[str]:
        """What must not be in any message, as it is written and as it is meant."""
        parts = urlsplit(self.url)
        given = [parts.password or "", *(v for n, v in parse_qsl(parts.query) if _SECRET.search(n))]
        return frozenset(filter(None, (*given, *map(unquote, given))))


Database: TypeAlias = Path | ServerUrl
"""Where the data are: in a file, or on a server."""


def server_url(given: str) -> ServerUrl:
    """Return the URL of a database on a server.

    Raises ValueError for what can't be understood: its message says what to write, and nothing of what was
    given, as the password may stand anywhere in it.
    """
    if given.count("@") > 1 or re.search(r"[/?#].*@", given.partition("://")[2]) or "#" in given:
        raise ValueError("write @ as %40, / as %2F, ? as %3F and # as %23 in its password")
    try:
        parts = urlsplit(given)
        port = parts.port if "," not in parts.netloc else None
    except ValueError:
        raise ValueError(f"write it as in {EXAMPLE}") from None
    host = parts.netloc.rpartition("@")[2]
    if "," not in host and port is None and re.search(r":[^\]]*$", host):
        raise ValueError(f"write it as in {EXAMPLE}")
    user = f"{parts.username}@" if parts.username else ""
    return ServerUrl(given, clean_text(f"{parts.scheme}://{user}{host}{parts.path}"))
