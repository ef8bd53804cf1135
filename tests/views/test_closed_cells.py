"""What can only hold what the customer may not see is closed before them, with values that ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from tests.views.plans import looked_at
from workshop_tui.domain.base.entity import references
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER, ActionStatus
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.audience import shows, shows_kind
from workshop_tui.domain.plan.plan import KIND, AccountPlan
from workshop_tui.domain.plan.setters import FieldRef
from workshop_tui.live.live_plan import LivePlan
from workshop_tui.views.base import View, as_seen
from workshop_tui.views.block_views import STAGES
from workshop_tui.views.cell import Edit
from workshop_tui.views.fields import field_edit
from workshop_tui.views.table import Table


def edits(live: LivePlan) -> Iterator[Edit]:
    """Yield how each cell of each view and card changes."""
    for kind in dict.fromkeys(chain(*STAGES.values())):
        view = as_seen(kind(), live)
        for table in (view.table(live), *_cards(view, live)):
            for row in table.rows:
                yield from (cell.edit for cell in row.cells if cell.edit)


def _cards(view: View, live: LivePlan) -> Iterator[Table]:
    for row in view.table(live).rows:
        if not row.heading and (card := view.card(live, row.id)):
            yield card


async def test_no_cell_before_the_customer_takes_what_they_may_not_see(sample: AccountPlan) -> None:
    live, looked = looked_at(sample, CUSTOMER), 0
    for edit in edits(live):
        if edit.sets is None:
            continue
        looked += 1
        kind, name = edit.sets
        assert shows(kind, name, CUSTOMER), edit.title
        target = references(kind).get(name)
        assert target is None or shows_kind(KIND[target], CUSTOMER), edit.title
        assert target is None or edit.choices or edit.adds, edit.title
        for choice in edit.choices if edit.follow else ():
            first = edit.follow(choice.value) if edit.follow else None
            assert first is None or first.sets is None or shows(*first.sets, CUSTOMER), (
                edit.title,
                choice.text,
            )
    assert looked > 50


async def test_a_drop_which_needs_a_reason_is_not_offered_before_the_customer(sample: AccountPlan) -> None:
    action = next(
        row for row in sample.all(Action) if row.visibility == CUSTOMER and row.status is ActionStatus.OPEN
    )
    at = FieldRef(Action, action.key, "status")
    lives = {audience: looked_at(sample, audience) for audience in (CUSTOMER, ALLIANCE)}
    theirs, ours = (
        {choice.text for choice in field_edit(live.view, at, "Status", live.context).choices}
        for live in lives.values()
    )
    assert "dropped" in ours - theirs
    assert {"open", "in progress"} <= theirs
