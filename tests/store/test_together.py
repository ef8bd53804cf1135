"""Several at one database at the same time."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from functools import reduce
from pathlib import Path

import pytest

from tests.store.plans import ACC, ANA, AT, begin, name_of_ana
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.value import Option
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Conflict, Set, Step, apply
from workshop_tui.store.store import Store

EACH = 20


def write(path: Path, actor: str) -> list[int]:
    """Add rows and rename Ana in turn, each until it is stored; return the numbers of the Steps."""
    numbers = []
    with closing(Store.open(path)) as store:
        for count in range(EACH):
            row = Option(id=f"{actor}{count}", text=f"Option {count} of {actor}")
            numbers.append(store.commit(ACC, Step((Add(row),), actor, AT)).number)
            numbers.append(_rename(store, actor, f"{actor} {count}"))
    return numbers


def _rename(store: Store, actor: str, name: str) -> int:
    old: Json = name_of_ana(store)
    while True:
        try:
            return store.commit(ACC, Step((Set(Stakeholder, ("ana",), "name", old, name),), actor, AT)).number
        except Conflict as conflict:  # the other was faster: choose mine
            if conflict.theirs == old or conflict.mine != name:
                raise
            old = conflict.theirs


def _processes() -> Executor:
    return ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))


@pytest.mark.parametrize("executor", [lambda: ThreadPoolExecutor(2), _processes])
def test_nothing_is_lost_when_two_write(tmp_path: Path, executor: Callable[[], Executor]) -> None:
    path = tmp_path / "workshops.db"
    with closing(Store.open(path)) as store:
        begin(store, ANA)
    with executor() as two:
        results = [two.submit(write, path, actor) for actor in ("me", "you")]
        numbers = sorted(number for result in results for number in result.result(60))
    assert numbers == list(range(2, 2 + 4 * EACH))
    with closing(Store.open(path)) as store:
        plan, last = store.load(ACC)
        steps = store.since(ACC, 0)
    assert last == numbers[-1]
    assert len(plan.all(Option)) == 2 * EACH
    assert plan == reduce(apply, steps, AccountPlan())


def test_two_may_make_the_database_at_once(tmp_path: Path) -> None:
    path = tmp_path / "new" / "workshops.db"
    with ThreadPoolExecutor(4) as executor:
        for made in [executor.submit(lambda: Store.open(path).close()) for _ in range(4)]:
            made.result(30)
    with closing(Store.open(path)) as store:
        begin(store, ANA)
