"""Two live plans on one database, each with a storage thread of its own, as two people at two keyboards."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from textual.message import Message

from tests.store.plans import ACC, ANA, AT, begin
from workshop_tui.domain import agenda
from workshop_tui.domain.entity import Json
from workshop_tui.domain.people import Stakeholder, Tie
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.session import Block, Decision, Session
from workshop_tui.domain.step import Add, Changes, Conflict, Remove, Step, removal, set_field
from workshop_tui.domain.words import ALLIANCE, CUSTOMER, BlockKind, Level
from workshop_tui.store.seats import BEAT
from workshop_tui.store.store import Store
from workshop_tui.store.thread import StorageThread
from workshop_tui.tui.company import company
from workshop_tui.tui.following import _stamp
from workshop_tui.tui.live_plan import LivePlan
from workshop_tui.tui.told import ConflictFound, PlanChanged

VALUE = Block(id="V", session="S2", kind=BlockKind.VALUE, title="What they value", minutes=40)


class Person:
    """Somebody at a keyboard."""

    def __init__(self, path: Path, name: str) -> None:
        self.storage, self.name = StorageThread(path), name
        self.posted: list[Message] = []
        self.heard = asyncio.Event()
        self.now = AT

    def post(self, message: Message) -> None:
        self.posted.append(message)
        if isinstance(message, PlanChanged) and message.others:
            self.heard.set()

    async def open(self) -> LivePlan:
        plan, number = await asyncio.wrap_future(self.storage.call(lambda store: store.load(ACC)))
        live = LivePlan(self.storage, plan, number, self.name, lambda: self.now, self.post)
        live.open_session("S2")
        self.live = live
        await live.sit()
        return live

    async def look(self) -> None:
        """Write what waits, and take in what others wrote, without waiting for the next look."""
        await asyncio.wrap_future(self.storage.call(self.live._following._look))
        await self.live.settle()
        await asyncio.sleep(0)

    @property
    def conflicts(self) -> list[ConflictFound]:
        return [message for message in self.posted if isinstance(message, ConflictFound)]


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[tuple[Person, Person]]:
    people = Person(tmp_path / "w.db", "rowan"), Person(tmp_path / "w.db", "mirela")
    await asyncio.wrap_future(people[0].storage.call(lambda store: begin(store, ANA, VALUE)))
    for person in people:
        await person.open()
    await people[0].look()
    yield people
    for person in people:
        person.live.leave()
        person.storage.close(10)


def setting(name: str, value: Json) -> Callable[[AccountPlan], Changes]:
    return lambda plan: set_field(plan.rows[Stakeholder]["ana",], name, value)


def ana(live: LivePlan) -> Stakeholder:
    return live.view.where(Stakeholder, id="ana")[0]


async def both_look(*people: Person) -> None:
    for person in (*people, *people):
        await person.look()


async def test_each_sees_what_the_other_did_and_the_number_stays_right(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    for count in range(3):  # by turns and at once, so that numbers have gaps on either side
        rowan.live.commit(setting("name", f"Ana {count}"))
        mirela.live.commit(setting("title", f"Chair {count}"))
    await both_look(*two)
    assert ana(rowan.live) == ana(mirela.live) == ANA.changed("name", "Ana 2").changed("title", "Chair 2")
    assert rowan.live.number == mirela.live.number == rowan.live.reached == 7
    assert rowan.conflicts == mirela.conflicts == []
    assert PlanChanged(others=True) in rowan.posted
    assert rowan.live.whole == mirela.live.whole


async def test_a_glance_tells_that_somebody_has_written_whatever_sqlite_writes_to(
    two: tuple[Person, Person],
) -> None:
    rowan, mirela = two
    files = [Path(name) for name in mirela.live._following._files]
    for file in filter(Path.exists, files):
        os.utime(file, (0, 0))
    before = _stamp(*map(str, files))
    rowan.live.commit(setting("name", "Ana Pires"))
    await rowan.live.settle()
    assert (0, 0) != before != _stamp(*map(str, files))


async def test_one_looks_by_oneself_within_a_second(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    rowan.live.commit(setting("name", "Ana Pires"))
    async with asyncio.timeout(1):
        await mirela.heard.wait()
    assert ana(mirela.live).name == "Ana Pires"


def starting(moment: dt.datetime) -> Callable[[AccountPlan], Changes]:
    return lambda plan: agenda.start(plan.all(Block), "V", moment)


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
    rowan.live._write()
    await both_look(*two)
    assert rowan.live.whole == mirela.live.whole
    assert rowan.live.is_saved


async def test_the_same_field_is_asked_about_and_nothing_is_overwritten(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    mirela.live.commit(setting("title", "Theirs"))
    rowan.live.commit(setting("title", "Mine"))
    await mirela.live.settle()
    await both_look(*two)
    late = next(person for person in two if person.conflicts)
    first = next(person for person in two if person is not late)
    (found,) = late.conflicts
    (clash,) = late.live.clashes(found.step)
    assert late.live.who_changed(clash) == first.name
    assert ana(late.live).title == ana(first.live).title == clash.theirs
    late.live.insist(found.step, join=True)
    await both_look(*two)
    assert ana(rowan.live).title == ana(mirela.live).title == f"{clash.theirs}; {clash.mine}"


async def test_what_is_typed_stands_on_what_was_seen(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    rowan.live.see("burst")
    rowan.live.commit(setting("title", "M"), burst="burst")
    await both_look(*two)
    mirela.live.commit(setting("title", "Theirs"))
    mirela.live.commit(setting("name", "Ana of theirs"))
    await both_look(*two)
    assert ana(rowan.live).title == "Theirs"
    assert rowan.live.commit(setting("title", "Mine"), burst="burst") is None  # not: Theirs → Mine
    (found,) = rowan.conflicts
    assert [(clash.mine, clash.theirs) for clash in rowan.live.clashes(found.step)] == [("Mine", "Theirs")]
    assert rowan.live.commit(setting("email", "ana@norvane.example"), burst="burst")  # another field merges
    await both_look(*two)
    assert ana(mirela.live).email == "ana@norvane.example"
    assert ana(mirela.live).name == "Ana of theirs"


async def test_what_both_add_is_one_row_and_asked_about_only_where_it_differs(
    two: tuple[Person, Person],
) -> None:
    rowan, mirela = two
    rowan.live.see("burst")
    mirela.live.commit(lambda _plan: (Add(Tie(stakeholder="ana", party="ps", owner="P1")),))
    await both_look(*two)
    rowan.live.commit(
        lambda _plan: (Add(Tie(stakeholder="ana", party="ps", level=Level.KNOWN)),), burst="burst"
    )
    await both_look(*two)
    assert rowan.conflicts == []
    (tie,) = mirela.live.view.all(Tie)
    assert (tie.owner, tie.level) == ("P1", Level.KNOWN)


async def test_a_row_that_another_removed_keeps_what_was_typed(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    rowan.live.see("burst")
    mirela.live.commit(lambda plan: removal(plan, plan.rows[Stakeholder]["ana",]))
    await both_look(*two)
    rowan.live.commit(setting("name", "Ana Pires"), burst="burst")
    (found,) = rowan.conflicts
    assert "removed by somebody else" in str(found.conflict)
    assert rowan.live.clashes(found.step) == ()  # there is nothing to choose
    assert rowan.live.typed(found.step) == {"Stakeholder/new/name": "Ana Pires"}


async def test_a_row_that_another_changed_is_not_removed_unseen(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    rowan.live.see("burst")
    mirela.live.commit(setting("title", "Chair"))
    await both_look(*two)
    rowan.live.commit(lambda plan: (Remove(plan.rows[Stakeholder]["ana",]),), burst="burst")
    (found,) = rowan.conflicts
    rowan.live.insist(found.step)
    await both_look(*two)
    assert mirela.live.view.where(Stakeholder, id="ana") == ()


async def test_the_last_to_speak_has_the_fleeting(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    rowan.live.look_as(CUSTOMER)
    mirela.live.look_as("ps")
    await both_look(*two)
    assert rowan.conflicts == mirela.conflicts == []
    last = rowan.live.whole.get(Session, "S2")
    assert last == mirela.live.whole.get(Session, "S2")
    assert (rowan.live.audience, mirela.live.audience) == (CUSTOMER, "ps")  # each screen is one's own


async def test_one_undoes_ones_own_and_passes_over_what_another_has_changed_since(
    two: tuple[Person, Person],
) -> None:
    rowan, mirela = two
    rowan.live.commit(setting("name", "Ana Pires"))
    rowan.live.commit(setting("title", "Mine"))
    await both_look(*two)
    mirela.live.commit(setting("title", "Theirs"))
    await both_look(*two)
    with pytest.raises(Conflict):
        rowan.live.take_back(await rowan.live.next_undo())
    assert rowan.live.take_back(await rowan.live.next_undo()) == f"name of {ANA.name}"
    await both_look(*two)
    assert ana(mirela.live) == ANA.changed("title", "Theirs")
    assert await rowan.live.next_undo() == ()
    assert [step.actor for step in await mirela.live.next_undo()] == ["mirela"]


async def test_an_undo_that_meets_a_change_on_its_way_is_passed_over_too(two: tuple[Person, Person]) -> None:
    rowan, mirela = two
    rowan.live.commit(setting("title", "Mine"))
    await both_look(*two)
    steps = await rowan.live.next_undo()
    await asyncio.wrap_future(
        mirela.storage.call(lambda s: s.commit(ACC, mirela_step(setting("title", "T"), s)))
    )
    rowan.live.take_back(steps)
    await both_look(*two)
    (found,) = rowan.conflicts
    assert found.step.undoes == (2,)
    assert ana(rowan.live).title == "T"
    assert await rowan.live.next_undo() == ()


def mirela_step(build: Callable[[AccountPlan], Changes], store: Store) -> Step:
    return Step(tuple(build(store.load(ACC)[0])), "mirela", AT)


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
    await twin.look()
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
    assert company(rowan.live) == ("with mirela", "with mirela", "+1")
    mirela.live.block = "V"
    await both_look(*two)
    assert company(rowan.live)[0] == "with mirela · Value"
    mirela.live.session_id = "S1"
    await both_look(*two)
    assert company(rowan.live)[0] == "with mirela · session 1"
    rowan.live.look_as(CUSTOMER)
    assert company(rowan.live) == ()
    rowan.live.look_as(ALLIANCE)
    mirela.live.leave()
    await mirela.live.settle()
    await both_look(rowan)
    assert company(rowan.live) == ()


async def test_who_has_gone_without_a_word_is_forgotten(two: tuple[Person, Person]) -> None:
    rowan, _ = two
    rowan.now += 3 * BEAT
    await rowan.look()
    assert rowan.live.others == ()


async def test_a_journal_that_was_rewritten_is_read_anew(
    two: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    rowan, mirela = two
    mirela.live.commit(setting("name", "Ana Pires"))
    await mirela.look()
    monkeypatch.setattr(rowan.live, "_base", AccountPlan())
    rowan.live.commit(lambda _plan: (Add(Decision(id="d", session="S2", text="Go")),))
    await both_look(*two)
    assert rowan.live.whole == mirela.live.whole
    assert ana(rowan.live).name == "Ana Pires"
