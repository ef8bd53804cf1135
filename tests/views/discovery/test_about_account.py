"""The account itself, as a form."""

from __future__ import annotations

from tests.views.plans import changed, looked_at, rows
from workshop_tui.documents.plan_json import dump_plan, load_plan
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.plan.audience import project
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.discovery.views import AboutAccount


async def test_who_else_wants_the_account_is_set_and_stays_with_us(sample: AccountPlan) -> None:
    live, view = looked_at(sample), AboutAccount()
    line = next(row for row in view.table(live).rows if row.cells[0].text == "Competitor")
    plan = changed(live, line.cells[1], "Brackwell")
    assert plan.account.competitor == "Brackwell"
    assert "Brackwell" in [row.cells[1].text for row in rows(view, looked_at(plan)).values()]
    assert load_plan(dump_plan(plan)).account.competitor == "Brackwell"
    assert "Brackwell" in dump_plan(project(plan, ALLIANCE))
    assert "Brackwell" not in dump_plan(project(plan, CUSTOMER))
    assert not rows(view, looked_at(plan, CUSTOMER))
