"""What a connection without SQLAlchemy can be asked, whether it is to a file or to a server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol


class Rows(Protocol):
    """What a statement has found, or done."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def __iter__(self) -> Iterator[Any]: ...

    def fetchone(self) -> Any:
        """Return the next row, None behind the last."""

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""

    def close(self) -> None:
        """Be done with it."""


class RawConnection(Protocol):
    """What sqlite3's connection has, and the server's takes on: statements are as SQLite has them."""

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Rows:
        """Carry out a statement with a value for each question mark."""

    def executemany(self, statement: str, values: Iterable[Sequence[Any]], /) -> Rows:
        """Carry out a statement once for each of these."""
