"""Several at the keyboard: four processes at once, three at random, and two in real terminals."""

from __future__ import annotations

import asyncio
import multiprocessing
import re
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import reduce
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.pty_driver import ENTER, Terminal
from tests.reliability.conftest import Open, stored
from tests.reliability.together import FIELDS, edit
from tests.store.plans import ACC, ANA, AT, begin
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Changes, Refused, Remove, Set, Step, apply, set_field
from workshop_tui.live.events import ConflictFound, PlanEvent
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.store.store import Store
from workshop_tui.store.thread import StorageThread

PROCESSES, EDITS = 4, 300
LAST_LINE = "\x1b[1;5F\x1b[B"  # Ctrl+End, and down to where a new person comes in
FIRST_CELL = "\x1b[1;5H\x1b[H"
PEOPLE = (ANA, Stakeholder(id="bo", name="Bo"), Stakeholder(id="cy", name="Cy"))


def journal(path: Path) -> tuple[Step, ...]:
    with closing(Store.open(path)) as store:
        steps = store.since(ACC, 0)
        assert store.load(ACC) == (reduce(apply, steps, AccountPlan()), len(steps))
    return steps


def texts(steps: tuple[Step, ...]) -> list[str]:
    return [str(change.new) for step in steps for change in step.changes if isinstance(change, Set)]


