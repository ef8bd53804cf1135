"""The one thread that owns the Store, so that no key press waits for the disk."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from workshop_tui.server_url import Database

if TYPE_CHECKING:
    from workshop_tui.store.store import Store

T = TypeVar("T")


class StorageThread:
    """Runs calls on the Store one after the other, in the order in which they came.

    The Store is opened, and SQLModel imported, by the first call; a failure to open is that call's
    error, and the next call tries again.
    """

    def __init__(self, path: Database, *, create: bool = True, reads_only: bool = False) -> None:
        """Take the path of the database, and whether nothing may be written; nothing is opened yet."""
        self.path = path
        self._create, self.reads_only = create, reads_only
        self._store: Store | None = None
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="storage")

    def call(self, fn: Callable[[Store], T]) -> Future[T]:
        """Queue `fn`, to be called with the Store in the storage thread; never blocks."""
        return self._executor.submit(lambda: fn(self._opened()))

    def close(self, timeout: float | None = None) -> None:
        """Finish what is queued, close the Store, and take no more calls.

        Waits at most `timeout` seconds, then raises TimeoutError; what is queued still goes on, but for what
        a server doesn't answer.
        """
        last = self._executor.submit(self._close)
        self._executor.shutdown(wait=False)
        try:
            last.result(timeout)
        except TimeoutError:
            if (store := self._store) is not None:
                store.backend.abandon()
            raise

    def _opened(self) -> Store:
        if self._store is None:
            from workshop_tui.store.store import Store

            reads_only = self.reads_only
            self._store = (
                Store.open_to_read(self.path) if reads_only else Store.open(self.path, create=self._create)
            )
        return self._store

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
