"""What a digest needs of every account: as good as the whole plan, as far as a digest goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from tests.domain.plans import FRAME, ON
from tests.store.plans import add
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.vocabulary import CUSTOMER, ActionStatus, AnswerStatus, BlockKind
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.model.actions import Action, Carry
from workshop_tui.domain.model.people import Stakeholder, Tie
from workshop_tui.domain.model.scorecard import Goal, Review
from workshop_tui.domain.model.session import Block, Decision, Guest, Parking, Presence
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.past import as_known
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.digest import Digest, digest
from workshop_tui.store.digest_plans import digest_plans
from workshop_tui.store.errors import StoreError
from workshop_tui.store.store import Store

AUDIENCES = ("", "alliance", "ps", "tech")
BEFORE = dt.date(2026, 4, 10)


def stored(path: Path, plans: Iterable[AccountPlan]) -> None:
    with closing(Store.open(path)) as store:
        for plan in plans:
            store.commit(plan.account.id, add(*plan))


def digests(plan: AccountPlan, on: dt.date) -> list[Digest]:
    known = as_known(plan, on, plan.sessions[-1].id)
    return [digest(known, project(known, one) if one else known, on) for one in AUDIENCES]


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


def test_a_digest_of_it_is_that_of_the_whole_plan(tmp_path: Path, grown: AccountPlan) -> None:
    path, plans = tmp_path / "w.db", {"acc": by_hand(), "norvane": grown}
    stored(path, plans.values())
    for on in (ON, ON + dt.timedelta(20)):
        found = digest_plans(path)
        assert [plan.account.id for plan in found] == ["acc", "norvane"]
        for part in found:
            assert digests(part, on) == digests(plans[part.account.id], on)
    (whole, *_) = digests(plans["acc"], ON)
    assert [line.key[0] for line in whole.owe] == ["late", "acc", "moved", "v", "k"]
    assert [line.key[0] for line in whole.news] == ["done", "d"]
    assert [one.person for one in whole.quiet] == ["bo", "ana"]


def test_as_of_an_earlier_day_it_has_what_was_settled_since(tmp_path: Path, grown: AccountPlan) -> None:
    path, plans = tmp_path / "w.db", {"acc": by_hand(), "norvane": grown}
    stored(path, plans.values())
    found = digest_plans(path, past=True)
    for part in found:
        assert digests(part, BEFORE) == digests(plans[part.account.id], BEFORE)
    assert "l" in {line.key[0] for line in digests(found[0], BEFORE)[0].owe}


def test_archived_accounts_are_looked_at_by_name_alone(tmp_path: Path) -> None:
    path = tmp_path / "w.db"
    stored(path, [AccountPlan.of([Account(id="old", name="Oldham", archived=True)]), AccountPlan.of(FRAME)])
    assert [plan.account.id for plan in digest_plans(path)] == ["acc"]
    assert [plan.account.id for plan in digest_plans(path, "oldh")] == ["old"]
    with pytest.raises(StoreError, match="There is no account «zzz»"):
        digest_plans(path, "zzz")
    assert digest_plans(tmp_path / "none.db") == ()
