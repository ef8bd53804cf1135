"""The sample account as the demo opens it: its next session has not begun, the one before is sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from workshop_tui.documents.plan_json import dump_plan, load_plan
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.lifecycle.start import start_session
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply
from workshop_tui.live.live_plan import new_id
from workshop_tui.live.record import seal_now
from workshop_tui.playbooks.loader import load_playbook

LATER = dt.timedelta(weeks=3)
"""How long after the last session the next one is held: the account is frozen at that day."""
_SESSIONS = Path(__file__).parent.parent / "sessions"
SAMPLE, TARGET = _SESSIONS / "norvane-bank.json", _SESSIONS / "norvane-bank-demo.json"


def text() -> str:
    """Return the account as the demo reads it: worked out at each start, it took a twentieth of that."""
    return dump_plan(with_next_session(load_plan(SAMPLE.read_bytes()), partial(new_id, Random(1).choice)))  # noqa: S311


def with_next_session(plan: AccountPlan, new_id: Callable[[], str] = new_id) -> AccountPlan:
    """Return a whole plan with its last session sealed, frozen at the day of the next one."""
    last = plan.sessions[-1]
    at = dt.datetime.combine(last.held_on, dt.time(15), dt.UTC)
    sealed = apply(plan, Step(seal_now(plan, last.id, seal=new_id(), at=at, journal=0)))
    day = last.held_on + LATER
    begun = start_session(sealed, load_playbook(last.playbook, ()), day, new_id, start=last.start)
    after = apply(sealed, Step(begun))
    account = with_values(after.account, as_of=day.isoformat())
    return AccountPlan({**after.rows, Account: {account.key: account}}, after.audience)
