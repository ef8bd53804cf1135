"""Steps that wait to be written, and what the journal says meanwhile: told in the journal's order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.step import Conflict, Refused, Step

if TYPE_CHECKING:
    from workshop_tui.store.store import Store
    from workshop_tui.store.thread import StorageThread


@dataclass(frozen=True)
class Heard:
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


class Writing:
    """Writes Steps in their order, and reads those that others wrote.

    Two deques of the same Steps: this one is the storage thread's, the live plan's is the loop's, and
    each outcome takes the first off both. A Step that could not be written stays the first.
    """

    def __init__(
        self, storage: StorageThread, account: str, number: int, tell: Callable[[Heard], None]
    ) -> None:
        """Take the number of the last Step that is known; `tell` is called in the loop of the caller."""
        self._storage, self._account, self._tell = storage, account, tell
        self._loop = asyncio.get_running_loop()
        self._queue: deque[Step] = deque()
        self._last = number
        self._mine: set[int] = set()

    def write(self, *steps: Step) -> Future[None]:
        """Have these Steps, and whatever still waits, written."""
        self._queue.extend(steps)
        return self._storage.call(self._drain)

    def soon(self, do: Callable[..., object], *what: object) -> None:
        """Have something done in the loop, unless the app has gone: the writing goes on without it."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(do, *what)

    # In the storage thread

    def _drain(self, store: Store) -> None:
        if self._mine:  # written, but what stood before it could not be read
            self.read(store)
        while self._queue:
            try:
                written = store.commit(self._account, self._queue[0])
            except Refused as refused:
                self._queue.popleft()
                self.read(store)
                conflict = refused if isinstance(refused, Conflict) else Conflict(str(refused))
                self.soon(self._tell, Heard(refused=conflict))
            else:
                self._queue.popleft()
                self._mine.add(written.number)
                self.read(store, written)

    def read(self, store: Store, written: Step | None = None) -> None:
        """Tell of the Steps beyond the last one known; they may be just the one written."""
        is_next = written is not None and written.number == self._last + 1
        steps = (written,) if written and is_next else store.since(self._account, self._last)
        if steps:
            self._last = steps[-1].number
            mine = self._mine & {step.number for step in steps}
            self._mine -= mine
            self.soon(self._tell, Heard(steps, frozenset(mine)))

    def load(self, store: Store) -> None:
        """Tell of the whole plan anew, as when a Step in the journal doesn't fit what is known."""
        plan, self._last = store.load(self._account)
        self.soon(self._tell, Heard(plan=plan, number=self._last))
