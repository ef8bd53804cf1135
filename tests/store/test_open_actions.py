from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.plans import add
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import ActionStatus, Weekday
from workshop_tui.domain.model.account import Account, Member, Party
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Decision, Session
from workshop_tui.domain.rules.action_lanes import Lane
from workshop_tui.server_url import Database
from workshop_tui.store.errors import StoreError
from workshop_tui.store.open_actions import OpenAction, holders, members, open_actions, ours
from workshop_tui.store.store import Store

TODAY = dt.date(2026, 6, 9)
MARCH, JUNE = dt.date(2026, 3, 10), dt.date(2026, 6, 1)


def action(name: str, owner: str | None = None, due: dt.date | None = None, **more: object) -> Action:
    values = {"id": name, "session": "s2", "title": f"Action {name}", "owner": owner, "due": due, **more}
    return validated(Action, values)


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
def path(database: Database) -> Database:
    with closing(Store.open(database)) as store:
        for account, rows in PLANS.items():
            store.commit(account, add(*rows))
    return database


def test_owners_with_overdue_actions_come_first_and_these_before_the_rest(path: Database) -> None:
    found = open_actions(path, TODAY)
    assert [(line.owner, line.id, line.days_late) for line in found] == [
        ("Élan Abe", "y1", 1),
        ("Élan Abe", "y2", 0),
        ("Mirela Roth", "x2", 1),
        ("Mirela Roth", "x1", 0),
        ("Mirela Roth", "x4", 0),
        ("", "x3", 0),
    ]


def test_a_line_says_who_by_when_and_how_often_it_was_carried_from_which_date(path: Database) -> None:
    line = next(line for line in open_actions(path, TODAY) if line.id == "x2")
    assert line == OpenAction(
        id="x2",
        title="Action x2",
        owner_id="m1",
        owner="Mirela Roth",
        side="ps",
        firm="ps",
        accountable_id="m2",
        accountable="Élan Abe",
        due=days(-1),
        first_due=days(-200),
        carried=2,
        status=ActionStatus.BLOCKED,
        session=1,
        visibility="alliance",
        milestone="",
        account="nor",
        account_name="Norvane",
        today=TODAY,
        week_start=0,
        is_owned=True,
        is_answered_for=True,
        is_agreed=True,
        ref="nor/x2",
    )
    assert (line.ref, line.lane) == ("nor/x2", Lane.LATE)


def test_a_sample_account_has_its_own_day(path: Database) -> None:
    assert {line.today for line in open_actions(path, TODAY, "sample")} == {dt.date(2026, 12, 1)}


def test_an_archived_account_is_left_out_unless_it_is_named(path: Database) -> None:
    assert {line.account for line in open_actions(path, TODAY)} == {"nor", "sample"}
    assert [line.id for line in open_actions(path, TODAY, "oldham")] == ["x1"]
    with pytest.raises(StoreError, match=r"There is no account «zzz» in .*: it has Norvane \(nor\)"):
        open_actions(path, TODAY, "zzz")


def test_an_audience_sees_its_own_and_whom_it_sees(database: Database) -> None:
    path = database
    rows = (
        Party(id="tech", name="Stratalume Ltd", short="Stratalume"),
        Stakeholder(id="ana", name="Ana", visibility="ps"),
        action("ours", "m1", TODAY, visibility="ps"),
        action("hers", "ana", days(9), accountable="ana"),
        action("theirs", "m1", TODAY, visibility="tech"),
    )
    alone = (*FRAME, action("alone", "m1", TODAY, visibility="ps"), action("both", "m1", TODAY))
    with closing(Store.open(path)) as store:
        store.commit("nor", add(Account(id="nor", name="Norvane"), *FRAME, *rows))
        store.commit("old", add(Account(id="old", name="Oldham"), *alone))

    def seen(audience: str) -> set[str]:
        return {line.id for line in open_actions(path, TODAY, audience=audience)}

    assert seen("") == {"ours", "hers", "theirs", "alone", "both"}
    assert seen("alliance") == {"hers", "both"}
    assert seen("PS") == {"ours", "hers", "alone", "both"}
    assert seen("stratalume") == seen("Stratalume Ltd") == {"theirs", "hers"}  # it has no part in Oldham
    (hers,) = (line for line in open_actions(path, TODAY, audience="tech") if line.id == "hers")
    assert (hers.owner, hers.accountable, hers.side, hers.lane) == ("", "", "", Lane.LATER)
    assert (hers.is_owned, hers.is_answered_for) == (True, True)
    assert "Ana" in members(path)
    assert "Ana" not in members(path, audience="tech")
    with pytest.raises(
        StoreError, match="There is no audience «stratalum» in these accounts: use Stratalume"
    ):
        seen("stratalum")


