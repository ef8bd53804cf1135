"""Which rows taking something back leads to."""

from __future__ import annotations

from workshop_tui.domain.model.people import Stakeholder, Tie
from workshop_tui.domain.plan.step import Add, Remove, Set, Step
from workshop_tui.views.brought_back import brought_back

PERSON = Stakeholder(id="ST1", name="Ana Pires")
TIE = Tie(stakeholder="ST1", party="ps")


def test_what_comes_in_stands_before_what_changes() -> None:
    step = Step((Set(Stakeholder, ("ST2",), "reports_to", None, "ST1"), Add(PERSON)))
    assert brought_back(step) == ("Stakeholder/ST1", "Stakeholder/ST2")


def test_what_has_no_row_of_its_own_leads_to_the_person_also_when_it_goes() -> None:
    assert brought_back(Step((Add(TIE),)))[:2] == ("Tie/ST1/ps", "Stakeholder/ST1")
    assert "Stakeholder/ST1" in brought_back(Step((Remove(TIE),)))


def test_a_row_that_goes_leads_nowhere() -> None:
    assert brought_back(Step((Remove(PERSON),))) == ()