@pytest.fixture
def quick_place(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: who waits for a disk meets nobody."""
    memory = Path("/dev/shm")  # noqa: S108
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        yield Path(folder)


def test_of_four_processes_every_edit_is_there_or_its_conflict_is_told(quick_place: Path) -> None:
    path = quick_place / "w.db"
    with closing(Store.open(path)) as store:
        begin(store, *PEOPLE)
    actors = [f"person{number}" for number in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        done = [pool.submit(edit, path, actor, EDITS) for actor in actors]
        told, not_saved = zip(*(each.result(120) for each in done), strict=True)
    assert set(not_saved) == {""}
    written = texts(journal(path))
    met = set().union(*told)
    assert len(written) == len(set(written))
    assert met.isdisjoint(written)
    assert met.union(written) == {f"{actor} {count}" for actor in actors for count in range(EDITS)}


class Three(RuleBasedStateMachine):
    """Three people edit, undo, look and insist in any order, each seeing only what they looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "w.db"
        with closing(Store.open(self.path)) as store:
            begin(store, *PEOPLE)
            plan, number = store.load(ACC)
        self.loop = asyncio.new_event_loop()
        self.storages = [StorageThread(self.path) for _ in range(3)]
        self.heard: list[list[PlanEvent]] = [[], [], []]
        self.lives = [self.loop.run_until_complete(self.open(n, plan, number)) for n in range(3)]
        self.wanted: set[str] = set()

    async def open(self, who: int, plan: AccountPlan, number: int) -> LivePlan:
        return LivePlan(self.storages[who], plan, number, str(who), lambda: AT, self.heard[who].append)

    who = st.integers(0, 2)
    person = st.sampled_from(PEOPLE)

    @rule(who=who, person=person, field=st.sampled_from(FIELDS), settle=st.booleans())
    def change(self, who: int, person: Stakeholder, field: str, settle: bool) -> None:
        text = f"text {len(self.wanted)}"

        def build(plan: AccountPlan) -> Changes:
            there = plan.get(Stakeholder, person.id)
            return set_field(there, field, text) if there else ()

        if self.lives[who].commit(build):
            self.wanted.add(text)
        if settle:
            self.settle(who)

    @rule(who=who, person=person)
    def add_or_remove(self, who: int, person: Stakeholder) -> None:
        there = self.lives[who].whole.get(Stakeholder, person.id)
        self.lives[who].commit(lambda _plan: [Remove(there) if there else Add(person)])

    @rule(who=who, redo=st.booleans())
    def take_back(self, who: int, redo: bool) -> None:
        self.loop.run_until_complete(self.undo(self.lives[who], redo=redo))

    async def undo(self, live: LivePlan, *, redo: bool) -> None:
        steps = await live.next_undo(redo=redo)
        assert all(step.actor == live.actor for step in steps)
        try:
            live.take_back(steps, redo=redo)
        except Refused:
            await live.settle()
            assert await live.next_undo(redo=redo) != steps

    @rule(who=who, join=st.booleans())
    def reapply(self, who: int, join: bool) -> None:
        for found in [found for found in self.heard[who] if isinstance(found, ConflictFound)][-1:]:
            self.lives[who].reapply(found.step, join=join)

    @rule(who=who)
    def look(self, who: int) -> None:
        live = self.lives[who]
        self.storages[who].call(live._following._poll).result(10)
        self.settle(who)

    def settle(self, who: int) -> None:
        async def settle() -> None:
            await self.lives[who].settle()
            await asyncio.sleep(0)

        self.loop.run_until_complete(settle())

    def teardown(self) -> None:
        try:
            for who in (0, 1, 2) * 3:
                self.look(who)
            steps = journal(self.path)
            assert all(live.whole == self.lives[0].whole and live.is_saved for live in self.lives)
            assert self.lives[0].number == len(steps)
            told = tuple(m.step for heard in self.heard for m in heard if isinstance(m, ConflictFound))
            assert self.wanted <= {*texts(steps), *texts(told)}
        finally:
            for storage in self.storages:
                storage.close(10)
            self.loop.close()
            self.folder.cleanup()


def test_three_people_come_to_the_same_plan_and_nothing_is_lost() -> None:
    few = settings(max_examples=12, stateful_step_count=15, deadline=None)
    run_state_machine_as_test(Three, settings=few)


def test_two_in_two_terminals_see_one_another_and_are_asked_about_the_same_field(
    open_app: Open, database: Path
) -> None:
    one, other = open_app(), open_app()
    for terminal in (one, other):
        terminal.wait("with ")
        terminal.send("nnn")
    for terminal in (one, other):
        terminal.wait("with .* · Stakeholders")
    other.send(LAST_LINE)
    other.wait("\\+ New person")
    one.send("a")
    one.wait("─ New person ─")
    one.send("Abelone Quist")
    typed = time.perf_counter()
    other.wait("Abelone Quist")
    assert time.perf_counter() - typed < 1.5  # a second, and what the typing itself took
    one.send(f"{ENTER}{ENTER}")
    other.wait("Abelone Quist")
    both_change_the_title(one, other)
    titles = {person.title for person in stored(database).all(Stakeholder)}
    assert {"Chief Executive1; Chief Executive2", "Chief Executive2; Chief Executive1"} & titles


def both_change_the_title(one: Terminal, other: Terminal) -> None:
    """Have both open the title of the first person before either types, and join what comes of it."""
    for terminal in (one, other):
        terminal.send(f"{FIRST_CELL}\x1b[C{ENTER}")
        terminal.wait("─ Title · Ingrid Solvane")
    for terminal, sign in ((one, "1"), (other, "2")):
        terminal.send(sign)
        terminal.wait(f"Chief Executive{sign}")
    for terminal in (one, other):
        terminal.send(ENTER)
    asked = ask_which(one, other)
    assert re.search(r"Theirs +Chief Executive[12]", asked.text)
    assert re.search(r"Yours +Chief Executive[12]", asked.text)
    asked.send(f"b{ENTER}")
    for terminal in (one, other):
        terminal.wait("Chief Executive[12]; C")


def ask_which(*terminals: Terminal) -> Terminal:
    """Wait until one of the two is asked, and return it."""
    deadline = time.perf_counter() + 10
    while time.perf_counter() < deadline:
        for terminal in terminals:
            terminal.read(0.05)
            if "Keep theirs" in terminal.text:
                return terminal
    raise AssertionError("\n".join(terminal.text for terminal in terminals))
