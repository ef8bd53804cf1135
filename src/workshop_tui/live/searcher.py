"""Searching what everybody said while the app goes on: nothing here waits in the loop. Knows no Textual."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.text import fold
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.search.hits import SearchResult
from workshop_tui.domain.search.query import parse
from workshop_tui.server_url import Database
from workshop_tui.store.errors import StoreError
from workshop_tui.store.search import Readers, SearchReader

if TYPE_CHECKING:
    from workshop_tui.store.store import Store
    from workshop_tui.store.thread import StorageThread

AT_ONCE = 100
"""Lines that are looked for: more than anybody reads, and few enough to be there with the next key."""


def readers_of(view: AccountPlan | None) -> Readers | None:
    """Return for whom is searched where a plan is shown as cut for its audience; None before the customer.

    Without one, as in the library, it is the alliance. A firm is found again in other accounts by its names.
    """
    audience = view.audience if view else ALLIANCE
    if view is None or audience == ALLIANCE:
        return Readers(ALLIANCE)
    firm = view.get(Party, audience)
    if audience in {None, CUSTOMER} or firm is None:
        return None
    return Readers(firm.id, frozenset({fold(firm.short), fold(firm.name)}), view.account.id)


class Searcher:
    """Looks for what is typed in a thread of its own, and has what was said since found as well.

    The newest question alone is answered: what was asked before it and not begun yet is passed over.
    """

    def __init__(self, path: Database, storage: StorageThread) -> None:
        """Take the database, and the thread that writes to it."""
        self._storage = storage
        self._reader = SearchReader(path)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search")
        self._asked, self._version = 0, -1

    async def search(
        self, typed: str, dates: Calendar, readers: Readers, most: int = AT_ONCE
    ) -> SearchResult | None:
        """Return what is found; None where something else is looked for by now.

        Raises QueryError for what can't be looked for, and StoreError where the file can't be read.
        """
        self._asked += 1
        mine, query = self._asked, parse(typed, dates)

        def look() -> SearchResult | None:
            return self._reader.search(query, readers, most) if mine == self._asked else None

        found = await asyncio.get_running_loop().run_in_executor(self._executor, look)
        return found if mine == self._asked else None

    async def behind(self) -> tuple[str, ...] | None:
        """Return the accounts of which something isn't found yet; None where nobody has written since."""
        return await asyncio.wrap_future(self._storage.call(self._behind))

    def _behind(self, store: Store) -> tuple[str, ...] | None:
        """Return them in the storage thread."""
        if (version := store.version()) == self._version:
            return None
        behind = store.search_behind()
        self._version = version
        return behind

    async def catch_up(self, account: str) -> bool:
        """Have all found that was said in an account; return whether that could be done."""
        try:
            await asyncio.wrap_future(self._storage.call(lambda store: store.update_search(account)))
        except StoreError:
            return False
        return True

    def close(self) -> None:
        """Let go of the file once nothing is looked for any more."""
        self._asked += 1
        self._executor.submit(self._reader.close)
        self._executor.shutdown(wait=False)
