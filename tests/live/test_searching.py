"""What was said is found within a second, as those who look see it; the newest question alone is answered."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.domain.plans import plan_of
from tests.live.pair import Person, setting
from workshop_tui.domain.base.dates import Calendar
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.model.session import Presence
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.step import Add
from workshop_tui.domain.search.query import QueryError
from workshop_tui.live import write_queue
from workshop_tui.live.searcher import Searcher, readers_of
from workshop_tui.store.search import Readers

DATES = Calendar(dt.date(2026, 6, 9))
MINE = Readers(ALLIANCE)


@pytest.fixture
async def searcher(two: tuple[Person, Person], tmp_path: Path) -> AsyncIterator[Searcher]:
    made = Searcher(tmp_path / "w.db", two[0].storage)
    for account in await made.behind() or ():
        assert await made.catch_up(account)
    yield made
    made.close()


async def count(searcher: Searcher, typed: str) -> int:
    answer = await searcher.search(typed, DATES, MINE)
    return answer.count if answer else -1


async def found(searcher: Searcher, typed: str) -> None:
    async with asyncio.timeout(10):
        while not await count(searcher, typed):  # noqa: ASYNC110 - another thread writes it
            await asyncio.sleep(0.01)


async def test_what_is_typed_is_found_by_itself_and_what_another_typed_too(
    two: tuple[Person, Person], searcher: Searcher
) -> None:
    assert write_queue.INDEXED < 0.5  # and the Step itself is written in milliseconds
    assert await count(searcher, "muller") == 1
    for person, name in zip(two, ("Ana Okafor", "Ana Brandvold"), strict=True):
        person.live.commit(setting("name", name))
        await person.live.save()
        await found(searcher, name)
        await two[1].poll()
    assert await count(searcher, "muller") == 0
    assert not await searcher.behind()


async def test_what_has_no_words_has_nothing_indexed(two: tuple[Person, Person], searcher: Searcher) -> None:
    live = two[0].live
    live.commit(lambda _plan: (Add(Presence(session="S2", member="P1")),))
    await live.save()
    await live.settle()
    assert live._writing._indexing is None
    assert await searcher.behind() == ("acc",)  # a search that begins makes up for it
    live.commit(setting("note", "Likes figures"))
    await live.save()
    await live.settle()
    assert live._writing._indexing is not None


async def test_the_newest_question_alone_is_answered(searcher: Searcher) -> None:
    asked = [asyncio.create_task(searcher.search(typed, DATES, MINE)) for typed in ("mu", "mull", "muller")]
    answers = [await each for each in asked]
    assert [each.count if each else None for each in answers] == [None, None, 1]
    with pytest.raises(QueryError):
        await searcher.search("kind:zebra", DATES, MINE)


def test_for_whom_is_searched_follows_for_whom_the_screen_is_cut() -> None:
    plan = plan_of()
    assert readers_of(None) == readers_of(project(plan, ALLIANCE)) == Readers(ALLIANCE)
    assert readers_of(project(plan, "ps")) == Readers("ps", frozenset({"one", "partner one"}), "acc")
    assert readers_of(project(plan, CUSTOMER)) is None
    assert readers_of(plan) is None  # the whole is nobody's to look at
