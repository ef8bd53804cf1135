"""A clock on the wall that is put forward by hand, and a plan in which one runs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tests.app.driver import AT, Driven
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply, set_field
from workshop_tui.tui.workspace import Ticked


@dataclass
class Wall:
    """A clock on the wall that is put forward by hand."""

    now: dt.datetime = AT

    def __call__(self) -> dt.datetime:
        return self.now

    def go_on(self, app: Driven, seconds: float) -> None:
        """Let time pass, and the app notice."""
        self.now += dt.timedelta(seconds=seconds)
        app.workspace.emit(Ticked())


def on_the_wall(app: Driven) -> Wall:
    """Hang a clock up in the room."""
    wall = app.live.clock = Wall()
    return wall


def begun(plan: AccountPlan, which: str, minutes: float) -> AccountPlan:
    """The plan with the clock of a block running for so long."""
    going = plan.get(Block, which)
    assert going
    at = AT - dt.timedelta(minutes=minutes)
    return apply(plan, Step((*set_field(going, "started", at.isoformat()), *set_field(going, "spent", 0))))
