from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import ON, plan_of
from workshop_tui.domain.base.entity import Entity
from workshop_tui.domain.base.validation import validated, with_values
from workshop_tui.domain.base.vocabulary import ActionStatus, AnswerStatus, Direction, SteeringRole
from workshop_tui.domain.gaps.registry import RULES, gaps
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.model.people import Stakeholder
from workshop_tui.domain.model.scorecard import (
    Goal,
    Initiative,
    Review,
    ReviewLine,
    SteeringDate,
    SteeringSeat,
    Terms,
)
from workshop_tui.domain.model.session import Parking
from workshop_tui.domain.model.value import Answer
from workshop_tui.domain.rules.governance import steering_overdue

DAY = dt.timedelta(1)
WHOLE = Action(id="a", session="S1", title="Ask her once more", owner="P1", accountable="P2", due=ON)
RULES_OF_ACTIONS = [rule for rule in RULES if rule.startswith("action_")]
ANSWER = Answer(id="v", stakeholder="ana", text="Because")
PARKED = Parking(id="p", session="S1", text="Later")
INITIATIVE = Initiative(id="i", title="Round table", actual=6)


def found(row: Entity, *others: Entity, rules: list[str] | None = None) -> set[str]:
    return {rule for rule in rules or RULES_OF_ACTIONS if RULES[rule](plan_of(row, *others), row, ON)}


@pytest.mark.parametrize(
    ("name", "value", "rules"),
    [
        ("owner", "P1", set()),
        ("owner", None, {"action_no_owner"}),
        ("accountable", None, {"action_no_accountable"}),
        ("due", None, {"action_no_due"}),
        ("due", (ON - DAY).isoformat(), {"action_overdue"}),
        ("due", "2026-03-10", {"action_overdue"}),
        ("due", "2026-03-09", {"action_overdue", "action_vague"}),
        ("title", "Ask once more", set()),
        ("title", "Ask again", {"action_vague"}),
        ("title", "連絡する", {"action_vague"}),
        ("title", "取締役会に日程を確認する", set()),
        ("title", "Ask – again", {"action_vague"}),
        ("session", "gone", set()),
    ],
)
def test_an_action(name: str, value: str | None, rules: set[str]) -> None:
    assert found(with_values(WHOLE, **{name: value})) == rules


@pytest.mark.parametrize("status", ActionStatus)
def test_only_actions_neither_done_nor_dropped_lack_anything(status: ActionStatus) -> None:
    bare = Action(id="a", session="S1", title="Ask", due=dt.date(2026, 1, 1), status=status)
    undated = with_values(bare, due=None)
    lacking = found(bare) | found(undated)
    assert lacking == (set(RULES_OF_ACTIONS) if status.is_open else set())


@pytest.mark.parametrize(
    ("row", "rule", "says"),
    [
        (with_values(WHOLE, title="Ask"), "action_vague", "too short"),
        (with_values(WHOLE, due="2026-03-09"), "action_vague", "due before the session"),
        (with_values(WHOLE, due="2026-06-08"), "action_overdue", "1 day overdue:"),
        (with_values(WHOLE, due="2026-06-01"), "action_overdue", "8 days overdue:"),
        (ANSWER, "answers_not_validated", "heard, not validated"),
        (with_values(ANSWER, status="assumed"), "answers_not_validated", "only our guess"),
    ],
)
def test_a_message_says_which_of_several(row: Entity, rule: str, says: str) -> None:
    assert RULES[rule](plan_of(row), row, ON).startswith(says)


@pytest.mark.parametrize("status", AnswerStatus)
def test_an_answer(status: AnswerStatus) -> None:
    row = with_values(ANSWER, status=status.value)
    missing = status in {AnswerStatus.ASSUMED, AnswerStatus.HEARD}
    assert found(row, rules=["answers_not_validated"]) == ({"answers_not_validated"} if missing else set())


@pytest.mark.parametrize(
    ("name", "value", "has"),
    [("text", "Later", True), ("owner", "P1", False), ("became", "a", False), ("dropped", True, False)],
)
def test_a_parked_item(name: str, value: str | bool, has: bool) -> None:
    assert bool(found(with_values(PARKED, **{name: value}), rules=["parking_no_owner"])) is has


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([], ""),
        ([Review(id="r", on=ON - 40 * DAY)], "the monthly scorecard review is 9 days late: hold it"),
        ([Review(id="r", on=ON - 31 * DAY)], ""),
        ([Review(id="r", on=ON - 32 * DAY)], "the monthly scorecard review is 1 day late: hold it"),
        ([Review(id="r", on=ON - 99 * DAY), Review(id="s", on=ON)], ""),
        ([Goal(id="g", title="Bookings")], "the scorecard was never reviewed: hold a review"),
        ([INITIATIVE], "the scorecard was never reviewed: hold a review"),
        ([INITIATIVE, Review(id="r", on=ON + DAY)], "the scorecard was never reviewed: hold a review"),
        ([INITIATIVE, Review(id="r", on=ON)], ""),
    ],
)
def test_a_review_of_the_scorecard(rows: list[Entity], says: str) -> None:
    plan = plan_of(*rows)
    assert RULES["scorecard_review_overdue"](plan, plan.account, ON) == says


