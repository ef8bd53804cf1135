"""Following others: a look at the database every moment, and a word that one is there oneself."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from workshop_tui.store.errors import StoreError
from workshop_tui.store.file import beside, stamp
from workshop_tui.store.presence import BEAT, LIVE, OnlinePresence

if TYPE_CHECKING:
    from workshop_tui.live.write_queue import WriteQueue
    from workshop_tui.store.store import Store
    from workshop_tui.store.thread import StorageThread

SOON = dt.timedelta(seconds=5)
"""After which one says again that one is there, when it could not be written."""
LOOK = 0.5
"""Seconds between two looks: what another did is shown within a second."""
ALONE = 1.2
"""The same where nobody else has the account open: by then the clock has had one look, each second."""
LOOK_ON = 0.25
"""The same for who only looks on, as the window for the room does."""
SHORTLY = 0.2
"""Seconds for which what is looked at is gathered before it is told: a cursor may go a long way."""


class ChangePoller:
    """Joins an account: has others' Steps read, tells who else is there, and that one is there oneself.

    A look costs one pragma as long as nobody writes to this account, and a glance at the file as long
    as nobody writes at all; on a server, a look at what it has sent meanwhile. A look waits its turn in the
    storage thread; when the database can't be read or written just then, the next look makes up for it.
    """

    def __init__(
        self,
        storage: StorageThread,
        writing: WriteQueue,
        account: str,
        presence: Callable[[], OnlinePresence],
        tell: Callable[[str, tuple[OnlinePresence, ...]], None],
    ) -> None:
        """Take one's presence as it is now, and whom to tell: the name one goes by, and who else is there.

        Whose presence has no seat looks on unseen, and writes nothing.
        """
        self._storage, self._writing, self._account = storage, writing, account
        self._presence, self._tell = presence, tell
        self._loop = asyncio.get_running_loop()
        self._said: OnlinePresence | None = None
        self._version = -1
        self._timer: asyncio.TimerHandle | None = None
        self._saying: asyncio.TimerHandle | None = None
        self._is_here, self._looks_again, self._is_alone = True, True, False
        self._files = beside(storage.path) if isinstance(storage.path, Path) else ()
        self._stamp = (-1, -1)

    def poll(self) -> Future[None]:
        """Look, and go on looking until one leaves."""
        looked = self._storage.call(self._poll)
        looked.add_done_callback(self._looked)
        return looked

    def _looked(self, done: Future[None]) -> None:
        if done.cancelled() or done.exception():
            self._looks_again = True  # nothing was seen
        self._writing.call_in_loop(self._wait)

    def _wait(self) -> None:
        if self._is_here:
            seconds = LOOK_ON if not self._presence().seat else ALONE if self._is_alone else LOOK
            self._timer = self._loop.call_later(seconds, self._stat)

    def look(self) -> None:
        """Look now rather than soon: who is awake anyway need not be woken for that."""
        if self._timer and self._is_here:
            self._timer.cancel()
            self._stat()

    def _stat(self) -> None:
        """Look only when the file has changed since the last glance, or one has to say that one is there.

        A clock of files is coarse: after a change a second look is taken, for what was written meanwhile.
        A server sends word of what is written: to look is to see whether any has come.
        """
        self._timer = None
        before, self._stamp = self._stamp, stamp(*self._files)
        changed = self._stamp != before or not self._files
        if changed or self._looks_again or self._is_due(self._presence()):
            self._looks_again = changed
            self.poll()
        else:
            self._wait()

    def announce(self) -> None:
        """Say at once how one is there now, as when the screen is cut for others."""
        if self._said and self._is_here:
            self._storage.call(lambda store: self._say(store, self._presence()))

    def announce_shortly(self) -> None:
        """Say how one is there now, with whatever comes of it within a moment."""
        is_coming = self._saying is not None and self._saying.when() > self._loop.time()
        if self._said and self._is_here and not is_coming:
            self._saying = self._loop.call_later(SHORTLY, self.announce)

    def leave(self) -> None:
        """Be there no more, and look no more."""
        self._is_here = False
        for timer in filter(None, (self._timer, self._saying)):
            timer.cancel()
        if self._said:
            account, seat = self._account, self._said.seat
            self._storage.call(lambda store: store.leave(account, seat))

    # In the storage thread

    def _poll(self, store: Store) -> None:
        mine = self._presence()
        actor = self._say(store, mine) if self._is_due(mine) else mine.actor
        if (version := store.version()) == self._version:
            return
        self._writing.read(store)
        there = store.online(self._account, mine.seen_at - LIVE)
        self._version = version
        others = tuple(one for one in there if one.seat != mine.seat)
        self._is_alone = not others
        self._writing.call_in_loop(self._tell, actor, others)

    def _is_due(self, mine: OnlinePresence) -> bool:
        if not mine.seat:
            return False
        said = self._said
        if said is None or said.place != mine.place:
            return True
        return mine.seen_at - said.seen_at >= BEAT

    def _say(self, store: Store, mine: OnlinePresence) -> str:
        self._said = mine
        try:
            return store.join(self._account, mine)
        except StoreError:  # who can't write is nevertheless shown what others do
            self._said = replace(mine, seen_at=mine.seen_at - BEAT + SOON)
            return mine.actor
