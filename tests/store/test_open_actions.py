from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.plans import add
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import ActionStatus
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.session import Session
from workshop_tui.store.errors import StoreError
from workshop_tui.store.open_actions import OpenAction, holders, open_actions
from workshop_tui.store.store import Store

TODAY = dt.date(2026, 6, 9)
MARCH, JUNE = dt.date(2026, 3, 10), dt.date(2026, 6, 1)


def action(name: str, owner: str | None = None, due: dt.date | None = None, **more: object) -> Action:
    values = {"id": name, "session": "s2", "title": f"Action {name}", "owner": owner, "due": due, **more}
    return Action.model_validate(values)


def days(count: int) -> dt.date:
    return TODAY + dt.timedelta(days=count)


FRAME: tuple[Entity, ...] = (
    Party(id="customer", name="Norvane Bank plc", short="Norvane"),
    Party(id="ps", name="Partner", short="ps"),
    Member(id="m1", party="ps", name="Mirela Roth"),
    Member(id="m2", party="ps", name="Élan Abe"),
    Session(id="s2", held_on=JUNE),
    Session(id="s1", held_on=MARCH),
)
PLANS: dict[str, tuple[Entity, ...]] = {
    "nor": (
        Account(id="nor", name="Norvane"),
        *FRAME,
        action("x1", "m1", days(3)),
        action("x2", "m1", days(-1), accountable="m2", session="s1", status=ActionStatus.BLOCKED),
        Carry(action="x2", session="s2", from_due=MARCH, to_due=days(-1)),
        Carry(action="x2", session="s1", from_due=days(-200), to_due=MARCH),
        action("x3", None, TODAY),
        action("x4", "m1", None, visibility="ps"),
        action("x5", "m1", days(-5), status=ActionStatus.DONE),
        action("x6", "m1", days(-5), status=ActionStatus.DROPPED, reason="Asked for quiet"),
    ),
    "old": (Account(id="old", name="Oldham", archived=True), *FRAME, action("x1", "m2", days(-9))),
    "sample": (
        Account(id="sample", name="Sample", as_of=dt.date(2026, 12, 1)),
        *FRAME,
        action("y1", "m2", dt.date(2026, 11, 30)),
        action("y2", "m2", dt.date(2026, 12, 1)),
    ),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "workshops.db"
    with closing(Store.open(path)) as store:
        for account, rows in PLANS.items():
            store.commit(account, add(*rows))
    return path


def test_owners_with_overdue_actions_come_first_and_these_before_the_rest(path: Path) -> None:
    found = open_actions(path, TODAY)
    assert [(line.owner, line.id, line.days_late) for line in found] == [
        ("Élan Abe", "y1", 1),
        ("Élan Abe", "y2", 0),
        ("Mirela Roth", "x2", 1),
        ("Mirela Roth", "x1", 0),
        ("Mirela Roth", "x4", 0),
        ("", "x3", 0),
    ]


def test_a_line_says_who_by_when_and_how_often_it_was_carried_from_which_date(path: Path) -> None:
    line = next(line for line in open_actions(path, TODAY) if line.id == "x2")
    assert line == OpenAction(
        id="x2",
        title="Action x2",
        owner="Mirela Roth",
        side="ps",
        accountable="Élan Abe",
        due=days(-1),
        first_due=days(-200),
        carried=2,
        status=ActionStatus.BLOCKED,
        session=1,
        visibility="alliance",
        account="nor",
        account_name="Norvane",
        today=TODAY,
    )


def test_a_sample_account_has_its_own_day(path: Path) -> None:
    assert {line.today for line in open_actions(path, TODAY, "sample")} == {dt.date(2026, 12, 1)}


def test_an_archived_account_is_left_out_unless_it_is_named(path: Path) -> None:
    assert {line.account for line in open_actions(path, TODAY)} == {"nor", "sample"}
    assert [line.id for line in open_actions(path, TODAY, "oldham")] == ["x1"]
    with pytest.raises(StoreError, match=r"There is no account «zzz» in .*: it has Norvane \(nor\)"):
        open_actions(path, TODAY, "zzz")


def test_whose_action_an_id_is(path: Path) -> None:
    assert holders(path, "X1") == (("x1", "nor"), ("x1", "old"))
    assert holders(path, "x1", "Norvane") == (("x1", "nor"),)
    assert holders(path, "x5") == (("x5", "nor"),)
    assert holders(path, "z") == ()


def test_a_database_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert open_actions(tmp_path / "none.db", TODAY) == ()
    assert holders(tmp_path / "none.db", "x") == ()
