"""The tables that are sorted, filtered and marked: what holds in each of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.views.plans import cells, looked_at, rows
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.actions.grouped import GROUPINGS
from workshop_tui.views.actions.table import Actions
from workshop_tui.views.base import View
from workshop_tui.views.block_views import STAGES
from workshop_tui.views.fields import visible_cols
from workshop_tui.views.sorted_filtered import SortedFilteredView
from workshop_tui.views.stakeholders.table import Everybody
from workshop_tui.views.value.answer_list import AnswerList

Make = Callable[[], SortedFilteredView[Any]]
EVERY: list[Make] = [*(partial(Actions, grouping) for grouping in GROUPINGS), Everybody, AnswerList]
in_each = pytest.mark.parametrize("make", EVERY, ids=lambda make: f"{type(make()).__name__} {make().title}")
for_each = pytest.mark.parametrize("audience", [ALLIANCE, "ps", CUSTOMER])


def shown(view: SortedFilteredView[Any], live: LivePlan) -> list[str]:
    return [row.id for row in view.table(live).rows if not row.heading and not row.placeholder]


def test_no_other_view_is_sorted_and_filtered() -> None:
    made = [make() for makes in STAGES.values() for make in makes]
    sorts = {view.title for view in made if type(view).table_query is not View.table_query}
    assert sorts == {make().title for make in EVERY}


@in_each
@for_each
async def test_each_column_sorts_all_rows_one_way_and_then_the_other(
    sample: AccountPlan, make: Make, audience: str
) -> None:
    live, view = looked_at(sample, audience), make()
    own, query = shown(view, live), view.table_query(live)
    for col in visible_cols(view.cols(live), audience):
        query.column, query.is_down = "", False
        query.sort(col.heading)
        table, up = view.table(live), shown(view, live)
        assert table.order == (col.heading, "▲")
        assert sorted(up) == sorted(own), col.heading
        query.sort(col.heading)
        assert sorted(shown(view, live)) == sorted(own), col.heading
        query.sort(col.heading)
        assert shown(view, live) == own, col.heading


@in_each
@for_each
async def test_a_filter_leaves_those_that_have_the_word_and_no_line_for_new_ones(
    sample: AccountPlan, make: Make, audience: str
) -> None:
    live, view = looked_at(sample, audience), make()
    own, query = shown(view, live), view.table_query(live)
    found = {row.id: row for row in view.table(live).rows}
    for name in own:
        query.wanted = (
            next(text for text in cells(found[name]) if len(text) > 1).partition("\n")[0].strip("✓× ")
        )
        left = shown(view, live)
        assert name in left, query.wanted
        assert left == [other for other in own if other in left]
        assert view.head(live).endswith(f": {len(left)} of {len(own)}")
        assert not any(row.placeholder for row in view.table(live).rows)
    query.wanted = "nowhere is this"
    assert not view.table(live).rows
    assert "«nowhere is this»" in view.table(live).empty


@in_each
async def test_what_is_acted_on_are_the_marked_that_are_shown_else_the_row(
    sample: AccountPlan, make: Make
) -> None:
    live, view = looked_at(sample), make()
    first, second, *_, last = shown(view, live)
    assert [str(row.key[0]) in first for row in view.acted_on(live, first)] == [True]
    view.table_query(live).marked.update({first, second})
    assert len(view.acted_on(live, last)) == 2
    view.table_query(live).wanted = "nowhere is this"
    assert [row.key[0] in last for row in view.acted_on(live, last)] == [True]
    assert view.table_query(looked_at(sample, CUSTOMER)) is not view.table_query(live)


@in_each
async def test_rows_are_made_once_and_anew_with_every_change_and_for_each_audience(
    sample: AccountPlan, make: Make
) -> None:
    live, view = looked_at(sample), make()
    before = rows(view, live)
    assert all(row is before[name] for name, row in rows(view, live).items())
    name, cell = next((n, c) for n, row in before.items() for c in row.cells if c.edit and c.edit.multiline)
    assert cell.edit
    live.commit(lambda plan: cell.edit.build(plan, "Said otherwise") if cell.edit else ())
    assert any("Said otherwise" in c.text for c in rows(view, live)[name].cells)
    for audience in ("ps", CUSTOMER, ALLIANCE):
        live.audience = audience
        live._look()
        assert list(map(cells, rows(view, live).values())) == list(map(cells, rows(make(), live).values()))
