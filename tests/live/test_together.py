"""Two at work on one plan: each sees what the other did, and who is there."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.live.pair import Person, ana, both_look, setting
from tests.store.plans import ANA, AT
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.lifecycle import clock as agenda
from workshop_tui.domain.model.session import Block, Decision, Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Changes, Step, apply, set_field
from workshop_tui.live import poller
from workshop_tui.live.events import PlanChanged
from workshop_tui.live.replica import LookedAt
from workshop_tui.store.errors import StoreError
from workshop_tui.store.file import stamp
from workshop_tui.store.presence import BEAT
from workshop_tui.store.store import Store
from workshop_tui.views.presence import others_named


async def test_each_sees_what_the_other_did_and_the_number_stays_right(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    for count in range(3):  # by turns and at once, so that numbers have gaps on either side
        rowan.live.commit(setting("name", f"Ana {count}"))
        mirela.live.commit(setting("title", f"Chair {count}"))
    await both_look(*two)
    assert ana(rowan.live) == ana(mirela.live) == with_values(ANA, name="Ana 2", title="Chair 2")
    assert rowan.live.number == mirela.live.number == rowan.live.reached == 7
    assert rowan.conflicts == mirela.conflicts == []
    assert PlanChanged(others=True, by=frozenset({"mirela"})) in rowan.posted
    assert rowan.live.whole == mirela.live.whole


async def test_a_glance_tells_that_somebody_has_written_whatever_sqlite_writes_to(
    two: tuple[Person, Person],
) -> None:
    rowan, mirela = two
    files = [Path(name) for name in mirela.live._following._files]
    for file in filter(Path.exists, files):
        os.utime(file, (0, 0))
    before = stamp(*map(str, files))
    rowan.live.commit(setting("name", "Ana Pires"))
    await rowan.live.settle()
    assert (0, 0) != before != stamp(*map(str, files))


async def test_one_looks_by_oneself_within_a_second(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    rowan.live.commit(setting("name", "Ana Pires"))
    async with asyncio.timeout(1):
        await mirela.heard.wait()
    assert ana(mirela.live).name == "Ana Pires"


def starting(moment: dt.datetime) -> Callable[[AccountPlan], Changes]:
    return lambda plan: agenda.start(plan.all(Block), "V", moment)


async def test_who_is_awake_looks_at_once_and_is_not_woken_beside_that(
    two: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    live, looks = two[0].live, []

    def look(*files: str) -> tuple[int, int]:
        looks.append(files)
        return 0, 0

    following = live._following
    monkeypatch.setattr(poller, "stamp", look)
    monkeypatch.setattr(following, "_stamp", (0, 0))
    monkeypatch.setattr(following, "_looks_again", False)
    following._wait()
    for number in (1, 2):
        waking = following._timer
        live.retry()
        assert len(looks) == number
        assert waking
        assert waking.cancelled()
    live.leave()
    live.retry()
    assert len(looks) == 2


async def test_the_clock_goes_with_who_started_it_last_until_they_leave(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    rowan.live.commit(starting(AT))
    rowan.live.commit(setting("title", 'said "field": "started"'))
    await both_look(*two)
    assert (await rowan.live.moves_clock(), await mirela.live.moves_clock()) == (True, False)
    mirela.live.commit(lambda plan: agenda.pause(plan.all(Block), AT))
    mirela.live.commit(starting(AT))
    await both_look(*two)
    assert (await rowan.live.moves_clock(), await mirela.live.moves_clock()) == (False, True)
    mirela.live.leave()
    await mirela.live.settle()
    await both_look(rowan)
    assert await rowan.live.moves_clock()


async def test_what_waits_stays_on_top_of_what_others_did(
    two: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    rowan, mirela = two
    with monkeypatch.context() as held:
        held.setattr(rowan.live._writing, "_drain", lambda _store: None)
        rowan.live.commit(setting("name", "Ana of rowan"))
        mirela.live.commit(setting("title", "Chair of mirela"))
        await both_look(*two)
        assert (ana(rowan.live).name, ana(rowan.live).title) == ("Ana of rowan", "Chair of mirela")
        assert (rowan.live.is_saved, rowan.live.number, rowan.live.reached) == (False, 2, 3)
        assert ana(mirela.live).name == ANA.name
    rowan.live._writing.write()
    await both_look(*two)
    assert rowan.live.whole == mirela.live.whole
    assert rowan.live.is_saved


async def test_two_of_one_name_are_two_people(tmp_path: Path, two: tuple[Person, Person]) -> None:
    rowan, _ = two
    twin = Person(tmp_path / "w.db", "rowan")
    live = await twin.open()
    assert live.actor == "rowan (2)"
    rowan.live.commit(setting("name", "Ana Pires"))
    await both_look(rowan, twin)
    assert await live.next_undo() == ()
    rowan.live.leave()
    await rowan.live.settle()
    twin.now += BEAT
    await twin.poll()
    assert live.actor == "rowan (2)"  # one keeps one's name while one sits
    live.leave()
    again = await Person(tmp_path / "w.db", "rowan").open()
    assert again.actor == "rowan"
    assert len(await again.next_undo()) == 1
    again.leave()
    for storage in (twin.storage, again.storage):
        storage.close(10)


async def test_who_is_there_and_where_is_told_to_us_alone(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    assert others_named(rowan.live) == ("with mirela", "with mirela", "1 other")
    mirela.live.block = "V"
    await both_look(*two)
    assert others_named(rowan.live)[0] == "with mirela · Value"
    mirela.live.look_as(CUSTOMER)
    await both_look(*two)
    long, *shorter = others_named(rowan.live)
    assert long == "with mirela (shared) · Value"
    assert shorter == ["with mirela (shared)", "1 other (shared)", "1 shared"]
    mirela.live.cover(covered=True)
    await both_look(*two)
    assert others_named(rowan.live)[0] == "with mirela (covered) · Value"
    mirela.live.cover(covered=False)
    mirela.live.look_as(ALLIANCE)
    await both_look(*two)
    assert others_named(rowan.live)[0] == "with mirela · Value"
    mirela.live.session_id = "S1"
    await both_look(*two)
    assert others_named(rowan.live)[0] == "with mirela · session 1"
    rowan.live.look_as(CUSTOMER)
    assert others_named(rowan.live) == ()
    rowan.live.look_as(ALLIANCE)
    mirela.live.leave()
    await mirela.live.settle()
    await both_look(rowan)
    assert others_named(rowan.live) == ()


async def test_what_is_looked_at_and_the_curtain_are_told_until_one_leaves(
    two: tuple[Person, Person],
) -> None:
    rowan, mirela = two
    posted = len(mirela.posted)
    rowan.live.look_at(LookedAt("AskView", "ana", "Answer/a"))
    await both_look(*two)
    (seen,) = mirela.live.others
    assert (seen.view, seen.subject, seen.row, seen.covered) == ("AskView", "ana", "Answer/a", False)
    assert len(mirela.posted) == posted  # at a main screen nothing of it is shown
    rowan.live.cover(covered=True)
    await rowan.live.settle()
    await mirela.poll()
    assert mirela.live.others[0].covered
    assert len(mirela.posted) == posted + 1  # which its bar tells
    rowan.live.leave()
    rowan.live.cover(covered=False)  # as the curtain goes with the screen that it covers
    rowan.live.look_at(LookedAt())
    await rowan.live.settle()
    await mirela.poll()
    assert mirela.live.others == ()


def held_on(day: str, plan: AccountPlan) -> Changes:
    return set_field(plan.rows[Session]["S2",], "held_on", day)


async def test_the_clock_is_kept_by_who_moved_it_last_today(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    assert await mirela.live.clock_keeper() == ""
    blocks = rowan.live.whole.all(Block)
    rowan.live.commit(lambda _plan: agenda.start(blocks, "V", AT))
    await rowan.live.save()
    await both_look(*two)
    for day, keeper in (("2020-01-01", ""), (mirela.live.today.isoformat(), "rowan")):
        rowan.live.commit(partial(held_on, day))
        await rowan.live.save()
        await both_look(*two)
        assert await mirela.live.clock_keeper() == keeper


async def test_who_has_gone_without_a_word_is_forgotten(two: tuple[Person, Person]) -> None:
    rowan, _ = two
    rowan.now += 3 * BEAT
    await rowan.poll()
    assert rowan.live.others == ()


async def test_a_journal_that_was_rewritten_is_read_anew(
    two: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    rowan, mirela = two
    mirela.live.commit(setting("name", "Ana Pires"))
    await mirela.poll()
    monkeypatch.setattr(rowan.live, "_base", AccountPlan())
    rowan.live.commit(lambda _plan: (Add(Decision(id="d", session="S2", text="Go")),))
    await both_look(*two)
    assert rowan.live.whole == mirela.live.whole
    assert ana(rowan.live).name == "Ana Pires"


def locked(*_args: object) -> tuple[Step, ...]:
    raise StoreError("It is locked: try again.")


async def test_a_journal_that_can_not_be_read_anew_at_once_is_read_when_it_can(
    two: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    rowan, mirela = two
    with monkeypatch.context() as broken:
        broken.setattr(Store, "load", locked)
        other = apply(rowan.live.whole, Step(tuple(setting("name", "Somebody")(rowan.live.whole))))
        broken.setattr(rowan.live, "_base", other)  # what mirela does is not based on this
        mirela.live.commit(setting("name", "Ana Pires"))
        await both_look(*two)
        rowan.live.commit(setting("title", "Chair"))
        await rowan.live.settle()
        assert rowan.live.saved.why_not
        assert not rowan.live.is_saved
    rowan.live.retry()
    await both_look(*two)
    assert rowan.live.is_saved
    assert rowan.live.whole == mirela.live.whole
    assert (ana(rowan.live).name, ana(rowan.live).title) == ("Ana Pires", "Chair")


async def test_what_was_written_while_the_journal_is_read_anew_waits_no_longer(
    two: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    rowan, mirela = two
    mirela.live.commit(setting("title", "Chair"))
    await mirela.live.settle()
    with monkeypatch.context() as broken:
        broken.setattr(Store, "since", locked)
        rowan.live.commit(setting("name", "Ana Pires"))  # is written, but not what stands before it read
        await rowan.live.settle()
    rowan.live._writing.reload()
    await both_look(*two)
    assert rowan.live.is_saved
    assert (ana(rowan.live).name, ana(rowan.live).title) == ("Ana Pires", "Chair")
    assert rowan.live.reached == mirela.live.reached
