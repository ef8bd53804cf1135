from __future__ import annotations

import datetime as dt

import pytest

from tests.domain.plans import plan_of
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.model.actions import Approach, CrmId
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.model.scorecard import Initiative, Review
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.describe import describe
from workshop_tui.domain.plan.step import Add, Change, Remove, Set, Step

PRIYA = Stakeholder(id="priya", name="Priya Vantongeren")
HIDDEN = Stakeholder(id="dev", name="Dev Rathmore", visibility="tech")
GOALLESS, REVIEW = Initiative(id="i", title="Round table"), Review(id="r", on=dt.date(2026, 5, 6))
READING = Reading(session="S1", stakeholder="priya", toward="all")
NOT_SHOWN = "a change made elsewhere"


def field(row: Entity, name: str) -> Set:
    return Set(type(row), row.key, name, None, None)


@pytest.mark.parametrize(
    ("changes", "alliance", "customer"),
    [
        ([field(READING, "value")], "Priya Vantongeren, sentiment", NOT_SHOWN),
        ([field(PRIYA, "title")], "Priya Vantongeren, title", "Priya Vantongeren, title"),
        ([field(PRIYA, "style")], "Priya Vantongeren, social style", NOT_SHOWN),
        ([Add(PRIYA)], "new stakeholder Priya Vantongeren", "new stakeholder Priya Vantongeren"),
        ([Add(Tie(stakeholder="priya", party="ps"))], "Priya Vantongeren, tie", NOT_SHOWN),
        (
            [field(CrmId(stakeholder="priya", party="ps", crm="1"), "crm")],
            "Priya Vantongeren, CRM id",
            NOT_SHOWN,
        ),
        ([field(HIDDEN, "name")], NOT_SHOWN, NOT_SHOWN),
        ([Add(HIDDEN)], NOT_SHOWN, NOT_SHOWN),
        (
            [field(PRIYA, "title"), field(PRIYA, "style"), Add(HIDDEN)],
            "Priya Vantongeren, title",
            "Priya Vantongeren, title",
        ),
        ([field(GOALLESS, "actual"), Add(REVIEW)], "review of 6 May 2026", NOT_SHOWN),
        ([Remove(REVIEW)], "review of 6 May 2026", NOT_SHOWN),
        ([], NOT_SHOWN, NOT_SHOWN),
    ],
)
def test_a_step_is_worded_from_what_the_audience_sees(
    changes: list[Change], alliance: str, customer: str
) -> None:
    plan = plan_of(
        PRIYA,
        HIDDEN,
        READING,
        Tie(stakeholder="priya", party="ps"),
        Approach(stakeholder="priya"),
        CrmId(stakeholder="priya", party="ps", crm="1"),
        GOALLESS,
        REVIEW,
    )
    step = Step(tuple(changes))
    assert describe(step, project(plan, "alliance")) == alliance
    assert describe(step, project(plan, "customer")) == customer


def test_what_a_step_took_out_is_worded_from_the_view_before_it() -> None:
    before, after = project(plan_of(PRIYA, HIDDEN), "ps"), project(plan_of(), "ps")
    assert describe(Step((Remove(PRIYA),)), after, before) == "stakeholder Priya Vantongeren removed"
    assert describe(Step((Remove(PRIYA),)), after) == NOT_SHOWN
    assert describe(Step((Remove(HIDDEN),)), after, before) == NOT_SHOWN
