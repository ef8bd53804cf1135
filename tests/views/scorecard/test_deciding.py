"""What needs a decision: three initiatives, and what was decided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import ON, plan_of
from tests.views.plans import cells, looked_at, rows
from workshop_tui.domain.base.validation import validated
from workshop_tui.domain.base.vocabulary import CUSTOMER, Direction
from workshop_tui.domain.model.scorecard import Initiative, Review, ReviewLine
from workshop_tui.domain.model.session import Decision
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.plan.step import Step, apply
from workshop_tui.domain.rules.scorecard import DOWN, STILL, WORSE, to_decide
from workshop_tui.views.scorecard.deciding import ToDecide


@pytest.mark.parametrize(
    ("actual", "before", "arrow", "completion", "why"),
    [
        (4, 6, Direction.UP, 25, WORSE),
        (4, 4, Direction.DOWN, 25, DOWN),
        (5, 4, Direction.DOWN, 25, DOWN),
        (4, 4, Direction.UP, 25, STILL),
        (4, None, Direction.FLAT, 25, STILL),
        (4, None, Direction.UP, 25, ""),
        (5, 4, Direction.FLAT, 25, ""),
        (4, 6, Direction.DOWN, 100, ""),
        (9, 10, Direction.DOWN, 25, ""),
    ],
)
def test_why_an_initiative_needs_a_decision(
    actual: float, before: float | None, arrow: Direction, completion: int, why: str
) -> None:
    row = validated(
        Initiative,
        {
            "id": "i",
            "title": "x",
            "target": 9,
            "actual": actual,
            "direction": arrow,
            "completion": completion,
        },
    )
    past = (Review(id="r", on=ON), ReviewLine(review="r", initiative="i", actual=before)) if before else ()
    assert [each.why for each in to_decide(plan_of(row, *past))] == ([why] if why else [])


def test_the_three_of_the_sample(sample: AccountPlan) -> None:
    assert [(each.initiative.id, each.why) for each in to_decide(sample)] == [
        ("I05", WORSE),
        ("I10", WORSE),
        ("I12", DOWN),
    ]


@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from(list(Direction))), max_size=9), st.integers(0, 9)
)
def test_more_are_never_told_in_another_order(found: list[tuple[int, Direction]], most: int) -> None:
    plan = plan_of(
        *(
            Initiative(id=f"i{n}", title="x", target=10, actual=actual, direction=arrow)
            for n, (actual, arrow) in enumerate(found)
        )
    )
    every = to_decide(plan, len(found) + 1)
    assert to_decide(plan, most) == every[:most]
    assert len(every) <= len(found)


async def test_each_says_where_it_stands_and_a_decision_comes_in_beneath(sample: AccountPlan) -> None:
    view, live = ToDecide(), looked_at(sample)
    first, *_ = rows(view, live).values()
    assert cells(first) == ["Regulator round table", "◔ ▲ 9 → 6 of 20", WORSE]
    edit = view.adding(live)
    after = apply(live.whole, Step(tuple(edit.build(live.whole, "Stop the round table"))))
    assert after.where(Decision, text="Stop the round table", session=live.session_id)
    assert "D6  Stop the round table" in [row.cells[0].text for row in rows(view, looked_at(after)).values()]
    assert not view.is_open(looked_at(sample, CUSTOMER))
