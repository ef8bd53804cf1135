"""The demo: a session that has not begun, on its own day, with the one before it sealed."""

from __future__ import annotations

from tests.views.plans import looked_at
from tools import demo_account
from workshop_tui.documents.plan_json import load_plan, load_sample
from workshop_tui.domain.lifecycle.seal import is_sealed
from workshop_tui.domain.lifecycle.sessions import has_begun
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import problems
from workshop_tui.views.block_views import STAGES, first_view
from workshop_tui.views.opening.preparation import Preparation


def test_the_file_is_what_the_sample_makes_today() -> None:
    assert demo_account.TARGET.read_text("utf-8") == demo_account.text(), (
        "python -m tools.generate writes it anew"
    )


async def test_the_demo_opens_on_the_preparation_of_a_third_session() -> None:
    stored = demo_account.TARGET.read_bytes()
    plan = load_sample(stored)
    assert plan == load_plan(stored)
    assert list(problems(plan)) == []
    first, second, third = plan.sessions
    assert [is_sealed(plan, s.id) for s in (first, second, third)] == [False, True, False]
    assert plan.account.as_of == third.held_on
    assert not has_begun(plan, third, third.held_on)
    live = looked_at(plan)
    block = plan.where(Block, session=third.id)[0]
    assert isinstance(STAGES[block.kind][first_view(live, block)](), Preparation)
    assert looked_at(plan, session=second.id).is_held
