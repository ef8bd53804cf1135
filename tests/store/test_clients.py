"""Many at one account of one server at once; `python -m tests.benchmarks clients` is the same with fifty."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import reduce

from tests.postgres import Server
from tests.store.clients import crowd
from tests.store.plans import ACC, ANA, begin
from workshop_tui.domain.model.value import Option
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import apply
from workshop_tui.server_url import ServerUrl
from workshop_tui.store.store import Store

CLIENTS, EDITS = 12, 16


def test_nothing_is_lost_and_nobody_waits_for_ever(on_server: ServerUrl) -> None:
    with closing(Store.open(on_server)) as store:
        begin(store, ANA)
    written = crowd(on_server, CLIENTS, EDITS, processes=1)
    assert sorted(written.numbers) == list(range(2, 2 + CLIENTS * EDITS))
    with closing(Store.open(on_server)) as store:
        (plan, last), steps = store.load(ACC), store.since(ACC, 0)
    assert last == 1 + CLIENTS * EDITS
    assert len(plan.all(Option)) == CLIENTS * len({count // 2 for count in range(EDITS) if count % 10 != 9})
    assert plan == reduce(apply, steps, AccountPlan())


def test_several_may_make_the_database_at_once(server: Server) -> None:
    url = server.url(server.new())
    with ThreadPoolExecutor(4) as executor:
        for made in [executor.submit(lambda: Store.open(url).close()) for _ in range(4)]:
            made.result(30)
    with closing(Store.open(url)) as store:
        begin(store, ANA)
