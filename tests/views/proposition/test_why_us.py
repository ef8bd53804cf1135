"""Why us: a line a difference, those without a proof marked."""

from __future__ import annotations

from tests.views.plans import at, cells, changed, looked_at, rows
from tests.views.value.targets import RESTORED, RUMOUR, TESTED, gathered
from workshop_tui.domain.base.vocabulary import CUSTOMER, Dimension
from workshop_tui.domain.model.value import Difference
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.proposition.why_us import WhyUs

PEOPLE = Difference(
    id="D1", dimension=Dimension.PEOPLE, text="The same team", proof="F2", visibility="customer"
)
BRAND = Difference(id="D2", dimension=Dimension.BRAND, text="Known for it", party="ps", visibility="customer")
SKILL = Difference(id="D3", dimension=Dimension.EXPERTISE, text="Every drill", proof="F1", party="tech")


def plan(sample: AccountPlan) -> AccountPlan:
    return gathered(sample, TESTED, RESTORED, RUMOUR, BRAND, PEOPLE, SKILL)


async def test_each_dimension_has_its_lines_and_those_without_a_proof_are_marked(sample: AccountPlan) -> None:
    live, view = looked_at(plan(sample)), WhyUs()
    found = rows(view, live)
    assert {row: cells(shown)[:5] for row, shown in found.items()} == {
        "new/product": ["", "product", "·", "", ""],
        "Difference/D1": ["✓", "people", "The same team", "both", "Payments restored in an hour"],
        "Difference/D3": ["●", "expertise", "Every drill", "Stratalume", "Fourteen services tested"],
        "new/service": ["", "service", "·", "", ""],
        "new/industry": ["", "experience in their industry", "·", "", ""],
        "Difference/D2": ["!", "brand", "Known for it", "Quillhaven", "?"],
    }
    assert view.head(live) == "2 of 3 stand on a proof; without one: Known for it"


async def test_a_line_comes_into_its_dimension_and_stands_on_a_proof(sample: AccountPlan) -> None:
    live, view = looked_at(plan(sample)), WhyUs()
    after = changed(live, rows(view, live)["new/service"].cells[2], "Day and night")
    (made,) = after.where(Difference, text="Day and night")
    assert (made.dimension, made.party, made.proof) == (Dimension.SERVICE, None, None)
    (new,) = (row for row in view.table(live).rows if row.placeholder)
    assert new.cells[0].text == "+ New difference in product"
    (first,) = changed(live, new.cells[0], "One screen").where(Difference, text="One screen")
    assert first.dimension is Dimension.PRODUCT
    proof = at(view, live, "Difference/D2", "Proof")
    assert changed(live, proof, "F1").where(Difference, id="D2", proof="F1")
    firm = at(view, live, "Difference/D2", "Firm")
    assert changed(live, firm, None).where(Difference, id="D2", party=None)


async def test_the_customer_sees_its_lines_alone_and_no_mark_of_what_is_missing(sample: AccountPlan) -> None:
    live, view = looked_at(plan(sample), CUSTOMER), WhyUs()
    assert {row: cells(shown)[:5] for row, shown in rows(view, live).items()} == {
        "Difference/D1": ["✓", "people", "The same team", "both", "Payments restored in an hour"],
        "Difference/D2": ["", "brand", "Known for it", "Quillhaven", "·"],
    }
    assert view.head(live) == ""
    assert view.card(live, "Difference/D3") is None
