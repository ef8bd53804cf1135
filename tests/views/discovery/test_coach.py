"""The questions on the screen."""

from __future__ import annotations

from tests.views.plans import cells, looked_at, rows
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.base import CLOSED
from workshop_tui.views.block_views import STAGES, block_of
from workshop_tui.views.discovery.coach import Coach
from workshop_tui.views.row_id import RowId


async def test_each_question_stands_with_its_reason_and_leads_to_its_row(
    sample: AccountPlan,
) -> None:
    live = looked_at(sample, "tech")
    shown = rows(Coach(), live)
    assert [cells(row) for row in shown.values()] == [[one.text, one.reason] for one in live.figures.coach]
    assert len(shown) == len(live.figures.coach) == 7
    assert [RowId.parse(name).lacks[0] for name in shown] == [
        RowId(one.kind, one.key) for one in live.figures.coach
    ]


async def test_it_is_closed_before_the_customer_and_stands_in_discovery(sample: AccountPlan) -> None:
    table = Coach().table(looked_at(sample, CUSTOMER))
    assert (table.rows, table.empty) == ((), CLOSED)
    assert block_of("Coach") == (BlockKind.DISCOVERY, len(STAGES[BlockKind.DISCOVERY]) - 1)
