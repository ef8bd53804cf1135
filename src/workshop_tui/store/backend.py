"""What the Store stands on: a file, or a database on a server."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from workshop_tui.server_url import Database
from workshop_tui.store.tables import METADATA, VERSION

if TYPE_CHECKING:
    import sqlalchemy as sa

READ_ONLY = "Nothing can be changed from here: this only looks on."


class Backend(Protocol):
    """An open database. Everything raises StoreError, with one sentence, when it can't be used."""

    @property
    def path(self) -> Database:
        """Where it is; as text it is fit for a message."""

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """One read transaction: everything as it was at one moment."""

    def writing(self, account: str = "") -> AbstractContextManager[sa.Connection]:
        """One write transaction, whole or not at all, of one account, or of whatever is there.

        Nobody else writes to that meanwhile.
        """

    def migrating(self) -> AbstractContextManager[sa.Connection]:
        """One write transaction in which a table may be made anew, and what refers to it stays."""

    def revision(self) -> str | None:
        """Return the schema's revision, None for an empty database; refuse a foreign or newer one."""

    def version(self) -> int:
        """Return a number that is another one when anybody has written since."""

    def create(self) -> None:
        """Make all tables in an empty database, unless another process has just done so."""

    def close(self) -> None:
        """Let go of it."""

    def abandon(self) -> None:
        """Have what waits for an answer that doesn't come fail, from whatever thread, as at the end."""


@cache
def tables_ddl(dialect: sa.Dialect) -> tuple[str, ...]:
    """Return what makes all tables and their indexes; writing it out takes longer than making them."""
    made: list[DDLElement] = []
    for each in (*METADATA.sorted_tables, VERSION):
        made += (CreateTable(each), *map(CreateIndex, each.indexes))
    return tuple(str(each.compile(dialect=dialect)) for each in made)
