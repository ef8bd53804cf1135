"""What the views of actions show of the sample."""

from __future__ import annotations

from tests.views.plans import at, looked_at, rows
from workshop_tui.domain.base.vocabulary import CUSTOMER
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.actions.grouped import BY_OWNER
from workshop_tui.views.actions.table import Actions


async def test_actions_stand_by_session_and_by_owner(sample: AccountPlan) -> None:
    live = looked_at(sample)
    heads = [row.heading for row in Actions().table(live).rows if row.heading]
    assert heads == ["Open from earlier sessions", "Settled"]
    assert list(rows(Actions(), live))[:4] == ["Action/A07", "Action/A08", "Action/A11", "Action/A12"]
    owners = [row.heading for row in Actions(BY_OWNER).table(live).rows if row.heading]
    sides = [owner.partition(" · ")[2] for owner in owners]
    assert sides == sorted(sides)  # nobody's, then firm by firm
    assert set(sides) == {"Quillhaven", "Stratalume"}
    assert set(rows(Actions(), looked_at(sample, CUSTOMER))) == {"Action/A07", "Action/A08", "Action/A11"}
    assert "Action/A09" in rows(Actions(), looked_at(sample, "tech"))
    assert "Action/A09" not in rows(Actions(), looked_at(sample, "ps"))
    assert at(Actions(), live, "Action/A11", "Accountable").text == "?"
    assert at(Actions(), live, "Action/A12", "Due").text == "?"