def test_on_an_earlier_day_it_stands_as_it_was_known_then(database: Database) -> None:
    path = database
    rows = (
        action("s2", "m1", days(3)),
        action("done", "m1", days(-5), session="s1", status=ActionStatus.DONE, done_on=days(-4)),
        action("no_day", "m1", days(-5), session="s1", status=ActionStatus.DONE),
        action("moved", "m1", days(9), session="s1"),
        Carry(action="moved", session="s2", from_due=days(-20), to_due=days(9)),
        action("first", "m1", days(9), session="s1"),
        Carry(action="first", session="s2", from_due=days(9), to_due=days(9)),
    )
    with closing(Store.open(path)) as store:
        store.commit("nor", add(Account(id="nor", name="Norvane"), *FRAME, *rows))
    before = open_actions(path, TODAY, on=lambda day: day - dt.timedelta(10))
    assert {(line.id, line.due, line.carried) for line in before} == {
        ("done", days(-5), 0),
        ("moved", days(-20), 0),
        ("first", None, 0),
    }
    assert {line.today for line in before} == {days(-10)}
    ahead = open_actions(path, TODAY, on=lambda day: day + dt.timedelta(10))
    assert {(line.id, line.days_late, line.carried) for line in ahead} == {
        ("s2", 7, 0),
        ("moved", 1, 1),
        ("first", 1, 1),
    }


def test_the_week_is_that_of_the_accounts_latest_session(database: Database) -> None:
    path, sunday = database, dt.date(2026, 6, 14)
    s3 = Session(id="s3", held_on=days(100), week_start=Weekday.SUNDAY)
    rows = (*FRAME, action("a", "m1", sunday), action("b", None, days(30)))
    with closing(Store.open(path)) as store:
        store.commit("mon", add(Account(id="mon", name="Monday"), *rows))
        store.commit("sun", add(Account(id="sun", name="Sunday"), *rows, s3))
    assert {(line.ref, line.lane) for line in open_actions(path, TODAY)} == {
        ("mon/a", Lane.THIS_WEEK),
        ("sun/a", Lane.LATER),
        ("mon/b", Lane.BARE),
        ("sun/b", Lane.BARE),
    }
    assert dict(ours(path, "mon")) == {"m1": "Mirela Roth", "m2": "Élan Abe"}


def test_whose_action_or_decision_an_id_is(path: Database) -> None:
    assert holders(path, "X1") == (("x1", "nor", "Action"), ("x1", "old", "Action"))
    assert holders(path, "x1", "Norvane") == (("x1", "nor", "Action"),)
    assert holders(path, "x5") == (("x5", "nor", "Action"),)
    assert holders(path, "z") == ()
    with closing(Store.open(path)) as store:
        store.commit("nor", add(Decision(id="X1", session="s1", text="Go")))
    assert holders(path, "x1", "nor") == (("x1", "nor", "Action"), ("X1", "nor", "Decision"))


def test_a_database_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert open_actions(tmp_path / "none.db", TODAY) == ()
    assert holders(tmp_path / "none.db", "x") == ()
