"""What is measured on: the sample account beside 10,000 sessions of others, and 200 actions."""

from __future__ import annotations

import datetime as dt
import random
from contextlib import closing
from itertools import accumulate
from pathlib import Path

from tests.conftest import SAMPLE
from workshop_tui.documents.plan_json import load_plan
from workshop_tui.domain.base.vocabulary import ALLIANCE
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Session
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step
from workshop_tui.domain.search.said import SaidLine
from workshop_tui.store import search
from workshop_tui.store.engine import driver
from workshop_tui.store.store import Store

ACCOUNTS, SESSIONS, LINES = 500, 20, 80
AT = dt.datetime(2026, 6, 9, 9, tzinfo=dt.UTC)


def fill(path: Path, accounts: int = ACCOUNTS) -> None:
    """Make a database with the sample and so many older accounts of 20 sessions each."""
    sample = load_plan(SAMPLE.read_bytes())
    with closing(Store.open(path)) as store:
        store.commit(sample.account.id, _all(sample))
        for number in range(accounts):
            account = Account(id=f"a{number}", name=f"Account {number}")
            store.commit(account.id, Step((Add(account), *map(Add, _sessions(number))), "me", AT))
    with closing(Store.open(path)) as store:
        for behind in store.search_behind():
            store.update_search(behind)


def talk(path: Path) -> list[str]:
    """Have 80 lines said in each session of the older accounts; return all lines of one of them.

    They go straight into the index, as committing them would take the best part of an hour.
    """
    chance = random.Random(1)  # noqa: S311 - the same words every time
    words = _vocabulary(chance)
    weights = list(accumulate(1 / (n + 1) for n in range(len(words))))
    said: list[str] = []
    with closing(Store.open(path)) as store:
        for number in range(ACCOUNTS):
            lines = [
                _said(chance, words, weights, session, n)
                for session in _sessions(number)
                for n in range(LINES)
            ]
            said = [line.text for line in lines]
            with store._backend.writing() as connection:
                search._replace(driver(connection), f"a{number}", (), lines)
    return said


def _vocabulary(chance: random.Random) -> list[str]:
    """Return words as people have them: many share how they begin, and a few are said all the time."""
    parts = [f"{a}{b}" for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "er", "in", "on", "al")]
    stems = ["".join(chance.choices(parts, k=chance.choice((1, 2, 2, 3)))) for _ in range(6_000)]
    ends = ("", "s", "ed", "ing", "ment", "ation", "ly", "er")
    return list(dict.fromkeys(stem + end for stem in stems for end in chance.sample(ends, 4)))


def _said(
    chance: random.Random, words: list[str], weights: list[float], session: Session, number: int
) -> SaidLine:
    kind = chance.choice(("Answer", "Decision", "Parking", "Action", "Reading", "Meeting"))
    text = " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(4, 16)))
    place, people = session.held_on.toordinal(), (f"p{chance.randrange(30)}",)
    key = (f"{session.id}n{number}",)
    return SaidLine(kind, key, ALLIANCE, session.id, session.held_on, place, text, people)


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
