"""The growth path: short against long."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.plans import ON
from workshop_tui.domain.base.vocabulary import GrowthStatus, Horizon
from workshop_tui.domain.model.value import GrowthStep
from workshop_tui.domain.rules.growth import (
    GrowthSide,
    growth_balance,
    horizon_of,
    in_time,
    is_over,
    is_period,
    period_after,
    period_name,
    periods_of,
    quarter_of,
    span,
    units_of,
)


def step(period: str, worth: float | None = None, status: GrowthStatus = GrowthStatus.PLANNED) -> GrowthStep:
    return GrowthStep(id=f"g{period}", period=period, what="More", worth=worth, status=status)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026-Q1", dt.date(2026, 1, 1), dt.date(2026, 3, 31)),
        ("2026-Q4", dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
        ("2027", dt.date(2027, 1, 1), dt.date(2027, 12, 31)),
        ("9999", dt.date(9999, 1, 1), dt.date(9999, 12, 31)),
        ("9999-Q1", dt.date(9999, 1, 1), dt.date(9999, 3, 31)),
    ],
)
def test_the_days_of_a_period(period: str, first: dt.date, last: dt.date) -> None:
    assert span(period) == (first, last)


@pytest.mark.parametrize(
    ("period", "horizon"),
    [("2026", "short"), ("2027-Q1", "short"), ("2027-Q2", "long"), ("2027", "long"), ("2030", "long")],
)
def test_a_step_is_short_when_its_period_ends_within_a_year(period: str, horizon: str) -> None:
    assert horizon_of(step(period), ON) is Horizon(horizon)  # 9 June 2026


def test_what_is_behind_is_in_no_balance() -> None:
    steps = [
        step("2026-Q1", 7.0),
        step("2026-Q2", 10.0),
        step("2026-Q3", None, GrowthStatus.BEGUN),
        step("2026-Q4", 50.0, GrowthStatus.DROPPED),
        step("2027-Q1", 60.0, GrowthStatus.DONE),
        step("2028", 100.0),
    ]
    found = growth_balance(steps, ON)
    assert found.short == GrowthSide(steps=2, worth=10.0, unestimated=1)
    assert found.long == GrowthSide(steps=1, worth=100.0, unestimated=0)


_PERIODS = st.builds(
    lambda year, quarter: f"{year}{quarter}",
    st.integers(2024, 2030),
    st.sampled_from(["", "-Q1", "-Q2", "-Q3", "-Q4"]),
)
_STEPS = st.lists(
    st.builds(step, _PERIODS, st.none() | st.integers(0, 99).map(float), st.sampled_from(GrowthStatus))
)


@given(_STEPS, st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31)))
def test_short_and_long_add_up_to_what_is_ahead(steps: list[GrowthStep], on: dt.date) -> None:
    found = growth_balance(steps, on)
    ahead = [each for each in steps if each.status.is_ahead and span(each.period)[1] >= on]
    assert found.short.steps + found.long.steps == len(ahead)
    assert found.short.worth + found.long.worth == sum(each.worth or 0 for each in ahead)
    assert growth_balance(reversed(steps), on) == found


@given(_STEPS, st.dates(dt.date(2024, 1, 1), dt.date(2029, 12, 31)), st.integers(1, 365))
def test_a_step_only_comes_nearer_with_time(steps: list[GrowthStep], on: dt.date, days: int) -> None:
    later = on + dt.timedelta(days)
    for each in steps:
        assert horizon_of(each, on) is Horizon.LONG or horizon_of(each, later) is Horizon.SHORT


def test_steps_in_time_have_a_quarter_before_its_year() -> None:
    assert [each.period for each in in_time([step("2027"), step("2027-Q1"), step("2026-Q4")])] == [
        "2026-Q4",
        "2027-Q1",
        "2027",
    ]


def test_a_leap_day_has_a_year_after() -> None:
    assert horizon_of(step("2024"), dt.date(2024, 2, 29)) is Horizon.SHORT


@given(_PERIODS, st.integers(-40, 40), st.integers(-40, 40))
def test_periods_follow_one_another_and_lead_back(period: str, by: int, more: int) -> None:
    assert period_after(period_after(period, by), -by) == period
    assert period_after(period_after(period, by), more) == period_after(period, by + more)
    assert span(period_after(period, 1))[0] == span(period)[1] + dt.timedelta(1)
    assert is_period(period_after(period, by))


def test_no_period_is_beyond_what_can_be_written() -> None:
    assert [period_after(last, 1) for last in ("9999", "9999-Q4")] == ["9999", "9999-Q4"]
    assert [period_after(first, -1) for first in ("1000", "1000-Q1")] == ["1000", "1000-Q1"]
    assert [text for text in ("", "20", "2026-Q5", "2026-Q", "q3 2026", "02026") if is_period(text)] == []


@given(st.dates())
def test_a_day_lies_in_its_quarter(day: dt.date) -> None:
    first, last = span(quarter_of(day))
    assert first <= day <= last


def test_a_period_is_told_as_people_say_it() -> None:
    assert (period_name("2026-Q3"), period_name("2027")) == ("Q3 2026", "2027")


@given(_STEPS, st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31)))
def test_what_is_over_is_in_no_balance(steps: list[GrowthStep], on: dt.date) -> None:
    late = [each for each in steps if is_over(each, on)]
    assert growth_balance(late, on) == growth_balance([], on)
    assert all(each.status.is_ahead for each in late)


@given(_STEPS, st.lists(st.sampled_from(["", "Payments", "Retail"]), min_size=1))
def test_every_step_has_its_column_and_its_row(steps: list[GrowthStep], units: list[str]) -> None:
    placed = [replace(each, unit=units[n % len(units)]) for n, each in enumerate(steps)]
    assert sorted(set(periods_of(placed))) == sorted(periods_of(placed))
    assert {each.period for each in placed} == {*periods_of(placed)}
    assert {each.unit for each in placed} == {*units_of(placed)}
    assert "" not in units_of(placed)[:-1]
    starts = [span(period)[0] for period in periods_of(placed)]
    assert starts == sorted(starts)
