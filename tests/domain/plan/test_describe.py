from __future__ import annotations

import datetime as dt

import pytest

from tests.domain.plans import plan_of
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.model.actions import Action, Approach, CrmId
from workshop_tui.domain.model.discovery import Criterion, Score
from workshop_tui.domain.model.people import Reading, Stakeholder, Tie
from workshop_tui.domain.model.scorecard import Initiative, Review
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.describe import describe
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Change, Remove, Set, Step

PRIYA = Stakeholder(id="priya", name="Priya Vantongeren")
HIDDEN = Stakeholder(id="dev", name="Dev Rathmore", visibility="tech")
GOALLESS, REVIEW = Initiative(id="i", title="Round table"), Review(id="r", on=dt.date(2026, 5, 6))
PILOT, SCORE = Action(id="a", session="S1", title="Run a pilot"), Score(criterion="c", party="ps", score=3)
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
        ([Add(PRIYA)], "stakeholder Priya Vantongeren added", "stakeholder Priya Vantongeren added"),
        ([Add(Tie(stakeholder="priya", party="ps"))], "Priya Vantongeren, tie", NOT_SHOWN),
        (
            [field(CrmId(stakeholder="priya", party="ps", crm="1"), "crm")],
            "Priya Vantongeren, CRM id",
            NOT_SHOWN,
        ),
        ([field(HIDDEN, "name")], NOT_SHOWN, NOT_SHOWN),
        ([field(PRIYA, "name")], "Priya Vantongeren, name", "Priya Vantongeren, name"),
        ([field(PRIYA, "reports_to")], "Priya Vantongeren, reports to", "Priya Vantongeren, reports to"),
        ([field(PILOT, "owner")], "«Run a pilot», owner", NOT_SHOWN),
        ([field(PILOT, "title")], "«Run a pilot», wording", NOT_SHOWN),
        ([Add(PILOT)], "action «Run a pilot» added", NOT_SHOWN),
        ([Remove(PILOT)], "action «Run a pilot» removed", NOT_SHOWN),
        ([Add(SCORE)], "«Senior access», score", NOT_SHOWN),
        ([field(SCORE, "score")], "«Senior access», score", NOT_SHOWN),
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
        PILOT,
        Criterion(id="c", text="Senior access"),
        SCORE,
    )
    step = Step(tuple(changes))
    assert describe(step, project(plan, "alliance")) == alliance
    assert describe(step, project(plan, "customer")) == customer


def test_what_a_step_took_out_is_worded_from_the_view_before_it() -> None:
    before, after = project(plan_of(PRIYA, HIDDEN), "ps"), project(plan_of(), "ps")
    assert describe(Step((Remove(PRIYA),)), after, before) == "stakeholder Priya Vantongeren removed"
    assert describe(Step((Remove(PRIYA),)), after) == NOT_SHOWN
    assert describe(Step((Remove(HIDDEN),)), after, before) == NOT_SHOWN


def test_no_field_is_called_as_its_row_is(grown: AccountPlan) -> None:
    """«…, action» would read as if the action itself had gone or come."""
    view = project(grown, "alliance")
    named = [row for row in view if row.NAME_FIELD]
    assert len({type(row) for row in named}) > 10
    for row in named:
        told = describe(Step((field(row, row.NAME_FIELD),)), view)
        assert told == NOT_SHOWN or told.endswith((", name", ", wording")), told
        for change, end in ((Add(row), " added"), (Remove(row), " removed")):
            assert describe(Step((change,)), view).endswith(end)
