from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.plans import ON, plans
from workshop_tui.domain.base.vocabulary import ActionStatus
from workshop_tui.domain.model.actions import Action
from workshop_tui.domain.plan.plan import AccountPlan
from workshop_tui.domain.rules.milestones import When, by_date, milestones, when

MONDAY, SATURDAY, SUNDAY = 0, 5, 6
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def test_the_milestones_of_the_sample_stand_by_date(sample: AccountPlan) -> None:
    found = milestones(sample.all(Action))
    assert [(one.name, str(one.due), one.share) for one in found] == [
        ("Discovery complete", "2026-03-31", "2/2"),
        ("Interest tested", "2026-04-24", "1/1"),
        ("Awareness", "2026-05-15", "0/0"),
        ("Terms agreed", "2026-05-29", "1/1"),
        ("Value validated", "2026-06-11", "0/1"),
        ("Trust repaired", "2026-06-19", "0/1"),
        ("Three-way held", "2026-06-23", "0/1"),
        ("Cost range given", "2026-06-26", "0/1"),
        ("Procurement cleared", "2026-07-10", "0/1"),
        ("First drill passed", "2026-07-31", "0/1"),
        ("Board contact", "None", "0/1"),
    ]
    assert [one.name for one in found if one.is_reached] == [
        "Discovery complete",
        "Interest tested",
        "Terms agreed",
    ]
    assert [one.name for one in found if one.is_dropped] == ["Awareness"]
    assert [one.name for one in found if one.is_late(dt.date(2026, 6, 20))] == [
        "Value validated",
        "Trust repaired",
    ]


def test_a_milestone_is_reached_at_the_last_due_date_of_what_was_not_dropped() -> None:
    def action(name: str, due: dt.date | None, status: ActionStatus, milestone: str = "Terms") -> Action:
        return Action(id=name, session="S1", title=name, due=due, status=status, milestone=milestone)

    july, august = dt.date(2026, 7, 1), dt.date(2026, 8, 1)
    (terms,) = milestones(
        [
            action("a", august, ActionStatus.DROPPED, "terms"),
            action("b", july, ActionStatus.OPEN),
            action("c", ON, ActionStatus.DONE, "TERMS"),
            action("d", None, ActionStatus.DONE),
            action("e", ON, ActionStatus.OPEN, ""),
        ]
    )
    assert (terms.name, terms.due, terms.share) == ("TERMS", july, "2/3")
    assert terms.dues == (ON, july)
    assert not terms.is_late(july)
    assert terms.is_late(august)


@pytest.mark.parametrize(
    ("due", "today", "week_start", "expected"),
    [
        (None, "2026-06-09", MONDAY, When.NO_DATE),
        ("2026-06-08", "2026-06-09", MONDAY, When.OVERDUE),
        ("2026-06-09", "2026-06-09", MONDAY, When.THIS_WEEK),
        ("2026-06-14", "2026-06-09", MONDAY, When.THIS_WEEK),
        ("2026-06-15", "2026-06-09", MONDAY, When.NEXT_WEEK),
        ("2026-06-21", "2026-06-09", MONDAY, When.NEXT_WEEK),
        ("2026-06-22", "2026-06-09", MONDAY, When.LATER),
        ("2026-06-14", "2026-06-09", SUNDAY, When.NEXT_WEEK),
        ("2026-06-13", "2026-06-09", SATURDAY, When.NEXT_WEEK),
        ("2026-06-13", "2026-06-13", SATURDAY, When.THIS_WEEK),
        ("2026-06-15", "2026-06-14", MONDAY, When.NEXT_WEEK),
        ("2026-06-14", "2026-06-14", MONDAY, When.THIS_WEEK),
    ],
)
def test_how_soon_a_date_is(due: str | None, today: str, week_start: int, expected: When) -> None:
    day = dt.date.fromisoformat(due) if due else None
    assert when(day, dt.date.fromisoformat(today), week_start) is expected


@given(plans(), DAYS)
def test_every_action_stands_in_one_group_and_every_named_one_leads_to_one_milestone(
    plan: AccountPlan, today: dt.date
) -> None:
    actions = plan.all(Action)
    grouped = [action for those in by_date(actions, today).values() for action in those]
    assert sorted(grouped, key=repr) == sorted(actions, key=repr)
    found = milestones(actions)
    assert sum(len(one.actions) for one in found) == sum(bool(action.milestone) for action in actions)
    for one in found:
        assert 0 <= one.done <= len(one.kept) <= len(one.actions)
        assert one.is_dropped == all(a.status is ActionStatus.DROPPED for a in one.actions)


@given(DAYS, DAYS, st.integers(0, 6))
def test_a_later_date_is_never_sooner(one: dt.date, other: dt.date, week_start: int) -> None:
    order = list(When)
    early, late = sorted((one, other))
    assert order.index(when(early, ON, week_start)) <= order.index(when(late, ON, week_start))
