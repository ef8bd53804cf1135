"""The menus of rows: what can be done with each stands there in the same way."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.views.plans import looked_at
from tests.views.test_block_views import VIEWS
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.views.base import View, as_seen


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view().title)
@pytest.mark.parametrize("audience", [ALLIANCE, "ps", CUSTOMER])
async def test_each_entry_begins_with_a_capital(
    grown: AccountPlan, view: Callable[[], View], audience: str
) -> None:
    live = looked_at(grown, audience)
    seen = as_seen(view(), live)
    texts = {one.text for row in seen.table(live).rows for one in seen.row_actions(live, row.id)}
    assert {text for text in texts if text[:1].islower()} == set()
