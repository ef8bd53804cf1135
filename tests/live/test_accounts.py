"""Whole accounts: begun, renamed, put away, taken back, read from a file; refused with nothing changed."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.store.plans import AT
from workshop_tui.documents.errors import DocumentError
from workshop_tui.documents.plan_json import dump_plan
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.lifecycle.start import start_from
from workshop_tui.domain.model.session import Seal
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Conflict, Refused, Step, set_field
from workshop_tui.live.accounts import AccountService, read_plan
from workshop_tui.live.record import seal_now
from workshop_tui.playbooks.loader import load_playbook
from workshop_tui.settings import Settings
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store
from workshop_tui.store.thread import StorageThread

SETTINGS = Settings(Path("mine.toml"), "me", day_first=False, clock="own")
HALF_DAY = load_playbook("half-day", ())


@pytest.fixture
async def accounts(tmp_path: Path) -> AsyncIterator[AccountService]:
    storage = StorageThread(tmp_path / "w.db")
    yield AccountService(storage, SETTINGS, lambda: AT)
    storage.close(10)


async def plan_of(accounts: AccountService, account: str) -> AccountPlan:
    return (await accounts.load(account)).whole


async def test_what_was_created_is_loaded_as_it_is_under_the_users_settings(
    accounts: AccountService, sample: AccountPlan
) -> None:
    account = await accounts.create(start_from(sample, ()))
    assert account == sample.account.id
    live = await accounts.load(account)
    assert live.whole == sample
    assert (live.actor, live.audience, live.day_first, live.shows_clock) == ("me", ALLIANCE, False, False)


async def test_an_account_that_is_not_there_is_refused(accounts: AccountService) -> None:
    with pytest.raises(StoreError):
        await accounts.load("nobody")
    with pytest.raises(StoreError):
        await accounts.archive("nobody", away=True)


async def test_the_next_session_has_the_number_of_its_day(
    accounts: AccountService, sample: AccountPlan
) -> None:
    account = await accounts.create(start_from(sample, ()))
    live = await accounts.load(account)
    later = max(session.held_on for session in sample.sessions) + dt.timedelta(days=1)
    changes = accounts.next_session(live, HALF_DAY, later)
    begun = await accounts.begin_session(live, changes)
    last = (await plan_of(accounts, account)).sessions[-1]
    assert (last.id, last.held_on) == (begun, later)


async def test_no_session_begins_before_one_that_is_sealed(
    accounts: AccountService, sample: AccountPlan
) -> None:
    account = await accounts.create(start_from(sample, ()))
    live = await accounts.load(account)
    first = sample.sessions[0]
    live.commit(lambda plan: seal_now(plan, first.id, seal="e1", at=AT, journal=1))
    await live.settle()
    live = await accounts.load(account)
    changes = accounts.next_session(live, HALF_DAY, first.held_on - dt.timedelta(days=1))
    with pytest.raises(Refused, match="sealed and keeps its number"):
        await accounts.begin_session(live, changes)
    assert len((await plan_of(accounts, account)).sessions) == len(sample.sessions)


async def test_a_name_that_can_not_be_changes_nothing_and_one_that_can_is_taken_back(
    accounts: AccountService, sample: AccountPlan
) -> None:
    account = await accounts.create(start_from(sample, ()))
    live = await accounts.load(account)
    with pytest.raises(Refused):
        await accounts.rename(live, " ")
    assert (await plan_of(accounts, account)).account.name == sample.account.name
    await accounts.rename(live, "Another Bank")
    assert (await plan_of(accounts, account)).account.name == "Another Bank"
    live = await accounts.load(account)
    steps = await live.next_undo()
    assert len(steps) == 1
    assert await accounts.undo(live, steps) == f"{sample.account.name}, name"
    assert (await plan_of(accounts, account)).account.name == sample.account.name


async def test_what_was_asked_about_is_taken_back_and_nothing_done_since(
    accounts: AccountService, sample: AccountPlan
) -> None:
    account = await accounts.create(start_from(sample, ()))
    await accounts.rename(await accounts.load(account), "Another Bank")
    live = await accounts.load(account)
    steps = await live.next_undo()
    await accounts.archive(account, away=True)  # as at another keyboard, while it is asked here
    await accounts.undo(live, steps)
    now = (await plan_of(accounts, account)).account
    assert (now.name, now.archived) == (sample.account.name, True)


async def test_what_another_has_changed_since_is_not_taken_back_but_passed_over(
    accounts: AccountService, sample: AccountPlan
) -> None:
    account = await accounts.create(start_from(sample, ()))
    await accounts.archive(account, away=True)
    await accounts.rename(await accounts.load(account), "Another Bank")
    live = await accounts.load(account)
    steps = await live.next_undo()
    theirs = Step(set_field(live.whole.account, "name", "Theirs"), "other", AT)
    await asyncio.wrap_future(live.storage.call(lambda store: store.commit(account, theirs)))
    with pytest.raises(Conflict, match="changed by somebody else"):
        await accounts.undo(live, steps)
    live = await accounts.load(account)
    assert live.whole.account.name == "Theirs"
    assert live.words(await live.next_undo()).endswith(", archived")


async def test_no_undo_gives_a_sealed_session_another_number(
    accounts: AccountService, sample: AccountPlan
) -> None:
    account = await accounts.create(start_from(sample, ()))
    live = await accounts.load(account)
    last = sample.sessions[-1]
    await accounts.begin_session(
        live, accounts.next_session(live, HALF_DAY, last.held_on - dt.timedelta(days=1))
    )
    live = await accounts.load(account)
    live.commit(lambda plan: seal_now(plan, last.id, seal="e1", at=AT, journal=2))
    await live.save()
    live = await accounts.load(account)
    steps = await live.next_undo()
    with pytest.raises(Refused, match="sealed and keeps its number"):
        await accounts.undo(live, steps)
    assert (await plan_of(accounts, account)).number_of(last.id) == 3


async def test_what_can_not_be_taken_back_just_now_is_told(
    accounts: AccountService, sample: AccountPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = await accounts.create(start_from(sample, ()))
    await accounts.archive(account, away=True)
    live = await accounts.load(account)
    steps = await live.next_undo()

    def full(*_args: object) -> Step:
        raise StoreError("The disk is full: make room.")

    monkeypatch.setattr(Store, "commit", full)
    with pytest.raises(StoreError, match="The disk is full"):
        await accounts.undo(live, steps)


async def test_an_account_is_put_away_and_brought_back(accounts: AccountService, sample: AccountPlan) -> None:
    account = await accounts.create(start_from(sample, ()))
    for away in (True, True, False):  # the second time there is nothing to do
        await accounts.archive(account, away=away)
        assert (await plan_of(accounts, account)).account.archived is away


async def test_a_session_that_is_named_is_exported_by_its_record(
    accounts: AccountService, sample: AccountPlan
) -> None:
    account = await accounts.create(start_from(sample, ()))
    live = await accounts.load(account)
    first, last = sample.sessions[0].id, sample.sessions[-1].id
    live.commit(lambda plan: seal_now(plan, first, seal="e1", at=AT, journal=1))
    await live.settle()
    named, latest = await accounts.load_document(account, first), await accounts.load_document(account)
    assert (named.session_id, latest.session_id) == (first, last)
    assert (named.sealed_at, latest.sealed_at) == (live.whole.all(Seal)[0].sealed_at, None)
    named.look_as(CUSTOMER)
    assert (named.is_held, named.sealed_at) == (True, None)  # that it is sealed is not for the customer


async def test_a_session_that_is_gone_is_not_exported(accounts: AccountService, sample: AccountPlan) -> None:
    account = await accounts.create(start_from(sample, ()))
    with pytest.raises(StoreError, match=r"no longer has this session: it has 1 to 2\.$"):
        await accounts.load_document(account, "gone")


async def test_a_plan_is_read_from_its_file_and_what_is_none_is_refused(
    sample: AccountPlan, tmp_path: Path
) -> None:
    file = tmp_path / "plan.json"
    file.write_text(dump_plan(sample), "utf-8")
    assert await asyncio.to_thread(read_plan, str(file)) == sample
    file.write_text("{}", "utf-8")
    with pytest.raises(DocumentError):
        read_plan(str(file))
    with pytest.raises(FileNotFoundError):
        read_plan(str(tmp_path / "other.json"))
