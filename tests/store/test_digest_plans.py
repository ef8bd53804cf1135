"""What a digest needs of every account: as good as the whole plan, as far as a digest goes."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.domain.plans import FRAME, ON, whole_plans
from tests.store.plans import add
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import CUSTOMER, ActionStatus, AnswerStatus, BlockKind
from workshop_tui.domain.model.account import Account, Member
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import Meeting, MeetingStakeholder, Stakeholder, Tie
from workshop_tui.domain.model.scorecard import Goal, Initiative, Review
from workshop_tui.domain.model.session import Block, Decision, Guest, Parking, Presence, Risk, Session
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.past import as_known
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.digest import Digest, digest, digest_for
from workshop_tui.server_url import Database
from workshop_tui.store.digest_plans import DigestPlan, digest_plans
from workshop_tui.store.errors import StoreError
from workshop_tui.store.open_actions import Day
from workshop_tui.store.store import Store

AUDIENCES = ("", "alliance", "ps", "tech")
BEFORE = dt.date(2026, 4, 10)


def stored(path: Database, plans: Iterable[AccountPlan]) -> None:
    with closing(Store.open(path)) as store:
        for plan in plans:
            store.commit(plan.account.id, add(*plan))


def digests(plan: AccountPlan, on: dt.date, opened: str) -> list[Digest]:
    """What each audience is told by way of the whole plan."""
    known = as_known(plan, on, opened)
    return [digest(known, project(known, one) if one else known, on) for one in AUDIENCES]


def quick(found: DigestPlan) -> list[Digest]:
    """The same of what is read for a digest alone."""
    told = (digest_for(found.plan, one, found.day, found.opened, met=found.met) for one in AUDIENCES)
    return [one.digest for one in told]


def _dated(on: dt.date) -> Day:
    return lambda _: on


def by_hand() -> AccountPlan:
    """A plan with something in each lane, some of it settled and some of it met in a session."""
    rows: tuple[Entity, ...] = (
        *FRAME,
        Stakeholder(id="ana", name="Ana", influence=5, rhythm_days=30),
        Stakeholder(id="bo", name="Bo", influence=4, visibility="ps"),
        Tie(stakeholder="ana", party="ps", owner="P2"),
        Block(id="b", session="S1", kind=BlockKind.VALUE, title="Value", minutes=10),
        Block(id="c", session="S2", kind=BlockKind.VALUE, title="Value", minutes=10),
        Guest(block="b", stakeholder="ana"),
        Presence(session="S1", member="P1"),
        Goal(id="g", title="Revenue", unit="EUR", target=1, actual=0),
        Review(id="r", on=ON - dt.timedelta(40)),
        Action(id="late", session="S1", title="Ask her again", due=BEFORE),
        Action(id="moved", session="S1", title="Send it on", due=dt.date(2026, 9, 1)),
        Carry(action="moved", session="S2", from_due=BEFORE, to_due=dt.date(2026, 9, 1)),
        Action(
            id="done",
            session="S1",
            title="Do it well",
            status=ActionStatus.DONE,
            done_on=ON,
            due=BEFORE,
            stakeholder="ana",
        ),
        Carry(action="done", session="S2", from_due=BEFORE, to_due=ON),
        Action(
            id="again",
            session="S1",
            title="Done once, and open again",
            status=ActionStatus.BLOCKED,
            done_on=BEFORE - dt.timedelta(400),
            due=BEFORE,
            stakeholder="ana",
        ),
        Answer(id="v", stakeholder="ana", text="Heard", heard_on=dt.date(2026, 3, 10)),
        Answer(
            id="w",
            stakeholder="ana",
            text="Sure",
            heard_on=dt.date(2026, 3, 10),
            validated_on=ON,
            status=AnswerStatus.VALIDATED,
        ),
        Parking(id="k", session="S1", text="Open"),
        Parking(id="l", session="S1", text="Gone", dropped=True, dropped_on=ON),
        Parking(id="m", session="S1", text="Is an action", became="late"),
        Decision(id="d", session="S2", text="Go", visibility=CUSTOMER),
        Decision(id="e", session="S2", text="Go on", visibility="tech", replaces="f"),
        Decision(id="f", session="S2", text="Stop", visibility=CUSTOMER),
        Decision(id="h", session="S2", text="Told", visibility=CUSTOMER, told_on=ON),
    )
    return AccountPlan.of(rows)


def test_a_digest_of_it_is_that_of_the_whole_plan(database: Database, grown: AccountPlan) -> None:
    path, plans = database, {"acc": by_hand(), "norvane": grown}
    stored(path, plans.values())
    for today in (ON, ON + dt.timedelta(20)):
        found = digest_plans(path, today)
        assert [(one.plan.account.id, one.day) for one in found] == [("acc", today), ("norvane", ON)]
        for one in found:
            whole = plans[one.plan.account.id]
            assert one.opened == whole.sessions[-1].id
            assert quick(one) == digests(whole, one.day, one.opened)
    (whole_of_it, *_) = digests(plans["acc"], ON, "S3")
    assert [line.key[0] for line in whole_of_it.owe] == ["again", "late", "acc", "moved", "v", "k"]
    assert [line.key[0] for line in whole_of_it.news] == ["done", "d"]
    assert [one.person for one in whole_of_it.quiet] == ["bo", "ana"]


def test_as_of_an_earlier_day_it_has_what_was_settled_since(database: Database, grown: AccountPlan) -> None:
    path, plans = database, {"acc": by_hand(), "norvane": grown}
    stored(path, plans.values())
    found = digest_plans(path, ON, on=_dated(BEFORE))
    for one in found:
        assert (one.day, one.opened) == (BEFORE, "")
        assert quick(one) == digests(plans[one.plan.account.id], BEFORE, "")
    assert {"l", "m"} & {line.key[0] for line in quick(found[0])[0].owe} == {"l"}


def test_what_became_of_something_in_a_session_to_come_has_not_come_about(tmp_path: Path) -> None:
    later = (
        *(Session(id="S4", held_on=ON + dt.timedelta(500)), Session(id="S5", held_on=ON + dt.timedelta(600))),
        Action(id="then", session="S4", title="Do it then", due=ON),
        Parking(id="n", session="S1", text="Will be an action", became="then"),
    )
    plan = AccountPlan.of((*by_hand(), *later))
    stored(tmp_path / "w.db", [plan])
    (found,) = digest_plans(tmp_path / "w.db", ON)
    assert quick(found) == digests(plan, ON, "S5")
    assert "n" in {line.key[0] for line in quick(found)[0].owe}


_WORKED_ON = (
    *(Stakeholder, Tie, Meeting, MeetingStakeholder, Block, Guest, Goal, Initiative, Review),
    *(Answer, Action, Carry, Parking, Decision, Risk, Session, Member),
)
_DAYS = st.integers(-40, 40).map(lambda days: ON + dt.timedelta(days))


@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])  # a database each: shrinking takes minutes
@given(plan=whole_plans(_WORKED_ON), today=_DAYS, asked=st.none() | _DAYS)
def test_of_any_plan_it_is_that_of_the_whole_plan(
    plan: AccountPlan, today: dt.date, asked: dt.date | None
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "w.db"
        stored(path, [plan])
        (found,) = digest_plans(path, today, on=_dated(asked) if asked else None)
    opened = plan.sessions[-1].id if plan.sessions and not asked else ""
    assert quick(found) == digests(plan, asked or plan.account.as_of or today, opened)


def test_what_is_no_row_is_told(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    stored(path, [by_hand()])
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE action SET status = 'soon' WHERE id = 'late'")
    with pytest.raises(StoreError, match="holds a row that isn't valid"):
        digest_plans(path, ON)


def test_archived_accounts_are_looked_at_by_name_alone(database: Database, tmp_path: Path) -> None:
    path = database
    stored(path, [AccountPlan.of([Account(id="old", name="Oldham", archived=True)]), AccountPlan.of(FRAME)])
    assert [one.plan.account.id for one in digest_plans(path, ON)] == ["acc"]
    assert [one.plan.account.id for one in digest_plans(path, ON, "oldh")] == ["old"]
    with pytest.raises(StoreError, match="There is no account «zzz»"):
        digest_plans(path, ON, "zzz")
    assert digest_plans(tmp_path / "none.db", ON) == ()
