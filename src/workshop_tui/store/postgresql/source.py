"""A database on a server that is searched, over a connection that stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from workshop_tui.server_url import ServerUrl
from workshop_tui.store.file import making_sense
from workshop_tui.store.postgresql.engine import Postgresql, driver
from workshop_tui.store.raw import RawConnection


class ServerSource:
    """What `search.FileSource` is for a file."""

    def __init__(self, url: ServerUrl) -> None:
        """Take where it is; it is connected to when it is first read."""
        self._backend = Postgresql(url, reads_only=True)
        self._version = 0

    @contextmanager
    def reading(self) -> Iterator[RawConnection]:
        """Read it as it is at one moment; raises StoreError."""
        self._version = self._backend.version()  # before, so that what is written meanwhile makes another one
        with self._backend.reading() as connection, making_sense():
            yield driver(connection)

    def version(self) -> int:
        """Return another number once somebody has written."""
        return self._version

    def close(self) -> None:
        """Let go of it."""
        self._backend.close()
