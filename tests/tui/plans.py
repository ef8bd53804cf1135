"""A live plan without an app around it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from tests.tui.driver import AT
from workshop_tui.domain.plan import AccountPlan
from workshop_tui.domain.words import ALLIANCE
from workshop_tui.store.store import Store
from workshop_tui.store.thread import StorageThread
from workshop_tui.tui.live_plan import LivePlan

T = TypeVar("T")


class NoStorage(StorageThread):
    """Takes every call and never gets round to it."""

    def __init__(self) -> None:
        super().__init__(Path("nowhere"))

    def call(self, fn: Callable[[Store], T]) -> Future[T]:  # noqa: ARG002 - that is the point
        return Future()


def looked_at(plan: AccountPlan, audience: str = ALLIANCE, session: str = "") -> LivePlan:
    """Return a plan as an audience looks at it; needs a running loop."""
    live = LivePlan(NoStorage(), plan, 1, "me", lambda: AT, lambda _message: None)
    live.open_session(session or plan.sessions[-1].id)
    live.audience = audience
    live._look()
    return live
