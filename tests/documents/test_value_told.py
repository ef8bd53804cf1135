"""What the joint action plan tells of value: confirmed figures, what is acknowledged, the growth path."""

from __future__ import annotations

import re

from tests.documents.test_plan_layouts import section, written
from tests.views.proposition.test_growth_path import OBJECTIVE, STEPS
from tests.views.value.targets import REACHED, RESTORED, RUMOUR, SURE, TESTED, gathered
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.plan.plan import AccountPlan


def plan(sample: AccountPlan) -> AccountPlan:
    return gathered(sample, REACHED, SURE, TESTED, RESTORED, RUMOUR, OBJECTIVE, *STEPS)


def test_the_customer_reads_what_it_confirmed_and_acknowledged_and_no_other_figure(
    sample: AccountPlan,
) -> None:
    text = written(plan(sample), CUSTOMER)
    assert section(text, "What it has brought").strip().split("\n") == [
        "- Payments restored in an hour, worth GBP 500,000 (acknowledged by Dev Rathmore 1 Jun 2026)",
        "- One audit a year: GBP 70,000 reached (confirmed by Dev Rathmore 9 Jun 2026)",
    ]
    assert section(text, "Where it goes from here").strip().split("\n") == [
        (
            "- **Q3 2026**: Drills for all services · Payments · Nadia Okonjo-Wells · begun · "
            "for “No outage at month end”"
        )
    ]
    unsure = ("40,000", "20,000", "90,000", "300,000", "400,000", "not confirmed", "The regulator liked it")
    assert [word for word in unsure if word in text] == []


def test_what_it_was_before_reads_as_where_it_came_from(sample: AccountPlan) -> None:
    text = written(gathered(sample, with_values(SURE, baseline=90_000.0)), CUSTOMER)
    assert "- One audit a year: from GBP 90,000 to GBP 70,000 (confirmed by Dev Rathmore 9 Jun 2026)" in text


def test_we_read_what_is_confirmed_apart_from_what_is_not(sample: AccountPlan) -> None:
    text = written(plan(sample), ALLIANCE)
    targets = section(text, "What they value")
    assert "| GBP 90,000 | GBP 20,000 | GBP 40,000, not confirmed |" in targets
    assert "| GBP 70,000, confirmed 9 Jun 2026 by Dev Rathmore |" in targets
    proposition = section(text, "Proposition")
    assert "| Payments restored in an hour |" in proposition
    periods = re.findall(r"^\| (Q. [0-9]{4}|[0-9]{4}) \|", proposition, re.MULTILINE)
    assert periods == ["Q1 2026", "Q3 2026", "Q1 2027", "2028"]
