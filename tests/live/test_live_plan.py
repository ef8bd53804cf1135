"""The open plan: shown at once, written in order, and never silently other than what is stored."""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from tests.store.plans import ACC, ANA, AT, begin, name_ana
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, BlockKind, SocialStyle
from workshop_tui.domain.model.people import Stakeholder, Tie
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Changes, Refused, Step, removal, set_field
from workshop_tui.live.events import ConflictFound, PlanChanged, PlanEvent
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.replica import NO_ANSWER, UNANSWERED
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store
from workshop_tui.store.thread import StorageThread

T = TypeVar("T")


class Sitting:
    """A live plan on a real store, with what it posts."""

    def __init__(self, storage: StorageThread) -> None:
        self.storage = storage
        self.posted: list[PlanEvent] = []
        self.now = AT

    async def open(self) -> LivePlan:
        plan, number = await self.do(lambda store: store.load(ACC))
        live = LivePlan(self.storage, plan, number, "me", lambda: self.now, self.posted.append)
        live.open_session("S2")
        return live

    async def do(self, fn: Callable[[Store], T]) -> T:
        """Have something done in the storage thread."""
        return await asyncio.wrap_future(self.storage.call(fn))

    @property
    def conflicts(self) -> list[ConflictFound]:
        return [event for event in self.posted if isinstance(event, ConflictFound)]


@pytest.fixture
async def sitting(tmp_path: Path) -> AsyncIterator[Sitting]:
    storage = StorageThread(tmp_path / "w.db")
    here = Sitting(storage)
    await here.do(lambda store: begin(store, ANA))
    yield here
    storage.close(10)


def naming(name: str) -> Callable[[AccountPlan], Changes]:
    def build(plan: AccountPlan) -> Changes:
        ana = plan.get(Stakeholder, "ana")
        assert ana is not None
        return set_field(ana, "name", name)

    return build


def name_in(live: LivePlan) -> str:
    return live.view.name_of(Stakeholder, "ana")


async def settled(live: LivePlan) -> None:
    """Wait until all is written and the plan has heard of it."""
    await live.settle()
    await asyncio.sleep(0)


async def test_a_change_is_shown_at_once_and_then_saved(sitting: Sitting) -> None:
    live = await sitting.open()
    live.commit(naming("Ana Pires"))
    assert name_in(live) == "Ana Pires"
    assert (live.saved.waiting, live.is_saved) == (1, False)
    assert sitting.posted == [PlanChanged()]
    await settled(live)
    assert (live.saved.at, live.saved.waiting, live.is_saved) == (AT, 0, True)
    assert name_in(await sitting.open()) == "Ana Pires"


async def test_what_changes_nothing_is_no_step(sitting: Sitting) -> None:
    live = await sitting.open()
    assert live.commit(naming(ANA.name)) is None
    assert sitting.posted == []


@pytest.mark.parametrize("name", ["", "x" * 161])
async def test_what_is_refused_leaves_the_plan_as_it_was(sitting: Sitting, name: str) -> None:
    live = await sitting.open()
    before = live.whole
    with pytest.raises(Refused):
        live.commit(naming(name))
    assert live.whole is before
    assert live.is_saved
    assert sitting.posted == []


async def test_what_is_not_answered_is_told_and_what_waits_is_written_in_the_end(sitting: Sitting) -> None:
    live, answers = await sitting.open(), threading.Event()
    sitting.storage.call(lambda _store: answers.wait(30))  # as where a server hangs
    live.commit(naming("Ana A"))
    for _ in range(UNANSWERED):
        live.retry()
        assert not live.saved.why_not
    live.retry()
    assert (live.saved.why_not, live.saved.waiting) == (NO_ANSWER, 1)
    live.retry()
    answers.set()
    await settled(live)
    assert (live.saved.why_not, live.is_saved) == ("", True)


