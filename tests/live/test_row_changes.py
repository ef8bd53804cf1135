"""Changing rows of several accounts: one Step an account, all of it worked out before any is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.app.driver import AT, seed
from tests.domain.plans import ON
from workshop_tui.domain.base.vocabulary import CUSTOMER, ActionStatus
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.setters import SetContext
from workshop_tui.domain.plan.step import Changes, Refused, target
from workshop_tui.domain.rules.follow_through import first_due
from workshop_tui.live.row_changes import (
    Build,
    Changed,
    RowMeant,
    change_rows,
    complete,
    context_of,
    dates_of,
    drop,
    hand_over,
    person_called,
    redate,
)
from workshop_tui.store.store import Store

A07, A04 = (RowMeant(name, "norvane", "Action") for name in ("A07", "A04"))
OTHER = RowMeant("A07", "twin", "Action")


@pytest.fixture
def store(norvane: Path, sample: AccountPlan) -> Iterator[Store]:
    account = replace(sample.account, id="twin", name="Twin")
    seed(norvane, AccountPlan.of([account, *(row for row in sample if not isinstance(row, Account))]))
    with closing(Store.open(norvane)) as opened:
        yield opened


def changed(store: Store, build: Build, *meant: RowMeant) -> list[Changed]:
    return list(change_rows(store, meant, build, "me", AT))


def done(plan: AccountPlan, action: Action) -> Changes:
    return complete(plan, action, ON, ON)


def test_each_account_has_one_step_of_all_its_rows(store: Store) -> None:
    before = {of: store.load(of)[1] for of in ("norvane", "twin")}
    found = changed(store, done, A07, A04, OTHER)
    assert [one.meant.ref for one in found] == ["norvane/A07", "norvane/A04", "twin/A07"]
    assert {one.after.status for one in found} == {ActionStatus.DONE}
    assert {of: store.load(of)[1] - number for of, number in before.items()} == {"norvane": 1, "twin": 1}
    for of in before:
        steps = store.next_undo(of, "me")
        assert {target(change)[1][0] for step in steps for change in step.changes} <= {"A07", "A04"}


def test_what_one_account_refuses_changes_nothing_in_another(store: Store) -> None:
    changed(store, lambda _plan, action: drop(action, "overtaken", ON), OTHER)
    before = store.load("norvane")
    with pytest.raises(Refused, match="was dropped already on 9 Jun 2026: nothing has changed"):
        changed(store, done, A07, OTHER)
    with pytest.raises(Refused, match="norvane/A99 has just been removed"):
        changed(store, done, A07, RowMeant("A99", "norvane", "Action"))
    assert store.load("norvane") == before


def test_what_changes_nothing_is_no_step(store: Store) -> None:
    before = store.load("norvane")[1]
    (one,) = changed(store, lambda plan, action: hand_over(plan, action, action.owner, _at(plan)), A07)
    assert one.before == one.after
    assert store.load("norvane")[1] == before


def test_another_date_is_still_to_come_and_the_first_one_is_kept(store: Store) -> None:
    def to(typed: str) -> Build:
        return lambda plan, action: redate(plan, action, _at(plan).dates.parse(typed), _at(plan))

    for typed, said in (
        ("1 jan 2026", "is past: give a day"),
        ("19 jun 2026", "is due on 19 Jun 2026 already"),
    ):
        with pytest.raises(Refused, match=said):
            changed(store, to(typed), A04)
    (one,) = changed(store, to("+3w"), A04)
    assert (one.before.due, one.after.due) == (dt.date(2026, 6, 19), dt.date(2026, 6, 30))
    assert first_due(one.plan, one.after) == dt.date(2026, 5, 1)


def test_it_is_handed_to_somebody_of_either_side_who_may_then_see_it(store: Store) -> None:
    def to(name: str, *, is_ours: bool, seen_by: str = "") -> Build:
        def build(plan: AccountPlan, action: Action) -> Changes:
            who = person_called(plan, name, is_ours=is_ours)
            return hand_over(plan, action, who, _at(plan), "owner", seen_by)

        return build

    (one,) = changed(store, to("Chidi Varnholt", is_ours=True), A07)
    assert (one.after.owner, one.after.visibility) == ("P4", one.before.visibility)
    (one,) = changed(store, to("Farah Nouriel", is_ours=False, seen_by=CUSTOMER), A07)
    assert (one.after.owner, one.after.visibility) == ("ST11", CUSTOMER)
    with pytest.raises(Refused, match="There is nobody called «Farah Nouriel» in Norvane Bank"):
        changed(store, to("Farah Nouriel", is_ours=True), A07)


def _at(plan: AccountPlan) -> SetContext:
    return context_of(plan, dates_of(plan, ON, day_first=True))
