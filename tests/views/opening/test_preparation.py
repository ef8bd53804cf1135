"""What is to be prepared: ticked by what is there, and opened first in a session that has not begun."""

from __future__ import annotations

import pytest

from tests.app.driver import AT
from tests.views.plans import cells, looked_at, rows
from workshop_tui.domain.base.vocabulary import ALLIANCE, CUSTOMER
from workshop_tui.domain.lifecycle.start import start_session
from workshop_tui.domain.model.account import Party
from workshop_tui.domain.model.discovery import Bullet, Form
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.session import Block
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply, set_field
from workshop_tui.live.live_plan import new_id
from workshop_tui.playbooks.loader import load_playbook
from workshop_tui.views.block_views import STAGES, block_of, first_view
from workshop_tui.views.opening.preparation import TO_TRY, Preparation
from workshop_tui.views.opening.purpose import SessionPurpose


def with_new_session(plan: AccountPlan) -> AccountPlan:
    return apply(plan, Step(start_session(plan, load_playbook("half-day"), AT.date(), new_id)))


def ticked(plan: AccountPlan) -> dict[str, bool]:
    shown = rows(Preparation(), looked_at(plan)).values()
    return {cells(row)[1]: cells(row)[0] == "✓" for row in shown}


async def test_each_line_is_ticked_by_what_is_there(sample: AccountPlan) -> None:
    plan = with_new_session(sample)
    there = ticked(plan)
    assert [name for name, is_there in there.items() if is_there] == [
        "Team",
        "The customer's people",
        "Discovery forms",
    ]
    (session,) = (s for s in plan.sessions if s.id not in {"S1", "S2"})
    plan = apply(
        plan, Step((*set_field(session, "purpose", "Agree"), *set_field(session, "facilitator", "P4")))
    )
    assert ticked(plan)["Purpose"]
    assert ticked(plan)["Facilitator"]
    kinds = {Bullet, Stakeholder}
    bare = AccountPlan({kind: found for kind, found in plan.rows.items() if kind not in kinds})
    assert not ticked(bare)["The customer's people"]
    assert not ticked(bare)["Discovery forms"]
    unsent = apply(plan, Step(set_field(plan.rows[Form]["ps",], "sent", None)))
    assert not ticked(unsent)["Discovery forms"]
    shown = rows(Preparation(), looked_at(unsent)).values()
    (told,) = (cells(row)[2] for row in shown if cells(row)[1] == "Discovery forms")
    assert told == f"not sent yet: {plan.name_of(Party, 'ps')}"


@pytest.mark.parametrize("audience", [ALLIANCE, CUSTOMER])
async def test_a_session_that_has_not_begun_opens_on_it(sample: AccountPlan, audience: str) -> None:
    plan = with_new_session(sample)
    live = looked_at(plan, audience)
    block = plan.where(Block, session=live.session_id)[0]
    opened = STAGES[block.kind][first_view(live, block)]()
    assert type(opened) is (SessionPurpose if audience == CUSTOMER else Preparation)
    begun = apply(plan, Step(tuple(set_field(block, "started", AT.isoformat()))))
    assert isinstance(STAGES[block.kind][first_view(looked_at(begun), block)](), SessionPurpose)


async def test_the_customer_sees_nothing_of_it(sample: AccountPlan) -> None:
    assert not Preparation().table(looked_at(with_new_session(sample), CUSTOMER)).rows


async def test_a_sample_says_what_to_try(sample: AccountPlan) -> None:
    plan = with_new_session(sample)
    live = looked_at(plan)
    assert live.view.account.as_of is None
    assert not any("try" in row for row in rows(Preparation(), live))
    frozen = apply(plan, Step(tuple(set_field(plan.account, "as_of", "2026-06-09"))))
    shown = [cells(row)[1] for row in rows(Preparation(), looked_at(frozen)).values()]
    assert shown[:3] == [what for _, what, _ in TO_TRY]


def test_a_view_is_found_by_its_class() -> None:
    assert block_of("Forms") == ("discovery", 1)
    assert block_of("nothing") is None


async def test_the_commands_of_the_other_screens_are_told_as_they_are_typed(sample: AccountPlan) -> None:
    live = looked_at(with_new_session(sample))
    live.typed_as = "tarn --db /x/y.db"
    told = "\n".join(cell.text for row in Preparation().table(live).rows for cell in row.cells)
    assert "workshop-tui notes tarn --db /x/y.db, in another terminal" in told
    assert "workshop-tui room tarn --db /x/y.db, on the projector" in told
