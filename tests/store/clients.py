"""Many clients that write to one account, each with a store of its own."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field

from tests.store.plans import ACC, AT, name_of_ana
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Option
from workshop_tui.domain.plan.step import Add, Conflict, Set, Step
from workshop_tui.server_url import Database
from workshop_tui.store.store import Store


@dataclass
class Written:
    """The numbers of the Steps that a client wrote, and how long it waited for each, in seconds."""

    numbers: list[int] = field(default_factory=list)
    took: list[float] = field(default_factory=list)


def crowd(path: Database, clients: int, edits: int, processes: int) -> Written:
    """Have so many clients take so many Steps each, all at once, in some processes; return what they did."""
    spawned = multiprocessing.get_context("spawn")
    each = clients // processes
    with ProcessPoolExecutor(processes, spawned) as pool:
        done = [pool.submit(_group, path, n * each, each, edits) for n in range(processes)]
        groups = [one.result(600) for one in done]
    return Written(
        [number for group in groups for number in group.numbers],
        [seconds for group in groups for seconds in group.took],
    )


def _group(path: Database, first: int, clients: int, edits: int) -> Written:
    """Be some of them, in threads."""
    with ThreadPoolExecutor(clients) as threads:
        found = [threads.submit(_write, path, f"c{first + n}", edits) for n in range(clients)]
        all_of_it = [one.result(600) for one in found]
    return Written([n for w in all_of_it for n in w.numbers], [s for w in all_of_it for s in w.took])


def _write(path: Database, actor: str, edits: int) -> Written:
    """Add rows and rename Ana in turn, each until it is stored."""
    written = Written()
    with closing(Store.open(path)) as store:
        old: Json = name_of_ana(store)
        for count in range(edits):
            begun = time.perf_counter()
            if count % 2:
                while True:
                    change = Set(Stakeholder, ("ana",), "name", old, f"{actor} {count}")
                    try:
                        step = store.commit(ACC, Step((change,), actor, AT))
                    except Conflict as conflict:  # another was faster: choose mine
                        old = conflict.theirs
                    else:
                        old = change.new
                        break
            else:
                step = store.commit(ACC, Step((Add(Option(id=f"{actor}-{count}", text=actor)),), actor, AT))
            written.took.append(time.perf_counter() - begun)
            written.numbers.append(step.number)
    return written
