"""A relation is begun where who influences whom is shown, and by what can be done with a person."""

from __future__ import annotations

from tests.views.plans import looked_at
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.stakeholders.chart import OrgChart
from workshop_tui.views.stakeholders.influence import Influence
from workshop_tui.views.stakeholders.styles import Styles
from workshop_tui.views.stakeholders.table import Everybody

PRIYA = "Stakeholder/ST03"


async def test_each_view_of_the_people_offers_a_relation_among_ourselves_alone(sample: AccountPlan) -> None:
    live, theirs = looked_at(sample), looked_at(sample, CUSTOMER)
    for view in (Everybody(), OrgChart(), Styles(), Influence()):
        (action,) = view.row_actions(live, PRIYA)
        assert action.edit.title == "New relation · Priya Vantongeren"
        assert view.row_actions(theirs, PRIYA) == ()
    edit = Influence().relating(live, PRIYA)
    assert edit is not None
    assert edit.title == "New relation · Priya Vantongeren"
