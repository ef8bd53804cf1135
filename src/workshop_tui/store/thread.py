"""The one thread that owns the Store, so that no key press waits for the disk."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from workshop_tui.server_url import Database
from workshop_tui.store import file, opening
from workshop_tui.store.raw import RawConnection

if TYPE_CHECKING:
    from workshop_tui.domain.plan.plan import AccountPlan
    from workshop_tui.domain.plan.step import Step
    from workshop_tui.store.reading import ReadAhead
    from workshop_tui.store.store import Store

T = TypeVar("T")
LONGEST = 2.0
"""Seconds for which opening the Store waits for a first screen at most: something may want it before."""


class StorageThread:
    """Runs calls on the Store one after the other, in the order in which they came.

    The Store is opened, and SQLModel imported, by the first call; a failure to open is that call's
    error, and the next call tries again. What only reads needs neither.
    """

    def __init__(
        self,
        path: Database,
        *,
        create: bool = True,
        reads_only: bool = False,
        begins: tuple[str, Step] | None = None,
    ) -> None:
        """Take the path of the database, and whether nothing may be written; nothing is opened yet.

        `begins` is an account and its first Step, stored as soon as the Store opens; until then it is here.
        """
        self.path, self.begins = path, begins
        self._create, self.reads_only = create, reads_only
        self._store: Store | None = None
        self._may_open = threading.Event()
        self._may_open.set()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="storage")
        self._ahead: ReadAhead | None = None

    def call(self, fn: Callable[[Store], T]) -> Future[T]:
        """Queue `fn`, to be called with the Store in the storage thread; never blocks."""
        return self._executor.submit(lambda: fn(self._opened()))

    def read(self, fn: Callable[[RawConnection], T]) -> Future[T]:
        """Queue what reads all as it is at one moment, over a plain connection; never blocks."""
        return self._executor.submit(self._read, fn)

    @property
    def ahead(self) -> ReadAhead:
        """What is known of the account that is probably opened next."""
        if self._ahead is None:
            from workshop_tui.store.reading import ReadAhead

            self._ahead = ReadAhead()
        return self._ahead

    def read_ahead(self, account: str) -> None:
        """Queue reading an account before it is asked for; what goes wrong is told then.

        Of a server nothing is: whoever opens another account would wait for a slow one's answers.
        """
        if isinstance(self.path, Path):
            self.read(lambda there: self.ahead.read(there, account))

    def load(self, account: str) -> Future[tuple[AccountPlan, int]]:
        """Queue reading an account: the whole plan, and the number of its last Step."""
        from workshop_tui.store import reading

        return self.read(lambda there: reading.load(there, account, self.path))

    def hold_back(self) -> None:
        """Don't open the Store before `go_on`: importing SQLModel would hold up a first screen."""
        self._may_open.clear()

    def go_on(self) -> None:
        """Open the Store once it is wanted."""
        self._may_open.set()

    def close(self, timeout: float | None = None) -> None:
        """Finish what is queued, close the Store, and take no more calls.

        Waits at most `timeout` seconds, then raises TimeoutError; what is queued still goes on, but for what
        a server doesn't answer.
        """
        self.go_on()
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
            self._may_open.wait(LONGEST)
            from workshop_tui.domain.base import validation

            validation.prepare()  # first, as what is typed waits for it and for nothing else here
            from workshop_tui.store.store import Store

            reads_only = self.reads_only
            self._store = (
                Store.open_to_read(self.path) if reads_only else Store.open(self.path, create=self._create)
            )
        if self.begins is not None:
            self._store.commit(*self.begins)
            self.begins = None
        return self._store

    def _read(self, fn: Callable[[RawConnection], T]) -> T:
        if self._store is None and (not isinstance(self.path, Path) or self.path.exists()):
            with opening.reading(self.path) as connection:
                if opening.revision(connection, self.path) == file.REVISIONS[-1]:
                    return fn(connection)
        self.go_on()  # there is nothing to show before an older one is brought up to date
        with self._opened().backend.reading() as there:
            return fn(opening.driver(there))

    def _close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
