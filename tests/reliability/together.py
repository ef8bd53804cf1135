"""What one of several processes does, which edit the same rows as fast as they can."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

from tests.store.plans import ACC, AT
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Changes, Set, set_field
from workshop_tui.live.events import ConflictFound, PlanEvent
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.live.replica import Build
from workshop_tui.store.thread import StorageThread

FIELDS = ("name", "title", "email")


def edit(path: Path, actor: str, times: int) -> tuple[set[str], str]:
    """Change fields of the same people; return the texts that met another's, and why not all is saved."""
    return asyncio.run(_edit(path, actor, times))


async def _edit(path: Path, actor: str, times: int) -> tuple[set[str], str]:
    storage, chance, heard = StorageThread(path), random.Random(actor), list[PlanEvent]()  # noqa: S311
    plan, number = await asyncio.wrap_future(storage.call(lambda store: store.load(ACC)))
    live = LivePlan(storage, plan, number, actor, lambda: AT, heard.append)
    await live.join()
    for count in range(times):
        live.commit(_setting(chance, f"{actor} {count}"))
        if chance.random() < 0.2:  # now and then, what others did is heard of
            await live.settle()
    await live.settle()
    live.leave()
    storage.close(60)
    return {_text(found) for found in heard if isinstance(found, ConflictFound)}, live.saved.why_not


def _setting(chance: random.Random, text: str) -> Build:
    def build(plan: AccountPlan) -> Changes:
        return set_field(chance.choice(plan.all(Stakeholder)), chance.choice(FIELDS), text)

    return build


def _text(found: ConflictFound) -> str:
    (change,) = found.step.changes
    assert isinstance(change, Set)
    return str(change.new)
