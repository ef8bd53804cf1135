"""What holds of any plan and any Steps."""

from __future__ import annotations

import contextlib

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import changes, plans, setting
from workshop_tui.domain.base.entity import Json
from workshop_tui.domain.base.validation import with_values
from workshop_tui.domain.model.account import Account
from workshop_tui.domain.plan.audience import project, shows
from workshop_tui.domain.plan.plan import AccountPlan, problems
from workshop_tui.domain.plan.step import (
    Refused,
    Step,
    apply,
    changes_from_json,
    changes_to_json,
    invert,
    removal,
    undoing,
)


def dump(plan: AccountPlan) -> list[dict[str, Json]]:
    return [row.plain() for row in plan]


@given(st.data())
def test_any_steps_then_their_inverses_give_the_same_plan(data: st.DataObject) -> None:
    start = plan = data.draw(plans())
    done: list[Step] = []
    for _ in range(data.draw(st.integers(1, 8))):
        step = Step((data.draw(changes(plan)),))
        try:
            plan = apply(plan, step)
        except Refused:
            continue
        done.append(step)
    for step in reversed(done):
        plan = apply(plan, invert(step))
    assert plan == start
    assert dump(plan) == dump(start)


@given(st.data())
def test_applying_never_changes_the_plan_passed_in(data: st.DataObject) -> None:
    plan = data.draw(plans())
    before = dump(plan)
    step = Step((data.draw(changes(plan)),))
    with contextlib.suppress(Refused):
        apply(plan, step)
    assert dump(AccountPlan(plan.rows)) == before


@given(st.data())
def test_one_undo_takes_back_a_whole_burst(data: st.DataObject) -> None:
    plan = data.draw(plans())
    steps: list[Step] = []
    now = plan
    for number in range(1, 5):
        step = Step((data.draw(changes(now)),), number=number)
        try:
            now = apply(now, step)
        except Refused:
            continue
        steps.append(step)
    undo = undoing(steps)
    assert apply(now, undo) == plan
    assert undo.undoes == tuple(step.number for step in steps)


@given(st.data())
def test_changes_survive_the_journal(data: st.DataObject) -> None:
    change = data.draw(plans().flatmap(changes))
    assert changes_from_json(changes_to_json([change])) == (change,)


@given(st.data())
def test_an_edit_in_a_cut_view_changes_nothing_that_is_hidden(data: st.DataObject) -> None:
    whole = data.draw(plans())
    audience = data.draw(st.sampled_from(["customer", "alliance", "ps", "tech"]))
    view = project(whole, audience)
    row = data.draw(st.sampled_from(list(view)))
    names = [n for n in type(row).fields if n not in row.KEY and shows(type(row), n, audience)]
    if not names:
        return
    change = data.draw(setting(row, names))
    try:
        after = apply(whole, Step((change,)))
    except Refused:  # what the view shows blank is not blank, or the value makes a cycle
        return
    stored, now = whole.get(type(row), *row.key), after.get(type(row), *row.key)
    assert stored is not None
    assert now == with_values(stored, **{change.name: change.new})
    assert [r for r in after if r.key != row.key] == [r for r in whole if r.key != row.key]


def test_removing_any_row_leaves_a_whole_plan_and_undo_brings_all_back(sample: AccountPlan) -> None:
    for row in sample:
        if isinstance(row, Account):
            continue
        step = Step(removal(sample, row))
        after = apply(sample, step)
        assert after.get(type(row), *row.key) is None
        assert list(problems(after)) == []
        assert apply(after, invert(step)) == sample
