from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.plans import ON, plan_of, plans
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ActionStatus, Sentiment
from workshop_tui.domain.gaps.quality import Quality, quality
from workshop_tui.domain.model.actions import Action, Approach
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply
from workshop_tui.domain.rules.follow_through import set_action_status

ANA = Stakeholder(id="ana", name="Ana", influence=4)
LOOKED_AFTER: list[Entity] = [
    ANA,
    Tie(stakeholder="ana", party="ps", owner="P1"),
    Reading(session="S1", stakeholder="ana", toward="all", value=Sentiment.OPPOSED),
    Approach(stakeholder="ana"),
]
COMPLETE = Action(id="a", session="S1", title="Ask her once more", owner="P1", accountable="P1", due=ON)
VAGUE = replace(COMPLETE, id="b", title="Ask")


def test_the_quality_of_the_sample(sample: AccountPlan) -> None:
    found = quality(sample, ON)
    assert found.actions == pytest.approx(9 / 11)
    assert found.people == pytest.approx(5 / 9)
    assert found.score == pytest.approx((9 / 11 + 5 / 9) / 2)
    assert {(gap.rule, *gap.key) for gap in found.missing} == {
        ("alliance_sentiment_unknown", "ST01"),
        ("no_approach", "ST01"),
        ("no_owner", "ST11"),
        ("no_approach", "ST11"),
        ("no_owner", "ST12"),
        ("alliance_sentiment_unknown", "ST12"),
        ("no_approach", "ST12"),
        ("alliance_sentiment_unknown", "ST14"),
        ("no_approach", "ST14"),
        ("action_no_accountable", "A11"),
        ("action_no_due", "A12"),
    }


@pytest.mark.parametrize(
    ("rows", "actions", "people", "score"),
    [
        ([], None, None, None),
        ([COMPLETE], 1, None, 1),
        ([VAGUE], 0, None, 0),
        ([COMPLETE, VAGUE], 0.5, None, 0.5),
        ([COMPLETE, with_values(VAGUE, status=ActionStatus.DONE.value)], 0.5, None, 0.5),
        ([with_values(COMPLETE, status=ActionStatus.DONE.value), VAGUE], 0.5, None, 0.5),
        ([COMPLETE, with_values(VAGUE, status=ActionStatus.DROPPED.value)], 1, None, 1),
        ([with_values(VAGUE, status=ActionStatus.DROPPED.value)], None, None, None),
        ([with_values(COMPLETE, owner=None)], 0, None, 0),
        ([with_values(COMPLETE, due="2026-05-01")], 1, None, 1),
        ([with_values(ANA, influence=3)], None, None, None),
        ([ANA], None, 0, 0),
        (LOOKED_AFTER, None, 1, 1),
        (LOOKED_AFTER[:3], None, 0, 0),
        ([*LOOKED_AFTER[:2], LOOKED_AFTER[3]], None, 0, 0),
        ([*LOOKED_AFTER, VAGUE], 0, 1, 0.5),
    ],
)
def test_quality_is_the_mean_of_two_shares(
    rows: list[Entity], actions: float | None, people: float | None, score: float | None
) -> None:
    found = quality(plan_of(*rows), ON)
    assert (found.actions, found.people, found.score) == (actions, people, score)


@given(plans())
def test_nothing_is_missing_where_the_score_is_full(plan: AccountPlan) -> None:
    found = quality(plan, ON)
    assert (found.missing == ()) is (found.score in {None, 1.0})
    assert found.score is None or 0 <= found.score <= 1


@given(plans(), st.data())
def test_completing_an_action_never_lowers_it(plan: AccountPlan, data: st.DataObject) -> None:
    plan = AccountPlan.of([*plan, COMPLETE, VAGUE])
    action = data.draw(st.sampled_from([action for action in plan.all(Action) if action.status.is_open]))
    after = apply(plan, Step(set_action_status(action, ActionStatus.DONE, ON)))
    assert quality(after, ON).score == quality(plan, ON).score


def test_quality_of_nothing_is_unknown_rather_than_bad() -> None:
    assert Quality(None, None).score is None
