"""What is opened beside the agenda, and that the room's window follows there."""

from __future__ import annotations

from tests.views.plans import looked_at
from workshop_tui.domain.base.vocabulary import CUSTOMER, BlockKind
from workshop_tui.domain.model.scorecard import Initiative
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply, set_field
from workshop_tui.views.beside import beside, beside_called
from workshop_tui.views.room import room_block


async def test_the_room_follows_beside_the_agenda_as_far_as_its_audience_sees_any_of_it(
    sample: AccountPlan,
) -> None:
    live = looked_at(sample)
    found = beside(live, BlockKind.SCORECARD)
    assert found is not None
    assert room_block(live, found.id, "H1") == found
    customers = looked_at(sample, CUSTOMER)
    assert beside(customers, BlockKind.SCORECARD) is None
    shown = room_block(customers, found.id, "H7")
    assert shown is not None
    assert shown.id == "H7"
    agreed = sample.get(Initiative, "I01")
    assert agreed is not None
    theirs = looked_at(apply(sample, Step(set_field(agreed, "visibility", CUSTOMER))), CUSTOMER)
    assert room_block(theirs, found.id, "H7") == found


async def test_only_what_is_meant_to_be_opened_so_is(sample: AccountPlan) -> None:
    live = looked_at(sample)
    assert beside(live, BlockKind.VALUE) is None
    assert beside_called(live, "H1") is None
    assert beside_called(live, "beside-value") is None


async def test_a_shared_screen_stays_where_the_customer_has_anything_to_see(sample: AccountPlan) -> None:
    theirs = looked_at(sample, CUSTOMER)
    assert beside(theirs, BlockKind.ACTIONS) is not None
    assert beside(theirs, BlockKind.STAKEHOLDERS) is None