@pytest.mark.parametrize(
    ("before", "arrow", "lower_is_better", "has"),
    [
        (5, Direction.UP, False, False),
        (5, Direction.FLAT, False, True),
        (5, Direction.DOWN, False, True),
        (6, Direction.UP, False, True),
        (6, Direction.FLAT, False, False),
        (6, Direction.DOWN, False, True),
        (7, Direction.UP, False, True),
        (7, Direction.DOWN, False, False),
        (5, Direction.UP, True, True),
        (5, Direction.DOWN, True, False),
        (7, Direction.UP, True, False),
        (7, Direction.DOWN, True, True),
        (None, Direction.UP, False, False),
    ],
)
def test_an_arrow(before: float | None, arrow: Direction, lower_is_better: bool, has: bool) -> None:
    row = with_values(INITIATIVE, direction=arrow.value, lower_is_better=lower_is_better)
    past = [Review(id="r", on=ON), ReviewLine(review="r", initiative="i", actual=before)] if before else []
    assert bool(found(row, *past, rules=["direction_against_numbers"])) is has


SEATED = SteeringSeat(id="d", role=SteeringRole.DEPUTY, person="P1")


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        ([], False),
        ([SteeringSeat(id="c", role=SteeringRole.CHAIR, person="P1")], True),
        ([Terms(id="t")], True),
        ([SteeringDate(id="s", on=ON)], True),
        ([Terms(id="t"), SteeringSeat(id="d", role=SteeringRole.DEPUTY)], True),
        ([Terms(id="t"), SEATED], False),
        ([with_values(SEATED, person="ana"), Stakeholder(id="ana", name="Ana", left_on=ON)], True),
        ([with_values(SEATED, person="ana"), Stakeholder(id="ana", name="Ana")], False),
    ],
)
def test_a_committee_needs_a_deputy(rows: list[Entity], missing: bool) -> None:
    plan = plan_of(*rows)
    assert bool(RULES["no_deputy"](plan, plan.account, ON)) is missing


@pytest.mark.parametrize(
    ("dates", "says"),
    [
        ([], ""),
        ([SteeringDate(id="a", on=ON)], ""),
        (
            [SteeringDate(id="a", on=ON - DAY)],
            "the steering committee's meeting is 1 day late: hold it, or give another day",
        ),
        (
            [SteeringDate(id="a", on=ON - 9 * DAY), SteeringDate(id="b", on=ON - DAY)],
            "the steering committee's meeting is 9 days late: hold it, or give another day",
        ),
        ([SteeringDate(id="a", on=ON - 9 * DAY, held_on=ON - 8 * DAY)], ""),
    ],
)
def test_a_meeting_of_the_committee_that_was_not_held(dates: list[Entity], says: str) -> None:
    plan = plan_of(*dates)
    assert RULES["steering_overdue"](plan, plan.account, ON) == says


@given(
    st.lists(st.tuples(st.integers(-60, 60), st.none() | st.integers(0, 60)), max_size=6), st.integers(0, 60)
)
def test_a_late_meeting_grows_later_day_by_day_until_all_are_held(
    found: list[tuple[int, int | None]], days: int
) -> None:
    dates = [
        SteeringDate(id=f"d{n}", on=ON + by * DAY, held_on=None if held is None else ON - held * DAY)
        for n, (by, held) in enumerate(found)
    ]
    plan = plan_of(*dates)
    now = steering_overdue(plan, ON)
    if now:
        assert steering_overdue(plan, ON + days * DAY) == now + days
    held = plan_of(*(with_values(date, held_on=ON.isoformat()) for date in dates))
    assert steering_overdue(held, ON) == 0


# Both sides

CUSTOMERS = Stakeholder(id="nadia", name="Nadia")
GO = {"milestone": "Go live", "session": "S1", "title": "Ask her once more"}


def towards(number: int, owner: str | None, **values: Any) -> Action:
    return validated(Action, {**GO, "id": f"m{number}", "owner": owner, "rank": number, **values})


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([towards(1, "P1"), towards(2, "P2")], "all its actions are One's: ask Two or Customer for a part"),
        (
            [towards(1, "nadia"), towards(2, "nadia")],
            "all its actions are Customer's: ask One or Two for a part",
        ),
        ([towards(1, "P1"), towards(2, "P2", milestone="go LIVE")], "all its actions are One's: ask "),
        ([towards(1, "P1")], ""),
        ([towards(1, "P1"), towards(2, "T1")], ""),
        ([towards(1, "P1"), towards(2, "nadia")], ""),
        ([towards(1, "P1"), towards(2, None)], ""),
        ([towards(1, None), towards(2, None)], ""),
        ([towards(1, "P1"), towards(2, "P1", milestone="")], ""),
        (
            [towards(1, "P1"), towards(2, "T1", status="dropped"), towards(3, "P2")],
            "all its actions are One's: ",
        ),
        ([towards(1, "P1", status="done"), towards(2, "P2")], "all its actions are One's: "),
        ([towards(1, "P1", status="done"), towards(2, "P2", status="done")], ""),
    ],
)
def test_a_milestone_that_is_one_sides_alone_is_told_once(rows: list[Action], says: str) -> None:
    plan = plan_of(CUSTOMERS, *rows)
    told = list(gaps(plan, ON, {"one_sided_milestone": None}))
    assert [gap.name for gap in told] == (["Go live"] if says else [])
    assert all(gap.message.startswith(says) and gap.key == ("m1",) for gap in told)


@pytest.mark.parametrize(
    ("row", "has"),
    [
        (towards(1, "nadia"), True),
        (towards(1, "nadia", visibility="ps"), True),
        (towards(1, "nadia", visibility="customer"), False),
        (towards(1, "nadia", status="done"), False),
        (towards(1, "P1"), False),
        (towards(1, None), False),
        (towards(1, "gone"), False),
    ],
)
def test_an_action_of_theirs_is_for_them_to_see(row: Action, has: bool) -> None:
    assert found(row, CUSTOMERS, rules=["customer_cannot_see"]) == ({"customer_cannot_see"} if has else set())
