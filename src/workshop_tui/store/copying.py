"""A whole database copied into an empty one, whatever the two stand on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from msgspec import Struct

from workshop_tui.server_url import Database
from workshop_tui.store import opening
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store
from workshop_tui.store.tables import METADATA, SEAT

_TABLES: Final = tuple(each for each in METADATA.sorted_tables if each is not SEAT)
"""All but who has an account open just now; what the search keeps is made anew."""
_AT_ONCE: Final = 500
_EMPTY: Final = "There is nothing to copy in {}: check the name."
_HELD: Final = "{} holds something already: name an empty database to copy into."
_COUNTS: Final = " UNION ALL ".join(
    f"SELECT '{each.name}', count(*) FROM \"{each.name}\""  # noqa: S608 - our own names
    for each in _TABLES
)


class TableSum(Struct, frozen=True):
    """How many rows a table has, and what they come to, ordered by their keys."""

    rows: int
    checksum: str


def sums(connection: sa.Connection) -> dict[str, TableSum]:
    """Return table → what is in it, the same wherever the same rows are; without tables that have none."""
    held = _counts(connection)
    return {each.name: _sum(connection, each) for each in _TABLES if each.name in held}


def counts(path: Database) -> dict[str, int]:
    """Return table → how many rows it has, without those that have none; nothing where no database is.

    Raises StoreError where it can't be read.
    """
    if not _is_there(path):
        return {}
    with closing(Store.open(path, create=False)) as store, store.backend.reading() as opened:
        return _counts(opened)


def _is_there(path: Database) -> bool:
    """Whether there are any tables; a file of the name of one isn't made."""
    if isinstance(path, Path) and not path.exists():
        return False
    with opening.reading(path) as connection:
        return opening.revision(connection, path) is not None


def refuse_without_content(path: Database) -> dict[str, int]:
    """Return what `counts` does, after bringing it up to date; raises StoreError where there is nothing."""
    if not (found := counts(path)):
        raise StoreError(_EMPTY.format(path))
    return found


def refuse_what_holds_anything(path: Database) -> None:
    """Raise StoreError unless a database is empty, or not there yet."""
    if counts(path):
        raise StoreError(_HELD.format(path))


def copy(source: Database, target: Database) -> Mapping[str, TableSum]:
    """Copy all that is in one database into an empty one, in one transaction; return what was copied.

    What has come in is read again and compared before it counts: broken off at any moment, the target holds
    nothing, or the whole.

    Raises:
        StoreError: one of the two can't be read or written, or the target holds anything.
    """
    if not _is_there(source):
        raise StoreError(_EMPTY.format(source))
    with (
        closing(Store.open(source, create=False)) as there,
        closing(Store.open(target)) as here,
        there.backend.reading() as reads,
        here.backend.writing() as writes,
    ):
        if _counts(writes):
            raise StoreError(_HELD.format(target))
        if not (held := _counts(reads)):
            raise StoreError(_EMPTY.format(source))
        for each in (table for table in _TABLES if table.name in held):
            for rows in _rows(reads, each):
                writes.execute(each.insert(), rows)
        found = sums(reads)
        if sums(writes) != found:
            raise StoreError(f"What came into {target} is not what {source} holds: nothing was copied.")
    return found


def _counts(connection: sa.Connection) -> dict[str, int]:
    return {name: int(count) for name, count in connection.exec_driver_sql(_COUNTS) if count}


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[list[dict[str, object]]]:
    query = sa.select(table).order_by(*table.primary_key.columns)
    with connection.execute(query, execution_options={"yield_per": _AT_ONCE}) as found:
        for rows in found.mappings().partitions():
            yield [dict(row) for row in rows]


def _sum(connection: sa.Connection, table: sa.Table) -> TableSum:
    count, digest = 0, blake2b(digest_size=16)
    for rows in _rows(connection, table):
        count += len(rows)
        for row in rows:
            digest.update(json.dumps([*row.values()], ensure_ascii=False).encode("utf-8", "surrogatepass"))
            digest.update(b"\n")
    return TableSum(count, digest.hexdigest())
