"""Open actions of all accounts: their lanes, what a filter lets through, and how they are put together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop_tui.domain.rules.action_lanes import (
    By,
    Lane,
    filter_of,
    goes_by,
    grouped,
    is_called,
    lane_of,
    week_end,
)

TODAY = dt.date(2026, 6, 9)  # a Tuesday


@dataclass(frozen=True)
class Listed:
    id: str
    due: dt.date | None = TODAY + dt.timedelta(60)
    owner: str = "Mirela Sandoval-Pike"
    owner_id: str = "P2"
    side: str = "ps"
    firm: str = "Quillhaven"
    accountable: str = "Lucía Brightwater"
    accountable_id: str = "T1"
    title: str = "Send the cost range"
    milestone: str = "Range given"
    account: str = "norvane"
    account_name: str = "Norvane Bank"

    @property
    def lane(self) -> Lane:
        return lane_of(self.due, TODAY, is_owned=bool(self.owner))


@pytest.mark.parametrize(
    ("days", "is_owned", "lane"),
    [
        (-1, True, Lane.LATE),
        (-1, False, Lane.LATE),
        (0, True, Lane.THIS_WEEK),
        (5, True, Lane.THIS_WEEK),
        (5, False, Lane.THIS_WEEK),
        (6, True, Lane.LATER),
        (6, False, Lane.BARE),
        (None, True, Lane.BARE),
        (None, False, Lane.BARE),
    ],
)
def test_the_lane_of_an_action(days: int | None, is_owned: bool, lane: Lane) -> None:
    due = None if days is None else TODAY + dt.timedelta(days)
    assert lane_of(due, TODAY, is_owned=is_owned) is lane


def test_the_last_day_of_a_week() -> None:
    assert week_end(TODAY) == dt.date(2026, 6, 14)
    assert week_end(dt.date(2026, 6, 14)) == dt.date(2026, 6, 14)
    assert week_end(TODAY, 6) == dt.date(2026, 6, 13)
    assert week_end(TODAY, 1) == dt.date(2026, 6, 15)


@given(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), st.integers(0, 6))
def test_a_week_has_seven_days_and_ends_before_the_next_begins(day: dt.date, week_start: int) -> None:
    end = week_end(day, week_start)
    assert 0 <= (end - day).days <= 6
    assert (end + dt.timedelta(1)).weekday() == week_start


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", "abcd"),
        ("@mirela", "ab"),
        ("@sandoval-p", "ab"),
        ("@lucia", "c"),
        ("@nobody", "d"),
        ("late", "a"),
        ("week", "b"),
        ("late week", "ab"),
        ("LATE @mirela", "a"),
        ("late @lucia", ""),
        ("mine", "abc"),
        ("theirs", "d"),
        ("acct:nor", "abd"),
        ("acct:bank", "abd"),
        ("acct:zz", ""),
        ("acct:old late", ""),
        ("drill", "b"),
        ("drill first", "b"),
        ("brightwater @mirela", "ab"),
        ("range", "acd"),
        ("@", ""),
    ],
)
def test_what_a_filter_lets_through(typed: str, found: str) -> None:
    actions = (
        Listed("a", due=TODAY - dt.timedelta(1)),
        Listed("b", due=TODAY, title="First drill", milestone=""),
        Listed(
            "c",
            owner="Lucía Brightwater",
            owner_id="T1",
            accountable="",
            accountable_id="",
            account="old",
            account_name="Oldham",
        ),
        Listed(
            "d", owner="", owner_id="", side="customer", firm="Norvane", accountable="", accountable_id=""
        ),
    )
    actor = "Mirela" if typed != "mine" else "lucia brightwater"
    wanted = filter_of(typed)
    assert "".join(one.id for one in actions if wanted.lets_through(one, actor)) == found


@pytest.mark.parametrize(
    ("actor", "is_so"),
    [("p2", True), ("mirela", True), ("MIRELA sandoval-pike", True), ("sandoval", False), ("", False)],
)
def test_by_what_name_one_of_ours_goes(actor: str, is_so: bool) -> None:
    assert goes_by(actor, "P2", "Mirela Sandoval-Pike") is is_so


def test_the_customers_person_of_the_same_name_is_not_oneself() -> None:
    theirs = Listed("a", owner="Mirela Quist", owner_id="ST1", side="customer", accountable_id="")
    assert not filter_of("mine").lets_through(theirs, "mirela")
    answers = Listed("b", owner="Nadia", side="customer", accountable="Mirela Roth", accountable_id="P2")
    assert filter_of("mine").lets_through(answers, "mirela")


def test_a_name_is_found_by_the_beginning_of_any_word() -> None:
    assert is_called("Mirela Sandoval-Pike", "pike")
    assert is_called("Lucía Brightwater", "lucia b")
    assert not is_called("Lucía Brightwater", "ucia")


def test_actions_are_put_together() -> None:
    late = Listed("late", due=TODAY - dt.timedelta(1), owner="Zoë", account_name="Zed", milestone="")
    soon = Listed("soon", due=TODAY)
    none = Listed("none", owner="", firm="", account_name="Able")
    sooner = Listed("sooner", due=TODAY + dt.timedelta(30), owner="Able")
    actions = (none, sooner, soon, late)

    def names(by: By) -> list[tuple[str, list[str]]]:
        return [(name, [one.id for one in those]) for name, those in grouped(actions, by)]

    assert names(By.LANE) == [
        ("Late", ["late"]),
        ("This week", ["soon"]),
        ("Later", ["sooner"]),
        ("No date or owner", ["none"]),
    ]
    assert names(By.OWNER) == [
        ("Zoë", ["late"]),
        ("Able", ["sooner"]),
        ("Mirela Sandoval-Pike", ["soon"]),
        ("", ["none"]),
    ]
    assert names(By.FIRM) == [("Quillhaven", ["late", "soon", "sooner"]), ("", ["none"])]
    assert names(By.ACCOUNT) == [("Zed", ["late"]), ("Able", ["none"]), ("Norvane Bank", ["soon", "sooner"])]
    assert names(By.MILESTONE) == [("Range given", ["soon", "sooner", "none"]), ("", ["late"])]


@given(
    st.lists(
        st.builds(
            Listed,
            st.text("abc", min_size=1, max_size=2),
            st.none() | st.dates(dt.date(2026, 5, 1), dt.date(2026, 8, 1)),
            st.sampled_from(["", "Ana", "Élan"]),
        )
    ),
    st.sampled_from(list(By)),
)
def test_each_action_stands_in_one_group_in_the_order_of_the_lanes(actions: list[Listed], by: By) -> None:
    groups = grouped(actions, by)
    assert sorted(one.id for _, those in groups for one in those) == sorted(one.id for one in actions)
    for _, those in groups:
        lanes = [list(Lane).index(one.lane) for one in those]
        assert lanes == sorted(lanes)
