"""Who is here is counted, what it costs is told to those who may know, and guests are ticked for now."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.app.driver import AT
from tests.views.plans import headings, looked_at, rows
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.lifecycle.sessions import all_here
from workshop_tui.domain.model.session import Block, Guest, Presence
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Add, Refused, Step, apply, set_field
from workshop_tui.views.opening.attendance import Guests, Team


def at_block(plan: AccountPlan, block_id: str) -> AccountPlan:
    """Let the clock run for a block of the plan."""
    block = plan.get(Block, block_id)
    assert block
    return apply(plan, Step(set_field(block, "started", AT.isoformat())))


async def test_the_room_is_counted_by_firm_and_costs_what_the_rates_say(sample: AccountPlan) -> None:
    told = Team().head(looked_at(sample))
    assert told == "Here: 4 of Quillhaven · 4 of Stratalume · GBP 9,520 for 240 minutes"


async def test_who_is_entered_before_the_day_is_expected_and_not_here(sample: AccountPlan) -> None:
    session = sample.sessions[-1]
    ahead = AccountPlan.of((*sample, with_values(session, held_on="2026-06-10")))
    fresh = AccountPlan.of(row for row in ahead if not isinstance(row, Presence))
    live = looked_at(fresh)
    assert Team().head(live) == "Expected on 10 Jun 2026: 4 of Quillhaven · 4 of Stratalume"
    row = next(iter(rows(Team(), live).values()))
    assert (row.cells[0].text, row.cells[0].edit) == ("…", None)
    assert Team().why_not(live, row.id) == "Nobody is here before 10 Jun 2026: until then they are expected."
    new = next(row.cells[0].edit for row in Team().table(live).rows if row.placeholder)
    assert new
    came = apply(fresh, Step(tuple(new.build(fresh, "Ana Pires"))))
    assert not came.all(Presence)
    with pytest.raises(Refused, match="Nobody is here before 10 Jun 2026"):
        all_here(fresh, session.id, AT.date())
    on_the_day = dt.date(2026, 6, 10)
    assert len(all_here(came, session.id, on_the_day)) == 9
    there = apply(came, Step(all_here(came, session.id, on_the_day)))
    assert all_here(there, session.id, on_the_day) == ()


async def test_the_customer_hears_of_no_cost(sample: AccountPlan) -> None:
    told = Team().head(looked_at(sample, CUSTOMER))
    assert "GBP" not in told
    assert "9,520" not in told


async def test_somebody_of_the_customer_can_be_ticked_for_the_block_that_runs(sample: AccountPlan) -> None:
    live = looked_at(at_block(sample, "H8"))
    assert headings(Guests().table(live))[2:] == ["Now", "Value co-discovery"]
    assert "nobody of the customer" in Guests().head(live)
    came = apply(live.whole, Step((Add(Guest(block="H8", stakeholder="ST03")),)))
    assert "Priya Vantongeren" in Guests().head(looked_at(came))


async def test_while_no_clock_runs_only_the_customers_blocks_are_there(sample: AccountPlan) -> None:
    assert headings(Guests().table(looked_at(sample)))[2:] == ["Value co-discovery"]
    assert Guests().head(looked_at(sample)) == ""


async def test_the_customer_is_not_told_of_a_block_that_is_ours(sample: AccountPlan) -> None:
    live = looked_at(at_block(sample, "H8"), CUSTOMER)
    assert headings(Guests().table(live))[2:] == ["Value co-discovery"]
    assert Guests().head(live) == ""
