"""What is measured on: the sample account beside 10,000 sessions of others, and 200 actions."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

from tests.conftest import SAMPLE
from workshop_tui.documents.plan_json import load_plan
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step
from workshop_tui.store.store import Store

ACCOUNTS, SESSIONS = 500, 20
AT = dt.datetime(2026, 6, 9, 9, tzinfo=dt.UTC)


def fill(path: Path, accounts: int = ACCOUNTS) -> None:
    """Make a database with the sample and so many older accounts of 20 sessions each."""
    sample = load_plan(SAMPLE.read_bytes())
    with closing(Store.open(path)) as store:
        store.commit(sample.account.id, _all(sample))
        for number in range(accounts):
            account = Account(id=f"a{number}", name=f"Account {number}")
            store.commit(account.id, Step((Add(account), *map(Add, _sessions(number))), "me", AT))


def _sessions(number: int) -> list[Session]:
    first = dt.date(2020, 1, 1) + dt.timedelta(number)
    return [Session(id=f"s{n}", held_on=first + dt.timedelta(n * 30), rank=n) for n in range(SESSIONS)]


def _all(plan: AccountPlan) -> Step:
    return Step(tuple(Add(row) for row in plan), "me", AT)


def with_actions(count: int) -> AccountPlan:
    """Return the sample with so many actions."""
    sample = load_plan(SAMPLE.read_bytes())
    actions = sample.all(Action)
    more = [
        actions[n % len(actions)].changed("id", f"more{n}").changed("visibility", "customer")
        for n in range(count - len(actions))
    ]
    return AccountPlan.of((*sample, *more))
