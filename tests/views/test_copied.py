"""What is copied: words where the table shows signs, and never more than whoever looks may see."""

from __future__ import annotations

import pytest

from tests.app.canaries import LEAKS, with_canaries
from tests.views.plans import looked_at
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.block_views import STAGES
from workshop_tui.views.copied import as_line, as_markdown
from workshop_tui.views.opening.attendance import Team
from workshop_tui.views.stakeholders.table import Everybody


async def test_a_row_is_copied_in_words(sample: AccountPlan) -> None:
    live = looked_at(sample)
    table = Everybody().table(live)
    row = next(row for row in table.rows if row.id == "Stakeholder/ST02")
    told = as_line(live, table, row).split(" · ")
    assert told[:3] == ["Marcus Hale-Obi", "Title: Chief Financial Officer", "Role: economic"]
    assert told[3:6] == ["Style: analytical", "All: 0 neutral", "ps: +1 supportive"]
    assert "·  ·" not in as_line(live, table, row)


async def test_a_tick_is_yes_or_no(sample: AccountPlan) -> None:
    live = looked_at(sample)
    table = Team().table(live)
    told = {as_line(live, table, row).partition(" · ")[0] for row in table.rows if row.cells}
    assert {"yes", "no"} & told
    assert "✓" not in as_markdown(live, table)


async def test_a_table_is_copied_as_markdown_with_its_headings(sample: AccountPlan) -> None:
    live = looked_at(sample)
    lines = as_markdown(live, Team().table(live)).splitlines()
    columns = lines[0].count("|")
    assert lines[1] == "|" + " --- |" * (columns - 1)
    assert {line.replace("\\|", "").count("|") for line in lines} == {columns}
    assert any("**" in line for line in lines)
    assert "+ New" not in "\n".join(lines)


@pytest.mark.parametrize("audience", [CUSTOMER, ALLIANCE, "ps"])
async def test_nothing_is_copied_that_the_audience_may_not_see(sample: AccountPlan, audience: str) -> None:
    live = looked_at(with_canaries(sample, audience), audience)
    tables = [view().table(live) for views in STAGES.values() for view in views]
    copied = [as_markdown(live, table) for table in tables]
    copied += [as_line(live, table, row) for table in tables for row in table.rows]
    assert not [leak for leak in LEAKS if leak in "\n".join(copied)]
    assert len("".join(copied)) > 1000
