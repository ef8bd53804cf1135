"""Many clients that write to one account, each with a store of its own."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field

from tests.store.plans import ACC, AT, name_of_ana
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Option
from workshop_tui.domain.plan.step import Add, Change, Conflict, Set, Step
from workshop_tui.server_url import Database
from workshop_tui.store.store import Store


@dataclass
class Written:
    """The numbers of the Steps that a client wrote, and how long each attempt took, in seconds."""

    numbers: list[int] = field(default_factory=list)
    took: list[float] = field(default_factory=list)


def crowd(path: Database, clients: int, edits: int, processes: int, *, shared: int = 10) -> Written:
    """Have so many clients take so many Steps each, all at once, in some processes; return what they did.

    One Step in `shared` is about the one name that all of them change.
    """
    if processes == 1:  # this one
        return _group(path, 0, clients, edits, shared)
    spawned = multiprocessing.get_context("spawn")
    each = clients // processes
    with ProcessPoolExecutor(processes, spawned) as pool:
        done = [pool.submit(_group, path, n * each, each, edits, shared) for n in range(processes)]
        groups = [one.result(600) for one in done]
    return Written(
        [number for group in groups for number in group.numbers],
        [seconds for group in groups for seconds in group.took],
    )


def one_by_one(path: Database, edits: int) -> Written:
    """Be one client that nobody else is beside."""
    return _write(path, "alone", edits, edits)


def _group(path: Database, first: int, clients: int, edits: int, shared: int) -> Written:
    """Be some of them, in threads."""
    with ThreadPoolExecutor(clients) as threads:
        found = [threads.submit(_write, path, f"c{first + n}", edits, shared) for n in range(clients)]
        all_of_it = [one.result(600) for one in found]
    return Written([n for w in all_of_it for n in w.numbers], [s for w in all_of_it for s in w.took])


def _write(path: Database, actor: str, edits: int, shared: int) -> Written:
    """Take so many Steps, each until it is stored: rows of one's own, and a name that all of them change."""
    written = Written()

    def commit(change: Change) -> None:
        begun = time.perf_counter()
        try:
            written.numbers.append(store.commit(ACC, Step((change,), actor, AT)).number)
        finally:
            written.took.append(time.perf_counter() - begun)

    with closing(Store.open(path)) as store:
        for count in range(edits):
            row = Option(id=f"{actor}-{count - count % 2}", text="begun")
            if count % shared == shared - 1:
                _rename(commit, name_of_ana(store), f"{actor} {count}")
            else:
                commit(Set(Option, row.key, "text", row.text, actor) if count % 2 else Add(row))
    return written


def _rename(commit: Callable[[Change], None], old: Json, name: str) -> None:
    while True:
        try:
            commit(Set(Stakeholder, ("ana",), "name", old, name))
        except Conflict as conflict:  # another was faster: choose mine
            old = conflict.theirs
        else:
            return
