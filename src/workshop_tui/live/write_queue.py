"""Steps that wait to be written, and what the journal says meanwhile: told in the journal's order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Conflict, Refused, Step
from workshop_tui.domain.search.said import touched

if TYPE_CHECKING:
    from workshop_tui.store.store import Store
    from workshop_tui.store.thread import StorageThread

T = TypeVar("T")
INDEXED = 0.4
"""Seconds after a Step until it is found by its words: typing goes first, and no search lags by a second."""


class JournalUpdate(Struct, frozen=True):
    """What has come of a Step that waited, or what others did: nothing is left out in between."""

    steps: tuple[Step, ...] = ()
    """The next Steps of the journal, whoever took them."""
    mine: frozenset[int] = frozenset()
    """The numbers of those that waited here."""
    refused: Conflict | None = None
    """Why the next one that waited here was not written."""
    plan: AccountPlan | None = None
    """The whole plan as the journal has it at `number`, in the place of Steps."""
    number: int = 0


class WriteQueue:
    """Writes Steps in their order, and then drafts; reads the Steps that others wrote.

    Two deques of the same Steps: this one is the storage thread's, the live plan's is the loop's, and
    each outcome takes the first off both. What could not be written stays, and is tried again.
    """

    def __init__(
        self,
        storage: StorageThread,
        account: str,
        number: int,
        tell: Callable[[JournalUpdate], None],
        written: Callable[[BaseException | None], None],
    ) -> None:
        """Take the number of the last Step that is known.

        `tell` is called in the loop of the caller, and so is `written` each time that what waits has been
        written, or could not be.
        """
        self._storage, self._account, self._tell, self._written = storage, account, tell, written
        self._loop = asyncio.get_running_loop()
        self._queue: deque[Step] = deque()
        self._drafts: dict[tuple[str, str], str] = {}
        self._drafts_lock = Lock()
        self._next: Future[None] | None = None
        self._last = number
        self._mine: set[int] = set()
        self._stale = False
        self._indexing: asyncio.TimerHandle | None = None

    @property
    def waits(self) -> bool:
        """Whether anything is still to be written."""
        return bool(self._queue or self._drafts)

    @property
    def drafts(self) -> dict[tuple[str, str], str]:
        """The drafts that are still to be written: (actor, place) → text."""
        with self._drafts_lock:
            return dict(self._drafts)

    def write(self, *steps: Step) -> None:
        """Have these Steps, and whatever still waits, written.

        Where that is asked for already and not begun, it isn't asked for twice: while the database is
        locked each attempt takes long, and what is asked of the storage behind them waits for them all.
        """
        self._queue.extend(steps)
        if self._next is None or self._next.running() or self._next.done():
            self._next = self._storage.call(self._drain)
            self._next.add_done_callback(lambda done: self.call_in_loop(self._written, done.exception()))

    def keep(self, actor: str, place: str, text: str) -> None:
        """Have a draft written; of one place the latest is enough."""
        with self._drafts_lock:
            self._drafts[actor, place] = text
        self.write()

    def reload(self) -> None:
        """Have the whole plan told anew, as when a Step in the journal doesn't fit what is known."""
        self._stale = True
        self.write()

    def ask(self, fn: Callable[[Store], T]) -> Future[T]:
        """Ask the store for something once all that waits is written; fails where that can't be written."""

        def asked(store: Store) -> T:
            self._drain(store)
            return fn(store)

        return self._storage.call(asked)

    def call_in_loop(self, do: Callable[..., object], *what: object) -> None:
        """Have something done in the loop, unless the app has gone: the writing goes on without it."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(do, *what)

    def _index_shortly(self) -> None:
        """Have what was written found by its words, with whatever else comes within a moment."""
        if self._indexing is None:
            self._indexing = self._loop.call_later(INDEXED, self._index)

    def _index(self) -> None:
        """Have it found, behind what waits by now; a search makes up for what fails, or comes too late."""
        self._indexing = None
        account = self._account
        with suppress(RuntimeError):  # the storage has closed
            self._storage.call(lambda store: store.update_search(account))

    # In the storage thread

    def _drain(self, store: Store) -> None:
        if self._stale or self._mine:  # written, but what stood before it could not be read
            self.read(store)
        while self._queue:
            try:
                written = store.commit(self._account, self._queue[0])
            except Refused as refused:
                self.read(store)  # before it is let go of, or it is never told where this fails
                self._queue.popleft()
                conflict = refused if isinstance(refused, Conflict) else Conflict(str(refused))
                self.call_in_loop(self._tell, JournalUpdate(refused=conflict))
            else:
                self._queue.popleft()
                self._mine.add(written.number)
                self.read(store, written)
                if touched(written.changes) != set():
                    self.call_in_loop(self._index_shortly)
        for (actor, place), text in self.drafts.items():
            store.save_draft(self._account, actor, place, text)
            with self._drafts_lock:
                if self._drafts[actor, place] == text:  # and nothing else was typed meanwhile
                    del self._drafts[actor, place]

    def read(self, store: Store, written: Step | None = None) -> None:
        """Tell of the Steps beyond the last one known; they may be just the one written.

        Once what is known is stale, the whole plan is told in their place.
        """
        if self._stale:
            self._load(store)
            return
        is_next = written is not None and written.number == self._last + 1
        steps = (written,) if written and is_next else store.since(self._account, self._last)
        if steps:
            self._last = steps[-1].number
            mine = self._mine & {step.number for step in steps}
            self._mine -= mine
            self.call_in_loop(self._tell, JournalUpdate(steps, frozenset(mine)))

    def _load(self, store: Store) -> None:
        plan, self._last = store.load(self._account)
        mine, self._mine, self._stale = frozenset(self._mine), set(), False
        self.call_in_loop(self._tell, JournalUpdate(mine=mine, plan=plan, number=self._last))