async def test_what_can_not_be_written_is_kept_and_written_in_order_when_it_can(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = await sitting.open()
    with monkeypatch.context() as broken:

        def full(*_args: object) -> Step:
            raise StoreError("The disk is full: make room.")

        broken.setattr(Store, "commit", full)
        for name in ("Ana A", "Ana B"):
            live.commit(naming(name))
        await settled(live)
        assert (live.saved.why_not, live.saved.waiting) == ("The disk is full: make room.", 2)
        live.retry()
        await settled(live)
        assert not live.is_saved
    live.retry()
    await settled(live)
    assert (live.saved.why_not, live.is_saved) == ("", True)
    steps = await sitting.do(lambda store: store.since(ACC, 1))
    assert [getattr(step.changes[0], "new", None) for step in steps] == ["Ana A", "Ana B"]


async def test_what_another_has_changed_is_reported_with_both_values(sitting: Sitting) -> None:
    live = await sitting.open()
    await sitting.do(lambda store: store.commit(ACC, name_ana(ANA.name, "Ana of theirs", actor="other")))
    live.commit(naming("Ana of mine"))
    await settled(live)
    (found,) = sitting.conflicts
    assert (found.conflict.mine, found.conflict.theirs) == ("Ana of mine", "Ana of theirs")
    assert name_in(live) == "Ana of theirs"
    live.reapply(found.step)
    await settled(live)
    assert name_in(await sitting.open()) == "Ana of mine"


async def test_what_another_has_changed_is_reported_even_where_it_can_not_be_read_at_first(
    sitting: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = await sitting.open()
    await sitting.do(lambda store: store.commit(ACC, name_ana(ANA.name, "Ana of theirs", actor="other")))
    with monkeypatch.context() as broken:

        def locked(*_args: object) -> tuple[Step, ...]:
            raise StoreError("It is locked: try again.")

        broken.setattr(Store, "since", locked)
        live.commit(naming("Ana of mine"))
        await settled(live)
    live.retry()
    await settled(live)
    assert live.is_saved
    (found,) = sitting.conflicts
    assert (found.conflict.mine, found.conflict.theirs) == ("Ana of mine", "Ana of theirs")
    assert name_in(live) == "Ana of theirs"


async def test_two_fields_of_one_person_do_not_collide(sitting: Sitting) -> None:
    live = await sitting.open()
    await sitting.do(lambda store: store.commit(ACC, name_ana(ANA.name, "Ana of theirs", actor="other")))
    live.commit(lambda _plan: set_field(ANA, "title", "Chair"))
    await settled(live)
    assert sitting.conflicts == []
    assert name_in(live) == "Ana of theirs"
    (ana,) = live.view.where(Stakeholder, id="ana")
    assert ana.title == "Chair"


async def test_undo_and_redo_say_what_they_take_back(sitting: Sitting) -> None:
    live = await sitting.open()
    live.commit(lambda _plan: set_field(ANA, "style", SocialStyle.DRIVING.value))
    assert live.take_back(await live.next_undo()) == f"{ANA.name}, social style"
    assert live.whole.get(Stakeholder, "ana") == ANA
    assert live.take_back(await live.next_undo(redo=True), redo=True) == f"{ANA.name}, social style"
    live.commit(lambda plan: removal(plan, live.whole.where(Stakeholder, id="ana")[0]))
    assert live.words(await live.next_undo()) == f"stakeholder {ANA.name} removed"  # as it is asked, before
    assert live.take_back(await live.next_undo()) == f"stakeholder {ANA.name} removed"
    assert live.whole.where(Stakeholder, id="ana")[0].style is SocialStyle.DRIVING


async def test_one_burst_of_typing_is_undone_together(sitting: Sitting) -> None:
    live = await sitting.open()
    for name in ("A", "An", "Ann"):
        live.commit(naming(name), undo_group="one")
    live.take_back(await live.next_undo())
    assert name_in(live) == ANA.name
    live.take_back(await live.next_undo(redo=True), redo=True)
    assert name_in(live) == "Ann"


async def test_one_undoes_ones_own_and_never_the_account(sitting: Sitting) -> None:
    live = await sitting.open()
    await sitting.do(lambda store: store.commit(ACC, name_ana(ANA.name, "Ana of theirs", actor="other")))
    assert await live.next_undo() == ()


async def test_what_was_done_before_this_sitting_is_known_as_such(sitting: Sitting) -> None:
    first = await sitting.open()
    first.commit(naming("Ana Pires"))
    await settled(first)
    assert not first.is_older(await first.next_undo())
    sitting.now = AT + dt.timedelta(hours=1)
    later = await sitting.open()
    assert later.is_older(await later.next_undo())


async def test_drafts_are_kept_by_place_until_they_are_emptied(sitting: Sitting) -> None:
    live = await sitting.open()
    live.keep_draft("Action/a/due", "31 feb")
    live.keep_draft("Action/b/due", "never")
    assert await (await sitting.open()).drafts() == {"Action/a/due": "31 feb", "Action/b/due": "never"}
    live.keep_draft("Action/b/due", "")
    assert await live.drafts() == {"Action/a/due": "31 feb"}


async def test_a_session_reopens_for_whom_it_was_shown_last(sitting: Sitting) -> None:
    live = await sitting.open()
    live.commit(lambda _plan: (Add(Tie(stakeholder="ana", party="ps", owner="P1")),))
    assert (live.audience, len(live.view.all(Tie))) == (ALLIANCE, 1)
    live.look_as(CUSTOMER)
    assert (live.view.audience, live.view.all(Tie)) == (CUSTOMER, ())
    assert len(live.whole.all(Tie)) == 1
    await settled(live)
    again = await sitting.open()
    assert (again.audience, again.view.audience) == (CUSTOMER, CUSTOMER)
    assert [type(step.changes[0]) for step in await again.next_undo()] == [Add]  # not the audience


async def test_an_unknown_session_is_shown_as_to_the_customer(sitting: Sitting) -> None:
    live = await sitting.open()
    live.open_session("gone")
    assert live.view.audience == CUSTOMER


async def test_what_comes_in_is_matched_against_nobody_who_is_hidden(sitting: Sitting) -> None:
    hidden, shown = (
        Stakeholder(id=to, name=f"For {to}", style=SocialStyle.DRIVING, visibility=to)
        for to in (ALLIANCE, CUSTOMER)
    )
    live = await sitting.open()
    live.commit(lambda _plan: [Add(hidden), Add(shown)])
    live.look_as(ALLIANCE)
    assert [*live.without_hidden(Stakeholder)] == [*live.whole.all(Stakeholder)]
    live.look_as(CUSTOMER)
    left = live.without_hidden(Stakeholder).all(Stakeholder)
    assert hidden not in left
    assert shown in left  # and whole, with what is no field for the customer


@pytest.mark.parametrize("session", ["S1", "S2"])
async def test_the_block_that_runs_is_known_whoever_looks(sitting: Sitting, session: str) -> None:
    block = Block(id="V", session=session, kind=BlockKind.VALUE, title="Value", visibility=ALLIANCE)
    live = await sitting.open()
    live.commit(lambda _plan: [Add(block)])
    assert live.running_block() == ""
    live.commit(lambda _plan: set_field(block, "started", AT.isoformat()))
    live.look_as(CUSTOMER)
    assert live.running_block() == ("V" if session == "S2" else "")


async def test_what_is_for_one_audience_is_never_cut_for_one_that_sees_more(sitting: Sitting) -> None:
    live = await sitting.open()
    for widest, within in {
        CUSTOMER: {CUSTOMER},
        ALLIANCE: {CUSTOMER, ALLIANCE},
        "ps": {CUSTOMER, ALLIANCE, "ps"},
    }.items():
        live.widest = widest
        live.open_session("S2")
        assert live.audience == live.view.audience == widest
        for audience in (CUSTOMER, ALLIANCE, "ps", "tech"):
            assert live.may_look(audience) is (audience in within)
            live.look_as(audience)
            assert live.audience in within
            assert live.view.audience == live.audience
            assert live.seen_by(audience).view.audience in within
            live.look_on("S2", audience)
            assert live.view.audience in within
    await live.save()


async def test_who_only_looks_on_changes_the_audience_here_alone_and_keeps_no_draft(sitting: Sitting) -> None:
    live = await sitting.open()
    live.reads_only = True
    before = await sitting.do(lambda store: store.load(ACC))
    live.look_as(CUSTOMER)
    live.keep_draft("capture", "half a line")
    live.leave_at("b1", 2, "row")
    assert live.audience == CUSTOMER
    assert live.is_saved
    assert await sitting.do(lambda store: store.load(ACC)) == before
    assert await sitting.do(lambda store: store.drafts(ACC, "me")) == {}
