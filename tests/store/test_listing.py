from __future__ import annotations

import datetime as dt
from contextlib import closing

import pytest
from msgspec.structs import replace

from tests.store.plans import add
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import AccountStage, ActionStatus
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.session import Seal, Session
from workshop_tui.server_url import Database
from workshop_tui.store.listing import AccountLine, SessionLine, accounts, latest_step
from workshop_tui.store.store import Store

TODAY = dt.date(2026, 6, 9)
NOW = dt.datetime(2026, 6, 9, 17, 2, tzinfo=dt.UTC)
MARCH, JUNE = dt.date(2026, 3, 10), dt.date(2026, 6, 9)

PEOPLE: tuple[Entity, ...] = (
    Party(id="customer", name="Norvane Bank plc", short="Norvane"),
    Party(id="ps", name="Partner", short="ps"),
    Member(id="m1", party="ps", name="Mirela Roth"),
)


def action(number: int, due: dt.date | None, status: ActionStatus = ActionStatus.OPEN) -> Action:
    return Action(id=f"x{number}", session="s1", title="Send the cost range", due=due, status=status)


def seal(name: str, session: str, *, reopened_at: dt.datetime | None) -> Seal:
    return Seal(
        id=name,
        session=session,
        sealed_at=NOW,
        record="{}",
        sha256="0" * 64,
        journal=1,
        reopened_at=reopened_at,
    )


@pytest.fixture
def path(database: Database) -> Database:
    with closing(Store.open(database)) as store:
        for account, rows in PLANS.items():
            store.commit(account, add(*rows))
    return database


YESTERDAY = TODAY - dt.timedelta(days=1)
PLANS: dict[str, tuple[Entity, ...]] = {
    "new": (Account(id="new", name="Zeta"),),
    "old": (Account(id="old", name="Alpha", archived=True), Session(id="s1", held_on=dt.date(2020, 1, 1))),
    "nor": (
        Account(id="nor", name="Norvane", stage=AccountStage.PURSUIT),
        *PEOPLE,
        Session(id="s2", held_on=JUNE, playbook="ninety"),
        Session(id="s1", held_on=MARCH, facilitator="m1", playbook="half-day"),
        seal("e1", "s1", reopened_at=NOW),
        seal("e2", "s1", reopened_at=None),
        seal("e3", "s2", reopened_at=NOW),
        action(1, YESTERDAY),
        action(2, TODAY, ActionStatus.BLOCKED),
        action(3, None, ActionStatus.IN_PROGRESS),
        action(4, YESTERDAY, ActionStatus.DONE),
        action(5, YESTERDAY, ActionStatus.DROPPED),
    ),
    "sample": (
        Account(id="sample", name="Sample", as_of=dt.date(2026, 12, 1)),
        Session(id="s1", held_on=JUNE),
        action(1, dt.date(2026, 11, 30)),
        action(2, dt.date(2026, 12, 1)),
    ),
}


def test_a_line_has_what_the_library_shows(path: Database) -> None:
    line = {line.id: line for line in accounts(path, TODAY)}["nor"]
    assert line == AccountLine(
        id="nor",
        name="Norvane",
        customer="Norvane Bank plc",
        stage=AccountStage.PURSUIT,
        archived=False,
        as_of=None,
        held=2,
        sessions=(
            SessionLine("s2", 2, JUNE, "ninety", "", sealed=False, open=0, overdue=0),
            SessionLine("s1", 1, MARCH, "half-day", "Mirela Roth", sealed=True, open=3, overdue=1),
        ),
        open=3,
        overdue=1,
        last=JUNE,
    )


def test_where_there_are_many_only_unfolded_accounts_come_with_their_sessions(path: Database) -> None:
    whole = accounts(path, TODAY)
    held = sum(line.held for line in whole)
    assert accounts(path, TODAY, held) == whole
    few = accounts(path, TODAY, held - 1, {"sample"})
    assert [line.sessions for line in few] == [line.sessions * (line.id == "sample") for line in whole]
    assert [replace(line, sessions=()) for line in few] == [replace(line, sessions=()) for line in whole]


def test_the_newest_session_comes_first_and_what_has_none_last(path: Database) -> None:
    lines = accounts(path, TODAY)
    assert [line.id for line in lines] == ["nor", "sample", "old", "new"]
    assert [line.archived for line in lines] == [False, False, True, False]
    assert (lines[-1].sessions, lines[-1].last, lines[-1].customer) == ((), None, "")


def test_a_sample_account_is_late_by_its_own_date(path: Database) -> None:
    sample = accounts(path, TODAY)[1]
    assert sample.as_of == dt.date(2026, 12, 1)
    assert (sample.open, sample.overdue, sample.sessions[0].overdue) == (2, 1, 1)


def test_what_is_committed_is_seen_at_once(path: Database) -> None:
    with closing(Store.open(path)) as store:
        store.commit("new", add(Session(id="s9", held_on=TODAY)))
        assert {line.id: line.last for line in accounts(path, TODAY)}["new"] == TODAY


def test_each_step_of_any_account_is_another_latest_one_and_a_draft_is_none(path: Database) -> None:
    seen = [latest_step(path)]
    with closing(Store.open(path)) as store:
        store.save_draft("nor", "me", "here", "half a word")
        assert latest_step(path) == seen[-1]
        for account in ("sample", "new", "nor"):
            store.commit(account, add(Session(id="s9", held_on=TODAY)))
            seen.append(latest_step(path))
    assert len(set(seen)) == len(seen)
