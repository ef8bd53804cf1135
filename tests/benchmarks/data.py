"""What is measured on: the sample account beside 10,000 sessions of others, and 200 actions."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import closing
from itertools import accumulate
from pathlib import Path

from tests.conftest import SAMPLE
from workshop_tui.documents.plan_json import load_plan
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import (
    ALLIANCE,
    CUSTOMER,
    ActionStatus,
    BlockKind,
    Confidence,
    Direction,
    Level,
    Sentiment,
)
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import (
    Meeting,
    MeetingMember,
    MeetingStakeholder,
    Reading,
    Stakeholder,
    Tie,
)
from workshop_tui.domain.model.scorecard import Goal, Initiative, Review, ReviewLine
from workshop_tui.domain.model.session import Block, Decision, Guest, Parking, Presence, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Step
from workshop_tui.domain.search.said import SaidLine
from workshop_tui.store import search
from workshop_tui.store.opening import driver
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
        with_values(actions[n % len(actions)], id=f"more{n}", visibility="customer")
        for n in range(count - len(actions))
    ]
    return AccountPlan.of((*sample, *more))


def sample() -> AccountPlan:
    """Return the sample."""
    return load_plan(SAMPLE.read_bytes())


def large() -> AccountPlan:
    """Return the sample with all that an account of many years holds: the same agenda, with more in it."""
    now = tuple(sample())
    taken = {(type(row), row.key) for row in now}
    before = (_earlier(row) for row in looked_back_on() if not isinstance(row, Account | Party))
    return AccountPlan.of((*now, *(row for row in before if (type(row), row.key) not in taken)))


def _earlier(row: Entity) -> Entity:
    """Have the sessions of many years end before those of the sample, of which the last one is opened."""
    if not isinstance(row, Session):
        return row
    return with_values(row, held_on=(row.held_on - dt.timedelta(365)).isoformat())


def looked_back_on() -> AccountPlan:
    """Return an account of many years: 50 sessions, 300 people, 1,000 actions, 3,000 answers."""
    chance = random.Random(1)  # noqa: S311 - the same account every time
    return AccountPlan.of((*_many_years(chance), *_talked(chance), *_reviewed(chance)))


def _many_years(chance: random.Random) -> Iterator[Entity]:
    yield Account(id="long", name="Long Account")
    yield from (
        Party(id=id_, name=f"Firm {id_}", short=id_, rank=n)
        for n, id_ in enumerate(("customer", "ps", "tech"))
    )
    yield from (
        Member(id=f"P{n}", party=("ps", "tech")[n % 2], name=f"Mira Member{n}", rank=n) for n in range(12)
    )
    for n in range(300):
        manager = f"st{(n - 1) // 6}" if n else None
        yield Stakeholder(
            id=f"st{n}", name=f"Paula Person{n}", influence=n % 6 or None, reports_to=manager, rank=n
        )
        for party in ("ps", "tech"):
            owner = f"P{chance.randrange(6) * 2 + (party == 'tech')}"
            yield Tie(stakeholder=f"st{n}", party=party, owner=owner if n % 3 else None, level=Level.WORKING)
    for n in range(50):
        held = AT.date() - dt.timedelta((49 - n) * 45)
        yield Session(id=f"s{n}", held_on=held, rank=n)
        yield Block(id=f"b{n}", session=f"s{n}", kind=BlockKind.VALUE, title="Value", minutes=30)
        yield from (Presence(session=f"s{n}", member=f"P{m}") for m in range(0, 12, 2))
        yield from (Guest(block=f"b{n}", stakeholder=f"st{(n + m) % 300}") for m in range(5))
        for person in chance.sample(range(300), 40):
            for toward in ("all", "ps", "tech"):
                value = Sentiment(chance.randint(-2, 2))
                yield Reading(
                    session=f"s{n}",
                    stakeholder=f"st{person}",
                    toward=toward,
                    value=value,
                    confidence=Confidence.OBSERVED,
                    evidence=f"said so in meeting {n}",
                )
        yield from (
            Decision(
                id=f"d{n}n{m}",
                session=f"s{n}",
                text=f"Go on with matter {n} of kind {m}",
                rank=n * 4 + m,
            )
            for m in range(4)
        )
        yield from (Parking(id=f"k{n}n{m}", session=f"s{n}", text=f"And thing {n} {m}") for m in range(3))


def _talked(chance: random.Random) -> Iterator[Entity]:
    """Yield a thousand meetings, as many actions, and three answers to each."""
    for n in range(1000):
        yield Meeting(
            id=f"m{n}", on=AT.date() - dt.timedelta(chance.randrange(2200)), said=f"Talked of {n}", rank=n
        )
        yield from (
            MeetingStakeholder(meeting=f"m{n}", stakeholder=f"st{person}")
            for person in chance.sample(range(300), 2)
        )
        yield from (MeetingMember(meeting=f"m{n}", member=f"P{m}") for m in chance.sample(range(12), 2))
        session = chance.randrange(50)
        made = AT.date() - dt.timedelta((49 - session) * 45)
        due, is_open = made + dt.timedelta(chance.randrange(10, 90)), chance.random() < 1 / 5
        yield Action(
            id=f"A{n}",
            session=f"s{session}",
            title=f"Do thing {n} well",
            owner=f"P{n % 12}",
            accountable=f"P{n % 7}",
            due=due,
            stakeholder=f"st{n % 300}",
            status=ActionStatus.OPEN if is_open else ActionStatus.DONE,
            done_on=None if is_open else min(due + dt.timedelta(chance.randrange(-9, 9)), AT.date()),
            rank=n,
        )
        if n % 4 == 0 and session < 49:
            yield Carry(
                action=f"A{n}", session=f"s{session + 1}", from_due=due - dt.timedelta(30), to_due=due
            )
    for n in range(3000):
        heard = AT.date() - dt.timedelta(chance.randrange(2200))
        yield Answer(
            id=f"V{n}", stakeholder=f"st{n % 300}", text=f"We need thing {n}", heard_on=heard, rank=n
        )


def _reviewed(chance: random.Random) -> Iterator[Entity]:
    yield Goal(id="G", title="Revenue", unit="EUR", target=2, actual=1)
    for n in range(12):
        yield Initiative(
            id=f"I{n}", title=f"Initiative {n}", component=f"Part {n % 4}", target=9, actual=n, rank=n
        )
    for n in range(60):
        yield Review(id=f"R{n}", on=AT.date() - dt.timedelta((60 - n) * 31))
        for initiative in range(12):
            yield ReviewLine(
                review=f"R{n}",
                initiative=f"I{initiative}",
                actual=chance.randrange(10),
                completion=chance.choice((0, 25, 50, 75, 100)),
                direction=Direction.UP,
            )


def look_after(path: Path, accounts: int = ACCOUNTS) -> None:
    """Make a database of so many accounts of 20 sessions each, with people, meetings and work in all."""
    with closing(Store.open(path)) as store:
        for number in range(accounts):
            rows = (Account(id=f"a{number}", name=f"Account {number}"), *_kept_up(number))
            store.commit(f"a{number}", Step(tuple(map(Add, rows)), "me", AT))


def _kept_up(number: int) -> Iterator[Entity]:
    """Yield what is known of an account: four of ours, eight of theirs, a third of them key."""
    sessions, team = _sessions(number), [f"P{n}" for n in range(4)]
    yield from sessions
    yield from (
        Party(id=id_, name=id_, short=id_, rank=n) for n, id_ in enumerate(("customer", "ps", "tech"))
    )
    yield from (Member(id=id_, party=("ps", "tech")[n % 2], name=f"Member {n}") for n, id_ in enumerate(team))
    for n in range(8):
        yield Stakeholder(id=f"st{n}", name=f"Person {n}", influence=n % 6 or None, rank=n)
        yield Tie(stakeholder=f"st{n}", party="ps", owner=team[n % 2 * 2], level=Level.WORKING)
    for n in range(24):
        day = AT.date() - dt.timedelta(n * 17 + number % 90)
        yield Meeting(id=f"m{n}", on=day, rank=n)
        yield MeetingStakeholder(meeting=f"m{n}", stakeholder=f"st{n % 8}")
        yield MeetingMember(meeting=f"m{n}", member=team[n % 4])
    for n, session in enumerate(sessions):
        due = AT.date() + dt.timedelta(n * 9 - number % 60)
        is_open = n > 12
        yield Action(
            id=f"A{n}",
            session=session.id,
            title=f"Do thing {n} well",
            owner=team[n % 4],
            due=due,
            stakeholder=f"st{n % 8}",
            status=ActionStatus.OPEN if is_open else ActionStatus.DONE,
            done_on=None if is_open else AT.date() - dt.timedelta(n % 3 * 60),
            told_on=AT.date() if n < 10 else None,
        )
        if is_open and n % 3 == 0:
            yield Carry(action=f"A{n}", session=session.id, from_due=due - dt.timedelta(30), to_due=due)
        yield Block(id=f"b{n}", session=session.id, kind=BlockKind.VALUE, title="Value", minutes=30)
        yield Decision(
            id=f"D{n}",
            session=session.id,
            text=f"Go on with thing {n}",
            visibility=CUSTOMER,
            told_on=None if n > 16 else AT.date(),
        )
    yield Guest(block="b19", stakeholder="st5")
    yield Presence(session="s19", member="P1")
    for n in range(6):
        heard = AT.date() - dt.timedelta(n * 5)
        yield Answer(id=f"V{n}", stakeholder=f"st{n}", text=f"We need thing {n}", heard_on=heard)
    yield from (Parking(id=f"K{n}", session="s19", text=f"And thing {n}") for n in range(2))
    yield Goal(id="G", title="Revenue", unit="EUR", target=2, actual=1)
    yield Review(id="R", on=AT.date() - dt.timedelta(number % 60))
