"""The preview of a plan that comes back."""

from __future__ import annotations

import datetime as dt

from workshop_tui.documents.read_back import CHANGED, NotRead, ReadBack, RefusedLines
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.live.plan_update import PlanUpdate, context_now
from workshop_tui.views.plan_update import UpdatePreview


def test_its_head_and_its_headings_count_the_same_lines(sample: AccountPlan) -> None:
    read = ReadBack(
        refused=(RefusedLines((15, 17), "Lines 15 and 17 are about the same action."),),
        not_read=(NotRead(3, CHANGED), NotRead(9, CHANGED), NotRead(11, "It has no box any more.")),
    )
    context = context_now(sample, lambda: dt.datetime(2026, 6, 9, tzinfo=dt.UTC), day_first=True)
    preview = UpdatePreview(PlanUpdate(sample, "alliance", read, context), "plan.md")
    assert preview.counts().endswith(": 0 lines changed · 2 that can't be taken · 3 not read, or in part")
    rows = preview.table().rows
    assert [row.heading for row in rows if row.heading] == ["Can't be taken · 2", "Not read · 3"]
    told = [row.cells[-1].text for row in rows if row.cells]
    assert "Lines 3 and 9 were changed, but only actions come back." in told
