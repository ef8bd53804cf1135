"""Two live plans on one database, each with a storage thread of its own, as two people at two keyboards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tests.store.plans import ACC, AT
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.vocabulary import BlockKind
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Changes, set_field
from workshop_tui.live.events import ConflictFound, PlanChanged, PlanEvent
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.server_url import Database
from workshop_tui.store.thread import StorageThread

VALUE = Block(id="V", session="S2", kind=BlockKind.VALUE, title="What they value", minutes=40)


class Person:
    """Somebody at a keyboard."""

    def __init__(self, path: Database, name: str) -> None:
        self.storage, self.name = StorageThread(path), name
        self.posted: list[PlanEvent] = []
        self.heard = asyncio.Event()
        self.now = AT

    def post(self, event: PlanEvent) -> None:
        self.posted.append(event)
        if isinstance(event, PlanChanged) and event.others:
            self.heard.set()

    async def open(self) -> LivePlan:
        plan, number = await asyncio.wrap_future(self.storage.call(lambda store: store.load(ACC)))
        live = LivePlan(self.storage, plan, number, self.name, lambda: self.now, self.post)
        live.open_session("S2")
        self.live = live
        await live.join()
        return live

    async def poll(self) -> None:
        """Write what waits, and take in what others wrote, without waiting for the next look."""
        await asyncio.wrap_future(self.storage.call(self.live._following._poll))
        await self.live.settle()
        await asyncio.sleep(0)

    @property
    def conflicts(self) -> list[ConflictFound]:
        return [event for event in self.posted if isinstance(event, ConflictFound)]


def setting(name: str, value: Json) -> Callable[[AccountPlan], Changes]:
    return lambda plan: set_field(plan.rows[Stakeholder]["ana",], name, value)


def ana(live: LivePlan) -> Stakeholder:
    return live.view.where(Stakeholder, id="ana")[0]


async def both_look(*people: Person) -> None:
    for person in (*people, *people):
        await person.poll()
